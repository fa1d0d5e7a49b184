import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseParity, ModelDescription, SpeedRow } from '#core/workbench/index.ts';
import { projectFolder, runLightbox } from './run-lightbox.ts';
import { createSmallWorld, size, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(1);
});
afterAll(() => world.remove());

describe('help', () => {
  test('without a command the help is shown and the exit code is 1', async () => {
    const { code, stderr } = await runLightbox([]);
    expect(code).toBe(1);
    for (const command of ['explain', 'model', 'parity', 'bench']) expect(stderr).toContain(`  ${command} `);
  });

  test.each(['explain', 'model', 'parity', 'bench'])('%s --help ends well and has examples', async (command) => {
    const { code, stdout, stderr } = await runLightbox([command, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`Examples:\\n  lightbox ${command} `));
  });
});

describe('model', () => {
  test('lists layers by their PyTorch names with the rule of each composite', async () => {
    const { stdout } = await runLightbox(['model', world.modelPath, '--json']);
    const model = JSON.parse(stdout) as ModelDescription;
    expect(model).toMatchObject({ file: 'network.onnx', title: 'Narrow network', opset: 17, manifest: 'file' });
    expect(model.inputs).toEqual([{ name: 'input', dataType: 'float32', shape: ['batch', 3, size, size] }]);
    const layer = model.layers.find(({ name }) => name === 'layer3.0.downsample.0');
    expect(layer).toMatchObject({ type: 'convolution', channels: 32, height: 2, width: 2 });
    expect(layer?.rules).toMatchObject({ EpsilonPlusFlat: 'ZPlus', EpsilonAlpha2Beta1: 'AlphaBeta(2, 1)' });
    expect(model.layers[0]?.rules).toMatchObject({ EpsilonPlusFlat: 'Flat', EpsilonPlus: 'ZPlus' });
  });

  test('as a table has a line for each layer, and one composite when asked', async () => {
    const { stdout } = await runLightbox(['model', world.modelPath, '--composite', 'EpsilonGammaBox']);
    expect(stdout).toMatch(/\nconv1 +convolution +8 +16×16 +ZBox\n/);
    expect(stdout).toMatch(/\nEGB +EpsilonGammaBox +ZBox\(/);
    expect(stdout).not.toContain('EpsilonPlusFlat');
  });
});

test('bench measures a model and gives numbers that fit together', async () => {
  const args = [
    'bench',
    '--model',
    world.modelPath,
    '--composite',
    'all',
    '--repeat',
    '1',
    '--batch',
    '2',
    '-p',
    'cpu',
  ];
  const { code, stdout } = await runLightbox([...args, '--json']);
  const rows = JSON.parse(stdout) as readonly SpeedRow[];
  expect([code, rows.length]).toEqual([0, 7]);
  for (const row of rows) {
    expect(row).toMatchObject({ arch: 'network', size, batch: 2, provider: 'cpu' });
    expect(row.ratio).toBeCloseTo(row.lrpMs / row.forwardMs, 10);
    expect(Math.min(row.forwardMs, row.lrpMs, row.loadMs, row.peakRssMb)).toBeGreaterThan(0);
  }
});

const golden = path.join(projectFolder, '..', 'shared', 'golden');

describe.skipIf(!existsSync(golden))(
  'parity with the reference cases (skipped where ../shared/golden is not there)',
  () => {
    const cases = existsSync(golden)
      ? readdirSync(golden).filter((name) => existsSync(path.join(golden, name, 'case.json')))
      : [];

    test.each(cases)('%s', async (name) => {
      const { code, stdout, stderr } = await runLightbox(['parity', path.join(golden, name), '--json']);
      const { passed, cases: results } = JSON.parse(stdout) as { passed: boolean; cases: readonly CaseParity[] };
      const over = results.flatMap(({ maps }) => maps.filter(({ verdict }) => verdict === 'over'));
      expect(over).toEqual([]);
      expect([code, stderr, passed]).toEqual([0, '', true]);
      expect(results[0]?.maps.length).toBeGreaterThanOrEqual(8);
    });
  },
);

describe('an older Node', () => {
  const older = findOlderNode();

  test.skipIf(older === undefined)('hands over to the one that comes with the project', async () => {
    expect(await runLightbox(['--version'], { node: older ?? '' })).toMatchObject({
      code: 0,
      stdout: '0.1.0\n',
      stderr: '',
    });
    const failure = await runLightbox(['model', world.at('nope.onnx')], { node: older ?? '' });
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('[model/not-found]') as string });
  });

  test.skipIf(older === undefined)('says what is needed where there is no other', async () => {
    const { code, stderr } = await runLightbox(['--version'], {
      node: older ?? '',
      env: { LIGHTBOX_HANDED_OVER: '1' },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lightbox: Node 24 or newer is needed, this is v\d+\.\d+\.\d+; [^\n]+\n$/);
  });
});

/** A Node below 24 on the PATH, where there is one. */
function findOlderNode(): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'));
  return candidates
    .filter((candidate) => existsSync(candidate))
    .find((candidate) => {
      const version = execFileSync(candidate, ['--version'], { encoding: 'utf8' });
      return Number(/^v(\d+)/.exec(version)?.[1]) < 24;
    });
}
