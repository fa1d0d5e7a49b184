import { skipToken, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { StrongestNeuron } from '#shared/contract/concepts.ts';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { useStageGeometry } from '../reading/stage-context.ts';
import { useView } from '../reading/view-state.ts';
import { useConceptState } from './concept-state.ts';
import { writeQuestion } from './use-concepts.ts';

interface NeuronRequest {
  readonly explaining: Explaining | undefined;
  /** Undefined: the layer chosen last, or the one nearest the output. */
  readonly layer?: string | undefined;
  /** Undefined: of all its channels. */
  readonly channel?: number | undefined;
}

/** The neuron with most relevance for the class, asked for as long as its receptive field is to be seen. */
export function useStrongestNeuron({ explaining, layer, channel }: NeuronRequest): {
  readonly neuron: StrongestNeuron | undefined;
  readonly fault: string | undefined;
} {
  const isWanted = useView((view) => view.field);
  const chosen = useConceptState((state) => state.layer);
  const question = explaining && { ...writeQuestion(explaining), layer: layer ?? chosen, channel };
  const answer = useQuery(
    api.concepts.strongestNeuron.queryOptions({
      input: isWanted && question ? question : skipToken,
      staleTime: Infinity,
    }),
  );
  return { neuron: answer.data, fault: answer.error?.message };
}

/** The part of the picture that can reach the strongest neuron at all. */
export function FieldFrame(request: NeuronRequest): JSX.Element | null {
  const { geometry } = useStageGeometry();
  const { field, hidden } = useView();
  const { neuron } = useStrongestNeuron(request);
  if (!field || hidden || !neuron) return null;
  return (
    <div
      className="field-frame"
      data-testid="frame-field"
      title={nameNeuron(neuron)}
      style={{ ...neuron.field, borderWidth: 1.5 / geometry.scale }}
    />
  );
}

export const nameNeuron = ({ layer, channel, row, column, rows, columns }: StrongestNeuron): string =>
  `${layer}, channel ${channel}, row ${row + 1} of ${rows}, column ${column + 1} of ${columns}`;

/** What the frame is, and that it is no more than that. */
export function describeField(neuron: StrongestNeuron): string {
  const { width, height } = neuron.field;
  const size = neuron.isWhole ? 'everything the model sees' : `${width} × ${height} pixels of the picture`;
  return `Receptive field of ${nameNeuron(neuron)}, with ${(100 * neuron.share).toFixed(1)}% of the layer’s relevance: ${size}. Nothing outside of it can reach this neuron; what it really used lies within.`;
}
