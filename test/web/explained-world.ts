import { copyFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createNetwork } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, labels, size, type SmallWorld } from '../cli/small-world.ts';
import { buildWindow, openWindow, type OpenedWindow } from './open-window.ts';

/** On a busy machine computing takes its time. */
export const soon = <Value>(look: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> =>
  expect.poll(look, { timeout: 30_000 });

/** Four pictures with two models of the same classes, predicted; the first is open. */
export interface ExplainedWorld {
  readonly world: SmallWorld;
  readonly opened: OpenedWindow;
  readonly page: Page;
  /** Heatmaps in the catalog. */
  countKept(): number;
  /** The colors of a map; '' while it is not shown. */
  colors(viewport: string): Promise<string>;
  /** Once it is shown. */
  shown(viewport: string): Promise<string>;
  /** Until a map looks as it should. */
  becomes(viewport: string, wanted: (look: string) => boolean): Promise<void>;
  changes(viewport: string, from: string): Promise<void>;
  close(): Promise<void>;
}

export async function openExplained(): Promise<ExplainedWorld> {
  const world = await createSmallWorld(4);
  const file = world.at('catalog.lightbox');
  await saveSecondModel(world);
  await buildWindow(world.at('bundle'));
  const workbench = createWorkbench({ catalog: file, threads: 1 });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  for (const name of ['network.onnx', 'second.onnx'])
    await workbench.predictDataset({ dataset: 'small', modelPath: world.at(name), provider: 'cpu' });
  await workbench.close();
  const opened = await openWindow({ catalog: file, bundle: world.at('bundle') });
  const { page } = opened;
  await page.locator('[data-place="0"]').click();
  await page.getByTestId('viewport-picture').waitFor();
  const overlay = (viewport: string): ReturnType<Page['locator']> =>
    page.getByTestId(`viewport-${viewport}`).getByTestId('overlay');
  const colors = async (viewport: string): Promise<string> =>
    (await overlay(viewport).isVisible())
      ? overlay(viewport).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
      : '';
  const becomes: ExplainedWorld['becomes'] = async (viewport, wanted) => {
    await soon(async () => wanted(await colors(viewport))).toBe(true);
  };
  return {
    ...{ world, opened, page, colors, becomes },
    countKept: () => countKept(file),
    shown: async (viewport) => {
      await soon(() => colors(viewport)).not.toBe('');
      return colors(viewport);
    },
    changes: (viewport, from) => becomes(viewport, (look) => !['', from].includes(look)),
    close: async () => {
      await opened.close();
      await world.remove();
    },
  };
}

function countKept(file: string): number {
  const catalog = openCatalog(file, { readonly: true });
  const ids = catalog.datasets.list().flatMap(({ id }) => catalog.samples.listFiles(id).map((sample) => sample.id));
  const count = ids.reduce((sum, id) => sum + catalog.attributions.list(id).length, 0);
  catalog.close();
  return count;
}

/** The same classes, other weights. */
async function saveSecondModel(world: SmallWorld): Promise<void> {
  const form = { arch: 'resnet18', width: 8, classes: labels.length, size, seed: 4, batchNorm: 'folded' } as const;
  await saveModel(createNetwork(form), world.at('second.onnx'));
  await copyFile(world.at('network.manifest.json'), world.at('second.manifest.json'));
}
