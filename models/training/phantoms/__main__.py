"""python -m phantoms --out FOLDER: draw a set of chest phantoms with their masks."""

import argparse
import sys
from pathlib import Path

from phantoms.cohort import plan_cohort, save_cohort


def read_arguments():
    parser = argparse.ArgumentParser(prog='python -m phantoms', description=__doc__)
    parser.add_argument('--out', type=Path, required=True, help='folder to write to; must be new or empty')
    parser.add_argument('--count', type=int, default=30)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--strength', type=float, default=1.0, help='of the tie between L and Non-COVID, 0..1')
    arguments = parser.parse_args()
    if arguments.count < 1 or arguments.seed < 0 or not 0 <= arguments.strength <= 1:
        sys.exit('phantoms: --count must be at least 1, --seed at least 0, --strength between 0 and 1.')
    if arguments.out.exists() and (not arguments.out.is_dir() or any(arguments.out.iterdir())):
        sys.exit(f'phantoms: {arguments.out} already holds something; name a new or empty folder.')
    return arguments


if __name__ == '__main__':
    chosen = read_arguments()
    save_cohort(plan_cohort(chosen.seed, chosen.count, chosen.strength), chosen.out)
    print(f'{chosen.count} phantoms in {chosen.out}')
