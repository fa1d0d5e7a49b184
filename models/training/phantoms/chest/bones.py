"""Ribs, collar bones, spine, shoulder blades: attenuation fields."""

import numpy as np

from phantoms.chest.anatomy import SIDES, wall
from phantoms.fields import ellipse_distance, soft_step

RIB_PAIRS = 10
RIB_RADIUS = 0.035
RIB_MARGIN = 0.09  # above and below a rib's course


def tube(distance, radius):
    """A bone across its length: spongy middle, denser rim, soft outline."""
    across = np.clip(np.abs(distance) / radius, 0, 1)
    return soft_step(radius - np.abs(distance), 0.0035) * (0.50 + 0.50 * across**4)


def rib_attenuation(rng, anatomy, x, y):
    """Each rib pair is a tilted hoop; seen from the front an ellipse, upper half behind, lower half in front."""
    ribs = np.zeros_like(x)
    for number in range(RIB_PAIRS):
        top = anatomy.apex - 0.09 + number * anatomy.rib_spacing + rng.normal(0, 0.004)
        drop = 0.20 + 0.30 * min(number, 6) / 6
        half_width = wall(anatomy, top + 0.55 * drop) + 0.03 + rng.normal(0, 0.004)
        slope = anatomy.rib_slope * (0.6 + 0.05 * number)
        rows = rows_between(y, top - RIB_MARGIN, top + drop + slope * half_width + RIB_MARGIN)
        ribs[rows] += hoop(x[rows], y[rows], (top, drop, half_width, slope))
    return anatomy.rib_density * ribs


def rows_between(y, upper, lower):
    """The rows of the film that some patient height between the two lies on, as a slice: all that a rib can touch."""
    touched = np.flatnonzero((y.max(axis=1) > upper) & (y.min(axis=1) < lower))
    return slice(touched[0], touched[-1] + 1) if touched.size else slice(0, 0)


def hoop(x, y, shape):
    """One rib pair: (y of its top, its drop, half-width, slope away from the spine)."""
    top, drop, half_width, slope = shape
    level = y - top - drop / 2 - slope * np.abs(x)
    distance = ellipse_distance(x, level, half_width, drop / 2)
    outward = np.clip(np.abs(x) / half_width, 0, 1)
    edge_on = np.minimum(1 / np.sqrt(1.12 - outward**2), 1.7)  # the ray runs along the rib at the side
    behind = tube(distance, RIB_RADIUS) * soft_step(-level, 0.02)
    in_front = tube(distance, RIB_RADIUS * 1.15) * soft_step(level, 0.02) * soft_step(outward - 0.62, 0.06)
    return behind * edge_on + 0.6 * in_front * edge_on


def collar_bone_attenuation(rng, anatomy, x, y):
    """Two S-shaped tubes from the breast bone to the shoulders, moved by the patient's turn."""
    lift = rng.uniform(0.05, 0.22)
    level = anatomy.apex + rng.uniform(0.08, 0.18)
    bones = np.zeros_like(x)
    for side in SIDES:
        along = (side * (x - 1.5 * anatomy.turn) - 0.10) / 0.74
        course = level - lift * along + 0.035 * np.sin(2 * np.pi * np.clip(along, 0, 1)) + rng.normal(0, 0.006)
        radius = 0.030 + 0.016 * np.clip(1 - along / 0.2, 0, 1)
        ends = soft_step(along, 0.02) * soft_step(1 - along, 0.03)
        bones += tube((y - course) * 0.95, radius) * ends
    return 1.35 * anatomy.rib_density * bones


def spine_attenuation(rng, anatomy, x, y):
    """Vertebrae: bodies parted by discs, and a pair of pedicles each."""
    height = 0.105
    phase = rng.uniform(0, height)
    along = np.mod(y + phase, height) / height
    bodies = soft_step(0.078 - np.abs(x), 0.006) * (0.7 + 0.3 * soft_step(0.38 - np.abs(along - 0.5), 0.04))
    pedicles = sum(
        soft_step(0.016 - np.hypot(x - side * 0.052, (along - 0.35) * height), 0.004) for side in SIDES
    )
    return anatomy.rib_density * (1.3 * bodies + 0.6 * pedicles)


def shoulder_attenuation(rng, anatomy, x, y):
    """Heads of the upper arms and the shoulder blades' borders; often cut off by the picture's edge."""
    reach = anatomy.half_width + rng.uniform(0.22, 0.34)
    level = anatomy.apex + rng.uniform(0.10, 0.20)
    bones = np.zeros_like(x)
    for side in SIDES:
        head = ellipse_distance(x - side * reach, y - level, 0.115, 0.125)
        shaft_axis = side * x - reach - 0.06 - 0.25 * (y - level)
        shaft = soft_step(0.062 - np.abs(shaft_axis), 0.008) * soft_step(y - level, 0.03)
        border = np.abs(side * x - anatomy.half_width + 0.02 - 0.16 * np.abs(y - level - 0.35)) - 0.012
        blade = soft_step(-border, 0.008) * soft_step(0.42 - np.abs(y - level - 0.30), 0.05)
        bones += np.maximum(soft_step(-head, 0.008), shaft) + 0.40 * blade
    return 1.2 * anatomy.rib_density * bones
