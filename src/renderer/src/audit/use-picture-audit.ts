import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { KeptCase, PictureRegions } from '#shared/contract/audit-results.ts';
import type { MarkView } from '#shared/contract/marks.ts';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { useMarkScope } from '../marks/mark-scope.ts';
import { useCase, useMarkSession } from '../marks/session.ts';
import { chooseSubject, useAudit } from './audit-state.ts';

/** What can be asked of a picture's regions, and what is known of the chosen one. */
export interface PictureAudit {
  readonly regions: PictureRegions | undefined;
  readonly fault: string | undefined;
  /** Kinds of single marks, by their numbers. */
  readonly kinds: ReadonlyMap<number, string>;
  readonly subject: string | undefined;
  /** The test of the chosen region. */
  readonly kept: KeptCase | undefined;
}

export function usePictureAudit({ sample, subject: { model }, composite }: Explaining): PictureAudit {
  const marks = useSettledMarks(sample.id);
  const regions = useQuery(api.audit.regions.queryOptions({ input: { sample: sample.id, model: model.id } }));
  const kept = useQuery(api.audit.kept.queryOptions({ input: { sample: sample.id, model: model.id, composite } }));
  const { subject: chosen, ofSample, change } = useAudit();
  useSelectedMark(sample.id, marks);
  useEffect(() => {
    change({ model: model.id });
  }, [model.id, change]);
  const subjects = regions.data?.regions.map((region) => region.subject) ?? [];
  const subject =
    [ofSample[sample.id], chosen].find((one) => one !== undefined && subjects.includes(one)) ?? subjects[0];
  return {
    ...{ regions: regions.data, fault: (regions.error ?? kept.error)?.message },
    kinds: new Map(marks.map(({ id, kind }) => [id, kind])),
    ...{ subject, kept: kept.data?.find((one) => one.subject === subject) },
  };
}

/** The marks of a picture as the catalog has them, asked for again when what was drawn is kept. */
function useSettledMarks(sample: number): readonly MarkView[] {
  const marks = useQuery(api.marks.list.queryOptions({ input: { sample } }));
  const waiting = useMarkSession((session) => session.waiting.length);
  const before = useRef(waiting);
  const queries = useQueryClient();
  useEffect(() => {
    const isKept = waiting === 0 && before.current > 0;
    before.current = waiting;
    if (!isKept) return;
    void queries.invalidateQueries({ queryKey: api.marks.key() });
    void queries.invalidateQueries({ queryKey: api.audit.key() });
  }, [waiting, queries]);
  return marks.data ?? [];
}

/** A mark that is selected on the picture is the region that is tested. */
function useSelectedMark(sample: number, marks: readonly MarkView[]): void {
  const { marks: drawn } = useCase(sample);
  const selected = useMarkScope(({ selected: key }) => key);
  const shape = selected === undefined ? undefined : drawn.get(selected)?.shape;
  const id = shape && marks.find((mark) => mark.shape && writeSorted(mark.shape) === writeSorted(shape))?.id;
  useEffect(() => {
    if (id !== undefined) chooseSubject(sample, `mark ${id}`);
  }, [sample, id]);
}

const writeSorted = (shape: object): string => JSON.stringify(Object.entries(shape).sort());
