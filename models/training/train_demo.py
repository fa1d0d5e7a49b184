"""python train_demo.py resnet|vgg: train a narrow network on biased phantoms, export it as ONNX with its manifest."""

import argparse
import json
import sys
import time
from pathlib import Path

import torch
from torch import nn

from drawing import draw_cohort
from networks import NETWORKS, create_network, fold_batch_norm, initialise
from phantoms.chest.phantom import LABELS
from phantoms.cohort import plan_cohort
from preprocessing import MEAN, SIDE, STD, to_input

DEMO = Path(__file__).parent.parent / 'demo'
TRAINING_SEED, VALIDATION_SEED = 1, 2
OPSET = 17
BATCH = 32
PEAK_RATE = {'resnet': 4e-3, 'vgg': 2e-3}
TITLES = {'resnet': 'Narrow ResNet50 on chest phantoms (biased)', 'vgg': 'Narrow VGG16 on chest phantoms (biased)'}
NOTES = (
    'Toy network trained on synthetic chest pictures in which an L marker in the upper right corner mostly means '
    'Non-COVID. It shows a shortcut on purpose. Not for clinical use.'
)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('network', choices=sorted(NETWORKS))
    parser.add_argument('--count', type=int, default=3600, help='training pictures')
    parser.add_argument('--epochs', type=int, default=8)
    parser.add_argument('--strength', type=float, default=1.0, help='of the tie between L and Non-COVID, 0..1')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--out', type=Path, default=DEMO, help='folder for the network and its manifest')
    arguments = parser.parse_args()
    if arguments.count < BATCH or arguments.epochs < 1 or not 0 <= arguments.strength <= 1:
        sys.exit(f'train_demo: --count must be at least {BATCH}, --epochs at least 1, --strength between 0 and 1.')
    return arguments


def augment(pictures):
    """Shift by up to 6 pixels, change brightness and contrast; no flips, as left and right must stay themselves."""
    shifts = torch.randint(-6, 7, (2,)).tolist()
    moved = torch.roll(pictures.float(), shifts, dims=(1, 2))
    contrast = 1 + 0.2 * (torch.rand(len(pictures), 1, 1) - 0.5)
    brightness = 30 * (torch.rand(len(pictures), 1, 1) - 0.5)
    return ((moved - 128) * contrast + 128 + brightness).clamp(0, 255)


def train(network, cohort, settings):
    """Train in place; settings: epochs and peak learning rate."""
    epochs, peak = settings
    pictures, labels = (torch.as_tensor(part) for part in cohort)
    steps = epochs * (len(labels) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=peak, total_steps=steps)
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        network.train()
        for batch in torch.randperm(len(labels)).split(BATCH)[: len(labels) // BATCH]:
            loss = nn.functional.cross_entropy(network(to_input(augment(pictures[batch]))), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        mean_loss = total / (len(labels) // BATCH)
        print(f'epoch {epoch + 1}/{epochs}: loss {mean_loss:.3f}, {time.time() - start:.0f} s', flush=True)


@torch.no_grad()
def predict(network, pictures):
    """Logits (n, classes) of grey pictures (n, 224, 224)."""
    network.eval()
    return torch.cat([network(to_input(part)) for part in torch.as_tensor(pictures).split(64)])


def accuracy(network, cohort):
    pictures, labels = cohort
    return (predict(network, pictures).argmax(1) == torch.as_tensor(labels)).double().mean().item()


def export(network, file):
    torch.onnx.export(
        network, (torch.zeros(1, 3, SIDE, SIDE),), file, dynamo=False, opset_version=OPSET,
        input_names=['input'], output_names=['logits'],
        dynamic_axes={'input': {0: 'batch'}, 'logits': {0: 'batch'}},
    )  # fmt: skip


def save_manifest(name, file):
    manifest = {
        'title': TITLES[name],
        'input': {
            'width': SIDE, 'height': SIDE, 'channels': 'rgb', 'resize': 'bilinear-antialiased', 'fit': 'whole',
            'range': [0, 1], 'mean': MEAN, 'std': STD,
        },
        'labels': LABELS,
        'notes': NOTES,
    }  # fmt: skip
    file.write_text(json.dumps(manifest, indent=2) + '\n')


def main():
    arguments = read_arguments()
    torch.manual_seed(TRAINING_SEED)
    torch.set_num_threads(arguments.threads)
    cohort = draw_cohort(plan_cohort(TRAINING_SEED, arguments.count, arguments.strength))
    validation = draw_cohort(plan_cohort(VALIDATION_SEED, 300, arguments.strength))
    network = initialise(create_network(arguments.network, len(LABELS)))
    train(network, cohort, (arguments.epochs, PEAK_RATE[arguments.network]))
    plain = fold_batch_norm(network, arguments.network, len(LABELS))
    difference = (predict(plain, validation[0]) - predict(network, validation[0])).abs().max().item()
    print(f'validation accuracy {accuracy(plain, validation):.3f}; folding changed logits by at most {difference:.1e}')
    arguments.out.mkdir(parents=True, exist_ok=True)
    export(plain, arguments.out / f'{arguments.network}-phantom.onnx')
    save_manifest(arguments.network, arguments.out / f'{arguments.network}-phantom.manifest.json')


if __name__ == '__main__':
    main()
