import { confidences, type Layout, type SampleBatch } from '../layout.ts';
import { nameList } from '../sentences.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { listClasses, listLeaves, listSplits, type ClassFolders } from './class-folders.ts';
import { findCovidParts, type CovidPart } from './covid-qu-ex-folders.ts';
import { findStrays } from './find-strays.ts';
import { readPictureFolders } from './read-picture-folders.ts';

const notes = [
  'In COVID-QU-Ex the source goes with the class: COVID-19 films come from other collections than the rest, and some of ' +
    'the others show children. Age, exposure, borders and markers tell the classes apart before any disease does.',
];

/**
 * COVID-QU-Ex (Kaggle anasmohammedtahir/covidqu), however it was unpacked: wrapped or not, doubled folder names or not,
 * any case and separators, pictures in `images/` or in the class folder, either part or both.
 */
export const covidQuEx: Layout = {
  name: 'covid-qu-ex',
  lookedFor: 'the folders Train, Val, Test with COVID-19, Non-COVID, Normal of COVID-QU-Ex',
  recognise: async (tree) => {
    const parts = await findCovidParts(tree);
    return parts.length > 0 ? { confidence: confidences.certain, reason: describeParts(parts) } : undefined;
  },
  read: async (tree) => {
    const parts = await findCovidParts(tree);
    const found = allSplits(parts);
    return {
      classes: listClasses(found),
      splits: [...new Set(listSplits(found))],
      notes,
      batches: readParts(tree, parts),
    };
  },
};

const allSplits = (parts: readonly CovidPart[]): ClassFolders => ({
  base: '',
  splits: parts.flatMap(({ splits }) => splits),
});

function describeParts(parts: readonly CovidPart[]): string {
  const found = allSplits(parts);
  const splits = nameList([...new Set(listSplits(found))]);
  const collections = nameList(parts.map(({ collection }) => `${collection} part`));
  return `It is laid out as COVID-QU-Ex: ${collections}${splits ? `, ${splits}` : ''}, classes ${nameList(listClasses(found))}.`;
}

async function* readParts(tree: FolderTree, parts: readonly CovidPart[]): AsyncGenerator<SampleBatch> {
  for (const { collection, splits } of parts) {
    for (const { path, facts } of splits.flatMap(listLeaves)) {
      yield* readPictureFolders(tree, { path, facts: { ...facts, collection } });
    }
  }
  yield { samples: [], problems: await findStrays(tree, allSplits(parts)) };
}
