import type { Span, UnevenAveragePool } from '../network/network.ts';
import type { Tensor, TensorWriter } from '../compile/tensor.ts';

/**
 * Average pooling with windows of unequal size as two matrix products: y = P x Q, where row i of P holds 1/n over the n input rows
 * of output row i, and column j of Q the same over input columns. Every provider has MatMul.
 */
export function unevenAverages(writer: TensorWriter, input: Tensor, { rows, columns }: UnevenAveragePool): Tensor {
  const [channels = 1, height = 1, width = 1] = input.sizes;
  const left = sharesOf(rows, height);
  const right = transposed(sharesOf(columns, width));
  return product(writer, writer.asPlain(input), { left, right, sizes: [channels, rows.length, columns.length] });
}

/** The transpose of `unevenAverages`: every output spreads its value evenly over the inputs of its window. */
export function unevenAveragesBack(
  writer: TensorWriter,
  signal: Tensor,
  { form, sizes }: { form: UnevenAveragePool; sizes: readonly number[] },
): Tensor {
  const [, height = 1, width = 1] = sizes;
  const left = transposed(sharesOf(form.rows, height));
  const right = sharesOf(form.columns, width);
  return product(writer, writer.asPlain(signal), { left, right, sizes });
}

type Matrix = readonly (readonly number[])[];

/** One row per span: 1/n over its n indices, zero elsewhere. */
const sharesOf = (spans: readonly Span[], length: number): Matrix =>
  spans.map(([start, end]) => Array.from({ length }, (_, i) => (i >= start && i < end ? 1 / (end - start) : 0)));

const transposed = (matrix: Matrix): Matrix => (matrix[0] ?? []).map((_, i) => matrix.map((row) => row[i] ?? 0));

function product(
  writer: TensorWriter,
  value: Tensor,
  { left, right, sizes }: { left: Matrix; right: Matrix; sizes: readonly number[] },
): Tensor {
  const { graph } = writer;
  const stored = (matrix: Matrix): string => graph.floats(matrix.flat(), [matrix.length, matrix[0]?.length ?? 0]);
  const acrossColumns = graph.emit('MatMul', [value.name, stored(right)]);
  return writer.plain(graph.emit('MatMul', [stored(left), acrossColumns]), sizes);
}
