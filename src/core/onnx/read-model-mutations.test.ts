/** Seeded damage to model files: whatever the bytes say, the answer is a model or one sentence, in bounded memory. */
import { afterAll, describe, expect, test } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { readModel, saveModel, writeModel } from './index.ts';
import { seededInitializer, seededRandom, TestFolder, tinyClassifier, writeDraft } from './test-models.ts';

const folder = new TestFolder();
afterAll(() => {
  folder.remove();
});

type Random = (limit: number) => number;
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const bombs = ['ffffffff07', 'ffffffff0f', 'ffffffffffffffff7f', 'ffffffffffffffffff01', '80808080808001', '00', 'ff'];

const mutations: Readonly<Record<string, Mutation>> = {
  'flipped bits': (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let i = 0; i <= random(6); i++) {
      const at = random(bytes.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
    }
    return changed;
  },
  truncation: (bytes, random) => bytes.subarray(0, random(bytes.length)),
  'a piece moved': (bytes, random) => {
    const from = random(bytes.length);
    const piece = bytes.subarray(from, from + random(200));
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + random(200))]);
  },
  'a number made enormous': (bytes, random) => {
    const at = random(bytes.length);
    const bomb = Buffer.from(bombs[random(bombs.length)] ?? '', 'hex');
    return Buffer.concat([bytes.subarray(0, at), bomb, bytes.subarray(at + random(3))]);
  },
};

const external = [
  { key: 'location', value: 'weights.bin' },
  { key: 'offset', value: '8' },
  { key: 'length', value: '1600' },
];
folder.write('weights.bin', Buffer.alloc(2000));
const bytesOf = (...values: number[]): { kind: 'memory'; bytes: Uint8Array } => ({
  kind: 'memory',
  bytes: Uint8Array.from(values),
});

const sources: Readonly<Record<string, Buffer>> = {
  'a small classifier': Buffer.from(writeModel(tinyClassifier())),
  'typed and external tensors, attributes, functions': writeDraft({
    irVersion: 10,
    opsets: [{ domain: '', version: 18 }],
    graph: {
      nodes: [
        {
          operator: 'Op',
          inputs: ['a', 'w', 'i', 'e'],
          outputs: ['y'],
          metadata: [{ key: 'namespace', value: 'layer1' }],
          attributes: [
            { name: 'axes', type: 7, ints: [0, -1] },
            { name: 'scales', type: 6, floats: [1, 2] },
            { name: 'value', type: 4, tensor: { dims: [2], dataType: 7, int64Data: [bytesOf(3, 4)] } },
          ],
        },
      ],
      initializers: [
        { name: 'w', dims: [2], dataType: 1, floatData: [bytesOf(0, 0, 128, 63, 0, 0, 0, 64)] },
        { name: 'i', dims: [3], dataType: 6, int32Data: [bytesOf(1, 2, 3)] },
        { name: 'e', dims: [400], dataType: 1, dataLocation: 1, externalData: external },
      ],
      inputs: [
        { name: 'a', type: { tensor: { elementType: 1, shape: { dims: [{ parameter: 'n' }, { value: 3 }] } } } },
      ],
      outputs: [{ name: 'y' }],
    },
    functions: [{ name: 'f', domain: 'local' }],
  }),
  'structure only': Buffer.from(
    writeModel(tinyClassifier({ initializers: new Map([['w', seededInitializer('w', [3])]]) })),
  ),
};

const rounds = 600;

describe.each(Object.keys(sources))('%s', (source) => {
  test.each(Object.keys(mutations))(`${String(rounds)} times: %s`, async (mutation) => {
    const bytes = sources[source] ?? Buffer.alloc(0);
    const unit = seededRandom(source.length * 1000 + mutation.length);
    const random: Random = (limit) => Math.floor(unit() * limit);
    const before = peakMemory();
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const mutated = mutations[mutation]?.(bytes, random) ?? bytes;
      const error = await openMutant(folder.write('mutant.onnx', mutated));
      if (error === undefined) continue;
      refused++;
      expect(error).toBeInstanceOf(LightboxError);
      expect(LightboxError.from(error).code).toMatch(/^model\/(unreadable|external-data|unsupported-form)$/);
    }
    expect(refused).toBeGreaterThan(rounds / 50);
    expect(peakMemory() - before).toBeLessThan(150 * 2 ** 20);
  });
});

/** Reads a mutant, and saves what could be read: a model that passed must hold together. Gives what was thrown. */
async function openMutant(file: string): Promise<unknown> {
  try {
    await saveModel(await readModel(file), folder.file('saved.onnx'));
    await readModel(folder.file('saved.onnx'));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The most this process ever held, in bytes. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
