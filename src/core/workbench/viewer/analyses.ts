import { implement, type Router } from '@orpc/server';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { datasetAuditContract } from '#shared/contract/dataset-audit.ts';
import { groupingSettingsSchema, groupsContract, type GroupingEntry } from '#shared/contract/groups.ts';
import { findKeptAudit } from '../dataset-audit/audit-dataset.ts';
import { listAudited } from '../dataset-audit/audited-samples.ts';
import { countClassMaps } from '../groups/class-maps.ts';
import { describeGrouping } from '../groups/describe-grouping.ts';
import { answering } from './answering.ts';
import type { ViewerPlace } from './viewer-place.ts';

export function createDatasetAuditRouter({ read }: ViewerPlace): Router<typeof datasetAuditContract, object> {
  const os = implement(datasetAuditContract);
  return os.router({
    find: os.find.handler(({ input }) =>
      answering(() => {
        const catalog = read();
        const dataset = catalog.datasets.get(input.dataset);
        const kept = findKeptAudit(catalog, dataset);
        const isStale = kept !== undefined && listAudited(catalog, dataset).input !== kept.audit.input;
        return { ...kept, isStale };
      }),
    ),
  });
}

export function createGroupsRouter({ read }: ViewerPlace): Router<typeof groupsContract, object> {
  const os = implement(groupsContract);
  return os.router({
    list: os.list.handler(({ input }) => answering(() => listGroupings(read(), input.dataset))),
    get: os.get.handler(({ input }) => answering(() => describeGrouping(read(), input.id))),
    classes: os.classes.handler(({ input }) => answering(() => countClassMaps(read(), input.dataset, input.setup))),
  });
}

function listGroupings(catalog: ReadonlyCatalog, dataset: number): GroupingEntry[] {
  return catalog.analyses.list('groups', dataset).flatMap(({ id, createdMs, settings }) => {
    const read = groupingSettingsSchema.safeParse(settings).data;
    return read ? [{ id, createdMs, settings: read }] : [];
  });
}
