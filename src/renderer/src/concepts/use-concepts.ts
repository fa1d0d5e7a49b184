import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConceptGraph, Concepts, References } from '#shared/contract/concepts.ts';
import { dataAddress } from '#shared/contract/contract.ts';
import type { Question } from '#shared/contract/explain.ts';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { describeProgress, type Explanation } from '../explain/explanation.ts';
import { loadMapAt } from '../reading/load-map.ts';
import { useConceptState } from './concept-state.ts';

export type LayerConcepts = Concepts['layers'][number];

/** A concept; one that is not among those ranked is known by its number alone. */
export type ShownConcept = Pick<LayerConcepts['concepts'][number], 'channel'> &
  Partial<LayerConcepts['concepts'][number]> & { readonly rank: number | undefined };

/** What is known of the concepts behind an explanation, and of the one looked at. */
export interface ConceptsView {
  readonly layers: readonly LayerConcepts[];
  readonly layer: LayerConcepts | undefined;
  readonly concept: ShownConcept | undefined;
  /** Of the ranking: how far it is. */
  readonly ranking: Explanation;
  /** The heatmap of the concept looked at. */
  readonly heatmap: Explanation;
}

export function useConcepts(explaining: Explaining): ConceptsView {
  const chosen = useConceptState((state) => state.layer);
  const place = useConceptState((state) => state.place);
  const channel = useConceptState((state) => state.channel);
  const { data, ranking } = useRanking(explaining);
  const layers = data?.layers ?? [];
  const layer = layers.find(({ name }) => name === chosen) ?? layers.at(-1);
  const concept = layer && findConcept(layer, { place, channel });
  const heatmap = useConceptMap(explaining, layer && concept && { layer: layer.name, channel: concept.channel });
  return { layers, layer, concept, ranking, heatmap };
}

function findConcept(
  { concepts }: LayerConcepts,
  { place, channel }: { readonly place: number; readonly channel: number | undefined },
): ShownConcept | undefined {
  const named = concepts.findIndex((concept) => concept.channel === channel);
  if (channel !== undefined && named < 0) return { channel, rank: undefined };
  const rank = channel === undefined ? Math.min(place, concepts.length - 1) : named;
  const concept = concepts[rank];
  return concept && { ...concept, rank };
}

export const writeQuestion = ({ sample, composite, subject }: Explaining): Question => ({
  ...{ sample: sample.id, model: subject.model.id, composite, target: subject.target },
});

interface Ranking {
  readonly data: Concepts | undefined;
  readonly ranking: Explanation;
}

function useRanking(explaining: Explaining): Ranking {
  const region = useConceptState((state) => state.region);
  const input = { ...writeQuestion(explaining), region };
  const options = api.concepts.rank.queryOptions({ input, staleTime: Infinity });
  const ranked = useQuery(options);
  const nothing = { composite: explaining.composite, attribution: undefined, map: undefined };
  const asking = useAsking(ranked, options.queryKey);
  return {
    data: ranked.data,
    ranking: { ...nothing, ...describeProgress([ranked], ranked.data !== undefined), ...asking },
  };
}

/** A minute: the workbench keeps what it computed for a while only. */
const keptMs = 60_000;

function useConceptMap(
  explaining: Explaining,
  concept: { readonly layer: string; readonly channel: number } | undefined,
): Explanation {
  const options = api.concepts.map.queryOptions({
    input: concept ? { ...writeQuestion(explaining), ...concept } : skipToken,
    staleTime: keptMs,
  });
  const mapped = useQuery(options);
  const sha256 = mapped.data?.mapSha256;
  const map = useQuery({
    queryKey: ['concept map', sha256],
    queryFn: sha256 === undefined ? skipToken : ({ signal }) => loadMapAt(dataAddress.map(sha256), signal),
    staleTime: Infinity,
  });
  return {
    ...{ composite: explaining.composite, map: map.data },
    attribution: mapped.data && { ...mapped.data, setup: 0, arraySha256: mapped.data.mapSha256 },
    ...describeProgress([mapped, map], map.data !== undefined),
    ...useAsking(mapped, options.queryKey),
  };
}

function useAsking(
  { refetch }: { readonly refetch: () => Promise<unknown> },
  queryKey: readonly unknown[],
): Pick<Explanation, 'ask' | 'cancel'> {
  const queries = useQueryClient();
  return {
    ask: () => {
      void refetch();
    },
    cancel: () => {
      void queries.cancelQueries({ queryKey });
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

/** How the concept, or the strongest ones of the layer looked at, are carried. */
export function useConceptGraph(
  explaining: Explaining,
  layer: string | undefined,
  channel: number | undefined,
): GraphAnswer {
  const isAsked = useConceptState((state) => state.pane === 'graph');
  const options = api.concepts.graph.queryOptions({
    input: isAsked && layer !== undefined ? { ...writeQuestion(explaining), layer, channel } : skipToken,
    staleTime: Infinity,
  });
  const answer = useQuery(options);
  const nothing = { composite: explaining.composite, attribution: undefined, map: undefined };
  const progress = describeProgress([answer], answer.data !== undefined);
  return { graph: answer.data, explanation: { ...nothing, ...progress, ...useAsking(answer, options.queryKey) } };
}

interface GraphAnswer {
  readonly graph: ConceptGraph | undefined;
  readonly explanation: Explanation;
}
