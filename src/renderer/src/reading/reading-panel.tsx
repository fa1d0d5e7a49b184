import { Button, Group, Kbd, Stack, Table, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { describeColors } from '#shared/relevance-words.ts';
import { useChoices } from '../choices.ts';
import type { Film } from './film/load-picture.ts';
import type { RelevanceMap } from './load-map.ts';
import { OverlaySection } from './overlay/overlay-section.tsx';
import { SmallSection } from './tools/small-section.tsx';
import { WindowSection } from './tools/window-section.tsx';
import { useView } from './view-state.ts';

interface ReadingPanelProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
  readonly sample: SampleView;
  readonly attribution: SampleView['attributions'][number] | undefined;
  readonly place: number;
  readonly total: number;
  readonly film: Film | undefined;
  readonly map: RelevanceMap | undefined;
  readonly fault: string | undefined;
}

/** What is known of the picture, beside it: truth, prediction, what the colors mean. */
export function ReadingPanel(props: ReadingPanelProps): JSX.Element {
  const { sample, place, total, film, map, attribution, fault } = props;
  const read = useChoices((choices) => choices.read);
  return (
    <aside className="panel" aria-label="About the picture">
      <Stack gap="md">
        <Group justify="space-between">
          <Text size="sm" c="dark.2" data-testid="place">
            {place + 1} of {total.toLocaleString('en')}
          </Text>
          <Button
            {...{ size: 'compact-xs', variant: 'subtle', color: 'gray' }}
            onClick={() => {
              read(undefined);
            }}
          >
            Back <Key name="Esc" />
          </Button>
        </Group>
        <Text size="lg" fw={600}>
          {sample.label ?? 'No label'}
        </Text>
        <Probabilities {...props} />
        <HeatmapSwitch {...props} />
        {attribution && <OverlaySection name={String(attribution.setup)} map={map} />}
        {film && <SmallSection film={film} setup={attribution?.setup} />}
        {film && <WindowSection film={film} />}
        {fault !== undefined && <p className="fault">{fault}</p>}
        <Text size="xs" c="dark.2">
          <Key name="↓" /> <Key name="↑" /> next, previous · <Key name="`" /> hide everything
        </Text>
        <Text size="xs" c="dark.2">
          Not a medical device.
        </Text>
      </Stack>
    </aside>
  );
}

function Key({ name }: { readonly name: string }): JSX.Element {
  return (
    <Kbd size="xs" mx={2}>
      {name}
    </Kbd>
  );
}

function HeatmapSwitch({ overview, attribution }: ReadingPanelProps): JSX.Element {
  const { overlay, change } = useView();
  if (!attribution) {
    return (
      <Text size="xs" c="dark.2">
        No heatmap yet: lightbox attribute computes them for a whole dataset.
      </Text>
    );
  }
  const setup = overview.setups.find(({ id }) => id === attribution.setup);
  const target = setup?.labels[attribution.target] ?? `class ${attribution.target}`;
  return (
    <Stack gap={6}>
      <Button
        {...{ size: 'xs', variant: overlay ? 'filled' : 'default' }}
        aria-pressed={overlay}
        onClick={() => {
          change({ overlay: !overlay });
        }}
      >
        Heatmap <Key name="O" />
      </Button>
      <Text size="xs" c="dark.2">
        {setup?.composite}, explains {target}. {explainColors(target, attribution)} Colors show where the evidence lies,
        not how much there is.
      </Text>
    </Stack>
  );
}

function Probabilities({ overview, list, sample }: ReadingPanelProps): JSX.Element | null {
  const prediction = sample.predictions.find(({ setup }) => setup === list.prediction) ?? sample.predictions[0];
  const setup = overview.setups.find(({ id }) => id === prediction?.setup);
  if (!prediction || !setup) return null;
  return (
    <Stack gap={4}>
      <Text size="xs" c="dark.2">
        {setup.model} says
      </Text>
      <Table withRowBorders={false} verticalSpacing={2} fz="sm">
        <Table.Tbody>
          {prediction.probabilities.map((probability, index) => (
            <Table.Tr key={index} fw={index === prediction.predicted ? 650 : 400}>
              <Table.Td pl={0}>{setup.labels[index] ?? `class ${index}`}</Table.Td>
              <Table.Td className="bar-cell">
                <span className="probability" style={{ width: `${100 * probability}%` }} />
              </Table.Td>
              <Table.Td ta="right" pr={0}>
                {(100 * probability).toFixed(1)}%
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function explainColors(target: string, { turned, effect }: SampleView['attributions'][number]): string {
  if (turned !== undefined) return describeColors(effect, target);
  return 'Which color speaks for it is not known before there is a prediction of this model.';
}
