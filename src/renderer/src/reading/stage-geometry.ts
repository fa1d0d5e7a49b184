/**
 * Where a picture lies on the screen. Picture coordinates are pixels of the picture from its top left corner, with fractions (the
 * first pixel's middle is 0.5, 0.5); stage coordinates are CSS pixels from the top left corner of the stage.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** How a picture is turned: first mirrored left to right or not, then turned clockwise by quarters. */
export interface Turn {
  readonly isMirrored: boolean;
  readonly quarters: 0 | 1 | 2 | 3;
}

export const upright: Turn = { isMirrored: false, quarters: 0 };

/** What of a picture is looked at; holds from picture to picture and for stages of all sizes. */
export interface Look {
  /** 1 fits the picture into the stage; `one-to-one` shows a picture pixel as a pixel of the screen. */
  readonly zoom: number | 'one-to-one';
  /** The point in the middle of the stage, as shares of the picture's width and height. */
  readonly center: readonly [x: number, y: number];
  readonly turn: Turn;
}

export interface StagePlace {
  readonly picture: Extent;
  /** CSS pixels. */
  readonly stage: Extent;
  readonly look: Look;
  /** Pixels of the screen per CSS pixel. */
  readonly deviceScale: number;
}

/** As CSS writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface StageGeometry extends StagePlace {
  /** CSS pixels per picture pixel. */
  readonly scale: number;
  /** From picture to stage. */
  readonly matrix: Matrix;
  readonly toStage: (point: Point) => Point;
  readonly toPicture: (point: Point) => Point;
}

/** Orthogonal part of a turn, from picture to stage: [a, b, c, d]. */
const quarterTurns = [
  [1, 0, 0, 1],
  [0, 1, -1, 0],
  [-1, 0, 0, -1],
  [0, -1, 1, 0],
] as const;

function turnAxes({ isMirrored, quarters }: Turn): readonly [a: number, b: number, c: number, d: number] {
  const [a, b, c, d] = quarterTurns[quarters];
  return isMirrored ? [-a, -b, c, d] : [a, b, c, d];
}

/** CSS pixels per picture pixel at which the whole picture just fits. */
export function computeFit({ picture, stage, look }: StagePlace): number {
  const isLying = look.turn.quarters % 2 === 1;
  const [width, height] = isLying ? [picture.height, picture.width] : [picture.width, picture.height];
  return Math.min(stage.width / width, stage.height / height);
}

/** The zoom of a look as a multiple of the fit. */
export function computeZoom(place: StagePlace): number {
  const { zoom } = place.look;
  return zoom === 'one-to-one' ? 1 / (place.deviceScale * computeFit(place)) : zoom;
}

export function computeStageGeometry(place: StagePlace): StageGeometry {
  const { picture, stage, look } = place;
  const scale = computeFit(place) * computeZoom(place);
  const [a, b, c, d] = turnAxes(look.turn).map((part) => part * scale) as [number, number, number, number];
  const [middleX, middleY] = [look.center[0] * picture.width, look.center[1] * picture.height];
  const e = stage.width / 2 - a * middleX - c * middleY;
  const f = stage.height / 2 - b * middleX - d * middleY;
  const area = a * d - b * c;
  return {
    ...place,
    scale,
    matrix: [a, b, c, d, e, f],
    toStage: ({ x, y }) => ({ x: a * x + c * y + e, y: b * x + d * y + f }),
    toPicture: ({ x, y }) => ({
      x: (d * (x - e) - c * (y - f)) / area,
      y: (a * (y - f) - b * (x - e)) / area,
    }),
  };
}

/** The same look moved so that a point of the picture lies at a point of the stage, at a zoom. */
export function placePoint(place: StagePlace, zoom: Look['zoom'], at: { picture: Point; stage: Point }): Look {
  const zoomed = computeStageGeometry({ ...place, look: { ...place.look, zoom } });
  const under = zoomed.toPicture(at.stage);
  const middle = zoomed.toPicture({ x: place.stage.width / 2, y: place.stage.height / 2 });
  const { width, height } = place.picture;
  const center = [(middle.x + at.picture.x - under.x) / width, (middle.y + at.picture.y - under.y) / height] as const;
  return { ...place.look, zoom, center: keepInside(center) };
}

/** Zooms so that what lies at a point of the stage stays there. */
export function zoomAt(geometry: StageGeometry, zoom: Look['zoom'], stage: Point): Look {
  return placePoint(geometry, zoom, { picture: geometry.toPicture(stage), stage });
}

/** Moves the picture by CSS pixels. */
export function panBy(geometry: StageGeometry, by: Point): Look {
  const middle = { x: geometry.stage.width / 2, y: geometry.stage.height / 2 };
  const picture = geometry.toPicture(middle);
  return placePoint(geometry, geometry.look.zoom, { picture, stage: { x: middle.x + by.x, y: middle.y + by.y } });
}

/** The middle of the stage is always on the picture, so that no picture can be lost. */
const keepInside = ([x, y]: readonly [number, number]): readonly [number, number] => [
  Math.min(1, Math.max(0, x)),
  Math.min(1, Math.max(0, y)),
];

/** Turned clockwise as seen on the screen; negative quarters turn the other way. */
export function rotate({ isMirrored, quarters }: Turn, by: number): Turn {
  return { isMirrored, quarters: ((((quarters + by) % 4) + 4) % 4) as Turn['quarters'] };
}

/** Mirrored as seen on the screen: left to right, or top to bottom. */
export function mirror({ isMirrored, quarters }: Turn, axis: 'left-right' | 'top-bottom'): Turn {
  const across = rotate({ isMirrored: !isMirrored, quarters }, -2 * quarters);
  return axis === 'left-right' ? across : rotate(across, 2);
}

export const isUpright = ({ isMirrored, quarters }: Turn): boolean => !isMirrored && quarters === 0;

/** The part of the picture that lies on the stage, in whole pixels; of no extent where none does. */
export function findVisible({ picture, stage, toPicture }: StageGeometry): Extent & { left: number; top: number } {
  const [one, other] = [toPicture({ x: 0, y: 0 }), toPicture({ x: stage.width, y: stage.height })];
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const left = clamp(Math.floor(Math.min(one.x, other.x)), picture.width);
  const top = clamp(Math.floor(Math.min(one.y, other.y)), picture.height);
  const right = clamp(Math.ceil(Math.max(one.x, other.x)), picture.width);
  const bottom = clamp(Math.ceil(Math.max(one.y, other.y)), picture.height);
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

export const writeMatrix = (matrix: Matrix): string => `matrix(${matrix.join(', ')})`;
