import type { Catalog } from '#core/catalog/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import path from 'node:path';
import { attributeDataset } from '../../collection/attribute-dataset.ts';
import { auditDataset } from '../../dataset-audit/audit-dataset.ts';
import { computeGroups } from '../../groups/compute-groups.ts';
import { describeGrouping } from '../../groups/describe-grouping.ts';
import { fillDemo } from '../../collection/fill-demo.ts';
import { importDataset } from '../../collection/import-dataset.ts';
import { predictDataset, type DatasetJobReport } from '../../collection/predict-dataset.ts';
import { toFileName } from '../../describe-explanation.ts';
import { measureQuality } from '../../quality/measure-quality.ts';
import { saveReport } from '../../report/save-report.ts';
import type { JobControl } from '../../job.ts';
import { auditWorks } from '../audit/audit-works.ts';
import { findModelPath } from '../find-model-path.ts';
import type { JobPlace, Work } from './job-place.ts';
import { readReferences } from './read-references.ts';
import { removeInThread } from '../datasets/remove-in-thread.ts';

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
  quality: async ({ engine, catalog }, request, control) => {
    const place = { engine, readCatalog: () => catalog, writeCatalog: () => Promise.resolve(catalog) };
    const { dataset, modelPath } = locate(catalog, request);
    const { composite, limit = qualityPictures } = request;
    const { cards, failures } = await measureQuality(place, { dataset, modelPath, composite, limit }, control);
    const failed = failures[0] ? ` ${countOf(failures.length, 'picture')} could not be used; the first: ${failures[0].error.message}` : ''; // prettier-ignore
    return `${countOf(cards.length, 'card')} in the catalog.${failed}`;
  },
  ...auditWorks,
  report: async (place, request, control) => {
    const { catalog } = place;
    const { name } = catalog.datasets.get(request.dataset);
    const { models, folder = placeReport(catalog, name), regions, question, split } = request;
    const modelPaths: string[] = [];
    for (const model of models) modelPaths.push(findModelPath(catalog, model));
    const asked = { dataset: name, split, modelPaths, regions, question, outputFolder: folder };
    const report = await saveReport(place, asked, control);
    return `${countOf(report.pictures, 'picture')}: ${path.join(report.folder, 'report.pdf')}`;
  },
  audit: async ({ catalog }, { dataset }, control) => {
    const { pictures, findings } = await auditDataset(
      catalog,
      { dataset: catalog.datasets.get(dataset).name },
      control,
    );
    return `${countOf(pictures, 'picture')} looked at: ${countOf(findings.length, 'finding')}.`;
  },
  groups: async ({ catalog }, { dataset, settings }, control) => {
    const id = await computeGroups(catalog, { dataset: catalog.datasets.get(dataset), settings }, control);
    const { points, groups, label } = describeGrouping(catalog, id);
    return `${countOf(points.length, 'map')} of ${label} in ${countOf(groups.length, 'group')}.`;
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

/** Enough for intervals, few enough to be done in minutes. */
const qualityPictures = 8;

/** Does what was asked. Throws what the single jobs throw. */
export async function workOn(place: JobPlace, request: JobRequest, control: JobControl): Promise<string> {
  const work = works[request.kind] as Work<JobRequest['kind']>;
  return work(place, request, control);
}

/** A folder for each day and dataset, beside the catalog. */
function placeReport(catalog: Catalog, dataset: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return path.join(path.dirname(path.resolve(catalog.file)), 'reports', `${toFileName(dataset)}-${day}`);
}

type SampleJobRequest = Pick<
  Extract<JobRequest, { kind: 'predict' | 'attribute' | 'references' }>,
  'dataset' | 'model' | 'split'
> & { readonly samples?: readonly number[] | undefined };

interface LocatedRequest extends Pick<SampleJobRequest, 'split' | 'samples'> {
  readonly dataset: string;
  readonly modelPath: string;
}

/** Throws `dataset/unknown`, and `model/not-found` where it is not known where a model lies. */
function locate(catalog: Catalog, { dataset, model: id, split, samples }: SampleJobRequest): LocatedRequest {
  return { dataset: catalog.datasets.get(dataset).name, modelPath: findModelPath(catalog, id), split, samples };
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
