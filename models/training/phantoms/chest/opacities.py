"""What disease adds to the lungs: attenuation fields, made for one patient on one film."""

import numpy as np

from phantoms.chest.anatomy import SIDES, wall
from phantoms.fields import blur, cloud, soft_step


def ground_glass(rng, body):
    """Hazy patches in both lungs, outer and lower parts first, as in COVID-19 pneumonia."""
    anatomy, x, y = body.anatomy, body.x, body.y
    size = x.shape[0]
    density = rng.uniform(0.28, 0.75)
    haze = np.zeros_like(x)
    for side in SIDES:
        inside = body.lungs[side]
        towards_wall = np.exp(-np.maximum(wall(anatomy, y) - side * x, 0) / rng.uniform(0.14, 0.24))
        lower = 0.35 + 0.65 * soft_step(y - rng.uniform(-0.35, 0.0), 0.09)
        patches = soft_step(cloud(rng, size, 6) + rng.uniform(0.1, 0.6), 0.28)
        haze += soft_step(inside, 0.012) * towards_wall * lower * patches
    grain = 1 + 0.25 * cloud(rng, size, 24, octaves=2)
    return density * np.clip(haze * grain, 0, 1.3)


def consolidation(rng, body):
    """One lobe filled with fluid, as in a bacterial pneumonia: dense, bounded by a fissure, airways left dark."""
    x, y = body.x, body.y
    side = SIDES[rng.integers(2)]
    inside = body.lungs[side]
    centre_x = side * rng.uniform(0.28, 0.48)
    lower = rng.random() < 0.7
    centre_y = rng.uniform(0.05, 0.22) if lower else rng.uniform(-0.48, -0.28)
    radius = rng.uniform(0.15, 0.27)
    shape = np.hypot((x - centre_x) / 1.15, y - centre_y) / radius + 0.22 * cloud(rng, x.shape[0], 7)
    blob = soft_step(1 - shape, 0.13)
    fissure_y = centre_y + (-0.10 if lower else 0.08) + 0.15 * (side * x - 0.4)
    bounded = soft_step((y - fissure_y) if lower else (fissure_y - y), 0.012)
    grain = 1 + 0.10 * cloud(rng, x.shape[0], 30, octaves=2)
    field = blob * (0.35 + 0.65 * bounded) * soft_step(inside, 0.008) * grain
    return rng.uniform(0.22, 0.60) * np.clip(field - airways(rng, (x, y), (centre_x, centre_y, side)) * blob, 0, None)


def airways(rng, grid, place):
    """Dark branching lines inside a consolidation."""
    x, y = grid
    centre_x, centre_y, side = place
    lines = np.zeros_like(x)
    for slope in rng.normal(0.5, 0.5, size=3):
        distance = np.abs((y - centre_y) - slope * side * (x - centre_x)) / np.hypot(1, slope)
        lines = np.maximum(lines, soft_step(0.008 - distance, 0.004))
    return 0.25 * blur(lines, 0.8)


def no_opacity(rng, body):
    return np.zeros_like(body.x)


OPACITY_OF = {'COVID-19': ground_glass, 'Non-COVID': consolidation, 'Normal': no_opacity}
