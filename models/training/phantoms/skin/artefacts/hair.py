"""Hairs over the lesion: long thin curves, dark or fair, mostly in one direction."""

import math

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.phantom import Layer

COLORS = ((0.10, 0.07, 0.06), (0.20, 0.12, 0.08), (0.38, 0.26, 0.16), (0.72, 0.60, 0.44))


def draw_hair(rng: np.random.Generator) -> Layer:
    direction, width = rng.uniform(0, math.pi), rng.uniform(0.7, 1.5)
    hairs = [sample_hair(rng, direction) for _ in range(int(rng.integers(4, 26)))]
    color = np.array(COLORS[rng.integers(len(COLORS))], np.float32)

    def draw_on(draw, side):
        for points in hairs:
            draw.line((points * side).ravel().tolist(), fill=255, width=max(1, round(width * SUPERSAMPLING)))

    cover = cover_of(draw_on)
    return Layer(color, cover * np.float32(rng.uniform(0.65, 0.95)), grow_mask(cover, 1))


def sample_hair(rng, direction):
    """Points (n, 2) as shares of the picture, on a curve that bends evenly."""
    angle, bend, length = direction + rng.normal(0, 0.4), rng.normal(0, 0.7), rng.uniform(0.35, 1.1)
    steps = np.linspace(-0.5, 0.5, 30) * length
    angles = angle + bend * steps
    course = np.cumsum(np.stack([np.cos(angles), np.sin(angles)], axis=1), axis=0) * length / 30
    return course - course[15] + rng.uniform(0.05, 0.95, 2)
