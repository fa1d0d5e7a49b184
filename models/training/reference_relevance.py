"""EpsilonPlusFlat with zennit, the field's reference: what the project's own engine is compared with."""

import torch
from zennit.attribution import Gradient
from zennit.canonizers import AttributeCanonizer
from zennit.composites import EpsilonPlusFlat
from zennit.layer import Sum

from networks import Bottleneck
from preprocessing import to_input, to_unit


def summing_forward(block, x):
    """A bottleneck's forward pass with the residual sum as a module, which zennit gives the Norm rule."""
    return block.relu(block.residual_sum(torch.stack(block.branches(x), dim=-1)))


def with_residual_sum(_name, module):
    if not isinstance(module, Bottleneck):
        return None
    return {'forward': summing_forward.__get__(module), 'residual_sum': Sum()}


def attribute(network, picture, target):
    """(logits (classes,), heatmap (height, width)) of one picture uint8 (channels, height, width) in the precision of the plain network given.

    Initial relevance 1 at the target; the heatmap is summed over colours.
    """
    parameter = next(network.parameters())
    batch = to_input(to_unit(picture[None], parameter.dtype))
    composite = EpsilonPlusFlat(canonizers=[AttributeCanonizer(with_residual_sum)])
    with Gradient(model=network, composite=composite) as attributor:
        logits, relevance = attributor(batch, lambda output: torch.eye(output.shape[1]).to(output)[[target]])
    return logits[0].detach(), relevance[0].sum(dim=0).detach()


def positive_share(heatmap, mask):
    """Share of the positive relevance that lies inside the mask; both (height, width)."""
    positive = heatmap.clamp(min=0)
    return (positive[torch.as_tensor(mask)].sum() / positive.sum()).item()
