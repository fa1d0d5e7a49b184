import { filterLayout, runConvolution } from './convolve.ts';
import { convTranspose, turnedFilter, type ConvolveBackRequest } from './convolve-turned.ts';
import { writeFilter, type TapRange } from './filters.ts';
import { cropSpatial, interleave } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** One axis of one phase: input positions phase, phase + stride, ... */
interface PhaseAxis {
  readonly taps: TapRange;
  readonly before: number;
  readonly after: number;
}

/**
 * Input position i = phase + stride * q receives from output position o with tap t, where i = o * stride - pad + t.
 * The taps are t = t0, t0 + stride, ... with t0 = (phase + pad) mod stride, and o = q + (phase + pad - t) / stride.
 */
function phaseAxis(
  request: ConvolveBackRequest,
  signal: Tensor,
  [axis, phase, length]: readonly [0 | 1, number, number],
): PhaseAxis {
  const stride = request.strides[axis];
  const shift = phase + request.pads[axis];
  const first = shift % stride;
  const count = Math.max(0, Math.ceil((request.kernel[axis] - first) / stride));
  // The turned phase kernel runs from tap t0 + stride * (count - 1), which reaches furthest back.
  const before = count - 1 - Math.floor(shift / stride);
  const after = length + count - 1 - before - (signal.sizes[axis + 1] ?? 0);
  return { taps: { first, step: stride, count }, before, after };
}

/** The way back of a strided convolution: each phase of the input's positions is a small convolution with every s-th tap. */
export function byPhases(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const [rows, columns] = request.strides;
  const [channels = 0, height = 0, width = 0] = request.sizes;
  const lengths = [Math.ceil(height / rows), Math.ceil(width / columns)] as const;
  const phases = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => {
      const axes = [
        phaseAxis(request, signal, [0, r, lengths[0]]),
        phaseAxis(request, signal, [1, c, lengths[1]]),
      ] as const;
      return onePhase(writer, signal, { request, axes, sizes: [channels, ...lengths] });
    }),
  );
  const whole = interleave(writer, phases);
  const cropped = whole && cropSpatial(writer, whole, { size: [height, width] });
  if (!cropped) return convTranspose(writer, signal, request);
  return request.plus ? writer.add(cropped, request.plus) : cropped;
}

/** undefined where no tap reaches the phase (a 1×1 convolution of stride 2 leaves three of four positions untouched). */
function onePhase(
  writer: TensorWriter,
  signal: Tensor,
  {
    request,
    axes,
    sizes,
  }: { request: ConvolveBackRequest; axes: readonly [PhaseAxis, PhaseAxis]; sizes: readonly number[] },
): Tensor | undefined {
  if (axes.some(({ taps }) => taps.count === 0)) return undefined;
  const source = trimmed(writer, signal, axes);
  const layout = filterLayout(writer, source);
  const [row, column] = axes;
  return runConvolution(writer, source, {
    kernel: [row.taps.count, column.taps.count],
    dilations: [1, 1],
    strides: [1, 1],
    pads: [Math.max(0, row.before), Math.max(0, column.before), Math.max(0, row.after), Math.max(0, column.after)],
    layout,
    group: 1,
    bias: undefined,
    sizes,
    weight: writeFilter(writer.graph, { ...turnedFilter(writer, request, layout), phase: [row.taps, column.taps] }),
  });
}

/** Where a phase does not reach the signal's edge, the padding would be negative: cut the signal instead. */
function trimmed(writer: TensorWriter, signal: Tensor, axes: readonly [PhaseAxis, PhaseAxis]): Tensor {
  const starts = axes.map(({ before }) => Math.max(0, -before));
  const size = axes.map(({ after }, i) => (signal.sizes[i + 1] ?? 0) - Math.max(0, -after) - (starts[i] ?? 0));
  return cropSpatial(writer, signal, { size: [size[0] ?? 0, size[1] ?? 0], start: [starts[0] ?? 0, starts[1] ?? 0] });
}
