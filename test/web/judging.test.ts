import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, openDesk, type MarkedDesk } from './marked-desk.ts';
import { browserPath, titled, type OpenedWindow } from './open-window.ts';

const count = 6;

/** Judging cases by key, alone and before the models, in a real browser. */
describe.skipIf(!browserPath)(titled('judging in the window'), () => {
  let desk: MarkedDesk;
  let opened: OpenedWindow;
  let page: Page;

  beforeAll(async () => {
    desk = await openDesk(count);
    ({ opened, page } = desk);
  });
  afterAll(() => desk.close());
  const changeReader = async (name: string): Promise<void> => {
    const field = page.getByLabel('Reader', { exact: true });
    await field.fill(name);
    await field.press('Enter');
    await eventually(() => page.locator('.reader summary').textContent()).toBe(name);
  };

  test('verdict keys, a note, and the next case without a verdict', async () => {
    await page.keyboard.press('j');
    await eventually(() => desk.verdictAt(0)).toBe('suspicious');
    await page.getByLabel('Note on the case').fill('the L decides');
    await page.getByLabel('Note on the case').press('Control+Enter');
    await eventually(() => opened.shown('place')).toBe(`2 of ${count}`);
    expect(desk.catalog.reviews.find(desk.idAt(0), 'Reader 1')).toMatchObject({
      verdict: 'suspicious',
      note: 'the L decides',
    });
    await page.keyboard.press('y');
    await page.keyboard.press('n');
    await eventually(() => opened.shown('place')).toBe(`3 of ${count}`);
    expect(desk.verdictAt(1)).toBe('clean');
    await page.keyboard.press('Shift+N');
    await eventually(() => opened.shown('place')).toBe(`${count} of ${count}`);
    await page.keyboard.press('Control+Enter');
    expect(await page.getByText('Give a verdict first').count()).toBe(1);
    await page.keyboard.press('u');
    await page.keyboard.press('n');
    await eventually(() => opened.shown('place')).toBe(`3 of ${count}`);
    await page.keyboard.press('Control+z');
    await eventually(() => desk.verdictAt(count - 1)).toBeUndefined();
    expect(await page.getByText('Undone: a review on another picture.').count()).toBe(1);
  });

  test('editing keys in a note edit the note', async () => {
    const note = page.getByLabel('Note on the case');
    await note.fill('hair');
    await note.press('Control+z');
    await eventually(() => note.inputValue()).toBe('');
    await note.press('Escape');
    expect(await page.locator('.reading').count()).toBe(1);
    expect(desk.verdictAt(1)).toBe('clean');
    await note.blur();
  });

  test('another reader has verdicts of their own, and can read before the models do', async () => {
    await page.locator('.reader summary').click();
    await changeReader('Dr B');
    expect(await page.locator('.verdicts [aria-pressed=true]').count()).toBe(0);
    expect(await page.getByText('Hand-made says').count()).toBe(1);
    await page.getByLabel('My reading first').click({ force: true });
    await eventually(() => page.getByText('Hand-made says').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('switch');
    await page.keyboard.press('u');
    await eventually(() => desk.verdictAt(2, 'Dr B')).toBe('unsure');
    expect(await page.getByText('Hand-made says').count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await eventually(() => page.getByText('Hand-made says').count()).toBe(1);
    expect(await opened.shown('place')).toBe(`3 of ${count}`);
  });

  test('a locked answer stands; what is thought once the model is seen is added beside it', async () => {
    expect(await opened.shown('locked')).toMatch(/^You said Unsure, locked /);
    await page.keyboard.press('j');
    await eventually(() => page.locator('.verdicts [aria-pressed=true]').textContent()).toMatch(/^Suspicious/);
    await page.keyboard.press('Shift+Y');
    await eventually(() => page.locator('.opinions [aria-pressed=true]').textContent()).toMatch(/^Agree/);
    await page.keyboard.press('Shift+U');
    await eventually(() => page.locator('.opinions [aria-pressed=true]').textContent()).toMatch(/wrong reason/);
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(200);
    expect(desk.verdictAt(2, 'Dr B')).toBe('unsure');
    expect(desk.catalog.secondLooks.list(desk.idAt(2)).map(({ opinion }) => opinion)).toEqual([
      undefined,
      'agree',
      'wrong-reason',
    ]);
    expect(await opened.shown('changes-of-mind')).toBe(
      'Suspicious → Agree, Suspicious → Right, wrong reason, Suspicious',
    );
  });

  test('what is there after the page is loaded again: verdicts, reader', async () => {
    await page.reload();
    await page.getByTestId('marks').waitFor();
    await eventually(() => opened.shown('place')).toBe(`3 of ${count}`);
    await eventually(() => page.locator('.reader summary').textContent()).toBe('Dr B');
    await eventually(() => page.locator('.verdicts [aria-pressed=true]').textContent()).toMatch(/^Suspicious/);
  });

  test('while the list is asked again the case stays, and keys mean it', async () => {
    const answers = Promise.withResolvers<undefined>();
    await page.route('**/samples/page**', async (route) => {
      await answers.promise;
      await route.continue();
    });
    await changeReader('Dr C');
    await page.keyboard.press('u');
    await eventually(() => desk.verdictAt(2, 'Dr C')).toBe('unsure');
    answers.resolve(undefined);
    await page.unroute('**/samples/page**');
    await changeReader('Dr B');
  });

  test('before a case is locked the gallery tells nothing of it, and counts what its reader judged', async () => {
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.reading').count()).toBe(0);
    const told = page.locator('.cell').filter({ hasText: '%' });
    await eventually(() => told.count()).toBe(1);
    await eventually(() => page.locator('.confusion td button').allTextContents()).toEqual(['1', '0', '0']);
    const verdicts = page.getByRole('region', { name: 'Verdict of Dr B', exact: true });
    await eventually(() => verdicts.getByRole('button').allTextContents()).toEqual(['Unsure1', 'Not judged yet5']);
  });

  test('in a list of open cases the next one is not passed over', async () => {
    const verdicts = page.getByRole('region', { name: 'Verdict of Dr B', exact: true });
    await verdicts.getByRole('button', { name: /5$/ }).click();
    await eventually(() => opened.shown('total')).toMatch(/^5 pictures/);
    await desk.openFirst();
    await page.keyboard.press('y');
    await eventually(() => desk.verdictAt(0, 'Dr B')).toBe('clean');
    await page.keyboard.press('n');
    await eventually(() => opened.shown('place')).toBe('1 of 4');
    await page.getByTestId('marks').waitFor();
    await page.keyboard.press('u');
    await eventually(() => desk.verdictAt(1, 'Dr B')).toBe('unsure');
    expect(desk.verdictAt(3, 'Dr B')).toBeUndefined();
  });

  test('the last open case stays before its reader when it has left the list, and says so', async () => {
    for (const [left, place] of [3, 4, 5].entries()) {
      await page.keyboard.press('n');
      await eventually(() => opened.shown('place')).toBe(`1 of ${3 - left}`);
      await page.getByTestId('marks').waitFor();
      await page.keyboard.press('y');
      await eventually(() => desk.verdictAt(place, 'Dr B')).toBe('clean');
    }
    await page.keyboard.press('n');
    await page.getByText('Dr B has judged every other case of this list.').waitFor();
    expect(await opened.shown('place')).toBe('No longer in this list');
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect(opened.elsewhere).toEqual([]);
    expect(opened.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
