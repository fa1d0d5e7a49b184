import { Button, Stack, Switch, Text } from '@mantine/core';
import type { JSX } from 'react';
import { compositeCautions } from '#shared/composite-cautions.ts';
import type { CompositeName } from '#shared/composite-names.ts';
import { describeColors } from '#shared/relevance-words.ts';
import { useView } from '../reading/view-state.ts';
import { QualitySection } from '../robustness/quality-section.tsx';
import { useStress } from '../robustness/stress-state.ts';
import { toggleStrip } from '../robustness/use-robustness-actions.ts';
import { CheckerRow } from './checker-row.tsx';
import { ExplanationBadge } from './explanation-badge.tsx';
import { useExplain } from './explain-state.ts';
import { KeyCap } from './key-cap.tsx';
import type { LayoutProps } from './layout-props.ts';
import { QuestionChoices } from './question-choices.tsx';
import { nameTarget } from './target-name.ts';
import { chooseLayout, layouts } from './use-explain-actions.ts';

/** What is explained and how, beside the picture; each control does what its key does. */
export function ExplainSection({ dataset, ...props }: LayoutProps & { readonly dataset: number }): JSX.Element {
  const { explaining } = props;
  const layout = useExplain((state) => state.layout);
  const { fault } = explaining.subject.model;
  return (
    <Stack gap={8}>
      <LayoutKeys />
      {layout === 'read' && <HeatmapSwitch />}
      <QuestionChoices explaining={explaining} />
      {layout !== 'seven' && <Caution composite={explaining.composite} />}
      {layout !== 'seven' && layout !== 'concepts' && <AboutMap {...props} />}
      {layout !== 'seven' && layout !== 'concepts' && <QualitySection explaining={explaining} dataset={dataset} />}
      {layout === 'explain' && <StripSwitch />}
      {fault !== undefined && <p className="fault">{fault}</p>}
      <Switches />
    </Stack>
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
          {title} <KeyCap name={key} />
        </Button>
      ))}
    </div>
  );
}

function HeatmapSwitch(): JSX.Element {
  const { overlay, change } = useView();
  return (
    <Button
      {...{ size: 'xs', variant: overlay ? 'filled' : 'default' }}
      aria-pressed={overlay}
      onClick={() => {
        change({ overlay: !overlay });
      }}
    >
      Heatmap <KeyCap name="O" />
    </Button>
  );
}

function StripSwitch(): JSX.Element {
  const strip = useStress((state) => state.strip);
  return (
    <Button {...{ size: 'xs', variant: strip ? 'filled' : 'default' }} aria-pressed={strip} onClick={toggleStrip}>
      Variants below <KeyCap name="A" />
    </Button>
  );
}

function Caution({ composite }: { readonly composite: CompositeName }): JSX.Element {
  return (
    <Text size="xs" c="dark.1" data-testid="caution">
      {compositeCautions[composite].caution}
    </Text>
  );
}

function AboutMap({ explaining, explanation }: LayoutProps): JSX.Element {
  return (
    <>
      <Text size="xs" c="dark.2" data-testid="about-map">
        <ExplanationBadge explanation={explanation} sample={explaining.sample} />
        {describeMap({ explaining, explanation })}
      </Text>
      <CheckerRow explanation={explanation} />
    </>
  );
}

function describeMap({ explaining, explanation: { attribution } }: LayoutProps): string {
  if (!attribution) return '';
  const target = nameTarget({ ...explaining.subject, target: attribution.target });
  const colors =
    attribution.turned === undefined
      ? 'Which color speaks for it is not known before there is a prediction of this model.'
      : describeColors(attribution.effect, target);
  return `. Explains ${target}. ${colors} Colors show where the evidence lies, not how much there is.`;
}

function Switches(): JSX.Element {
  const { layout, autoRun, linked, difference, change } = useExplain();
  return (
    <>
      <Switch
        {...{ size: 'xs', label: 'Compute without asking', checked: autoRun }}
        onChange={({ currentTarget: { checked } }) => {
          change({ autoRun: checked });
        }}
      />
      {layout !== 'read' && layout !== 'concepts' && layout !== 'stress' && (
        <Switch
          {...{ size: 'xs', label: 'Linked (S)', checked: linked }}
          onChange={({ currentTarget: { checked } }) => {
            change({ linked: checked });
          }}
        />
      )}
      {layout === 'models' && (
        <Switch
          {...{ size: 'xs', label: 'Difference (D)', checked: difference }}
          onChange={({ currentTarget: { checked } }) => {
            change({ difference: checked });
          }}
        />
      )}
    </>
  );
}
