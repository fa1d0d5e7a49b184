import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, statSync, symlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, describe, expect, test } from 'vitest';
import { readModel, writeModel, type Attribute } from './index.ts';
import { draftWith, floatBytes, payload, refusalOf, TestFolder, tinyClassifier, writeDraft } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

const golden = path.resolve('../shared/golden');
const goldenModels = existsSync(golden)
  ? readdirSync(golden).filter((name) => existsSync(path.join(golden, name, 'model.onnx')))
  : [];

describe('files written by PyTorch', () => {
  test.skipIf(goldenModels.length === 0)('the reference networks are where the tests look for them', () => {
    expect(goldenModels.length).toBeGreaterThan(4);
  });

  test.each(goldenModels)(
    '%s has the inputs and outputs ONNX Runtime sees, and its weights stay in the file',
    async (name) => {
      const file = path.join(golden, name, 'model.onnx');
      const { graph, path: modelPath } = await readModel(file);
      const session = await InferenceSession.create(file);
      expect(graph.inputs.map((input) => input.name)).toEqual(session.inputNames);
      expect(graph.outputs.map((output) => output.name)).toEqual(session.outputNames);
      expect(graph.inputs[0]?.shape?.slice(1)).toHaveLength(3);
      const largest = [...graph.initializers.values()].map(({ data }) => data).filter(({ kind }) => kind === 'file');
      expect(largest.length).toBeGreaterThan(10);
      for (const data of largest) expect(data).toMatchObject({ path: modelPath });
      await session.release();
    },
  );
});

describe('nodes and graphs', () => {
  const attributes: [string, Record<string, unknown>, Attribute][] = [
    ['int', { type: 2, int: -3 }, { kind: 'int', value: -3 }],
    ['int at its default', { type: 2 }, { kind: 'int', value: 0 }],
    ['int, type not written', { int: 4 }, { kind: 'int', value: 4 }],
    ['float', { type: 1, float: 0.5 }, { kind: 'float', value: 0.5 }],
    ['string', { type: 3, string: 'SAME_UPPER' }, { kind: 'string', value: 'SAME_UPPER' }],
    ['ints', { type: 7, ints: [1, -1, 2 ** 40] }, { kind: 'ints', value: [1, -1, 2 ** 40] }],
    ['ints, none', { type: 7 }, { kind: 'ints', value: [] }],
    ['floats', { type: 6, floats: [0.25, -8] }, { kind: 'floats', value: [0.25, -8] }],
    ['strings', { type: 8, strings: ['a', 'ü'] }, { kind: 'strings', value: ['a', 'ü'] }],
    ['graph', { type: 5 }, { kind: 'unsupported' }],
    ['a reference to a function argument', { type: 2, int: 1, referredName: 'k' }, { kind: 'unsupported' }],
    ['tensor that is missing', { type: 4 }, { kind: 'unsupported' }],
  ];
  test.each(attributes)('attribute: %s', async (_, draft, expected) => {
    const nodes = [{ operator: 'Op', outputs: ['y'], attributes: [{ name: 'k', ...draft }] }];
    const { graph } = await readModel(folder.write('attribute.onnx', writeDraft(draftWith({ nodes }))));
    expect(graph.nodes[0]?.attributes).toEqual(new Map([['k', expected]]));
  });

  test('the largest integer survives reading and writing', async () => {
    const nodes = [
      { operator: 'Slice', outputs: ['y'], attributes: [{ name: 'ends', type: 7, ints: [2 ** 63, -(2 ** 63)] }] },
    ];
    const first = writeDraft(draftWith({ nodes }));
    expect(first.includes(Buffer.from('ffffffffffffffff7f', 'hex'))).toBe(true);
    const again = writeModel(await readModel(folder.write('ends.onnx', first)));
    expect(Buffer.from(again).includes(Buffer.from('ffffffffffffffff7f', 'hex'))).toBe(true);
    expect(Buffer.from(again).includes(Buffer.from('80808080808080808001', 'hex'))).toBe(true);
  });

  test('initializers listed among the inputs are not inputs', async () => {
    const graph = {
      initializers: [{ name: 'w', dataType: 1, dims: [1], rawData: payload(floatBytes(1)) }],
      inputs: [{ name: 'x' }, { name: 'w' }],
    };
    const model = await readModel(folder.write('old.onnx', writeDraft(draftWith(graph))));
    expect(model.graph.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  test('shapes: fixed, named, nameless, negative, scalar and unsaid', async () => {
    const dims = [{ value: 2 }, { parameter: 'batch' }, {}, { value: -1 }];
    const inputs = [
      { name: 'a', type: { tensor: { elementType: 1, shape: { dims } } } },
      { name: 'b', type: { tensor: { elementType: 7, shape: {} } } },
      { name: 'c', type: { tensor: { elementType: 10 } } },
      { name: 'd' },
    ];
    const { graph } = await readModel(folder.write('shapes.onnx', writeDraft(draftWith({ inputs }))));
    expect(graph.inputs).toEqual([
      { name: 'a', dataType: 'float32', shape: [2, 'batch', '', ''] },
      { name: 'b', dataType: 'int64', shape: [] },
      { name: 'c', dataType: 'float16', shape: undefined },
      { name: 'd', dataType: 'other', shape: undefined },
    ]);
  });

  test('domains, metadata and opsets', async () => {
    const nodes = [
      { operator: 'A', domain: 'ai.onnx', outputs: ['y'], metadata: [{ key: 'namespace', value: 'layer1.0' }] },
      { operator: 'B', domain: 'com.microsoft', inputs: ['y', '', 'z'] },
    ];
    const opsets = [
      { domain: 'ai.onnx', version: 18 },
      { domain: 'com.microsoft', version: 1 },
    ];
    const bytes = writeDraft({ ...draftWith({ nodes }), opsets, producer: 'pytorch', producerVersion: '2.6' });
    const model = await readModel(folder.write('domains.onnx', bytes));
    expect(model.graph.nodes.map(({ domain }) => domain)).toEqual(['', 'com.microsoft']);
    expect(model.graph.nodes[0]?.metadata).toEqual(new Map([['namespace', 'layer1.0']]));
    expect(model.graph.nodes[1]?.inputs).toEqual(['y', '', 'z']);
    expect(model.opsets).toEqual(
      new Map([
        ['', 18],
        ['com.microsoft', 1],
      ]),
    );
    expect(model.producer).toBe('pytorch 2.6');
  });

  test('a function nobody calls is harmless; a called one is refused by name', async () => {
    const unused = { ...draftWith({}), functions: [{ name: 'aten_relu', domain: 'pkg.torch' }] };
    expect((await readModel(folder.write('unused.onnx', writeDraft(unused)))).graph.nodes).toHaveLength(1);
    const nodes = [{ name: 'n7', operator: 'aten_relu', domain: 'pkg.torch', outputs: ['y'] }];
    const used = { ...draftWith({ nodes }), functions: [{ name: 'aten_relu', domain: 'pkg.torch' }] };
    const reading = readModel(folder.write('used.onnx', writeDraft(used)));
    expect(await refusalOf(reading)).toMatch(/^model\/unsupported-form: .*n7.*aten_relu.*inline/);
  });

  test('sparse weights are refused', async () => {
    const reading = readModel(folder.write('sparse.onnx', writeDraft(draftWith({ sparseInitializers: [{}] }))));
    expect(await refusalOf(reading)).toMatch(/^model\/unsupported-form: .*sparse tensors/);
  });

  test('parts of a message that come apart are put together, as protobuf has it', async () => {
    const first = writeModel(tinyClassifier());
    const more = writeDraft({ graph: { outputs: [{ name: 'b' }] } });
    const { graph } = await readModel(folder.write('appended.onnx', Buffer.concat([first, more])));
    expect(graph.outputs.map(({ name }) => name)).toEqual(['logits', 'b']);
    expect(graph.nodes).toHaveLength(5);
  });
});

describe('files and folders', () => {
  test('a link to a model is read where the model lies', async () => {
    const file = folder.write('real.onnx', writeModel(tinyClassifier()));
    symlinkSync(file, folder.file('link.onnx'));
    const model = await readModel(folder.file('link.onnx'));
    expect(path.basename(model.path)).toBe('real.onnx');
    expect(model.graph.initializers.get('conv.weight')?.data).toMatchObject({ kind: 'file', path: model.path });
  });

  test.skipIf(process.platform === 'win32')(
    'a file of more than 4 GB opens, and its last tensor is found',
    async () => {
      const length = 4 * 2 ** 30 + 4096;
      const head = Buffer.from([8, 8]);
      const graph = [nestedHeader(0x2a, tensorHeader(length).length + length), tensorHeader(length)];
      const rest = writeDraft(
        draftWith({
          initializers: [{ name: 'last', dataType: 1, dims: [300], rawData: payload(new Uint8Array(1200).fill(1)) }],
        }),
      );
      const file = folder.file('huge.onnx');
      const descriptor = openSync(file, 'w');
      const inner = Buffer.concat(graph);
      const start = writeSync(descriptor, Buffer.concat([head, nestedHeader(0x3a, inner.length + length), inner]));
      ftruncateSync(descriptor, start + length);
      writeSync(descriptor, rest, 0, rest.length, start + length);
      closeSync(descriptor);
      const model = await readModel(file);
      expect(statSync(file).size).toBeGreaterThan(4 * 2 ** 30);
      expect(model.graph.initializers.get('huge')?.data).toEqual({
        kind: 'file',
        path: model.path,
        offset: start,
        length,
      });
      const last = model.graph.initializers.get('last')?.data;
      expect(last).toMatchObject({ kind: 'file', length: 1200 });
      expect(last?.kind === 'file' && last.offset > length).toBe(true);
    },
  );
});

/** Tag and length of a nested message. */
function nestedHeader(tag: number, length: number): Buffer {
  const bytes = [tag];
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** A uint8 tensor of `length` bytes up to the first of them. */
function tensorHeader(length: number): Buffer {
  const dims = nestedHeader(0x08, length);
  return Buffer.concat([dims, Buffer.from([0x10, 2, 0x42, 4]), Buffer.from('huge'), nestedHeader(0x4a, length)]);
}
