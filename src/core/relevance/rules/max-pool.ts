import type { MaxPool } from '../network/network.ts';
import { cropSpatial, interleave, padSpatial, pickFromWindows } from '../compile/spatial.ts';
import type { Tensor, TensorWriter } from '../compile/tensor.ts';

export interface MaxPoolStep {
  readonly form: MaxPool;
  readonly input: Tensor;
  readonly output: Tensor;
}

/**
 * Max pooling on the way back: all relevance goes to the first maximum of each window (row by row), summed where windows
 * overlap. Written by window offset: at each offset, the windows whose value there equals the maximum take what earlier offsets
 * have left of the relevance. Uses no Indices output, which not every provider has.
 */
export function maxPoolBack(writer: TensorWriter, relevance: Tensor, { form, input, output }: MaxPoolStep): Tensor {
  const { kernel, strides, dilations } = form;
  const [, height = 1, width = 1] = input.sizes;
  const padded = padSpatial(writer, input, { pads: form.pads, value: -3.4e38 });
  const arriving = new Map<string, Tensor[]>();
  let left = relevance;
  const offsets = Array.from(
    { length: kernel[0] * kernel[1] },
    (_, i) => [Math.floor(i / kernel[1]), i % kernel[1]] as const,
  );
  for (const [index, [row, column]] of offsets.entries()) {
    const there = pickFromWindows(writer, padded, { window: form, row, column });
    const taken = writer.multiply(writer.reaches(there, output), left);
    if (index < offsets.length - 1) left = writer.subtract(left, taken);
    const start = [row * dilations[0], column * dilations[1]];
    const phase = start.map((at, axis) => at % (strides[axis] ?? 1));
    const shift = start.map((at, axis) => Math.floor(at / (strides[axis] ?? 1)));
    const key = phase.join();
    arriving.set(key, [...(arriving.get(key) ?? []), shiftedBy(writer, taken, { shift, form })]);
  }
  const phases = Array.from({ length: strides[0] }, (_, r) =>
    Array.from({ length: strides[1] }, (_, c) => writer.sum(arriving.get([r, c].join()) ?? [])),
  );
  const whole = interleave(writer, phases);
  if (!whole) return relevance;
  return fitted(writer, whole, { size: [height, width], start: [form.pads[0], form.pads[1]] });
}

/** Moves what a window took to where, in steps of the stride, the offset lies; all results have one size. */
function shiftedBy(
  writer: TensorWriter,
  taken: Tensor,
  { shift, form }: { shift: readonly number[]; form: MaxPool },
): Tensor {
  const furthest = ([0, 1] as const).map((axis) =>
    Math.floor(((form.kernel[axis] - 1) * form.dilations[axis]) / form.strides[axis]),
  );
  const [down = 0, across = 0] = shift;
  const pads = [down, across, (furthest[0] ?? 0) - down, (furthest[1] ?? 0) - across] as const;
  return padSpatial(writer, taken, { pads });
}

/** Cuts the padding off, and fills up what no window reached. */
function fitted(
  writer: TensorWriter,
  whole: Tensor,
  { size, start }: { size: readonly [number, number]; start: readonly [number, number] },
): Tensor {
  const missing = size.map((length, axis) => Math.max(0, (start[axis] ?? 0) + length - (whole.sizes[axis + 1] ?? 0)));
  const filled = padSpatial(writer, whole, { pads: [0, 0, missing[0] ?? 0, missing[1] ?? 0] });
  return cropSpatial(writer, filled, { size, start });
}
