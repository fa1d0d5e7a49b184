import { z } from 'zod';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { compositeNames } from '#core/relevance/index.ts';
import type { Overview, SetupView } from '#shared/contract/overview.ts';

/** What of a setup's settings is shown; a catalog of another version may hold others. */
const settingsSchema = z.object({
  composite: z.object({ name: z.string() }).optional(),
  target: z.string().optional(),
});

export function readOverview(catalog: ReadonlyCatalog): Overview {
  return catalog.snapshot(() => ({
    composites: [...compositeNames],
    datasets: catalog.datasets.list().map(({ id, name, layout }) => ({
      ...{ id, name, layout },
      groups: catalog.samples.countByGroup(id).map(({ split = '', label = '', count }) => ({ split, label, count })),
    })),
    setups: catalog.models.list().flatMap(({ id, title, file, labels }) =>
      catalog.setups.list(id).flatMap((setup): SetupView[] => {
        if (setup.kind !== 'prediction' && setup.kind !== 'attribution') return [];
        const { composite, target = '' } = settingsSchema.safeParse(setup.settings).data ?? {};
        return [
          {
            ...{ id: setup.id, kind: setup.kind, modelId: id, model: title ?? file, labels: [...labels] },
            ...{ composite: composite?.name ?? '', target, datasets: [...catalog.setups.listDatasets(setup.id)] },
          },
        ];
      }),
    ),
  }));
}
