import { writeFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from '../web/labelled-world.ts';
import { chromiumPath, pageHost } from '../web/page-host.ts';
import { browserPath, buildWindow, openWindow, titled } from '../web/open-window.ts';
import type { OpenedDesktop } from './open-desktop.ts';
import { hostPageOverBridge } from './page-over-bridge.ts';

const patiently = { timeout: 30_000 };

/** The built window in Chromium, with everything it asks carried by the built preload and the desktop's main process. */
describe.skipIf(!chromiumPath)('the window over the desktop’s bridge (skipped without Chromium)', () => {
  let world: LabelledWorld;
  let browser: Browser;
  let page: Page;
  let opened: OpenedDesktop;
  const faults: string[] = [];

  beforeAll(async () => {
    world = await createLabelledWorld(4);
    await fillCatalog(world);
    await buildWindow(world.at('bundle'));
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const hosted = await hostPageOverBridge(page, { catalog: world.catalog, bundle: world.at('bundle') });
    ({ opened } = hosted);
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(hosted.url);
  });
  afterAll(async () => {
    await browser.close();
    await opened.close();
    await world.remove();
  });

  test('shows thumbnails and predictions that came over the pipe', async () => {
    await page.locator('.cell img').first().waitFor();
    await expect.poll(() => page.getByTestId('total').textContent()).toBe('24 pictures');
    const loaded = page.locator('.cell img').first();
    expect(await loaded.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(48);
  });

  test('the menu has what can be done in the page, and runs it', async () => {
    const labels = (): readonly (string | undefined)[] => opened.electron.menu.map(({ label }) => label);
    await expect.poll(labels, patiently).toContain('Everywhere');
    const everywhere = opened.electron.menu.find(({ label }) => label === 'Everywhere')?.submenu;
    if (!Array.isArray(everywhere)) throw new Error('There is no such menu.');
    const jobs = everywhere.find(({ label }) => label === 'Jobs');
    expect(jobs).toMatchObject({ accelerator: 'CmdOrCtrl+J', registerAccelerator: false });
    (jobs?.click as () => void)();
    await expect.poll(() => page.locator('.room').getAttribute('data-panel')).toBe('true');
  });

  test('a folder that is opened from outside is shown for what it is', async () => {
    await opened.desktop.openPaths([world.films]);
    await page.getByTestId('plan').waitFor();
    expect(await page.getByTestId('plan').textContent()).toContain('Recognised as');
  });

  test('a study that is opened from outside stands there to be brought in', async () => {
    const study = world.at('reader.lightbox-study');
    await writeFile(study, 'PK\u0003\u0004 a study');
    await opened.desktop.openPaths([study]);
    const step = page.getByRole('region', { name: 'Bring in a study' });
    await expect.poll(() => step.getByRole('textbox').inputValue(), patiently).toBe(study);
    await step.getByRole('button').click();
    await expect.poll(() => step.getByRole('alert').textContent(), patiently).toContain('reader.lightbox-study');
    await page.keyboard.press('Escape');
  });

  test('a workbench that is killed is told of, and the window goes on when it is back', async () => {
    process.kill(opened.desktop.workbench.processId ?? 0, 'SIGKILL');
    await expect
      .poll(() => page.getByRole('alert').first().textContent(), patiently)
      .toMatch(/ended \(signal SIGKILL\)/);
    await expect.poll(() => page.locator('.banner').count(), patiently).toBe(0);
    await page.getByLabel('Search names').fill('nodule-1.');
    await expect.poll(() => page.getByTestId('total').textContent(), patiently).toBe('2 pictures');
    expect(faults).toEqual([]);
  });
});

/** The picture alone, in the host that was chosen; a stand-in opens no second page. */
describe.skipIf(!browserPath || pageHost.name === 'bridge')(titled('the picture window'), () => {
  test('shows what the window beside it shows, and nothing around it', async () => {
    const world = await createLabelledWorld(2);
    await fillCatalog(world);
    await buildWindow(world.at('bundle'));
    const opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    const { page } = opened;
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
    const popup = page.context().waitForEvent('page');
    await page.keyboard.press('Control+Shift+P');
    const picture = await popup;
    await picture.getByTestId('stage').waitFor();
    expect(await picture.getByLabel('About the picture').count()).toBe(0);
    expect(await picture.getByTestId('overlay').isVisible()).toBe(false);
    await page.keyboard.press('o');
    await expect.poll(() => picture.getByTestId('overlay').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await picture.getByText('The picture that is opened in the other window').waitFor();
    expect(opened.faults).toEqual([]);
    await opened.close();
    await world.remove();
  });
});
