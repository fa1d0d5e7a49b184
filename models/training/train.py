"""Train VGG16 or ResNet50 on COVID-QU-Ex, the melanoma set of SIIM-ISIC, or phantoms in their layouts; save it as ONNX.

Beside NAME.onnx: NAME.manifest.json, which Relevance Lightbox reads, and NAME.training.json with what was done and the
ROC AUC of every class on the test pictures.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

from augmentation import AUGMENTATIONS
from command_line import quit_unless, quit_with, read_folder
from export import EXPORTERS, export_network, save_manifest
from networks import FULL_SIDE, FULL_WIDTH, NETWORKS, REDUCTION, fold_batch_norm, initialise, load_checkpoint
from picture_set import DatasetError, PictureSet, load_picture_set
from scores import auc_by_class
from splits import split_off_test
from training import Plan, predict, train

RATES = {'resnet50': 4e-3, 'vgg16': 3e-4, 'vgg16_bn': 2e-3}  # from scratch
FINE_TUNING = 0.05  # of these, from a checkpoint
PATHS = ('data', 'out', 'weights', 'checkpoint', 'threads')  # what a training record leaves out
NOTES = 'Research only. Not for clinical use.'


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('data', help='folder of the dataset')
    parser.add_argument('--network', required=True, choices=sorted(NETWORKS))
    parser.add_argument('--out', required=True, type=Path, help='the .onnx file to write')
    parser.add_argument('--width', type=int, default=FULL_WIDTH, help="channels of the first layer; torchvision's are 64")
    parser.add_argument('--side', type=int, default=FULL_SIDE, help="pixels along the input's side; torchvision's are 224")
    parser.add_argument('--dropout', type=float, default=0.5, help="chance in VGG's classifier; torchvision's is 0.5")
    parser.add_argument('--weights', type=Path, help='checkpoint to begin with: of torchvision, or of --checkpoint; else from scratch')
    parser.add_argument('--checkpoint', type=Path, help='file for the weights as PyTorch keeps them, to go on from')
    parser.add_argument('--test-share', type=float, help="for the test; else the dataset's split, else 0.20 chest, 0.33 skin")
    parser.add_argument('--augment', choices=sorted(AUGMENTATIONS), default='report')
    parser.add_argument('--epochs', type=int, default=10)
    parser.add_argument('--batch', type=int, default=32)
    parser.add_argument('--rate', type=float, help='highest learning rate')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--exporter', choices=sorted(EXPORTERS), default='torchscript')
    parser.add_argument('--title', help="in the manifest; else network and dataset's layout")
    parser.add_argument('--notes', default=NOTES, help='in the manifest')
    return check(parser.parse_args())


def check(arguments: argparse.Namespace) -> argparse.Namespace:
    for name in ('width', 'epochs', 'batch', 'threads'):
        quit_unless(getattr(arguments, name) >= 1, f'--{name} must be at least 1.')
    quit_unless(arguments.side >= REDUCTION, f'--side must be at least {REDUCTION}.')
    quit_unless(0 <= arguments.dropout < 1, '--dropout must be at least 0 and below 1.')
    share = arguments.test_share
    quit_unless(share is None or 0 < share < 1, '--test-share must be between 0 and 1.')
    quit_unless(arguments.rate is None or arguments.rate > 0, '--rate must be above 0.')
    quit_unless(arguments.out.suffix == '.onnx', f'--out must end in .onnx, {arguments.out} does not.')
    quit_unless(arguments.weights is None or arguments.weights.is_file(), f'{arguments.weights} is not a file.')
    return arguments


def load(arguments: argparse.Namespace) -> PictureSet:
    try:
        return load_picture_set(read_folder(arguments.data), arguments.side)
    except DatasetError as sentence:
        quit_with(str(sentence))


def seed_everything(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def create(arguments: argparse.Namespace, classes: int) -> torch.nn.Module:
    network = initialise(NETWORKS[arguments.network](arguments.width, classes, arguments.side))
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = arguments.dropout
    if arguments.weights:
        try:
            load_checkpoint(network, arguments.network, arguments.weights)
        except ValueError as sentence:
            quit_with(str(sentence))
    return network


def record(arguments: argparse.Namespace, data: PictureSet, is_test: np.ndarray, auc: dict[str, float]) -> dict:
    """What was done, without a path of this machine."""
    settings = {key: value for key, value in vars(arguments).items() if key not in PATHS}
    return {
        'settings': {**settings, 'weights': arguments.weights.name if arguments.weights else None},
        'layout': data.layout,
        'pictures': {'training': int((~is_test).sum()), 'test': int(is_test.sum())},
        'testAuc': auc,
        'torch': torch.__version__,
    }


def main() -> None:
    arguments = read_arguments()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    seed_everything(arguments.seed)
    data = load(arguments)
    is_test = split_off_test(data, arguments.seed, arguments.test_share)
    quit_unless((~is_test).sum() >= arguments.batch, f'--batch is {arguments.batch}, but only {(~is_test).sum()} pictures are left to train on.')
    network = create(arguments, len(data.labels))
    rate = arguments.rate or RATES[arguments.network] * (FINE_TUNING if arguments.weights else 1)
    plan = Plan(arguments.epochs, arguments.batch, rate)
    augment = AUGMENTATIONS[arguments.augment].get(data.layout)
    train(network, data.pictures[~is_test], data.targets[~is_test], plan, augment)
    folded = fold_batch_norm(network, arguments.network, (arguments.width, len(data.labels), arguments.side))
    probabilities = torch.softmax(predict(folded, data.pictures[is_test]), dim=1).numpy()
    auc = auc_by_class(probabilities, data.targets[is_test], data.labels)
    export_network(folded, arguments.out, arguments.side, arguments.exporter)
    title = arguments.title or f'{arguments.network} on {data.layout}'
    save_manifest(arguments.out, data.labels, arguments.side, {'title': title, 'notes': arguments.notes})
    if arguments.checkpoint:
        torch.save(network.state_dict(), arguments.checkpoint)
    done = record(arguments, data, is_test, auc)
    arguments.out.with_suffix('.training.json').write_text(json.dumps(done, indent=2) + '\n', encoding='utf-8')
    print(', '.join(f'AUC {label} {score:.4f}' for label, score in auc.items()), f'on {is_test.sum()} test pictures')


if __name__ == '__main__':
    main()
