"""The lesion: its shape, border, colors and structures. Benign ones are round, even and of one or two browns; malignant
ones are lopsided, with notched borders, several colors and uneven structures (the ABCD rule of dermatoscopy)."""

import math
from dataclasses import dataclass

import numpy as np

from phantoms.fields import cloud, smooth_noise, soft_minimum, soft_step
from phantoms.phantom import SIZE
from phantoms.skin.cells import honeycomb


@dataclass(frozen=True)
class Character:
    """What class decides, drawn for one lesion."""

    radius: float  # in half pictures
    lobes: int  # overlapping discs the outline is made of
    spread: float  # of the lobes, in radii
    notches: float  # height of the outline's waves, in radii
    edge: float  # softness of the border, in half pictures
    melanin: float
    mottle: float  # unevenness of the pigment
    blotches: float  # share of the lesion in much darker patches
    veil: float  # blue-grey share
    scar: float  # white share
    blood: float
    network: float  # contrast of the honeycomb
    dots: float  # density of dark dots


def sample_character(rng, label: str) -> Character:
    return CHARACTERS[label](rng)


def benign(rng) -> Character:
    return Character(
        radius=rng.uniform(0.14, 0.56), lobes=1, spread=0.0, notches=rng.uniform(0.03, 0.13),
        edge=rng.uniform(0.03, 0.09), melanin=rng.uniform(0.35, 1.7), mottle=rng.uniform(0.08, 0.26),
        blotches=0.0, veil=0.0, scar=0.0, blood=rng.uniform(-0.1, 0.15), network=rng.uniform(0.1, 0.75),
        dots=rng.uniform(0, 0.3) * (rng.random() < 0.4),
    )  # fmt: skip


def malignant(rng) -> Character:
    return Character(
        radius=rng.uniform(0.24, 0.62), lobes=int(rng.integers(2, 5)), spread=rng.uniform(0.30, 0.65),
        notches=rng.uniform(0.10, 0.26), edge=rng.uniform(0.012, 0.04), melanin=rng.uniform(0.7, 1.7),
        mottle=rng.uniform(0.22, 0.45), blotches=rng.uniform(0.15, 0.45), veil=rng.uniform(0.0, 0.8) * (rng.random() < 0.6),
        scar=rng.uniform(0.0, 0.6) * (rng.random() < 0.5), blood=rng.uniform(-0.1, 0.5), network=rng.uniform(0.2, 0.9),
        dots=rng.uniform(0.1, 0.7),
    )  # fmt: skip


CHARACTERS = {'benign': benign, 'malignant': malignant}


def outline(rng, character: Character, grid) -> np.ndarray:
    """Distance inwards from the lesion's border in half pictures; positive inside."""
    x, y = grid
    centre_x, centre_y = rng.normal(0, 0.09, 2).tolist()
    stretch, turn = rng.uniform(0.72, 1.0), rng.uniform(0, math.pi)
    u = (x - centre_x) * math.cos(turn) + (y - centre_y) * math.sin(turn)
    v = ((y - centre_y) * math.cos(turn) - (x - centre_x) * math.sin(turn)) / stretch
    discs = []
    for lobe in range(character.lobes):
        angle, away = rng.uniform(0, 2 * math.pi), character.spread * character.radius * (lobe > 0)
        radius = character.radius * (1 if lobe == 0 else rng.uniform(0.45, 0.85))
        discs.append(np.hypot(u - away * math.cos(angle), v - away * math.sin(angle)) - np.float32(radius))
    merged = discs[0] if len(discs) == 1 else soft_minimum(discs, 0.03)
    waves = cloud(rng, SIZE, 5, octaves=4)
    return -merged + np.float32(character.notches * character.radius) * waves


def pigment(rng, character: Character, inside, grid):
    """(melanin, blood, veil, scar) that the lesion adds, fields (SIZE, SIZE)."""
    x, y = grid
    body = soft_step(inside, character.edge * 0.5 * (1 + 0.5 * np.tanh(smooth_noise(rng, SIZE, 3))) + 0.004)
    depth = 1 - np.exp(-np.maximum(inside, 0) / np.float32(0.35 * character.radius))
    mottle = 1 + np.float32(character.mottle) * cloud(rng, SIZE, 9, octaves=4)
    melanin = np.float32(character.melanin) * (0.55 + 0.45 * depth) * np.maximum(mottle, 0.1)
    melanin = melanin * (1 + np.float32(character.network) * network(rng, (x, y), depth))
    melanin = melanin + np.float32(1.3) * patches(rng, character.blotches, 6) * depth
    melanin = melanin + np.float32(1.4 * character.dots) * dots(rng, (x, y)) * patches(rng, 0.5, 4)
    veil = np.float32(0.8) * patches(rng, 0.35 * character.veil, 5) * depth
    scar = np.float32(0.8) * patches(rng, 0.5 * character.scar, 5) * depth
    blood = np.float32(character.blood) * (0.4 + patches(rng, 0.4, 4))
    return body * melanin, body * blood, body * veil, body * scar


def network(rng, grid, depth):
    """The pigment network: brown lines round pale holes, fading where the lesion is thick."""
    x, y = grid
    warp = np.float32(0.02)
    warped = (x + warp * smooth_noise(rng, SIZE, 9), y + warp * smooth_noise(rng, SIZE, 9))
    lines = soft_step(0.13 - honeycomb(rng, *warped, rng.uniform(0.036, 0.060)), 0.045)
    return (lines - 0.45) * (1 - 0.6 * depth) * (0.25 + 1.1 * patches(rng, 0.5, 5))


def dots(rng, grid):
    """Dots and globules, one in each cell of a coarse honeycomb."""
    cells = honeycomb(rng, *grid, rng.uniform(0.07, 0.11))
    return soft_step(cells - 0.30, 0.03)


def patches(rng, share, cells):
    """Soft patches that cover about a share of the picture; none at share 0."""
    field = cloud(rng, SIZE, cells)
    if share <= 0:
        return np.zeros_like(field)
    return soft_step(field - np.quantile(field[::8, ::8], 1 - share), 0.16)
