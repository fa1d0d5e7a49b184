import { isDeepStrictEqual } from 'node:util';
import type { Catalog, Job, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { OtherJob } from '#shared/contract/jobs.ts';
import { z } from 'zod';

const verbs: Readonly<Record<string, string>> = {
  import: 'Import',
  predict: 'Predict',
  attribute: 'Explain',
  concepts: 'Read concepts of',
};

const settingsSchema = z.object({ dataset: z.string(), split: z.string().nullish() });

/** Jobs of other processes: those that run, and those that broke off and were not begun again. */
export function listOtherJobs(catalog: ReadonlyCatalog): readonly OtherJob[] {
  const abandoned = new Set(catalog.jobs.listAbandoned().map(({ id }) => id));
  const all = catalog.jobs.list();
  return catalog.jobs
    .listElsewhere()
    .map((job) => ({ job, isGone: job.state === 'interrupted' || abandoned.has(job.id) }))
    .filter(({ job, isGone }) => !isGone || !wasBegunAgain(job, all))
    .map(({ job, isGone }) => describe(job, isGone));
}

/** An interrupted job, with those before it that it was to finish. Throws `request/invalid` for one that is not there. */
export function forgetOtherJob(catalog: Catalog, id: number): void {
  catalog.jobs.interruptAbandoned();
  const job = catalog.jobs.get(id);
  const attempts = catalog.jobs.list('interrupted').filter((other) => other.id <= id && isSame(other, job));
  for (const attempt of attempts) catalog.jobs.delete(attempt.id);
}

const isSame = (one: Job, other: Job): boolean =>
  one.kind === other.kind && isDeepStrictEqual(one.settings, other.settings);

const wasBegunAgain = (job: Job, all: readonly Job[]): boolean =>
  all.some((other) => other.id > job.id && isSame(other, job));

function describe({ id, kind, settings, done, total, owner }: Job, isGone: boolean): OtherJob {
  const { dataset, split } = settingsSchema.safeParse(settings).data ?? {};
  const title = [verbs[kind] ?? kind, dataset, split].filter((part) => part !== undefined && part !== null).join(' ');
  const place = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
  return { id, title, state: isGone ? 'interrupted' : 'running', done, total, process: place };
}
