import { LightboxError } from '#shared/errors.ts';

export interface FontTable {
  /** Four letters. */
  readonly tag: string;
  readonly bytes: Buffer;
}

export interface FontTables {
  readonly view: DataView;
  readonly has: (tag: string) => boolean;
  /** Throws `internal` for a table the font lacks. */
  readonly offsetOf: (tag: string) => number;
  readonly bytesOf: (tag: string) => Buffer;
}

/** The tables of an OpenType file (OpenType 1.9, "Table directory"). */
export function readDirectory(file: Uint8Array): FontTables {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const places = new Map<string, { readonly offset: number; readonly length: number }>();
  for (let entry = 12; entry < 12 + view.getUint16(4) * 16; entry += 16) {
    const letters = [0, 1, 2, 3].map((letter) => view.getUint8(entry + letter));
    const place = { offset: view.getUint32(entry + 8), length: view.getUint32(entry + 12) };
    places.set(String.fromCharCode(...letters), place);
  }
  const placeOf = (tag: string): { readonly offset: number; readonly length: number } => {
    const place = places.get(tag);
    if (place) return place;
    throw new LightboxError('internal', `The font of figures has no table ${tag}; install the package again.`);
  };
  return {
    view,
    has: (tag) => places.has(tag),
    offsetOf: (tag) => placeOf(tag).offset,
    bytesOf: (tag) => {
      const { offset, length } = placeOf(tag);
      return Buffer.from(file.buffer, file.byteOffset + offset, length);
    },
  };
}
