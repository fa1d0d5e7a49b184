"""The measures of one synthetic patient. Lengths in patient coordinates (see pose.py); "right" is the patient's right,
which lies on the picture's left, at negative x."""

import math
from dataclasses import dataclass

import numpy as np

SIDES = (-1, 1)  # the patient's right lung, then the left


@dataclass(frozen=True)
class Anatomy:
    apex: float  # y of the top of the lungs
    base: float  # y of the deepest point beside the diaphragm
    half_width: float  # of the rib cage inside, at the base
    diaphragm: dict  # side -> y of the dome's top
    mediastinum: float  # half-width
    heart: tuple  # (x, y, radius along, radius across, tilt in radians)
    aorta: float  # radius of the aortic knob
    turn: float  # sideways displacement of front parts against the spine: the patient stands turned
    rib_spacing: float
    rib_slope: float
    rib_density: float
    shoulder_slope: float
    body_half_width: float
    breast: float  # 0 = none, else thickness
    gas: float  # size of the gas bubble in the stomach, 0 = none
    vessels: float  # prominence of the lung vessels


def sample_anatomy(rng):
    base = rng.uniform(0.56, 0.72)
    right_dome = base - rng.uniform(0.20, 0.30)
    half_width = rng.uniform(0.68, 0.82)
    return Anatomy(
        apex=rng.uniform(-0.76, -0.66),
        base=base,
        half_width=half_width,
        diaphragm={-1: right_dome, 1: right_dome + rng.uniform(-0.01, 0.08)},
        mediastinum=rng.uniform(0.12, 0.165),
        heart=(
            rng.uniform(0.08, 0.15),
            right_dome - rng.uniform(0.08, 0.16),
            rng.uniform(0.30, 0.40),
            rng.uniform(0.21, 0.27),
            math.radians(rng.uniform(22, 50)),
        ),
        aorta=rng.uniform(0.07, 0.11),
        turn=float(np.clip(rng.normal(0, 0.022), -0.05, 0.05)),
        rib_spacing=rng.uniform(0.128, 0.148),
        rib_slope=rng.uniform(0.08, 0.30),
        rib_density=rng.uniform(0.13, 0.22),
        shoulder_slope=rng.uniform(0.34, 0.55),
        body_half_width=half_width + rng.uniform(0.14, 0.36),
        breast=rng.uniform(0.06, 0.20) if rng.random() < 0.4 else 0.0,
        gas=rng.uniform(0.05, 0.13) if rng.random() < 0.5 else 0.0,
        vessels=rng.uniform(0.7, 1.3),
    )


def wall(anatomy, y):
    """Half-width of the rib cage inside at height y: narrow at the apex, nearly upright below."""
    depth = np.clip((y - anatomy.apex + 0.02) / (anatomy.base - anatomy.apex), 0.0, 1.0)
    shoulder = 0.24
    return shoulder + (anatomy.half_width - shoulder) * (1 - (1 - depth) ** 2.3) ** 0.72
