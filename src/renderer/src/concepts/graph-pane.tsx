import type { JSX } from 'react';
import './concept-page.css';
import './graph.css';
import { ExplanationBadge } from '../explain/explanation-badge.tsx';
import { nameClass } from '../explain/target-name.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { ConceptGraphView } from './concept-graph-view.tsx';
import { useConceptState } from './concept-state.ts';
import { useConceptGraph, type ConceptsView } from './use-concepts.ts';

interface GraphPaneProps {
  readonly explaining: Explaining;
  readonly view: ConceptsView;
}

/** How concepts are carried by those of the layers before: of the one looked at by its number, else of the strongest of the layer. */
export function GraphPane({ explaining, view }: GraphPaneProps): JSX.Element {
  const channel = useConceptState((state) => state.channel);
  const { layer } = view;
  const { graph, explanation } = useConceptGraph(explaining, layer?.name, channel);
  const { labels } = explaining.subject.model;
  return (
    <section className="graph-pane" aria-label="Attribution graph">
      <header>
        <span>{describe(layer?.name, channel)}</span>
        {explanation.state !== 'here' && <ExplanationBadge explanation={explanation} sample={explaining.sample} />}
        {channel !== undefined && (
          <button
            type="button"
            className="quiet-button"
            onClick={() => {
              useConceptState.getState().change({ channel: undefined });
            }}
          >
            The strongest of the layer
          </button>
        )}
      </header>
      {graph && <ConceptGraphView graph={graph} target={nameClass(labels, graph.target)} />}
      <p className="quiet">
        A line is as thick as the relevance that passes from concept to concept; orange speaks for the class, blue
        against it. What goes round a layer through a shortcut is not drawn. A concept opens its page.
      </p>
    </section>
  );
}

function describe(layer: string | undefined, channel: number | undefined): string {
  if (layer === undefined) return 'Attribution graph';
  return channel === undefined ? `What carries the strongest of ${layer}` : `What carries ${layer}, channel ${channel}`;
}
