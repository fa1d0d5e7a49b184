import { Option, type Command } from 'commander';
import type { DatasetMarkReport, PictureMarkReport } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  catalogOption,
  compositeOption,
  countOption,
  frameOption,
  jsonOption,
  providerOption,
  readShown,
  splitOption,
  windowOption,
  type ShownOptions,
} from '../options.ts';
import { readMark } from '../read-mark.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface TestMarkOptions extends ShownOptions {
  readonly model: string;
  readonly mark?: MarkShape;
  readonly border: boolean;
  readonly dataset?: string;
  readonly region?: string;
  readonly split?: string;
  readonly nulls?: number;
  readonly composite?: string;
  readonly controls: number;
  readonly seed: number;
  readonly out?: string;
  readonly provider: ProviderChoice;
  readonly keepNames: boolean;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Fills the mark in four ways, does the same to controls of the same pixels elsewhere, and sets the difference beside the relevance that lies
there: shortcut used, redundant or unfaithful map, map misses it, not used, or inconclusive. A mark is given in pixels of the picture. With
--dataset and --region the same is done on every picture that has the region, as "lightbox ledger" names it (a kind of mask, border, or
"mark: KIND"); --nulls adds marks of nothing and tells how often they raise the alarm. docs/audit.md has formulas and thresholds.
--out saves record (JSON), table (CSV) and, of one picture, a figure.

Examples:
  lightbox test-mark film.png --model resnet50.onnx --mark rectangle:180,8,34,40 --out test
  lightbox test-mark film.png --model resnet50.onnx --border --out test
  lightbox test-mark --dataset demo-chest --region left-marker --nulls 1 --model chest-resnet50-biased.onnx`;

export function addTestMarkCommand(program: Command, shell: Shell): void {
  program
    .command('test-mark')
    .description('take a mark out of a picture and see whether the answer changes')
    .argument('[picture]', 'PNG, JPEG, TIFF or DICOM file')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .addOption(new Option('--mark <shape>', 'rectangle, ellipse or polygon, or a JSON file').argParser(readMark))
    .option('--border', 'test the border ring', false)
    .option('-d, --dataset <name>', 'a dataset of the catalog')
    .option('-r, --region <name>', 'a region of its pictures')
    .addOption(splitOption())
    .addOption(countOption('--nulls <count>', 'marks of nothing on every picture'))
    .addOption(compositeOption())
    .addOption(countOption('--controls <count>', 'matched controls').default(12))
    .addOption(countOption('--seed <number>', 'what controls and grain are drawn from').default(1))
    .option('-o, --out <folder>', 'folder for record, table and figure')
    .addOption(providerOption())
    .addOption(frameOption())
    .addOption(windowOption())
    .option('--keep-names', 'tell the paths of pictures', false)
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((picture: string | undefined, options: TestMarkOptions) =>
      shell.run(options, async (workbench, control) => {
        const { model, out, ...rest } = options;
        const shared = { ...rest, modelPath: model, outputFolder: out };
        const { dataset, region } = options;
        if (picture === undefined && dataset !== undefined && region !== undefined)
          return presentDataset(await workbench.testRegionOfDataset({ ...shared, dataset, region }, control), out);
        if (picture === undefined || dataset !== undefined || (options.mark === undefined) !== options.border)
          throw refused();
        const request = { ...shared, picture, shown: readShown(options) };
        return presentPicture(await workbench.testMark(request, control), out);
      }),
    );
}

const refused = (): LightboxError =>
  new LightboxError(
    'request/invalid',
    'Name a picture with --mark or --border, or a --dataset with a --region; "lightbox test-mark --help" has examples.',
  );

function presentPicture(report: PictureMarkReport, out: string | undefined): CommandOutcome {
  const rows = report.classes.flatMap(({ label, enrichment, verdict, effects }) =>
    effects.map(({ scale, net, least, largest, fills, finding }) => [
      ...[label, scale, net.toFixed(3), `${least.toFixed(3)} to ${largest.toFixed(3)}`],
      ...[fills.map(({ deviations }) => deviations.toFixed(1)).join(', '), finding],
      ...[enrichment === null ? '-' : enrichment.toFixed(1), verdict],
    ]),
  );
  const fills = report.fills.map(({ fill }) => fill).join(', ');
  const text = [
    `${report.sentence}\n`,
    renderTable(['class', 'scale', 'net effect', 'by fill', 'in deviations', 'effect', 'enrichment', 'verdict'], rows),
    `Fills: ${fills}; ${report.controls.count} controls.\n${out === undefined ? '' : `Saved in ${out}\n`}`,
  ];
  return { text: text.join('\n'), json: report };
}

function presentDataset(report: DatasetMarkReport, out: string | undefined): CommandOutcome {
  const { marks, nulls, effects, failures } = report;
  const names = Object.keys(marks.verdicts) as (keyof typeof marks.verdicts)[];
  const rateRow = (name: string, rate: typeof marks): string[] => [
    ...[name, String(rate.cases), ...names.map((verdict) => String(rate.verdicts[verdict]))],
    `${percent(rate.rate)} (${percent(rate.interval.low)} to ${percent(rate.interval.high)})`,
  ];
  const effectRows = effects.map((effect) => [
    ...[
      effect.label,
      effect.logit.toFixed(3),
      spanOf(effect.logitInterval),
      chance(effect.logitP),
      chance(effect.logitQ),
    ],
    ...[effect.probability.toFixed(3), spanOf(effect.probabilityInterval)],
    ...[chance(effect.probabilityP), chance(effect.probabilityQ)],
  ]);
  const text = [
    `${report.model.file} on ${report.dataset}, ${report.region}: ${report.sentence}\n`,
    renderTable(
      ['', 'cases', ...names, 'shortcut used'],
      [rateRow(report.region, marks), ...(nulls ? [rateRow('marks of nothing', nulls)] : [])],
    ),
    renderTable(
      ['class', 'net logit', '95 % interval', 'p', 'q', 'net probability', '95 % interval', 'p', 'q'],
      effectRows,
    ),
    out === undefined ? '' : `Saved in ${out}\n`,
  ];
  return {
    text: text.filter((part) => part !== '').join('\n'),
    json: report,
    failures: failures.map(({ error }) => error),
  };
}

const chance = (p: number | null): string => (p === null ? '-' : p.toFixed(4));

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const spanOf = (interval: { readonly low: number; readonly high: number } | undefined): string =>
  interval ? `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}` : '-';
