import { defineConfig } from 'vite';

/** Electron's two halves, each in one file: `vite build -c vite.desktop.config.ts --mode main`, and `--mode preload`. */
const parts = {
  main: { format: 'es', file: 'index.js' },
  // A sandboxed preload can only be CommonJS.
  preload: { format: 'cjs', file: 'index.cjs' },
} as const;

export default defineConfig(({ mode }) => {
  const name = mode === 'preload' ? 'preload' : 'main';
  const { format, file } = parts[name];
  return {
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: `src/${name}/index.ts`,
      outDir: `out/${name}`,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: { external: ['electron'], output: { format, entryFileNames: file } },
    },
  };
});
