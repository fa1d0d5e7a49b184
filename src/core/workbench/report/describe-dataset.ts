import { createHash } from 'node:crypto';
import type { Catalog, ListedSample } from '#core/catalog/index.ts';
import { list, table, text, type ReportBlock } from '#core/figures/index.ts';
import { checkSplit, getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { ModelFindings } from './collect-model.ts';
import type { ReportRequest } from './report-request.ts';

/** What a report says of its data. */
export interface DatasetFindings {
  readonly name: string;
  readonly layout: string;
  readonly samples: readonly ListedSample[];
  /** SHA-256 over the sorted hashes of all pictures: equal where the pictures are. */
  readonly sha256: string;
  readonly patients: number;
  readonly groups: readonly { readonly split: string; readonly label: string; readonly count: number }[];
  readonly masks: Readonly<Record<string, number>>;
  readonly copies: number;
  readonly unreadable: number;
}

/** Throws `dataset/unknown`. */
export function collectDataset(catalog: Catalog, { dataset: name, split }: ReportRequest): DatasetFindings {
  const dataset = getDataset(catalog, name);
  checkSplit(catalog, dataset, split);
  const all = listSamples(catalog, { dataset: dataset.id, split });
  const samples = all.filter(({ primaryId }) => primaryId === undefined);
  const hashes = samples.flatMap(({ contentSha256 }) => contentSha256 ?? []).sort();
  const masks: Record<string, number> = {};
  for (const { id } of samples) for (const { kind } of catalog.masks.list(id)) masks[kind] = (masks[kind] ?? 0) + 1;
  return {
    ...{ name, layout: dataset.layout, samples, masks, copies: all.length - samples.length },
    sha256: createHash('sha256').update(hashes.join('\n')).digest('hex'),
    patients: new Set(all.flatMap(({ patientHash }) => patientHash ?? [])).size,
    groups: catalog.samples
      .countByGroup(dataset.id)
      .filter((group) => split === undefined || group.split === split)
      .map(({ split: own = '', label = '', count }) => ({ split: own, label, count })),
    unreadable: all.filter(({ unreadable }) => unreadable !== undefined).length,
  };
}

export function describeDataset(data: DatasetFindings, models: readonly ModelFindings[]): readonly ReportBlock[] {
  const { name, samples, patients, groups, masks, copies, unreadable, sha256 } = data;
  const labels = [...new Set(groups.map(({ label }) => label))];
  const splits = [...new Set(groups.map(({ split }) => split))];
  const count = (split: string, label: string): number =>
    groups.reduce((sum, one) => sum + (one.split === split && one.label === label ? one.count : 0), 0);
  const rows = splits.map((split) => {
    const counts = labels.map((label) => count(split, label));
    return [split || 'not divided', ...counts.map(String), String(counts.reduce((sum, one) => sum + one, 0))];
  });
  const known = Object.entries(masks).map(([kind, number]) => `${kind}: ${number}`);
  const warnings = new Set(models.flatMap(({ evaluation }) => evaluation.record.warnings));
  return [
    text(
      `Dataset "${name}": ${samples.length} different pictures, ${patients === 0 ? 'no patients named' : `${patients} patients`}.`,
    ),
    table('Pictures by split and label, copies among them.', {
      head: ['Split', ...labels.map((label) => label || 'no label'), 'All'],
      rows,
    }),
    list([
      `Copies of a picture that stand in the dataset again: ${copies}.`,
      `Pictures that could not be read: ${unreadable}.`,
      known.length === 0 ? 'No masks came with the pictures.' : `Masks: ${known.join(', ')}.`,
      patients === 0
        ? 'Nobody says which pictures are of one patient: intervals take every picture for itself and may be too narrow.'
        : 'Intervals draw patients, not pictures.',
      `SHA-256 over the sorted hashes of the pictures: ${sha256}.`,
      ...[...warnings].map((warning) => `Warning: ${warning}`),
    ]),
  ];
}
