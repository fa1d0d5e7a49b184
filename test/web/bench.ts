/**
 * How fast the window is with a catalog as long as COVID-QU-Ex: `node test/web/bench.ts`. Measured in Chromium, printed; run by hand, on a
 * machine that does nothing else. The rows are made up, the thumbnails are real and few.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Page } from '@playwright/test';
import { createWorkbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import { count, fillLongCatalog } from './long-catalog.ts';
import { buildWindow, openWindow, type OpenedWindow } from './open-window.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-window-bench-'));
const catalog = path.join(folder, 'bench.lightbox');
const bundle = path.join(folder, 'bundle');
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Processor time of the page's own thread so far, in ms: unlike frames it does not depend on what else the machine does. */
async function readThreadTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
}

/** Frames while the gallery scrolls on by 60 pixels each, and what they cost. */
async function measureScroll(page: Page): Promise<string> {
  const threadTime = await readThreadTime(page);
  const before = await threadTime();
  const times = await page.evaluate(async () => {
    const scroller = document.querySelector('.gallery');
    const frames: number[] = [];
    const start = performance.now();
    await new Promise<void>((resolve) => {
      const step = (now: number): void => {
        frames.push(now);
        scroller?.scrollBy(0, 60);
        if (now - start > 4000) resolve();
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
    return frames;
  });
  const spent = (await threadTime()) - before;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const sorted = gaps.toSorted((a, b) => a - b);
  const rate = (1000 * gaps.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `${rate.toFixed(1)} frames/s; a frame takes ${at(0.5)} ms (median), ${at(0.95)} (19 of 20), ${at(1)} (longest); ${(spent / gaps.length).toFixed(1)} ms of processor time a frame`;
}

async function time(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  write(`${name.padEnd(58)} ${(performance.now() - start).toFixed(0).padStart(6)} ms`);
}

/** Waits for a number of pictures that is not the one before. */
async function changeTotal({ page }: OpenedWindow, change: () => Promise<void>): Promise<void> {
  const before = await page.getByTestId('total').textContent();
  await change();
  await page.waitForFunction((text) => document.querySelector('[data-testid="total"]')?.textContent !== text, before, {
    polling: 'raf',
  });
}

async function measureFacets(): Promise<void> {
  const workbench = createWorkbench({ catalog });
  const client: ContractRouterClient<typeof contract> = createRouterClient(workbench.viewer.router);
  const list = { dataset: 1, prediction: 1, attribution: 2 };
  const filters = {
    everything: list,
    'one class, sure ones': { ...list, label: ['Normal'], confidence: [3, 4] },
    'a search': { ...list, text: '77' },
  };
  for (const [name, filter] of Object.entries(filters)) {
    const facets = [
      'split',
      'label',
      'predicted',
      'correct',
      'confidence',
      'verdict',
      'mark',
      'tag',
      'heatmap',
    ] as const;
    const times: string[] = [];
    for (const facet of facets) {
      const start = performance.now();
      await client.samples.facet({ filter, facet });
      times.push(`${facet} ${(performance.now() - start).toFixed(1)}`);
    }
    write(`facets of ${name}, ms: ${times.join(', ')}`);
  }
  await workbench.close();
}

write(`${count.toLocaleString('en')} pictures`);
await fillLongCatalog(catalog);
await buildWindow(bundle);
await measureFacets();
const start = performance.now();
const opened = await openWindow({ catalog, bundle });
const { page } = opened;
await page.locator('.cell img').first().waitFor();
await page.waitForFunction(() =>
  [...document.querySelectorAll('.cell img')].some((image) => (image as HTMLImageElement).complete),
);
write(`browser, host and first thumbnails: ${(performance.now() - start).toFixed(0)} ms, of which the page itself:`);
write(`  ${await page.evaluate(() => `${performance.now().toFixed(0)} ms since it was asked for`)}`);
await page.waitForTimeout(1500);
write(`scrolling: ${await measureScroll(page)}`);
await page.keyboard.press('End');
await page.waitForTimeout(1000);
await page.evaluate(() => document.querySelector('.gallery')?.scrollTo(0, 0));
await page.keyboard.press('o');
await page.waitForTimeout(1000);
write(`scrolling with heatmaps: ${await measureScroll(page)}`);
await page.keyboard.press('o');
await time('to the end of the list, until its thumbnails are there', async () => {
  await page.keyboard.press('End');
  await page.waitForFunction((last) => document.querySelector(`[data-place="${last}"] img`) !== null, count - 1, {
    polling: 'raf',
  });
});
const facet = (name: string, text: string) =>
  page.getByRole('region', { name, exact: true }).getByRole('button', { name: new RegExp(`^${text}`) });
await time('a class as filter, until the list is there', () =>
  changeTotal(opened, () => facet('Class', 'Normal').click()),
);
await time('a confusion cell as filter', () =>
  changeTotal(opened, () => page.locator('.confusion td button').nth(0).click()),
);
await time('all filters taken back', () =>
  changeTotal(opened, () => page.getByRole('navigation').getByRole('button', { name: 'Clear all filters' }).click()),
);
await time('a search (250 ms of them waiting for more letters)', () =>
  changeTotal(opened, () => page.getByLabel('Search names').fill('777')),
);
await opened.close();
rmSync(folder, { recursive: true });
