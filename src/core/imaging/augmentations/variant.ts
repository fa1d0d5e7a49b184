import { createRandomWords } from '#shared/random-words.ts';
import type { Planes } from '../planes.ts';
import { isImpossible } from './augmentation.ts';
import type { Altered, Draw, Impossible, Parameters } from './augmentation.ts';
import { addNoise, rootMeanSquare } from './noise.ts';
import { getAugmentation } from './table.ts';
import type { AugmentationName } from './table.ts';
import { carryBack } from './warp.ts';
import type { CarriedMap } from './warp.ts';

/** An augmentation with everything settled. Two that are equal change a picture alike, on every machine. */
export interface Variant {
  readonly augmentation: AugmentationName;
  /** All of the augmentation's parameters. */
  readonly parameters: Parameters;
  /** What chance is drawn from; undefined where there is none. */
  readonly seed?: number;
  /** 1 to 5 where the parameters are a step of the augmentation's severities. */
  readonly severity?: number;
  /** Noise whose strength is that of another variant, its control. */
  readonly like?: Variant;
}

/** Name, parameters and seed: `blur:kernel=13:sigma=2`, `erasing:area=0.05#1`, `noise=blur:kernel=13:sigma=2#1`. */
export function variantId(variant: Variant): string {
  const { augmentation, parameters, like, seed } = variant;
  const own = Object.entries(parameters).map(([name, value]) => `:${name}=${value}`);
  const what = like ? `${augmentation}=${variantId(like)}` : `${augmentation}${own.join('')}`;
  return seed === undefined ? what : `${what}#${seed}`;
}

/** For headings: `Gaussian blur`, and `kernel 13, sigma 2`. */
export function variantTitle({ augmentation, parameters, like }: Variant): { title: string; note: string } {
  if (like) return { title: 'Noise', note: `as strong as ${getAugmentation(like.augmentation).title.toLowerCase()}` };
  const note = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  return { title: getAugmentation(augmentation).title, note: note.join(', ') };
}

/**
 * The picture changed. Chance depends on the variant and the picture alone, so that pictures of a dataset draw differently and each the
 * same again.
 * @param pictureKey what the picture is told apart by: its SHA-256.
 */
export function alterPlanes(planes: Planes, variant: Variant, pictureKey: string): Altered | Impossible {
  const { augmentation, parameters, like } = variant;
  const draw = createDraw(`${variantId(variant)} ${pictureKey}`);
  if (!like) return getAugmentation(augmentation).alter(planes, parameters, draw);
  const other = alterPlanes(planes, like, pictureKey);
  if (isImpossible(other)) return other;
  return addNoise(planes, rootMeanSquare(planes, other.planes), draw);
}

function createDraw(seedText: string): Draw {
  const word = createRandomWords(seedText);
  return () => word() / 2 ** 32;
}

/** A map of the changed picture on the grid of the unchanged one, with the places where both can be compared. */
export function carryMap(values: Float32Array, { planes: { width, height }, warp, kept }: Altered): CarriedMap {
  const map = { width, height, values };
  const carried = warp ? carryBack(map, warp) : { ...map, values, valid: new Uint8Array(values.length).fill(1) };
  if (!kept) return carried;
  return { ...carried, valid: carried.valid.map((valid, pixel) => valid * (kept[pixel] ?? 0)) };
}
