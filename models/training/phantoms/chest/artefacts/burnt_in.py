"""What the console writes into the picture: the word PORTABLE, an arrow that points to the upright side."""

import numpy as np
from PIL import ImageFont

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.phantom import Layer

INK = 0.95
# Half of an upright arrow of height 1: (sideways, down) from its tip, shaft last.
ARROW_EDGE = ((0.0, 0.0), (0.36, 0.40), (0.16, 0.40), (0.16, 1.0))


def draw_portable(rng: np.random.Generator) -> Layer:
    """PORTABLE at either side, sometimes with AP above it, in two typefaces."""
    x = rng.uniform(0.83, 0.89) if rng.random() < 0.5 else rng.uniform(0.11, 0.17)
    y, height = rng.uniform(0.26, 0.42), rng.uniform(6, 8) * SUPERSAMPLING
    lines = ['AP', 'PORTABLE'] if rng.random() < 0.6 else ['PORTABLE']
    bold = int(rng.integers(0, 2))

    def draw_on(draw, side):
        font = ImageFont.load_default(height)
        for number, line in enumerate(lines):
            place = (x * side, y * side + 1.8 * height * number)
            draw.text(place, line, fill=255, font=font, anchor='mm', stroke_width=bold)

    cover = cover_of(draw_on)
    return Layer(INK, cover, grow_mask(cover, 2))


def draw_arrow(rng: np.random.Generator) -> Layer:
    """An upright arrow at either side, filled or in outline."""
    x = rng.uniform(0.88, 0.93) if rng.random() < 0.5 else rng.uniform(0.07, 0.12)
    y, height, is_filled = rng.uniform(0.22, 0.55), rng.uniform(14, 24), rng.random() < 0.5

    def draw_on(draw, side):
        scale = height * SUPERSAMPLING
        half = [(across * scale, down * scale) for across, down in ARROW_EDGE]
        outline = [(x * side + across, y * side + down) for across, down in half]
        outline += [(x * side - across, y * side + down) for across, down in reversed(half)]
        if is_filled:
            draw.polygon(outline, fill=255)
        else:
            draw.line([*outline, outline[0]], fill=255, width=2 * SUPERSAMPLING, joint='curve')

    cover = cover_of(draw_on)
    return Layer(INK, cover, grow_mask(cover, 2))
