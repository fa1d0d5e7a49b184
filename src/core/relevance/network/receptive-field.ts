/**
 * Which pixels of the input can reach a neuron: through a window of kernel k, stride s, dilation d and padding p before its first
 * pixel, outputs a to b come from inputs a s - p to b s - p + (k - 1) d, as far as there are any (Dumoulin and Visin, "A guide to
 * convolution arithmetic for deep learning", arXiv:1603.07285, 2016; Araujo, Norris and Sim, "Computing Receptive Fields of
 * Convolutional Neural Networks", Distill 2019). Where several ways lead to a neuron it is the span of them all.
 */
import type { Network, Operation, OperationForm, Span, Window } from './network.ts';

/** First and past-the-last rows and columns of the network's input. */
export interface ReceptiveField {
  readonly rows: Span;
  readonly columns: Span;
}

/** Of the neuron at a row and column of a layer; behind the flattening, where there are no rows, all of the input. */
export function computeReceptiveField(
  network: Pick<Network, 'input' | 'operations' | 'shapes' | 'layers'>,
  layer: string,
  [row, column]: readonly [number, number],
): ReceptiveField {
  const output = network.layers.find(({ name }) => name === layer)?.output ?? '';
  return {
    rows: trace(network, { output, at: row, axis: 0 }),
    columns: trace(network, { output, at: column, axis: 1 }),
  };
}

interface Start {
  readonly output: string;
  readonly at: number;
  /** Rows, or columns. */
  readonly axis: 0 | 1;
}

type Traced = Pick<Network, 'input' | 'operations' | 'shapes'>;

/** Values are gone through from the last to the first, so that each is known whole before what it was computed from. */
function trace({ input, operations, shapes }: Traced, { output, at, axis }: Start): Span {
  const needed = new Map<string, Span>([[output, [at, at + 1]]]);
  for (const operation of operations.toReversed()) {
    const span = needed.get(operation.output);
    if (!span) continue;
    const from = carryBack(operation, span, axis);
    for (const value of operation.inputs) {
      const size =
        value === input.name ? [input.height, input.width][axis] : Number(shapes.get(value)?.[2 + axis] ?? 1);
      const [start, end] = from ?? [0, Infinity];
      const [before, behind] = needed.get(value) ?? [Infinity, -Infinity];
      const clipped = [Math.max(0, start), Math.min(size ?? 1, end)] as const;
      needed.set(value, [Math.min(before, clipped[0]), Math.max(behind, clipped[1])]);
    }
  }
  return needed.get(input.name) ?? [0, 0];
}

/** What of an input an output needs along one axis; undefined: all there is. */
type Carrier<Form> = (form: Form, span: Span, axis: 0 | 1) => Span | undefined;

const same: Carrier<unknown> = (_, span) => span;
const everything: Carrier<unknown> = () => undefined;

const carriers: { readonly [Kind in OperationForm['kind']]: Carrier<Extract<OperationForm, { kind: Kind }>> } = {
  ...{ activation: same, batchNorm: same, arithmetic: same, sum: same, concat: same },
  ...{ linear: everything, reshape: everything, normalizer: everything },
  pad: ({ pads }, [start, end], axis) => [start - pads[axis], end - pads[axis]],
  convolution: throughWindow,
  maxPool: throughWindow,
  averagePool: (form, span, axis) => {
    if ('kernel' in form) return throughWindow(form, span, axis);
    const spans = (axis === 0 ? form.rows : form.columns).slice(...span);
    return [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))];
  },
};

const carryBack = ({ form }: Operation, span: Span, axis: 0 | 1): Span | undefined =>
  (carriers[form.kind] as Carrier<OperationForm>)(form, span, axis);

function throughWindow({ kernel, strides, pads, dilations }: Window, [start, end]: Span, axis: 0 | 1): Span {
  const first = start * strides[axis] - pads[axis];
  const last = (end - 1) * strides[axis] - pads[axis] + (kernel[axis] - 1) * dilations[axis];
  return [first, last + 1];
}
