import { LightboxError } from '#shared/errors.ts';
import type { Model, Node } from '#core/onnx/index.ts';
import type { Operation, OperationForm, Shape } from '../network/network.ts';
import { dataTypeOf, float32Parameter, int64Parameter, type Parameter } from '../network/parameter.ts';
import type { Sampled } from './sampled.ts';

/** An integer a shape computation handles: a number, or the batch size. */
export type Size = number | 'batch';

/** What is known of a value while a graph is read from top to bottom. */
export type Known =
  | { readonly kind: 'computed'; readonly name: string; readonly shape: Shape }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | Sizes
  | Sampled;

/** Numbers known on reading, row-major. */
export interface Sizes {
  readonly kind: 'sizes';
  readonly sizes: readonly Size[];
  readonly dims: readonly number[];
  /** Set where a Cast has made them floating-point: a division then leaves a fraction. */
  readonly real?: boolean;
}

/** One node while it is read. */
export interface Reading {
  readonly model: Model;
  readonly node: Node;
  /** undefined for an absent optional input. */
  readonly inputs: readonly (Known | undefined)[];
}

/** What a node becomes: known values for its outputs and, where it computes, the operation that does. */
export interface ReadNode {
  readonly outputs: readonly Known[];
  readonly form?: OperationForm;
  readonly computedInputs?: readonly string[];
}

export type Reader = (reading: Reading) => ReadNode;

export function fileName(model: Model): string {
  return model.path.split(/[\\/]/).at(-1) ?? model.path;
}

/** The node as people find it again: operator and name. */
export function nodeLabel(node: Node): string {
  return `${node.operator} "${node.name || (node.outputs[0] ?? '')}"`;
}

export function unsupported(reading: { model: Model; node: Node }, why: string): LightboxError {
  const { model, node } = reading;
  return new LightboxError(
    'model/unsupported-form',
    `${fileName(model)}: node ${nodeLabel(node)} is used in a form that is not supported: ${why}.`,
  );
}

/** A node whose parts contradict each other, or the value it is given. */
export function misfit(reading: { model: Model; node: Node }, why: string): LightboxError {
  const { model, node } = reading;
  return new LightboxError(
    'model/unsupported-form',
    `${fileName(model)}: node ${nodeLabel(node)} cannot be computed: ${why}; export the model again, and check the picture size where a manifest gives it.`,
  );
}

/** A shape as people write it: [batch, 3, 224, 224]. */
export function shapeText(shape: readonly Size[]): string {
  return `[${shape.join(', ')}]`;
}

interface AttributeValues {
  readonly int: number;
  readonly float: number;
  readonly string: string;
  readonly ints: readonly number[];
}

/** A node's attribute, where it is there and of the expected kind. */
export function attribute<Kind extends keyof AttributeValues>(
  node: Node,
  name: string,
  kind: Kind,
): AttributeValues[Kind] | undefined {
  const found = node.attributes.get(name) as { kind: string; value: AttributeValues[Kind] } | undefined;
  return found?.kind === kind ? found.value : undefined;
}

/** The computed value (and its shape) at an input, which must be there. */
export function computedInput(reading: Reading, index: number): Extract<Known, { kind: 'computed' }> {
  const input = reading.inputs[index];
  if (input?.kind === 'sampled')
    throw unsupported(reading, 'it works on a value that was taken apart, as only pools with uneven windows may be');
  if (input?.kind !== 'computed') throw unsupported(reading, `input ${String(index)} should be a computed value`);
  return input;
}

/** A float32 tensor stored in the file, or computed from such alone. */
export function parameterInput(reading: Reading, index: number): Parameter | undefined {
  const input = reading.inputs[index];
  if (input === undefined) return undefined;
  const parameter = constantOf(input);
  if (!parameter) throw unsupported(reading, `input ${String(index)} should be stored in the file`);
  const dataType = dataTypeOf(parameter);
  if (dataType === 'float32') return parameter;
  throw unsupported(reading, `input ${String(index)} is stored as ${dataType}, where float32 is needed`);
}

/** A constant as the network can hold it; undefined for computed values and for the batch size. */
export function constantOf(known: Known): Parameter | undefined {
  if (known.kind === 'parameter') return known.parameter;
  const numbers = known.kind === 'sizes' ? known.sizes.filter((size) => size !== 'batch') : [];
  if (known.kind !== 'sizes' || numbers.length < known.sizes.length) return undefined;
  return known.real ? float32Parameter(numbers, known.dims) : int64Parameter(numbers, known.dims);
}

/** The whole numbers at an input, such as axes; undefined where there is no such input. The batch size is none. */
export function numbersInput(reading: Reading, index: number): readonly number[] | undefined {
  const input = reading.inputs[index];
  if (input === undefined) return undefined;
  if (input.kind !== 'sizes' || input.real)
    throw unsupported(reading, `input ${String(index)} should be whole numbers from the file`);
  const numbers = input.sizes.filter((size) => size !== 'batch');
  if (numbers.length < input.sizes.length) {
    throw unsupported(reading, `input ${String(index)} depends on the batch size`);
  }
  return numbers;
}

/** An axis counted from the front; negative axes count from the back. */
export function axisOf(reading: Reading, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (counted < 0 || counted >= rank) throw misfit(reading, `it names axis ${String(axis)} of ${String(rank)} axes`);
  return counted;
}

/** The usual result: one operation on the first input, one output of the given shape. */
export function computes(reading: Reading, form: OperationForm, shape: Shape): ReadNode {
  return computesFrom(reading, form, { shape, inputs: [computedInput(reading, 0).name] });
}

/** One operation on the inputs named. */
export function computesFrom(
  reading: Reading,
  form: OperationForm,
  { shape, inputs }: { shape: Shape; inputs: readonly string[] },
): ReadNode {
  const name = reading.node.outputs[0] ?? '';
  return { form, computedInputs: inputs, outputs: [{ kind: 'computed', name, shape }] };
}

export function operationOf(reading: Reading, read: ReadNode, name: string): Operation | undefined {
  if (!read.form) return undefined;
  const output = read.outputs[0];
  if (output?.kind !== 'computed') return undefined;
  return { name, form: read.form, inputs: read.computedInputs ?? [], output: output.name, node: reading.node };
}
