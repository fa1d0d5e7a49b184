import { deflateSync } from 'node:zlib';
import type { FontTable } from './font-tables.ts';

const [HEADER, ENTRY] = [44, 20];
const TRUETYPE = 0x0001_0000;

/** Tables as a web font (W3C, WOFF File Format 1.0): sorted by tag, each deflated where that makes it smaller. */
export function writeWoff(tables: readonly FontTable[]): Buffer {
  const sorted = tables.toSorted((one, other) => (one.tag < other.tag ? -1 : 1));
  const packed = sorted.map(({ bytes }) => {
    const deflated = deflateSync(bytes, { level: 9 });
    return deflated.length < bytes.length ? deflated : bytes;
  });
  const padded = (length: number): number => 4 * Math.ceil(length / 4);
  const head = Buffer.alloc(HEADER + ENTRY * sorted.length);
  const total = packed.reduce((sum, { length }) => sum + padded(length), head.length);
  const unpacked = sorted.reduce((sum, { bytes }) => sum + padded(bytes.length), 12 + 16 * sorted.length);
  head.write('wOFF', 0, 'latin1');
  for (const [at, value] of [[4, TRUETYPE], [8, total], [16, unpacked]] as const) head.writeUInt32BE(value, at); // prettier-ignore
  head.writeUInt16BE(sorted.length, 12);
  head.writeUInt16BE(1, 20);
  const file = Buffer.alloc(total);
  let offset = head.length;
  for (const [at, { tag, bytes }] of sorted.entries()) {
    const content = packed[at] ?? bytes;
    const entry = HEADER + ENTRY * at;
    head.write(tag, entry, 'latin1');
    for (const [field, value] of [offset, content.length, bytes.length, checksum(bytes)].entries())
      head.writeUInt32BE(value, entry + 4 + 4 * field);
    content.copy(file, offset);
    offset += padded(content.length);
  }
  head.copy(file);
  return file;
}

/** Sum of a table's words of four bytes, modulo 2^32. */
function checksum(bytes: Buffer): number {
  const whole = Buffer.alloc(4 * Math.ceil(bytes.length / 4));
  bytes.copy(whole);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0;
  return sum;
}
