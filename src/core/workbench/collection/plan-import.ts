import path from 'node:path';
import type { SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, KnownFile } from '#core/catalog/index.ts';
import { findFileMark, type FileMark } from './file-mark.ts';
import { mapInFlight } from './in-flight.ts';

/** A sample whose file has to be read. */
export interface PlannedSample {
  readonly entry: SampleEntry;
  readonly mark: FileMark | undefined;
}

/** What an import has to do. */
export interface ImportPlan {
  readonly added: readonly PlannedSample[];
  /** Known samples whose file is another one now. */
  readonly changed: readonly PlannedSample[];
  /** Known samples whose file is as it was. */
  readonly kept: readonly SampleEntry[];
  /** Ids of samples that the dataset names no more. */
  readonly gone: readonly number[];
}

interface Described {
  readonly entries: readonly SampleEntry[];
  readonly folder: string;
}

const SLICES_IN_FLIGHT = 4;
const ENTRIES_IN_SLICE = 256;

/** Compares what the dataset names with what the catalog knows, by size and time of each file. */
export async function planImport(
  catalog: Catalog,
  dataset: Dataset,
  { entries, folder }: Described,
): Promise<ImportPlan> {
  const known = new Map(catalog.samples.listFiles(dataset.id).map((file) => [file.path, file]));
  const [added, changed, kept]: [PlannedSample[], PlannedSample[], SampleEntry[]] = [[], [], []];
  const mark = async (entry: SampleEntry): Promise<PlannedSample> => {
    return { entry, mark: await findFileMark(path.join(folder, entry.path)) };
  };
  for await (const slice of mapInFlight(sliceEntries(entries), SLICES_IN_FLIGHT, (some) =>
    Promise.all(some.map(mark)),
  )) {
    for (const planned of slice) {
      const file = known.get(planned.entry.path);
      known.delete(planned.entry.path);
      if (!file) added.push(planned);
      else if (isSame(file, planned.mark)) kept.push(planned.entry);
      else changed.push(planned);
    }
  }
  return { added, changed, kept, gone: Array.from(known.values(), ({ id }) => id) };
}

function* sliceEntries(entries: readonly SampleEntry[]): Generator<readonly SampleEntry[]> {
  for (let start = 0; start < entries.length; start += ENTRIES_IN_SLICE)
    yield entries.slice(start, start + ENTRIES_IN_SLICE);
}

function isSame({ bytes, mtimeMs, contentSha256 }: KnownFile, mark: FileMark | undefined): boolean {
  return contentSha256 !== undefined && bytes === mark?.bytes && mtimeMs === mark?.mtimeMs;
}
