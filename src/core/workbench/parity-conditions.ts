import { keepChannels, type OpenedModel } from '#core/engine/index.ts';
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
    results.push(await (condition.bypass ? compareMasked(run, condition) : compareThrough(run, condition)));
  }
  return results;
}

/** What passes the channels, and what goes round them. */
async function compareMasked(run: CaseRun, condition: ReferenceCondition): Promise<MapParity> {
  const { composite, target, initial, image, channels } = condition;
  const conditions = [...channels.keys()].map((layer) => ({ layer, mode: 'masked' }) as const);
  return withCaseModel(run, { composite, conditions }, async (opened) => {
    const masks = keptChannels(run, opened, condition).map((kept) => ({ layer: kept.layer, values: kept.channels }));
    const images = sliceImage(run, image, opened);
    const { handle } = opened;
    const { relevance } = await run.engine.attribute({ handle, images, targets: [target], initial, masks });
    return compareWith(run, condition, sumOverColor(relevance, opened.network.input.channels));
  });
}

/** Exactly what passes the channels of each layer, from the output on. */
async function compareThrough(run: CaseRun, condition: ReferenceCondition): Promise<MapParity> {
  const { composite, target, initial, image, channels } = condition;
  const starts = [...channels.keys()].map((layer) => ({ layer, from: 'relevance' }) as const);
  return withCaseModel(run, { composite, starts, batch: 'shared' }, async (opened) => {
    const [first, ...rest] = keptChannels(run, opened, condition);
    if (!first) throw invalidCase(run.parityCase, 'a condition names no layer');
    const { relevance } = await run.engine.condition({
      ...{ handle: opened.handle, image: sliceImage(run, image, opened), target, initial },
      conditions: [[first, ...rest]],
    });
    return compareWith(run, condition, sumOverColor(relevance, opened.network.input.channels));
  });
}

/** By layer, in the order of the network from the output on. */
function keptChannels(
  { parityCase }: CaseRun,
  { network }: OpenedModel,
  { channels }: ReferenceCondition,
): readonly { readonly layer: string; readonly channels: Float32Array }[] {
  for (const name of channels.keys()) {
    if (!network.layers.some((layer) => layer.name === name))
      throw invalidCase(parityCase, `the model has no layer "${name}"`);
  }
  return network.layers.toReversed().flatMap(({ name, channels: count }) => {
    const kept = channels.get(name);
    return kept ? [{ layer: name, channels: keepChannels(count, kept) }] : [];
  });
}
