"""Measures of probability mass functions given as arrays.

What holds for every function here:

* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.  Bits are exact where all
  probabilities are powers of two, and so are units of 4, 8, ..., as far as a double can hold them.
* **Shapes.** A distribution lies along ``axis`` (the last one unless told otherwise), and the answer has the shape
  that is left: a Python float for one distribution, an array for many.  Two arguments must have equal shapes.
  A joint distribution is ``joint[..., x, y]`` and takes up the last two axes.
* **Zeros.** ``0 log 0 = 0``, and ``p log(p/0) = inf`` for ``p > 0``: infinite is infinite, nothing is clipped.  What
  is finite, but above the largest double, is an ``OverflowError`` (only losses and perplexities can be).
* **Normalisation.** Entries that sum to 1 within rounding (1e-6; 1e-5 in float32, 1e-3 in float16) are taken as
  they are meant, a distribution: the answer is that of the entries divided by their sum.  Any other sum is an error
  unless ``normalize=True``.  (Give two nearly equal vectors nearly equal sums: once the sums differ by a share c, and
  the distributions by a share of only eps, a divergence loses about 1e-16 c/eps of itself; and an entry below
  1e-308 of its sum may count as 0.)
* **Bad input.** ``TypeError`` for what is not an array of real numbers (strings, complex numbers, masked arrays),
  numbers longer than float64 and options of the wrong type; ``ValueError``, naming the argument, the place and the
  value, for entries that are negative, nan, infinite or whole numbers that float64 does not have, a sum that is not 1,
  shapes that differ, an axis that is not there, empty or 0-d input and a base that is not a finite number above 1.
"""

from functools import partial

import numpy as np

from entropybook.inputs import probabilities, real_array
from entropybook.masses import (
    cross_entropy_of,
    in_units,
    jensen_shannon_of,
    kl_of,
    mean_over_rows,
    to_distributions,
    to_masses,
    to_pair,
    to_tables,
)


def surprisal(p, *, base=None):
    r"""Surprisal (self-information) of outcomes of probability `p`: -log p, elementwise.

    .. math:: s(p) = \begin{cases} -\log p & 0 < p \le 1 \\ +\infty & p = 0 \end{cases}

    `p` is one probability or an array of them, which need not sum to 1; the answer has its shape.
    Entries above 1 by no more than rounding count as 1; other errors, and units, as in the module's notes.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.

    >>> surprisal(1/8, base=2)
    3.0
    """
    with np.errstate(divide="ignore"):
        return in_units(base, lambda unit: -unit.log(probabilities("p", p)))


def entropy(p, *, base=None, axis=-1, normalize=False):
    r"""Entropy of P: the expected surprisal of one outcome.

    .. math:: H(P) = -\sum_i p_i \log p_i, \qquad 0 \log 0 = 0

    `p` holds distributions along `axis`.  0 for a certain outcome, log n for n equally likely ones.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.  Units and errors as in the module's notes.

    >>> entropy([1/2, 1/4, 1/8, 1/8], base=2)
    1.75
    """
    p = to_distributions("p", real_array("p", p), axis, normalize)
    return in_units(base, partial(cross_entropy_of, p, p))


def cross_entropy(p, q, *, base=None, axis=-1, normalize=False):
    r"""Cross-entropy of data from P under a code (a model) built for Q: the expected surprisal -log q.

    .. math:: H(P, Q) = -\sum_i p_i \log q_i
              = \begin{cases} H(P) + D(P \| Q) & \\ +\infty & \text{if } q_i = 0 < p_i \text{ for some } i \end{cases}

    Terms with p = 0 count as 0, even where q = 0.  Units, shapes and errors as in the module's notes.
    Source: Cover and Thomas (2006), theorem 5.4.3 for the code; Murphy (2022), section 6.1.2.

    >>> cross_entropy([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    1.75
    """
    return in_units(base, partial(cross_entropy_of, *to_pair(p, q, axis, normalize)))


def kl_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Kullback-Leibler divergence (relative entropy) of Q from P: data from P, code built for Q.

    .. math:: D(P \| Q) = \sum_i \begin{cases} p_i \log (p_i / q_i) & p_i > 0,\ q_i > 0 \\
              0 & p_i = 0 \\ +\infty & p_i > 0,\ q_i = 0 \end{cases}

    Never negative, and 0 if and only if P = Q; accurate however near P and Q are.
    Units, shapes and errors as in the module's notes.
    Source: Kullback and Leibler (1951); Cover and Thomas (2006), section 2.3.

    >>> kl_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.25
    """
    return in_units(base, partial(kl_of, *to_pair(p, q, axis, normalize)))


def jeffreys_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jeffreys divergence: both directions of the KL divergence, added.

    .. math:: J(P, Q) = D(P \| Q) + D(Q \| P) = \sum_i (p_i - q_i) \log (p_i / q_i)

    Symmetric, never negative, +inf as soon as one of p, q is 0 where the other is not.
    Some texts call half of it the Jeffreys divergence.  Units, shapes and errors as in the module's notes.
    Source: Kullback and Leibler (1951), equation 2.6, after Jeffreys (1946).

    >>> jeffreys_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.5
    """
    p, q = to_pair(p, q, axis, normalize)
    return in_units(base, lambda unit: kl_of(p, q, unit) + kl_of(q, p, unit))


def jensen_shannon_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jensen-Shannon divergence: the mean KL divergence of P and of Q from their midpoint.

    .. math:: \mathrm{JS}(P, Q) = \tfrac12 D(P \| M) + \tfrac12 D(Q \| M), \qquad M = \tfrac12 (P + Q)

    Symmetric, always finite, between 0 (P = Q) and log 2 (nothing in common).  Its square root is a metric, and is
    what SciPy's ``jensenshannon`` returns.  Units, shapes and errors as in the module's notes.
    Source: Lin (1991), section IV.

    >>> jensen_shannon_divergence([1, 0], [0, 1], base=2)
    1.0
    """
    return in_units(base, partial(jensen_shannon_of, *to_pair(p, q, axis, normalize)))


def joint_entropy(joint, *, base=None, normalize=False):
    r"""Entropy of a pair (X, Y) with probabilities joint[..., x, y].

    .. math:: H(X, Y) = -\sum_{x, y} p(x, y) \log p(x, y), \qquad 0 \log 0 = 0

    The last two axes are x and y, and hold one distribution together; the answer has the shape of the others.
    Source: Cover and Thomas (2006), section 2.2.  Units and errors as in the module's notes.

    >>> joint_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    1.5
    """
    pairs, _ = to_tables(joint, normalize)
    return in_units(base, partial(cross_entropy_of, pairs, pairs))


def conditional_entropy(joint, *, base=None, normalize=False):
    r"""Conditional entropy H(Y|X): the entropy of Y that is left, on average, once X is known.

    .. math:: H(Y \mid X) = -\sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)} = H(X, Y) - H(X), \qquad 0 \log 0 = 0

    `joint[..., x, y]` as in `joint_entropy`; rows x of probability 0 do not count.  For H(X|Y) swap the last two axes.
    Source: Cover and Thomas (2006), section 2.2.  Units and errors as in the module's notes.

    >>> conditional_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    0.5
    """
    _, tables = to_tables(joint, normalize)
    return in_units(base, lambda unit: mean_over_rows(tables, lambda rows: cross_entropy_of(rows, rows, unit)))


def mutual_information(joint, *, base=None, normalize=False):
    r"""Mutual information of X and Y: the divergence of their joint distribution from independence.

    .. math:: I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)\, p(y)} = H(Y) - H(Y \mid X), \qquad 0 \log 0 = 0

    Never negative, 0 if and only if X and Y are independent, never infinite.  The marginals are rounded: by a share
    of 1e-16/eps of the answer, if joint and product differ by a share eps, and 1e-32 is what independence may yield.
    `joint[..., x, y]` as in `joint_entropy`.  Units and errors as in the module's notes.
    Source: Cover and Thomas (2006), section 2.3.

    >>> mutual_information([[1/2, 0], [0, 1/2]], base=2)
    1.0
    """
    _, tables = to_tables(joint, normalize)
    marginal = to_masses(np.broadcast_to(tables.sum(axis=-2, keepdims=True, dtype=np.float64), tables.shape))
    return in_units(base, lambda unit: mean_over_rows(tables, lambda rows: kl_of(rows, marginal, unit)))
