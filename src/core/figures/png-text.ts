import { crc32 } from 'node:zlib';

/** Signature and IHDR chunk, which must come first. */
const HEADER_BYTES = 33;

/** A PNG with a text chunk (PNG 3.0, section 11.3.3.4: iTXt, UTF-8, not compressed) behind its header. */
export function addPngText(png: Uint8Array, keyword: string, text: string): Buffer {
  const content = Buffer.concat([
    Buffer.from(`iTXt${keyword}`, 'latin1'),
    // End of the keyword; not compressed; compression method; no language; no translated keyword.
    Buffer.alloc(5),
    Buffer.from(text, 'utf8'),
  ]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length - 4, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([
    png.subarray(0, HEADER_BYTES),
    frame.subarray(0, 4),
    content,
    frame.subarray(4),
    png.subarray(HEADER_BYTES),
  ]);
}
