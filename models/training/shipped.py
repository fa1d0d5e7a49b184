"""The networks of ../networks: their names, and an ONNX file back in PyTorch, so that checks run on what users get."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from networks import FOLDED, LAST_LAYER

NETWORKS_FOLDER = Path(__file__).parent.parent / 'networks'
ARCHITECTURES = ('resnet50', 'vgg16')
KINDS = ('clean', 'biased')
FIRST_LAYER = {'resnet50': 'conv1', 'vgg16': 'features.0'}


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


def side_of(file: Path) -> int:
    """Pixels along the input's side."""
    return onnx.load(file).graph.input[0].type.tensor_type.shape.dim[-1].dim_value


def load_shipped(file: Path, architecture: str) -> torch.nn.Module:
    """The folded network with the weights of an ONNX file of the TorchScript exporter, in evaluation mode."""
    stored = {
        entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy()) for entry in onnx.load(file).graph.initializer
    }
    width = stored[f'{FIRST_LAYER[architecture]}.weight'].shape[0]
    network = FOLDED[architecture](width, len(stored[f'{LAST_LAYER[architecture]}.bias']), side_of(file))
    network.load_state_dict({key: stored[key] for key in network.state_dict()})
    return network.eval()
