import { create } from 'zustand';
import { colorMapNames, type ColorMapName } from '#shared/color-maps.ts';

/** How a heatmap is drawn over a picture. Each kind of heatmap owns its look, and keeps it from picture to picture. */
export interface OverlayLook {
  /** 0 to 1. */
  readonly opacity: number;
  /** Share of the map's values, the weakest, that are left out: 0 to 0.99. */
  readonly threshold: number;
  readonly colorMap: ColorMapName | 'automatic';
  /** What the ends of the colors stand for: the strongest value of the map, of all maps shown of the picture, or a number. */
  readonly range: 'picture' | 'case' | 'fixed';
  readonly fixed: number;
  /** Opacity follows magnitude, or is the same everywhere. */
  readonly mode: 'by-strength' | 'constant';
  readonly sampling: Sampling;
}

export type Sampling = 'automatic' | 'smooth' | 'pixelated';

/** Which heatmap a look belongs to: the setup it was made with. */
export type OverlayKey = string;

export const plainLook: OverlayLook = {
  ...{ opacity: 1, threshold: 0, colorMap: 'automatic', range: 'picture', fixed: 1, mode: 'by-strength' },
  sampling: 'automatic',
};

interface OverlayLooks {
  readonly looks: Readonly<Record<OverlayKey, OverlayLook>>;
  /** Whose look keys and wheel change: the heatmap last pointed at. */
  readonly active: OverlayKey | undefined;
  readonly activate: (key: OverlayKey) => void;
  readonly change: (key: OverlayKey, part: Partial<OverlayLook>) => void;
}

export const useOverlayLooks = create<OverlayLooks>((set) => ({
  looks: {},
  active: undefined,
  activate: (active) => {
    set({ active });
  },
  change: (key, part) => {
    set(({ looks }) => ({ looks: { ...looks, [key]: { ...(looks[key] ?? plainLook), ...part } } }));
  },
}));

export const useOverlayLook = (key: OverlayKey | undefined): OverlayLook =>
  useOverlayLooks(({ looks }) => looks[key ?? ''] ?? plainLook);

/** Changes the look of the heatmap last pointed at. */
export function changeActiveLook(part: (look: OverlayLook) => Partial<OverlayLook>): void {
  const { active, looks, change } = useOverlayLooks.getState();
  if (active !== undefined) change(active, part(looks[active] ?? plainLook));
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Number(value.toFixed(4))));

export const fade =
  (by: number) =>
  ({ opacity }: OverlayLook): Partial<OverlayLook> => ({ opacity: clamp(opacity + by, 1) });

export const cut =
  (by: number) =>
  ({ threshold }: OverlayLook): Partial<OverlayLook> => ({ threshold: clamp(threshold + by, 0.99) });

export const colorMapChoices: readonly OverlayLook['colorMap'][] = ['automatic', ...colorMapNames];

export const nextColorMap = ({ colorMap }: OverlayLook): Partial<OverlayLook> => {
  const at = colorMapChoices.indexOf(colorMap);
  return { colorMap: colorMapChoices[(at + 1) % colorMapChoices.length] ?? 'automatic' };
};
