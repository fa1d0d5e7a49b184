import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CompositeName } from '#shared/composite-names.ts';
import type { Question } from '#shared/contract/explain.ts';
import type { AttributionView, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { loadMap, type RelevanceMap } from '../reading/load-map.ts';
import { useExplain } from './explain-state.ts';
import type { Subject } from './use-explaining.ts';

/** A heatmap on its way to the screen. */
export interface Explanation {
  readonly composite: CompositeName;
  readonly attribution: AttributionView | undefined;
  readonly map: RelevanceMap | undefined;
  /** `idle`: neither known nor asked for. */
  readonly state: 'idle' | 'computing' | 'here' | 'fault';
  readonly fault: string | undefined;
  readonly ask: () => void;
  readonly cancel: () => void;
}

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
  const input: Question | typeof skipToken = subject
    ? { sample: sample.id, model: subject.model.id, composite, target: subject.target }
    : skipToken;
  const known = subject?.known?.attributions.findLast(
    (one) => one.composite === composite && one.target === subject.target && one.initial === 'one',
  );
  const enabled = subject !== undefined && (known !== undefined || (isSeen && autoRun));
  const options = api.explain.attribution.queryOptions({ input, staleTime: Infinity });
  const answer = useQuery({ ...options, enabled });
  useKnownAnew(answer.data?.wasKnown === false ? answer.dataUpdatedAt : undefined);
  // The map is fetched at once; whether it was made with today's settings is asked at the same time.
  const attribution = answer.data?.attribution ?? (answer.isFetching ? known : undefined);
  const map = useMap(attribution?.arraySha256);
  const failure = answer.error ?? map.error;
  return {
    ...{ composite, attribution, map: map.data, fault: failure?.message },
    state: failure ? 'fault' : map.data ? 'here' : answer.isFetching || map.isFetching ? 'computing' : 'idle',
    ask: () => {
      void answer.refetch();
    },
    cancel: () => {
      void queries.cancelQueries({ queryKey: options.queryKey });
    },
  };
}

/** The catalog has more than before, once something was computed. */
function useKnownAnew(computedAt: number | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (computedAt !== undefined) void queries.invalidateQueries({ queryKey: api.explain.known.key() });
  }, [queries, computedAt]);
}

function useMap(sha256: string | undefined): ReturnType<typeof useQuery<RelevanceMap>> {
  return useQuery({
    queryKey: ['map', sha256],
    queryFn: sha256 === undefined ? skipToken : ({ signal }) => loadMap(sha256, signal),
    staleTime: Infinity,
  });
}
