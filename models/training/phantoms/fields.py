"""Smooth functions on a picture grid, what every phantom is made of. Fields are float64 arrays (height, width)."""

import numpy as np
from PIL import Image


def soft_step(distance, softness):
    """1 where distance is clearly positive, 0 where clearly negative, sliding over about 4 * softness."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(distance) / softness))


def soft_minimum(fields, softness):
    """A minimum without creases, so that outlines meet in rounded corners."""
    stacked = np.stack(np.broadcast_arrays(*fields)) / -softness
    peak = stacked.max(axis=0)
    return -softness * (peak + np.log(np.exp(stacked - peak).sum(axis=0)))


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
    return np.asarray(image.resize((size, size), Image.Resampling.BICUBIC), float)


def smooth_noise(rng, size, cells):
    """Random field with about `cells` bumps across the picture, mean 0, deviation near 1."""
    coarse = rng.standard_normal((cells + 3, cells + 3))
    margin = max(1, round(size * 1.5 / cells))
    return resize(coarse, size + 2 * margin)[margin:-margin, margin:-margin] * 1.3


def cloud(rng, size, cells, octaves=3):
    """Fractal noise: each octave has twice the bumps and 0.6 of the height; mean 0, deviation near 1."""
    weights = 0.6 ** np.arange(octaves)
    layers = [weight * smooth_noise(rng, size, cells * 2**octave) for octave, weight in enumerate(weights)]
    return np.sum(layers, axis=0) / np.sqrt(np.sum(weights**2))


def blur(field, sigma):
    """Gaussian blur, sigma in pixels, edges continued."""
    margin = int(np.ceil(4 * sigma))
    padded = np.pad(field, margin, mode='edge')
    rows, columns = (np.fft.fftfreq(padded.shape[0]), np.fft.rfftfreq(padded.shape[1]))
    response = np.exp(-2 * (np.pi * sigma) ** 2 * (rows[:, None] ** 2 + columns[None, :] ** 2))
    blurred = np.fft.irfft2(np.fft.rfft2(padded) * response, s=padded.shape)
    return blurred[margin:-margin, margin:-margin] if margin else blurred
