"""Entropy, Kullback-Leibler divergence and cross-entropy: the package behind the book.

Measures of arrays and losses are imported here.  SciPy (for the measures of densities) and SymPy (for ``derivations``,
``families`` and ``entropybook.symbolic``) are loaded only when asked for: ``from entropybook import *`` gives the
measures of arrays and the losses, the others are imported by name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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

_WHEN_ASKED_FOR = {  # and from which module
    "cross_entropy_density": "continuous",
    "derivations": "derivations",
    "differential_entropy": "continuous",
    "families": "families",
    "kl_divergence_density": "continuous",
}

if TYPE_CHECKING:
    from entropybook.continuous import cross_entropy_density as cross_entropy_density
    from entropybook.continuous import differential_entropy as differential_entropy
    from entropybook.continuous import kl_divergence_density as kl_divergence_density
    from entropybook.derivations import derivations as derivations
    from entropybook.families import families as families
else:

    def __getattr__(name):
        if name not in _WHEN_ASKED_FOR:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"entropybook.{_WHEN_ASKED_FOR[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*__all__, *_WHEN_ASKED_FOR})
