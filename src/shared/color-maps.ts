import { LightboxError } from './errors.ts';

/** How values become colors. */
export interface ColorMap {
  readonly name: string;
  /** Nodes in the language of `renderPalette`. */
  readonly source: string;
  /** `diverging`: two hues about a middle that stands for zero; `sequential`: one course from low to high. */
  readonly kind: 'diverging' | 'sequential';
}

const sources = {
  // Ours: blue and orange stay apart for every common kind of color blindness; lightness falls (or rises) evenly from
  // the neutral middle to both ends. 7f is where zero of a symmetric range falls, so both middle entries are neutral.
  'blue-orange': [
    'diverging',
    '0e3685,1d60bc,458fde,87bdee,c7e2f6,7f:f3f3f3,80:f3f3f3,f3dab6,e8a962,cd711f,9a490f,622b09',
  ],
  'blue-orange-dark': [
    'diverging',
    'a8ebfb,68ccf5,2b99e7,1860bc,13316d,7f:121212,80:121212,53270e,9a490f,da720d,faab3f,fadb90',
  ],
  amber: ['sequential', '0d0d0d,4f2611,924413,cf6a0a,f49f2e,fad280,fcf2cd'],
  // The field's own, by the names LRP papers and zennit use.
  gray: ['sequential', '000,fff'],
  wred: ['sequential', 'fff,f00'],
  wblue: ['sequential', 'fff,00f'],
  hot: ['sequential', '000,f00,ff0,fff'],
  cold: ['sequential', '000,00f,0ff'],
  coldnhot: ['diverging', '0ff,00f,80:000,f00,ff0,fff'],
  bwr: ['diverging', '00f,80:fff,f00'],
  france: ['diverging', '0055a4,80:fff,ef4135'],
  seismic: ['diverging', '0000d0,80:d0d0d0,d00000'],
  coolio: ['diverging', '00d0d0,80:d0d0d0,d000d0'],
  coleus: ['diverging', '00d000,80:d0d0d0,d000d0'],
} as const satisfies Readonly<Record<string, readonly [ColorMap['kind'], string]>>;

export type ColorMapName = keyof typeof sources;

/** The names of all built-in maps, the recommended ones first. */
export const colorMapNames = Object.keys(sources) as readonly ColorMapName[];

/** Signed relevance on a light ground. */
export const defaultColorMap: ColorMapName = 'blue-orange';
/** Signed relevance over or beside dark radiographs. */
export const darkColorMap: ColorMapName = 'blue-orange-dark';
/** Relevance that is never negative (ExcitationBackprop). */
export const positiveColorMap: ColorMapName = 'amber';

const isBuiltIn = (name: string): name is ColorMapName => Object.hasOwn(sources, name);

/** @throws LightboxError `request/invalid` listing the known names. */
export function getColorMap(name: string): ColorMap {
  if (!isBuiltIn(name)) {
    const known = colorMapNames.join(', ');
    throw new LightboxError('request/invalid', `There is no color map called '${name}'; known are ${known}.`);
  }
  const [kind, source] = sources[name];
  return { name, source, kind };
}
