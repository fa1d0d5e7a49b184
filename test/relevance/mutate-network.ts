import type { Attribute, Dimension, Graph, Initializer, Model, Node } from '#core/onnx/index.ts';
import {
  changeNumber,
  isList,
  pick,
  rekind,
  renumber,
  reshape,
  retype,
  revalue,
  type Random,
} from './mutate-values.ts';

/** One way to make a network wrong, or at least another. */
export type Mutation = (graph: Graph, random: Random) => Graph;

const changeNode =
  (change: (node: Node, random: Random, graph: Graph) => Node, suits: (node: Node) => boolean = () => true): Mutation =>
  (graph, random) => {
    const chosen = pick(graph.nodes.filter(suits), random);
    return { ...graph, nodes: graph.nodes.map((node) => (node === chosen ? change(node, random, graph) : node)) };
  };

type Names = readonly string[];

const changeInputs = (change: (inputs: Names, random: Random, graph: Graph) => Names): Mutation =>
  changeNode(
    (node, random, graph) => ({ ...node, inputs: change(node.inputs, random, graph) }),
    ({ inputs }) => inputs.length > 0,
  );

/** Puts something else, made from the graph, in the place of one input. */
const replaceInput = (replacement: (random: Random, graph: Graph) => string): Mutation =>
  changeInputs((inputs, random, graph) => {
    const at = random(inputs.length);
    return inputs.map((name, i) => (i === at ? replacement(random, graph) : name));
  });

const changeAttribute = (change: (value: Attribute, random: Random) => Attribute | undefined): Mutation =>
  changeNode(
    (node, random) => {
      const name = pick([...node.attributes.keys()], random) ?? '';
      const before = node.attributes.get(name);
      const after = before && change(before, random);
      const others = [...node.attributes].filter(([key]) => key !== name);
      return { ...node, attributes: new Map(after ? [...others, [name, after]] : others) };
    },
    ({ attributes }) => attributes.size > 0,
  );

const changeTensor =
  (
    change: (tensor: Initializer, random: Random) => Initializer,
    suits: (tensor: Initializer) => boolean = () => true,
  ): Mutation =>
  (graph, random) => {
    const chosen = pick([...graph.initializers.values()].filter(suits), random);
    if (!chosen) return graph;
    return { ...graph, initializers: new Map([...graph.initializers, [chosen.name, change(chosen, random)]]) };
  };

const without = <Item>(items: readonly Item[], at: number): Item[] => items.filter((_, i) => i !== at);

const anyValue = (random: Random, graph: Graph): string =>
  pick(
    [
      ...graph.nodes.flatMap(({ outputs }) => outputs),
      ...graph.initializers.keys(),
      ...graph.inputs.map(({ name }) => name),
    ],
    random,
  ) ?? '';

const operators =
  'Add AveragePool BatchNormalization Cast Clip Concat Constant ConstantOfShape Conv Dropout Elu Expand Flatten Gather Gemm ' +
  'GlobalAveragePool MatMul MaxPool Mul PRelu Pad ReduceMean Relu Reshape Shape Slice Softmax Squeeze Sum Transpose Unsqueeze ' +
  'constructor toString';

function changeExtent(shape: readonly Dimension[], random: Random): readonly Dimension[] {
  const at = random(shape.length);
  return shape.map((size, i) => (i === at ? Math.abs(changeNumber(Number(size) || 1, random)) : size));
}

export const mutations: Readonly<Record<string, Mutation>> = {
  'inputs swapped': changeInputs((inputs, random) => {
    const [a, b] = [random(inputs.length), random(inputs.length)];
    return inputs.map((name, i) => inputs[i === a ? b : i === b ? a : i] ?? name);
  }),
  'an input dropped': changeInputs((inputs, random) => without(inputs, random(inputs.length))),
  'an input left empty': replaceInput(() => ''),
  'an input added': changeInputs((inputs, random, graph) => [...inputs, anyValue(random, graph)]),
  'an edge moved': replaceInput(anyValue),
  'an attribute of another value': changeAttribute(revalue),
  'an attribute of another kind': changeAttribute(rekind),
  'an attribute dropped': changeAttribute(() => undefined),
  'attributes of another node': changeNode((node, random, graph) => ({
    ...node,
    attributes: new Map([...node.attributes, ...(pick(graph.nodes, random)?.attributes ?? [])]),
  })),
  'another operator': changeNode((node, random) => ({ ...node, operator: pick(operators.split(' '), random) ?? '' })),
  'a tensor of another shape': changeTensor(reshape),
  'a tensor of another type': changeTensor(retype),
  'a list of other numbers': changeTensor(renumber, isList),
  'a picture of another shape': (graph, random) => ({
    ...graph,
    inputs: graph.inputs.map((input) => ({ ...input, shape: input.shape && changeExtent(input.shape, random) })),
  }),
  'a value renamed': changeNode((node, random, graph) => ({
    ...node,
    outputs: node.outputs.map(() => (random(4) === 0 ? 'new' : anyValue(random, graph))),
  })),
  'a node dropped': (graph, random) => ({ ...graph, nodes: without(graph.nodes, random(graph.nodes.length)) }),
  'a node moved': (graph, random) => {
    const [from, to] = [random(graph.nodes.length), random(graph.nodes.length)];
    const rest = without(graph.nodes, from);
    return { ...graph, nodes: [...rest.slice(0, to), ...graph.nodes.slice(from, from + 1), ...rest.slice(to)] };
  },
  'another output': (graph, random) => ({
    ...graph,
    outputs: graph.outputs.map((output) => ({ ...output, name: anyValue(random, graph), shape: undefined })),
  }),
};

/** The model with its graph changed one to three times. */
export function mutate(model: Model, mutation: Mutation, random: Random): Model {
  let { graph } = model;
  for (let left = random(3); left >= 0; left--) graph = mutation(graph, random);
  return { ...model, graph };
}
