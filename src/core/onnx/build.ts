/** Short ways to make the values of a graph. */
import type { Attribute, DataType, Dimension, Initializer, Node, ValueInfo } from './model.ts';

/** A number is an int attribute, a list of numbers ints, a text string; anything else is said in full. */
export type AttributeInput = number | string | readonly number[] | Attribute;

/** The edges of a node, by name. */
export interface NodeValues {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
}

const noEntries: ReadonlyMap<string, never> = new Map<string, never>();

/** A node of ONNX's own domain: `node('Conv', { inputs: ['x', 'w'], outputs: ['y'] }, { strides: [2, 2] })`. */
export function node(
  operator: string,
  { inputs, outputs, name = '' }: NodeValues,
  attributes: Readonly<Record<string, AttributeInput>> = {},
): Node {
  const entries = Object.entries(attributes).map(([key, input]) => [key, attributeOf(input)] as const);
  return { name, operator, domain: '', inputs, outputs, attributes: new Map(entries), metadata: noEntries };
}

/** A float attribute, also where the number happens to be whole. */
export function float(value: number): Attribute {
  return { kind: 'float', value };
}

function attributeOf(input: AttributeInput): Attribute {
  if (typeof input === 'number') return { kind: 'int', value: input };
  if (typeof input === 'string') return { kind: 'string', value: input };
  return isList(input) ? { kind: 'ints', value: input } : input;
}

function isList(input: readonly number[] | Attribute): input is readonly number[] {
  return Array.isArray(input);
}

/** A float32 tensor in memory. The values are not copied; do not change them afterwards. */
export function float32Initializer(
  name: string,
  dims: readonly number[],
  values: Float32Array | readonly number[],
): Initializer {
  const typed = values instanceof Float32Array ? values : Float32Array.from(values);
  return inMemory({ name, dataType: 'float32', dims }, typed);
}

/** An int64 tensor in memory. */
export function int64Initializer(name: string, dims: readonly number[], values: readonly number[]): Initializer {
  return inMemory({ name, dataType: 'int64', dims }, BigInt64Array.from(values, BigInt));
}

function inMemory(description: Omit<Initializer, 'data'>, typed: Float32Array | BigInt64Array): Initializer {
  const bytes = new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
  return { ...description, data: { kind: 'memory', bytes } };
}

/** A graph's input or output. */
export function valueInfo(name: string, shape: readonly Dimension[], dataType: DataType = 'float32'): ValueInfo {
  return { name, dataType, shape };
}
