"""Where the patient lies on the film: pixels to patient coordinates and back.

Patient coordinates: origin in the middle of the chest, x to the picture's right, y down, 1 = half a picture.
"""

import math
from dataclasses import dataclass

import numpy as np

from phantoms.fields import smooth_noise


@dataclass(frozen=True)
class Pose:
    size: int  # pixels along a side
    rotation: float  # radians, clockwise on the picture
    scale: float  # 1 = the patient fills the picture as usual
    shift: tuple  # patient's origin on the picture, in half pictures
    stretch: float  # width over height of the body


def sample_pose(rng, size):
    return Pose(
        size=size,
        rotation=float(np.deg2rad(np.clip(rng.normal(0, 2.2), -6, 6))),
        scale=rng.uniform(0.88, 1.06),
        shift=(rng.normal(0, 0.035), rng.normal(0, 0.035)),
        stretch=rng.uniform(0.95, 1.06),
    )


def patient_grid(rng, pose):
    """(x, y) of every pixel centre in patient coordinates, slightly warped so that no outline is a perfect curve."""
    axis = ((np.arange(pose.size) + 0.5) * 2 / pose.size - 1).astype(np.float32)
    column, row = np.meshgrid(axis - pose.shift[0], axis - pose.shift[1])
    cosine, sine = math.cos(pose.rotation), math.sin(pose.rotation)
    x = (cosine * column + sine * row) / (pose.scale * pose.stretch)
    y = (cosine * row - sine * column) / pose.scale
    return x + np.float32(0.012) * smooth_noise(rng, pose.size, 4), y + np.float32(0.012) * smooth_noise(rng, pose.size, 4)


def to_pixels(pose, points):
    """Patient points (n, 2) to pixel positions (n, 2), the warp left out."""
    x, y = points[:, 0] * pose.scale * pose.stretch, points[:, 1] * pose.scale
    cosine, sine = np.cos(pose.rotation), np.sin(pose.rotation)
    column = cosine * x - sine * y + pose.shift[0]
    row = sine * x + cosine * y + pose.shift[1]
    return (np.stack([column, row], axis=1) + 1) * pose.size / 2
