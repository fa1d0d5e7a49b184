"""Relevances by zennit: the truth in float64, and how far zennit's own float32 run is from it."""

import copy
from collections.abc import Callable

import torch
from torch import nn
from zennit import composites
from zennit.core import Composite
from zennit.torchvision import ResNetBasicBlockCanonizer, ResNetBottleneckCanonizer

from canonize import prepare

LOW, HIGH = -2.5, 2.5


def _gamma_box(canonizers: list, dtype: torch.dtype) -> Composite:
    low, high = (torch.full((1, 1, 1, 1), bound, dtype=dtype) for bound in (LOW, HIGH))
    return composites.EpsilonGammaBox(low=low, high=high, canonizers=canonizers)


def _plain(name: str) -> Callable[[list, torch.dtype], Composite]:
    return lambda canonizers, dtype: getattr(composites, name)(canonizers=canonizers)


COMPOSITES = {
    'EpsilonGammaBox': _gamma_box,
    **{
        name: _plain(name)
        for name in (
            'EpsilonPlus',
            'EpsilonPlusFlat',
            'EpsilonAlpha2Beta1',
            'EpsilonAlpha2Beta1Flat',
            'GuidedBackprop',
            'ExcitationBackprop',
        )
    },
}


def compute_logits(model: nn.Module, pictures: torch.Tensor) -> torch.Tensor:
    """Logits in float64, shape (pictures, classes)."""
    with torch.no_grad():
        return prepare(copy.deepcopy(model), torch.float64)(pictures.double())


def attribute(model: nn.Module, pictures: torch.Tensor, composite: str, target: int) -> tuple[torch.Tensor, float]:
    """Relevance of `target` (1 at the target) summed over color, shape (pictures, height, width), in float64, and
    the relative L2 distance of the float32 run from it."""
    truth = _attribute_in(torch.float64, model, pictures, (composite, target))
    rounded = _attribute_in(torch.float32, model, pictures, (composite, target)).double()
    return truth, float((rounded - truth).norm() / truth.norm())


def _attribute_in(
    dtype: torch.dtype, model: nn.Module, pictures: torch.Tensor, case: tuple[str, int]
) -> torch.Tensor:
    composite_name, target = case
    prepared = prepare(copy.deepcopy(model), dtype)
    data = pictures.detach().to(dtype, copy=True).requires_grad_()
    # ResNetCanonizer without its batch norm merge (done in `prepare`): residual sums become modules and get Norm.
    canonizers = [ResNetBasicBlockCanonizer(), ResNetBottleneckCanonizer()]
    composite = COMPOSITES[composite_name](canonizers, dtype)
    with composite.context(prepared) as attributed:
        logits = attributed(data)
        initial = torch.zeros_like(logits)
        initial[:, target] = 1
        (relevance,) = torch.autograd.grad(logits, data, initial)
    return relevance.detach().sum(dim=1)
