import { NativeSelect, Text } from '@mantine/core';
import type { JSX } from 'react';
import { useExplain } from '../explain/explain-state.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { useConceptState } from './concept-state.ts';
import { describeField, useStrongestNeuron } from './field-frame.tsx';

/** Whose receptive field is framed, and the layer to look for it. */
export function FieldNote({ explaining }: { readonly explaining: Explaining | undefined }): JSX.Element | null {
  const { neuron, fault } = useStrongestNeuron({ explaining });
  const isInConcepts = useExplain(({ layout }) => layout === 'concepts');
  // There the page of the concept says it.
  if (isInConcepts) return null;
  if (fault !== undefined) return <p className="fault">{fault}</p>;
  if (!neuron) return <Text size="xs">Looking for the strongest neuron</Text>;
  return (
    <>
      <NativeSelect
        {...{ size: 'xs', label: 'Strongest neuron of', value: neuron.layer, data: neuron.layers.toReversed() }}
        onChange={({ currentTarget }) => {
          useConceptState.getState().change({ layer: currentTarget.value, place: 0, channel: undefined });
          currentTarget.blur();
        }}
      />
      <Text size="xs" c="dark.2" data-testid="field-note">
        {describeField(neuron)}
      </Text>
    </>
  );
}
