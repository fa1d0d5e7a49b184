import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { openCatalog, type Mark, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { predict } from './marked-world.ts';
import { buildWindow, openWindow, type OpenedWindow } from './open-window.ts';

/** Some predicted pictures, the first of them open, and the catalog to look into. */
export interface MarkedDesk {
  readonly world: SmallWorld;
  readonly opened: OpenedWindow;
  readonly page: Page;
  readonly catalog: ReadonlyCatalog;
  openFirst(): Promise<void>;
  idAt(place: number): number;
  marksOf(place: number): readonly Mark[];
  verdictAt(place: number, author?: string): string | undefined;
  close(): Promise<void>;
}

export async function openDesk(count: number): Promise<MarkedDesk> {
  const world = await createSmallWorld(count);
  await buildWindow(world.at('bundle'));
  const file = world.at('catalog.lightbox');
  const workbench = createWorkbench({ catalog: file });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  await workbench.close();
  predict(file);
  const catalog = openCatalog(file, { readonly: true });
  const opened = await openWindow({ catalog: file, bundle: world.at('bundle') });
  const { page } = opened;
  const openFirst = async (): Promise<void> => {
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('picture').waitFor();
    await page.getByTestId('marks').waitFor();
  };
  await openFirst();
  const idAt = (place: number): number =>
    catalog.samples.page({ dataset: 1, offset: place, limit: 1 }).samples[0]?.id ?? 0;
  return {
    ...{ world, opened, page, catalog, openFirst, idAt },
    marksOf: (place) => catalog.marks.list(idAt(place)),
    verdictAt: (place, author = 'Reader 1') => catalog.reviews.find(idAt(place), author)?.verdict,
    close: async () => {
      await opened.close();
      catalog.close();
      await world.remove();
    },
  };
}

/** What is to come true while the window and the catalog take their time. */
export const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(read, { timeout: 20_000 });
