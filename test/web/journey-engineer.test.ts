import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { eventually } from './marked-desk.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** An engineer looks a model over: what it eats, where it errs, what it looks at, and which concepts carry that. */
describe.skipIf(!browserPath)(titled('an engineer looks a model over'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  let page: Page;
  beforeAll(async () => {
    world = await createLabelledWorld(10);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    page = opened.page;
    await page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });
  const card = () => page.getByRole('article').first();

  test('the model panel tells input recipe, layers and how it does', async () => {
    await page.keyboard.press('Control+m');
    await page.getByRole('button', { name: /^Narrow network/ }).click();
    await page.getByText('What it eats').waitFor();
    await page.getByText('32 × 32').first().waitFor();
    await page.getByRole('button', { name: /^Check the input/ }).click();
    await page
      .getByText(/The range looks right|range/)
      .first()
      .waitFor();
  });

  test('a cell of labels against predictions selects its cases', async () => {
    await page.keyboard.press('Escape');
    const cells = page.locator('.confusion td button');
    const counts = await cells.allTextContents();
    const at = counts.findIndex((count) => Number(count) > 0);
    await cells.nth(at).click();
    await eventually(() => opened.shown('total')).toMatch(new RegExp(`^${counts[at] ?? ''} picture`));
    await page.getByRole('button', { name: 'Clear all filters' }).first().click();
    await eventually(() => opened.shown('total')).toBe('60 pictures');
  });

  test('a batch runs with how far it is, halts, goes on, and its heatmaps come into the gallery', async () => {
    await page.keyboard.press('Control+m');
    await page.getByRole('button', { name: /^Narrow network/ }).click();
    await page.getByRole('button', { name: 'Compute heatmaps' }).click();
    await page.keyboard.press('Control+j');
    await eventually(() => card().getAttribute('data-state')).toMatch(/running|done/);
    await eventually(() => card().getAttribute('data-state')).toBe('done');
    await page.keyboard.press('Escape');
  });

  test('the concepts behind a picture: an attribution graph whose concepts open their page', async () => {
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
    await page.keyboard.press('F6');
    await eventually(() => page.getByRole('list', { name: 'Concepts' }).getByRole('button').count()).toBeGreaterThan(4);
    await page.keyboard.press('Shift+A');
    await page.getByTestId('concept-graph').waitFor();
    const node = page.locator('button.graph-node').first();
    const name = (await node.getAttribute('aria-label')) ?? '';
    await node.focus();
    await page.keyboard.press('Enter');
    const [, layer = '', channel = ''] = /^(\S+), channel (\d+)/.exec(name) ?? [];
    await page.getByRole('article', { name: `Concept ${layer}, channel ${channel}` }).waitFor();
  });

  test('references are read from the window, with progress, and show on the page', async () => {
    await page.getByRole('button', { name: /^Read all layers shown/ }).click();
    await eventually(() => page.locator('.concept-page .reference').count()).toBeGreaterThan(0);
    await page.getByText('Over the 60 pictures read').waitFor();
  });

  test('which concepts carry a region is asked by dragging it', async () => {
    await page.keyboard.press('Shift+C');
    const list = page.getByRole('list', { name: 'Concepts' });
    const whole = await list.textContent();
    await page.keyboard.press('Shift+D');
    const box = await page.getByTestId('region-picker').boundingBox();
    if (!box) throw new Error('There is nothing to drag on.');
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3, { steps: 3 });
    await page.mouse.up();
    await page.getByText('share of what lies in the frame').waitFor();
    await eventually(() => list.textContent()).not.toBe(whole);
    await page.keyboard.press('Shift+V');
    await eventually(() => list.textContent()).toBe(whole);
  });

  test('the receptive field of the strongest neuron is framed and named', async () => {
    await page.keyboard.press('F2');
    await page.getByText('What the model sees', { exact: true }).click();
    await page.keyboard.press('Shift+F');
    await page.getByTestId('frame-field').waitFor();
    expect(await opened.shown('field-note')).toMatch(/^Receptive field of \S+, channel \d+, row \d+ of \d+/);
    await page.keyboard.press('Shift+F');
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
  });
});
