"""Narrow relatives of torchvision's VGG, ResNet and DenseNet: the real classes, with fewer channels."""

import torch
from torch import nn
from torchvision.models.densenet import DenseNet
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.models.vgg import VGG, cfgs, make_layers

VGG_PLANS = {'vgg11': 'A', 'vgg13': 'B', 'vgg16': 'D', 'vgg19': 'E'}
VGG_WIDTHS = {64: 4, 128: 6, 256: 6, 512: 8}
CLASSIFIER_WIDTH = 16

RESNET_PLANS = {
    'resnet18': (BasicBlock, [2, 2, 2, 2]),
    'resnet34': (BasicBlock, [3, 4, 6, 3]),
    'resnet50': (Bottleneck, [3, 4, 6, 3]),
    'resnet101': (Bottleneck, [3, 4, 23, 3]),
    'resnet152': (Bottleneck, [3, 8, 36, 3]),
}


class NarrowVGG(VGG):
    """torchvision's VGG with narrow convolutions, a narrow classifier and a settable pooled size."""

    def __init__(self, arch: str, pooled: int, classes: int = 3) -> None:
        plan = [VGG_WIDTHS.get(step, step) for step in cfgs[VGG_PLANS[arch.removesuffix('_bn')]]]
        with torch.device('meta'):
            super().__init__(nn.Sequential(), num_classes=classes, init_weights=False)
        width = VGG_WIDTHS[512] * pooled * pooled
        self.features = make_layers(plan, batch_norm=arch.endswith('_bn'))
        self.avgpool = nn.AdaptiveAvgPool2d((pooled, pooled))
        self.classifier[0] = nn.Linear(width, CLASSIFIER_WIDTH)
        self.classifier[3] = nn.Linear(CLASSIFIER_WIDTH, CLASSIFIER_WIDTH)
        self.classifier[6] = nn.Linear(CLASSIFIER_WIDTH, classes)


class NarrowResNet(ResNet):
    """torchvision's ResNet with `widths` in place of (64, 128, 256, 512)."""

    def __init__(self, arch: str, widths: tuple[int, ...], classes: int = 3) -> None:
        block, depths = RESNET_PLANS[arch]
        with torch.device('meta'):
            super().__init__(block, depths, num_classes=classes)
        self.inplanes = widths[0]
        self.conv1 = nn.Conv2d(3, widths[0], 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(widths[0])
        self.layer1 = self._make_layer(block, widths[0], depths[0])
        self.layer2 = self._make_layer(block, widths[1], depths[1], stride=2)
        self.layer3 = self._make_layer(block, widths[2], depths[2], stride=2)
        self.layer4 = self._make_layer(block, widths[3], depths[3], stride=2)
        self.fc = nn.Linear(widths[3] * block.expansion, classes)


class MeanResNet(NarrowResNet):
    """A ResNet that pools with `x.mean` instead of a pooling module, as many people write it."""

    def __init__(self, arch: str, widths: tuple[int, ...], keepdim: bool, classes: int = 3) -> None:
        super().__init__(arch, widths, classes)
        self.keepdim = keepdim
        self.avgpool = nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        x = x.mean((2, 3), keepdim=self.keepdim)
        return self.fc(torch.flatten(x, 1) if self.keepdim else x)


class ModularDenseNet(DenseNet):
    """DenseNet whose last ReLU and pooling are modules, so that zennit sees them (torchvision calls functions)."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self.last_relu = nn.ReLU()
        self.last_pool = nn.AdaptiveAvgPool2d((1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.last_pool(self.last_relu(self.features(x)))
        return self.classifier(torch.flatten(x, 1))


def use_channels(model: DenseNet, channels: int) -> DenseNet:
    """Lets a DenseNet take pictures of `channels` colors (1: radiographs)."""
    first = model.features.conv0
    model.features.conv0 = nn.Conv2d(channels, first.out_channels, 7, stride=2, padding=3, bias=False)
    return model
