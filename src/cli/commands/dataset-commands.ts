/** Commands that run a model over a dataset of the catalog: predict, attribute. */
import type { Command } from 'commander';
import type { AttributionReport, DatasetJobReport } from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { Option } from 'commander';
import {
  catalogOption,
  compositeOption,
  countOption,
  datasetOption,
  jsonOption,
  labelsOption,
  providerOption,
  splitOption,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';

interface DatasetOptions {
  readonly model: string;
  readonly dataset: string;
  readonly split?: string;
  readonly labels?: readonly string[];
  readonly provider: ProviderChoice;
  readonly batch: number;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

interface AttributeOptions extends DatasetOptions {
  readonly composite?: string;
  readonly target: string;
  readonly initial: 'one' | 'logit';
}

const resuming = `
What is there already is not computed again: after an interruption the same command goes on where it stopped.
`;

const predictExamples = `${resuming}
Examples:
  lightbox predict --model resnet50.onnx --dataset cxr
  lightbox predict --model resnet50.onnx --dataset cxr --split Test --batch 16`;

const attributeExamples = `${resuming}
Heatmaps stay in the catalog; "lightbox explain" saves figures.

Examples:
  lightbox attribute --model resnet50.onnx --dataset cxr --split Test
  lightbox attribute --model vgg16.onnx --dataset cxr --composite all --target label`;

export function addDatasetCommands(program: Command, shell: Shell): void {
  addShared(program.command('predict').description('predict every picture of a dataset'), 8)
    .addHelpText('after', predictExamples)
    .action(({ model, batch, ...options }: DatasetOptions) =>
      shell.run(options, async (workbench, control) => {
        const report = await workbench.predictDataset({ ...options, modelPath: model, batchSize: batch }, control);
        return present([report], 'predicted', report);
      }),
    );
  addShared(program.command('attribute').description('compute the heatmap of every picture of a dataset'), 1)
    .addOption(compositeOption())
    .option('-t, --target <class>', "predicted, label (the dataset's own), a class, or an index", 'predicted')
    .addOption(
      new Option('--initial <relevance>', 'what the walk back starts with').choices(['one', 'logit']).default('one'),
    )
    .addHelpText('after', attributeExamples)
    .action(({ model, batch, ...options }: AttributeOptions) =>
      shell.run(options, async (workbench, control) => {
        const reports = await workbench.attributeDataset({ ...options, modelPath: model, batchSize: batch }, control);
        return present(reports, 'explained', reports);
      }),
    );
}

function addShared(command: Command, batch: number): Command {
  return command
    .requiredOption('-m, --model <file>', 'ONNX model')
    .addOption(datasetOption())
    .addOption(splitOption())
    .addOption(labelsOption())
    .addOption(providerOption())
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(batch))
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption());
}

function present(
  reports: readonly (DatasetJobReport | AttributionReport)[],
  done: string,
  json: unknown,
): CommandOutcome {
  const lines = reports.map((report) => {
    const { dataset, computed, seconds } = report;
    const composite = 'composite' in report ? ` with ${report.composite}` : '';
    const rest = computed === 0 ? 'nothing was missing' : `${computed} pictures ${done}`;
    return `${dataset}${composite}: ${rest} in ${seconds.toFixed(1)} s\n`;
  });
  const warnings = new Set(reports.flatMap((report) => report.warnings));
  const failures = reports.flatMap(({ failures: failed }) => failed.map(({ error }) => error));
  return { text: [...Array.from(warnings, (warning) => `! ${warning}\n`), ...lines].join(''), json, failures };
}
