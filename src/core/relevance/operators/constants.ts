import type { DataType, Initializer, Node } from '#core/onnx/index.ts';
import { integersOf } from '#core/onnx/index.ts';
import type { Parameter } from '../network/parameter.ts';
import { storedParameter } from '../network/parameter.ts';
import { constantOf, type Known } from './reading.ts';

const wholeTypes: readonly DataType[] = ['int64', 'int32', 'bool'];

/** A stored tensor as it is known while reading: small whole numbers and truths take part in computations of shapes and indices. */
export function knownConstant(initializer: Initializer): Known {
  if (wholeTypes.includes(initializer.dataType) && initializer.data.kind === 'memory') {
    return { kind: 'sizes', sizes: integersOf(initializer), dims: initializer.dims };
  }
  return { kind: 'parameter', parameter: storedParameter(initializer) };
}

/**
 * The value of a Constant node, in whichever attribute it keeps it. The tensor is named after the node's output: its own name need
 * not differ from that of other tensors.
 */
export function constantNodeValue({ attributes, outputs }: Node): Known | undefined {
  const tensor = attributes.get('value');
  if (tensor?.kind === 'tensor') return knownConstant({ ...tensor.value, name: outputs[0] ?? '' });
  const int = attributes.get('value_int');
  if (int?.kind === 'int') return { kind: 'sizes', sizes: [int.value], dims: [] };
  const ints = attributes.get('value_ints');
  if (ints?.kind === 'ints') return { kind: 'sizes', sizes: ints.value, dims: [ints.value.length] };
  const float = attributes.get('value_float');
  if (float?.kind === 'float') return knownConstant(scalarInitializer(float.value));
  return undefined;
}

function scalarInitializer(value: number): Initializer {
  const bytes = new Uint8Array(new Float32Array([value]).buffer);
  return { name: '', dataType: 'float32', dims: [], data: { kind: 'memory', bytes } };
}

/** A stored float32 tensor of one number, as that number. */
export function constantValue(parameter: Parameter): number | undefined {
  if (parameter.kind !== 'stored' || parameter.initializer.data.kind !== 'memory') return undefined;
  const { bytes } = parameter.initializer.data;
  if (parameter.initializer.dataType !== 'float32' || bytes.length !== 4) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
}

/** Constant numbers and their shape, where they are float32 and small enough to be in memory. */
export function constantNumbers(
  known: Known | undefined,
): { readonly values: readonly number[]; readonly dims: readonly number[] } | undefined {
  const parameter = known && constantOf(known);
  if (parameter?.kind !== 'stored' || parameter.initializer.dataType !== 'float32') return undefined;
  const { data } = parameter.initializer;
  if (data.kind !== 'memory') return undefined;
  return { values: [...new Float32Array(Uint8Array.from(data.bytes).buffer)], dims: parameter.dims };
}
