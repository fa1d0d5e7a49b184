import { computeKappa, computeMarkDice, type Kappa } from '#core/audit/index.ts';
import { verdicts, type Verdict } from '#shared/marks/verdict.ts';
import type { Reading, ReaderStudy } from './read-readers.ts';

/** Marks of one kind that overlap by less than this differ. */
export const AGREEING_DICE = 0.5;

export interface KindAgreement {
  readonly kind: string;
  /** Cases both looked at, of which one or both marked it. */
  readonly cases: number;
  readonly bothMarked: number;
  /** Mean over these cases; one that only one reader marked counts as 0. */
  readonly meanDice: number;
}

/** A case two readers differ in. */
export interface DifferingCase {
  /** SHA-256 of the picture. */
  readonly contentSha256: string;
  readonly verdicts: readonly [Verdict | undefined, Verdict | undefined];
  /** 2 for clean against suspicious, 1 for its neighbours, 0 where the verdicts are the same or one is missing. */
  readonly distance: number;
  /** Of kinds one or both marked. */
  readonly dice: Readonly<Record<string, number>>;
  readonly reason: 'verdict' | 'one reader' | 'marks';
}

export interface ReaderAgreement {
  readonly readers: readonly [string, string];
  /** Cases that both, and that only one of them said anything of. */
  readonly cases: { readonly both: number; readonly onlyFirst: number; readonly onlySecond: number };
  readonly kappa: Kappa;
  readonly kinds: readonly KindAgreement[];
  /** What is left to be settled: the most different verdicts first, then the least overlap. */
  readonly differing: readonly DifferingCase[];
}

/** Compares what two readers said of the same cases. */
export function compareReaders(first: ReaderStudy, second: ReaderStudy): ReaderAgreement {
  const keys = [...new Set([...first.readings.keys(), ...second.readings.keys()])].sort();
  const compared = keys.map((key) => compareCase(key, first.readings.get(key), second.readings.get(key)));
  const both = compared.filter(({ isBoth }) => isBoth);
  const pairs = both.flatMap(({ verdicts: [a, b] }) => (a !== undefined && b !== undefined ? [[a, b] as const] : []));
  return {
    readers: [first.name, second.name],
    cases: {
      both: both.length,
      onlyFirst: keys.filter((key) => !second.readings.has(key)).length,
      onlySecond: keys.filter((key) => !first.readings.has(key)).length,
    },
    kappa: computeKappa(pairs),
    kinds: summarizeKinds(both),
    differing: compared.flatMap(findDifference).sort(byUrgency),
  };
}

interface ComparedCase extends Omit<DifferingCase, 'reason'> {
  readonly isBoth: boolean;
  readonly kindsOfBoth: readonly string[];
}

function compareCase(contentSha256: string, first: Reading | undefined, second: Reading | undefined): ComparedCase {
  const marksOf = (reading: Reading | undefined, kind: string) =>
    (reading?.marks ?? []).filter((mark) => mark.kind === kind).map(({ shape }) => shape);
  const kinds = [
    ...new Set([first, second].flatMap((reading) => (reading?.marks ?? []).map(({ kind }) => kind))),
  ].sort();
  const [a, b] = [first?.review?.verdict, second?.review?.verdict];
  return {
    contentSha256,
    verdicts: [a, b],
    distance: a !== undefined && b !== undefined ? Math.abs(verdicts.indexOf(a) - verdicts.indexOf(b)) : 0,
    dice: Object.fromEntries(
      kinds.map((kind) => [kind, computeMarkDice(marksOf(first, kind), marksOf(second, kind)) ?? 0]),
    ),
    isBoth: first !== undefined && second !== undefined,
    kindsOfBoth: kinds.filter((kind) => marksOf(first, kind).length > 0 && marksOf(second, kind).length > 0),
  };
}

function summarizeKinds(both: readonly ComparedCase[]): readonly KindAgreement[] {
  const kinds = [...new Set(both.flatMap(({ dice }) => Object.keys(dice)))].sort();
  return kinds.map((kind) => {
    const values = both.flatMap(({ dice }) => (dice[kind] === undefined ? [] : [dice[kind]]));
    const bothMarked = both.filter(({ kindsOfBoth }) => kindsOfBoth.includes(kind)).length;
    return {
      kind,
      cases: values.length,
      bothMarked,
      meanDice: values.reduce((sum, value) => sum + value, 0) / values.length,
    };
  });
}

function findDifference({
  isBoth,
  contentSha256,
  verdicts: said,
  distance,
  dice,
}: ComparedCase): readonly DifferingCase[] {
  const compared = { contentSha256, verdicts: said, distance, dice };
  const [a, b] = said;
  if (distance > 0) return [{ ...compared, reason: 'verdict' }];
  if (!isBoth || (a === undefined) !== (b === undefined)) return [{ ...compared, reason: 'one reader' }];
  return Math.min(1, ...Object.values(dice)) < AGREEING_DICE ? [{ ...compared, reason: 'marks' }] : [];
}

const reasons: readonly DifferingCase['reason'][] = ['verdict', 'one reader', 'marks'];

function byUrgency(left: DifferingCase, right: DifferingCase): number {
  const least = ({ dice }: DifferingCase): number => Math.min(1, ...Object.values(dice));
  return (
    right.distance - left.distance ||
    reasons.indexOf(left.reason) - reasons.indexOf(right.reason) ||
    least(left) - least(right) ||
    (left.contentSha256 < right.contentSha256 ? -1 : 1)
  );
}
