"""A shipped ONNX network back in PyTorch, so that checks run on what users get."""

import onnx
import torch
from onnx import numpy_helper

from networks import create_network
from phantoms.chest.phantom import LABELS


def load_shipped(name, folder):
    """The plain network with the weights of <folder>/<name>-phantom.onnx, in evaluation mode."""
    initializers = onnx.load(folder / f'{name}-phantom.onnx').graph.initializer
    stored = {entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy()) for entry in initializers}
    network = create_network(name, len(LABELS), plain=True)
    network.load_state_dict({key: stored[key] for key in network.state_dict()})
    return network.eval()
