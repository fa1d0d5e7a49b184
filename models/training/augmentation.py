"""The report's augmentations, on whole batches: color jitter, random perspective, random erasing, random rotation, and the
black surroundings of a microscope's round field."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Augmentation:
    """Values 0..1 in, values 0..1 out. Chances are per picture."""

    jitter: float  # largest change of brightness, contrast, saturation, as a share
    hue: float  # largest turn of the hue, of a full circle
    rotation: float  # largest angle in degrees
    perspective: float  # chance
    distortion: float  # how far corners move at most, in half pictures
    erasing: float  # chance
    microscope: float  # chance
    microscope_radius: tuple[float, float] = (109 / 224, 127 / 224)  # of the picture's side

    def __call__(self, batch: Tensor) -> Tensor:
        batch = warp(batch, self.sample_homographies(len(batch)))
        batch = self.change_color(batch)
        batch = torch.where(chance(len(batch), self.erasing), erase(batch), batch)
        return torch.where(chance(len(batch), self.microscope), self.black_out_corners(batch), batch)

    def sample_homographies(self, count: int) -> Tensor:
        """(count, 3, 3), from positions in the new picture to positions in the old one, -1..1."""
        moved = (torch.rand(count, 4, 2) * 2 - 1) * self.distortion * chance(count, self.perspective).view(-1, 1, 1)
        angles = torch.deg2rad((torch.rand(count) * 2 - 1) * self.rotation)
        cosine, sine, zero, one = angles.cos(), angles.sin(), torch.zeros(count), torch.ones(count)
        turn = torch.stack([cosine, -sine, zero, sine, cosine, zero, zero, zero, one], dim=1).view(-1, 3, 3)
        return homographies(CORNERS + moved) @ turn

    def change_color(self, batch: Tensor) -> Tensor:
        brightness, contrast, saturation = (1 + self.jitter * (torch.rand(len(batch), 1, 1, 1) * 2 - 1) for _ in range(3))
        batch = batch * brightness
        middle = batch.mean(dim=(1, 2, 3), keepdim=True)
        batch = middle + contrast * (batch - middle)
        if batch.shape[1] == 3:
            grey = batch.mean(dim=1, keepdim=True)
            batch = turn_hue(grey + saturation * (batch - grey), self.hue)
        return batch.clamp(0, 1)

    def black_out_corners(self, batch: Tensor) -> Tensor:
        low, high = self.microscope_radius
        radius = 2 * (low + (high - low) * torch.rand(len(batch), 1, 1, 1))
        axis = torch.linspace(-1, 1, batch.shape[-1])
        inside = (axis[None, :] ** 2 + axis[:, None] ** 2)[None, None] <= radius**2
        return batch * inside


CORNERS = torch.tensor([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])

# The report names the five for the melanoma set. Chest films stand upright and have no round field, and left must stay left.
REPORT = {
    'covid-qu-ex': Augmentation(0.1, 0.0, 5, 0.3, 0.1, 0.1, 0.0),
    'siim-isic': Augmentation(0.2, 0.02, 180, 0.5, 0.2, 0.2, 0.3),
}
AUGMENTATIONS = {'report': REPORT, 'none': {}}


def chance(count: int, probability: float) -> Tensor:
    return torch.rand(count, 1, 1, 1) < probability


def homographies(targets: Tensor) -> Tensor:
    """(n, 3, 3) that take the picture's corners to the targets (n, 4, 2): the direct linear transform, solved."""
    x, y = CORNERS.expand_as(targets).unbind(-1)
    u, v = targets.unbind(-1)
    zero, one = torch.zeros_like(x), torch.ones_like(x)
    upper = torch.stack([x, y, one, zero, zero, zero, -u * x, -u * y], dim=-1)
    lower = torch.stack([zero, zero, zero, x, y, one, -v * x, -v * y], dim=-1)
    solved = torch.linalg.solve(torch.cat([upper, lower], dim=1), torch.cat([u, v], dim=1))
    return torch.cat([solved, torch.ones(len(targets), 1)], dim=1).view(-1, 3, 3)


def warp(batch: Tensor, maps: Tensor) -> Tensor:
    """Every new pixel is taken from where its map leads, bilinearly; beyond the picture it is black."""
    side = batch.shape[-1]
    axis = (torch.arange(side) + 0.5) * 2 / side - 1
    row, column = torch.meshgrid(axis, axis, indexing='ij')
    places = torch.stack([column, row, torch.ones_like(row)], dim=-1).view(-1, 3) @ maps.transpose(1, 2)
    grid = (places[..., :2] / places[..., 2:]).view(len(batch), side, side, 2)
    return functional.grid_sample(batch, grid, align_corners=False)


def turn_hue(batch: Tensor, largest: float) -> Tensor:
    """Turns colors about the grey axis (Rodrigues' rotation formula)."""
    angles = 2 * torch.pi * largest * (torch.rand(len(batch), 1, 1, 1) * 2 - 1)
    axis_part = batch.mean(dim=1, keepdim=True)
    crossed = (batch.roll(1, dims=1) - batch.roll(-1, dims=1)) / 3**0.5
    return axis_part + (batch - axis_part) * angles.cos() + crossed * angles.sin()


def erase(batch: Tensor) -> Tensor:
    """A rectangle of 2 to 20 % of the area, of one random grey."""
    count, _, height, width = batch.shape
    area, ratio = 0.02 + 0.18 * torch.rand(count, 1, 1, 1), torch.exp(1.2 * (torch.rand(count, 1, 1, 1) * 2 - 1))
    tall, wide = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    top, left = (1 - tall) * torch.rand(count, 1, 1, 1), (1 - wide) * torch.rand(count, 1, 1, 1)
    row, column = (torch.arange(height) / height)[None, None, :, None], (torch.arange(width) / width)[None, None, None, :]
    inside = (row >= top) & (row < top + tall) & (column >= left) & (column < left + wide)
    return torch.where(inside, torch.rand(count, 1, 1, 1), batch)
