import { measureRegion, type RegionMeasures, type RelevanceMap } from '#core/audit/index.ts';
import type { Attribution, ReadonlyCatalog, RegionBooking, Sample } from '#core/catalog/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { definedOf } from '#shared/measurement.ts';
import { loadPictureRegions, type RegionPlace } from './picture-regions.ts';

/** What one map books into one region of its picture. */
export interface BookedRegion extends RegionMeasures {
  readonly region: string;
}

interface SensedMap {
  readonly attribution: Pick<Attribution, 'arraySha256'>;
  /** Whether its sign must be turned so that above zero speaks for the class. */
  readonly isTurned: boolean;
}

/** Every region of a picture, and how many of its masks could not be read. */
export async function bookMap(
  place: RegionPlace,
  sample: Pick<Sample, 'id' | 'width' | 'height'>,
  { attribution, isTurned }: SensedMap,
): Promise<{ readonly booked: readonly BookedRegion[]; readonly unreadMasks: number }> {
  const { regions, failures } = await loadPictureRegions(place, sample);
  const map = await loadMap(place, attribution.arraySha256, isTurned);
  const booked = regions.map(({ name, mask }) => ({ region: name, ...measureRegion(map, mask) }));
  return { booked, unreadMasks: failures.length };
}

async function loadMap(
  { catalog, recipe: { width, height } }: { readonly catalog: ReadonlyCatalog; readonly recipe: InputRecipe },
  arraySha256: string,
  isTurned: boolean,
): Promise<RelevanceMap> {
  const { values } = await catalog.arrays.load(arraySha256);
  const relevance = Float32Array.from(values, Number);
  return { width, height, values: isTurned ? relevance.map((value) => -value) : relevance };
}

/** In the form the catalog keeps; enrichment follows from share and area. */
export const toBooking = ({ region, areaShare, ...measures }: BookedRegion): RegionBooking => ({
  ...{ region, areaShare, positiveShare: definedOf(measures.positiveShare) },
  ...{ negativeShare: definedOf(measures.negativeShare), rankAccuracy: definedOf(measures.rankAccuracy) },
  pointing: definedOf(measures.pointing),
});
