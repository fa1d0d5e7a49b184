import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepNetwork, type ArchitectureName } from '#core/networks/index.ts';
import { makeFolder } from './make-folder.ts';

const seed = 1;
const classes = 1000;

export interface FullNetwork {
  readonly arch: ArchitectureName;
  readonly size: number;
  readonly cache: string | undefined;
}

/** A full-size network with seeded weights, built once. Returns its file. */
export async function keepFullNetwork({ arch, size, cache }: FullNetwork): Promise<string> {
  const folder = cache ?? path.join(tmpdir(), 'relevance-lightbox-networks');
  await makeFolder(folder);
  return keepNetwork({ arch, size, classes, seed, batchNorm: 'folded' }, folder);
}
