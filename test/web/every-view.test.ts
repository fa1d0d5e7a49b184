import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSerious } from './find-serious.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from './labelled-world.ts';
import { eventually } from './marked-desk.ts';
import { browserPath, buildWindow, openWindow, titled, type OpenedWindow } from './open-window.ts';

interface View {
  readonly name: string;
  /** Keys that lead there from the view before. */
  readonly keys: readonly string[];
  /** What is there once it is. */
  readonly shows: string;
}

const panels: readonly View[] = [
  { name: 'gallery', keys: [], shows: '.cell img' },
  { name: 'open a folder', keys: ['Control+o'], shows: '.side-panel .folders' },
  { name: 'datasets', keys: ['Control+Shift+O'], shows: '.dataset' },
  { name: 'queues', keys: ['Control+Shift+Q'], shows: '.queue' },
  { name: 'jobs', keys: ['Control+j'], shows: '.side-panel' },
  { name: 'models', keys: ['Control+m'], shows: '.models li' },
  { name: 'settings', keys: ['Control+,'], shows: '.side-panel [role=radiogroup]' },
  { name: 'palette', keys: ['Escape', 'Control+k'], shows: '.commands li' },
  { name: 'keys', keys: ['Escape', '?'], shows: '.sheet' },
];

const readings: readonly View[] = [
  { name: 'read', keys: ['F2', 'o'], shows: '[data-testid=color-bar]' },
  { name: 'mark', keys: ['g'], shows: '[data-testid=scope]' },
  { name: 'explain', keys: ['g', 'F3'], shows: '[data-testid=viewport-heatmap] [data-testid=overlay]:not([hidden])' },
  { name: 'seven-up', keys: ['F4'], shows: '[data-testid=viewport-agreement] [data-testid=overlay]:not([hidden])' },
  { name: 'concepts', keys: ['F6'], shows: '[aria-label=Concepts] .concept-row' },
  { name: 'attribution graph', keys: ['Shift+A'], shows: '[data-testid=concept-graph]' },
  { name: 'concept page', keys: ['Shift+C'], shows: '.concept-page' },
  { name: 'two models', keys: ['Shift+C', 'F7'], shows: '[data-testid=viewport-first]' },
];

/** Every view, in every theme and on screens from small to large. */
describe.skipIf(!browserPath)(titled('every view'), () => {
  let world: LabelledWorld;
  let opened: OpenedWindow;
  let page: Page;
  const refused: string[] = [];
  beforeAll(async () => {
    world = await createLabelledWorld(8);
    await buildWindow(world.at('bundle'));
    await fillCatalog(world);
    opened = await openWindow({ catalog: world.catalog, bundle: world.at('bundle') });
    page = opened.page;
    await page.context().route(
      ({ hostname, protocol }) => protocol.startsWith('http') && hostname !== '127.0.0.1',
      async (route) => {
        refused.push(route.request().url());
        await route.abort();
      },
    );
    await page.reload();
    await page.locator('.cell img').first().waitFor();
  });
  afterAll(async () => {
    await opened.close();
    await world.remove();
  });

  const go = async ({ keys, shows }: View): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
    await page.locator(shows).first().waitFor();
  };
  const openReading = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.locator('[data-place="0"]').click();
    await page.getByTestId('window').waitFor();
  };
  const close = async (): Promise<void> => {
    for (let step = 0; step < 3 && (await page.locator('.reading').count()) > 0; step++) {
      await page.keyboard.press('F2');
      await page.keyboard.press('Escape');
    }
    await eventually(() => page.locator('.reading').count()).toBe(0);
  };
  /** Visits all views; what is found is told with the view's name. */
  const visit = async (look: (name: string) => Promise<readonly string[]>): Promise<readonly string[]> => {
    const found: string[] = [];
    const lookAt = async (view: View): Promise<void> => {
      await go(view);
      found.push(...(await look(view.name)).map((fault) => `${view.name}: ${fault}`));
    };
    for (const view of panels) await lookAt(view);
    await openReading();
    for (const view of readings) await lookAt(view);
    await page.keyboard.press('o');
    await close();
    return found;
  };

  test.each(['Reading room', 'Dark', 'Light'])('axe finds nothing serious in theme %s', async (theme) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'What do you want to do?' }).fill(`Theme: ${theme}`);
    await page.keyboard.press('Enter');
    expect(await visit(() => findSerious(page))).toEqual([]);
  });

  test.each([
    [1280, 720],
    [3840, 2160],
  ])('at %i x %i nothing stands out of the window', async (width, height) => {
    await page.setViewportSize({ width, height });
    const outside = (): Promise<readonly string[]> =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        const isWhole = scrollWidth <= clientWidth && scrollHeight <= clientHeight;
        return isWhole ? [] : [`${scrollWidth} x ${scrollHeight} in ${clientWidth} x ${clientHeight}`];
      });
    expect(await visit(outside)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  test('every key of the sheet is a command of the palette too, and the palette is worked by keys alone', async () => {
    const namesIn = async (opener: string, rows: string): Promise<readonly string[]> => {
      await page.keyboard.press(opener);
      await page.locator(rows).first().waitFor();
      const names = await page.locator(rows).allTextContents();
      await page.keyboard.press('Escape');
      return names;
    };
    await openReading();
    const keyed = await namesIn('?', '.sheet dt');
    const commands = await namesIn('Control+k', '.commands li > span:first-child');
    expect(keyed.length).toBeGreaterThan(40);
    expect(keyed.filter((name) => !commands.includes(name))).toEqual([]);
    expect(commands.length).toBeGreaterThan(keyed.length);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Layout: Explain');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByTestId('viewport-heatmap').waitFor();
    await close();
  });

  test('what is typed at once after Ctrl K is typed into the palette', async () => {
    const focused = await page.evaluate(async () => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, cancelable: true }));
      // Before any timer or frame: the next key could be on its way.
      await Promise.resolve();
      return document.activeElement?.className;
    });
    expect(focused).toBe('overlay-search');
    await page.keyboard.press('Escape');
    await page.locator('.overlay').waitFor({ state: 'detached' });
  });

  test('no two actions of a view have a key in common, but where one scope goes before another by design', async () => {
    await openReading();
    await page.keyboard.press('?');
    const rows = await page
      .locator('.sheet section')
      .evaluateAll((sections) =>
        sections.flatMap((section) =>
          [...section.querySelectorAll('.sheet-row')].flatMap((row) =>
            [...row.querySelectorAll('kbd')].map((key) =>
              [section.querySelector('h3')?.textContent, key.textContent].join(' '),
            ),
          ),
        ),
      );
    await page.keyboard.press('Escape');
    expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
    await close();
  });

  test('nothing but this machine was asked, and nothing went wrong', () => {
    expect([refused, opened.elsewhere, opened.faults]).toEqual([[], [], []]);
  });
});
