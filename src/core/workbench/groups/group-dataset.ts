import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { GroupingView } from '#shared/contract/groups.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { attributeDataset } from '../collection/attribute-dataset.ts';
import { getDataset } from '../collection/find-dataset.ts';
import { predictDataset } from '../collection/predict-dataset.ts';
import type { JobControl } from '../job.ts';
import { computeGroups } from './compute-groups.ts';
import { describeGrouping } from './describe-grouping.ts';

/** Whose maps: of pictures predicted as the class, of pictures labelled so, or of every picture, explained for the class. */
export const groupedPictures = ['predicted', 'label', 'all'] as const;

export interface GroupsRequest {
  readonly dataset: string;
  readonly modelPath: string;
  /** A label of the model. */
  readonly class: string;
  /** Default: predicted. */
  readonly pictures?: (typeof groupedPictures)[number] | undefined;
  readonly composite?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly provider?: ProviderChoice | undefined;
  readonly batchSize?: number | undefined;
  /** See `groupingSettingsSchema`. Default: 28, by the number of maps, by the eigengap, 8, 1. */
  readonly side?: number | undefined;
  readonly neighbours?: number | undefined;
  readonly count?: number | undefined;
  readonly mostGroups?: number | undefined;
  readonly seed?: number | undefined;
  /** Where figure and tables are saved; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
}

/** Groups of maps of a class. Predictions and maps that are missing are computed first. Throws what these throw, `request/invalid`. */
export async function groupDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: GroupsRequest,
  control: JobControl,
): Promise<GroupingView> {
  const { pictures = 'predicted' } = request;
  const predictions = await predictDataset(place, { ...request, batchSize: undefined }, control);
  const target = predictions.labels.indexOf(request.class);
  if (target === -1) throw unknownClass(request.class, predictions.labels);
  const asked = pictures === 'all' ? request.class : pictures;
  const [attributed, ...others] = await attributeDataset(place, { ...request, target: asked }, control);
  if (!attributed || others.length > 0)
    throw new LightboxError('request/invalid', 'Groups are of one composite; name one, not all.');
  const { side = 28, neighbours, count, mostGroups = 8, seed = 1 } = request;
  const settings = { setup: attributed.setup, target, side, neighbours, count, mostGroups, seed };
  const dataset = getDataset(place.catalog, request.dataset);
  return describeGrouping(place.catalog, await computeGroups(place.catalog, { dataset, settings }, control));
}

function unknownClass(name: string, labels: readonly string[]): LightboxError {
  const known = labels.map((label) => `"${label}"`).join(', ');
  return new LightboxError('target/unknown', `The model has no class "${name}"; it has ${known}.`);
}
