"""Small networks of our own, each a collection of the operators and habits that real exports contain."""

import torch
import torch.nn.functional as F
from torch import nn

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


def convolution(inputs: int, outputs: int, kernel: int = 3, **settings: object) -> nn.Sequential:
    """Convolution, batch norm, ReLU."""
    settings.setdefault('padding', kernel // 2)
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, bias=False, **settings), nn.BatchNorm2d(outputs), nn.ReLU())


class SubtractAndDivide(nn.Module):
    """Pixel normalisation as (x - mean) / std."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer('mean', torch.tensor(MEAN).reshape(1, 3, 1, 1))
        self.register_buffer('std', torch.tensor(STD).reshape(1, 3, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (x - self.mean) / self.std


class ScaleAndShift(nn.Module):
    """The same normalisation as x * (1 / std) + (-mean / std)."""

    def __init__(self) -> None:
        super().__init__()
        mean, std = torch.tensor(MEAN), torch.tensor(STD)
        self.register_buffer('scale', (1 / std).reshape(1, 3, 1, 1))
        self.register_buffer('shift', (-mean / std).reshape(1, 3, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.scale + self.shift


class MatrixLayer(nn.Module):
    """A linear layer written as a matrix product: x @ weight + bias, weight of shape (inputs, outputs)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ self.weight + self.bias


class TokenNetwork(nn.Module):
    """Linear layers that are not Gemm: one on the last axis of three, one as a matrix product. ReLU as a function."""

    def __init__(self, head: type[nn.Module] = MatrixLayer, classes: int = 4) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.relu1 = nn.ReLU()
        self.conv = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.relu2 = nn.ReLU()
        self.mix = nn.Linear(64, 12)
        self.relu3 = nn.ReLU()
        self.head = head(8 * 12, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.conv(F.relu(self.stem(x))))
        x = F.relu(self.mix(x.flatten(2)))
        return self.head(x.view(x.size(0), -1))


class ModularTokenNetwork(TokenNetwork):
    """The TokenNetwork whose functions are modules."""

    def __init__(self, classes: int = 4) -> None:
        super().__init__(nn.Linear, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu2(self.conv(self.relu1(self.stem(x))))
        x = self.relu3(self.mix(x.flatten(2)))
        return self.head(torch.flatten(x, 1))


class ConvolutionNetwork(nn.Module):
    """Depthwise, grouped, dilated, strided by 3, oblong and asymmetrically padded convolutions; ReLU6 and Dropout."""

    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.stem = convolution(3, 8, stride=2)
        self.stem[2] = nn.ReLU6()
        self.depthwise = convolution(8, 8, stride=2, padding=0, groups=8)
        self.depthwise[2] = nn.ReLU6()
        self.pointwise = convolution(8, 12, kernel=1)
        self.grouped = convolution(12, 12, groups=3)
        self.dilated = convolution(12, 12, padding=2, dilation=2)
        self.oblong = nn.Conv2d(12, 12, (1, 5), padding=(0, 2))
        self.relu = nn.ReLU()
        self.strided = convolution(12, 16, stride=3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(16, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.pad(self.stem(x), (0, 1, 0, 1))
        x = self.grouped(self.pointwise(self.depthwise(x)))
        x = self.strided(self.relu(self.oblong(self.dilated(x))))
        x = self.pool(x)
        return self.classifier(self.dropout(x.view(x.size(0), -1)))


class PaddedStem(nn.Module):
    """A Pad before the very first convolution: its zeros are inputs of that convolution, unlike its own padding."""

    def __init__(self, classes: int = 3) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, stride=2)
        self.relu1 = nn.ReLU()
        self.conv = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.relu2 = nn.ReLU()
        self.fc = nn.Linear(8 * 64, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu1(self.stem(F.pad(x, (0, 1, 0, 1))))
        return self.fc(torch.flatten(self.relu2(self.conv(x)), 1))


class PoolNetwork(nn.Module):
    """Every way to pool: ceil mode, padding counted and not counted, adaptive to several sizes, repeated Dropout."""

    def __init__(self, adaptive: int = 4, classes: int = 3) -> None:
        super().__init__()
        self.conv1 = convolution(3, 6)
        self.max_ceil = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.conv2 = convolution(6, 8)
        self.average_padded = nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=True)
        self.conv3 = convolution(8, 8)
        self.average_unpadded = nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)
        self.max_padded = nn.MaxPool2d(3, stride=1, padding=1)
        self.conv4 = convolution(8, 8)
        self.average_adaptive = nn.AdaptiveAvgPool2d(adaptive)
        self.dropout = nn.Dropout2d(0.1)
        self.fc = nn.Linear(8 * adaptive * adaptive, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.average_padded(self.conv2(self.max_ceil(self.conv1(x))))
        x = self.max_padded(self.average_unpadded(self.conv3(x)))
        x = self.dropout(self.average_adaptive(self.conv4(x)))
        return self.fc(torch.flatten(x, 1))


class UnevenPoolNetwork(nn.Module):
    """Adaptive pooling to a size that does not divide its input's, so that its windows differ in size. The first
    convolution (kernel, stride) sets the size that is pooled."""

    def __init__(
        self, kernel: tuple[int, int], stride: tuple[int, int], pooled: tuple[int, int] = (7, 7), classes: int = 3
    ) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, kernel, stride), nn.ReLU())
        self.conv = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU())
        self.avgpool = nn.AdaptiveAvgPool2d(pooled)
        self.classifier = nn.Linear(8 * pooled[0] * pooled[1], classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.avgpool(self.conv(self.stem(x)))
        return self.classifier(torch.flatten(x, 1))


class BranchNetwork(nn.Module):
    """Parallel branches joined by concatenation, and a 1x1 convolution as the classifier before global pooling."""

    def __init__(self, classes: int = 5) -> None:
        super().__init__()
        self.stem = convolution(3, 6, stride=2)
        self.point = convolution(6, 4, kernel=1)
        self.wide = nn.Sequential(convolution(6, 4, kernel=1), convolution(4, 4, kernel=5))
        self.pooled = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), convolution(6, 4, kernel=1))
        self.merge = convolution(18, 12, stride=2)
        self.head = nn.Conv2d(12, classes, 1)
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        x = self.merge(torch.cat([self.point(x), self.wide(x), self.pooled(x), x], dim=1))
        return torch.flatten(self.pool(self.head(x)), 1)
