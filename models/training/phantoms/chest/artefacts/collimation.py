"""Black borders: the beam ends before the picture does."""

import numpy as np

from phantoms.fields import soft_step
from phantoms.phantom import SIZE, Layer

SOFTNESS = 1.0  # of the border's edge in pixels
EDGE_PAIRS = ((0, 2), (1, 3))  # left and right, top and bottom


def draw_collimation(rng: np.random.Generator) -> Layer:
    """One pair of opposite sides, or all four, black and slightly leaning."""
    axis = (np.arange(SIZE) + 0.5).astype(np.float32)
    column, row = np.meshgrid(axis, axis)
    lean = np.float32(rng.normal(0, 2.5)) * (axis / SIZE - 0.5)
    widths = rng.uniform(7, 20, size=4).tolist()
    choice = int(rng.integers(3))
    chosen = EDGE_PAIRS[choice] if choice < len(EDGE_PAIRS) else (0, 1, 2, 3)
    depths = (column - lean[:, None], row + lean[None, :], SIZE - column + lean[:, None], SIZE - row - lean[None, :])
    lit = np.ones((SIZE, SIZE), np.float32)
    for edge in chosen:
        lit *= soft_step(depths[edge] - widths[edge], SOFTNESS)
    return Layer(float(rng.uniform(0.0, 0.03)), 1 - lit, lit < 0.9)
