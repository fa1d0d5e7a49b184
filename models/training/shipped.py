"""The networks of ../networks: their names, and an ONNX file back in PyTorch, so that checks run on what users get."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from networks import FOLDED, VGG_HIDDEN

NETWORKS_FOLDER = Path(__file__).parent.parent / 'networks'
ARCHITECTURES = ('resnet50', 'vgg16')
KINDS = ('biased', 'clean')


@dataclass(frozen=True)
class Shipped:
    domain: str
    architecture: str
    kind: str

    @property
    def name(self) -> str:
        return f'{self.domain}-{self.architecture}-{self.kind}'

    def file(self, folder: Path) -> Path:
        return folder / f'{self.name}.onnx'


def list_shipped(domains: tuple[str, ...] = ('chest', 'skin')) -> Iterator[Shipped]:
    for domain in domains:
        for architecture in ARCHITECTURES:
            for kind in KINDS:
                yield Shipped(domain, architecture, kind)


def load_shipped(file: Path, architecture: str) -> torch.nn.Module:
    """The folded network with the weights of an ONNX file of the TorchScript exporter, in evaluation mode."""
    stored = {
        entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy()) for entry in onnx.load(file).graph.initializer
    }
    last = 'fc' if architecture == 'resnet50' else 'classifier.6'
    classes, inputs = stored[f'{last}.weight'].shape
    width = inputs // 32 if architecture == 'resnet50' else inputs // VGG_HIDDEN
    network = FOLDED[architecture](width, classes)
    network.load_state_dict({key: stored[key] for key in network.state_dict()})
    return network.eval()
