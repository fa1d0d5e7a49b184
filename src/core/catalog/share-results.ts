import type { WritableDatabase } from './database/database.ts';
import { writeList } from './rows.ts';

const fromTwins = (table: string): string =>
  `FROM samples s JOIN samples twin ON twin.content_sha256 = s.content_sha256 AND twin.id <> s.id
     JOIN ${table} r ON r.sample_id = twin.id
   WHERE s.id IN (SELECT value FROM json_each(?))`;

/**
 * Keeps it so that whatever was found about a picture stands at every sample that shows it: gives samples that have no
 * results of their own those of others with the same content.
 */
export function createResultSharing(database: WritableDatabase): (sampleIds: readonly number[]) => void {
  const copies = [
    `INSERT OR REPLACE INTO predictions
       (setup_id, sample_id, group_id, predicted, confidence, logits, probabilities, origin_id, created_ms)
     SELECT r.setup_id, s.id, s.group_id, r.predicted, r.confidence, r.logits, r.probabilities, r.origin_id, r.created_ms
     ${fromTwins('predictions')}`,
    `INSERT OR REPLACE INTO attributions (setup_id, sample_id, group_id, composite, target, initial_relevance, sum,
       array_sha256, provenance, origin_id, created_ms)
     SELECT r.setup_id, s.id, s.group_id, r.composite, r.target, r.initial_relevance, r.sum,
       r.array_sha256, r.provenance, r.origin_id, r.created_ms
     ${fromTwins('attributions')}`,
    // What speaks for a label belongs to the samples that have it.
    `INSERT OR REPLACE INTO concepts (layer_id, sample_id, group_id, target, logit, absolute, peak_absolute, origin_id,
       created_ms, sums, peaks, positions)
     SELECT r.layer_id, s.id, s.group_id, r.target, r.logit, r.absolute, r.peak_absolute, r.origin_id,
       r.created_ms, r.sums, r.peaks, r.positions
     ${fromTwins('concepts')} AND (r.target IS NULL OR
       (SELECT label FROM groups WHERE id = s.group_id) = (SELECT label FROM groups WHERE id = r.group_id))`,
    `INSERT OR REPLACE INTO variants (setup_id, sample_id, target, variant, definition, logits, array_sha256, measured,
       origin_id, created_ms)
     SELECT r.setup_id, s.id, r.target, r.variant, r.definition, r.logits, r.array_sha256, r.measured,
       r.origin_id, r.created_ms
     ${fromTwins('variants')}`,
  ].map((sql) => database.write<[string]>(sql));
  const hasResults = database.read<[], object>('SELECT 1 FROM setups LIMIT 1');
  return (sampleIds) => {
    if (!hasResults.find()) return;
    for (const copy of copies) copy.run(writeList(sampleIds));
  };
}

/** Forgets what was found about a sample's former content. */
export function createResultRemoval(database: WritableDatabase): (sampleId: number) => void {
  const removals = ['predictions', 'attributions', 'concepts', 'variants', 'traits'].map((table) =>
    database.write<[number]>(`DELETE FROM ${table} WHERE sample_id = ?`),
  );
  return (sampleId) => {
    for (const removal of removals) removal.run(sampleId);
  };
}
