import type { JSX } from 'react';
import './concept-page.css';
import type { Explaining } from '../explain/use-explaining.ts';
import { nameTarget } from '../explain/target-name.ts';
import { KeyCap } from '../explain/key-cap.tsx';
import { useView } from '../reading/view-state.ts';
import { openConcept } from './concept-state.ts';
import { ConceptSpread } from './concept-spread.tsx';
import { describeField, useStrongestNeuron } from './field-frame.tsx';
import { ReferenceCrops } from './reference-crops.tsx';
import { useReferences, type ConceptsView, type ShownConcept } from './use-concepts.ts';

interface ConceptPageProps {
  readonly explaining: Explaining;
  readonly view: ConceptsView;
}

/** All that is known of one channel: on this picture, over the dataset, and what it looks like elsewhere. */
export function ConceptPage({ explaining, view }: ConceptPageProps): JSX.Element | null {
  const { layer, concept } = view;
  const { references } = useReferences(explaining, view);
  if (!layer || !concept) return null;
  return (
    <article className="concept-page" aria-label={`Concept ${layer.name}, channel ${concept.channel}`} tabIndex={-1}>
      <h2>
        {layer.name} · channel {concept.channel}
      </h2>
      <p data-testid="concept-here">{describeHere(concept, nameTarget(explaining.subject))}</p>
      <FieldSwitch {...{ explaining, layer: layer.name, channel: concept.channel }} />
      <button
        type="button"
        className="quiet-button"
        onClick={() => {
          openConcept(layer.name, concept.channel, 'graph');
        }}
      >
        What carries it <KeyCap name="Shift+A" />
      </button>
      {references?.spread && <ConceptSpread spread={references.spread} read={references.read} here={concept.share} />}
      <h3>Pictures it carries most</h3>
      <ReferenceCrops {...{ explaining, view }} />
    </article>
  );
}

function describeHere({ share, rank }: ShownConcept, target: string): string {
  if (share === undefined || rank === undefined)
    return 'On this picture it is not among the twelve strongest of its layer.';
  const percent = `${(100 * Math.abs(share)).toFixed(1)}%`;
  return `On this picture: ${percent} of the layer, ${share < 0 ? 'against' : 'for'} ${target}; rank ${rank + 1}.`;
}

interface FieldSwitchProps {
  readonly explaining: Explaining;
  readonly layer: string;
  readonly channel: number;
}

function FieldSwitch(request: FieldSwitchProps): JSX.Element {
  const { field, change } = useView();
  const { neuron, fault } = useStrongestNeuron(request);
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        aria-pressed={field}
        onClick={() => {
          change({ field: !field });
        }}
      >
        Frame its receptive field <KeyCap name="Shift+F" />
      </button>
      {field && neuron && <p className="quiet">{describeField(neuron)}</p>}
      {fault !== undefined && <p className="fault">{fault}</p>}
    </>
  );
}
