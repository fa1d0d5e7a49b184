import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { probeBlockSize } from './block-size.ts';

const cpuFlags = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '';

test('is a size the compiler knows', async () => {
  expect([1, 8, 16]).toContain(await probeBlockSize());
});

test.runIf(cpuFlags.includes('avx512f'))('is 16 on a CPU with AVX-512', async () => {
  expect(await probeBlockSize()).toBe(16);
});

test.runIf(cpuFlags.includes('avx2') && !cpuFlags.includes('avx512f'))('is 8 on a CPU with AVX2', async () => {
  expect(await probeBlockSize()).toBe(8);
});
