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
  const { name, turned, layout } = request;
  if (layout !== 'plain') return turned ? blockTurned(graph, request) : blockForward(graph, request);
  return turned ? transpose(graph, cutTaps(graph, name, request), [1, 0, 2, 3]) : name;
}

/**
 * [out, in, taps] to [out / block, in / block, taps, in % block, out % block]. A transposition that moves one axis inward, or
 * rows of a whole block, is four to eight times as fast in ONNX Runtime as one that does both, so it takes two.
 */
function blockForward(graph: GraphWriter, request: FilterRequest): string {
  const [to = 1, from = 1, ...kernel] = request.dims;
  const { layout, block } = request;
  const blocks = Math.ceil(to / block);
  const taps = kernel.reduce((product, size) => product * size, 1);
  const result = [blocks * block, from, ...kernel];
  const padded = padOutput(graph, request.name, { turned: false, missing: blocks * block - to });
  const inward = transpose(graph, reshape(graph, padded, [blocks, block, from * taps]), [0, 2, 1]);
  if (layout === 'blockedOutput' || taps === 1) return reshape(graph, inward, result);
  const apart = reshape(graph, inward, [blocks, from / block, block, taps, block]);
  return reshape(graph, transpose(graph, apart, [0, 1, 3, 2, 4]), result);
}

/** The same with in and out exchanged and the taps turned, or only one phase of them. */
function blockTurned(graph: GraphWriter, request: FilterRequest): string {
  const [from = 1, to = 1, ...kernel] = request.dims;
  const { layout, block } = request;
  const blocks = Math.ceil(to / block);
  const taps = kernel.reduce((product, size) => product * size, 1);
  const size = cutKernel(request, kernel);
  const kept = size.reduce((product, count) => product * count, 1);
  const padded = padOutput(graph, request.name, { turned: true, missing: blocks * block - to });
  const inward = transpose(graph, reshape(graph, padded, [from * blocks, block, taps]), [0, 2, 1]);
  const cut = cutTaps(graph, reshape(graph, inward, [from * blocks, ...kernel, block]), request);
  const result = [blocks * block, from, ...size];
  if (layout === 'blockedOutput') {
    return reshape(graph, transpose(graph, reshape(graph, cut, [from, blocks, kept * block]), [1, 0, 2]), result);
  }
  const apart = reshape(graph, cut, [from / block, block, blocks, kept, block]);
  return reshape(graph, transpose(graph, apart, [2, 0, 3, 1, 4]), result);
}

function reshape(graph: GraphWriter, name: string, dims: readonly number[]): string {
  return graph.emit('Reshape', [name, graph.integers(dims)]);
}

function transpose(graph: GraphWriter, name: string, perm: readonly number[]): string {
  return graph.emit('Transpose', [name], { attributes: { perm } });
}

/** Turns the kernel, or takes one phase of it, by slicing height and width backwards: axes 2 and 3, blocked 1 and 2. */
function cutTaps(graph: GraphWriter, name: string, { phase, dims, layout }: FilterRequest): string {
  const kernel = dims.slice(2);
  if (!phase && kernel.every((size) => size === 1)) return name;
  const ranges = phase ?? kernel.map((size): TapRange => ({ first: 0, step: 1, count: size }));
  const starts = ranges.map(({ first, step, count }) => first + step * (count - 1));
  const ends = ranges.map(({ first }) => first - 1).map((end) => (end < 0 ? Number.MIN_SAFE_INTEGER : end));
  const steps = ranges.map(({ step }) => -step);
  const bounds = [starts, ends, layout === 'plain' ? [2, 3] : [1, 2], steps].map((values) => graph.integers(values));
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
