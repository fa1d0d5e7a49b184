/** What is left of an array [rows, channels, height, width] when its positions are put together, in either layout. */
import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * [rows, channels]. Summed along rows of pixels first: two short sums in a row lose less to rounding than a long one.
 */
export function sumPositions(writer: TensorWriter, tensor: Tensor): string {
  const [channels = 0, ...size] = tensor.sizes;
  if (size.length === 0) return writer.graph.emit('Identity', [writer.asPlain(tensor).name]);
  const along = (name: string, axis: number): string =>
    writer.graph.emit('ReduceSum', [name, writer.graph.integers([axis])], { attributes: { keepdims: 0 } });
  return writer.reshape(along(along(writer.spatialView(tensor), 3), 2), [0, channels]);
}

/** The highest value of each channel and its position, row by row; both [rows, channels]. */
export function listPeaks(writer: TensorWriter, tensor: Tensor): { readonly value: string; readonly position: string } {
  const { graph } = writer;
  const [channels = 0] = tensor.sizes;
  const flat = flatPositions(writer, tensor);
  const value = graph.emit('ReduceMax', [flat, graph.integers([2])], { attributes: { keepdims: 0 } });
  const position = graph.emit('ArgMax', [flat], { attributes: { axis: 2, keepdims: 0 } });
  // All outputs of a compiled graph are float32, which holds positions below 2^24 exactly.
  const number = graph.emit('Cast', [position], { attributes: { to: 1 } });
  return { value: writer.reshape(value, [0, channels]), position: writer.reshape(number, [0, channels]) };
}

/** [rows, channels, regions]: sums weighted by `regions`, [regions, height, width]. */
export function sumInside(writer: TensorWriter, tensor: Tensor, regions: string): string {
  const { graph } = writer;
  const [channels = 0, height = 1, width = 1] = tensor.sizes;
  const weights = writer.reshape(regions, [-1, height * width]);
  const flat = flatPositions(writer, tensor);
  if (tensor.layout === 'plain') {
    return graph.emit('MatMul', [flat, graph.emit('Transpose', [weights], { attributes: { perm: [1, 0] } })]);
  }
  const sums = graph.emit('MatMul', [weights, flat]);
  const turned = graph.emit('Transpose', [sums], { attributes: { perm: [0, 1, 3, 2] } });
  const regionCount = graph.emit('Shape', [regions], { attributes: { start: 0, end: 1 } });
  const sizes = graph.emit('Concat', [graph.integers([0, channels]), regionCount], { attributes: { axis: 0 } });
  return graph.emit('Reshape', [turned, sizes]);
}

/** [rows, channels, positions], or [rows, channels / block, positions, block]. */
function flatPositions(writer: TensorWriter, tensor: Tensor): string {
  const [channels = 0, ...size] = tensor.sizes;
  const positions = size.reduce((product, count) => product * count, 1);
  if (tensor.layout === 'plain') return writer.reshape(tensor.name, [0, channels, positions]);
  return writer.reshape(tensor.name, [0, channels / writer.block, positions, writer.block]);
}
