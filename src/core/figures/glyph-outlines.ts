import type { FontTables } from './font-tables.ts';

/** Flags of a glyph made of others (OpenType 1.9, `glyf`, "Composite glyph description"). */
const flags = { wordArguments: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80 } as const;

export interface GlyphOutlines {
  readonly glyf: Buffer;
  /** An offset of four bytes for every glyph of the font, and the end. */
  readonly loca: Buffer;
  /** Glyphs that have their outlines: those asked for, what they are made of, and the one for missing characters. */
  readonly used: ReadonlySet<number>;
}

export function collectGlyphs(tables: FontTables, wanted: Iterable<number>): GlyphOutlines {
  const count = tables.bytesOf('maxp').readUInt16BE(4);
  const outlineOf = createOutlineReader(tables);
  const used = new Set<number>();
  const open = [0, ...wanted];
  for (let glyph = open.pop(); glyph !== undefined; glyph = open.pop()) {
    if (used.has(glyph)) continue;
    used.add(glyph);
    open.push(...listParts(outlineOf(glyph)));
  }
  const parts: Buffer[] = [];
  const loca = Buffer.alloc(4 * (count + 1));
  let end = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    loca.writeUInt32BE(end, 4 * glyph);
    if (!used.has(glyph)) continue;
    const outline = outlineOf(glyph);
    const padded = Buffer.alloc(4 * Math.ceil(outline.length / 4));
    outline.copy(padded);
    parts.push(padded);
    end += padded.length;
  }
  loca.writeUInt32BE(end, 4 * count);
  return { glyf: Buffer.concat(parts), loca, used };
}

function createOutlineReader(tables: FontTables): (glyph: number) => Buffer {
  const [glyf, loca] = [tables.bytesOf('glyf'), tables.bytesOf('loca')];
  const isLong = tables.bytesOf('head').readInt16BE(50) === 1;
  const offsetOf = (glyph: number): number =>
    isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph);
  return (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1));
}

/** The glyphs another is made of; none of one with an outline of its own. */
function listParts(outline: Buffer): readonly number[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const parts: number[] = [];
  let [at, flag] = [10, flags.more as number];
  while (flag & flags.more) {
    flag = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + (flag & flags.wordArguments ? 4 : 2);
    if (flag & flags.scale) at += 2;
    else if (flag & flags.twoScales) at += 4;
    else if (flag & flags.matrix) at += 8;
  }
  return parts;
}
