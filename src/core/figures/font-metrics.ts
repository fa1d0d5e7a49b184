import { LightboxError } from '#shared/errors.ts';
import { readDirectory } from './font-tables.ts';

/** How wide a font's characters are, in parts of its size. */
export interface FontMetrics {
  /** Undefined where the font has no such character. */
  readonly advanceOf: (codePoint: number) => number | undefined;
}

/**
 * Read advances from a TrueType file (OpenType 1.9: `head`, `hhea`, `hmtx`, `cmap` with a subtable of format 12).
 * @throws LightboxError `internal` on a file without them.
 */
export function readFontMetrics(file: Uint8Array): FontMetrics {
  const { view, offsetOf } = readDirectory(file);
  const unitsPerEm = view.getUint16(offsetOf('head') + 18);
  const lastAdvance = view.getUint16(offsetOf('hhea') + 34) - 1;
  const advances = offsetOf('hmtx');
  const glyphs = readCharacterMap(view, offsetOf('cmap'));
  return {
    advanceOf: (codePoint) => {
      const glyph = glyphs.get(codePoint);
      // Glyphs beyond the last entry share its advance.
      return glyph === undefined ? undefined : view.getUint16(advances + 4 * Math.min(glyph, lastAdvance)) / unitsPerEm;
    },
  };
}

/** Code points to glyphs, from the subtable of format 12. */
export function readCharacterMap(view: DataView, start: number): Map<number, number> {
  const subtables = Array.from({ length: view.getUint16(start + 2) }, (_, index) => {
    return start + view.getUint32(start + 8 + 8 * index);
  });
  const subtable = subtables.find((offset) => view.getUint16(offset) === 12) ?? missing('character map of format 12');
  const glyphs = new Map<number, number>();
  for (let group = 0; group < view.getUint32(subtable + 12); group++) {
    const at = subtable + 16 + 12 * group;
    const [first, last, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)];
    for (let codePoint = first; codePoint <= last; codePoint++) glyphs.set(codePoint, glyph + codePoint - first);
  }
  return glyphs;
}

function missing(what: string): never {
  throw new LightboxError('internal', `The font of figures has no ${what}; install the package again.`);
}
