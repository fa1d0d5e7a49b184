"""The lung's vessel tree, drawn as branching strokes from the hila."""

import math

import numpy as np
from PIL import Image, ImageDraw

from phantoms.chest.anatomy import SIDES
from phantoms.fields import blur
from phantoms.pose import to_pixels

SUPERSAMPLING = 2
BRANCHES = 13
THINNEST = 0.0055  # vessels thinner than this do not fork any more
STEP = 0.032


def vessel_attenuation(rng, anatomy, pose):
    """Attenuation of the vessels over the whole film; the caller keeps what lies over air."""
    canvas = Image.new('L', (pose.size * SUPERSAMPLING,) * 2)
    draw = ImageDraw.Draw(canvas)
    courses = sorted(grow_tree(rng, anatomy), key=lambda course: course[1])
    pixels = to_pixels(pose, np.array([point for points, _ in courses for point in points])) * SUPERSAMPLING
    start = 0
    for points, width in courses:
        stroke(draw, pose, (pixels[start : start + len(points)], width))
        start += len(points)
    strokes = canvas.resize((pose.size, pose.size), Image.Resampling.BOX)
    return 0.15 * anatomy.vessels * blur(np.asarray(strokes, np.float32) / 255, 0.7)


def grow_tree(rng, anatomy):
    """Courses (points, width) of both lungs' vessels, from the hila outwards."""
    branches = []
    for side in SIDES:
        hilum = (side * (anatomy.mediastinum + 0.05), -0.06 + 0.03 * side)
        for direction in np.linspace(-1.25, 1.35, BRANCHES):
            branches.append((hilum, direction + rng.normal(0, 0.08), side, rng.uniform(0.020, 0.030)))
    courses = []
    while branches:
        course, forks = grow(rng, branches.pop())
        courses.append(course)
        branches += forks
    return courses


def grow(rng, branch):
    """One vessel (start, angle, side, width) and what it forks into, thinner each time."""
    (x, y), angle, side, width = branch
    steps = int(rng.uniform(3, 6) if width > 0.010 else rng.uniform(4, 9))
    points = [(x, y)]
    for turn in rng.normal(0, 0.17, steps).tolist():
        angle += turn
        x, y = x + STEP * side * math.cos(angle), y + STEP * math.sin(angle)
        points.append((x, y))
    forks = [
        (points[-1], angle + turn * rng.uniform(0.15, 0.5), side, width * rng.uniform(0.55, 0.75)) for turn in (-1, 1)
    ]
    return (points, width), forks if width >= THINNEST else []


def stroke(draw, pose, course):
    pixels, width = course
    thickness = max(1, round(width * pose.size / 2 * SUPERSAMPLING * pose.scale))
    grey = int(min(255, max(60, 255 * (width / 0.024) ** 0.5)))
    draw.line(pixels.ravel().tolist(), fill=grey, width=thickness)
