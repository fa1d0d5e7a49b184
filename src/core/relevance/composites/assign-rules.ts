import type { Network, Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import type { Composite } from './composite.ts';

/** The rule of every layer, by layer name. */
export function assignRules(network: Pick<Network, 'operations'>, composite: Composite): ReadonlyMap<string, Rule> {
  const first = network.operations.find((operation) => firstRule(composite, operation) !== undefined);
  return new Map(
    network.operations.map((operation) => {
      const atFirst = operation === first ? firstRule(composite, operation) : undefined;
      return [operation.name, namedRule(composite, operation) ?? atFirst ?? typeRule(composite, operation)];
    }),
  );
}

function firstRule({ first }: Composite, { form }: Operation): Rule | undefined {
  return form.kind === 'normalizer' ? undefined : first[form.kind];
}

function typeRule({ byType }: Composite, { form }: Operation): Rule {
  const rule = form.kind === 'normalizer' ? undefined : byType[form.kind];
  // GuidedBackprop and DeconvNet change the ReLU only; other activations keep their derivative.
  const reluOnly = rule?.rule === 'GuidedBackprop' || rule?.rule === 'DeconvNet';
  if (reluOnly && !(form.kind === 'activation' && form.operator === 'Relu')) return { rule: 'Gradient' };
  return rule ?? { rule: 'Gradient' };
}

function namedRule({ byName }: Composite, { name }: Operation): Rule | undefined {
  return byName.find(({ pattern }) => matches(pattern, name))?.rule;
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
