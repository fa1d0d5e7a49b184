import { countOf } from './number-format.ts';

/** Where a figure comes from; what is not given is not shown. Names of patients and files have no place here. */
export interface FigureProvenance {
  readonly model?: { readonly title: string; readonly sha256: string };
  /** Where there are several; `model` is left out then. */
  readonly models?: readonly { readonly title: string; readonly sha256: string }[];
  readonly dataset?: string;
  readonly split?: string;
  /** Samples the figure is about. */
  readonly samples?: number;
  /** How shown samples were chosen: `drawn at random, seed 1`. */
  readonly selection?: string;
  /** Version of the product. */
  readonly version: string;
  /** ISO 8601; its date is shown. */
  readonly created: string;
}

const HASH_DIGITS = 12;

/** `Model resnet50 (sha256 0123456789ab)`, `dataset …`: parts that are set on a line as far as they fit. */
export function describeProvenance(provenance: FigureProvenance): string[] {
  const {
    model,
    models = model ? [model] : [],
    dataset,
    split,
    samples,
    selection = '',
    version,
    created,
  } = provenance;
  const parts = [
    ...models.map(({ title, sha256 }) => named('model', `${title} (sha256 ${sha256.slice(0, HASH_DIGITS)})`)),
    named('dataset', dataset),
    named('split', split),
    samples === undefined ? '' : countOf(samples, 'sample'),
    selection,
    `Relevance Lightbox ${version}`,
    created.slice(0, 10),
  ];
  const [first = '', ...others] = parts.filter((part) => part !== '');
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others];
}

const named = (name: string, value = ''): string => (value === '' ? '' : `${name} ${value}`);
