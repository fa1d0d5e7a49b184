import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { useMarkScope } from './mark-scope.ts';
import { markSession } from './session.ts';

export interface ListPlace {
  readonly list: SampleList;
  readonly place: number;
  readonly sample: { readonly id: number };
}

/** What lists and counts say of verdicts and marks is asked again. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: api.samples.key() }), [queries]);
}

/** To the nearest case the reader has not judged; what was just done is in the catalog first. */
export function useOpenCases(at: ListPlace): (author: string, backwards?: boolean) => Promise<void> {
  const refresh = useRefresh();
  return async (author, backwards = false) => {
    const { change } = useMarkScope.getState();
    if (!(await markSession.getState().settle())) return;
    try {
      const place = await findPlace(at, backwards);
      const untilLocked = at.list.firstReading ?? false;
      const found = await api.reviews.open.call({ list: at.list, author, place, backwards, untilLocked });
      if (isMoving(at.list)) await refresh();
      if (found.place === undefined) change({ notice: `${author} has judged every other case of this list.` });
      else useChoices.getState().read(found.place);
    } catch (cause) {
      change({ notice: cause instanceof Error ? cause.message : String(cause) });
    }
  };
}

/** Whether a verdict or a mark can take a sample out of the list, or bring one in. */
const isMoving = ({ verdict, mark }: SampleList): boolean => verdict !== undefined || mark !== undefined;

const behindTheEnd = 10 ** 9;

/** From where to look. Where the sample itself has left the list, those behind it have moved up by one. */
async function findPlace({ list, place, sample }: ListPlace, backwards: boolean): Promise<number> {
  if (!isMoving(list) || backwards) return place;
  const [there] = (await api.samples.page.call({ ...list, offset: place, limit: 1 })).samples;
  if (there?.id === sample.id) return place;
  return place === 0 ? behindTheEnd : place - 1;
}
