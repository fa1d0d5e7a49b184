import type { OpenedCase } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** Writes down which cases were opened, behind what is shown: no picture waits for it. */
export interface CaseLog {
  opened(sampleId: number): void;
  /** When everything is written, if it can be. */
  close(): Promise<void>;
}

/** So much may be lost when the program is killed. */
const DELAY_MS = 400;
/** Kept while the catalog is busy; a reader pages ten cases a second at most. */
const MOST_WAITING = 10_000;

export function createCaseLog({ write }: Pick<ViewerPlace, 'write'>): CaseLog {
  let waiting: OpenedCase[] = [];
  let timer: NodeJS.Timeout | undefined;
  let last: number | undefined;
  const flush = async (): Promise<void> => {
    timer = undefined;
    if (waiting.length === 0) return;
    const cases = waiting;
    waiting = [];
    try {
      (await write()).log.appendOpened(cases);
    } catch (cause) {
      // A catalog that cannot be written keeps no log (docs/operations.md); one that is busy does so later.
      if (LightboxError.from(cause).code !== 'catalog/busy') return;
      waiting = [...cases, ...waiting].slice(-MOST_WAITING);
      plan();
    }
  };
  const plan = (): void => {
    timer ??= setTimeout(() => void flush(), DELAY_MS).unref();
  };
  return {
    opened: (sampleId) => {
      // The window asks again whenever something may have changed.
      if (sampleId === last) return;
      last = sampleId;
      waiting.push({ sampleId, atMs: Date.now() });
      plan();
    },
    close: async () => {
      clearTimeout(timer);
      await flush();
      clearTimeout(timer);
    },
  };
}
