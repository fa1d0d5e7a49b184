"""Lead letters and burnt-in text: what radiographers put on films, and what networks learn by mistake.

Letters are our own strokes in a unit box (x right, y down), or Pillow's built-in font, never an installed one.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SUPERSAMPLING = 4
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
TYPEFACES = ('strokes', 'serif', 'ring', 'font')


@dataclass(frozen=True)
class LeadMarker:
    letter: str  # 'L' or 'R'
    typeface: str
    height: float  # of the letter in pixels
    weight: float  # stroke width as a share of the height
    tilt: float  # degrees
    centre: tuple  # (x, y) as shares of the picture
    density: float  # attenuation of the lead
    initials: str  # the radiographer's, under the letter; may be empty


def sample_marker(rng, letter):
    """A marker in the corner it belongs to: L in the upper right, R in the upper left of the picture."""
    inward = rng.uniform(0.085, 0.16)
    return LeadMarker(
        letter=letter,
        typeface=TYPEFACES[rng.integers(len(TYPEFACES))],
        height=rng.uniform(14, 22),
        weight=rng.uniform(0.15, 0.22),
        tilt=np.clip(rng.normal(0, 9), -25, 25),
        centre=(1 - inward if letter == 'L' else inward, rng.uniform(0.08, 0.17)),
        density=rng.uniform(1.8, 3.5),
        initials=''.join(rng.choice(list('ABDEJKMST'), 2)) if rng.random() < 0.35 else '',
    )


def marker_fields(marker, size):
    """(attenuation, mask): the lead's shadow, and the marker's plate filled in, both (size, size)."""
    ink, plate = Image.new('L', (size * SUPERSAMPLING,) * 2), Image.new('L', (size * SUPERSAMPLING,) * 2)
    centre = tuple(share * size * SUPERSAMPLING for share in marker.centre)
    height = marker.height * SUPERSAMPLING
    draw_letter(ImageDraw.Draw(ink), marker, (centre, height))
    draw_plate(ImageDraw.Draw(plate), marker, (centre, height))
    turned = [canvas.rotate(marker.tilt, Image.Resampling.BILINEAR, center=centre) for canvas in (ink, plate)]
    coverage, filled = [
        np.asarray(canvas.resize((size, size), Image.Resampling.BOX), float) / 255 for canvas in turned
    ]
    return marker.density * coverage, filled > 0.5


def draw_letter(draw, marker, box):
    (x, y), height = box
    width = max(1, round(marker.weight * height))
    if marker.typeface == 'font':
        font = ImageFont.load_default(height * 1.35)
        draw.text((x, y), marker.letter, fill=255, font=font, anchor='mm', stroke_width=width // 5)
    else:
        serifs = SERIFS[marker.letter] if marker.typeface == 'serif' else []
        for course in STROKES[marker.letter] + serifs:
            points = [(x + (u - 0.45) * 0.8 * height, y + (v - 0.5) * height) for u, v in course]
            draw.line(points, fill=255, width=width, joint='curve')
    if marker.typeface == 'ring':
        radius = 0.92 * height
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=max(1, width // 2))
    if marker.initials:
        below = y + height * (1.2 if marker.typeface == 'ring' else 0.85)
        draw.text((x, below), marker.initials, fill=200, font=ImageFont.load_default(height * 0.5), anchor='mm')


def draw_plate(draw, marker, box):
    """The region someone would circle as "the marker": ring or letter box, initials included, one stroke of margin."""
    (x, y), height = box
    margin = marker.weight * height
    if marker.typeface == 'ring':
        radius = 0.92 * height + margin / 2
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    else:
        half_width, half_height = 0.40 * height + margin, 0.5 * height + margin
        draw.rectangle((x - half_width, y - half_height, x + half_width, y + half_height), fill=255)
    if marker.initials:
        below = y + height * (1.2 if marker.typeface == 'ring' else 0.85)
        draw.rectangle((x - 0.4 * height, below - 0.3 * height, x + 0.4 * height, below + 0.3 * height), fill=255)


def portable_text(rng, size):
    """(grey to add, mask) of the word PORTABLE, sometimes with AP above it, burnt into the picture's right side."""
    canvas = Image.new('L', (size * SUPERSAMPLING,) * 2)
    draw = ImageDraw.Draw(canvas)
    x, y = (rng.uniform(0.84, 0.90) * size * SUPERSAMPLING, rng.uniform(0.30, 0.42) * size * SUPERSAMPLING)
    height = rng.uniform(6, 8) * SUPERSAMPLING
    lines = ['AP', 'PORTABLE'] if rng.random() < 0.6 else ['PORTABLE']
    for number, line in enumerate(lines):
        draw.text((x, y + 1.8 * height * number), line, fill=255, font=ImageFont.load_default(height), anchor='mm')
    grey = np.asarray(canvas.resize((size, size), Image.Resampling.BOX), float) / 255
    return grey, grey > 0.1
