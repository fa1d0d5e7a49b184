"""A surgeon's skin marker: violet strokes beside the lesion, patchy as ink on skin is."""

import math

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.fields import cloud, soft_step
from phantoms.phantom import SIZE, Layer

COLORS = ((0.33, 0.24, 0.52), (0.22, 0.26, 0.52), (0.42, 0.24, 0.46))


def draw_ink(rng: np.random.Generator) -> Layer:
    strokes = [sample_stroke(rng) for _ in range(int(rng.integers(1, 4)))]
    width = rng.uniform(6, 10) * SUPERSAMPLING

    def draw_on(draw, side):
        for points in strokes:
            draw.line((points * side).ravel().tolist(), fill=255, width=round(width), joint='curve')

    cover = cover_of(draw_on)
    patchy = 0.45 + 0.5 * soft_step(cloud(rng, SIZE, 20) + 0.4, 0.4)
    return Layer(np.array(COLORS[rng.integers(len(COLORS))], np.float32), cover * patchy, grow_mask(cover, 1))


def sample_stroke(rng):
    """An arc about the picture's middle, near its edge, points (n, 2) as shares of the picture."""
    start, sweep = rng.uniform(0, 2 * math.pi), rng.uniform(0.25, 0.7)
    angles = start + np.linspace(0, sweep, 16)
    radius = rng.uniform(0.36, 0.46) + 0.06 * np.linspace(-1, 1, 16) * rng.normal()
    return 0.5 + radius[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
