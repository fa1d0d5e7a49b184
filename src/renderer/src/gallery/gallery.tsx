import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX, type KeyboardEvent } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import { useChoices } from '../choices.ts';
import { GalleryCell } from './gallery-cell.tsx';
import { moveInGrid } from './move-in-grid.ts';
import { useSamples, useTotal } from './use-samples.ts';

const cellWidth = 176;
const cellHeight = 214;

interface GalleryProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
}

/** Thumbnails of a list of any length: rows that are on the screen are the only ones there are. */
export function Gallery({ overview, list }: GalleryProps): JSX.Element {
  const total = useTotal(list) ?? 0;
  const read = useChoices((choices) => choices.read);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = Math.max(1, Math.floor(width / cellWidth));
  const rows = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => cellHeight,
    overscan: 2,
  });
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [list]);
  const shown = rows.getVirtualItems();
  const from = (shown[0]?.index ?? 0) * columns;
  const to = Math.min(total, ((shown.at(-1)?.index ?? 0) + 1) * columns);
  const samples = useSamples(list, from, to);
  const focus = (place: number): void => {
    rows.scrollToIndex(Math.floor(place / columns));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  };
  useFocusOnReturn(focus);
  const labels = overview.setups.find(({ id }) => id === list.prediction)?.labels ?? [];
  return (
    <div
      className="gallery"
      ref={scroller}
      role="grid"
      aria-label="Pictures"
      onKeyDown={onArrow({ columns, total, focus })}
    >
      <div ref={ref} style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start }) => (
          <div key={index} className="row" role="row" style={{ transform: `translateY(${start}px)` }}>
            {listPlaces(index, columns, total).map((place) => (
              <GalleryCell key={place} place={place} sample={samples.get(place)} labels={labels} onOpen={read} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Back from the reading view, the keyboard is at the picture that was read last. */
function useFocusOnReturn(focus: (place: number) => void): void {
  const open = useChoices((choices) => choices.open);
  const last = useRef(open);
  useEffect(() => {
    if (open === undefined && last.current !== undefined) focus(last.current);
    last.current = open;
  });
}

/** The places of a row of the grid. */
function listPlaces(row: number, columns: number, total: number): readonly number[] {
  return Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => row * columns + column);
}

interface Grid {
  readonly columns: number;
  readonly total: number;
  readonly focus: (place: number) => void;
}

function onArrow({ columns, total, focus }: Grid): (event: KeyboardEvent<HTMLDivElement>) => void {
  return (event) => {
    const place = Number((event.target as HTMLElement).dataset['place'] ?? NaN);
    const next = moveInGrid(event.key, { place, columns, total });
    if (next === undefined) return;
    event.preventDefault();
    focus(next);
  };
}
