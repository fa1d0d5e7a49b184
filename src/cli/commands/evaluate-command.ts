import { Option, type Command } from 'commander';
import type { EvaluationReport } from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  catalogOption,
  countOption,
  datasetOption,
  jsonOption,
  labelsOption,
  providerOption,
  splitOption,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface EvaluateOptions {
  readonly model: string;
  readonly dataset: string;
  readonly split?: string;
  readonly labels?: readonly string[];
  readonly out?: string;
  readonly provider: ProviderChoice;
  readonly batch: number;
  readonly resamples: number;
  readonly seed: number;
  readonly intervals: boolean;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Accuracy, confusion matrix, ROC AUC of each class against the rest and their mean, calibration, and 95 % intervals from a
bootstrap by patient where the dataset names patients. Pictures without a prediction of the model are predicted first.
--out saves a figure, tables (CSV) and all numbers (JSON).

Examples:
  lightbox evaluate --model resnet50.onnx --dataset cxr --split Test
  lightbox evaluate --model resnet50.onnx --dataset cxr --split Test --out evaluation --json`;

export function addEvaluateCommand(program: Command, shell: Shell): void {
  program
    .command('evaluate')
    .description("judge a model by a dataset's labels")
    .requiredOption('-m, --model <file>', 'ONNX model')
    .addOption(datasetOption())
    .addOption(splitOption())
    .addOption(labelsOption())
    .option('-o, --out <folder>', 'folder for figure and tables')
    .addOption(providerOption())
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(8))
    .addOption(countOption('--resamples <count>', 'resamples of the bootstrap').default(2000))
    .addOption(countOption('--seed <number>', 'what the resamples are drawn from').default(1))
    .addOption(new Option('--no-intervals', 'leave the bootstrap out'))
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(({ model, batch, out, resamples, seed, intervals, ...options }: EvaluateOptions) =>
      shell.run(options, async (workbench, control) => {
        const bootstrap = intervals && { resamples, seed };
        const request = { ...options, modelPath: model, batchSize: batch, outputFolder: out, bootstrap };
        return presentReport(await workbench.evaluateDataset(request, control), out);
      }),
    );
}

function presentReport(report: EvaluationReport, out: string | undefined): CommandOutcome {
  const { labels, intervals } = report;
  const percent = (share: number | null | undefined): string =>
    share === null || share === undefined ? '-' : share.toFixed(4);
  const span = (interval: { readonly low: number; readonly high: number } | null | undefined): string =>
    interval ? `${percent(interval.low)} to ${percent(interval.high)}` : '-';
  const numbers = [
    ['accuracy', '', percent(report.accuracy), span(intervals?.accuracy)],
    ['balanced accuracy', '', percent(report.balancedAccuracy), span(intervals?.balancedAccuracy)],
    ['mean AUC', '', percent(report.meanAuc), span(intervals?.meanAuc)],
    ...labels.map((label) => ['AUC', label, percent(report.auc[label]), span(intervals?.auc[label])]),
    ['expected calibration error', '', percent(report.calibration.ece), '-'],
    ['Brier score', '', percent(report.calibration.brier), '-'],
  ];
  const confusion = report.confusion.map((row, truth) => [labels[truth] ?? '', ...row.map(String)]);
  const split = report.split === null ? '' : `, ${report.split}`;
  const text = [
    `${report.model.file} on ${report.dataset}${split}: ${report.cases} cases\n`,
    renderTable(['measure', 'class', 'value', '95 % interval'], numbers),
    renderTable(['truth \\ predicted', ...labels], confusion),
    report.warnings.map((warning) => `! ${warning}\n`).join('') + (out === undefined ? '' : `Saved in ${out}\n`),
  ];
  return { text: text.filter((part) => part !== '').join('\n'), json: report };
}
