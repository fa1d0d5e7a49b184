import { readSync } from 'node:fs';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';

const windowLength = 16 * 1024;
const { keptBytes: keptBytesLimit, entries: entryLimit, textBytes: textLimit } = limits.model;
/** A message weighs as much as several entries, as it does in memory. */
const messageWeight = 8;

/** Walks the protobuf wire format of an open file through a small window, so that skipped bytes are never read. */
export class WireReader {
  readonly path: string;
  readonly length: number;
  /** Where the next byte is read. */
  position = 0;
  /** The two halves of the last varint, for values beyond 2^53. */
  low = 0;
  high = 0;
  readonly #descriptor: number;
  readonly #window = Buffer.allocUnsafe(windowLength);
  #windowStart = 0;
  #windowEnd = 0;
  #entryCount = 0;
  #keptBytes = 0;

  constructor(path: string, descriptor: number, length: number) {
    this.path = path;
    this.#descriptor = descriptor;
    this.length = length;
  }

  /** The error for a file whose bytes make no sense. `reason` completes "… is not a readable ONNX model: ". */
  error(reason: string, options?: ErrorOptions): LightboxError {
    return new LightboxError(
      'model/unreadable',
      `"${this.path}" is not a readable ONNX model: ${reason}. Copy or export the file again.`,
      options,
    );
  }

  /** Counts one more field or list element, so that a file of empty entries cannot fill the memory. */
  countField(): void {
    if (++this.#entryCount > entryLimit) throw this.error('its structure has more entries than any image classifier');
  }

  /** The same for a message that is kept. */
  countMessage(): void {
    this.#entryCount += messageWeight - 1;
    this.countField();
  }

  /** Reserves memory for `length` bytes that will be kept. */
  keep(length: number): void {
    this.#keptBytes += length;
    if (this.#keptBytes > keptBytesLimit) {
      throw this.error(`more than ${keptBytesLimit / 2 ** 20} MB of it would have to be kept in memory`);
    }
  }

  /** Reads a varint as a signed 64-bit number, rounded beyond 2^53; `low` and `high` hold it exactly. */
  varint(): number {
    this.low = 0;
    this.high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift <= 28) this.low |= bits << shift;
      if (shift === 28) this.high = bits >> 4;
      if (shift > 28) this.high |= bits << (shift - 32);
      if (byte < 0x80) return this.high * 2 ** 32 + (this.low >>> 0);
    }
    throw this.error(`a number at byte ${this.position} does not end`);
  }

  float32(): number {
    const bytes = this.#view(this.position, 4);
    this.position += 4;
    return bytes.readFloatLE();
  }

  text(length: number): string {
    if (length > textLimit) throw this.error(`a text at byte ${this.position} is ${length} bytes long`);
    this.keep(length);
    const text = this.#view(this.position, length).toString('utf8');
    this.position += length;
    return text;
  }

  /** A copy of the bytes at an offset; the position stays. */
  bytesAt(offset: number, length: number): Uint8Array {
    this.keep(length);
    return Uint8Array.from(this.#view(offset, length));
  }

  /** The first bytes of the file, fewer when it is shorter. */
  head(length: number): Uint8Array {
    return Uint8Array.from(this.#view(0, Math.min(length, this.length)));
  }

  #byte(): number {
    if (this.position < this.#windowStart || this.position >= this.#windowEnd) this.#moveWindow(this.position, 1);
    return this.#window[this.position++ - this.#windowStart] ?? 0;
  }

  /** Bytes valid until the next read. */
  #view(offset: number, length: number): Buffer {
    if (length > windowLength) return this.#fill(Buffer.allocUnsafe(length), offset, length);
    if (offset < this.#windowStart || offset + length > this.#windowEnd) this.#moveWindow(offset, length);
    return this.#window.subarray(offset - this.#windowStart, offset - this.#windowStart + length);
  }

  #moveWindow(offset: number, needed: number): void {
    if (offset + needed > this.length) throw this.error(`it ends in the middle, at byte ${this.length}`);
    const length = Math.min(windowLength, this.length - offset);
    this.#windowEnd = this.#windowStart;
    this.#fill(this.#window, offset, length);
    this.#windowStart = offset;
    this.#windowEnd = offset + length;
  }

  #fill(target: Buffer, offset: number, length: number): Buffer {
    if (offset + length > this.length) throw this.error(`it ends in the middle, at byte ${this.length}`);
    for (let done = 0; done < length;) {
      const count = readSync(this.#descriptor, target, done, length - done, offset + done);
      if (count === 0) throw this.error('it became shorter while it was read');
      done += count;
    }
    return target;
  }
}
