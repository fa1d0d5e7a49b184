"""One dermoscopy phantom: a picture and the truth about it."""

from functools import lru_cache

import numpy as np

from phantoms.fields import cloud, smooth_noise, soft_step
from phantoms.phantom import SIZE, Order, Phantom, lay_on
from phantoms.skin.artefacts import SKIN_ARTEFACTS
from phantoms.skin.cells import honeycomb
from phantoms.skin.lesion import CHARACTERS, outline, pigment, sample_character
from phantoms.skin.optics import SCAR, VEIL, photograph, reflect, sample_light

SKIN_LABELS = tuple(CHARACTERS)


def draw_skin(order: Order) -> Phantom:
    """Masks: lesion, and one for each artefact."""
    return lay_on(draw_lesion(order.seed, order.label), order, SKIN_ARTEFACTS)


@lru_cache(maxsize=4)
def draw_lesion(seed: int, label: str) -> Phantom:
    """The picture without artefacts."""
    patient, disease, camera = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(3)]
    axis = ((np.arange(SIZE) + 0.5) * 2 / SIZE - 1).astype(np.float32)
    grid = np.meshgrid(axis, axis)
    melanin, blood = skin_pigment(patient, grid)
    character = sample_character(disease, label)
    inside = outline(disease, character, grid)
    more_melanin, more_blood, veil, scar = pigment(disease, character, inside, grid)
    color = reflect(melanin + more_melanin, blood + more_blood)
    color += veil[..., None] * (VEIL - color)
    color += 0.7 * scar[..., None] * (SCAR - color)
    picture = photograph(camera, sample_light(camera), color)
    return Phantom(np.round(255 * np.clip(picture, 0, 1)).astype(np.uint8), {'lesion': inside > 0})


def skin_pigment(rng, grid):
    """(melanin, blood) of the skin around: tone, freckles, redness, fine furrows."""
    x, y = grid
    tone, redness = rng.uniform(0.03, 0.45), rng.uniform(0.03, 0.26)
    furrows = soft_step(0.10 - honeycomb(rng, x + 0.02 * smooth_noise(rng, SIZE, 6), y, rng.uniform(0.05, 0.08)), 0.05)
    freckles = np.maximum(cloud(rng, SIZE, 8) - 1.2, 0)
    melanin = tone * (1 + 0.06 * cloud(rng, SIZE, 5)) - 0.025 * furrows + rng.uniform(0, 0.12) * freckles
    blood = redness * (1 + 0.16 * cloud(rng, SIZE, 4) + 0.10 * smooth_noise(rng, SIZE, 40))
    return np.maximum(melanin, 0), np.maximum(blood, 0)
