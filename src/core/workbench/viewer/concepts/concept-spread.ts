import type { References } from '#shared/contract/concepts.ts';

type Spread = NonNullable<References['spread']>;

const bins = 24;

/** What share of its layer a concept carries over a dataset: by class, and how often how much. */
export class ConceptSpread {
  readonly #shares: number[] = [];
  readonly #classes = new Map<string, { count: number; sum: number }>();

  add(label: string, share: number): void {
    this.#shares.push(share);
    const known = this.#classes.get(label) ?? { count: 0, sum: 0 };
    known.count++;
    known.sum += share;
    this.#classes.set(label, known);
  }

  /** Undefined where nothing was added. */
  finish(): Spread | undefined {
    if (this.#shares.length === 0) return undefined;
    const low = this.#shares.reduce((least, share) => Math.min(least, share), 0);
    const high = this.#shares.reduce((most, share) => Math.max(most, share), 0) || 1e-9;
    const counts = Array.from({ length: bins }, () => 0);
    for (const share of this.#shares) {
      const bin = Math.min(bins - 1, Math.floor(((share - low) / (high - low)) * bins));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const classes = Array.from(this.#classes, ([label, { count, sum }]) => ({ label, count, mean: sum / count }));
    return { classes: classes.sort((a, b) => b.mean - a.mean), low, high, counts };
  }
}
