/** Reads protobuf messages by their tables (wire-format.ts). Unknown fields are skipped, as protobuf asks. */
import type { FileRange } from './model.ts';
import type { Fields, Message, MessageType, NamedField } from './wire-format.ts';
import type { WireReader } from './wire-reader.ts';

const wire = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

type Content = Record<string, unknown>;

const nothing: readonly never[] = [];

/**
 * Reads the message that fills the bytes from the reader's position to `end`. `payload` fields are noted, not read.
 * Throws `model/unreadable` where the bytes are no such message.
 */
export function readMessage<F extends Fields>(reader: WireReader, type: MessageType<F>, end: number): Message<F> {
  return readInto(reader, { type, content: emptyContent(type) }, end) as Message<F>;
}

function emptyContent(type: MessageType): Content {
  const content: Content = {};
  for (const field of type.byNumber.values()) content[field.name] = field.many ? nothing : undefined;
  return content;
}

interface Target {
  readonly type: MessageType;
  readonly content: Content;
}

function readInto(reader: WireReader, target: Target, end: number): Content {
  while (reader.position < end) {
    const tag = reader.varint();
    const number = Math.floor(tag / 8);
    if (number < 1 || number > 0x1fffffff) throw reader.error(`there is no field at byte ${reader.position}`);
    reader.countField();
    readField(reader, { target, field: target.type.byNumber.get(number), wireType: tag & 7 }, end);
  }
  if (reader.position > end) throw reader.error(`a field runs past the end of its message at byte ${end}`);
  return target.content;
}

interface Occurrence {
  readonly target: Target;
  readonly field: NamedField | undefined;
  readonly wireType: number;
}

function readField(reader: WireReader, occurrence: Occurrence, end: number): void {
  const { target, field, wireType } = occurrence;
  const valueEnd = findValueEnd(reader, wireType, end);
  const accept = field && acceptors[typeof field.type === 'string' ? field.type : 'message'];
  if (field && accept?.wireTypes.includes(wireType)) accept.read(reader, { content: target.content, field }, valueEnd);
  else reader.position = valueEnd;
}

/** Checks that a field's value lies inside its message and moves to its first byte. */
function findValueEnd(reader: WireReader, wireType: number, end: number): number {
  let length: number;
  if (wireType === wire.lengthDelimited) length = reader.varint();
  else if (wireType === wire.fixed32) length = 4;
  else if (wireType === wire.fixed64) length = 8;
  else if (wireType === wire.varint) length = measureVarint(reader);
  else throw reader.error(`there is no field of a known form at byte ${reader.position}`);
  if (length < 0 || reader.position + length > end) {
    throw reader.error(
      `a field at byte ${reader.position} runs past the end of what holds it, or the file was cut short`,
    );
  }
  return reader.position + length;
}

function measureVarint(reader: WireReader): number {
  const start = reader.position;
  reader.varint();
  const length = reader.position - start;
  reader.position = start;
  return length;
}

interface Place {
  readonly content: Content;
  readonly field: NamedField;
}

interface Acceptor {
  readonly wireTypes: readonly number[];
  /** Reads the value from the reader's position to `end` and puts it in its place. */
  readonly read: (reader: WireReader, place: Place, end: number) => void;
}

const acceptors: Readonly<Record<'int' | 'float' | 'string' | 'payload' | 'message', Acceptor>> = {
  int: { wireTypes: [wire.varint, wire.lengthDelimited], read: readPacked((reader) => reader.varint()) },
  float: { wireTypes: [wire.fixed32, wire.lengthDelimited], read: readPacked((reader) => reader.float32()) },
  string: {
    wireTypes: [wire.lengthDelimited],
    read: (reader, place, end) => {
      put(place, reader.text(end - reader.position));
    },
  },
  payload: {
    // An element that is not packed has the same bytes as a packed list of one, so every form is just a range.
    wireTypes: [wire.varint, wire.fixed64, wire.lengthDelimited, wire.fixed32],
    read: (reader, place, end) => {
      const offset = reader.position;
      put(place, { kind: 'file', path: reader.path, offset, length: end - offset } satisfies FileRange);
      reader.position = end;
    },
  },
  message: { wireTypes: [wire.lengthDelimited], read: readNested },
};

/** Numbers come one by one or packed into one field; a lone number is a packed list of one. */
function readPacked(readNumber: (reader: WireReader) => number): Acceptor['read'] {
  return (reader, place, end) => {
    while (reader.position < end) {
      reader.countField();
      put(place, readNumber(reader));
    }
    if (reader.position > end) throw reader.error(`a list of numbers is cut short at byte ${end}`);
  };
}

function readNested(reader: WireReader, place: Place, end: number): void {
  const type = place.field.type as MessageType;
  reader.countMessage();
  // Two occurrences of a single message are parts of one message (protobuf's merge rule).
  const earlier = place.field.many ? undefined : (place.content[place.field.name] as Content | undefined);
  put(place, readInto(reader, { type, content: earlier ?? emptyContent(type) }, end));
}

function put({ content, field }: Place, value: unknown): void {
  if (!field.many) content[field.name] = value;
  else if (content[field.name] === nothing) content[field.name] = [value];
  else (content[field.name] as unknown[]).push(value);
}
