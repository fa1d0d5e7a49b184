import { Button, Group, Kbd, Stack, Table, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { toggleAudit } from '../audit/use-audit-actions.ts';
import { useChoices } from '../choices.ts';
import { useExplain } from '../explain/explain-state.ts';
import { ExplainSection } from '../explain/explain-section.tsx';
import type { Explaining } from '../explain/use-explaining.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Film } from './film/load-picture.ts';
import { OverlaySection } from './overlay/overlay-section.tsx';
import { SmallSection } from './tools/small-section.tsx';
import { WindowSection } from './tools/window-section.tsx';
import { Fold } from '../ui/fold.tsx';
import { words } from '../ui/words.ts';
import { MarkPanel } from '../marks/mark-panel.tsx';
import { useReadsFirst } from '../marks/use-first-reading.ts';

interface ReadingPanelProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
  readonly sample: SampleView;
  /** Undefined where the catalog has no model, or the reader is to read first. */
  readonly explaining: Explaining | undefined;
  readonly explanation: Explanation | undefined;
  readonly place: number;
  readonly total: number;
  readonly film: Film | undefined;
}

/** What is known of the picture, beside it: truth, prediction, what the colors mean. */
export function ReadingPanel(props: ReadingPanelProps): JSX.Element {
  const { sample, place, film, explaining, explanation } = props;
  const attribution = explanation?.attribution;
  const layout = useExplain((state) => state.layout);
  const readsFirst = useReadsFirst(sample.id);
  return (
    <aside className="panel" aria-label="About the picture">
      <Stack gap="sm">
        <PlaceInList {...props} />
        <Text size="lg" fw={600}>
          {readsFirst ? 'Your reading first' : (sample.label ?? 'No label')}
        </Text>
        <Probabilities {...props} />
        <MarkPanel {...{ sample, list: props.list, place }} />
        {explaining && explanation && <ExplainSection {...{ explaining, explanation }} dataset={props.list.dataset} />}
        <div>
          {attribution && layout !== 'seven' && (
            <Fold name="look" title="Look of the heatmap">
              <OverlaySection name={String(attribution.setup)} map={explanation.map} />
            </Fold>
          )}
          {film && (
            <Fold name="sees" title="What the model sees">
              <SmallSection {...{ film, explaining, setup: attribution?.setup }} />
            </Fold>
          )}
          {film && (
            <Fold name="window" title="Window and pixels">
              <WindowSection film={film} />
            </Fold>
          )}
        </div>
        <Text size="xs" c="dark.2">
          <Key name="↓" /> <Key name="↑" /> next, previous · <Key name="`" /> hide everything
          <br />
          Not a medical device.
        </Text>
      </Stack>
    </aside>
  );
}

/** Which of how many pictures, and the ways out of here. */
function PlaceInList({ place, total, explaining }: ReadingPanelProps): JSX.Element {
  const read = useChoices((choices) => choices.read);
  return (
    <Group justify="space-between">
      <Text size="sm" c="dark.2" data-testid="place">
        {place < total ? `${place + 1} of ${total.toLocaleString('en')}` : words.reading.notListed}
      </Text>
      <Button
        {...{ size: 'compact-xs', variant: 'subtle', color: 'gray' }}
        onClick={() => {
          read(undefined);
        }}
      >
        Back <Key name="Esc" />
      </Button>
      {explaining && (
        <Button {...{ size: 'compact-xs', variant: 'subtle', color: 'gray' }} onClick={toggleAudit}>
          Audit <Key name="Q" />
        </Button>
      )}
    </Group>
  );
}

function Key({ name }: { readonly name: string }): JSX.Element {
  return (
    <Kbd size="xs" mx={2}>
      {name}
    </Kbd>
  );
}

function Probabilities({ explaining }: ReadingPanelProps): JSX.Element | null {
  const { prediction, model } = explaining?.subject ?? {};
  if (!prediction || !model) return null;
  return (
    <Stack gap={4}>
      <Text size="xs" c="dark.2">
        {model.name} says
      </Text>
      <Table withRowBorders={false} verticalSpacing={2} fz="sm">
        <Table.Tbody>
          {prediction.probabilities.map((probability, index) => (
            <Table.Tr key={index} fw={index === prediction.predicted ? 650 : 400}>
              <Table.Td pl={0}>{model.labels[index] ?? `class ${index}`}</Table.Td>
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
