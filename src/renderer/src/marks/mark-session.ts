import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  applyChange,
  blankHistory,
  record,
  redo,
  undo,
  type Cases,
  type CaseState,
  type Change,
  type History,
  type MarkContent,
  type MarkKey,
} from './history.ts';

/** Where marks and reviews are kept. Calls fail with a sentence. */
export interface MarkKeeper {
  readonly load: (sample: number) => Promise<LoadedCase>;
  /** Returns the mark's number. */
  readonly insertMark: (sample: number, mark: MarkContent) => Promise<number>;
  readonly updateMark: (id: number, mark: MarkContent) => Promise<void>;
  readonly deleteMark: (id: number) => Promise<void>;
  readonly putReview: (change: Extract<Change, { subject: 'review' }>) => Promise<void>;
}

export interface LoadedCase {
  readonly marks: readonly { readonly id: number; readonly content: MarkContent }[];
  readonly reviews: CaseState['reviews'];
  /** Sentences about marks that cannot be shown. */
  readonly faults: readonly string[];
}

/** All that was marked and judged since the window was opened, and what of it is not in the catalog yet. */
export interface MarkSession {
  readonly cases: Cases;
  readonly history: History;
  /** Not kept yet, in the order in which it was done. */
  readonly waiting: readonly Change[];
  /** Why the first of them could not be kept; nothing is kept until it is tried again or given up. */
  readonly fault: string | undefined;
  /** Sentences about what a sample's marks are in the catalog, by sample. */
  readonly notes: ReadonlyMap<number, readonly string[]>;
  /** Reads a sample's marks and reviews, unless what is here is newer. */
  readonly open: (sample: number) => Promise<void>;
  readonly change: (change: Change) => void;
  /** Returns what was changed back, if anything. */
  readonly undo: () => Change | undefined;
  readonly redo: () => Change | undefined;
  readonly retry: () => void;
  /** Gives up what could not be kept: everything is as the catalog has it. */
  readonly discard: () => void;
  /** When nothing waits any more; false where something could not be kept. */
  readonly settle: () => Promise<boolean>;
}

/** Every change is kept at once, one after the other. */
export function createMarkSession(keeper: MarkKeeper): StoreApi<MarkSession> {
  const ids: MarkIds = new Map();
  return createStore<MarkSession>((set, get) => {
    const { start, settle } = createSaver({ keeper, ids, set, get });
    const open = createOpener({ keeper, ids, set, get });
    const perform = (change: Change): void => {
      set(({ cases, waiting }) => ({ cases: applyChange(cases, change), waiting: [...waiting, change] }));
      start();
    };
    const step = (take: typeof undo): Change | undefined => {
      const taken = take(get().history);
      if (!taken) return undefined;
      set({ history: taken.history });
      perform(taken.change);
      return taken.change;
    };
    /** Goes on after a fault; what was waiting is read again once it is kept, or given up. */
    const goOn = (part: Partial<MarkSession>): void => {
      const samples = new Set(get().waiting.map(({ sample }) => sample));
      set({ ...part, fault: undefined });
      start();
      for (const sample of samples) void open(sample);
    };
    return {
      ...{ cases: new Map(), history: blankHistory, waiting: [], fault: undefined, notes: new Map() },
      ...{ open, settle, undo: () => step(undo), redo: () => step(redo) },
      change: (change) => {
        set(({ history }) => ({ history: record(history, change) }));
        perform(change);
      },
      retry: () => {
        goOn({});
      },
      discard: () => {
        goOn({ waiting: [], history: blankHistory });
      },
    };
  });
}

/** The numbers the catalog gave to marks. */
type MarkIds = Map<MarkKey, number>;

interface SessionParts {
  readonly keeper: MarkKeeper;
  readonly ids: MarkIds;
  readonly set: StoreApi<MarkSession>['setState'];
  readonly get: StoreApi<MarkSession>['getState'];
}

/** Keeps what waits until nothing does, or something cannot be kept. */
function createSaver({ keeper, ids, set, get }: SessionParts): Pick<MarkSession, 'settle'> & { start: () => void } {
  let saving: Promise<void> | undefined;
  const saveAll = async (): Promise<void> => {
    for (let change = get().waiting[0]; change && get().fault === undefined; change = get().waiting[0]) {
      try {
        await save(keeper, ids, change);
        set(({ waiting }) => ({ waiting: waiting.slice(1) }));
      } catch (cause) {
        set({ fault: cause instanceof Error ? cause.message : String(cause) });
      }
    }
    saving = undefined;
  };
  return {
    start: () => {
      const { waiting, fault } = get();
      if (waiting.length > 0 && fault === undefined) saving ??= saveAll();
    },
    settle: async () => {
      await saving;
      return get().waiting.length === 0;
    },
  };
}

function createOpener({ keeper, ids, set, get }: SessionParts): MarkSession['open'] {
  const open = async (sample: number): Promise<void> => {
    const before = get().cases.get(sample);
    const { found, faults } = await load(keeper, sample);
    const isOlder = get().cases.get(sample) !== before || get().waiting.some((change) => change.sample === sample);
    if (isOlder) {
      // What was done meanwhile is kept first, then all is read again.
      if (await get().settle()) await open(sample);
      return;
    }
    set(({ cases, notes }) => ({
      cases: found ? new Map(cases).set(sample, adopt(found, ids)) : cases,
      notes: new Map(notes).set(sample, faults),
    }));
  };
  return open;
}

interface Answer {
  /** Undefined where the catalog could not be read; what is known stays. */
  readonly found: LoadedCase | undefined;
  readonly faults: readonly string[];
}

/** A catalog that cannot be read is told of where the marks would be. */
async function load(keeper: MarkKeeper, sample: number): Promise<Answer> {
  try {
    const found = await keeper.load(sample);
    return { found, faults: found.faults };
  } catch (cause) {
    return { found: undefined, faults: [cause instanceof Error ? cause.message : String(cause)] };
  }
}

/** Marks that are known keep their keys, so that what was done to them can still be undone. */
function adopt({ marks, reviews }: LoadedCase, ids: MarkIds): CaseState {
  const keys = new Map([...ids].map(([key, id]) => [id, key]));
  const entries = marks.map(({ id, content }) => {
    const key = keys.get(id) ?? `kept ${id}`;
    ids.set(key, id);
    return [key, content] as const;
  });
  return { marks: new Map(entries), reviews };
}

async function save(keeper: MarkKeeper, ids: MarkIds, change: Change): Promise<void> {
  if (change.subject === 'review') {
    await keeper.putReview(change);
    return;
  }
  const { sample, key, after } = change;
  const id = ids.get(key);
  if (after && id === undefined) ids.set(key, await keeper.insertMark(sample, after));
  else if (after && id !== undefined) await keeper.updateMark(id, after);
  else if (id !== undefined) {
    await keeper.deleteMark(id);
    ids.delete(key);
  }
}
