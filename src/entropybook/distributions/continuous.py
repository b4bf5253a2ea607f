"""Families of continuous distributions of numbers."""

import sympy as sp
from sympy import E, EulerGamma, Rational, digamma, erf, exp, expint, gamma, log, oo, pi, sqrt

from entropybook.distributions.closed_forms import (
    HALF,
    bessel_ratio,
    beta_kl,
    beta_moment,
    gamma_density,
    gamma_entropy,
    gamma_kl,
    gamma_moments,
    log_beta,
    nakagami_density,
    normal_growth,
    normal_kl,
    scale_kl,
    triangle,
    weibull_kl,
)
from entropybook.distributions.expectations import Expectation, Generator, Proof, stated
from entropybook.distributions.family import Family
from entropybook.distributions.intervals import IV, exact
from entropybook.distributions.parameters import integer, positive, real
from entropybook.distributions.records import ENDS_WITHIN, Condition, Numerics

U, V, W = sp.symbols("u v w", positive=True)
LINE = lambda p: (-oo, oo)  # noqa: E731
ORDERED = Condition(lambda p: p.a < p.b, "a < b")


def _nested(p, q):
    """In terms of positive differences: the interval of p, within that of q if that is another."""
    return {q.a: p.a - U, q.b: p.a + W + V, p.b: p.a + W} if p is not q else {p.b: p.a + W}


def _gamma_family(name, title, shape, note=""):
    return Family(
        name,
        title,
        (shape, positive("rate", "beta")),
        density=lambda x, p: gamma_density(x, p.shape, p.rate),
        entropy=lambda p: gamma_entropy(p.shape, p.rate),
        kl=lambda p, q: gamma_kl(p.shape, p.rate, q.shape, q.rate),
        proof=Proof(lambda x, p: gamma_moments(x, p.shape, p.rate)),
        source=f"StatProofBook P239, P93{note}",
        derivation="E X and E log X from the moments.",
    )


CONTINUOUS = (
    Family(
        "uniform",
        "Uniform",
        (real("a"), real("b")),
        density=lambda x, p: -log(p.b - p.a),
        ends=lambda p: (p.a, p.b),
        entropy=lambda p: log(p.b - p.a),
        kl=lambda p, q: log((q.b - q.a) / (p.b - p.a)),
        kl_is_finite=ENDS_WITHIN,
        relation=ORDERED,
        proof=Proof(
            substitution=_nested,
            stated_moments=lambda x, p, q: {
                x: Expectation((p.a + p.b) / 2),
                x**2: Expectation((p.a**2 + p.a * p.b + p.b**2) / 3),
            },
        ),
        source="StatProofBook P397, P422",
        derivation="The density is constant.",
    ),
    Family(
        "normal",
        "Normal",
        (real("mu"), positive("sigma")),
        density=lambda x, p: -log(2 * pi) / 2 - log(p.sigma) - (x - p.mu) ** 2 / (2 * p.sigma**2),
        ends=LINE,
        entropy=lambda p: log(2 * pi * E * p.sigma**2) / 2,
        kl=normal_kl,
        proof=Proof(
            lambda x, p: {exp(x): Generator(normal_growth(p), by=lambda y, p: p.mu + p.sigma * y, over=(-oo, oo))},
            stated_moments=lambda x, p, q: {
                sp.Abs(x - m): Expectation(
                    p.sigma * sqrt(2 / pi) * exp(-((p.mu - m) ** 2) / (2 * p.sigma**2))
                    + (p.mu - m) * erf((p.mu - m) / (sqrt(2) * p.sigma)),
                    at=(m,),
                )
                for m in (getattr(q, "mu", p.mu),)
            },
        ),
        source="StatProofBook P101, P193",
        derivation="E X and E X^2 from the moment generating function.",
    ),
    Family(
        "lognormal",
        "Log-normal",
        (real("mu"), positive("sigma")),
        density=lambda x, p: -log(x) - log(2 * pi) / 2 - log(p.sigma) - (log(x) - p.mu) ** 2 / (2 * p.sigma**2),
        entropy=lambda p: p.mu + log(2 * pi * E * p.sigma**2) / 2,
        kl=normal_kl,
        proof=Proof(
            lambda x, p: {x: Generator(normal_growth(p), by=lambda y, p: exp(p.mu + p.sigma * y), over=(-oo, oo))}
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E log X and E (log X)^2 from the moments, by x = exp(mu + sigma y).",
    ),
    Family(
        "exponential",
        "Exponential",
        (positive("rate", "lambda"),),
        density=lambda x, p: log(p.rate) - p.rate * x,
        entropy=lambda p: 1 - log(p.rate),
        kl=lambda p, q: log(p.rate / q.rate) + q.rate / p.rate - 1,
        proof=Proof(lambda x, p: gamma_moments(x, 1, p.rate)),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E X from the moments.",
    ),
    _gamma_family("gamma", "Gamma", positive("shape", "k")),
    _gamma_family("erlang", "Erlang: gamma with a whole shape", integer("shape", 1, "k"), ", for the gamma law"),
    Family(
        "chi_squared",
        "Chi-squared",
        (positive("df", "nu"),),
        density=lambda x, p: gamma_density(x, p.df / 2, HALF),
        entropy=lambda p: p.df / 2 + log(2) + log(gamma(p.df / 2)) + (1 - p.df / 2) * digamma(p.df / 2),
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        proof=Proof(lambda x, p: gamma_moments(x, p.df / 2, HALF)),
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X and E log X from the moments.",
    ),
    Family(
        "inverse_chi_squared",
        "Inverse chi-squared",
        (positive("df", "nu"),),
        density=lambda x, p: -p.df / 2 * log(2) - log(gamma(p.df / 2)) - (p.df / 2 + 1) * log(x) - 1 / (2 * x),
        entropy=lambda p: p.df / 2 + log(gamma(p.df / 2)) - log(2) - (1 + p.df / 2) * digamma(p.df / 2),
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        proof=Proof(
            lambda x, p: {
                x: Generator(lambda t: gamma(p.df / 2 - t) / gamma(p.df / 2) * 2**-t, sign=-1, by=lambda y, p: 1 / y)
            }
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="computed here",
        derivation="E 1/X and E log X from the moments, by x = 1/y.",
    ),
    Family(
        "chi",
        "Chi",
        (positive("df", "nu"),),
        density=lambda x, p: (1 - p.df / 2) * log(2) - log(gamma(p.df / 2)) + (p.df - 1) * log(x) - x**2 / 2,
        entropy=lambda p: log(gamma(p.df / 2)) + (p.df - log(2) - (p.df - 1) * digamma(p.df / 2)) / 2,
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        proof=Proof(lambda x, p: {x: Generator(lambda t: 2 ** (t / 2) * gamma((p.df + t) / 2) / gamma(p.df / 2))}),
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        "nakagami",
        "Nakagami",
        (positive("m"), positive("omega")),
        density=lambda x, p: nakagami_density(x, p.m, p.omega),
        entropy=lambda p: log(gamma(p.m)) + p.m - log(2) + log(p.omega / p.m) / 2 + (HALF - p.m) * digamma(p.m),
        kl=lambda p, q: gamma_kl(p.m, p.m / p.omega, q.m, q.m / q.omega),
        proof=Proof(
            lambda x, p: {x: Generator(lambda t: gamma(p.m + t / 2) / gamma(p.m) * (p.omega / p.m) ** (t / 2))}
        ),
        source="computed here",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        "inverse_gamma",
        "Inverse gamma",
        (positive("shape", "alpha"), positive("scale", "beta")),
        density=lambda x, p: p.shape * log(p.scale) - log(gamma(p.shape)) - (p.shape + 1) * log(x) - p.scale / x,
        entropy=lambda p: p.shape + log(p.scale * gamma(p.shape)) - (1 + p.shape) * digamma(p.shape),
        kl=lambda p, q: gamma_kl(p.shape, p.scale, q.shape, q.scale),
        proof=Proof(
            lambda x, p: {
                x: Generator(lambda t: gamma(p.shape - t) / gamma(p.shape) * p.scale**t, sign=-1, by=lambda y, p: 1 / y)
            }
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E 1/X and E log X from the moments, by x = 1/y.",
    ),
    Family(
        "beta",
        "Beta",
        (positive("a"), positive("b")),
        density=lambda x, p: (p.a - 1) * log(x) + (p.b - 1) * log(1 - x) - log_beta(p.a, p.b),
        ends=lambda p: (0, 1),
        entropy=lambda p: (
            log_beta(p.a, p.b)
            - (p.a - 1) * digamma(p.a)
            - (p.b - 1) * digamma(p.b)
            + (p.a + p.b - 2) * digamma(p.a + p.b)
        ),
        kl=beta_kl,
        proof=Proof(lambda x, p: {x: beta_moment(p.a, p.b), 1 - x: beta_moment(p.b, p.a)}),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E log X and E log(1 - X) from the moments of X and of 1 - X, by x = y/(1 + y).",
    ),
    Family(
        "beta_prime",
        "Beta prime",
        (positive("a"), positive("b")),
        density=lambda x, p: (p.a - 1) * log(x) - (p.a + p.b) * log(1 + x) - log_beta(p.a, p.b),
        entropy=lambda p: (
            log_beta(p.a, p.b) - (p.a - 1) * digamma(p.a) - (p.b + 1) * digamma(p.b) + (p.a + p.b) * digamma(p.a + p.b)
        ),
        kl=beta_kl,
        proof=Proof(
            lambda x, p: {
                x: Generator(lambda t: gamma(p.a + t) * gamma(p.b - t) / (gamma(p.a) * gamma(p.b)), sign=1),
                1 + x: Generator(
                    lambda t: gamma(p.b - t) * gamma(p.a + p.b) / (gamma(p.b) * gamma(p.a + p.b - t)), sign=-1
                ),
            }
        ),
        source="computed here",
        derivation="E log X and E log(1 + X) from the moments of X and of 1 + X.",
    ),
    Family(
        "laplace",
        "Laplace",
        (real("mu"), positive("b")),
        density=lambda x, p: -log(2 * p.b) - sp.Abs(x - p.mu) / p.b,
        ends=LINE,
        entropy=lambda p: 1 + log(2 * p.b),
        kl=lambda p, q: log(q.b / p.b) + sp.Abs(p.mu - q.mu) / q.b + p.b / q.b * exp(-sp.Abs(p.mu - q.mu) / p.b) - 1,
        proof=Proof(
            stated_moments=lambda x, p, q: (
                {x: Expectation(p.mu, at=(p.mu,)), x**2: Expectation(p.mu**2 + 2 * p.b**2, at=(p.mu,))}
                | {
                    sp.Abs(x - m): Expectation(
                        sp.Abs(p.mu - m) + p.b * exp(-sp.Abs(p.mu - m) / p.b),
                        at=(p.mu, m),
                        cases=({m: p.mu + U}, {m: p.mu - U}) if m != p.mu else ({},),
                    )
                    for m in (p.mu, getattr(q, "mu", p.mu))
                }
            )
        ),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E|X - mu| by an integral cut at the two locations, in either order.",
    ),
    Family(
        "logistic",
        "Logistic",
        (real("mu"), positive("s")),
        density=lambda x, p: -log(p.s) - (x - p.mu) / p.s - 2 * log(1 + exp(-(x - p.mu) / p.s)),
        ends=LINE,
        entropy=lambda p: 2 + log(p.s),
        kl=lambda p, q: (q.mu - p.mu) / p.s * (1 + 2 / (exp((q.mu - p.mu) / p.s) - 1)) - 2,
        shared_parameters=("s",),
        why_no_kl="the catalogue has none for different scales",
        proof=Proof(
            lambda x, p: {
                exp(x): Generator(
                    lambda t: exp(p.mu * t) * gamma(1 + p.s * t) * gamma(1 - p.s * t),
                    by=lambda y, p: p.mu + p.s * log(y),
                ),
                1 + exp(-(x - p.mu) / p.s): Generator(
                    lambda t: 1 / (1 - t), sign=-1, by=lambda y, p: p.mu + p.s * log(y)
                ),
            },
            stated_moments=lambda x, p, q: {
                log(1 + exp(-(x - q.mu) / p.s)): stated((q.mu - p.mu) / p.s / (1 - exp((p.mu - q.mu) / p.s)))
            },
        ),
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="By u = 1/(1 + exp(-(x - mu)/s)), which is uniform.",
    ),
    Family(
        "gumbel",
        "Gumbel",
        (real("mu"), positive("beta")),
        density=lambda x, p: -log(p.beta) - (x - p.mu) / p.beta - exp(-(x - p.mu) / p.beta),
        ends=LINE,
        entropy=lambda p: 1 + EulerGamma + log(p.beta),
        kl=lambda p, q: (
            log(q.beta / p.beta)
            + EulerGamma * (p.beta / q.beta - 1)
            + (p.mu - q.mu) / q.beta
            + exp((q.mu - p.mu) / q.beta) * gamma(1 + p.beta / q.beta)
            - 1
        ),
        proof=Proof(
            lambda x, p: {
                exp(x): Generator(
                    lambda t: exp(p.mu * t) * gamma(1 - p.beta * t), sign=-1, by=lambda y, p: p.mu - p.beta * log(y)
                )
            }
        ),
        source="PyTorch; entropy in the references of Distributions.jl",
        derivation="E X and E exp(-X/beta) from the moment generating function, by y = exp(-(x - mu)/beta).",
    ),
    Family(
        "cauchy",
        "Cauchy",
        (real("x0"), positive("gamma", "s")),  # gamma is Euler's constant among symbols
        density=lambda x, p: -log(p.gamma) - log(pi) - log(1 + ((x - p.x0) / p.gamma) ** 2),
        ends=LINE,
        entropy=lambda p: log(4 * pi * p.gamma),
        kl=lambda p, q: log(((p.gamma + q.gamma) ** 2 + (p.x0 - q.x0) ** 2) / (4 * p.gamma * q.gamma)),
        proof=Proof(
            lambda x, p: {
                1 + ((x - p.x0) / p.gamma) ** 2: Generator(
                    lambda t: gamma(HALF - t) / (sqrt(pi) * gamma(1 - t)),
                    sign=-1,
                    by=lambda y, p: p.x0 + p.gamma * y,
                    over=(-oo, oo),
                )
            },
            stated_moments=lambda x, p, q: {
                log(1 + ((x - q.x0) / q.gamma) ** 2): stated(
                    log((p.gamma + q.gamma) ** 2 + (p.x0 - q.x0) ** 2) - 2 * log(q.gamma)
                )
            },
        ),
        source="Chyzak and Nielsen (2019)",
        derivation=(
            "E log(1 + Y^2), Y = (X - x0)/gamma, from the moments of 1 + Y^2; with location and scale of another law "
            "it is stated: SymPy cannot do the integral."
        ),
    ),
    Family(
        "rayleigh",
        "Rayleigh",
        (positive("sigma"),),
        density=lambda x, p: log(x) - 2 * log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: 1 + log(p.sigma / sqrt(2)) + EulerGamma / 2,
        kl=scale_kl(2),
        proof=Proof(lambda x, p: {x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma(1 + t / 2))}),
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        "maxwell",
        "Maxwell",
        (positive("sigma"),),
        density=lambda x, p: log(2 / pi) / 2 + 2 * log(x) - 3 * log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: log(p.sigma * sqrt(2 * pi)) + EulerGamma - HALF,
        kl=scale_kl(3),
        proof=Proof(
            lambda x, p: {x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma((3 + t) / 2) * 2 / sqrt(pi))}
        ),
        source="computed here",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        "half_normal",
        "Half-normal",
        (positive("sigma"),),
        density=lambda x, p: log(2 / pi) / 2 - log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: log(pi * p.sigma**2 / 2) / 2 + HALF,
        kl=scale_kl(1),
        proof=Proof(lambda x, p: {x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma((1 + t) / 2) / sqrt(pi))}),
        source="computed here",
        derivation="E X^2 from the moments.",
    ),
    Family(
        "weibull",
        "Weibull",
        (positive("shape", "k"), positive("scale", "lambda")),
        density=lambda x, p: log(p.shape) - p.shape * log(p.scale) + (p.shape - 1) * log(x) - (x / p.scale) ** p.shape,
        entropy=lambda p: EulerGamma * (1 - 1 / p.shape) + log(p.scale / p.shape) + 1,
        kl=lambda p, q: weibull_kl(p.shape, p.scale, q.shape, q.scale),
        proof=Proof(
            lambda x, p: {
                x: Generator(
                    lambda t: p.scale**t * gamma(1 + t / p.shape), by=lambda y, p: p.scale * y ** (1 / p.shape)
                )
            }
        ),
        source="Bauckhage (2013)",
        derivation="E X^k and E log X from the moments, by y = (x/lambda)^k.",
    ),
    Family(
        "frechet",
        "Fréchet",
        (positive("shape", "alpha"), positive("scale", "s")),
        density=lambda x, p: (
            log(p.shape) + p.shape * log(p.scale) - (p.shape + 1) * log(x) - (x / p.scale) ** (-p.shape)
        ),
        entropy=lambda p: 1 + EulerGamma / p.shape + EulerGamma + log(p.scale / p.shape),
        kl=lambda p, q: weibull_kl(p.shape, 1 / p.scale, q.shape, 1 / q.scale),
        proof=Proof(
            lambda x, p: {
                x: Generator(
                    lambda t: p.scale**t * gamma(1 - t / p.shape),
                    sign=-1,
                    by=lambda y, p: p.scale * y ** (-1 / p.shape),
                )
            }
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E X^-alpha and E log X from the moments, by y = (x/s)^-alpha.",
    ),
    Family(
        "pareto",
        "Pareto",
        (positive("scale", "x_m"), positive("shape", "alpha")),
        density=lambda x, p: log(p.shape) + p.shape * log(p.scale) - (p.shape + 1) * log(x),
        ends=lambda p: (p.scale, oo),
        entropy=lambda p: log(p.scale / p.shape) + 1 + 1 / p.shape,
        kl=lambda p, q: q.shape * log(p.scale / q.scale) + log(p.shape / q.shape) + q.shape / p.shape - 1,
        kl_is_finite=Condition(lambda p, q: p.scale >= q.scale, "scale_1 >= scale_2"),
        proof=Proof(lambda x, p: {x: Generator(lambda t: p.shape * p.scale**t / (p.shape - t), sign=-1)}),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E log X from the moments.",
    ),
    Family(
        "student_t",
        "Student's t",
        (positive("df", "nu"),),
        density=lambda x, p: -log(p.df) / 2 - log_beta(p.df / 2, HALF) - (p.df + 1) / 2 * log(1 + x**2 / p.df),
        ends=LINE,
        entropy=lambda p: (
            (p.df + 1) / 2 * (digamma((p.df + 1) / 2) - digamma(p.df / 2)) + log(p.df) / 2 + log_beta(p.df / 2, HALF)
        ),
        why_no_kl="the catalogue has none for E log(1 + X^2/nu) when nu is not that of the law",
        proof=Proof(
            lambda x, p: {
                1 + x**2 / p.df: Generator(
                    lambda t: (
                        gamma((p.df + 1) / 2) * gamma(p.df / 2 - t) / (gamma(p.df / 2) * gamma((p.df + 1) / 2 - t))
                    ),
                    sign=-1,
                )
            }
        ),
        source="in the references of Distributions.jl and SciPy",
        derivation="E log(1 + X^2/nu) from the moments of 1 + X^2/nu.",
    ),
    Family(
        "von_mises",
        "Von Mises",
        (real("mu"), positive("kappa")),
        density=lambda x, p: -log(2 * pi * sp.besseli(0, p.kappa)) + p.kappa * sp.cos(x - p.mu),
        ends=lambda p: (-pi, pi),
        entropy=lambda p: log(2 * pi * sp.besseli(0, p.kappa)) - p.kappa * bessel_ratio(p.kappa),
        kl=lambda p, q: (
            log(sp.besseli(0, q.kappa))
            - log(sp.besseli(0, p.kappa))
            + bessel_ratio(p.kappa) * (p.kappa - q.kappa * sp.cos(p.mu - q.mu))
        ),
        proof=Proof(
            stated_moments=lambda x, p, q: {
                sp.cos(x - r.mu): stated(bessel_ratio(p.kappa) * sp.cos(p.mu - r.mu)) for r in (p, q)
            }
        ),
        source="in the references of Distributions.jl and SciPy for the entropy; KL computed here",
        derivation="E cos(X - mu), a ratio of Bessel functions, is stated: SymPy leaves the integral as it is.",
    ),
    Family(
        "triangular",
        "Triangular",
        (real("a"), real("mode", "m"), real("b")),
        density=lambda x, p: log(2) - log(p.b - p.a) + triangle(x, p),
        ends=lambda p: (p.a, p.b),
        entropy=lambda p: HALF + log((p.b - p.a) / 2),
        kl_is_finite=ENDS_WITHIN,
        why_no_kl="it is elementary, but another long formula for every order of the two supports and modes",
        relation=Condition(lambda p: sp.And(p.a <= p.mode, p.mode <= p.b, p.a < p.b), "a <= mode <= b and a < b"),
        proof=Proof(
            substitution=lambda p, q: {p.mode: p.a + U, p.b: p.a + U + V},
            stated_moments=lambda x, p, q: {triangle(x, p): Expectation(-HALF, at=(p.mode,))},
        ),
        source="in the references of Distributions.jl",
        derivation="E log of the height relative to the top, by an integral cut at the mode.",
    ),
    Family(
        "arcsine",
        "Arcsine",
        (real("a"), real("b")),
        density=lambda x, p: -log(pi) - log(x - p.a) / 2 - log(p.b - x) / 2,
        ends=lambda p: (p.a, p.b),
        entropy=lambda p: log(pi * (p.b - p.a) / 4),
        kl=lambda p, q: log((sqrt(p.a - q.a) + sqrt(p.b - q.a)) * (sqrt(q.b - p.b) + sqrt(q.b - p.a)) / (p.b - p.a)),
        kl_is_finite=ENDS_WITHIN,
        relation=ORDERED,
        proof=Proof(
            lambda x, p: {
                base: Generator(
                    lambda t: (p.b - p.a) ** t * gamma(HALF + t) / (sqrt(pi) * gamma(1 + t)),
                    by=lambda y, p: p.a + (p.b - p.a) * y / (1 + y),
                )
                for base in (x - p.a, p.b - x)
            },
            substitution=_nested,
            stated_moments=lambda x, p, q: {
                log(x - q.a): stated(2 * log((sqrt(p.a - q.a) + sqrt(p.b - q.a)) / 2)),
                log(q.b - x): stated(2 * log((sqrt(q.b - p.b) + sqrt(q.b - p.a)) / 2)),
            },
        ),
        numerics=Numerics(pdf=lambda x, p: ((exact(x) - exact(p.a)) * (exact(p.b) - exact(x))) ** exact(-0.5) / IV.pi),
        source="entropy in the references of Distributions.jl; KL computed here",
        derivation=(
            "E log(X - a) and E log(b - X) from the moments, by x = a + (b - a) y/(1 + y); E log|X - c| for c outside "
            "the support, the potential of the arcsine law, is stated."
        ),
    ),
    Family(
        "kumaraswamy",
        "Kumaraswamy",
        (positive("a"), positive("b")),
        density=lambda x, p: log(p.a * p.b) + (p.a - 1) * log(x) + (p.b - 1) * log(1 - x**p.a),
        ends=lambda p: (0, 1),
        entropy=lambda p: 1 - 1 / p.b + (1 - 1 / p.a) * (digamma(p.b + 1) + EulerGamma) - log(p.a * p.b),
        kl=lambda p, q: log(p.b / q.b) + q.b / p.b - 1,
        shared_parameters=("a",),
        why_no_kl="the catalogue has none for different a",
        proof=Proof(
            lambda x, p: {
                x: Generator(
                    lambda t: p.b * gamma(1 + t / p.a) * gamma(p.b) / gamma(1 + t / p.a + p.b),
                    by=lambda y, p: (y / (1 + y)) ** (1 / p.a),
                ),
                1 - x**p.a: Generator(lambda t: p.b / (p.b + t), by=lambda y, p: (y / (1 + y)) ** (1 / p.a)),
            }
        ),
        source="computed here",
        derivation="E log X and E log(1 - X^a) from the moments of X and of 1 - X^a, by x^a = y/(1 + y).",
    ),
    Family(
        "levy",
        "Lévy",
        (real("mu"), positive("c")),
        density=lambda x, p: log(p.c / (2 * pi)) / 2 - 3 * log(x - p.mu) / 2 - p.c / 2 / (x - p.mu),
        ends=lambda p: (p.mu, oo),
        entropy=lambda p: (1 + 3 * EulerGamma + log(16 * pi * p.c**2)) / 2,
        kl=lambda p, q: (log(p.c / q.c) + q.c / p.c - 1) / 2,
        kl_is_finite=Condition(lambda p, q: p.mu >= q.mu, "always finite"),
        shared_parameters=("mu",),
        why_no_kl="the catalogue has none for different locations",
        proof=Proof(
            lambda x, p: {
                x - p.mu: Generator(
                    lambda t: (p.c / 2) ** t * gamma(HALF - t) / sqrt(pi), sign=-1, by=lambda y, p: p.mu + p.c / (2 * y)
                )
            }
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="computed here",
        derivation="E 1/(X - mu) and E log(X - mu) from the moments of X - mu, by x = mu + c/(2y).",
    ),
    Family(
        "inverse_gaussian",
        "Inverse Gaussian",
        (positive("mu"), positive("lam", "lambda")),
        density=lambda x, p: (
            log(p.lam / (2 * pi)) / 2 - 3 * log(x) / 2 - p.lam * x / (2 * p.mu**2) + p.lam / p.mu - p.lam / (2 * x)
        ),
        entropy=lambda p: (
            log(2 * pi * E * p.mu**3 / p.lam) / 2 - Rational(3, 2) * exp(2 * p.lam / p.mu) * expint(1, 2 * p.lam / p.mu)
        ),
        kl=lambda p, q: (log(p.lam / q.lam) + q.lam / p.lam - 1 + q.lam * (p.mu - q.mu) ** 2 / (p.mu * q.mu**2)) / 2,
        proof=Proof(
            lambda x, p: {
                exp(x): Generator(lambda t: exp(p.lam / p.mu * (1 - sqrt(1 - 2 * p.mu**2 * t / p.lam))), sign=-1),
                exp(1 / x): Generator(
                    lambda t: exp(p.lam / p.mu * (1 - sqrt(1 - 2 * t / p.lam))) / sqrt(1 - 2 * t / p.lam), sign=-1
                ),
            },
            stated_moments=lambda x, p, q: {
                log(x): stated(log(p.mu) - exp(2 * p.lam / p.mu) * expint(1, 2 * p.lam / p.mu))
            },
        ),
        numerics=Numerics(zero_at_lower_end=True),
        source="entropy for lam = 1 in SciPy's reference; KL computed here",
        derivation="E X and E 1/X from the moment generating functions of X and of 1/X; E log X is stated.",
    ),
)
