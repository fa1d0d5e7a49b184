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
BULKY_METADATA = (STACK_TRACE, 'pkg.torch.onnx.fx_node')


@dataclass(frozen=True)
class Export:
    """How a file is written. `rewrite` are changes made to the exporter's file afterwards."""

    exporter: str
    opset: int
    keep_batch_norm: bool = False
    dynamic_batch: bool = False
    external_data: bool = False
    rewrite: tuple[Callable[[onnx.ModelProto], None], ...] = field(default=())
    keep_traces: bool = False


def store_as_float_data(model: onnx.ModelProto) -> None:
    """Moves every float tensor from raw bytes to the typed `float_data` field."""
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = numpy_helper.to_array(tensor)
            tensor.CopyFrom(onnx.helper.make_tensor(tensor.name, tensor.data_type, tensor.dims, values.flatten()))


def number_nodes(model: onnx.ModelProto) -> None:
    """Names nodes Conv_0, Relu_1, ... as exporters before PyTorch 1.13 did."""
    for index, node in enumerate(model.graph.node):
        node.name = f'{node.op_type}_{index}'


def remove_node_names(model: onnx.ModelProto) -> None:
    """Leaves nodes without a name, as several optimizers do."""
    for node in model.graph.node:
        node.name = ''


def move_to_subfolder(model: onnx.ModelProto, path: Path) -> None:
    """Keeps the tensors in a file in a folder beside the model."""
    folder = path.parent / 'external'
    folder.mkdir(exist_ok=True)
    location = f'external/{path.stem}.weights'
    (path.parent / location).unlink(missing_ok=True)
    onnx.save_model(model, path, save_as_external_data=True, location=location, size_threshold=64)


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
    _tidy_metadata(model, export.keep_traces)
    for change in export.rewrite:
        change(model)
    if export.external_data and export.exporter == 'torchscript':
        move_to_subfolder(model, path)
    else:
        onnx.save_model(model, path)
    onnx.checker.check_model(str(path))


def _tidy_metadata(model: onnx.ModelProto, keep_traces: bool) -> None:
    """Shortens the stack traces that torch.export writes to paths without folders of the machine, or drops them."""
    for node in model.graph.node:
        kept = [(entry.key, entry.value) for entry in node.metadata_props if keep_traces or entry.key not in BULKY_METADATA]
        del node.metadata_props[:]
        for key, value in kept:
            if key == STACK_TRACE:
                value = re.sub(r'File "[^"]*?((?:torch|torchvision)/[^"]*|[^"/]*)"', r'File "\1"', value)
            node.metadata_props.add(key=key, value=value)
