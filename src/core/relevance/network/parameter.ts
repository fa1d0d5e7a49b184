import type { Attribute, Initializer } from '#core/onnx/index.ts';

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

/** The shape two tensors have together under ONNX's (NumPy's) broadcasting. */
export function broadcastDims(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[a.length - rank + i] ?? 1;
    const q = b[b.length - rank + i] ?? 1;
    return p === 1 ? q : p;
  });
}

/** operator(...inputs), elementwise with broadcasting. */
export function elementwise(operator: string, ...inputs: readonly Parameter[]): Parameter {
  const dims = inputs.map((input) => input.dims).reduce(broadcastDims);
  return { kind: 'computed', operator, inputs, dims, attributes: new Map() };
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

export function int64Parameter(values: readonly number[]): Parameter {
  const bytes = new Uint8Array(new BigInt64Array(values.map((v) => BigInt(v))).buffer);
  return storedParameter({ name: '', dataType: 'int64', dims: [values.length], data: { kind: 'memory', bytes } });
}

export function float32Parameter(values: readonly number[], dims: readonly number[] = [values.length]): Parameter {
  const bytes = new Uint8Array(new Float32Array(values).buffer);
  return storedParameter({ name: '', dataType: 'float32', dims, data: { kind: 'memory', bytes } });
}
