"""Entropy, Kullback-Leibler divergence and cross-entropy: the package behind the book.

Measures of arrays and losses are imported here.  SciPy (for the measures of densities) and SymPy (for ``derivations``,
``families`` and ``entropybook.symbolic``) are loaded only when asked for.
"""

from importlib import import_module

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
    "cross_entropy_density",
    "derivations",
    "differential_entropy",
    "entropy",
    "families",
    "jeffreys_divergence",
    "jensen_shannon_divergence",
    "joint_entropy",
    "kl_divergence",
    "kl_divergence_density",
    "kl_divergence_from_logits",
    "mutual_information",
    "perplexity",
    "surprisal",
]

_OF_DENSITIES = ("cross_entropy_density", "differential_entropy", "kl_divergence_density")


_LIBRARIES = ("derivations", "families")


def __getattr__(name):
    if name in _LIBRARIES:
        return import_module(f"entropybook.{name}")
    if name in _OF_DENSITIES:
        return getattr(import_module("entropybook.continuous"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
