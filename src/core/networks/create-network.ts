import { float32Initializer, valueInfo, type Initializer, type Model } from '#core/onnx/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { architectureNames, findArchitecture, type Architecture, type ArchitectureName } from './architectures.ts';
import { NetworkBuilder, type BatchNormForm, type FeatureMap } from './network-builder.ts';
import type { WeightRecipe } from './weight-recipes.ts';
import { writeDensenet } from './write-densenet.ts';
import { writeResnet } from './write-resnet.ts';
import { writeVgg } from './write-vgg.ts';

export interface NetworkForm {
  readonly arch: ArchitectureName;
  /** Channels of the first convolution; all others follow in proportion. 64 is torchvision's size, and the default. */
  readonly width?: number;
  readonly classes: number;
  /** Height and width of the picture, in pixels. */
  readonly size: number;
  readonly seed: number;
  readonly batchNorm: BatchNormForm;
}

const fullWidth = 64;
const smallestSize = 32;
const pictureChannels = 3;

/**
 * A classifier in torchvision's layout and names with seeded weights, as ONNX: `input` float32 [batch, 3, size, size] to
 * `logits` float32 [batch, classes]. Throws `request/invalid` for a form that cannot be built.
 */
export function createNetwork(form: NetworkForm): Model {
  const { builder, logits } = layOutNetwork(form);
  return {
    path: '',
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: 'relevance-lightbox',
    graph: {
      name: form.arch,
      nodes: builder.nodes,
      initializers: new Map(builder.weights.map((recipe) => [recipe.name, fillInitializer(recipe)])),
      inputs: [valueInfo('input', ['batch', pictureChannels, form.size, form.size])],
      outputs: [valueInfo(logits.name, ['batch', form.classes])],
    },
  };
}

/** The names and dims of a network's stored tensors, without filling them. */
export function listWeights(form: NetworkForm): ReadonlyMap<string, readonly number[]> {
  return new Map(layOutNetwork(form).builder.weights.map(({ name, dims }) => [name, dims]));
}

function layOutNetwork(form: NetworkForm): { builder: NetworkBuilder; logits: FeatureMap } {
  const architecture = findArchitecture(form.arch);
  if (!architecture)
    throw invalid(`"${form.arch}" is not a known architecture; choose one of ${architectureNames.join(', ')}`);
  const { width = fullWidth, classes, size, seed } = form;
  if (!isCount(width) || width % 2 !== 0) throw invalid(`the width must be an even number of channels, not ${width}`);
  if (!isCount(classes)) throw invalid(`the number of classes must be a whole number above zero, not ${classes}`);
  if (!isCount(size) || size < smallestSize) {
    throw invalid(`the picture size must be a whole number of at least ${smallestSize} pixels, not ${size}`);
  }
  const builder = new NetworkBuilder(seed, form.batchNorm);
  const image = { name: 'input', channels: pictureChannels, size };
  return { builder, logits: writeFamily(builder, image, { architecture, width, classes }) };
}

interface FamilyForm {
  readonly architecture: Architecture;
  readonly width: number;
  readonly classes: number;
}

function writeFamily(builder: NetworkBuilder, image: FeatureMap, form: FamilyForm): FeatureMap {
  const { architecture, ...sizes } = form;
  switch (architecture.family) {
    case 'vgg':
      return writeVgg(builder, image, { ...architecture, ...sizes });
    case 'resnet':
      return writeResnet(builder, image, { ...architecture, ...sizes });
    case 'densenet':
      return writeDensenet(builder, image, { ...architecture, ...sizes });
  }
}

function fillInitializer({ name, dims, createValues }: WeightRecipe): Initializer {
  return float32Initializer(name, dims, createValues());
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function invalid(reason: string): LightboxError {
  return new LightboxError('request/invalid', `The network cannot be built: ${reason}.`);
}
