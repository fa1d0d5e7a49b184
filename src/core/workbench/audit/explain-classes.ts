import type { PixelPlanes, RelevanceMap } from '#core/audit/index.ts';
import type { Engine, RunOptions } from '#core/engine/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { senseRelevance } from '../relevance-sense.ts';
import type { RegionModel } from './region-model.ts';

/** The relevance of one picture for every class, in their order, turned so that above zero speaks for the class. */
export async function explainClasses(
  engine: Engine,
  { explainer, labels, meaning }: RegionModel,
  { picture, signal }: { readonly picture: PixelPlanes; readonly signal?: RunOptions['signal'] },
): Promise<readonly RelevanceMap[]> {
  const { width, height, channels } = picture;
  const targets = [...labels.keys()];
  const attribution = await engine.attribute(
    { handle: explainer.handle, images: picture.values, targets, initial: 'one' },
    { batchSize: targets.length, signal },
  );
  const length = channels * height * width;
  return targets.map((target) => {
    const values = sumOverColor(attribution.relevance.slice(target * length, (target + 1) * length), channels);
    // Rows of a shared batch tell the logits of their one picture.
    const { turned } = senseRelevance({ meaning, initialRelevance: 'one', logit: attribution.logits[target] ?? 0 });
    return { width, height, values: turned ? values.map((value) => -value) : values };
  });
}
