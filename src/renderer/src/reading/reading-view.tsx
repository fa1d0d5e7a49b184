import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useSamples, useTotal } from '../gallery/use-samples.ts';
import { useFilm, type Film } from './film/load-picture.ts';
import { loadMap, type RelevanceMap } from './load-map.ts';
import { PictureStage } from './picture-stage.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { ReadingToolbar } from './tools/reading-toolbar.tsx';
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
  const near = useSamples(list, place, place + 2);
  const listed = near.get(place);
  const isAlone = useView((view) => view.hidden || view.maximised);
  const film = useFilmAhead(listed?.id, near.get(place + 1)?.id);
  useReadingActions({ place, total, film });
  const view = useQuery(api.samples.view.queryOptions({ input: listed ? { id: listed.id } : skipToken }));
  const sample = view.data;
  const attribution = chooseAttribution(sample, list.attribution);
  const map = useMap(attribution?.arraySha256);
  return (
    <section className="reading" aria-label="Reading view">
      {!isAlone && <ReadingToolbar film={film} />}
      {sample && (
        <PictureStage
          key={sample.id}
          {...{ sample, attribution }}
          map={map.data}
          target={nameTarget(overview, attribution)}
        />
      )}
      {view.isError && <p className="fault">{view.error.message}</p>}
      {!isAlone && sample && (
        <ReadingPanel
          {...{ overview, list, sample, attribution, place, total, film }}
          map={map.data}
          fault={map.error?.message}
        />
      )}
    </section>
  );
}

/** The next film is at hand before it is asked for. */
function useFilmAhead(sample: number | undefined, next: number | undefined): Film | undefined {
  const { data: film } = useFilm(sample);
  useFilm(film && next);
  return film;
}

function nameTarget(
  { setups }: Overview,
  attribution: SampleView['attributions'][number] | undefined,
): string | undefined {
  if (attribution?.turned === undefined) return undefined;
  const labels = setups.find(({ id }) => id === attribution.setup)?.labels ?? [];
  return labels[attribution.target] ?? `class ${attribution.target}`;
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
