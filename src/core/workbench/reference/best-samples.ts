import { SHARE_STABILIZER, type WalkedConcept } from '#core/catalog/index.ts';
import type { Ranking } from './reference-request.ts';

/** A sample among the best of a concept. */
export interface ReferencePick {
  readonly sampleId: number;
  /** Within the dataset. */
  readonly path: string;
  /** '' where the dataset does not say. */
  readonly label: string;
  readonly split: string;
  /** The class that was explained and its logit; undefined for activations. */
  readonly target: number | undefined;
  readonly logit: number | undefined;
  readonly score: number;
  /** Where the concept is strongest: the position of its highest value, counted row by row. */
  readonly position: number;
}

/** How a channel ranks on a picture, by its place among the channels that were read. */
export function scoreOf(concept: WalkedConcept, channel: number, { sum, normalised }: Ranking): number {
  const isSum = sum === 'sum';
  const value = (isSum ? concept.sums : concept.peaks.values)[channel] ?? NaN;
  return normalised ? value / ((isSum ? concept.absolute : concept.peakAbsolute) + SHARE_STABILIZER) : value;
}

export function toPick(concept: WalkedConcept, channel: number, score: number): ReferencePick {
  const { sampleId, path, label, split, target, logit, peaks } = concept;
  return { sampleId, path, label, split, target, logit, score, position: peaks.positions[channel] ?? 0 };
}

/** Higher scores first, then paths by their characters, so that the order does not depend on when samples were imported. */
export function comparePicks(left: ReferencePick, right: ReferencePick): number {
  if (left.score !== right.score) return right.score - left.score;
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.sampleId - right.sampleId;
}

/** The best of any number of samples, however they come. */
export class BestSamples {
  readonly #limit: number;
  readonly #best: ReferencePick[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a sample of this score could be among them; most cannot, and need not be looked at closely. */
  reaches(score: number): boolean {
    const last = this.#best.at(-1);
    return this.#best.length < this.#limit || last === undefined || score >= last.score;
  }

  offer(pick: ReferencePick): void {
    let place = this.#best.length;
    while (place > 0 && comparePicks(pick, this.#best[place - 1] ?? pick) < 0) place--;
    if (place >= this.#limit) return;
    this.#best.splice(place, 0, pick);
    if (this.#best.length > this.#limit) this.#best.pop();
  }

  list(): readonly ReferencePick[] {
    return [...this.#best];
  }
}
