import type { FeatureMap, NetworkBuilder } from './network-builder.ts';

const channelMultiples = [1, 2, 4, 8, 8];
const hiddenMultiple = 64;
const pooledSize = 7;

export interface VggForm {
  readonly stages: readonly number[];
  readonly batchNorm: boolean;
  readonly width: number;
  readonly classes: number;
}

/** VGG in torchvision's layout; `width` is the channel count of the first stage, 64 at full size. */
export function writeVgg(builder: NetworkBuilder, image: FeatureMap, form: VggForm): FeatureMap {
  const features = writeFeatures(builder, image, form);
  // torchvision pools to 7 by 7; a map that does not divide evenly keeps its size, as small networks do.
  const kernel = features.size % pooledSize === 0 ? features.size / pooledSize : 1;
  const pooled = builder.averagePool(features, 'avgpool', kernel);
  const hidden = form.width * hiddenMultiple;
  const first = builder.linear(builder.flatten(pooled), 'classifier.0', { channels: hidden });
  const second = builder.linear(builder.relu(first, 'classifier.1'), 'classifier.3', { channels: hidden });
  return builder.linear(builder.relu(second, 'classifier.4'), 'classifier.6', {
    channels: form.classes,
    output: 'logits',
  });
}

function writeFeatures(builder: NetworkBuilder, image: FeatureMap, form: VggForm): FeatureMap {
  let value = image;
  let position = 0;
  const nextModule = (): string => `features.${position++}`;
  for (const [stage, depth] of form.stages.entries()) {
    const channels = form.width * (channelMultiples[stage] ?? 1);
    for (let layer = 0; layer < depth; layer++) {
      const module = nextModule();
      const norm = form.batchNorm ? nextModule() : undefined;
      value = builder.convolution(value, { module, norm, channels, kernel: 3, padding: 1, bias: true });
      value = builder.relu(value, nextModule());
    }
    value = builder.maxPool(value, nextModule(), { kernel: 2, stride: 2, padding: 0 });
  }
  return value;
}
