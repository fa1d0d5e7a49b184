import { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';
import type { LayerType } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import type { Composite } from './composite.ts';
import { compositeNames, createComposite, type CompositeParameters } from './named-composites.ts';

const layerTypes = [
  'convolution',
  'linear',
  'activation',
  'batchNorm',
  'averagePool',
  'maxPool',
  'sum',
] as const satisfies readonly LayerType[];

const positive = z.number().positive();
const stabilizer = z
  .union([
    positive,
    z.strictObject({ epsilon: positive, clip: z.boolean().optional(), normScale: z.boolean().optional() }),
  ])
  .optional()
  .transform((given) => {
    if (given === undefined) return { epsilon: 1e-6 };
    if (typeof given === 'number') return { epsilon: given };
    return { epsilon: given.epsilon, clip: given.clip ?? false, normScale: given.normScale ?? false };
  });
const zeroBias = z.boolean().default(false);
const bound = z.union([z.number(), z.array(z.number()).min(1)]).transform((given) => [given].flat());

const ruleForms = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('Epsilon'), stabilizer, zeroBias }),
  z.strictObject({ rule: z.literal('Gamma'), gamma: z.number().nonnegative().default(0.25), stabilizer, zeroBias }),
  z.strictObject({ rule: z.literal('ZPlus'), stabilizer, zeroBias }),
  z.strictObject({
    rule: z.literal('AlphaBeta'),
    alpha: z.number().nonnegative().default(2),
    beta: z.number().nonnegative().default(1),
    stabilizer,
    zeroBias,
  }),
  z.strictObject({ rule: z.literal('ZBox'), low: bound, high: bound, stabilizer }),
  z.strictObject({ rule: z.literal('WSquare'), stabilizer, zeroBias }),
  z.strictObject({ rule: z.literal('Flat'), stabilizer }),
  z.strictObject({ rule: z.literal('Norm'), stabilizer }),
  z.strictObject({ rule: z.literal('Pass') }),
  z.strictObject({ rule: z.literal('Gradient') }),
  z.strictObject({ rule: z.literal('GuidedBackprop') }),
  z.strictObject({ rule: z.literal('DeconvNet') }),
]);

/** A rule with its parameters, or its name alone where the parameters have defaults. */
const rule = z.preprocess((given) => (typeof given === 'string' ? { rule: given } : given), ruleForms);
const byType = z.partialRecord(z.enum(layerTypes), rule);

const file = z.strictObject({
  name: z.string().min(1).optional(),
  base: z.enum(compositeNames).optional(),
  layers: z.array(z.strictObject({ name: z.string().min(1), rule })).default([]),
  types: byType.default({}),
  first: byType.default({}),
});

/**
 * A composite given as JSON: `base` (one of the seven, optional), and above it rules by layer name (`layers`, * stands for any
 * characters), for the first layer (`first`) and by layer type (`types`). docs/composites.md has examples.
 *
 * @param source the file's name, for messages.
 * @param parameters what `base` is made with; EpsilonGammaBox needs the bounds of the picture's values.
 */
export function parseComposite(json: unknown, source: string, parameters: CompositeParameters = {}): Composite {
  const read = file.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw invalid(source, `${where === '' ? '' : `at "${where}": `}${issue?.message ?? 'not a composite'}`);
  }
  const { name, base, layers, types, first } = read.data;
  const under = base && createComposite(base, parameters);
  const byName = layers.map((layer) => ({ pattern: layer.name, rule: checked(layer.rule, source) }));
  return {
    name: name ?? source.replace(/\.json$/i, ''),
    first: { ...under?.first, ...checkedTypes(first, source) },
    byType: { ...under?.byType, ...checkedTypes(types, source) },
    byName,
  };
}

function checkedTypes(rules: z.infer<typeof byType>, source: string): Composite['byType'] {
  return Object.fromEntries(Object.entries(rules).map(([type, given]) => [type, checked(given, source)]));
}

/** AlphaBeta conserves relevance only where alpha - beta = 1; ZBox needs its bounds in order. */
function checked(given: Rule, source: string): Rule {
  if (given.rule === 'AlphaBeta' && Math.abs(given.alpha - given.beta - 1) > 1e-9) {
    throw invalid(
      source,
      `AlphaBeta needs alpha - beta = 1, but ${String(given.alpha)} - ${String(given.beta)} is not`,
    );
  }
  if (given.rule === 'ZBox' && given.low.some((low, i) => low >= (given.high[i] ?? given.high[0] ?? 0))) {
    throw invalid(source, 'ZBox needs every low to be smaller than its high');
  }
  return given;
}

function invalid(source: string, why: string): LightboxError {
  return new LightboxError('composite/invalid', `${source} is not a composite: ${why}.`);
}
