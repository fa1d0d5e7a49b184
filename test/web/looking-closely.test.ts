import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFilmEye, openFilms, type FilmWorld } from './film-world.ts';
import { browserPath, titled } from './open-window.ts';
import { colorSample } from './small-films.ts';

describe.skipIf(!browserPath)(titled('heatmap, model input and magnifier'), () => {
  let films: FilmWorld;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    films = await openFilms();
    page = films.opened.page;
    page.on('request', (request) => asked.push(request.url()));
    await page.keyboard.press('o');
  });
  afterAll(() => films.close());

  const { shown, pixel, screenOf, pointAt, press } = createFilmEye(() => page);

  const painted = (): Promise<readonly number[]> =>
    page.getByTestId('overlay').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      return [...(canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])];
    });
  const covered = (data: readonly number[]): number => data.filter((value, at) => at % 4 === 3 && value > 0).length;

  test('opacity, threshold, colors, range and mode change the heatmap at once and ask for nothing', async () => {
    await expect.poll(async () => covered(await painted())).toBeGreaterThan(0);
    const requests = asked.length;
    await press(['C', 'c']);
    await page.getByLabel('Colors (C)').selectOption('bwr');
    const first = await painted();
    for (let step = 0; step < 12; step++) await press(['Shift+BracketRight']);
    await expect.poll(async () => covered(await painted())).toBeLessThan(0.6 * covered(first));
    const { x, y } = await screenOf(20, 10);
    await page.mouse.move(x, y);
    await page.keyboard.down('Alt');
    for (let step = 0; step < 12; step++) await page.mouse.wheel(0, 100);
    await page.keyboard.up('Alt');
    await expect.poll(async () => covered(await painted())).toBe(covered(first));
    await page.getByLabel('Opacity', { exact: true }).selectOption('constant');
    const strongest = (data: readonly number[]): number => Math.max(...data.filter((_, at) => at % 4 === 3));
    await expect
      .poll(async () => new Set((await painted()).filter((value, at) => at % 4 === 3 && value > 0)).size)
      .toBe(1);
    const full = strongest(await painted());
    await page.keyboard.down('Shift');
    for (let step = 0; step < 5; step++) await page.mouse.wheel(0, 100);
    await page.keyboard.up('Shift');
    await expect.poll(async () => strongest(await painted())).toBeLessThan(0.7 * full);
    await page.getByLabel('Color ends').selectOption('fixed');
    await page.getByLabel('Ends at').fill('1000');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown('color-bar')).toMatch(/−1e3[^]*1e3[^]*fixed scale/);
    expect(asked.slice(requests)).toEqual([]);
  });

  test('the model sees so many pixels, and what it sees has that size', async () => {
    expect(await shown('scale')).toBe('The model sees 1 pixel per 1.25 × 0.625 of the picture (32 × 32 in all).');
    await press(['e']);
    const input = page.getByTestId('model-input');
    await expect.poll(() => input.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(32);
    await press(['e']);
    await page.getByText('Strongest region').click();
    await page.getByTestId('frame-strongest').waitFor();
    await page.getByText('Strongest region').click();
  });

  test('the magnifier is round, at the pointer, and stronger when asked for again', async () => {
    await press(['m']);
    await pointAt(10, 10);
    const at = await screenOf(10, 10);
    const box = await page.getByTestId('lens').boundingBox();
    expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - at.x)).toBeLessThan(1);
    expect(await shown('tool')).toMatch(/^Magnifier 2×/);
    await press(['o']);
    await press(['m']);
    expect(await shown('tool')).toMatch(/^Magnifier 3×/);
    await pointAt(10, 10);
    const lens = await page.getByTestId('lens').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return [
        ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(width / 2, height / 2, 1, 1).data ?? []),
      ];
    });
    expect(lens.slice(0, 3)).toEqual(await pixel(10, 10));
  });

  test('a color picture shows its own samples, is moved by dragging, and its window works on them', async () => {
    await press(['p', 'End']);
    await expect.poll(() => shown('place')).toBe('3 of 3');
    await page.getByTestId('window').waitFor();
    expect(await shown('window')).toMatch(/^Automatic \(As stored\)/);
    const expected = [0, 1, 2].map((lane) => colorSample(11, 4, lane));
    await expect.poll(() => pixel(11, 4)).toEqual(expected);
    await pointAt(11, 4);
    expect(await shown('probe')).toContain(`RGB ${expected.join(' ')}`);
  });

  test('a double click takes the panel away and brings it back', async () => {
    const { x, y } = await screenOf(15, 5);
    await page.mouse.dblclick(x, y);
    await expect.poll(() => page.getByLabel('About the picture').count()).toBe(0);
    const again = await screenOf(15, 5);
    await page.mouse.dblclick(again.x, again.y);
    await expect.poll(() => page.getByLabel('About the picture').count()).toBe(1);
  });

  test('nothing went wrong', () => {
    expect(films.opened.faults).toEqual([]);
  });
});
