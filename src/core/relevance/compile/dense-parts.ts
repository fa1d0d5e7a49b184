import { int64Parameter, storedParameter, type Parameter } from '../network/parameter.ts';
import type { Linear, Operation } from '../network/network.ts';
import type { Contribution } from '../rules/contribution.ts';
import type { Rule } from '../rules/rule.ts';
import type { LinearMap, MapPart, MapSizes } from './linear-map.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** Rules that look at a weight's parts or powers, and so need a changed copy of it. */
const rulesOfForms: ReadonlySet<Rule['rule']> = new Set(['Gamma', 'ZPlus', 'AlphaBeta', 'ZBox', 'WSquare']);

/** Bytes of weights. Of larger layers a changed copy is made part by part. */
const largestWhole = 2 ** 25;
/** Bytes of weights in a part: what stays in a processor's cache between the way there and the way back. */
const partBytes = 2 ** 24;

export interface PartLimits {
  readonly largestWhole: number;
  readonly partBytes: number;
}

/**
 * A linear layer with more weights than fit is written as several, each of some of its outputs: relevance of the inputs is the
 * sum of what each output hands down, and of a changed weight only one part is in memory at a time. VGG16's first dense layer
 * has 411 MB. undefined where the layer is small, its rule takes the weights as they are, or they lie otherwise.
 */
export function partDense(
  { form }: Operation<Linear>,
  rule: Rule | undefined,
  limits: PartLimits = { largestWhole, partBytes },
): readonly DenseSlice[] | undefined {
  const { weight, bias } = form;
  const [outputs = 0, inputs = 0] = weight.dims;
  if (!rule || !rulesOfForms.has(rule.rule) || !form.outputFirst || weight.kind !== 'stored') return undefined;
  const { initializer } = weight;
  const { data } = initializer;
  if (data.kind !== 'file' || initializer.dataType !== 'float32' || data.length <= limits.largestWhole)
    return undefined;
  const rowBytes = data.length / outputs;
  const count = Math.max(1, Math.floor(limits.partBytes / rowBytes));
  const starts = Array.from({ length: Math.ceil(outputs / count) }, (_, index) => index * count);
  return starts.map((start) => {
    const rows = Math.min(count, outputs - start);
    const range = { ...data, offset: data.offset + start * rowBytes, length: rows * rowBytes };
    const name = `${initializer.name}[${String(start)}]`;
    return {
      start,
      count: rows,
      weight: storedParameter({ ...initializer, name, dims: [rows, inputs], data: range }),
      bias: bias && sliceBias(bias, [start, rows]),
    };
  });
}

/** Some outputs of a linear layer. */
export interface DenseSlice {
  readonly start: number;
  readonly count: number;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
}

function sliceBias(bias: Parameter, [start, count]: readonly [number, number]): Parameter {
  const bounds = [start, start + count, 0, 1].map((value) => int64Parameter([value]));
  return { kind: 'computed', operator: 'Slice', inputs: [bias, ...bounds], dims: [count], attributes: new Map() };
}

/** The whole layer again: parts side by side there, added up on the way back. */
export function joinParts(
  writer: TensorWriter,
  operation: LinearMap['operation'],
  { sizes, parts }: { readonly sizes: MapSizes; readonly parts: readonly MapPart[] },
): LinearMap {
  return {
    ...sizes,
    operation,
    parts,
    apply: (x, request) => {
      const names = parts.map((part) => {
        const plus = request.plus && takeOutputs(writer, request.plus, part);
        return part.map.apply(x, { ...request, plus }).name;
      });
      return writer.plain(writer.graph.emit('Concat', names, { attributes: { axis: -1 } }), sizes.outputSizes);
    },
    back: (signal, weight, plus) => {
      const shares = parts.map((part) => part.map.back(takeOutputs(writer, signal, part), weight));
      return [...shares, ...(plus ? [plus] : [])].reduce((total, share) => writer.add(total, share));
    },
  };
}

/** What of a value of the whole layer's outputs is a part's. */
export function takeOutputs(writer: TensorWriter, tensor: Tensor, { start, map }: MapPart): Tensor {
  const { graph } = writer;
  const [count = 0] = map.outputSizes;
  const bounds = [[start], [start + count], [-1], [1]].map((values) => graph.integers(values));
  return writer.plain(graph.emit('Slice', [writer.asPlain(tensor).name, ...bounds]), map.outputSizes);
}

/** The same kind of contribution from each part, added up. */
export function addContributions(writer: TensorWriter, contributions: readonly Contribution[]): Contribution {
  return contributions.reduce((total, part) => {
    if ('gain' in total && 'gain' in part) return { gain: writer.add(total.gain, part.gain) };
    if ('relevance' in total && 'relevance' in part) {
      return { relevance: writer.add(total.relevance, part.relevance) };
    }
    throw new Error('parts of one layer contribute differently');
  });
}
