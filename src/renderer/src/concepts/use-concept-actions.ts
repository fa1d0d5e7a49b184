import { useActions, type Action } from '../actions/use-actions.ts';
import { useConceptState, type ConceptPane } from './concept-state.ts';
import type { ConceptsView } from './use-concepts.ts';

/** Keys of the layout of concepts. */
export function useConceptActions({ layers, layer, concept }: ConceptsView): void {
  const toLayer = (by: number) => (): void => {
    const at = layer ? layers.indexOf(layer) + by : 0;
    const name = layers[Math.min(layers.length - 1, Math.max(0, at))]?.name;
    useConceptState.getState().change({ layer: name, place: 0, channel: undefined });
  };
  const toConcept = (by: number) => (): void => {
    const { change } = useConceptState.getState();
    const place = concept?.rank ?? -by;
    change({ channel: undefined, place: Math.min((layer?.concepts.length ?? 1) - 1, Math.max(0, place + by)) });
  };
  const action = (id: string, title: string, [key, run]: readonly [string, () => void]): Action => ({
    ...{ id: `concepts.${id}`, title, scope: 'Explain', keys: [key], run },
  });
  useActions([
    action('deeper', 'Layer nearer the picture', ['<', toLayer(-1)]),
    action('higher', 'Layer nearer the output', ['>', toLayer(1)]),
    action('next', 'Next concept of the layer', ['K', toConcept(1)]),
    action('previous', 'Previous concept of the layer', ['Shift+K', toConcept(-1)]),
    action('page', 'Concept page, or back to its heatmap', ['Shift+C', toPane('page')]),
    action('graph', 'Attribution graph, or back to the heatmap', ['Shift+A', toPane('graph')]),
    action('region', 'Ask about a region: drag it', ['Shift+D', pickRegion]),
    action('in-view', 'What carries the part in view, or the whole picture', ['Shift+V', askAboutView]),
  ]);
}

const toPane = (pane: ConceptPane) => (): void => {
  const { pane: now, change } = useConceptState.getState();
  change({ pane: now === pane ? 'map' : pane });
};

export function pickRegion(): void {
  useConceptState.getState().change({ picking: true, pane: 'map' });
}

export function askAboutView(): void {
  const { region, inView, change } = useConceptState.getState();
  change({ region: region ? undefined : inView, place: 0, channel: undefined });
}
