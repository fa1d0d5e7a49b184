"""The round field of a microscope: black outside a circle about the picture's middle."""

import numpy as np

from phantoms.fields import soft_step
from phantoms.phantom import SIZE, Layer


def draw_dark_corners(rng: np.random.Generator) -> Layer:
    axis = (np.arange(SIZE) + 0.5 - SIZE / 2).astype(np.float32)
    shift = rng.normal(0, 3, 2)
    distance = np.hypot(axis[None, :] - np.float32(shift[0]), axis[:, None] - np.float32(shift[1]))
    radius, softness = SIZE / 2 * rng.uniform(0.97, 1.17), rng.uniform(0.8, 5.0)
    cover = soft_step(distance - radius, softness)
    return Layer(color=float(rng.uniform(0, 0.05)), cover=cover, mask=cover > 0.1)
