import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFontMetrics } from './font-metrics.ts';
import type { FontMetrics } from './font-metrics.ts';

const require = createRequire(import.meta.url);

/** The fonts that figures are set in; they come with the product, whatever the machine has. */
export const fontFiles = {
  normal: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

export type FontWeight = keyof typeof fontFiles;

export const fontFamily = 'DejaVu Sans';

/** Where an SVG is shown without that font, Verdana is drawn to nearly the same widths. */
export const fontFamilies = `${fontFamily}, Verdana, sans-serif`;

const loaded = new Map<FontWeight, FontMetrics>();

export function getFontMetrics(weight: FontWeight): FontMetrics {
  const known = loaded.get(weight) ?? readFontMetrics(readFileSync(fontFiles[weight]));
  loaded.set(weight, known);
  return known;
}
