import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudy, type Study } from './small-study.ts';

const shared = path.join(import.meta.dirname, '../../../shared');
const radiographs = path.join(shared, 'data/cxr/Lung Segmentation Data/Lung Segmentation Data/Train');
const isHere = existsSync(radiographs) && existsSync(path.join(shared, 'golden/resnet50_cxr'));

const cases = [
  ['vgg16_cxr', 'features.40'],
  ['resnet50_cxr', 'layer4.2.conv3'],
] as const;
const classes = ['COVID-19', 'Non-COVID', 'Normal'];
/** Of each class. */
const pictures = 3;

describe.skipIf(!isHere)('radiographs (skipped without ../shared/data/cxr and ../shared/golden)', () => {
  let study: Study;
  beforeAll(async () => {
    study = await createStudy();
    for (const label of classes) {
      const from = path.join(radiographs, label, 'images');
      await mkdir(study.at('cxr', label), { recursive: true });
      for (const name of (await readdir(from)).toSorted().slice(0, pictures))
        await cp(path.join(from, name), study.at('cxr', label, name));
    }
    await study.import('cxr');
  });
  afterAll(() => study.remove());

  const findSums = (dataset: string, label: string, layer: string): Float32Array | undefined =>
    study.look((catalog) => {
      const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
      const known = setups.flatMap(({ id }) => catalog.concepts.layers.list(id)).filter(({ name }) => name === layer);
      const sample = catalog.samples.find(catalog.datasets.find(dataset)?.id ?? 0, `${label}/image.png`);
      return known.flatMap(({ id }) => catalog.concepts.find(id, sample?.id ?? 0)?.sums ?? [])[0];
    });

  it.each(cases)(
    'on a trained %s: the channels of %s are those of the golden case',
    async (name, layer) => {
      const folder = path.join(shared, 'golden', name);
      const golden = JSON.parse(await readFile(path.join(folder, 'case.json'), 'utf8')) as {
        readonly labels: readonly string[];
        readonly mean: readonly number[];
        readonly std: readonly number[];
      };
      const { labels, mean, std } = golden;
      const modelPath = study.at(`${name}.onnx`);
      await cp(path.join(folder, 'model.onnx'), modelPath);
      const input = { width: 224, height: 224, fit: 'whole', mean, std };
      await writeFile(study.at(`${name}.manifest.json`), JSON.stringify({ labels, input }));
      // The golden case's own pictures and classes, with what zennit-crp finds for every channel of the layer.
      const dataset = `golden ${name}`;
      for (const [at, label] of labels.slice(0, 2).entries()) {
        await mkdir(study.at(dataset, label), { recursive: true });
        await cp(path.join(folder, `image${at}.png`), study.at(dataset, label, 'image.png'));
      }
      await study.import(dataset);
      await study.workbench.findReferences({ dataset, modelPath, provider: 'cpu', layers: [layer] });
      for (const [at, label] of labels.slice(0, 2).entries()) {
        const bytes = await readFile(path.join(folder, `concepts.${at}.${layer}.f32`));
        const expected = new Float32Array(new Uint8Array(bytes).buffer);
        const found = findSums(dataset, label, layer);
        expect(found).toHaveLength(expected.length);
        const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        found?.forEach((value, channel) => {
          expect(Math.abs(value - (expected[channel] ?? NaN))).toBeLessThan(1e-5 * scale);
        });
      }
    },
    120_000,
  );

  it.each(cases)(
    'on a trained %s: the strongest concepts of %s are shown',
    async (name, layer) => {
      const request = {
        dataset: 'cxr',
        modelPath: study.at(`${name}.onnx`),
        provider: 'cpu',
        layers: [layer],
      } as const;
      const outputFolder = study.at(`${name} figures`);
      const report = await study.workbench.findReferences({ ...request, top: 1, outputFolder });
      expect(report).toMatchObject({ pictures: 9, failures: [], warnings: [] });
      const [concept] = report.concepts;
      expect(concept?.samples).toHaveLength(9);
      const svg = await readFile(path.join(outputFolder, `reference.${layer}.svg`), 'utf8');
      expect(svg.match(/<image /g)).toHaveLength(2 * 8);
      const again = await study.workbench.findReferences({
        ...request,
        concepts: [`${layer}:${concept?.channel ?? 0}`],
      });
      expect(again.computed).toBe(0);
      expect(again.concepts[0]?.samples).toEqual(concept?.samples);
    },
    120_000,
  );
});
