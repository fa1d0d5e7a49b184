import { LightboxError } from '#shared/errors.ts';
import {
  readConceptLayers,
  writeConceptLayers,
  type ConceptLayer,
  type ConceptLayerReader,
  type ConceptLayerWriter,
} from './concept-layers.ts';
import { createScopeFinder, isAnswered, standsForPicture, type ConceptScope } from './concept-scope.ts';
import {
  locateChannel,
  oneChannel,
  readValues,
  writeValues,
  type ConceptValues,
  type StoredValues,
} from './concept-values.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createOriginFinder, type Origin } from './origins.ts';
import { writeList, type Stored } from './rows.ts';

/** What the channels of one layer carry on a picture. */
export interface NewConcept extends ConceptValues {
  /** The layer's id. */
  readonly layer: number;
}

/** What was read off one picture, of several layers. */
export interface NewConceptReading {
  readonly contentSha256: string;
  /** Of relevance, what was explained. Undefined for activations. */
  readonly explained: ExplainedLabel | undefined;
  readonly concepts: readonly NewConcept[];
}

export interface ExplainedLabel {
  /** The dataset's label; samples that show the picture under another one do not get the reading. */
  readonly label: string;
  /** The class it stands for, and that class's logit: what relevance began with. */
  readonly target: number;
  readonly logit: number;
}

/** A picture that a layer was read on, and the sample that stands for it. */
export interface ReadSample {
  readonly sampleId: number;
  readonly path: string;
  /** '' where the dataset does not say. */
  readonly label: string;
  readonly split: string;
  /** Undefined for activations. */
  readonly target: number | undefined;
  readonly logit: number | undefined;
  /** Sums over all channels of the magnitudes of sums, and of peaks. */
  readonly absolute: number;
  readonly peakAbsolute: number;
}

/** Of all channels, or of one alone. */
export type WalkedConcept = ReadSample & ConceptValues;

export interface WalkRequest {
  /** The layer's id. */
  readonly layer: number;
  readonly scope: ConceptScope;
  /** All of them when not given. */
  readonly channel?: number | undefined;
}

/** A picture that still has to be read, and a sample that shows it. */
export interface UnreadSample {
  readonly id: number;
  readonly path: string;
  readonly contentSha256: string;
  /** '' where the dataset has none. */
  readonly label: string;
}

export interface ConceptReader {
  readonly layers: ConceptLayerReader;
  /** Of one sample, whatever its label is by now. */
  find(layer: number, sampleId: number): WalkedConcept | undefined;
  /** Every picture of the scope that has a reading, one after the other in memory; the catalog cannot be asked meanwhile. */
  walk(request: WalkRequest, visit: (concept: WalkedConcept) => void): void;
  /** What a job still has to do, by path: pictures of the scope that some of the layers have no reading of. */
  listUnread(layers: readonly number[], scope: ConceptScope): readonly UnreadSample[];
}

export interface ConceptWriter extends ConceptReader {
  readonly layers: ConceptLayerWriter;
  /** All or none; a reading stands at every sample that shows its picture. Returns how many rows there are of them. */
  insertAll(origin: Origin, readings: readonly NewConceptReading[]): number;
}

const facts = `c.sample_id AS sampleId, s.path, g.label, g.split, c.target, c.logit, c.absolute,
    c.peak_absolute AS peakAbsolute`;
const joined = 'concepts c CROSS JOIN samples s ON s.id = c.sample_id CROSS JOIN groups g ON g.id = c.group_id';
const allChannels = 'c.sums, c.peaks, c.positions';

export function readConcepts(database: ReadableDatabase): ConceptReader {
  const layers = readConceptLayers(database);
  const findScope = createScopeFinder(database);
  const walkOf = (columns: string) =>
    database.read<[object], WalkedRow>(
      `SELECT ${facts}, ${columns} FROM ${joined}
       WHERE c.layer_id = @layer AND ${isAnswered} AND ${standsForPicture}`,
    );
  const [walkAll, walkOne] = [walkOf(allChannels), walkOf(oneChannel)];
  const bySample = database.read<[number, number], WalkedRow>(
    `SELECT ${facts}, ${allChannels} FROM ${joined}
     WHERE c.layer_id = ? AND c.sample_id = ?`,
  );
  const unread = database.read<[object], UnreadSample>(
    `SELECT s.id, s.path, s.content_sha256 AS contentSha256, g.label FROM samples s JOIN groups g ON g.id = s.group_id
     WHERE ${standsForPicture} AND @count > (SELECT count(*) FROM json_each(@layers) l
       CROSS JOIN concepts c ON c.layer_id = l.value AND c.sample_id = s.id WHERE ${isAnswered})
     ORDER BY s.path`,
  );
  return {
    layers,
    find: (layer, sampleId) => {
      const row = bySample.find(layer, sampleId);
      return row && toWalked(row, layers.get(layer));
    },
    walk: ({ layer, scope, channel }, visit) => {
      const shape = layers.get(layer);
      const place = channel === undefined ? {} : locateChannel(shape, checkChannel(shape, channel));
      const rows = channel === undefined ? walkAll : walkOne;
      const visitRow = (row: WalkedRow): void => {
        visit(toWalked(row, shape));
      };
      rows.walk(visitRow, { layer, ...findScope(scope), ...place });
    },
    listUnread: (ids, scope) => unread.list({ layers: writeList(ids), count: ids.length, ...findScope(scope) }),
  };
}

export function writeConcepts(database: WritableDatabase): ConceptWriter {
  const layers = writeConceptLayers(database);
  const findOrigin = createOriginFinder(database);
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO concepts (layer_id, sample_id, group_id, target, logit, absolute, peak_absolute, origin_id,
       created_ms, sums, peaks, positions)
     SELECT @layer, s.id, s.group_id, @target, @logit, @absolute, @peakAbsolute, @originId, @createdMs, @sums, @peaks, @positions
     FROM samples s JOIN groups g ON g.id = s.group_id
     WHERE s.content_sha256 = @contentSha256 AND g.label = ifnull(@label, g.label)`,
  );
  return {
    ...readConcepts(database),
    layers,
    insertAll: (origin, readings) =>
      database.transaction(() => {
        const shared = { originId: findOrigin(origin), createdMs: Date.now() };
        return readings.reduce((total, { contentSha256, explained, concepts }) => {
          const { label, target, logit } = explained ?? {};
          return concepts.reduce((rows, { layer, ...values }) => {
            const row = { ...writeValues(layers.get(layer), values), contentSha256, layer, label, target, logit };
            return rows + insertRows.run({ ...shared, ...row });
          }, total);
        }, 0);
      }),
  };
}

type WalkedRow = Stored<ReadSample> & StoredValues;

/** Field by field: it is done for every sample of a dataset. */
function toWalked(row: WalkedRow, shape: ConceptLayer): WalkedConcept {
  const { sampleId, path, label, split, target, logit, absolute, peakAbsolute } = row;
  const { sums, peaks } = readValues(shape, row);
  return {
    sampleId,
    path,
    label,
    split,
    absolute,
    peakAbsolute,
    sums,
    peaks,
    target: target ?? undefined,
    logit: logit ?? undefined,
  };
}

function checkChannel({ name, channels }: ConceptLayer, channel: number): number {
  if (Number.isInteger(channel) && channel >= 0 && channel < channels) return channel;
  throw new LightboxError(
    'layer/unknown',
    `Layer "${name}" has the channels 0 to ${channels - 1}, not ${channel}; choose one of them.`,
  );
}
