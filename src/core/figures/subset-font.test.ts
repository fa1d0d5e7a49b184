import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fontFiles } from './fonts.ts';
import { readDirectory } from './font-tables.ts';
import { readCharacterMap } from './font-metrics.ts';
import { subsetFont } from './subset-font.ts';

/** Tables of a WOFF, read the plain way. */
function readWoff(file: Buffer): ReadonlyMap<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let at = 44; at < 44 + 20 * file.readUInt16BE(12); at += 20) {
    const [offset, packed, length] = [4, 8, 12].map((field) => file.readUInt32BE(at + field));
    const bytes = file.subarray(offset, (offset ?? 0) + (packed ?? 0));
    tables.set(file.toString('latin1', at, at + 4), packed === length ? bytes : inflateSync(bytes));
    expect(tables.get(file.toString('latin1', at, at + 4))?.length).toBe(length);
  }
  return tables;
}

const original = readFileSync(fontFiles.normal);
const text = 'Relevance \u00e4\u00c5\u2212\u00b1';
const woff = subsetFont(original, text);
const tables = readWoff(woff);

describe('a font with few characters', () => {
  it('is small, sorted and says its own length', () => {
    expect(woff.toString('latin1', 0, 4)).toBe('wOFF');
    expect(woff.readUInt32BE(8)).toBe(woff.length);
    expect(woff.length).toBeLessThan(original.length / 20);
    expect([...tables.keys()]).toEqual([...tables.keys()].toSorted());
  });

  it('maps exactly the characters it was asked for, to the glyphs they had', () => {
    const cmap = tables.get('cmap') ?? Buffer.alloc(0);
    const map = readCharacterMap(new DataView(cmap.buffer, cmap.byteOffset, cmap.length), 0);
    const { view, offsetOf } = readDirectory(original);
    const whole = readCharacterMap(view, offsetOf('cmap'));
    const wanted = [...new Set(text)].map((letter) => letter.codePointAt(0) ?? 0);
    expect([...map.keys()].sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
    for (const code of wanted) expect(map.get(code)).toBe(whole.get(code));
  });

  it('has their outlines byte for byte, with the parts of accented letters, and no others', () => {
    const { bytesOf } = readDirectory(original);
    const [glyf, loca] = [bytesOf('glyf'), bytesOf('loca')];
    const [own, ownLoca] = [tables.get('glyf') ?? Buffer.alloc(0), tables.get('loca') ?? Buffer.alloc(0)];
    let withOutline = 0;
    for (let glyph = 0; glyph + 1 < loca.length / 4; glyph++) {
      const before = glyf.subarray(loca.readUInt32BE(4 * glyph), loca.readUInt32BE(4 * glyph + 4));
      const after = own.subarray(ownLoca.readUInt32BE(4 * glyph), ownLoca.readUInt32BE(4 * glyph + 4));
      if (after.length === 0) continue;
      withOutline++;
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
    }
    // Letters with an outline and the box, and at least the two marks above.
    expect(withOutline).toBeGreaterThanOrEqual(new Set(text.replace(' ', '')).size + 1);
    expect(withOutline).toBeLessThan(30);
  });
});
