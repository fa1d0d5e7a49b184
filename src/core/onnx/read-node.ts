/** NodeProto and AttributeProto to Node and Attribute. */
import type { Attribute, Initializer, Node } from './model.ts';
import type { attributeProto, nodeProto } from './onnx-messages.ts';
import { readTensor, type ModelSource } from './read-tensor.ts';
import type { MessageOf } from './wire-format.ts';

type AttributeMessage = MessageOf<typeof attributeProto>;

const noEntries: ReadonlyMap<string, never> = new Map<string, never>();

/** Attributes of kinds this program has no use for (graphs, sparse tensors, types) become `unsupported`. */
export function readNode(source: ModelSource, node: MessageOf<typeof nodeProto>): Node {
  return {
    name: node.name ?? '',
    operator: node.operator ?? '',
    domain: readDomain(node.domain),
    inputs: node.inputs,
    outputs: node.outputs,
    attributes: mapOf(node.attributes, (attribute) => [attribute.name ?? '', readAttribute(source, attribute)]),
    metadata: mapOf(node.metadata, (entry) => [entry.key ?? '', entry.value ?? '']),
  };
}

/** ONNX's own domain has two names; '' is the one used here. */
export function readDomain(domain: string | undefined): string {
  return domain === undefined || domain === 'ai.onnx' ? '' : domain;
}

function mapOf<Item, Value>(
  items: readonly Item[],
  entry: (item: Item) => [string, Value],
): ReadonlyMap<string, Value> {
  return items.length === 0 ? noEntries : new Map(items.map(entry));
}

type AttributeReader = (attribute: AttributeMessage, readValue: () => Initializer | undefined) => Attribute | undefined;

/** By AttributeProto.AttributeType. A value that is left out is its type's zero, as in protobuf. */
const attributeReaders: Readonly<Record<number, AttributeReader>> = {
  1: ({ float }) => ({ kind: 'float', value: float ?? 0 }),
  2: ({ int }) => ({ kind: 'int', value: int ?? 0 }),
  3: ({ string }) => ({ kind: 'string', value: string ?? '' }),
  4: (_, readValue) => {
    const value = readValue();
    return value && { kind: 'tensor', value };
  },
  6: ({ floats }) => ({ kind: 'floats', value: floats }),
  7: ({ ints }) => ({ kind: 'ints', value: ints }),
  8: ({ strings }) => ({ kind: 'strings', value: strings }),
};

function readAttribute(source: ModelSource, attribute: AttributeMessage): Attribute {
  const unsupported: Attribute = { kind: 'unsupported' };
  if (attribute.referredName) return unsupported;
  const readValue = (): Initializer | undefined => attribute.tensor && readTensor(source, attribute.tensor);
  return attributeReaders[attribute.type ?? guessType(attribute)]?.(attribute, readValue) ?? unsupported;
}

/** The first files of the format did not write the type. */
function guessType(attribute: AttributeMessage): number {
  if (attribute.float !== undefined) return 1;
  if (attribute.int !== undefined) return 2;
  if (attribute.string !== undefined) return 3;
  if (attribute.tensor) return 4;
  if (attribute.floats.length > 0) return 6;
  if (attribute.ints.length > 0) return 7;
  return attribute.strings.length > 0 ? 8 : 0;
}
