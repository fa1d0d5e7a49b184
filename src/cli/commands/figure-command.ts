import { Option, type Command } from 'commander';
import type { FigureRequest } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import {
  catalogOption,
  countOption,
  datasetOption,
  jsonOption,
  readNames,
  readShown,
  splitOption,
} from '../options.ts';
import { readMark } from '../read-mark.ts';
import type { Shell } from '../shell.ts';
import {
  addComputingOptions,
  addLookOptions,
  addPictureOptions,
  readLook,
  readPanels,
  type FigureOptions,
} from './figure-options.ts';
import { addVerifyCommand } from './verify-command.ts';

const examples = `
Figures are laid out as in the report "CRP and LRP on classifying medical images": below each other class name, prediction, input and maps. They
are made for a screen, or with --width for a column of paper: text keeps its size in points there, fonts are embedded. The file holds
all it was made from (hashes of model and pictures, composite, target, ranges, threshold, versions) and every number it shows;
"lightbox figure verify FILE" makes it again and compares. No names of files or patients are written.

Examples:
  lightbox figure composites chest.png --model vgg16.onnx --width 85 --out composites.pdf
  lightbox figure concepts --panel vgg16.onnx,cxr --panel resnet50.onnx,cxr --panels-across 2 --width 180 --out figure1.pdf
  lightbox figure augmentations chest.png --model vgg16.onnx --variants blur,sharpen,rotate:angle=90 --scale row --out figure3.svg
  lightbox figure samples --dataset cxr --per-class 8 --width 180 --out figure4.pdf
  lightbox figure audit chest.png --model vgg16.onnx --mark rectangle:205,23,20,27 --width 180 --out audit.pdf
  lightbox figure verify composites.pdf --pictures films --model vgg16.onnx`;

export function addFigureCommand(program: Command, shell: Shell): void {
  const figure = program
    .command('figure')
    .description('make figures that can prove themselves (PNG, SVG, PDF)')
    .addHelpText('after', examples);
  addMapFigure(figure, shell, ['composites', 'one map for each composite']);
  addMapFigure(figure, shell, ['augmentations', 'the maps of a picture that is changed a little'])
    .addOption(new Option('-v, --variants <list>', 'what is done to the pictures, as in "lightbox robustness"').argParser(readNames)); // prettier-ignore
  addMapFigure(figure, shell, ['concepts', 'the map, and what passes the strongest concept of some layers'])
    .addOption(new Option('-l, --layers <names>', 'from shallow to deep; three if not given').argParser(readNames)); // prettier-ignore
  addSamplesFigure(figure, shell);
  addAuditFigure(figure, shell);
  addVerifyCommand(figure, shell);
}

type MapKind = 'composites' | 'augmentations' | 'concepts';

function addMapFigure(parent: Command, shell: Shell, [kind, description]: readonly [MapKind, string]): Command {
  const command = parent
    .command(kind)
    .description(description)
    .argument('[picture...]', 'picture files')
    .option('-m, --model <file>', 'ONNX model; several give a panel each', collect)
    .option(
      '--panel <model,dataset>',
      'a panel: a model on a dataset of the catalog; may be given several times',
      collect,
    )
    .option('-c, --composite <names>', 'composites, or all', readNames)
    .option('-t, --target <class>', "predicted, label (the dataset's own answer), a label, or an index");
  addPictureOptions(command);
  return addComputingOptions(addLookOptions(command)).action((pictures: readonly string[], options: FigureOptions) => {
    const { out, model, composite, panel, variants, layers } = options;
    const request = {
      ...{ kind, pictures, outputFile: out, modelPaths: model ?? [], panels: readPanels(panel), composites: composite },
      ...{ dataset: options.dataset, split: options.split, perClass: options.perClass, samples: options.samples },
      ...{ target: options.target, variants, layers, seed: options.seed, provider: options.provider },
      ...{ shown: readShown(options), look: readLook(options) },
    };
    return runFigure(shell, options, request);
  });
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function runFigure(
  shell: Shell,
  options: Pick<FigureOptions, 'json' | 'threads' | 'catalog'>,
  request: FigureRequest,
): Promise<void> {
  return shell.run(options, async (workbench, control) => {
    const report = await workbench.saveFigure(request, control);
    const { file, widthMm, pixels, seconds } = report;
    const size = widthMm === undefined ? `${pixels[0]} x ${pixels[1]} pixels` : `${widthMm} mm wide`;
    return { text: `Saved ${file} (${size}, ${seconds.toFixed(1)} s)\n`, json: report };
  });
}

function addSamplesFigure(parent: Command, shell: Shell): void {
  const command = parent
    .command('samples')
    .description('sample pictures of a dataset, divided by class')
    .addOption(datasetOption())
    .addOption(splitOption())
    .addOption(countOption('--per-class <count>', 'pictures of each class').default(8))
    .addOption(countOption('--columns <count>', 'pictures side by side'))
    .addOption(countOption('--seed <number>', 'which pictures are drawn').default(1));
  addLookOptions(command)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action((options: FigureOptions & { readonly dataset: string }) => {
      const { dataset, split, perClass, columns, seed, out } = options;
      const look = readLook(options);
      return runFigure(shell, options, {
        kind: 'samples',
        dataset,
        split,
        perClass,
        columns,
        seed,
        outputFile: out,
        look,
      });
    });
}

interface AuditOptions extends Omit<FigureOptions, 'model' | 'composite'> {
  readonly model: string;
  readonly mark?: MarkShape;
  readonly border: boolean;
  readonly composite?: string;
  readonly controls: number;
}

function addAuditFigure(parent: Command, shell: Shell): void {
  const command = parent
    .command('audit')
    .description('the test of a mark: what the answer does without it')
    .argument('<picture>', 'PNG, JPEG, TIFF or DICOM file')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .addOption(new Option('--mark <shape>', 'rectangle, ellipse or polygon, or a JSON file').argParser(readMark))
    .option('--border', 'test the border ring', false)
    .option('-c, --composite <name>', 'composite')
    .addOption(countOption('--controls <count>', 'matched controls').default(12));
  addComputingOptions(addLookOptions(command)).action((picture: string, options: AuditOptions) => {
    const { model, mark, border, composite, controls, seed, provider, out, ...rest } = options;
    if ((mark === undefined) !== border)
      throw new LightboxError(
        'request/invalid',
        'Name a mark with --mark, or the border ring with --border; one of these.',
      );
    const chosen = { picture, modelPath: model, mark, composite, controls, seed, provider };
    const request = {
      kind: 'audit' as const,
      ...chosen,
      outputFile: out,
      shown: readShown(rest),
      look: readLook(rest),
    };
    return runFigure(shell, rest, request);
  });
}
