import type { Window } from '../network/network.ts';
import { filterLayout, runConvolution, type Filter } from './convolve.ts';
import { writeFilter, type FilterRequest, type TapRange, type WeightForm } from './filters.ts';
import { cropSpatial, interleave } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

export interface ConvolveBackRequest extends Window {
  readonly filter: Filter;
  readonly form: WeightForm;
  readonly group: number;
  /** Sizes of the forward convolution's input: channels, height, width. */
  readonly sizes: readonly number[];
  readonly plus?: Tensor | undefined;
}

/**
 * The transpose of a convolution: from the shape of its output to that of its input.
 *
 * Stride 1 is a convolution with turned, transposed kernels. Stride s splits the input positions into s × s phases, each a
 * small convolution with every s-th tap. What remains (groups; dilation together with stride) is ConvTranspose, and so are strides in
 * the plain layout: ONNX Runtime 1.30 gives wrong phases on WebGPU (3 to 9 % off on a ResNet18), and ConvTranspose right ones.
 */
export function convolveBack(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const { strides, dilations, group } = request;
  const strided = strides.some((stride) => stride > 1);
  const dilated = dilations.some((dilation) => dilation > 1);
  if (group > 1 || (strided && (dilated || writer.block === 1))) return convTranspose(writer, signal, request);
  return strided ? byPhases(writer, signal, request) : turnedConvolution(writer, signal, request);
}

function turnedConvolution(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const { kernel, dilations, pads } = request;
  const size = [signal.sizes[1] ?? 0, signal.sizes[2] ?? 0];
  const before = (axis: 0 | 1): number => dilations[axis] * (kernel[axis] - 1) - pads[axis];
  const after = (axis: 0 | 1): number =>
    (request.sizes[axis + 1] ?? 0) - (size[axis] ?? 0) + dilations[axis] * (kernel[axis] - 1) - before(axis);
  const sides = [before(0), before(1), after(0), after(1)] as const;
  if (sides.some((side) => side < 0)) return convTranspose(writer, signal, request);
  const layout = filterLayout(writer, signal);
  return runConvolution(writer, signal, {
    kernel,
    dilations,
    strides: [1, 1],
    pads: sides,
    layout,
    group: 1,
    bias: undefined,
    sizes: request.sizes,
    plus: request.plus,
    weight: writeFilter(writer.graph, turnedFilter(writer, request, layout)),
  });
}

function turnedFilter(
  writer: TensorWriter,
  request: ConvolveBackRequest,
  layout: FilterRequest['layout'],
): FilterRequest {
  return { ...request.filter, form: request.form, layout, block: writer.block, turned: true };
}

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

function byPhases(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
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

/** The general form. Exporters and runtimes call what makes the size come out right output_padding. */
function convTranspose(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const { kernel, strides, dilations, pads, group } = request;
  const padding = ([0, 1] as const).map((axis) => {
    const reached = ((signal.sizes[axis + 1] ?? 0) - 1) * strides[axis] + dilations[axis] * (kernel[axis] - 1) + 1;
    return (request.sizes[axis + 1] ?? 0) - (reached - pads[axis] - pads[axis === 0 ? 2 : 3]);
  });
  const weight = request.form(writer.graph, request.filter.name);
  const attributes = { kernel_shape: kernel, strides, dilations, pads, group, output_padding: padding };
  const name = writer.graph.emit('ConvTranspose', [writer.asPlain(signal).name, weight], { attributes });
  const result = writer.plain(name, request.sizes);
  return request.plus ? writer.add(result, request.plus) : result;
}
