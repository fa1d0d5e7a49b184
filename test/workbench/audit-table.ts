/**
 * node test/workbench/audit-table.ts [FOLDER] [--only chest-vgg16]: how the verdict does on planted shortcuts. Every picture of the demo sets that carries the planted artefact is
 * tested in the biased networks and in their clean twins, and a mark of nothing on every picture. Writes a Markdown table to the screen, and
 * each network's record and cases into FOLDER where it is given.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkbench, type DatasetMarkReport } from '#core/workbench/index.ts';

const models = path.resolve(import.meta.dirname, '..', '..', 'models');
const planted = [
  { domain: 'chest', region: 'left-marker' },
  { domain: 'skin', region: 'ink' },
] as const;

const names = ['vgg16-biased', 'vgg16-clean', 'resnet50-biased', 'resnet50-clean'];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function describeRate(rate: DatasetMarkReport['marks'] | null): string {
  if (!rate) return '-';
  const { cases, verdicts, interval } = rate;
  return `${verdicts['shortcut used']} of ${cases}, ${percent(rate.rate)} (${percent(interval.low)} to ${percent(interval.high)})`;
}

const others = ({ verdicts }: DatasetMarkReport['marks']): string =>
  Object.entries(verdicts)
    .flatMap(([verdict, count]) => (verdict === 'shortcut used' || count === 0 ? [] : [`${count} ${verdict}`]))
    .join(', ');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' } },
});
const [out] = positionals;
const folder = await mkdtemp(path.join(os.tmpdir(), 'audit-table-'));
const workbench = createWorkbench({ catalog: path.join(folder, 'catalog.db') });
const row = (cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`);

/** A row of the table. */
async function measure({ domain, region }: (typeof planted)[number], name: string): Promise<void> {
  const modelPath = path.join(models, 'networks', `${domain}-${name}.onnx`);
  if (!existsSync(modelPath) || !`${domain}-${name}`.startsWith(values.only)) return;
  const outputFolder = out === undefined ? undefined : path.join(out, `${domain}-${name}`);
  const request = { dataset: `demo-${domain}`, region, modelPath, nulls: 1, provider: 'cpu', outputFolder } as const;
  const { marks, nulls } = await workbench.testRegionOfDataset(request);
  row([`${domain}-${name}`, region, describeRate(marks), others(marks), describeRate(nulls)]);
}

try {
  row(['network', 'artefact', 'shortcut used (95 % interval)', 'other verdicts', 'marks of nothing']);
  row(['---', '---', '---', '---', '---']);
  for (const set of planted) {
    const demo = path.join(models, 'demo', set.domain);
    await workbench.importDataset({ folder: demo, name: `demo-${set.domain}`, profile: 'none' });
    for (const name of names) await measure(set, name);
  }
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
