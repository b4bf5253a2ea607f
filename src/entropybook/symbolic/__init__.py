"""The measures of `discrete` as SymPy expressions, and `prove_equal`, which proves that two expressions are equal.

A distribution is either

* a `Pmf`, with any number of outcomes: ``p = Pmf("p", n)`` with a symbol or a number n, or ``Pmf("p", n, m)`` for a
  pair of variables; its entries ``p[1], ..., p[n]`` are positive and sum to 1;
* or a sequence (a Matrix, for a pair) of SymPy expressions, such as ``[p, 1 - p]``; here zeros are allowed.

SymPy alone is not a verifier: some of its answers are wrong, and silently so.  `prove_equal` therefore asks for two
things, a reduction of the difference to zero *and* agreement of both sides, to 30 digits, at random points (tiny,
moderate, large, and near the numbers in the claim), computed by another route: sums term by term, integrals by
quadrature, derivatives by differences, limits by going near.  What SymPy evaluates on the way, a limit, a derivative,
an integral, a sum, must pass that test by itself, and its form must show that it exists: see `require_sound`.
"""

from entropybook.symbolic.existence import ProofError, require_sound
from entropybook.symbolic.expressions import axes, symbols_in, with_fresh_indices, with_plain_indices
from entropybook.symbolic.measures import (
    Channel,
    Pmf,
    conditional_entropy,
    cross_entropy,
    entropy,
    entropy_of_marginal,
    explicit,
    jeffreys_divergence,
    jensen_shannon_divergence,
    joint_entropy,
    kl_divergence,
    marginal,
    mutual_information,
    surprisal,
)
from entropybook.symbolic.proof import check, prove_equal
from entropybook.symbolic.sampling import find_counterexample
from entropybook.symbolic.signs import has_sign, indices_fit, is_real

__all__ = [
    "Channel",
    "Pmf",
    "ProofError",
    "axes",
    "check",
    "conditional_entropy",
    "cross_entropy",
    "entropy",
    "entropy_of_marginal",
    "explicit",
    "find_counterexample",
    "has_sign",
    "indices_fit",
    "is_real",
    "jeffreys_divergence",
    "jensen_shannon_divergence",
    "joint_entropy",
    "kl_divergence",
    "marginal",
    "mutual_information",
    "prove_equal",
    "require_sound",
    "surprisal",
    "symbols_in",
    "with_fresh_indices",
    "with_plain_indices",
]
