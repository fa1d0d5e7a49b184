"""The melanoma set of SIIM-ISIC: train_concat.csv with a row for each picture, train/train/NAME.jpg."""

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from phantoms.layouts.masks import save_mask
from phantoms.phantom import Order, Phantom

TABLE = 'train_concat.csv'
COLUMNS = ('image_name', 'patient_id', 'sex', 'age_approx', 'anatom_site_general_challenge', 'diagnosis',
           'benign_malignant', 'target')  # fmt: skip
SITES = ('head/neck', 'upper extremity', 'lower extremity', 'torso', 'palms/soles')
DIAGNOSES = {'benign': 'nevus', 'malignant': 'melanoma'}
PICTURES_PER_PATIENT = 2
QUALITY = 90


def save_siim_isic(folder: Path, order: Order, phantom: Phantom, split: str, with_masks: bool = True) -> None:
    """The picture and, beside it, `lesion masks` and one folder for each artefact's masks. The table has no splits."""
    place = folder / 'train' / 'train'
    place.mkdir(parents=True, exist_ok=True)
    name = picture_name(order)
    Image.fromarray(phantom.picture).save(place / f'{name}.jpg', quality=QUALITY)
    for kind, mask in phantom.masks.items() if with_masks else ():
        if mask.any():
            save_mask(mask, place / f'{kind} masks' / f'{name}.png')


def picture_name(order: Order) -> str:
    return f'ISIC_{order.seed:07d}'


def save_table(folder: Path, orders: list[Order]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / TABLE, 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(describe(order) for order in orders)


def describe(order: Order) -> tuple:
    """Age, sex and site are drawn at random and say nothing of the class."""
    patient = order.seed // PICTURES_PER_PATIENT
    rng = np.random.default_rng([patient, 7])
    sex, age = ('male', 'female')[rng.integers(2)], 5 * rng.integers(5, 18)
    site = SITES[np.random.default_rng([order.seed, 8]).integers(len(SITES))]
    is_malignant = int(order.label == 'malignant')
    label = order.label
    return (picture_name(order), f'IP_{patient:07d}', sex, f'{age}.0', site, DIAGNOSES[label], label, is_malignant)
