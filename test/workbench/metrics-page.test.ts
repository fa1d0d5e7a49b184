import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { metricGroups, metrics, type Metric } from '#shared/metrics/index.ts';

const page = path.join(import.meta.dirname, '../../docs/metrics.md');

const escape = (text: string): string => text.replaceAll('|', '\\|');
const head =
  '| number | formula | how to read it | unit | undefined where | source |\n| --- | --- | --- | --- | --- | --- |';
const row = ({ name, formula, meaning, unit, undefinedWhen, source }: Metric): string =>
  `| ${[name, formula, meaning, unit, undefinedWhen, source].map(escape).join(' | ')} |`;

/** Redrawn by `npx vitest run metrics-page --update`. */
it('docs/metrics.md has every number as the window and reports have it', async () => {
  const parts = metricGroups.map((group) => `## ${group.title}\n\n${[head, ...group.metrics.map(row)].join('\n')}`);
  const text = [introduction, ...parts].join('\n\n');
  const settings = await resolveConfig(page);
  await expect(await format(text, { ...settings, parser: 'markdown' })).toMatchFileSnapshot(page);
});

const introduction = `# What every number means

Drawn from \`src/shared/metrics\`, which tooltips, reports and \`metrics.csv\` of a report's bundle read too.

Notation. f_c(x): logit of class c; p_c: its probability (softmax). R: relevance summed over color, turned so that above zero speaks for the class;
R⁺ = max(R, 0), R⁻ = max(−R, 0). M: a region, a(p) the share of pixel p that it covers (0 to 1), |M| = Σ a(p); Ω: all pixels of the model's input.
More on each: [evaluation](evaluation.md), [audit](audit.md), [robustness and map quality](robustness.md).`;

it('a number has a name of its own, a formula, a meaning and a unit, and stands in one group', () => {
  const all = metricGroups.flatMap((group) => group.metrics);
  expect(new Set(all)).toEqual(new Set(Object.values(metrics)));
  expect(new Set(all.map(({ name }) => name)).size).toBe(Object.keys(metrics).length);
  for (const { formula, meaning, unit } of all)
    expect(Math.min(formula.length, meaning.length, unit.length)).toBeGreaterThan(0);
});
