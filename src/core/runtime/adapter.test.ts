import { expect, test } from 'vitest';
import { findAdapter } from './adapter.ts';

const report = (name: string, driver: string): string =>
  `[Vulkan Loader] DRIVER:            <Device>\n[Vulkan Loader] DRIVER:                Using "${name}" with driver: "${driver}"\n`;

test('names the adapter that was used and tells software from hardware', () => {
  expect(findAdapter(report('NVIDIA H100 PCIe', 'libGLX_nvidia.so.0'))).toEqual({
    name: 'NVIDIA H100 PCIe',
    software: false,
  });
  expect(findAdapter(report('llvmpipe (LLVM 15.0.6, 256 bits)', '/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so'))).toEqual(
    {
      name: 'llvmpipe (LLVM 15.0.6, 256 bits)',
      software: true,
    },
  );
});

test('takes the last device made, and none where the report names none', () => {
  const both =
    report('SwiftShader Device (Subzero)', 'libvk_swiftshader.so') + report('Intel(R) Arc', 'libvulkan_intel.so');
  expect(findAdapter(both)).toEqual({ name: 'Intel(R) Arc', software: false });
  expect(findAdapter('[Vulkan Loader] INFO: Found no drivers!')).toBeUndefined();
});
