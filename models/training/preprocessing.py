"""From a picture to the networks' input; what the manifests say, in Python."""

import numpy as np
import torch
from torch import Tensor

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, as torchvision's weights expect


def to_unit(pictures: np.ndarray | Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
    """uint8 to 0..1."""
    return torch.as_tensor(pictures).to(dtype) / 255


def to_input(batch: Tensor) -> Tensor:
    """0..1 (n, 1 or 3, height, width) to normalised color (n, 3, height, width)."""
    mean, std = (torch.tensor(values, dtype=batch.dtype).view(1, 3, 1, 1) for values in (MEAN, STD))
    return (batch.expand(-1, 3, -1, -1) - mean) / std
