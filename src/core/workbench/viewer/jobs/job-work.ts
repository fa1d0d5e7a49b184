import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { LightboxError } from '#shared/errors.ts';
import { attributeDataset } from '../../collection/attribute-dataset.ts';
import { fillDemo } from '../../collection/fill-demo.ts';
import { importDataset } from '../../collection/import-dataset.ts';
import { predictDataset, type DatasetJobReport } from '../../collection/predict-dataset.ts';
import type { JobControl } from '../../job.ts';
import { readReferences } from './read-references.ts';
import { removeInThread } from '../datasets/remove-in-thread.ts';

/** Where a job works. */
export interface JobPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
}

/** What came of a job, in a sentence. */
type Work<Kind extends JobRequest['kind']> = (
  place: JobPlace,
  request: Extract<JobRequest, { kind: Kind }>,
  control: JobControl,
) => Promise<string>;

const works: { readonly [Kind in JobRequest['kind']]: Work<Kind> } = {
  demo: async (place, _, control) => {
    const { datasets } = await fillDemo(place, {}, control);
    const pictures = datasets.reduce((sum, dataset) => sum + dataset.pictures, 0);
    return `The demo is there: ${countOf(pictures, 'picture')}.`;
  },
  import: async ({ catalog }, { folder, layout = 'auto', name }, control) => {
    const { samples, unreadable, dataset } = await importDataset(catalog, { folder, layout, name }, control);
    const { added, changed, unchanged, removed } = samples;
    const counts = `${added} added, ${changed} changed, ${unchanged} as they were, ${removed} removed`;
    const unusable = unreadable.length === 0 ? '' : ` ${countOf(unreadable.length, 'picture')} cannot be used.`;
    return `${dataset.name}: ${counts}.${unusable}`;
  },
  predict: async (place, request, control) => {
    const { report } = await predictDataset(place, { ...locate(place.catalog, request), provider: 'auto' }, control);
    return describeReports([report], 'prediction');
  },
  attribute: async (place, request, control) => {
    const { composite, target } = request;
    const located = { ...locate(place.catalog, request), composite, target };
    return describeReports(await attributeDataset(place, located, control), 'heatmap');
  },
  references: async (place, request, control) => {
    const located = { ...locate(place.catalog, request), layers: request.layers };
    return describeReports([await readReferences(place, located, control)], 'picture', 'read');
  },
  remove: async ({ catalog }, request) => {
    const { name } = catalog.datasets.get(request.dataset);
    const { samples, attributions, removedArrays } = await removeInThread(catalog.file, request.dataset);
    const kept = removedArrays < attributions ? ' Heatmaps that other datasets show too stay.' : '';
    return `${name} is gone from the catalog: ${countOf(samples, 'picture')}, ${countOf(attributions, 'heatmap')}.${kept} The picture files were not touched.`;
  },
};

/** Does what was asked. Throws what the single jobs throw. */
export async function workOn(place: JobPlace, request: JobRequest, control: JobControl): Promise<string> {
  const work = works[request.kind] as Work<JobRequest['kind']>;
  return work(place, request, control);
}

type SampleJobRequest = Extract<JobRequest, { kind: 'predict' | 'attribute' | 'references' }>;

interface LocatedRequest extends Pick<Extract<SampleJobRequest, { kind: 'predict' }>, 'split' | 'samples'> {
  readonly dataset: string;
  readonly modelPath: string;
}

/** Throws `dataset/unknown`, and `model/not-found` where it is not known where a model lies. */
function locate(catalog: Catalog, { dataset, model: id, split, ...rest }: SampleJobRequest): LocatedRequest {
  const model = catalog.models.get(id);
  if (model.path === undefined) {
    const sentence = `It is not known where "${model.file}" lies; add the model again under Models.`;
    throw new LightboxError('model/not-found', sentence);
  }
  const samples = 'samples' in rest ? rest.samples : undefined;
  return { dataset: catalog.datasets.get(dataset).name, modelPath: model.path, split, samples };
}

function describeReports(reports: readonly Omit<DatasetJobReport, 'model'>[], noun: string, done = 'computed'): string {
  const computed = reports.reduce((sum, report) => sum + report.computed, 0);
  const failures = reports.flatMap((report) => report.failures);
  const brought = computed === 0 ? 'Nothing was missing.' : `${countOf(computed, noun)} ${done}.`;
  const warnings = [...new Set(reports.flatMap((report) => report.warnings))];
  const failed = failures[0]
    ? [`${countOf(failures.length, 'picture')} could not be used; the first: ${failures[0].error.message}`]
    : [];
  return [failures.length > 0 && computed === 0 ? '' : brought, ...failed, ...warnings].filter(Boolean).join(' ');
}

const countOf = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
