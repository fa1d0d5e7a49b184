import type { Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';

/** What axe finds serious or critical in a part of the page. */
export async function findViolations(page: Page, include: readonly string[]): Promise<readonly Result[]> {
  // The page's own policy lets in no foreign script, the debugger does.
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    async (scope) => {
      const { axe: inPage } = globalThis as unknown as {
        axe: { run(scope: object): Promise<{ violations: Result[] }> };
      };
      return (await inPage.run(scope)).violations;
    },
    { include: [...include] },
  );
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
