import type { Catalog } from '#core/catalog/index.ts';
import { heading, REPORT_WIDTH_MM, text, type ReportBlock, type ReportDocument } from '#core/figures/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { makeFigure } from '../figures/make-figure.ts';
import { planFigure } from '../figures/plan-figure.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import type { JobControl } from '../job.ts';
import { lightboxVersion, readVersions } from '../versions.ts';
import type { ModelFindings } from './collect-model.ts';
import { describeDataset, type DatasetFindings } from './describe-dataset.ts';
import { describeFindings, type ReaderFindings } from './describe-findings.ts';
import { describeMethods, describeModels } from './describe-models.ts';
import { describeQuality } from './describe-quality.ts';
import { describeLimits, describeSoftware, notADevice } from './describe-software.ts';
import { drawCases } from './draw-cases.ts';
import type { ReportRequest } from './report-request.ts';

export interface ReportFindings {
  readonly request: ReportRequest;
  readonly created: string;
  readonly data: DatasetFindings;
  readonly models: readonly ModelFindings[];
  readonly readers: ReaderFindings;
}

interface Composing {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly control: JobControl;
}

const USUAL_CASES = 12;
const SAMPLES_SHOWN = 6;
const usualQuestion =
  'What do these models look at on these pictures, and does it bear on their answers where it should not?';

/** The report's sections in their order. */
export async function composeReport(composing: Composing, findings: ReportFindings): Promise<ReportDocument> {
  const { request, created, data, models, readers } = findings;
  const { question = usualQuestion, dataset, split } = request;
  const names = models.map(({ record }) => titleOfModel(record)).join(', ');
  return {
    title: `Where relevance lies: ${dataset}${split === undefined ? '' : `, ${split}`}`,
    subtitle: `${names} \u00b7 ${created.slice(0, 10)}`,
    footer: `Relevance Lightbox ${lightboxVersion} \u00b7 ${created.slice(0, 10)} \u00b7 No medical device; not for diagnosis`,
    created,
    record: JSON.stringify({
      format: 'relevance-lightbox/report/1',
      version: lightboxVersion,
      created,
      models: models.map(({ record }) => record.sha256),
      dataset: data.sha256,
    }),
    sections: [
      { title: 'Question', blocks: [text(question), text(notADevice)] },
      { title: 'Data', blocks: [...describeDataset(data, models), await drawSamples(composing, findings)] },
      { title: 'Models', blocks: describeModels(models) },
      { title: 'Methods', blocks: describeMethods(request, models) },
      { title: 'Quality of the maps', blocks: describeQuality(models) },
      { title: 'Findings', blocks: describeFindings(models, readers) },
      { title: 'Cases', blocks: await listCases(composing, findings) },
      { title: 'Limits, and what this is not', blocks: describeLimits() },
      { title: 'Software and hashes', blocks: describeSoftware({ versions: readVersions(), created, data }, models) },
    ],
  };
}

async function drawSamples(
  { engine, catalog, control }: Composing,
  { request, created }: ReportFindings,
): Promise<ReportBlock> {
  const { dataset, split, seed } = request;
  const asked = { kind: 'samples', dataset, split, seed, perClass: SAMPLES_SHOWN, outputFile: '' } as const;
  const { recipe, sources } = await planFigure({ ...asked, look: { widthMm: REPORT_WIDTH_MM } }, () => catalog);
  const figure = await makeFigure(recipe, { engine, sources, control, created, version: lightboxVersion });
  return { kind: 'figure', figure, caption: 'Samples of each class, drawn at random.' };
}

async function listCases(
  { catalog }: Composing,
  { request, created, models }: ReportFindings,
): Promise<readonly ReportBlock[]> {
  const { cases: count = USUAL_CASES, dataset } = request;
  const blocks: ReportBlock[] = [];
  for (const model of models)
    blocks.push(heading(titleOfModel(model.record)), ...(await drawCases(catalog, model, { created, count, dataset })));
  return blocks;
}
