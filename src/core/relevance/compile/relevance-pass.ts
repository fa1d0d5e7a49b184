import { LightboxError } from '#shared/errors.ts';
import { isKind, type Network, type Operation } from '../network/network.ts';
import { applyActivationRule } from '../rules/activation-rules.ts';
import { averagePoolBack } from '../rules/average-pool.ts';
import type { Contribution } from '../rules/contribution.ts';
import { applyLinearRule } from '../rules/linear-rules.ts';
import { maxPoolBack } from '../rules/max-pool.ts';
import type { LinearRule, Rule, Stabilizer } from '../rules/rule.ts';
import { stabilize } from '../rules/stabilize.ts';
import { given } from '../rules/weight-forms.ts';
import { arithmetic, type Forward } from './forward.ts';
import { cropSpatial } from './spatial.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

export interface RelevancePass {
  readonly writer: TensorWriter;
  readonly network: Network;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly forward: Forward;
  readonly nonNegative: ReadonlySet<string>;
  readonly vanishing: ReadonlySet<string>;
  readonly fused: ReadonlySet<string>;
  /** Changes relevance where a condition stands; `restart` drops all relevance that goes round the value. */
  readonly condition: (value: string) => { readonly factors: string; readonly restart: boolean } | undefined;
}

/** Walks from the logits back to the picture. Returns the relevance of every value that was reached. */
export function writeRelevance(pass: RelevancePass, initial: Tensor): ReadonlyMap<string, Tensor> {
  const { network, writer, forward } = pass;
  let arriving = new Map<string, Contribution[]>([[network.output.name, [{ relevance: initial }]]]);
  const reached = new Map<string, Tensor>();
  const collect = (value: string): Tensor | undefined => {
    const relevance = total(writer, arriving.get(value) ?? [], forward.value(value));
    if (!relevance) return undefined;
    const condition = pass.condition(value);
    const conditioned = condition ? writer.scaleChannels(relevance, condition.factors) : relevance;
    if (condition?.restart) arriving = new Map();
    reached.set(value, conditioned);
    return conditioned;
  };
  for (const operation of [...network.operations].reverse()) {
    const relevance = collect(operation.output);
    if (!relevance) continue;
    const contributions = contribute(pass, operation, relevance);
    operation.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (contribution) arriving.set(input, [...(arriving.get(input) ?? []), contribution]);
    });
  }
  collect(network.input.name);
  return reached;
}

/** Gains are added before they are multiplied by the value, once. */
function total(writer: TensorWriter, contributions: readonly Contribution[], value: Tensor): Tensor | undefined {
  const gain = writer.sum(contributions.flatMap((part) => ('gain' in part ? [part.gain] : [])));
  const parts = contributions.flatMap((part) => ('relevance' in part ? [part.relevance] : []));
  return writer.sum(gain ? [writer.multiply(value, gain), ...parts] : parts);
}

/** What an operation hands to each of its inputs. */
function contribute(pass: RelevancePass, operation: Operation, relevance: Tensor): readonly Contribution[] {
  const { writer, forward } = pass;
  const rule = pass.rules.get(operation.name) ?? { rule: 'Gradient' };
  const { form } = operation;
  const input = operation.inputs[0] ?? '';
  const sizes = forward.sizes(input);
  switch (form.kind) {
    case 'convolution':
    case 'linear':
      return [linear(pass, { operation, relevance, rule })];
    case 'activation': {
      if (!isKind(operation, 'activation')) return [];
      const step = { operation, relevance, input: () => forward.value(input), output: forward.value(operation.output) };
      return [{ relevance: applyActivationRule(writer, step, rule) }];
    }
    case 'batchNorm':
      if (rule.rule === 'Pass') return [{ relevance }];
      checkRule(operation, rule, ['Gradient']);
      return [{ relevance: scaledBack(writer, relevance, writer.graph.parameter(form.scale)) }];
    case 'arithmetic':
      return [
        { relevance: form.normalization || rule.rule === 'Pass' ? relevance : arithmeticBack(writer, relevance, form) },
      ];
    case 'sum':
      return sum(pass, { operation, relevance, rule });
    case 'averagePool': {
      const averaged = { form, sizes };
      if (rule.rule !== 'Norm') {
        checkRule(operation, rule, ['Gradient']);
        return [{ relevance: averagePoolBack(writer, relevance, averaged) }];
      }
      const sign = pass.nonNegative.has(operation.output) ? 'nonNegative' : 'any';
      const z = stabilize(writer, forward.value(operation.output), { stabilizer: rule.stabilizer, sign });
      return [{ gain: averagePoolBack(writer, writer.divide(relevance, z), averaged) }];
    }
    case 'maxPool':
      return [
        {
          relevance: maxPoolBack(writer, relevance, {
            form,
            input: forward.value(input),
            output: forward.value(operation.output),
          }),
        },
      ];
    case 'reshape':
      return [{ relevance: writer.plain(writer.reshape(writer.asPlain(relevance).name, [-1, ...sizes]), sizes) }];
    case 'concat':
      return split(writer, relevance, { axis: form.axis, parts: operation.inputs.map(forward.sizes) });
    case 'pad':
      return [
        { relevance: cropSpatial(writer, relevance, [sizes[1] ?? 1, sizes[2] ?? 1], [form.pads[0], form.pads[1]]) },
      ];
    case 'normalizer':
      return [];
  }
}

interface RuleStep {
  readonly operation: Operation;
  readonly relevance: Tensor;
  readonly rule: Rule;
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

function linear(pass: RelevancePass, { operation, relevance, rule }: RuleStep): Contribution {
  const { writer, forward } = pass;
  const map = forward.map(operation);
  if (!isLinearRule(rule)) {
    checkRule(operation, rule, ['Gradient']);
    return { relevance: map.back(relevance, given) };
  }
  const input = operation.inputs[0] ?? '';
  return applyLinearRule(
    {
      writer,
      map,
      relevance,
      input: forward.value(input),
      inputNonNegative: pass.nonNegative.has(input),
      output: positiveOutput(pass, operation.output),
      onlyPositiveOutput: pass.vanishing.has(operation.output),
    },
    rule,
  );
}

/** Where relevance vanishes unless the value is positive, its positive part serves as denominator and can never be -eps. */
function positiveOutput({ writer, forward, vanishing, fused }: RelevancePass, value: string): Tensor {
  const output = forward.value(value);
  return vanishing.has(value) && !fused.has(value) ? writer.positivePart(output) : output;
}

/** Norm shares relevance among the addends in proportion; the plain gradient gives it whole to each. */
function sum(pass: RelevancePass, { operation, relevance, rule }: RuleStep): Contribution[] {
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

function scaledBack(writer: TensorWriter, relevance: Tensor, scale: string): Tensor {
  return writer.scaleChannels(relevance, scale);
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
