import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditLock, listShipped, type LockFile, type PackageFile } from './lock-audit.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const lock = read('../../package-lock.json') as LockFile;
const file = read('../../package.json') as PackageFile;
const reviewed = read('./reviewed-dependencies.json') as readonly string[];

type Package = LockFile['packages'][string];
const changed = (place: string, change: Package): LockFile => ({
  ...lock,
  packages: { ...lock.packages, [place]: { ...lock.packages[place], ...change } },
});

test('what is installed is what was looked at', () => {
  expect(auditLock(lock, file, reviewed)).toEqual([]);
  expect(listShipped(lock)).toContain('zod@4.6.7');
  expect(listShipped(lock).some((name) => name.startsWith('vitest@'))).toBe(false);
});

const sound: Package = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==`, license: 'MIT', dev: true };
test.each([
  ['from another place', changed('node_modules/zod', { resolved: 'https://evil.example/zod.tgz' }), 'comes from https://evil.example'],
  ['from a repository', changed('node_modules/zod', { resolved: 'git+ssh://git@github.com/x/zod.git' }), 'not from the registry'],
  ['without a hash', changed('node_modules/zod', { integrity: '' }), 'no SHA-512'],
  ['with a weak hash', changed('node_modules/zod', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }), 'no SHA-512'],
  ['a folder', changed('node_modules/mine', { link: true, license: 'MIT', dev: true }), 'is a link'],
  ['another version', changed('node_modules/zod', { version: '9.9.9' }), 'zod@9.9.9 is shipped, but was not reviewed'],
  ['a new package', changed('node_modules/left-pad', { ...sound, dev: false }), 'left-pad@1.0.0 is shipped'],
  ['an install script', changed('node_modules/tool', { ...sound, hasInstallScript: true }), 'has an install script'],
  ['a licence that is not allowed', changed('node_modules/tool', { ...sound, license: 'AGPL-3.0' }), 'is under "AGPL-3.0"'],
  ['one of two licences that is not allowed', changed('node_modules/tool', { ...sound, license: '(MIT AND GPL-3.0)' }), 'is under'],
  ['no licence', changed('node_modules/tool', { ...sound, license: '' }), 'is under ""'],
  ["a tool's licence in what is shipped", changed('node_modules/zod', { license: 'WTFPL' }), 'is under "WTFPL"'],
])('%s is found', (_, altered, sentence) => {
  expect(auditLock(altered, file, reviewed).join('\n')).toContain(sentence);
}); // prettier-ignore

test('a choice of licences is allowed where one of them is', () => {
  expect(auditLock(changed('node_modules/tool', { ...sound, license: '(GPL-3.0 OR MIT)' }), file, reviewed)).toEqual(
    [],
  );
});

test('ranges, and scripts that were switched on, are found', () => {
  expect(auditLock(lock, { ...file, dependencies: { zod: '^4.0.0' } }, reviewed).join()).toContain('"^4.0.0"');
  const scripts = { ...file, allowScripts: { ...file.allowScripts, 'onnxruntime-node': true } };
  expect(auditLock(lock, scripts, reviewed).join()).toContain('onnxruntime-node has an install script');
});
