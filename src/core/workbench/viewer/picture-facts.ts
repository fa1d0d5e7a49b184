import path from 'node:path';
import { z } from 'zod';
import type { ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import { computeModelView, findGreyFacts, type GreyFacts, type InputRecipe } from '#core/imaging/index.ts';
import type { FileWindow, ModelInputView, PictureFacts } from '#shared/contract/pictures.ts';
import { recordedInputSchema } from './recorded-input.ts';

const settingsSchema = z.object({
  input: recordedInputSchema,
});

/** How a picture is to be shown and what models are given of it. Throws `sample/unknown`, `picture/...`. */
export async function readPictureFacts(catalog: ReadonlyCatalog, id: number): Promise<PictureFacts> {
  const { sample, inputs, file } = catalog.snapshot(() => {
    const found = catalog.samples.get(id);
    const { folder } = catalog.datasets.get(found.datasetId);
    return { sample: found, inputs: listInputs(catalog, found), file: path.join(folder, found.path) };
  });
  const { warnings = [], ...grey } = (await findGreyFacts(file, path.basename(sample.path))) ?? {};
  return { ...('windows' in grey && { grey: toGrey(grey) }), warnings: [...warnings], inputs };
}

function toGrey({ windows, ...grey }: Omit<GreyFacts, 'warnings'>): PictureFacts['grey'] {
  return {
    ...grey,
    windows: windows.map((window): FileWindow => {
      if (window.kind === 'window') return window;
      const { first, entries, bits } = window.table;
      return { kind: 'table', first, entries: Array.from(entries), bits, explanation: window.explanation };
    }),
  };
}

/** One per model and preprocessing. */
function listInputs(catalog: ReadonlyCatalog, { width = 1, height = 1 }: Sample): ModelInputView[] {
  const found = new Map<string, ModelInputView>();
  for (const model of catalog.models.list()) {
    for (const { id, settings } of catalog.setups.list(model.id)) {
      const input = settingsSchema.safeParse(settings).data?.input;
      const key = `${model.id} ${JSON.stringify(input)}`;
      if (!input || found.has(key)) continue;
      const { region } = computeModelView({ width, height }, input);
      const { title, file } = model;
      found.set(key, { setup: id, model: title ?? file, width: input.width, height: input.height, region });
    }
  }
  return [...found.values()];
}

/** The preprocessing of a setup. Throws `request/invalid` where there is no such setup. */
export function readInputRecipe(catalog: ReadonlyCatalog, setup: number): InputRecipe {
  return settingsSchema.parse(catalog.setups.get(setup).settings).input;
}
