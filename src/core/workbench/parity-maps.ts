import type { OpenedModel } from '#core/engine/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { throwIfCancelled } from './job.ts';
import type { ReferenceMap } from './parity-case.ts';
import { compareWith, withCaseModel, type CaseRun, type MapParity } from './parity-run.ts';

/** The logits once, and every heatmap; maps of one composite share an opened model. */
export async function compareMaps(run: CaseRun): Promise<readonly MapParity[]> {
  const { maps } = run.parityCase;
  const results: MapParity[] = [];
  for (const composite of new Set(maps.map((map) => map.composite))) {
    await withCaseModel(run, { composite }, async (opened) => {
      for (const map of maps.filter((candidate) => candidate.composite === composite)) {
        results.push(...(await compareMap(run, map, { opened, withLogits: results.length === 0 })));
      }
    });
  }
  return results;
}

async function compareMap(
  run: CaseRun,
  map: ReferenceMap,
  { opened, withLogits }: { readonly opened: OpenedModel; readonly withLogits: boolean },
): Promise<readonly MapParity[]> {
  const { engine, images, control, parityCase, step } = run;
  throwIfCancelled(control);
  step(`${parityCase.name} ${map.file}`);
  const { targets, initial } = map;
  const result = await engine.attribute(
    { handle: opened.handle, images, targets, initial },
    { batchSize: targets.length, ...(control.signal && { signal: control.signal }) },
  );
  const isSummed = parityCase.shapes.get(map.file)?.length === 3;
  const values = isSummed ? sumPictures(result.relevance, targets.length, opened) : result.relevance;
  const heatmap = await compareWith(run, map, values);
  if (!withLogits) return [heatmap];
  return [await compareWith(run, { file: 'logits', float32Error: undefined }, result.logits), heatmap];
}

/** [pictures, channels, height, width] to [pictures, height, width]. */
function sumPictures(relevance: Float32Array, pictures: number, { network }: OpenedModel): Float32Array {
  const length = relevance.length / pictures;
  const joined = new Float32Array(relevance.length / network.input.channels);
  for (let picture = 0; picture < pictures; picture++) {
    const map = sumOverColor(relevance.subarray(picture * length, (picture + 1) * length), network.input.channels);
    joined.set(map, picture * map.length);
  }
  return joined;
}
