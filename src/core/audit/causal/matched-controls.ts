import { createRandomWords } from '#shared/random-words.ts';
import { dilate } from './dilate.ts';
import { findFootprint, isFree, maskOf, mirrorFootprint, placeFootprint, type Footprint } from './footprint.ts';
import { placePieces } from './piece-controls.ts';
import type { PixelMask } from './pixel-planes.ts';

interface ControlRequest {
  readonly width: number;
  readonly height: number;
  /** What is tested. */
  readonly mask: PixelMask;
  /** Other marks: no control touches them. */
  readonly avoid: PixelMask;
  readonly count: number;
  readonly seed: string;
}

export interface MatchedControls {
  readonly masks: readonly PixelMask[];
  /** The most by which a control's distance to the middle differs from the mask's, as a share of the longer side; undefined without controls. */
  readonly tolerance: number | undefined;
  /** `whole`: the mask moved. `pieces`: it fitted nowhere, and its pieces were moved one by one. `frames`: frames further in. */
  readonly kind: 'whole' | 'pieces' | 'frames';
}

/** Pixels between the mask and a control. */
const GAP = 2;
/** Tried one after another until there are controls enough. */
const TOLERANCES = [0.03, 0.06, 0.12] as const;
const LARGEST_TOLERANCE = 0.25;
/** Places apart from each other by at least so much of the box, then by less where they are too few. */
const SPACINGS = [0.5, 0.25, 0] as const;

interface Place {
  readonly footprint: Footprint;
  readonly x: number;
  readonly y: number;
  /** By how much its distance to the middle of the picture differs from that of the mask, in pixels. */
  readonly offDistance: number;
}

/**
 * Regions to compare a mask with: the same pixels moved (and mirrored) to places as far from the middle of the picture, outside of the mask and of
 * other marks. Drawn at random; the same seed draws the same.
 */
export function placeControls(request: ControlRequest): MatchedControls {
  const { width, height, mask, count, seed } = request;
  const footprint = findFootprint(mask, width);
  if (!footprint) return { masks: [], tolerance: undefined, kind: 'whole' };
  const places = listFreePlaces(request, footprint);
  if (places.length === 0) return { masks: placePieces(request), tolerance: undefined, kind: 'pieces' };
  const free = shuffle(places, seed);
  const longer = Math.max(width, height);
  const tolerance =
    TOLERANCES.find(
      (share) => choosePlaces(within(free, share * longer), { count, spacing: SPACINGS[0] }).length >= count,
    ) ?? LARGEST_TOLERANCE;
  const near = within(free, tolerance * longer);
  const spacing = SPACINGS.find((share) => choosePlaces(near, { count, spacing: share }).length >= count) ?? 0;
  const chosen = choosePlaces(near, { count, spacing });
  const off = chosen.reduce((most, { offDistance }) => Math.max(most, offDistance), 0);
  return {
    masks: chosen.map((place) => maskOf(placeFootprint(place.footprint, place, request), request)),
    ...{ tolerance: off / longer, kind: 'whole' },
  };
}

const within = (places: readonly Place[], most: number): readonly Place[] =>
  places.filter(({ offDistance }) => offDistance <= most);

function listFreePlaces(request: ControlRequest, footprint: Footprint): Place[] {
  const { width, height, mask, avoid } = request;
  const near = dilate(mask, request, GAP);
  const blocked = near.map((inside, pixel) => inside | (avoid[pixel] ?? 0));
  const distance = (shape: Footprint, x: number, y: number): number =>
    Math.hypot(x + shape.middle.x - width / 2, y + shape.middle.y - height / 2);
  const most = LARGEST_TOLERANCE * Math.max(width, height);
  const wanted = distance(footprint, footprint.left, footprint.top);
  return [footprint, mirrorFootprint(footprint)].flatMap((shape) => {
    const places: Place[] = [];
    for (let y = 0; y <= height - shape.height; y++) {
      for (let x = 0; x <= width - shape.width; x++) {
        const offDistance = Math.abs(distance(shape, x, y) - wanted);
        if (offDistance > most || !isFree(shape, { x, y }, { blocked, width })) continue;
        places.push({ footprint: shape, x, y, offDistance });
      }
    }
    return places;
  });
}

/** In an order drawn at random. */
function shuffle(places: readonly Place[], seed: string): readonly Place[] {
  const draw = createRandomWords(`controls ${seed}`);
  const drawn = places.map((place) => ({ place, order: draw() }));
  return drawn.toSorted((a, b) => a.order - b.order).map(({ place }) => place);
}

/** From the first on, each that is far enough from those chosen. */
function choosePlaces(
  places: readonly Place[],
  { count, spacing }: { readonly count: number; readonly spacing: number },
): readonly Place[] {
  const chosen: Place[] = [];
  for (const place of places) {
    if (chosen.length >= count) break;
    const { width, height } = place.footprint;
    const isApart = chosen.every(
      ({ x, y }) => Math.abs(x - place.x) > spacing * width || Math.abs(y - place.y) > spacing * height,
    );
    if (isApart) chosen.push(place);
  }
  return chosen;
}
