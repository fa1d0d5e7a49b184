import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { findSerious } from './find-serious.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** Figures and the report, in a real browser. */
describe.skipIf(!browserPath)(titled('figures in the window'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  let checking: Workbench;
  const patiently = { timeout: 60_000 };

  beforeAll(async () => {
    world = await createLabelledWorld(3);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    checking = createWorkbench({ catalog: world.catalog });
    await opened.page.locator('.cell img').first().waitFor();
    await opened.page.keyboard.press('Control+i');
  }, 120_000);
  afterAll(async () => {
    await opened.close();
    await checking.close();
    await world.remove();
  });

  const figure = () => opened.page.getByTestId('figure');
  const source = (): Promise<string | null> => figure().getAttribute('src');
  const isDrawn = (): Promise<boolean> => figure().evaluate((image) => (image as HTMLImageElement).naturalWidth > 100);
  const choose = async (name: string, option: string): Promise<void> => {
    await opened.page.getByRole('combobox', { name, exact: true }).click();
    await opened.page.getByRole('option', { name: option, exact: true }).click();
  };

  test('the preview is there by itself, and is made anew with every choice', async () => {
    await expect.poll(() => figure().count(), patiently).toBe(1);
    await expect.poll(isDrawn, patiently).toBe(true);
    const first = await source();
    await choose('Figure', 'Samples by class');
    await expect.poll(source, patiently).not.toBe(first);
    const second = await source();
    await choose('Look', 'Dark');
    await expect.poll(source, patiently).not.toBe(second);
    await expect.poll(isDrawn, patiently).toBe(true);
    expect(opened.faults).toEqual([]);
    expect(opened.elsewhere).toEqual([]);
  }, 120_000);

  test('what is saved can be verified, byte for byte', async () => {
    await choose('Figure', 'Composites');
    await choose('Look', 'Print');
    await expect.poll(() => figure().getAttribute('alt'), patiently).toBe('Composites');
    for (const format of ['PDF', 'SVG', 'PNG']) {
      const download = opened.page.waitForEvent('download');
      await opened.page.getByRole('button', { name: `Save ${format}`, exact: true }).click();
      const file = world.at(`saved.${format.toLowerCase()}`);
      await (await download).saveAs(file);
      expect((await readFile(file)).length).toBeGreaterThan(1000);
      expect(await checking.verifyFigure({ file })).toMatchObject({ verdict: 'unchanged', findings: [] });
    }
  }, 120_000);

  test('what cannot be made says why, where the figure would be', async () => {
    const width = opened.page.getByRole('textbox', { name: 'Width in mm' });
    await opened.page.getByRole('textbox', { name: 'Of each class' }).fill('12');
    await width.fill('40');
    await width.blur();
    await opened.page
      .getByRole('alert')
      .getByText(/do not fit into that width/)
      .waitFor();
    await width.fill('85');
    await opened.page.getByRole('textbox', { name: 'Of each class' }).fill('1');
    await expect.poll(isDrawn, patiently).toBe(true);
  }, 120_000);

  test('it can be used by those who cannot see it', async () => {
    expect(await findSerious(opened.page, ['.side-panel'])).toEqual([]);
  });

  test('a report is a job, and lies where it says', async () => {
    await opened.page.getByRole('textbox', { name: /^Folder/ }).fill(world.at('report'));
    await opened.page.getByRole('button', { name: 'Write the report' }).click();
    const card = opened.page.getByRole('article').first();
    await expect.poll(() => card.getAttribute('data-state'), patiently).toBe('done');
    expect(await card.textContent()).toContain(world.at('report'));
    for (const file of ['report.pdf', 'report.html', 'bundle/report.json', 'bundle/model-1/regions.csv'])
      expect(existsSync(world.at('report', file))).toBe(true);
  }, 120_000);
});
