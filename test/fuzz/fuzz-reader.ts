import { createRandom, flipBits, overwriteEnds, splice, truncate } from '#core/imaging/seeded-mutations.ts';
import type { Mutation, Random } from '#core/imaging/seeded-mutations.ts';

/** Something sound that is damaged, and read. */
export interface Subject {
  readonly bytes: Buffer;
  /** How often it is taken compared with others; slow ones are taken seldom. */
  readonly weight: number;
  /** In place of bits, bytes and pieces. */
  readonly mutations?: readonly Mutation[];
}

/** A reader of bytes from outside, made ready. */
export interface OpenedReader {
  readonly subjects: readonly Subject[];
  /** Reads; what it throws is looked at by `judge`. */
  read(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

export interface FuzzReader {
  /** Of a hundred inputs. */
  readonly share: number;
  /** The most this reader's process may ever hold. */
  readonly memoryBytes: number;
  /** Of failures it may answer with. */
  readonly codes: RegExp;
  open(): Promise<OpenedReader>;
}

const usual: readonly Mutation[] = [flipBits, overwriteEnds(120), truncate, splice];

/** The same input for the same seed and number, whatever came before. */
export function makeInput(subjects: readonly Subject[], seed: number, index: number): Buffer {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const subject = chooseSubject(subjects, random);
  const mutations = subject.mutations ?? usual;
  let { bytes } = subject;
  for (let rounds = 1 + random(2); rounds > 0; rounds--) {
    const mutate = mutations[random(mutations.length)] ?? flipBits;
    if (bytes.length > 0) bytes = mutate(bytes, random);
  }
  return bytes;
}

function chooseSubject(subjects: readonly Subject[], random: Random): Subject {
  const total = subjects.reduce((sum, { weight }) => sum + weight, 0);
  let left = random(total);
  const found = subjects.find(({ weight }) => (left -= weight) < 0);
  if (!found) throw new Error('There is nothing to damage.');
  return found;
}

const odd: readonly unknown[] = [null, '', -1, 0, 1e308, 1e-308, 2 ** 53, [], {}, true, '../../x', 'x'.repeat(70_000)];

/** Damages a document rather than its letters: a value is replaced, removed, doubled or put one level down. */
export const mutateJson: Mutation = (bytes, random) => {
  const document: unknown = parse(bytes);
  if (typeof document !== 'object' || document === null) return flipBits(bytes, random);
  const parents = listParents(document);
  const parent = parents[random(parents.length)] ?? document;
  const keys = Object.keys(parent);
  const key = keys[random(keys.length)] ?? 'more';
  const record = parent as Record<string, unknown>;
  const changes = [
    () => void (record[key] = odd[random(odd.length)]),
    () => void Reflect.deleteProperty(record, key),
    () => void (record[`${key}2`] = record[key]),
    () => void (record[key] = [record[key]]),
    () => void (record['__proto__x'] = record[key]),
  ];
  changes[random(changes.length)]?.();
  return Buffer.from(JSON.stringify(document));
};

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function listParents(value: object): readonly object[] {
  const inner = Object.values(value).filter((part): part is object => typeof part === 'object' && part !== null);
  return [value, ...inner.flatMap(listParents)];
}
