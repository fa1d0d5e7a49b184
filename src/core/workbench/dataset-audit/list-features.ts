import type { TrivialFeature } from '#core/audit/index.ts';
import { isCountedAttribute } from '#core/datasets/index.ts';
import type { AuditedSample } from './audited-samples.ts';

type NumberOf = (sample: AuditedSample) => number;
type WordOf = (sample: AuditedSample) => string;

const logOf = (value: number | undefined): number => (value === undefined || value <= 0 ? NaN : Math.log2(value));
const pixelsOf = ({ width = NaN, height = NaN }: AuditedSample): number => width * height;

/** What files and pixels give away; brightness from 0 (black) to 1 (white). */
const numbers: Readonly<Record<string, readonly [definition: string, of: NumberOf]>> = {
  'border brightness': [
    'mean brightness of the outer ring, 5 % of the shorter side wide',
    (one) => one.measured.ringMean,
  ],
  'border spread': ['standard deviation of brightness in that ring', (one) => one.measured.ringSpread],
  brightness: ['mean brightness of the whole picture', (one) => one.measured.mean],
  contrast: ['standard deviation of brightness in the whole picture', (one) => one.measured.spread],
  'file size': ['bytes of the file, as log2', ({ bytes }) => logOf(bytes)],
  'native size': ['pixels of the picture, as log2', (one) => logOf(pixelsOf(one))],
  aspect: ['width over height, as log2', ({ width = NaN, height = NaN }) => logOf(width / height)],
  compression: ['bits of the file for each pixel, as log2', (one) => logOf((8 * (one.bytes ?? NaN)) / pixelsOf(one))],
};

const words: Readonly<Record<string, readonly [definition: string, of: WordOf]>> = {
  'file format': ['PNG, JPEG, TIFF or DICOM', (one) => one.measured.format],
  'bits and channels': ['bits for each sample, and whether there is color', (one) => `${one.measured.depth} bits, ${one.measured.channels === 1 ? 'grey' : 'color'}`],
  'patient id': ['whether the dataset names a patient', ({ patientHash }) => (patientHash === undefined ? 'missing' : 'given')],
  part: ['the part of the dataset it lies in', ({ collection = '' }) => collection],
}; // prettier-ignore

/** An attribute with more values is a measurement or a name. */
const MOST_VALUES = 30;

/** What can be known of pictures without understanding them: of files and pixels, and attributes of the dataset that say nothing of the diagnosis. */
export function listFeatures(samples: readonly AuditedSample[]): readonly TrivialFeature[] {
  return [
    ...Object.entries(numbers).map(([name, [definition, of]]): TrivialFeature => ({
      ...{ kind: 'number', name, definition, values: Float64Array.from(samples, of) },
    })),
    ...Object.entries(words).map(([name, [definition, of]]): TrivialFeature => ({
      ...{ kind: 'category', name, definition, values: samples.map(of) },
    })),
    ...listAttributes(samples),
  ];
}

function listAttributes(samples: readonly AuditedSample[]): readonly TrivialFeature[] {
  const names = new Set(samples.flatMap(({ metadata }) => Object.keys(metadata)));
  return [...names].sort().flatMap((name): readonly TrivialFeature[] => {
    if (!isCountedAttribute(name)) return [];
    const given = samples.map(({ metadata }) => metadata[name]);
    const kinds = new Set(given);
    const definition = 'as the dataset says';
    if (kinds.size <= MOST_VALUES)
      return [{ kind: 'category', name, definition, values: given.map((value) => String(value ?? '')) }];
    const isMeasured = given.every((value) => value === undefined || typeof value === 'number');
    return isMeasured ? [{ kind: 'number', name, definition, values: Float64Array.from(given, (value) => value ?? NaN) }] : [];
  }); // prettier-ignore
}

const sourceNames = ['source', 'archive', 'dataset', 'collection'];

/** Where pictures come from, where the dataset says so. */
export function listSources(samples: readonly AuditedSample[]): readonly string[] | undefined {
  const name = sourceNames.find((one) => samples.some(({ metadata }) => metadata[one] !== undefined));
  return name === undefined ? undefined : samples.map(({ metadata }) => String(metadata[name] ?? ''));
}
