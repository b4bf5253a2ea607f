"""The densities of the families, written out once more with mpmath, and random parameters; used by test_families*.

No expected value comes from the code under test: the densities are integrated or summed with 20 or 30 digits.
"""

import math
from math import inf

import mpmath as mp
import numpy as np

from entropybook import families

log, gln, pi = mp.log, mp.loggamma, mp.pi


def betaln(a, b):
    return gln(a) + gln(b) - gln(a + b)


# --- densities, once more ----------------------------------------------------------------------------------------
#
# Name: log density of x and the parameters, ends of the support, and how to draw the parameters: r for a real number,
# + for a positive one, p for a probability, n for a positive integer, < for what lies above the one before.

LINE, HALF, UNIT = (lambda *_: (-inf, inf)), (lambda *_: (0, inf)), (lambda *_: (0, 1))
ENDS = lambda a, *_, **__: (a, _[-1])  # noqa: E731


def log_normal_density(x, m, s):
    return -(((x - m) / s) ** 2) / 2 - log(s) - log(2 * pi) / 2


def log_gamma_density(x, k, b):
    return k * log(b) - gln(k) + (k - 1) * log(x) - b * x


def log_weibull_density(x, k, s):
    return log(k / s) + (k - 1) * log(x / s) - (x / s) ** k


def log_triangle(x, a, m, b):
    return log(2 * (x - a) / ((b - a) * (m - a))) if x < m else log(2 * (b - x) / ((b - a) * (b - m)))


CONTINUOUS = {
    "uniform": (lambda x, a, b: -log(b - a), ENDS, "r<"),
    "normal": (log_normal_density, LINE, "r+"),
    "lognormal": (lambda x, m, s: log_normal_density(log(x), m, s) - log(x), HALF, "r+"),
    "exponential": (lambda x, b: log(b) - b * x, HALF, "+"),
    "gamma": (log_gamma_density, HALF, "++"),
    "erlang": (log_gamma_density, HALF, "n+"),
    "chi_squared": (lambda x, k: log_gamma_density(x, k / 2, mp.mpf(1) / 2), HALF, "+"),
    "inverse_chi_squared": (lambda x, k: log_gamma_density(1 / x, k / 2, mp.mpf(1) / 2) - 2 * log(x), HALF, "+"),
    "chi": (lambda x, k: log_gamma_density(x * x, k / 2, mp.mpf(1) / 2) + log(2 * x), HALF, "+"),
    "nakagami": (lambda x, m, w: log_gamma_density(x * x, m, m / w) + log(2 * x), HALF, "++"),
    "inverse_gamma": (lambda x, k, b: log_gamma_density(1 / x, k, b) - 2 * log(x), HALF, "++"),
    "beta": (lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - betaln(a, b), UNIT, "++"),
    "beta_prime": (lambda x, a, b: (a - 1) * log(x) - (a + b) * log(1 + x) - betaln(a, b), HALF, "++"),
    "laplace": (lambda x, m, b: -abs(x - m) / b - log(2 * b), LINE, "r+"),
    "logistic": (lambda x, m, s: -log(4 * s * mp.cosh((x - m) / (2 * s)) ** 2), LINE, "r+"),
    "gumbel": (lambda x, m, b: -(x - m) / b - mp.exp(-(x - m) / b) - log(b), LINE, "r+"),
    "cauchy": (lambda x, m, g: -log(pi * g * (1 + ((x - m) / g) ** 2)), LINE, "r+"),
    "rayleigh": (lambda x, s: log_weibull_density(x, 2, s * mp.sqrt(2)), HALF, "+"),
    "maxwell": (lambda x, s: log(mp.sqrt(2 / pi) * x**2 / s**3) - x**2 / (2 * s**2), HALF, "+"),
    "half_normal": (lambda x, s: log(2) + log_normal_density(x, 0, s), HALF, "+"),
    "weibull": (log_weibull_density, HALF, "++"),
    "frechet": (lambda x, k, s: log_weibull_density(1 / x, k, 1 / s) - 2 * log(x), HALF, "++"),
    "pareto": (lambda x, s, a: log(a / s) - (a + 1) * log(x / s), lambda s, a: (s, inf), "++"),
    "student_t": (
        lambda x, v: gln((v + 1) / 2) - gln(v / 2) - log(v * pi) / 2 - (v + 1) / 2 * log(1 + x * x / v), LINE, "+",
    ),
    "von_mises": (
        lambda x, m, k: k * mp.cos(x - m) - log(2 * pi * mp.besseli(0, k)), lambda *_: (-mp.pi, mp.pi), "r+",
    ),
    "triangular": (log_triangle, ENDS, "r<<"),
    "arcsine": (lambda x, a, b: -log(pi) - log((x - a) * (b - x)) / 2, ENDS, "r<"),
    "kumaraswamy": (lambda x, a, b: log(a * b) + (a - 1) * log(x) + (b - 1) * log(1 - x**a), UNIT, "++"),
    "levy": (
        lambda x, m, c: log(c / (2 * pi)) / 2 - c / (2 * (x - m)) - mp.mpf(3) / 2 * log(x - m),
        lambda m, c: (m, inf),
        "r+",
    ),
    "inverse_gaussian": (
        lambda x, m, w: log(w / (2 * pi * x**3)) / 2 - w * (x - m) ** 2 / (2 * m**2 * x), HALF, "++",
    ),
}  # fmt: skip

DISCRETE = {
    "bernoulli": (lambda k, p: log(p if k else 1 - p), UNIT, "p"),
    "discrete_uniform": (lambda k, a, b: -log(b - a + 1), ENDS, "z>"),
    "binomial": (lambda k, n, p: log(mp.binomial(n, k) * p**k * (1 - p) ** (n - k)), lambda n, p: (0, n), "np"),
    "geometric": (lambda k, p: log(p) + (k - 1) * log(1 - p), lambda p: (1, inf), "p"),
    "negative_binomial": (
        lambda k, r, p: gln(k + r) - gln(r) - gln(k + 1) + r * log(p) + k * log(1 - p), HALF, "+p",
    ),
    "poisson": (lambda k, m: k * log(m) - m - gln(k + 1), HALF, "+"),
}  # fmt: skip

UNIVARIATE = CONTINUOUS | DISCRETE
MULTIVARIATE = ["categorical", "multinomial", "dirichlet", "multivariate_normal"]
SAME = {"binomial": [0], "negative_binomial": [0], "levy": [0], "logistic": [1], "kumaraswamy": [0]}  # for KL


def draw(name, dice):
    """Random parameters, as exact short decimals."""
    values = []
    for kind in UNIVARIATE[name][2]:
        size = round(dice.uniform(0.6, 3), 2)
        values.append(
            {
                "r": round(dice.uniform(-2, 2), 2),
                "+": size,
                "p": round(dice.uniform(0.1, 0.9), 2),
                "n": dice.randint(1, 8),
                "z": dice.randint(-4, 4),
                "<": round(values[-1] + size, 2) if values else None,
                ">": values[-1] + dice.randint(0, 5) if values else None,
            }[kind]
        )
    return values


def draw_second(name, first, dice):
    """Random parameters of a law whose support holds that of the first, and with the `SAME` parameters."""
    second = draw(name, dice)
    for place in SAME.get(name, []):
        second[place] = first[place]
    if name in ("uniform", "arcsine"):
        low, high = (round(dice.uniform(0, 2), 2) for _ in "ab")
        second = [round(first[0] - low, 2), round(first[1] + high, 2)]
    if name == "discrete_uniform":
        second = [first[0] - dice.randint(0, 3), first[1] + dice.randint(0, 3)]
    if name == "pareto":
        second[0] = round(first[0] * dice.uniform(0.2, 1), 2)
    return second


def tail_rule(last=170):
    """Nodes and weights from 0 to infinity: trapezoidal in t, where x = exp(sinh t); good for any power at the ends."""
    step = mp.mpf(1) / 32
    with mp.workdps(30):
        nodes = [(mp.exp(mp.sinh(k * step)), step * mp.cosh(k * step)) for k in range(-last, last + 1)]
        return [(x, x * weight) for x, weight in nodes]


TAIL = tail_rule()


def expectation(name, values, function, kinks=()):
    """E[function(x, log density)] under the law: a sum, or an integral cut at the kinks."""
    density, ends, _ = UNIVARIATE[name]
    with mp.workdps(30 if ends in (ENDS, UNIT) else 20):  # more where powers of 1 - x are lost to rounding
        values = [mp.mpf(v) for v in values]
        low, high = ends(*values)

        def term(x):
            try:
                log_p = density(x, *values)
            except (ValueError, ZeroDivisionError):  # rounded to an end of the support
                return mp.mpf(0)
            return mp.exp(log_p) * function(x, log_p) if log_p > -5000 else mp.mpf(0)

        if name in DISCRETE:
            return mp.fsum(term(mp.mpf(k)) for k in range(int(low), int(min(high, 400)) + 1))

        def tail(start, sign):
            return mp.fsum(term(start + sign * far) * weight for far, weight in TAIL)

        if math.isinf(low):
            cuts = sorted({mp.mpf(k) for k in kinks})
            return tail(cuts[0], -1) + (mp.quad(term, cuts) if len(cuts) > 1 else 0) + tail(cuts[-1], 1)
        if math.isinf(high):
            return tail(low, 1)
        return mp.quad(term, [low, *sorted({mp.mpf(k) for k in kinks if low < k < high}), high])


def kinks_of(*laws):
    """Where a density has a kink, or else its mass."""
    kinks = [v for name, values in laws for v, kind in zip(values, UNIVARIATE[name][2], strict=True) if kind in "r<"]
    return kinks or [0]


def entropy_by_definition(name, values):
    return expectation(name, values, lambda x, log_p: -log_p, kinks_of((name, values)))


def kl_by_definition(name, values, other, others):
    others = [mp.mpf(v) for v in others]
    density = UNIVARIATE[other][0]

    def excess(x, log_p):
        return log_p - density(x, *others)

    return expectation(name, values, excess, kinks_of((name, values), (other, others)))


def close(got, exact, rel=1e-10, least=0.0):
    """Whether they agree to a relative error, of `least` where the value is smaller, as after quadrature."""
    assert type(got) is float
    assert abs(got - exact) <= rel * max(abs(exact), least), (got, float(exact))


POINTS = 10
WITH_KL = [name for name in UNIVARIATE if families[name].kl]
VECTORS = {
    "dirichlet": ([1, 1],), "multinomial": (1, [0.5, 0.5]), "multivariate_normal": ([0, 0], [[1, 0], [0, 1]]),
}  # fmt: skip


def random_covariance(size, generator):
    a = generator.normal(size=(size, size))
    return (a @ a.T + 0.1 * np.eye(size)).round(3)
