"""Families of distributions of vectors, or given by vectors."""

import sympy as sp
from sympy import E, Sum, binomial, digamma, factorial, gamma, log, oo, pi

import entropybook.distributions.vector_numbers as numbers
from entropybook import symbolic
from entropybook.distributions.family import VectorFamily
from entropybook.distributions.parameters import VectorParameter, integer
from entropybook.distributions.records import Condition, Numerics
from entropybook.distributions.vector_proofs import (
    D,
    J,
    N,
    prove_categorical,
    prove_dirichlet,
    prove_multinomial,
    prove_multivariate_normal,
)
from entropybook.symbolic import Pmf

K = sp.Symbol("k", integer=True, nonnegative=True)
X = sp.IndexedBase("x", shape=(N,))
NESTED = "p_2 is 0 only where p_1 is"

PMF = VectorParameter("p", "at least 0 each and sum to 1 within 1e-06", numbers.is_pmf, "p", lambda s: Pmf(s, N))
ALPHA = VectorParameter(
    "alpha",
    "finite numbers above 0, at least two",
    lambda v: len(v) > 1 and not isinstance(v[0], tuple) and min(v) > 0,
    "alpha",
    lambda s: sp.IndexedBase(sp.Symbol(s, positive=True), shape=(N,)),
)
MEAN = VectorParameter(
    "mean", "finite numbers", lambda v: not isinstance(v[0], tuple), "mu", lambda s: sp.MatrixSymbol(s, D, 1)
)
COV = VectorParameter(
    "cov", "a symmetric positive definite matrix", numbers.is_covariance, "Sigma", lambda s: sp.MatrixSymbol(s, D, D)
)


def _sum_of(body):
    """The sum of body(i) over the entries."""
    i = sp.Symbol("i", integer=True, positive=True)
    return Sum(body(i), (i, 1, N))


def _log_normaliser(alpha):
    return _sum_of(lambda i: log(gamma(alpha[i]))) - log(gamma(_sum_of(lambda i: alpha[i])))


def _log_means(alpha):
    """i -> E log X_i of a Dirichlet distribution."""
    return lambda i: digamma(alpha[i]) - digamma(Sum(alpha[J], (J, 1, N)))


VECTORS = (
    VectorFamily(
        "categorical",
        "Categorical",
        (PMF,),
        kind="discrete",
        outcome=sp.Symbol("k", integer=True, positive=True),
        density=lambda x, p: log(p.p[x]),
        ends=lambda p: (1, N),
        entropy=lambda p: symbolic.entropy(p.p),
        kl=lambda p, q: symbolic.kl_divergence(p.p, q.p),
        kl_is_finite=Condition(lambda p, q: sp.true, NESTED),
        numerics=Numerics(
            entropy=lambda p: -numbers.plogpq(numbers.normalised(p), [1] * len(p.p)),
            kl=lambda p, q: numbers.plogpq(numbers.normalised(p), numbers.normalised(q)),
            pdf=lambda x, p: numbers.normalised(p)[int(x)],
            is_within=numbers.is_within,
            ends=lambda p: (0, len(p.p) - 1),
        ),
        prover=prove_categorical,
        source="StatProofBook P336",
        derivation="The formulas are the definitions.  In symbols the outcomes are 1, ..., n, in `pdf` 0, ..., n - 1.",
    ),
    VectorFamily(
        "multinomial",
        "Multinomial",
        (integer("n", 1, "N"), PMF),
        kind="discrete",
        outcome=X,
        density=lambda x, p: (
            log(factorial(p.n)) - _sum_of(lambda i: log(factorial(x[i]))) + _sum_of(lambda i: x[i] * log(p.p[i]))
        ),
        ends=lambda p: (0, p.n),
        entropy=lambda p: (
            p.n * symbolic.entropy(p.p)
            - log(factorial(p.n))
            + _sum_of(
                lambda i: Sum(
                    binomial(p.n, K) * p.p[i] ** K * (1 - p.p[i]) ** (p.n - K) * log(factorial(K)), (K, 0, p.n)
                )
            )
        ),
        kl=lambda p, q: p.n * symbolic.kl_divergence(p.p, q.p),
        kl_is_finite=Condition(lambda p, q: sp.Eq(p.n, q.n), NESTED),
        shared_parameters=("n",),
        numerics=Numerics(
            entropy=numbers.multinomial_entropy,
            kl=lambda p, q: p.n * numbers.plogpq(numbers.normalised(p), numbers.normalised(q)),
            pdf=numbers.multinomial_pdf,
            is_within=numbers.is_within,
        ),
        prover=prove_multinomial,
        source="StatProofBook P337",
        derivation="E X_i = n p_i, because X_i is binomial, which is stated.",
    ),
    VectorFamily(
        "dirichlet",
        "Dirichlet",
        (ALPHA,),
        outcome=X,
        density=lambda x, p: _sum_of(lambda i: (p.alpha[i] - 1) * log(x[i])) - _log_normaliser(p.alpha),
        ends=lambda p: (0, 1),
        entropy=lambda p: _log_normaliser(p.alpha) - _sum_of(lambda i: (p.alpha[i] - 1) * _log_means(p.alpha)(i)),
        kl=lambda p, q: (
            _log_normaliser(q.alpha)
            - _log_normaliser(p.alpha)
            + _sum_of(lambda i: (p.alpha[i] - q.alpha[i]) * _log_means(p.alpha)(i))
        ),
        numerics=Numerics(entropy=numbers.dirichlet_entropy, kl=numbers.dirichlet_kl, pdf=numbers.dirichlet_pdf),
        prover=prove_dirichlet,
        source="StatProofBook P294 for KL",
        derivation="E log X_i from the derivative of the log-normaliser, which is stated; assembled for three entries.",
    ),
    VectorFamily(
        "multivariate_normal",
        "Multivariate normal",
        (MEAN, COV),
        outcome=sp.MatrixSymbol("x", D, 1),
        density=lambda x, p: (
            -D * log(2 * pi) / 2
            - log(sp.Determinant(p.cov)) / 2
            - ((x - p.mean).T * p.cov.inv() * (x - p.mean))[0, 0] / 2
        ),
        ends=lambda p: (-oo, oo),
        entropy=lambda p: (D * log(2 * pi * E) + log(sp.Determinant(p.cov))) / 2,
        kl=lambda p, q: (
            (
                sp.Trace(q.cov.inv() * p.cov)
                + ((p.mean - q.mean).T * q.cov.inv() * (p.mean - q.mean))[0, 0]
                - D
                + log(sp.Determinant(q.cov))
                - log(sp.Determinant(p.cov))
            )
            / 2
        ),
        numerics=Numerics(
            entropy=numbers.multivariate_normal_entropy,
            kl=numbers.multivariate_normal_kl,
            pdf=numbers.multivariate_normal_pdf,
        ),
        check=lambda p: (
            ""
            if len(p.mean) == len(p.cov)
            else f"mean has {len(p.mean)} entries, and cov is {len(p.cov)} x {len(p.cov)}"
        ),
        prover=prove_multivariate_normal,
        source="StatProofBook P100, P92",
        derivation="Proved in two dimensions from the normal law, by X = mu + L Z; stated in others.",
    ),
)
