import { summarizeShares } from '#core/audit/index.ts';
import type { Booking, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { LedgerOrder, LedgerRequest, LedgerRow, LedgerView, RegionGroup } from '#shared/contract/audit.ts';
import { isSuspect } from '../../audit/picture-regions.ts';
import { listSamples } from '../../collection/list-samples.ts';
import { toCatalogFilter } from '../sample-filter.ts';

type Ordered = Booking & { readonly enrichment: number | undefined; readonly excess: number | undefined };

const measure = (booking: Booking): Ordered => {
  const { positiveShare: share, areaShare } = booking;
  return {
    ...booking,
    enrichment: share === undefined ? undefined : share / areaShare,
    excess: share === undefined ? undefined : share - areaShare,
  };
};

const keys: Readonly<Record<LedgerOrder, (row: Ordered) => number | undefined>> = {
  excess: ({ excess }) => excess,
  positive: ({ positiveShare }) => positiveShare,
  negative: ({ negativeShare }) => negativeShare,
  enrichment: ({ enrichment }) => enrichment,
  area: ({ areaShare }) => areaShare,
  rank: ({ rankAccuracy }) => rankAccuracy,
};

/** A row for each picture of a list that is booked, worst first unless told otherwise; what has no such number comes last. */
export function readLedger(catalog: ReadonlyCatalog, request: LedgerRequest): LedgerView {
  return catalog.snapshot(() => {
    const { setup, region, order = 'excess', ascending = false } = request;
    const samples = new Map(
      listSamples(catalog, { ...toCatalogFilter(request.list), duplicates: false }).map((sample) => [
        sample.id,
        sample,
      ]),
    );
    const listed = catalog.bookings.list(setup).filter(({ sample }) => samples.has(sample));
    const wanted = listed.filter((one) => (region === undefined ? isSuspect(one.region) : one.region === region));
    const rows = region === undefined ? keepWorst(wanted.map(measure)) : wanted.map(measure);
    const unbooked = catalog.bookings.listUnbooked(setup).filter((id) => samples.has(id)).length;
    const described = { catalog, request, name: createClassNamer(catalog) };
    const key = keys[order];
    const least = (row: Ordered): number => key(row) ?? (ascending ? Infinity : -Infinity);
    const booked = new Set(listed.map(({ sample }) => sample)).size;
    return {
      rows: rows
        .toSorted((a, b) => (ascending ? least(a) - least(b) : least(b) - least(a)) || a.sample - b.sample)
        .map((row) => describeRow(described, row)),
      unbooked,
      missing: samples.size - unbooked - booked,
      undefinedShares:
        region === undefined ? booked - rows.length : rows.filter(({ excess }) => excess === undefined).length,
      regions: [...new Set(listed.map((one) => one.region))].sort(),
    };
  });
}

/** Of each picture the region with most relevance beyond its share of area. */
function keepWorst(rows: readonly Ordered[]): readonly Ordered[] {
  const worst = new Map<number, Ordered>();
  for (const row of rows) {
    if (row.excess !== undefined && row.excess > (worst.get(row.sample)?.excess ?? -Infinity))
      worst.set(row.sample, row);
  }
  return [...worst.values()];
}

type ClassNamer = (setup: number, index: number) => string;

/** Names of a model's classes by a setup of it; each model is looked at once. */
function createClassNamer(catalog: ReadonlyCatalog): ClassNamer {
  const known = new Map<number, readonly string[]>();
  return (setup, index) => {
    const labels = known.get(setup) ?? catalog.models.get(catalog.setups.get(setup).model).labels;
    known.set(setup, labels);
    return labels[index] ?? `class ${index}`;
  };
}

interface Rows {
  readonly catalog: ReadonlyCatalog;
  readonly request: LedgerRequest;
  readonly name: ClassNamer;
}

function describeRow({ catalog, request: { list, setup }, name }: Rows, row: Ordered): LedgerRow {
  const { contentSha256, label } = catalog.samples.get(row.sample);
  const prediction = list.prediction === undefined ? undefined : catalog.predictions.find(list.prediction, row.sample);
  return {
    ...{ sample: row.sample, contentSha256, label, target: name(setup, row.target) },
    predicted: prediction && name(prediction.setup, prediction.predicted),
    ...{ region: row.region, areaShare: row.areaShare, positiveShare: row.positiveShare ?? null },
    ...{ negativeShare: row.negativeShare ?? null, rankAccuracy: row.rankAccuracy ?? null },
    ...{ enrichment: row.enrichment ?? null, excess: row.excess ?? null },
  };
}

/** Pictures beyond which intervals would take many seconds. */
const MOST_RESAMPLED = 5000;

/** Shares by region over all pictures of a list, then over those of each label. */
export function readGroups(
  catalog: ReadonlyCatalog,
  { list, setup }: Pick<LedgerRequest, 'list' | 'setup'>,
): RegionGroup[] {
  const samples = new Map(
    listSamples(catalog, { ...toCatalogFilter(list), duplicates: false }).map((sample) => [sample.id, sample]),
  );
  const booked = catalog.bookings.list(setup).flatMap((booking) => {
    const sample = samples.get(booking.sample);
    return sample ? [{ booking, label: sample.label, patient: sample.patientHash }] : [];
  });
  const bootstrap = samples.size <= MOST_RESAMPLED ? {} : false;
  const labels = [...new Set(booked.flatMap(({ label }) => label ?? []))].sort();
  return Array.from(Map.groupBy(booked, ({ booking }) => booking.region)).flatMap(([region, ofRegion]) =>
    [undefined, ...labels].flatMap((label): RegionGroup[] => {
      const own = label === undefined ? ofRegion : ofRegion.filter((one) => one.label === label);
      const shares = own.flatMap(({ booking: { positiveShare: share, areaShare }, patient }) =>
        share === undefined ? [] : [{ share, areaShare, patient }],
      );
      const group = summarizeShares(shares, bootstrap);
      return group ? [{ region, label, ...group, leftOut: own.length - shares.length }] : [];
    }),
  );
}
