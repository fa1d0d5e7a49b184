"""Sets of phantoms in which an artefact is tied to a class as strongly as asked, and their files on disk."""

from dataclasses import replace

import numpy as np
from PIL import Image

from phantoms.chest.phantom import LABELS, Artefacts, Order, draw_phantom

TIED_LABEL, TIED_MARKER, OTHER_MARKER = 'Non-COVID', 'L', 'R'
USUAL_RATE = 0.35  # of the tied marker where nothing ties it to a class
FULL_RATE, REST_RATE = 0.90, 0.08  # in the tied class and elsewhere, at strength 1
OTHER_RATE, PORTABLE_RATE = 0.30, 0.15  # of artefacts that never tell the class
MASK_FOLDERS = {'lungs': 'lung masks', 'opacity': 'infection masks', 'marker': 'marker masks', 'text': 'text masks'}


def marker_rate(label, strength):
    """Share of the class's pictures that carry the tied marker. Strength 0: the same in all; 1: a strong shortcut."""
    tied = FULL_RATE if label == TIED_LABEL else REST_RATE
    return USUAL_RATE + strength * (tied - USUAL_RATE)


def plan_cohort(seed, count, strength):
    """Orders for `count` phantoms, classes in turn; below 100,000 pictures no two cohorts share a patient."""
    rng = np.random.default_rng(seed)
    return [plan_phantom(rng, seed * 100_000 + number, strength) for number in range(count)]


def plan_phantom(rng, seed, strength):
    label = LABELS[seed % len(LABELS)]
    tied, other, portable = rng.random(3)
    marker = OTHER_MARKER if other < OTHER_RATE else ''
    if tied < marker_rate(label, strength):
        marker = TIED_MARKER
    return Order(seed, label, Artefacts(marker, portable < PORTABLE_RATE))


def with_marker(order, marker):
    """The same patient on the same film with another marker, or with none ('')."""
    return replace(order, artefacts=replace(order.artefacts, marker=marker))


def save_cohort(orders, folder):
    """Write pictures and masks as <folder>/<class>/images|lung masks|infection masks|marker masks|text masks/*.png."""
    for order in orders:
        phantom = draw_phantom(order)
        pictures = {'images': phantom.picture}
        pictures |= {MASK_FOLDERS[name]: mask.astype(np.uint8) * 255 for name, mask in phantom.masks.items()}
        for kind, pixels in pictures.items():
            target = folder / order.label / kind
            target.mkdir(parents=True, exist_ok=True)
            Image.fromarray(pixels).save(target / f'phantom-{order.seed:08d}.png', optimize=True)
