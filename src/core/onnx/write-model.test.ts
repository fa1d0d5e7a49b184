import { mkdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { float, loadTensor, node, readModel, saveModel, valueInfo, writeModel } from './index.ts';
import type { Attribute, DataType, Initializer, Model, ModelContent, Node } from './index.ts';
import { getInitializer, seededInitializer, TestFolder, tinyClassifier } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

const picture = new Tensor(
  'float32',
  Float32Array.from({ length: 2 * 192 }, (_, i) => Math.sin(i)),
  [2, 3, 8, 8],
);

async function runModel(model: string | Uint8Array, dataFolder?: string): Promise<Float32Array> {
  const session = { model_external_initializers_file_folder_path: dataFolder };
  const options = dataFolder === undefined ? {} : { extra: { session } };
  const opened =
    typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(Buffer.from(model), options);
  const { logits } = await opened.run({ input: picture });
  await opened.release();
  return logits?.data as Float32Array;
}

describe('what ONNX Runtime makes of a written model', () => {
  test('weights inside', async () => {
    const logits = await runModel(writeModel(tinyClassifier()));
    expect(logits).toHaveLength(40);
    expect(new Set(logits).size).toBeGreaterThan(30);
  });

  test.each([0, 1, 2, 3])('weights inside another model file, at any offset (shifted by %i bytes)', async (shift) => {
    const inside = tinyClassifier();
    const model = await readWritten(`shift-${String(shift)}.onnx`, { ...inside, producer: 'p'.repeat(shift) });
    const graph = writeModel(model, { externalDataFolder: folder.path });
    expect(graph.length).toBeLessThan(1500);
    expect(await runModel(graph, folder.path)).toEqual(await runModel(writeModel(inside)));
  });

  test('weights in a folder below', async () => {
    mkdirSync(folder.file('below'));
    const inside = tinyClassifier();
    const model = await readWritten('below/model.onnx', inside);
    const graph = writeModel(model, { externalDataFolder: folder.path });
    expect(Buffer.from(graph).includes('below/model.onnx')).toBe(true);
    expect(await runModel(graph, folder.path)).toEqual(await runModel(writeModel(inside)));
  });

  test('a constant node whose tensor lies in a file', async () => {
    const { graph } = await readWritten('constant.onnx', tinyClassifier());
    const weight = getInitializer(graph, 'conv.weight');
    const constant: Node = {
      ...node('Constant', { inputs: [], outputs: ['conv.weight'] }),
      attributes: new Map([['value', { kind: 'tensor', value: weight }]]),
    };
    const rest = new Map([...graph.initializers].filter(([name]) => name !== 'conv.weight'));
    const written = writeModel(tinyClassifier({ initializers: rest, nodes: [constant, ...graph.nodes] }), {
      externalDataFolder: folder.path,
    });
    expect(await runModel(written, folder.path)).toEqual(await runModel(writeModel(tinyClassifier())));
  });

  test('a saved model with weights from files', async () => {
    const model = await readWritten('first.onnx', tinyClassifier());
    await saveModel(model, folder.file('second.onnx'));
    expect(await runModel(folder.file('second.onnx'))).toEqual(await runModel(writeModel(tinyClassifier())));
  });
});

async function readWritten(name: string, model: ModelContent): Promise<Model> {
  return readModel(folder.write(name, writeModel(model)));
}

describe('refusals', () => {
  test('a tensor outside the folder, or no folder at all', async () => {
    const model = await readWritten('inside.onnx', tinyClassifier());
    const refusal = expect.objectContaining({ code: 'model/external-data' }) as Error;
    expect(() => writeModel(model)).toThrow(refusal);
    expect(() => writeModel(model, { externalDataFolder: path.join(folder.path, 'below') })).toThrow(refusal);
  });

  test('attributes and tensors that were not read', () => {
    const refusal = expect.objectContaining({ code: 'model/unsupported-form' }) as Error;
    const unsupported = node('If', { inputs: [], outputs: ['y'] }, { then_branch: { kind: 'unsupported' } });
    expect(() => writeModel(tinyClassifier({ nodes: [unsupported] }))).toThrow(refusal);
    const text: Initializer = { ...seededInitializer('t', [2]), dataType: 'string' };
    expect(() => writeModel(tinyClassifier({ initializers: new Map([['t', text]]) }))).toThrow(refusal);
  });

  test('a fraction where ONNX wants an integer', () => {
    const wrong = node('Gemm', { inputs: [], outputs: ['y'] }, { alpha: 0.5 });
    expect(() => writeModel(tinyClassifier({ nodes: [wrong] }))).toThrow(/0\.5/);
    const right = node('Gemm', { inputs: [], outputs: ['y'] }, { alpha: float(0.5) });
    expect(writeModel(tinyClassifier({ nodes: [right] })).length).toBeGreaterThan(100);
  });
});

const name = fc.string({ unit: 'grapheme', maxLength: 12 });
const integer = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, -1, 127, 128, 2 ** 32, -(2 ** 63)));
const float32 = fc.float({ noNaN: true });
const elementLengths: Readonly<Partial<Record<DataType, number>>> = {
  float32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
  float16: 2,
};

const tensor: fc.Arbitrary<Initializer> = fc
  .record({
    name,
    dataType: fc.constantFrom<DataType>('float32', 'int64', 'uint8', 'bool', 'float16'),
    dims: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
    fill: fc.nat(255),
  })
  .map(({ fill, ...rest }) => {
    const length = rest.dims.reduce((product, size) => product * size, elementLengths[rest.dataType] ?? 1);
    return { ...rest, data: { kind: 'memory', bytes: Uint8Array.from({ length }, (_, i) => i * 31 + fill) } };
  });

const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  fc.record({ kind: fc.constant('int' as const), value: integer }),
  fc.record({ kind: fc.constant('float' as const), value: float32 }),
  fc.record({ kind: fc.constant('string' as const), value: name }),
  fc.record({ kind: fc.constant('ints' as const), value: fc.array(integer, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('floats' as const), value: fc.array(float32, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('strings' as const), value: fc.array(name, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('tensor' as const), value: tensor }),
);

const anyNode: fc.Arbitrary<Node> = fc.record({
  name,
  operator: name,
  domain: fc.constantFrom('', 'com.example'),
  inputs: fc.array(name, { maxLength: 4 }),
  outputs: fc.array(name, { maxLength: 3 }),
  attributes: fc.array(fc.tuple(name, attribute), { maxLength: 4 }).map((entries) => new Map(entries)),
  metadata: fc.array(fc.tuple(name, name), { maxLength: 2 }).map((entries) => new Map(entries)),
});

const value = fc
  .tuple(name, fc.option(fc.array(fc.oneof(fc.nat(), name), { maxLength: 4 }), { nil: undefined }))
  .map(([label, shape]) => ({ ...valueInfo(label, []), shape }));

const anyModel: fc.Arbitrary<ModelContent> = fc.record({
  irVersion: fc.integer({ min: 3, max: 13 }),
  opsets: fc.integer({ min: 1, max: 24 }).map((version) => new Map([['', version]])),
  producer: name,
  graph: fc.record({
    name,
    nodes: fc.array(anyNode, { minLength: 1, maxLength: 6 }),
    initializers: fc.array(tensor, { maxLength: 5 }).map((all) => new Map(all.map((one) => [one.name, one]))),
    inputs: fc.constant([valueInfo('the input', ['batch', 3])]),
    outputs: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
});

/** A model with every tensor in memory, so that it can be compared. */
async function loadEverything(model: Model): Promise<ModelContent> {
  const load = async (stored: Initializer): Promise<Initializer> => ({
    ...stored,
    data: { kind: 'memory', bytes: Uint8Array.from(await loadTensor(stored)) },
  });
  const loadAttribute = async ([key, stored]: [string, Attribute]): Promise<[string, Attribute]> => [
    key,
    stored.kind === 'tensor' ? { kind: 'tensor', value: await load(stored.value) } : stored,
  ];
  const nodes = model.graph.nodes.map(async (each) => ({
    ...each,
    attributes: new Map(await Promise.all(Array.from(each.attributes, loadAttribute))),
  }));
  const initializers = Array.from(
    model.graph.initializers,
    async ([key, stored]) => [key, await load(stored)] as const,
  );
  const graph = {
    ...model.graph,
    nodes: await Promise.all(nodes),
    initializers: new Map(await Promise.all(initializers)),
  };
  return { irVersion: model.irVersion, opsets: model.opsets, producer: model.producer, graph };
}

test('any model that is written, and any that is saved from it, reads back equal', async () => {
  const property = fc.asyncProperty(anyModel, async (model) => {
    const written = await readWritten('any.onnx', model);
    expect(await loadEverything(written)).toEqual(model);
    await saveModel(written, folder.file('any-saved.onnx'));
    expect(await loadEverything(await readModel(folder.file('any-saved.onnx')))).toEqual(model);
  });
  await fc.assert(property, { seed: 2, numRuns: 300 });
});
