import type { Provider } from '#shared/providers.ts';

/** placeholder */
export async function compareWithCpu(provider: Provider): Promise<number> {
  await Promise.resolve(provider);
  return 0;
}
