import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSerious } from './find-serious.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';
import { createPhantomWorld, type PhantomWorld } from './phantom-world.ts';

/** From a suspicion to a finding, in a real browser: phantoms with a planted letter and the network that learned it. */
describe.skipIf(!browserPath)(titled('the audit in the window'), () => {
  let world: PhantomWorld;
  let opened: OpenedWindow;
  let page: Page;
  const patiently = { timeout: 60_000 };

  beforeAll(async () => {
    world = await createPhantomWorld();
    await buildWindow(world.at('bundle'));
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    page = opened.page;
    await page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const rows = () => page.getByTestId('ledger').locator('tbody tr[data-sample]');
  const regionOf = (row: number): Promise<string | null> => rows().nth(row).getAttribute('data-region');
  const outlined = (): Promise<string | null> => page.getByTestId('outline').getAttribute('data-subject');
  const verdict = (): Promise<string | null> => page.getByTestId('verdict').getAttribute('data-verdict');
  const tab = (name: string): Promise<void> => page.locator('.audit-tabs label', { hasText: name }).click();

  test('the ledger says what is missing, computes and books it, and names the planted pictures first', async () => {
    await page.keyboard.press('q');
    await page.getByText('2 heatmaps are not booked yet').waitFor();
    await page.getByText('2 pictures have no heatmap').waitFor();
    await page.getByRole('button', { name: 'Compute them' }).click();
    await expect.poll(() => rows().count(), patiently).toBe(4);
    expect([await regionOf(0), await regionOf(1)]).toEqual(['marker', 'marker']);
    expect(await rows().nth(0).textContent()).toMatch(/%/);
    expect(await findSerious(page, ['.audit-room'])).toEqual([]);
  });

  test('columns sort, and a region has a ledger of its own', async () => {
    await page.getByRole('button', { name: /^area/ }).click();
    await expect.poll(() => page.locator('th[aria-sort=descending]').textContent()).toContain('area');
    await page.getByRole('button', { name: /^excess/ }).click();
    await page.getByRole('combobox', { name: 'Region of the ledger' }).click();
    await page.getByRole('option', { name: 'Lung', exact: true }).click();
    await expect.poll(() => regionOf(0)).toBe('lung');
    await page.getByText('Regions and classes').click();
    await page.getByTestId('groups').getByRole('button', { name: 'Marker, all' }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole('combobox', { name: 'Region of the ledger' }).click();
    await page.getByRole('option', { name: 'Worst of each picture' }).click();
    await expect.poll(() => rows().count()).toBe(4);
  });

  test('a row opens its case with the region outlined; next follows the order of the ledger; back is the ledger', async () => {
    await rows().nth(0).click();
    await expect.poll(outlined, patiently).toBe('marker');
    expect(await opened.shown('place')).toBe('1 of 4');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => opened.shown('place')).toBe('2 of 4');
    await expect.poll(outlined).toBe('marker');
    await page.keyboard.press('Escape');
    await expect.poll(() => rows().count()).toBe(4);
    expect(await opened.shown('total')).toBe('4 pictures');
  });

  test('the letter is taken out: shortcut used, with numbers, previews and definitions', async () => {
    await rows().nth(0).click();
    await page.getByTestId('outline').waitFor();
    await page.keyboard.press('q');
    await page.getByText('Not tested yet').waitFor();
    await page.keyboard.press('Shift+T');
    await expect.poll(verdict, patiently).toBe('shortcut used');
    expect(await page.getByTestId('answer').textContent()).toContain('beyond matched controls');
    expect(await page.getByTestId('effects').locator('tbody tr').count()).toBe(3);
    expect(await page.getByTestId('fills').locator('tbody th').allTextContents()).toEqual(['local mean', 'blur', 'harmonic', 'donor']); // prettier-ignore
    await page.getByRole('button', { name: 'Filled pictures' }).click();
    const widths = () => page.getByTestId('previews').locator('img').evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)); // prettier-ignore
    await expect.poll(async () => (await widths()).filter((wide) => wide > 0).length).toBe(6);
    await page.getByTestId('effects').getByText('net logit').hover();
    await page.getByRole('tooltip', { name: /Net effect/ }).waitFor();
    expect(await page.getByRole('tooltip').textContent()).toContain('Δ_M − mean Δ_j');
    expect(await findSerious(page, ['.audit-panel'])).toEqual([]);
  });

  test('it is kept: shown again without computing', async () => {
    await page.keyboard.press('ArrowDown');
    await page.getByText('Not tested yet').waitFor();
    await page.keyboard.press('ArrowUp');
    await expect.poll(verdict).toBe('shortcut used');
    await page.reload();
    await expect.poll(verdict, patiently).toBe('shortcut used');
  });

  test('a mark drawn around the letter is tested, and its answer is old once it has moved', async () => {
    const frame = await page.getByTestId('marks').boundingBox();
    const outline = await page.getByTestId('outline').locator('path').first().boundingBox();
    if (!frame || !outline) throw new Error('There is no picture.');
    await page.keyboard.press('g');
    await page.keyboard.press('1');
    await page.mouse.move(outline.x - 3, outline.y - 3);
    await page.mouse.down();
    await page.mouse.move(outline.x + outline.width + 3, outline.y + outline.height + 3, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Region', exact: true }).inputValue(), patiently)
      .toMatch(/^L\/R marker \(mark 1\)/);
    await page.keyboard.press('Shift+T');
    await expect.poll(verdict, patiently).toBe('shortcut used');
    await page.keyboard.press('Alt+ArrowLeft');
    await page.getByText('Old: the region changed since. Test again.').waitFor(patiently);
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => page.getByText('Old:').count(), patiently).toBe(0);
    await page.keyboard.press('g');
  });

  test('a test becomes a finding with a comment', async () => {
    await page.getByRole('button', { name: 'Accept as a finding' }).click();
    await page.getByRole('textbox', { name: 'What is established, in your words' }).fill('The L decides.');
    await page.getByRole('textbox', { name: 'What is established, in your words' }).blur();
    await page.getByTestId('accepted').waitFor();
  });

  test('the region is repeated on every case; counts open the cases behind them', async () => {
    await page.getByRole('combobox', { name: 'Region', exact: true }).click();
    await page.getByRole('option', { name: /^Marker,/ }).click();
    await page.getByRole('button', { name: 'Repeat on every case with “Marker”' }).click();
    await page.getByTestId('run').waitFor(patiently);
    expect(await page.getByTestId('run').textContent()).toContain('2 of 2 pictures');
    expect(await page.getByTestId('cases').locator('tbody tr').count()).toBe(2);
    expect(await page.getByTestId('means').locator('tbody tr').count()).toBe(3);
    expect(await findSerious(page, ['.audit-room'])).toEqual([]);
    await page.getByRole('button', { name: /^2 shortcut used/ }).click();
    await expect.poll(() => opened.shown('total')).toBe('2 pictures');
    expect(await page.locator('.cell').count()).toBe(2);
    await page.keyboard.press('q');
    await expect.poll(() => opened.shown('total')).toBe('4 pictures');
  });

  test('what runs can be cancelled, and what it had done is kept', async () => {
    await page.getByRole('combobox', { name: 'What is done' }).click();
    await page.getByRole('option', { name: /False alarms/ }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: /^Cancel: False alarms/ }).click(patiently);
    await expect.poll(() => page.locator('.tests .job').getAttribute('data-state'), patiently).toBe('cancelled');
    await page.getByRole('button', { name: /^Dismiss/ }).click();
  });

  test('findings are listed, taken back, and there again after undoing', async () => {
    await tab('Findings');
    expect(await page.getByTestId('finding').count()).toBe(1);
    expect(await page.getByTestId('finding').getByRole('textbox').inputValue()).toBe('The L decides.');
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Nothing is established yet.').waitFor();
    await page.locator('body').press('Control+z');
    await page.getByTestId('finding').waitFor();
    expect(await page.getByTestId('finding').getByRole('textbox').inputValue()).toBe('The L decides.');
    expect(await findSerious(page, ['.audit-room'])).toEqual([]);
    await page.getByRole('button', { name: 'Open the case' }).click();
    await expect.poll(verdict, patiently).toBe('shortcut used');
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect([opened.faults, opened.elsewhere]).toEqual([[], []]);
  });
});
