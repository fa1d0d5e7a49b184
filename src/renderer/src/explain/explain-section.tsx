import { Button, Kbd, Select, Stack, Switch, Text } from '@mantine/core';
import type { JSX } from 'react';
import { compositeCautions } from '#shared/composite-cautions.ts';
import { compositeNames, type CompositeName } from '#shared/composite-names.ts';
import { describeColors } from '#shared/relevance-words.ts';
import { useView } from '../reading/view-state.ts';
import { CheckerRow } from './checker-row.tsx';
import { ExplanationBadge } from './explanation-badge.tsx';
import { useExplain, type TargetChoice } from './explain-state.ts';
import type { LayoutProps } from './layout-props.ts';
import { listTargets } from './resolve-question.ts';
import { nameClass, nameTarget } from './target-name.ts';
import { chooseComposite, chooseLayout, layouts } from './use-explain-actions.ts';
import type { Explaining } from './use-explaining.ts';

/** What is explained and how, beside the picture; each control does what its key does. */
export function ExplainSection(props: LayoutProps): JSX.Element {
  const { explaining, explanation } = props;
  const { overlay, change } = useView();
  const explain = useExplain();
  const { caution } = compositeCautions[explaining.composite];
  return (
    <Stack gap={8}>
      <LayoutKeys />
      {explain.layout === 'read' && (
        <Button
          {...{ size: 'xs', variant: overlay ? 'filled' : 'default' }}
          aria-pressed={overlay}
          onClick={() => {
            change({ overlay: !overlay });
          }}
        >
          Heatmap <Key name="O" />
        </Button>
      )}
      <Questions {...props} />
      {explain.layout !== 'seven' && (
        <>
          <Text size="xs" c="dark.1" data-testid="caution">
            {caution}
          </Text>
          <Text size="xs" c="dark.1">
            <ExplanationBadge explanation={explanation} sample={explaining.sample} />
          </Text>
          <Text size="xs" c="dark.2">
            {describeMap(props)}
          </Text>
          <CheckerRow explanation={explanation} />
        </>
      )}
      {explaining.subject.model.fault !== undefined && <p className="fault">{explaining.subject.model.fault}</p>}
      <Switch
        {...{ size: 'xs', label: 'Compute without asking', checked: explain.autoRun }}
        onChange={({ currentTarget: { checked } }) => {
          explain.change({ autoRun: checked });
        }}
      />
      {explain.layout !== 'read' && (
        <Switch
          {...{ size: 'xs', label: 'Linked (S)', checked: explain.linked }}
          onChange={({ currentTarget: { checked } }) => {
            explain.change({ linked: checked });
          }}
        />
      )}
    </Stack>
  );
}

function Key({ name }: { readonly name: string }): JSX.Element {
  return (
    <Kbd size="xs" mx={2}>
      {name}
    </Kbd>
  );
}

function LayoutKeys(): JSX.Element {
  const now = useExplain((state) => state.layout);
  return (
    <div className="layout-keys" role="group" aria-label="Layout">
      {layouts.map(({ name, title, key }) => (
        <Button
          key={name}
          {...{ size: 'compact-xs', variant: name === now ? 'light' : 'default' }}
          aria-pressed={name === now}
          onClick={() => {
            chooseLayout(name);
          }}
        >
          {title} <Key name={key} />
        </Button>
      ))}
    </div>
  );
}

function Questions({ explaining }: LayoutProps): JSX.Element {
  const { layout, change } = useExplain();
  const { models, composite, choice, place, subject, second } = explaining;
  const names = models.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      {layout !== 'seven' && (
        <Select
          {...{
            size: 'xs',
            label: 'Composite  ,  .',
            data: [...compositeNames],
            value: composite,
            allowDeselect: false,
          }}
          onChange={(value) => {
            if (value !== null) chooseComposite(value as CompositeName);
          }}
        />
      )}
      <Select
        {...{
          size: 'xs',
          label: 'Explains  T',
          data: listChoices(explaining),
          value: String(choice),
          allowDeselect: false,
        }}
        onChange={(value) => {
          const chosen = listTargets(place).find((one) => String(one) === value);
          if (chosen !== undefined) change({ target: chosen });
        }}
      />
      <Select
        {...{ size: 'xs', label: layout === 'models' ? 'Model A' : 'Model', data: names, allowDeselect: false }}
        value={String(subject.model.id)}
        onChange={(value) => {
          if (value !== null) change({ model: Number(value) });
        }}
      />
      {layout === 'models' && (
        <Select
          {...{ size: 'xs', label: 'Model B  X swaps', allowDeselect: false }}
          data={names.filter(({ value }) => value !== String(subject.model.id))}
          value={second ? String(second.model.id) : null}
          onChange={(value) => {
            if (value !== null) change({ second: Number(value) });
          }}
        />
      )}
    </>
  );
}

function listChoices({ place, choice, subject }: Explaining): { value: string; label: string }[] {
  const { labels } = subject.model;
  const predicted = place.predicted === undefined ? '' : `: ${nameClass(labels, place.predicted)}`;
  const name = (one: TargetChoice): string => {
    if (one === 'predicted') return `predicted${predicted}`;
    return one === 'label' ? `labelled: ${place.label ?? 'nothing'}` : nameClass(labels, one);
  };
  const choices = [...new Set([...listTargets(place), choice])];
  return choices.map((one) => ({ value: String(one), label: name(one) }));
}

function describeMap({ explaining, explanation: { attribution } }: LayoutProps): string {
  if (!attribution) return '';
  const { subject } = explaining;
  const target = nameTarget({ ...subject, target: attribution.target });
  const colors =
    attribution.turned === undefined
      ? 'Which color speaks for it is not known before there is a prediction of this model.'
      : describeColors(attribution.effect, target);
  return `Explains ${target}. ${colors} Colors show where the evidence lies, not how much there is.`;
}
