"""Files of small networks of our own, for the operators and habits the families lack."""

import torch

from corpus_case import ALL, Case, Wrapped, modular_tokens, torch_export, torchscript
from own_networks import BranchNetwork, ConvolutionNetwork, PaddedStem, PoolNetwork, TokenNetwork

OPERATOR_CASES = (
    Case(
        'tokens-ts17-log-softmax',
        'tokens',
        'linear layers as MatMul and Add (nn.Linear on three axes, x @ W + b), functional ReLU, view; LogSoftmax',
        torchscript(17),
        TokenNetwork,
        refer=modular_tokens,
        wrap=lambda model: Wrapped(model, lambda x: torch.log_softmax(x, dim=1)).eval(),
        composites=ALL,
    ),
    Case(
        'tokens-ts11-dynamic',
        'tokens',
        'the same with a dynamic batch: view(x.size(0), -1) becomes Shape, Gather, Concat, Reshape',
        torchscript(11, dynamic_batch=True),
        TokenNetwork,
        refer=modular_tokens,
    ),
    Case(
        'tokens-dynamo18-sigmoid',
        'tokens',
        'the same by torch.export, dynamic batch, Sigmoid at the end',
        torch_export(18, dynamic_batch=True),
        TokenNetwork,
        refer=modular_tokens,
        wrap=lambda model: Wrapped(model, torch.sigmoid).eval(),
    ),
    Case(
        'convolutions-ts17',
        'convolutions',
        'depthwise, grouped, dilated, stride 3, oblong kernel, Pad before a convolution, ReLU6; all composites',
        torchscript(17),
        ConvolutionNetwork,
        composites=ALL,
    ),
    Case(
        'convolutions-ts11-bn-dynamic',
        'convolutions',
        'the same with batch norm kept, dynamic batch, old opset: the Pad gets its amounts from Shape',
        torchscript(11, keep_batch_norm=True, dynamic_batch=True),
        ConvolutionNetwork,
    ),
    Case(
        'convolutions-dynamo20',
        'convolutions',
        'the same by torch.export, whose optimizer moves the Pad into the convolution',
        torch_export(20),
        ConvolutionNetwork,
    ),
    Case(
        'padded-stem-ts17',
        'padded-stem',
        'Pad before the first convolution: its zeros are inputs of Flat and ZBox; all composites',
        torchscript(17),
        PaddedStem,
        composites=ALL,
    ),
    Case(
        'pools-ts17',
        'pools',
        'MaxPool: ceil mode, padding; AveragePool: padding counted, not counted, adaptive; all composites',
        torchscript(17),
        PoolNetwork,
        composites=ALL,
    ),
    Case(
        'pools-dynamo18',
        'pools',
        'the same by torch.export',
        torch_export(18),
        PoolNetwork,
    ),
    Case(
        'branches-ts13-dynamic',
        'branches',
        'concatenation of four branches, a 1x1 convolution as classifier before global pooling',
        torchscript(13, dynamic_batch=True),
        BranchNetwork,
    ),
    Case(
        'branches-dynamo18',
        'branches',
        'the same by torch.export; all composites',
        torch_export(18),
        BranchNetwork,
        composites=ALL,
    ),
)
