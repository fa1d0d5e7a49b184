import { mapMeasureNames, reasonOf, writeCsv, type MeanWithInterval } from '#core/audit/index.ts';
import type { PictureStudy, RobustnessRecord, VariantRecord, VariantSummary } from './robustness-record.ts';

type Cell = string | number | undefined;

const known = (value: number | undefined): Cell => (value === undefined || Number.isNaN(value) ? undefined : value);
const flag = (value: boolean | undefined): Cell => (value === undefined ? undefined : Number(value));

/** A row for each picture, model, composite and variant. A measure without value is empty, and the last column says why. */
export function writeVariantsCsv({ models, studies }: RobustnessRecord): string {
  const header = [
    ...['position', 'sha256', 'label', 'model', 'composite', 'target', 'variant', 'probability', 'variant_probability'],
    ...['drift', 'predicted', 'variant_predicted', 'flipped', 'logit', 'variant_logit', 'logit_changed_sign'],
    ...['valid_share', ...mapMeasureNames, 'checker', 'variant_checker', 'reasons'],
  ];
  const rows = studies.flatMap((study) =>
    study.variants.map((variant) => [
      ...describeStudy(study, models[study.model]?.name),
      ...describeVariant(study, variant),
    ]),
  );
  return writeCsv([header, ...rows]);
}

const describeStudy = ({ picture, composite, target }: PictureStudy, model: string | undefined): readonly Cell[] => [
  ...[picture.position, picture.sha256, picture.label, model, composite, target.label],
];

function describeVariant(study: PictureStudy, variant: VariantRecord): readonly Cell[] {
  const { distances, checker } = variant;
  const reasons = new Set([...Object.values(distances), checker].flatMap((one) => reasonOf(one) ?? []));
  return [
    ...[variant.id, study.target.probability, known(variant.target?.probability), known(variant.drift)],
    ...[study.predicted.label, variant.predicted?.label, flag(variant.flipped)],
    ...[study.target.logit, known(variant.target?.logit), flag(variant.logitChangedSign), known(variant.validShare)],
    ...mapMeasureNames.map((name) => known(distances[name].value)),
    ...[known(study.checker.value), known(checker.value), [...reasons].join('; ')],
  ];
}

/** A row for each model, composite, variant (`all` over all of them) and measure: mean over pictures and 95 % interval. */
export function writeSummaryCsv({ models, summaries }: RobustnessRecord): string {
  const rows = summaries.flatMap((summary) =>
    listMeasures(summary).map(([name, { mean, interval, cases }]) => [
      ...[models[summary.model]?.name, summary.composite, summary.variant ?? 'all', name],
      ...[cases, known(mean), interval?.low, interval?.high],
    ]),
  );
  return writeCsv([['model', 'composite', 'variant', 'measure', 'pictures', 'mean', 'low', 'high'], ...rows]);
}

function listMeasures({ measures, drift, flipRate, logitSignChanges }: VariantSummary): [string, MeanWithInterval][] {
  const maps = mapMeasureNames.map((name): [string, MeanWithInterval] => [name, measures[name]]);
  return [...maps, ['drift', drift], ['flip_rate', flipRate], ['logit_sign_changes', logitSignChanges]];
}
