"""python write_golden.py: what zennit and PyTorch say of the six demo films, as ../demo/golden.json.

Prints, for every film with an L marker, the share of positive Non-COVID relevance inside the marker.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from make_demo import DEMO
from make_pictures import ORDERS
from picture_set import CHEST_LABELS, load_picture
from preprocessing import to_input, to_unit
from reference_relevance import attribute, positive_share
from shipped import NETWORKS_FOLDER, Shipped, load_shipped, side_of

GRID = 28
TARGET = CHEST_LABELS.index('Non-COVID')
GOLDEN_PICTURE = 'phantom-01-non-covid-marker'
MARKER = 'left-marker'
EXPLAINED = tuple(Shipped('chest', architecture, 'biased') for architecture in ('resnet50', 'vgg16'))
ABOUT = (
    'Float64 reference of the shipped networks. relevance: EpsilonPlusFlat of zennit, initial relevance 1 at the target, '
    'summed over colours, then over the blocks of a grid, row by row. float32Error: relative L2 distance of the same '
    'reference in float32, on the grid. markerShare: share of positive relevance (per pixel) where the marker mask, '
    'resized like the picture, is at least 128; markerArea: share of pixels there.'
)


def block_sums(heatmap):
    block = len(heatmap) // GRID
    return heatmap.double().reshape(GRID, block, GRID, block).sum(dim=(1, 3))


def rounded(values, digits=9):
    """Values with so many significant digits, to keep the file small."""
    return [float(f'{value:.{digits}g}') for value in torch.as_tensor(values, dtype=torch.float64).flatten().tolist()]


def load_mask(file, side):
    with Image.open(file) as image:
        return np.array(image.resize((side, side), Image.Resampling.BILINEAR)) >= 128


def describe_marker(network, name, folder, side):
    picture = load_picture(folder / 'pictures' / f'{name}.png', 1, side)
    mask = load_mask(folder / 'truth' / f'{name}.{MARKER}.png', side)
    _, heatmap = attribute(network, picture, TARGET)
    share, area = positive_share(heatmap, mask), float(mask.mean())
    return {'markerShare': round(share, 6), 'markerArea': round(area, 6)}


def describe_network(network, folder, networks_folder=NETWORKS_FOLDER):
    file = network.file(networks_folder)
    exact, single = (load_shipped(file, network.architecture) for _ in range(2))
    exact, side = exact.double(), side_of(file)
    pictures = {order: load_picture(folder / 'pictures' / f'{order}.png', 1, side) for order in ORDERS}
    with torch.no_grad():
        logits = exact(to_input(to_unit(np.stack(list(pictures.values())), torch.float64)))
    _, heatmap = attribute(exact, pictures[GOLDEN_PICTURE], TARGET)
    _, rough = attribute(single, pictures[GOLDEN_PICTURE], TARGET)
    grid, rough_grid = block_sums(heatmap), block_sums(rough)
    marked = [order for order in ORDERS if MARKER in ORDERS[order].artefacts]
    return {
        'logits': {f'{order}.png': rounded(row) for order, row in zip(ORDERS, logits)},
        'relevance': rounded(grid),
        'relevanceSum': rounded(heatmap.sum())[0],
        'float32Error': rounded((rough_grid - grid).norm() / grid.norm(), 2)[0],
        'markers': {f'{order}.png': describe_marker(exact, order, folder, side) for order in marked},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--folder', type=Path, default=DEMO)
    folder = parser.parse_args().folder
    networks = {f'{network.name}.onnx': describe_network(network, folder) for network in EXPLAINED}
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
