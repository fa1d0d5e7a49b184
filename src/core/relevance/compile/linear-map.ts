import type { Convolution, Linear, Operation } from '../network/network.ts';
import { convolve, type Filter } from './convolve.ts';
import { convolveBack } from './convolve-back.ts';
import type { WeightForm } from './filters.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

export interface ApplyRequest {
  readonly weight: WeightForm;
  /** Form of the bias; undefined leaves the bias out. */
  readonly bias?: WeightForm | undefined;
  readonly plus?: Tensor | undefined;
  readonly relu?: boolean;
  /** Set where x is a constant: written in the layout whose operators are folded when the session loads. */
  readonly constant?: boolean;
}

/** A convolution or linear layer as rules see it: a matrix, its transpose, and a bias, each in any elementwise form. */
export interface LinearMap {
  /** weight(x) + bias + plus. */
  apply(x: Tensor, request: ApplyRequest): Tensor;
  /** The transpose of weight applied to what has the output's shape. */
  back(signal: Tensor, weight: WeightForm, plus?: Tensor): Tensor;
  /** Sizes of input and output after the batch. */
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  /** The operation, for rules that treat convolutions by their geometry. */
  readonly operation: Operation<Convolution | Linear>;
  /** Set where the layer is written in parts. Rules are applied to each of them. */
  readonly parts?: readonly MapPart[];
}

/** A linear layer of some of another one's outputs, from this one on. */
export interface MapPart {
  readonly start: number;
  readonly map: LinearMap;
}

export interface MapSizes {
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
}

/** The bias in a form; a bias that is absent is zero in every form but a shifted one. */
function biasName(
  writer: TensorWriter,
  form: Convolution | Linear,
  change: WeightForm | undefined,
): string | undefined {
  if (!change) return undefined;
  const { graph } = writer;
  if (form.bias) return change(graph, graph.parameter(form.bias));
  const channels = (form.kind === 'linear' && !form.outputFirst ? form.weight.dims[1] : form.weight.dims[0]) ?? 0;
  const zeros = graph.emit('ConstantOfShape', [graph.integers([channels])]);
  const changed = change(graph, zeros);
  return changed === zeros ? undefined : changed;
}

export function convolutionMap(writer: TensorWriter, operation: Operation<Convolution>, sizes: MapSizes): LinearMap {
  const { form } = operation;
  const filter = (): Filter => ({ name: writer.graph.parameter(form.weight), dims: form.weight.dims });
  return {
    ...sizes,
    operation,
    apply: (x, { weight, bias, plus, relu, constant }) =>
      convolve(writer, x, {
        ...form,
        filter: filter(),
        form: weight,
        bias: biasName(writer, form, bias),
        plus,
        relu: relu ?? false,
        constant: constant ?? false,
      }),
    back: (signal, weight, plus) =>
      convolveBack(writer, signal, { ...form, filter: filter(), form: weight, sizes: sizes.inputSizes, plus }),
  };
}

interface Product {
  readonly weight: string;
  readonly transposed: boolean;
  readonly bias: string | undefined;
}

export function denseMap(writer: TensorWriter, operation: Operation<Linear>, sizes: MapSizes): LinearMap {
  const { form } = operation;
  const { graph } = writer;
  const matrix = (weight: WeightForm): string => weight(graph, graph.parameter(form.weight));
  const product = (x: Tensor, { weight, transposed, bias }: Product): string =>
    x.sizes.length === 1
      ? graph.emit('Gemm', [x.name, weight, ...(bias === undefined ? [] : [bias])], {
          attributes: { transB: Number(transposed) },
        })
      : stackedProduct(writer, x, { weight: transposed ? graph.emit('Transpose', [weight]) : weight, bias });
  return {
    ...sizes,
    operation,
    apply: (x, { weight, bias, plus, relu }) => {
      const name = product(writer.asPlain(x), {
        weight: matrix(weight),
        transposed: form.outputFirst,
        bias: biasName(writer, form, bias),
      });
      const result = writer.plain(name, sizes.outputSizes);
      const total = plus ? writer.add(result, plus) : result;
      return relu ? writer.positivePart(total) : total;
    },
    back: (signal, weight, plus) => {
      const name = product(writer.asPlain(signal), {
        weight: matrix(weight),
        transposed: !form.outputFirst,
        bias: undefined,
      });
      const result = writer.plain(name, sizes.inputSizes);
      return plus ? writer.add(result, plus) : result;
    },
  };
}

/** A linear layer over the last axis of a value with more axes than batch and channels. */
function stackedProduct(
  writer: TensorWriter,
  x: Tensor,
  { weight, bias }: { weight: string; bias: string | undefined },
): string {
  const product = writer.graph.emit('MatMul', [x.name, weight]);
  return bias === undefined ? product : writer.graph.emit('Add', [product, bias]);
}
