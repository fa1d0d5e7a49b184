import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createOriginFinder, type Origin } from './origins.ts';
import { readFloats, writeFloats } from './rows.ts';

/** How much each channel of a layer had to say about a picture. */
export interface NewConcept {
  readonly contentSha256: string;
  /** The layer's name. */
  readonly layer: string;
  /** Relevance summed over the positions of each channel: [channels]. */
  readonly relevance: Float32Array;
}

/** A sample and how much one channel had to say about it. */
export interface RankedSample {
  readonly sampleId: number;
  readonly relevance: number;
}

export interface ConceptReader {
  /** Relevance of each channel. */
  find(key: { readonly setup: number; readonly layer: string; readonly sampleId: number }): Float32Array | undefined;
  /** The samples a channel had most to say about, without copies: candidates for reference samples (RelMax). */
  rank(
    channel: { readonly setup: number; readonly layer: string; readonly channel: number },
    limit: number,
  ): readonly RankedSample[];
}

export interface ConceptWriter extends ConceptReader {
  /** All or none; stands at every sample that shows the picture. Returns how many samples got one. */
  insertAll(results: { readonly setup: number; readonly origin: Origin }, concepts: readonly NewConcept[]): number;
}

const FLOAT_BYTES = 4;

export function readConcepts(database: ReadableDatabase): ConceptReader {
  const bySample = database.read<[object], { relevance: Buffer }>(
    'SELECT relevance FROM concepts WHERE setup_id = @setup AND layer = @layer AND sample_id = @sampleId',
  );
  const ofChannel = database.read<[object], { sampleId: number; value: Buffer }>(
    `SELECT c.sample_id AS sampleId, substr(c.relevance, @first, ${FLOAT_BYTES}) AS value
     FROM concepts c JOIN samples s ON s.id = c.sample_id
     WHERE c.setup_id = @setup AND c.layer = @layer AND s.primary_id IS NULL AND length(c.relevance) >= @first`,
  );
  return {
    find: (key) => {
      const row = bySample.find(key);
      return row && readFloats(row.relevance);
    },
    rank: ({ setup, layer, channel }, limit) =>
      ofChannel
        .list({ setup, layer, first: channel * FLOAT_BYTES + 1 })
        .map(({ sampleId, value }) => ({ sampleId, relevance: value.readFloatLE() }))
        .sort((left, right) => right.relevance - left.relevance || left.sampleId - right.sampleId)
        .slice(0, limit),
  };
}

export function writeConcepts(database: WritableDatabase): ConceptWriter {
  const findOrigin = createOriginFinder(database);
  const insertRows = database.write<[object]>(
    `INSERT OR REPLACE INTO concepts (setup_id, sample_id, layer, relevance, origin_id, created_ms)
     SELECT @setup, s.id, @layer, @relevance, @originId, @createdMs FROM samples s WHERE s.content_sha256 = @contentSha256`,
  );
  return {
    ...readConcepts(database),
    insertAll: ({ setup, origin }, concepts) =>
      database.transaction(() => {
        const shared = { setup, originId: findOrigin(origin), createdMs: Date.now() };
        return concepts.reduce((count, { contentSha256, layer, relevance }) => {
          return count + insertRows.run({ ...shared, contentSha256, layer, relevance: writeFloats(relevance) });
        }, 0);
      }),
  };
}
