import { mkdir, mkdtemp, readlink, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findAddOnFolder, linkAddOn } from './cuda-add-on.ts';

test('libraries of an add-on are linked beside ONNX Runtime’s own, which are left as they are', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-cuda-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [addOn, libraries] = [path.join(folder, 'add-on'), path.join(folder, 'libraries')];
  for (const made of [addOn, libraries]) await mkdir(made);
  for (const name of ['libonnxruntime_providers_cuda.so', 'libcudnn.so.9', 'libonnxruntime.so.1', 'README.txt'])
    await writeFile(path.join(addOn, name), name);
  await writeFile(path.join(libraries, 'libonnxruntime.so.1'), 'own');
  linkAddOn(addOn, libraries);
  linkAddOn(addOn, libraries);
  expect((await readdir(libraries)).toSorted()).toEqual([
    ...['libcudnn.so.9', 'libonnxruntime.so.1', 'libonnxruntime_providers_cuda.so'],
  ]);
  expect(await readlink(path.join(libraries, 'libcudnn.so.9'))).toBe(path.join(addOn, 'libcudnn.so.9'));
});

test('without an add-on, or without the right to write, nothing happens', () => {
  linkAddOn(path.join(tmpdir(), 'no-such-add-on'), path.join(tmpdir(), 'no-such-folder'));
  linkAddOn(import.meta.dirname, path.join(tmpdir(), 'no-such-folder'));
  expect(findAddOnFolder({ LIGHTBOX_CUDA: '/opt/cuda' })).toBe('/opt/cuda');
  expect(findAddOnFolder({})).toMatch(/addons.cuda$/);
});
