import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Mark } from '#core/catalog/index.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import { findSerious } from './find-serious.ts';
import { eventually, openDesk, type MarkedDesk } from './marked-desk.ts';
import { createHand, expectBox, lockScript, width } from './marked-world.ts';
import { browserPath, titled, type OpenedWindow } from './open-window.ts';

const count = 6;

/** Marking with mouse and keys in a real browser; what comes of it is looked up in the catalog. */
describe.skipIf(!browserPath)(titled('marks in the window'), () => {
  let desk: MarkedDesk;
  let opened: OpenedWindow;
  let page: Page;
  const { drag, clickAt } = createHand(() => page);

  beforeAll(async () => {
    desk = await openDesk(count);
    ({ opened, page } = desk);
  });
  afterAll(() => desk.close());

  const marksOf = (place: number): readonly Mark[] => desk.marksOf(place);
  const shapesOf = (place: number): readonly MarkShape[] => marksOf(place).map(({ shape }) => shape as MarkShape);

  test('nothing is marked before the scope is on, and the scope says its name', async () => {
    await drag([10, 10], [20, 20]);
    expect(await page.getByTestId('scope').count()).toBe(0);
    await page.keyboard.press('=');
    await page.keyboard.press('g');
    expect(await opened.shown('scope')).toMatch(/^MarkRectangleL\/R marker/);
    expect(await page.getByTestId('marks').evaluate((svg) => getComputedStyle(svg).cursor)).toBe('crosshair');
    expect(marksOf(0)).toEqual([]);
  });

  test('each shape is in the catalog, in pixels of the picture', async () => {
    await drag([4, 5], [14, 15]);
    await eventually(() => marksOf(0).length).toBe(1);
    await page.keyboard.press('o');
    await drag([30, 4], [40, 10]);
    await page.keyboard.press('p');
    for (const [x, y] of [[5, 30], [15, 30], [10, 38]] as const) await clickAt(x, y); // prettier-ignore
    await page.keyboard.press('Enter');
    await page.keyboard.press('b');
    await drag([25, 25], [35, 25]);
    await eventually(() => marksOf(0).length).toBe(4);
    const [rectangle, ellipse, polygon, brush] = shapesOf(0);
    expect([rectangle?.form, ellipse?.form]).toEqual(['rectangle', 'ellipse']);
    expectBox(rectangle, [4, 5, 14, 15]);
    expectBox(ellipse, [30, 4, 40, 10]);
    if (polygon?.form !== 'polygon' || brush?.form !== 'brush') throw new Error('These are other shapes.');
    expect(polygon.points.map((point) => point.map(Math.round))).toEqual([[5, 30], [15, 30], [10, 38]]); // prettier-ignore
    const [stroke] = brush.strokes;
    expect(stroke?.radius).toBeCloseTo(0.02 * width, 2);
    expect([stroke?.points[0], stroke?.points.at(-1)].flat().map((value) => Math.round(value ?? 0))).toEqual([25, 25, 35, 25]); // prettier-ignore
    expect(marksOf(0).map(({ author, kind }) => `${author} ${kind}`)).toEqual(Array(4).fill('Reader 1 marker'));
  });

  test('the eraser takes away from what was brushed', async () => {
    await page.keyboard.press('e');
    await drag([30, 23], [30, 27]);
    await eventually(() => (shapesOf(0)[3]?.form === 'brush' ? shapesOf(0)[3] : undefined)).toMatchObject({
      strokes: [{ erases: false }, { erases: true }],
    });
  });

  test('enlarged and moved, a mark still lands where the pointer is on the picture', async () => {
    await page.keyboard.press('Escape');
    for (let step = 0; step < 4; step++) await page.keyboard.press('+');
    await page.keyboard.press('r');
    await drag([20, 17], [27, 21]);
    await eventually(() => marksOf(0).length).toBe(5);
    expectBox(shapesOf(0)[4], [20, 17, 27, 21]);
    const line = await page.locator('.mark.selected .outline').evaluate((outline) => {
      const { a } = (outline as SVGGraphicsElement).getScreenCTM() ?? { a: 0 };
      return a * Number(outline.getAttribute('stroke-width'));
    });
    expect(line).toBeCloseTo(2.5, 3);
    await page.keyboard.press('=');
  });

  test('digits relabel the selected mark; dragging moves it, its corner makes it larger', async () => {
    await page.keyboard.press('7');
    await eventually(() => marksOf(0)[4]?.kind).toBe('ink');
    await page.keyboard.press('v');
    await drag([23, 19], [25, 22]);
    await eventually(() => (shapesOf(0)[4] as { left: number }).left).toBeCloseTo(22, 0);
    expectBox(shapesOf(0)[4], [22, 20, 29, 24]);
    await drag([29, 24], [33, 29]);
    await eventually(() => (shapesOf(0)[4] as { width: number }).width).toBeCloseTo(11, 0);
    expectBox(shapesOf(0)[4], [22, 20, 33, 29]);
    await clickAt(10, 32);
    await drag([10, 38], [12, 36]);
    await eventually(() => (shapesOf(0)[2] as { points: number[][] }).points[2]?.map(Math.round)).toEqual([12, 36]);
  });

  test('undo and redo lead through all of it', async () => {
    const before = JSON.stringify(shapesOf(0));
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z');
    await eventually(() => marksOf(0)[4]?.kind).toBe('marker');
    expectBox(shapesOf(0)[4], [20, 17, 27, 21]);
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+Shift+z');
    await eventually(() => JSON.stringify(shapesOf(0))).toBe(before);
  });

  test('Tab leads from mark to mark, Delete removes one, undo brings it back', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Delete');
    await eventually(() => marksOf(0).length).toBe(4);
    expect(shapesOf(0)[0]?.form).toBe('ellipse');
    await page.keyboard.press('Control+z');
    await eventually(() => marksOf(0).length).toBe(5);
    expect(await page.locator('.mark-list li').count()).toBe(5);
  });

  test('the key above Tab hides the marks with everything else', async () => {
    await page.keyboard.press('Backquote');
    await eventually(() => page.getByTestId('marks').count()).toBe(0);
    await page.keyboard.press('Backquote');
    await page.getByTestId('marks').waitFor();
  });

  test('a mark is copied to the same part of the next picture', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('ArrowDown');
    await eventually(() => opened.shown('place')).toBe(`2 of ${count}`);
    await page.getByTestId('picture').waitFor();
    await page.keyboard.press('Control+v');
    await eventually(() => marksOf(1).length).toBe(1);
    expect(shapesOf(1)[0]).toEqual(shapesOf(0)[0]);
    await page.keyboard.press('ArrowUp');
    await eventually(() => opened.shown('place')).toBe(`1 of ${count}`);
  });

  test('a catalog another program writes: the sentence, the mark stays, and is kept on retry', async () => {
    const keeper = spawn(process.execPath, ['-e', lockScript, desk.world.at('catalog.lightbox')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await once(keeper.stdout, 'data');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await eventually(() => opened.shown('place')).toBe(`3 of ${count}`);
      await page.keyboard.press('r');
      await drag([10, 10], [20, 20]);
      await page.locator('.save-fault').getByText('is being written by another program').waitFor();
      expect(await page.locator('.mark').count()).toBe(1);
      expect(marksOf(2)).toEqual([]);
    } finally {
      const ended = once(keeper, 'exit');
      keeper.stdin.end();
      await ended;
    }
    await page.getByRole('button', { name: 'Retry' }).click();
    await eventually(() => marksOf(2).length).toBe(1);
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });

  test('a shape of another program is told of, and the others are shown', async () => {
    const other = openCatalog(desk.world.at('catalog.lightbox'));
    other.marks.insert({ sampleId: desk.idAt(4), kind: 'spline', shape: { spline: [1, 2] }, author: 'X' });
    other.close();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.getByText('(spline) has a shape this version cannot show').waitFor();
  });

  test('axe finds nothing serious', async () => {
    await page.getByTestId('scope').waitFor();
    expect(await findSerious(page, ['.mark-panel', '.scope-name', '.marks'])).toEqual([]);
  });

  test('every control of the panel has a name and can be reached by Tab', async () => {
    await page.getByTestId('scope').waitFor();
    const unnamed = await page.locator('.mark-panel :is(button, input, textarea, summary)').evaluateAll((controls) =>
      controls
        .filter((control) => {
          const { ariaLabel, textContent, tabIndex } = control as HTMLElement;
          const labels = (control as HTMLInputElement).labels ?? [];
          return (
            (ariaLabel ?? (textContent || [...labels].map((label) => label.textContent).join(''))) === '' ||
            tabIndex < 0
          );
        })
        .map((control) => control.outerHTML),
    );
    expect(unnamed).toEqual([]);
  });

  test('nothing was asked of another place, and nothing went wrong', () => {
    expect(opened.elsewhere).toEqual([]);
    expect(opened.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});
