"""The corpus: every file, in the order of its README."""

from operator_cases import OPERATOR_CASES
from torchvision_cases import DENSENET_CASES, RESNET_CASES, VGG_CASES

CASES = VGG_CASES + RESNET_CASES + DENSENET_CASES + OPERATOR_CASES
