import type { PixelPlanes } from './pixel-planes.ts';

interface PasteRequest {
  readonly onto: PixelPlanes;
  /** Of the same size. */
  readonly from: PixelPlanes;
  /** The matte: how much of each pixel is pasted, 0 to 1; height x width. */
  readonly alpha: Float32Array;
}

/** Parts of one picture pasted into another at the same place: alpha from + (1 - alpha) onto. */
export function paste({ onto, from, alpha }: PasteRequest): PixelPlanes {
  const values = onto.values.map((value, at) => {
    const share = alpha[at % alpha.length] ?? 0;
    return share === 0 ? value : share * (from.values[at] ?? 0) + (1 - share) * value;
  });
  return { ...onto, values };
}

/**
 * The same with what is pasted made as bright, in each channel and over the matte, as what it covers: plain ground pasted so shows its texture, not the
 * outline of the matte.
 */
export function pasteMatched(request: PasteRequest): PixelPlanes {
  const { onto, from, alpha } = request;
  const meansOf = ({ values, channels }: PixelPlanes): readonly number[] =>
    Array.from({ length: channels }, (_, channel) => {
      let [sum, total] = [0, 0];
      alpha.forEach((share, pixel) => {
        sum += share * (values[channel * alpha.length + pixel] ?? 0);
        total += share;
      });
      return sum / total;
    });
  const [wanted, given] = [meansOf(onto), meansOf(from)];
  const offsets = wanted.map((mean, channel) => mean - (given[channel] ?? 0));
  const values = from.values.map((value, at) => value + (offsets[Math.floor(at / alpha.length)] ?? 0));
  return paste({ ...request, from: { ...from, values } });
}
