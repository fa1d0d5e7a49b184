import { listWords } from '../list-words.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { findClassFolders, listClasses, type ClassFolders } from './class-folders.ts';
import { mayBeDicom } from './dicom-files.ts';

/** A folder whose name has one of these words is a class, wherever it stands (`bacterial pneumonia`, `COVID-19`). */
const classWords: ReadonlySet<string> = new Set(
  listWords(`
    normal abnormal healthy control positive negative benign malignant finding findings covid noncovid pneumonia
    tuberculosis pneumothorax effusion cardiomegaly edema atelectasis nodule nodules mass masses lesion lesions tumor
    tumour cancer melanoma nevus fracture opacity`),
);

/**
 * The class folders of a DICOM tree. Folders in such trees are mostly patients, studies and series, so folders count as
 * classes only where they are the whole structure (`[split/]class/files`, nothing below), and either one of them is
 * called like a class or every split has the same ones. Undefined otherwise: no labels.
 */
export async function findDicomClasses(tree: FolderTree): Promise<ClassFolders | undefined> {
  const found = await findClassFolders(tree, mayBeDicom);
  const classes = listClasses(found);
  if (classes.length === 0 || !(await areLeaves(tree, found))) return undefined;
  const isNamed = classes.some((name) =>
    name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => classWords.has(word)),
  );
  return isNamed || isSameInSplits(found, classes.length) ? found : undefined;
}

async function areLeaves(tree: FolderTree, { splits }: ClassFolders): Promise<boolean> {
  for (const { path } of splits.flatMap(({ classes }) => classes)) {
    const { folders, files } = await tree.list(path);
    if (folders.length > 0 || !files.some(mayBeDicom)) return false;
  }
  return true;
}

const isSameInSplits = ({ splits }: ClassFolders, count: number): boolean =>
  splits.length > 1 && splits.every(({ classes }) => classes.length === count);
