import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExplained, soon, type ExplainedWorld } from './explained-world.ts';
import { browserPath, titled } from './open-window.ts';

/** What is asked in the window and cannot be answered at once, or at all. */
describe.skipIf(!browserPath)(titled('explaining in trouble'), { timeout: 60_000 }, () => {
  let explained: ExplainedWorld;
  let page: Page;

  beforeAll(async () => {
    explained = await openExplained();
    page = explained.page;
  }, 120_000);
  afterAll(() => explained.close());

  const countKept = (): number => explained.countKept();
  const shown = (viewport: string): Promise<string> => explained.shown(viewport);
  const becomes = (viewport: string, wanted: (look: string) => boolean): Promise<void> =>
    explained.becomes(viewport, wanted);

  test('told to ask first, it asks first', async () => {
    await page.keyboard.press('F3');
    await shown('heatmap');
    await page.getByRole('switch', { name: 'Compute without asking' }).click();
    const before = countKept();
    await page.keyboard.press('ArrowDown');
    await page.getByTestId('viewport-heatmap').getByText('not computed').waitFor();
    expect(countKept()).toBe(before);
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Compute' }).click();
    await shown('heatmap');
    await soon(countKept).toBe(before + 1);
    await page.getByRole('switch', { name: 'Compute without asking' }).click();
  });

  test('an engine that dies is told in a sentence, and the next question is answered', async () => {
    await page.keyboard.press('ArrowDown');
    await shown('heatmap');
    const engine = await findEngine();
    process.kill(engine, 'SIGSTOP');
    await page.keyboard.press('.');
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Cancel' }).waitFor();
    process.kill(engine, 'SIGKILL');
    const fault = page.getByTestId('viewport-heatmap').getByRole('alert');
    await fault.waitFor();
    expect(await fault.textContent()).toMatch(/^The engine process ended unexpectedly .* Try again/);
    await page.getByTestId('viewport-heatmap').getByRole('button', { name: 'Try again' }).click();
    await shown('heatmap');
  });

  test('a model whose file is gone says what to do, and shows what is known of it', async () => {
    const known = await shown('heatmap');
    await rename(explained.world.modelPath, `${explained.world.modelPath}.away`);
    await rename(explained.world.at('second.onnx'), explained.world.at('second.away'));
    await page.keyboard.press('.');
    const fault = page.getByTestId('viewport-heatmap').getByRole('alert');
    await expect
      .poll(() => fault.textContent())
      .toMatch(/is not there any more; put the file back, or add the model again under Models/);
    await page.keyboard.press(',');
    await becomes('heatmap', (look) => look === known);
    expect(explained.opened.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});

/** The process that computes, a child of this one. */
async function findEngine(): Promise<number> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(process.pid), '-f', 'engine-process']);
  return Number(stdout.trim().split('\n')[0]);
}
