import type { Convolution, Linear, Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';
import { joinParts, partDense, type PartLimits } from './dense-parts.ts';
import { convolutionMap, denseMap, type LinearMap, type MapSizes } from './linear-map.ts';
import type { TensorWriter } from './tensor.ts';

/** `rule` says which changed copies of the weights will be asked for. */
export function linearMap(
  writer: TensorWriter,
  operation: Operation<Convolution | Linear>,
  { rule, limits, ...sizes }: MapSizes & { readonly rule: Rule | undefined; readonly limits: PartLimits | undefined },
): LinearMap {
  const { form } = operation;
  if (form.kind === 'convolution') return convolutionMap(writer, { ...operation, form }, sizes);
  const dense = { ...operation, form };
  const slices = sizes.outputSizes.length === 1 ? partDense(dense, rule, limits) : undefined;
  if (!slices) return denseMap(writer, dense, sizes);
  const parts = slices.map(({ start, count, weight, bias }) => ({
    start,
    map: denseMap(writer, { ...dense, form: { ...form, weight, bias } }, { ...sizes, outputSizes: [count] }),
  }));
  return joinParts(writer, operation, { sizes, parts });
}
