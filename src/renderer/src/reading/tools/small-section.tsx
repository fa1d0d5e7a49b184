import { Button, Group, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { Film } from '../film/load-picture.ts';
import { smallActions } from '../reading-actions.ts';
import { useView } from '../view-state.ts';
import { FieldNote } from '../../concepts/field-note.tsx';
import type { Explaining } from '../../explain/use-explaining.ts';
import { describeScale } from './model-input-canvas.tsx';

interface SmallSectionProps {
  readonly film: Film;
  /** The setup of the heatmap that is shown, if any. */
  readonly setup: number | undefined;
  readonly explaining: Explaining | undefined;
}

/** What becomes of small structures on the way into the model. */
export function SmallSection({ film, setup, explaining }: SmallSectionProps): JSX.Element | null {
  const { crop, modelInput, strongest, field } = useView();
  const { inputs } = film.facts;
  const input = inputs.find((one) => one.setup === setup) ?? inputs[0];
  if (!input) return null;
  const run = (id: string) => (): void => {
    smallActions.find((action) => action.id === `explain.${id}`)?.run();
  };
  const look = (isOn: boolean): { size: 'compact-xs'; variant: string; 'aria-pressed': boolean } => ({
    ...{ size: 'compact-xs', variant: isOn ? 'filled' : 'default', 'aria-pressed': isOn },
  });
  return (
    <Stack gap={6} component="section" aria-label="What the model sees">
      <Text size="xs" data-testid="scale">
        {describeScale(input)}
      </Text>
      <Group gap={6}>
        <Button {...look(modelInput)} onClick={run('model-input')}>
          What it sees (E)
        </Button>
        <Button {...look(crop)} onClick={run('crop')}>
          Its frame
        </Button>
        <Button {...look(strongest)} onClick={run('strongest')} disabled={setup === undefined}>
          Strongest region
        </Button>
      </Group>
      {explaining && (
        <Button {...look(field)} onClick={run('field')} aria-label="Receptive field of the strongest neuron">
          Receptive field (Shift F)
        </Button>
      )}
      {field && <FieldNote explaining={explaining} />}
      {strongest && (
        <Text size="xs" c="dark.2">
          The frame holds the map&apos;s strongest pixel and the pixels of its sign that hang together with it, of the
          strongest 1 %. It is not the receptive field: the model may have drawn on more.
        </Text>
      )}
    </Stack>
  );
}
