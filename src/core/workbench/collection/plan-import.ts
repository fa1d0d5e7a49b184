import path from 'node:path';
import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, KnownFile } from '#core/catalog/index.ts';
import { findFileMark, type FileMark } from './file-mark.ts';
import { mapInFlight } from './in-flight.ts';

/** A sample, and what its file looks like now. */
export interface PlannedSample {
  readonly entry: SampleEntry;
  readonly mark: FileMark | undefined;
  /** `changed`: known, but its file is another one now. `kept`: its file is as it was. The others have to be read. */
  readonly state: 'added' | 'changed' | 'kept';
}

/** What an import has to do. */
export interface ImportPlan {
  /** Ids of samples that the dataset names no more. */
  readonly gone: readonly number[];
  /** The samples in the order of the dataset, a few at first; files are looked at shortly before their slice is taken. */
  readonly slices: AsyncIterable<readonly PlannedSample[]>;
}

interface Described {
  readonly entries: readonly SampleEntry[];
  readonly folder: string;
}

const SLICES_IN_FLIGHT = 4;
const ENTRIES_IN_FIRST = 32;
const ENTRIES_IN_SLICE = 256;

/** Compares what the dataset names with what the catalog knows, by size and time of each file. */
export function planImport(catalog: Catalog, dataset: Dataset, { entries, folder }: Described): ImportPlan {
  const known = new Map(catalog.samples.listFiles(dataset.id).map((file) => [file.path, file]));
  const gone = new Map(known);
  for (const entry of entries) gone.delete(entry.path);
  const plan = async (entry: SampleEntry): Promise<PlannedSample> => {
    const mark = await findFileMark(path.join(folder, entry.path));
    return { entry, mark, state: compare(known.get(entry.path), mark) };
  };
  return {
    gone: Array.from(gone.values(), ({ id }) => id),
    slices: mapInFlight(sliceEntries(entries), SLICES_IN_FLIGHT, (slice) => Promise.all(slice.map(plan))),
  };
}

function* sliceEntries(entries: readonly SampleEntry[]): Generator<readonly SampleEntry[]> {
  yield entries.slice(0, ENTRIES_IN_FIRST);
  for (let start = ENTRIES_IN_FIRST; start < entries.length; start += ENTRIES_IN_SLICE)
    yield entries.slice(start, start + ENTRIES_IN_SLICE);
}

function compare(known: KnownFile | undefined, mark: FileMark | undefined): PlannedSample['state'] {
  if (!known) return 'added';
  const { bytes, mtimeMs, contentSha256 } = known;
  return contentSha256 !== undefined && bytes === mark?.bytes && mtimeMs === mark?.mtimeMs ? 'kept' : 'changed';
}
