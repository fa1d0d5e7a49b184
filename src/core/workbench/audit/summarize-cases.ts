import {
  computeMeanInterval,
  computeWilsonInterval,
  declaredThresholds,
  regionVerdicts,
  type RegionVerdict,
} from '#core/audit/index.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { netOf } from './describe-region-test.ts';
import type {
  DatasetMarkReport,
  DatasetMarkRequest,
  MarkedCase,
  MeanEffect,
  VerdictRate,
} from './mark-test-request.ts';
import type { RegionModel } from './region-model.ts';

/** A case and whose picture it is; patients are told to nobody. */
export interface TestedCase {
  readonly record: MarkedCase;
  readonly patient: string | undefined;
}

/** What the cases say together. */
export function summarizeCases(
  request: DatasetMarkRequest,
  { record, composite, labels }: RegionModel,
  { cases, failures }: { readonly cases: readonly TestedCase[]; readonly failures: readonly SampleFailure[] },
): DatasetMarkReport {
  const { seed = 1 } = request;
  const marked = cases.filter((one) => one.record.kind === 'mark');
  const nulls = cases.filter((one) => one.record.kind === 'null');
  const effects = labels.map((label, index) => meanEffect(marked, { label, index, seed }));
  const marks = rateOf(marked);
  return {
    ...{ model: record, composite, dataset: request.dataset, split: request.split ?? null, region: request.region },
    ...{ thresholds: declaredThresholds, seed, sentence: writeSentence(request, marks, effects), marks },
    nulls: nulls.length === 0 ? null : rateOf(nulls),
    ...{ effects, cases: cases.map((one) => one.record), failures },
  };
}

function rateOf(cases: readonly TestedCase[]): VerdictRate {
  const count = (verdict: RegionVerdict): number => cases.filter(({ record }) => record.verdict === verdict).length;
  const verdicts = Object.fromEntries(
    regionVerdicts.map((verdict) => [verdict, count(verdict)]),
  ) as VerdictRate['verdicts'];
  const used = verdicts['shortcut used'];
  return {
    cases: cases.length,
    verdicts,
    rate: used / cases.length,
    interval: computeWilsonInterval(used, cases.length),
  };
}

function meanEffect(
  cases: readonly TestedCase[],
  { label, index, seed }: { readonly label: string; readonly index: number; readonly seed: number },
): MeanEffect {
  const meanOf = (scale: 'logit' | 'probability'): ReturnType<typeof computeMeanInterval> =>
    computeMeanInterval(
      cases.map(({ record, patient }) => ({ value: netOf(record.classes[index] ?? { effects: [] }, scale), patient })),
      { seed },
    );
  const [logit, probability] = [meanOf('logit'), meanOf('probability')];
  return {
    ...{ label, logit: logit.mean, logitInterval: logit.interval },
    ...{ probability: probability.mean, probabilityInterval: probability.interval, unit: logit.unit },
  };
}

function writeSentence({ region }: DatasetMarkRequest, marks: VerdictRate, effects: readonly MeanEffect[]): string {
  const lead = effects.toSorted((a, b) => Math.abs(b.logit) - Math.abs(a.logit))[0];
  const used = `${marks.verdicts['shortcut used']} of ${marks.cases} pictures with "${region}" get the verdict shortcut used`;
  if (!lead) return `${used}.`;
  const { probability, probabilityInterval: span } = lead;
  const interval = span ? ` (95 % interval ${span.low.toFixed(2)} to ${span.high.toFixed(2)})` : '';
  const net = `its removal changes ${lead.label} by ${(-lead.logit).toFixed(2)} logit and ${(-probability).toFixed(2)} probability beyond controls on average`;
  return `${used}; ${net}${interval === '' ? '' : `; effect on probability${interval}`}.`;
}
