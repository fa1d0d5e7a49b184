/**
 * Messages on a pipe: the length of a JSON head and of a body (uint32, little-endian), then both. Written out by hand, because the two
 * ends are different builds of Node and must not depend on how one of them clones values.
 */
import { LightboxError } from '#shared/errors.ts';

export interface Frame {
  readonly head: unknown;
  readonly body: Uint8Array;
}

export interface FrameLimits {
  /** Bytes of one head. */
  readonly head: number;
  /** Bytes of one body. */
  readonly body: number;
}

const PREFIX_BYTES = 8;
const none = new Uint8Array();

export function writeFrame(head: object, body: Uint8Array = none): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(text.length, 0);
  prefix.writeUInt32LE(body.length, 4);
  return body.length === 0 ? [Buffer.concat([prefix, text])] : [Buffer.concat([prefix, text]), body];
}

/** Puts frames together from the pieces a pipe brings them in. */
export class FrameReader {
  readonly #limits: FrameLimits;
  #pieces: Buffer[] = [];
  #held = 0;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** The frames that are whole now. Throws `request/invalid` for a frame over the limits or a head that is no JSON. */
  push(piece: Buffer): readonly Frame[] {
    this.#pieces.push(piece);
    this.#held += piece.length;
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | undefined {
    if (this.#held < PREFIX_BYTES) return undefined;
    const prefix = this.#gather(PREFIX_BYTES);
    const [headBytes, bodyBytes] = [prefix.readUInt32LE(0), prefix.readUInt32LE(4)];
    if (headBytes > this.#limits.head || bodyBytes > this.#limits.body)
      throw new LightboxError('request/invalid', 'A message over the pipe is larger than messages may be.');
    const size = PREFIX_BYTES + headBytes + bodyBytes;
    if (this.#held < size) return undefined;
    const whole = this.#gather(size);
    this.#pieces = whole.length > size ? [whole.subarray(size)] : [];
    this.#held -= size;
    const body = whole.subarray(PREFIX_BYTES + headBytes, size);
    return { head: readHead(whole.subarray(PREFIX_BYTES, PREFIX_BYTES + headBytes)), body };
  }

  /** The pieces as one, when the first is shorter than what is needed of it. */
  #gather(needed: number): Buffer {
    const [first] = this.#pieces;
    if (first && first.length >= needed) return first;
    const whole = Buffer.concat(this.#pieces);
    this.#pieces = [whole];
    return whole;
  }
}

function readHead(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new LightboxError('request/invalid', 'A message over the pipe cannot be read.', { cause });
  }
}
