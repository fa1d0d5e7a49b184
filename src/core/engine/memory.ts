import { readFile } from 'node:fs/promises';
import type { EngineMemory } from './requests.ts';

const bytesPerMb = 2 ** 20;

/**
 * Memory of this process. On Linux the peak is the kernel's own mark of this program (VmHWM); the one resourceUsage gives there
 * starts at the size of the process that forked this one.
 */
export async function measureMemory(): Promise<EngineMemory> {
  const rssMb = process.memoryUsage.rss() / bytesPerMb;
  return { rssMb, peakRssMb: (await readPeak()) ?? process.resourceUsage().maxRSS / 1024 };
}

async function readPeak(): Promise<number | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
