"""The training loop."""

import math
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
    half_epochs: int  # of these, the first ones at half size: a quarter of the work
    batch: int
    rate: float  # highest learning rate
    second_cycle: float = 0.0  # of that rate, for a cycle of its own for the epochs at full size; 0 = one cycle for all
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
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.weight_decay)
    schedule = create_schedule(optimizer, plan, steps)
    for epoch in range(plan.epochs):
        start, losses = time.time(), []
        network.train()
        for places in torch.randperm(len(answers)).split(plan.batch)[:steps]:
            batch = to_unit(pictures[places.numpy()])
            if epoch < plan.half_epochs:
                batch = functional.avg_pool2d(batch, 2)
            batch = augment(batch) if augment else batch
            loss = functional.cross_entropy(network(to_input(batch)), answers[places], weights)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        took = time.time() - start
        print(f'epoch {epoch + 1}/{plan.epochs}: loss {np.mean(losses):.3f}, {took:.0f} s', file=sys.stderr, flush=True)


def create_schedule(optimizer: torch.optim.Optimizer, plan: Plan, steps: int) -> torch.optim.lr_scheduler.LRScheduler:
    """One cycle, up and down, or one for each size; `steps` of an epoch."""
    full_epochs = plan.epochs - plan.half_epochs
    if not (plan.second_cycle and plan.half_epochs and full_epochs):
        return torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=plan.rate, total_steps=plan.epochs * steps)
    switch = plan.half_epochs * steps

    def share_at(step: int) -> float:
        if step < switch:
            return one_cycle(step / switch)
        return plan.second_cycle * one_cycle((step - switch) / (full_epochs * steps))

    return torch.optim.lr_scheduler.LambdaLR(optimizer, share_at)


def one_cycle(progress: float) -> float:
    """Learning rate as a share of the highest: up by half a cosine for 0.3 of the way, down by another for the rest."""
    rising = progress / 0.3
    height = (1 - math.cos(math.pi * rising)) / 2 if rising < 1 else (1 + math.cos(math.pi * (progress - 0.3) / 0.7)) / 2
    return 0.04 + 0.96 * height if rising < 1 else height


@torch.no_grad()
def predict(network: nn.Module, pictures: np.ndarray, batch: int = 32) -> Tensor:
    """Logits (n, classes) of uint8 pictures (n, channels, side, side), in evaluation mode."""
    network.eval()
    parts = [pictures[start : start + batch] for start in range(0, len(pictures), batch)]
    return torch.cat([network(to_input(to_unit(part))) for part in parts])
