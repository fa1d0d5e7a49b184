import type { MaskEntry, SampleEntry } from '#shared/samples.ts';
import type { SampleBatch } from '../layout.ts';
import type { ReadingProblem } from '../reading-problem.ts';
import { quote } from '../sentences.ts';
import { BATCH_SIZE } from '../slice-samples.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import type { Columns } from './columns.ts';
import { findPicturesWithoutRow } from './pictures-without-row.ts';
import type { PictureFinder } from './picture-finder.ts';
import { createMaskSearch } from './masks-beside.ts';
import type { Table, TableRow } from './read-table.ts';

/** A table of samples. */
export interface SampleTable {
  readonly table: Table;
  readonly columns: Columns;
  /** Relative to the dataset's folder. */
  readonly path: string;
  /** The split all its rows belong to, where the table's name says so. */
  readonly split?: string | undefined;
}

/** What a row says of its sample. */
export interface RowFacts extends Omit<SampleEntry, 'path' | 'masks'> {
  /** As the cell names it. */
  readonly picture: string | undefined;
  /** Cells that name masks; where there are none, mask folders beside the picture are looked into. */
  readonly maskCells?: readonly MaskCell[];
}

export type RowReader = (row: TableRow) => RowFacts;

export interface MaskCell {
  readonly kind: string;
  readonly cell: string;
}

export interface SampleRows<Source extends SampleTable = SampleTable> {
  readonly tables: readonly Source[];
  readonly pictures: PictureFinder;
  readonly masks: PictureFinder;
  /** How the rows of a table are read. */
  describe(table: Source): RowReader;
}

/** The samples of tables, row by row, then the pictures that no row names. */
export async function* readSampleRows<Source extends SampleTable>(
  tree: FolderTree,
  rows: SampleRows<Source>,
): AsyncGenerator<SampleBatch> {
  const named = new Set<string>();
  const findMasksBeside = createMaskSearch(tree);
  for (const source of rows.tables) {
    const reading = { rows, source, named, findMasksBeside, readFacts: rows.describe(source) };
    let samples: SampleEntry[] = [];
    let problems: ReadingProblem[] = [];
    for await (const row of source.table.rows) {
      const outcome = await readRow(reading, row);
      if (outcome.sample) samples.push(outcome.sample);
      problems.push(...outcome.problems);
      if (samples.length + problems.length < BATCH_SIZE) continue;
      yield { samples, problems };
      samples = [];
      problems = [];
    }
    yield { samples, problems };
  }
  yield* findPicturesWithoutRow(tree, named);
}

interface Reading {
  readonly rows: Pick<SampleRows, 'pictures' | 'masks'>;
  readonly source: SampleTable;
  readonly readFacts: RowReader;
  /** Pictures and masks that a row has named so far. */
  readonly named: Set<string>;
  readonly findMasksBeside: (picture: string) => Promise<MaskEntry[]>;
}

interface Outcome {
  readonly sample?: SampleEntry;
  readonly problems: readonly ReadingProblem[];
}

async function readRow(reading: Reading, row: TableRow): Promise<Outcome> {
  const { rows, source, named, readFacts } = reading;
  const refuse = (kind: ReadingProblem['kind'], problem: string): Outcome => ({
    problems: [{ kind, path: source.path, sentence: `Row ${row.number} of "${source.path}" ${problem}.` }],
  });
  const width = source.columns.names.length;
  if (row.cells.slice(width).some((cell) => cell.trim() !== '')) {
    return refuse('invalid-row', `has ${row.cells.length} cells where the header has ${width}; it is left out`);
  }
  const { picture, maskCells = [], ...facts } = readFacts(row);
  if (picture === undefined) return refuse('invalid-row', 'names no picture; it is left out');
  const location = await rows.pictures.locate(picture);
  if (location.kind === 'missing') return refuse('row-without-picture', `names ${quote(picture)}, which is not there`);
  if (location.kind === 'ambiguous') {
    const count = location.paths.length;
    return refuse('ambiguous-picture', `names ${quote(picture)}, of which there are ${count} in different folders`);
  }
  if (named.has(location.path)) return refuse('repeated-row', `names ${quote(picture)} again; the first row counts`);
  for (const path of [location.path, ...location.copies]) named.add(path);
  const { masks, problems } = await locateMasks(reading, row, maskCells);
  const found = masks.length > 0 ? masks : await reading.findMasksBeside(location.path);
  return { sample: { path: location.path, ...facts, masks: found }, problems };
}

async function locateMasks(
  { rows, source, named }: Reading,
  row: TableRow,
  cells: readonly MaskCell[],
): Promise<{ readonly masks: MaskEntry[]; readonly problems: ReadingProblem[] }> {
  const masks: MaskEntry[] = [];
  const problems: ReadingProblem[] = [];
  for (const { kind, cell } of cells) {
    const location = await rows.masks.locate(cell);
    if (location.kind === 'found') {
      named.add(location.path);
      masks.push({ kind, path: location.path });
      continue;
    }
    const sentence = `Row ${row.number} of "${source.path}" names the mask ${quote(cell)}, which is not there.`;
    problems.push({ kind: 'missing-mask', path: source.path, sentence });
  }
  return { masks, problems };
}
