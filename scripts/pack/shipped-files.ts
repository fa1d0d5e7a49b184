/** Which files are shipped: a table of what lies in the project, and rules for what of a package is of no use to a user. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ShippedPackage, Target } from './lockfile.ts';

/** Where a file comes from and where it goes, with forward slashes; both below their folders. */
export interface ShippedFile {
  readonly from: string;
  readonly to: string;
}

/** Folders of the project; the built window is in `out`. */
const ownFolders = ['src/cli', 'src/core', 'src/shared', 'src/web', 'models/demo', 'models/networks', 'docs'];
const ownFiles = ['LICENSE', 'README.md', 'CHANGELOG.md'];

/** Not of the product: tests, and what only the compiler reads. */
const isOwnLeftOut = (file: string): boolean => /\.(test|d)\.ts$|(^|\/)tsconfig\.json$|(^|\/)\./.test(file);

const legal = /(^|\/)[^/]*(licen[cs]e|notice|copying|copyright)[^/]*$/i;
const noUse = /(^|\/)tsconfig\.json$|\.(md|markdown|map|ts|cts|mts|tsbuildinfo|gyp|gypi|flow)$|(^|\/)\.[^/]+$/i;
const noUseFolders = /^(test|tests|__tests__|examples?|docs?|benchmarks?|coverage)\//;

type Rule = (file: string, target: Target) => boolean;

/** What of single packages is for other systems, for building, or not used. */
const packageRules: Readonly<Record<string, Rule>> = {
  'onnxruntime-node': (file, { os, cpu }) =>
    file.startsWith('script/') || (file.startsWith('bin/') && !file.startsWith(`bin/napi-v6/${os}/${cpu}/`)),
  'better-sqlite3': (file, { os, cpu, libc }) =>
    /^(deps|src)\//.test(file) ||
    (file.startsWith('prebuilds/') && file !== `prebuilds/${os}${libc === 'musl' ? 'musl' : ''}-${cpu}.node`),
  'dejavu-fonts-ttf': (file) => !/^(package\.json|LICENSE|ttf\/DejaVuSans(-Bold)?\.ttf)$/.test(file),
  'node-addon-api': (file) => !/^(package\.json|LICENSE\.md)$/.test(file),
};

/** Whether a file of a package is shipped. Licences always are. */
export function isShippedPackageFile(name: string, file: string, target: Target): boolean {
  if (legal.test(file)) return true;
  if (noUse.test(file) || noUseFolders.test(file)) return false;
  return !packageRules[name]?.(file, target);
}

/** Node itself is shipped as one program, not as the package it came in. */
export const isNodePackage = ({ name }: Pick<ShippedPackage, 'name'>): boolean => /^node-(linux|win)-/.test(name);

export interface ShippedRequest {
  readonly project: string;
  readonly packages: readonly ShippedPackage[];
  readonly target: Target;
}

export async function listShippedFiles({ project, packages, target }: ShippedRequest): Promise<readonly ShippedFile[]> {
  const own = await Promise.all(ownFolders.map((folder) => listFiles(path.join(project, folder), folder)));
  const installed = packages
    .filter((shipped) => !isNodePackage(shipped))
    .map(async ({ place, name }) => {
      const files = await listFiles(path.join(project, place), '');
      // What lies in a package's own node_modules is listed as a package of its own.
      const parts = files.filter(
        (file) => !file.startsWith('node_modules/') && isShippedPackageFile(name, file, target),
      );
      return parts.map((file) => `${place}/${file}`);
    });
  const files = [
    ...ownFiles,
    ...own.flat().filter((file) => !isOwnLeftOut(file)),
    ...(await Promise.all(installed)).flat(),
  ];
  return files.toSorted().map((file) => ({ from: file, to: file }));
}

async function listFiles(folder: string, name: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.posix.join(name, path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
    );
}
