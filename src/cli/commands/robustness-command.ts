import { Option, type Command } from 'commander';
import {
  augmentationNames,
  defaultVariants,
  type RobustnessReport,
  type VariantSummary,
} from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  catalogOption,
  compositeOption,
  countOption,
  frameOption,
  jsonOption,
  providerOption,
  readNames,
  readShown,
  splitOption,
  windowOption,
  type ShownOptions,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface RobustnessOptions extends ShownOptions {
  readonly model: readonly string[];
  readonly dataset?: string;
  readonly split?: string;
  readonly limit?: number;
  readonly composite?: string;
  readonly target: string;
  readonly variants?: readonly string[];
  readonly seed: number;
  readonly averageShifts: boolean;
  readonly figures?: number;
  readonly provider: ProviderChoice;
  readonly batch: number;
  readonly threads?: number;
  readonly catalog?: string;
  readonly keepNames: boolean;
  readonly theme?: 'print' | 'dark';
  readonly out: string;
  readonly json: boolean;
}

const examples = `
Each picture is explained as it is and in every variant, for the class that is predicted for it as it is. Maps of variants are laid
back onto the picture and compared where both show the same place. The folder gets a figure for each picture, arrays, a figure of
means, curves where a variant was given at several severities, tables (CSV) and a record (JSON) of all numbers.

Variants: ${augmentationNames.join(', ')}.
  blur  with its default parameters       blur@3  at severity 3 of 5       blur@all  at every severity
  blur:kernel=9:sigma=2                   noise=blur@3  noise as strong as that, as a control
  if not given: ${defaultVariants.join(',')}

Examples:
  lightbox robustness chest.png --model vgg16.onnx --model resnet50.onnx --out robustness
  lightbox robustness chest.png --model vgg16.onnx --composite all --variants blur@3,sharpen@3,rotate@3 --out robustness
  lightbox robustness --dataset cxr --split Test --limit 60 --model vgg16.onnx --model resnet50.onnx --out robustness
  lightbox robustness chest.png --model resnet50.onnx --variants rotate@all,blur@all --average-shifts --out robustness

docs/robustness.md defines every variant and number.`;

export function addRobustnessCommand(program: Command, shell: Shell): void {
  const command = program
    .command('robustness')
    .description('test whether prediction and heatmap hold when a picture changes a little')
    .argument('[picture...]', 'picture files')
    .requiredOption('-m, --model <file>', 'ONNX model; may be given several times', collect)
    .requiredOption('-o, --out <folder>', 'folder for the results')
    .addOption(new Option('-d, --dataset <name>', 'a dataset of the catalog instead of files'))
    .addOption(splitOption())
    .addOption(countOption('--limit <count>', 'pictures of the dataset that are tested, evenly over its classes'));
  addSettings(command)
    .addHelpText('after', examples)
    .action((pictures: readonly string[], options: RobustnessOptions) => {
      const { model, batch, out, ...rest } = options;
      const request = {
        ...rest,
        ...{ pictures, modelPaths: model, batchSize: batch, outputFolder: out, shown: readShown(options) },
      };
      return shell.run(options, async (workbench, control) =>
        presentReport(await workbench.testRobustness(request, control), out),
      );
    });
}

function addSettings(command: Command): Command {
  return command
    .addOption(compositeOption())
    .option('-t, --target <class>', "predicted, label (the dataset's own answer), a label, or an index", 'predicted')
    .addOption(new Option('-v, --variants <list>', 'what is done to the pictures, see below').argParser(readNames))
    .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
    .option('--average-shifts', 'maps are means over four one-pixel shifts of the input (less checker pattern)', false)
    .addOption(
      countOption('--figures <count>', 'pictures of which figures and arrays are saved; files all, datasets 3'),
    )
    .addOption(new Option('--theme <name>', 'look of the figures').choices(['print', 'dark']))
    .addOption(providerOption())
    .addOption(countOption('-b, --batch <count>', 'variants computed together').default(4))
    .addOption(frameOption())
    .addOption(windowOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .option('--keep-names', 'name results after the pictures instead of numbering them', false)
    .addOption(catalogOption())
    .addOption(jsonOption());
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function presentReport(report: RobustnessReport, folder: string): CommandOutcome {
  const failures = report.failures.map(({ error }) => error);
  return { text: renderReport(report, folder), json: report, failures };
}

function renderReport({ models, summaries, comparisons, studies, files }: RobustnessReport, folder: string): string {
  if (studies.length === 0) return '';
  const header = [
    ...['model', 'composite', 'variant', 'Spearman', 'SSIM', 'top 5%', 'cosine', 'sign flips'],
    ...['drift', 'flipped', 'logit changed sign'],
  ];
  const rows = summaries.map((summary) => describeSummary(summary, models[summary.model]?.name ?? ''));
  const sentences = comparisons.map(({ sentence }) => `${sentence}\n`);
  return `${renderTable(header, rows)}${sentences.join('')}Saved ${files.length} files in ${folder}\n`;
}

function describeSummary(summary: VariantSummary, model: string): readonly string[] {
  const { composite, variant = 'all', measures, drift, flipRate, logitSignChanges } = summary;
  const { spearman, ssim, topOverlap, cosine, signFlips } = measures;
  const maps = [spearman, ssim, topOverlap, cosine, signFlips, drift].map(({ mean }) => show(mean));
  return [model, composite, variant, ...maps, percent(flipRate.mean), percent(logitSignChanges.mean)];
}

const show = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(3));
const percent = (share: number): string => (Number.isNaN(share) ? '-' : `${(100 * share).toFixed(0)}%`);
