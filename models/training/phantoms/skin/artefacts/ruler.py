"""A scale at the picture's edge: thin black ticks a millimetre apart, longer ones now and then, sometimes with a line."""

import math
from dataclasses import dataclass

import numpy as np

from phantoms.canvas import SUPERSAMPLING, cover_of, grow_mask
from phantoms.phantom import SIZE, Layer

MARGIN = 3  # pixels around the ticks that someone would circle with them


@dataclass(frozen=True)
class Ruler:
    turn: float  # radians: which edge of the picture it lies at, and how askew
    inset: float  # of the ticks' outer ends from the edge, as a share of the picture
    spacing: float  # pixels between ticks
    length: float  # of the short ticks in pixels
    width: float
    every: int  # how manieth tick is long
    shift: float
    has_line: bool


def sample_ruler(rng) -> Ruler:
    return Ruler(
        turn=float(rng.integers(4)) * math.pi / 2 + float(rng.normal(0, 0.06)),
        inset=rng.uniform(0.02, 0.07),
        spacing=rng.uniform(8, 15),
        length=rng.uniform(8, 13),
        width=rng.uniform(1.2, 2.2),
        every=int(rng.choice([5, 10])),
        shift=rng.uniform(0, 1),
        has_line=bool(rng.random() < 0.4),
    )


def draw_ruler(rng: np.random.Generator) -> Layer:
    ruler = sample_ruler(rng)
    ticks = cover_of(lambda draw, side: draw_ticks(draw, ruler, side))
    strip = cover_of(lambda draw, side: draw_strip(draw, ruler, side))
    color = float(rng.uniform(0.03, 0.14))
    return Layer(color, ticks * np.float32(rng.uniform(0.8, 1.0)), grow_mask(strip, MARGIN))


def place(ruler: Ruler, side: int, along: float, across: float) -> tuple[float, float]:
    """Canvas position of a point on the ruler: pixels along it from its middle, and away from the picture's edge."""
    u, v = along * SUPERSAMPLING, (across - SIZE * (0.5 - ruler.inset)) * SUPERSAMPLING
    cosine, sine = math.cos(ruler.turn), math.sin(ruler.turn)
    return side / 2 + u * cosine - v * sine, side / 2 + u * sine + v * cosine


def draw_ticks(draw, ruler: Ruler, side: int) -> None:
    width = max(1, round(ruler.width * SUPERSAMPLING))
    count = int(SIZE / ruler.spacing)
    for number in range(-count // 2, count // 2 + 1):
        along = (number + ruler.shift) * ruler.spacing
        length = ruler.length * (1.7 if number % ruler.every == 0 else 1)
        draw.line([place(ruler, side, along, 0), place(ruler, side, along, length)], fill=255, width=width)
    if ruler.has_line:
        draw.line([place(ruler, side, -SIZE, 0), place(ruler, side, SIZE, 0)], fill=255, width=width)


def draw_strip(draw, ruler: Ruler, side: int) -> None:
    corners = ((-SIZE, 0), (SIZE, 0), (SIZE, 1.7 * ruler.length), (-SIZE, 1.7 * ruler.length))
    draw.polygon([place(ruler, side, *corner) for corner in corners], fill=255)
