"""Sets of phantoms in which artefacts are tied to classes as strongly as asked."""

from dataclasses import dataclass

import numpy as np

from phantoms.domains import Domain
from phantoms.phantom import Order

FULL_RATE, REST_RATE = 0.99, 0.01  # of a tied artefact in its class and elsewhere, at strength 1
PATIENTS_PER_SEED = 100_000


@dataclass(frozen=True)
class Tie:
    """An artefact that mostly means a class. Strength 0: as often in all classes; 1: a strong shortcut."""

    artefact: str
    label: str
    strength: float = 1.0

    def rate(self, label: str, usual: float) -> float:
        """Share of the class's pictures that carry the artefact."""
        full = FULL_RATE if label == self.label else REST_RATE
        return usual + self.strength * (full - usual)


def plan_cohort(domain: Domain, seed: int, count: int, ties: tuple[Tie, ...] = ()) -> list[Order]:
    """Orders for `count` phantoms, classes in turn; cohorts of different seeds share no patient.

    The same seed with other ties gives the same patients, and every artefact that is not tied is where it was.
    """
    rng = np.random.default_rng(seed)
    chances = rng.random((count, len(domain.usual_rates)))
    first = seed * PATIENTS_PER_SEED
    return [plan_phantom(domain, first + number, chances[number], ties) for number in range(count)]


def plan_phantom(domain, seed, chances, ties):
    label = domain.labels[seed % len(domain.labels)]
    rates = dict(domain.usual_rates)
    for tie in ties:
        rates[tie.artefact] = tie.rate(label, domain.usual_rates[tie.artefact])
    present = frozenset(name for name, chance in zip(domain.usual_rates, chances) if chance < rates[name])
    return Order(seed, label, present)
