import path from 'node:path';
import { renderConceptSheet, saveFigure } from '#core/figures/index.ts';
import { saveFile, saveNpy } from '#core/imaging/index.ts';
import { lightboxVersion } from '../versions.ts';
import type { ConceptsRecord } from './concepts-record.ts';
import { describeConcepts } from './describe-concepts.ts';
import { drawConceptSheet } from './draw-concept-sheet.ts';
import type { ComputedConcepts, ConceptContext } from './concept-context.ts';

/** Saves the arrays, the sheet and at last the record that names them. Throws `output/not-writable`. */
export async function saveConceptView(
  context: ConceptContext,
  computed: ComputedConcepts,
  stem: string,
): Promise<ConceptsRecord> {
  const record = describeConcepts(context, computed, stem);
  const inFolder = (name: string): string => path.join(context.request.outputFolder, name);
  const { channels, height, width } = context.opened.network.input;
  await saveNpy(inFolder(record.files.relevance), {
    shape: [channels, height, width],
    values: computed.whole.relevance,
  });
  for (const [i, layer] of record.layers.entries()) {
    const { reading } = computed.picks[i] ?? {};
    const maps = computed.maps[i] ?? [];
    const values = new Float32Array(maps.length * channels * height * width);
    maps.forEach((map, row) => {
      values.set(map, row * map.length);
    });
    await saveNpy(inFolder(layer.files.maps), { shape: [maps.length, channels, height, width], values });
    if (!reading) continue;
    await saveNpy(inFolder(layer.files.relevance), { shape: [reading.channels], values: reading.sums });
    if (layer.files.inside !== undefined && reading.inside)
      await saveNpy(inFolder(layer.files.inside), { shape: [reading.channels], values: reading.inside });
  }
  const figure = renderConceptSheet({
    ...(await drawConceptSheet(context, computed, record)),
    provenance: {
      model: { title: record.model.title ?? record.model.file, sha256: record.model.sha256 },
      ...{ version: lightboxVersion, created: record.created },
    },
  });
  for (const file of Object.values(record.files.sheet)) await saveFigure(inFolder(file), figure);
  await saveFile(inFolder(`${stem}.json`), Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`));
  return record;
}
