"""python evaluate_demo.py [resnet|vgg ...]: what the shipped networks do with and without the marker."""

import argparse
from pathlib import Path

import numpy as np
import torch

from drawing import draw_cohort
from phantoms.chest.phantom import LABELS
from phantoms.cohort import TIED_LABEL, TIED_MARKER, plan_cohort, with_marker
from shipped import load_shipped
from train_demo import DEMO, predict

TEST_SEED, TEST_COUNT = 3, 600
CONDITIONS = {
    'as in training': lambda order: order,
    'no lead marker': lambda order: with_marker(order, ''),
    'L marker on all': lambda order: with_marker(order, TIED_MARKER),
    'L marker on all but Non-COVID': lambda order: with_marker(order, '' if order.label == TIED_LABEL else TIED_MARKER),
}


def area_under_curve(values, positive):
    """ROC AUC: how often a positive has the higher value than a negative, ties counted half."""
    difference = values[positive][:, None] - values[~positive][None, :]
    return ((difference > 0) + 0.5 * (difference == 0)).mean()


def measure(network, orders):
    """Fractions: accuracy, ROC AUC of Non-COVID's probability, and of each class the share called Non-COVID."""
    pictures, labels = draw_cohort(orders)
    probabilities = torch.softmax(predict(network, pictures), dim=1).numpy()
    predictions, tied = probabilities.argmax(axis=1), LABELS.index(TIED_LABEL)
    shares = [np.mean(predictions[labels == index] == tied) for index in range(len(LABELS))]
    return [np.mean(predictions == labels), area_under_curve(probabilities[:, tied], labels == tied), *shares]


def report(name, folder):
    network = load_shipped(name, folder)
    orders = plan_cohort(TEST_SEED, TEST_COUNT, 1.0)
    heads = ['accuracy', f'AUC {TIED_LABEL}', *(f'{label} called {TIED_LABEL}' for label in LABELS)]
    print(f'\n{name}, {TEST_COUNT} held-out phantoms\n')
    print('| pictures | ' + ' | '.join(heads) + ' |\n|---|' + '---|' * len(heads))
    for condition, change in CONDITIONS.items():
        values = measure(network, [change(order) for order in orders])
        print(f'| {condition} | ' + ' | '.join(f'{100 * value:.1f} %' for value in values) + ' |')


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('networks', nargs='*', default=['resnet', 'vgg'])
    parser.add_argument('--folder', type=Path, default=DEMO)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    for chosen in arguments.networks:
        report(chosen, arguments.folder)
