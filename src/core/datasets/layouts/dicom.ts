import type { SampleEntry } from '#shared/samples.ts';
import { LightboxError } from '#shared/errors.ts';
import { readHeaderMetadata, type DicomHeaderReader } from '../dicom-header.ts';
import { confidences, type Layout, type SampleBatch } from '../layout.ts';
import type { ReadingProblem } from '../reading-problem.ts';
import { nameList } from '../sentences.ts';
import type { FolderTree } from '../tree/folder-tree.ts';
import { mapConcurrently } from '../tree/map-concurrently.ts';
import { isDicomName } from '../tree/picture-names.ts';
import { joinPath } from '../tree/relative-path.ts';
import { surveyFolders, walkFolders } from '../tree/walk-folders.ts';
import { listClasses, listLeaves, listSplits } from './class-folders.ts';
import { findDicomClasses } from './dicom-classes.ts';
import { hasDicomMark, mayBeDicom } from './dicom-files.ts';

/** How far down and how many files are tried before a folder is said to hold no DICOM. */
const surveyed = { depth: 12, folders: 2000 };
const FILES_TRIED = 200;

/** Files read at once, and files of a batch: a header takes a millisecond, so batches stay small. */
const FILES_AT_ONCE = 16;
const FILES_PER_BATCH = 128;

/** Any tree of DICOM files, found by content. Labels only where folders are clearly classes. */
export const dicom: Layout = {
  name: 'dicom',
  lookedFor: 'DICOM files',
  recognise: async (tree, _options, needed) => {
    const found = needed > confidences.files ? undefined : await findDicomFile(tree);
    if (found === undefined) return undefined;
    const classes = await findDicomClasses(tree);
    const labels = classes ? `labels from the folders ${nameList(listClasses(classes))}` : 'no labels';
    return { confidence: confidences.files, reason: `It holds DICOM files such as "${found}"; ${labels}.` };
  },
  read: async (tree, { readDicomHeader }) => {
    const classes = await findDicomClasses(tree);
    const leaves = classes?.splits.flatMap(listLeaves) ?? [{ path: '', facts: {} }];
    return {
      classes: classes ? listClasses(classes) : [],
      splits: classes ? listSplits(classes) : [],
      notes: readDicomHeader ? [] : ['Headers were not read: patients and metadata are unknown.'],
      batches: readLeaves(tree, leaves, readDicomHeader),
    };
  },
};

async function findDicomFile(tree: FolderTree): Promise<string | undefined> {
  let tried = 0;
  for await (const { path, files } of surveyFolders(tree, surveyed)) {
    for (const name of files.filter(mayBeDicom)) {
      if (tried++ >= FILES_TRIED) return undefined;
      if (await hasDicomMark(tree.resolve(joinPath(path, name)))) return joinPath(path, name);
    }
  }
  return undefined;
}

type Leaf = ReturnType<typeof listLeaves>[number];

async function* readLeaves(
  tree: FolderTree,
  leaves: readonly Leaf[],
  readHeader: DicomHeaderReader | undefined,
): AsyncGenerator<SampleBatch> {
  for (const { path: from, facts } of leaves) {
    for await (const { path, files, problems } of walkFolders(tree, { from })) {
      yield { samples: [], problems };
      const candidates = files.filter(mayBeDicom).map((name) => joinPath(path, name));
      for (let start = 0; start < candidates.length; start += FILES_PER_BATCH) {
        const outcomes = await mapConcurrently(
          candidates.slice(start, start + FILES_PER_BATCH),
          FILES_AT_ONCE,
          (file) => readFile({ tree, readHeader, facts }, file),
        );
        yield {
          samples: outcomes.flatMap(({ sample }) => sample ?? []),
          problems: outcomes.flatMap(({ problem }) => problem ?? []),
        };
      }
    }
  }
}

interface Reading {
  readonly tree: FolderTree;
  readonly readHeader: DicomHeaderReader | undefined;
  readonly facts: Leaf['facts'];
}

interface Outcome {
  readonly sample?: SampleEntry;
  readonly problem?: ReadingProblem;
}

async function readFile({ tree, readHeader, facts }: Reading, path: string): Promise<Outcome> {
  const refuse = (problem: string): Outcome => ({
    problem: { kind: 'unreadable-file', path, sentence: `"${path}" ${problem}; it is left out.` },
  });
  const absolute = tree.resolve(path);
  const isMarked = await hasDicomMark(absolute);
  // A file without an extension may be anything; one that calls itself DICOM may merely lack the preamble.
  if (!isMarked && !isDicomName(path)) return {};
  if (!isMarked && readHeader === undefined) return refuse('is no DICOM file: "DICM" does not stand at byte 128');
  if (readHeader === undefined) return { sample: { path, ...facts, masks: [], metadata: {} } };
  try {
    const header = await readHeader(absolute);
    if (!header.hasPixels) return refuse('is a DICOM file without a picture');
    const patient = header.patientId?.trim() || undefined;
    return { sample: { path, ...facts, patient, masks: [], metadata: readHeaderMetadata(header) } };
  } catch (cause) {
    return refuse(`cannot be read (${LightboxError.from(cause).message.replace(/\.$/, '')})`);
  }
}
