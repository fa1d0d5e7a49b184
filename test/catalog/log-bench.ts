/** What the log costs: `node test/catalog/log-bench.ts`. Microseconds an entry, in batches as the window writes them, and a check of all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fillCatalog, makeSample } from '#core/catalog/small-catalog.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-log-'));
const { catalog, dataset } = fillCatalog(
  path.join(folder, 'study.catalog'),
  Array.from({ length: 2000 }, (_, at) => makeSample(`${at}.png`)),
);
const time = (name: string, count: number, work: () => void): void => {
  const start = performance.now();
  work();
  const each = ((performance.now() - start) * 1000) / count;
  process.stdout.write(`${name}: ${each.toFixed(0)} microseconds each, ${count}\n`);
};
const shape = { form: 'rectangle', left: 0, top: 0, width: 1, height: 1 };

time('cases opened, four in a batch', 2000, () => {
  for (let at = 0; at < 500; at++)
    catalog.log.appendOpened([1, 2, 3, 4].map((more) => ({ sampleId: ((4 * at + more) % 2000) + 1, atMs: at })));
});
time('page of 200 samples, for comparison', 50, () => {
  for (let at = 0; at < 50; at++) catalog.samples.page({ dataset, offset: at, limit: 200 });
});
time('marks, each on the disk', 200, () => {
  for (let at = 0; at < 200; at++) catalog.marks.insert({ sampleId: at + 1, kind: 'hair', shape, author: 'A' });
});
catalog.transaction(() => {
  for (let at = 0; at < 100_000; at++) catalog.log.append({ action: 'case/opened', subject: { sample: at } });
});
time('check of entries', 100_000, () => void catalog.log.verify());
catalog.close();
rmSync(folder, { recursive: true });
