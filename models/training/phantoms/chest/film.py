"""From attenuation to a grey picture: exposure, scatter, noise."""

from dataclasses import dataclass

import numpy as np

from phantoms.fields import blur


@dataclass(frozen=True)
class Exposure:
    strength: float  # scales attenuation: a soft beam shows more contrast
    scatter: float  # share of light that comes from elsewhere
    noise: float  # deviation at full transmission
    gamma: float
    black: float  # grey of bare film, 0..1
    white: float  # grey of full attenuation, 0..1


def sample_exposure(rng):
    return Exposure(
        strength=rng.uniform(1.0, 1.45),
        scatter=rng.uniform(0.04, 0.14),
        noise=rng.uniform(0.004, 0.013),
        gamma=rng.uniform(0.9, 1.35),
        black=rng.uniform(0.01, 0.07),
        white=rng.uniform(0.86, 0.98),
    )


def expose(rng, exposure, attenuation):
    """Attenuation (height, width) to grey 0..1, bright where little light came through."""
    light = np.exp(-exposure.strength * np.maximum(attenuation, 0))
    light = (1 - exposure.scatter) * blur(light, 0.35) + exposure.scatter * blur(light, 22)
    grain = blur(rng.standard_normal(light.shape, np.float32), 0.6) * 2.1
    light = light + exposure.noise * np.sqrt(np.clip(light, 0.02, 1)) * grain
    grey = np.clip(1 - light, 0, 1) ** exposure.gamma
    return exposure.black + (exposure.white - exposure.black) * grey
