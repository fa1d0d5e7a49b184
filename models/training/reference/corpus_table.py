"""The corpus: which network is written in which form, and what each file is there to show."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn
from torchvision.models import DenseNet

from export import Export, number_nodes, remove_node_names, store_as_float_data
from own_networks import (
    BranchNetwork,
    ConvolutionNetwork,
    ModularTokenNetwork,
    PaddedStem,
    PoolNetwork,
    ScaleAndShift,
    SubtractAndDivide,
    TokenNetwork,
)
from relevance import COMPOSITES
from torchvision_networks import MeanResNet, ModularDenseNet, NarrowResNet, NarrowVGG, use_channels

ALL = tuple(COMPOSITES)
DEFAULT = ('EpsilonPlusFlat',)
BASIC_WIDTHS = (4, 6, 8, 10)
BOTTLENECK_WIDTHS = (4, 4, 5, 6)
REAL_BLOCKS = (6, 12, 24, 16)
SHORT_BLOCKS = (2, 3, 4, 3)


def unchanged(model: nn.Module) -> nn.Module:
    return model


@dataclass(frozen=True)
class Case:
    """One file of the corpus.

    `build` makes the network that gets random weights; `wrap` puts in front of it or behind it what the file has
    beside it (normalisation, Softmax); `refer` makes the network whose relevance zennit computes, from the first.
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


def vgg(arch: str, pooled: int = 1) -> Callable[[], nn.Module]:
    return partial(NarrowVGG, arch, pooled)


def resnet(arch: str) -> Callable[[], nn.Module]:
    return partial(NarrowResNet, arch, resnet_widths(arch))


def resnet_widths(arch: str) -> tuple[int, ...]:
    return BASIC_WIDTHS if arch in ('resnet18', 'resnet34') else BOTTLENECK_WIDTHS


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


LARGE = (3, 64, 64)

CASES = (
    Case(
        'vgg16_bn-ts17-bn',
        'vgg16_bn',
        'batch norm kept as nodes; all composites',
        torchscript(17, keep_batch_norm=True),
        vgg('vgg16_bn'),
        composites=ALL,
    ),
    Case(
        'resnet50-dynamo18',
        'resnet50',
        'torch.export as it comes: batch norm folded, pooling as ReduceMean, names only in metadata; all composites',
        torch_export(18),
        resnet('resnet50'),
        composites=ALL,
        shape=LARGE,
        seed=6,
    ),
    Case(
        'resnet18-ts11',
        'resnet18',
        'old opset, batch norm folded, fixed batch; all composites',
        torchscript(11),
        resnet('resnet18'),
        composites=ALL,
        shape=LARGE,
    ),
    Case(
        'densenet121-ts17',
        'densenet121',
        'all 121 layers; batch norm folded where a convolution precedes it, kept elsewhere; all composites',
        torchscript(17),
        **densenet(REAL_BLOCKS),
        composites=ALL,
        seed=12,
    ),
    Case(
        'densenet-dynamo18',
        'densenet',
        'DenseNet with short blocks by torch.export',
        torch_export(18),
        **densenet(SHORT_BLOCKS),
        seed=3,
    ),
    Case(
        'vgg16-ts17-softmax',
        'vgg16',
        'nn.Sequential(model, Softmax): relevance starts before the Softmax; layer names start with "0."',
        torchscript(17),
        vgg('vgg16'),
        wrap=then(nn.Softmax(dim=1)),
    ),
    Case(
        'resnet18-ts17-normalized',
        'resnet18',
        'pixels normalised in the graph by Sub and Div; relevance is that of the tensor entering the first convolution',
        torchscript(17),
        resnet('resnet18'),
        wrap=after(SubtractAndDivide()),
        composites=('EpsilonPlusFlat', 'EpsilonGammaBox'),
        normalizes=True,
    ),
    Case(
        'resnet18-ts13-mean',
        'resnet18',
        'pooling by x.mean((2, 3)): ReduceMean with its axes as an attribute',
        torchscript(13),
        **mean_resnet('resnet18', keepdim=False),
    ),
    Case(
        'tokens-ts17-log-softmax',
        'tokens',
        'linear layers as MatMul and Add (nn.Linear on three axes, x @ W + b), functional ReLU, view; LogSoftmax',
        torchscript(17),
        TokenNetwork,
        refer=modular_tokens,
        wrap=lambda model: Wrapped(model, lambda x: torch.log_softmax(x, dim=1)).eval(),
        composites=ALL,
    ),
)
