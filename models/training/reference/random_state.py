"""Seeded weights and pictures: realistic enough that every layer lives, random enough that nothing cancels."""

import numpy
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

CALIBRATION_PICTURES = 8
LARGEST_PIXEL = 2.4
RESIDUAL_STRENGTH = 0.4


def make_pictures(shape: tuple[int, int, int, int], seed: int) -> torch.Tensor:
    """Smooth random pictures with some grain, float32, within +-2.4 as after the usual normalisation."""
    source = numpy.random.default_rng(seed)
    count, channels, height, width = shape
    coarse = torch.from_numpy(source.standard_normal((count, channels, height // 8, width // 8)))
    smooth = nn.functional.interpolate(coarse, size=(height, width), mode='bilinear', align_corners=False)
    grain = torch.from_numpy(source.standard_normal(shape))
    return (1.2 * smooth + 0.5 * grain).clamp(-LARGEST_PIXEL, LARGEST_PIXEL).float()


def _normal(source: numpy.random.Generator, like: torch.Tensor, scale: float) -> torch.Tensor:
    return torch.from_numpy(source.standard_normal(tuple(like.shape)) * scale).to(like.dtype)


def _uniform(source: numpy.random.Generator, like: torch.Tensor) -> torch.Tensor:
    return torch.from_numpy(source.uniform(0.5, 1.5, tuple(like.shape))).to(like.dtype)


def _fill_weights(model: nn.Module, source: numpy.random.Generator, bias_scale: float) -> None:
    for module in model.modules():
        weight = getattr(module, 'weight', None)
        if not isinstance(weight, nn.Parameter):
            continue
        if isinstance(module, nn.BatchNorm2d):
            weight.copy_(_uniform(source, weight))
            module.bias.copy_(_normal(source, module.bias, 0.2))
            continue
        inputs = weight.shape[0] if not isinstance(module, (nn.Conv2d, nn.Linear)) else weight[0].numel()
        weight.copy_(_normal(source, weight, (2 / inputs) ** 0.5))
        if module.bias is not None:
            module.bias.copy_(_normal(source, module.bias, bias_scale))


def _calibrate_batch_norms(model: nn.Module, source: numpy.random.Generator, pictures: torch.Tensor) -> None:
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = 1.0
        norm.train()
    model(pictures)
    for norm in norms:
        norm.eval()
        norm.momentum = 0.1
        spread = norm.running_var.sqrt()
        norm.running_mean.add_(_normal(source, norm.running_mean, 0.2) * spread)
        norm.running_var.mul_(_uniform(source, norm.running_var))


def _soften_residual_branches(model: nn.Module) -> None:
    """Keeps branch and shortcut from cancelling more often than in trained networks: their sum divides relevance."""
    for block in model.modules():
        if isinstance(block, (BasicBlock, Bottleneck)):
            last = block.bn3 if isinstance(block, Bottleneck) else block.bn2
            last.weight.mul_(RESIDUAL_STRENGTH)


@torch.no_grad()
def fill_randomly(model: nn.Module, seed: int, shape: tuple[int, int, int], bias_scale: float = 0.1) -> nn.Module:
    """Gives the model He-initialised weights, random biases, and batch norm statistics that are near the real ones
    but off by a random factor (0.5 to 1.5 on the variance) and shift (0.2 deviations on the mean).
    `shape` is one picture's (channels, height, width)."""
    source = numpy.random.default_rng(seed)
    model.eval()
    _fill_weights(model, source, bias_scale)
    _soften_residual_branches(model)
    _calibrate_batch_norms(model, source, make_pictures((CALIBRATION_PICTURES, *shape), seed))
    return model
