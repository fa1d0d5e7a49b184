import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folders that hold SwiftShader, a software graphics adapter, and a Vulkan loader: Chromium and Chrome bring both. */
const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

const driverFile = 'vk_swiftshader_icd.json';

/**
 * The environment in which a process's `webgpu` provider runs on SwiftShader: exact and slow, so that the GPU path can be
 * tested without a GPU. It must be given when the process starts; the loader's path cannot change later. undefined where
 * Chromium is not installed.
 */
export function swiftShaderEnvironment(): Record<string, string> | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = folders.find((place) =>
    [driverFile, 'libvk_swiftshader.so', 'libvulkan.so.1'].every((file) => existsSync(path.join(place, file))),
  );
  if (folder === undefined) return undefined;
  const libraryPath = [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(path.delimiter);
  return {
    VK_DRIVER_FILES: path.join(folder, driverFile),
    LD_LIBRARY_PATH: libraryPath,
    // The loader and Dawn want one, and services and containers often run without.
    XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? tmpdir(),
  };
}
