import type { WritableDatabase } from './database/database.ts';

/**
 * Keeps it so that whatever was found about a picture stands at every sample that shows it. The returned function gives a
 * sample the results of another one with the same content; it has none of its own yet.
 */
export function createResultSharing(database: WritableDatabase): (sampleId: number) => void {
  const findTwin = database.read<[number], { id: number }>(
    `SELECT twin.id FROM samples s JOIN samples twin ON twin.content_sha256 = s.content_sha256 AND twin.id <> s.id
     WHERE s.id = ? LIMIT 1`,
  );
  const copies = [
    `INSERT OR REPLACE INTO predictions
       (setup_id, sample_id, group_id, predicted, confidence, logits, probabilities, origin_id, created_ms)
     SELECT r.setup_id, s.id, s.group_id, r.predicted, r.confidence, r.logits, r.probabilities, r.origin_id, r.created_ms
     FROM predictions r, samples s WHERE r.sample_id = @from AND s.id = @to`,
    `INSERT OR REPLACE INTO attributions (setup_id, sample_id, group_id, composite, target, initial_relevance, sum,
       array_sha256, provenance, origin_id, created_ms)
     SELECT r.setup_id, s.id, s.group_id, r.composite, r.target, r.initial_relevance, r.sum,
       r.array_sha256, r.provenance, r.origin_id, r.created_ms
     FROM attributions r, samples s WHERE r.sample_id = @from AND s.id = @to`,
    `INSERT OR REPLACE INTO concepts (setup_id, sample_id, layer, relevance, origin_id, created_ms)
     SELECT r.setup_id, @to, r.layer, r.relevance, r.origin_id, r.created_ms FROM concepts r WHERE r.sample_id = @from`,
  ].map((sql) => database.write<[{ from: number; to: number }]>(sql));
  return (sampleId) => {
    const twin = findTwin.find(sampleId);
    if (!twin) return;
    for (const copy of copies) copy.run({ from: twin.id, to: sampleId });
  };
}

/** Forgets what was found about a sample's former content. */
export function createResultRemoval(database: WritableDatabase): (sampleId: number) => void {
  const removals = ['predictions', 'attributions', 'concepts'].map((table) =>
    database.write<[number]>(`DELETE FROM ${table} WHERE sample_id = ?`),
  );
  return (sampleId) => {
    for (const removal of removals) removal.run(sampleId);
  };
}
