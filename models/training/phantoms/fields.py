"""Smooth functions on a picture grid, what every phantom is made of. Fields are float32 arrays (height, width)."""

import numpy as np
from PIL import Image

COARSE_SIGMA = 2.0  # of a blur on the small grid, in its pixels


def soft_step(distance, softness):
    """1 where distance is clearly positive, 0 where clearly negative, sliding over about 4 * softness."""
    return 0.5 * (1.0 + np.tanh(np.asarray(distance) * np.float32(0.5 / softness)))


def soft_minimum(fields, softness):
    """A minimum without creases, so that outlines meet in rounded corners."""
    lowest = np.minimum.reduce(fields)
    total = sum(np.exp((lowest - field) * np.float32(1 / softness)) for field in fields)
    return lowest - np.float32(softness) * np.log(total)


def ellipse_distance(x, y, radius_x, radius_y):
    """Signed distance to an ellipse about the origin, positive outside; first order, exact at the outline."""
    u, v = x / radius_x, y / radius_y
    radius = np.maximum(np.hypot(u, v), 1e-6)
    slope = np.hypot(u / radius_x, v / radius_y) / radius
    return (radius - 1.0) / np.maximum(slope, 1e-6)


def dome(x, y, radius_x, radius_y):
    """Thickness of an ellipsoid seen from the front, between 0 (outside) and 1 (middle)."""
    return np.sqrt(np.maximum(1.0 - (x / radius_x) ** 2 - (y / radius_y) ** 2, 0.0))


def resize(field, size):
    """Bicubic enlargement of a small field to size x size."""
    image = Image.fromarray(field.astype(np.float32))
    return np.asarray(image.resize((size, size), Image.Resampling.BICUBIC), np.float32)


def smooth_noise(rng, size, cells):
    """Random field with about `cells` bumps across the picture, mean 0, deviation near 1."""
    coarse = rng.standard_normal((cells + 3, cells + 3), np.float32)
    margin = max(1, round(size * 1.5 / cells))
    return resize(coarse, size + 2 * margin)[margin:-margin, margin:-margin] * np.float32(1.3)


def cloud(rng, size, cells, octaves=3):
    """Fractal noise: each octave has twice the bumps and 0.6 of the height; mean 0, deviation near 1."""
    weights = 0.6 ** np.arange(octaves)
    layers = [np.float32(weight) * smooth_noise(rng, size, cells * 2**octave) for octave, weight in enumerate(weights)]
    return sum(layers) / np.float32(np.sqrt(np.sum(weights**2)))


def blur(field, sigma):
    """Gaussian blur, sigma in pixels, edges continued. A wide one is made on a smaller grid, where it costs little."""
    factor = int(sigma // COARSE_SIGMA)
    if factor > 1:
        height, width = field.shape
        small = Image.fromarray(field).resize((width // factor, height // factor), Image.Resampling.BOX)
        coarse = Image.fromarray(blur_exactly(np.asarray(small), sigma / factor))
        return np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC))
    return blur_exactly(field, sigma)


def blur_exactly(field, sigma):
    reach = int(np.ceil(3.5 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    for axis in (0, 1):
        length = field.shape[axis]
        padded = np.pad(field, [(reach, reach) if at == axis else (0, 0) for at in (0, 1)], mode='edge')
        parts = (padded[at : at + length] if axis == 0 else padded[:, at : at + length] for at in range(len(kernel)))
        field = sum(weight * part for weight, part in zip(kernel.astype(np.float32) / np.float32(kernel.sum()), parts))
    return field
