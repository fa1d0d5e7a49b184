import { readNpy } from '#shared/npy.ts';
import { dataAddress } from '#shared/contract/contract.ts';

export interface RelevanceMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** A heatmap of the catalog by its hash. Throws where it cannot be had. */
export const loadMap = (sha256: string, signal: AbortSignal): Promise<RelevanceMap> =>
  loadMapAt(dataAddress.array(sha256), signal);

/** Throws where there is none. */
export async function loadMapAt(address: string, signal: AbortSignal): Promise<RelevanceMap> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error('The heatmap is not in the catalog any more.');
  const { shape, values } = readNpy(new Uint8Array(await response.arrayBuffer()), 'the heatmap');
  const [height = 0, width = 0] = shape;
  return { width, height, values: values instanceof Float32Array ? values : Float32Array.from(values, Number) };
}
