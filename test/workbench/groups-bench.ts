/**
 * node test/workbench/groups-bench.ts: how well groups of maps tell pictures with the planted artefact from those without, in the biased networks and their clean
 * twins, by several sizes of pooled maps; then how long groups of many drawn maps take. Writes Markdown tables to the screen.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { groupMaps } from '#core/grouping/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { measurePurity } from './group-purity.ts';

const models = path.resolve(import.meta.dirname, '..', '..', 'models');
const planted = [
  { domain: 'chest', region: 'left-marker', label: 'Non-COVID' },
  { domain: 'skin', region: 'ink', label: 'malignant' },
] as const;
const kinds = ['vgg16-biased', 'resnet50-biased', 'vgg16-clean', 'resnet50-clean'];
const sides = [14, 28, 56];
const row = (cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`);

const folder = await mkdtemp(path.join(os.tmpdir(), 'groups-bench-'));
const workbench = createWorkbench({ catalog: path.join(folder, 'catalog.db') });
try {
  row(['network', 'artefact', 'side', 'groups', 'purity', 'by chance', 'silhouette']);
  row(['---', '---', '---', '---', '---', '---', '---']);
  for (const { domain, region, label } of planted) {
    await workbench.importDataset({ folder: path.join(models, 'demo', domain), name: domain, profile: 'none' });
    for (const [kind, side] of kinds.flatMap((kind) => sides.map((side) => [kind, side] as const))) {
      const modelPath = path.join(models, 'networks', `${domain}-${kind}.onnx`);
      const view = await workbench.groupMaps({ dataset: domain, modelPath, class: label, pictures: 'all', provider: 'cpu', side }); // prettier-ignore
      const { purity, chance } = measurePurity(view, region);
      const sizes = view.groups.map(({ size }) => size).join(' + ');
      row([
        `${domain}-${kind}`,
        region,
        `${side}`,
        sizes,
        purity.toFixed(3),
        chance.toFixed(3),
        view.silhouette.toFixed(2),
      ]);
    }
  }
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}

/** Vectors of 784 cells about five centers. */
function drawVectors(count: number): Parameters<typeof groupMaps>[0] {
  const words = createRandomWords('bench');
  const draw = (): number => words() / 2 ** 32 - 0.5;
  const centers = Array.from({ length: 5 }, () => Array.from({ length: 784 }, draw));
  return Array.from({ length: count }, (_, at) => {
    const raw = (centers[at % 5] ?? []).map((value) => value + 2 * draw());
    const length = Math.hypot(...raw);
    return { key: String(at).padStart(6, '0'), vector: Float64Array.from(raw, (value) => value / length) };
  });
}

row(['maps', 'seconds', 'method']);
row(['---', '---', '---']);
for (const count of [400, 1000, 2500, 5000]) {
  const start = performance.now();
  const { method } = await groupMaps(drawVectors(count), { mostGroups: 8, seed: 1 }, { step: () => undefined });
  row([`${count}`, ((performance.now() - start) / 1000).toFixed(1), method]);
}
