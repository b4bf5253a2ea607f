"""Entropy, Kullback-Leibler divergence and cross-entropy: the package behind the book.

Measures of arrays are imported here; SymPy (``entropybook.symbolic``) and Matplotlib (``entropybook.plots``)
are loaded only when those modules are asked for.
"""

from entropybook.discrete import (
    conditional_entropy,
    cross_entropy,
    entropy,
    jeffreys_divergence,
    jensen_shannon_divergence,
    joint_entropy,
    kl_divergence,
    mutual_information,
    surprisal,
)
from entropybook.losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    categorical_cross_entropy,
    categorical_cross_entropy_from_logits,
    kl_divergence_from_logits,
    perplexity,
)

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_from_logits",
    "categorical_cross_entropy",
    "categorical_cross_entropy_from_logits",
    "conditional_entropy",
    "cross_entropy",
    "entropy",
    "jeffreys_divergence",
    "jensen_shannon_divergence",
    "joint_entropy",
    "kl_divergence",
    "kl_divergence_from_logits",
    "mutual_information",
    "perplexity",
    "surprisal",
]
