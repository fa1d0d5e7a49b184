import { expect, test } from 'vitest';
import { checkAttribution, countPictures } from './check-request.ts';
import type { AttributeRequest, NetworkSummary, OpenRequest } from './requests.ts';

const network: NetworkSummary = {
  input: { name: 'input', channels: 1, height: 2, width: 2 },
  output: { name: 'logits', sizes: [3] },
  layers: [{ name: 'conv', type: 'convolution', channels: 2, height: 2, width: 2 }],
};
const opened: OpenRequest = { modelPath: 'm.onnx', conditions: [{ layer: 'conv', mode: 'through' }] };

const check = (request: Partial<AttributeRequest>, how = opened): unknown =>
  checkAttribution({ handle: 0, images: new Float32Array(8), ...request }, network, how);

test('by default each picture explains its predicted class with relevance 1', () => {
  expect(check({})).toMatchObject({ targets: [-1, -1], initial: 'one', masks: [] });
});

test.each([
  [{ targets: [0, 3] }, 'target/unknown', 'There is no output 3: the network has 3, counted from 0 to 2.'],
  [{ targets: [0, -2] }, 'target/unknown', 'There is no output -2'],
  [{ targets: [0, 0.5] }, 'target/unknown', 'There is no output 0.5'],
  [{ targets: [0] }, 'request/invalid', '1 targets do not go with 2 pictures'],
  [{ images: new Float32Array(7) }, 'request/invalid', '7 values are not whole pictures of 1 channels, 2 by 2 pixels'],
  [{ images: new Float32Array(0) }, 'request/invalid', '0 values are not whole pictures'],
  [
    { initial: { given: new Float32Array(3) } },
    'request/invalid',
    'The initial relevance has 3 values where 6 are needed',
  ],
  [
    { masks: [{ layer: 'conv', values: new Float32Array(2) }] },
    'request/invalid',
    'The mask of layer "conv" has 2 values where 4 are needed',
  ],
  [{ masks: [{ layer: 'relu', values: new Float32Array(4) }] }, 'layer/unknown', 'Layer "relu" was not named'],
])('%o is refused', (request, code, sentence) => {
  expect(() => check(request)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(sentence) as string }),
  );
});

test('a shared picture goes with any number of targets', () => {
  const shared: OpenRequest = { ...opened, batch: 'shared' };
  expect(check({ images: new Float32Array(4), targets: [0, 1, 2] }, shared)).toMatchObject({ targets: [0, 1, 2] });
  expect(() => check({ targets: [0, 1] }, shared)).toThrow('2 targets do not go with 2 pictures');
});

test('without classes the initial relevance must be given', () => {
  const features: NetworkSummary = { ...network, output: { name: 'features', sizes: [2, 4, 4] } };
  const request = { handle: 0, images: new Float32Array(4) };
  expect(() => checkAttribution(request, features, opened)).toThrow('so the initial relevance must be given');
  const given = new Float32Array(32);
  expect(checkAttribution({ ...request, initial: { given } }, features, opened).initial).toEqual({ given });
});

test('pictures are counted by their size', () => {
  expect(countPictures(new Float32Array(12), network)).toBe(3);
});
