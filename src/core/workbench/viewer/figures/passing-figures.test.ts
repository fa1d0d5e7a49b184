import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createPassingFigures } from './passing-figures.ts';

it('keeps the latest twenty by their hashes, the oldest going first', () => {
  const figures = createPassingFigures();
  const files = Array.from({ length: 22 }, (_, at) => Uint8Array.of(at));
  const hashes = files.map((file) => figures.put(file));
  expect(hashes).toEqual(files.map((file) => createHash('sha256').update(file).digest('hex')));
  expect(hashes.map((hash) => figures.find(hash) !== undefined)).toEqual(files.map((_, at) => at >= 2));
  expect(figures.find(hashes[21] ?? '')).toEqual(Uint8Array.of(21));
});
