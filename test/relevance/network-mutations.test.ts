import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { createNormalValues } from '#core/networks/index.ts';
import { readModel, writeModel, type Model } from '#core/onnx/index.ts';
import { seededRandom } from '#core/onnx/test-models.ts';
import { compileAttribution, createComposite, readNetwork, type Network } from '#core/relevance/index.ts';
import { createSession } from '#core/runtime/index.ts';
import { mutate, mutations } from './mutate-network.ts';
import { blockSizes, openAttribution, relativeError } from './run-attribution.ts';

/**
 * Seeded damage to the structure of networks: whatever a graph says, the answer is a network or one sentence. What is read is opened
 * and run by ONNX Runtime, for a part of it, and must compute what ONNX Runtime computes from the damaged file itself.
 */

const corpus = join(import.meta.dirname, '..', 'corpus');
const sources = [
  'branches-ts13-dynamic',
  'convolutions-ts11-bn-dynamic',
  'convolutions-dynamo20',
  'densenet-ts11-bn',
  'padded-stem-ts17',
  'pools-dynamo18',
  'resnet18-dynamo18-bn-dynamic',
  'resnet18-ts17-normalized',
  'tokens-ts11-dynamic',
  'tokens-dynamo18-sigmoid',
  'vgg11-ts11-numbered',
  'uneven-8to7-dynamo18',
  'uneven-10x8to7x4-dynamo18-raw-dynamic',
];
const rounds = 9;
/** Of so many networks that were read, one is run. */
const oneIn = 8;
const largest = 2 ** 16;

const composites = (['EpsilonPlusFlat', 'EpsilonGammaBox', 'EpsilonAlpha2Beta1'] as const).map((name) =>
  createComposite(name, { low: [-1], high: [1] }),
);
const layouts = await blockSizes();
const models = await Promise.all(sources.map((source) => readModel(join(corpus, `${source}.onnx`))));

function read(model: Model): Network | LightboxError {
  const sizes = model.graph.inputs[0]?.shape?.slice(2) ?? [];
  const free = sizes.some((size) => typeof size !== 'number');
  try {
    return readNetwork(model, { inputSize: free ? { height: 32, width: 32 } : undefined });
  } catch (error) {
    if (error instanceof LightboxError) return error;
    throw error;
  }
}

function expectSentence({ code, message }: LightboxError, { path }: Model): void {
  expect(code, message).toMatch(/^model\/(unreadable|unsupported-form|unsupported-operator)$/);
  expect(message).toMatch(/^\S+\.onnx: [^\n]+\.$/);
  expect(path).toContain(message.split(': ')[0]);
}

/** The file's own output as ONNX Runtime gives it; undefined where it refuses what is harmless here, as attributes without a meaning. */
async function ownOutput(model: Model, network: Network, image: Float32Array): Promise<Float32Array | undefined> {
  const externalDataFolder = dirname(model.path);
  const dims = [1, network.input.channels, network.input.height, network.input.width];
  try {
    const bytes = writeModel(model, { externalDataFolder });
    const session = await createSession({ bytes, externalDataFolder, provider: 'cpu', threads: 1, source: 'mutant' });
    const outputs = await session.run({ [network.input.name]: { values: image, dims } });
    await session.close();
    return outputs[network.output.name]?.values as Float32Array | undefined;
  } catch {
    return undefined;
  }
}

async function expectRuns(network: Network, choice: number): Promise<void> {
  const { channels, height, width } = network.input;
  // Pictures too large to be run in a moment say nothing more.
  if (channels * height * width > largest) return;
  const image = createNormalValues('picture', channels * height * width);
  const composite = composites[choice % composites.length];
  const attribute = await openAttribution(network, { composite, blockSize: layouts[choice % layouts.length] });
  const { relevance, logits } = await attribute({ image, count: 1 });
  expect(relevance.length).toBe(image.length);
  const own = await ownOutput(network.model, network, image);
  if (!own) return;
  expect(logits.length).toBe(own.length);
  if (own.every(Number.isFinite)) expect(distance(logits, own)).toBeLessThan(1e-4);
}

/** Relative, but for values that are all zero. */
function distance(actual: Float32Array, expected: Float32Array): number {
  return expected.some((value) => value !== 0) ? relativeError(actual, expected) : Math.hypot(...actual);
}

let runs = 0;

test.each(Object.entries(mutations))(`%s, in ${String(rounds * sources.length)} networks`, async (name, mutation) => {
  const unit = seededRandom(name.length * 7919 + name.charCodeAt(3));
  const random = (limit: number): number => Math.floor(unit() * limit);
  let [accepted, refused] = [0, 0];
  for (const model of models) {
    for (let round = 0; round < rounds; round++) {
      const network = read(mutate(model, mutation, random));
      if (network instanceof LightboxError) {
        refused++;
        expectSentence(network, model);
        continue;
      }
      compileAttribution(network, {
        composite: composites[round % composites.length],
        blockSize: Math.max(...layouts),
      });
      if (accepted++ % oneIn === 0) await expectRuns(network, runs++);
    }
  }
  expect(refused).toBeGreaterThan(0);
});

test('many of them could be read, and were run', () => {
  expect(runs).toBeGreaterThan(40);
});
