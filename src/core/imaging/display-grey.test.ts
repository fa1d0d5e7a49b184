import { expect, it } from 'vitest';
import { renderDisplayGrey } from './display-grey.ts';
import { patternBytes } from './hand-made-pictures.ts';
import type { Picture } from './picture.ts';

const base = { width: 50, height: 40, channels: 1, depth: 8, format: 'png', sha256: '', warnings: [] } as const;
const size = { width: 50, height: 40 };

it('leaves the levels of an 8-bit picture alone', () => {
  const samples = patternBytes(2000);
  expect(renderDisplayGrey({ ...base, samples }, size).samples).toEqual(samples);
});

it('spreads a 16-bit picture over the grey range, without letting single pixels decide', () => {
  const samples = Uint16Array.from({ length: 2000 }, (_, at) => 1000 + at);
  samples[0] = 0;
  samples[1999] = 65_535;
  const picture: Picture = { ...base, depth: 16, samples };
  const { samples: shown } = renderDisplayGrey(picture, size);
  expect(shown[0]).toBe(0);
  expect(shown[1000]).toBeGreaterThan(120);
  expect(shown[1000]).toBeLessThan(136);
  expect(shown[1999]).toBe(255);
});

it('shows a flat 16-bit picture as black', () => {
  const picture: Picture = { ...base, depth: 16, samples: new Uint16Array(2000).fill(9000) };
  expect(new Set(renderDisplayGrey(picture, size).samples)).toEqual(new Set([0]));
});
