import type { Size } from '../resample.ts';
import { between, mapValues, read, wholeBetween } from './augmentation.ts';
import type { Augmentation, Draw, Parameters } from './augmentation.ts';

const TRIES = 10;
/** The sides' ratio lies between this and its inverse, evenly in its logarithm. */
const FLATTEST = 0.3;

/** A rectangle of a given share of the picture, of a ratio and at a place that chance decides, made black (torchvision's `RandomErasing`). */
export const erasing: Augmentation = {
  title: 'Erasing',
  defaults: { area: 0.05 },
  severities: [0.01, 0.02, 0.05, 0.1, 0.2].map((area) => ({ area })),
  isDrawn: true,
  refuse: (parameters) => {
    const area = read(parameters, 'area');
    return area > 0 && area < 1 ? undefined : 'its area is a share of the picture between 0 and 1';
  },
  alter: (planes, parameters, draw) => {
    const box = drawBox(planes, read(parameters, 'area'), draw);
    if (!box) return { reason: `no rectangle of that area was found inside the picture in ${TRIES} tries` };
    const kept = outsideOf(planes, box);
    return { planes: mapValues(planes, (value, at) => value * (kept[at % kept.length] ?? 0)), kept, drawn: box };
  },
};

function drawBox({ width, height }: Size, area: number, draw: Draw): Parameters | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const ratio = Math.exp(between(draw, Math.log(FLATTEST), -Math.log(FLATTEST)));
    const boxHeight = Math.round(Math.sqrt(area * width * height * ratio));
    const boxWidth = Math.round(Math.sqrt((area * width * height) / ratio));
    if (boxHeight >= height || boxWidth >= width || boxHeight < 1 || boxWidth < 1) continue;
    const top = wholeBetween(draw, 0, height - boxHeight);
    return { left: wholeBetween(draw, 0, width - boxWidth), top, width: boxWidth, height: boxHeight };
  }
  return undefined;
}

function outsideOf({ width, height }: Size, box: Parameters): Uint8Array {
  const [left, top] = [read(box, 'left'), read(box, 'top')];
  return new Uint8Array(width * height).map((_, pixel) => {
    const [x, y] = [(pixel % width) - left, Math.floor(pixel / width) - top];
    return x >= 0 && y >= 0 && x < read(box, 'width') && y < read(box, 'height') ? 0 : 1;
  });
}
