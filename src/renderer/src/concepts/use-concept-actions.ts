import { useActions, type Action } from '../actions/use-actions.ts';
import { useConceptState } from './concept-state.ts';
import type { ConceptsView } from './use-concepts.ts';

/** Keys of the layout of concepts. */
export function useConceptActions({ layers, layer }: ConceptsView): void {
  const toLayer = (by: number) => (): void => {
    const at = layer ? layers.indexOf(layer) + by : 0;
    const name = layers[Math.min(layers.length - 1, Math.max(0, at))]?.name;
    useConceptState.getState().change({ layer: name, place: 0 });
  };
  const toConcept = (by: number) => (): void => {
    const { place, change } = useConceptState.getState();
    change({ place: Math.min((layer?.concepts.length ?? 1) - 1, Math.max(0, place + by)) });
  };
  const action = (id: string, title: string, [key, run]: readonly [string, () => void]): Action => ({
    ...{ id: `concepts.${id}`, title, scope: 'Explain', keys: [key], run },
  });
  useActions([
    action('deeper', 'Layer nearer the picture', ['<', toLayer(-1)]),
    action('higher', 'Layer nearer the output', ['>', toLayer(1)]),
    action('next', 'Next concept of the layer', ['K', toConcept(1)]),
    action('previous', 'Previous concept of the layer', ['Shift+K', toConcept(-1)]),
  ]);
}
