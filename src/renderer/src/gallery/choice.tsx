import { Select } from '@mantine/core';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly data: (string | { value: string; label: string })[];
  readonly onChoose: (value: string | null) => void;
  /** In pixels. */
  readonly width?: number | undefined;
  /** Whether there may be no choice. */
  readonly isNeeded?: boolean | undefined;
}

export function Choice({ label, value, data, onChoose, width = 138, isNeeded = false }: ChoiceProps): JSX.Element {
  return (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      placeholder={label}
      clearable={!isNeeded}
      allowDeselect={!isNeeded}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      value={value}
      data={data}
      onChange={onChoose}
    />
  );
}

interface SetupChoiceProps {
  readonly kind: 'prediction' | 'attribution';
  readonly label: string;
  readonly overview: Overview;
  /** The dataset whose results there are to choose from. */
  readonly dataset: number;
  readonly value: number | undefined;
  readonly onChoose: (setup: number | undefined) => void;
}

/** A model and the settings it was run with. */
export function SetupChoice({ kind, label, overview, dataset, value, onChoose }: SetupChoiceProps): JSX.Element {
  const data = overview.setups
    .filter((setup) => setup.kind === kind && (setup.datasets.includes(dataset) || setup.id === value))
    .map(({ id, model, composite, target }) => ({
      value: String(id),
      label: [model, composite, target].filter((part) => part !== '').join(' · '),
    }));
  return (
    <Choice
      width={196}
      label={label}
      value={value === undefined ? null : String(value)}
      data={data}
      onChoose={(chosen) => {
        onChoose(chosen === null ? undefined : Number(chosen));
      }}
    />
  );
}
