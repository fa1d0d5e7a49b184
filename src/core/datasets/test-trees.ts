import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SampleEntry } from '#shared/samples.ts';
import { readDataset, type DatasetOptions, type DatasetReading } from './read-dataset.ts';
import type { ReadingProblem } from './reading-problem.ts';

// Real little datasets in temporary folders, for tests.

/** A picture of one grey pixel. */
export const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Behind its preamble a DICOM file begins with this mark. */
export const tinyDicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);

/** Files by path; a list of paths makes pictures of one pixel. */
export type TreePlan = Readonly<Record<string, string | Buffer>> | readonly string[];

/** Calls `work` with a new folder that holds these files and takes it away afterwards. */
export async function withTree<Result>(plan: TreePlan, work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'lightbox-dataset-'));
  try {
    await growTree(folder, plan);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function growTree(folder: string, plan: TreePlan): Promise<void> {
  const files: readonly [string, string | Buffer][] = Array.isArray(plan)
    ? (plan as readonly string[]).map((path) => [path, path.endsWith('.dcm') ? tinyDicom : tinyPng])
    : Object.entries(plan);
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export interface ReadTree {
  readonly reading: DatasetReading;
  readonly samples: readonly SampleEntry[];
  readonly problems: readonly ReadingProblem[];
}

/** Reads a dataset to its end. */
export async function readAll(folder: string, options: DatasetOptions = {}): Promise<ReadTree> {
  const reading = await readDataset(folder, options);
  const samples: SampleEntry[] = [];
  const problems: ReadingProblem[] = [];
  for await (const batch of reading.batches) {
    samples.push(...batch.samples);
    problems.push(...batch.problems);
  }
  return { reading, samples, problems };
}

/** The whole dataset of a plan. */
export const readTree = (plan: TreePlan, options: DatasetOptions = {}): Promise<ReadTree> =>
  withTree(plan, (folder) => readAll(folder, options));
