"""The lung's vessel tree, drawn as branching strokes from the hila."""

import numpy as np
from PIL import Image, ImageDraw

from phantoms.chest.anatomy import SIDES
from phantoms.fields import blur
from phantoms.pose import to_pixels

SUPERSAMPLING = 3
BRANCHES = 13


def vessel_attenuation(rng, anatomy, pose):
    """Attenuation of the vessels over the whole film; the caller keeps what lies over air."""
    side_length = pose.size * SUPERSAMPLING
    canvas = Image.new('L', (side_length, side_length))
    for side in SIDES:
        hilum = np.array([side * (anatomy.mediastinum + 0.05), -0.06 + 0.03 * side])
        for direction in np.linspace(-1.25, 1.35, BRANCHES):
            angle = direction + rng.normal(0, 0.08)
            grow(rng, (canvas, pose), (hilum, angle, side, rng.uniform(0.020, 0.030)))
    strokes = canvas.resize((pose.size, pose.size), Image.Resampling.BOX)
    return 0.15 * anatomy.vessels * blur(np.asarray(strokes, float) / 255, 0.7)


def grow(rng, film, branch):
    """Draw one vessel (start, angle, side, width) and its branches, thinner with every fork."""
    canvas, pose = film
    start, angle, side, width = branch
    points = [start]
    length = rng.uniform(3, 6) if width > 0.010 else rng.uniform(4, 9)
    for _ in range(int(length)):
        angle += rng.normal(0, 0.17)
        points.append(points[-1] + 0.032 * np.array([side * np.cos(angle), np.sin(angle)]))
    stroke(canvas, pose, (np.array(points), width))
    if width < 0.0045:
        return
    for turn in (-1, 1):
        grow(rng, film, (points[-1], angle + turn * rng.uniform(0.15, 0.5), side, width * rng.uniform(0.55, 0.75)))


def stroke(canvas, pose, course):
    points, width = course
    pixels = to_pixels(pose, points) * SUPERSAMPLING
    thickness = max(1, round(width * pose.size / 2 * SUPERSAMPLING * pose.scale))
    grey = int(np.clip(255 * (width / 0.024) ** 0.5, 60, 255))
    ImageDraw.Draw(canvas).line([tuple(point) for point in pixels], fill=grey, width=thickness, joint='curve')
