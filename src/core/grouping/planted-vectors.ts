/** Vectors about a few centers, for tests: seeded, with the center each belongs to. */
import { createRandomWords } from '#shared/random-words.ts';
import type { NamedVector } from './group-maps.ts';

export interface PlantedVectors {
  readonly named: readonly NamedVector[];
  /** By key. */
  readonly truth: ReadonlyMap<string, number>;
}

export function plantVectors({ seed = 1, size = 9, noise = 0.15, counts = [30, 20, 15] } = {}): PlantedVectors {
  const draw = createRandomWords(`planted ${seed}`);
  const uniform = (): number => draw() / 2 ** 32 - 0.5;
  const truth = new Map<string, number>();
  const named = counts.flatMap((count, center) =>
    Array.from({ length: count }, (_, at) => {
      const key = `${(at * 7919 + center * 104_729) % 1_000_003}-${center}`;
      truth.set(key, center);
      const raw = Array.from(
        { length: size },
        (__, cell) => (cell % counts.length === center ? 1 : 0) + noise * uniform(),
      );
      return { key, vector: toUnit(raw) };
    }),
  );
  return { named, truth };
}

export function toUnit(values: readonly number[]): Float64Array {
  const length = Math.hypot(...values);
  return Float64Array.from(values, (value) => value / length);
}

/** For work nobody waits for. */
export const silently = { step: (): void => undefined };
