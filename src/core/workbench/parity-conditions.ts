import type { ChannelMask, OpenedModel } from '#core/engine/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { throwIfCancelled } from './job.ts';
import type { ReferenceCondition } from './parity-case.ts';
import { compareWith, invalidCase, sliceImage, withCaseModel, type CaseRun, type MapParity } from './parity-run.ts';

/** Heatmaps under the condition that relevance flows through chosen channels. */
export async function compareConditions(run: CaseRun): Promise<readonly MapParity[]> {
  const results: MapParity[] = [];
  for (const condition of run.parityCase.conditions) {
    throwIfCancelled(run.control);
    run.step(`${run.parityCase.name} ${condition.file}`);
    const mode = condition.bypass ? 'masked' : 'through';
    const conditions = [...condition.channels.keys()].map((layer) => ({ layer, mode }) as const);
    const { composite } = condition;
    results.push(
      await withCaseModel(run, { composite, conditions }, (opened) => compareCondition(run, condition, opened)),
    );
  }
  return results;
}

async function compareCondition(run: CaseRun, condition: ReferenceCondition, opened: OpenedModel): Promise<MapParity> {
  const { target, initial, image, channels } = condition;
  const masks = Array.from(channels, ([layer, kept]) => createMask(run, opened, { layer, kept }));
  const images = sliceImage(run, image, opened);
  const { relevance } = await run.engine.attribute({
    handle: opened.handle,
    images,
    targets: [target],
    initial,
    masks,
  });
  return compareWith(run, condition, sumOverColor(relevance, opened.network.input.channels));
}

/** 1 for the channels kept, 0 for the others. */
function createMask(
  { parityCase }: CaseRun,
  { network }: OpenedModel,
  { layer, kept }: { readonly layer: string; readonly kept: readonly number[] },
): ChannelMask {
  const channels = network.layers.find(({ name }) => name === layer)?.channels;
  if (channels === undefined) throw invalidCase(parityCase, `the model has no layer "${layer}"`);
  const values = new Float32Array(channels);
  for (const channel of kept) values[channel] = 1;
  return { layer, values };
}
