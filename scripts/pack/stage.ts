/** The headless workbench as a folder: command line, web host, built window, Node, packages, models. What is archived, and what the desktop app carries. */
import { chmod, copyFile, cp, link, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describePackage, listNeededPackages, loadLockfile, type ShippedPackage, type Target } from './lockfile.ts';
import { composeSbom } from './sbom.ts';
import { isNodePackage, listShippedFiles } from './shipped-files.ts';
import { composeThirdPartyLicenses } from './third-party-licenses.ts';

export interface StageRequest {
  readonly project: string;
  /** Made anew. */
  readonly folder: string;
  readonly target: Target;
  /** Folder of the built window. */
  readonly renderer: string;
  /** Places of the packages that were compiled into the window and the shell. */
  readonly bundled: readonly string[];
}

export interface Staged {
  readonly version: string;
  readonly files: number;
  readonly packages: number;
  /** Whether ONNX Runtime's CUDA files were there to be taken along. */
  readonly hasCuda: boolean;
}

const manifestSchema = z.object({
  ...{ name: z.string(), version: z.string(), description: z.string(), license: z.string() },
  imports: z.record(z.string(), z.string()),
});

/** An add-on that lies here is shipped: ONNX Runtime's CUDA files, of the version in package.json. */
const cudaFolder = 'addons/cuda';

export async function stageWorkbench(request: StageRequest): Promise<Staged> {
  const { project, folder, target, renderer, bundled } = request;
  await rm(folder, { recursive: true, force: true });
  const locked = await loadLockfile(project);
  const installed = listNeededPackages(locked, target);
  const files = await listShippedFiles({ project, packages: installed, target });
  for (const { from, to } of files) await place(path.join(project, from), path.join(folder, to));
  await cp(renderer, path.join(folder, 'out', 'renderer'), { recursive: true });
  await copyNode(folder);
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')));
  await writeLaunchers(folder);
  await writeJson(path.join(folder, 'package.json'), { ...manifest, type: 'module', private: true });
  const compiled = bundled.map((name) => describePackage(locked, name));
  await writePapers(request, { manifest, installed, compiled });
  const hasCuda = existsSync(path.join(project, cudaFolder));
  if (hasCuda) await cp(path.join(project, cudaFolder), path.join(folder, cudaFolder), { recursive: true });
  return { version: manifest.version, files: files.length, packages: installed.length, hasCuda };
}

interface Papers {
  readonly manifest: z.infer<typeof manifestSchema>;
  readonly installed: readonly ShippedPackage[];
  readonly compiled: readonly ShippedPackage[];
}

async function writePapers(
  { project, folder }: StageRequest,
  { manifest, installed, compiled }: Papers,
): Promise<void> {
  const packages = installed.filter((shipped) => !isNodePackage(shipped));
  const others = [{ name: 'node', version: process.versions.node, license: 'MIT' }];
  const sbom = composeSbom({ product: manifest, installed: packages, bundled: compiled, others });
  await writeJson(path.join(folder, 'sbom.cdx.json'), sbom);
  const terms = await composeThirdPartyLicenses(project, [...installed, ...compiled]);
  await writeFile(path.join(folder, 'THIRD-PARTY-LICENSES.txt'), terms);
  // libvips and what it is built of come under the LGPL, which is to be handed on with them; their package does not carry it.
  await cp(path.join(project, 'scripts', 'pack', 'terms'), path.join(folder, 'licenses'), { recursive: true });
}

const writeJson = (file: string, content: object): Promise<void> =>
  writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);

/** A second name for the same file where the disk allows it: nothing here is ever changed. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const source = await realpath(from);
  await link(source, to).catch(() => copyFile(source, to));
}

/** The Node that makes the package is the Node that runs it. */
async function copyNode(folder: string): Promise<void> {
  const node = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  await place(process.execPath, node);
}

const shellLauncher = `#!/bin/sh
# Relevance Lightbox, on the Node that came with it.
self=$0
[ -h "$self" ] && self=$(readlink -f "$self")
here=$(cd "\${self%/*}" && pwd -P)
exec "$here/bin/node" "$here/src/cli/lightbox.js" "$@"
`;

const windowsLauncher = '@"%~dp0bin\\node.exe" "%~dp0src\\cli\\lightbox.js" %*\r\n';

async function writeLaunchers(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    await writeFile(path.join(folder, 'lightbox.cmd'), windowsLauncher);
    return;
  }
  await writeFile(path.join(folder, 'lightbox'), shellLauncher);
  await chmod(path.join(folder, 'lightbox'), 0o755);
}
