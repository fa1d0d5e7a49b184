import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { startWebHost, type WebHost } from '#web/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { colorFilm, colorSample, greyFilm, intercept, linear, valueAt } from './small-films.ts';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const title = browserPath ? 'reading a picture' : 'reading a picture (skipped: Chromium is not installed)';

describe.skipIf(!browserPath)(title, () => {
  let world: SmallWorld;
  let workbench: Workbench;
  let host: WebHost;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    world = await createSmallWorld(1);
    await mkdir(world.at('study'));
    await writeFile(world.at('study', 'a.dcm'), greyFilm('MONOCHROME2'));
    await writeFile(world.at('study', 'b.dcm'), greyFilm('MONOCHROME1'));
    await writeFile(world.at('study', 'c.dcm'), colorFilm());
    const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'silent', build: { outDir: world.at('bundle') } });
    workbench = createWorkbench({ catalog: world.at('catalog.lightbox') });
    await workbench.importDataset({ folder: world.at('study'), name: 'study', layout: 'dicom' });
    const job = { dataset: 'study', modelPath: world.modelPath, provider: 'cpu' } as const;
    await workbench.predictDataset(job);
    await workbench.attributeDataset({ ...job, composite: 'EpsilonPlusFlat' });
    await workbench.close();
    workbench = createWorkbench({ catalog: world.at('catalog.lightbox') });
    host = await startWebHost({ workbench, bundle: world.at('bundle') });
    browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(host.url);
    await page.locator('[data-place="0"] img').waitFor();
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await host.close();
    await workbench.close();
    await world.remove();
  });

  const shown = (id: string): Promise<string> => page.getByTestId(id).innerText();
  /** Red, green, blue on the picture's canvas at a picture pixel. */
  const pixel = (x: number, y: number): Promise<number[]> =>
    page
      .getByTestId('picture')
      .evaluate(
        (canvas, [left, top]) => [
          ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(left ?? 0, top ?? 0, 1, 1).data ?? []),
        ],
        [x, y],
      )
      .then((data) => data.slice(0, 3));
  const grey = (level: number): number[] => [level, level, level];
  /** The middle of a picture pixel on the screen, by the film's own transform as the browser understands it. */
  const screenOf = (x: number, y: number): Promise<{ x: number; y: number }> =>
    page.locator('.film').evaluate(
      (element, [left, top]) => {
        const matrix = new DOMMatrix(getComputedStyle(element).transform);
        const point = matrix.transformPoint(new DOMPoint((left ?? 0) + 0.5, (top ?? 0) + 0.5));
        const stage = element.parentElement?.getBoundingClientRect();
        return { x: point.x + (stage?.left ?? 0), y: point.y + (stage?.top ?? 0) };
      },
      [x, y],
    );
  const pointAt = async (x: number, y: number): Promise<void> => {
    const at = await screenOf(x, y);
    await page.mouse.move(at.x, at.y);
  };
  const press = (keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

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
    for (let step = 0; step < 10; step++) await press(['Shift+BracketRight']);
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
    expect(faults).toEqual([]);
  });
});
