import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { findSerious } from './find-serious.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

/** Studies in a real browser: saved, brought in, compared and joined. */
describe.skipIf(!browserPath)(titled('studies in the window'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  const patiently = { timeout: 30_000 };
  const at = (name: string): string => world.at(`${name}.lightbox-study`);

  beforeAll(async () => {
    world = await createLabelledWorld(2);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world, { explains: false });
    read('A', ['clean', 'suspicious', 'clean', 'unsure']);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    await opened.page.locator('.cell img').first().waitFor();
    await opened.page.getByRole('button', { name: 'More', exact: true }).click();
    await opened.page.getByRole('menuitem', { name: 'Study', exact: true }).click();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  function read(author: string, verdicts: readonly ('clean' | 'unsure' | 'suspicious')[]): void {
    const catalog = openCatalog(world.catalog);
    for (const [index, verdict] of verdicts.entries())
      catalog.reviews.put({ sampleId: index + 1, author, verdict, note: '' });
    catalog.close();
  }

  const step = (name: string) => opened.page.getByRole('region', { name, exact: true });

  async function fill(name: string, label: string, file: string): Promise<void> {
    await step(name).getByLabel(label, { exact: true }).fill(file);
  }

  async function save(file: string): Promise<string | null> {
    await fill('Save a study', 'File, ending in .lightbox-study', file);
    await step('Save a study').getByRole('button', { name: 'Save a study' }).click();
    const said = step('Save a study').locator('[role=status], [role=alert]');
    await expect.poll(() => said.count(), patiently).toBe(1);
    return said.textContent();
  }

  test('one is saved where it is said, or a sentence says why not', async () => {
    expect(await save(world.at('study.zip'))).toContain('end it in .lightbox-study');
    expect(await save(at('a'))).toBe('Saved: 12 pictures’ hashes, 0 marks, 4 verdicts and notes.');
    expect(existsSync(at('a'))).toBe(true);
  });

  test('and brought in, where nothing is added twice', async () => {
    await fill('Bring in a study', 'File, ending in .lightbox-study', at('a'));
    await step('Bring in a study').getByRole('button', { name: 'Bring in a study' }).click();
    await expect.poll(() => step('Bring in a study').getByRole('status').textContent(), patiently).toBe('Added: 0 marks, 0 verdicts and notes; 4 were there already.'); // prettier-ignore
  });

  test('two readers are compared, and the cases to settle stand in order', async () => {
    await fill('Two readers', 'First reader’s study', at('a'));
    await fill('Two readers', 'Second reader’s study', at('none'));
    await step('Two readers').getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => step('Two readers').getByRole('alert').textContent(), patiently).toContain('cannot be read');
    await fill('Two readers', 'Second reader’s study', at('a'));
    await step('Two readers').getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => opened.shown('agreement'), patiently).toContain('4 cases read by both; Cohen’s kappa of verdicts 1.00');
    expect(await opened.shown('agreement')).toContain('Nothing is left to settle.');
  }); // prettier-ignore

  test('and joined for a third', async () => {
    await fill('Two readers', 'Joined study', at('both'));
    await step('Two readers').getByRole('button', { name: 'Join into a new file' }).click();
    await expect.poll(() => step('Two readers').getByRole('status').textContent(), patiently).toContain('4 verdicts are settled, 0 cases are open.'); // prettier-ignore
    expect(existsSync(at('both'))).toBe(true);
  });

  test('the panel can be read and reached by everybody', async () => {
    expect(await findSerious(opened.page, ['.side-panel'])).toEqual([]);
    await opened.page.screenshot({ path: process.env['STUDY_SHOT'] ?? world.at('study.png') });
    expect(opened.faults).toEqual([]);
    expect(opened.elsewhere).toEqual([]);
  });
});
