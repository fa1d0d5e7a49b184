import { LightboxError } from '#shared/errors.ts';
import type { ViewerPlace } from './viewer-place.ts';

export interface SessionState {
  readonly state?: Record<string, unknown> | undefined;
}

export interface SessionKeeper {
  get(name: string): SessionState;
  put(name: string, state: Record<string, unknown>): Promise<{ readonly isKept: boolean; readonly reason?: string }>;
}

/** How windows were left: in the catalog, and in memory where that cannot be written. */
export function createSessionKeeper({ read, write }: ViewerPlace): SessionKeeper {
  const remembered = new Map<string, Record<string, unknown>>();
  return {
    get: (name) => ({ state: remembered.get(name) ?? findKept(read, name) }),
    put: async (name, state) => {
      remembered.set(name, state);
      try {
        // No catalog is made only to remember how an empty window was left.
        read();
        (await write()).sessions.put(name, state);
        return { isKept: true };
      } catch (cause) {
        return { isKept: false, reason: LightboxError.from(cause).message };
      }
    },
  };
}

function findKept(read: ViewerPlace['read'], name: string): Record<string, unknown> | undefined {
  try {
    return read().sessions.find(name) as Record<string, unknown> | undefined;
  } catch {
    // Whatever is wrong with the catalog is told by the questions about its content.
    return undefined;
  }
}
