import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const packageSchema = z.object({ version: z.string() });

function readVersion(packageFile: string): string {
  return packageSchema.parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}

export const lightboxVersion = readVersion(require.resolve('../../../package.json'));

/** The programs that had a part in a result. */
export interface Versions {
  readonly lightbox: string;
  readonly onnxruntime: string;
  readonly node: string;
}

/** The engine runs on the same Node and the same installation as this process. */
export function readVersions(): Versions {
  const onnxruntime = readVersion(require.resolve('onnxruntime-node/package.json'));
  return { lightbox: lightboxVersion, onnxruntime, node: process.versions.node };
}
