"""ResNet50, VGG16 and VGG16 with batch norm, in torchvision's layout and parameter names at any width, so that torchvision
itself is not needed and its checkpoints fit at width 64.

Input (n, 3, side, side), side 224 in torchvision, 32 or more here; output logits (n, classes).
"""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

FULL_WIDTH = 64  # torchvision's
RESNET50_BLOCKS = (3, 4, 6, 3)
EXPANSION = 4
VGG16_STAGES = ((1, 2), (2, 2), (4, 3), (8, 3), (8, 3))  # (width factor, convolutions)
FULL_SIDE, REDUCTION = 224, 32  # pixels along a side, and how many of them end in one position of the last features
VGG_HIDDEN = 64  # width factor of the hidden layers


def convolution(channels, kernel, stride=1, bias=False):
    return nn.Conv2d(*channels, kernel, stride, padding=kernel // 2, bias=bias)


def normalisation(channels, folded):
    return nn.Identity() if folded else nn.BatchNorm2d(channels)


class Bottleneck(nn.Module):
    def __init__(self, channels, stride, folded):
        super().__init__()
        inputs, width = channels
        outputs = width * EXPANSION
        self.conv1 = convolution((inputs, width), 1, bias=folded)
        self.bn1 = normalisation(width, folded)
        self.conv2 = convolution((width, width), 3, stride, bias=folded)
        self.bn2 = normalisation(width, folded)
        self.conv3 = convolution((width, outputs), 1, bias=folded)
        self.bn3 = normalisation(outputs, folded)
        self.relu = nn.ReLU()
        self.downsample = None
        if stride > 1 or inputs != outputs:
            shortcut = convolution((inputs, outputs), 1, stride, bias=folded)
            self.downsample = nn.Sequential(shortcut, normalisation(outputs, folded))

    def branches(self, x):
        """The two values the block adds up: what went through, what went round."""
        through = self.relu(self.bn1(self.conv1(x)))
        through = self.relu(self.bn2(self.conv2(through)))
        through = self.bn3(self.conv3(through))
        return through, x if self.downsample is None else self.downsample(x)

    def forward(self, x):
        through, around = self.branches(x)
        return self.relu(through + around)


class ResNet50(nn.Module):
    def __init__(self, width: int, classes: int, side: int = FULL_SIDE, folded: bool = False):
        super().__init__()
        self.conv1 = convolution((3, width), 7, 2, bias=folded)
        self.bn1 = normalisation(width, folded)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = width
        for stage, blocks in enumerate(RESNET50_BLOCKS):
            inner = width * 2**stage
            first = Bottleneck((inputs, inner), 1 if stage == 0 else 2, folded)
            inputs = inner * EXPANSION
            rest = [Bottleneck((inputs, inner), 1, folded) for _ in range(blocks - 1)]
            self.add_module(f'layer{stage + 1}', nn.Sequential(first, *rest))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


class VGG16(nn.Module):
    """torchvision's vgg16, or its vgg16_bn where `batch_norm`. At side 224 the classifier sees 7 x 7 positions."""

    def __init__(self, width: int, classes: int, side: int = FULL_SIDE, batch_norm: bool = False):
        super().__init__()
        layers, inputs = [], 3
        for factor, convolutions in VGG16_STAGES:
            for _ in range(convolutions):
                outputs = width * factor
                layers.append(convolution((inputs, outputs), 3, bias=True))
                layers += [nn.BatchNorm2d(outputs), nn.ReLU()] if batch_norm else [nn.ReLU()]
                inputs = outputs
            layers.append(nn.MaxPool2d(2, 2))
        hidden, grid = VGG_HIDDEN * width, side // REDUCTION
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(grid)
        self.classifier = nn.Sequential(
            nn.Linear(inputs * grid**2, hidden), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(hidden, classes),
        )  # fmt: skip

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def vgg16_bn(width: int, classes: int, side: int = FULL_SIDE) -> VGG16:
    return VGG16(width, classes, side, batch_norm=True)


def folded_resnet50(width: int, classes: int, side: int = FULL_SIDE) -> ResNet50:
    return ResNet50(width, classes, side, folded=True)


NETWORKS: dict[str, Callable[..., nn.Module]] = {'resnet50': ResNet50, 'vgg16': VGG16, 'vgg16_bn': vgg16_bn}
# The same function without batch norm, which is merged into the convolutions.
FOLDED: dict[str, Callable[..., nn.Module]] = {'resnet50': folded_resnet50, 'vgg16': VGG16, 'vgg16_bn': VGG16}
LAST_LAYER = {'resnet50': 'fc', 'vgg16': 'classifier.6', 'vgg16_bn': 'classifier.6'}


def initialise(network: nn.Module) -> nn.Module:
    """Random weights from which narrow networks learn well; residual blocks begin as the identity."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
    for module in network.modules():
        if isinstance(module, Bottleneck) and isinstance(module.bn3, nn.BatchNorm2d):
            nn.init.zeros_(module.bn3.weight)
    return network


def load_checkpoint(network: nn.Module, name: str, file: Path) -> None:
    """torchvision's weights, or our own; without the last layer where its classes are others.

    Throws ValueError with a sentence where the file does not fit the network.
    """
    try:
        weights = torch.load(file, map_location='cpu', weights_only=True)
    except Exception as cause:
        raise ValueError(f'{file} is not a PyTorch checkpoint that can be read.') from cause
    last = (f'{LAST_LAYER[name]}.weight', f'{LAST_LAYER[name]}.bias')
    fresh = network.state_dict()
    fits = {key: key in weights and weights[key].shape == value.shape for key, value in fresh.items()}
    for key in fresh:
        if not fits[key] and key not in last:
            raise ValueError(f"{file} has no {key} of {name}'s shape; torchvision's weights need --width {FULL_WIDTH} and --side {FULL_SIDE}.")
    network.load_state_dict({key: weights[key] if fits[key] else fresh[key] for key in fresh})


def fold_batch_norm(network: nn.Module, name: str, size: tuple[int, int, int]) -> nn.Module:
    """The folded form of a trained network of (width, classes, side): same logits as in evaluation."""
    folded = FOLDED[name](*size)
    convolutions, norms, linears = (layers_of(network, kind) for kind in (nn.Conv2d, nn.BatchNorm2d, nn.Linear))
    for place, target in enumerate(layers_of(folded, nn.Conv2d)):
        weight, bias = merge(convolutions[place], norms[place]) if norms else parameters_of(convolutions[place])
        target.weight.data, target.bias.data = weight, bias
    for source, target in zip(linears, layers_of(folded, nn.Linear)):
        target.load_state_dict(source.state_dict())
    return folded.eval()


def layers_of(network, kind):
    """Layers in the order in which they are registered; the n-th batch norm follows the n-th convolution."""
    return [module for module in network.modules() if isinstance(module, kind)]


def parameters_of(layer):
    return layer.weight.data.clone(), layer.bias.data.clone()


def merge(layer, norm):
    scale = norm.weight.data.double() / torch.sqrt(norm.running_var.double() + norm.eps)
    weight = layer.weight.data.double() * scale[:, None, None, None]
    shift = 0 if layer.bias is None else layer.bias.data.double()
    bias = norm.bias.data.double() + (shift - norm.running_mean.double()) * scale
    return weight.float(), bias.float()
