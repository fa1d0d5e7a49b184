import type { GraphWriter } from './writer.ts';

/** How a filter lies in memory: ONNX's order, both channel axes blocked, or the output channels only (for inputs of few channels). */
export type FilterLayout = 'plain' | 'blocked' | 'blockedOutput';

/** An elementwise change of weights, as relevance rules want it: its positive part, its square. */
export type WeightForm = (graph: GraphWriter, name: string) => string;

export interface FilterRequest {
  readonly name: string;
  /** [out, in, kh, kw] of the stored filter. */
  readonly dims: readonly number[];
  readonly form: WeightForm;
  readonly layout: FilterLayout;
  readonly block: number;
  /** For the way back: in and out exchanged, the kernel turned by half a turn. */
  readonly turned: boolean;
  /** Of a turned filter: which taps belong to one phase of a strided convolution, as [first, step] per axis. */
  readonly phase?: readonly [TapRange, TapRange];
}

/** Taps first, first + step, ... of a kernel axis, taken from the far end when turned. */
export interface TapRange {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/**
 * Writes a filter in the layout a convolution wants. Everything here is computed once, when the session loads.
 * The transposition comes first and the elementwise form last, so that all forms of a filter share the transposition.
 */
export function writeFilter(graph: GraphWriter, request: FilterRequest): string {
  const laid = layOut(graph, request);
  return request.form(graph, laid);
}

function layOut(graph: GraphWriter, request: FilterRequest): string {
  const [out = 1, inside = 1, ...kernel] = request.dims;
  const { name, turned, layout, block } = request;
  const cut = cutTaps(graph, name, request);
  if (layout === 'plain') return turned ? transpose(graph, cut, [1, 0, 2, 3]) : cut;
  const size = cutKernel(request, kernel);
  // As the convolution sees it: its output and input channels.
  const [to, from] = turned ? [inside, out] : [out, inside];
  const padded = padOutput(graph, cut, { turned, missing: (block - (to % block)) % block });
  const blocks = Math.ceil(to / block);
  const result = [blocks * block, from, ...size];
  if (layout === 'blockedOutput') {
    const split = turned ? [from, blocks, block, ...size] : [blocks, block, from, ...size];
    const order = turned ? [1, 0, 3, 4, 2] : [0, 2, 3, 4, 1];
    return reorder(graph, padded, { split, order, result });
  }
  const split = turned ? [from / block, block, blocks, block, ...size] : [blocks, block, from / block, block, ...size];
  const order = turned ? [2, 0, 4, 5, 1, 3] : [0, 2, 4, 5, 3, 1];
  return reorder(graph, padded, { split, order, result });
}

function reorder(
  graph: GraphWriter,
  name: string,
  { split, order, result }: { split: readonly number[]; order: readonly number[]; result: readonly number[] },
): string {
  const apart = graph.emit('Reshape', [name, graph.integers(split)]);
  return graph.emit('Reshape', [transpose(graph, apart, order), graph.integers(result)]);
}

function transpose(graph: GraphWriter, name: string, perm: readonly number[]): string {
  return graph.emit('Transpose', [name], { attributes: { perm } });
}

/** Turns the kernel, or takes one phase of it, by slicing height and width backwards. */
function cutTaps(graph: GraphWriter, name: string, { turned, phase, dims }: FilterRequest): string {
  if (!turned) return name;
  const kernel = dims.slice(2);
  if (!phase && kernel.every((size) => size === 1)) return name;
  const ranges = phase ?? kernel.map((size): TapRange => ({ first: 0, step: 1, count: size }));
  const starts = ranges.map(({ first, step, count }) => first + step * (count - 1));
  const ends = ranges.map(({ first }) => first - 1).map((end) => (end < 0 ? Number.MIN_SAFE_INTEGER : end));
  const steps = ranges.map(({ step }) => -step);
  const bounds = [starts, ends, [2, 3], steps].map((values) => graph.integers(values));
  return graph.emit('Slice', [name, ...bounds]);
}

function cutKernel({ phase }: FilterRequest, kernel: readonly number[]): readonly number[] {
  return phase ? phase.map(({ count }) => count) : kernel;
}

/** Zero filters for output channels that only fill up the last block. */
function padOutput(
  graph: GraphWriter,
  name: string,
  { turned, missing }: { turned: boolean; missing: number },
): string {
  if (missing === 0) return name;
  const after = turned ? [0, missing, 0, 0] : [missing, 0, 0, 0];
  return graph.emit('Pad', [name, graph.integers([0, 0, 0, 0, ...after])]);
}
