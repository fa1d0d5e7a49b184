import { describe, expect, test } from 'vitest';
import { readers } from './readers.ts';
import { runReader } from './run-reader.ts';

/** A small part of what `node test/fuzz/fuzz-bench.ts` runs, of inputs of its own. */
const total = 2000;
const shares = Object.values(readers).reduce((sum, { share }) => sum + share, 0);

describe('damaged input is answered with a result or a sentence, soon and in little memory', () => {
  test.each(Object.entries(readers))('%s', async (name, { share }) => {
    const count = Math.ceil((total * share) / shares);
    const { report, faults } = await runReader({ name, seed: 7, first: 0, count });
    expect(faults).toEqual([]);
    expect(report?.inputs).toBe(count);
    // Some of it is damaged where it tells, and some where it does not.
    expect(Object.keys(report?.outcomes ?? {}).length).toBeGreaterThan(name === 'wire' ? 0 : 1);
  });
});
