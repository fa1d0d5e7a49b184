import { isKind } from '../network/network.ts';
import { reshapeParameter, type Parameter } from '../network/parameter.ts';
import { fusePairs, type Canonizer } from './canonizer.ts';

/** MatMul (or Conv) followed by Add of a stored vector is one layer with a bias, not a sum with a rule of its own. */
export const fuseBias: Canonizer = (network) =>
  fusePairs(network, (producer, consumer) => {
    if (!isKind(consumer, 'arithmetic') || consumer.form.operator !== 'Add') return undefined;
    if (!isKind(producer, 'linear') && !isKind(producer, 'convolution')) return undefined;
    if (producer.form.bias) return undefined;
    const { weight } = producer.form;
    const outputFirst = isKind(producer, 'convolution') || producer.form.outputFirst;
    const channels = (outputFirst ? weight.dims[0] : weight.dims[1]) ?? 0;
    const bias = asVector(consumer.form.constant, channels, isKind(producer, 'convolution') ? 2 : 0);
    return bias && { ...producer, form: { ...producer.form, bias }, output: consumer.output };
  });

/** The constant as a vector over channels, if that is what it is: `trailing` axes of size one follow the channels. */
function asVector(constant: Parameter, channels: number, trailing: number): Parameter | undefined {
  const dims = constant.dims;
  const at = dims.length - 1 - trailing;
  const fits = dims.every((size, i) => size === (i === at ? channels : 1)) && at >= 0;
  return fits ? reshapeParameter(constant, [channels]) : undefined;
}
