import type { Attribute, Model, Node } from '#core/onnx/index.ts';
import type { Parameter } from './parameter.ts';

/** A value's shape; the batch axis is chosen at run time. */
export type Shape = readonly (number | 'batch')[];

/** What the stride, padding, dilation of a sliding window are, per spatial axis (height, width). */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
}

/** y = x convolved with weight [out, in / group, kh, kw], plus bias [out]. */
export interface Convolution extends Window {
  readonly kind: 'convolution';
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly group: number;
}

/** y = x W + b; weight is [in, out], or [out, in] when outputFirst. */
export interface Linear {
  readonly kind: 'linear';
  readonly weight: Parameter;
  readonly outputFirst: boolean;
  readonly bias: Parameter | undefined;
}

export interface Activation {
  readonly kind: 'activation';
  readonly operator: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Constant further inputs (Clip's bounds, PRelu's slope). */
  readonly parameters: readonly (Parameter | undefined)[];
  readonly nonNegative: boolean;
}

/** y = x * scale + shift, per channel (dims [channels]). */
export interface BatchNorm {
  readonly kind: 'batchNorm';
  readonly scale: Parameter;
  readonly shift: Parameter;
}

/** Arithmetic of a computed value with a constant, such as pixel normalisation: x op c, or c op x. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: 'Add' | 'Sub' | 'Mul' | 'Div';
  readonly constant: Parameter;
  readonly constantFirst: boolean;
  /** Set where it prepares pixels below the first layer: relevance passes it unchanged. */
  readonly normalization: boolean;
}

export interface AveragePool extends Window {
  readonly kind: 'averagePool';
  readonly countIncludePad: boolean;
}

/** A first and a past-the-last index. */
export type Span = readonly [start: number, end: number];

/** Average pooling with windows of unequal size: output (i, j) averages the inputs in rows[i] and columns[j]. */
export interface UnevenAveragePool {
  readonly kind: 'averagePool';
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
}

export interface MaxPool extends Window {
  readonly kind: 'maxPool';
}

/** The sum of two or more computed values of one shape: a residual connection. */
export interface Sum {
  readonly kind: 'sum';
}

export interface Concat {
  readonly kind: 'concat';
  readonly axis: number;
}

/** Flatten, Reshape, Squeeze, Unsqueeze: the same numbers in another shape. */
export interface Reshape {
  readonly kind: 'reshape';
}

/** Zero padding of height and width: top, left, bottom, right. */
export interface Pad {
  readonly kind: 'pad';
  readonly pads: readonly [number, number, number, number];
}

/** Softmax, LogSoftmax: only ever cut off the end. */
export interface Normalizer {
  readonly kind: 'normalizer';
  readonly operator: string;
}

export type OperationForm =
  | Convolution
  | Linear
  | Activation
  | BatchNorm
  | Arithmetic
  | AveragePool
  | UnevenAveragePool
  | MaxPool
  | Sum
  | Concat
  | Reshape
  | Pad
  | Normalizer;

/** The kinds a composite can give a rule to; `batchNorm` is one that could not be merged. */
export type LayerType = Exclude<OperationForm['kind'], 'normalizer'>;

/** One step of the forward pass: computed inputs, one computed output, constants in its form. */
export interface Operation<Form extends OperationForm = OperationForm> {
  /** PyTorch's module name where it can be known, such as layer3.2.conv2. */
  readonly name: string;
  readonly form: Form;
  readonly inputs: readonly string[];
  readonly output: string;
  /** The ONNX node it was read from, for messages. */
  readonly node: Node;
}

export interface Layer {
  readonly name: string;
  readonly type: LayerType;
  /** The value whose relevance is "the relevance of this layer". */
  readonly output: string;
  readonly channels: number;
  readonly height: number | undefined;
  readonly width: number | undefined;
}

/** A canonized network: what the rules assume, with the model's outputs unchanged. */
export interface Network {
  readonly model: Model;
  readonly input: {
    readonly name: string;
    readonly channels: number;
    readonly height: number;
    readonly width: number;
  };
  /** The logits. */
  readonly output: { readonly name: string; readonly shape: Shape };
  readonly operations: readonly Operation[];
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly layers: readonly Layer[];
  /** What canonizers did, in sentences. */
  readonly notes: readonly string[];
}

export function isKind<Kind extends OperationForm['kind']>(
  operation: Operation,
  kind: Kind,
): operation is Operation<Extract<OperationForm, { kind: Kind }>> {
  return operation.form.kind === kind;
}
