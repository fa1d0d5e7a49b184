import { createRandomWords } from '#shared/random-words.ts';
import { findConnectedParts } from './connected-parts.ts';
import { dilate } from './dilate.ts';
import { findFootprint, isFree, maskOf, placeFootprint, type Footprint } from './footprint.ts';
import type { PixelMask } from './pixel-planes.ts';

interface PieceRequest {
  readonly width: number;
  readonly height: number;
  /** What is tested. */
  readonly mask: PixelMask;
  /** Other marks. */
  readonly avoid: PixelMask;
  readonly count: number;
  readonly seed: string;
}

/** Sides of the tiles a mask is cut into, as shares of the picture's: large ones first. */
const TILE_SHARES = [0.25, 0.15, 0.1, 0.06] as const;
const MOST_TRIES = 400;
/** By how much a piece's distance to the middle may differ, as a share of the longer side; widened as tries fail. */
const TOLERANCES = [0.06, 0.12, 0.25] as const;

/**
 * Controls for a mask that fits nowhere as a whole, such as ink all round a lesion: the mask is cut into tiles, and each piece is moved by itself to a
 * place as far from the middle, none over another. Same pixels, same local shape. Fewer than asked for, or none, where the picture has no room.
 */
export function placePieces(request: PieceRequest): readonly PixelMask[] {
  const { count, seed } = request;
  for (const share of TILE_SHARES) {
    const draw = createRandomWords(`pieces ${seed} ${share}`);
    const pieces = cutIntoPieces(request, share * Math.max(request.width, request.height));
    const controls = Array.from({ length: count }).flatMap(() => placeAll(request, { pieces, draw }) ?? []);
    if (controls.length > 0) return controls;
  }
  return [];
}

/** The connected parts of what each tile holds, large ones first. */
function cutIntoPieces({ width, mask }: PieceRequest, side: number): readonly Footprint[] {
  const tiles = new Map<string, number[]>();
  mask.forEach((inside, pixel) => {
    if (inside === 0) return;
    const key = `${Math.floor((pixel % width) / side)} ${Math.floor(pixel / width / side)}`;
    tiles.set(key, [...(tiles.get(key) ?? []), pixel]);
  });
  const size = { width, height: mask.length / width };
  const parts = [...tiles.values()].flatMap((tile) => findConnectedParts(maskOf(tile, size), width));
  return parts
    .toSorted((a, b) => b.length - a.length)
    .flatMap((part) => findFootprint(maskOf(part, size), width) ?? []);
}

interface Pieces {
  readonly pieces: readonly Footprint[];
  /** Unsigned 32-bit numbers. */
  readonly draw: () => number;
}

/** One control; undefined where a piece finds no place. */
function placeAll(request: PieceRequest, { pieces, draw }: Pieces): PixelMask | undefined {
  const { width, mask, avoid } = request;
  const blocked = dilate(mask, request, 1).map((inside, pixel) => inside | (avoid[pixel] ?? 0));
  const control = new Uint8Array(mask.length);
  for (const piece of pieces) {
    const place = findPlace(request, piece, { blocked, draw });
    if (!place) return undefined;
    for (const pixel of placeFootprint(piece, place, { width, height: request.height })) {
      blocked[pixel] = 1;
      control[pixel] = 1;
    }
  }
  return control;
}

function findPlace(
  { width, height }: PieceRequest,
  piece: Footprint,
  { blocked, draw }: { readonly blocked: PixelMask; readonly draw: () => number },
): { readonly x: number; readonly y: number } | undefined {
  const distance = (x: number, y: number): number =>
    Math.hypot(x + piece.middle.x - width / 2, y + piece.middle.y - height / 2);
  const wanted = distance(piece.left, piece.top);
  for (const tolerance of TOLERANCES) {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const x = Math.floor((draw() / 2 ** 32) * (width - piece.width + 1));
      const y = Math.floor((draw() / 2 ** 32) * (height - piece.height + 1));
      if (Math.abs(distance(x, y) - wanted) > tolerance * Math.max(width, height)) continue;
      if (isFree(piece, { x, y }, { blocked, width })) return { x, y };
    }
  }
  return undefined;
}
