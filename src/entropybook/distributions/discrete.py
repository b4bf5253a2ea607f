"""Families of discrete distributions of numbers."""

import math
from fractions import Fraction

import sympy as sp
from sympy import Sum, binomial, exp, factorial, gamma, log, oo

from entropybook.distributions.expectations import Generator, Proof, mean_of_log
from entropybook.distributions.family import Family
from entropybook.distributions.intervals import IV, MP, exact, iv_log, iv_loggamma
from entropybook.distributions.parameters import integer, positive, probability
from entropybook.distributions.records import ENDS_WITHIN, Condition, Numerics
from entropybook.distributions.sums import binomial_terms, lattice_entropy

K, L, M = sp.symbols("k l m", integer=True, nonnegative=True)
SUCCESS = probability("p", above_0=True)


def _coin_entropy(p):
    return -p * log(p) - (1 - p) * log(1 - p)


def _coin_kl(p, q):
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def _coin_condition(p, q):
    return sp.Or(sp.And(q.p > 0, q.p < 1), sp.Eq(p.p, q.p))


COIN = Condition(_coin_condition, "p_2 is neither 0 nor 1, or p_1 = p_2")


def _negative_binomial(p):
    return gamma(K + p.r) / (gamma(p.r) * factorial(K)) * p.p**p.r * (1 - p.p) ** K


def poisson_entropy(p):
    k, rate = int(p.rate), Fraction(p.rate)
    if rate > 10**4:  # 4 terms of the asymptotic series: the next is below 1e-16
        rate = exact(rate)
        tail = 1 / (12 * rate) + 1 / (24 * rate**2) + 19 / (360 * rate**3)
        return iv_log(2 * IV.pi * IV.e * rate) / 2 - tail
    point = exact(rate, MP)
    log_f = lambda: k * iv_log(exact(rate)) - exact(rate) - iv_loggamma(exact(k + 1))  # noqa: E731
    return lattice_entropy(log_f, k, math.inf, lambda k: point / (k + 1))


def negative_binomial_entropy(p):
    r, success = Fraction(p.r), Fraction(p.p)
    k, q, point = max(0, int((r - 1) * (1 - success) / success)), exact(1 - success, MP), exact(r, MP)

    def log_f():
        ways = iv_loggamma(exact(k + r)) - iv_loggamma(exact(r)) - iv_loggamma(exact(k + 1)) if k else 0
        return ways + exact(r) * iv_log(exact(success)) + k * iv_log(exact(1 - success))

    return lattice_entropy(log_f, k, math.inf, lambda k: (k + point) * q / (k + 1), q)


DISCRETE = (
    Family(
        "bernoulli",
        "Bernoulli",
        (probability("p"),),
        kind="discrete",
        density=lambda x, p: x * log(p.p) + (1 - x) * log(1 - p.p),
        ends=lambda p: (0, 1),
        entropy=lambda p: _coin_entropy(p.p),
        kl=lambda p, q: _coin_kl(p.p, q.p),
        kl_is_finite=COIN,
        proof=Proof(lambda x, p: {exp(x): Generator(lambda t: 1 - p.p + p.p * exp(t))}),
        source="StatProofBook P334, P419",
        derivation="E X from the probability generating function, a sum of two terms.",
    ),
    Family(
        "discrete_uniform",
        "Discrete uniform",
        (integer("a"), integer("b")),
        kind="discrete",
        density=lambda x, p: -log(p.b - p.a + 1),
        ends=lambda p: (p.a, p.b),
        entropy=lambda p: log(p.b - p.a + 1),
        kl=lambda p, q: log((q.b - q.a + 1) / (p.b - p.a + 1)),
        kl_is_finite=ENDS_WITHIN,
        relation=Condition(lambda p: p.a <= p.b, "a <= b"),
        proof=Proof(substitution=lambda p, q: {p.b: p.a + L, q.b: q.a + M}),
        source="StatProofBook P410, P425",
        derivation="The density is constant.",
    ),
    Family(
        "binomial",
        "Binomial",
        (integer("n", 1), probability("p")),
        kind="discrete",
        density=lambda x, p: log(binomial(p.n, x)) + x * log(p.p) + (p.n - x) * log(1 - p.p),
        ends=lambda p: (0, p.n),
        entropy=lambda p: (
            p.n * _coin_entropy(p.p)
            - Sum(binomial(p.n, K) * p.p**K * (1 - p.p) ** (p.n - K) * log(binomial(p.n, K)), (K, 0, p.n))
        ),
        kl=lambda p, q: p.n * _coin_kl(p.p, q.p),
        kl_is_finite=Condition(lambda p, q: sp.And(p.n <= q.n, _coin_condition(p, q)), COIN.words),
        shared_parameters=("n",),
        proof=Proof(
            lambda x, p: {exp(x): Generator(lambda t: (1 - p.p + p.p * exp(t)) ** p.n)},
            stated_moments=lambda x, p, q: {
                log(binomial(p.n, x)): mean_of_log(
                    binomial(p.n, K) * p.p**K * (1 - p.p) ** (p.n - K), log(binomial(p.n, K)), K, 0, p.n
                )
            },
        ),
        numerics=Numerics(entropy=lambda p: lattice_entropy(*binomial_terms(p.n, Fraction(p.p)))),
        source="StatProofBook P335, P420",
        derivation="E X from the moment generating function, the binomial theorem; E log C(n, X) is left as a sum.",
    ),
    Family(
        "geometric",
        "Geometric, on 1, 2, ...",
        (SUCCESS,),
        kind="discrete",
        density=lambda x, p: log(p.p) + (x - 1) * log(1 - p.p),
        ends=lambda p: (1, oo),
        entropy=lambda p: _coin_entropy(p.p) / p.p,
        kl=lambda p, q: log(p.p / q.p) + (1 - p.p) / p.p * log((1 - p.p) / (1 - q.p)),
        kl_is_finite=COIN,
        proof=Proof(lambda x, p: {exp(x): Generator(lambda t: p.p * exp(t) / (1 - (1 - p.p) * exp(t)), sign=-1)}),
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X from the moment generating function, a geometric series.",
    ),
    Family(
        "negative_binomial",
        "Negative binomial: failures before the r-th success",
        (positive("r"), SUCCESS),
        kind="discrete",
        density=lambda x, p: (
            log(gamma(x + p.r)) - log(gamma(p.r)) - log(factorial(x)) + p.r * log(p.p) + x * log(1 - p.p)
        ),
        entropy=lambda p: (
            p.r * _coin_entropy(p.p) / p.p
            + log(gamma(p.r))
            - Sum(_negative_binomial(p) * (log(gamma(K + p.r))), (K, 0, oo))
            + Sum(_negative_binomial(p) * log(factorial(K)), (K, 0, oo))
        ),
        kl=lambda p, q: p.r * (log(p.p / q.p) + (1 - p.p) / p.p * log((1 - p.p) / (1 - q.p))),
        kl_is_finite=COIN,
        shared_parameters=("r",),
        proof=Proof(
            lambda x, p: {exp(x): Generator(lambda t: p.p**p.r * (1 - (1 - p.p) * exp(t)) ** -p.r, sign=-1)},
            stated_moments=lambda x, p, q: {
                log(factorial(x)): mean_of_log(_negative_binomial(p), log(factorial(K)), K, 0, oo),
                log(gamma(x + p.r)): mean_of_log(_negative_binomial(p), log(gamma(K + p.r)), K, 0, oo),
            },
        ),
        numerics=Numerics(entropy=negative_binomial_entropy),
        source="computed here",
        derivation="E X from the moment generating function, the binomial series; other expectations are left as sums.",
    ),
    Family(
        "poisson",
        "Poisson",
        (positive("rate", "lambda"),),
        kind="discrete",
        density=lambda x, p: x * log(p.rate) - p.rate - log(factorial(x)),
        entropy=lambda p: (
            p.rate * (1 - log(p.rate)) + Sum(p.rate**K * exp(-p.rate) / factorial(K) * log(factorial(K)), (K, 0, oo))
        ),
        kl=lambda p, q: p.rate * log(p.rate / q.rate) - p.rate + q.rate,
        proof=Proof(
            lambda x, p: {exp(x): Generator(lambda t: exp(p.rate * (exp(t) - 1)))},
            stated_moments=lambda x, p, q: {
                log(factorial(x)): mean_of_log(p.rate**K * exp(-p.rate) / factorial(K), log(factorial(K)), K, 0, oo)
            },
        ),
        numerics=Numerics(entropy=poisson_entropy),
        source="StatProofBook P486",
        derivation="E X from the moment generating function, the exponential series; E log X! is left as a sum.",
    ),
)
