import { create, type StoreApi } from 'zustand';
import { client } from '../api/client.ts';

/** How the window is left, part by part; each store says itself what of it is kept. */
const windowName = 'window';
const DELAY_MS = 500;

type Store<State> = Pick<StoreApi<State>, 'getState' | 'setState' | 'subscribe'>;

interface Part {
  readonly read: () => object;
  readonly apply: (kept: object) => void;
}

const parts = new Map<string, Part>();
let restored: Readonly<Record<string, unknown>> | undefined;
let timer: number | undefined;

/** Whether the state is on the disk, and why it is not. */
export const useSessionNotice = create<{ readonly reason: string | undefined }>(() => ({ reason: undefined }));

/** Keeps what `pick` takes of a store: it is there again when the window is opened the next time. Call it once, beside the store. */
export function keepInSession<State extends object>(
  name: string,
  store: Store<State>,
  pick: (state: State) => Partial<State>,
): void {
  const part: Part = {
    read: () => pick(store.getState()),
    apply: (kept) => {
      // What an older or newer window kept and this one does not know is left out.
      const known = Object.keys(pick(store.getState()));
      const entries = Object.entries(kept).filter(([field]) => known.includes(field));
      store.setState(Object.fromEntries(entries) as Partial<State>);
    },
  };
  parts.set(name, part);
  if (restored) applyPart(name, part);
  store.subscribe((now, before) => {
    if (restored && JSON.stringify(pick(now)) !== JSON.stringify(pick(before))) saveSoon();
  });
}

/** Puts everything back as it was left; done once, before anything is shown. */
export async function restoreSession(): Promise<void> {
  const { state = {} } = await client.session.get({ name: windowName }).catch(() => ({ state: {} }));
  for (const [name, part] of parts) {
    const kept = (state as Readonly<Record<string, unknown>>)[name];
    if (typeof kept === 'object' && kept !== null) part.apply(kept);
  }
  restored = state;
  window.addEventListener('pagehide', saveNow);
}

function applyPart(name: string, part: Part): void {
  const kept = restored?.[name];
  if (typeof kept === 'object' && kept !== null) part.apply(kept);
}

function saveSoon(): void {
  timer ??= window.setTimeout(saveNow, DELAY_MS);
}

function saveNow(): void {
  if (timer === undefined) return;
  window.clearTimeout(timer);
  timer = undefined;
  // Parts that are not loaded in this window are kept as they were.
  const state = { ...restored, ...Object.fromEntries(Array.from(parts, ([name, { read }]) => [name, read()])) };
  client.session.put({ name: windowName, state }).then(
    ({ isKept, reason }) => {
      useSessionNotice.setState({ reason: isKept ? undefined : reason });
    },
    () => undefined,
  );
}
