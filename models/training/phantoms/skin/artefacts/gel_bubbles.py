"""Air bubbles in the contact gel: bright rings with a shine on one side."""

import math

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.phantom import Layer


def draw_gel_bubbles(rng: np.random.Generator) -> Layer:
    bubbles = [sample_bubble(rng) for _ in range(int(rng.integers(3, 12)))]
    light = rng.uniform(0, 2 * math.pi)

    def draw_on(draw, side):
        for x, y, radius in bubbles:
            x, y, radius = x * side, y * side, radius * SUPERSAMPLING
            width = max(2, round(0.16 * radius))
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, fill=28, outline=130, width=width)
            start = math.degrees(light) - 50
            draw.arc(box, start, start + 100, fill=255, width=width + 1)
            spot_x, spot_y, spot = x + 0.5 * radius * math.cos(light), y + 0.5 * radius * math.sin(light), 0.14 * radius
            draw.ellipse((spot_x - spot, spot_y - spot, spot_x + spot, spot_y + spot), fill=240)

    cover = cover_of(draw_on)
    return Layer(color=0.95, cover=0.75 * cover, mask=grow_mask(cover, 1))


def sample_bubble(rng):
    """(x, y) as shares of the picture, radius in pixels; many small ones, few large ones."""
    return rng.uniform(0, 1), rng.uniform(0, 1), 2.5 + rng.exponential(3.5)
