"""Which PyTorch module each Conv, Gemm and MatMul of a file came from, checked by the weights."""

from pathlib import Path

import numpy
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from own_networks import MatrixLayer

LAYER_OPERATORS = ('Conv', 'Gemm', 'MatMul')
LAYER_MODULES = (nn.Conv2d, nn.Linear, MatrixLayer)


def name_layers(model: nn.Module, example: torch.Tensor, path: Path) -> list[dict[str, str]]:
    """One entry per Conv, Gemm and MatMul in the order of the file: PyTorch's module name, the operator, the name of
    its output value. Raises ValueError if a node's weights are not the module's, up to a factor per output channel
    (a folded batch norm)."""
    onnx_model = onnx.load(path)
    nodes = [node for node in onnx_model.graph.node if node.op_type in LAYER_OPERATORS]
    weights = _resolve_tensors(onnx_model.graph)
    unclaimed = _list_called(model, example)
    layers = []
    for node in nodes:
        name = next((name for name in unclaimed if _is_same(weights[node.input[1]], model.get_submodule(name))), None)
        if name is None:
            raise ValueError(f'{path.name}: no module has the weights of {node.name or node.output[0]}')
        unclaimed.remove(name)
        layers.append({'name': name, 'operator': node.op_type, 'output': node.output[0]})
    if unclaimed:
        raise ValueError(f'{path.name}: no node for {unclaimed}')
    return layers


def _list_called(model: nn.Module, example: torch.Tensor) -> list[str]:
    called: list[str] = []
    hooks = [
        module.register_forward_hook(lambda *_, name=name: called.append(name))
        for name, module in model.named_modules()
        if isinstance(module, LAYER_MODULES)
    ]
    with torch.no_grad():
        model(example)
    for hook in hooks:
        hook.remove()
    return called


def _resolve_tensors(graph: onnx.GraphProto) -> dict[str, numpy.ndarray]:
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == 'Constant' and node.attribute[0].name == 'value':
            tensors[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        elif node.op_type == 'Identity' and node.input[0] in tensors:
            tensors[node.output[0]] = tensors[node.input[0]]
        elif node.op_type == 'Transpose' and node.input[0] in tensors:
            order = onnx.helper.get_attribute_value(node.attribute[0])
            tensors[node.output[0]] = tensors[node.input[0]].transpose(order)
    return tensors


def _is_same(found: numpy.ndarray, module: nn.Module) -> bool:
    expected = module.weight.detach().numpy()
    for candidate in (found, found.T) if found.ndim == 2 else (found,):
        if candidate.shape == expected.shape and _is_scaled(candidate, expected):
            return True
    return False


def _is_scaled(found: numpy.ndarray, expected: numpy.ndarray) -> bool:
    found, expected = (array.reshape(array.shape[0], -1).astype(numpy.float64) for array in (found, expected))
    scale = (found * expected).sum(axis=1, keepdims=True) / (expected**2).sum(axis=1, keepdims=True)
    return bool(numpy.abs(found - scale * expected).max() <= 1e-5 * numpy.abs(found).max())
