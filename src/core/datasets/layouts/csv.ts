import { confidences, type Layout } from '../layout.ts';
import { nameList } from '../sentences.ts';
import { createMetadataReader, placesBesides, readCell } from '../tables/cells.ts';
import { chooseTables, findRecipe, type ChosenTables, type MappedTable } from '../tables/choose-tables.ts';
import { createFinders } from '../tables/picture-finder.ts';
import type { ColumnMapping } from '../tables/recipe.ts';
import { readSampleRows, type RowReader } from '../tables/sample-rows.ts';
import { parentOf } from '../tree/relative-path.ts';

/** Any CSV table that names pictures, with a recipe that says what its columns mean, or a guess. */
export const csv: Layout = {
  name: 'csv',
  lookedFor: 'a CSV table that names pictures in the folder, or a recipe (NAME.recipe.json)',
  recognise: async (tree, options, needed) => {
    const mayGuess = needed <= confidences.table;
    const recipe = options.recipe ?? (await findRecipe(tree));
    const chosen = recipe || mayGuess ? await chooseTables(tree, recipe) : undefined;
    if (chosen === undefined) return undefined;
    return { confidence: chosen.isGuess ? confidences.table : confidences.certain, reason: describeTables(chosen) };
  },
  read: async (tree, options) => {
    const chosen = await chooseTables(tree, options.recipe ?? (await findRecipe(tree)));
    const { tables = [], recipe, isGuess = false } = chosen ?? {};
    const finder = { tableFolder: parentOf(tables[0]?.path ?? ''), pictures: recipe?.pictures };
    return {
      classes: [],
      splits: tables.flatMap(({ split }) => split ?? []),
      notes: chosen && isGuess ? [`${describeTables(chosen)} Save a recipe if that is not what the columns mean.`] : [],
      batches: readSampleRows(tree, {
        tables,
        ...createFinders(tree, finder),
        describe: describeRows,
      }),
    };
  },
};

function describeTables({ tables, isGuess, unused }: ChosenTables): string {
  const names = nameList(tables.map(({ path }) => `"${path}"`));
  const verb = tables.length > 1 ? 'name' : 'names';
  const mapping = tables[0] ? describeMapping(tables[0].mapping) : '';
  const how = isGuess ? ' (guessed from header and cells)' : ' (by the recipe)';
  const left = unused.length > 0 ? ` Not used: ${nameList(unused.map((path) => `"${path}"`))}.` : '';
  return `${names} ${verb} the pictures: ${mapping}${how}.${left}`;
}

function describeMapping({ path, label, split, patient, masks = {} }: ColumnMapping): string {
  const meanings = [
    ['path', path],
    ['label', label],
    ['split', split],
    ['patient', patient],
    ...Object.entries(masks).map(([kind, column]) => [`${kind} mask`, column]),
  ];
  return nameList(meanings.flatMap(([meaning = '', column]) => (column ? `${meaning} from "${column}"` : [])));
}

function describeRows({ columns, split, mapping }: MappedTable): RowReader {
  const { masks = {}, metadata, ...single } = mapping;
  const maskPlaces = Object.entries(masks).map(([kind, column]) => ({ kind, place: columns.find(column) }));
  const used = [
    ...Object.values(single).map((column) => columns.find(column)),
    ...maskPlaces.map(({ place }) => place),
  ];
  const kept = metadata?.flatMap((column) => columns.find(column) ?? []) ?? placesBesides(columns, used);
  const readMetadata = createMetadataReader(columns, kept);
  const places = {
    path: columns.find(mapping.path),
    label: columns.find(mapping.label),
    split: columns.find(mapping.split),
    patient: columns.find(mapping.patient),
  };
  return (row) => ({
    picture: readCell(row, places.path),
    split: split ?? readCell(row, places.split),
    label: readCell(row, places.label),
    patient: readCell(row, places.patient),
    maskCells: maskPlaces.flatMap(({ kind, place }) => {
      const cell = readCell(row, place);
      return cell === undefined ? [] : [{ kind, cell }];
    }),
    metadata: readMetadata(row),
  });
}
