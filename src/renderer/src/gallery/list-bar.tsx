import { Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { useChoices } from '../choices.ts';
import { latestOf } from '../latest-results.ts';
import { words } from '../ui/words.ts';
import { Choice, SetupChoice } from './choice.tsx';
import { withoutBlanks } from './filters.ts';
import { LookRow } from './look-row.tsx';
import { useTotal } from './use-samples.ts';

interface ListBarProps {
  readonly overview: Overview;
  readonly list: SampleList;
}

/** What is listed: dataset, whose predictions and heatmaps, order, search; and how it looks. */
export function ListBar({ overview, list }: ListBarProps): JSX.Element {
  const choose = useChoices((choices) => choices.choose);
  const change: Change = (part) => {
    choose(withoutBlanks({ ...list, ...part }));
  };
  return (
    <header className="bar">
      <Group gap="xs" wrap="wrap" className="bar-row">
        <Text fw={650} size="md" component="h1">
          {words.product}
        </Text>
        <Choice
          label={words.list.dataset}
          isNeeded
          value={String(list.dataset)}
          data={overview.datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChoose={(value) => {
            if (value !== null) choose(latestOf(overview, Number(value)));
          }}
        />
        <ResultChoices {...{ overview, list, change }} />
        <OrderChoice {...{ list, change }} />
        <Search {...{ list, change }} />
        <Total list={list} />
      </Group>
      <LookRow />
    </header>
  );
}

type Change = (part: Partial<SampleList>) => void;

interface PartProps extends ListBarProps {
  readonly change: Change;
}

function ResultChoices({ overview, list, change }: PartProps): JSX.Element {
  const blank = { predicted: undefined, correct: undefined, confidence: undefined };
  return (
    <>
      <SetupChoice
        {...{
          kind: 'prediction',
          label: words.list.predictions,
          overview,
          dataset: list.dataset,
          value: list.prediction,
        }}
        onChoose={(prediction) => {
          change(prediction === undefined ? { prediction, ...blank, sort: undefined } : { prediction });
        }}
      />
      <SetupChoice
        {...{
          kind: 'attribution',
          label: words.list.heatmaps,
          overview,
          dataset: list.dataset,
          value: list.attribution,
        }}
        onChoose={(attribution) => {
          change(attribution === undefined ? { attribution, heatmap: undefined, sort: undefined } : { attribution });
        }}
      />
    </>
  );
}

type SortName = keyof typeof words.list.sorts;

function OrderChoice({ list, change }: Omit<PartProps, 'overview'>): JSX.Element {
  const names = Object.keys(words.list.sorts) as readonly SortName[];
  return (
    <Choice
      label={words.list.order}
      isNeeded
      width={158}
      value={`${list.sort ?? (list.queue === undefined ? 'path' : 'place')}${list.descending ? '-down' : ''}`}
      data={names
        .filter((name) => isPossible(name, list))
        .map((name) => ({ value: name, label: words.list.sorts[name] }))}
      onChoose={(value) => {
        const [sort, down] = (value ?? 'path').split('-') as [SampleList['sort'], string?];
        change({ sort: sort === 'place' ? undefined : sort, descending: down === undefined ? undefined : true });
      }}
    />
  );
}

function isPossible(sort: SortName, { prediction, attribution, queue, firstReading }: SampleList): boolean {
  if (sort === 'place') return queue !== undefined;
  if (firstReading) return sort === 'path' && queue === undefined;
  if (sort === 'path') return true;
  return (sort.startsWith('sum') ? attribution : prediction) !== undefined;
}

function Search({ list, change }: Omit<PartProps, 'overview'>): JSX.Element {
  const search = useDebouncedCallback((text: string) => {
    change({ text: text === '' ? undefined : text });
  }, 250);
  const input = useRef<HTMLInputElement>(null);
  const { text = '' } = list;
  // Filters can be cleared elsewhere; what is being typed is left alone.
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = text;
  }, [text]);
  return (
    <TextInput
      {...{ ref: input, size: 'xs', w: 124, placeholder: words.list.search, defaultValue: text, 'data-search': true }}
      aria-label={words.list.search}
      onChange={(event) => {
        search(event.currentTarget.value);
      }}
    />
  );
}

function Total({ list }: { readonly list: SampleList }): JSX.Element {
  const total = useTotal(list);
  return (
    <Text size="sm" className="quiet" data-testid="total" aria-live="polite">
      {total === undefined ? '' : words.list.pictures(total)}
    </Text>
  );
}
