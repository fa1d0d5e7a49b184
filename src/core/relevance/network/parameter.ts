import { LightboxError } from '#shared/errors.ts';
import type { Attribute, DataType, Initializer } from '#core/onnx/index.ts';

/**
 * A constant tensor of the network: stored in the model file, or computed from stored ones by ONNX operators
 * (a merged batch norm, a clamped weight). Computed parameters are written into the compiled graph as operators
 * and folded once when its session loads, so weights never pass through this process.
 */
export type Parameter =
  | { readonly kind: 'stored'; readonly dims: readonly number[]; readonly initializer: Initializer }
  | {
      readonly kind: 'computed';
      readonly dims: readonly number[];
      readonly operator: string;
      readonly inputs: readonly Parameter[];
      readonly attributes: ReadonlyMap<string, Attribute>;
    };

export function storedParameter(initializer: Initializer): Parameter {
  return { kind: 'stored', dims: initializer.dims, initializer };
}

/** What a parameter's numbers are stored as. */
export function dataTypeOf(parameter: Parameter): DataType {
  if (parameter.kind === 'stored') return parameter.initializer.dataType;
  const [input] = parameter.inputs;
  return input && parameter.operator !== 'Cast' ? dataTypeOf(input) : 'float32';
}

/** The shape two tensors have together under ONNX's (NumPy's) broadcasting; undefined where they do not fit. */
export function findBroadcastDims(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const pairs = Array.from(
    { length: rank },
    (_, i) => [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1] as const,
  );
  if (pairs.some(([p, q]) => p !== q && p !== 1 && q !== 1)) return undefined;
  return pairs.map(([p, q]) => (p === 1 ? q : p));
}

/** operator(...inputs), elementwise with broadcasting. The inputs' shapes must have been found to fit. */
export function elementwise(operator: string, ...inputs: readonly Parameter[]): Parameter {
  const dims = inputs.map((input) => input.dims).reduce(broadcastDims);
  return { kind: 'computed', operator, inputs, dims, attributes: new Map() };
}

function broadcastDims(a: readonly number[], b: readonly number[]): readonly number[] {
  const dims = findBroadcastDims(a, b);
  if (dims) return dims;
  throw new LightboxError('internal', `Tensors of shapes [${a.join(', ')}] and [${b.join(', ')}] met unchecked.`);
}

/** A parameter as float32. */
export function asFloat32(parameter: Parameter): Parameter {
  if (dataTypeOf(parameter) === 'float32') return parameter;
  const attributes = new Map([['to', { kind: 'int', value: 1 } as const]]);
  return { kind: 'computed', operator: 'Cast', inputs: [parameter], dims: parameter.dims, attributes };
}

export function reshapeParameter(parameter: Parameter, dims: readonly number[]): Parameter {
  const same = dims.length === parameter.dims.length && dims.every((d, i) => d === parameter.dims[i]);
  if (same) return parameter;
  return {
    kind: 'computed',
    operator: 'Reshape',
    inputs: [parameter, int64Parameter(dims)],
    dims,
    attributes: new Map(),
  };
}

export function int64Parameter(values: readonly number[], dims: readonly number[] = [values.length]): Parameter {
  const bytes = new Uint8Array(new BigInt64Array(values.map((v) => BigInt(v))).buffer);
  return storedParameter({ name: '', dataType: 'int64', dims, data: { kind: 'memory', bytes } });
}

export function float32Parameter(values: readonly number[], dims: readonly number[] = [values.length]): Parameter {
  const bytes = new Uint8Array(new Float32Array(values).buffer);
  return storedParameter({ name: '', dataType: 'float32', dims, data: { kind: 'memory', bytes } });
}
