"""What every phantom is ordered by and consists of, whatever it shows."""

import zlib
from dataclasses import dataclass, field, replace

import numpy as np

SIZE = 256  # pixels along a side, as in COVID-QU-Ex and the melanoma set


@dataclass(frozen=True)
class Order:
    """Everything that decides a phantom. The same seed with other artefacts is the same patient, taken anew."""

    seed: int
    label: str
    artefacts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Phantom:
    """picture: uint8 (SIZE, SIZE), or (SIZE, SIZE, 3) in color; masks: name -> bool (SIZE, SIZE)."""

    picture: np.ndarray
    masks: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Layer:
    """An artefact on a picture: color 0..1 (SIZE, SIZE) or (SIZE, SIZE, 3) or one number, laid on where cover is 1.

    mask: what someone would circle as the artefact, bool (SIZE, SIZE).
    """

    color: np.ndarray | float
    cover: np.ndarray
    mask: np.ndarray


def with_artefact(order: Order, name: str, present: bool) -> Order:
    """The same patient with or without one artefact; the others stay as they are."""
    return replace(order, artefacts=order.artefacts | {name} if present else order.artefacts - {name})


def artefact_rng(order: Order, name: str) -> np.random.Generator:
    """Every artefact has its own stream, so that one more leaves the others where they were."""
    return np.random.default_rng([order.seed, zlib.crc32(name.encode())])


def lay_on(plain: Phantom, order: Order, draws: dict) -> Phantom:
    """A phantom with its order's artefacts on it, in the order of `draws` (name -> function of a generator), with masks.

    Throws KeyError where an artefact is not in `draws`.
    """
    unknown = order.artefacts - draws.keys()
    if unknown:
        raise KeyError(f'no such artefact: {", ".join(sorted(unknown))}')
    picture, masks = plain.picture.astype(np.float32) / 255, dict(plain.masks)
    for name, draw in draws.items():
        if name in order.artefacts:
            layer = draw(artefact_rng(order, name))
            cover = layer.cover[..., None] if picture.ndim == 3 else layer.cover
            picture = picture + cover * (layer.color - picture)
            masks[name] = layer.mask
    return Phantom(np.round(255 * np.clip(picture, 0, 1)).astype(np.uint8), masks)
