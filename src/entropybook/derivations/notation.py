"""The symbols that the derivations share: p and q are any two distributions on the same n outcomes."""

import sympy as sp

from entropybook.symbolic import Pmf

i, j, k, l, n, m = sp.symbols("i j k l n m", integer=True, positive=True)  # noqa: E741
x, t = sp.symbols("x t", positive=True)
u, v = sp.symbols("u v", positive=True)  # probabilities: their derivations give them the domain (0, 1)
lam = sp.Symbol("lambda", positive=True)
p, q, r, s = (Pmf(name, n) for name in "pqrs")
joint = Pmf("p", n, m)  # of X, which takes n values, and Y, which takes m

OVER_I, OVER_J, OVER_K = (i, 1, n), (j, 1, m), (k, 1, n)
HALF = sp.Rational(1, 2)


def total(term, *limits):
    """The sum over i of a term, or over the limits."""
    return sp.Sum(term, *(limits or [OVER_I]))


def coin(u):
    """The distribution of a coin that shows heads with probability u."""
    return [u, 1 - u]


def row(i):
    """The probability of X = i."""
    return sp.Sum(joint[i, k], (k, 1, m))


def column(j):
    """The probability of Y = j."""
    return sp.Sum(joint[k, j], (k, 1, n))


def gap(x):
    """x - 1 - log x, by which the logarithm lies under its tangent (log-tangent-bound)."""
    return x - 1 - sp.log(x)


MARGINALS = {row(i): r"p_{i \cdot}", column(j): r"p_{\cdot j}"}


def standard_moment(order):
    """The mean of z^order for a standard normal z, as an integral."""
    z = sp.Symbol("z", real=True)
    return sp.Integral(z**order * sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi), (z, -sp.oo, sp.oo))
