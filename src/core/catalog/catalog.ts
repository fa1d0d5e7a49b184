import path from 'node:path';
import { readAnalyses, writeAnalyses, type AnalysisReader, type AnalysisWriter } from './analyses.ts';
import { readAttributions, writeAttributions, type AttributionReader, type AttributionWriter } from './attributions.ts';
import { readConcepts, writeConcepts, type ConceptReader, type ConceptWriter } from './concepts.ts';
import { readAudits, writeAudits, type AuditReader, type AuditWriter } from './audits.ts';
import { readBookings, writeBookings, type BookingReader, type BookingWriter } from './bookings.ts';
import type { ReadableDatabase } from './database/database.ts';
import { closeUnless, DEFAULT_BUSY_TIMEOUT_MS, type ConnectOptions } from './database/connect.ts';
import { openReadable, openWritable } from './database/open-database.ts';
import { retryWhileBusy, waitUntilFree, type Patience } from './database/wait-until-free.ts';
import { readDatasets, writeDatasets, type DatasetReader, type DatasetWriter } from './datasets.ts';
import { readFindings, writeFindings, type FindingReader, type FindingWriter } from './findings.ts';
import { readJobs, type JobReader } from './jobs.ts';
import { readLog, writeLog, type LogReader, type LogWriter } from './log.ts';
import { readMarks, writeMarks, type MarkReader, type MarkWriter } from './marks.ts';
import { readMasks, writeMasks, type MaskReader, type MaskWriter } from './masks.ts';
import { readModels, writeModels, type ModelReader, type ModelWriter } from './models.ts';
import { readPredictions, writePredictions, type PredictionReader, type PredictionWriter } from './predictions.ts';
import { readQueues, writeQueues, type QueueReader, type QueueWriter } from './queues.ts';
import { readReports, writeReports, type ReportReader, type ReportWriter } from './reports.ts';
import { readReviews, writeReviews, type ReviewReader, type ReviewWriter } from './reviews.ts';
import { readSamples, type SampleReader } from './samples.ts';
import { readSecondLooks, writeSecondLooks, type SecondLookReader, type SecondLookWriter } from './second-looks.ts';
import { readSessions, writeSessions, type SessionReader, type SessionWriter } from './sessions.ts';
import { readSetups, writeSetups, type SetupReader, type SetupWriter } from './setups.ts';
import { readArrays, writeArrays, type ArrayReader, type ArrayWriter } from './stores/array-store.ts';
import {
  readThumbnails,
  writeThumbnails,
  type ThumbnailReader,
  type ThumbnailWriter,
} from './stores/thumbnail-store.ts';
import { readTags, writeTags, type TagReader, type TagWriter } from './tags.ts';
import { readTraits, writeTraits, type TraitReader, type TraitWriter } from './traits.ts';
import { backUpCatalog, type BackupReport } from './upkeep/backup.ts';
import { checkCatalog, type CheckOptions, type CheckReport } from './upkeep/check.ts';
import { compactCatalog, type CompactOptions, type CompactReport } from './upkeep/compact.ts';
import { deleteDataset, type DeletionReport } from './upkeep/delete-dataset.ts';
import {
  readQualityCards,
  writeQualityCards,
  type QualityCardReader,
  type QualityCardWriter,
} from './quality-cards.ts';
import { readVariants, writeVariants, type VariantReader, type VariantWriter } from './variants.ts';
import { writeJobs, type JobWriter } from './write-jobs.ts';
import { writeSamples, type SampleWriter } from './write-samples.ts';

/** What the workbench remembers, to be looked at. Calls answer at once; arrays are read in the background. */
export interface ReadonlyCatalog {
  /** Its absolute path. Arrays lie beside it in `FILE.arrays`, thumbnails in `FILE.thumbnails`. */
  readonly file: string;
  readonly datasets: DatasetReader;
  readonly samples: SampleReader;
  readonly masks: MaskReader;
  readonly models: ModelReader;
  readonly setups: SetupReader;
  readonly predictions: PredictionReader;
  readonly attributions: AttributionReader;
  readonly concepts: ConceptReader;
  readonly variants: VariantReader;
  readonly qualityCards: QualityCardReader;
  readonly audits: AuditReader;
  readonly findings: FindingReader;
  readonly bookings: BookingReader;
  readonly marks: MarkReader;
  readonly reviews: ReviewReader;
  readonly secondLooks: SecondLookReader;
  readonly queues: QueueReader;
  readonly tags: TagReader;
  readonly jobs: JobReader;
  readonly reports: ReportReader;
  readonly sessions: SessionReader;
  readonly traits: TraitReader;
  readonly analyses: AnalysisReader;
  /** Who saw and changed what. */
  readonly log: LogReader;
  readonly arrays: ArrayReader;
  readonly thumbnails: ThumbnailReader;
  /** All reads in `work` see the catalog as it is at the first of them. */
  snapshot<Result>(work: () => Result): Result;
  /** Looks at everything the catalog consists of; changes nothing. */
  check(options?: CheckOptions): Promise<CheckReport>;
  close(): void;
}

/** What the workbench remembers. What a call has returned from survives the end of the process. */
export interface Catalog extends ReadonlyCatalog {
  readonly datasets: DatasetWriter;
  readonly samples: SampleWriter;
  readonly masks: MaskWriter;
  readonly models: ModelWriter;
  readonly setups: SetupWriter;
  readonly predictions: PredictionWriter;
  readonly attributions: AttributionWriter;
  readonly concepts: ConceptWriter;
  readonly variants: VariantWriter;
  readonly qualityCards: QualityCardWriter;
  readonly audits: AuditWriter;
  readonly findings: FindingWriter;
  readonly bookings: BookingWriter;
  readonly marks: MarkWriter;
  readonly reviews: ReviewWriter;
  readonly secondLooks: SecondLookWriter;
  readonly queues: QueueWriter;
  readonly tags: TagWriter;
  readonly jobs: JobWriter;
  readonly reports: ReportWriter;
  readonly sessions: SessionWriter;
  readonly traits: TraitWriter;
  readonly analyses: AnalysisWriter;
  readonly log: LogWriter;
  readonly arrays: ArrayWriter;
  readonly thumbnails: Omit<ThumbnailWriter, 'close' | 'deleteUnless' | 'deleteAll'>;
  /** All of `work` or nothing, and no other writer in between. `work` must not wait for anything. */
  transaction<Result>(work: () => Result): Result;
  /** Comes back when no other program writes, without holding up this one. Throws `catalog/busy`. */
  waitUntilFree(patience?: Patience): Promise<void>;
  /** Whether no other program writes right now. */
  readonly isFree: boolean;
  /** Copies database and arrays to a new file, which opens as a catalog; see `backUpCatalog`. */
  backup(to: string): Promise<BackupReport>;
  /** Removes a dataset and the files that only it needs; see `deleteDataset`. */
  deleteDataset(id: number): DeletionReport;
  /** Removes what nothing needs any more; see `compactCatalog`. */
  compact(options?: CompactOptions): CompactReport;
}

export interface OpenOptions extends ConnectOptions {
  readonly readonly?: boolean | undefined;
}

/**
 * Opens a catalog. For writing, it is made where there is none and brought up to date where it is of an earlier version, and
 * jobs whose process is gone become interrupted. Several processes may have it open.
 * Throws `catalog/not-found`, `catalog/unreadable`, `catalog/damaged`, `catalog/newer-version`, `catalog/busy`,
 * `catalog/not-writable`, `catalog/full`.
 */
export function openCatalog(file: string, options: OpenOptions & { readonly readonly: true }): ReadonlyCatalog;
export function openCatalog(file: string, options?: OpenOptions & { readonly readonly?: false }): Catalog;
export function openCatalog(file: string, options: OpenOptions = {}): ReadonlyCatalog | Catalog {
  const place = path.resolve(file);
  return options.readonly ? openForReading(place, options) : openForWriting(place, options);
}

/** As `openCatalog` for writing, but while another program writes, this one goes on with other work. */
export async function openCatalogPatiently(file: string): Promise<Catalog> {
  const place = path.resolve(file);
  return retryWhileBusy(() => openForWriting(place, { busyTimeoutMs: 0 }));
}

function openForReading(file: string, options: ConnectOptions): ReadonlyCatalog {
  const database = openReadable(file, options);
  const thumbnails = readThumbnails(file);
  return {
    ...{ file, ...readNouns(database), arrays: readArrays(file), thumbnails },
    snapshot: (work) => database.snapshot(work),
    check: (checkOptions) => checkCatalog(database, checkOptions),
    close: () => {
      thumbnails.close();
      database.close();
    },
  };
}

function readNouns(
  database: ReadableDatabase,
): Omit<ReadonlyCatalog, 'file' | 'arrays' | 'thumbnails' | 'snapshot' | 'check' | 'close'> {
  return {
    datasets: readDatasets(database),
    samples: readSamples(database),
    masks: readMasks(database),
    models: readModels(database),
    setups: readSetups(database),
    predictions: readPredictions(database),
    attributions: readAttributions(database),
    concepts: readConcepts(database),
    variants: readVariants(database),
    qualityCards: readQualityCards(database),
    audits: readAudits(database),
    findings: readFindings(database),
    bookings: readBookings(database),
    marks: readMarks(database),
    reviews: readReviews(database),
    secondLooks: readSecondLooks(database),
    queues: readQueues(database),
    tags: readTags(database),
    jobs: readJobs(database),
    reports: readReports(database),
    sessions: readSessions(database),
    traits: readTraits(database),
    analyses: readAnalyses(database),
    log: readLog(database),
  };
}

function openForWriting(file: string, options: ConnectOptions): Catalog {
  const database = openWritable(file, options);
  const arrays = writeArrays(file);
  const thumbnails = writeThumbnails(file);
  const jobs = writeJobs(database);
  closeUnless(database, () => jobs.interruptAbandoned());
  // One that is opened without waiting waits from now on, as others do.
  if (options.busyTimeoutMs === 0) database.pragma(`busy_timeout = ${DEFAULT_BUSY_TIMEOUT_MS}`);
  return {
    ...{ file, jobs, arrays, thumbnails },
    datasets: writeDatasets(database),
    samples: writeSamples(database),
    masks: writeMasks(database),
    models: writeModels(database),
    setups: writeSetups(database),
    predictions: writePredictions(database),
    attributions: writeAttributions(database, (sha256) => arrays.has(sha256)),
    concepts: writeConcepts(database),
    variants: writeVariants(database, (sha256) => arrays.has(sha256)),
    qualityCards: writeQualityCards(database),
    audits: writeAudits(database),
    findings: writeFindings(database),
    bookings: writeBookings(database),
    marks: writeMarks(database),
    reviews: writeReviews(database),
    secondLooks: writeSecondLooks(database),
    queues: writeQueues(database),
    tags: writeTags(database),
    reports: writeReports(database),
    sessions: writeSessions(database),
    traits: writeTraits(database),
    analyses: writeAnalyses(database),
    log: writeLog(database),
    snapshot: (work) => database.snapshot(work),
    transaction: (work) => database.transaction(work),
    waitUntilFree: (patience) => waitUntilFree(database, patience),
    get isFree() {
      return database.isFree;
    },
    check: (checkOptions) => checkCatalog(database, checkOptions),
    backup: (to) => backUpCatalog(database, to),
    deleteDataset: (id) => deleteDataset(database, thumbnails, id),
    compact: (compactOptions) => compactCatalog(database, thumbnails, compactOptions),
    close: () => {
      thumbnails.close();
      database.close();
    },
  };
}
