import type { FeatureMap, NetworkBuilder } from './network-builder.ts';

/** How many times a dense layer's own channels its 1x1 convolution gives out (`bn_size` in torchvision). */
const bottleneckMultiple = 4;

export interface DensenetForm {
  readonly blocks: readonly number[];
  readonly width: number;
  readonly classes: number;
}

/**
 * DenseNet in torchvision's layout; `width` is the channel count of the first convolution, 64 at full size, and each
 * dense layer adds half as many. Batch norms that stand before a ReLU, not behind a convolution, always stay nodes.
 */
export function writeDensenet(builder: NetworkBuilder, image: FeatureMap, form: DensenetForm): FeatureMap {
  const stem = { channels: form.width, kernel: 7, stride: 2, padding: 3, bias: false };
  let value = builder.convolution(image, { module: 'features.conv0', norm: 'features.norm0', ...stem });
  value = builder.relu(value, 'features.relu0');
  value = builder.maxPool(value, 'features.pool0', { kernel: 3, stride: 2, padding: 1 });
  for (const [index, depth] of form.blocks.entries()) {
    const growth = form.width / 2;
    value = writeDenseBlock(builder, value, { module: `features.denseblock${index + 1}`, depth, growth });
    if (index < form.blocks.length - 1) value = writeTransition(builder, value, `features.transition${index + 1}`);
  }
  value = builder.relu(builder.batchNorm(value, 'features.norm5'), '');
  const pooled = builder.flatten(builder.globalAveragePool(value, ''));
  return builder.linear(pooled, 'classifier', { channels: form.classes, output: 'logits' });
}

interface DenseBlockForm {
  readonly module: string;
  readonly depth: number;
  readonly growth: number;
}

function writeDenseBlock(
  builder: NetworkBuilder,
  input: FeatureMap,
  { module, depth, growth }: DenseBlockForm,
): FeatureMap {
  const values: [FeatureMap, ...FeatureMap[]] = [input];
  for (let layer = 1; layer <= depth; layer++) {
    values.push(writeDenseLayer(builder, values, { module: `${module}.denselayer${layer}`, growth }));
  }
  return builder.concat(values, module);
}

function writeDenseLayer(
  builder: NetworkBuilder,
  inputs: readonly [FeatureMap, ...FeatureMap[]],
  { module, growth }: { module: string; growth: number },
): FeatureMap {
  // The exporter leaves the first layer's concatenation of a single value in the file.
  let value = builder.concat(inputs, module);
  value = builder.relu(builder.batchNorm(value, `${module}.norm1`), `${module}.relu1`);
  const channels = growth * bottleneckMultiple;
  value = builder.convolution(value, {
    module: `${module}.conv1`,
    norm: `${module}.norm2`,
    channels,
    kernel: 1,
    bias: false,
  });
  value = builder.relu(value, `${module}.relu2`);
  return builder.convolution(value, {
    module: `${module}.conv2`,
    channels: growth,
    kernel: 3,
    padding: 1,
    bias: false,
  });
}

function writeTransition(builder: NetworkBuilder, input: FeatureMap, module: string): FeatureMap {
  const value = builder.relu(builder.batchNorm(input, `${module}.norm`), `${module}.relu`);
  const channels = Math.floor(input.channels / 2);
  const narrowed = builder.convolution(value, { module: `${module}.conv`, channels, kernel: 1, bias: false });
  return builder.averagePool(narrowed, `${module}.pool`, 2);
}
