import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { api, client } from '../api/client.ts';
import { tellFault } from '../shell/notices.ts';

/** A finding as it was before a change; undefined where there was none. */
interface Change {
  readonly audit: number;
  readonly before: Said | undefined;
  readonly after: Said | undefined;
}

export interface Said {
  readonly author: string;
  readonly comment: string;
}

interface FindingHistory {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
}

/** What was accepted, said otherwise and taken back since the window was opened. */
export const useFindingHistory = create<FindingHistory>(() => ({ done: [], undone: [] }));

async function put(queries: QueryClient, audit: number, said: Said | undefined): Promise<boolean> {
  try {
    if (said) await client.audit.findings.put({ audit, ...said });
    else await client.audit.findings.delete({ audit });
  } catch (cause) {
    tellFault(cause);
    return false;
  }
  await queries.invalidateQueries({ queryKey: api.audit.findings.key() });
  return true;
}

/** Keeps a finding, or takes it back; can be undone. */
export async function changeFinding(queries: QueryClient, change: Change): Promise<void> {
  if (!(await put(queries, change.audit, change.after))) return;
  useFindingHistory.setState(({ done }) => ({ done: [...done, change], undone: [] }));
}

export async function undoFinding(queries: QueryClient): Promise<void> {
  const { done, undone } = useFindingHistory.getState();
  const last = done.at(-1);
  if (!last || !(await put(queries, last.audit, last.before))) return;
  useFindingHistory.setState({ done: done.slice(0, -1), undone: [...undone, last] });
}

export async function redoFinding(queries: QueryClient): Promise<void> {
  const { done, undone } = useFindingHistory.getState();
  const last = undone.at(-1);
  if (!last || !(await put(queries, last.audit, last.after))) return;
  useFindingHistory.setState({ done: [...done, last], undone: undone.slice(0, -1) });
}
