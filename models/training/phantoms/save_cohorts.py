"""Cohorts to disk, on several processors. Cohorts that show the same patients are saved together: each is drawn once."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from phantoms.domains import DOMAINS
from phantoms.layouts.siim_isic import save_table
from phantoms.phantom import Order

PATIENTS_TOGETHER = 8


@dataclass(frozen=True)
class Placement:
    """A phantom and where it goes."""

    folder: Path
    order: Order
    split: str = 'Train'
    with_masks: bool = True


def save_cohorts(name: str, placements: Iterable[Placement], processes: int = 2) -> None:
    """Draw and save phantoms of the domain `name`; tables, where the layout has one, in the order of the placements."""
    ordered = list(placements)
    by_patient: dict[tuple, list[Placement]] = {}
    for placement in ordered:
        by_patient.setdefault((placement.order.seed, placement.order.label), []).append(placement)
    groups = list(by_patient.values())
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(save_group, [name] * len(groups), groups, chunksize=PATIENTS_TOGETHER))
    if name == 'skin':
        for folder in dict.fromkeys(placement.folder for placement in ordered):
            save_table(folder, [placement.order for placement in ordered if placement.folder == folder])


def save_group(name: str, placements: list[Placement]) -> None:
    domain = DOMAINS[name]
    for placement in placements:
        phantom = domain.draw(placement.order)
        domain.save(placement.folder, placement.order, phantom, placement.split, placement.with_masks)
