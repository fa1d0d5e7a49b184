/** The graphics adapter a provider runs on. */
export interface Adapter {
  /** As the driver calls it: "NVIDIA H100 PCIe", "SwiftShader Device (Subzero)". */
  readonly name: string;
  /** Whether it computes on the processor: exact, but slower than the CPU provider. */
  readonly software: boolean;
}

const softwareDrivers = /swiftshader|llvmpipe|lavapipe|softpipe|libvulkan_lvp|VkICD_mock/i;

/**
 * Finds the adapter in what the Vulkan loader writes to stderr under VK_LOADER_DEBUG=driver; ONNX Runtime itself names none.
 * The last device made counts. Source: "Using ... with driver" in the loader's loader.c.
 */
export function findAdapter(loaderReport: string): Adapter | undefined {
  const made = [...loaderReport.matchAll(/Using "([^"]*)" with driver: "([^"]*)"/g)].at(-1);
  if (!made) return undefined;
  const [, name = '', driver = ''] = made;
  return { name, software: softwareDrivers.test(`${name} ${driver}`) };
}
