import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';

// Looks for words in everything a file holds: as it lies on the disk, and in what is packed inside.

/** A place in a file in which a word was found. */
export interface Trace {
  readonly file: string;
  readonly word: string;
  readonly place: string;
}

interface Content {
  readonly place: string;
  readonly bytes: Buffer;
}

/** Every file below a folder, its name included, searched for every word in UTF-8, Latin-1 and both orders of UTF-16, whatever its case. */
export async function searchFolder(folder: string, words: readonly string[]): Promise<readonly Trace[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const traces: Trace[] = [];
  for (const entry of entries) {
    const file = path.join(path.relative(folder, entry.parentPath), entry.name);
    const content = entry.isFile() ? await readFile(path.join(entry.parentPath, entry.name)) : Buffer.alloc(0);
    traces.push(...searchBytes(Buffer.from(file), words).map((found) => ({ ...found, file, place: 'its name' })));
    traces.push(...searchBytes(content, words).map((found) => ({ ...found, file })));
  }
  return traces;
}

/** The words found in bytes and in all that is packed in them. */
export function searchBytes(bytes: Buffer, words: readonly string[]): readonly Omit<Trace, 'file'>[] {
  return unpack({ place: 'its bytes', bytes }).flatMap(({ place, bytes: content }) => {
    const text = content.toString('latin1').toLowerCase();
    return words
      .filter((word) => encodings(word).some((encoded) => text.includes(encoded)))
      .map((word) => ({ word, place }));
  });
}

function encodings(word: string): readonly string[] {
  const lower = word.toLowerCase();
  const wide = Buffer.from(lower, 'utf16le');
  const forms = [Buffer.from(lower, 'utf8'), Buffer.from(lower, 'latin1'), wide, Buffer.from(wide).swap16()];
  return forms.map((form) => form.toString('latin1'));
}

const unpackers: readonly ((content: Content) => readonly Content[])[] = [
  unpackPng,
  unpackPdf,
  unpackGzip,
  unpackZip,
  unpackBase64,
];

function unpack(content: Content, depth = 0): readonly Content[] {
  if (depth > 4) return [content];
  const inner = unpackers.flatMap((one) => one(content));
  return [content, ...inner.flatMap((one) => unpack(one, depth + 1))];
}

const attempt = (work: () => Uint8Array): readonly Buffer[] => {
  try {
    return [Buffer.from(work())];
  } catch {
    return [];
  }
};

/** Packed texts (zTXt, iTXt, iCCP) and the pixels themselves. */
function unpackPng({ place, bytes }: Content): readonly Content[] {
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return [];
  const pixels: Buffer[] = [];
  const found: Content[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (kind === 'IDAT') pixels.push(content);
    const packed = content.indexOf('\x78', 0, 'latin1');
    if (['zTXt', 'iTXt', 'iCCP'].includes(kind) && packed >= 0)
      found.push(
        ...attempt(() => inflateSync(content.subarray(packed))).map((inner) => ({
          place: `${place}, ${kind}`,
          bytes: inner,
        })),
      );
  }
  return [
    ...found,
    ...attempt(() => inflateSync(Buffer.concat(pixels))).map((inner) => ({ place: `${place}, pixels`, bytes: inner })),
  ];
}

/** Streams inflated, and the words on its pages: glyphs of embedded fonts by their ToUnicode tables. */
function unpackPdf({ place, bytes }: Content): readonly Content[] {
  if (bytes.toString('latin1', 0, 5) !== '%PDF-') return [];
  const text = bytes.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    return attempt(() => inflateSync(bytes.subarray(start, end)));
  });
  const tables = streams.filter((stream) => stream.includes('begincmap')).map(readGlyphs);
  const pages = streams.filter((stream) => /T[jJ]/.test(stream.toString('latin1')));
  const words = tables.flatMap((glyphs) => pages.map((page) => Buffer.from(readPage(page, glyphs), 'utf8')));
  return [
    ...streams.map((inner) => ({ place: `${place}, a stream`, bytes: inner })),
    ...words.map((inner) => ({ place: `${place}, words of a page`, bytes: inner })),
  ];
}

/** Glyph to character, of `<0001> <0003> [<0041> <0042> <0043>]` and `<0001> <0041>`. */
function readGlyphs(table: Buffer): ReadonlyMap<number, string> {
  const glyphs = new Map<number, string>();
  const decode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, from = '', list = ''] of table
    .toString('latin1')
    .matchAll(/<([\da-f]{4})>\s*<[\da-f]{4}>\s*\[([^\]]*)\]/gi)) {
    const letters = [...list.matchAll(/<([\da-f]+)>/gi)];
    letters.forEach(([, hex = ''], at) => glyphs.set(parseInt(from, 16) + at, decode(hex)));
  }
  return glyphs;
}

const readPage = (page: Buffer, glyphs: ReadonlyMap<number, string>): string =>
  [...page.toString('latin1').matchAll(/<([\da-f]+)>/gi)]
    .map(([, hex = '']) => (hex.match(/.{4}/g) ?? []).map((glyph) => glyphs.get(parseInt(glyph, 16)) ?? '').join(''))
    .join('');

function unpackGzip({ place, bytes }: Content): readonly Content[] {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return [];
  return attempt(() => gunzipSync(bytes)).map((inner) => ({ place: `${place}, gzip`, bytes: inner }));
}

function unpackZip({ place, bytes }: Content): readonly Content[] {
  if (bytes.toString('latin1', 0, 4) !== 'PK\x03\x04') return [];
  try {
    return Object.entries(unzipSync(bytes)).flatMap(([name, inner]) => [
      { place: `${place}, names in the zip`, bytes: Buffer.from(name) },
      { place: `${place}, ${name} in the zip`, bytes: Buffer.from(inner) },
    ]);
  } catch {
    return [];
  }
}

/** Pictures and fonts inside SVG and HTML. */
function unpackBase64({ place, bytes }: Content): readonly Content[] {
  return [...bytes.toString('latin1').matchAll(/data:[\w/+.-]+;base64,([\w+/=]{16,})/g)].map(([, data = '']) => ({
    place: `${place}, data in base64`,
    bytes: Buffer.from(data, 'base64'),
  }));
}
