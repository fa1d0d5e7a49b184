import path from 'node:path';
import { writeCsv } from '#core/audit/index.ts';
import type { Catalog } from '#core/catalog/index.ts';
import { saveFile, saveNpy } from '#core/imaging/index.ts';
import { metrics } from '#shared/metrics/index.ts';
import { saveDatasetMark } from '../audit/save-mark-test.ts';
import { saveLedger } from '../audit/save-ledger.ts';
import { exportMarks } from '../collection/export-marks.ts';
import { saveEvaluation } from '../collection/save-evaluation.ts';
import { toFileName } from '../describe-explanation.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import { makeFolder } from '../make-folder.ts';
import { lightboxVersion, readVersions } from '../versions.ts';
import type { ModelFindings } from './collect-model.ts';
import type { ReportFindings } from './compose-report.ts';
import { describeRequest } from './report-request.ts';

/** Everything a report says, for programs: tables, records and maps, a folder for each model. Throws `output/not-writable`. */
export async function saveBundle(
  catalog: Catalog,
  findings: ReportFindings,
  folder: string,
): Promise<readonly string[]> {
  const { models, request } = findings;
  const files = ['report.json', 'metrics.csv', 'marks.json'];
  await makeFolder(folder);
  const save = (name: string, text: string): Promise<void> =>
    saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
  await save('report.json', writeJson(describeBundle(findings)));
  await save('metrics.csv', writeMetricsCsv());
  await save('marks.json', writeJson(exportMarks(catalog, { dataset: request.dataset })));
  for (const [at, model] of models.entries()) {
    const name = `model-${at + 1}`;
    const own = path.join(folder, name);
    files.push(
      ...(await saveEvaluation(model.evaluation, { folder: own, theme: 'print' })).map((file) => `${name}/${file}`),
    );
    await saveLedger(model.ledger, own);
    files.push(...['ledger.csv', 'regions.csv', 'ledger.json'].map((file) => `${name}/${file}`));
    for (const test of model.regionTests) {
      const region = `${name}/without-${toFileName(test.region)}`;
      await saveDatasetMark(test, path.join(folder, region));
      files.push(`${region}/region-test.json`, `${region}/cases.csv`);
    }
    files.push(...(await saveMaps(catalog, model, { folder, name, isAsked: request.maps ?? true })));
  }
  return files;
}

interface MapPlace {
  readonly folder: string;
  readonly name: string;
  readonly isAsked: boolean;
}

/** Arrays as they were computed, named by the picture's hash, and a table that says what each is of. */
async function saveMaps(
  catalog: Catalog,
  { mapped, evaluation }: ModelFindings,
  { folder, name, isAsked }: MapPlace,
): Promise<readonly string[]> {
  const { labels } = evaluation.predictions;
  const rows = mapped.map(({ sample, attribution }) => {
    const { contentSha256 = '', label, split } = sample;
    const { target, composite, sum, initialRelevance } = attribution;
    return [contentSha256, label, split, labels[target], composite, initialRelevance, sum, `maps/${contentSha256}.npy`];
  });
  const head = [
    'picture',
    'label',
    'split',
    'target',
    'composite',
    'started_from',
    'sum',
    ...(isAsked ? ['file'] : []),
  ];
  const table = writeCsv([head, ...rows.map((row) => row.slice(0, head.length))]);
  await saveFile(path.join(folder, name, 'maps.csv'), Buffer.from(table, 'utf8'));
  if (!isAsked) return [`${name}/maps.csv`];
  await makeFolder(path.join(folder, name, 'maps'));
  for (const { sample, attribution } of mapped) {
    const array = await catalog.arrays.load(attribution.arraySha256);
    await saveNpy(path.join(folder, name, 'maps', `${sample.contentSha256 ?? ''}.npy`), array);
  }
  return [`${name}/maps.csv`, `${name}/maps/ (${mapped.length} arrays)`];
}

function describeBundle({ request, created, data, models, readers }: ReportFindings): object {
  const { samples, ...facts } = data;
  return {
    ...{
      format: 'relevance-lightbox/report/1',
      version: lightboxVersion,
      created,
      versions: readVersions(),
      request: describeRequest(request),
    },
    data: { ...facts, pictures: samples.length },
    models: models.map((model, at) => ({
      ...{ folder: `model-${at + 1}`, title: titleOfModel(model.record), sha256: model.record.sha256 },
      externalData: model.record.externalData.map(({ sha256 }) => sha256),
      ...{ input: model.manifest.input, composite: model.composite, rules: model.rules, quality: model.quality },
      evaluation: model.evaluation.record,
      regions: model.ledger.groups,
      worst: model.ledger.queue,
      regionTests: model.regionTests.map((test) => ({ ...test, cases: test.cases.length })),
    })),
    ...{ readers, metrics: metrics },
  };
}

/** JSON has no infinities; they are written as text. */
const writeJson = (value: unknown): string =>
  `${JSON.stringify(value, (_key, one: unknown) => (typeof one === 'number' && !Number.isFinite(one) ? String(one) : one), 2)}\n`;

function writeMetricsCsv(): string {
  const rows = Object.entries(metrics).map(([id, { name, formula, meaning, unit, undefinedWhen, source }]) => [
    ...[id, name, formula, meaning, unit, undefinedWhen, source],
  ]);
  return writeCsv([['id', 'name', 'formula', 'meaning', 'unit', 'undefined_when', 'source'], ...rows]);
}
