import type { WebSocketRoute } from '@playwright/test';
import { rename } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** Jobs and what can go wrong, in a real browser. */
describe.skipIf(!browserPath)(titled('jobs and faults in the window'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  const patiently = { timeout: 30_000 };

  beforeAll(async () => {
    world = await createLabelledWorld(40);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world, { explains: false });
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    await opened.page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const card = () => opened.page.getByRole('article').first();
  const state = (): Promise<string | null> => card().getAttribute('data-state');

  test('a job says how far it is, halts, goes on, and is cancelled; what it had done shows', async () => {
    const { page } = opened;
    await page.keyboard.press('Control+m');
    await page.getByRole('button', { name: /^Narrow network/ }).click();
    await page.getByRole('button', { name: 'Compute heatmaps' }).click();
    await page.keyboard.press('Control+j');
    await page.getByRole('button', { name: /^Pause/ }).click();
    await expect.poll(state, patiently).toBe('paused');
    // The step it was at when it was halted is still done.
    await expect.poll(() => card().textContent(), patiently).toMatch(/\d+ of 240/);
    await page.waitForTimeout(600);
    const halted = await card().textContent();
    await page.waitForTimeout(1200);
    expect(await card().textContent()).toBe(halted);
    await page.getByRole('button', { name: /^Go on/ }).click();
    await expect.poll(() => card().textContent(), patiently).not.toBe(halted);
    await page.getByRole('button', { name: /^Cancel/ }).click();
    await expect.poll(state, patiently).toMatch(/cancelled|done/);
    await page.getByRole('button', { name: /^Dismiss/ }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(0);
  });

  test('a window that is loaded anew in the middle of a job finds it again, and the job goes on to its end', async () => {
    const { page } = opened;
    await page.keyboard.press('Control+m');
    await page.getByRole('button', { name: /^Narrow network/ }).click();
    await page.getByRole('button', { name: 'Compute heatmaps' }).click();
    await page.keyboard.press('Control+j');
    await expect.poll(state, patiently).toBe('running');
    for (let round = 0; round < 3; round++) {
      await page.reload();
      await page.locator('.cell img').first().waitFor();
    }
    if ((await page.getByRole('article').count()) === 0) await page.keyboard.press('Control+j');
    await expect.poll(state, { timeout: 120_000 }).toBe('done');
    expect(await card().textContent()).toMatch(/\d+ heatmaps computed\./);
    await page.getByRole('button', { name: /^Dismiss/ }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(0);
  });

  test('what fails says why until it is dismissed, and the rest goes on', async () => {
    const { page } = opened;
    await page.locator('[data-place="0"]').click({ modifiers: ['Control'] });
    await page.getByRole('combobox', { name: 'Composite' }).click();
    await page.getByRole('option', { name: 'EpsilonPlus', exact: true }).click();
    await rename(world.modelPath, world.at('elsewhere.onnx'));
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect.poll(state, patiently).toBe('failed');
    expect(await card().getByRole('alert').textContent()).toMatch(/network\.onnx/);
    const explain = page.getByRole('button', { name: 'Explain', exact: true });
    await explain.waitFor({ state: 'detached' });
    await rename(world.at('elsewhere.onnx'), world.modelPath);
    // Nothing is pressed: that the file is back is seen without asking.
    await explain.click();
    await expect.poll(() => card().textContent(), patiently).toContain('1 heatmap computed.');
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.keyboard.press('Control+j');
  });

  test('a connection that is lost is told of, and found again', async () => {
    let socket: WebSocketRoute | undefined;
    let isDown = false;
    const page = await (await opened.page.context().browser()?.newContext())?.newPage();
    if (!page) throw new Error('There is no browser.');
    await page.routeWebSocket(/\/rpc$/, (route) => {
      if (isDown) void route.close();
      else {
        socket = route;
        route.connectToServer();
      }
    });
    await page.goto(opened.url);
    await page.locator('.cell img').first().waitFor();
    isDown = true;
    await socket?.close();
    await page.getByRole('alert').getByText('cannot be reached').waitFor();
    expect(await page.locator('.cell img').count()).toBeGreaterThan(0);
    isDown = false;
    await expect.poll(() => page.getByRole('alert').count(), patiently).toBe(0);
    await page.getByRole('button', { name: /^nodule/ }).click();
    await expect.poll(() => page.getByTestId('total').textContent(), patiently).toBe('80 pictures');
    await page.close();
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
  });
});
