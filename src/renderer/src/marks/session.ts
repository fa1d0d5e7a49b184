import { useEffect } from 'react';
import { useStore } from 'zustand';
import { api } from '../api/client.ts';
import { blankCase, type CaseState } from './history.ts';
import { createMarkSession, type MarkKeeper, type MarkSession } from './mark-session.ts';

const keeper: MarkKeeper = {
  load: async (sample) => {
    const [marks, reviews] = await Promise.all([api.marks.list.call({ sample }), api.reviews.list.call({ sample })]);
    return {
      marks: marks.flatMap(({ id, shape, kind, note, author }) =>
        shape ? [{ id, content: { shape, kind, note, author } }] : [],
      ),
      reviews: new Map(reviews.map(({ author, verdict, note, lockedMs }) => [author, { verdict, note, lockedMs }])),
      faults: marks.flatMap(({ fault }) => fault ?? []),
    };
  },
  insertMark: async (sample, mark) => (await api.marks.insert.call({ sample, ...mark })).id,
  updateMark: async (id, { kind, shape, note }) => {
    await api.marks.update.call({ id, kind, shape, note });
  },
  deleteMark: async (id) => {
    await api.marks.delete.call({ id });
  },
  putReview: async ({ sample, author, after: { verdict, note } }) => {
    await api.reviews.put.call({ sample, author, verdict, note });
  },
};

/** Marks and reviews of this window; outlives every view of them. */
export const markSession = createMarkSession(keeper);

export const useMarkSession = <Part>(choose: (session: MarkSession) => Part): Part => useStore(markSession, choose);

/** What was marked and judged on a sample; read when a view of it opens. */
export function useCase(sample: number): CaseState {
  useEffect(() => {
    void markSession.getState().open(sample);
  }, [sample]);
  return useMarkSession(({ cases }) => cases.get(sample)) ?? blankCase;
}
