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
    perplexity,
    surprisal,
)

__all__ = [
    "conditional_entropy",
    "cross_entropy",
    "entropy",
    "jeffreys_divergence",
    "jensen_shannon_divergence",
    "joint_entropy",
    "kl_divergence",
    "mutual_information",
    "perplexity",
    "surprisal",
]
