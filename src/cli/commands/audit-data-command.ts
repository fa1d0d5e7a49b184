import type { Command } from 'commander';
import type { AuditedAuc, DatasetAudit, LabelAuditView } from '#shared/contract/dataset-audit.ts';
import { catalogOption, countOption, datasetOption, jsonOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface AuditDataOptions {
  readonly dataset: string;
  readonly seed: number;
  readonly out?: string;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
AUC of each class against the rest from what nobody has to understand a picture for: brightness of border and picture, file and native size,
format, compression, whether a patient is named, view, source; each alone and together (logistic regression, five-fold cross-validated). Pictures
that stand in the dataset twice, nearly the same or mirrored. Marks that go with the label. docs/dataset-audit.md has the formulas.
--out saves tables (CSV) and all numbers (JSON).

Examples:
  lightbox audit-data --dataset demo-chest
  lightbox audit-data --dataset cxr --out dataset-audit`;

export function addAuditDataCommand(program: Command, shell: Shell): void {
  program
    .command('audit-data')
    .description('say what a dataset gives away before any network has seen it')
    .addOption(datasetOption())
    .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
    .option('-o, --out <folder>', 'folder for tables')
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(({ out, ...options }: AuditDataOptions) =>
      shell.run(options, async (workbench, control) =>
        present(await workbench.auditDataset({ ...options, outputFolder: out }, control), out),
      ),
    );
}

const auc = (result: AuditedAuc): readonly string[] =>
  'auc' in result
    ? [result.auc.toFixed(3), `${result.interval.low.toFixed(3)} to ${result.interval.high.toFixed(3)}`]
    : ['-', result.undefinedBecause];

function present(audit: DatasetAudit, out: string | undefined): CommandOutcome {
  const { dataset, pictures, leftOut, unit, classes, findings } = audit;
  const heading = `${dataset}: ${pictures} pictures by ${unit}; left out: ${leftOut.copies} copies, ${leftOut.unlabelled} without label, ${leftOut.unmeasured} that cannot be read\n`;
  const parts = [
    heading,
    ...classes.map(renderClass),
    renderTwins(audit),
    renderAssociations(audit),
    findings.map((finding) => `! ${finding}\n`).join(''),
    out === undefined ? '' : `Saved in ${out}\n`,
  ];
  return { text: parts.filter((part) => part !== '').join('\n'), json: audit };
}

const STRONGEST = 6;

function renderClass({
  label,
  positives,
  rest,
  features,
  together,
  coefficients,
  withoutSource,
}: LabelAuditView): string {
  const rows = [
    ...features.map(({ name, result }) => [name, ...auc(result)]),
    ['all together', ...auc(together)],
    ...withoutSource.map(({ source, result }) => [`on source ${source || 'not given'} alone`, ...auc(result)]),
  ];
  const strongest = coefficients.slice(0, STRONGEST).map(({ name, logOdds }) => `${name} ${logOdds.toFixed(2)}`);
  const table = renderTable([`${label} (${positives} against ${rest})`, 'AUC', '95 % interval'], rows);
  return strongest.length === 0 ? table : `${table}Log-odds for each standard deviation: ${strongest.join(', ')}\n`;
}

function renderTwins({ twins: { counts, threshold } }: DatasetAudit): string {
  const rows = counts.map((one) => [one.kind, `${one.pairs}`, `${one.acrossSplits}`, `${one.conflicting}`]);
  return renderTable([`twins (${threshold} of 256 bits)`, 'pairs', 'across splits', 'other label'], rows);
}

function renderAssociations({ associations }: DatasetAudit): string {
  if (associations.length === 0) return '';
  const rows = associations.map(({ interval: { low, high }, ...one }) => [
    ...[one.region, one.label, `${one.markedOfClass} of ${one.ofClass}`, `${one.markedOfRest} of ${one.ofRest}`],
    ...[one.oddsRatio.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`, one.cramersV.toFixed(2)],
    one.rate < 0.001 ? '< 0.001' : one.rate.toFixed(3),
    one.isReliable ? '' : 'fewer than 30 marked',
  ]);
  const head = ['marked', 'class', 'of class', 'of rest', 'odds ratio', '95 % interval', "Cramer's V", 'rate', ''];
  return renderTable(head, rows);
}
