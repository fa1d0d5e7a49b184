import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBadFiles } from './bad-files.ts';
import { runLightbox } from './run-lightbox.ts';
import { createSmallWorld, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(1);
  await writeBadFiles(world);
});
afterAll(() => world.remove());

/** `@name` is a file of the small world. */
const inWorld = (args: string): string[] => args.split(' ').map((arg) => arg.replace(/^@/, `${world.folder}/`));

/** What every failure has in common: exit code 1, nothing on stdout, one sentence with its code, no stack. */
async function expectFailure(args: readonly string[], code: string): Promise<string> {
  const failure = await runLightbox(args);
  expect(failure).toMatchObject({ code: 1, stdout: '' });
  expect(failure.stderr).toMatch(/^lightbox: [^\n]+ \[[a-z]+\/[a-z-]+\]\n$/);
  expect(failure.stderr).toContain(` [${code}]`);
  expect(failure.stderr).not.toMatch(/ at .*\.ts:\d+/);
  return failure.stderr;
}

describe.concurrent('explain', () => {
  const model = '--model @network.onnx';
  test.each([
    ['a model that is not there', '--model @nope.onnx', 'model/not-found', 'nope.onnx'],
    ['a folder as the model', '--model @.', 'model/unreadable', ''],
    ['an empty model', '--model @empty.onnx', 'model/unreadable', 'empty.onnx'],
    ['half a model', '--model @cut.onnx', 'model/unreadable', 'cut.onnx'],
    ['a picture as the model', '--model @picture.onnx', 'model/unreadable', 'picture'],
    [
      'an unknown operator',
      '--model @operator.onnx',
      'model/unsupported-operator',
      '/layer2/layer2.0/relu/NonMaxSuppression|/layer2/layer2.0/relu/Relu',
    ],
    ['a bias of another length', '--model @bias.onnx', 'model/unsupported-form', 'Gemm "/fc/Gemm" .* shape \\[4\\]'],
    ['a picture too small for the network', '--model @small.onnx', 'model/unsupported-form', 'features.20/MaxPool'],
    ['weights that are not numbers', '--model @nan.onnx', 'model/not-finite', 'fc.bias'],
    ['weights whose file is missing', '--model @missing-weights.onnx', 'model/external-data', 'gone.bin'],
    ['weights outside the folder', '--model @outside.onnx', 'model/external-data', 'secret.bin'],
    ['a manifest with too few labels', '--model @mislabelled.onnx', 'manifest/invalid', 'mislabelled.manifest.json'],
    ['a manifest of another size', '--model @oversized.onnx', 'manifest/invalid', 'oversized.manifest.json'],
    ['a manifest with unknown fields', '--model @misspelt.onnx', 'manifest/invalid', 'inputs'],
    ['an unknown composite', `${model} --composite Epsilon`, 'composite/invalid', 'EpsilonPlusFlat'],
    ['a composite file that is not there', `${model} --composite @nope.json`, 'composite/invalid', 'nope.json'],
    ['a composite file that is not JSON', `${model} --composite @broken.json`, 'composite/invalid', 'broken.json'],
    ['a composite file of another form', `${model} --composite @foreign.json`, 'composite/invalid', 'foreign.json'],
    ['an unknown class', `${model} --target pneumonia`, 'target/unknown', '"effusion", "nodule", "normal"'],
    ['a class beyond the last', `${model} --target 3`, 'target/unknown', '0 to 2'],
    ['an unknown layer', `${model} --layers conv1,layer9`, 'layer/unknown', 'layer9'],
    ['a provider of no such name', `${model} --provider abacus`, 'request/invalid', 'cpu'],
    ['a range that falls', `${model} --range 2:1`, 'request/invalid', '--range'],
    ['a color map of no such name', `${model} --color-map pink`, 'request/invalid', 'blue-orange'],
    ['a batch of none', `${model} --batch 0`, 'request/invalid', '--batch'],
    ['a misspelt option', `${model} --compsite all`, 'request/invalid', '--compsite'],
  ])('%s', async (...[, args, code, mentioned]) => {
    const picture = world.pictures[0] ?? '';
    const sentence = await expectFailure(['explain', picture, '--out', world.at('out'), ...inWorld(args)], code);
    expect(sentence).toMatch(new RegExp(mentioned));
    expect(await world.list(world.at('out'))).toEqual([]);
  });

  test.each([
    ['a picture that is not there', 'nope.png', 'picture/not-found'],
    ['a folder as the picture', '.', 'picture/unreadable'],
    ['an empty picture', 'empty.png', 'picture/unreadable'],
    ['text as the picture', 'text.png', 'picture/unsupported'],
    ['half a picture', 'cut.png', 'picture/unreadable'],
    ['a model as the picture', 'network.onnx', 'picture/unsupported'],
  ])('%s', async (_, picture, code) => {
    const args = ['explain', world.at(picture), '--out', world.at('out'), '--model', world.modelPath];
    const sentence = await expectFailure(args, code);
    if (picture !== '.') expect(sentence).toContain(picture);
    expect(await world.list(world.at('out'))).toEqual([]);
  });

  const unwritable = ['@file', ...(process.platform === 'linux' ? ['/proc/results/of/this'] : [])];
  test.each(unwritable)('results into %s', async (folder) => {
    const out = inWorld(folder);
    await expectFailure(
      ['explain', ...world.pictures, '--model', world.modelPath, '--out', ...out],
      'output/not-writable',
    );
  });

  test('with --json the error is on stdout, and nothing else', async () => {
    const args = ['explain', ...world.pictures, '--model', world.at('empty.onnx'), '--out', world.at('out'), '--json'];
    const { code, stdout, stderr } = await runLightbox(args);
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'model/unreadable', message: expect.stringContaining('empty.onnx') as string },
    });
  });
});

test.concurrent.each([
  ['an unknown command', 'explian', 'request/invalid'],
  ['a command without its file', 'model', 'request/invalid'],
  ['model: not a model', 'model @text.png', 'model/unreadable'],
  ['parity: a folder without a case', 'parity @.', 'case/invalid'],
  ['parity: no folder at all', 'parity @nope', 'case/invalid'],
  ['bench: an unknown architecture', 'bench --arch alexnet', 'request/invalid'],
  ['bench: a model that is not there', 'bench --model @nope.onnx', 'model/not-found'],
  ['bench: both a model and an architecture', 'bench --model @network.onnx --arch vgg11', 'request/invalid'],
  ['bench: a cache that cannot be made', 'bench --arch resnet18 --cache @file', 'output/not-writable'],
])('%s', async (_, args, code) => {
  await expectFailure(inWorld(args), code);
});
