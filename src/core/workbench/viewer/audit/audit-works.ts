import type { Catalog, NewAudit } from '#core/catalog/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { insertArtefact } from '../../audit/insert-artefact.ts';
import { runAnatomy } from '../../audit/run-anatomy.ts';
import { testDatasetRegion } from '../../audit/test-dataset-region.ts';
import { testSampleRegion } from '../../audit/test-sample-region.ts';
import type { JobPlace, Work } from '../jobs/job-place.ts';
import { findModelPath } from '../find-model-path.ts';
import { bookSetup } from './book-setup.ts';
import { keepAnatomy, keepInsertion, keepRegion, type KeptRun } from './keep-run.ts';
import { toAudit } from './runs.ts';

type AuditKind = Extract<JobRequest['kind'], 'test-region' | 'test-dataset' | 'anatomy' | 'insertion' | 'book'>;
type RunRequest = Extract<JobRequest, { kind: 'test-dataset' | 'anatomy' | 'insertion' }>;

/** What came of a run stays in the catalog. Its sentence is the job's outcome. */
function keep({ catalog }: JobPlace, request: RunRequest, kept: KeptRun): string {
  const audit: NewAudit = toAudit(catalog, request, kept);
  const { sentence } = catalog.audits.insert(audit).result as { readonly sentence: string };
  const { failures } = kept.report;
  return failures[0]
    ? `${sentence} ${failures.length} pictures could not be used; the first: ${failures[0].error.message}`
    : sentence;
}

function locate(catalog: Catalog, { dataset, model, split, subject }: RunRequest) {
  return {
    dataset: catalog.datasets.get(dataset).name,
    modelPath: findModelPath(catalog, model),
    split,
    region: subject,
  };
}

/** Jobs of the audit, by kind. */
export const auditWorks: { readonly [Kind in AuditKind]: Work<Kind> } = {
  'test-region': async (place, { model, ...request }, control) => {
    const asked = { ...request, model, modelPath: findModelPath(place.catalog, model) };
    return (await testSampleRegion(place, asked, control)).result.sentence;
  },
  'test-dataset': async (place, request, control) => {
    const { composite, nulls } = request;
    const report = await testDatasetRegion(place, { ...locate(place.catalog, request), composite, nulls }, control);
    return keep(place, request, { kind: 'region', report, result: keepRegion(report) });
  },
  anatomy: async (place, request, control) => {
    const report = await runAnatomy(place, locate(place.catalog, request), control);
    return keep(place, request, { kind: 'anatomy', report, result: keepAnatomy(report) });
  },
  insertion: async (place, request, control) => {
    const report = await insertArtefact(place, locate(place.catalog, request), control);
    return keep(place, request, { kind: 'insertion', report, result: keepInsertion(report) });
  },
  book: (place, { setup, dataset }, control) => bookSetup(place, { setup, dataset }, control),
};
