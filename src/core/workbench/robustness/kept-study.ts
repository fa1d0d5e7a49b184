import { unchanged, type Catalog, type KeptVariant, type NewVariant, type Origin, type ReadonlyCatalog } from '#core/catalog/index.ts'; // prettier-ignore
import { alterPlanes, isImpossible, variantId, type Planes, type Variant } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { readPrediction } from '../prediction.ts';
import { predictedTarget } from '../resolve-target.ts';
import { senseMap } from './attribute-planes.ts';
import { readKeptRecord } from './kept-record.ts';
import type { StudySource } from './study-model.ts';
import { readVersion, type KnownVersions, type StudiedVariant, type StudiedVersion, type StudyResult } from './study-picture.ts'; // prettier-ignore

export interface VariantSettings {
  readonly composite: Composite;
  /** Maps are means over one-pixel shifts. */
  readonly averageShifts: boolean;
}

/** All that decides what is kept of variants but the model, its input, the class, the variant and the picture. */
export function describeVariantSettings({ composite, averageShifts }: VariantSettings): object {
  return { composite, initial: 'one', values: 'sum over color channels', averageShifts };
}

/** What the catalog has of a picture, for one class. */
export interface KeptStudy {
  readonly original: KeptVariant;
  /** By id. */
  readonly variants: ReadonlyMap<string, KeptVariant>;
}

/** @param target -1 for the class predicted of the unchanged picture. */
export function findKeptStudy(
  catalog: ReadonlyCatalog,
  { setup, sampleId, target }: { readonly setup: number; readonly sampleId: number; readonly target: number },
): KeptStudy | undefined {
  const rows = catalog.variants.list(setup, sampleId);
  const original = rows.find((row) => {
    if (row.variant !== unchanged || !row.logits || row.arraySha256 === undefined) return false;
    return row.target === (target === predictedTarget ? readPrediction(row.logits, []).index : target);
  });
  if (!original) return undefined;
  const own = rows.filter((row) => row.target === original.target && row.variant !== unchanged);
  return { original, variants: new Map(own.map((row) => [row.variant, row])) };
}

export interface Restoring {
  readonly source: Pick<StudySource, 'labels' | 'meaning'>;
  readonly planes: Planes;
  readonly sha256: string;
  readonly variants: readonly Variant[];
}

/** What is kept, as it was when it was computed: the unchanged picture, and those of the variants there are. */
export async function restoreVersions(
  catalog: ReadonlyCatalog,
  kept: KeptStudy,
  restoring: Restoring,
): Promise<KnownVersions> {
  const { source, planes } = restoring;
  const load = async (row: KeptVariant, altered: StudiedVersion['altered']): Promise<StudiedVersion> => {
    const { values } = await catalog.arrays.load(row.arraySha256 ?? '');
    const { target, logits = new Float32Array() } = row;
    return readVersion(source, altered, senseMap(source, { target, logits, map: Float32Array.from(values, Number) }));
  };
  const variants = new Map<string, StudiedVariant>();
  for (const variant of restoring.variants) {
    const row = kept.variants.get(variantId(variant));
    const record = row && readKeptRecord(row, source.labels);
    const altered = record && alterPlanes(planes, variant, restoring.sha256);
    if (!record || !altered) continue;
    const version = isImpossible(altered) ? undefined : await load(row, altered);
    variants.set(record.id, { variant, record, version });
  }
  return { original: await load(kept.original, { planes, drawn: {} }), variants };
}

export interface Keeping {
  readonly setup: number;
  readonly origin: Origin;
  readonly contentSha256: string;
  /** What is kept already. */
  readonly known: KnownVersions | undefined;
}

/** Puts into the catalog what was computed now. */
export async function keepStudy(catalog: Catalog, keeping: Keeping, study: StudyResult): Promise<void> {
  const { setup, origin, contentSha256, known } = keeping;
  const { original, variants, predicted, target, checker } = study;
  const shared = { contentSha256, target: target.index };
  const rows: NewVariant[] = [];
  if (!known)
    rows.push({
      ...{ ...shared, variant: unchanged, definition: {}, measured: { predicted, target, checker } },
      ...(await saveVersion(catalog, original)),
    });
  for (const { variant, record, version } of variants) {
    const { id, ...measured } = record;
    if (known?.variants.has(id)) continue;
    rows.push({
      ...{ ...shared, variant: id, definition: variant },
      ...(version ? { measured, ...(await saveVersion(catalog, version)) } : { measured: { reason: record.reason } }),
    });
  }
  catalog.variants.insertAll({ setup, origin }, rows);
}

async function saveVersion(
  catalog: Catalog,
  { attributed, altered: { planes } }: StudiedVersion,
): Promise<Pick<NewVariant, 'logits' | 'arraySha256'>> {
  const array = { shape: [planes.height, planes.width], values: attributed.map };
  return { logits: attributed.logits, arraySha256: await catalog.arrays.save(array) };
}
