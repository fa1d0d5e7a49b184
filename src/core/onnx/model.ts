/** The ONNX model as plain immutable values. Names follow the ONNX specification. */

/** A part of a file, in bytes. */
export interface FileRange {
  readonly kind: 'file';
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Where a tensor's bytes are: in memory, or in a file at an offset (never read until asked for). */
export type TensorBytes = { readonly kind: 'memory'; readonly bytes: Uint8Array } | FileRange;

/** ONNX TensorProto.DataType names used here. */
export type DataType =
  | 'float32'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'string'
  | 'bool'
  | 'float16'
  | 'float64'
  | 'uint32'
  | 'uint64'
  | 'bfloat16'
  | 'other';

/** A stored tensor, little-endian, row-major. */
export interface Initializer {
  readonly name: string;
  readonly dataType: DataType;
  readonly dims: readonly number[];
  readonly data: TensorBytes;
}

/** An attribute's value. Integers are numbers; a tensor attribute is an Initializer. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Initializer }
  | { readonly kind: 'unsupported' };

export interface Node {
  readonly name: string;
  readonly operator: string;
  /** '' is ONNX's own domain. */
  readonly domain: string;
  /** '' marks an optional input that is absent. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** NodeProto.metadata_props: where the torch.export exporter keeps module names. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** A dimension: a fixed size, or a name (or '' when nameless) for one chosen at run time. */
export type Dimension = number | string;

export interface ValueInfo {
  readonly name: string;
  readonly dataType: DataType;
  /** undefined when the file does not say. */
  readonly shape: readonly Dimension[] | undefined;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  /** Inputs that are not initializers (old files list both). */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

export interface Model {
  readonly path: string;
  readonly irVersion: number;
  /** Opset version of each imported domain; '' is ONNX's own. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly producer: string;
  readonly graph: Graph;
}
