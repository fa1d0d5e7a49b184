import { getColorMap } from '#shared/color-maps.ts';
import { renderPalette } from '#shared/color-maps-language.ts';
import { figureTheme } from '#core/imaging/index.ts';
import type { Color } from '#core/imaging/index.ts';
import type { TextLook } from './set-text.ts';

/** `print`: white, for papers; `dark`: the reading room of the heatmap figures. */
export type FigureThemeName = 'print' | 'dark';

/** The colors of a figure, as `#rrggbb`. */
export interface FigureLook {
  readonly ground: string;
  /** Frames and grid. */
  readonly hairline: string;
  /** Axes and their ticks. */
  readonly axis: string;
  readonly title: TextLook;
  readonly heading: TextLook;
  readonly text: TextLook;
  readonly strong: TextLook;
  readonly quiet: TextLook;
  /** For lines that must be told apart, also with a color vision deficiency. */
  readonly series: readonly string[];
  /** 0..1 to a color, from the ground's shade to a strong one. */
  readonly shade: (share: number) => string;
  /** Pixels about the content, and between its parts. */
  readonly margin: number;
  readonly gap: number;
}

export const figureSizes = { title: 17, heading: 13, text: 12, small: 11 } as const;

/** What a figure is measured for: `screen` in pixels, `paper` to be printed at its width, where a pixel is 1/96 inch: text of 9, 8, 7 and 6 points. */
export type FigureMedium = 'screen' | 'paper';

const media = {
  screen: { sizes: figureSizes, margin: figureTheme.margin, gap: figureTheme.gap },
  paper: { sizes: { title: 12, heading: 32 / 3, text: 28 / 3, small: 8 }, margin: 4, gap: 8 },
} as const;

interface LookColors {
  readonly ground: string;
  readonly hairline: string;
  readonly axis: string;
  readonly title: string;
  readonly text: string;
  readonly quiet: string;
  readonly series: readonly string[];
  readonly shades: 'blue-orange' | 'blue-orange-dark';
}

const hexOf = (color: Color): string => `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

const colors: Readonly<Record<FigureThemeName, LookColors>> = {
  print: {
    ground: '#ffffff',
    hairline: '#dde1e6',
    axis: '#5c646e',
    title: '#14161a',
    text: '#2c3138',
    quiet: '#5c646e',
    series: ['#1d60bc', '#d9730d', '#14161a', '#27a08a', '#7a1f4b'],
    shades: 'blue-orange',
  },
  dark: {
    ground: hexOf(figureTheme.ground),
    hairline: hexOf(figureTheme.hairline),
    axis: hexOf(figureTheme.quiet),
    title: hexOf(figureTheme.title),
    text: hexOf(figureTheme.text),
    quiet: '#939ba6',
    series: ['#3d8fe6', '#fab04a', '#f3f3f3', '#5fd0c0', '#d0402f'],
    shades: 'blue-orange-dark',
  },
};

export function createLook(theme: FigureThemeName, medium: FigureMedium = 'screen'): FigureLook {
  const { title, text, quiet, shades, ...rest } = colors[theme];
  const { sizes, margin, gap } = media[medium];
  return {
    ...rest,
    ...{ margin, gap },
    title: { size: sizes.title, color: title, weight: 'bold' },
    heading: { size: sizes.heading, color: title, weight: 'bold' },
    text: { size: sizes.text, color: text },
    strong: { size: sizes.text, color: title, weight: 'bold' },
    quiet: { size: sizes.small, color: quiet },
    shade: createShade(shades),
  };
}

/** The blue half of the product's own diverging color map: from its neutral middle outwards. */
function createShade(name: LookColors['shades']): (share: number) => string {
  const palette = renderPalette(getColorMap(name).source);
  return (share) => {
    const entry = Math.round(127 * (1 - Math.min(1, Math.max(0, share)))) * 3;
    return hexOf([palette[entry] ?? 0, palette[entry + 1] ?? 0, palette[entry + 2] ?? 0]);
  };
}

const dashes = [undefined, '7 3', '2 2.5', '9 3 2 3'] as const;

export interface SeriesStyle {
  readonly color: string;
  /** `stroke-dasharray`; undefined is a solid line. */
  readonly dash: string | undefined;
}

/** Colors first, then the same colors in other dashes: twenty that differ. */
export function seriesStyle({ series }: FigureLook, index: number): SeriesStyle {
  const round = Math.trunc(index / series.length) % dashes.length;
  return { color: series[index % series.length] ?? '', dash: dashes[round] };
}

/** Relative luminance by WCAG 2.2, 0 to 1. */
export function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [light, dark] = [Math.max(luminanceOf(a), luminanceOf(b)), Math.min(luminanceOf(a), luminanceOf(b))];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white ink, whichever stands out more. */
export const inkOn = (ground: string): string =>
  contrastOf('#ffffff', ground) > contrastOf('#000000', ground) ? '#ffffff' : '#000000';
