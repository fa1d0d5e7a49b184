"""Lead letters: L in the upper right of the picture, R in the upper left, in several typefaces.

Letters are our own strokes in a unit box (x right, y down), or Pillow's built-in font, never an installed one.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from phantoms.canvas import SUPERSAMPLING, shrink
from phantoms.phantom import SIZE, Layer

STROKES = {
    'L': [[(0.12, 0.0), (0.12, 1.0), (0.78, 1.0)]],
    'R': [
        [(0.12, 1.0), (0.12, 0.0), (0.50, 0.0), (0.72, 0.10), (0.78, 0.27), (0.72, 0.44), (0.50, 0.54), (0.12, 0.54)],
        [(0.44, 0.54), (0.80, 1.0)],
    ],
}
SERIFS = {
    'L': [[(0.0, 0.0), (0.30, 0.0)], [(0.0, 1.0), (0.20, 1.0)], [(0.78, 1.0), (0.78, 0.80)]],
    'R': [[(0.0, 0.0), (0.20, 0.0)], [(0.0, 1.0), (0.28, 1.0)], [(0.70, 1.0), (0.94, 1.0)]],
}
TYPEFACES = ('strokes', 'serif', 'ring', 'disc', 'font')
DISC_RADIUS = 0.92  # of ring and disc, in letter heights


@dataclass(frozen=True)
class LeadMarker:
    letter: str  # 'L' or 'R'
    typeface: str
    height: float  # of the letter in pixels
    weight: float  # stroke width as a share of the height
    tilt: float  # degrees
    centre: tuple[float, float]  # (x, y) as shares of the picture
    density: float  # attenuation of the lead
    initials: str  # the radiographer's, under the letter; may be empty


def draw_lead_marker(rng: np.random.Generator, letter: str) -> Layer:
    marker = sample_marker(rng, letter)
    ink = turned(marker, draw_letter)
    plate = turned(marker, draw_plate)
    return Layer(color=0.97, cover=1 - np.exp(-np.float32(marker.density) * ink), mask=plate > 0.5)


def sample_marker(rng, letter):
    inward = rng.uniform(0.085, 0.16)
    return LeadMarker(
        letter=letter,
        typeface=TYPEFACES[rng.integers(len(TYPEFACES))],
        height=rng.uniform(14, 22),
        weight=rng.uniform(0.15, 0.22),
        tilt=float(np.clip(rng.normal(0, 9), -25, 25)),
        centre=(1 - inward if letter == 'L' else inward, rng.uniform(0.08, 0.17)),
        density=rng.uniform(1.8, 3.5),
        initials=''.join(rng.choice(list('ABDEJKMST'), 2)) if rng.random() < 0.35 else '',
    )


def turned(marker, draw_part):
    """A part of the marker at its place and tilt, as cover of every pixel."""
    side = SIZE * SUPERSAMPLING
    canvas = Image.new('L', (side, side))
    centre = tuple(share * side for share in marker.centre)
    draw_part(ImageDraw.Draw(canvas), marker, (centre, marker.height * SUPERSAMPLING))
    return shrink(canvas.rotate(marker.tilt, Image.Resampling.BILINEAR, center=centre))


def draw_letter(draw, marker, box):
    (x, y), height = box
    width = max(1, round(marker.weight * height))
    if marker.typeface == 'disc':
        draw.ellipse(round_about(x, y, DISC_RADIUS * height), fill=255)
    draw_strokes(draw, marker, box)
    if marker.typeface == 'ring':
        draw.ellipse(round_about(x, y, DISC_RADIUS * height), outline=255, width=max(1, width // 2))
    if marker.initials:
        font = ImageFont.load_default(height * 0.5)
        draw.text((x, below(marker, box)), marker.initials, fill=200, font=font, anchor='mm')


def draw_strokes(draw, marker, box):
    (x, y), height = box
    width = max(1, round(marker.weight * height))
    fill = 0 if marker.typeface == 'disc' else 255  # a letter cut out of the disc
    if marker.typeface == 'font':
        font = ImageFont.load_default(height * 1.35)
        draw.text((x, y), marker.letter, fill=fill, font=font, anchor='mm', stroke_width=width // 5)
        return
    serifs = SERIFS[marker.letter] if marker.typeface == 'serif' else []
    for course in STROKES[marker.letter] + serifs:
        points = [(x + (u - 0.45) * 0.8 * height, y + (v - 0.5) * height) for u, v in course]
        draw.line(points, fill=fill, width=width, joint='curve')


def draw_plate(draw, marker, box):
    """The region someone would circle as "the marker": disc or letter box, initials included, one stroke of margin."""
    (x, y), height = box
    margin = marker.weight * height
    if is_round(marker):
        draw.ellipse(round_about(x, y, DISC_RADIUS * height + margin / 2), fill=255)
    else:
        half_width, half_height = 0.40 * height + margin, 0.5 * height + margin
        draw.rectangle((x - half_width, y - half_height, x + half_width, y + half_height), fill=255)
    if marker.initials:
        line = below(marker, box)
        draw.rectangle((x - 0.4 * height, line - 0.3 * height, x + 0.4 * height, line + 0.3 * height), fill=255)


def is_round(marker):
    return marker.typeface in ('ring', 'disc')


def below(marker, box):
    """y of the initials' middle."""
    (_, y), height = box
    return y + height * (1.25 if is_round(marker) else 0.85)


def round_about(x, y, radius):
    return (x - radius, y - radius, x + radius, y + radius)
