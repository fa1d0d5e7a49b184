import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { compositeNames } from '#shared/composite-names.ts';
import type { KeyName } from '../actions/key.ts';
import { useExplain, type TargetChoice } from './explain-state.ts';
import { KeyCap } from './key-cap.tsx';
import { listTargets } from './resolve-question.ts';
import { nameClass } from './target-name.ts';
import { chooseComposite, chooseTarget, scales } from './use-explain-actions.ts';
import type { Explaining } from './use-explaining.ts';

/** Composite, class, model or models, and the scale of what lies side by side. */
export function QuestionChoices({ explaining }: { readonly explaining: Explaining }): JSX.Element {
  const { layout, scale, change } = useExplain();
  const { composite, choice, place } = explaining;
  return (
    <>
      {layout !== 'seven' && (
        <Choice
          {...{ name: 'Composite', keys: ['Comma', 'Period'], value: composite }}
          choices={compositeNames.map((name) => ({ value: name, label: name }))}
          onChoose={(value) => {
            const chosen = compositeNames.find((name) => name === value);
            if (chosen) chooseComposite(chosen);
          }}
        />
      )}
      <Choice
        {...{ name: 'Explains', keys: ['T'], value: String(choice), choices: describeTargets(explaining) }}
        onChoose={(value) => {
          const chosen = listTargets(place).find((one) => String(one) === value);
          if (chosen !== undefined) chooseTarget(chosen);
        }}
      />
      <ModelChoices explaining={explaining} />
      {(layout === 'seven' || layout === 'models') && (
        <Choice
          {...{ name: 'Colors', value: scale, choices: scales }}
          onChoose={(value) => {
            const chosen = scales.find((one) => one.value === value);
            if (chosen) change({ scale: chosen.value });
          }}
        />
      )}
    </>
  );
}

function ModelChoices({ explaining: { models, subject, second } }: { readonly explaining: Explaining }): JSX.Element {
  const { layout, change } = useExplain();
  const isPair = layout === 'models';
  const names = models.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      <Choice
        {...{ name: isPair ? 'Model A' : 'Model', value: String(subject.model.id), choices: names }}
        onChoose={(value) => {
          change({ model: Number(value) });
        }}
      />
      {isPair && (
        <Choice
          {...{ name: 'Model B', keys: ['X'], value: second ? String(second.model.id) : '' }}
          choices={[
            ...(second ? [] : [{ value: '', label: 'none with this class' }]),
            ...names.filter(({ value }) => value !== String(subject.model.id)),
          ]}
          onChoose={(value) => {
            change({ second: Number(value) });
          }}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly keys?: readonly KeyName[];
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

function Choice({ name, keys = [], value, choices, onChoose }: ChoiceProps): JSX.Element {
  return (
    <NativeSelect
      {...{ size: 'xs', data: [...choices], value, 'aria-label': name }}
      label={
        <>
          {name}{' '}
          {keys.map((key) => (
            <KeyCap key={key} name={key} />
          ))}
        </>
      }
      onChange={({ currentTarget }) => {
        onChoose(currentTarget.value);
        // Keys belong to the picture again.
        currentTarget.blur();
      }}
    />
  );
}

function describeTargets({ place, choice, subject }: Explaining): { value: string; label: string }[] {
  const { labels } = subject.model;
  const predicted = place.predicted === undefined ? '' : `: ${nameClass(labels, place.predicted)}`;
  const name = (one: TargetChoice): string => {
    if (one === 'predicted') return `predicted${predicted}`;
    return one === 'label' ? `labelled: ${place.label ?? 'nothing'}` : nameClass(labels, one);
  };
  const choices = [...new Set([...listTargets(place), choice])];
  return choices.map((one) => ({ value: String(one), label: name(one) }));
}
