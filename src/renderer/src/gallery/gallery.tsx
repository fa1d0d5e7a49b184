import { Button, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';
import { hasFilters, withoutFilters } from './filters.ts';
import { GalleryCell, type CellChoice } from './gallery-cell.tsx';
import { useGalleryLook } from './gallery-look.ts';
import { useSelection } from './selection.ts';
import { useGalleryActions, type GridPlace } from './use-gallery-actions.ts';
import { useSamples, useTotal } from './use-samples.ts';

/** Below the picture: two lines of text, and the room between two rows. */
const captionHeight = 38;
const gap = 8;

interface GalleryProps {
  readonly overview: Overview;
  readonly list: SampleList;
}

/** Thumbnails of a list of any length: rows that are on the screen are the only ones there are. */
export function Gallery({ overview, list }: GalleryProps): JSX.Element {
  const total = useTotal(list);
  const { size, captions, maps } = useGalleryLook();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = Math.max(1, Math.floor(width / size));
  const height = size - gap + gap + (captions ? captionHeight : 0);
  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil((total ?? 0) / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 3,
    useFlushSync: false,
  });
  useEffect(() => {
    rows.measure();
  }, [rows, height]);
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  const samples = useSamples(list, first * columns, Math.min(total ?? 0, (last + 1) * columns));
  const { ids, primary } = useSelection();
  const onChoose = useCellChoice(list);
  const focus = (place: number): void => {
    rows.scrollToIndex(Math.floor(place / columns));
    useSelection.getState().goTo(place);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus());
  };
  const onScreen = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height));
  const grid = { columns, rows: onScreen, total: total ?? 0, focus };
  useListChange(list, () => scroller.current?.scrollTo({ top: 0 }));
  useFocusOnReturn(columns > 0 && width > 0 && total !== undefined ? focus : undefined);
  const labels = overview.setups.find(({ id }) => id === list.prediction)?.labels ?? noLabels;
  const stop = primary >= first * columns && primary < (last + 1) * columns ? primary : first * columns;
  return (
    <div
      className="gallery"
      ref={scroller}
      role="grid"
      aria-label="Pictures"
      aria-multiselectable
      aria-rowcount={Math.ceil((total ?? 0) / columns)}
      data-selecting={ids.size > 0}
      onFocus={(event) => {
        const place = Number(event.target.dataset['place'] ?? NaN);
        if (!Number.isNaN(place)) useSelection.getState().goTo(place);
      }}
    >
      <GalleryKeys grid={grid} samples={samples} onChoose={onChoose} list={list} />
      <div ref={ref} role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start }) => (
          <div
            key={index}
            className="row"
            role="row"
            aria-rowindex={index + 1}
            style={{ transform: `translateY(${start}px)`, '--cell': `${size - gap}px` } as React.CSSProperties}
          >
            {listPlaces(index, columns, total ?? 0).map((place) => {
              const sample = samples.get(place);
              const isSelected = sample !== undefined && ids.has(sample.id);
              return (
                <GalleryCell
                  key={place}
                  {...{ place, sample, labels, captions, maps, isSelected, isStop: place === stop, onChoose }}
                />
              );
            })}
          </div>
        ))}
      </div>
      {total === 0 && <NothingFits list={list} />}
    </div>
  );
}

const noLabels: readonly string[] = [];

/** Opens or selects. While something is selected, a plain click selects too, and a double click opens. */
function useCellChoice(list: SampleList): (choice: CellChoice) => void {
  const read = useChoices((choices) => choices.read);
  return useCallback(
    ({ place, id, how }) => {
      const selection = useSelection.getState();
      if (how === 'range') void selectUpTo(list, place);
      else if (how === 'open') {
        selection.goTo(place);
        read(place);
      } else if (id !== undefined) selection.toggle(id, place);
    },
    [list, read],
  );
}

/** Everything between the last one selected and a place, whether it is loaded or not. */
async function selectUpTo(list: SampleList, place: number): Promise<void> {
  const { anchor, primary, addAll, goTo } = useSelection.getState();
  const from = anchor ?? primary;
  goTo(place);
  if (anchor === undefined) useSelection.setState({ anchor: from });
  try {
    addAll(await client.samples.ids({ list, from: Math.min(from, place), to: Math.max(from, place) + 1 }));
  } catch (cause) {
    tellFault(cause);
  }
}

interface GalleryKeysProps {
  readonly grid: Pick<GridPlace, 'columns' | 'rows' | 'total' | 'focus'>;
  readonly list: SampleList;
  readonly samples: ReturnType<typeof useSamples>;
  readonly onChoose: (choice: CellChoice) => void;
}

function GalleryKeys(props: GalleryKeysProps): JSX.Element | null {
  const open = useChoices((choices) => choices.open);
  return open === undefined ? <ActiveGalleryKeys {...props} /> : null;
}

function ActiveGalleryKeys({ grid, list, samples, onChoose }: GalleryKeysProps): null {
  const choose = (how: CellChoice['how']) => (place: number) => {
    onChoose({ place, id: samples.get(place)?.id, how });
  };
  useGalleryActions({
    ...grid,
    ...{ open: choose('open'), toggle: choose('toggle') },
    reach: (place) => {
      choose('range')(place);
      grid.focus(place);
    },
    selectAll: () => {
      client.samples.ids({ list }).then(useSelection.getState().replace, tellFault);
    },
  });
  return null;
}

function NothingFits({ list }: { readonly list: SampleList }): JSX.Element | null {
  const choose = useChoices((choices) => choices.choose);
  if (!hasFilters(list)) return null;
  return (
    <Stack gap={4} p="lg" align="flex-start">
      <Text>{words.list.none}</Text>
      <Text size="sm" className="quiet">
        {words.list.noneAdvice}
      </Text>
      <Button
        {...{ size: 'xs', variant: 'default', mt: 8 }}
        onClick={() => {
          choose(withoutFilters(list));
        }}
      >
        {words.list.clear}
      </Button>
    </Stack>
  );
}

/** Another list begins at its first picture; the one a session was left with does not. */
function useListChange(list: SampleList, onChange: () => void): void {
  const last = useRef(list);
  useEffect(() => {
    if (last.current === list) return;
    last.current = list;
    useSelection.getState().goTo(0);
    onChange();
  });
}

/** Back from the reading view, and in a window that is opened again, the keyboard is at the picture that was read last. */
function useFocusOnReturn(focus: ((place: number) => void) | undefined): void {
  const open = useChoices((choices) => choices.open);
  const last = useRef(open ?? (useSelection.getState().primary || undefined));
  useEffect(() => {
    if (!focus) return;
    if (open === undefined && last.current !== undefined) focus(last.current);
    last.current = open;
  });
}

/** The places of a row of the grid. */
function listPlaces(row: number, columns: number, total: number): readonly number[] {
  return Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => row * columns + column);
}
