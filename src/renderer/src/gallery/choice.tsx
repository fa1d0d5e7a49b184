import { Select } from '@mantine/core';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly data: (string | { value: string; label: string })[];
  readonly onChoose: (value: string | null) => void;
}

export function Choice({ label, value, data, onChoose }: ChoiceProps): JSX.Element {
  return (
    <Select
      size="xs"
      w={138}
      aria-label={label}
      placeholder={label}
      clearable
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
  readonly value: number | undefined;
  readonly onChoose: (setup: number | undefined) => void;
}

/** A model and the settings it was run with. */
export function SetupChoice({ kind, label, overview, value, onChoose }: SetupChoiceProps): JSX.Element {
  const data = overview.setups
    .filter((setup) => setup.kind === kind)
    .map(({ id, model, composite, target }) => ({
      value: String(id),
      label: [model, composite, target].filter((part) => part !== '').join(' · '),
    }));
  return (
    <Choice
      label={label}
      value={value === undefined ? null : String(value)}
      data={data}
      onChoose={(chosen) => {
        onChoose(chosen === null ? undefined : Number(chosen));
      }}
    />
  );
}
