import { writeCsv, type CsvCell } from '#core/audit/index.ts';
import type { ClassRecord, DatasetMarkReport, PictureMarkReport } from './mark-test-request.ts';

/** `effects.csv`: a row for each class, scale and fill. */
export function writeEffectsCsv({ classes }: PictureMarkReport): string {
  const head = ['class', 'scale', 'fill', 'removal', 'control_mean', 'control_sd', 'net', 'deviations'];
  const rows = classes.flatMap(({ label, effects }) =>
    effects.flatMap(({ scale, fills }) =>
      fills.map(({ fill, removal, control, spread, net, deviations }): CsvCell[] => {
        return [
          label,
          scale,
          fill,
          removal,
          control,
          spread,
          net,
          Number.isFinite(deviations) ? deviations : undefined,
        ];
      }),
    ),
  );
  return writeCsv([head, ...rows]);
}

/** `cases.csv`: a row for each case and class. */
export function writeCasesCsv({ cases }: DatasetMarkReport): string {
  const isNamed = cases.some(({ path }) => path !== undefined);
  const head = ['picture', ...(isNamed ? ['path'] : []), 'label', 'kind', 'verdict', 'area_share', 'controls', 'class'];
  const perClass = ['logit', 'probability', 'positive_share', 'share', 'enrichment', 'class_verdict'];
  const nets = ['logit', 'log_odds', 'probability'].flatMap((scale) =>
    ['', '_least', '_largest'].map((end) => `net_${scale}${end}`),
  );
  const rows = cases.flatMap((one) =>
    one.classes.map((record): CsvCell[] => [
      ...[one.picture, ...(isNamed ? [one.path] : []), one.label, one.kind, one.verdict, one.areaShare],
      ...[one.controls.count, ...cellsOf(record)],
    ]),
  );
  return writeCsv([[...head, ...perClass, ...nets], ...rows]);
}

function cellsOf({
  label,
  logit,
  probability,
  positiveShare,
  share,
  enrichment,
  verdict,
  effects,
}: ClassRecord): CsvCell[] {
  const nets = (['logit', 'log-odds', 'probability'] as const).flatMap((scale) => {
    const effect = effects.find((one) => one.scale === scale);
    return [effect?.net, effect?.least, effect?.largest];
  });
  return [label, logit, probability, positiveShare, share, enrichment, verdict, ...nets];
}
