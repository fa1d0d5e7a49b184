import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ExplainReport, ExplanationRecord } from '#core/workbench/index.ts';
import { colorMapNames } from '#shared/color-maps.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { RangeChoice } from '#shared/render-heatmap.ts';
import {
  compositeOption,
  countOption,
  frameOption,
  jsonOption,
  providerOption,
  readNames,
  readShown,
  windowOption,
  type ShownOptions,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ExplainOptions extends ShownOptions {
  readonly model: string;
  readonly out: string;
  readonly composite?: string;
  readonly target: string;
  readonly layers?: readonly string[];
  readonly provider: ProviderChoice;
  readonly initial: 'one' | 'logit';
  readonly colorMap?: string;
  readonly range?: RangeChoice;
  readonly batch: number;
  readonly threads?: number;
  readonly keepNames: boolean;
  readonly json: boolean;
}

const namedRanges = ['symmetric', 'from-zero', 'min-max'] as const;

const examples = `
For each picture and composite the folder gets a heatmap, an overlay, the relevance as a NumPy array and a record (JSON)
of everything needed to make it again.

Examples:
  lightbox explain chest.png --model resnet50.onnx --out results
  lightbox explain *.png --model resnet50.onnx --target pneumonia --composite all --batch 8 --out results
  lightbox explain chest.png --model resnet50.onnx --layers layer3.5.conv3,layer4.2.conv3 --out results

The model's manifest (resnet50.manifest.json beside resnet50.onnx) says how pictures are prepared and what the classes
are called; without one torchvision's preprocessing is assumed.`;

export function addExplainCommand(program: Command, shell: Shell): void {
  program
    .command('explain')
    .description('compute relevance heatmaps of pictures (PNG, JPEG, TIFF, DICOM)')
    .argument('<picture...>', 'picture files')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .requiredOption('-o, --out <folder>', 'folder for the results')
    .addOption(compositeOption())
    .option('-t, --target <class>', 'predicted, a label, or an index', 'predicted')
    .addOption(new Option('-l, --layers <names>', 'layers whose arrays are saved too').argParser(readNames))
    .addOption(providerOption())
    .addOption(
      new Option('--initial <relevance>', 'what the walk back starts with').choices(['one', 'logit']).default('one'),
    )
    .addOption(new Option('--color-map <name>', 'colors of the heatmap').choices(colorMapNames))
    .addOption(
      new Option('--range <range>', `values the colors stand for: ${namedRanges.join(', ')}, or LOW:HIGH`).argParser(
        readRange,
      ),
    )
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(1))
    .addOption(frameOption())
    .addOption(windowOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .option('--keep-names', 'name results after the pictures instead of numbering them', false)
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((pictures: readonly string[], options: ExplainOptions) => {
      const { model, out, batch, ...rest } = options;
      const request = {
        ...rest,
        shown: readShown(options),
        pictures,
        modelPath: model,
        outputFolder: out,
        batchSize: batch,
      };
      return shell.run(options, async (workbench, control) =>
        presentReport(await workbench.explain(request, control), out),
      );
    });
}

function readRange(text: string): RangeChoice {
  const named = namedRanges.find((name) => name === text);
  if (named) return named;
  const [low = '', high = '', ...more] = text.split(':');
  const range = [Number(low), Number(high)] as const;
  if (low.trim() === '' || high.trim() === '' || more.length > 0 || !(range[0] < range[1])) {
    throw new InvalidArgumentError(`It must be ${namedRanges.join(', ')}, or two rising numbers such as -1:1.`);
  }
  return range;
}

function presentReport(report: ExplainReport, folder: string): CommandOutcome {
  const failures = report.failures.map(({ error }) => error);
  return { text: renderReport(report, folder), json: report, failures };
}

function renderReport({ explanations }: ExplainReport, folder: string): string {
  if (explanations.length === 0) return '';
  const header = ['picture', 'composite', 'predicted', 'explained', 'sum of relevance', 'overlay'];
  const table = renderTable(header, explanations.map(describeExplanation));
  const warnings = new Set(explanations.flatMap((explanation) => explanation.warnings));
  return `${table}${[...warnings].map((warning) => `! ${warning}\n`).join('')}Saved in ${folder}\n`;
}

function describeExplanation(explanation: ExplanationRecord): readonly string[] {
  const { picture, prediction, target, composite, relevance, files } = explanation;
  const predicted = prediction.classes[prediction.index];
  return [
    picture.name ?? `${picture.position} (${picture.sha256.slice(0, 8)})`,
    composite.name,
    `${prediction.label} ${formatPercent(predicted?.probability ?? 0)}`,
    `${target.label} ${formatPercent(target.probability)}`,
    relevance.sum.toPrecision(4),
    files.overlay,
  ];
}

function formatPercent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
