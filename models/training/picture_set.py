"""Datasets as training takes them: pictures at the network's size, labels, patients, splits.

Read are COVID-QU-Ex (class folders below Train, Val, Test) and the SIIM-ISIC melanoma set (train_concat.csv or train.csv).
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

SIDE = 224  # of torchvision's networks
CHEST_LABELS = ('COVID-19', 'Non-COVID', 'Normal')
SKIN_LABELS = ('benign', 'malignant')
# The lung part holds every picture; phantoms have the infection part only.
CHEST_PARTS = ('Lung Segmentation Data', 'Infection Segmentation Data')
TABLES = ('train_concat.csv', 'train.csv')
PICTURE_ENDINGS = {'.png', '.jpg', '.jpeg'}


class DatasetError(Exception):
    """A sentence about a dataset that cannot be used."""


@dataclass(frozen=True)
class Entry:
    file: Path
    label: str
    split: str = ''  # train, val, test; '' where the dataset is not divided
    patient: str = ''  # '' where the dataset names none


@dataclass(frozen=True)
class PictureSet:
    """pictures: uint8 (n, channels, side, side), 1 channel where grey, else 3; targets: int64 (n,), places in `labels`."""

    layout: str
    labels: tuple[str, ...]
    entries: list[Entry]
    pictures: np.ndarray
    targets: np.ndarray


def load_picture_set(folder: Path, side: int = SIDE) -> PictureSet:
    """Throws DatasetError where the folder is neither of the two, or a class has no pictures."""
    for layout, (labels, channels, find) in LAYOUTS.items():
        entries = find(folder)
        if not entries:
            continue
        missing = [label for label in labels if all(entry.label != label for entry in entries)]
        if missing:
            raise DatasetError(f'{folder} has no pictures of the class {missing[0]}.')
        pictures = np.empty((len(entries), channels, side, side), np.uint8)
        for place, entry in enumerate(entries):
            pictures[place] = load_picture(entry.file, channels, side)
        targets = np.array([labels.index(entry.label) for entry in entries])
        return PictureSet(layout, labels, entries, pictures, targets)
    raise DatasetError(f'{folder} holds no pictures in the layout of COVID-QU-Ex or of SIIM-ISIC ({TABLES[0]}).')


def load_picture(file: Path, channels: int, side: int = SIDE) -> np.ndarray:
    """uint8 (channels, side, side), resized bilinearly with antialiasing, as the manifests say."""
    try:
        with Image.open(file) as image:
            plain = image.convert('L' if channels == 1 else 'RGB')
            if plain.size != (side, side):
                plain = plain.resize((side, side), Image.Resampling.BILINEAR)
            return np.asarray(plain).reshape(side, side, channels).transpose(2, 0, 1)
    except (OSError, UnidentifiedImageError) as cause:
        raise DatasetError(f'{file} cannot be read as a picture.') from cause


def find_chest_entries(folder: Path) -> list[Entry]:
    for part in CHEST_PARTS:
        entries = [
            Entry(file, label, split.name.lower())
            for split in sorted(folder.glob(f'**/{part}/{part}/*'))
            for label in CHEST_LABELS
            for file in list_pictures(split / label / 'images')
        ]
        if entries:
            return entries
    return []


def find_skin_entries(folder: Path) -> list[Entry]:
    table = next((folder / name for name in TABLES if (folder / name).is_file()), None)
    if table is None:
        return []
    files = {file.stem: file for file in list_pictures(folder / 'train' / 'train') or list_pictures(folder / 'train')}
    with open(table, newline='', encoding='utf-8') as lines:
        rows = csv.DictReader(lines)
        if not {'image_name', 'target'} <= set(rows.fieldnames or ()):
            raise DatasetError(f'{table} has no columns image_name and target.')
        entries = [read_row(row, files) for row in rows]
    return [entry for entry in entries if entry]


def read_row(row: dict[str, str], files: dict[str, Path]) -> Entry | None:
    file = files.get(row['image_name'])
    if file is None or row['target'] not in ('0', '1'):
        return None
    return Entry(file, SKIN_LABELS[int(row['target'])], patient=(row.get('patient_id') or '').strip())


def list_pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURE_ENDINGS)


LAYOUTS: dict[str, tuple[tuple[str, ...], int, Callable[[Path], list[Entry]]]] = {
    'covid-qu-ex': (CHEST_LABELS, 1, find_chest_entries),
    'siim-isic': (SKIN_LABELS, 3, find_skin_entries),
}
