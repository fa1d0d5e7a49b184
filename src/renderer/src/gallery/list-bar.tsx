import { Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import { Choice, SetupChoice } from './choice.tsx';
import { useChoices } from '../choices.ts';
import { useTotal } from './use-samples.ts';

interface ListBarProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
}

const judged = [
  { value: 'right', label: 'Right' },
  { value: 'wrong', label: 'Wrong' },
];

const sorts = [
  { value: 'path', label: 'By name' },
  { value: 'confidence', label: 'Least sure first' },
  { value: 'confidence-down', label: 'Surest first' },
  { value: 'sum-down', label: 'Most relevance first' },
];

/** What is listed: dataset, split, class, whose predictions and heatmaps, order, search. */
export function ListBar({ overview, list }: ListBarProps): JSX.Element {
  const choose = useChoices((choices) => choices.choose);
  const change: Change = (part) => {
    choose({ ...list, ...part });
  };
  return (
    <Group className="bar" gap="xs" wrap="wrap" component="header">
      <Text fw={650} size="md" component="h1">
        Relevance Lightbox
      </Text>
      <ScopeChoices {...{ overview, list, change }} />
      <ResultChoices {...{ overview, list, change }} />
      <OrderChoice {...{ list, change }} />
      <Search {...{ list, change }} />
      <Total list={list} />
    </Group>
  );
}

type Change = (part: Partial<SamplePageRequest>) => void;

interface PartProps extends ListBarProps {
  readonly change: Change;
}

function ScopeChoices({ overview, list, change }: PartProps): JSX.Element {
  const groups = overview.datasets.find(({ id }) => id === list.dataset)?.groups ?? [];
  const names = (part: 'split' | 'label'): string[] => [
    ...new Set(groups.map((group) => group[part]).filter((name) => name !== '')),
  ];
  return (
    <>
      <Choice
        label="Dataset"
        value={String(list.dataset)}
        data={overview.datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChoose={(value) => {
          if (value !== null) change({ dataset: Number(value), split: undefined, label: undefined, text: undefined });
        }}
      />
      <Choice
        label="Split"
        value={list.split ?? null}
        data={names('split')}
        onChoose={(value) => {
          change({ split: value ?? undefined });
        }}
      />
      <Choice
        label="Class"
        value={list.label ?? null}
        data={names('label')}
        onChoose={(value) => {
          change({ label: value ?? undefined });
        }}
      />
    </>
  );
}

function ResultChoices({ overview, list, change }: PartProps): JSX.Element {
  return (
    <>
      <SetupChoice
        {...{ kind: 'prediction', label: 'Predictions', overview, value: list.prediction }}
        onChoose={(prediction) => {
          change(prediction === undefined ? { prediction, correct: undefined, sort: undefined } : { prediction });
        }}
      />
      <SetupChoice
        {...{ kind: 'attribution', label: 'Heatmaps', overview, value: list.attribution }}
        onChoose={(attribution) => {
          change(attribution === undefined ? { attribution, sort: undefined } : { attribution });
        }}
      />
      {list.prediction !== undefined && (
        <Choice
          label="Judged"
          value={list.correct === undefined ? null : list.correct ? 'right' : 'wrong'}
          data={judged}
          onChoose={(value) => {
            change({ correct: value === null ? undefined : value === 'right' });
          }}
        />
      )}
    </>
  );
}

function OrderChoice({ list, change }: Omit<PartProps, 'overview'>): JSX.Element {
  return (
    <Choice
      label="Order"
      value={`${list.sort ?? 'path'}${list.descending ? '-down' : ''}`}
      data={sorts.filter(({ value }) => isPossible(value, list))}
      onChoose={(value) => {
        const [sort, down] = (value ?? 'path').split('-') as [SamplePageRequest['sort'], string?];
        change({ sort, descending: down !== undefined });
      }}
    />
  );
}

function Search({ list, change }: Omit<PartProps, 'overview'>): JSX.Element {
  const search = useDebouncedCallback((text: string) => {
    change({ text: text === '' ? undefined : text });
  }, 250);
  return (
    <TextInput
      {...{ size: 'xs', w: 138, placeholder: 'Search names', defaultValue: list.text ?? '' }}
      aria-label="Search names"
      onChange={(event) => {
        search(event.currentTarget.value);
      }}
    />
  );
}

function Total({ list }: { readonly list: SamplePageRequest }): JSX.Element {
  const total = useTotal(list);
  return (
    <Text size="sm" c="dark.2" data-testid="total" aria-live="polite">
      {total === undefined ? '' : `${total.toLocaleString('en')} ${total === 1 ? 'picture' : 'pictures'}`}
    </Text>
  );
}

function isPossible(sort: string, { prediction, attribution }: SamplePageRequest): boolean {
  if (sort.startsWith('confidence')) return prediction !== undefined;
  return sort.startsWith('sum') ? attribution !== undefined : true;
}
