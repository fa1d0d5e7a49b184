"""Lungs, heart, great vessels, diaphragm and the body around them: outlines and attenuation (natural logarithm)."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from phantoms.chest.anatomy import SIDES, Anatomy, wall
from phantoms.fields import dome, ellipse_distance, soft_minimum, soft_step


@dataclass(frozen=True)
class Body:
    """One patient on one film. The outlines that many parts ask for are computed once."""

    anatomy: Anatomy
    x: np.ndarray  # patient coordinates of every pixel
    y: np.ndarray

    @cached_property
    def middle(self):
        """Signed distance to the outline of everything between the lungs, positive outside."""
        anatomy, x, y = self.anatomy, self.x, self.y
        return soft_minimum([mediastinum_distance(anatomy, x, y), heart_distance(anatomy, x, y)], 0.035)

    @cached_property
    def diaphragm(self):
        """y of the diaphragm, both domes joined in the middle."""
        share = soft_step(self.x, 0.02)
        left, right = (dome_height(self.anatomy, self.x, side) for side in SIDES)
        return share * right + (1 - share) * left

    @cached_property
    def cages(self):
        """For each side the distance inwards from the rib cage and the apex; positive inside."""
        lateral = wall(self.anatomy, self.y)
        return {side: rib_cage_distance(self, lateral, side) for side in SIDES}

    @cached_property
    def lungs(self):
        """For each side the distance inwards from the visible lung field; positive inside, heart and diaphragm cut out."""
        above = self.diaphragm - self.y
        return {side: lung_distance(self, above, side) for side in SIDES}

    @cached_property
    def lung_mask(self):
        return np.any([self.lungs[side] > 0 for side in SIDES], axis=0)

    @cached_property
    def skin(self):
        """Distance inwards from the skin; positive inside. Shoulders slope down, arms widen the upper body."""
        anatomy, x, y = self.anatomy, self.x, self.y
        shoulders = y - (-1.12 + anatomy.shoulder_slope * np.maximum(np.abs(x) - 0.16, 0.0) ** 1.15)
        arms = 0.25 * soft_step(-0.15 - y, 0.08)
        flank = anatomy.body_half_width + arms + 0.10 * np.clip(y - 0.5, 0, 1) - np.abs(x)
        return soft_minimum([shoulders, flank], 0.06)


def heart_distance(anatomy, x, y):
    """Signed distance to the heart's outline, positive outside."""
    centre_x, centre_y, along, across, tilt = anatomy.heart
    dx, dy = x - centre_x - anatomy.turn, y - centre_y
    cosine, sine = math.cos(tilt), math.sin(tilt)
    left_ventricle = ellipse_distance(dx * cosine + dy * sine, dy * cosine - dx * sine, along, across)
    right_atrium = ellipse_distance(x + 0.03 - anatomy.turn, y - centre_y + 0.02, 0.15, 0.22)
    return soft_minimum([left_ventricle, right_atrium], 0.02)


def mediastinum_distance(anatomy, x, y):
    """Signed distance to the outline of the great vessels, windpipe and hila, positive outside."""
    hila = 0.035 * np.exp(-(((y + 0.04) / 0.13) ** 2))
    band = np.abs(x - anatomy.turn) - anatomy.mediastinum - hila
    knob_x = anatomy.mediastinum + anatomy.turn - 0.03
    knob = ellipse_distance(x - knob_x, y + 0.26, anatomy.aorta, anatomy.aorta * 1.4)
    return soft_minimum([band, knob], 0.03)


def dome_height(anatomy, x, side):
    """y of the diaphragm over one lung: a dome that falls steeply to the rib cage."""
    middle = 0.34
    outward = np.clip((side * x - middle) / (anatomy.half_width - middle), 0, 1.2)
    inward = np.clip((middle - side * x) / middle, 0, 1)
    deep = anatomy.base - anatomy.diaphragm[side]
    return anatomy.diaphragm[side] + deep * (0.45 * outward**2 + 0.60 * outward**6) + 0.08 * inward**2


def rib_cage_distance(body, lateral, side):
    apex = body.y - body.anatomy.apex - 1.4 * np.maximum(np.abs(side * body.x - 0.25) - 0.03, 0.0) ** 2
    return soft_minimum([lateral - side * body.x, apex], 0.03)


def lung_distance(body, above, side):
    beside = np.where(side * body.x > 0, body.middle, np.float32(-1))
    return soft_minimum([body.cages[side], above, beside], 0.008)


def wall_attenuation(body):
    """Skin, fat and muscle: rises quickly from the skin, thicker in the shoulders and the belly."""
    depth = np.maximum(body.skin, 0.0)
    thickness = 0.35 * (1 - np.exp(-depth / 0.10)) + 0.65 * (1 - np.exp(-depth / 0.28))
    if body.anatomy.breast > 0:
        breasts = sum(dome(body.x - side * 0.40, body.y - 0.28, 0.33, 0.30) for side in SIDES)
        thickness = thickness + body.anatomy.breast * breasts
    return 0.20 + thickness


def lung_air(body):
    """Share of the chest's depth that is air, 0..1. Some lung reaches behind the dome of the diaphragm."""
    below = body.y - body.diaphragm
    behind = 0.62 * soft_step(-below, 0.006) + 0.38 * np.exp(-np.maximum(below, 0) / 0.06)
    air = np.zeros_like(body.x)
    for side in SIDES:
        inside = np.where(side * body.x > 0, body.cages[side], np.float32(-1))
        air += soft_step(inside, 0.006) * (1 - 0.42 * np.exp(-np.maximum(inside, 0) / 0.10))
    return air * behind


def middle_attenuation(body):
    """Heart and great vessels, and the windpipe, which is dark. The heart ends at the diaphragm."""
    thickness = 0.45 + 0.55 * (1 - np.exp(np.minimum(body.middle, 0) / 0.10))
    above = soft_step(body.diaphragm + 0.02 - body.y, 0.03)
    neck = 0.35 + 0.65 * soft_step(body.y - body.anatomy.apex - 0.06, 0.05)
    return soft_step(-body.middle, 0.007) * thickness * (0.25 + 0.75 * above) * neck - windpipe(body)


def windpipe(body):
    fork = -0.24
    offset = np.abs(body.x - 0.5 * body.anatomy.turn)
    branch = np.abs(offset - 0.45 * np.maximum(body.y - fork, 0.0))
    fade = soft_step(fork + 0.16 - body.y, 0.03)
    return 0.40 * soft_step(0.042 - branch, 0.008) * fade * soft_step(body.y + 1.0, 0.1)


def belly_attenuation(body):
    """Liver, spleen and bowel below the diaphragm, with a gas bubble under the left dome."""
    anatomy, below = body.anatomy, body.y - body.diaphragm
    within = soft_step(wall(anatomy, body.y) - np.abs(body.x), 0.05) * soft_step(body.skin, 0.03)
    belly = soft_step(below, 0.006) * (0.10 + 0.90 * (1 - np.exp(-np.maximum(below, 0) / 0.20))) * within
    if anatomy.gas > 0:
        gas_y = anatomy.diaphragm[1] + 0.06 + anatomy.gas
        bubble = dome(body.x - 0.36, body.y - gas_y, anatomy.gas * 1.5, anatomy.gas)
        belly -= 0.8 * bubble * soft_step(below - 0.02, 0.01)
    return belly
