import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { marksOfNothing } from '#shared/region-verdicts.ts';

type AuditRequest = Extract<JobRequest, { kind: 'test-region' | 'test-dataset' | 'anatomy' | 'insertion' | 'book' }>;

const titles: Readonly<Record<'test-dataset' | 'anatomy' | 'insertion', (subject: string) => string>> = {
  'test-dataset': (subject) => (subject === marksOfNothing ? 'False alarms' : `Test "${subject}"`),
  anatomy: (subject) => `Without and with nothing but "${subject}"`,
  insertion: (subject) => `Paste "${subject}" into other pictures`,
};

export const isAudit = (request: JobRequest): request is AuditRequest =>
  request.kind === 'test-region' || request.kind === 'book' || Object.hasOwn(titles, request.kind);

/** Throws for datasets, samples and models that are not there. */
export function titleAudit(catalog: ReadonlyCatalog, request: AuditRequest): string {
  if (request.kind === 'book') return `Ledger of ${catalog.datasets.get(request.dataset).name}`;
  const { title, file } = catalog.models.get(request.model);
  const name = title ?? file;
  if (request.kind === 'test-region') {
    catalog.samples.get(request.sample);
    return `Test "${request.subject}" of a picture in ${name}`;
  }
  const dataset = catalog.datasets.get(request.dataset).name;
  const what = [dataset, request.split].filter(Boolean).join(' ');
  return `${titles[request.kind](request.subject)}: ${what}, ${name}`;
}
