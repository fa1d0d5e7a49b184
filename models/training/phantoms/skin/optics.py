"""From pigments to color: skin as a filter over white tissue (law of Beer and Lambert, a channel at a time)."""

from dataclasses import dataclass

import numpy as np

from phantoms.fields import blur, smooth_noise
from phantoms.phantom import SIZE

# Absorption of red, green, blue light by one unit of pigment: melanin takes blue most, blood takes green.
MELANIN = np.array([0.42, 0.85, 1.30], np.float32)
BLOOD = np.array([0.10, 0.80, 0.62], np.float32)
VEIL = np.array([0.31, 0.34, 0.42], np.float32)  # light scattered back from pigment lying deep
SCAR = np.array([0.93, 0.87, 0.85], np.float32)  # where pigment has gone


@dataclass(frozen=True)
class Light:
    tint: np.ndarray  # of the lamp and the camera's white balance
    falloff: float  # loss of light towards the corners
    noise: float
    blur: float  # of the lens, pixels


def sample_light(rng) -> Light:
    warmth = rng.normal(0.015, 0.075)
    return Light(
        tint=np.array([1 + warmth, 1 + rng.normal(0, 0.015), 1 - warmth], np.float32) * np.float32(rng.uniform(0.80, 1.04)),
        falloff=rng.uniform(0.03, 0.22),
        noise=rng.uniform(0.004, 0.012),
        blur=rng.uniform(0.45, 0.9),
    )


def reflect(melanin, blood) -> np.ndarray:
    """Color (SIZE, SIZE, 3), 0..1, of skin with so much of each pigment."""
    return np.exp(-(melanin[..., None] * MELANIN + blood[..., None] * BLOOD))


def photograph(rng, light: Light, color) -> np.ndarray:
    """What the dermatoscope's camera makes of it."""
    axis = ((np.arange(SIZE) + 0.5) * 2 / SIZE - 1).astype(np.float32)
    distance = axis[None, :] ** 2 + axis[:, None] ** 2
    brightness = 1 - np.float32(light.falloff) * distance + 0.02 * smooth_noise(rng, SIZE, 2)
    lit = color * brightness[..., None] * light.tint
    sharp = np.stack([blur(lit[..., channel], light.blur) for channel in range(3)], axis=-1)
    return sharp + np.float32(light.noise) * rng.standard_normal(sharp.shape, np.float32)
