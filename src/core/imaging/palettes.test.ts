import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderPalette } from '#shared/color-maps-language.ts';
import { colorMapNames, getColorMap } from '#shared/color-maps.ts';

const fingerprint = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const paletteOf = (name: string, level?: number): Uint8Array => renderPalette(getColorMap(name).source, level);
const entries = (palette: Uint8Array, indices: readonly number[]): string =>
  indices.map((index) => `(${palette.subarray(index * 3, index * 3 + 3).join(',')})`).join(' ');

// Bytes and hashes of zennit 1.0.0's palettes.
const references: [name: string, hash: string, samples: string][] = [
  ['gray', '72432263dbfe17ab', '(0,0,0) (64,64,64) (127,127,127) (128,128,128) (192,192,192) (255,255,255)'],
  ['wred', 'd828a7d194188f79', '(255,255,255) (255,191,191) (255,128,128) (255,127,127) (255,63,63) (255,0,0)'],
  ['wblue', 'b5a52414c6bdea05', '(255,255,255) (191,191,255) (128,128,255) (127,127,255) (63,63,255) (0,0,255)'],
  ['hot', 'c50f9920dc226cbf', '(0,0,0) (192,0,0) (255,126,0) (255,129,0) (255,255,66) (255,255,255)'],
  ['cold', 'd8575f95135e3952', '(0,0,0) (0,0,128) (0,0,255) (0,1,255) (0,129,255) (0,255,255)'],
  ['coldnhot', '54769d7811f89775', '(0,255,255) (0,0,255) (0,0,3) (0,0,0) (255,133,0) (255,255,255)'],
  ['bwr', '4b8d05e0aa13e8a0', '(0,0,255) (127,127,255) (253,253,255) (255,255,255) (255,126,126) (255,0,0)'],
  ['france', '20358f74eb681ca6', '(0,85,164) (127,170,209) (253,253,254) (255,255,255) (246,159,153) (239,65,53)'],
  ['seismic', '45b1a1190cc79cb4', '(0,0,208) (104,104,208) (206,206,208) (208,208,208) (208,103,103) (208,0,0)'],
  ['coolio', 'e735c4f62c0aaf84', '(0,208,208) (104,208,208) (206,208,208) (208,208,208) (208,103,208) (208,0,208)'],
  ['coleus', 'f71623e2fdba1d1a', '(0,208,0) (104,208,104) (206,208,206) (208,208,208) (208,103,208) (208,0,208)'],
];

describe('palettes equal the reference', () => {
  it.each(references)('%s', (name, hash, samples) => {
    const palette = paletteOf(name);
    expect(entries(palette, [0, 64, 127, 128, 192, 255])).toBe(samples);
    expect(fingerprint(palette)).toBe(hash);
  });

  it('at other levels', () => {
    expect(fingerprint(paletteOf('bwr', 0.5))).toBe('2471b672832aeac3');
    expect(fingerprint(paletteOf('bwr', 2))).toBe('780d57d84881d12f');
  });

  it('covers every built-in map that is not ours', () => {
    const ours = ['blue-orange', 'blue-orange-dark', 'amber'];
    expect(colorMapNames.filter((name) => !ours.includes(name)).sort()).toEqual(
      references.map(([name]) => name).sort(),
    );
  });
});
