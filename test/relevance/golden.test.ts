import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '#core/onnx/index.ts';
import { createComposite, readNetwork, type CompositeName } from '#core/relevance/index.ts';
import { probeBlockSize } from '#core/runtime/index.ts';
import { openAttribution, readFloats, relativeError, sumOverColor } from './run-attribution.ts';

interface Entry {
  readonly composite: CompositeName;
  readonly target?: number;
  readonly targets?: readonly number[];
  readonly initial: 'one' | 'logit';
  readonly file: string;
  readonly zennit_float32_error?: number;
}

interface ConceptEntry extends Entry {
  readonly layer: string;
  readonly image?: number;
  readonly concept?: number;
  readonly bypass?: boolean;
}

interface GoldenCase {
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
  readonly lrp: readonly Entry[];
  readonly crp: readonly ConceptEntry[];
  readonly files: Readonly<Record<string, readonly number[]>>;
}

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const names = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'case.json')))
  : [];
const blockSize = await probeBlockSize();

if (names.length === 0) {
  describe('reference cases', () => {
    it.skip('are not on this machine (../shared/golden); the corpus stands in for them', () => undefined);
  });
}

describe.each(names)('reference case %s', (name) => {
  const golden = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as GoldenCase;
  const [count = 0, channels = 0, height = 0, width = 0] = golden.files['input'] ?? [];
  const image = readFloats(join(folder, name, 'input.f32'));
  const read = async (): Promise<ReturnType<typeof readNetwork>> =>
    readNetwork(await readModel(join(folder, name, 'model.onnx')));
  const bar = ({ zennit_float32_error: error = 0 }: Entry): number => Math.max(1e-5, 4 * error);

  it.each([...new Set(golden.lrp.map(({ composite }) => composite))])('%s', async (composite) => {
    const parameters = { low: [golden.low].flat(), high: [golden.high].flat() };
    const attribute = await openAttribution(await read(), {
      composite: createComposite(composite, parameters),
      blockSize,
    });
    for (const entry of golden.lrp.filter((candidate) => candidate.composite === composite)) {
      const targets = entry.targets ?? Array.from({ length: count }, () => entry.target ?? 0);
      const { relevance, logits } = await attribute({ image, count, targets, start: entry.initial });
      const expected = readFloats(join(folder, name, `${entry.file}.f32`));
      const summed = expected.length === count * height * width;
      const actual = summed ? sumOverColor(relevance, [count, channels, height * width]) : relevance;
      expect(relativeError(actual, expected), entry.file).toBeLessThan(bar(entry));
      expect(relativeError(logits, readFloats(join(folder, name, 'logits.f32')))).toBeLessThan(1e-5);
    }
  });

  it('conditions on one channel', async () => {
    const network = await read();
    for (const entry of golden.crp.filter(({ concept }) => concept !== undefined)) {
      const mode = entry.bypass === true ? 'masked' : 'through';
      const composite = createComposite(entry.composite);
      const attribute = await openAttribution(network, {
        composite,
        blockSize,
        conditions: [{ layer: entry.layer, mode }],
      });
      const layer = network.layers.find((candidate) => candidate.name === entry.layer);
      const mask = new Float32Array(layer?.channels ?? 0);
      mask[entry.concept ?? 0] = 1;
      const from = (entry.image ?? 0) * channels * height * width;
      const { relevance } = await attribute({
        image: image.slice(from, from + channels * height * width),
        count: 1,
        targets: [entry.target ?? 0],
        start: entry.initial,
        masks: [mask],
      });
      const expected = readFloats(join(folder, name, `${entry.file}.f32`));
      const actual = sumOverColor(relevance, [1, channels, height * width]);
      if (expected.every((value) => value === 0))
        expect(Math.max(...actual.map(Math.abs)), entry.file).toBeLessThan(1e-9);
      else expect(relativeError(actual, expected), entry.file).toBeLessThan(bar(entry));
    }
  });
});
