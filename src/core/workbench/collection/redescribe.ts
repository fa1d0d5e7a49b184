import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { MaskEntry, SampleEntry } from '#shared/samples.ts';
import type { Catalog, Dataset, NewSample, Sample } from '#core/catalog/index.ts';

/** A hash over all that a dataset says of its samples, and the metadata that is kept: equal when nothing of it changed. */
export function hashDescription(entries: readonly SampleEntry[], keep: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(keep));
  for (const entry of entries) hash.update(JSON.stringify(entry)).update('\n');
  return hash.digest('hex');
}

interface Comparison {
  readonly dataset: Dataset;
  readonly kept: readonly SampleEntry[];
  readonly deidentify: (sample: NewSample) => NewSample;
}

/** Samples whose file is as it was, but of which the dataset now says something else: another label, another split. */
export function findRedescribed(catalog: Catalog, { dataset, kept, deidentify }: Comparison): readonly NewSample[] {
  return kept.flatMap((entry) => {
    const sample = catalog.samples.find(dataset.id, entry.path);
    if (!sample) return [];
    const masks = catalog.masks.list(sample.id);
    const described = deidentify({ ...entry, ...factsOf(sample), masks: mergeMasks(entry.masks, masks) });
    // Only the catalog can tell whether a patient is the same; one who is named is written again.
    const isWithoutPatient = entry.patient === undefined && sample.patientHash === undefined;
    const isSame = isWithoutPatient && isDeepStrictEqual(saysOf(described), saysOf({ ...sample, masks }));
    return isSame ? [] : [described];
  });
}

function factsOf({ contentSha256, bytes, mtimeMs, width, height, unreadable }: Sample): Partial<NewSample> {
  return { contentSha256, bytes, mtimeMs, width, height, unreadable };
}

/** What was found out about a mask stays while it is the same file. */
function mergeMasks(entries: readonly MaskEntry[], known: NewSample['masks']): NewSample['masks'] {
  return entries.map((entry) => known.find(({ kind, path }) => kind === entry.kind && path === entry.path) ?? entry);
}

function saysOf({ split, label, collection, metadata, masks }: Omit<NewSample, 'path'>): unknown {
  const byKind = masks.map(({ kind, path }) => `${kind} ${path}`).sort();
  return { split, label, collection, metadata, masks: byKind };
}
