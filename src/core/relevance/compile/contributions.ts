import { LightboxError } from '#shared/errors.ts';
import { isKind, type Operation, type OperationForm } from '../network/network.ts';
import { applyActivationRule, guidedGate } from '../rules/activation-rules.ts';
import { averagePoolBack } from '../rules/average-pool.ts';
import type { Contribution } from '../rules/contribution.ts';
import { applyLinearRule } from '../rules/linear-rules.ts';
import { maxPoolBack } from '../rules/max-pool.ts';
import type { LinearStep } from '../rules/linear-step.ts';
import type { LinearRule, Rule, Stabilizer } from '../rules/rule.ts';
import { stabilize } from '../rules/stabilize.ts';
import { unevenAveragesBack } from '../rules/uneven-average-pool.ts';
import { given } from '../rules/weight-forms.ts';
import { addContributions, takeOutputs } from './dense-parts.ts';
import { arithmetic, type Forward } from './forward.ts';
import { cropSpatial } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** What an operation on the way back can look at. */
export interface Surroundings {
  readonly writer: TensorWriter;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly forward: Forward;
  readonly nonNegative: ReadonlySet<string>;
  readonly vanishing: ReadonlySet<string>;
  readonly fused: ReadonlySet<string>;
  readonly inHalves: ReadonlySet<string>;
  readonly gatedAbove: ReadonlySet<string>;
}

interface Step {
  readonly operation: Operation;
  readonly relevance: Tensor;
  readonly rule: Rule;
}

type Contributing<Form extends OperationForm> = (
  around: Surroundings,
  step: Step & { readonly form: Form; readonly sizes: readonly number[] },
) => readonly Contribution[];

/** What an operation hands to each of its inputs. */
export function contribute(around: Surroundings, operation: Operation, relevance: Tensor): readonly Contribution[] {
  const rule = around.rules.get(operation.name) ?? { rule: 'Gradient' };
  const { form } = operation;
  const sizes = around.forward.sizes(operation.inputs[0] ?? '');
  const contributing = byKind[form.kind] as Contributing<OperationForm>;
  return contributing(around, { operation, relevance, rule, form, sizes });
}

/** How relevance passes through each kind of operation. */
const byKind: { readonly [Kind in OperationForm['kind']]: Contributing<Extract<OperationForm, { kind: Kind }>> } = {
  convolution: (around, step) => [linear(around, step)],
  linear: (around, step) => [linear(around, step)],
  activation,
  batchNorm: ({ writer }, { operation, relevance, rule, form }) => {
    if (rule.rule === 'Pass') return [{ relevance }];
    checkRule(operation, rule, ['Gradient']);
    return [{ relevance: writer.scaleChannels(relevance, writer.graph.parameter(form.scale)) }];
  },
  arithmetic: ({ writer }, { relevance, rule, form }) => {
    const passes = form.normalization || rule.rule === 'Pass';
    return [{ relevance: passes ? relevance : arithmeticBack(writer, relevance, form) }];
  },
  sum,
  averagePool,
  maxPool: ({ writer, forward, gatedAbove }, { operation, relevance, form }) => {
    const [value = ''] = operation.inputs;
    const [input, output] = [forward.value(value), forward.value(operation.output)];
    const passed = gatedAbove.has(value) ? guidedGate(writer, relevance, output) : relevance;
    return [{ relevance: maxPoolBack(writer, passed, { form, input, output }) }];
  },
  reshape: ({ writer }, { relevance, sizes }) => [
    { relevance: writer.plain(writer.reshape(writer.asPlain(relevance).name, [-1, ...sizes]), sizes) },
  ],
  concat: ({ writer, forward }, { operation, relevance, form }) =>
    split(writer, relevance, { axis: form.axis, parts: operation.inputs.map(forward.sizes) }),
  pad: ({ writer }, { relevance, form, sizes }) => [
    {
      relevance: cropSpatial(writer, relevance, {
        size: [sizes[1] ?? 1, sizes[2] ?? 1],
        start: [form.pads[0], form.pads[1]],
      }),
    },
  ],
  normalizer: () => [],
};

function activation(
  { writer, forward, vanishing, gatedAbove }: Surroundings,
  { operation, relevance, rule }: Step,
): Contribution[] {
  if (!isKind(operation, 'activation')) return [];
  // The derivative of a ReLU only takes away what is not there.
  const isNeedless = rule.rule === 'Gradient' && operation.form.operator === 'Relu' && vanishing.has(operation.output);
  if (isNeedless || gatedAbove.has(operation.output)) return [{ relevance }];
  const input = (): Tensor => forward.value(operation.inputs[0] ?? '');
  const step = { operation, relevance, input, output: forward.value(operation.output) };
  return [{ relevance: applyActivationRule(writer, step, rule) }];
}

function averagePool(
  { writer, forward, nonNegative }: Surroundings,
  {
    operation,
    relevance,
    rule,
    form,
    sizes,
  }: Parameters<Contributing<Extract<OperationForm, { kind: 'averagePool' }>>>[1],
): Contribution[] {
  const back = (signal: Tensor): Tensor =>
    'rows' in form
      ? unevenAveragesBack(writer, signal, { form, sizes })
      : averagePoolBack(writer, signal, { form, sizes });
  if (rule.rule !== 'Norm') {
    checkRule(operation, rule, ['Gradient']);
    return [{ relevance: back(relevance) }];
  }
  const sign = nonNegative.has(operation.output) ? 'nonNegative' : 'any';
  const z = stabilize(writer, forward.value(operation.output), { stabilizer: rule.stabilizer, sign });
  return [{ gain: back(writer.divide(relevance, z)) }];
}

const linearRules: readonly Rule['rule'][] = ['Epsilon', 'Gamma', 'ZPlus', 'AlphaBeta', 'ZBox', 'WSquare', 'Flat'];

function isLinearRule(rule: Rule): rule is LinearRule {
  return linearRules.includes(rule.rule);
}

function checkRule(operation: Operation, rule: Rule, allowed: readonly Rule['rule'][]): void {
  if (allowed.includes(rule.rule)) return;
  throw new LightboxError(
    'composite/invalid',
    `The rule ${rule.rule} cannot be given to "${operation.name}" (${operation.form.kind}).`,
  );
}

function linear(pass: Surroundings, { operation, relevance, rule }: Step): Contribution {
  const { writer, forward } = pass;
  const map = forward.map(operation);
  if (!isLinearRule(rule)) {
    checkRule(operation, rule, ['Gradient']);
    return { relevance: map.back(relevance, given) };
  }
  const input = operation.inputs[0] ?? '';
  const step: LinearStep = {
    writer,
    map,
    relevance,
    input: forward.value(input),
    inputNonNegative: pass.nonNegative.has(input),
    inHalves: pass.inHalves.has(operation.output),
    output: positiveOutput(pass, operation.output),
    onlyPositiveOutput: pass.vanishing.has(operation.output),
  };
  if (!map.parts) return applyLinearRule(step, rule);
  const parts = map.parts.map((part) => {
    const take = (value: Tensor): Tensor => takeOutputs(writer, value, part);
    return applyLinearRule({ ...step, map: part.map, relevance: take(relevance), output: take(step.output) }, rule);
  });
  return addContributions(writer, parts);
}

/** Where relevance vanishes unless the value is positive, its positive part serves as denominator and can never be -eps. */
function positiveOutput({ writer, forward, vanishing, fused }: Surroundings, value: string): Tensor {
  const output = forward.value(value);
  return vanishing.has(value) && !fused.has(value) ? writer.positivePart(output) : output;
}

/** Norm shares relevance among the addends in proportion; the plain gradient gives it whole to each. */
function sum(pass: Surroundings, { operation, relevance, rule }: Step): Contribution[] {
  const { writer, vanishing } = pass;
  if (rule.rule !== 'Norm') {
    checkRule(operation, rule, ['Gradient']);
    return operation.inputs.map(() => ({ relevance }));
  }
  return operation.inputs.map(() => ({
    gain: sumShare(writer, {
      relevance,
      rule,
      z: positiveOutput(pass, operation.output),
      positive: vanishing.has(operation.output),
    }),
  }));
}

function sumShare(
  writer: TensorWriter,
  {
    relevance,
    rule,
    z,
    positive,
  }: { relevance: Tensor; rule: { stabilizer: Stabilizer }; z: Tensor; positive: boolean },
): Tensor {
  const sign = positive ? 'nonNegative' : 'any';
  return writer.divide(relevance, stabilize(writer, z, { stabilizer: rule.stabilizer, sign }));
}

/** The derivative of x op constant. */
function arithmeticBack(writer: TensorWriter, relevance: Tensor, form: Parameters<typeof arithmetic>[2]): Tensor {
  if (form.operator === 'Add') return relevance;
  if (form.operator === 'Sub') return form.constantFirst ? writer.multiply(relevance, -1) : relevance;
  return { ...writer.asPlain(relevance), name: arithmetic(writer, relevance, form) };
}

function split(
  writer: TensorWriter,
  relevance: Tensor,
  { axis, parts }: { axis: number; parts: readonly (readonly number[])[] },
): Contribution[] {
  const blocked = relevance.layout === 'blocked' && axis === 1 && parts.every((sizes) => writer.fillsBlocks(sizes));
  const source = blocked ? relevance : writer.asPlain(relevance);
  let start = 0;
  return parts.map((sizes) => {
    const end = start + (sizes[axis - 1] ?? 0);
    const bounds = [[start], [end], [axis], [1]].map((values) => writer.graph.integers(values));
    start = end;
    return { relevance: { name: writer.graph.emit('Slice', [source.name, ...bounds]), sizes, layout: source.layout } };
  });
}
