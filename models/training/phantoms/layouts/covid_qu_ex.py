"""The infection part of COVID-QU-Ex: folder names doubled and with spaces, file names with parentheses, as in the real one."""

from pathlib import Path

from PIL import Image

from phantoms.layouts.masks import save_mask
from phantoms.phantom import Order, Phantom

PART = 'Infection Segmentation Data'
FILE_NAMES = {'COVID-19': 'covid_{}.png', 'Non-COVID': 'non_COVID ({}).png', 'Normal': 'Normal ({}).png'}
# These two stand beside every picture, black where there is nothing; other masks only where there is something.
ALWAYS = ('lung', 'infection')


def save_covid_qu_ex(folder: Path, order: Order, phantom: Phantom, split: str, with_masks: bool = True) -> None:
    """<part>/<part>/<split>/<class>/images, lung masks, infection masks, and one folder for each artefact's masks."""
    place = folder / PART / PART / split / order.label
    name = FILE_NAMES[order.label].format(order.seed)
    (place / 'images').mkdir(parents=True, exist_ok=True)
    Image.fromarray(phantom.picture).save(place / 'images' / name, compress_level=9 if with_masks else 1)
    for kind, mask in phantom.masks.items() if with_masks else ():
        if kind in ALWAYS or mask.any():
            save_mask(mask, place / f'{kind} masks' / name)
