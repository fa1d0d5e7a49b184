"""ResNet50 and VGG16 in torchvision's layout and module names, at any width, so that torchvision itself is not needed.

Each comes in two forms: with batch norm for training, and plain (batch norm folded into biased convolutions) for use.
Input (n, 3, 224, 224), output logits (n, classes).
"""

from collections import OrderedDict

import torch
from torch import nn

RESNET50_BLOCKS = (3, 4, 6, 3)
EXPANSION = 4
VGG16_STAGES = ((1, 2), (2, 2), (4, 3), (8, 3), (8, 3))  # (width factor, convolutions)
VGG_GRID = 7  # positions along a side that reach the classifier


def convolution(channels, kernel, stride=1, plain=False):
    return nn.Conv2d(*channels, kernel, stride, padding=kernel // 2, bias=plain)


def normalisation(channels, plain):
    return nn.Identity() if plain else nn.BatchNorm2d(channels)


class Bottleneck(nn.Module):
    def __init__(self, channels, stride, plain):
        super().__init__()
        inputs, width = channels
        outputs = width * EXPANSION
        self.conv1 = convolution((inputs, width), 1, plain=plain)
        self.bn1 = normalisation(width, plain)
        self.conv2 = convolution((width, width), 3, stride, plain)
        self.bn2 = normalisation(width, plain)
        self.conv3 = convolution((width, outputs), 1, plain=plain)
        self.bn3 = normalisation(outputs, plain)
        self.relu = nn.ReLU()
        self.downsample = None
        if stride > 1 or inputs != outputs:
            shortcut = convolution((inputs, outputs), 1, stride, plain)
            self.downsample = nn.Sequential(shortcut, normalisation(outputs, plain))

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
    def __init__(self, width, classes, plain=False):
        super().__init__()
        self.conv1 = convolution((3, width), 7, 2, plain)
        self.bn1 = normalisation(width, plain)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = width
        for stage, blocks in enumerate(RESNET50_BLOCKS):
            inner = width * 2**stage
            first = Bottleneck((inputs, inner), 1 if stage == 0 else 2, plain)
            inputs = inner * EXPANSION
            rest = [Bottleneck((inputs, inner), 1, plain) for _ in range(blocks - 1)]
            self.add_module(f'layer{stage + 1}', nn.Sequential(first, *rest))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


class VGG16(nn.Module):
    def __init__(self, width, classes, plain=False):
        super().__init__()
        layers, inputs = [], 3
        for factor, convolutions in VGG16_STAGES:
            for _ in range(convolutions):
                outputs = width * factor
                layers += [convolution((inputs, outputs), 3, plain=plain), normalisation(outputs, plain), nn.ReLU()]
                inputs = outputs
            layers.append(nn.MaxPool2d(2, 2))
        hidden = 12 * width
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(VGG_GRID)
        self.classifier = nn.Sequential(
            nn.Linear(inputs * VGG_GRID**2, hidden), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(hidden, classes),
        )  # fmt: skip

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


NETWORKS = {'resnet': ResNet50, 'vgg': VGG16}
WIDTHS = {'resnet': 6, 'vgg': 4}


def create_network(name, classes, plain=False):
    return NETWORKS[name](WIDTHS[name], classes, plain)


def initialise(network):
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
    for module in network.modules():
        if isinstance(module, Bottleneck):
            nn.init.zeros_(module.bn3.weight)
    return network


def fold_batch_norm(network, name, classes):
    """The plain form of a trained network: every batch norm merged into its convolution, same logits as in evaluation."""
    plain = create_network(name, classes, plain=True)
    weights = OrderedDict()
    modules = dict(network.named_modules())
    order = list(modules)
    for position, (path, module) in enumerate(modules.items()):
        if isinstance(module, nn.Linear):
            weights[f'{path}.weight'], weights[f'{path}.bias'] = module.weight, module.bias
        if isinstance(module, nn.Conv2d):
            merged = merge(module, following_norm(modules, order[position + 1 :], path))
            weights[f'{path}.weight'], weights[f'{path}.bias'] = merged
    plain.load_state_dict(weights)
    return plain.eval()


def following_norm(modules, later, path):
    """The batch norm of a convolution: bnN beside convN, or the next entry of the same Sequential."""
    beside = path.replace('conv', 'bn')
    if beside != path:
        return modules[beside]
    return next(modules[name] for name in later if isinstance(modules[name], nn.BatchNorm2d))


def merge(convolution_layer, norm):
    scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
    weight = convolution_layer.weight.double() * scale[:, None, None, None]
    bias = norm.bias.double() - norm.running_mean.double() * scale
    return weight.float(), bias.float()
