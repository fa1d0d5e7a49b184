/** TensorProto to Initializer: every form in which ONNX stores numbers becomes little-endian bytes, or a place in a file. */
import { dataTypeOfCode, findDataTypeFacts, type DataTypeFacts } from './data-types.ts';
import type { ExternalData } from './external-data.ts';
import type { DataType, Initializer, TensorBytes } from './model.ts';
import type { tensorProto } from './onnx-messages.ts';
import { joinRanges, lengthOfRanges, readPackedIntegers } from './read-typed-values.ts';
import type { MessageOf } from './wire-format.ts';
import type { WireReader } from './wire-reader.ts';

/** Longer tensors stay in the file. Shapes and indices, which the compiler reads itself, are rarely longer. */
const inMemoryLength = 1024;
const integersInMemoryLength = 64 * 1024;
const integerTypes: readonly DataType[] = ['int64', 'int32'];

type TensorMessage = MessageOf<typeof tensorProto>;

/** Where a model's bytes are found. */
export interface ModelSource {
  readonly reader: WireReader;
  readonly externalData: ExternalData;
}

/** Throws `model/unreadable` where bytes and dimensions disagree, `model/external-data` for tensors in other files. */
export function readTensor(source: ModelSource, tensor: TensorMessage): Initializer {
  const name = tensor.name ?? '';
  const dataType = dataTypeOfCode(tensor.dataType ?? 0);
  const facts = findDataTypeFacts(dataType);
  const elements = countElements(source.reader, tensor, facts?.elementLength ?? 1);
  const expectedLength = facts && elements * facts.elementLength;
  if (tensor.dataLocation === 1) {
    const entries = new Map(tensor.externalData.map((entry) => [entry.key ?? '', entry.value ?? '']));
    const place = source.externalData.resolve({ tensorName: name, entries, expectedLength });
    return { name, dataType, dims: tensor.dims, data: keepIfSmall(source, dataType, place) };
  }
  const data = facts ? locateInside(source.reader, { tensor, facts, elements }) : tensor.rawData;
  if (!data) return { name, dataType, dims: tensor.dims, data: { kind: 'memory', bytes: new Uint8Array(0) } };
  return { name, dataType, dims: tensor.dims, data: keepIfSmall(source, dataType, data) };
}

function countElements(reader: WireReader, { name, dims }: TensorMessage, elementLength: number): number {
  const elements = dims.reduce((product, size) => product * size, 1);
  if (dims.every((size) => size >= 0) && Number.isSafeInteger(elements * elementLength)) return elements;
  throw reader.error(`tensor "${name ?? ''}" has the impossible dimensions [${dims.slice(0, 8).join(', ')}]`);
}

interface InsideTensor {
  readonly tensor: TensorMessage;
  readonly facts: DataTypeFacts;
  readonly elements: number;
}

function locateInside(reader: WireReader, { tensor, facts, elements }: InsideTensor): TensorBytes {
  const ranges = tensor.rawData ? [tensor.rawData] : tensor[facts.typedField];
  const isVarint = !tensor.rawData && facts.typedField !== 'floatData' && facts.typedField !== 'doubleData';
  const name = tensor.name ?? '';
  if (isVarint) return readPackedIntegers(reader, { name, ranges, elements, elementLength: facts.elementLength });
  const needed = elements * facts.elementLength;
  const stored = lengthOfRanges(ranges);
  if (stored !== needed) throw reader.error(`tensor "${name}" needs ${needed} bytes, but holds ${stored}`);
  const [first] = ranges;
  return first && ranges.length === 1 ? first : joinRanges(reader, ranges);
}

function keepIfSmall({ reader, externalData }: ModelSource, dataType: DataType, data: TensorBytes): TensorBytes {
  const limit = integerTypes.includes(dataType) ? integersInMemoryLength : inMemoryLength;
  if (data.kind === 'memory' || data.length > limit) return data;
  if (data.path !== reader.path) reader.keep(data.length);
  const bytes = data.path === reader.path ? reader.bytesAt(data.offset, data.length) : externalData.read(data);
  return { kind: 'memory', bytes };
}
