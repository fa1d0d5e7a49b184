import { expect, test } from 'vitest';
import { toFileName } from './describe-explanation.ts';
import { createOutputNamer } from './output-names.ts';

const sha256 = '0123456789abcdef'.repeat(4);

function nameAll(paths: readonly string[], keepNames: boolean): readonly string[] {
  const nameOutput = createOutputNamer(paths, keepNames);
  return paths.map((_, position) => nameOutput({ position, sha256 }));
}

test('names carry the place in the list and part of the hash', () => {
  expect(nameAll(['a/Doe.png', 'b/Doe.png'], false)).toEqual(['1-01234567', '2-01234567']);
});

test('places have as many digits as the last, so that files sort', () => {
  expect(
    nameAll(
      Array.from({ length: 10 }, () => 'Doe.png'),
      false,
    )[2],
  ).toBe('03-01234567');
});

test('kept names are numbered where two would be one file, on systems that ignore case too', () => {
  expect(nameAll(['a/Doe.png', 'b/doe.jpg', 'Doe-1.png'], true)).toEqual(['Doe-1', 'doe-2', 'Doe-1-3']);
  expect(nameAll(['Doe.png', 'Roe.x.png'], true)).toEqual(['Doe', 'Roe.x']);
});

test('layer and composite names become file names', () => {
  expect(toFileName('layer3.2.conv2')).toBe('layer3.2.conv2');
  expect(toFileName('../a b/ü:c')).toBe('.._a_b_c');
});
