import { Option, type Command } from 'commander';
import type { QualityCard, QualityReport } from '#core/workbench/index.ts';
import { qualityOrder, qualityMetrics } from '#shared/metrics/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { catalogOption, compositeOption, countOption, jsonOption, providerOption, splitOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface QualityOptions {
  readonly model: string;
  readonly dataset?: string;
  readonly split?: string;
  readonly limit?: number;
  readonly composite?: string;
  readonly seed: number;
  readonly averageShifts: boolean;
  readonly provider: ProviderChoice;
  readonly batch: number;
  readonly threads?: number;
  readonly catalog?: string;
  readonly out: string;
  readonly json: boolean;
}

const examples = `
For each composite: whether relevance sums to the logit, whether maps of two classes differ, whether a map stays under weak noise,
whether it depends on the weights (layers are shuffled from the logits down, in copies of the model), whether regions with more
relevance matter more (SRG), how strong its checker pattern is, and the cautions that are known of the composite.

Examples:
  lightbox quality chest1.png chest2.png chest3.png --model resnet50.onnx --composite all --out quality
  lightbox quality --dataset cxr --split Test --limit 12 --model vgg16.onnx --out quality

docs/robustness.md defines every number.`;

export function addQualityCommand(program: Command, shell: Shell): void {
  program
    .command('quality')
    .description("measure what can be said of a model's heatmaps")
    .argument('[picture...]', 'picture files')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .requiredOption('-o, --out <folder>', 'folder for the results')
    .addOption(new Option('-d, --dataset <name>', 'a dataset of the catalog instead of files'))
    .addOption(splitOption())
    .addOption(countOption('--limit <count>', 'pictures of the dataset, evenly over its classes'))
    .addOption(compositeOption())
    .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
    .option('--average-shifts', 'maps are means over four one-pixel shifts of the input (less checker pattern)', false)
    .addOption(providerOption())
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(4))
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((pictures: readonly string[], options: QualityOptions) => {
      const { model, batch, out, ...rest } = options;
      const request = { ...rest, pictures, modelPath: model, batchSize: batch, outputFolder: out };
      return shell.run(options, async (workbench, control) =>
        presentReport(await workbench.measureQuality(request, control), out),
      );
    });
}

function presentReport(report: QualityReport, folder: string): CommandOutcome {
  const failures = report.failures.map(({ error }) => error);
  const cards = report.cards.filter(({ pictures }) => pictures.length > 0).map(renderCard);
  return { text: cards.length === 0 ? '' : `${cards.join('\n')}Saved in ${folder}\n`, json: report, failures };
}

function renderCard({ composite, means, randomization, sentences }: QualityCard): string {
  const rows = [
    ...qualityOrder.map((name) => [qualityMetrics[name].name, means[name]] as const),
    ...randomization.flatMap(({ shuffled, layers, spearman, ssim }) => [
      [`Spearman, ${shuffled} of ${layers} layers shuffled`, spearman] as const,
      [`SSIM, ${shuffled} of ${layers} layers shuffled`, ssim] as const,
    ]),
  ];
  const cells = rows.map(([name, { mean, interval }]) => [
    ...[name, show(mean), interval ? show(interval.low) : '-', interval ? show(interval.high) : '-'],
  ]);
  const table = renderTable([composite, 'mean', '95% low', 'high'], cells);
  return `${table}${sentences.map((sentence) => `! ${sentence}\n`).join('')}`;
}

const show = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '-');
