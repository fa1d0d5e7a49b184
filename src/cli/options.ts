/** Options several commands share, and the readers of their values, whose errors name the option. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { compositeNames, windowFunctions, type ShownPart } from '#core/workbench/index.ts';
import { providerChoices, type ProviderChoice } from '#shared/providers.ts';

export function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('It must be a whole number above zero.');
  }
  return count;
}

/** Names between commas; blanks around them do not count. */
export function readNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It must be names separated by commas.');
  return names;
}

/** A size in pixels, a number of threads and the like, always read as decimal. */
export function countOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(readCount);
}

export function compositeOption(): Option {
  const names = compositeNames.join(', ');
  return new Option('-c, --composite <name>', `composite: ${names}, all, or a JSON file`);
}

export function providerOption(): Option {
  return new Option('-p, --provider <name>', 'what computes').choices(providerChoices).default('auto');
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON for programs, errors too').default(false);
}

/** Options that say which part of a DICOM file is shown; read together by `readShown`. */
export function frameOption(): Option {
  return new Option('--frame <number>', 'frame of a DICOM file, from 0').argParser((text) => {
    if (/^\d+$/.test(text)) return Number(text);
    throw new InvalidArgumentError('It must be a whole number, from 0.');
  });
}

export function windowOption(): Option {
  return new Option(
    '--window <window>',
    "window of a DICOM file: CENTER,WIDTH with LINEAR, LINEAR_EXACT or SIGMOID if need be, the file's own by its place from 0, or full-range",
  ).argParser(readWindow);
}

function readWindow(text: string): NonNullable<ShownPart['window']> {
  if (text === 'full-range') return text;
  if (/^\d+$/.test(text)) return Number(text);
  const [center = '', width = '', name = 'LINEAR', ...more] = text.split(',');
  const curve = windowFunctions.find((known) => known === name);
  const numbers = [Number(center), Number(width)] as const;
  if (center.trim() === '' || width.trim() === '' || !numbers.every(Number.isFinite) || !curve || more.length > 0) {
    throw new InvalidArgumentError('It must be CENTER,WIDTH, a whole number from 0, or full-range.');
  }
  return { center: numbers[0], width: numbers[1], function: curve };
}

export interface ShownOptions {
  readonly frame?: number;
  readonly window?: NonNullable<ShownPart['window']>;
}

/** Undefined where nothing was chosen. */
export function readShown({ frame, window }: ShownOptions): ShownPart | undefined {
  if (frame === undefined && window === undefined) return undefined;
  return { ...(frame !== undefined && { frame }), ...(window !== undefined && { window }) };
}

/** The user's own catalog when not given. */
export function catalogOption(): Option {
  return new Option('--catalog <file>', "the catalog; the user's own if not given");
}

export function datasetOption(): Option {
  return new Option('-d, --dataset <name>', 'a dataset of the catalog').makeOptionMandatory();
}

export function splitOption(): Option {
  return new Option('-s, --split <name>', 'a split of the dataset; all if not given');
}

export function labelsOption(): Option {
  return new Option(
    '--labels <names>',
    "names of the model's outputs in their order; its manifest's if not given",
  ).argParser(readNames);
}

/** What every command says that asks a model about a dataset. */
export interface StudyOptions {
  readonly model: string;
  readonly dataset: string;
  readonly split?: string;
  readonly out?: string;
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

/** Model, dataset and split. */
export const addStudyOptions = (command: Command): Command =>
  command.requiredOption('-m, --model <file>', 'ONNX model').addOption(datasetOption()).addOption(splitOption());

/** What computes, in how many threads, for which catalog, and how it is told. */
export const addRunOptions = (command: Command): Command =>
  command
    .addOption(providerOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption());
