import type { Window } from '../network/network.ts';
import { nchwc, type Tensor, type TensorWriter } from './tensor.ts';

type Pair = readonly [number, number];

/** Rows start[0] .. start[0] + size[0], columns likewise, in steps; in either layout. */
function sliceSpatial(
  writer: TensorWriter,
  tensor: Tensor,
  slice: { start: Pair; size: Pair; step: Pair },
): Tensor {
  const { start, size, step } = slice;
  const [, height = 0, width = 0] = tensor.sizes;
  const whole =
    start[0] === 0 && start[1] === 0 && size[0] === height && size[1] === width && step[0] === 1 && step[1] === 1;
  if (whole) return tensor;
  const ends = [start[0] + (size[0] - 1) * step[0] + 1, start[1] + (size[1] - 1) * step[1] + 1];
  const bounds = [start, ends, [2, 3], step].map((values) => writer.graph.integers(values));
  const name = writer.graph.emit('Slice', [writer.spatialView(tensor), ...bounds]);
  return writer.fromSpatialView(name, tensor, size);
}

export function cropSpatial(
  writer: TensorWriter,
  tensor: Tensor,
  { size, start = [0, 0] }: { size: Pair; start?: Pair },
): Tensor {
  return sliceSpatial(writer, tensor, { start, size, step: [1, 1] });
}

/** A window's place: which of its rows and columns. */
interface WindowPlace {
  readonly window: Pick<Window, 'kernel' | 'strides' | 'dilations'>;
  readonly row: number;
  readonly column: number;
}

/** Of each window that lies wholly in the picture, the value at one place; in either layout. */
export function pickFromWindows(writer: TensorWriter, tensor: Tensor, place: WindowPlace): Tensor {
  const { kernel, strides, dilations } = place.window;
  const size = [0, 1].map((axis) => {
    const reach = ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1);
    return Math.floor(((tensor.sizes[axis + 1] ?? 0) - reach - 1) / (strides[axis] ?? 1)) + 1;
  });
  const [height = 0, width = 0] = size;
  if (tensor.layout === 'blocked') return pickFromBlocks(writer, tensor, { ...place, size: [height, width] });
  const start = [place.row * dilations[0], place.column * dilations[1]] as const;
  return sliceSpatial(writer, tensor, { start, size: [height, width], step: strides });
}

/**
 * As a convolution of every channel with a filter that is 1 at the place and 0 elsewhere, which takes half the time of a Slice in
 * steps. One filter serves every block: to the convolution, blocks are pictures of a batch.
 */
function pickFromBlocks(
  writer: TensorWriter,
  tensor: Tensor,
  { window, row, column, size }: WindowPlace & { readonly size: Pair },
): Tensor {
  const { kernel, strides, dilations } = window;
  const { block } = writer;
  const [channels = 0, height = 0, width = 0] = tensor.sizes;
  const values = Array.from({ length: kernel[0] * kernel[1] * block }, (_, at) =>
    Math.floor(at / block) === row * kernel[1] + column ? 1 : 0,
  );
  const filter = writer.graph.floats(values, [block, 1, kernel[0], kernel[1]]);
  const attributes = { kernel_shape: kernel, strides, dilations, pads: [0, 0, 0, 0], group: block };
  const blocks = writer.reshape(tensor.name, [-1, block, height, width]);
  const picked = writer.graph.emit('Conv', [blocks, filter], { domain: nchwc, attributes });
  const sizes = [channels, ...size];
  return { name: writer.reshape(picked, [-1, ...sizes]), sizes, layout: 'blocked' };
}

/** Pads height and width (top, left, bottom, right) with a value. */
export function padSpatial(
  writer: TensorWriter,
  tensor: Tensor,
  { pads, value = 0 }: { pads: readonly [number, number, number, number]; value?: number },
): Tensor {
  if (pads.every((pad) => pad === 0)) return tensor;
  const [top, left, bottom, right] = pads;
  const inner = tensor.layout === 'blocked' ? [0] : [];
  const amounts = writer.graph.integers([0, 0, top, left, ...inner, 0, 0, bottom, right, ...inner]);
  const name = writer.graph.emit('Pad', [writer.spatialView(tensor), amounts, writer.graph.scalar(value)]);
  const [, height = 0, width = 0] = tensor.sizes;
  return writer.fromSpatialView(name, tensor, [height + top + bottom, width + left + right]);
}

/**
 * Puts phases [row][column] together again: result[r + rows * i, c + columns * j] = phases[r][c][i, j].
 * A phase left undefined is zero; undefined when all are.
 */
export function interleave(
  writer: TensorWriter,
  phases: readonly (readonly (Tensor | undefined)[])[],
): Tensor | undefined {
  const like = phases.flat().find((phase) => phase !== undefined);
  if (!like) return undefined;
  const rows = phases.length;
  const columns = phases[0]?.length ?? 1;
  const [, height = 0, width = 0] = like.sizes;
  const block = like.layout === 'blocked' ? [writer.block] : [];
  const groups = like.layout === 'blocked' ? (like.sizes[0] ?? 0) / writer.block : (like.sizes[0] ?? 0);
  const lines = phases.map((line) =>
    line.every((phase) => phase === undefined)
      ? undefined
      : joined(writer, line, { shape: [0, groups, height, width, 1, ...block], axis: 4 }),
  );
  // A line now is [batch, groups, height, width, columns (, block)]; lines are joined between height and width.
  const whole = joinedNames(writer, lines, { shape: [0, groups, height, 1, width * columns, ...block], axis: 3 });
  return writer.fromSpatialView(writer.reshape(whole, [0, groups, height * rows, width * columns, ...block]), like, [
    height * rows,
    width * columns,
  ]);
}

interface Joining {
  readonly shape: readonly number[];
  readonly axis: number;
}

function joined(writer: TensorWriter, parts: readonly (Tensor | undefined)[], joining: Joining): string {
  return joinedNames(
    writer,
    parts.map((part) => part && writer.spatialView(part)),
    joining,
  );
}

/** Concatenates along a new axis; runs of missing parts at either end become zero padding. */
function joinedNames(writer: TensorWriter, names: readonly (string | undefined)[], { shape, axis }: Joining): string {
  const present = names.flatMap((name) => (name === undefined ? [] : [writer.reshape(name, shape)]));
  const zero = present[0] === undefined ? '' : writer.graph.emit('Mul', [present[0], writer.graph.scalar(0)]);
  const first = names.findIndex((name) => name !== undefined);
  const onlyOne = present.length === 1 && present[0] !== undefined;
  if (onlyOne && names.length > 1)
    return padded(writer, present[0] ?? '', { shape, axis, before: first, after: names.length - 1 - first });
  const all = names.map((name) => (name === undefined ? zero : writer.reshape(name, shape)));
  return all.length === 1 ? (all[0] ?? '') : writer.graph.emit('Concat', all, { attributes: { axis } });
}

function padded(writer: TensorWriter, name: string, padding: Joining & { before: number; after: number }): string {
  const zeros = padding.shape.map(() => 0);
  const at = (amount: number): number[] => zeros.map((_, i) => (i === padding.axis ? amount : 0));
  return writer.graph.emit('Pad', [name, writer.graph.integers([...at(padding.before), ...at(padding.after)])]);
}
