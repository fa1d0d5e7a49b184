import { heading, list, table, text, type ReportBlock } from '#core/figures/index.ts';
import { findCaution } from '#shared/composite-cautions.ts';
import { metricGroups } from '#shared/metrics/index.ts';
import { drawEvaluation } from '../collection/save-evaluation.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import type { ModelFindings } from './collect-model.ts';
import { share, withInterval } from './report-numbers.ts';
import type { ReportRequest } from './report-request.ts';

export function describeModels(models: readonly ModelFindings[]): readonly ReportBlock[] {
  const rows = models.map(({ record, evaluation: { record: numbers } }) => [
    titleOfModel(record),
    String(numbers.cases),
    withInterval(numbers.meanAuc ?? undefined, numbers.intervals?.meanAuc),
    withInterval(numbers.accuracy, numbers.intervals?.accuracy),
    withInterval(numbers.balancedAccuracy, numbers.intervals?.balancedAccuracy),
    share(numbers.calibration.ece),
  ]);
  return [
    table('Numbers of the whole set with 95% intervals (percentile bootstrap, 2,000 resamples).', {
      head: ['Model', 'Cases', 'Mean AUC', 'Accuracy', 'Balanced accuracy', 'ECE'],
      ...{ rows, shares: [3, 1, 2.4, 2.4, 2.4, 1] },
    }),
    ...models.flatMap(describeModel),
  ];
}

function describeModel({ record, manifest, evaluation, notes }: ModelFindings): readonly ReportBlock[] {
  const { input } = manifest;
  const recipe = `${input.width} \u00d7 ${input.height}, ${input.channels}, ${input.resize}, ${input.fit}; range ${input.range.join(' to ')}, mean ${input.mean.join(', ')}, std ${input.std.join(', ')}`;
  return [
    { kind: 'heading', text: titleOfModel(record) },
    list([
      `SHA-256 ${record.sha256}.`,
      ...record.externalData.map(({ sha256 }) => `A file of its weights: SHA-256 ${sha256}.`),
      `Pictures are prepared so: ${recipe}.`,
      ...notes,
    ]),
    { kind: 'figure', figure: drawEvaluation(evaluation, 'print'), caption: 'Every class against the rest.' },
  ];
}

export function describeMethods(request: ReportRequest, models: readonly ModelFindings[]): readonly ReportBlock[] {
  const [first] = models;
  const { target = 'predicted', seed = 1 } = request;
  const composite = first?.composite.name ?? '';
  const rules = Object.entries(countRules(first?.rules ?? {})).map(
    ([rule, count]) => `${rule}: ${count} ${count === 1 ? 'layer' : 'layers'}`,
  );
  return [
    text(
      `Relevance was computed by layer-wise relevance propagation (LRP; Bach et al. 2015, Montavon et al. 2019) with the composite ${composite}, of the class "${target}", started from 1 at its logit, summed over color before any sign was looked at. Where the logit is negative and the composite gives the opposite sign, the map is turned, so that above zero always speaks for the class.`,
    ),
    text(
      `Masks and marks are brought onto the model\u2019s pixels by area; maps are shown bilinear. Regions, controls and resamples are drawn by seed ${seed}. A number that does not exist is shown as a dash with its reason in the tables beside this report, never as 0.`,
    ),
    list(rules),
    text(findCaution(composite)?.caution ?? ''),
    ...metricGroups.flatMap(({ title, metrics }) => [
      heading(title),
      table('', {
        head: ['Number', 'Formula', 'Unit', 'Not defined where', 'Source'],
        rows: metrics.map((one) => [one.name, one.formula, one.unit, one.undefinedWhen, one.source]),
        shares: [2, 4.4, 1.4, 2.2, 2],
      }),
    ]),
  ];
}

function countRules(rules: Readonly<Record<string, string>>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const rule of Object.values(rules)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
