"""From a grey picture to the networks' input; what the manifests say, in Python."""

import numpy as np
import torch
from PIL import Image

SIDE = 224
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def shrink(picture):
    """uint8 (256, 256) to uint8 (224, 224), bilinear with antialiasing."""
    return np.array(Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def to_input(pictures, dtype=torch.float32):
    """Grey (n, 224, 224), 0..255, to normalised colour (n, 3, 224, 224)."""
    grey = torch.as_tensor(pictures, dtype=dtype)[:, None] / 255
    mean, std = (torch.tensor(values, dtype=dtype).view(1, 3, 1, 1) for values in (MEAN, STD))
    return (grey.expand(-1, 3, -1, -1) - mean) / std
