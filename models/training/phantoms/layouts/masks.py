"""Masks as pictures: 0 outside, 255 inside, one bit a pixel."""

from pathlib import Path

import numpy as np
from PIL import Image


def save_mask(mask: np.ndarray, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(mask.astype(np.uint8) * 255).convert('1').save(file, optimize=True)
