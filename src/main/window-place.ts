import { z } from 'zod';

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
});

/** Where a window stood when it was closed. */
export const windowPlaceSchema = z.object({
  bounds: boundsSchema,
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});

export type WindowPlace = z.infer<typeof windowPlaceSchema>;
type Bounds = z.infer<typeof boundsSchema>;

export interface DisplayPlace {
  readonly id: number;
  /** Without task bars, in the units of window bounds. */
  readonly workArea: Bounds;
}

export const smallest = { width: 900, height: 600 } as const;
const usual = { width: 1440, height: 900 } as const;

/** So much of a window's upper edge must be on a screen for a hand to take hold of it. */
const grip = { width: 120, height: 32 } as const;

/** Where a window stands now: where it stood, as far as a screen is still there to show it; else the usual size, wherever the system puts it. */
export function chooseBounds(
  kept: WindowPlace | undefined,
  displays: readonly DisplayPlace[],
): Partial<Bounds> & Pick<Bounds, 'width' | 'height'> {
  const home = kept && displays.find(({ workArea }) => isInReach(kept.bounds, workArea));
  if (!kept || !home) return usual;
  const { workArea } = home;
  const width = clamp(kept.bounds.width, smallest.width, workArea.width);
  return {
    // A window made smaller must not slip off the edge it hung over.
    x: clamp(kept.bounds.x, workArea.x + grip.width - width, workArea.x + workArea.width - grip.width),
    y: clamp(kept.bounds.y, workArea.y, workArea.y + workArea.height - grip.height),
    width,
    height: clamp(kept.bounds.height, smallest.height, workArea.height),
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function isInReach({ x, y, width }: Bounds, area: Bounds): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  const edge = y >= area.y - grip.height && y + grip.height <= area.y + area.height;
  return shown >= grip.width && edge;
}

/** The screen for the picture alone: one on which the window is not; the larger, the better. Undefined where there is but one. */
export function chooseSecondDisplay(window: Bounds, displays: readonly DisplayPlace[]): DisplayPlace | undefined {
  const center = { x: window.x + window.width / 2, y: window.y + window.height / 2 };
  const isElsewhere = ({ workArea: { x, y, width, height } }: DisplayPlace): boolean =>
    center.x < x || center.x >= x + width || center.y < y || center.y >= y + height;
  const size = ({ workArea }: DisplayPlace): number => workArea.width * workArea.height;
  return displays.filter(isElsewhere).toSorted((a, b) => size(b) - size(a))[0];
}
