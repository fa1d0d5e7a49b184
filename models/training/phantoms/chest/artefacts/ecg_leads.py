"""ECG leads: thin wires over the chest, a round electrode at the end of each."""

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.phantom import Layer

CHEST_X, CHEST_Y = (0.22, 0.78), (0.22, 0.78)  # where electrodes stick, as shares of the picture


def draw_ecg_leads(rng: np.random.Generator) -> Layer:
    courses = [sample_course(rng) for _ in range(int(rng.integers(2, 5)))]
    width = rng.uniform(1.0, 1.7) * SUPERSAMPLING
    radius = rng.uniform(2.6, 4.0) * SUPERSAMPLING

    def draw_on(draw, side):
        for course in courses:
            points = course * side
            draw.line(points.ravel().tolist(), fill=170, width=round(width), joint='curve')
            x, y = points[-1].tolist()
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    cover = cover_of(draw_on)
    return Layer(color=0.93, cover=cover * np.float32(rng.uniform(0.6, 0.9)), mask=grow_mask(cover, 1))


def sample_course(rng):
    """A cubic curve from the picture's edge to an electrode, points (n, 2) as shares of the picture."""
    end = np.array([rng.uniform(*CHEST_X), rng.uniform(*CHEST_Y)])
    start = np.array([rng.choice([-0.02, 1.02]), rng.uniform(0.1, 1.0)])
    if rng.random() < 0.4:
        start = np.array([rng.uniform(0.1, 0.9), 1.02])
    bends = [start + (end - start) * share + rng.normal(0, 0.16, 2) for share in (0.35, 0.7)]
    t = np.linspace(0, 1, 40)[:, None]
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return sum(weight * point for weight, point in zip(weights, (start, *bends, end)))
