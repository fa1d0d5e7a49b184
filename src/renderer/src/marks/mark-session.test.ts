import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChange, blankCase, blankReview, type Cases, type Change, type MarkContent } from './history.ts';
import { createMarkSession, type MarkKeeper } from './mark-session.ts';

/** A keeper in memory that numbers marks as the catalog does and can be made to refuse. */
function createKeeper(): MarkKeeper & { refuses: boolean; list(sample: number): readonly MarkContent[] } {
  const marks = new Map<number, { sample: number; content: MarkContent }>();
  const reviews = new Map<string, Extract<Change, { subject: 'review' }>>();
  let last = 0;
  const keeper = {
    refuses: false,
    list: (sample: number) => [...marks.values()].filter((mark) => mark.sample === sample).map((mark) => mark.content),
    load: (sample: number) =>
      Promise.resolve({
        marks: [...marks].flatMap(([id, mark]) => (mark.sample === sample ? [{ id, content: mark.content }] : [])),
        reviews: new Map(
          [...reviews.values()].flatMap((change) =>
            change.sample === sample ? [[change.author, change.after] as const] : [],
          ),
        ),
        faults: [],
      }),
    insertMark: async (sample: number, content: MarkContent) => {
      await answer();
      marks.set(++last, { sample, content });
      return last;
    },
    updateMark: async (id: number, content: MarkContent) => {
      await answer();
      const known = marks.get(id);
      if (!known) throw new Error(`no mark ${id}`);
      marks.set(id, { ...known, content });
    },
    deleteMark: async (id: number) => {
      await answer();
      if (!marks.delete(id)) throw new Error(`no mark ${id}`);
    },
    putReview: async (change: Extract<Change, { subject: 'review' }>) => {
      await answer();
      reviews.set(`${change.sample} ${change.author}`, change);
    },
  };
  const answer = async (): Promise<void> => {
    await Promise.resolve();
    if (keeper.refuses) throw new Error('The catalog is being written by another program.');
  };
  return keeper;
}

const content = (kind: string, left = 1): MarkContent => ({
  ...{ kind, note: '', author: 'A' },
  shape: { form: 'rectangle', left, top: 2, width: 3, height: 4 },
});

const commands = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('insert' as const), sample: fc.nat(2), left: fc.nat(50) }),
    fc.record({ do: fc.constant('update' as const), pick: fc.nat(9), left: fc.nat(50) }),
    fc.record({ do: fc.constant('delete' as const), pick: fc.nat(9) }),
    fc.record({ do: fc.constant('verdict' as const), sample: fc.nat(2), note: fc.string({ maxLength: 3 }) }),
    fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'fail' as const, 'mend' as const) }),
  ),
  { maxLength: 60 },
);

/** The change a command asks for, of what is there. */
function toChange(command: { do: string; sample?: number; pick?: number; left?: number; note?: string }, cases: Cases) {
  return (key: string): Change | undefined => {
    const { sample = 0, pick = 0, left = 0, note = '' } = command;
    const all = [...cases].flatMap(([of, { marks }]) => [...marks].map(([known, mark]) => ({ of, known, mark })));
    const one = all[pick % Math.max(1, all.length)];
    const mark = { subject: 'mark' } as const;
    if (command.do === 'insert') return { ...mark, sample, key, before: undefined, after: content('hair', left) };
    if (command.do === 'verdict') {
      const before = cases.get(sample)?.reviews.get('A') ?? blankReview;
      return { subject: 'review', sample, author: 'A', before, after: { verdict: 'clean', note } };
    }
    if (!one) return undefined;
    const after = command.do === 'update' ? content('ruler', left) : undefined;
    return { ...mark, sample: one.of, key: one.known, before: one.mark, after };
  };
}

const byPlace = (marks: Iterable<MarkContent>): readonly string[] =>
  [...marks].map((mark) => JSON.stringify(mark)).sort();

interface Tried {
  readonly keeper: ReturnType<typeof createKeeper>;
  readonly session: ReturnType<typeof createMarkSession>;
  readonly key: string;
}

function follow(command: Parameters<typeof toChange>[0], { keeper, session, key }: Tried): void {
  const { change, undo, redo, retry, cases } = session.getState();
  const others: Readonly<Record<string, () => void>> = {
    undo,
    redo,
    fail: () => (keeper.refuses = true),
    mend: () => {
      keeper.refuses = false;
      retry();
    },
  };
  const other = others[command.do];
  const wanted = other ? undefined : toChange(command, cases)(key);
  other?.();
  if (wanted) change(wanted);
}

interface Compared {
  readonly seen: Cases;
  readonly replayed: Cases;
  readonly keeper: ReturnType<typeof createKeeper>;
}

async function expectSame(sample: number, { seen, replayed, keeper }: Compared): Promise<void> {
  const [shown = blankCase, expected = blankCase] = [seen.get(sample), replayed.get(sample)];
  expect(shown.marks).toEqual(expected.marks);
  expect(byPlace(keeper.list(sample))).toEqual(byPlace(shown.marks.values()));
  const kept = await keeper.load(sample);
  for (const reviews of [shown.reviews, kept.reviews]) {
    expect(reviews.get('A') ?? blankReview).toEqual(expected.reviews.get('A') ?? blankReview);
  }
}

it('whatever is done, undone and done again: what is seen is a replay of what is done, and the keeper has it', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      const keeper = createKeeper();
      const session = createMarkSession(keeper);
      const { retry, settle } = session.getState();
      for (const [index, command] of given.entries()) {
        follow(command, { keeper, session, key: `mark ${index}` });
        if (index % 3 === 0) await settle();
      }
      keeper.refuses = false;
      retry();
      expect(await settle()).toBe(true);
      const { cases, history } = session.getState();
      const replayed = history.done.reduce<Cases>(applyChange, new Map());
      for (const sample of [0, 1, 2]) await expectSame(sample, { seen: cases, replayed, keeper });
    }),
    { numRuns: 200, seed: 3 },
  );
});

it('what cannot be kept stays on the screen until it is tried again, or is given up', async () => {
  const keeper = createKeeper();
  const session = createMarkSession(keeper);
  const { change, retry, discard, settle } = session.getState();
  const insert = (key: string): Change => ({
    ...{ subject: 'mark', sample: 1, key, before: undefined, after: content('ink') },
  });
  keeper.refuses = true;
  change(insert('a'));
  expect(await settle()).toBe(false);
  expect(session.getState().fault).toBe('The catalog is being written by another program.');
  expect(session.getState().cases.get(1)?.marks.size).toBe(1);
  change(insert('b'));
  expect(keeper.list(1)).toEqual([]);
  keeper.refuses = false;
  retry();
  expect(await settle()).toBe(true);
  expect([keeper.list(1).length, session.getState().fault]).toEqual([2, undefined]);
  keeper.refuses = true;
  change(insert('c'));
  await settle();
  discard();
  await expect.poll(() => session.getState().cases.get(1)?.marks.size).toBe(2);
  expect(session.getState().waiting).toEqual([]);
});

it('what is drawn before the catalog has answered does not hide what was there', async () => {
  const keeper = createKeeper();
  await keeper.insertMark(1, content('ruler'));
  const session = createMarkSession(keeper);
  const { change, open } = session.getState();
  const opening = open(1);
  change({ subject: 'mark', sample: 1, key: 'a', before: undefined, after: content('ink') });
  await opening;
  expect([...(session.getState().cases.get(1)?.marks.values() ?? [])].map(({ kind }) => kind)).toEqual([
    'ruler',
    'ink',
  ]);
});

it('a catalog that cannot be read leaves what is known on the screen, with the sentence', async () => {
  const keeper = createKeeper();
  const session = createMarkSession({ ...keeper, load: () => Promise.reject(new Error('The catalog is damaged.')) });
  const { change, open, settle } = session.getState();
  change({ subject: 'mark', sample: 1, key: 'a', before: undefined, after: content('ink') });
  await settle();
  await open(1);
  expect(session.getState().notes.get(1)).toEqual(['The catalog is damaged.']);
  expect(session.getState().cases.get(1)?.marks.size).toBe(1);
});

it('a mark read again keeps its key, so that it can still be undone', async () => {
  const keeper = createKeeper();
  const session = createMarkSession(keeper);
  const { change, open, undo, settle } = session.getState();
  change({ subject: 'mark', sample: 1, key: 'a', before: undefined, after: content('ink') });
  await settle();
  await open(1);
  expect([...(session.getState().cases.get(1)?.marks.keys() ?? [])]).toEqual(['a']);
  undo();
  expect(await settle()).toBe(true);
  expect(keeper.list(1)).toEqual([]);
});
