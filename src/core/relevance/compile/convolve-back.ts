import { byPhases } from './by-phases.ts';
import { convTranspose, turnedConvolution, type ConvolveBackRequest } from './convolve-turned.ts';
import { phasesTogether } from './phases-together.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * The transpose of a convolution: from the shape of its output to that of its input.
 *
 * Stride 1 is a convolution with turned, transposed kernels. Stride s splits the input positions into s × s phases, each a
 * small convolution with every s-th tap. What remains (groups; dilation together with stride) is ConvTranspose, and so are strides in
 * the plain layout: ONNX Runtime 1.30 gives wrong phases on WebGPU (3 to 9 % off on a ResNet18), and ConvTranspose right ones.
 */
export function convolveBack(writer: TensorWriter, signal: Tensor, request: ConvolveBackRequest): Tensor {
  const { strides, dilations, group } = request;
  const strided = strides.some((stride) => stride > 1);
  const dilated = dilations.some((dilation) => dilation > 1);
  if (group > 1 || (strided && (dilated || writer.block === 1))) return convTranspose(writer, signal, request);
  if (!strided) return turnedConvolution(writer, signal, request);
  return phasesTogether(writer, signal, request) ?? byPhases(writer, signal, request);
}
