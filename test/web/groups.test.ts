/** Groups of maps and the audit of a dataset in a real browser: found, looked at by mouse and by keyboard, tagged, opened. */
import path from 'node:path';
import axe, { type Result } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

const models = path.resolve(import.meta.dirname, '..', '..', 'models');
const modelPath = path.join(models, 'networks', 'chest-resnet50-biased.onnx');
let [world, opened]: [SmallWorld | undefined, OpenedWindow | undefined] = [undefined, undefined];

const page = (): OpenedWindow['page'] => {
  if (!opened) throw new Error('There is no window.');
  return opened.page;
};
const shown = (id: string): Promise<string | null> => page().getByTestId(id).textContent();
const total = (): Promise<string | null> => shown('total');

async function fill(catalog: string): Promise<void> {
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: path.join(models, 'demo', 'chest'), name: 'films' });
  const job = { dataset: 'films', modelPath, provider: 'cpu' } as const;
  await workbench.predictDataset(job);
  await workbench.attributeDataset({ ...job, target: 'Non-COVID' });
  await workbench.close();
}

describe.skipIf(!browserPath)(titled('groups of maps in the window'), () => {
  beforeAll(async () => {
    world = await createSmallWorld(0);
    const [catalog, bundle] = [world.at('catalog.lightbox'), world.at('bundle')];
    await fill(catalog);
    await buildWindow(bundle);
    opened = await openWindow({ catalog, bundle });
    await page().getByTestId('total').waitFor();
  }, 300_000);

  afterAll(async () => {
    await opened?.close();
    await world?.remove();
  });

  test('are found by a button, as many as the eigengap says', async () => {
    await page().keyboard.press('Alt+g');
    await page().getByRole('button', { name: 'Find groups' }).click();
    await page().getByTestId('scatter').waitFor({ timeout: 60_000 });
    await expect.poll(() => page().getByRole('option').count()).toBe(2);
    expect(await page().getByRole('option').first().textContent()).toContain('Group 136 maps');
    expect(
      await page()
        .getByRole('img', { name: /^Eigenvalues: 0.000/ })
        .count(),
    ).toBe(1);
  });

  test('the arrows go from group to group, and what stands on the pictures is told', async () => {
    await page().keyboard.press('ArrowDown');
    await expect.poll(() => shown('chosen')).toBe('36 chosen');
    await page().keyboard.press('ArrowDown');
    await expect.poll(() => shown('chosen')).toBe('24 chosen');
    const first = page().locator('.group-regions li').first();
    expect(await first.textContent()).toContain('left-marker100 % / 0 %');
  });

  test('a line drawn round all maps chooses all, a click one; the map under the pointer is shown', async () => {
    const box = await page().getByTestId('scatter').boundingBox();
    if (!box) throw new Error('There is no plot.');
    const { x, y, width, height } = box;
    await page().mouse.move(x + 2, y + 2);
    await page().mouse.down();
    for (const [right, down] of [
      [width - 2, 2],
      [width - 2, height - 2],
      [2, height - 2],
      [2, 2],
    ] as const)
      await page().mouse.move(x + right, y + down, { steps: 4 });
    await page().mouse.up();
    await expect.poll(() => shown('chosen')).toBe('60 chosen'); // prettier-ignore
    // The leftmost map lies on the left edge of the plot, wherever up or down.
    for (let down = 0; down < height && (await page().getByTestId('hovered').count()) === 0; down += 6)
      await page().mouse.move(x + 14, y + down);
    expect(await page().getByTestId('hovered').textContent()).toContain('silhouette');
    await page().mouse.down();
    await page().mouse.up();
    await expect.poll(() => shown('chosen')).toBe('1 chosen');
  });

  test('a group is tagged after asking, and opens in the gallery as a filter', async () => {
    await page().getByRole('option').nth(1).click();
    await page().getByRole('textbox', { name: 'Name of the tag' }).fill('L marker');
    await page().getByRole('button', { name: 'Tag them' }).click();
    await page().getByText('Tag 24 pictures “L marker”?').waitFor();
    await page().getByRole('button', { name: 'Yes, tag' }).click();
    await page().getByText('24 tagged “L marker”.').waitFor();
    await page().getByRole('button', { name: 'Show in gallery' }).click();
    await expect.poll(total).toBe('24 pictures');
    await page().getByRole('button', { name: 'Clear all filters' }).click();
    await expect.poll(total).toBe('60 pictures');
    const tag = page().locator('.facet', { hasText: 'Tags' }).getByText('L marker');
    await expect.poll(() => tag.count()).toBe(1);
  });

  test('the audit is there from the import: features, twins, masks that go with the label', async () => {
    await page().keyboard.press('Alt+d');
    await page()
      .getByRole('row', { name: /^border brightness/ })
      .waitFor();
    expect(
      await page()
        .getByRole('row', { name: /^native size/ })
        .textContent(),
    ).toContain('all cases have the same');
    expect(
      await page()
        .getByRole('row', { name: /^left-marker/ })
        .count(),
    ).toBe(3);
    expect(await page().getByText('None were found.').count()).toBe(1);
  });

  test.each(['Alt+g', 'Alt+d'])('nobody is kept out: axe finds nothing after %s', async (key) => {
    await page().keyboard.press(key);
    await page().locator('main').waitFor();
    // The page's own policy lets in no foreign script, the debugger does.
    await page().evaluate(axe.source);
    const found = await page().evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as {
        axe: { run(scope: object): Promise<{ violations: Result[] }> };
      };
      return (await inPage.run({ include: ['main'] })).violations;
    });
    const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });

  test('nothing went wrong, and nothing was asked of other places', () => {
    expect(opened?.faults).toEqual([]);
    expect(opened?.elsewhere).toEqual([]);
  });
});
