import { Option, type Command } from 'commander';
import type { Ledger, LedgerGroup } from '#core/workbench/index.ts';
import {
  addRunOptions,
  addStudyOptions,
  compositeOption,
  countOption,
  labelsOption,
  readNames,
  type StudyOptions,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface LedgerOptions extends StudyOptions {
  readonly labels?: readonly string[];
  readonly composite?: string;
  readonly target: string;
  readonly region?: readonly string[];
  readonly batch: number;
  readonly resamples: number;
  readonly seed: number;
  readonly intervals: boolean;
  readonly keepNames: boolean;
}

const examples = `
Of every heatmap: the share of positive and of negative relevance in each region of its picture (the dataset's masks by kind, what lies outside
lungs or lesion, the border ring, marks by kind) and the enrichment, which is that share over the region's share of area. Heatmaps that
are missing are computed first. The queue names the pictures in which most relevance lies where it should not. docs/audit.md has the
formulas. --out saves tables (CSV) and all numbers (JSON).

Examples:
  lightbox ledger --dataset demo-chest --model chest-vgg16-biased.onnx --target Non-COVID
  lightbox ledger --dataset cxr --model resnet50.onnx --split Test --region border,"outside lung" --out ledger`;

export function addLedgerCommand(program: Command, shell: Shell): void {
  const command = program
    .command('ledger')
    .description('book the relevance of every heatmap of a dataset into the regions of its picture');
  addStudyOptions(command)
    .addOption(labelsOption())
    .addOption(compositeOption())
    .option('-t, --target <class>', "predicted, label (the dataset's own), a class, or an index", 'predicted')
    .addOption(new Option('-r, --region <names>', 'only these regions, between commas').argParser(readNames))
    .option('-o, --out <folder>', 'folder for tables')
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(1))
    .addOption(countOption('--resamples <count>', 'resamples of the bootstrap').default(2000))
    .addOption(countOption('--seed <number>', 'what the resamples are drawn from').default(1))
    .addOption(new Option('--no-intervals', 'leave the bootstrap out'))
    .option('--keep-names', 'tell the paths of pictures', false);
  addRunOptions(command)
    .addHelpText('after', examples)
    .action(({ model, batch, region, out, resamples, seed, intervals, ...options }: LedgerOptions) =>
      shell.run(options, async (workbench, control) => {
        const bootstrap = intervals && { resamples, seed };
        const request = {
          ...options,
          modelPath: model,
          batchSize: batch,
          regions: region,
          outputFolder: out,
          bootstrap,
        };
        return presentLedger(await workbench.writeLedger(request, control), out);
      }),
    );
}

const QUEUE_SHOWN = 12;

function presentLedger(ledger: Ledger, out: string | undefined): CommandOutcome {
  const split = ledger.split === null ? '' : `, ${ledger.split}`;
  const groups = ledger.groups.map((group) => [
    ...[
      group.region,
      group.label ?? 'all',
      String(group.pictures),
      String(countLeftOut(group)),
      percent(group.share),
      spanOf(group, 'shareInterval', percent),
    ],
    ...[group.enrichment.toFixed(2), spanOf(group, 'enrichmentInterval', (value) => value.toFixed(2))],
  ]);
  const queue = ledger.queue
    .slice(0, QUEUE_SHOWN)
    .map((one) => [
      ...[one.path ?? one.picture.slice(0, 12), one.label ?? '', one.predicted, one.region],
      ...[percent(one.positiveShare), one.enrichment.toFixed(1)],
    ]);
  const text = [
    `${ledger.model.file} on ${ledger.dataset}${split}: ${ledger.pictures} pictures, ${ledger.composite}, for ${ledger.target}\n`,
    renderTable(
      ['region', 'class', 'pictures', 'undefined', 'share', '95 % interval', 'enrichment', '95 % interval'],
      groups,
    ),
    `Worst first:\n${renderTable(['picture', 'class', 'predicted', 'region', 'share', 'enrichment'], queue)}`,
    ledger.warnings.map((warning) => `! ${warning}\n`).join('') + (out === undefined ? '' : `Saved in ${out}\n`),
  ];
  const failures = ledger.failures.map(({ error }) => error);
  return { text: text.filter((part) => part !== '').join('\n'), json: ledger, failures };
}

const countLeftOut = ({ leftOut }: LedgerGroup): number =>
  Object.values(leftOut).reduce((sum, count) => sum + count, 0);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function spanOf(
  group: LedgerGroup,
  key: 'shareInterval' | 'enrichmentInterval',
  write: (value: number) => string,
): string {
  const interval = group[key];
  return interval ? `${write(interval.low)} to ${write(interval.high)}` : '-';
}
