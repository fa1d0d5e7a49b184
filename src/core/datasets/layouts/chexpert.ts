import { confidences, type Layout } from '../layout.ts';
import { createMetadataReader, placesBesides, readCell } from '../tables/cells.ts';
import type { Columns } from '../tables/columns.ts';
import { findKnownTables } from '../tables/find-tables.ts';
import { createFinders } from '../tables/picture-finder.ts';
import { readSampleRows, type RowReader, type SampleTable } from '../tables/sample-rows.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { baseName, parentOf } from '../tree/relative-path.ts';
import { chooseFinding, findingClasses, labelFindings } from './label-findings.ts';

/** As the table spells them. */
export const chexpertFindings = [
  'No Finding',
  'Enlarged Cardiomediastinum',
  'Cardiomegaly',
  'Lung Opacity',
  'Lung Lesion',
  'Edema',
  'Consolidation',
  'Pneumonia',
  'Atelectasis',
  'Pneumothorax',
  'Pleural Effusion',
  'Pleural Other',
  'Fracture',
  'Support Devices',
] as const;

/** Tubes and wires are seen on a film, but are not what it was taken for. */
const besides = 'Support Devices';

const notes = [
  'The labels of the CheXpert training set were taken from reports by a program; uncertain ones (-1) and blank ones give ' +
    'no label here.',
  'Support devices go with illness in CheXpert; see whether a network looks at them.',
];

/** CheXpert: `train.csv` and `valid.csv` with a path, facts and 14 findings (1, 0, -1 or blank) per film. */
export const chexpert: Layout = {
  name: 'chexpert',
  lookedFor: 'a table with the columns Path, Frontal/Lateral and the findings of CheXpert',
  recognise: async (tree) => {
    const tables = await findChexpertTables(tree);
    if (tables.length === 0) return undefined;
    const names = tables.map(({ path }) => `"${path}"`).join(' and ');
    return { confidence: confidences.certain, reason: `It is laid out as CheXpert: ${names} with Path and findings.` };
  },
  read: async (tree, options) => {
    const tables = await findChexpertTables(tree);
    const finding = chooseFinding(chexpertFindings, options.finding);
    const finder = { tableFolder: parentOf(tables[0]?.path ?? '') };
    return {
      classes: findingClasses(
        chexpertFindings.filter((name) => name !== besides),
        finding,
      ),
      splits: tables.flatMap(({ split }) => split ?? []),
      notes,
      batches: readSampleRows(tree, {
        tables,
        ...createFinders(tree, finder),
        describe: (table) => describeRows(table, finding),
      }),
    };
  },
};

async function findChexpertTables(tree: FolderTree): Promise<SampleTable[]> {
  const isChexpert = (columns: Columns): boolean =>
    ['Path', 'Frontal/Lateral', 'Cardiomegaly', 'Pleural Effusion'].every((name) => columns.find(name) !== undefined);
  const tables = await findKnownTables(tree, isChexpert);
  return tables.map((table) => ({ ...table, split: baseName(table.path).replace(/\.\w+$/, '') }));
}

function describeRows({ columns, split }: SampleTable, finding: string | undefined): RowReader {
  const place = columns.find('Path');
  const readMetadata = createMetadataReader(columns, placesBesides(columns, [place]));
  return (row) => {
    const picture = readCell(row, place);
    const metadata = readMetadata(row);
    const present = chexpertFindings.filter((name) => metadata[name] === 1);
    const absent = chexpertFindings.filter((name) => metadata[name] === 0);
    // Only where nobody chose: a film with a pneumonia and a tube is one of pneumonia.
    const counted = finding === undefined ? present.filter((name) => name !== besides) : present;
    return {
      picture,
      split,
      label: labelFindings({ present: counted, absent }, finding),
      patient: /patient\d+/i.exec(picture ?? '')?.[0],
      metadata: present.length > 0 ? { ...metadata, findings: present.join('|') } : metadata,
    };
  };
}
