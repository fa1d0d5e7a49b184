import { createClassFinder } from './class-labels.ts';
import { locateShare, shareOf } from './concept-values.ts';
import type { ReadableDatabase } from './database/database.ts';
import { readJson, writeList } from './rows.ts';
import type { ConceptFilter } from './sample-filter.ts';
import { sampleColumns, toSample, type Sample, type SampleRow } from './sample.ts';

export interface ListedSample extends Sample {
  readonly tags: readonly string[];
  readonly prediction: ListedPrediction | undefined;
  readonly attribution: ListedAttribution | undefined;
  /** Of the filter's concept. */
  readonly concept: ListedConcept | undefined;
}

export interface ListedConcept {
  /** Signed share of the layer's relevance, -1 to 1. */
  readonly share: number;
  /** The class that was explained and its logit; undefined for activations. */
  readonly target: number | undefined;
  readonly logit: number | undefined;
}

export interface ListedPrediction {
  /** The index of a class. */
  readonly predicted: number;
  readonly confidence: number;
  /** Undefined where the sample's label is no class of the model. */
  readonly correct: boolean | undefined;
}

export interface ListedAttribution {
  readonly target: number;
  readonly sum: number;
  readonly arraySha256: string;
}

/** The names of the classes of a setup's model. */
export function createClassLister(database: ReadableDatabase): (setup: number | undefined) => readonly string[] {
  const labels = database.read<[number], { labels: string }>(
    'SELECT m.labels FROM setups u JOIN models m ON m.id = u.model_id WHERE u.id = ?',
  );
  return (setup) => {
    if (setup === undefined) return [];
    return readJson(labels.find(setup)?.labels ?? '[]') as string[];
  };
}

/** The same for the model a layer belongs to. */
export function createConceptClassLister(database: ReadableDatabase): (layer: number | undefined) => readonly string[] {
  const listClasses = createClassLister(database);
  const setups = database.read<[number], { setup: number }>(
    'SELECT setup_id AS setup FROM concept_layers WHERE id = ?',
  );
  return (layer) => listClasses(layer === undefined ? undefined : setups.find(layer)?.setup);
}

interface ListingRequest {
  readonly ids: readonly number[];
  /** Setups. */
  readonly prediction: number | undefined;
  readonly attribution: number | undefined;
  /** Of the model that predicted. */
  readonly classes: readonly string[];
  readonly concept: Pick<ConceptFilter, 'layer' | 'channel'> | undefined;
}

interface ResultColumns {
  readonly predicted: number | null;
  readonly confidence: number;
  readonly target: number | null;
  readonly sum: number;
  readonly arraySha256: string;
  readonly share: number | null;
  readonly explained: number | null;
  readonly logit: number | null;
}

type ListingRow = SampleRow & ResultColumns & { readonly tags: string };

/** Everything a list shows of some samples, in the order of their ids. */
export function createListing(database: ReadableDatabase): (request: ListingRequest) => readonly ListedSample[] {
  const rows = database.read<[object], ListingRow>(
    `SELECT ${sampleColumns}, p.predicted, p.confidence, a.target, a.sum, a.array_sha256 AS arraySha256,
       ${shareOf('k')} AS share, k.target AS explained, k.logit,
       (SELECT json_group_array(tag ORDER BY tag) FROM tags WHERE sample_id = s.id) AS tags
     FROM json_each(@ids) j CROSS JOIN samples s ON s.id = j.value JOIN groups g ON g.id = s.group_id
     LEFT JOIN predictions p ON p.setup_id = @prediction AND p.sample_id = s.id
     LEFT JOIN attributions a ON a.setup_id = @attribution AND a.sample_id = s.id
     LEFT JOIN concepts k ON k.layer_id = @conceptLayer AND k.sample_id = s.id
     ORDER BY j.key`,
  );
  return ({ ids, prediction, attribution, classes, concept }) => {
    const findClass = createClassFinder(classes);
    const place = { conceptLayer: concept?.layer, ...locateShare(concept?.channel ?? 0) };
    const found = rows.list({ ids: writeList(ids), prediction, attribution, ...place });
    return found.map(({ tags, predicted, confidence, target, sum, arraySha256, share, explained, logit, ...row }) => ({
      ...toSample(row),
      tags: readJson(tags) as string[],
      prediction:
        predicted === null ? undefined : { predicted, confidence, correct: judge(predicted, findClass(row.label)) },
      attribution: target === null ? undefined : { target, sum, arraySha256 },
      concept: share === null ? undefined : { share, target: explained ?? undefined, logit: logit ?? undefined },
    }));
  };
}

const judge = (predicted: number, answer: number | undefined): boolean | undefined =>
  answer === undefined ? undefined : answer === predicted;
