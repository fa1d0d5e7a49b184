import { LightboxError } from '#shared/errors.ts';
import type { TensorBytes } from './model.ts';
import type { Draft, Fields, MessageType, NamedField } from './wire-format.ts';

const firstBufferLength = 64 * 1024;
/** Longer payloads are handed on as they are instead of being copied into the buffer. */
const copiedPayloadLength = 4 * 1024;

const wire = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const;

type Content = Readonly<Record<string, unknown>>;

/**
 * Writes a message by its table (wire-format.ts) and gives its bytes as parts in order; payloads in files stay unread.
 */
export function writeMessage<F extends Fields>(type: MessageType<F>, draft: Draft<F>): readonly TensorBytes[] {
  const writer = new WireWriter();
  writer.message(type, draft);
  return writer.finish();
}

/**
 * Writes from the last byte to the first: when a message's length is due, in front of it, everything it counts is
 * already written, so nothing is measured twice or moved.
 */
class WireWriter {
  #buffer = Buffer.allocUnsafe(firstBufferLength);
  /** The bytes from `#start` to `#end` of the buffer are written and not yet handed on. */
  #start = firstBufferLength;
  #end = firstBufferLength;
  #length = 0;
  readonly #parts: TensorBytes[] = [];

  finish(): readonly TensorBytes[] {
    this.#handOn();
    return this.#parts.reverse();
  }

  message(type: MessageType, content: Content): void {
    for (const field of type.descending) {
      const value = content[field.name];
      if (value === undefined) continue;
      const values = field.many ? (value as readonly unknown[]) : [value];
      for (let i = values.length - 1; i >= 0; i--) this.#field(field, values[i]);
    }
  }

  #field(field: NamedField, value: unknown): void {
    if (field.type === 'int') {
      this.#int64(value as number);
      this.#varint(field.number * 8 + wire.varint);
    } else if (field.type === 'float') {
      const at = this.#reserve(4);
      this.#buffer.writeFloatLE(value as number, at);
      this.#varint(field.number * 8 + wire.fixed32);
    } else {
      const lengthBefore = this.#length;
      if (field.type === 'string') this.#text(value as string);
      else if (field.type === 'payload') this.#payload(value as TensorBytes);
      else this.message(field.type, value as Content);
      this.#varint(this.#length - lengthBefore);
      this.#varint(field.number * 8 + wire.lengthDelimited);
    }
  }

  #text(text: string): void {
    const length = Buffer.byteLength(text);
    const at = this.#reserve(length);
    this.#buffer.write(text, at, length, 'utf8');
  }

  #payload(payload: TensorBytes): void {
    if (payload.kind === 'memory' && payload.bytes.length <= copiedPayloadLength) {
      const at = this.#reserve(payload.bytes.length);
      this.#buffer.set(payload.bytes, at);
      return;
    }
    this.#handOn();
    this.#parts.push(payload);
    this.#length += payload.kind === 'file' ? payload.length : payload.bytes.length;
  }

  /** A number that is not negative, up to 2^53. */
  #varint(value: number): void {
    let length = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
    let at = this.#reserve(length);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#buffer[at++] = (rest % 128) | 128;
    this.#buffer[at] = rest;
  }

  /** Any integer; beyond 64 bits it becomes the nearest one there is, which is how "to the end" is written. */
  #int64(value: number): void {
    if (!Number.isInteger(value)) throw new LightboxError('internal', `${value} cannot be written as an integer.`);
    if (Number.isSafeInteger(value) && value >= 0) {
      this.#varint(value);
      return;
    }
    let rest = BigInt.asUintN(64, clampToInt64(BigInt(value)));
    const groups: number[] = [];
    for (; rest >= 128n; rest >>= 7n) groups.push(Number(rest & 127n) | 128);
    groups.push(Number(rest));
    const at = this.#reserve(groups.length);
    this.#buffer.set(groups, at);
  }

  /** Makes room in front of what is written and gives its place in the buffer, which may be a new one afterwards. */
  #reserve(length: number): number {
    if (length > this.#start) this.#grow(length);
    this.#start -= length;
    this.#length += length;
    return this.#start;
  }

  #grow(needed: number): void {
    const written = this.#buffer.subarray(this.#start, this.#end);
    const larger = Buffer.allocUnsafe(2 * (written.length + needed) + firstBufferLength);
    larger.set(written, larger.length - written.length);
    this.#buffer = larger;
    this.#start = larger.length - written.length;
    this.#end = larger.length;
  }

  #handOn(): void {
    if (this.#start === this.#end) return;
    this.#parts.push({ kind: 'memory', bytes: this.#buffer.subarray(this.#start, this.#end) });
    this.#end = this.#start;
  }
}

function clampToInt64(value: bigint): bigint {
  const largest = 2n ** 63n - 1n;
  if (value > largest) return largest;
  return value < -largest - 1n ? -largest - 1n : value;
}
