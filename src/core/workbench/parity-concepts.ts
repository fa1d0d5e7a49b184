import type { OpenedModel } from '#core/engine/index.ts';
import { throwIfCancelled } from './job.ts';
import type { ReferenceConcepts } from './parity-case.ts';
import { compareWith, invalidCase, sliceImage, withCaseModel, type CaseRun, type MapParity } from './parity-run.ts';

/** Relevance of layers, summed over positions: one number per channel. Layers of one composite share an opened model. */
export async function compareConcepts(run: CaseRun): Promise<readonly MapParity[]> {
  const { concepts } = run.parityCase;
  const results: MapParity[] = [];
  for (const composite of new Set(concepts.map((concept) => concept.composite))) {
    const own = concepts.filter((concept) => concept.composite === composite);
    const layers = [...new Set(own.map(({ layer }) => layer))].map((layer) => ({ layer, kind: 'relevance' as const }));
    await withCaseModel(run, { composite, concepts: layers }, async (opened) => {
      for (const concept of own) results.push(await compareConcept(run, concept, opened));
    });
  }
  return results;
}

async function compareConcept(run: CaseRun, concept: ReferenceConcepts, opened: OpenedModel): Promise<MapParity> {
  const { engine, parityCase, control, step } = run;
  throwIfCancelled(control);
  step(`${parityCase.name} ${concept.file}`);
  const { image, layer, initial } = concept;
  const images = image === undefined ? run.images : sliceImage(run, image, opened);
  const targets = image === undefined ? concept.targets : concept.targets.slice(0, 1);
  const { concepts } = await engine.attribute(
    { handle: opened.handle, images, targets, initial },
    { batchSize: targets.length },
  );
  const reading = concepts.find((candidate) => candidate.layer === layer);
  if (!reading) throw invalidCase(parityCase, `the model gives no relevance of layer "${layer}"`);
  return compareWith(run, concept, reading.sums);
}
