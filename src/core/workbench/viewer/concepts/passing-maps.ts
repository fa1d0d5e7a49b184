import { createHash } from 'node:crypto';
import { writeNpy } from '#shared/npy.ts';

/** What is looked at for a moment and not kept in the catalog: the latest maps, as NumPy files by their hash. */
export interface PassingMaps {
  /** Returns the SHA-256 it can be had by. */
  put(map: { readonly shape: readonly number[]; readonly values: Float32Array }): string;
  find(sha256: string): Uint8Array | undefined;
}

/** 200 maps of 224 × 224 are 40 MB. */
const most = 200;

export function createPassingMaps(limit = most): PassingMaps {
  const maps = new Map<string, Uint8Array>();
  return {
    put: (map) => {
      const bytes = writeNpy(map);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      maps.delete(sha256);
      maps.set(sha256, bytes);
      const [oldest] = maps.keys();
      if (maps.size > limit && oldest !== undefined) maps.delete(oldest);
      return sha256;
    },
    find: (sha256) => maps.get(sha256),
  };
}
