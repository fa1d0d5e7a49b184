import {
  float32Initializer,
  int64Initializer,
  integersOf,
  type Attribute,
  type Initializer,
} from '#core/onnx/index.ts';

/** A whole number from 0 on, below the limit, from a seeded generator. */
export type Random = (limit: number) => number;

export function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[random(items.length)];
}

/** Numbers that shapes, axes, strides and pads go wrong at. */
const oddNumbers = [0, 1, -1, 2, 3, 4, 5, 7, -2, -3, 8, 16, 64, 2 ** 20, 2 ** 31, -(2 ** 31), 2 ** 40, 2 ** 53 - 1];
const oddTexts = ['', 'SAME_UPPER', 'VALID', 'edge', 'tanh'];

export function changeNumber(value: number, random: Random): number {
  const odd = pick(oddNumbers, random) ?? 0;
  return pick([value + 1, value - 1, -value, 2 * value, odd, odd], random) ?? value;
}

export function changeList(values: readonly number[], random: Random): readonly number[] {
  const at = random(values.length);
  const changed = values.map((value, i) => (i === at ? changeNumber(value, random) : value));
  const shorter = values.filter((_, i) => i !== at);
  const longer = [...values, pick(oddNumbers, random) ?? 0];
  return pick([changed, changed, shorter, longer, [...values].reverse(), []], random) ?? values;
}

const countOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** Small whole numbers, which take part in computing shapes. */
export function isList({ dataType, data }: Initializer): boolean {
  return dataType === 'int64' && data.kind === 'memory';
}

/** The tensor in another shape; it holds as many numbers as the shape says, as every tensor in a file does. */
export function reshape(tensor: Initializer, random: Random): Initializer {
  const dims = changeList(tensor.dims, random).map((size) => Math.min(Math.max(size, 0), 64));
  const count = countOf(dims);
  if (count > 2 ** 20) return tensor;
  if (tensor.dataType === 'int64') return int64Initializer(tensor.name, dims, Array<number>(count).fill(1));
  return float32Initializer(tensor.name, dims, new Float32Array(count).fill(0.25));
}

/** A list of whole numbers with other numbers in it. */
export function renumber(tensor: Initializer, random: Random): Initializer {
  const values = changeList(integersOf(tensor), random);
  const dims = tensor.dims.length === 0 && values.length === 1 ? [] : [values.length];
  return int64Initializer(tensor.name, dims, values);
}

const otherTypes = { float64: 8, float16: 2, int32: 4, int8: 1, uint8: 1, bool: 1 } as const;

/** A tensor of zeros of another type. */
export function retype({ name, dims }: Initializer, random: Random): Initializer {
  const [dataType, length] = pick(Object.entries(otherTypes), random) as ['float64', number];
  return { name, dims, dataType, data: { kind: 'memory', bytes: new Uint8Array(countOf(dims) * length) } };
}

/** An attribute of the same kind with another value. */
export function revalue(attribute: Attribute, random: Random): Attribute {
  switch (attribute.kind) {
    case 'int':
      return { kind: 'int', value: changeNumber(attribute.value, random) };
    case 'ints':
      return { kind: 'ints', value: changeList(attribute.value, random) };
    case 'float':
      return { kind: 'float', value: pick([0, -1, 1e30, NaN, Infinity], random) ?? 0 };
    case 'string':
      return { kind: 'string', value: pick(oddTexts, random) ?? '' };
    case 'tensor':
      return isList(attribute.value) ? { kind: 'tensor', value: renumber(attribute.value, random) } : attribute;
    case 'floats':
    case 'strings':
    case 'unsupported':
      return attribute;
  }
}

/** An attribute of any kind. */
export function rekind(attribute: Attribute, random: Random): Attribute {
  const number = attribute.kind === 'ints' ? (attribute.value[0] ?? 1) : 1;
  const forms: readonly Attribute[] = [
    { kind: 'int', value: number },
    { kind: 'float', value: number },
    { kind: 'ints', value: [number] },
    { kind: 'floats', value: [number, number] },
    { kind: 'string', value: String(number) },
    { kind: 'strings', value: [] },
    { kind: 'tensor', value: float32Initializer('t', [2], [1, 2]) },
    { kind: 'unsupported' },
  ];
  return pick(forms, random) ?? attribute;
}
