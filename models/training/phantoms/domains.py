"""The two kinds of phantoms: how they are drawn, how often which artefact occurs, how they lie on disk."""

from collections.abc import Callable
from dataclasses import dataclass

from phantoms.chest.phantom import CHEST_LABELS, draw_chest
from phantoms.layouts.covid_qu_ex import save_covid_qu_ex
from phantoms.layouts.siim_isic import save_siim_isic
from phantoms.phantom import Order, Phantom
from phantoms.skin.phantom import SKIN_LABELS, draw_skin


@dataclass(frozen=True)
class Domain:
    labels: tuple[str, ...]
    draw: Callable[[Order], Phantom]
    usual_rates: dict[str, float]  # share of pictures with each artefact, where nothing ties it to a class
    planted: tuple[str, str]  # the artefact that the biased networks shipped take for the class
    save: Callable


DOMAINS = {
    'chest': Domain(
        labels=CHEST_LABELS,
        draw=draw_chest,
        usual_rates={
            'left-marker': 0.45, 'right-marker': 0.20, 'portable': 0.12, 'arrow': 0.10, 'collimation': 0.25,
            'ecg-leads': 0.12,
        },
        planted=('left-marker', 'Non-COVID'),
        save=save_covid_qu_ex,
    ),
    'skin': Domain(
        labels=SKIN_LABELS,
        draw=draw_skin,
        usual_rates={'hair': 0.35, 'gel-bubbles': 0.15, 'ink': 0.45, 'ruler': 0.25, 'dark-corners': 0.20},
        planted=('ink', 'malignant'),
        save=save_siim_isic,
    ),
}  # fmt: skip
