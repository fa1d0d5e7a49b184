import { Option, type Command } from 'commander';
import {
  architectureNames,
  type ArchitectureName,
  type ConceptSpeedRow,
  type SpeedRow,
} from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { compositeOption, countOption, jsonOption, providerOption } from '../options.ts';
import type { Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface BenchOptions {
  readonly model?: string;
  readonly arch: ArchitectureName;
  readonly size: number;
  readonly composite?: string;
  readonly batch: number;
  readonly repeat: number;
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly cache?: string;
  readonly crp: boolean;
  readonly json: boolean;
}

const examples = `
Forward pass (the plain model in ONNX Runtime) and relevance are run in turn, and the medians compared. Without --model the
full-size network is built with seeded weights and kept in the cache folder. Peak memory is that of the engine process.

Examples:
  lightbox bench --arch vgg16
  lightbox bench --arch resnet50 --composite all --json
  lightbox bench --model classifier.onnx --batch 8
  lightbox bench --arch vgg16 --crp`;

export function addBenchCommand(program: Command, shell: Shell): void {
  program
    .command('bench')
    .description('measure speed and memory of relevance against the forward pass')
    .addOption(new Option('-m, --model <file>', 'ONNX model').conflicts('arch'))
    .addOption(new Option('-a, --arch <name>', 'network to build').choices(architectureNames).default('resnet50'))
    .addOption(countOption('--size <pixels>', 'height and width of the picture').default(224))
    .addOption(compositeOption())
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(1))
    .addOption(countOption('-r, --repeat <count>', 'runs of each that are counted').default(7))
    .addOption(providerOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .option('--crp', 'measure concept relevance and conditions instead', false)
    .option('--cache <folder>', 'where built networks are kept; the system folder for temporary files if not given')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((options: BenchOptions) =>
      shell.run(options, async (workbench, control) => {
        const { model, batch, crp, ...rest } = options;
        if (crp) {
          const rows = await workbench.measureConcepts({ ...rest, modelPath: model }, control);
          return { text: renderConceptRows(rows), json: rows };
        }
        const rows = await workbench.measureSpeed({ ...rest, modelPath: model, batchSize: batch }, control);
        return { text: renderRows(rows), json: rows };
      }),
    );
}

function renderRows(rows: readonly SpeedRow[]): string {
  const header = [
    'network',
    'size',
    'batch',
    'composite',
    'provider',
    'forward ms',
    'LRP ms',
    'ratio',
    'load ms',
    'peak MB',
  ];
  return renderTable(
    header,
    rows.map((row) => [
      ...[row.arch, String(row.size), String(row.batch), row.composite, row.provider],
      ...[
        row.forwardMs.toFixed(1),
        row.lrpMs.toFixed(1),
        row.ratio.toFixed(2),
        row.loadMs.toFixed(0),
        row.peakRssMb.toFixed(0),
      ],
    ]),
  );
}

function renderConceptRows(rows: readonly ConceptSpeedRow[]): string {
  const header = [
    ...['network', 'size', 'composite', 'provider', 'forward ms', 'LRP ms', 'concepts ms', 'concepts / LRP'],
    ...['conditions', 'conditions ms', 'forward passes per condition'],
  ];
  return renderTable(
    header,
    rows.map((row) => [
      ...[row.arch, String(row.size), row.composite, row.provider],
      ...[row.forwardMs, row.lrpMs, row.conceptsMs].map((milliseconds) => milliseconds.toFixed(1)),
      ...[row.conceptsRatio.toFixed(2), String(row.conditions), row.conditionsMs.toFixed(1)],
      row.forwardsPerCondition.toFixed(2),
    ]),
  );
}
