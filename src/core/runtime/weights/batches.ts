import { Arena } from './arena.ts';
import type { PreparationPlan } from './plan-preparation.ts';
import { countValues } from './strided-view.ts';

/** Some of a plan's results, which are computed one after the other and lie in one allocation. */
export interface Batch {
  /** Names, by the largest stored weight that each comes from. */
  readonly wantedByRoot: ReadonlyMap<string, readonly string[]>;
  /** Where they are to lie. */
  readonly room: Arena;
}

/** Bytes. Enough that a batch is worth its allocation; one weight's results stay together, however many they are. */
const usualBytes = 2 ** 24;

/** The results of a plan for which `isPart` holds, given how many values they have. */
export function partResults(plan: PreparationPlan, isPart: (count: number) => boolean): readonly Batch[] {
  const roots = [...plan.wantedByRoot].flatMap(([root, names]) => {
    const wanted = names.filter((name) => isPart(countOf(name, plan)));
    return wanted.length > 0 ? [{ root, wanted, bytes: bytesOf(wanted, plan) }] : [];
  });
  const groups: (typeof roots)[] = [];
  let room = 0;
  for (const root of roots) {
    if (room < root.bytes) {
      groups.push([]);
      room = usualBytes;
    }
    groups.at(-1)?.push(root);
    room -= root.bytes;
  }
  return groups.map((group) => ({
    wantedByRoot: new Map(group.map(({ root, wanted }) => [root, wanted])),
    room: new Arena(group.reduce((sum, { bytes }) => sum + bytes, 0)),
  }));
}

function bytesOf(names: readonly string[], plan: PreparationPlan): number {
  return names.reduce((sum, name) => sum + countOf(name, plan), 0) * Float32Array.BYTES_PER_ELEMENT;
}

function countOf(name: string, { steps }: PreparationPlan): number {
  return countValues(steps.dims.get(name) ?? []);
}
