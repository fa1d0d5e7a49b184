import type { AveragePool } from '../network/network.ts';
import { convolveBack } from '../compile/convolve-back.ts';
import type { Tensor, TensorWriter } from '../compile/tensor.ts';
import { given } from './weight-forms.ts';

/** The transpose of average pooling: every output spreads its value evenly over the inputs of its window. */
export function averagePoolBack(
  writer: TensorWriter,
  signal: Tensor,
  { form, sizes }: { form: AveragePool; sizes: readonly number[] },
): Tensor {
  const [channels = 1, height = 1, width = 1] = sizes;
  const whole = form.kernel[0] === height && form.kernel[1] === width && form.pads.every((pad) => pad === 0);
  const share = writer.asPlain(shared(writer, writer.asPlain(signal), { form, sizes }));
  if (whole) return expanded(writer, share, sizes);
  if (form.kernel.every((k) => k === 1) && form.strides.every((s) => s === 1)) return { ...share, sizes };
  const dims = [channels, 1, ...form.kernel];
  const filter = { name: writer.graph.emit('Expand', [writer.graph.scalar(1), writer.graph.integers(dims)]), dims };
  return convolveBack(writer, share, { ...form, filter, form: given, group: channels, sizes });
}

/** The signal over the number of inputs each window averages. */
function shared(
  writer: TensorWriter,
  signal: Tensor,
  { form, sizes }: { form: AveragePool; sizes: readonly number[] },
): Tensor {
  const count = form.kernel[0] * form.kernel[1];
  const padded = form.pads.some((pad) => pad > 0);
  if (!padded || form.countIncludePad) return count === 1 ? signal : writer.multiply(signal, 1 / count);
  // Windows at the edge average fewer inputs: the pool of ones that counts the padding tells which share is inside.
  const { kernel, strides, pads, dilations } = form;
  const attributes = { kernel_shape: kernel, strides, pads, dilations, count_include_pad: 1 };
  const inside = writer.graph.emit('AveragePool', [writer.constant(1, [1, ...sizes.slice(1)]).name], { attributes });
  const divisor = writer.graph.emit('Mul', [inside, writer.graph.scalar(count)]);
  return { ...signal, name: writer.graph.emit('Div', [signal.name, divisor]) };
}

function expanded(writer: TensorWriter, share: Tensor, sizes: readonly number[]): Tensor {
  const [channels = 1] = sizes;
  const column = writer.reshape(share.name, [0, channels, 1, 1]);
  const name = writer.graph.emit('Mul', [column, writer.constant(1, [1, ...sizes.slice(1)]).name]);
  return writer.plain(name, sizes);
}
