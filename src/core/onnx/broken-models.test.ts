import { deflateRawSync } from 'node:zlib';
import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { readModel, writeModel } from './index.ts';
import { refusalOf, TestFolder, tinyClassifier, writeDraft } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

const whole = Buffer.from(writeModel(tinyClassifier()));
const nodes = [{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }];
const outputs = [{ name: 'y' }];
const memory = (bytes: ArrayLike<number>): { kind: 'memory'; bytes: Uint8Array } => ({
  kind: 'memory',
  bytes: Uint8Array.from(bytes),
});

type TensorDraft = NonNullable<NonNullable<Parameters<typeof writeDraft>[0]['graph']>['initializers']>[number];

function withTensor(tensor: TensorDraft): Buffer {
  return writeDraft({ irVersion: 8, graph: { nodes, outputs, initializers: [{ name: 'w', ...tensor }] } });
}

/** A field of wire type 2 with the length that is claimed, which may be a lie. */
function claim(tag: number, length: readonly number[], content: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
const negative = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

/** Graph, node and attribute fields nested in each other far deeper than any stack. */
function nestedAttributes(depth: number): Buffer {
  const headers: Buffer[] = [];
  let length = 0;
  for (let i = 0; i < depth; i++) {
    const header = Buffer.from([[0x32, 0x2a, 0x0a][i % 3] ?? 0, ...varint(length)]);
    headers.push(header);
    length += header.length;
  }
  return Buffer.concat(headers.reverse());
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

function zip(): Buffer {
  return Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
    deflateRawSync(Buffer.from('archive/data.pkl')),
  ]);
}

function safetensors(): Buffer {
  const header = JSON.stringify({ w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]);
}

describe('files that are no models', () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    ['empty', '', /empty/],
    ['one byte', '\b', /cut short|middle/],
    ['zeros', Buffer.alloc(4096), /no field/],
    ['ones', Buffer.alloc(4096, 0xff), /does not end/],
    ['text', 'hello, this is not a model\n', /not a readable ONNX model/],
    ['a PyTorch checkpoint', zip(), /PyTorch.*torch\.onnx\.export/],
    ['an old PyTorch checkpoint', Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex'), /PyTorch.*torch\.onnx\.export/],
    ['a pickle', Buffer.from('80049509000000', 'hex'), /pickle/],
    ['HDF5', Buffer.from('894844460d0a1a0a00', 'hex'), /Keras.*tf2onnx/],
    ['safetensors', safetensors(), /safetensors.*torch\.onnx\.export/],
    ['TensorFlow Lite', Buffer.from('1c00000054464c3314', 'hex'), /TensorFlow Lite/],
    ['ORT format', Buffer.from('180000004f52544d00', 'hex'), /\.ort/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n', /git lfs pull/],
    ['a saved web page', '<!DOCTYPE html><html></html>', /HTML/],
    ['JSON', '{"input": [224, 224]}', /JSON/],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /gzip/],
    ['DICOM', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]), /DICOM/],
    ['JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), /picture/],
    ['NumPy', Buffer.from('\x93NUMPY\x01\0', 'latin1'), /NumPy/],
  ])('%s', async (_, bytes, sentence) => {
    await expectRefusal(folder.write('other.onnx', bytes), { code: 'model/unreadable', sentence });
  });

  test('a real PNG', async () => {
    const picture = { width: 4, height: 4, channels: 3, background: '#fff' } as const;
    const png = await sharp({ create: picture }).png().toBuffer();
    await expectRefusal(folder.write('picture.png', png), { code: 'model/unreadable', sentence: /picture/ });
  });

  test('a TensorFlow SavedModel', async () => {
    const graph = claim(0x12, [4], Buffer.from('meta'));
    const file = folder.write('saved_model.pb', Buffer.concat([Buffer.from([8, 1]), graph]));
    await expectRefusal(file, { code: 'model/unreadable', sentence: /SavedModel.*tf2onnx/ });
  });

  test('nothing at the path', async () => {
    await expectRefusal(folder.file('missing.onnx'), { code: 'model/not-found', sentence: /missing\.onnx/ });
  });

  test('a path no system accepts', async () => {
    await expectRefusal('bad\0name.onnx', { code: 'model/not-found', sentence: /check the path/ });
  });

  test('a folder', async () => {
    mkdirSync(folder.file('folder.onnx'));
    await expectRefusal(folder.file('folder.onnx'), { code: 'model/unreadable', sentence: /not a file/ });
  });

  test.skipIf(process.platform === 'win32')('a device', async () => {
    await expectRefusal('/dev/null', { code: 'model/unreadable', sentence: /not a file/ });
  });
});

describe('damaged models', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['protobuf without a graph', writeDraft({ irVersion: 8, producer: 'x' }), /no graph/],
    ['a graph without nodes', writeDraft({ graph: { outputs } }), /no nodes/],
    ['a graph without outputs', writeDraft({ graph: { nodes } }), /no outputs/],
    ['cut in the middle of the weights', whole.subarray(0, 1500), /cut short|middle/],
    ['cut at the last byte', whole.subarray(0, -1), /cut short|middle/],
    ['a length of 2^55', claim(0x3a, huge), /cut short/],
    ['a negative length', claim(0x3a, negative), /cut short/],
    ['a length that never ends', claim(0x3a, Array<number>(20).fill(0xff)), /does not end/],
    ['a field that runs past its message', claim(0x3a, [3], Buffer.from([0x0a, 5, 0, 0, 0, 0, 0])), /past the end/],
    ['a varint that runs past its message', claim(0x3a, [2], Buffer.from([0x08, 0x80, 1])), /past the end/],
    ['field number zero', Buffer.from([0x00, 0x00]), /no field/],
    ['a field number of 60 bits', Buffer.from([...huge, 0]), /no field/],
    ['an obsolete group', Buffer.from([0x0b, 0x0c]), /known form/],
    ['an unknown wire type', Buffer.from([0x0e, 0x0c]), /known form/],
    ['a text of 17 MB', claim(0x12, varint(17 * 2 ** 20), Buffer.alloc(17 * 2 ** 20, 0x61)), /long/],
    ['dimensions below zero', withTensor({ dataType: 1, dims: [2, -3], rawData: memory([]) }), /"w".*\[2, -3\]/],
    [
      'dimensions beyond counting',
      withTensor({ dataType: 1, dims: [2 ** 40, 2 ** 40], rawData: memory([]) }),
      /impossible/,
    ],
    ['raw data too short', withTensor({ dataType: 1, dims: [3], rawData: memory([0, 0, 0, 0]) }), /needs 12.*holds 4/],
    [
      'raw data too long',
      withTensor({ dataType: 1, dims: [1], rawData: memory(Array<number>(5).fill(0)) }),
      /needs 4.*holds 5/,
    ],
    ['no data', withTensor({ dataType: 1, dims: [1] }), /needs 4.*holds 0/],
    ['data in the wrong field', withTensor({ dataType: 1, dims: [1], int32Data: [memory([1])] }), /needs 4.*holds 0/],
    [
      'float data of half a number',
      withTensor({ dataType: 1, dims: [1], floatData: [memory([0, 0])] }),
      /needs 4.*holds 2/,
    ],
    ['too few integers', withTensor({ dataType: 7, dims: [3], int64Data: [memory([1, 2])] }), /the 3 numbers/],
    ['too many integers', withTensor({ dataType: 7, dims: [1], int64Data: [memory([1, 2])] }), /the 1 numbers/],
    ['an integer cut off', withTensor({ dataType: 7, dims: [1], int64Data: [memory([0x81])] }), /the 1 numbers|cut/],
    [
      'a billion integers in one byte',
      withTensor({ dataType: 7, dims: [2 ** 30], int64Data: [memory([1])] }),
      /numbers/,
    ],
  ])('%s', async (_, bytes, sentence) => {
    await expectRefusal(folder.write('damaged.onnx', bytes), { code: 'model/unreadable', sentence });
  });

  test('attributes nested very deep are passed over without following them', async () => {
    const attribute = nestedAttributes(300_000);
    const node = claim(0x2a, varint(attribute.length), attribute);
    const graph = Buffer.concat([
      claim(0x0a, varint(node.length), node),
      claim(0x62, [3], Buffer.from([0x0a, 1, 0x79])),
    ]);
    const file = folder.write('deep.onnx', claim(0x3a, varint(graph.length), graph));
    const model = await readModel(file);
    expect([...(model.graph.nodes[0]?.attributes.values() ?? [])]).toEqual([{ kind: 'unsupported' }]);
  });

  test.each([
    ['nodes', 0x0a],
    ['initializers', 0x2a],
    ['inputs', 0x5a],
    ['sparse weights', 0x7a],
    ['unknown fields', 0x6a],
  ])('eight million empty %s are refused before they fill the memory', async (_, tag) => {
    const content = Buffer.alloc(16 * 2 ** 20, Buffer.from([tag, 0]));
    const file = folder.write('many.onnx', claim(0x3a, varint(content.length), content));
    const before = peakMemory();
    await expectRefusal(file, { code: 'model/unreadable', sentence: /more entries/ });
    expect(peakMemory() - before).toBeLessThan(400 * 2 ** 20);
  });

  test('every beginning of a model is refused or read, never more', async () => {
    for (let length = 0; length < whole.length; length += 7) {
      const file = folder.write('beginning.onnx', whole.subarray(0, length));
      await expect(readModel(file)).rejects.toBeInstanceOf(LightboxError);
    }
  });
});

async function expectRefusal(
  file: string,
  expected: { readonly code: string; readonly sentence: RegExp },
): Promise<void> {
  const refusal = await refusalOf(readModel(file));
  expect(refusal.split(': ')[0]).toBe(expected.code);
  expect(refusal).toMatch(expected.sentence);
  expect(refusal).not.toMatch(/\n/);
}

/** The most this process ever held, in bytes. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
