import { fillNames, fills, type FillName } from './fills.ts';
import type { PixelMask, PixelPlanes } from './pixel-planes.ts';

/** A picture with one thing taken away in one way. */
export interface Variant {
  readonly fill: FillName;
  /** What is gone: the mark, or the control of this number. */
  readonly removed: 'mark' | number;
  readonly picture: PixelPlanes;
}

interface VariantRequest {
  readonly picture: PixelPlanes;
  readonly mask: PixelMask;
  readonly controls: readonly PixelMask[];
  /** Other marks. */
  readonly avoid: PixelMask;
  readonly seed: string;
}

/** The picture without the mark and without each control, by every fill that is possible. */
export function createVariants(request: VariantRequest): readonly Variant[] {
  const { picture, mask, controls, avoid, seed } = request;
  const avoidMark = avoid.map((inside, pixel) => inside | (mask[pixel] ?? 0));
  return fillNames.flatMap((fill) => {
    const remove = (removed: Variant['removed'], gone: PixelMask): Variant[] => {
      const others = removed === 'mark' ? avoid : avoidMark;
      const filled = fills[fill]({ picture, mask: gone, avoid: others, seed: `${seed} ${fill} ${removed}` });
      return filled ? [{ fill, removed, picture: filled }] : [];
    };
    const withoutMark = remove('mark', mask);
    return withoutMark.length === 0
      ? []
      : [...withoutMark, ...controls.flatMap((control, index) => remove(index, control))];
  });
}
