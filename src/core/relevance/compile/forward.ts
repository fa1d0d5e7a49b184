import type {
  Arithmetic,
  BatchNorm,
  Convolution,
  Linear,
  Network,
  Operation,
  OperationForm,
} from '../network/network.ts';
import { isKind } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import { negativeZ, positiveZ } from '../rules/signed-parts.ts';
import { unevenAverages } from '../rules/uneven-average-pool.ts';
import { given } from '../rules/weight-forms.ts';
import type { PartLimits } from './dense-parts.ts';
import { linearMap } from './linear-layer.ts';
import type { LinearMap } from './linear-map.ts';
import { padSpatial } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** The forward pass inside a compiled graph: every value by name. */
export interface Forward {
  readonly value: (name: string) => Tensor;
  readonly map: (operation: Operation) => LinearMap;
  readonly sizes: (name: string) => readonly number[];
}

export interface ForwardRequest {
  readonly network: Network;
  readonly image: string;
  /** Values that are followed by a ReLU alone and that nothing asks for: computed in one step with it. */
  readonly fused: ReadonlySet<string>;
  /** Outputs of convolutions that are written as the sum of their halves. */
  readonly inHalves: ReadonlySet<string>;
  /** The rule of each operation: where it needs changed copies of large weights, the layer is written in parts. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly limits?: PartLimits | undefined;
}

export function writeForward(writer: TensorWriter, request: ForwardRequest): Forward {
  const { network } = request;
  const sizes = (name: string): number[] => (network.shapes.get(name) ?? []).slice(1).map(Number);
  const values = new Map<string, Tensor>([
    [network.input.name, writer.plain(request.image, sizes(network.input.name))],
  ]);
  const value = (name: string): Tensor => {
    const found = values.get(name);
    if (!found) throw new Error(`value ${name} is not written`);
    return found;
  };
  const maps = new Map<Operation, LinearMap>();
  const map = (operation: Operation): LinearMap => {
    const known = maps.get(operation);
    if (known) return known;
    if (!isKind(operation, 'convolution') && !isKind(operation, 'linear'))
      throw new Error(`${operation.name} is no linear layer`);
    const made = linearMap(writer, operation, {
      rule: request.rules.get(operation.name),
      limits: request.limits,
      inputSizes: sizes(operation.inputs[0] ?? ''),
      outputSizes: sizes(operation.output),
    });
    maps.set(operation, made);
    return made;
  };
  const forward: Forward = { value, map, sizes };
  for (const operation of network.operations)
    values.set(operation.output, writeOperation(writer, { forward, request, operation }));
  return forward;
}

interface Step {
  readonly forward: Forward;
  readonly request: ForwardRequest;
  readonly operation: Operation;
}

type Writing<Form extends OperationForm> = (
  writer: TensorWriter,
  step: Step & {
    readonly form: Form;
    readonly inputs: readonly Tensor[];
    readonly input: Tensor;
    readonly sizes: readonly number[];
  },
) => Tensor;

function writeOperation(writer: TensorWriter, step: Step): Tensor {
  const { forward, operation } = step;
  const inputs = operation.inputs.map(forward.value);
  const [input] = inputs;
  if (!input) throw new Error(`${operation.name} has no input`);
  const { form } = operation;
  const writing = byKind[form.kind] as Writing<OperationForm>;
  return writing(writer, { ...step, form, inputs, input, sizes: forward.sizes(operation.output) });
}

const layer: Writing<Convolution | Linear> = (writer, { forward, request, operation, form, input }) => {
  const map = forward.map(operation);
  const relu = request.fused.has(operation.output);
  if (!request.inHalves.has(operation.output))
    return map.apply(input, { weight: given, bias: form.bias && given, relu });
  const step = { writer, map, input, inputNonNegative: true };
  const sum = writer.add(positiveZ(step), negativeZ(step));
  return relu ? writer.positivePart(sum) : sum;
};

/** How each kind of operation is computed. */
const byKind: { readonly [Kind in OperationForm['kind']]: Writing<Extract<OperationForm, { kind: Kind }>> } = {
  convolution: layer,
  linear: layer,
  activation: (writer, { request, operation, input, form, sizes }) =>
    request.fused.has(operation.inputs[0] ?? '') ? input : activated(writer, input, { form, sizes }),
  sum: (writer, { inputs, input }) => writer.sum(inputs) ?? input,
  batchNorm: (writer, { input, form }) => scaleAndShift(writer, input, form),
  arithmetic: (writer, { input, form, sizes }) => writer.plain(arithmetic(writer, input, form), sizes),
  maxPool: (writer, { input, operation, sizes }) => pooled(writer, input, { operator: 'MaxPool', operation, sizes }),
  averagePool: (writer, { input, operation, form, sizes }) =>
    'rows' in form
      ? unevenAverages(writer, input, form)
      : pooled(writer, input, { operator: 'AveragePool', operation, sizes }),
  concat: (writer, { inputs, form, sizes }) => concatenated(writer, inputs, { axis: form.axis, sizes }),
  reshape: (writer, { input, sizes }) =>
    writer.plain(writer.reshape(writer.asPlain(input).name, [-1, ...sizes]), sizes),
  pad: (writer, { input, form }) => padSpatial(writer, input, { pads: form.pads }),
  normalizer: (_, { operation }) => {
    throw new Error(`${operation.name} has not been cut`);
  },
};

function activated(
  writer: TensorWriter,
  input: Tensor,
  { form, sizes }: { form: Extract<Operation['form'], { kind: 'activation' }>; sizes: readonly number[] },
): Tensor {
  if (form.operator === 'Relu') return writer.positivePart(input);
  const parameters = form.parameters.map((parameter) => (parameter ? writer.graph.parameter(parameter) : ''));
  const attributes = Object.fromEntries(form.attributes);
  return writer.plain(
    writer.graph.emit(form.operator, [writer.asPlain(input).name, ...parameters], { attributes }),
    sizes,
  );
}

function scaleAndShift(writer: TensorWriter, input: Tensor, { scale, shift }: BatchNorm): Tensor {
  const { graph } = writer;
  const plain = writer.asPlain(input);
  const dims = [scale.dims[0] ?? 1, ...input.sizes.slice(1).map(() => 1)];
  const onChannels = (name: string): string => graph.emit('Reshape', [name, graph.integers(dims)]);
  const scaled = graph.emit('Mul', [plain.name, onChannels(graph.parameter(scale))]);
  return { ...plain, name: graph.emit('Add', [scaled, onChannels(graph.parameter(shift))]) };
}

/** x op constant, or constant op x. */
export function arithmetic(writer: TensorWriter, input: Tensor, form: Arithmetic): string {
  const value = writer.asPlain(input).name;
  const constant = writer.graph.parameter(form.constant);
  return writer.graph.emit(form.operator, form.constantFirst ? [constant, value] : [value, constant]);
}

interface Pooling {
  readonly operator: 'MaxPool' | 'AveragePool';
  readonly operation: Operation;
  readonly sizes: readonly number[];
}

function pooled(writer: TensorWriter, input: Tensor, { operator, operation, sizes }: Pooling): Tensor {
  const { form } = operation;
  if ((form.kind !== 'maxPool' && form.kind !== 'averagePool') || 'rows' in form)
    throw new Error(`${operation.name} is no pool`);
  const { kernel, strides, pads, dilations } = form;
  const blocked = operator === 'MaxPool' && input.layout === 'blocked';
  const source = blocked ? input : writer.asPlain(input);
  const count = form.kind === 'averagePool' && form.countIncludePad ? { count_include_pad: 1 } : {};
  const dilated = dilations.some((d) => d > 1) ? { dilations } : {};
  const attributes = { kernel_shape: kernel, strides, pads, ...dilated, ...count };
  const name = writer.graph.emit(
    operator,
    [source.name],
    blocked ? { attributes, domain: 'com.microsoft.nchwc' } : { attributes },
  );
  // A pool that also drops the spatial axes (ReduceMean without keepdims) is the same pool, reshaped.
  const flat = sizes.length === 1 ? writer.reshape(name, [-1, ...sizes]) : name;
  return { name: flat, sizes, layout: blocked ? 'blocked' : 'plain' };
}

function concatenated(
  writer: TensorWriter,
  inputs: readonly Tensor[],
  { axis, sizes }: { axis: number; sizes: readonly number[] },
): Tensor {
  const blocked =
    axis === 1 &&
    inputs.every((input) => writer.fillsBlocks(input.sizes)) &&
    inputs.some((input) => input.layout === 'blocked');
  const names = inputs.map((input) => (blocked ? writer.asBlocked(input) : writer.asPlain(input)).name);
  const name = writer.graph.emit('Concat', names, { attributes: { axis } });
  return { name, sizes, layout: blocked ? 'blocked' : 'plain' };
}
