import { afterAll, describe, expect, test } from 'vitest';
import { integersOf, loadFloat32, loadIntegers, readModel, type Initializer } from './index.ts';
import type { tensorProto } from './onnx-messages.ts';
import { draftWith, floatBytes, getInitializer, payload, TestFolder, writeDraft } from './test-models.ts';
import type { DraftMessageOf } from './wire-format.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

type TensorDraft = DraftMessageOf<typeof tensorProto>;

/** Reads a model whose only unusual part is one initializer. */
async function readInitializer(draft: TensorDraft): Promise<Initializer> {
  const file = folder.write('initializer.onnx', writeDraft(draftWith({ initializers: [{ name: 'w', ...draft }] })));
  return getInitializer((await readModel(file)).graph, 'w');
}

describe('the forms of a tensor', () => {
  test('float_data, packed', async () => {
    const initializer = await readInitializer({ dims: [2], dataType: 1, floatData: [payload(floatBytes(1.5, -2))] });
    expect([...(await loadFloat32(initializer))]).toEqual([1.5, -2]);
  });

  test('float_data in several pieces is joined', async () => {
    const pieces = [payload(floatBytes(1)), payload(floatBytes(2, 3))];
    const initializer = await readInitializer({ dims: [3, 1], dataType: 1, floatData: pieces });
    expect([...(await loadFloat32(initializer))]).toEqual([1, 2, 3]);
  });

  test('float_data that is not packed (one field per number)', async () => {
    const whole = writeDraft(
      draftWith({ initializers: [{ name: 'w', dims: [2], dataType: 1, floatData: [payload(floatBytes(7, 8))] }] }),
    );
    // The packed field (tag 0x22, length 8) becomes two fields of fixed width (tag 0x25): two bytes and two bytes more.
    const at = whole.indexOf(Buffer.concat([Buffer.from([0x22, 8]), floatBytes(7, 8)]));
    whole.set([0x25, ...floatBytes(7)], at);
    const loose = Buffer.concat([
      whole.subarray(0, at),
      Buffer.from([0x25]),
      floatBytes(7),
      Buffer.from([0x25]),
      floatBytes(8),
      whole.subarray(at + 10),
    ]);
    expect(at).toBeGreaterThan(0);
    expect(loose).toHaveLength(whole.length);
    const { graph } = await readModel(folder.write('loose.onnx', loose));
    expect([...(await loadFloat32(getInitializer(graph, 'w')))]).toEqual([7, 8]);
  });

  test('large float_data is pointed at, like raw data', async () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i / 8);
    const initializer = await readInitializer({
      dims: [1000],
      dataType: 1,
      floatData: [payload(new Uint8Array(values.buffer))],
    });
    expect(initializer.data).toMatchObject({ kind: 'file', length: 4000 });
    expect(await loadFloat32(initializer)).toEqual(values);
  });

  test('a large int64 shape constant is in memory, larger indices are not', async () => {
    const bytes = (count: number): Uint8Array =>
      new Uint8Array(BigInt64Array.from({ length: count }, (_, i) => BigInt(i)).buffer);
    const shape = await readInitializer({ dims: [500], dataType: 7, rawData: payload(bytes(500)) });
    expect(integersOf(shape)[499]).toBe(499);
    const indices = await readInitializer({ dims: [9000], dataType: 7, rawData: payload(bytes(9000)) });
    expect(() => integersOf(indices)).toThrow(expect.objectContaining({ code: 'model/unsupported-form' }));
    expect((await loadIntegers(indices))[8999]).toBe(8999);
  });

  const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
  test.each<[string, TensorDraft, number[]]>([
    ['int64_data', { dataType: 7, dims: [3], int64Data: [payload([1, ...minusOne, 0xac, 0x02])] }, [1, -1, 300]],
    ['int32_data as int32', { dataType: 6, dims: [2], int32Data: [payload([...minusOne, 5])] }, [-1, 5]],
    ['int32_data as int8', { dataType: 3, dims: [2], int32Data: [payload([...minusOne, 5])] }, [-1, 5]],
    ['int32_data as uint8', { dataType: 2, dims: [2], int32Data: [payload([0xff, 0x01, 3])] }, [255, 3]],
    ['int32_data as uint16', { dataType: 4, dims: [1], int32Data: [payload([0xff, 0xff, 0x03])] }, [65535]],
    ['int32_data as int16', { dataType: 5, dims: [1], int32Data: [payload(minusOne)] }, [-1]],
    ['int32_data as bool', { dataType: 9, dims: [3], int32Data: [payload([1, 0, 1])] }, [1, 0, 1]],
    [
      'uint64_data as uint32',
      { dataType: 12, dims: [1], uint64Data: [payload([0xff, 0xff, 0xff, 0xff, 0x0f])] },
      [2 ** 32 - 1],
    ],
    ['uint64_data as uint64', { dataType: 13, dims: [1], uint64Data: [payload([7])] }, [7]],
    ['int64_data in two pieces', { dataType: 7, dims: [2], int64Data: [payload([1]), payload([2])] }, [1, 2]],
    ['no dimensions: one number', { dataType: 7, int64Data: [payload([9])] }, [9]],
    ['a dimension of zero: no numbers', { dataType: 7, dims: [0, 4] }, []],
  ])('%s', async (_, draft, expected) => {
    expect(integersOf(await readInitializer(draft))).toEqual(expected);
  });

  test('int32_data as float16 and double_data keep their bits', async () => {
    const half = await readInitializer({
      dataType: 10,
      dims: [2],
      int32Data: [payload([0x80, 0x78, 0x80, 0x80, 0x03])],
    });
    expect(half.data).toEqual(payload([0x00, 0x3c, 0x00, 0xc0]));
    const double = await readInitializer({
      dataType: 11,
      dims: [1],
      doubleData: [payload([0, 0, 0, 0, 0, 0, 0xf0, 0x3f])],
    });
    expect(double).toMatchObject({ dataType: 'float64', data: payload([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]) });
  });

  test('text and exotic tensors are listed without values', async () => {
    expect(await readInitializer({ dataType: 8, dims: [5] })).toMatchObject({ dataType: 'string' });
    expect(await readInitializer({ dataType: 22, dims: [3], rawData: payload([1, 2]) })).toMatchObject({
      dataType: 'other',
    });
  });
});
