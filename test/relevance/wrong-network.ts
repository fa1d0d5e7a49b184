import { expect } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import {
  float32Initializer,
  node,
  valueInfo,
  type AttributeInput,
  type Initializer,
  type Model,
  type Node,
} from '#core/onnx/index.ts';
import { readNetwork } from '#core/relevance/index.ts';

/** Networks that no runtime could compute, each wrong in one way. */

export type Attributes = Readonly<Record<string, AttributeInput>>;
export type Dims = Readonly<Record<string, readonly number[]>>;

export function weights(dims: Dims): readonly Initializer[] {
  return Object.entries(dims).map(([name, sizes]) => {
    const count = sizes.reduce((a, b) => a * b, 1);
    return float32Initializer(name, sizes, new Float32Array(count).fill(0.5));
  });
}

/** The node that is wrong. */
export function wrong(operator: string, inputs: readonly string[], attributes: Attributes = {}): Node {
  return node(operator, { inputs, outputs: ['y'], name: 'wrong' }, attributes);
}

export function modelOf(
  nodes: readonly Node[],
  stored: readonly Initializer[],
  size: readonly number[] = [3, 8, 8],
): Model {
  return {
    path: '/somewhere/wrong.onnx',
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: 'test',
    graph: {
      name: 'wrong',
      nodes,
      initializers: new Map(stored.map((tensor) => [tensor.name, tensor])),
      inputs: [valueInfo('x', ['batch', ...size])],
      outputs: [valueInfo('y', ['batch', 2])],
    },
  };
}

export function refusalOf(model: Model): LightboxError {
  try {
    readNetwork(model);
  } catch (error) {
    if (error instanceof LightboxError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** One sentence that names the file, the node, and what is wrong with it. */
export function expectRefusal(model: Model, operator: string, why: string): void {
  const { code, message } = refusalOf(model);
  expect(code).toBe('model/unsupported-form');
  expect(message).toMatch(/^wrong\.onnx: node [^\n]*\.$/);
  expect(message).toContain(`node ${operator} "wrong"`);
  expect(message).toContain(`: ${why}`);
}
