"""python make_cohorts.py chest|skin --out FOLDER: draw what the demo networks are trained and judged on.

FOLDER/train-biased, train-clean: the same patients, the planted artefact tied to its class, or as often in all.
FOLDER/test-biased, test-clean, test-removed, test-swapped: other patients, the same four times.
"""

import argparse
from pathlib import Path

from command_line import quit_unless, read_new_folder
from phantoms.cohort import Tie, plan_cohort
from phantoms.domains import DOMAINS
from phantoms.phantom import with_artefact
from phantoms.save_cohorts import Placement, save_cohorts

TRAINING_SEED, TEST_SEED, DEMO_SEED = 1, 2, 3
TEST_SHARE = 0.2  # of the chest pictures, into the split Test, as in COVID-QU-Ex; skin pictures are split when trained on


def plan_training(name: str, count: int):
    domain = DOMAINS[name]
    tie = Tie(*domain.planted)
    for cohort, ties in (('train-biased', (tie,)), ('train-clean', ())):
        orders = plan_cohort(domain, TRAINING_SEED, count, ties)
        for number, order in enumerate(orders):
            yield cohort, order, 'Train' if number < (1 - TEST_SHARE) * count else 'Test'


def plan_tests(name: str, count: int):
    domain = DOMAINS[name]
    artefact, label = domain.planted
    clean = plan_cohort(domain, TEST_SEED, count)
    biased = plan_cohort(domain, TEST_SEED, count, (Tie(artefact, label),))
    cohorts = {
        'test-biased': biased,
        'test-clean': clean,
        'test-removed': [with_artefact(order, artefact, False) for order in biased],
        'test-swapped': [with_artefact(order, artefact, order.label != label) for order in biased],
    }
    for cohort, orders in cohorts.items():
        for order in orders:
            yield cohort, order, 'Test'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('domain', choices=sorted(DOMAINS))
    parser.add_argument('--out', required=True, help='folder to write to; must be new or empty')
    parser.add_argument('--train', type=int, default=2500, help='pictures of the training cohorts')
    parser.add_argument('--test', type=int, default=450, help='pictures of the test cohorts')
    parser.add_argument('--processes', type=int, default=2)
    arguments = parser.parse_args()
    quit_unless(arguments.train > 0 and arguments.test > 0, '--train and --test must be at least 1.')
    quit_unless(arguments.processes > 0, '--processes must be at least 1.')
    folder: Path = read_new_folder(arguments.out)
    plans = [*plan_training(arguments.domain, arguments.train), *plan_tests(arguments.domain, arguments.test)]
    placements = [Placement(folder / cohort, order, split, with_masks=False) for cohort, order, split in plans]
    save_cohorts(arguments.domain, placements, arguments.processes)
    print(f'{len(placements)} pictures in {folder}')


if __name__ == '__main__':
    main()
