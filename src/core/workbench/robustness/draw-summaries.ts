import type { MeanWithInterval } from '#core/audit/index.ts';
import {
  renderSeverityFigure,
  renderSteadinessFigure,
  type Figure,
  type FigureProvenance,
  type SeverityPanel,
} from '#core/figures/index.ts';
import { variantTitle } from '#core/imaging/index.ts';
import { toFileName } from '../describe-explanation.ts';
import type { RobustnessRecord, VariantSummary } from './robustness-record.ts';
import type { RobustnessRequest } from './robustness-request.ts';

interface SummaryStyle {
  readonly provenance: FigureProvenance;
  readonly theme: RobustnessRequest['theme'];
}

interface ShownMeasure {
  readonly name: string;
  readonly read: (summary: VariantSummary) => MeanWithInterval;
  readonly range: readonly [number, number];
}

const shownMeasures: readonly ShownMeasure[] = [
  { name: 'Spearman', read: ({ measures }) => measures.spearman, range: [0, 1] },
  { name: 'SSIM', read: ({ measures }) => measures.ssim, range: [0, 1] },
  { name: 'Sign flips', read: ({ measures }) => measures.signFlips, range: [0, 1] },
  { name: 'Prediction drift', read: ({ drift }) => drift, range: [0, 1] },
];

/** For each composite a figure of all variants, and one of curves where an augmentation was tried at several severities. */
export function drawSummaries(record: RobustnessRecord, style: SummaryStyle): readonly [string, Figure][] {
  const isOne = record.composites.length === 1;
  return record.composites.flatMap((composite): [string, Figure][] => {
    const ending = isOne ? '' : `.${toFileName(composite)}`;
    const severity = drawSeverity(record, composite, style);
    return [
      [`steadiness${ending}`, drawSteadiness(record, composite, style)],
      ...(severity ? [[`severity${ending}`, severity] as [string, Figure]] : []),
    ];
  });
}

function findSummary(
  record: RobustnessRecord,
  composite: string,
  variant: string | undefined,
): readonly (VariantSummary | undefined)[] {
  return record.models.map((_, model) =>
    record.summaries.find((one) => one.model === model && one.composite === composite && one.variant === variant),
  );
}

const ends = ({
  mean,
  interval,
}: MeanWithInterval): { mean: number; low?: number | undefined; high?: number | undefined } => ({
  ...{ mean, low: interval?.low, high: interval?.high },
});

function drawSteadiness(record: RobustnessRecord, composite: string, { provenance, theme }: SummaryStyle): Figure {
  const variants = [undefined, ...record.variants];
  const rows = variants.map((variant) => {
    const summaries = findSummary(record, composite, variant?.id);
    const { title, note } = variant ? variantTitle(variant) : { title: 'All variants', note: '' };
    return {
      ...{ name: note === '' ? title : `${title}: ${note}`, isStrong: variant === undefined },
      values: shownMeasures.map(({ read }) => summaries.map((summary) => summary && ends(read(summary)))),
    };
  });
  const own = record.comparisons.filter((one) => one.composite === composite);
  return renderSteadinessFigure({
    ...{ title: 'Robustness of maps and predictions', subtitle: subtitleOf(record, composite), rows },
    series: record.models.map(({ name }) => name),
    measures: shownMeasures.map(({ name, read, range }) => ({ name, range: rangeOf(record, read, range) })),
    sentences: own.map(({ sentence }) => sentence),
    ...{ provenance, ...(theme && { theme }) },
  });
}

/** From -1 where a number of it is below zero. */
function rangeOf(
  record: RobustnessRecord,
  read: ShownMeasure['read'],
  range: readonly [number, number],
): readonly [number, number] {
  const isBelow = record.summaries.some((summary) => {
    const { mean, interval } = read(summary);
    return mean < 0 || (interval?.low ?? 0) < 0;
  });
  return isBelow ? [-1, 1] : range;
}

function subtitleOf({ averageShifts }: RobustnessRecord, composite: string): string {
  const averaged = averageShifts ? ' Maps are means over four one-pixel shifts of the input, moved back.' : '';
  return `${composite}: map of the changed picture, laid back, against that of the unchanged one; means over pictures and 95% intervals.${averaged}`;
}

function drawSeverity(
  record: RobustnessRecord,
  composite: string,
  { provenance, theme }: SummaryStyle,
): Figure | undefined {
  const scales = Map.groupBy(
    record.variants.filter(({ severity }) => severity !== undefined),
    ({ augmentation, like }) => (like ? `${augmentation}=${like.augmentation}` : augmentation),
  );
  const curves = [...scales.values()].filter((members) => members.length > 1);
  if (curves.length === 0) return undefined;
  const rows = shownMeasures.map((measure) =>
    curves.map((members) => describePanel(record, { composite, members, measure })),
  );
  return renderSeverityFigure({
    ...{ title: 'Robustness by severity', subtitle: subtitleOf(record, composite), rows },
    series: record.models.map(({ name }) => name),
    ...{ provenance, ...(theme && { theme }) },
  });
}

interface PanelPlan {
  readonly composite: string;
  readonly members: RobustnessRecord['variants'];
  readonly measure: ShownMeasure;
}

function describePanel(record: RobustnessRecord, { composite, members, measure }: PanelPlan): SeverityPanel {
  const [first] = members;
  const steps = members.map(({ id, severity = 1 }) => ({ severity, summaries: findSummary(record, composite, id) }));
  const curves = record.models.map((_, model) =>
    steps.flatMap(({ severity, summaries }) => {
      const summary = summaries[model];
      return summary ? [{ step: severity, ...ends(measure.read(summary)) }] : [];
    }),
  );
  const { title, note } = first ? variantTitle(first) : { title: '', note: '' };
  return {
    ...{ title: first?.like ? `${title} ${note}` : title, measure: measure.name, curves },
    steps: Math.max(...steps.map(({ severity }) => severity)),
    isSigned: rangeOf(record, measure.read, measure.range)[0] < 0,
  };
}
