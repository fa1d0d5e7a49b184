import {
  computeMeanInterval,
  mapMeasureNames,
  type MapMeasure,
  type MeanWithInterval,
  type MeasuredCase,
} from '#core/audit/index.ts';
import type { PictureStudy, VariantRecord, VariantSummary } from './robustness-record.ts';

/** Studies of one model and composite, and whose pictures they are. */
export interface StudyGroup {
  readonly model: number;
  readonly composite: string;
  readonly studies: readonly PictureStudy[];
  readonly patientOf: (position: number) => string | undefined;
}

/** Studies by model and composite, in the order in which these come first. */
export function groupStudies(
  studies: readonly PictureStudy[],
  patientOf: StudyGroup['patientOf'],
): readonly StudyGroup[] {
  const groups = Map.groupBy(studies, ({ model, composite }) => `${model} ${composite}`);
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first ? [{ model: first.model, composite: first.composite, studies: members, patientOf }] : [];
  });
}

/** A number of a variant; NaN where it is not defined. */
type Reading = (variant: VariantRecord) => number;

const asNumber = (value: boolean | undefined): number => (value === undefined ? NaN : Number(value));

/** For each variant, and over all of them, means over pictures with intervals. */
export function summarizeGroup(
  group: StudyGroup,
  variantIds: readonly string[],
  seed: number,
): readonly VariantSummary[] {
  const { model, composite } = group;
  return [undefined, ...variantIds].map((variant): VariantSummary => {
    const meanOf = (read: Reading): MeanWithInterval =>
      computeMeanInterval(
        listCases(group, (study) => meanReading(study, variant, read)),
        { seed },
      );
    const measures = mapMeasureNames.map((name) => [name, meanOf(({ distances }) => distances[name].value)] as const);
    return {
      ...{ model, composite, variant },
      measures: Object.fromEntries(measures) as Readonly<Record<MapMeasure, MeanWithInterval>>,
      drift: meanOf(({ drift }) => drift ?? NaN),
      flipRate: meanOf(({ flipped }) => asNumber(flipped)),
      logitSignChanges: meanOf(({ logitChangedSign }) => asNumber(logitChangedSign)),
    };
  });
}

const listCases = (
  { studies, patientOf }: StudyGroup,
  value: (study: PictureStudy) => number,
): readonly MeasuredCase[] =>
  studies.map((study) => ({ value: value(study), patient: patientOf(study.picture.position) }));

/** Of one variant, or the mean over the variants that have the number. */
export function meanReading({ variants }: PictureStudy, variant: string | undefined, read: Reading): number {
  const values = variants.filter(({ id }) => variant === undefined || id === variant).map(read);
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
