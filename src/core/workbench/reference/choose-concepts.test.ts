import { describe, expect, it } from 'vitest';
import { createNetwork } from '#core/networks/index.ts';
import { readNetwork, type Network } from '#core/relevance/index.ts';
import { chooseConceptLayers, readConcept } from './choose-concepts.ts';
import { listFeedingLayers } from './feeding-layers.ts';

const form = { arch: 'resnet18', width: 8, classes: 3, size: 32, seed: 1, batchNorm: 'folded' } as const;
const network: Network = readNetwork(createNetwork(form));
const { layers } = network;
const relu = layers.find(({ type }) => type === 'activation')?.name ?? '';

describe('layers', () => {
  it('are all that have concepts where none are named, else those named in the order of the network', () => {
    const all = chooseConceptLayers(layers, undefined);
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(['convolution', 'sum', 'linear']));
    expect(chooseConceptLayers(layers, ['all'])).toEqual(all);
    const names = chooseConceptLayers(layers, ['layer4.1.conv2', 'conv1']).map(({ name }) => name);
    expect(names).toEqual(['conv1', 'layer4.1.conv2']);
  });

  it('that are not there are refused with those most like them', () => {
    const choose = (): unknown => chooseConceptLayers(layers, ['layer4.1.conv3']);
    expect(choose).toThrow(expect.objectContaining({ code: 'layer/unknown' }));
    expect(choose).toThrow(/no layer named "layer4\.1\.conv3"; the nearest that have are "layer4\.1\.conv/);
    expect(() => chooseConceptLayers(layers, [relu])).toThrow('(activation) has no concepts of its own');
  });
});

describe('a concept', () => {
  it('is a layer and a channel', () => {
    expect(readConcept('layer4.1.conv2:63', layers)).toEqual({ layer: 'layer4.1.conv2', channel: 63 });
  });

  it.each([
    ['layer4.1.conv2:64', 'has no channel 64: it has 64, counted from 0 to 63'],
    ['layer4.1.conv2', 'write LAYER:CHANNEL'],
    ['layer4.1.conv2:-1', 'write LAYER:CHANNEL'],
    [':3', 'write LAYER:CHANNEL'],
    ['fc2:0', 'no layer named "fc2"'],
  ])('%s is refused', (text, sentence) => {
    expect(() => readConcept(text, layers)).toThrow(sentence);
  });
});

describe('what feeds a layer', () => {
  const concepts = new Set(chooseConceptLayers(layers, undefined).map(({ name }) => name));

  it('is the first named layer on every path back', () => {
    expect(listFeedingLayers(network, 'layer2.0.sum', concepts)).toEqual(
      expect.arrayContaining(['layer2.0.conv2', 'layer2.0.downsample.0']),
    );
    expect(listFeedingLayers(network, 'layer2.0.conv2', concepts)).toEqual(['layer2.0.conv1']);
    expect(listFeedingLayers(network, 'layer2.0.conv1', concepts)).toEqual(['layer1.1.sum']);
    expect(listFeedingLayers(network, 'conv1', concepts)).toEqual([]);
  });

  it('lies further off where fewer are named', () => {
    expect(listFeedingLayers(network, 'layer2.0.sum', new Set(['conv1', 'layer4.0.conv1']))).toEqual(['conv1']);
  });
});
