import type { FeatureMap, NetworkBuilder } from './network-builder.ts';

type BlockKind = 'basic' | 'bottleneck';

export interface ResnetForm {
  readonly block: BlockKind;
  readonly blocks: readonly number[];
  readonly width: number;
  readonly classes: number;
}

interface BlockForm {
  /** PyTorch's module name, such as `layer3.2`. */
  readonly module: string;
  /** Channels inside the block; a bottleneck gives out four times as many. */
  readonly channels: number;
  readonly stride: number;
}

/** Keeps the sum over many blocks from growing without end. */
const branchGain = 0.5;

const expansions: Readonly<Record<BlockKind, number>> = { basic: 1, bottleneck: 4 };
const branchWriters = { basic: writeBasicBranch, bottleneck: writeBottleneckBranch };

/** ResNet in torchvision's layout; `width` is the channel count of the first convolution, 64 at full size. */
export function writeResnet(builder: NetworkBuilder, image: FeatureMap, form: ResnetForm): FeatureMap {
  const stem = { module: 'conv1', norm: 'bn1', channels: form.width, kernel: 7, stride: 2, padding: 3, bias: false };
  let value = builder.relu(builder.convolution(image, stem), 'relu');
  value = builder.maxPool(value, 'maxpool', { kernel: 3, stride: 2, padding: 1 });
  for (const [stage, depth] of form.blocks.entries()) {
    for (let block = 0; block < depth; block++) {
      const module = `layer${stage + 1}.${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      value = writeBlock(builder, value, { kind: form.block, module, channels: form.width * 2 ** stage, stride });
    }
  }
  const pooled = builder.flatten(builder.globalAveragePool(value, 'avgpool'));
  return builder.linear(pooled, 'fc', { channels: form.classes, output: 'logits' });
}

function writeBlock(builder: NetworkBuilder, input: FeatureMap, form: BlockForm & { kind: BlockKind }): FeatureMap {
  const { kind, module, stride } = form;
  const { output: branch, lastRelu } = branchWriters[kind](builder, input, form);
  const channels = form.channels * expansions[kind];
  const reshapes = stride !== 1 || input.channels !== channels;
  const shortcut = reshapes
    ? builder.convolution(input, {
        ...{ module: `${module}.downsample.0`, norm: `${module}.downsample.1` },
        ...{ channels, kernel: 1, stride, bias: false },
      })
    : input;
  return builder.relu(builder.add(branch, shortcut, module), `${module}.${lastRelu}`);
}

/** A block's branch, and the name of the ReLU behind the sum: one module called several times, numbered by call. */
interface Branch {
  readonly output: FeatureMap;
  readonly lastRelu: string;
}

function writeBasicBranch(builder: NetworkBuilder, input: FeatureMap, { module, channels, stride }: BlockForm): Branch {
  const convolve = createConvolver(builder, module);
  const first = builder.relu(convolve(input, 1, { channels, kernel: 3, stride, padding: 1 }), `${module}.relu`);
  const output = convolve(first, 2, { channels, kernel: 3, padding: 1, gain: branchGain });
  return { output, lastRelu: 'relu_1' };
}

function writeBottleneckBranch(builder: NetworkBuilder, input: FeatureMap, form: BlockForm): Branch {
  const { module, channels, stride } = form;
  const convolve = createConvolver(builder, module);
  const first = builder.relu(convolve(input, 1, { channels, kernel: 1 }), `${module}.relu`);
  const second = builder.relu(convolve(first, 2, { channels, kernel: 3, stride, padding: 1 }), `${module}.relu_1`);
  const output = convolve(second, 3, { channels: channels * expansions.bottleneck, kernel: 1, gain: branchGain });
  return { output, lastRelu: 'relu_2' };
}

interface NumberedConvolution {
  readonly channels: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly gain?: number;
}

/** Writes `conv1` with `bn1`, `conv2` with `bn2` and so on inside a block. */
function createConvolver(builder: NetworkBuilder, block: string) {
  return (input: FeatureMap, position: number, form: NumberedConvolution): FeatureMap =>
    builder.convolution(input, {
      ...form,
      module: `${block}.conv${position}`,
      norm: `${block}.bn${position}`,
      bias: false,
    });
}
