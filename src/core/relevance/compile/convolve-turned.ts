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

/** The way back of a convolution of stride 1: a convolution with turned, transposed kernels. */
export function turnedConvolution(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
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
