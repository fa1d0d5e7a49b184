import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useSamples, useTotal } from '../gallery/use-samples.ts';
import { MarkScopeBar } from '../marks/mark-scope-bar.tsx';
import { useFirstReading } from '../marks/use-first-reading.ts';
import { loadMap, type RelevanceMap } from './load-map.ts';
import { PictureStage } from './picture-stage.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { useReadingActions } from './use-reading-actions.ts';
import { useView } from './view-state.ts';

interface ReadingViewProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
  /** The sample's place in the list. */
  readonly place: number;
}

export function ReadingView({ overview, list, place }: ReadingViewProps): JSX.Element {
  const total = useTotal(list) ?? 0;
  const listed = useSamples(list, place, place + 1).get(place);
  const hidden = useView((view) => view.hidden);
  useReadingActions(place, total);
  const view = useQuery(api.samples.view.queryOptions({ input: listed ? { id: listed.id } : skipToken }));
  const sample = useFirstReading(view.data);
  const attribution = chooseAttribution(sample, list.attribution);
  const map = useMap(attribution?.arraySha256);
  return (
    <section className="reading" aria-label="Reading view">
      {sample && <PictureStage key={sample.id} sample={sample} attribution={attribution} map={map.data} />}
      {sample && <MarkScopeBar {...{ sample, list, place }} />}
      {view.isError && <p className="fault">{view.error.message}</p>}
      {!hidden && sample && (
        <ReadingPanel {...{ overview, list, sample, attribution, place, total }} fault={map.error?.message} />
      )}
    </section>
  );
}

function chooseAttribution(
  sample: SampleView | undefined,
  wanted: number | undefined,
): SampleView['attributions'][number] | undefined {
  return sample?.attributions.find(({ setup }) => setup === wanted) ?? sample?.attributions[0];
}

function useMap(sha256: string | undefined): UseQueryResult<RelevanceMap> {
  return useQuery({
    queryKey: ['map', sha256],
    queryFn: sha256 === undefined ? skipToken : ({ signal }) => loadMap(sha256, signal),
    staleTime: Infinity,
  });
}
