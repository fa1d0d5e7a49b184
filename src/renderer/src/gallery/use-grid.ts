import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type RefObject } from 'react';
import { useGalleryLook } from './gallery-look.ts';
import { useSelection } from './selection.ts';

/** Below the picture: two lines of text. */
const captionHeight = 38;

export interface Grid {
  /** Of what scrolls, and of what it is as wide as. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: (element: HTMLElement | null) => void;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly onScreen: number;
  /** Of all rows, in pixels. */
  readonly height: number;
  /** The rows there are, and where they begin. */
  readonly shown: readonly { readonly index: number; readonly start: number }[];
  /** Places of the list, the second exclusive. */
  readonly range: readonly [from: number, to: number];
  readonly isReady: boolean;
  readonly focus: (place: number) => void;
}

/** As many columns as fit, and the rows that are on the screen. */
export function useGrid(total: number): Grid {
  const { size, captions } = useGalleryLook();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: content, width } = useElementSize();
  const columns = Math.max(1, Math.floor(width / size));
  const rowHeight = size + (captions ? captionHeight : 0);
  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    ...{ overscan: 3, useFlushSync: false },
  });
  useEffect(() => {
    rows.measure();
  }, [rows, rowHeight]);
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  const wanted = useRef<number>(undefined);
  const takeFocus = (): void => {
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-place="${wanted.current ?? ''}"]`);
    if (!cell) return;
    wanted.current = undefined;
    cell.focus({ preventScroll: true });
  };
  // A row that was far away is there one rendering later.
  useEffect(takeFocus);
  const focus = (place: number): void => {
    wanted.current = place;
    rows.scrollToIndex(Math.floor(place / columns));
    useSelection.getState().goTo(place);
    takeFocus();
  };
  return {
    ...{ scroller, content, columns, shown, focus, height: rows.getTotalSize(), isReady: width > 0 },
    onScreen: Math.max(1, Math.floor((rows.scrollRect?.height ?? 0) / rowHeight)),
    range: [first * columns, Math.min(total, (last + 1) * columns)],
  };
}
