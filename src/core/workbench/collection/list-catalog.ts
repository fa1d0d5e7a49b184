import type { ReadonlyCatalog } from '#core/catalog/index.ts';

/** What a catalog holds, for people to find their way. */
export interface CatalogListing {
  readonly file: string;
  readonly datasets: readonly {
    readonly name: string;
    readonly folder: string;
    readonly layout: string;
    readonly profile: string;
    readonly samples: number;
    readonly splits: readonly string[];
    readonly imported: string;
  }[];
  readonly models: readonly {
    readonly file: string;
    readonly title: string | undefined;
    readonly sha256: string;
    readonly labels: readonly string[];
  }[];
  /** The latest first. */
  readonly jobs: readonly {
    readonly id: number;
    readonly kind: string;
    readonly state: string;
    readonly done: number;
    readonly total: number;
    readonly settings: unknown;
    readonly error: string | undefined;
  }[];
}

const MOST_JOBS = 20;

export function listCatalog(catalog: ReadonlyCatalog): CatalogListing {
  return catalog.snapshot(() => ({
    file: catalog.file,
    datasets: catalog.datasets.list().map(({ id, name, folder, layout, profile, importedMs }) => {
      const groups = catalog.samples.countByGroup(id);
      const splits = new Set(groups.flatMap(({ split }) => (split === undefined ? [] : [split])));
      return {
        ...{ name, folder, layout, profile, imported: new Date(importedMs).toISOString() },
        samples: groups.reduce((sum, { count }) => sum + count, 0),
        splits: [...splits].sort(),
      };
    }),
    models: catalog.models.list().map(({ file, title, sha256, labels }) => ({ file, title, sha256, labels })),
    jobs: catalog.jobs
      .list()
      .slice(0, MOST_JOBS)
      .map(({ id, kind, state, done, total, settings, error }) => ({
        ...{ id, kind, state, done, total, settings, error: error?.message },
      })),
  }));
}
