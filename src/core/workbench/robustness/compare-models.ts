import { computeMeanInterval, type MapMeasure, type MeasuredCase } from '#core/audit/index.ts';
import type { ModelComparison, PictureStudy } from './robustness-record.ts';
import { meanReading, type StudyGroup } from './summarize-robustness.ts';

/** Measures of which more is steadier, by which models are compared. */
const compared = { spearman: 'Spearman', ssim: 'SSIM', topOverlap: 'top-5% overlap', cosine: 'cosine' } as const satisfies Partial<Record<MapMeasure, string>>; // prettier-ignore

/** Of fewer pictures, all differ in one direction by chance more often than once in twenty: 2 / 2^5 = 0.0625, 2 / 2^6 = 0.031. */
const LEAST_CASES = 6;

type ComparedMeasure = keyof typeof compared;

const measures = Object.keys(compared) as readonly ComparedMeasure[];

/** Every two models with the same composite, on the pictures and variants of which both have the number. */
export function compareModels(
  groups: readonly StudyGroup[],
  { names, seed }: { readonly names: readonly string[]; readonly seed: number },
): readonly ModelComparison[] {
  const pairs = groups.flatMap((first, at) =>
    groups.slice(at + 1).flatMap((second) => (second.composite === first.composite ? [{ first, second }] : [])),
  );
  return pairs.flatMap((pair) => measures.map((measure) => comparePair(pair, measure, { names, seed })));
}

interface GroupPair {
  readonly first: StudyGroup;
  readonly second: StudyGroup;
}

function comparePair(
  { first, second }: GroupPair,
  measure: ComparedMeasure,
  { names, seed }: { readonly names: readonly string[]; readonly seed: number },
): ModelComparison {
  const cases = pairCases({ first, second }, measure);
  const difference = computeMeanInterval(cases.map(({ a, b, patient }) => ({ value: a - b, patient })), { seed }); // prettier-ignore
  const { interval } = difference;
  const isClear = interval !== undefined && interval.low * interval.high > 0 && cases.length >= LEAST_CASES;
  const steadier = isClear ? (difference.mean > 0 ? first.model : second.model) : undefined;
  const means = [meanOf(cases.map(({ a }) => a)), meanOf(cases.map(({ b }) => b))] as const;
  const comparison = { models: [first.model, second.model] as const, composite: first.composite, measure, difference, steadier }; // prettier-ignore
  return { ...comparison, sentence: describe(comparison, means, names) };
}

type PairedCase = { readonly a: number; readonly b: number } & Pick<MeasuredCase, 'patient'>;

/** Pictures that both models were tested on; each counts by its mean over the variants that have a number in both. */
function pairCases({ first, second }: GroupPair, measure: ComparedMeasure): readonly PairedCase[] {
  const others = new Map(second.studies.map((study) => [study.picture.position, study]));
  return first.studies.flatMap((study) => {
    const other = others.get(study.picture.position);
    if (!other) return [];
    const shared = findShared(study, other, measure);
    const mean = (one: PictureStudy): number =>
      meanReading(one, undefined, ({ id, distances }) => (shared.has(id) ? distances[measure].value : NaN));
    const [a, b] = [mean(study), mean(other)];
    return Number.isNaN(a - b) ? [] : [{ a, b, patient: first.patientOf(study.picture.position) }];
  });
}

function findShared(study: PictureStudy, other: PictureStudy, measure: MapMeasure): ReadonlySet<string> {
  const known = ({ variants }: PictureStudy): readonly string[] =>
    variants.flatMap(({ id, distances }) => (Number.isNaN(distances[measure].value) ? [] : [id]));
  const also = new Set(known(other));
  return new Set(known(study).filter((id) => also.has(id)));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function describe(
  {
    models,
    composite,
    measure,
    difference,
    steadier,
  }: Omit<ModelComparison, 'sentence' | 'measure'> & { readonly measure: ComparedMeasure },
  means: readonly [number, number],
  names: readonly string[],
): string {
  const [one = '', two = ''] = models.map((at) => names[at]);
  const { interval, cases, unit } = difference;
  const numbers = `${means[0].toFixed(3)} against ${means[1].toFixed(3)}`;
  if (cases === 0) return `${one} and ${two} cannot be compared by ${compared[measure]} (${composite}): no picture has a number in both.`; // prettier-ignore
  const on = `on ${cases} ${cases === 1 ? 'picture' : 'pictures'}`;
  if (!interval) return `${one} and ${two}: ${compared[measure]} ${numbers} ${on} (${composite}); one ${unit} says nothing of others.`; // prettier-ignore
  if (cases < LEAST_CASES) return `${one} and ${two}: ${compared[measure]} ${numbers} ${on} (${composite}); too few to say which is steadier.`; // prettier-ignore
  const range = `paired difference ${difference.mean.toFixed(3)}, 95% ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`;
  if (steadier === undefined) return `Neither ${one} nor ${two} is clearly steadier by ${compared[measure]} (${composite}): ${numbers} ${on}, ${range}.`; // prettier-ignore
  const [winner, loser] = steadier === models[0] ? [one, two] : [two, one];
  const ordered = steadier === models[0] ? numbers : `${means[1].toFixed(3)} against ${means[0].toFixed(3)}`;
  return `${winner} is steadier than ${loser} by ${compared[measure]} (${composite}): ${ordered} ${on}, ${range} (${one} less ${two}).`;
}
