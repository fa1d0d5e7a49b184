import { LightboxError } from '#shared/errors.ts';

/** Relevance summed over color, as the figures show it: height x width values, row by row. */
export interface Heatmap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** @throws LightboxError `request/invalid` when the values do not fill the map. */
export function checkHeatmap({ width, height, values }: Heatmap): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width * height === values.length && values.length > 0)
    return;
  throw new LightboxError('request/invalid', `A heatmap of ${width} x ${height} cannot hold ${values.length} values.`);
}
