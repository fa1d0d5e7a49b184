/** Model values to protobuf messages, the way back from read-model.ts. */
import { LightboxError } from '#shared/errors.ts';
import { findDataTypeFacts } from './data-types.ts';
import type { Attribute, Dimension, Graph, Initializer, Model, Node, ValueInfo } from './model.ts';
import type {
  attributeProto,
  graphProto,
  modelProto,
  nodeProto,
  tensorProto,
  valueInfoProto,
} from './onnx-messages.ts';
import type { DraftMessageOf } from './wire-format.ts';

/** What a model file says; where it lies is said when it is saved. */
export type ModelContent = Omit<Model, 'path'>;

type TensorDraft = DraftMessageOf<typeof tensorProto>;
type AttributeDraft = DraftMessageOf<typeof attributeProto>;

/** Says where a tensor's bytes go: inside the message or beside the file. */
export type PlaceTensor = (initializer: Initializer) => Pick<TensorDraft, 'rawData' | 'externalData' | 'dataLocation'>;

/** Throws `model/unsupported-form` for attributes and tensors whose content was not read. */
export function draftModel(model: ModelContent, place: PlaceTensor): DraftMessageOf<typeof modelProto> {
  return {
    irVersion: model.irVersion,
    producer: model.producer,
    graph: draftGraph(model.graph, place),
    opsets: Array.from(model.opsets, ([domain, version]) => ({ domain, version })),
  };
}

function draftGraph(graph: Graph, place: PlaceTensor): DraftMessageOf<typeof graphProto> {
  return {
    nodes: graph.nodes.map((node) => draftNode(node, place)),
    name: graph.name,
    initializers: Array.from(graph.initializers.values(), (initializer) => draftTensor(initializer, place)),
    inputs: graph.inputs.map(draftValueInfo),
    outputs: graph.outputs.map(draftValueInfo),
  };
}

function draftNode(node: Node, place: PlaceTensor): DraftMessageOf<typeof nodeProto> {
  return {
    inputs: node.inputs,
    outputs: node.outputs,
    name: node.name || undefined,
    operator: node.operator,
    attributes: Array.from(node.attributes, ([name, attribute]) => {
      const drafted = draftAttribute(attribute, place);
      if (drafted) return { ...drafted, name };
      throw new LightboxError(
        'model/unsupported-form',
        `Attribute "${name}" of node "${node.name}" (${node.operator}) is of a kind that cannot be written.`,
      );
    }),
    domain: node.domain || undefined,
    metadata: Array.from(node.metadata, ([key, value]) => ({ key, value })),
  };
}

function draftAttribute(attribute: Attribute, place: PlaceTensor): AttributeDraft | undefined {
  switch (attribute.kind) {
    case 'float':
      return { type: 1, float: attribute.value };
    case 'int':
      return { type: 2, int: attribute.value };
    case 'string':
      return { type: 3, string: attribute.value };
    case 'tensor':
      return { type: 4, tensor: draftTensor(attribute.value, place) };
    case 'floats':
      return { type: 6, floats: attribute.value };
    case 'ints':
      return { type: 7, ints: attribute.value };
    case 'strings':
      return { type: 8, strings: attribute.value };
    case 'unsupported':
      return undefined;
  }
}

function draftTensor(initializer: Initializer, place: PlaceTensor): TensorDraft {
  const facts = findDataTypeFacts(initializer.dataType);
  if (!facts) {
    throw new LightboxError(
      'model/unsupported-form',
      `Tensor "${initializer.name}" is of a type (${initializer.dataType}) that cannot be written.`,
    );
  }
  return { dims: initializer.dims, dataType: facts.code, name: initializer.name, ...place(initializer) };
}

function draftValueInfo(value: ValueInfo): DraftMessageOf<typeof valueInfoProto> {
  const elementType = findDataTypeFacts(value.dataType)?.code;
  // Without a type ONNX Runtime infers one, for outputs.
  if (elementType === undefined) return { name: value.name };
  const shape = value.shape && { dims: value.shape.map(draftDimension) };
  return { name: value.name, type: { tensor: { elementType, shape } } };
}

function draftDimension(dimension: Dimension): { value?: number; parameter?: string } {
  if (typeof dimension === 'number') return { value: dimension };
  return dimension === '' ? {} : { parameter: dimension };
}
