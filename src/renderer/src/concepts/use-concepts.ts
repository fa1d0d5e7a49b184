import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Concepts, References } from '#shared/contract/concepts.ts';
import { dataAddress } from '#shared/contract/contract.ts';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import type { Explanation } from '../explain/use-explanation.ts';
import { loadMapAt } from '../reading/load-map.ts';
import { useConceptState } from './concept-state.ts';

export type LayerConcepts = Concepts['layers'][number];

/** What is known of the concepts behind an explanation, and of the one looked at. */
export interface ConceptsView {
  readonly layers: readonly LayerConcepts[];
  readonly layer: LayerConcepts | undefined;
  readonly concept: LayerConcepts['concepts'][number] | undefined;
  /** Of the ranking: how far it is. */
  readonly ranking: Explanation;
  /** The heatmap of the concept looked at. */
  readonly heatmap: Explanation;
}

export function useConcepts({ sample, composite, subject }: Explaining): ConceptsView {
  const chosen = useConceptState((state) => state.layer);
  const place = useConceptState((state) => state.place);
  const region = useConceptState((state) => state.region);
  const question = { sample: sample.id, model: subject.model.id, composite, target: subject.target };
  const queries = useQueryClient();
  const rankOptions = api.concepts.rank.queryOptions({ input: { ...question, region }, staleTime: Infinity });
  const ranked = useQuery(rankOptions);
  const layers = ranked.data?.layers ?? [];
  const layer = layers.find(({ name }) => name === chosen) ?? layers.at(-1);
  const concept = layer?.concepts[Math.min(place, layer.concepts.length - 1)];
  const mapOptions = api.concepts.map.queryOptions({
    input: layer && concept ? { ...question, layer: layer.name, channel: concept.channel } : skipToken,
    // The workbench keeps it for a while only.
    staleTime: 60_000,
  });
  const mapped = useQuery(mapOptions);
  const sha256 = mapped.data?.mapSha256;
  const map = useQuery({
    queryKey: ['concept map', sha256],
    queryFn: sha256 === undefined ? skipToken : ({ signal }) => loadMapAt(dataAddress.map(sha256), signal),
    staleTime: Infinity,
  });
  const cancel = (queryKey: readonly unknown[]) => (): void => {
    void queries.cancelQueries({ queryKey });
  };
  return {
    ...{ layers, layer, concept },
    ranking: {
      ...{ composite, attribution: undefined, map: undefined, fault: ranked.error?.message },
      state: ranked.error ? 'fault' : ranked.isFetching ? 'computing' : ranked.data ? 'here' : 'idle',
      ask: () => void ranked.refetch(),
      cancel: cancel(rankOptions.queryKey),
    },
    heatmap: {
      ...{ composite, map: map.data, fault: (mapped.error ?? map.error)?.message },
      attribution: mapped.data && { ...mapped.data, setup: 0, arraySha256: mapped.data.mapSha256 },
      state:
        (mapped.error ?? map.error)
          ? 'fault'
          : map.data
            ? 'here'
            : mapped.isFetching || map.isFetching
              ? 'computing'
              : 'idle',
      ask: () => void mapped.refetch(),
      cancel: cancel(mapOptions.queryKey),
    },
  };
}

/** Samples that show the concept looked at; undefined until they are known. */
export function useReferences(
  { sample, subject }: Explaining,
  { layer, concept }: ConceptsView,
): { readonly references: References | undefined; readonly fault: string | undefined } {
  const { data, error } = useQuery(
    api.concepts.references.queryOptions({
      input:
        layer && concept
          ? { sample: sample.id, model: subject.model.id, layer: layer.name, channel: concept.channel }
          : skipToken,
      staleTime: Infinity,
    }),
  );
  return { references: data, fault: error?.message };
}
