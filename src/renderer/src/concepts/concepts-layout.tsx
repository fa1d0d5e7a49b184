import { useEffect, type JSX } from 'react';
import type { Explaining } from '../explain/use-explaining.ts';
import { Viewport } from '../explain/viewport.tsx';
import { nameTarget } from '../explain/target-name.ts';
import { useStageGeometry } from '../reading/stage-context.ts';
import { useView } from '../reading/view-state.ts';
import { ConceptPage } from './concept-page.tsx';
import { ConceptLists } from './concept-lists.tsx';
import { useConceptState } from './concept-state.ts';
import './concepts.css';
import { FieldFrame } from './field-frame.tsx';
import { GraphPane } from './graph-pane.tsx';
import { findPartInView } from './part-in-view.ts';
import { ReferenceCrops } from './reference-crops.tsx';
import { RegionPicker } from './region-picker.tsx';
import { useConceptActions } from './use-concept-actions.ts';
import { useConcepts } from './use-concepts.ts';

/** Layers and their concepts | where on the picture the chosen one lies | what it looks like elsewhere. */
export function ConceptsLayout({ explaining }: { readonly explaining: Explaining }): JSX.Element {
  const { sample, subject } = explaining;
  const hidden = useView((view) => view.hidden);
  const view = useConcepts(explaining);
  useConceptActions(view);
  const chosenPane = useConceptState((state) => state.pane);
  /** While everything is hidden, the map alone stands there. */
  const pane = hidden ? 'alone' : chosenPane;
  const { layer, concept } = view;
  const name = layer && concept ? `${layer.name}, channel ${concept.channel}` : 'Concepts';
  return (
    <div className="concepts" data-pane={hidden ? 'map' : pane}>
      {!hidden && <ConceptLists sample={sample} view={view} />}
      {pane === 'graph' ? (
        <GraphPane {...{ explaining, view }} />
      ) : (
        <Viewport
          name="concept"
          {...{ sample, explanation: view.heatmap }}
          caption={name}
          note={`What of ${nameTarget(subject)} passes this concept`}
        >
          <PartInView />
          <FieldFrame {...{ explaining, layer: layer?.name, channel: concept?.channel }} />
        </Viewport>
      )}
      {pane === 'page' && <ConceptPage {...{ explaining, view }} />}
      {pane === 'map' && <ReferenceCrops {...{ explaining, view }} />}
    </div>
  );
}

/** Knows which part of the picture is on the stage, and frames the one that was asked about. */
function PartInView(): JSX.Element | null {
  const { geometry } = useStageGeometry();
  const region = useConceptState((state) => state.region);
  const picking = useConceptState((state) => state.picking);
  const { left, top, width, height } = findPartInView(geometry);
  useEffect(() => {
    useConceptState.getState().change({ inView: { left, top, width, height } });
  }, [left, top, width, height]);
  if (picking) return <RegionPicker />;
  if (!region) return null;
  return <div className="asked-region" style={{ ...region, borderWidth: 2 / geometry.scale }} />;
}
