"""Honeycombs: the pattern of the pigment network and of the skin's furrows."""

import numpy as np


def honeycomb(rng, x, y, spacing):
    """Distance to the nearest border between two cells of a jittered hexagonal grid, in units of the spacing, 0..0.5 or so.

    The difference of the distances to the two nearest seeds, halved (Worley, A cellular texture basis function, 1996).
    """
    row_height = 0.866 * spacing
    rows = int(np.ceil((y.max() - y.min()) / row_height)) + 6
    columns = int(np.ceil((x.max() - x.min()) / spacing)) + 6
    jitter = 0.26 * rng.standard_normal((2, rows, columns)).astype(np.float32).clip(-1.5, 1.5)
    row = (y - y.min()) / np.float32(row_height) + 2
    column = (x - x.min()) / np.float32(spacing) + 2
    nearest = np.full(x.shape, 9, np.float32)
    second = nearest.copy()
    base_row, base_column = row.astype(np.int32), column.astype(np.int32)
    for down in (-1, 0, 1, 2):
        at_row = base_row + down
        offset = 0.5 * (at_row % 2)
        for across in (-1, 0, 1):
            at_column = base_column + across
            dy = (at_row + jitter[0, at_row, at_column] - row) * np.float32(0.866)
            dx = at_column + offset + jitter[1, at_row, at_column] - column
            distance = np.sqrt(dx * dx + dy * dy)
            second = np.minimum(second, np.maximum(nearest, distance))
            nearest = np.minimum(nearest, distance)
    return 0.5 * (second - nearest)
