"""python make_demo.py: draw the demo pictures with all their masks, in the layouts of the real datasets.

../demo/chest: 60 chest phantoms as COVID-QU-Ex, split Test. ../demo/skin: 60 dermoscopy phantoms as the melanoma set.
No artefact goes with a class in them; the planted ones are on about every second picture.
"""

import argparse
from pathlib import Path

from command_line import quit_unless, read_new_folder
from make_cohorts import DEMO_SEED
from phantoms.cohort import plan_cohort
from phantoms.domains import DOMAINS
from phantoms.save_cohorts import Placement, save_cohorts

DEMO = Path(__file__).parent.parent / 'demo'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', default=DEMO, help='folder of the folders chest and skin, which must be new or empty')
    parser.add_argument('--count', type=int, default=60, help='pictures of each kind')
    arguments = parser.parse_args()
    quit_unless(arguments.count > 0, '--count must be at least 1.')
    folders = {name: read_new_folder(str(Path(arguments.out) / name)) for name in DOMAINS}
    for name, folder in folders.items():
        orders = plan_cohort(DOMAINS[name], DEMO_SEED, arguments.count)
        save_cohorts(name, [Placement(folder, order, 'Test') for order in orders])
        print(f'{len(orders)} pictures in {folder}')


if __name__ == '__main__':
    main()
