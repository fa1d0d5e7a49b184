import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { defaultComposite } from '#core/relevance/index.ts';
import { isAudit, titleAudit } from '../audit/audit-title.ts';

type OnDataset = Extract<JobRequest, { kind: 'report' | 'audit' | 'groups' | 'remove' }>;
type OnModel = Extract<JobRequest, { kind: 'predict' | 'attribute' | 'quality' | 'references' }>;

const datasetTitles: Readonly<Record<OnDataset['kind'], string>> = {
  report: 'Report on',
  audit: 'Audit',
  groups: 'Group maps of',
  remove: 'Remove',
};

const isOnDataset = (request: JobRequest): request is OnDataset => Object.hasOwn(datasetTitles, request.kind);

/** What a job does, to what. Throws for datasets and models that are not there. */
export function titleJob(catalog: ReadonlyCatalog, request: JobRequest): string {
  if (request.kind === 'demo') return 'Fill the demo';
  if (request.kind === 'import') return `Import ${request.name ?? path.basename(request.folder)}`;
  if (isAudit(request)) return titleAudit(catalog, request);
  const dataset = catalog.datasets.get(request.dataset).name;
  if (isOnDataset(request)) return `${datasetTitles[request.kind]} ${dataset}`;
  const { title, file } = catalog.models.get(request.model);
  return titleOnModel(request, dataset, title ?? file);
}

function titleOnModel(request: OnModel, dataset: string, model: string): string {
  if (request.kind === 'quality')
    return `Quality of maps of ${model} on ${dataset}, ${request.composite ?? defaultComposite}`;
  const chosen = 'samples' in request && request.samples && `${request.samples.length.toLocaleString('en')} chosen of`;
  const what = [chosen, dataset, request.split].filter(Boolean).join(' ');
  if (request.kind === 'references') return `Read the concepts of ${what} with ${model}`;
  if (request.kind === 'predict') return `Predict ${what} with ${model}`;
  return `Explain ${what} with ${model}, ${request.composite ?? defaultComposite}`;
}
