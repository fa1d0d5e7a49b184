"""Files of small networks of our own, for the operators and habits the families lack."""

from functools import partial

import torch

from corpus_case import ALL, Case, Wrapped, modular_tokens, torch_export, torchscript
from own_networks import (
    BranchNetwork,
    ConvolutionNetwork,
    PaddedStem,
    PoolNetwork,
    TokenNetwork,
    UnevenPoolNetwork,
)

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
        'uneven-8to7-dynamo18',
        'uneven',
        'adaptive pooling 8x8 to 7x7, overlapping windows of one size: GatherND and ReduceMean; all composites',
        torch_export(18),
        partial(UnevenPoolNetwork, (4, 4), (4, 4)),
        composites=ALL,
    ),
    Case(
        'uneven-10to7-dynamo20-dynamic',
        'uneven',
        'adaptive pooling 10x10 to 7x7, windows of 2 and 3, dynamic batch: GatherND, Where, sums, Div; all composites',
        torch_export(20, dynamic_batch=True),
        partial(UnevenPoolNetwork, (5, 5), (3, 3)),
        composites=ALL,
    ),
    Case(
        'uneven-5to7-dynamo18-raw',
        'uneven',
        'adaptive pooling 5x5 to more than its input, 7x7, without the optimizer: indices computed by Range, Floor, ...',
        torch_export(18, keep_batch_norm=True),
        partial(UnevenPoolNetwork, (8, 8), (6, 6)),
        composites=ALL,
    ),
    Case(
        'uneven-6x9to7x7-dynamo18-external',
        'uneven',
        'adaptive pooling of oblong 6x9 to 7x7; indices in FILE.onnx.data; all composites',
        torch_export(18, external_data=True),
        partial(UnevenPoolNetwork, (7, 8), (5, 3)),
        composites=ALL,
    ),
    Case(
        'uneven-10x8to7x4-dynamo18-raw-dynamic',
        'uneven',
        'adaptive pooling that divides the width alone, without the optimizer, dynamic batch',
        torch_export(18, keep_batch_norm=True, dynamic_batch=True),
        partial(UnevenPoolNetwork, (5, 4), (3, 4), (7, 4)),
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
