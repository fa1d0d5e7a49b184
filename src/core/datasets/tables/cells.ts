import { foldName } from '../tree/fold-name.ts';
import type { Columns } from './columns.ts';
import type { TableRow } from './read-table.ts';

const blanks: ReadonlySet<string> = new Set(['', 'nan', 'na', 'n/a', 'null']);

/** A cell without surrounding blanks; undefined where it says nothing (empty, NA, NaN, null) or is not there. */
export function readCell(row: TableRow, place: number | undefined): string | undefined {
  const text = (place === undefined ? undefined : row.cells[place])?.trim() ?? '';
  return blanks.has(text.toLowerCase()) ? undefined : text;
}

/** `45.0` is a number; `007` and `1e400` are names. */
const plainNumber = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;

const readValue = (text: string): string | number => (plainNumber.test(text) ? Number(text) : text);

/** What datasets call the same fact, by one name each. */
const commonNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sex: ['sex', 'gender', 'patientsex', 'patientgender'],
    age: ['age', 'ageapprox', 'patientage'],
    site: ['site', 'anatomsitegeneralchallenge', 'anatomsitegeneral', 'anatomicalsite', 'localization'],
    view: ['view', 'viewposition', 'frontallateral'],
    projection: ['projection', 'appa'],
    findings: ['findings', 'findinglabels'],
    followUp: ['followup'],
    modality: ['modality'],
    manufacturer: ['manufacturer'],
    model: ['model', 'manufacturermodelname'],
  }).flatMap(([name, columns]) => columns.map((column): [string, string] => [column, name])),
);

/** `Patient Gender`, `PatientSex` -> sex; a name that is not known stays as it is. */
export const metadataName = (name: string): string => commonNames.get(foldName(name)) ?? name;

export type Metadata = Readonly<Record<string, string | number>>;

/** Reads from a row the cells at these places that say something, by name; plain numbers become numbers. */
export function createMetadataReader({ names }: Columns, places: readonly number[]): (row: TableRow) => Metadata {
  // Backwards, so that of two columns of one meaning the first stays.
  const named = places
    .toReversed()
    .map((place) => ({ place, name: metadataName(names[place] ?? '') }))
    .filter(({ name }) => name !== '');
  return (row) =>
    Object.fromEntries(
      named.flatMap(({ place, name }): [string, string | number][] => {
        const text = readCell(row, place);
        return text === undefined ? [] : [[name, readValue(text)]];
      }),
    );
}

/** The places of all columns but these. */
export function placesBesides({ names }: Columns, used: readonly (number | undefined)[]): number[] {
  return [...names.keys()].filter((place) => !used.includes(place));
}
