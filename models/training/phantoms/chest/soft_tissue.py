"""Lungs, heart, great vessels, diaphragm and the body around them: outlines and attenuation (natural logarithm)."""

import numpy as np

from phantoms.chest.anatomy import SIDES, wall
from phantoms.fields import dome, ellipse_distance, soft_minimum, soft_step


def heart_distance(anatomy, x, y):
    """Signed distance to the heart's outline, positive outside."""
    centre_x, centre_y, along, across, tilt = anatomy.heart
    dx, dy = x - centre_x - anatomy.turn, y - centre_y
    left_ventricle = ellipse_distance(
        dx * np.cos(tilt) + dy * np.sin(tilt), dy * np.cos(tilt) - dx * np.sin(tilt), along, across
    )
    right_atrium = ellipse_distance(x + 0.03 - anatomy.turn, y - centre_y + 0.02, 0.15, 0.22)
    return soft_minimum([left_ventricle, right_atrium], 0.02)


def mediastinum_distance(anatomy, x, y):
    """Signed distance to the outline of the great vessels, windpipe and hila, positive outside."""
    hila = 0.035 * np.exp(-(((y + 0.04) / 0.13) ** 2))
    band = np.abs(x - anatomy.turn) - anatomy.mediastinum - hila
    knob_x = anatomy.mediastinum + anatomy.turn - 0.03
    knob = ellipse_distance(x - knob_x, y + 0.26, anatomy.aorta, anatomy.aorta * 1.4)
    return soft_minimum([band, knob], 0.03)


def middle_distance(anatomy, x, y):
    """Signed distance to the outline of everything between the lungs, positive outside."""
    return soft_minimum([mediastinum_distance(anatomy, x, y), heart_distance(anatomy, x, y)], 0.035)


def dome_height(anatomy, x, side):
    """y of the diaphragm over one lung: a dome that falls steeply to the rib cage."""
    middle = 0.34
    outward = np.clip((side * x - middle) / (anatomy.half_width - middle), 0, 1.2)
    inward = np.clip((middle - side * x) / middle, 0, 1)
    deep = anatomy.base - anatomy.diaphragm[side]
    return anatomy.diaphragm[side] + deep * (0.45 * outward**2 + 0.60 * outward**6) + 0.08 * inward**2


def diaphragm_height(anatomy, x):
    """y of the diaphragm, both domes joined in the middle."""
    share = soft_step(x, 0.02)
    return share * dome_height(anatomy, x, 1) + (1 - share) * dome_height(anatomy, x, -1)


def rib_cage_distance(anatomy, x, y, side):
    """Distance inwards from the rib cage and the apex; positive inside."""
    lateral = wall(anatomy, y) - side * x
    apex = y - anatomy.apex - 1.4 * np.maximum(np.abs(side * x - 0.25) - 0.03, 0.0) ** 2
    return soft_minimum([lateral, apex], 0.03)


def lung_distance(anatomy, x, y, side):
    """Distance inwards from one visible lung field's outline; positive inside, heart and diaphragm cut out."""
    above = diaphragm_height(anatomy, x) - y
    beside = np.where(side * x > 0, middle_distance(anatomy, x, y), -1.0)
    return soft_minimum([rib_cage_distance(anatomy, x, y, side), above, beside], 0.008)


def lung_mask(anatomy, x, y):
    return np.any([lung_distance(anatomy, x, y, side) > 0 for side in SIDES], axis=0)


def body_distance(anatomy, x, y):
    """Distance inwards from the skin; positive inside. Shoulders slope down, arms widen the upper body."""
    shoulders = y - (-1.12 + anatomy.shoulder_slope * np.maximum(np.abs(x) - 0.16, 0.0) ** 1.15)
    arms = 0.25 * soft_step(-0.15 - y, 0.08)
    flank = anatomy.body_half_width + arms + 0.10 * np.clip(y - 0.5, 0, 1) - np.abs(x)
    return soft_minimum([shoulders, flank], 0.06)


def wall_attenuation(anatomy, x, y):
    """Skin, fat and muscle: rises quickly from the skin, thicker in the shoulders and the belly."""
    depth = np.maximum(body_distance(anatomy, x, y), 0.0)
    thickness = 0.35 * (1 - np.exp(-depth / 0.10)) + 0.65 * (1 - np.exp(-depth / 0.28))
    breasts = sum(dome(x - side * 0.40, y - 0.28, 0.33, 0.30) for side in SIDES) * anatomy.breast
    return 0.20 + thickness + breasts


def lung_air(anatomy, x, y):
    """Share of the chest's depth that is air, 0..1. Some lung reaches behind the dome of the diaphragm."""
    below = y - diaphragm_height(anatomy, x)
    air = np.zeros_like(x)
    for side in SIDES:
        inside = np.where(side * x > 0, rib_cage_distance(anatomy, x, y, side), -1.0)
        depth = soft_step(inside, 0.006) * (1 - 0.42 * np.exp(-np.maximum(inside, 0) / 0.10))
        air += depth * (0.62 * soft_step(-below, 0.006) + 0.38 * np.exp(-np.maximum(below, 0) / 0.06))
    return air


def middle_attenuation(anatomy, x, y):
    """Heart and great vessels, and the windpipe, which is dark. The heart ends at the diaphragm."""
    outline = middle_distance(anatomy, x, y)
    thickness = 0.45 + 0.55 * (1 - np.exp(np.minimum(outline, 0) / 0.10))
    above = soft_step(diaphragm_height(anatomy, x) + 0.02 - y, 0.03)
    neck = 0.35 + 0.65 * soft_step(y - anatomy.apex - 0.06, 0.05)
    return soft_step(-outline, 0.007) * thickness * (0.25 + 0.75 * above) * neck - windpipe(anatomy, x, y)


def windpipe(anatomy, x, y):
    fork = -0.24
    offset = np.abs(x - 0.5 * anatomy.turn)
    branch = np.abs(offset - 0.45 * np.maximum(y - fork, 0.0))
    fade = soft_step(fork + 0.16 - y, 0.03)
    return 0.40 * soft_step(0.042 - branch, 0.008) * fade * soft_step(y + 1.0, 0.1)


def belly_attenuation(anatomy, x, y):
    """Liver, spleen and bowel below the diaphragm, with a gas bubble under the left dome."""
    below = y - diaphragm_height(anatomy, x)
    within = soft_step(wall(anatomy, y) - np.abs(x), 0.05) * soft_step(body_distance(anatomy, x, y), 0.03)
    belly = soft_step(below, 0.006) * (0.10 + 0.90 * (1 - np.exp(-np.maximum(below, 0) / 0.20))) * within
    if anatomy.gas > 0:
        gas_y = anatomy.diaphragm[1] + 0.06 + anatomy.gas
        belly -= 0.8 * dome(x - 0.36, y - gas_y, anatomy.gas * 1.5, anatomy.gas) * soft_step(below - 0.02, 0.01)
    return belly
