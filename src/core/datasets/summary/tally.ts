/** Text facts; undefined and '' are the same. */
type TallyFacts = Readonly<Record<string, string | undefined>>;

/** Counts how often each combination of facts occurs. */
export interface Tally<Facts extends TallyFacts> {
  add(facts: Facts): void;
  /** In the order of first occurrence. */
  list(): (Facts & { readonly count: number })[];
}

export function createTally<Facts extends TallyFacts>(): Tally<Facts> {
  const counts = new Map<string, { readonly facts: Facts; count: number }>();
  return {
    add: (facts) => {
      const key = Object.values(facts).join('\u0000');
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { facts, count: 1 });
      else known.count++;
    },
    list: () => Array.from(counts.values(), ({ facts, count }) => ({ ...facts, count })),
  };
}
