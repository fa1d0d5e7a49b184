import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFilmEye, openFilms, type FilmWorld } from './film-world.ts';
import { browserPath, titled } from './open-window.ts';
import { intercept, linear, valueAt } from './small-films.ts';

describe.skipIf(!browserPath)(titled('reading a picture'), () => {
  let films: FilmWorld;
  let page: Page;

  beforeAll(async () => {
    films = await openFilms();
    page = films.opened.page;
  });
  afterAll(() => films.close());

  const { shown, pixel, screenOf, pointAt, press } = createFilmEye(() => page);
  const grey = (level: number): number[] => [level, level, level];

  test("a film is shown by the file's first window, computed from the values", async () => {
    expect(await shown('window')).toBe('Automatic (WIDE) · C 3000 W 2000');
    expect(await shown('tool')).toMatch(/^Window/);
    for (const [x, y] of [
      [0, 0],
      [7, 3],
      [20, 10],
      [39, 19],
    ] as const) {
      expect(await pixel(x, y)).toEqual(grey(linear(valueAt(x, y), 3000, 2000)));
    }
  });

  test('Alt and a digit choose a window, which says so and stays on the next film; polarity comes last', async () => {
    await press(['Alt+Digit2']);
    await expect.poll(() => shown('window')).toBe('NARROW · C 2000 W 501');
    await expect.poll(() => pixel(10, 5)).toEqual(grey(linear(valueAt(10, 5), 2000, 501)));
    await press(['ArrowDown']);
    await expect.poll(() => shown('place')).toBe('2 of 3');
    await page.getByTestId('window').waitFor();
    expect(await shown('window')).toBe('NARROW · C 2000 W 501');
    await expect.poll(() => pixel(10, 5)).toEqual(grey(255 - linear(valueAt(10, 5), 2000, 501)));
    await press(['i']);
    await expect.poll(() => pixel(10, 5)).toEqual(grey(linear(valueAt(10, 5), 2000, 501)));
    await press(['i', 'ArrowUp']);
    await expect.poll(() => shown('place')).toBe('1 of 3');
  });

  test('dragging to the right widens the window, down moves it to higher values; Alt+0 goes back', async () => {
    await press(['Alt+Digit1']);
    await expect.poll(() => shown('window')).toBe('WIDE · C 3000 W 2000');
    const { x, y } = await screenOf(20, 10);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 30);
    await page.mouse.up();
    const words = await shown('window');
    const [, center = 0, width = 0] = (/^Own window · C (\d+) W (\d+)$/.exec(words) ?? []).map(Number);
    // 600 pixels go through the values that all but 0.1 % at either end have: 1000 to 4990 or 4995.
    expect(width - 2000).toBeGreaterThan(380);
    expect(width - 2000).toBeLessThan(420);
    expect(center - 3000).toBeGreaterThan(190);
    expect(center - 3000).toBeLessThan(210);
    const expected = Math.round(255 * ((valueAt(20, 10) - center) / width + 0.5));
    expect(Math.abs(((await pixel(20, 10))[0] ?? 0) - expected)).toBeLessThanOrEqual(1);
    await press(['Alt+Digit0']);
    await expect.poll(() => pixel(20, 10)).toEqual(grey(linear(valueAt(20, 10), 3000, 2000)));
  });

  test('Ctrl and a drag spread the values of a region over all greys', async () => {
    const [from, to] = [await screenOf(5, 4), await screenOf(15, 8)];
    await page.mouse.move(from.x, from.y);
    await page.keyboard.down('Control');
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Control');
    expect(await shown('window')).toMatch(/^Own window/);
    await expect.poll(() => pixel(4, 4)).toEqual(grey(0));
    await expect.poll(() => pixel(16, 9)).toEqual(grey(255));
    await press(['Alt+Digit0']);
  });

  test('the probe tells the same pixel however the film is turned, flipped and zoomed', async () => {
    await press(['o']);
    const told = `x 31  y 4   ·   value ${valueAt(31, 4)} (stored ${valueAt(31, 4) - intercept})`;
    const lines: string[] = [];
    for (const keys of [[], ['r'], ['h'], ['+', '+'], ['v'], ['Shift+Z'], ['l', 'l'], ['=']]) {
      await press(keys);
      await expect
        .poll(async () => {
          await pointAt(31, 4);
          return shown('probe');
        })
        .toContain(told);
      lines.push(await shown('probe'));
    }
    // Film of 40 x 20, map of 32 x 32: column trunc(31.5 / 40 * 32), row trunc(4.5 / 20 * 32).
    expect(lines[0]).toContain('at model pixel 25, 7');
    expect(new Set(lines.map((line) => line.split('relevance')[1])).size).toBe(1);
    await press(['Shift+R']);
  });

  test('a mirrored film says so in large letters, a turned one quietly', async () => {
    expect(await page.getByTestId('turn').count()).toBe(0);
    await press(['h']);
    expect(await shown('turn')).toContain('MIRRORED');
    const size = await page.getByTestId('turn').evaluate((tag) => parseFloat(getComputedStyle(tag).fontSize));
    expect(size).toBeGreaterThan(20);
    await press(['Backquote']);
    await expect.poll(() => page.getByTestId('probe').count()).toBe(0);
    expect(await shown('turn')).toContain('MIRRORED');
    await press(['Backquote']);
    await press(['h', 'v']);
    expect(await shown('turn')).toContain('FLIPPED');
    await press(['v', 'r']);
    expect(await shown('turn')).toBe('TURNED RIGHT');
    await press(['l']);
    expect(await page.getByTestId('turn').count()).toBe(0);
  });

  test('the wheel zooms at the pointer', async () => {
    await press(['p']);
    // Wheels are told in whole pixels of the screen.
    const { x, y } = await screenOf(12, 6);
    const pointer = { x: Math.round(x), y: Math.round(y) };
    const under = (): Promise<readonly number[]> =>
      page.locator('.film').evaluate((element, at) => {
        const stage = element.parentElement?.getBoundingClientRect();
        const matrix = new DOMMatrix(getComputedStyle(element).transform).inverse();
        const point = matrix.transformPoint(new DOMPoint(at.x - (stage?.left ?? 0), at.y - (stage?.top ?? 0)));
        return [point.x, point.y];
      }, pointer);
    const before = await under();
    await page.mouse.move(pointer.x, pointer.y);
    await page.mouse.wheel(0, -400);
    await expect.poll(() => shown('tool')).not.toContain('fits');
    expect(await under()).toEqual(before.map((part): unknown => expect.closeTo(part, 2)));
  });

  test('zoom, place, turn, window and look are kept on the next film; nothing of it is asked for again', async () => {
    await press(['r', 'Alt+Digit2', 'c', 'BracketLeft', 'Shift+BracketRight']);
    const state = async (): Promise<readonly string[]> => [
      await page.locator('.film').evaluate((element) => element.style.transform),
      await shown('window'),
      await shown('tool'),
      await page.getByLabel('Colors (C)').inputValue(),
    ];
    const before = await state();
    await press(['ArrowDown']);
    await expect.poll(() => shown('place')).toBe('2 of 3');
    await page.getByTestId('window').waitFor();
    expect(await state()).toEqual(before);
    await press(['ArrowUp']);
    await expect.poll(() => shown('place')).toBe('1 of 3');
    await page.getByTestId('window').waitFor();
    await press(['Shift+R']);
  });

  test('nothing went wrong', () => {
    expect(films.opened.faults).toEqual([]);
  });
});
