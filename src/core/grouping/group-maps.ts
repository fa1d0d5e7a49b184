import { LightboxError } from '#shared/errors.ts';
import { joinNeighbours } from './affinity.ts';
import { chooseCount } from './eigengap.ts';
import { divide } from './k-means.ts';
import { layOut } from './layout.ts';
import { findNeighbours, squaredDistance } from './nearest-neighbours.ts';
import { computeSilhouettes } from './silhouette.ts';
import { computeSpectrum, type Spectrum } from './spectrum.ts';
import { createBreather, type WorkPace } from './work-pace.ts';

export interface GroupingOptions {
  /** How many of its nearest a map is joined with; see `defaultNeighbours`. */
  readonly neighbours?: number | undefined;
  /** Groups; by the eigengap when not given. */
  readonly count?: number | undefined;
  /** The eigengap chooses among 2 to so many. */
  readonly mostGroups: number;
  readonly seed: number;
}

/** A map as a vector of length 1, with a name that does not depend on where it stands in a list. */
export interface NamedVector {
  readonly key: string;
  readonly vector: Float64Array;
}

export interface GroupedMap {
  readonly key: string;
  /** From 0, the largest group first. */
  readonly group: number;
  readonly place: readonly [x: number, y: number];
  readonly silhouette: number;
  /** To the mean of its group, in the space of the pooled maps. */
  readonly distance: number;
}

export interface Grouping {
  /** In the order of their keys. */
  readonly maps: readonly GroupedMap[];
  /** Of each group the mean of its vectors. */
  readonly means: readonly Float64Array[];
  /** The smallest of the normalised Laplacian. */
  readonly eigenvalues: readonly number[];
  readonly components: number;
  readonly method: Spectrum['method'];
  readonly neighbours: number;
  readonly count: number;
  readonly silhouette: number;
}

/** Fewer maps have no groups worth the name. */
export const FEWEST_MAPS = 12;

/** About twice the natural logarithm, which keeps random graphs connected (von Luxburg 2007, section 8.2), but few maps keep few neighbours. */
export const defaultNeighbours = (maps: number): number =>
  Math.max(3, Math.min(Math.round(2 * Math.log(maps)), Math.floor(maps / 6)));

/**
 * Groups of maps (spectral relevance analysis; Lapuschkin et al. 2019, Anders et al. 2022): a graph of nearest neighbours, the smallest eigenvectors of its
 * normalised Laplacian with rows of length 1 (Ng, Jordan, Weiss 2002), k-means on them. The order of the maps does not matter.
 * Throws `request/invalid` for too few maps, too many groups.
 */
export async function groupMaps(
  given: readonly NamedVector[],
  options: GroupingOptions,
  pace: WorkPace,
): Promise<Grouping> {
  checkCounts(given.length, options);
  const named = given.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const vectors = named.map(({ vector }) => vector);
  const { neighbours: wanted = defaultNeighbours(named.length), mostGroups, seed } = options;
  const near = await findNeighbours(vectors, Math.min(wanted, named.length - 1), pace);
  const spectrum = await findSpectrum(
    near.indices,
    { count: Math.max(mostGroups, options.count ?? 0) + 1, seed },
    pace,
  );
  const values = spectrum.pairs.map(({ value }) => value);
  const count = options.count ?? chooseCount(values, mostGroups);
  const groups = bySize(divide(embed(spectrum, count), count, seed));
  const places = await layOut(near, seed, pace);
  const means = meanOfEach(vectors, groups);
  const silhouettes = await computeSilhouettes(vectors, groups, pace);
  const maps = named.map(({ key, vector }, at): GroupedMap => {
    const group = groups[at] ?? 0;
    const distance = Math.sqrt(squaredDistance(vector, means[group] ?? vector));
    return { key, group, place: places[at] ?? [0, 0], silhouette: silhouettes[at] ?? 0, distance };
  });
  const { components, method } = spectrum;
  const silhouette = silhouettes.reduce((sum, width) => sum + width, 0) / maps.length;
  return { maps, means, eigenvalues: values, components, method, neighbours: wanted, count: means.length, silhouette };
}

function checkCounts(maps: number, { count = 2, neighbours = 1, mostGroups }: GroupingOptions): void {
  const sentence =
    maps < FEWEST_MAPS
      ? `Groups need at least ${FEWEST_MAPS} maps, and there are ${maps}; compute more heatmaps of the class.`
      : count < 2 || count > maps / 2 || mostGroups < 2
        ? `${maps} maps can be divided into 2 to ${Math.floor(maps / 2)} groups, not ${Math.min(count, mostGroups)}.`
        : neighbours >= maps
          ? `A map has at most ${maps - 1} neighbours, not ${neighbours}.`
          : undefined;
  if (sentence !== undefined) throw new LightboxError('request/invalid', sentence);
}

async function findSpectrum(
  indices: readonly (readonly number[])[],
  { count, seed }: { readonly count: number; readonly seed: number },
  pace: WorkPace,
): Promise<Spectrum> {
  const breathe = createBreather(pace, 'spectrum');
  const spectrum = computeSpectrum(joinNeighbours(indices), Math.min(count, indices.length), seed);
  await breathe(1, 1);
  return spectrum;
}

/** Rows of the first eigenvectors, of length 1. */
function embed({ pairs }: Spectrum, count: number): readonly (readonly number[])[] {
  const columns = pairs.slice(0, count).map(({ vector }) => vector);
  return Array.from(columns[0] ?? [], (_, row) => {
    const point = columns.map((column) => column[row] ?? 0);
    const length = Math.hypot(...point);
    return length === 0 ? point : point.map((value) => value / length);
  });
}

/** Groups numbered by size, of equals the one with the earlier member first; empty ones are gone. */
function bySize(groups: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].toSorted(([, a], [, b]) => b - a).map(([group]) => group);
  return groups.map((group) => order.indexOf(group));
}

function meanOfEach(vectors: readonly Float64Array[], groups: readonly number[]): readonly Float64Array[] {
  return Array.from({ length: Math.max(...groups) + 1 }, (_, group) => {
    const members = vectors.filter((__, at) => groups[at] === group);
    return Float64Array.from(members[0] ?? [], (__, cell) =>
      members.reduce((sum, member) => sum + (member[cell] ?? 0), 0) / members.length,
    ); // prettier-ignore
  });
}
