import { turnedConvolution, turnedPads, type ConvolveBackRequest } from './convolve-turned.ts';
import { cropSpatial } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * The way back of a strided convolution as one of stride 1 whose channels are the phases, which are then put in their places (Shi
 * et al. 2016, section 3.2). With zeros before and behind the kernel, padding and kernel are multiples of the stride s: then
 * tap s * j + p of an axis is tap j of phase p.
 *
 * For few channels, as pictures have: each phase by itself would leave most of a block empty. undefined for others, and where there is
 * more padding than the kernel reaches over.
 */
export function phasesTogether(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor | undefined {
  const { sizes, strides, plus } = request;
  const [channels = 0, height = 0, width = 0] = sizes;
  const [stride] = strides;
  if (stride !== strides[1] || channels >= writer.block || !writer.fillsBlocks(signal.sizes)) return undefined;
  const joined = joinPhases(writer, request);
  if (turnedPads(signal, joined).some((pad) => pad < 0)) return undefined;
  const phases = writer.asPlain(turnedConvolution(writer, signal, joined));
  const attributes = { blocksize: stride, mode: 'CRD' };
  const placed = writer.graph.emit('DepthToSpace', [phases.name], { attributes });
  const whole = writer.plain(placed, [channels, ...phases.sizes.slice(1).map((length) => length * stride)]);
  const cropped = cropSpatial(writer, whole, { size: [height, width] });
  return plus ? writer.add(cropped, plus) : cropped;
}

/** The convolution of stride 1, from the picture's phases as its channels. */
function joinPhases(writer: TensorWriter, request: ConvolveBackRequest): ConvolveBackRequest {
  const { filter, sizes, strides } = request;
  const [channels = 0, height = 0, width = 0] = sizes;
  const [stride] = strides;
  const axes = [filledUp(request, 0), filledUp(request, 1)] as const;
  const [rows, columns] = axes;
  const kernel = [rows.taps, columns.taps] as const;
  const dims = [filter.dims[0] ?? 1, channels * stride * stride, ...kernel];
  return {
    filter: { name: joinedFilter(writer, request, axes), dims },
    form: (_, name) => name,
    ...{ kernel, strides: [1, 1], dilations: [1, 1], group: 1, pads: [rows.pad, columns.pad, rows.pad, columns.pad] },
    sizes: [channels * stride * stride, Math.ceil(height / stride), Math.ceil(width / stride)],
  };
}

/** An axis of a kernel filled up with zeros: how many stand before and behind, and its taps and padding in strides. */
interface FilledAxis {
  readonly before: number;
  readonly behind: number;
  readonly taps: number;
  readonly pad: number;
}

function filledUp({ kernel, strides, pads }: ConvolveBackRequest, axis: 0 | 1): FilledAxis {
  const stride = strides[axis];
  const pad = Math.ceil(pads[axis] / stride);
  const before = pad * stride - pads[axis];
  const taps = Math.ceil((kernel[axis] + before) / stride);
  return { before, behind: taps * stride - kernel[axis] - before, taps, pad };
}

/** [out, in, kh, kw] to [out, in * phases, taps, taps], in the order of DepthToSpace: channel, row, column. */
function joinedFilter(
  writer: TensorWriter,
  { form, filter, strides }: ConvolveBackRequest,
  [rows, columns]: readonly [FilledAxis, FilledAxis],
): string {
  const { graph } = writer;
  const [out = 1, channels = 1] = filter.dims;
  const [stride] = strides;
  const pads = graph.integers([0, 0, rows.before, columns.before, 0, 0, rows.behind, columns.behind]);
  const filled = graph.emit('Pad', [form(graph, filter.name), pads]);
  const apart = writer.reshape(filled, [out, channels, rows.taps, stride, columns.taps, stride]);
  const phasesFirst = graph.emit('Transpose', [apart], { attributes: { perm: [0, 1, 3, 5, 2, 4] } });
  return writer.reshape(phasesFirst, [out, channels * stride * stride, rows.taps, columns.taps]);
}
