/**
 * Room for arrays out of one allocation. Thousands of large arrays would each be cleared, and each calls the garbage collector:
 * half of the time to load ResNet50.
 */
export class Arena {
  #buffer: ArrayBuffer;
  #taken = 0;

  /** Bytes that are never written cost no memory. */
  constructor(bytes: number) {
    this.#buffer = new ArrayBuffer(bytes);
  }

  /** An array of this many values, which may hold old ones; apart from the arena where it is full. */
  take(count: number): Float32Array {
    const bytes = count * Float32Array.BYTES_PER_ELEMENT;
    if (this.#taken + bytes > this.#buffer.byteLength) return new Float32Array(count);
    const array = new Float32Array(this.#buffer, this.#taken, count);
    this.#taken += bytes;
    return array;
  }

  /** All of the room, whether taken or not. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#buffer);
  }

  owns(array: Float32Array): boolean {
    return array.buffer === this.#buffer;
  }

  /** Arrays taken before are no longer to be used. */
  reset(): void {
    this.#taken = 0;
  }

  /** Gives the memory back without waiting for the garbage collector. */
  release(): void {
    this.#buffer = this.#buffer.transfer(0);
  }
}
