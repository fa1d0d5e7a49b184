import { NO_CODE } from './huffman-table.ts';
import type { HuffmanTable } from './huffman-table.ts';

/** Reads bits of entropy-coded JPEG data (ITU-T T.81 section F.2.2), undoing byte stuffing and obeying restart markers. */
export class EntropyReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #bits = 0;
  /** How many of the low bits of #bits are unread. */
  #count = 0;
  /** How many of those were made up behind the end of the data. */
  #madeUp = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next symbol. Throws where no code fits or the data have ended. */
  readSymbol(table: HuffmanTable): number {
    this.#fill();
    const entry = table[(this.#bits >>> (this.#count - 16)) & 0xffff] ?? NO_CODE;
    if (entry === NO_CODE) throw new Error('its JPEG data are damaged');
    this.#use(entry & 31);
    return entry >> 5;
  }

  /** A signed number of this many bits, 0 to 16 (EXTEND of section F.2.2.1). */
  readSigned(length: number): number {
    if (length === 0) return 0;
    this.#fill();
    const value = (this.#bits >>> (this.#count - length)) & ((1 << length) - 1);
    this.#use(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** Goes on behind the next restart marker. Throws where there is none. */
  restart(): void {
    [this.#bits, this.#count, this.#madeUp] = [0, 0, 0];
    const isRestart = (at: number): boolean => {
      const next = this.#bytes[at + 1] ?? 0;
      return next >= 0xd0 && next <= 0xd7;
    };
    let at = this.#bytes.indexOf(0xff, this.#position);
    while (at >= 0 && !isRestart(at)) at = this.#bytes.indexOf(0xff, at + 1);
    if (at < 0) throw new Error('its JPEG data end early');
    this.#position = at + 2;
  }

  #fill(): void {
    while (this.#count <= 24) {
      this.#bits = (this.#bits << 8) | this.#nextByte();
      this.#count += 8;
    }
  }

  #nextByte(): number {
    const byte = this.#bytes[this.#position];
    const isStuffed = byte === 0xff && this.#bytes[this.#position + 1] === 0;
    if (byte === undefined || (byte === 0xff && !isStuffed)) {
      this.#madeUp += 8;
      return 0;
    }
    this.#position += isStuffed ? 2 : 1;
    return byte;
  }

  #use(length: number): void {
    this.#count -= length;
    if (this.#count < this.#madeUp) throw new Error('its JPEG data end early');
  }
}
