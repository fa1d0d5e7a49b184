"""python write_golden.py: what zennit and PyTorch say of the demo pictures, as models/demo/golden.json.

Prints, for every picture with an L marker, the share of positive Non-COVID relevance inside the marker.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from make_pictures import ORDERS
from phantoms.chest.phantom import LABELS
from phantoms.cohort import TIED_LABEL
from preprocessing import SIDE, shrink, to_input
from reference_relevance import attribute, positive_share
from shipped import load_shipped
from train_demo import DEMO

GRID = 28
TARGET = LABELS.index(TIED_LABEL)
GOLDEN_PICTURE = 'phantom-01-non-covid-marker'
ABOUT = (
    'Float64 reference of the shipped networks. relevance: EpsilonPlusFlat of zennit, initial relevance 1 at the target, '
    'summed over colours, then over blocks of 8 x 8 pixels, row by row. float32Error: relative L2 distance of the same '
    'reference in float32, on the grid. markerShare: share of positive relevance (per pixel) where the marker mask, '
    'resized like the picture, is at least 128; markerArea: share of pixels there.'
)


def load_shrunk(file):
    with Image.open(file) as image:
        return shrink(np.array(image))


def block_sums(heatmap):
    block = SIDE // GRID
    return heatmap.double().reshape(GRID, block, GRID, block).sum(dim=(1, 3))


def rounded(values, digits=9):
    """Values with so many significant digits, to keep the file small."""
    return [float(f'{value:.{digits}g}') for value in torch.as_tensor(values, dtype=torch.float64).flatten().tolist()]


def describe_marker(network, name, folder):
    picture = load_shrunk(folder / 'pictures' / f'{name}.png')
    mask = load_shrunk(folder / 'truth' / f'{name}.marker.png') >= 128
    _, heatmap = attribute(network, picture, TARGET)
    share, area = positive_share(heatmap, mask), float(mask.mean())
    return {'markerShare': round(share, 6), 'markerArea': round(area, 6)}


def describe_network(name, folder):
    exact, single = load_shipped(name, folder).double(), load_shipped(name, folder)
    pictures = {order: load_shrunk(folder / 'pictures' / f'{order}.png') for order in ORDERS}
    with torch.no_grad():
        logits = exact(to_input(np.stack(list(pictures.values())), torch.float64))
    _, heatmap = attribute(exact, pictures[GOLDEN_PICTURE], TARGET)
    _, rough = attribute(single, pictures[GOLDEN_PICTURE], TARGET)
    grid, rough_grid = block_sums(heatmap), block_sums(rough)
    marked = [order for order in ORDERS if ORDERS[order].artefacts.marker == 'L']
    return {
        'logits': {f'{order}.png': rounded(row) for order, row in zip(ORDERS, logits)},
        'relevance': rounded(grid),
        'relevanceSum': rounded(heatmap.sum())[0],
        'float32Error': rounded((rough_grid - grid).norm() / grid.norm(), 2)[0],
        'markers': {f'{order}.png': describe_marker(exact, order, folder) for order in marked},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--folder', type=Path, default=DEMO)
    folder = parser.parse_args().folder
    networks = {f'{name}-phantom.onnx': describe_network(name, folder) for name in ('resnet', 'vgg')}
    golden = {
        'about': ABOUT, 'picture': f'{GOLDEN_PICTURE}.png', 'target': TARGET, 'composite': 'EpsilonPlusFlat',
        'stabilizer': 1e-6, 'grid': [GRID, GRID], 'networks': networks,
    }  # fmt: skip
    (folder / 'golden.json').write_text(json.dumps(golden, separators=(',', ':')) + '\n')
    for file, values in networks.items():
        for picture, marker in values['markers'].items():
            share, area = 100 * marker['markerShare'], 100 * marker['markerArea']
            print(f'{file}, {picture}: {share:.1f} % of positive relevance in {area:.1f} % of the picture, the marker')
        print(f'{file}: float32 reference off by {values["float32Error"]}')


if __name__ == '__main__':
    main()
