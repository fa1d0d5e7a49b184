import { create } from 'zustand';
import { changed } from '../ui/changed.ts';
import type { MarkKind } from '#shared/marks/mark-kinds.ts';
import type { MarkShape, Point } from '#shared/marks/mark-shape.ts';
import type { Size } from './edit-shape.ts';
import type { MarkContent, MarkKey } from './history.ts';

export type Tool = 'select' | 'rectangle' | 'ellipse' | 'polygon' | 'brush' | 'erase';

/** Where the pointer is on the picture. */
export interface Touch {
  readonly point: Point;
  /** Pixels of the picture under one pixel of the screen. */
  readonly pixel: number;
  readonly isShifted: boolean;
}

/** A pointer held down. */
export interface Drag {
  move(touch: Touch): void;
  end(): void;
}

/** What is being drawn, or is being made of a mark that is there. */
export interface Draft {
  readonly key: MarkKey | undefined;
  readonly shape: MarkShape;
}

interface MarkScope {
  /** Whether drawing keys and the pointer mark. */
  readonly on: boolean;
  readonly tool: Tool;
  readonly kind: MarkKind;
  /** Radius as a share of the picture's longer side, so that it is alike on pictures of all sizes. */
  readonly brush: number;
  readonly selected: MarkKey | undefined;
  readonly draft: Draft | undefined;
  /** What the pointer is doing as long as it is held down. */
  readonly drag: Drag | undefined;
  /** Vertices of a polygon that is not closed yet; none where none is begun. */
  readonly vertices: readonly Point[];
  /** Where the pointer is, while it draws. */
  readonly pointer: Point | undefined;
  /** A sentence on what just happened, or could not. */
  readonly notice: string | undefined;
  readonly clipboard: { readonly content: MarkContent; readonly picture: Size; readonly sample: number } | undefined;
  /** What was copied belongs on the next picture that is opened. */
  readonly pastesNext: boolean;
  readonly change: (part: Partial<Omit<MarkScope, 'change'>>) => void;
}

const brushes = { smallest: 0.002, largest: 0.2 } as const;

export const clampBrush = (share: number): number => Math.min(brushes.largest, Math.max(brushes.smallest, share));

/** Nothing is begun. */
export const atRest = {
  draft: undefined,
  drag: undefined,
  vertices: [],
  pointer: undefined,
  notice: undefined,
} as const;

export const useMarkScope = create<MarkScope>((set) => ({
  ...{ on: false, tool: 'rectangle', kind: 'marker', brush: 0.02, selected: undefined },
  ...{ ...atRest, clipboard: undefined, pastesNext: false },
  change: (part) => {
    set(changed(part));
  },
}));
