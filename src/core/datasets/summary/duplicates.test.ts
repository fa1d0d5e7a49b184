import { describe, expect, it } from 'vitest';
import { describeDuplicates, findDuplicates, type HashedSample } from './duplicates.ts';

describe('duplicates', () => {
  const hashed = (sha256: string, facts: Partial<HashedSample> = {}): HashedSample => ({
    path: `${sha256}-${JSON.stringify(facts)}`,
    sha256,
    split: 'train',
    label: 'a',
    ...facts,
  });

  it('are told apart: within a split, across splits, with two labels, and parts that overlap by design', () => {
    const groups = findDuplicates([
      hashed('1'),
      hashed('1'),
      hashed('2'),
      hashed('2', { split: 'test' }),
      hashed('3'),
      hashed('3', { label: 'b' }),
      hashed('4', { collection: 'lung' }),
      hashed('4', { collection: 'infection' }),
      hashed('5', { collection: 'lung' }),
      hashed('5', { collection: 'infection', split: 'test' }),
      hashed('6'),
    ]);
    expect(
      groups.map(({ sha256, acrossSplits, conflicting, sharedByParts }) => [
        sha256,
        acrossSplits,
        conflicting,
        sharedByParts,
      ]),
    ).toEqual([
      ['1', false, false, false],
      ['2', true, false, false],
      ['3', false, true, false],
      ['4', false, false, true],
      ['5', true, false, true],
    ]);
    expect(describeDuplicates(groups)).toEqual([
      '2 pictures stand in more than one split; a network is tested there on what it was trained on.',
      '1 picture stands with different labels.',
      '2 pictures stand more than once in the same split.',
      '1 picture stands in several parts of the dataset, as they are meant to; count them once.',
    ]);
  });

  it('are none where all differ', () => {
    expect(findDuplicates([hashed('1'), hashed('2')])).toEqual([]);
    expect(describeDuplicates([])).toEqual([]);
  });
});
