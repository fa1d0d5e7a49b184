import { confidences, type Layout } from '../layout.ts';
import { createMetadataReader, placesBesides, readCell } from '../tables/cells.ts';
import { createColumns, type Columns } from '../tables/columns.ts';
import { findKnownTables } from '../tables/find-tables.ts';
import { createFinders } from '../tables/picture-finder.ts';
import { readSampleRows, type RowReader, type SampleTable } from '../tables/sample-rows.ts';
import { foldName } from '../tree/fold-name.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { parentOf } from '../tree/relative-path.ts';
import { chooseFinding, findingClasses, labelFindings } from './label-findings.ts';
import { loadSplitLists } from './nih-split-lists.ts';

/** As the table spells them. */
export const nihFindings = [
  'Atelectasis',
  'Cardiomegaly',
  'Consolidation',
  'Edema',
  'Effusion',
  'Emphysema',
  'Fibrosis',
  'Hernia',
  'Infiltration',
  'Mass',
  'No Finding',
  'Nodule',
  'Pleural_Thickening',
  'Pneumonia',
  'Pneumothorax',
] as const;

const notes = [
  'The labels of ChestX-ray14 were taken from reports by a program, not read from the films; some are wrong.',
  'In ChestX-ray14 the view goes with how ill a patient is: films taken lying down (AP) show more findings.',
];

/** NIH ChestX-ray14: `Data_Entry_2017.csv`, pictures in `images_001` to `images_012`, lists of two splits. */
export const nihCxr14: Layout = {
  name: 'nih-cxr14',
  lookedFor: 'a table with the columns Image Index and Finding Labels of NIH ChestX-ray14',
  recognise: async (tree) => {
    const [table] = await findNihTables(tree);
    if (table === undefined) return undefined;
    return { confidence: confidences.certain, reason: `"${table.path}" is the table of NIH ChestX-ray14.` };
  },
  read: async (tree, options) => {
    const [table] = await findNihTables(tree);
    const folder = parentOf(table?.path ?? '');
    const splits = await loadSplitLists(tree, folder);
    const finding = chooseFinding(nihFindings, options.finding);
    const finder = { tableFolder: folder, namesIdentify: true };
    return {
      classes: findingClasses(nihFindings, finding),
      splits: [...new Set(splits.values())],
      notes,
      batches: readSampleRows(tree, {
        tables: table ? [table] : [],
        ...createFinders(tree, finder),
        describe: (table) => describeRows(table, { splits, finding }),
      }),
    };
  },
};

/** The later release of the table stands last. */
async function findNihTables(tree: FolderTree): Promise<SampleTable[]> {
  const isNih = (columns: Columns): boolean =>
    columns.find('Image Index') !== undefined && columns.find('Finding Labels') !== undefined;
  const tables = await findKnownTables(tree, isNih);
  return tables.toReversed().map((table) => ({ ...table, columns: createColumns(table.columns.names.map(mendName)) }));
}

/** `OriginalImage[Width,Height]` and `OriginalImagePixelSpacing[x,y]` are cut in two by their own commas. */
const mendedNames: ReadonlyMap<string, string> = new Map([
  ['originalimagewidth', 'originalWidth'],
  ['height', 'originalHeight'],
  ['originalimagepixelspacingx', 'pixelSpacingX'],
  ['y', 'pixelSpacingY'],
]);

const mendName = (name: string): string => mendedNames.get(foldName(name)) ?? name;

interface Reading {
  readonly splits: ReadonlyMap<string, string>;
  readonly finding: string | undefined;
}

function describeRows({ columns }: SampleTable, { splits, finding }: Reading): RowReader {
  const places = { picture: columns.find('Image Index'), patient: columns.find('Patient ID') };
  const readMetadata = createMetadataReader(columns, placesBesides(columns, Object.values(places)));
  const findings = columns.find('Finding Labels');
  return (row) => {
    const picture = readCell(row, places.picture);
    const present = (readCell(row, findings) ?? '').split('|').map((name) => name.trim());
    return {
      picture,
      split: picture === undefined ? undefined : splits.get(picture),
      label: labelFindings({ present: present.filter((name) => name !== ''), absent: listAbsent(present) }, finding),
      patient: readCell(row, places.patient),
      metadata: readMetadata(row),
    };
  };
}

const listAbsent = (present: readonly string[]): string[] => nihFindings.filter((name) => !present.includes(name));
