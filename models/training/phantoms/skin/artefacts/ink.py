"""A surgeon's skin marker: a ring of broad violet dashes round the lesion, patchy as ink on skin is."""

import math

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.fields import cloud, soft_step
from phantoms.phantom import SIZE, Layer

COLORS = ((0.36, 0.20, 0.56), (0.27, 0.24, 0.57), (0.45, 0.21, 0.52))
STEPS = 16  # along a dash


def draw_ink(rng: np.random.Generator) -> Layer:
    strokes = sample_ring(rng)
    width = rng.uniform(10, 15) * SUPERSAMPLING

    def draw_on(draw, side):
        for points in strokes * side:
            draw.line(points.ravel().tolist(), fill=255, width=round(width), joint='curve')
            for x, y in points[[0, -1]]:
                draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)

    cover = cover_of(draw_on)
    patchy = 0.55 + 0.4 * soft_step(cloud(rng, SIZE, 20) + 0.4, 0.4)
    return Layer(np.array(COLORS[rng.integers(len(COLORS))], np.float32), cover * patchy, grow_mask(cover, 1))


def sample_ring(rng):
    """Two to four dashes of a ring near the picture's edge, (dashes, STEPS, 2) as shares of the picture; none touches another."""
    count = int(rng.integers(2, 5))
    turn = rng.uniform(0, 2 * math.pi) + 2 * math.pi / count * np.arange(count)
    sweep = rng.uniform(0.40, 0.85, count)
    along = np.linspace(-0.5, 0.5, STEPS)
    angles = (turn + rng.uniform(-0.25, 0.25, count))[:, None] + sweep[:, None] * along
    radius = rng.uniform(0.37, 0.44, count)[:, None] + 0.06 * rng.normal(size=count).clip(-1, 1)[:, None] * along
    return 0.5 + radius[..., None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
