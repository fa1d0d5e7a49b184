import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createNetwork } from '#core/networks/index.ts';
import { float32Initializer, saveModel, writeModel, type Model } from '#core/onnx/index.ts';
import { labels, size, type SmallWorld } from './small-world.ts';

/** Files that are wrong in one way each, written into a small world. */
export async function writeBadFiles(world: SmallWorld): Promise<void> {
  const [model, picture] = [await readFile(world.modelPath), await readFile(world.pictures[0] ?? '')];
  const form = { arch: 'resnet18', width: 8, classes: labels.length, size, seed: 3, batchNorm: 'folded' } as const;
  const sound = createNetwork(form);
  const outside = Buffer.from(
    referTo(sound, world, 'xx_secret.bin').toString('latin1').replace('xx_secret', '../secret'),
    'latin1',
  );
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'empty.onnx': '',
    'cut.onnx': model.subarray(0, model.length / 2),
    'picture.onnx': picture,
    'missing-weights.onnx': referTo(sound, world, 'gone.bin'),
    'outside.onnx': outside,
    'cut.png': picture.subarray(0, picture.length / 2),
    'text.png': 'dear diary',
    'empty.png': '',
    'broken.json': '{"types":',
    'foreign.json': '{"first": 3}',
    'mislabelled.manifest.json': JSON.stringify({ input: { width: size, height: size }, labels: ['one'] }),
    'oversized.manifest.json': JSON.stringify({ input: { width: 64, height: 64 } }),
    'misspelt.manifest.json': JSON.stringify({ inputs: {} }),
    file: '',
  };
  const models: Readonly<Record<string, Model>> = {
    'operator.onnx': withOperator(sound, 'NonMaxSuppression'),
    'nan.onnx': withTensor(sound, 'fc.bias', new Float32Array(labels.length).fill(NaN, 1, 2)),
    'bias.onnx': withTensor(sound, 'fc.bias', new Float32Array(labels.length + 1)),
    'small.onnx': withPicture(createNetwork({ ...form, arch: 'vgg11' }), 16),
    'mislabelled.onnx': sound,
    'oversized.onnx': sound,
    'misspelt.onnx': sound,
  };
  await Promise.all([
    ...Object.entries(files).map(([name, content]) => writeFile(world.at(name), content)),
    ...Object.entries(models).map(([name, content]) => saveModel(content, world.at(name))),
  ]);
}

function withOperator(model: Model, operator: string): Model {
  const nodes = model.graph.nodes.map((node) =>
    node.name === '/layer2/layer2.0/relu/Relu' ? { ...node, operator } : node,
  );
  return { ...model, graph: { ...model.graph, nodes } };
}

function withTensor(model: Model, name: string, values: Float32Array): Model {
  const tensor = float32Initializer(name, [values.length], values);
  return { ...model, graph: { ...model.graph, initializers: new Map([...model.graph.initializers, [name, tensor]]) } };
}

function withPicture(model: Model, extent: number): Model {
  const inputs = model.graph.inputs.map((input) => ({ ...input, shape: ['batch', 3, extent, extent] }));
  return { ...model, graph: { ...model.graph, inputs } };
}

/** The model with one tensor in a file beside it, which is not written. */
function referTo(model: Model, world: SmallWorld, file: string): Buffer {
  const bias = model.graph.initializers.get('fc.bias');
  if (!bias) throw new Error('The network has a bias at its end.');
  const data = { kind: 'file', path: path.join(world.folder, file), offset: 0, length: 4 * labels.length } as const;
  const initializers = new Map([...model.graph.initializers, ['fc.bias', { ...bias, data }] as const]);
  const referring = { ...model, graph: { ...model.graph, initializers } };
  return Buffer.from(writeModel(referring, { externalDataFolder: world.folder }));
}
