import {
  adjustTests,
  computeMeanInterval,
  computeWilsonInterval,
  declaredThresholds,
  regionVerdicts,
  testSignedRanks,
  type MeasuredCase,
  type RegionVerdict,
} from '#core/audit/index.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { recordOf } from './dataset-region-request.ts';
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
  model: RegionModel,
  { cases, failures }: { readonly cases: readonly TestedCase[]; readonly failures: readonly SampleFailure[] },
): DatasetMarkReport {
  const { seed = 1 } = request;
  const marked = cases.filter((one) => one.record.kind === 'mark');
  const nulls = cases.filter((one) => one.record.kind === 'null');
  const { composite, labels } = model;
  const effects = adjustAll(labels.map((label, index) => meanEffect(marked, { label, index, seed })));
  const marks = rateOf(marked);
  return {
    ...{ ...recordOf(request, model), composite },
    ...{
      thresholds: declaredThresholds,
      seed,
      sentence: writeSentence(request, { marks, nulls: rateOf(nulls), effects }),
      marks,
    },
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
): UnadjustedEffect {
  const netsOf = (scale: 'logit' | 'probability'): readonly MeasuredCase[] =>
    cases.map(({ record, patient }) => ({ value: netOf(record.classes[index] ?? { effects: [] }, scale), patient }));
  const [logits, probabilities] = [netsOf('logit'), netsOf('probability')];
  const [logit, probability] = [computeMeanInterval(logits, { seed }), computeMeanInterval(probabilities, { seed })];
  return {
    ...{ label, logit: logit.mean, logitInterval: logit.interval },
    ...{ probability: probability.mean, probabilityInterval: probability.interval, unit: logit.unit },
    ...{ logitP: testSignedRanks(logits).p ?? null, probabilityP: testSignedRanks(probabilities).p ?? null },
  };
}

type UnadjustedEffect = Omit<MeanEffect, 'logitQ' | 'probabilityQ'>;

/** All classes on both scales are one family of tests. */
function adjustAll(effects: readonly UnadjustedEffect[]): readonly MeanEffect[] {
  const adjusted = adjustTests(effects.flatMap(({ logitP, probabilityP }) => [logitP ?? undefined, probabilityP ?? undefined])); // prettier-ignore
  return effects.map((effect, index) => ({
    ...effect,
    ...{ logitQ: adjusted[2 * index] ?? null, probabilityQ: adjusted[2 * index + 1] ?? null },
  }));
}

interface Said {
  readonly marks: VerdictRate;
  readonly nulls: VerdictRate;
  readonly effects: readonly MeanEffect[];
}

function writeSentence({ region }: DatasetMarkRequest, { marks, nulls, effects }: Said): string {
  if (marks.cases === 0) {
    const [low, high] = [nulls.interval.low, nulls.interval.high].map((share) => (100 * share).toFixed(1));
    return `${nulls.verdicts['shortcut used']} of ${nulls.cases} marks of nothing get the verdict shortcut used: false alarms ${(100 * nulls.rate).toFixed(1)} % (95 % interval ${low} to ${high}).`;
  }
  const lead = effects.toSorted((a, b) => Math.abs(b.logit) - Math.abs(a.logit))[0];
  const used = `${marks.verdicts['shortcut used']} of ${marks.cases} pictures with "${region}" get the verdict shortcut used`;
  if (!lead) return `${used}.`;
  const { probability, probabilityInterval: span } = lead;
  const interval = span ? ` (95 % interval ${span.low.toFixed(2)} to ${span.high.toFixed(2)})` : '';
  const net = `its removal changes ${lead.label} by ${(-lead.logit).toFixed(2)} logit and ${(-probability).toFixed(2)} probability beyond controls on average`;
  return `${used}; ${net}${interval === '' ? '' : `; effect on probability${interval}`}.`;
}
