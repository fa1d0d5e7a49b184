/**
 * Regions of a picture on the grid of a layer: the share of each cell that lies inside. A layer's cell is taken to look at the part of
 * the picture that lies where it does, which is exact for layers whose padding keeps pictures centred.
 *
 * regions: [count, height, width]. Returns [count, rows, columns].
 */
export function poolRegions(
  regions: Float32Array,
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Float32Array {
  const count = regions.length / (height * width);
  const pooled = new Float32Array(count * rows * columns);
  const [down, across] = [listOverlaps(height, rows), listOverlaps(width, columns)];
  for (let region = 0; region < count; region++) {
    down.forEach((inRow, row) => {
      across.forEach((inColumn, column) => {
        let sum = 0;
        for (const [y, yShare] of inRow) {
          for (const [x, xShare] of inColumn)
            sum += (regions[(region * height + y) * width + x] ?? 0) * yShare * xShare;
        }
        pooled[(region * rows + row) * columns + column] = sum;
      });
    });
  }
  return pooled;
}

/** For each cell: pixels it covers, with the share of the cell each makes up. */
function listOverlaps(pixels: number, cells: number): readonly (readonly (readonly [number, number])[])[] {
  const step = pixels / cells;
  return Array.from({ length: cells }, (_, cell) => {
    const [start, end] = [cell * step, (cell + 1) * step];
    const first = Math.floor(start);
    return Array.from({ length: Math.ceil(end) - first }, (_, i) => {
      const pixel = first + i;
      return [pixel, (Math.min(end, pixel + 1) - Math.max(start, pixel)) / step] as const;
    });
  });
}
