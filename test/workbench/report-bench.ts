/**
 * What a report takes when predictions and maps are in the catalog: `node test/workbench/report-bench.ts [PICTURES] [MODEL]` (200, and the
 * biased chest VGG16 of the demo). Pictures are the demo's chest films and the same made a little brighter, at 1024 x 1024, with masks of the
 * lungs; the first report fills the catalog, the second is the one that is told.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createWorkbench } from '#core/workbench/index.ts';

const pictures = Number(process.argv[2] ?? 200);
const models = path.resolve(import.meta.dirname, '..', '..', 'models');
const modelPath = process.argv[3] ?? path.join(models, 'networks', 'chest-vgg16-biased.onnx');
const part = 'Infection Segmentation Data';
const test = path.join(models, 'demo', 'chest', part, part, 'Test');
const side = 1024;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function fillDataset(folder: string): Promise<void> {
  const labels = await readdir(test);
  for (let made = 0; made < pictures; made++) {
    const label = labels[made % labels.length] ?? '';
    const names = (await readdir(path.join(test, label, 'images'))).sort();
    const round = Math.floor(made / labels.length);
    const name = names[round % names.length] ?? '';
    for (const kind of ['images', 'lung masks']) {
      const to = path.join(folder, 'Test', label, kind, `${made}.png`);
      await mkdir(path.dirname(to), { recursive: true });
      const picture = sharp(path.join(test, label, kind, name)).resize(side, side);
      const offset = kind === 'images' ? Math.floor(round / names.length) : 0;
      await picture.linear(1, offset).toColorspace('b-w').png().toFile(to);
    }
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-report-'));
const workbench = createWorkbench({ catalog: path.join(folder, 'bench.lightbox') });
try {
  await fillDataset(path.join(folder, 'films'));
  const { samples } = await workbench.importDataset({
    folder: path.join(folder, 'films'),
    name: 'films',
    profile: 'none',
  });
  const request = {
    dataset: 'films',
    modelPaths: [modelPath],
    provider: 'cpu',
    outputFolder: path.join(folder, 'report'),
  } as const;
  const first = await workbench.saveReport(request);
  const again = await workbench.saveReport(request);
  print(`${samples.added} pictures of ${side} x ${side}, ${path.basename(modelPath)}`);
  print(`report with nothing in the catalog: ${first.seconds.toFixed(1)} s`);
  print(`report with maps in the catalog: ${again.seconds.toFixed(1)} s`);
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
