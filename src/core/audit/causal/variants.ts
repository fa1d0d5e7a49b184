import { fillNames, fills, type FillName } from './fills.ts';
import type { PixelMask, PixelPlanes } from './pixel-planes.ts';

/** A picture with one thing taken away in one way. */
export interface Variant {
  readonly fill: FillName;
  /** What is gone: the mark, or the control of this number. */
  readonly removed: 'mark' | number;
  readonly picture: PixelPlanes;
}

export interface VariantRequest {
  readonly picture: PixelPlanes;
  readonly mask: PixelMask;
  readonly controls: readonly PixelMask[];
  /** Other marks. */
  readonly avoid: PixelMask;
  readonly seed: string;
}

/** The picture without the mark and without each control, by every fill that is possible. */
export function createVariants(request: VariantRequest): readonly Variant[] {
  return fillNames.flatMap((fill) => {
    const withoutMark = createVariant(request, { fill, removed: 'mark' });
    if (!withoutMark) return [];
    const withoutControls = request.controls.flatMap((_, removed) => createVariant(request, { fill, removed }) ?? []);
    return [withoutMark, ...withoutControls];
  });
}

/** One of them; undefined where this fill is not possible, or there is no such control. */
export function createVariant(
  { picture, mask, controls, avoid, seed }: VariantRequest,
  { fill, removed }: Omit<Variant, 'picture'>,
): Variant | undefined {
  const gone = removed === 'mark' ? mask : controls[removed];
  if (!gone) return undefined;
  const others = removed === 'mark' ? avoid : avoid.map((inside, pixel) => inside | (mask[pixel] ?? 0));
  const filled = fills[fill]({ picture, mask: gone, avoid: others, seed: `${seed} ${fill} ${removed}` });
  return filled && { fill, removed, picture: filled };
}
