"""A trained network as ONNX, by either of PyTorch's exporters, with the manifest that Relevance Lightbox reads."""

import json
import warnings
from pathlib import Path

import torch
from torch import nn

from preprocessing import MEAN, STD

OPSETS = {'torchscript': 17, 'dynamo': 18}


def export_torchscript(network: nn.Module, file: Path, side: int) -> None:
    torch.onnx.export(
        network, (torch.zeros(1, 3, side, side),), file, dynamo=False, opset_version=OPSETS['torchscript'],
        input_names=['input'], output_names=['logits'],
        dynamic_axes={'input': {0: 'batch'}, 'logits': {0: 'batch'}},
    )  # fmt: skip


def export_dynamo(network: nn.Module, file: Path, side: int) -> None:
    """Traced with two pictures: with one, the number of pictures would be taken for fixed."""
    torch.onnx.export(
        network, (torch.zeros(2, 3, side, side),), file, dynamo=True, opset_version=OPSETS['dynamo'], verbose=False,
        input_names=['input'], output_names=['logits'], external_data=False,
        dynamic_shapes=({0: torch.export.Dim('batch')},),
    )  # fmt: skip


EXPORTERS = {'torchscript': export_torchscript, 'dynamo': export_dynamo}


def export_network(network: nn.Module, file: Path, side: int, exporter: str = 'torchscript') -> None:
    """The network must be in evaluation mode. `exporter`: torchscript, or dynamo (torch.export)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        EXPORTERS[exporter](network, file, side)


def save_manifest(file: Path, labels: tuple[str, ...], side: int, texts: dict[str, str]) -> None:
    """<file without .onnx>.manifest.json; texts: title and notes."""
    manifest = {
        'title': texts['title'],
        'input': {
            'width': side, 'height': side, 'channels': 'rgb', 'resize': 'bilinear-antialiased', 'fit': 'whole',
            'range': [0, 1], 'mean': MEAN, 'std': STD,
        },
        'labels': labels,
        'notes': texts['notes'],
    }  # fmt: skip
    file.with_suffix('.manifest.json').write_text(json.dumps(manifest, indent=2) + '\n', encoding='utf-8')
