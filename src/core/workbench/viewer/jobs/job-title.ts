import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { defaultComposite } from '#core/relevance/index.ts';
import { isAudit, titleAudit } from '../audit/audit-title.ts';

/** What a job does, to what. Throws for datasets and models that are not there. */
export function titleJob(catalog: ReadonlyCatalog, request: JobRequest): string {
  if (request.kind === 'demo') return 'Fill the demo';
  if (request.kind === 'import') return `Import ${request.name ?? path.basename(request.folder)}`;
  if (isAudit(request)) return titleAudit(catalog, request);
  const dataset = catalog.datasets.get(request.dataset).name;
  if (request.kind === 'report') return `Report on ${dataset}`;
  if (request.kind === 'audit') return `Audit ${dataset}`;
  if (request.kind === 'groups') return `Group maps of ${dataset}`;
  if (request.kind === 'remove') return `Remove ${dataset}`;
  const { title, file } = catalog.models.get(request.model);
  if (request.kind === 'references')
    return `Read the concepts of ${[dataset, request.split].filter(Boolean).join(' ')} with ${title ?? file}`;
  if (request.kind === 'quality')
    return `Quality of maps of ${title ?? file} on ${dataset}, ${request.composite ?? defaultComposite}`;
  const chosen = request.samples && `${request.samples.length.toLocaleString('en')} chosen of`;
  const what = [chosen, dataset, request.split].filter(Boolean).join(' ');
  if (request.kind === 'predict') return `Predict ${what} with ${title ?? file}`;
  return `Explain ${what} with ${title ?? file}, ${request.composite ?? defaultComposite}`;
}
