import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { contract } from '#shared/contract/contract.ts';
import type { Question } from '#shared/contract/explain.ts';
import { readNpy } from '#shared/npy.ts';
import { createStudy, writeModel, type Study } from './small-study.ts';

/** Concepts the window asks for: ranked by layer, by region, and where each lies. */

let study: Study;
let modelPath: string;
let question: Question;
beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('narrow.onnx'));
  await study.write('lungs', { 'normal/1.png': 1, 'nodule/2.png': 2, 'effusion/3.png': 3 });
  await study.import('lungs');
  await study.workbench.predictDataset({ dataset: 'lungs', modelPath, provider: 'cpu' });
  question = { sample: study.samples('lungs')[0]?.id ?? -1, model: 1, composite: 'EpsilonPlusFlat', target: 1 };
});
afterAll(() => study.remove());

const client = (): ContractRouterClient<typeof contract> => createRouterClient(study.workbench.viewer.router);
const loadMap = async (sha256: string): Promise<Float32Array> => {
  const data = await study.workbench.viewer.data(`map/${sha256}`);
  return readNpy(data?.bytes ?? new Uint8Array(), 'the map').values as Float32Array;
};

test('layers stand from the picture to the output, their concepts from the strongest for the class', async () => {
  const { layers, target, turned } = await client().concepts.rank(question);
  expect(target).toBe(1);
  expect([layers[0]?.name, layers.at(-1)?.name]).toEqual(['conv1', 'layer4.1.sum']);
  for (const { concepts, channels } of layers) {
    expect(concepts).toHaveLength(Math.min(12, channels));
    const shares = concepts.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(concepts.every(({ relevance, share }) => relevance * (turned ? -1 : 1) * share >= 0)).toBe(true);
  }
});

test("a concept's heatmap is what passes it: those of all channels of a layer that nothing goes round add up to the whole", async () => {
  const { layers } = await client().concepts.rank(question);
  const [first] = layers;
  const channels = Array.from({ length: first?.channels ?? 0 }, (_, channel) => channel);
  const maps: Float32Array[] = [];
  for (const channel of channels) {
    const { mapSha256, sum } = await client().concepts.map({ ...question, layer: 'conv1', channel });
    const values = await loadMap(mapSha256);
    expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 4);
    maps.push(values);
  }
  const { attribution } = await client().explain.attribution(question);
  const data = await study.workbench.viewer.data(`array/${attribution.arraySha256}`);
  const whole = readNpy(data?.bytes ?? new Uint8Array(), 'the heatmap').values as Float32Array;
  const peak = whole.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = whole.map((value, at) => Math.abs(value - maps.reduce((total, map) => total + (map[at] ?? 0), 0)));
  expect(Math.max(...off) / peak).toBeLessThan(1e-4);
});

test('inside a region other concepts carry; the whole picture as a region changes nothing', async () => {
  const { layers } = await client().concepts.rank(question);
  const all = await client().concepts.rank({ ...question, region: { left: 0, top: 0, width: 32, height: 32 } });
  const order = (of: typeof layers): readonly (readonly number[])[] =>
    of.map(({ concepts }) => concepts.map(({ channel }) => channel));
  expect(order(all.layers)).toEqual(order(layers));
  const corner = await client().concepts.rank({ ...question, region: { left: 0, top: 0, width: 6, height: 6 } });
  expect(order(corner.layers)).not.toEqual(order(layers));
  await expect(
    client().concepts.rank({ ...question, region: { left: 90, top: 90, width: 5, height: 5 } }),
  ).rejects.toMatchObject({ data: { code: 'request/invalid' } });
});

test('layers and channels that are not there are refused', async () => {
  const refused = async (layer: string, channel: number): Promise<unknown> =>
    client()
      .concepts.map({ ...question, layer, channel })
      .catch((error: unknown) => (error as { data?: { code: string } }).data?.code);
  expect(await refused('layer9', 0)).toBe('layer/unknown');
  expect(await refused('conv1', 999)).toBe('concept/unknown');
  expect(await study.workbench.viewer.data(`map/${'0'.repeat(64)}`)).toBeUndefined();
});

test('reference samples come from what was read of the dataset, with the part the concept looks at', async () => {
  const request = { sample: question.sample, model: 1, layer: 'layer4.1.sum', channel: 3 };
  expect(await client().concepts.references(request)).toEqual({ read: 0, samples: [] });
  await study.workbench.findReferences({ dataset: 'lungs', modelPath, provider: 'cpu' });
  const { read, samples } = await client().concepts.references(request);
  expect(read).toBe(3);
  expect(samples.map(({ share }) => share)).toEqual(samples.map(({ share }) => share).toSorted((a, b) => b - a));
  for (const { box } of samples) {
    expect(box.left >= 0 && box.top >= 0 && box.left + box.width <= 32 && box.top + box.height <= 32).toBe(true);
  }
});

test('in the attribution graph, what all channels of a layer pass on to a concept before it is all that concept has', async () => {
  const { layers } = await client().concepts.rank(question);
  const find = (name: string) => layers.find((layer) => layer.name === name);
  const [above, below] = [find('layer1.0.sum'), find('conv1')];
  const graphs = [];
  for (let channel = 0; channel < (above?.channels ?? 0); channel++)
    graphs.push(await client().concepts.graph({ ...question, layer: 'layer1.0.sum', channel }));
  const inflows = graphs.map(({ nodes, edges, columns }) => {
    expect(columns).toEqual(['layer1.0.sum', 'conv1']);
    expect(edges.every(({ from, to }) => nodes[from]?.column === 0 && nodes[to]?.column === 1)).toBe(true);
    return new Map(edges.map(({ to, relevance }) => [nodes[to]?.channel ?? -1, relevance]));
  });
  const everywhere = (below?.concepts ?? []).filter(({ channel }) => inflows.every((inflow) => inflow.has(channel)));
  expect(everywhere.length).toBeGreaterThan(0);
  for (const { channel, relevance } of everywhere)
    expect(inflows.reduce((sum, inflow) => sum + (inflow.get(channel) ?? 0), 0)).toBeCloseTo(relevance, 4);
});

test('a graph of a layer begins at its strongest concepts, and goes four layers towards the picture at most', async () => {
  const { layers } = await client().concepts.rank(question);
  const last = layers.at(-1);
  const { columns, nodes, edges } = await client().concepts.graph({ ...question, layer: last?.name ?? '' });
  expect(columns).toEqual(
    layers
      .slice(-4)
      .toReversed()
      .map(({ name }) => name),
  );
  const start = nodes.filter(({ column }) => column === 0).map(({ channel }) => channel);
  expect(start).toEqual(last?.concepts.slice(0, 4).map(({ channel }) => channel));
  expect(edges.every(({ share }) => Math.abs(share) <= 1)).toBe(true);
});

test('the strongest neuron is where its channel has most relevance, and its field lies on the picture', async () => {
  const neuron = await client().concepts.strongestNeuron({ ...question, layer: 'conv1' });
  expect([neuron.rows, neuron.columns]).toEqual([16, 16]);
  const { left, top, width, height } = neuron.field;
  // conv1: kernel 7, stride 2, padding 3.
  expect([left, top]).toEqual([Math.max(0, 2 * neuron.column - 3), Math.max(0, 2 * neuron.row - 3)]);
  expect([left + width, top + height]).toEqual([Math.min(32, 2 * neuron.column + 4), Math.min(32, 2 * neuron.row + 4)]);
  expect(neuron.isWhole).toBe(false);
  const { layers } = neuron;
  expect((await client().concepts.strongestNeuron(question)).layer).toBe(layers.at(-1));
  const one = await client().concepts.strongestNeuron({ ...question, layer: 'conv1', channel: neuron.channel });
  expect(one).toEqual(neuron);
});
