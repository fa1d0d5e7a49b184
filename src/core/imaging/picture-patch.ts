import { toDisplayBytes } from './display-grey.ts';
import { sampleHeatmap } from './heatmap-sampler.ts';
import type { Heatmap } from './heatmap.ts';
import { toGrey } from './luma.ts';
import type { Region } from './model-view.ts';
import { coverGrey, scaleRegion, type ScaledStyle } from './overlay.ts';
import type { Picture } from './picture.ts';
import { cubic } from './resample-weights.ts';
import { resizeBytes, type Raster, type Size } from './resample.ts';

/** A part of a picture to be shown by what a map says about it. */
export interface PatchPlan {
  readonly picture: Picture;
  readonly map: Heatmap;
  /** The part of the picture that the map covers, in the picture's pixels (see computeModelView). */
  readonly region: Region;
  /** The part that is shown, in the map's pixels. */
  readonly box: Region;
}

/** `masked`: what the map has at most at the threshold is dimmed. `heatmap`: the map's colors lie over the picture in grey. */
export type PatchLook =
  | { readonly kind: 'masked'; readonly threshold: number; readonly brightness: number }
  | { readonly kind: 'heatmap'; readonly style: ScaledStyle };

/** The longest side a patch is kept with, in pixels. */
const LONGEST_SIDE = 400;

/** The shown part as an 8-bit picture, no larger than in the original. What is not masked is spread over its own range of brightness. */
export function renderPatch({ picture, map, region, box }: PatchPlan, look: PatchLook): Picture {
  const part = placeBox({ map, region, box }, picture);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(part.width, part.height));
  const size = scaleSize(part, scale);
  const shown = resizeBytes(cutOut(toDisplay(picture, look.kind === 'heatmap'), part), size, cubic);
  const covered = scaleRegion({ ...region, left: region.left - part.left, top: region.top - part.top }, part, size);
  const smoothing = look.kind === 'masked' ? 'smooth' : 'auto';
  const values = sampleHeatmap(map, { size, region: covered, smoothing });
  if (look.kind === 'heatmap') return toPicture(picture, cover(shown, values, look.style));
  return toPicture(picture, mask(shown, values, look));
}

/** The whole picture as 8 bits, no larger than a side. */
export function renderWhole(picture: Picture, side: number): Picture {
  const size = scaleSize(picture, Math.min(1, side / Math.max(picture.width, picture.height)));
  return toPicture(picture, resizeBytes(toDisplay(picture, false), size, cubic));
}

/** A box of a map in whole pixels of the picture, at least one, inside it. */
export function placeBox({ map, region, box }: Pick<PatchPlan, 'map' | 'region' | 'box'>, picture: Size): Region {
  const [x, y] = [region.width / map.width, region.height / map.height];
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const left = clamp(Math.floor(region.left + box.left * x), picture.width - 1);
  const top = clamp(Math.floor(region.top + box.top * y), picture.height - 1);
  const right = clamp(Math.ceil(region.left + (box.left + box.width) * x), picture.width);
  const bottom = clamp(Math.ceil(region.top + (box.top + box.height) * y), picture.height);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

const scaleSize = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

function toDisplay(picture: Picture, asGrey: boolean): Raster<Uint8Array> {
  const { samples } = asGrey && picture.channels === 3 ? toGrey(picture) : picture;
  const { width, height } = picture;
  return { width, height, channels: asGrey ? 1 : picture.channels, samples: toDisplayBytes(samples) };
}

function cutOut({ width, channels, samples }: Raster<Uint8Array>, part: Region): Raster<Uint8Array> {
  const row = part.width * channels;
  const cut = new Uint8Array(part.height * row);
  for (let y = 0; y < part.height; y++) {
    const from = ((part.top + y) * width + part.left) * channels;
    cut.set(samples.subarray(from, from + row), y * row);
  }
  return { width: part.width, height: part.height, channels, samples: cut };
}

function mask(
  shown: Raster<Uint8Array>,
  values: Float32Array,
  { threshold, brightness }: { readonly threshold: number; readonly brightness: number },
): Raster<Uint8Array> {
  const isSeen = (at: number): boolean => (values[Math.floor(at / shown.channels)] ?? NaN) > threshold;
  let [low, high] = [255, 0];
  shown.samples.forEach((level, at) => {
    if (isSeen(at)) [low, high] = [Math.min(low, level), Math.max(high, level)];
  });
  const scale = high > low ? 255 / (high - low) : 1;
  const offset = high > low ? low : 0;
  const samples = shown.samples.map((level, at) =>
    Math.round(isSeen(at) ? (level - offset) * scale : level * brightness),
  );
  return { ...shown, samples };
}

function cover(shown: Raster<Uint8Array>, values: Float32Array, style: ScaledStyle): Raster<Uint8Array> {
  const { width, height, rgb } = coverGrey(shown, values, style);
  return { width, height, channels: 3, samples: rgb };
}

const toPicture = ({ format, sha256 }: Picture, { width, height, channels, samples }: Raster<Uint8Array>): Picture => ({
  ...{ width, height, channels: channels === 3 ? 3 : 1, depth: 8, samples, format, sha256 },
  warnings: [],
});
