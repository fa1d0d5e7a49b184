import { list, table, text, type ReportBlock } from '#core/figures/index.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import type { Versions } from '../versions.ts';
import type { ModelFindings } from './collect-model.ts';
import type { DatasetFindings } from './describe-dataset.ts';

export const notADevice =
  'Relevance Lightbox is a research tool for those who build and judge models. It is no medical device, was not assessed as one, and is not for diagnosis or treatment.';

export function describeLimits(): readonly ReportBlock[] {
  return [
    text(notADevice),
    list([
      'Relevance tells how a network arrived at its answer, not whether the answer or the reason is right. That a region is no evidence is for a reader to say.',
      'Relevance in a region is a suspicion; that the answer changes without it, beyond what controls do, is the finding. Fills can themselves be evidence; their agreement guards against it.',
      'Relevance inside the anatomy does not clear a model, nor does its absence outside: networks can tell hospitals apart by lungs alone.',
      'Rules that follow positive weights tend towards one map for all classes; biases and the stabilizer absorb a part of the relevance.',
      'Several classes, regions and scales were looked at; intervals are of each by itself. The false-alarm rate, where it was measured, says what that comes to.',
      'Cases are shown by number. What is burnt into a picture is not masked: look before you pass the report on.',
    ]),
  ];
}

interface SoftwareFacts {
  readonly versions: Versions;
  readonly created: string;
  readonly data: DatasetFindings;
}

export function describeSoftware(
  { versions, created, data }: SoftwareFacts,
  models: readonly ModelFindings[],
): readonly ReportBlock[] {
  return [
    list([
      `Relevance Lightbox ${versions.lightbox}, ONNX Runtime ${versions.onnxruntime}, Node ${versions.node}.`,
      `Made on ${created.slice(0, 10)}.`,
      `Maps were computed by: ${[...new Set(models.flatMap(({ providers }) => providers))].join(', ')}.`,
      'Every number of this report stands in the tables (CSV) and in report.json beside it, the maps as NumPy arrays.',
    ]),
    table('What it was made from.', {
      head: ['What', 'SHA-256'],
      rows: [
        [`Dataset "${data.name}", ${data.samples.length} pictures`, data.sha256],
        ...models.map(({ record }) => [titleOfModel(record), record.sha256]),
      ],
      shares: [2, 3],
    }),
  ];
}
