import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Dataset, DescribedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { TRAITS_VERSION } from '#core/imaging/index.ts';

const measuredSchema = z.object({
  ...{ ringMean: z.number(), ringSpread: z.number(), mean: z.number(), spread: z.number() },
  ...{ depth: z.number(), channels: z.number(), format: z.string() },
});

const metadataSchema = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

/** A sample that is judged: labelled, measured, no copy. */
export interface AuditedSample extends Omit<DescribedSample, 'label' | 'metadata' | 'traits'> {
  readonly label: string;
  readonly metadata: Readonly<Record<string, string | number>>;
  readonly measured: z.infer<typeof measuredSchema>;
}

export interface AuditedSamples {
  /** All of the dataset, by path. */
  readonly all: readonly DescribedSample[];
  readonly judged: readonly AuditedSample[];
  readonly leftOut: { readonly copies: number; readonly unlabelled: number; readonly unmeasured: number };
  /** A hash over all that an audit rests on. */
  readonly input: string;
}

export function listAudited(catalog: ReadonlyCatalog, dataset: Dataset): AuditedSamples {
  const all = catalog.traits.list(dataset.id, TRAITS_VERSION);
  const judged: AuditedSample[] = [];
  const leftOut = { copies: 0, unlabelled: 0, unmeasured: 0 };
  for (const { label, traits, metadata, ...rest } of all) {
    const measured = measuredSchema.safeParse(traits?.measured).data;
    if (rest.primaryId !== undefined) leftOut.copies++;
    else if (label === undefined) leftOut.unlabelled++;
    else if (!measured) leftOut.unmeasured++;
    else judged.push({ ...rest, label, metadata: metadataSchema.parse(metadata), measured });
  }
  return { all, judged, leftOut, input: hashInput(catalog, dataset, all) };
}

function hashInput(catalog: ReadonlyCatalog, dataset: Dataset, all: readonly DescribedSample[]): string {
  const hash = createHash('sha256').update(`traits ${TRAITS_VERSION}`);
  for (const sample of all) hash.update(JSON.stringify(sample)).update('\n');
  for (const region of catalog.samples.listRegions(dataset.id)) hash.update(JSON.stringify(region));
  return hash.digest('hex');
}
