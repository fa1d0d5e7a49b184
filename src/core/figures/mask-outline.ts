/** The outline of a mask's pixels as SVG path commands, in pixels of the mask: every edge between inside and outside. */
export function outlineMask(mask: ArrayLike<number>, width: number): string {
  const height = mask.length / width;
  const isInside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (mask[y * width + x] ?? 0) > 0;
  const parts: string[] = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      if (isInside(x, y) !== isInside(x, y - 1)) parts.push(`M${x} ${y}h1`);
      if (isInside(x, y) !== isInside(x - 1, y)) parts.push(`M${x} ${y}v1`);
    }
  }
  return parts.join('');
}
