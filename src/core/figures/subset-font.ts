import { readDirectory, type FontTable } from './font-tables.ts';
import { collectGlyphs } from './glyph-outlines.ts';
import { readCharacterMap } from './font-metrics.ts';
import { writeWoff } from './write-woff.ts';

/** Tables a browser needs that stay as they are (OpenType 1.9); the last three hold the instructions that glyphs call. */
const KEPT = ['OS/2', 'hhea', 'maxp', 'cvt ', 'fpgm', 'prep'] as const;
const LONG_OFFSETS = 1;
const INDEX_FORMAT_AT = 50;

/**
 * A TrueType font with the outlines of some characters alone, as WOFF: what a figure carries so that its text looks the same everywhere.
 * Glyphs keep their numbers, so that instructions and parts of glyphs need no change; the others are empty.
 */
export function subsetFont(file: Uint8Array, characters: Iterable<string>): Buffer {
  const tables = readDirectory(file);
  const map = readCharacterMap(tables.view, tables.offsetOf('cmap'));
  const wanted = new Map<number, number>();
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0;
    const glyph = map.get(code);
    if (glyph !== undefined) wanted.set(code, glyph);
  }
  const { glyf, loca, used } = collectGlyphs(tables, wanted.values());
  const kept = KEPT.flatMap((tag): FontTable[] => (tables.has(tag) ? [{ tag, bytes: tables.bytesOf(tag) }] : []));
  return writeWoff([
    ...kept,
    { tag: 'cmap', bytes: writeCharacterMap(wanted) },
    { tag: 'glyf', bytes: glyf },
    { tag: 'head', bytes: withLongOffsets(tables.bytesOf('head')) },
    { tag: 'hmtx', bytes: clearUnused(tables, used) },
    { tag: 'loca', bytes: loca },
    { tag: 'name', bytes: Buffer.from([0, 0, 0, 0, 0, 6]) },
    { tag: 'post', bytes: withoutNames(tables.bytesOf('post')) },
  ]);
}

function withLongOffsets(head: Buffer): Buffer {
  const changed = Buffer.from(head);
  changed.writeInt16BE(LONG_OFFSETS, INDEX_FORMAT_AT);
  return changed;
}

/** `post` of format 3: no names of glyphs. */
function withoutNames(post: Buffer): Buffer {
  const changed = Buffer.from(post.subarray(0, 32));
  changed.writeUInt32BE(0x0003_0000, 0);
  return changed;
}

/** Widths of glyphs that are not there are made equal, so that they pack into nothing. */
function clearUnused(tables: ReturnType<typeof readDirectory>, used: ReadonlySet<number>): Buffer {
  const widths = Buffer.from(tables.bytesOf('hmtx'));
  const full = tables.bytesOf('hhea').readUInt16BE(34);
  for (let glyph = 0; glyph < full; glyph++) if (!used.has(glyph)) widths.fill(0, 4 * glyph, 4 * glyph + 4);
  return widths;
}

/** A `cmap` with one subtable of format 12, for Windows and Unicode's full range. */
function writeCharacterMap(wanted: ReadonlyMap<number, number>): Buffer {
  const entries = [...wanted].sort(([one], [other]) => one - other);
  const table = Buffer.alloc(12 + 16 + 12 * entries.length);
  // One subtable: platform 3, encoding 10, behind this header.
  for (const [at, value] of [0, 1, 3, 10].entries()) table.writeUInt16BE(value, 2 * at);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(table.length - 12, 16);
  table.writeUInt32BE(entries.length, 24);
  for (const [at, [code, glyph]] of entries.entries())
    for (const [field, value] of [code, code, glyph].entries()) table.writeUInt32BE(value, 28 + 12 * at + 4 * field);
  return table;
}
