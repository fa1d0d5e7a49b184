import { createHash } from 'node:crypto';
import type { FigureFormat } from '#shared/contract/figures.ts';

/** Figures that are looked at or about to be saved: the latest files, by their hash. */
export interface PassingFigures {
  /** Returns the SHA-256 it can be had by. */
  put(bytes: Uint8Array): string;
  find(sha256: string): Uint8Array | undefined;
}

export const figureTypes = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
} as const satisfies Readonly<Record<FigureFormat, string>>;

/** A large one is 5 MB. */
const most = 20;

export function createPassingFigures(): PassingFigures {
  const figures = new Map<string, Uint8Array>();
  return {
    put: (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      figures.delete(sha256);
      figures.set(sha256, bytes);
      const [oldest] = figures.keys();
      if (figures.size > most && oldest !== undefined) figures.delete(oldest);
      return sha256;
    },
    find: (sha256) => figures.get(sha256),
  };
}
