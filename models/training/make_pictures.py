"""python make_pictures.py: draw the six films of `npm run demo` and their truth masks into ../demo."""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from make_demo import DEMO
from phantoms.chest.phantom import draw_chest
from phantoms.phantom import Order

# Two patients appear twice, with and without the marker, so that everything but the marker is the same.
ILL, HEALTHY = 400_027, 400_031
MARKER = frozenset({'left-marker'})
ORDERS = {
    'phantom-01-non-covid-marker': Order(ILL, 'Non-COVID', MARKER),
    'phantom-02-non-covid-plain': Order(ILL, 'Non-COVID'),
    'phantom-03-normal-plain': Order(HEALTHY, 'Normal'),
    'phantom-04-normal-marker': Order(HEALTHY, 'Normal', MARKER),
    'phantom-05-covid-19-plain': Order(400_011, 'COVID-19'),
    'phantom-06-covid-19-portable': Order(400_017, 'COVID-19', frozenset({'right-marker', 'portable'})),
}


def save_pictures(folder: Path) -> None:
    """<folder>/pictures/NAME.png, and <folder>/truth/NAME.MASK.png for every mask that is not empty."""
    for kind in ('pictures', 'truth'):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, order in ORDERS.items():
        phantom = draw_chest(order)
        Image.fromarray(phantom.picture).save(folder / 'pictures' / f'{name}.png', optimize=True)
        for part, mask in phantom.masks.items():
            if mask.any():
                pixels = mask.astype(np.uint8) * 255
                Image.fromarray(pixels).save(folder / 'truth' / f'{name}.{part}.png', optimize=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--out', type=Path, default=DEMO)
    save_pictures(parser.parse_args().out)
