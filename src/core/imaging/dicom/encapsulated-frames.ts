import { LightboxError } from '#shared/errors.ts';

/** The fragments of an encapsulated pixel element (PS3.5 section A.4), in order. */
export interface Fragments {
  /** Where each frame begins, counted from the first fragment's item tag; often empty. */
  readonly offsets: readonly number[];
  readonly fragments: readonly Fragment[];
}

interface Fragment {
  /** Of its item tag, counted from the first fragment's item tag. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const ITEM = 0xfffe_e000;
const SEQUENCE_END = 0xfffe_e0dd;

/** Splits an encapsulated pixel element. A fragment that is cut off throws LightboxError `picture/unreadable`. */
export function readFragments(bytes: Uint8Array, from: number, name: string): Fragments {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: { at: number; bytes: Uint8Array }[] = [];
  let at = from;
  while (at + 8 <= bytes.length) {
    const tag = view.getUint16(at, true) * 65_536 + view.getUint16(at + 2, true);
    const length = view.getUint32(at + 4, true);
    if (tag === SEQUENCE_END) break;
    if (tag !== ITEM || at + 8 + length > bytes.length) throw brokenFragments(name);
    items.push({ at, bytes: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  const [table, ...rest] = items;
  const start = rest[0]?.at ?? 0;
  return {
    offsets: readOffsets(table?.bytes ?? new Uint8Array(0)),
    fragments: rest.map((item) => ({ offset: item.at - start, bytes: item.bytes })),
  };
}

function readOffsets(table: Uint8Array): number[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  return Array.from({ length: table.length >> 2 }, (_, index) => view.getUint32(index * 4, true));
}

export interface FrameChoice {
  /** From 0. */
  readonly frame: number;
  readonly frames: number;
  readonly name: string;
}

/**
 * The compressed stream of one frame.
 * @throws LightboxError `picture/unreadable` where the fragments cannot be told apart.
 */
export function joinFrame(pixels: Fragments, { frame, frames, name }: FrameChoice): Uint8Array {
  const starts = findFrameStarts(pixels, frames);
  if (starts.length < frames) {
    const found = `${pixels.fragments.length} compressed pieces for ${frames} frames`;
    throw new LightboxError('picture/unreadable', `${name} holds ${found}; it may be cut off, copy it again.`);
  }
  const pieces = pixels.fragments.slice(starts[frame], starts[frame + 1]).map(({ bytes }) => bytes);
  const [only] = pieces;
  return pieces.length === 1 && only ? only : Buffer.concat(pieces);
}

/** The first fragment of each frame: from the offset table, else by counting, else by how JPEG streams begin. */
function findFrameStarts({ offsets, fragments }: Fragments, frames: number): readonly number[] {
  if (fragments.length === 0) return [];
  if (frames === 1) return [0];
  if (fragments.length === frames) return fragments.map((_, index) => index);
  const places = fragments.map(({ offset }) => offset);
  const fromTable = offsets.map((offset) => places.indexOf(offset));
  if (fromTable.length === frames && !fromTable.includes(-1)) return fromTable;
  return fragments.flatMap(({ bytes }, index) => (isStreamStart(bytes) ? [index] : []));
}

/** JPEG and JPEG-LS begin with FFD8, JPEG 2000 with FF4F. */
const isStreamStart = ([first, second]: Uint8Array): boolean => first === 0xff && (second === 0xd8 || second === 0x4f);

function brokenFragments(name: string): LightboxError {
  return new LightboxError(
    'picture/unreadable',
    `${name} is cut off or damaged among its compressed pixels; copy it again.`,
  );
}
