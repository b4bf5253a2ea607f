"""Pairs of families whose divergence has a closed form: cross-entropy minus entropy."""

from collections import namedtuple

import sympy as sp
from sympy import EulerGamma, digamma, erf, exp, gamma, log, pi, sqrt

from entropybook.distributions.closed_forms import normal_growth
from entropybook.distributions.continuous import CONTINUOUS
from entropybook.distributions.family import Pair
from entropybook.distributions.records import ALWAYS_FINITE, Condition

Moments = namedtuple("Moments", "mean variance log exp", defaults=(None, None))  # E X, V X, E log X, t -> E exp(t X)
MOMENTS = {  # of the first families of pairs, where they are finite
    "uniform": lambda p: Moments((p.a + p.b) / 2, (p.b - p.a) ** 2 / 12),
    "normal": lambda p: Moments(p.mu, p.sigma**2, exp=normal_growth(p)),
    "laplace": lambda p: Moments(p.mu, 2 * p.b**2),
    "logistic": lambda p: Moments(p.mu, pi**2 * p.s**2 / 3),
    "gumbel": lambda p: Moments(p.mu + EulerGamma * p.beta, pi**2 * p.beta**2 / 6),
    "exponential": lambda p: Moments(
        1 / p.rate, 1 / p.rate**2, -EulerGamma - log(p.rate), lambda t: p.rate / (p.rate - t)
    ),
    "gamma": lambda p: Moments(
        p.shape / p.rate, p.shape / p.rate**2, digamma(p.shape) - log(p.rate), lambda t: (1 - t / p.rate) ** -p.shape
    ),
    "beta": lambda p: Moments(
        p.a / (p.a + p.b), p.a * p.b / ((p.a + p.b) ** 2 * (p.a + p.b + 1)), digamma(p.a) - digamma(p.a + p.b)
    ),
    "lognormal": lambda p: Moments(
        exp(p.mu + p.sigma**2 / 2), (exp(p.sigma**2) - 1) * exp(2 * p.mu + p.sigma**2), p.mu
    ),
    "weibull": lambda p: Moments(
        p.scale * gamma(1 + 1 / p.shape),
        p.scale**2 * (gamma(1 + 2 / p.shape) - gamma(1 + 1 / p.shape) ** 2),
        log(p.scale) - EulerGamma / p.shape,
    ),
    "pareto": lambda p: Moments(
        p.shape * p.scale / (p.shape - 1),
        p.shape * p.scale**2 / ((p.shape - 1) ** 2 * (p.shape - 2)),
        log(p.scale) + 1 / p.shape,
    ),
}


def _from_normal(m, p, q):
    return log(2 * pi * q.sigma**2) / 2 + (m.variance + (m.mean - q.mu) ** 2) / (2 * q.sigma**2)


def _from_gamma(m, p, q):
    return log(gamma(q.shape)) - q.shape * log(q.rate) + (1 - q.shape) * m.log + q.rate * m.mean


def _from_gumbel(m, p, q):
    return log(q.beta) + (m.mean - q.mu) / q.beta + exp(q.mu / q.beta) * m.exp(-1 / q.beta)


def _normal_from_laplace(m, p, q):
    away = p.mu - q.mu
    mean = p.sigma * sqrt(2 / pi) * exp(-(away**2) / (2 * p.sigma**2)) + away * erf(away / (sqrt(2) * p.sigma))
    return log(2 * q.b) + mean / q.b


CROSS_ENTROPIES = {  # second family: its cross-entropy, and the first families; PyTorch has those with a star
    "normal": (_from_normal, "uniform* laplace* logistic gumbel* exponential* gamma* beta* lognormal weibull pareto*"),
    "exponential": (lambda m, p, q: q.rate * m.mean - log(q.rate), "uniform* gamma* beta* lognormal weibull pareto*"),
    "gamma": (_from_gamma, "exponential* beta* lognormal weibull pareto*"),
    "gumbel": (_from_gumbel, "normal* exponential* gamma*"),
    "laplace": (_normal_from_laplace, "normal*"),
    "uniform": (lambda m, p, q: log(q.b - q.a), "beta*"),
}


def _pair(first, second, cross_entropy, in_torch):
    """The divergence as cross-entropy minus entropy."""
    condition = ALWAYS_FINITE
    if first.name == "pareto":
        least = 2 if second.name == "normal" else 1
        condition = Condition(lambda p, q: p.shape > least, f"shape_1 > {least}")
    elif (first.name, second.name) == ("uniform", "exponential"):
        condition = Condition(lambda p, q: p.a >= 0, "a_1 >= 0")
    elif (first.name, second.name) == ("beta", "uniform"):
        condition = Condition(lambda p, q: sp.And(q.a <= 0, q.b >= 1), "a_2 <= 0 and b_2 >= 1")
    return Pair(
        first,
        second,
        kl=lambda p, q: cross_entropy(MOMENTS[first.name](p), p, q) - first.entropy(p),
        kl_is_finite=condition,
        source="PyTorch has the pair; computed here" if in_torch else "computed here",
    )


_BY_NAME = {family.name: family for family in CONTINUOUS}
PAIRS = tuple(
    _pair(_BY_NAME[first.strip("*")], _BY_NAME[second], cross_entropy, "*" in first)
    for second, (cross_entropy, names) in CROSS_ENTROPIES.items()
    for first in names.split()
)
