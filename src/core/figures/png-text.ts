import { crc32 } from 'node:zlib';

/** Signature and IHDR chunk, which must come first. */
const HEADER_BYTES = 33;

/** A PNG with a text chunk (PNG 3.0, section 11.3.3.4: iTXt, UTF-8, not compressed) behind its header. */
export function addPngText(png: Uint8Array, keyword: string, text: string): Buffer {
  const content = Buffer.concat([
    Buffer.from(keyword, 'latin1'),
    // End of the keyword; not compressed; compression method; no language; no translated keyword.
    Buffer.alloc(5),
    Buffer.from(text, 'utf8'),
  ]);
  return addChunk(png, 'iTXt', content);
}

/** A PNG that says how large its pixels are on paper (PNG 3.0, section 11.3.4.3: pHYs). */
export function addPngDensity(png: Uint8Array, pixelsPerMm: number): Buffer {
  const content = Buffer.alloc(9);
  for (const at of [0, 4]) content.writeUInt32BE(Math.round(1000 * pixelsPerMm), at);
  content.writeUInt8(1, 8);
  return addChunk(png, 'pHYs', content);
}

function addChunk(png: Uint8Array, kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  const [header, rest] = [png.subarray(0, HEADER_BYTES), png.subarray(HEADER_BYTES)];
  return Buffer.concat([header, frame.subarray(0, 4), named, frame.subarray(4), rest]);
}

/** The text a PNG carries under a keyword; undefined where it has none or is no PNG. */
export function findPngText(png: Buffer, keyword: string): string | undefined {
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const isIt = png.toString('latin1', at + 4, at + 8) === 'iTXt';
    if (isIt && content.toString('latin1', 0, keyword.length + 1) === `${keyword}\0`)
      return content.toString('utf8', keyword.length + 5);
  }
  return undefined;
}
