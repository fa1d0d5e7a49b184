import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CompositeName } from '#shared/composite-names.ts';
import type { Question } from '#shared/contract/explain.ts';
import type { AttributionView, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { loadMap, type RelevanceMap } from '../reading/load-map.ts';
import { describeProgress, type Explanation } from './explanation.ts';
import { useExplain } from './explain-state.ts';
import type { Subject } from './use-explaining.ts';

interface ExplanationRequest {
  readonly sample: SampleView;
  /** Undefined where there is nothing to ask. */
  readonly subject: Subject | undefined;
  readonly composite: CompositeName;
  /** Whether it would be seen: what is not seen is fetched, not computed. */
  readonly isSeen: boolean;
}

export function useExplanation({ sample, subject, composite, isSeen }: ExplanationRequest): Explanation {
  const autoRun = useExplain((state) => state.autoRun);
  const queries = useQueryClient();
  const known = subject && findKnown(subject, composite);
  const options = api.explain.attribution.queryOptions({
    input: subject ? writeQuestion(sample, subject, composite) : skipToken,
    staleTime: Infinity,
  });
  const isWanted = known !== undefined || (isSeen && autoRun);
  const answer = useQuery({ ...options, enabled: subject !== undefined && isWanted });
  useKnownAnew(answer.data?.wasKnown === false ? answer.dataUpdatedAt : undefined);
  // The map is fetched at once; whether it was made with today's settings is asked at the same time.
  const attribution = answer.data?.attribution ?? (answer.isFetching ? known : undefined);
  const map = useMap(attribution?.arraySha256);
  return {
    ...{ composite, attribution, map: map.data, ...describeProgress([answer, map], map.data !== undefined) },
    ask: () => {
      void answer.refetch();
    },
    cancel: () => {
      void queries.cancelQueries({ queryKey: options.queryKey });
    },
  };
}

const writeQuestion = (sample: SampleView, { model, target }: Subject, composite: CompositeName): Question => ({
  ...{ sample: sample.id, model: model.id, composite, target },
});

function findKnown(
  { known, target }: Pick<Subject, 'known' | 'target'>,
  composite: CompositeName,
): AttributionView | undefined {
  return known?.attributions.findLast(
    (one) => one.composite === composite && one.target === target && one.initial === 'one',
  );
}

/** The catalog has more than before, once something was computed. */
function useKnownAnew(computedAt: number | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (computedAt !== undefined) void queries.invalidateQueries({ queryKey: api.explain.known.key() });
  }, [queries, computedAt]);
}

/** A heatmap of the catalog by its hash; undefined is none. */
export function useMap(sha256: string | undefined): ReturnType<typeof useQuery<RelevanceMap>> {
  return useQuery({
    queryKey: ['map', sha256],
    queryFn: sha256 === undefined ? skipToken : ({ signal }) => loadMap(sha256, signal),
    staleTime: Infinity,
  });
}
