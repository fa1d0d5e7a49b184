import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Catalog } from '#core/catalog/index.ts';
import { writeReportHtml, writeReportPdf } from '#core/figures/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { getDataset } from '../collection/find-dataset.ts';
import type { JobControl } from '../job.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion } from '../versions.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import { collectModel, type ModelFindings, type ReportPlace } from './collect-model.ts';
import { composeReport } from './compose-report.ts';
import { collectDataset } from './describe-dataset.ts';
import type { ReaderFindings } from './describe-findings.ts';
import { describeRequest, type ReportRequest, type ReportSummary } from './report-request.ts';
import { saveBundle } from './save-bundle.ts';

/**
 * A report of models on a dataset: `report.pdf`, `report.html`, and `bundle` with every number and map. Predictions and maps that are
 * missing are computed first. Throws what evaluating and explaining throw, `output/not-writable`.
 */
export async function saveReport(
  place: ReportPlace,
  request: ReportRequest,
  control: JobControl,
): Promise<ReportSummary> {
  const start = performance.now();
  const { catalog, engine } = place;
  if (request.modelPaths.length === 0)
    throw new LightboxError('request/invalid', 'A report is of one model or several; name one.');
  const data = collectDataset(catalog, request);
  const models: ModelFindings[] = [];
  for (const modelPath of request.modelPaths) models.push(await collectModel(place, { request, modelPath }, control));
  const created = new Date().toISOString();
  const findings = { request, created, data, models, readers: countReaders(catalog, request.dataset) };
  const report = await composeReport({ engine, catalog, control }, findings);
  const folder = request.outputFolder;
  await makeFolder(folder);
  const pdf = await writeReportPdf(report);
  await saveFile(path.join(folder, 'report.pdf'), pdf);
  await saveFile(path.join(folder, 'report.html'), Buffer.from(writeReportHtml(report), 'utf8'));
  const bundle = await saveBundle(catalog, findings, path.join(folder, 'bundle'));
  catalog.reports.insert({
    ...{ kind: 'report', title: report.title, path: path.resolve(folder, 'report.pdf'), version: lightboxVersion },
    settings: { ...describeRequest(request), models: models.map(({ record }) => record.sha256), data: data.sha256 },
    sha256: createHash('sha256').update(pdf).digest('hex'),
  });
  return {
    ...{ folder, files: ['report.pdf', 'report.html', ...bundle.map((file) => `bundle/${file}`)] },
    ...{ pictures: data.samples.length, models: models.map(({ record }) => titleOfModel(record)) },
    warnings: [...new Set(models.flatMap(({ ledger }) => ledger.warnings))],
    seconds: (performance.now() - start) / 1000,
  };
}

function countReaders(catalog: Catalog, name: string): ReaderFindings {
  const { id } = getDataset(catalog, name);
  const count = (names: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const one of names) counts[one] = (counts[one] ?? 0) + 1;
    return counts;
  };
  return {
    marks: count(catalog.marks.listOfDataset(id).map(({ kind }) => kind)),
    verdicts: count(catalog.reviews.listOfDataset(id).flatMap(({ verdict }) => verdict ?? [])),
    accepted: listAccepted(catalog, id),
  };
}

/** Tests that readers took for established; of a single picture or over the dataset. */
function listAccepted(catalog: Catalog, dataset: number): ReaderFindings['accepted'] {
  return catalog.findings.list(dataset).map(({ audit, author, comment }) => {
    const { subject, sample, model, result } = catalog.audits.get(audit);
    const { sentence = '' } = result as { readonly sentence?: string };
    const { title, file } = catalog.models.get(model);
    return { subject, model: title ?? file, isCase: sample !== undefined, sentence, author, comment };
  });
}
