import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findAddOnFolder, linkAddOn } from './cuda-add-on.ts';

const files = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'];

/**
 * What keeps CUDA from being tried at all; undefined when its files lie beside ONNX Runtime's own library. They are an add-on
 * of several hundred MB (from ONNX Runtime's GPU package of the same version) that an administrator puts there, or into the add-on folder.
 */
export function findMissingLibrary(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'ONNX Runtime for Node has CUDA on Linux x64 only';
  const folder = libraryFolder();
  linkAddOn(findAddOnFolder(), folder);
  const missing = files.filter((file) => !existsSync(path.join(folder, file)));
  if (missing.length === 0) return undefined;
  return `${missing.join(' and ')} of ONNX Runtime's GPU package must lie in ${folder} or ${findAddOnFolder()} (and CUDA 12 with cuDNN 9 be installed)`;
}

function libraryFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return path.join(path.dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
}
