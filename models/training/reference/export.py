"""Writes networks as ONNX files the ways PyTorch and the tools around it write them."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

STACK_TRACE = 'pkg.torch.onnx.stack_trace'
BULKY_METADATA = (STACK_TRACE, 'pkg.torch.onnx.fx_node', 'pkg.torch.onnx.class_hierarchy')


@dataclass(frozen=True)
class Export:
    """How a file is written. `rewrite` are changes made to the exporter's file afterwards."""

    exporter: str
    opset: int
    keep_batch_norm: bool = False
    dynamic_batch: bool = False
    external_data: bool = False
    rewrite: tuple[Callable[[onnx.ModelProto], None], ...] = field(default=())
    keep_metadata: bool = False


def store_as_float_data(model: onnx.ModelProto) -> None:
    """Moves every float tensor from raw bytes to the typed `float_data` field."""
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = numpy_helper.to_array(tensor)
            tensor.CopyFrom(onnx.helper.make_tensor(tensor.name, tensor.data_type, tensor.dims, values.flatten()))


def number_everything(model: onnx.ModelProto) -> None:
    """Names nodes Conv_0, Relu_1, ... and values 0, 1, ... as exporters before PyTorch 1.13 did."""
    for index, node in enumerate(model.graph.node):
        node.name = f'{node.op_type}_{index}'
    _number_values(model.graph)


def remove_names(model: onnx.ModelProto) -> None:
    """Leaves nodes without a name and numbers values, as several optimizers do."""
    for node in model.graph.node:
        node.name = ''
    _number_values(model.graph)


def _number_values(graph: onnx.GraphProto) -> None:
    """Numbers what a node computes and what the exporter folded; a module's own tensors keep their names."""
    fixed = {value.name for value in graph.output}
    computed = [name for node in graph.node for name in node.output if name not in fixed]
    folded = [tensor.name for tensor in graph.initializer if tensor.name.startswith('onnx::')]
    numbers = {name: str(index) for index, name in enumerate(computed + folded)}
    for node in graph.node:
        node.input[:] = [numbers.get(name, name) for name in node.input]
        node.output[:] = [numbers.get(name, name) for name in node.output]
    for tensor in graph.initializer:
        tensor.name = numbers.get(tensor.name, tensor.name)


def move_to_subfolder(model: onnx.ModelProto, path: Path) -> None:
    """Keeps the tensors in a file in a folder beside the model."""
    folder = path.parent / 'external'
    folder.mkdir(exist_ok=True)
    location = f'external/{path.stem}.weights'
    (path.parent / location).unlink(missing_ok=True)
    onnx.save_model(model, path, save_as_external_data=True, location=location, size_threshold=64)
    (path.parent / location).chmod(0o644)


def write_onnx(model: nn.Module, example: torch.Tensor, path: Path, export: Export) -> None:
    """Exports `model` to `path`; `example` has the shape of the input (batch 2 where the batch is dynamic)."""
    for stale in path.parent.glob(f'{path.name}*'):
        stale.unlink()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        EXPORTERS[export.exporter](model, example, path, export)
    _rewrite(path, export)


def _export_by_torchscript(model: nn.Module, example: torch.Tensor, path: Path, export: Export) -> None:
    training = torch.onnx.TrainingMode.PRESERVE if export.keep_batch_norm else torch.onnx.TrainingMode.EVAL
    torch.onnx.export(
        model,
        (example,),
        str(path),
        dynamo=False,
        opset_version=export.opset,
        training=training,
        do_constant_folding=not export.keep_batch_norm,
        input_names=['input'],
        output_names=['output'],
        dynamic_axes={'input': {0: 'batch'}, 'output': {0: 'batch'}} if export.dynamic_batch else None,
    )


def _export_by_torch_export(model: nn.Module, example: torch.Tensor, path: Path, export: Export) -> None:
    torch.onnx.export(
        model,
        (example,),
        str(path),
        dynamo=True,
        opset_version=export.opset,
        optimize=not export.keep_batch_norm,
        external_data=export.external_data,
        dynamic_shapes=({0: torch.export.Dim('batch')},) if export.dynamic_batch else None,
        verbose=False,
    )


EXPORTERS = {'torchscript': _export_by_torchscript, 'torch.export': _export_by_torch_export}


def _rewrite(path: Path, export: Export) -> None:
    model = onnx.load(path, load_external_data=False)
    _tidy_metadata(model, export.keep_metadata)
    for change in export.rewrite:
        change(model)
    if export.external_data and export.exporter == 'torchscript':
        move_to_subfolder(model, path)
    else:
        onnx.save_model(model, path)
    onnx.checker.check_model(str(path))


def _tidy_metadata(model: onnx.ModelProto, keep_metadata: bool) -> None:
    """Drops the bulky part of what torch.export writes about each node, or keeps it with the paths in its stack traces
    cut to those of the packages, so that no folder of the machine is in the file."""
    for node in model.graph.node:
        entries = [(entry.key, entry.value) for entry in node.metadata_props]
        del node.metadata_props[:]
        for key, value in entries:
            if key in BULKY_METADATA and not keep_metadata:
                continue
            if key == STACK_TRACE:
                value = re.sub(r'File "[^"]*?((?:torch|torchvision)/[^"]*|[^"/]*)"', r'File "\1"', value)
            node.metadata_props.add(key=key, value=value)
