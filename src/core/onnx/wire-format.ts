/** A small language for describing protobuf messages as tables, and the types of the values they hold. */
import type { FileRange, TensorBytes } from './model.ts';

/**
 * How a field is written: `int` any varint (int32, int64, enum), `float` a fixed 32-bit number, `string` UTF-8 text,
 * `payload` bytes that are noted by position when reading and copied or streamed when writing.
 */
type Scalar = 'int' | 'float' | 'string' | 'payload';

export interface Field<Type extends Scalar | MessageType = Scalar | MessageType, Many extends boolean = boolean> {
  readonly number: number;
  readonly type: Type;
  readonly many: Many;
}

export type Fields = Readonly<Record<string, Field>>;

export interface NamedField extends Field {
  readonly name: string;
}

export interface MessageType<F extends Fields = Fields> {
  readonly fields: F;
  readonly byNumber: ReadonlyMap<number, NamedField>;
  /** Highest field number first: the order in which the writer, working backwards, needs them. */
  readonly descending: readonly NamedField[];
}

type ScalarOf<Type, Payload> = Type extends 'int' | 'float'
  ? number
  : Type extends 'string'
    ? string
    : Type extends 'payload'
      ? Payload
      : never;

type ValueOf<Type> = Type extends MessageType<infer F> ? Message<F> : ScalarOf<Type, FileRange>;

/** A message as it is read: repeated fields are always there, others are undefined when absent. */
export type Message<F extends Fields> = {
  readonly [Name in keyof F]: F[Name]['many'] extends true
    ? readonly ValueOf<F[Name]['type']>[]
    : ValueOf<F[Name]['type']> | undefined;
};

type DraftOf<Type> = Type extends MessageType<infer F> ? Draft<F> : ScalarOf<Type, TensorBytes>;

/** A message to be written: anything may be left out. */
export type Draft<F extends Fields> = {
  readonly [Name in keyof F]?:
    (F[Name]['many'] extends true ? readonly DraftOf<F[Name]['type']>[] : DraftOf<F[Name]['type']>) | undefined;
};

export type MessageOf<Type> = Type extends MessageType<infer F> ? Message<F> : never;
export type DraftMessageOf<Type> = Type extends MessageType<infer F> ? Draft<F> : never;

export function one<Type extends Scalar | MessageType>(number: number, type: Type): Field<Type, false> {
  return { number, type, many: false };
}

export function many<Type extends Scalar | MessageType>(number: number, type: Type): Field<Type, true> {
  return { number, type, many: true };
}

export function message<F extends Fields>(fields: F): MessageType<F> {
  const named = Object.entries(fields).map(([name, field]) => ({ ...field, name }));
  return {
    fields,
    byNumber: new Map(named.map((field) => [field.number, field])),
    descending: named.toSorted((a, b) => b.number - a.number),
  };
}
