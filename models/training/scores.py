"""ROC AUC of each class against the rest."""

import numpy as np


def area_under_curve(values: np.ndarray, positive: np.ndarray) -> float:
    """How often a positive has the higher value than a negative, ties counted half; NaN where there are none of either."""
    high, low = values[positive], values[~positive]
    if not high.size or not low.size:
        return float('nan')
    ranks = np.searchsorted(np.sort(low), high, side='left') + np.searchsorted(np.sort(low), high, side='right')
    return float(ranks.sum() / (2 * high.size * low.size))


def auc_by_class(probabilities: np.ndarray, targets: np.ndarray, labels: tuple[str, ...]) -> dict[str, float]:
    """probabilities (n, classes), targets (n,); the mean stands under 'mean'."""
    scores = {label: area_under_curve(probabilities[:, at], targets == at) for at, label in enumerate(labels)}
    return {label: round(score, 4) for label, score in {**scores, 'mean': float(np.mean(list(scores.values())))}.items()}
