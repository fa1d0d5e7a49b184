import type { Planes } from '../planes.ts';
import { between, read } from './augmentation.ts';
import type { Augmentation, Draw, Parameters } from './augmentation.ts';
import { adjustBrightness, adjustContrast, adjustHue, adjustSaturation } from './tone.ts';

const LARGEST_HUE = 0.5;

/** Brightness, contrast, saturation and hue changed by chance, in an order that chance decides (torchvision's `ColorJitter`). */
export const colorJitter: Augmentation = {
  title: 'Color jitter',
  defaults: { brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.04 },
  severities: [0.05, 0.1, 0.2, 0.3, 0.5].map((reach) => ({
    ...{ brightness: reach, contrast: reach, saturation: reach, hue: reach / 5 },
  })),
  isDrawn: true,
  refuse: (parameters) => {
    if (Object.values(parameters).some((reach) => !(reach >= 0))) return 'none of its reaches is below 0';
    return read(parameters, 'hue') <= LARGEST_HUE ? undefined : `its hue reaches at most ${LARGEST_HUE}`;
  },
  alter: (planes, parameters, draw) => {
    const drawn = drawJitter(parameters, draw);
    const order = shuffle(changes, draw);
    const altered = order.reduce((changed, { name, adjust }) => adjust(changed, read(drawn, name)), planes);
    return { planes: altered, drawn };
  },
};

interface Change {
  readonly name: string;
  readonly adjust: (planes: Planes, by: number) => Planes;
}

const changes: readonly Change[] = [
  { name: 'brightness', adjust: adjustBrightness },
  { name: 'contrast', adjust: adjustContrast },
  { name: 'saturation', adjust: adjustSaturation },
  { name: 'hue', adjust: adjustHue },
];

/** Factors between 1 - reach (not below 0) and 1 + reach; the hue's turn between -reach and reach. */
function drawJitter(parameters: Parameters, draw: Draw): Parameters {
  const factor = (name: string): number => {
    const reach = read(parameters, name);
    return between(draw, Math.max(0, 1 - reach), 1 + reach);
  };
  const hue = read(parameters, 'hue');
  return {
    ...{ brightness: factor('brightness'), contrast: factor('contrast'), saturation: factor('saturation') },
    hue: between(draw, -hue, hue),
  };
}

/** Fisher and Yates. */
function shuffle<Item>(items: readonly Item[], draw: Draw): readonly Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(Math.floor(draw() * rest.length), 1));
}
