import { listWords } from '../list-words.ts';
import { placesBesides, readCell } from './cells.ts';
import type { Columns } from './columns.ts';
import type { PictureFinder } from './picture-finder.ts';
import { peekRows } from './read-table.ts';
import type { ColumnMapping } from './recipe.ts';
import type { SampleTable } from './sample-rows.ts';

/** Header names that usually mean the same, folded, the surest first. */
const usualNames = {
  path: listWords(`
    path imagepath filepath imgpath picturepath relativepath filename imagename image imagefile imagefilename file img
    imgname picture imageid imageindex isicid dicom dicompath dicomid id name`),
  label: listWords('label class target diagnosis dx classname labelname category finding benignmalignant groundtruth'),
  split: listWords('split fold set subset partition phase datasplit'),
  patient: listWords('patient patientid patientname patientnumber subject subjectid pid person personid'),
};

const maskName = /^(.*?)_*(?:mask|segmentation)(?:_*(?:path|file|filename|name))?$/;

/** Rows that show which column names pictures. */
const ROWS_TRIED = 200;

/**
 * What the columns of a table probably are. The picture's column is one whose cells are found as pictures, whatever it is
 * called; the others go by their names. Undefined where no cell is found.
 */
export async function guessColumns(source: SampleTable, pictures: PictureFinder): Promise<ColumnMapping | undefined> {
  const path = await findPathColumn(source, pictures);
  if (path === undefined) return undefined;
  const { columns } = source;
  const free = (names: readonly string[]): string | undefined => {
    const place = columns.find(...names);
    return place === undefined ? undefined : columns.names[place];
  };
  const label = free(usualNames.label);
  return {
    path,
    label: label === path ? undefined : label,
    split: free(usualNames.split),
    patient: free(usualNames.patient),
    masks: guessMasks(columns, path),
  };
}

/**
 * A column with a usual name needs one cell that is found. Any other needs most of its cells to be, and most of them to
 * differ: a column of classes 0 and 1 names no pictures, though there be files called 0.png and 1.png.
 */
async function findPathColumn({ table, columns }: SampleTable, pictures: PictureFinder): Promise<string | undefined> {
  const rows = await peekRows(table, ROWS_TRIED);
  const placesOf = (names: readonly string[]): number[] => names.flatMap((name) => columns.find(name) ?? []);
  const usual = placesOf(usualNames.path);
  const others = placesBesides(columns, [...usual, ...placesOf(usualNames.label), ...placesOf(usualNames.split)]);
  for (const place of [...usual, ...others.filter((at) => columns.names[at] !== '')]) {
    const cells = rows.flatMap((row) => readCell(row, place) ?? []);
    const isUsual = usual.includes(place);
    if (!isUsual && new Set(cells).size < cells.length / 2) continue;
    const needed = isUsual ? 1 : Math.max(1, cells.length / 2);
    if ((await countFound(cells, pictures, needed)) >= needed) return columns.names[place];
  }
  return undefined;
}

async function countFound(cells: readonly string[], pictures: PictureFinder, enough: number): Promise<number> {
  let found = 0;
  for (const cell of cells) {
    if ((await pictures.locate(cell)).kind !== 'missing') found++;
    if (found >= enough) break;
  }
  return found;
}

function guessMasks({ names }: Columns, path: string): Readonly<Record<string, string>> | undefined {
  const masks = names.flatMap((name): [string, string][] => {
    const match = maskName.exec(name.trim().toLowerCase().replaceAll(/[\s-]/g, '_'));
    return match === null || name === path ? [] : [[match[1]?.replace(/_$/, '') || 'region', name]];
  });
  return masks.length > 0 ? Object.fromEntries(masks) : undefined;
}
