import type { Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';

/** What axe finds serious or critical in parts of the page, in all of it if none are named: rule and place. */
export async function findSerious(page: Page, parts?: readonly string[]): Promise<readonly string[]> {
  // The page's own policy lets in no foreign script, the debugger does.
  await page.evaluate(axe.source);
  // Colors on their way from one theme to another are nobody's.
  await page.evaluate(async () => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
  const found = await page.evaluate(async (include) => {
    const { axe: inPage } = globalThis as unknown as {
      axe: { run(scope: object): Promise<{ violations: Result[] }> };
    };
    return (await inPage.run(include ? { include } : document)).violations;
  }, parts);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
