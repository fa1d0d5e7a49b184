import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Where the add-on is put: `addons/cuda` of the installation, or the folder that LIGHTBOX_CUDA names. */
export function findAddOnFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['LIGHTBOX_CUDA'] ?? path.resolve(import.meta.dirname, '..', '..', '..', 'addons', 'cuda');
}

/**
 * ONNX Runtime looks for its CUDA files beside its own library alone, so those of an add-on folder are linked there. Where that may not be
 * written, an administrator links them once; what is still missing is told by `findMissingLibrary`.
 */
export function linkAddOn(addOn: string, libraries: string): void {
  if (!existsSync(addOn)) return;
  for (const file of readdirSync(addOn).filter((name) => /\.so(\.\d+)*$/.test(name))) {
    try {
      if (!existsSync(path.join(libraries, file))) symlinkSync(path.join(addOn, file), path.join(libraries, file));
    } catch {
      return;
    }
  }
}
