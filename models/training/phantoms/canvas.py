"""Pillow drawing at several times a picture's size, so that strokes end in soft edges."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from phantoms.phantom import SIZE

SUPERSAMPLING = 3


def cover_of(draw_on: Callable[[ImageDraw.ImageDraw, int], None]) -> np.ndarray:
    """Share of every pixel that a drawing covers, float32 (SIZE, SIZE).

    `draw_on` gets a canvas to draw on with fill 0..255 and the number of its pixels along a side.
    """
    side = SIZE * SUPERSAMPLING
    canvas = Image.new('L', (side, side))
    draw_on(ImageDraw.Draw(canvas), side)
    return shrink(canvas)


def shrink(canvas: Image.Image) -> np.ndarray:
    return np.asarray(canvas.resize((SIZE, SIZE), Image.Resampling.BOX), np.float32) / 255


def grow_mask(cover: np.ndarray, reach: int) -> np.ndarray:
    """Where something is covered, and `reach` pixels around it: what someone would circle."""
    grown = cover > 0.05
    for axis in (0, 1):
        shifted = grown.copy()
        for step in range(1, reach + 1):
            shifted |= np.roll(grown, step, axis) | np.roll(grown, -step, axis)
        grown = shifted
    return grown
