"""The training loop."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from preprocessing import to_input, to_unit


@dataclass(frozen=True)
class Plan:
    epochs: int
    batch: int
    rate: float  # highest learning rate
    weight_decay: float = 0.02


def weigh_classes(targets: np.ndarray, classes: int) -> Tensor:
    """Inverse to how often the class occurs, 1 on average over the pictures."""
    counts = np.bincount(targets, minlength=classes)
    return torch.tensor(len(targets) / (classes * np.maximum(counts, 1)), dtype=torch.float32)


def train(network: nn.Module, pictures: np.ndarray, targets: np.ndarray, plan: Plan, augment: Callable | None) -> None:
    """Train in place, classes weighted; pictures uint8 (n, channels, side, side)."""
    weights = weigh_classes(targets, int(targets.max()) + 1)
    answers = torch.as_tensor(targets)
    steps = max(1, len(answers) // plan.batch)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=plan.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=plan.rate, total_steps=plan.epochs * steps)
    for epoch in range(plan.epochs):
        start, losses = time.time(), []
        network.train()
        for places in torch.randperm(len(answers)).split(plan.batch)[:steps]:
            batch = to_unit(pictures[places.numpy()])
            batch = augment(batch) if augment else batch
            loss = functional.cross_entropy(network(to_input(batch)), answers[places], weights)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        took = time.time() - start
        print(f'epoch {epoch + 1}/{plan.epochs}: loss {np.mean(losses):.3f}, {took:.0f} s', file=sys.stderr, flush=True)


@torch.no_grad()
def predict(network: nn.Module, pictures: np.ndarray, batch: int = 32) -> Tensor:
    """Logits (n, classes) of uint8 pictures (n, channels, side, side), in evaluation mode."""
    network.eval()
    parts = [pictures[start : start + batch] for start in range(0, len(pictures), batch)]
    return torch.cat([network(to_input(to_unit(part))) for part in parts])
