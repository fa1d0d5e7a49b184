import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { float32Initializer, int64Initializer, node, type Initializer, type Node } from '#core/onnx/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { prepareWeights } from './prepare-weights.ts';
import { model, namesOf, prepare, runPlain, step, values } from './test-graphs.ts';

/** Enough values to be an input of its own. */
const large = float32Initializer('w', [128, 128], values(128 * 128));
const small = float32Initializer('b', [128], values(128));

describe('what is prepared', () => {
  test('what comes from weights alone is, and the rest takes its results', async () => {
    const nodes = [step('Relu', 'clamped', 'w'), step('Mul', 'z', 'x', 'w'), step('Add', 'y', 'z', 'clamped')];
    const { main, weights } = await prepare(model({ nodes, initializers: [large] }));
    expect(namesOf(main.graph.nodes)).toEqual(['z', 'y']);
    expect([...weights.keys()]).toEqual(['clamped']);
    expect(main.graph.inputs.map(({ name }) => name)).toEqual(['x', 'clamped']);
    expect([...main.graph.initializers.keys()]).toEqual(['w']);
    expect(weights.get('clamped')?.values).toEqual(
      large.data.kind === 'memory' ? values(128 * 128).map((v) => Math.max(v, 0)) : undefined,
    );
  });

  test('a small result becomes part of the model', async () => {
    const { main, weights } = await prepare(
      model({ nodes: [step('Relu', 'c', 'b'), step('Add', 'y', 'x', 'c')], initializers: [small] }),
    );
    expect(weights.size).toBe(0);
    expect([...main.graph.initializers.keys()]).toEqual(['c']);
    expect(namesOf(main.graph.nodes)).toEqual(['y']);
  });

  test('a result that is only a view of a weight is copied before the next weight is read', async () => {
    const other = float32Initializer('v', [128, 128], values(128 * 128).toReversed());
    const dims = int64Initializer('dims', [1], [128 * 128]);
    const nodes = [
      step('Reshape', 'p', 'w', 'dims'),
      step('Reshape', 'q', 'v', 'dims'),
      step('Sum', 'y', 'x', 'p', 'q'),
    ];
    const { weights } = await prepare(model({ nodes, initializers: [large, other, dims] }));
    expect(weights.get('p')?.values).toEqual(values(128 * 128));
    expect(weights.get('q')?.values).toEqual(values(128 * 128).toReversed());
  });

  test('what depends on the input, an operator that is not known here and a broadcast to larger dimensions are left', async () => {
    const nodes = [
      step('Mul', 'z', 'x', 'w'),
      step('Tan', 't', 'b'),
      step('Add', 'larger', 'b', 'w'),
      step('Sum', 'y', 'z', 't', 'larger'),
    ];
    const content = model({ nodes, initializers: [large, small] });
    const { main, weights } = await prepare(content);
    expect(weights.size).toBe(0);
    expect(main.graph.nodes).toEqual(content.graph.nodes);
  });

  test('an output of the model is left to it', () => {
    const { main } = prepareWeights(model({ nodes: [step('Relu', 'y', 'w')], initializers: [large] }));
    expect(namesOf(main.graph.nodes)).toEqual(['y']);
  });
});

test('large weights come out right while memory for them is asked for', async () => {
  const count = 2 ** 21;
  const weight = float32Initializer('w', [count], values(count));
  const other = float32Initializer('v', [count], values(count).toReversed());
  const nodes = [step('Relu', 'p', 'w'), step('Relu', 'q', 'v'), step('Sum', 'y', 'x', 'p', 'q')];
  const { weights } = await prepare(model({ nodes, initializers: [weight, other] }));
  for (const [name, from] of [
    ['p', values(count)],
    ['q', values(count).toReversed()],
  ] as const) {
    const found = weights.get(name)?.values ?? [];
    expect(from.findIndex((value, index) => Math.max(value, 0) !== found[index])).toBe(-1);
  }
});

/** A chain of random steps on a random weight: the nodes, the integers they need, and the dimensions at the end. */
interface Chain {
  readonly nodes: Node[];
  readonly initializers: Initializer[];
  readonly dims: readonly number[];
}

type Extend = (chain: Chain, random: () => number) => Chain;

const pick = (random: () => number, limit: number): number => Math.floor(random() * limit);

function grow(
  chain: Chain,
  operator: string,
  more: Partial<{
    lists: readonly (readonly number[])[];
    floats: Initializer[];
    dims: readonly number[];
    perm: readonly number[];
  }>,
): Chain {
  const index = chain.nodes.length;
  const lists = (more.lists ?? []).map((list, at) => int64Initializer(`i${index}.${at}`, [list.length], list));
  const floats = more.floats ?? [];
  const inputs = [
    index === 0 ? 'w' : `s${index - 1}`,
    ...floats.map(({ name }) => name),
    ...lists.map(({ name }) => name),
  ];
  const made = node(operator, { inputs, outputs: [`s${index}`] }, more.perm ? { perm: more.perm } : {});
  return {
    nodes: [...chain.nodes, made],
    initializers: [...chain.initializers, ...lists, ...floats],
    dims: more.dims ?? chain.dims,
  };
}

const second = (chain: Chain, dims: readonly number[]): Initializer =>
  float32Initializer(
    `f${chain.nodes.length}`,
    dims,
    values(dims.reduce((a, b) => a * b, 1)).map((v) => v + 1.5),
  );

const binary =
  (operator: string): Extend =>
  (chain, random) => {
    const kept = chain.dims.map((size) => (random() < 0.5 ? size : 1)).slice(pick(random, chain.dims.length + 1));
    return grow(chain, operator, { floats: [second(chain, kept)] });
  };

const steps: readonly Extend[] = [
  (chain) => grow(chain, 'Relu', {}),
  (chain) => grow(chain, 'Min', { floats: [float32Initializer(`f${chain.nodes.length}`, [], [0])] }),
  (chain) => grow(chain, 'Min', { floats: [float32Initializer(`f${chain.nodes.length}`, [], [0.25])] }),
  ...['Add', 'Sub', 'Mul', 'Div'].map(binary),
  (chain, random) => {
    const perm = chain.dims.map((_, axis) => axis).sort(() => random() - 0.5);
    return grow(chain, 'Transpose', { perm, dims: perm.map((axis) => chain.dims[axis] ?? 1) });
  },
  (chain, random) => {
    // Part one axis and join two others: what filters laid out in blocks do.
    const axis = pick(random, chain.dims.length);
    const size = chain.dims[axis] ?? 1;
    const parts = [2, 3, 1].find((count) => size % count === 0) ?? 1;
    const apart = chain.dims.flatMap((old, at) => (at === axis ? [old / parts, parts] : [old]));
    const at = pick(random, apart.length - 1);
    const dims = apart.flatMap((old, index) =>
      index === at ? [old * (apart[at + 1] ?? 1)] : index === at + 1 ? [] : [old],
    );
    return grow(chain, 'Reshape', { lists: [dims], dims });
  },
  (chain, random) => {
    const axis = pick(random, chain.dims.length);
    const size = chain.dims[axis] ?? 1;
    const backwards = random() < 0.5;
    const stride = 1 + pick(random, 2);
    const start = pick(random, size);
    const count = backwards ? Math.floor(start / stride) + 1 : Math.ceil((size - start) / stride);
    const lists = backwards
      ? [[start], [Number.MIN_SAFE_INTEGER], [axis], [-stride]]
      : [[start], [Number.MAX_SAFE_INTEGER], [axis], [stride]];
    return grow(chain, 'Slice', { lists, dims: chain.dims.with(axis, count) });
  },
  (chain, random) => {
    const pads = [...chain.dims, ...chain.dims].map(() => pick(random, 3));
    const rank = chain.dims.length;
    return grow(chain, 'Pad', {
      lists: [pads],
      dims: chain.dims.map((size, axis) => size + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0)),
    });
  },
];

test('any chain of steps gives what ONNX Runtime gives, bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(steps.length - 1), fc.integer({ min: 1, max: 2 ** 31 - 1 })), {
        minLength: 1,
        maxLength: 7,
      }),
      async (dims, picks) => {
        const weight = float32Initializer('w', dims, values(dims.reduce((a, b) => a * b, 1)));
        const start: Chain = { nodes: [], initializers: [weight], dims };
        const chain = picks.reduce((grown, [index, seed]) => {
          const word = createRandomWords(String(seed));
          const random = (): number => word() / 2 ** 32;
          return (steps[index] ?? ((same) => same))(grown, random);
        }, start);
        const last = `s${chain.nodes.length - 1}`;
        const content = model({
          nodes: [...chain.nodes, step('Mul', 'y', 'x', last)],
          initializers: chain.initializers,
        });
        const { main } = prepareWeights(content);
        expect(namesOf(main.graph.nodes)).toEqual(['y']);
        const [expected, prepared] = await Promise.all([runPlain(content), runPlain(main)]);
        expect(prepared).toEqual(expected);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});

describe('weights in a file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'weights-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const inFile = (file: string, length: number): Initializer => ({
    name: 'w',
    dataType: 'float32',
    dims: [length / 4],
    data: { kind: 'file', path: file, offset: 4, length },
  });

  test('are read from where they lie', async () => {
    const file = path.join(folder, 'weights');
    await writeFile(file, new Uint8Array(values(5).buffer));
    const { main } = prepareWeights(
      model({ nodes: [step('Relu', 'c', 'w'), step('Add', 'y', 'x', 'c')], initializers: [inFile(file, 16)] }),
    );
    const prepared = main.graph.initializers.get('c');
    expect(prepared?.data).toEqual({
      kind: 'memory',
      bytes: new Uint8Array(
        values(5)
          .slice(1)
          .map((v) => Math.max(v, 0)).buffer,
      ),
    });
  });

  test.each([
    ['gone', 'gone'],
    ['too short', 'short'],
  ])('a file that is %s is said', async (_, name) => {
    await writeFile(path.join(folder, 'short'), new Uint8Array(8));
    const content = model({
      nodes: [step('Relu', 'c', 'w'), step('Add', 'y', 'x', 'c')],
      initializers: [inFile(path.join(folder, name), 16)],
    });
    expect(() => prepareWeights(content)).toThrow(expect.objectContaining({ code: 'model/unreadable' }) as Error);
  });
});
