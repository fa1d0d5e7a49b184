import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { eventually } from './marked-desk.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';
import { greyFilm } from './small-films.ts';

/** A physicist brings in local DICOM films, checks how they are shown, and has two readers read them. */
describe.skipIf(!browserPath)(titled('a physicist checks local films'), () => {
  let world: SmallWorld;
  let opened: OpenedWindow;
  let page: Page;
  beforeAll(async () => {
    world = await createSmallWorld(0);
    await mkdir(world.at('films'));
    await writeFile(world.at('films', 'a.dcm'), greyFilm('MONOCHROME2'));
    await writeFile(world.at('films', 'b.dcm'), greyFilm('MONOCHROME1'));
    await writeFile(world.at('films', 'c.dcm'), greyFilm('MONOCHROME2').subarray(0, 900));
    await buildWindow(world.at('bundle'));
    opened = await openWindow({ catalog: world.at('catalog.lightbox'), bundle: world.at('bundle') });
    page = opened.page;
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  test('a folder of films is imported by what it is; a file that cannot be read says so and stops nothing', async () => {
    await page.getByRole('button', { name: /^Open a folder/ }).click();
    await page.getByRole('textbox', { name: 'Path of the folder' }).fill(world.at('films'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Look at this folder' }).click();
    await page.getByTestId('plan').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.locator('.cell img').first().waitFor();
    await eventually(() => page.getByRole('article').first().textContent()).toMatch(/films: \d added.*cannot be used/);
    await page.keyboard.press('Escape');
  });

  test("a film is shown by its header's window, MONOCHROME1 turned last, both said beside it", async () => {
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
    expect(await opened.shown('window')).toBe('Automatic (WIDE) · C 3000 W 2000');
    await page.keyboard.press('ArrowDown');
    await eventually(() => opened.shown('place')).toMatch(/^2 of/);
    await page.getByText('Window and pixels').click();
    await page.getByText('low values white (MONOCHROME1)').waitFor();
  });

  test('two readers judge on their own, and the gallery counts the one who sits here', async () => {
    await page.keyboard.press('u');
    await page.locator('.reader summary').click();
    await page.getByLabel('Reader', { exact: true }).fill('Reader 2');
    await page.getByLabel('Reader', { exact: true }).press('Enter');
    await page.getByText('Reader 1: unsure').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    const verdicts = page.getByRole('region', { name: 'Verdict of Reader 2', exact: true });
    await eventually(() => verdicts.getByRole('button').first().textContent()).toBe('Suspicious1');
  });

  test('a verdict given right before leaving is counted, however late it is kept', async () => {
    const asked = Promise.withResolvers<undefined>();
    const another = await (await page.context().browser()?.newContext())?.newPage();
    if (!another) throw new Error('There is no browser.');
    await another.routeWebSocket(/\/rpc$/, (route) => {
      const server = route.connectToServer();
      route.onMessage((message) => {
        const isVerdict = String(message).includes('reviews/put');
        void (isVerdict ? asked.promise : Promise.resolve()).then(() => {
          server.send(message);
        });
      });
    });
    await another.goto(opened.url);
    await another.locator('[data-place="0"]').click();
    await another.getByTestId('window').waitFor();
    await another.keyboard.press('y');
    await another.keyboard.press('Escape');
    await eventually(() => another.locator('.reading').count()).toBe(0);
    const verdicts = another.getByRole('region', { name: 'Verdict of Reader 2', exact: true }).getByRole('button');
    await verdicts.first().waitFor();
    await another.waitForTimeout(200);
    expect((await verdicts.allTextContents()).join()).not.toContain('Clean');
    asked.resolve(undefined);
    await eventually(async () => (await verdicts.allTextContents()).join()).toContain('Clean1');
    await another.close();
  });

  test('a dataset is removed only after it was said what goes; its files stay', async () => {
    await page.keyboard.press('Control+Shift+O');
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByText('verdicts and notes of readers').waitFor();
    await page.getByText('This cannot be undone.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove films from the catalog' }).click();
    await page
      .getByRole('button', { name: /^Open a folder/ })
      .first()
      .waitFor();
    await eventually(() => page.getByRole('button', { name: /^Look at the demo/ }).count()).toBe(1);
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    // A film that cannot be read has no picture to send; its sentence is shown in its place.
    const faults = opened.faults.filter((fault) => !fault.includes('status of 422'));
    expect([faults, opened.elsewhere]).toEqual([[], []]);
  });
});
