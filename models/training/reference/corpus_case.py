"""What a file of the corpus is made from, and the networks to choose from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn
from torchvision.models import DenseNet

from export import Export
from own_networks import ModularTokenNetwork, TokenNetwork
from relevance import COMPOSITES
from torchvision_networks import MeanResNet, ModularDenseNet, NarrowResNet, NarrowVGG, use_channels

ALL = tuple(COMPOSITES)
DEFAULT = ('EpsilonPlusFlat',)
BASIC_WIDTHS = (4, 4, 6, 6)
BOTTLENECK_WIDTHS = (4, 4, 5, 6)
DEEP_WIDTHS = (2, 2, 3, 3)
REAL_BLOCKS = (6, 12, 24, 16)
SHORT_BLOCKS = (2, 3, 3, 2)
SHORTEST_BLOCKS = (1, 2, 2, 1)
LARGE = (3, 64, 64)


def unchanged(model: nn.Module) -> nn.Module:
    return model


@dataclass(frozen=True)
class Case:
    """One file of the corpus.

    `build` makes the network that gets random weights; `wrap` puts in front of it or behind it what the file has
    beside it (normalisation, Softmax); `refer` makes the network whose relevance zennit computes, from the first.
    `names_lost` marks a file that no longer tells the modules' names.
    """

    name: str
    arch: str
    purpose: str
    export: Export
    build: Callable[[], nn.Module]
    wrap: Callable[[nn.Module], nn.Module] = unchanged
    refer: Callable[[nn.Module], nn.Module] = unchanged
    composites: tuple[str, ...] = DEFAULT
    shape: tuple[int, int, int] = (3, 32, 32)
    seed: int = 1
    bias_scale: float = 0.1
    normalizes: bool = False
    names_lost: bool = False


def vgg(arch: str, pooled: int = 1) -> Callable[[], nn.Module]:
    return partial(NarrowVGG, arch, pooled)


def resnet(arch: str) -> Callable[[], nn.Module]:
    return partial(NarrowResNet, arch, resnet_widths(arch))


def resnet_widths(arch: str) -> tuple[int, ...]:
    if arch in ('resnet18', 'resnet34'):
        return BASIC_WIDTHS
    return BOTTLENECK_WIDTHS if arch == 'resnet50' else DEEP_WIDTHS


def mean_resnet(arch: str, keepdim: bool) -> dict[str, Callable]:
    """Exported with x.mean, referred to with the pooling module: pooling has the Norm rule however it is written."""
    widths = resnet_widths(arch)
    return {
        'build': partial(MeanResNet, arch, widths, keepdim),
        'refer': lambda model: with_state_of(model, NarrowResNet(arch, widths)),
    }


def densenet(blocks: tuple[int, ...], channels: int = 3) -> dict[str, Callable]:
    """Exported as torchvision writes it, referred to with modules for the last ReLU and the pooling."""
    settings = {'growth_rate': 2, 'num_init_features': 4, 'bn_size': 2, 'block_config': blocks, 'num_classes': 3}
    return {
        'build': lambda: use_channels(DenseNet(**settings), channels),
        'refer': lambda model: with_state_of(model, use_channels(ModularDenseNet(**settings), channels)),
    }


def modular_tokens(model: TokenNetwork) -> nn.Module:
    twin = ModularTokenNetwork()
    state = model.state_dict()
    if not isinstance(model.head, nn.Linear):
        state['head.weight'] = state['head.weight'].T
    twin.load_state_dict(state)
    return twin.eval()


def with_state_of(model: nn.Module, twin: nn.Module) -> nn.Module:
    twin.load_state_dict(model.state_dict())
    return twin.eval()


def then(last: nn.Module) -> Callable[[nn.Module], nn.Module]:
    return lambda model: nn.Sequential(model, last).eval()


def after(first: nn.Module) -> Callable[[nn.Module], nn.Module]:
    return lambda model: nn.Sequential(first, model).eval()


class Wrapped(nn.Module):
    """A network held as `model`, with an activation called as a function behind it."""

    def __init__(self, model: nn.Module, activation: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.model = model
        self.activation = activation

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.model(x))


def torchscript(opset: int, **settings: object) -> Export:
    return Export('torchscript', opset, **settings)


def torch_export(opset: int, **settings: object) -> Export:
    return Export('torch.export', opset, **settings)
