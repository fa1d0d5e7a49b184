import { create } from 'zustand';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly isFault: boolean;
}

/** Sentences that stay until they are dismissed; what merely went well goes by itself. */
export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

const GOOD_NEWS_MS = 5000;
let lastId = 0;

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** The same sentence is told once. */
export function tellFault(cause: unknown): void {
  add(cause instanceof Error ? cause.message : String(cause), true);
}

export function tell(text: string): void {
  const id = add(text, false);
  window.setTimeout(() => {
    dismissNotice(id);
  }, GOOD_NEWS_MS);
}

function add(text: string, isFault: boolean): number {
  const id = ++lastId;
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((notice) => notice.text !== text), { id, text, isFault }],
  }));
  return id;
}
