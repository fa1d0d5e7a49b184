import path from 'node:path';
import { build, type InlineConfig, type Rolldown } from 'vite';

/** The folders below `out` and how each is built. */
const parts: Readonly<Record<string, InlineConfig>> = {
  renderer: { configFile: 'vite.config.ts' },
  main: { configFile: 'vite.desktop.config.ts', mode: 'main' },
  preload: { configFile: 'vite.desktop.config.ts', mode: 'preload' },
};

/** Builds the window and the desktop shell into a folder. Gives where the packages lie that became part of them: `node_modules/react`. */
export async function buildParts(project: string, out: string): Promise<readonly string[]> {
  const places = new Set<string>();
  for (const [name, { configFile, ...config }] of Object.entries(parts)) {
    const built = await build({
      ...config,
      configFile: path.join(project, String(configFile)),
      logLevel: 'warn',
      build: { outDir: path.join(out, name), emptyOutDir: true },
    });
    for (const id of listModules(built)) {
      const place = findPackage(id);
      if (place !== undefined) places.add(place);
    }
  }
  return [...places].toSorted();
}

function listModules(built: Awaited<ReturnType<typeof build>>): readonly string[] {
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])));
}

/** `.../node_modules/react/index.js` is of `node_modules/react`. */
function findPackage(id: string): string | undefined {
  return /[\\/](node_modules[\\/](?:.*[\\/]node_modules[\\/])?(?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
    .exec(id)?.[1]
    ?.split('\\')
    .join('/');
}
