import type { Window } from '../network/network.ts';
import { writeFilter, type FilterLayout, type WeightForm } from './filters.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** A stored filter [out, in / group, kh, kw] by name. */
export interface Filter {
  readonly name: string;
  readonly dims: readonly number[];
}

export interface ConvolveRequest extends Window {
  readonly filter: Filter;
  readonly form: WeightForm;
  readonly group: number;
  /** A vector over output channels, by name. */
  readonly bias: string | undefined;
  /** Added to the result, in one step with the convolution where the layout allows. */
  readonly plus?: Tensor | undefined;
  readonly relu?: boolean;
  /** Keeps to operators that are folded when the session loads. */
  readonly constant?: boolean;
}

/** The forward convolution of any weight form, in the fastest layout that input and output allow. */
export function convolve(writer: TensorWriter, input: Tensor, request: ConvolveRequest): Tensor {
  const [channels = 0] = request.filter.dims;
  const sizes = [channels, ...outputSizes(input, request)];
  const standard = request.group > 1 || request.constant === true || !paysToBlock(writer, sizes, request);
  const layout = standard ? 'plain' : filterLayout(writer, input);
  const filter = { ...request.filter, form: request.form, layout, block: writer.block, turned: false };
  return runConvolution(writer, input, { ...request, sizes, layout, weight: writeFilter(writer.graph, filter) });
}

/**
 * Whether a convolution is written in the blocked layout. The choice for outputs that do not fill blocks was made by which max
 * pool near ties the reference cases then meet, not by a measured gain in speed (docs/decisions/0004).
 */
function paysToBlock(writer: TensorWriter, sizes: readonly number[], { kernel }: Window): boolean {
  return writer.fillsBlocks(sizes) || kernel[0] * kernel[1] >= 25;
}

/** Blocked where the input fills blocks or is a picture of few channels, else plain. */
export function filterLayout(writer: TensorWriter, input: Tensor): FilterLayout {
  if (writer.block === 1) return 'plain';
  if (writer.fillsBlocks(input.sizes)) return 'blocked';
  return isPicture(input) ? 'blockedOutput' : 'plain';
}

/** Grey or colour pixels: the one kind of unblocked input that the runtime's own layout pass gives to blocked convolutions. */
function isPicture(input: Tensor): boolean {
  return input.layout === 'plain' && (input.sizes[0] === 1 || input.sizes[0] === 3);
}

export interface LaidConvolution extends Window {
  readonly weight: string;
  readonly layout: FilterLayout;
  readonly sizes: readonly number[];
  readonly group: number;
  readonly bias: string | undefined;
  readonly plus?: Tensor | undefined;
  readonly relu?: boolean;
}

/** Writes the convolution itself, the weight already in its layout. */
export function runConvolution(writer: TensorWriter, input: Tensor, request: LaidConvolution): Tensor {
  return request.layout === 'plain'
    ? plainConvolution(writer, input, request)
    : blockedConvolution(writer, input, request);
}

function plainConvolution(writer: TensorWriter, input: Tensor, request: LaidConvolution): Tensor {
  const inputs = [writer.asPlain(input).name, request.weight, ...(request.bias === undefined ? [] : [request.bias])];
  const attributes = { ...windowAttributes(request), group: request.group };
  const result = writer.plain(writer.graph.emit('Conv', inputs, { attributes }), request.sizes);
  const total = request.plus ? writer.add(result, request.plus) : result;
  return request.relu ? writer.positivePart(total) : total;
}

function blockedConvolution(writer: TensorWriter, input: Tensor, request: LaidConvolution): Tensor {
  const source = request.layout === 'blocked' ? writer.asBlocked(input) : writer.asPlain(input);
  const bias = request.bias === undefined ? '' : padBias(writer, request.bias, request.sizes[0] ?? 0);
  const inputs = [source.name, request.weight, bias];
  return writer.fillsBlocks(request.sizes)
    ? filledConvolution(writer, inputs, request)
    : paddedConvolution(writer, inputs, request);
}

const domain = 'com.microsoft.nchwc';

/** The addend and the ReLU are computed in one step with the convolution. */
function filledConvolution(writer: TensorWriter, inputs: readonly string[], request: LaidConvolution): Tensor {
  const plus = request.plus && writer.asBlocked(request.plus).name;
  const relu = request.relu ? { activation: 'Relu' } : {};
  const all = withoutAbsent([...inputs, plus ?? '']);
  const name = writer.graph.emit('Conv', all, {
    domain,
    attributes: { ...windowAttributes(request), group: 1, ...relu },
  });
  return { name, sizes: request.sizes, layout: 'blocked' };
}

/** Channels that only fill up the last block are dropped again on the way to the plain layout. */
function paddedConvolution(writer: TensorWriter, inputs: readonly string[], request: LaidConvolution): Tensor {
  const attributes = { ...windowAttributes(request), group: 1 };
  const name = writer.graph.emit('Conv', withoutAbsent(inputs), { domain, attributes });
  const result = writer.asPlain({ name, sizes: request.sizes, layout: 'blocked' });
  const total = request.plus ? writer.add(result, request.plus) : result;
  return request.relu ? writer.positivePart(total) : total;
}

function withoutAbsent(inputs: readonly string[]): string[] {
  return inputs.slice(0, inputs.findLastIndex((input) => input !== '') + 1);
}

function padBias(writer: TensorWriter, bias: string, channels: number): string {
  const missing = (writer.block - (channels % writer.block)) % writer.block;
  return missing === 0 ? bias : writer.graph.emit('Pad', [bias, writer.graph.integers([0, missing])]);
}

function windowAttributes({ kernel, strides, pads, dilations }: Window): Record<string, readonly number[]> {
  return { kernel_shape: kernel, strides, pads, dilations };
}

export function outputSizes(input: Tensor, { kernel, strides, pads, dilations }: Window): [number, number] {
  const size = (axis: 0 | 1): number => {
    const padded = (input.sizes[axis + 1] ?? 0) + pads[axis] + pads[axis === 0 ? 2 : 3];
    return Math.floor((padded - dilations[axis] * (kernel[axis] - 1) - 1) / strides[axis]) + 1;
  };
  return [size(0), size(1)];
}
