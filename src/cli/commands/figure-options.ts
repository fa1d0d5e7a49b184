import { InvalidArgumentError, Option, type Command } from 'commander';
import { colorMapNames } from '#shared/color-maps.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { scaleOwners, type FigureLookChoice } from '#core/workbench/index.ts';
import {
  catalogOption,
  countOption,
  frameOption,
  jsonOption,
  providerOption,
  readCount,
  readNames,
  splitOption,
  windowOption,
  type ShownOptions,
} from '../options.ts';

export interface FigureOptions extends ShownOptions {
  readonly out: string;
  readonly model?: readonly string[];
  readonly panel?: readonly string[];
  readonly composite?: readonly string[];
  readonly target?: string;
  readonly dataset?: string;
  readonly split?: string;
  readonly perClass?: number;
  readonly samples?: readonly number[];
  readonly columns?: number;
  readonly variants?: readonly string[];
  readonly layers?: readonly string[];
  readonly seed: number;
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
  readonly title?: string;
  readonly theme?: 'print' | 'dark';
  readonly width?: number;
  readonly colorMap?: string;
  readonly scale: (typeof scaleOwners)[number];
  readonly range?: readonly [number, number];
  readonly threshold: number;
  readonly show: 'map' | 'overlay';
  readonly casesDown: boolean;
  readonly panelsAcross: number;
}

export function addPictureOptions(command: Command): Command {
  return command
    .option('-d, --dataset <name>', 'a dataset of the catalog instead of files')
    .addOption(splitOption())
    .addOption(countOption('--per-class <count>', 'pictures of each class of a dataset; 2 if not given'))
    .addOption(new Option('--samples <ids>', 'samples of the catalog by their ids').argParser(readIds));
}

const readIds = (text: string): readonly number[] => readNames(text).map(readCount);

export function addLookOptions(command: Command): Command {
  return command
    .requiredOption('-o, --out <file>', 'a .pdf, .png or .svg file')
    .option('--title <text>', 'title; on paper none if not given')
    .addOption(
      new Option('--width <mm>', 'width on paper in millimetres, such as a column of 85').argParser(readNumber),
    )
    .addOption(new Option('--theme <name>', 'print is white, dark the reading room').choices(['print', 'dark']))
    .addOption(new Option('--color-map <name>', 'colors of the maps').choices(colorMapNames))
    .addOption(
      new Option('--scale <owner>', 'whose values the ends of the colors stand for')
        .choices(scaleOwners)
        .default('map'),
    )
    .addOption(new Option('--range <low:high>', 'fixed values of the ends instead').argParser(readPair))
    .addOption(
      new Option('--threshold <share>', 'share of the end below which relevance is not shown')
        .argParser(readNumber)
        .default(0),
    )
    .addOption(
      new Option('--show <what>', 'maps alone, or over the picture').choices(['map', 'overlay']).default('map'),
    )
    .option('--cases-down', 'pictures below each other and maps side by side, instead of the other way round', false)
    .addOption(countOption('--panels-across <count>', 'panels side by side').default(1));
}

export function addComputingOptions(command: Command): Command {
  return command
    .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
    .addOption(providerOption())
    .addOption(frameOption())
    .addOption(windowOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption());
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}

function readPair(text: string): readonly [number, number] {
  const [low = '', high = '', ...more] = text.split(':');
  if (more.length > 0) throw new InvalidArgumentError('It must be two numbers such as -1:1.');
  return [readNumber(low), readNumber(high)];
}

export function readPanels(
  panels: readonly string[] = [],
): readonly { modelPath: string; dataset: string }[] | undefined {
  if (panels.length === 0) return undefined;
  return panels.map((text) => {
    const comma = text.lastIndexOf(',');
    if (comma > 0 && comma < text.length - 1)
      return { modelPath: text.slice(0, comma), dataset: text.slice(comma + 1) };
    throw new LightboxError('request/invalid', `A panel is a model and a dataset with a comma between, not "${text}".`);
  });
}

/** What a user left open stays open: the recipe has its own defaults. */
export function readLook(
  options: Pick<FigureOptions, 'title' | 'theme' | 'width' | 'colorMap' | 'range'> & Partial<FigureOptions>,
): Partial<FigureLookChoice> {
  const { title, theme, width, colorMap, range, scale, threshold, show, casesDown, panelsAcross } = options;
  const given = { title, theme, widthMm: width, colorMap, range, scale, threshold, show, casesDown, panelsAcross };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
