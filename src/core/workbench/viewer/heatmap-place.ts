import type { ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { computeModelView, type Region } from '#core/imaging/index.ts';
import type { SampleFilter } from '#shared/contract/samples.ts';
import { attributionSettingsSchema, findTurned, meanings } from './sample-view.ts';

/** Where a listed sample's heatmap lies on its picture, and which sign speaks for the target where that is known. */
export type HeatmapPlacer = (sample: ListedSample) => { readonly region: Region; readonly turned: boolean | undefined };

/** For lists with the setups that are shown. */
export function createHeatmapPlacer(
  catalog: ReadonlyCatalog,
  { attribution, prediction }: Pick<SampleFilter, 'attribution' | 'prediction'>,
): HeatmapPlacer {
  const whole: HeatmapPlacer = ({ width = 1, height = 1 }) => ({
    region: { left: 0, top: 0, width, height },
    turned: undefined,
  });
  if (attribution === undefined) return whole;
  const setup = catalog.setups.get(attribution);
  const settings = attributionSettingsSchema.safeParse(setup.settings).data;
  if (!settings) return whole;
  const { input, composite, initial } = settings;
  const sense = { meaning: meanings[composite.name] ?? 'evidence-of-logit', initialRelevance: initial };
  const isOwn = prediction !== undefined && catalog.setups.get(prediction).model === setup.model;
  return ({ id, width = 1, height = 1, attribution: shown }) => {
    const logits = isOwn ? catalog.predictions.find(prediction, id)?.logits : undefined;
    const turned = findTurned(sense, shown && logits?.[shown.target]);
    return { region: computeModelView({ width, height }, input).region, turned };
  };
}
