import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine } from '#core/engine/index.ts';
import { readDataset } from '#core/datasets/index.ts';
import { tinyPng } from '#core/datasets/test-trees.ts';
import { loadManifest } from '#core/imaging/index.ts';
import { createNetwork } from '#core/networks/index.ts';
import { readModel, saveModel, writeModel } from '#core/onnx/index.ts';
import { tinyClassifier } from '#core/onnx/test-models.ts';
import { flipBits, splice, truncate, type Mutation } from '#core/imaging/seeded-mutations.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { mutateJson, type FuzzReader, type OpenedReader } from './fuzz-reader.ts';

/** A folder for what a reader reads from the disk. */
function openFolder(): { readonly at: (name: string) => string; readonly close: () => Promise<void> } {
  const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-fuzz-'));
  return {
    at: (name) => path.join(folder, name),
    close: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

const bombs = ['ffffffff07', 'ffffffffffffffff7f', 'ffffffffffffffffff01', '80808080808001', '00', 'ff'];
/** A varint that says that enormously much follows. */
const enlargeNumber: Mutation = (bytes, random) => {
  const at = random(bytes.length);
  const bomb = Buffer.from(bombs[random(bombs.length)] ?? '', 'hex');
  return Buffer.concat([bytes.subarray(0, at), bomb, bytes.subarray(at + random(3))]);
};
const modelMutations = [flipBits, enlargeNumber, truncate, splice];

/** What may be said of a model file: that it is none, that it is not supported, or what is wrong in it. */
const modelCodes = /^(model\/[a-z-]+|manifest\/invalid|layer\/unknown|composite\/invalid)$/;

export const modelReader: FuzzReader = {
  share: 15,
  memoryBytes: 700_000_000,
  codes: modelCodes,
  open: async () => {
    const { at, close } = openFolder();
    const workbench = createWorkbench({ catalog: at('none.lightbox') });
    const subjects = [await drawModel(at('tiny.onnx')), Buffer.from(writeModel(tinyClassifier()))];
    return {
      subjects: subjects.map((bytes) => ({ bytes, weight: 1, mutations: modelMutations })),
      read: async (bytes) => {
        writeFileSync(at('mutant.onnx'), bytes);
        await saveModel(await readModel(at('mutant.onnx')), at('saved.onnx'));
        await workbench.describeModel(at('mutant.onnx'), 'all');
      },
      close: async () => {
        await workbench.close();
        await close();
      },
    };
  },
};

async function drawModel(file: string): Promise<Buffer> {
  const network = createNetwork({ arch: 'resnet18', width: 8, classes: 3, size: 32, seed: 3, batchNorm: 'folded' });
  const structure = new Map([...network.graph.initializers].slice(0, 12));
  await saveModel(network, file);
  return Buffer.from(writeModel({ ...network, graph: { ...network.graph, initializers: structure } }));
}

/** Through ONNX Runtime as well, in its own process: that may die of it, this one may not. */
export const engineReader: FuzzReader = {
  share: 0.3,
  memoryBytes: 700_000_000,
  codes: /^(model\/[a-z-]+|engine\/(died|failed)|layer\/unknown|request\/invalid|provider\/disagrees)$/,
  open: (): Promise<OpenedReader> => {
    const { at, close } = openFolder();
    const engine = createEngine({ threads: 1 });
    const image = new Float32Array(3 * 8 * 8).fill(0.5);
    return Promise.resolve({
      subjects: [{ bytes: Buffer.from(writeModel(tinyClassifier())), weight: 1, mutations: [flipBits] }],
      read: async (bytes) => {
        writeFileSync(at('mutant.onnx'), bytes);
        const { handle } = await engine.open({ modelPath: at('mutant.onnx'), provider: 'cpu' });
        await engine.predict({ handle, images: image });
        await engine.release(handle);
      },
      close: async () => {
        await engine.close();
        await close();
      },
    });
  },
};

const table =
  'image,diagnosis,patient,fold,device,age\na.png,nevus,P1,train,DermLite,35\nb.png,"mela""noma",P2,test,Canfield,61\n' +
  'c.png,"a\nb",P3,val,,7\n';

export const tableReader: FuzzReader = {
  share: 8,
  memoryBytes: 500_000_000,
  codes: /^dataset\/[a-z-]+$/,
  open: () => {
    const { at, close } = openFolder();
    for (const name of ['a', 'b', 'c']) writeFileSync(at(`${name}.png`), tinyPng);
    const semicolons = table.replaceAll(',', ';');
    return Promise.resolve({
      subjects: [table, semicolons, `\uFEFF${table}`].map((text) => ({ bytes: Buffer.from(text), weight: 1 })),
      read: async (bytes) => {
        writeFileSync(at('labels.csv'), bytes);
        const reading = await readDataset(at('.'), { layout: 'csv' });
        for await (const { samples } of reading.batches)
          for (const sample of samples)
            if (path.relative(at('.'), at(sample.path)).startsWith('..')) throw new Error('A path leads outside.');
      },
      close,
    });
  },
};

const manifest = {
  title: 'A network',
  input: { width: 8, height: 8, resizeTo: 10, channels: 'rgb', mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
  labels: ['one', 'two'],
};

export const manifestReader: FuzzReader = {
  share: 8,
  memoryBytes: 500_000_000,
  codes: /^manifest\/invalid$/,
  open: () => {
    const { at, close } = openFolder();
    mkdirSync(at('models'));
    const bytes = Buffer.from(JSON.stringify(manifest));
    return Promise.resolve({
      subjects: [
        { bytes, weight: 1 },
        { bytes, weight: 2, mutations: [mutateJson] },
      ],
      read: async (mutant) => {
        writeFileSync(at('models/network.manifest.json'), mutant);
        await loadManifest(at('models/network.onnx'), { channels: 3, height: 8, width: 8 });
      },
      close,
    });
  },
};
