"""One chest phantom: a picture and the truth about it."""

from dataclasses import dataclass

import numpy as np

from phantoms.chest import bones, soft_tissue
from phantoms.chest.anatomy import sample_anatomy
from phantoms.chest.film import collimation_shade, expose, sample_exposure
from phantoms.chest.opacities import OPACITY_OF
from phantoms.chest.vessels import vessel_attenuation
from phantoms.fields import cloud, soft_step
from phantoms.markers import marker_fields, portable_text, sample_marker
from phantoms.pose import patient_grid, sample_pose

SIZE = 256
VISIBLE_OPACITY = 0.05  # attenuation above which a pixel counts as diseased
LABELS = tuple(OPACITY_OF)


@dataclass(frozen=True)
class Artefacts:
    marker: str = ''  # 'L', 'R' or none
    portable: bool = False


@dataclass(frozen=True)
class Order:
    """Everything that decides a phantom. The same seed with other artefacts is the same patient on the same film."""

    seed: int
    label: str
    artefacts: Artefacts = Artefacts()


@dataclass(frozen=True)
class Phantom:
    picture: np.ndarray  # uint8 (SIZE, SIZE)
    masks: dict  # name -> bool (SIZE, SIZE): lungs, opacity, marker, text


def draw_phantom(order):
    patient, disease, beam, lead, text = [np.random.default_rng(s) for s in np.random.SeedSequence(order.seed).spawn(5)]
    pose, anatomy = sample_pose(patient, SIZE), sample_anatomy(patient)
    grid = patient_grid(patient, pose)
    opacity = OPACITY_OF[order.label](disease, anatomy, grid)
    exposure = sample_exposure(beam)
    shadow, marker = lead_shadow(lead, order.artefacts)
    grey = expose(beam, exposure, healthy_attenuation(patient, anatomy, (pose, grid)) + opacity + shadow)
    grey *= np.maximum(collimation_shade(exposure, SIZE), np.minimum(shadow, 1))
    grey, words = burn_text(text, grey, order.artefacts)
    lungs = soft_tissue.lung_mask(anatomy, *grid)
    masks = {'lungs': lungs, 'opacity': opacity > VISIBLE_OPACITY, 'marker': marker, 'text': words}
    return Phantom(np.round(255 * np.clip(grey, 0, 1)).astype(np.uint8), masks)


def healthy_attenuation(rng, anatomy, place):
    """Attenuation of the whole patient but for disease and artefacts."""
    pose, (x, y) = place
    air = soft_tissue.lung_air(anatomy, x, y)
    vessels = vessel_attenuation(rng, anatomy, pose)
    soft = soft_tissue.wall_attenuation(anatomy, x, y) + soft_tissue.middle_attenuation(anatomy, x, y)
    belly = soft_tissue.belly_attenuation(anatomy, x, y)
    bone_parts = (
        bones.rib_attenuation, bones.collar_bone_attenuation, bones.spine_attenuation, bones.shoulder_attenuation
    )
    skeleton = sum(part(rng, anatomy, x, y) for part in bone_parts)
    soft *= 1 + 0.035 * cloud(rng, SIZE, 5)
    inside = soft_step(soft_tissue.body_distance(anatomy, x, y), 0.004)
    return inside * (soft - 0.85 * air + belly + air * vessels + skeleton)


def lead_shadow(rng, artefacts):
    if not artefacts.marker:
        return np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE), bool)
    return marker_fields(sample_marker(rng, artefacts.marker), SIZE)


def burn_text(rng, grey, artefacts):
    if not artefacts.portable:
        return grey, np.zeros(grey.shape, bool)
    ink, mask = portable_text(rng, SIZE)
    return grey + ink * (0.95 - grey), mask
