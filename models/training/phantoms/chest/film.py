"""From attenuation to a grey picture: exposure, scatter, noise, collimation."""

from dataclasses import dataclass

import numpy as np

from phantoms.fields import blur, soft_step


@dataclass(frozen=True)
class Exposure:
    strength: float  # scales attenuation: a soft beam shows more contrast
    scatter: float  # share of light that comes from elsewhere
    noise: float  # deviation at full transmission
    gamma: float
    black: float  # grey of bare film, 0..1
    white: float  # grey of full attenuation, 0..1
    collimation: tuple  # width of the shaded border left, top, right, bottom in pixels; 0 = none
    tilt: float  # of the collimator, pixels of rise across the picture


def sample_exposure(rng):
    borders = rng.uniform(2, 14, size=4) * (rng.random(4) < 0.3)
    return Exposure(
        strength=rng.uniform(1.0, 1.45),
        scatter=rng.uniform(0.04, 0.14),
        noise=rng.uniform(0.004, 0.013),
        gamma=rng.uniform(0.9, 1.35),
        black=rng.uniform(0.01, 0.07),
        white=rng.uniform(0.86, 0.98),
        collimation=tuple(borders),
        tilt=rng.normal(0, 3),
    )


def expose(rng, exposure, attenuation):
    """Attenuation (height, width) to grey 0..1, bright where little light came through."""
    light = np.exp(-exposure.strength * np.maximum(attenuation, 0))
    light = (1 - exposure.scatter) * blur(light, 0.35) + exposure.scatter * blur(light, 22)
    grain = blur(rng.standard_normal(light.shape), 0.6) * 2.1
    light = light + exposure.noise * np.sqrt(np.clip(light, 0.02, 1)) * grain
    grey = np.clip(1 - light, 0, 1) ** exposure.gamma
    return exposure.black + (exposure.white - exposure.black) * grey


def collimation_shade(exposure, size):
    """1 in the lit field, falling softly to 0 beyond the collimator's edges."""
    axis = np.arange(size) + 0.5
    column, row = np.meshgrid(axis, axis)
    lean = exposure.tilt * (axis / size - 0.5)
    left, top, right, bottom = exposure.collimation
    edges = (
        (left, column - left - lean[:, None]),
        (top, row - top + lean[None, :]),
        (right, size - right - column + lean[:, None]),
        (bottom, size - bottom - row - lean[None, :]),
    )
    shade = np.ones((size, size))
    for width, distance in edges:
        if width > 0:
            shade *= soft_step(distance, 1.3)
    return shade
