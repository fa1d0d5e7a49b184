import { expect, it } from 'vitest';
import type { ConceptGraph } from '#shared/contract/concepts.ts';
import { layOutGraph } from './lay-out-graph.ts';

const node = (column: number, channel: number, relevance: number): ConceptGraph['nodes'][number] => ({
  ...{ column, channel, relevance, share: relevance },
});
const graph: ConceptGraph = {
  ...{ target: 1, turned: false, columns: ['deep', 'early'] },
  nodes: [node(0, 7, 2), node(0, 8, -1), node(1, 3, 1), node(1, 4, 0.5), node(1, 5, 0.25)],
  edges: [
    { from: 0, to: 2, relevance: 1, share: 0.5 },
    { from: 1, to: 3, relevance: -0.5, share: -0.5 },
  ],
};

it('stands from the picture on the left to the class on the right, nothing over anything else', () => {
  const { nodes, target, columns, width, height } = layOutGraph(graph);
  const [deep, early] = columns;
  expect(early?.left).toBeLessThan(deep?.left ?? 0);
  expect(deep?.left).toBeLessThan(target.left);
  for (const one of nodes) {
    expect(one.left >= 0 && one.left < width && one.top >= 0 && one.top < height).toBe(true);
    const others = nodes.filter((other) => other !== one && other.left === one.left);
    for (const other of others) expect(Math.abs(other.top - one.top)).toBeGreaterThanOrEqual(34);
  }
});

it('lines are as thick as the relevance they stand for, the thickest on top, with their sign', () => {
  const { edges } = layOutGraph(graph);
  expect(edges).toHaveLength(4);
  expect(edges.map(({ thickness }) => thickness)).toEqual([4.5, 9, 9, 18]);
  expect(edges.map(({ speaksFor }) => speaksFor)).toEqual([false, true, false, true]);
  expect(layOutGraph({ ...graph, turned: true }).edges.at(-1)?.speaksFor).toBe(false);
});
