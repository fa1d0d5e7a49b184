/** Puts samples into a catalog one by one, as fast as it can: `write-worker.ts FILE NAME COUNT`. */
import { openCatalog } from '#core/catalog/index.ts';

const [file = '', name = '', count = ''] = process.argv.slice(2);
const catalog = openCatalog(file, { busyTimeoutMs: 30_000 });
const dataset = catalog.transaction(() => {
  const recipe = { name: 'shared', folder: '/data', layout: 'folders', profile: 'basic', recipe: {} } as const;
  return (catalog.datasets.find('shared') ?? catalog.datasets.insert(recipe)).id;
});
for (let index = 0; index < Number(count); index++) {
  // Reads first and writes then: without a lock from the beginning this would fail whenever the other wrote in between.
  catalog.transaction(() => {
    const known = catalog.samples.count({ dataset });
    catalog.samples.insertAll(dataset, [{ path: `${name}/${index}.png`, label: name, masks: [], metadata: { known } }]);
  });
}
catalog.close();
