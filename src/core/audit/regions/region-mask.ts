/** A region on the pixels of a relevance map: how much of each pixel belongs to it, 0 to 1; height x width, row by row. */
export interface RegionMask {
  readonly width: number;
  readonly height: number;
  readonly coverage: Float32Array;
}

/** Pixels inside, parts of pixels added up. */
export const areaOf = ({ coverage }: RegionMask): number => coverage.reduce((sum, share) => sum + share, 0);

/** What a region leaves of the picture. */
export const outsideOf = (mask: RegionMask): RegionMask => ({
  ...mask,
  coverage: mask.coverage.map((share) => 1 - share),
});

/** The region as whole pixels: those covered by half or more, or, where none is, those covered most. Empty stays empty. */
export function wholePixels({ coverage }: RegionMask): Uint8Array {
  const most = coverage.reduce((largest, share) => Math.max(largest, share), 0);
  const least = most === 0 ? Infinity : Math.min(0.5, most);
  const pixels = new Uint8Array(coverage.length);
  coverage.forEach((share, pixel) => {
    if (share >= least) pixels[pixel] = 1;
  });
  return pixels;
}
