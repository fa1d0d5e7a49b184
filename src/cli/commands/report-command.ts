import { Option, type Command } from 'commander';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  catalogOption,
  countOption,
  datasetOption,
  jsonOption,
  providerOption,
  readNames,
  splitOption,
} from '../options.ts';
import type { Shell } from '../shell.ts';

interface ReportOptions {
  readonly dataset: string;
  readonly split?: string;
  readonly model: readonly string[];
  readonly question?: string;
  readonly composite?: string;
  readonly target?: string;
  readonly region?: readonly string[];
  readonly cases: number;
  readonly maps: boolean;
  readonly seed: number;
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly catalog?: string;
  readonly out: string;
  readonly json: boolean;
}

const examples = `
The folder gets report.pdf, report.html (one file, nothing is loaded from elsewhere) and bundle: every number as CSV and JSON, every map as a
NumPy array. Predictions and maps that are missing are computed first. Cases are shown by number, pictures told by the hashes of their
files: names of files and patients are not written.

Examples:
  lightbox report --dataset cxr --split Test --model vgg16.onnx --model resnet50.onnx --out report
  lightbox report --dataset demo-chest --model chest-vgg16-biased.onnx --region left-marker --out report
  lightbox report --dataset cxr --model vgg16.onnx --question "Does the marker decide?" --out report`;

export function addReportCommand(program: Command, shell: Shell): void {
  program
    .command('report')
    .description('write what was found of models on a dataset: PDF, web page and tables')
    .addOption(datasetOption())
    .addOption(splitOption())
    .requiredOption('-m, --model <file>', 'ONNX model; may be given several times', collect)
    .requiredOption('-o, --out <folder>', 'folder for the report')
    .option('--question <text>', 'what the report is to answer')
    .option('-c, --composite <name>', 'composite')
    .option('-t, --target <class>', "predicted, label (the dataset's own answer), a label, or an index")
    .addOption(
      new Option('-r, --region <names>', 'regions to take away from every picture, as in "lightbox ledger"').argParser(
        readNames,
      ),
    ) // prettier-ignore
    .addOption(countOption('--cases <count>', 'cases shown').default(12))
    .option('--no-maps', 'leave the arrays of maps out of the bundle')
    .addOption(countOption('--seed <number>', 'what resamples and controls are drawn from').default(1))
    .addOption(providerOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((options: ReportOptions) =>
      shell.run(options, async (workbench, control) => {
        const { model, out, region, ...rest } = options;
        const report = await workbench.saveReport(
          { ...rest, modelPaths: model, regions: region, outputFolder: out },
          control,
        );
        const warnings = report.warnings.map((warning) => `! ${warning}\n`).join('');
        const text = `${report.pictures} pictures, ${report.models.join(', ')}\n${warnings}Saved ${out} in ${report.seconds.toFixed(1)} s\n`;
        return { text, json: report };
      }),
    );
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
