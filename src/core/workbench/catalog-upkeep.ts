import type { Catalog, LogEntry, LogVerdict, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { CatalogKeeper } from './catalog-keeper.ts';
import { deleteDataset, describeDeletion, type DeleteReport, type DeleteRequest } from './collection/delete-dataset.ts';
import { listCatalog, type CatalogListing } from './collection/list-catalog.ts';

/** What is asked about the catalog itself. Everything throws LightboxError and nothing else. */
export interface CatalogUpkeep {
  /** What the catalog holds. */
  listCatalog(): Promise<CatalogListing>;
  /** Removes a dataset from the catalog, or says what would go. */
  deleteDataset(request: DeleteRequest): Promise<DeleteReport>;
  checkCatalog(): ReturnType<ReadonlyCatalog['check']>;
  backUpCatalog(to: string): ReturnType<Catalog['backup']>;
  compactCatalog(): Promise<ReturnType<Catalog['compact']>>;
  /** Who saw and changed what; only so many of the last if that is given. */
  listLog(last?: number): Promise<readonly LogEntry[]>;
  /** Whether the log is as it was written. @param expected the hash of some entry, noted down elsewhere. */
  verifyLog(expected?: string): Promise<LogVerdict>;
  /** A job in any process; what it had done stays. Throws `request/invalid` where there is none that could be cancelled. */
  cancelJob(id: number): Promise<void>;
}

export function upkeepOf(keeper: CatalogKeeper): CatalogUpkeep {
  return {
    listCatalog: () => Promise.resolve().then(() => listCatalog(keeper.read())),
    deleteDataset: (request) => deleteConfirmed(keeper, request),
    checkCatalog: async () => keeper.read().check(),
    backUpCatalog: async (to) => {
      const catalog = await keeper.write();
      catalog.log.append({ action: 'catalog/copied', subject: {} });
      return catalog.backup(to);
    },
    compactCatalog: async () => (await keeper.write()).compact(),
    listLog: (last) => Promise.resolve().then(() => keeper.read().log.list(last)),
    verifyLog: (expected) => Promise.resolve().then(() => keeper.read().log.verify(expected)),
    cancelJob: async (id) => {
      const { jobs } = await keeper.write();
      const { state } = jobs.get(id);
      if (state !== 'queued' && state !== 'running')
        throw new LightboxError('request/invalid', `Job ${id} is ${state} and cannot be cancelled; list the jobs.`);
      jobs.cancel(id);
    },
  };
}

/** No catalog is made to delete from. */
async function deleteConfirmed(keeper: CatalogKeeper, { dataset, isConfirmed }: DeleteRequest): Promise<DeleteReport> {
  const described = describeDeletion(keeper.read(), dataset);
  return isConfirmed ? deleteDataset(await keeper.write(), dataset) : described;
}
