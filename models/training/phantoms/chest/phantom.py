"""One chest phantom: a picture and the truth about it."""

from functools import lru_cache

import numpy as np

from phantoms.chest import bones, soft_tissue
from phantoms.chest.anatomy import sample_anatomy
from phantoms.chest.artefacts import CHEST_ARTEFACTS
from phantoms.chest.film import expose, sample_exposure
from phantoms.chest.opacities import OPACITY_OF
from phantoms.chest.soft_tissue import Body
from phantoms.chest.vessels import vessel_attenuation
from phantoms.fields import cloud, soft_step
from phantoms.phantom import SIZE, Order, Phantom, lay_on
from phantoms.pose import patient_grid, sample_pose

VISIBLE_OPACITY = 0.05  # attenuation above which a pixel counts as diseased
CHEST_LABELS = tuple(OPACITY_OF)


def draw_chest(order: Order) -> Phantom:
    """Masks: lung, infection, and one for each artefact."""
    return lay_on(draw_patient(order.seed, order.label), order, CHEST_ARTEFACTS)


@lru_cache(maxsize=4)
def draw_patient(seed: int, label: str) -> Phantom:
    """The film without artefacts. Kept for a moment, since cohorts show the same patient with other artefacts."""
    patient, disease, beam = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(3)]
    pose, anatomy = sample_pose(patient, SIZE), sample_anatomy(patient)
    body = Body(anatomy, *patient_grid(patient, pose))
    opacity = OPACITY_OF[label](disease, body)
    grey = expose(beam, sample_exposure(beam), healthy_attenuation(patient, body, pose) + opacity)
    masks = {'lung': body.lung_mask, 'infection': opacity > VISIBLE_OPACITY}
    return Phantom(np.round(255 * np.clip(grey, 0, 1)).astype(np.uint8), masks)


def healthy_attenuation(rng, body, pose):
    """Attenuation of the whole patient but for disease."""
    anatomy, x, y = body.anatomy, body.x, body.y
    air = soft_tissue.lung_air(body)
    vessels = vessel_attenuation(rng, anatomy, pose)
    soft = soft_tissue.wall_attenuation(body) + soft_tissue.middle_attenuation(body)
    belly = soft_tissue.belly_attenuation(body)
    bone_parts = (
        bones.rib_attenuation, bones.collar_bone_attenuation, bones.spine_attenuation, bones.shoulder_attenuation
    )  # fmt: skip
    skeleton = sum(part(rng, anatomy, x, y) for part in bone_parts)
    soft *= 1 + 0.035 * cloud(rng, SIZE, 5)
    inside = soft_step(body.skin, 0.004)
    return inside * (soft - 0.85 * air + belly + air * vessels + skeleton)
