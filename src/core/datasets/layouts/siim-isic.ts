import { confidences, type Layout } from '../layout.ts';
import { nameList } from '../sentences.ts';
import { createMetadataReader, placesBesides, readCell } from '../tables/cells.ts';
import type { Columns } from '../tables/columns.ts';
import { findKnownTables } from '../tables/find-tables.ts';
import { createFinders } from '../tables/picture-finder.ts';
import { readSampleRows, type RowReader, type SampleTable } from '../tables/sample-rows.ts';
import { foldName } from '../tree/fold-name.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { baseName, parentOf } from '../tree/relative-path.ts';
import { findSplitRole, type SplitRole } from '../tree/split-names.ts';

const classes = ['benign', 'malignant'] as const;

const notes = [
  'In the SIIM-ISIC sets with external pictures most malignant ones come from another archive and have no patient id, so ' +
    'the source goes with the class.',
  'The same lesion occurs in the archives of several ISIC years; look at the duplicates before trusting a split.',
];

/** SIIM-ISIC 2020 and the sets made from it: `train.csv` or `train_concat.csv`, `test.csv`, pictures by `image_name`. */
export const siimIsic: Layout = {
  name: 'siim-isic',
  lookedFor: 'a table with the columns image_name and target or benign_malignant of SIIM-ISIC',
  recognise: async (tree) => {
    const tables = await findIsicTables(tree);
    if (!tables.some(({ columns }) => isLabelled(columns))) return undefined;
    const names = nameList(tables.map(({ path }) => `"${path}"`));
    return { confidence: confidences.certain, reason: `It is laid out as SIIM-ISIC: ${names} with image_name.` };
  },
  read: async (tree) => {
    const tables = await findIsicTables(tree);
    const finder = { tableFolder: parentOf(tables[0]?.path ?? ''), namesIdentify: true };
    return {
      classes,
      splits: [...new Set(tables.flatMap(({ split }) => split ?? []))],
      notes,
      batches: readSampleRows(tree, {
        tables,
        ...createFinders(tree, finder),
        describe: describeRows,
      }),
    };
  },
};

const isLabelled = (columns: Columns): boolean =>
  columns.find('image_name') !== undefined && columns.find('target', 'benign_malignant') !== undefined;

const isUnlabelled = (columns: Columns): boolean =>
  columns.find('image_name') !== undefined && columns.find('anatom_site_general_challenge') !== undefined;

/** One table per split. `train_concat.csv` holds all of `train.csv`, which is then left aside. */
async function findIsicTables(tree: FolderTree): Promise<SampleTable[]> {
  const known = await findKnownTables(tree, (columns) => isLabelled(columns) || isUnlabelled(columns));
  const isFull = ({ path }: SampleTable): boolean => foldName(path).includes('concat');
  const inOrder = [...known.filter(isFull), ...known.filter((table) => !isFull(table))];
  const bySplit = Map.groupBy(inOrder, splitOf);
  return (['train', 'val', 'test'] as const).flatMap((split) => {
    const table = bySplit.get(split)?.[0];
    return table ? [{ ...table, split }] : [];
  });
}

function splitOf({ path, columns }: SampleTable): SplitRole {
  const stem = baseName(path).replace(/\.\w+$/, '');
  return findSplitRole(stem) ?? (isLabelled(columns) ? 'train' : 'test');
}

function describeRows({ columns, split }: SampleTable): RowReader {
  const places = {
    picture: columns.find('image_name'),
    patient: columns.find('patient_id'),
    target: columns.find('target'),
    label: columns.find('benign_malignant'),
  };
  const readMetadata = createMetadataReader(columns, placesBesides(columns, Object.values(places)));
  return (row) => ({
    picture: readCell(row, places.picture),
    split,
    label: readLabel(readCell(row, places.target), readCell(row, places.label)),
    patient: readPatient(readCell(row, places.patient)),
    metadata: readMetadata(row),
  });
}

function readLabel(target: string | undefined, label: string | undefined): string | undefined {
  const [benign, malignant] = classes;
  if (target !== undefined) return Number(target) === 1 ? malignant : Number(target) === 0 ? benign : undefined;
  return classes.find((name) => name === label?.toLowerCase());
}

/** External rows have no patient; tables that passed through notebooks say 0 or -1 instead. None of these is a person. */
const readPatient = (patient: string | undefined): string | undefined =>
  patient === undefined || /^(0|-1)(\.0)?$/.test(patient) ? undefined : patient;
