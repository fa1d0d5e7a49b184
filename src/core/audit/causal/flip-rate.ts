import { computeMeanInterval, type MeanWithInterval } from '../bootstrap-mean.ts';
import { computeWilsonInterval, type Interval } from '../interval.ts';
import { softmax } from './softmax.ts';

/** Answers to a picture as it is, with an artefact pasted in, and with plain ground pasted in at the same place: logits. */
export interface InsertionAnswers {
  readonly before: ArrayLike<number>;
  readonly artefact: ArrayLike<number>;
  readonly control: ArrayLike<number>;
  readonly patient?: string | undefined;
}

export interface Flips {
  readonly count: number;
  /** Of the pictures that could flip. */
  readonly rate: number;
  readonly interval: Pick<Interval, 'low' | 'high'>;
}

/** What inserting an artefact does for one class. */
export interface InsertionEffect {
  /** Pictures not taken for this class before. */
  readonly candidates: number;
  /** Those taken for it with the artefact (attack success), and with the control; undefined without candidates. */
  readonly artefact: Flips | undefined;
  readonly control: Flips | undefined;
  /** Mean over all pictures of (artefact - before) - (control - before). */
  readonly logit: MeanWithInterval;
  readonly probability: MeanWithInterval;
}

export function computeInsertionEffect(
  cases: readonly InsertionAnswers[],
  label: number,
  seed: number,
): InsertionEffect {
  const candidates = cases.filter(({ before }) => findLargest(before) !== label);
  const flips = (read: (one: InsertionAnswers) => ArrayLike<number>): Flips | undefined => {
    if (candidates.length === 0) return undefined;
    const count = candidates.filter((one) => findLargest(read(one)) === label).length;
    return { count, rate: count / candidates.length, interval: computeWilsonInterval(count, candidates.length) };
  };
  const meanOf = (read: (logits: ArrayLike<number>) => number): MeanWithInterval =>
    computeMeanInterval(
      cases.map(({ artefact, control, patient }) => ({ value: read(artefact) - read(control), patient })),
      { seed },
    );
  return {
    candidates: candidates.length,
    ...{ artefact: flips((one) => one.artefact), control: flips((one) => one.control) },
    logit: meanOf((logits) => logits[label] ?? 0),
    probability: meanOf((logits) => softmax(logits)[label] ?? 0),
  };
}

const findLargest = (logits: ArrayLike<number>): number => {
  const values = Array.from(logits);
  return values.indexOf(Math.max(...values));
};
