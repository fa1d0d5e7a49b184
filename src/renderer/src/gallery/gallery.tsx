import { Button, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';
import { hasFilters, withoutFilters } from './filters.ts';
import type { CellChoice } from './gallery-cell.tsx';
import { GalleryKeys } from './gallery-keys.tsx';
import { GalleryRow } from './gallery-row.tsx';
import { useSelection } from './selection.ts';
import { useGrid } from './use-grid.ts';
import { useSamples, useTotal } from './use-samples.ts';
import './gallery.css';

interface GalleryProps {
  readonly overview: Overview;
  readonly list: SampleList;
}

/** Thumbnails of a list of any length: rows that are on the screen are the only ones there are. */
export function Gallery({ overview, list }: GalleryProps): JSX.Element {
  const known = useTotal(list);
  const total = known ?? 0;
  const grid = useGrid(total);
  const { columns, scroller, content, range, shown, focus } = grid;
  const samples = useSamples(list, ...range);
  const selected = useSelection((selection) => selection.ids.size);
  const onChoose = useCellChoice(list);
  useListChange(list, () => scroller.current?.scrollTo({ top: 0 }));
  useFocusOnReturn(grid.isReady && known !== undefined ? focus : undefined);
  const labels = overview.setups.find(({ id }) => id === list.prediction)?.labels ?? noLabels;
  return (
    <div
      className="gallery"
      ref={scroller}
      role="grid"
      aria-label="Pictures"
      aria-multiselectable
      aria-rowcount={Math.ceil(total / columns)}
      data-selecting={selected > 0}
      onFocus={(event) => {
        const place = Number(event.target.dataset['place'] ?? NaN);
        if (!Number.isNaN(place)) useSelection.getState().goTo(place);
      }}
    >
      <GalleryKeys grid={{ columns, rows: grid.onScreen, total, focus }} {...{ samples, onChoose, list }} />
      <div ref={content} role="presentation" style={{ height: grid.height, position: 'relative' }}>
        {shown.map(({ index, start }) => (
          <GalleryRow
            key={index}
            {...{ index, start, samples, labels, onChoose }}
            places={listPlaces(index, columns, total)}
            range={range}
          />
        ))}
      </div>
      {known === 0 && <NothingFits list={list} />}
    </div>
  );
}

const noLabels: readonly string[] = [];

/** Opens or selects. */
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
