import { LightboxError } from '#shared/errors.ts';
import type { Network } from '../network/network.ts';
import { findLayer } from './find-layer.ts';
import type { Forward } from './forward.ts';
import { takeRows, total, type Arrival, type Relevances } from './relevance-pass.ts';
import type { Groups, RowGroups } from './row-groups.ts';
import { listPeaks, sumInside, sumPositions } from './position-sums.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * What each channel of a layer (a concept) carries, without the layer's whole array: the sum over positions, and where asked for
 * the highest value and its position, and the sum inside regions. Of relevance, or of the layer's raw output (before its ReLU).
 */
export interface ConceptTap {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
  readonly peaks?: boolean | undefined;
  readonly regions?: boolean | undefined;
  /** Relevance that goes round the layer; for the rows that begin at the output. */
  readonly round?: boolean | undefined;
}

/** Names of graph outputs. */
export interface ConceptOutputs {
  readonly layer: string;
  readonly kind: ConceptTap['kind'];
  readonly channels: number;
  /** Which groups of rows the outputs have. */
  readonly groups: Groups;
  /** [rows, channels] */
  readonly sums: string;
  /** [rows, channels]: the highest value, and its position counted row by row. */
  readonly peaks: { readonly value: string; readonly position: string } | undefined;
  /** [rows, channels, regions] */
  readonly inside: string | undefined;
  /** [rows]: the sum of what goes round the layer, and the sum of the absolute values of its channels' sums. */
  readonly round: { readonly sum: string; readonly absolute: string } | undefined;
}

/** Where a run is given the regions of a layer, [regions, height, width]. */
export interface RegionInput {
  readonly layer: string;
  readonly input: string;
  readonly size: readonly [height: number, width: number];
}

interface Written {
  readonly writer: TensorWriter;
  readonly network: Network;
  readonly forward: Forward;
  readonly rowGroups: RowGroups;
  readonly relevances: Relevances | undefined;
}

export interface ConceptReadings {
  readonly outputs: readonly ConceptOutputs[];
  readonly regions: readonly RegionInput[];
}

/** Throws `layer/unknown`. */
export function writeConceptTaps(written: Written, taps: readonly ConceptTap[]): ConceptReadings {
  const { graph } = written.writer;
  const regions = new Map<string, RegionInput>();
  const outputs = taps.map((tap): ConceptOutputs => {
    const { channels, height, width, output } = findLayer(written.network, tap.layer);
    const { tensor, groups } = findValue(written, tap, output);
    const asksInside = tap.regions === true && height !== undefined && width !== undefined;
    if (asksInside && !regions.has(tap.layer)) {
      const input = graph.input(`regions_${String(regions.size)}`, [`regions_${String(regions.size)}`, height, width]);
      regions.set(tap.layer, { layer: tap.layer, input, size: [height, width] });
    }
    const region = asksInside ? regions.get(tap.layer) : undefined;
    return {
      ...{ layer: tap.layer, kind: tap.kind, channels, groups },
      sums: graph.output(sumPositions(written.writer, tensor)),
      peaks: tap.peaks ? writePeaks(written.writer, tensor) : undefined,
      inside: region && graph.output(sumInside(written.writer, tensor, region.input)),
      round: tap.round && tap.kind === 'relevance' ? writeRound(written, output) : undefined,
    };
  });
  return { outputs, regions: [...regions.values()] };
}

function findValue(
  { forward, relevances }: Written,
  { kind, layer }: ConceptTap,
  value: string,
): { readonly tensor: Tensor; readonly groups: Groups } {
  if (kind === 'activation') return { tensor: forward.value(value), groups: [0] };
  const flow = relevances?.reached.get(value);
  if (flow) return { tensor: flow.relevance, groups: flow.groups };
  throw new LightboxError('layer/unknown', `No relevance reaches the layer "${layer}".`);
}

function writePeaks(writer: TensorWriter, tensor: Tensor): NonNullable<ConceptOutputs['peaks']> {
  const { value, position } = listPeaks(writer, tensor);
  return { value: writer.graph.output(value), position: writer.graph.output(position) };
}

/** At the time it is a layer's turn, what other values have been handed already is what goes round it. */
function writeRound(written: Written, value: string): ConceptOutputs['round'] {
  const { writer, relevances } = written;
  const { graph } = writer;
  const others = [...(relevances?.round.get(value) ?? [])].flatMap(([other, arrivals]) => {
    const sums = sumArrivals(written, other, arrivals);
    return sums === undefined ? [] : [sums];
  });
  const add = (names: readonly string[]): string | undefined =>
    names.reduce<string | undefined>(
      (sum, name) => (sum === undefined ? name : graph.emit('Add', [sum, name])),
      undefined,
    );
  const over = (name: string): string =>
    graph.emit('ReduceSum', [name, graph.integers([1])], { attributes: { keepdims: 0 } });
  const sum = add(others.map(over));
  const absolute = add(others.map((name) => over(graph.emit('Abs', [name]))));
  if (sum === undefined || absolute === undefined) return undefined;
  return { sum: graph.output(sum), absolute: graph.output(absolute) };
}

/** The channels' sums of what has arrived at a value in the rows that begin at the output. */
function sumArrivals(
  { writer, forward, rowGroups }: Written,
  value: string,
  arrivals: readonly Arrival[],
): string | undefined {
  const own = arrivals.filter(({ groups }) => groups.includes(0));
  const contributions = own.map(({ contribution, groups }) => takeRows(rowGroups, contribution, [groups, [0]]));
  const relevance = total(writer, contributions, forward.value(value));
  return relevance && sumPositions(writer, relevance);
}
