import type { JSX } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import { ExplanationBadge } from '../explain/explanation-badge.tsx';
import { KeyCap } from '../explain/key-cap.tsx';
import { useConceptState } from './concept-state.ts';
import { RegionChoices } from './region-choices.tsx';
import type { ConceptsView, LayerConcepts } from './use-concepts.ts';

interface ListsProps {
  readonly sample: SampleView;
  readonly view: ConceptsView;
}

/** Layers from the output to the picture, and the concepts of the one looked at, the strongest first. */
export function ConceptLists({ sample, view }: ListsProps): JSX.Element {
  const { layers, layer, concept, ranking } = view;
  const region = useConceptState((state) => state.region);
  return (
    <div className="concept-lists">
      <div className="concept-heading">
        Layers <KeyCap name="<" /> <KeyCap name=">" />{' '}
        {ranking.state !== 'here' && <ExplanationBadge explanation={ranking} sample={sample} />}
      </div>
      <ul className="concept-list" aria-label="Layers">
        {layers.toReversed().map((one) => (
          <LayerRow key={one.name} layer={one} isCurrent={one === layer} />
        ))}
      </ul>
      <div className="concept-list">
        <div
          className="concept-heading"
          title="Relevance of a channel, over the sum of the magnitudes of all channels of its layer."
        >
          Concepts <KeyCap name="K" /> · {region ? 'share of what lies in the frame' : 'share of the layer'}
        </div>
        <ul className="concept-list" aria-label="Concepts">
          {layer?.concepts.map((one, place) => (
            <ConceptRow
              key={one.channel}
              {...{ one, place, most: layer.concepts[0]?.share ?? 1 }}
              isCurrent={one.channel === concept?.channel}
            />
          ))}
        </ul>
      </div>
      <RegionChoices sample={sample} />
    </div>
  );
}

function LayerRow({ layer, isCurrent }: { readonly layer: LayerConcepts; readonly isCurrent: boolean }): JSX.Element {
  const change = useConceptState((state) => state.change);
  return (
    <li>
      <button
        type="button"
        className="concept-row layer-row"
        aria-current={isCurrent}
        onClick={() => {
          change({ layer: layer.name, place: 0, channel: undefined });
        }}
      >
        <span>{layer.name}</span>
        <span className="result-badge">{layer.channels}</span>
      </button>
    </li>
  );
}

interface ConceptRowProps {
  readonly one: LayerConcepts['concepts'][number];
  readonly place: number;
  /** The strongest share of the list. */
  readonly most: number;
  readonly isCurrent: boolean;
}

function ConceptRow({ one, place, most, isCurrent }: ConceptRowProps): JSX.Element {
  const change = useConceptState((state) => state.change);
  const width = most > 0 ? Math.min(1, Math.abs(one.share) / most) : 0;
  return (
    <li>
      <button
        type="button"
        className="concept-row"
        aria-current={isCurrent}
        onClick={() => {
          change({ place, channel: undefined });
        }}
      >
        <span>channel {one.channel}</span>
        <span className={one.share < 0 ? 'concept-bar against' : 'concept-bar'} style={{ width: `${100 * width}%` }} />
        <span className="concept-share">{(100 * one.share).toFixed(1).replace('-', '\u2212')}%</span>
      </button>
    </li>
  );
}
