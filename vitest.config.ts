import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Importing Electron where its program is not there would fetch it.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A machine that does other work besides must not fail what is right.
    expect: { poll: { timeout: 20_000 } },
  },
});
