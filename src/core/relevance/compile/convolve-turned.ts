import type { Window } from '../network/network.ts';
import { filterLayout, runConvolution, type Filter } from './convolve.ts';
import { writeFilter, type FilterRequest, type WeightForm } from './filters.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

export interface ConvolveBackRequest extends Window {
  readonly filter: Filter;
  readonly form: WeightForm;
  readonly group: number;
  /** Sizes of the forward convolution's input: channels, height, width. */
  readonly sizes: readonly number[];
  readonly plus?: Tensor | undefined;
}

/** What a turned convolution is padded with: top, left, bottom, right. Where one is negative it cannot be written as one. */
export function turnedPads(signal: Tensor, request: ConvolveBackRequest): readonly [number, number, number, number] {
  const { kernel, dilations, pads } = request;
  const before = (axis: 0 | 1): number => dilations[axis] * (kernel[axis] - 1) - pads[axis];
  const after = (axis: 0 | 1): number =>
    (request.sizes[axis + 1] ?? 0) -
    (signal.sizes[axis + 1] ?? 0) +
    dilations[axis] * (kernel[axis] - 1) -
    before(axis);
  return [before(0), before(1), after(0), after(1)];
}

/** The way back of a convolution of stride 1: a convolution with turned, transposed kernels. */
export function turnedConvolution(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const pads = turnedPads(signal, request);
  if (pads.some((pad) => pad < 0)) return convTranspose(writer, signal, request);
  const { kernel, dilations, sizes, plus } = request;
  const layout = filterLayout(writer, signal);
  const weight = writeFilter(writer.graph, turnedFilter(writer, request, layout));
  const laid = { weight, layout, group: 1, bias: undefined };
  return runConvolution(writer, signal, { ...laid, kernel, dilations, strides: [1, 1], pads, sizes, plus });
}

export function turnedFilter(
  writer: TensorWriter,
  request: ConvolveBackRequest,
  layout: FilterRequest['layout'],
): FilterRequest {
  return { ...request.filter, form: request.form, layout, block: writer.block, turned: true };
}

/** The general form. Exporters and runtimes call what makes the size come out right output_padding. */
export function convTranspose(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
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
