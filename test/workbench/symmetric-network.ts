import { float32Initializer, node, saveModel, valueInfo } from '#core/onnx/index.ts';
import { size } from './small-study.ts';

/** A convolution that looks alike from all sides, ReLU, mean over the picture, two classes. */
export function saveSymmetric(file: string, stride = 1): Promise<void> {
  const kernel = stride === 1 ? [1, -2, 1, -2, 6, -2, 1, -2, 1] : [1];
  const side = Math.sqrt(kernel.length);
  const pads = stride === 1 ? [1, 1, 1, 1] : [0, 0, 0, 0];
  const weight = Array.from({ length: 3 }, () => kernel).flat().map((value) => value / 3); // prettier-ignore
  return saveModel(
    {
      ...{ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test' },
      graph: {
        name: 'symmetric',
        nodes: [
          node('Conv', { inputs: ['picture', 'kernel', 'bias'], outputs: ['filtered'] }, { kernel_shape: [side, side], pads, strides: [stride, stride] }), // prettier-ignore
          node('Relu', { inputs: ['filtered'], outputs: ['positive'] }),
          node('GlobalAveragePool', { inputs: ['positive'], outputs: ['mean'] }),
          node('Flatten', { inputs: ['mean'], outputs: ['flat'] }),
          node('Gemm', { inputs: ['flat', 'weight', 'shift'], outputs: ['classes'] }, { transB: 1 }),
        ],
        initializers: new Map(
          [
            float32Initializer('kernel', [1, 3, side, side], weight),
            float32Initializer('bias', [1], [0]),
            float32Initializer('weight', [2, 1], [1, -1]),
            float32Initializer('shift', [2], [0, 0]),
          ].map((one) => [one.name, one]),
        ),
        inputs: [valueInfo('picture', [1, 3, size, size])],
        outputs: [valueInfo('classes', [1, 2])],
      },
    },
    file,
  );
}
