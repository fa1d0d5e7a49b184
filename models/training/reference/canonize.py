"""Brings a network into the form the rules assume, without changing what it computes."""

import torch
from torch import fx, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def merge_batch_norms(model: nn.Module) -> nn.Module:
    """Folds every batch norm into the convolution before it, where data really flows from one into the other.

    A pair counts when the batch norm is the convolution's only reader. zennit's SequentialMergeBatchNorm goes by the
    order of definition instead, which for DenseNet pairs layers with a concatenation between them. Batch norms that
    stay (before a ReLU, after a concatenation or pooling) keep the rule the composite has for them.
    """
    graph = fx.symbolic_trace(model).graph
    for node in graph.nodes:
        if not _is_module(model, node, nn.BatchNorm2d):
            continue
        source = node.args[0]
        if _is_module(model, source, nn.Conv2d) and len(source.users) == 1:
            convolution = model.get_submodule(source.target)
            model.set_submodule(source.target, fuse_conv_bn_eval(convolution, model.get_submodule(node.target)))
            model.set_submodule(node.target, nn.Identity())
    return model


def forbid_in_place(model: nn.Module) -> nn.Module:
    """Makes every activation write to a new tensor, so that stored inputs of rules stay what they were."""
    for module in model.modules():
        if hasattr(module, 'inplace'):
            module.inplace = False
    return model


def prepare(model: nn.Module, dtype: torch.dtype) -> nn.Module:
    """The network in `dtype`, canonized. Converts first: statistics must not be shadowed (zennit keeps copies)."""
    return forbid_in_place(merge_batch_norms(model.to(dtype).eval()))


def _is_module(model: nn.Module, node: object, kind: type[nn.Module]) -> bool:
    if not isinstance(node, fx.Node) or node.op != 'call_module':
        return False
    return isinstance(model.get_submodule(node.target), kind)
