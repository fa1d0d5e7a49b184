"""python -m phantoms chest|skin --out FOLDER: draw phantoms with their masks, laid out as COVID-QU-Ex or SIIM-ISIC."""

import argparse

from command_line import quit_unless, quit_with, read_new_folder
from phantoms.cohort import Tie, plan_cohort
from phantoms.domains import DOMAINS, Domain
from phantoms.save_cohorts import Placement, save_cohorts


def read_tie(domain: Domain, text: str) -> Tie:
    """ARTEFACT=CLASS or ARTEFACT=CLASS:STRENGTH"""
    artefact, _, rest = text.partition('=')
    label, _, strength = rest.partition(':')
    quit_unless(artefact in domain.usual_rates, f'there is no artefact "{artefact}"; there are {", ".join(domain.usual_rates)}.')
    quit_unless(label in domain.labels, f'there is no class "{label}"; there are {", ".join(domain.labels)}.')
    try:
        value = float(strength or 1)
    except ValueError:
        value = -1.0
    quit_unless(0 <= value <= 1, f'the strength of a tie is a number between 0 and 1, not "{strength}".')
    return Tie(artefact, label, value)


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m phantoms', description=__doc__)
    parser.add_argument('domain', choices=sorted(DOMAINS))
    parser.add_argument('--out', required=True, help='folder to write to; must be new or empty')
    parser.add_argument('--count', type=int, default=30)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--split', choices=('Train', 'Val', 'Test'), default='Train', help='chest: the split they go into')
    parser.add_argument('--tie', action='append', default=[], help='ARTEFACT=CLASS:STRENGTH, as left-marker=Normal:0.8')
    arguments = parser.parse_args()
    quit_unless(arguments.count >= 1 and arguments.seed >= 0, '--count must be at least 1, --seed at least 0.')
    domain = DOMAINS[arguments.domain]
    ties = tuple(read_tie(domain, text) for text in arguments.tie)
    folder = read_new_folder(arguments.out)
    orders = plan_cohort(domain, arguments.seed, arguments.count, ties)
    try:
        save_cohorts(arguments.domain, [Placement(folder, order, arguments.split) for order in orders])
    except OSError as cause:
        quit_with(f'{folder} cannot be written to: {cause.strerror}.')
    print(f'{len(orders)} phantoms in {folder}')


if __name__ == '__main__':
    main()
