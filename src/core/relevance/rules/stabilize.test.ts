import { expect, test } from 'vitest';
import { writeModel } from '#core/onnx/index.ts';
import { createSession } from '#core/runtime/index.ts';
import { TensorWriter } from '../compile/tensor.ts';
import { GraphWriter } from '../compile/writer.ts';
import type { Stabilizer } from './rule.ts';
import { stabilize, type Sign } from './stabilize.ts';

/** Stabilised denominators as ONNX Runtime computes them. */
async function stabilized(z: readonly number[], stabilizer: Stabilizer, sign: Sign = 'any'): Promise<Float32Array> {
  const graph = new GraphWriter();
  const writer = new TensorWriter(graph, 1);
  const tensor = writer.plain(graph.input('z', [1, z.length]), [z.length]);
  const output = graph.output(stabilize(writer, tensor, { stabilizer, sign }).name);
  const bytes = writeModel(graph.content(20));
  const session = await createSession({ bytes, provider: 'cpu', threads: 1, source: 'stabilizer' });
  const results = await session.run({ z: { values: Float32Array.from(z), dims: [1, z.length] } });
  await session.close();
  return results[output]?.values as Float32Array;
}

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] ?? NaN) - value), `value ${String(i)}`).toBeLessThanOrEqual(1e-7 * Math.abs(value));
  });
}

/** zennit 1.0.0 in float64. Zero counts as positive, whatever its own sign. */
const small = [0, -0, 1e-7, -1e-7];

test.each<[string, Stabilizer, readonly number[]]>([
  ['is added with the sign', { epsilon: 1e-6 }, [1e-6, 1e-6, 1.1e-6, -1.1e-6]],
  ['clips from below', { epsilon: 1e-6, clip: true }, [1e-6, 1e-6, 1e-6, -1e-6]],
])('a stabilizer that %s', async (_, stabilizer, expected) => {
  expectClose(await stabilized(small, stabilizer), expected);
});

test('a stabilizer relative to the root mean square', async () => {
  expectClose(await stabilized([3, -4, 0, -0], { epsilon: 0.1, normScale: true }), [3.25, -4.25, 0.25, 0.25]);
});

test('where the sign of a denominator is known, zero has it', async () => {
  expectClose(await stabilized([0, -0, 1e-7], { epsilon: 1e-6 }, 'nonNegative'), [1e-6, 1e-6, 1.1e-6]);
  expectClose(await stabilized([0, -0, -1e-7], { epsilon: 1e-6 }, 'nonPositive'), [-1e-6, -1e-6, -1.1e-6]);
});
