"""The measures of densities: known values, error estimates, hard cases, infinities, properties, bad input.

No expected value comes from the code under test: it is a closed form written out with mpmath.  The densities are
plain functions on floats, rounded as everybody rounds them.
"""

import math
import os
import re
import warnings
from math import erfc, exp, inf, lgamma, log, log1p, pi, sqrt

import densities
import mpmath
import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import IntegrationWarning

from entropybook import continuous
from entropybook.continuous import Estimate, cross_entropy_density, differential_entropy, kl_divergence_density

PAIR = (kl_divergence_density, cross_entropy_density)
LINE, HALF, UNIT = (-inf, inf), (0, inf), (0, 1)
U = 2.0**-53

# --- densities -------------------------------------------------------------------------------------------------


def normal(m, s):
    return lambda x: exp(-(((x - m) / s) * ((x - m) / s)) / 2) / (s * sqrt(2 * pi))


def uniform(a, b):
    return lambda x: 1 / (b - a) if a <= x <= b else 0.0


def laplace(m, b):
    return lambda x: exp(-abs(x - m) / b) / (2 * b)


def exponential(rate):
    return lambda x: rate * exp(-rate * x)


def gamma(a):
    return lambda x: exp((a - 1) * log(x) - x - lgamma(a))


def beta(a, b):
    return lambda x: exp((a - 1) * log(x) + (b - 1) * log(1 - x) - lgamma(a) - lgamma(b) + lgamma(a + b))


def cauchy(m, s):
    return lambda x: s / (pi * (s * s + (x - m) * (x - m)))


def levy(x):
    return exp(-1 / (2 * x) - 1.5 * log(x)) / sqrt(2 * pi)


def pareto(a):
    return lambda x: a * exp(-(a + 1) * log(x))


def triangular(x):
    return max(0.0, 1 - abs(x))


def arcsine(x):
    return 1 / (pi * sqrt(x * (1 - x)))


def student(nu):
    return lambda x: exp(lgamma((nu + 1) / 2) - lgamma(nu / 2) - (nu + 1) / 2 * log1p(x * x / nu)) / sqrt(nu * pi)


def lognormal(mu, sigma):
    return lambda x: exp(-((log(x) - mu) ** 2) / (2 * sigma**2)) / (x * sigma * sqrt(2 * pi))


def mixture(*parts):
    return lambda x: sum(f(x) for f in parts) / len(parts)


# --- closed forms ----------------------------------------------------------------------------------------------

mp = mpmath.MPContext()  # one's own: the digits of all others stay as they are
mp.dps = 40
M, psi = mp.mpf, mp.digamma


def h_normal(s):
    return mp.log(2 * mp.pi * mp.e * M(s) ** 2) / 2


def h_gamma(a):
    return M(a) + mp.loggamma(a) + (1 - M(a)) * psi(a)


def h_beta(a, b):
    a, b = M(a), M(b)
    return mp.log(mp.beta(a, b)) - (a - 1) * psi(a) - (b - 1) * psi(b) + (a + b - 2) * psi(a + b)


def kl_normal(m, s, n, t):
    m, s, n, t = map(M, (m, s, n, t))
    return mp.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - M(1) / 2


def kl_exponential(a, b):
    return mp.log(M(a) / M(b)) + M(b) / M(a) - 1


def kl_gamma(a, b):
    return (M(a) - M(b)) * psi(a) - mp.loggamma(a) + mp.loggamma(b)


def kl_beta(a, b, c, d):
    a, b, c, d = map(M, (a, b, c, d))
    return mp.log(mp.beta(c, d) / mp.beta(a, b)) + (a - c) * psi(a) + (b - d) * psi(b) + (c - a + d - b) * psi(a + b)


def kl_cauchy(m, s, n, t):
    return mp.log(((M(s) + t) ** 2 + (M(m) - n) ** 2) / (4 * M(s) * t))


# --- 1. Known values -------------------------------------------------------------------------------------------
#
# The last column is the error allowed.  Measured errors are up to half of it.  Those above 1e-14 (1 + value) have
# reasons: for N(m, s) at m = 1000 or 3, x = m + t is rounded by u m, which is 1e-10 s; for Gamma(.01) and
# Beta(.01, .05) a rounding of the density is multiplied by 1/a and 1/a^2; Gamma(1e4) comes from lgamma(1e4) = 8e4.

h, kl, ce = differential_entropy, kl_divergence_density, cross_entropy_density
FINE = 1e-14
KNOWN = {
    "U(0, 1/2)": (h, (uniform(0, 0.5), (0, 0.5)), -mp.log(2), FINE),
    "U(0, 1/2) in (0, 1)": (h, (uniform(0, 0.5), UNIT), -mp.log(2), FINE),
    "U(0, 1/3) in (0, 1)": (h, (uniform(0, 1 / 3), UNIT), -mp.log(3), FINE),
    "U(-3, 5)": (h, (uniform(-3, 5), (-3, 5)), mp.log(8), FINE),
    "N(0, 1)": (h, (normal(0, 1), LINE), h_normal(1), FINE),
    "N(0, 1e6)": (h, (normal(0, 1e6), LINE), h_normal(1e6), FINE),
    "N(0, 1e-6)": (h, (normal(0, 1e-6), LINE), h_normal(1e-6), FINE),
    "N(0, 1e-50)": (h, (normal(0, 1e-50), LINE), h_normal(1e-50), FINE),
    "N(1000, 1e-3)": (h, (normal(1000, 1e-3), LINE), h_normal(1e-3), 1e-11),
    "N(3, 1e-6)": (h, (normal(3, 1e-6), LINE), h_normal(1e-6), 1e-11),
    "N(6.4, .487), tails between 0 and the peak": (h, (normal(6.4074, 0.4867), LINE), h_normal(0.4867), 1e-12),
    "N(pi, 1e-3)": (h, (normal(pi, 1e-3), LINE), h_normal(1e-3), 1e-12),
    "exponential": (h, (exponential(1), HALF), M(1), FINE),
    "exponential on the line": (h, (lambda x: exp(-x) if x > 0 else 0.0, LINE), M(1), FINE),
    "Gamma(.1)": (h, (gamma(0.1), HALF), h_gamma(0.1), FINE),
    "Gamma(.01)": (h, (gamma(0.01), HALF), h_gamma(0.01), 4e-10),
    "Gamma(1e4)": (h, (gamma(1e4), HALF), h_gamma(1e4), 1e-12),
    "Beta(.1, .2)": (h, (beta(0.1, 0.2), UNIT), h_beta(0.1, 0.2), 2e-14),
    "Beta(.01, .05)": (h, (beta(0.01, 0.05), UNIT), h_beta(0.01, 0.05), 4e-10),
    "Beta(2, 5)": (h, (beta(2, 5), UNIT), h_beta(2, 5), FINE),
    "Beta(200, 500)": (h, (beta(200, 500), UNIT), h_beta(200, 500), FINE),
    "arcsine": (h, (arcsine, UNIT), mp.log(mp.pi / 4), FINE),
    "arcsine on (-1, 1)": (h, (lambda x: 1 / (pi * sqrt((1 - x) * (1 + x))), (-1, 1)), mp.log(mp.pi / 2), FINE),
    "-log x": (h, (lambda x: -log(x), UNIT), mp.euler - 1, FINE),
    "Cauchy": (h, (cauchy(0, 1), LINE), mp.log(4 * mp.pi), FINE),
    "Cauchy(12345, 1e-3)": (h, (cauchy(12345, 1e-3), LINE), mp.log(4 * mp.pi * M(1e-3)), 2e-9),
    "Laplace": (h, (laplace(0, 1), LINE), 1 + mp.log(2), FINE),
    "Laplace(pi, 1)": (h, (laplace(pi, 1), LINE), 1 + mp.log(2), 2e-14),
    "Levy": (h, (levy, HALF), (1 + 3 * mp.euler + mp.log(16 * mp.pi)) / 2, FINE),
    "Pareto(1)": (h, (pareto(1), (1, inf)), M(2), FINE),
    "Pareto(.1)": (h, (pareto(0.1), (1, inf)), 11 - mp.log(M(0.1)), 2e-13),
    "lognormal, in small numbers": (h, (lognormal(-20, 1), HALF), h_normal(1) - 20, FINE),
    "lognormal, in large numbers": (h, (lognormal(40, 1), HALF), h_normal(1) + 40, FINE),
    "lognormal, narrow and in large numbers": (h, (lognormal(40, 0.1), HALF), h_normal(0.1) + 40, FINE),
    "triangular": (h, (triangular, (-1, 1)), M(1) / 2, FINE),
    "triangular on the line": (h, (triangular, LINE), M(1) / 2, FINE),
    "two far peaks": (
        h,
        (mixture(normal(0, 1), normal(1000, 1e-3)), LINE),
        mp.log(2) + (h_normal(1) + h_normal(1e-3)) / 2,
        2e-11,
    ),
    "N from N": (kl, (normal(0, 1), normal(1, 1), LINE), M(1) / 2, FINE),
    "N(1, 2) from N(-1, 3)": (kl, (normal(1, 2), normal(-1, 3), LINE), kl_normal(1, 2, -1, 3), FINE),
    "N(0, 1e-6) from N": (kl, (normal(0, 1e-6), normal(0, 1), LINE), kl_normal(0, 1e-6, 0, 1), FINE),
    "N(3, 1e-6) from N": (kl, (normal(3, 1e-6), normal(0, 1), LINE), kl_normal(3, 1e-6, 0, 1), 1e-11),
    "N(3, 1e-6) from N(3, 2e-6)": (
        kl, (normal(3, 1e-6), normal(3, 2e-6), LINE), kl_normal(3, 1e-6, 3, 2e-6), 1e-11,
    ),
    "N(pi, .01) from N(pi, .02)": (
        kl, (normal(pi, 0.01), normal(pi, 0.02), LINE), kl_normal(0, 0.01, 0, 0.02), 1e-13,
    ),
    "exponentials": (kl, (exponential(1), exponential(3), HALF), kl_exponential(1, 3), FINE),
    "Gammas": (kl, (gamma(0.1), gamma(2), HALF), kl_gamma(0.1, 2), FINE),
    "Betas": (kl, (beta(2, 5), beta(0.5, 0.5), UNIT), kl_beta(2, 5, 0.5, 0.5), FINE),
    "QuantEcon: Beta(.1, .2) from U": (kl, (beta(0.1, 0.2), uniform(0, 1), UNIT), kl_beta(0.1, 0.2, 1, 1), 2e-14),
    "U from Beta(.1, .2)": (kl, (uniform(0, 1), beta(0.1, 0.2), UNIT), kl_beta(1, 1, 0.1, 0.2), FINE),
    "U(0, 1/2) from U": (kl, (uniform(0, 0.5), uniform(0, 1), UNIT), mp.log(2), FINE),
    "U(0, 1/3) from U": (kl, (uniform(0, 1 / 3), uniform(0, 1), UNIT), mp.log(3), FINE),
    "U from U(0, 1/2)": (kl, (uniform(0, 1), uniform(0, 0.5), UNIT), mp.inf, 0),
    "U from U(0, 1/3)": (kl, (uniform(0, 1), uniform(0, 1 / 3), UNIT), mp.inf, 0),
    "U from N": (kl, (uniform(0, 1), normal(0, 1), LINE), mp.log(2 * mp.pi) / 2 + M(1) / 6, FINE),
    "N from U": (kl, (normal(0, 1), uniform(0, 1), LINE), mp.inf, 0),
    "N from triangular": (kl, (normal(0, 1), triangular, LINE), mp.inf, 0),
    "triangular from N": (kl, (triangular, normal(0, 1), LINE), mp.log(2 * mp.pi) / 2 - M(5) / 12, FINE),
    "Laplace from N": (kl, (laplace(0, 1), normal(0, 1), LINE), mp.log(mp.pi / 2) / 2, 3e-14),
    "N from Laplace": (kl, (normal(0, 1), laplace(0, 1), LINE), mp.log(2) + mp.sqrt(2 / mp.pi) - h_normal(1), FINE),
    "Cauchys": (kl, (cauchy(0, 1), cauchy(1, 2), LINE), kl_cauchy(0, 1, 1, 2), FINE),
    "Cauchy from N": (kl, (cauchy(0, 1), normal(0, 1), LINE), mp.inf, 0),
    "Cauchy, N": (ce, (cauchy(0, 1), normal(0, 1), LINE), mp.inf, 0),
    "U, U(0, 1/2)": (ce, (uniform(0, 1), uniform(0, 0.5), UNIT), mp.inf, 0),
    "N, N": (ce, (normal(0, 1), normal(1, 2), LINE), h_normal(1) + kl_normal(0, 1, 1, 2), FINE),
    "exponential, exponential": (ce, (exponential(1), exponential(3), HALF), 3 - mp.log(3), FINE),
    "Beta, Beta": (
        ce,
        (beta(0.1, 0.2), beta(2, 5), UNIT),
        h_beta(0.1, 0.2) + kl_beta(0.1, 0.2, 2, 5),
        1e-13,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KNOWN)
def test_known_value(case):
    function, arguments, exact, allowed = KNOWN[case]
    got = function(*arguments, error=True)
    assert isinstance(got, Estimate)
    assert type(got.value) is type(got.error) is float
    if exact == mp.inf:
        assert got == (inf, 0)
    else:
        actual = abs(got.value - exact)
        assert actual <= allowed * (1 + abs(exact))
        assert actual <= got.error + 4 * U * (1 + abs(got.value)), "the estimate bounds the error"
    assert function(*arguments) == got.value
    assert type(function(*arguments)) is float


def test_known_values_cover_every_function():
    assert {row[0] for row in KNOWN.values()} == {differential_entropy, *PAIR}


@pytest.mark.parametrize(
    ("case", "printed"),
    [("N(0, 1)", 1.4189385332), ("QuantEcon: Beta(.1, .2) from U", 4.97734), ("Cauchy", 2.5310242469)],
)
def test_printed_values(case, printed):
    assert float(KNOWN[case][2]) == pytest.approx(printed, abs=1e-5 if printed == 4.97734 else 1e-10)


def test_estimates_are_small_enough_to_be_of_use():
    """None calls for a warning; half of them below 1e-11 (1 + value)."""
    sizes = []
    for function, arguments, exact, _ in KNOWN.values():
        if exact != mp.inf:
            got = function(*arguments, error=True)
            sizes.append(got.error / (1 + abs(got.value)))
    assert max(sizes) <= 1e-8
    assert np.median(sizes) <= 1e-11


# --- 2. Near P = Q ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("e", range(1, 13))
def test_near_equal(e):
    """Densities with relative errors of a few u differ by eps: no more than some u/eps of the answer can be right.

    Measured: 7 u/eps for the Betas, 1.5 u/eps for the others.  The estimates allow 1e-15 sqrt(KL), and the last
    quadratures are of noise.
    """
    eps = 10.0**-e
    cases = [
        ((normal(0, 1), normal(eps, 1), LINE), M(eps) ** 2 / 2),
        ((normal(0, 1), normal(0, 1 + eps), LINE), kl_normal(0, 1, 0, 1 + eps)),
        ((exponential(1), exponential(1 + eps), HALF), kl_exponential(1, 1 + eps)),
        ((beta(2, 5), beta(2, 5 + eps), UNIT), kl_beta(2, 5, 2, 5 + eps)),
    ]
    for arguments, exact in cases:
        value, error = kl_divergence_density(*arguments, error=True)
        assert abs(value - exact) <= (1e-14 + 8 * U / eps) * exact
        assert abs(value - exact) <= error
        assert error <= (4e-9 + 3000 * U / eps) * exact


def test_equal():
    for p, support in ((normal(0, 1), LINE), (beta(0.1, 0.2), UNIT), (gamma(3), HALF)):
        assert kl_divergence_density(p, p, support, error=True) == (0, 0)


# --- 3. Zeros: true ones and underflow ---------------------------------------------------------------------------


def refused(error, message, function, *arguments, **options):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        function(*arguments, **options)


DOUBT = ", but perhaps only by underflow: whether the answer is finite cannot be told"


@pytest.mark.parametrize("function", PAIR)
def test_underflow_that_hides_whether_the_answer_is_finite(function):
    """All are finite but the last; floats do not show it."""
    for p, q, support, where in (
        (student(5), normal(0, 1), LINE, "q is 0 from 38.57550017338137 to inf, where p has mass 1.1e-07"),
        (normal(0, 1), normal(0, 1e-3), LINE, r"q is 0 from 0\.038\d+ to inf, where p has mass 0\.48\d*"),
        (student(1.1), laplace(0, 1), LINE, r"q is 0 from 744\.\d+ to inf, where p has mass 0\.000226"),
        (exponential(1), levy, HALF, r"q is 0 from 0\.0 to 0\.00066\d+, where p has mass 0\.000662"),
    ):
        with pytest.raises(ValueError, match=f"^{where}{DOUBT}$"):
            function(p, q, support)


@pytest.mark.parametrize("function", PAIR)
@pytest.mark.parametrize(
    ("p", "q", "support"),
    [
        (cauchy(0, 1), laplace(0, 1), LINE),  # E |X| is infinite
        (student(2), normal(0, 1), LINE),  # E X^2 is infinite
        (lambda x: x**-2 if x > 1 else 0.0, exponential(1), HALF),
        (lambda x: 0.99 * x**-1.99 if x > 1 else 0.0, exponential(1), HALF),
    ],
)
def test_infinite_if_only_by_a_logarithm(function, p, q, support):
    assert function(p, q, support, error=True) == (inf, 0)


def heaped(density, a, width, factor):
    """0 from a to a + width, and what was there added to the next such interval."""
    return lambda x: density(x) * (0.0 if a < x < a + width else factor if a + width <= x < a + 2 * width else 1.0)


@pytest.mark.parametrize("function", PAIR)
@pytest.mark.parametrize("width", [0.3, 0.02, 0.005])
def test_a_hole_that_the_mass_does_not_show(function, width):
    """Both integrate to 1, and q = 0 where p > 0."""
    a, (before, between, after) = -1.3, (erfc((1.3 - k * width) / sqrt(2)) for k in range(3))
    q = heaped(normal(0, 1), a, width, 1 + (between - before) / (after - between))
    assert function(normal(0, 1), q, LINE, error=True) == (inf, 0)
    assert function(uniform(0, 1), heaped(uniform(0, 1), 0.7123, width / 10, 2), UNIT, error=True) == (inf, 0)


@pytest.mark.parametrize("function", PAIR)
@pytest.mark.parametrize("a", [2.99, 3.0013, 3.0087])
def test_such_a_hole_in_a_narrow_part_of_a_wide_density(function, a):
    """A hole 0.0003 wide where half is N(3, 0.01), the other half N(0, 5)."""
    p = mixture(normal(3, 0.01), normal(0, 5))
    below = [sum(erfc((m - a - k * 0.0003) / s / sqrt(2)) / 4 for m, s in ((3, 0.01), (0, 5))) for k in range(3)]
    q = heaped(p, a, 0.0003, 1 + (below[1] - below[0]) / (below[2] - below[1]))
    assert function(p, q, LINE, error=True) == (inf, 0)


def gaps(p, support):
    seen = set()
    differential_entropy(lambda x: seen.add(x) or p(x), support)
    places = np.array(sorted(seen))
    return places[:-1], places[1:]


@pytest.mark.parametrize("scale", [1e-3, 1, 1e3])
def test_how_closely_a_density_is_sampled_in_length(scale):
    """1/1000 of the part with all but a 10th of the mass on each side, and so on."""
    a, b = gaps(normal(5 * scale, scale), LINE)
    for tail in (0.1, 0.01, 1e-3, 1e-4, 1e-5):
        half = scipy.stats.norm.isf(tail) * scale
        inside = (b > 5 * scale - half) & (a < 5 * scale + half)
        assert max((b - a)[inside]) <= 2 * half / 1000


def test_how_closely_a_density_is_sampled_in_mass():
    """The largest gap between nodes is 0.081 of a cell, and a cell has a fiftieth of the mass at most."""
    for p, cdf in (
        (
            mixture(normal(3, 0.01), normal(0, 5)),
            lambda x: (scipy.stats.norm.cdf((x - 3) / 0.01) + scipy.stats.norm.cdf(x / 5)) / 2,
        ),
        (cauchy(0, 1), scipy.stats.cauchy.cdf),
    ):
        a, b = gaps(p, LINE)
        assert max(cdf(b) - cdf(a)) <= 0.003


@pytest.mark.parametrize("width", [0.3, 0.02, 0.002])
def test_entropy_with_such_a_hole(width):
    value, error = differential_entropy(heaped(uniform(0, 1), 0.2223, width, 2), UNIT, error=True)
    assert abs(value + 2 * width * log(2)) <= error <= 1e-10


def test_oscillation_in_a_small_place():
    """1 + .99 sin(2 pi t) exp(-t^2), t = (x - .1407)/.003, is 1 elsewhere; its entropy there is by mpmath's formula."""

    def p(x):
        t = (x - 0.1407) / 0.003
        return 1 + 0.99 * math.sin(2 * pi * t) * exp(-t * t)

    def term(t):
        y = 1 + M("0.99") * mp.sin(2 * mp.pi * t) * mp.exp(-t * t)
        return -y * mp.log(y)

    exact = M("0.003") * mp.quad(term, mp.linspace(-10, 10, 81))
    value, error = differential_entropy(p, UNIT, error=True)
    assert abs(value - exact) <= error <= 1e-11


def test_infinite_where_q_is_zero_inside():
    def gap(x):
        return 0.5 if x < 1 or x > 2 else 0.0

    for function in PAIR:
        assert function(uniform(0, 3), gap, (0, 3)) == inf
        assert function(uniform(0, 3), gap, (0, 3), points=[1, 2], error=True) == (inf, 0)
    assert kl_divergence_density(gap, uniform(0, 3), (0, 3)) == pytest.approx(log(1.5), rel=1e-14)
    assert cross_entropy_density(gap, gap, (0, 3)) == pytest.approx(log(2), rel=1e-14)


def test_a_single_point_does_not_count():
    assert kl_divergence_density(uniform(0, 1), lambda x: 0.0 if x == 0.25 else 1.0, UNIT) <= 1e-15


# --- 4. What cannot be found is an error, what is uncertain a warning ------------------------------------------------

NOT_ONE = (
    "{} integrates to {} over the support, not to 1 within 1e-06: it is not a density there (the support must hold "
    "p and q), or its mass is too narrow or too far away to be found (say where in points)"
)


@pytest.mark.parametrize(
    ("p", "support", "mass"),
    [
        (lambda x: 2.0, UNIT, "2"),
        (lambda x: 0.0, UNIT, "0"),
        (normal(0, 1), UNIT, "0.3413447"),
        (lambda x: 0.39894 * exp(-x * x / 2), LINE, "0.9999943"),
        (normal(pi, 1e-9), LINE, "0"),
        (lambda x: 1 / x, UNIT, "inf"),
        (lambda x: 1 / x, (1, inf), "inf"),
        (lambda x: 1 / (x * log(x) ** 2), (math.e, inf), None),  # infinite entropy
        (lambda x: -0.04 * log1p(-x) * (1 - x) ** -0.8, UNIT, None),  # no power law at 1, where x has no digits
        (lambda x: 1 + math.cos(2e5 * pi * x), UNIT, None),
        (lambda x: 0.999 * normal(0, 1)(x) + 0.001 * normal(777.77, 1e-4)(x), LINE, "0.999"),
    ],
)
def test_not_found(p, support, mass):
    def broad(x):
        return (
            1.0 if support == UNIT else exp(-abs(x)) / 2 if support == LINE else support[0] / x**2 if x < 1e60 else 0.0
        )

    calls = [("pdf", differential_entropy, (p, support)), ("p", kl_divergence_density, (p, broad, support))]
    calls += [("q", f, (broad, p, support)) for f in PAIR]
    for name, function, arguments in calls:
        if mass is None:
            with pytest.raises(ValueError, match=rf"^{name} integrates to .*, not to 1 within 1e-06: "):
                function(*arguments)
        else:
            refused(ValueError, NOT_ONE.format(name, mass), function, *arguments)


def test_points_find_what_is_narrow():
    with pytest.warns(IntegrationWarning):  # x = 3 + t is rounded by 2e-7 of 1e-9
        got = differential_entropy(normal(3, 1e-9), LINE, points=[3], error=True)
    assert abs(got.value - h_normal(1e-9)) <= 1e-8 <= got.error
    singular = differential_entropy(lambda x: abs(x) ** -0.5 / 4, (-1, 1), points=(0,))
    assert singular == pytest.approx(log(4) - 1, abs=1e-14)


def test_points_make_jumps_exact():
    def steps(x):
        return 1.5 if x < 0.31234 else (1 - 1.5 * 0.31234) / (1 - 0.31234)

    low = (1 - 1.5 * M(0.31234)) / (1 - M(0.31234))
    exact = -M(0.31234) * 1.5 * mp.log(1.5) - (1 - M(0.31234)) * low * mp.log(low)
    for points in ((), [0.31234], np.array([0.31234])):
        got = differential_entropy(steps, UNIT, points=points, error=True)
        assert abs(got.value - exact) <= max(got.error, 1e-15)
        assert got.error <= (2e-11 if len(points) == 0 else 1e-12)
    assert kl_divergence_density(uniform(0, 0.5), uniform(0, 1), UNIT, points=[0.5]) == pytest.approx(log(2), rel=1e-15)


WARNING = (
    r"^the answer \S+ may be wrong by \S+: a density oscillates, does not quite integrate to 1, or is singular, "
    "jumps, or has a kink or a narrow peak at a place that points should name$"
)


def root_inside(x):
    """Infinite at 0.71234: a case for points."""
    return abs(x - 0.71234) ** -0.5 / (2 * (sqrt(0.71234) + sqrt(1 - 0.71234)))


@pytest.mark.parametrize("p", [lambda x: 1 + math.cos(2e4 * pi * x), root_inside, lambda x: 1 + 5e-7])
def test_uncertain_answers_come_with_a_warning(p):
    for options in ({}, {"error": True}):
        with pytest.warns(IntegrationWarning, match=WARNING) as caught:
            got = differential_entropy(p, UNIT, **options)
        assert len(caught) == 1
        assert caught[0].filename == __file__
    assert got.error > 1e-8 * (1 + abs(got.value))


def test_the_estimate_of_an_uncertain_answer_bounds_its_error():
    roots = [M(0.71234), 1 - M(0.71234)]
    c = 1 / (2 * sum(map(mp.sqrt, roots)))
    exact = -mp.log(c) + c * sum(mp.sqrt(a) * (mp.log(a) - 2) for a in roots)
    for p, right in ((lambda x: 1 + math.cos(2e4 * pi * x), log(2) - 1), (root_inside, exact)):
        with pytest.warns(IntegrationWarning):
            got = differential_entropy(p, UNIT, error=True)
        assert 1e-8 < abs(got.value - right) <= got.error
    assert differential_entropy(root_inside, UNIT, points=[0.71234]) == pytest.approx(float(exact), abs=1e-10)


@pytest.mark.parametrize(
    ("p", "exact"), [(lambda x: 1 + math.cos(200 * pi * x), log(2) - 1), (lambda x: 1.5 - int(100 * x) % 2, None)]
)
def test_many_bends_and_jumps(p, exact):
    exact = -(1.5 * log(1.5) + 0.5 * log(0.5)) / 2 if exact is None else exact
    value, error = differential_entropy(p, UNIT, error=True)
    assert abs(value - exact) <= error <= 1e-10


def test_a_side_that_begins_late():
    """The next float after 1000 is 1e-13 away, and the law has 2e-7 of its mass before the second."""
    value, error = differential_entropy(lambda x: 1 / (pi * sqrt((x - 1000) * (1001 - x))), (1000, 1001), error=True)
    assert abs(value - log(pi / 4)) <= error <= 1e-11


def test_the_roughness_bounds_the_error_at_a_jump():
    """Of Lobatto's formula for a function that is 1 up to any place in a cell, 0 beyond."""
    places = np.linspace(-1, 1, 20001)[1:-1]
    steps = places[:, None] > continuous._NODES
    wrong = abs(steps @ continuous._WEIGHTS - (places + 1))
    assert np.all(wrong <= np.linalg.norm(steps @ continuous._ROUGHNESS, axis=1))


def test_weights_of_lobatto():
    """Right for polynomials up to degree 37."""
    for k in range(0, 38, 2):
        assert continuous._WEIGHTS @ continuous._NODES**k == pytest.approx(2 / (k + 1), rel=1e-11)


def naive_logistic(x):
    return exp(-x) / (1 + exp(-x)) ** 2  # OverflowError on the left


def numpy_logistic(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2  # inf / inf on the left


def hyperbolic_secant(x):
    return 1 / (pi * math.cosh(x))  # OverflowError on both sides


@pytest.mark.parametrize("logistic", [naive_logistic, numpy_logistic])
def test_a_density_that_overflows_far_out_counts_as_0_there(logistic):
    assert differential_entropy(logistic, LINE) == pytest.approx(2, rel=1e-13)
    assert differential_entropy(hyperbolic_secant, LINE) == pytest.approx(log(2 * pi), rel=1e-13)
    # E log q of the hyperbolic secant under the logistic law, by mpmath's quadrature
    h_pq = mp.log(mp.pi) + mp.quad(lambda x: mp.log(mp.cosh(x)) * mp.sech(x / 2) ** 2 / 2, [0, 1, 5, 20, 60])
    assert cross_entropy_density(logistic, hyperbolic_secant, LINE) == pytest.approx(float(h_pq), rel=1e-12)


def test_nearly_a_density_is_divided_by_its_integral():
    for c in (1 - 1e-10, 1 + 1e-10, 1 - 5e-7, 1 + 5e-7):
        with warnings.catch_warnings(action="ignore"):
            assert differential_entropy(lambda x: 2 * c, (0, 0.5)) == pytest.approx(-log(2), abs=1e-14)  # noqa: B023
            near = kl_divergence_density(lambda x: c, lambda x: 2 * x, UNIT)  # noqa: B023
            assert near == pytest.approx(1 - log(2), abs=1e-14)
            assert cross_entropy_density(lambda x: 2 * x, lambda x: c, UNIT) == pytest.approx(0, abs=1e-14)  # noqa: B023
            assert kl_divergence_density(lambda x: c, lambda x: 1.0, UNIT) <= 1e-15  # noqa: B023


# --- 5. Many densities ----------------------------------------------------------------------------------------

SEED = os.environ.get("DENSITIES_SEED", "1")


def test_random_densities():
    """DENSITIES_SEED=7 pytest ... tries others; `python tests/densities.py SEED COUNT` many."""
    verdicts = {number: densities.judge(*asked)[0] for number, _, *asked in densities.cases(SEED, 60)}
    bad = {number: verdict for number, verdict in verdicts.items() if verdict not in ("right", "underflow")}
    assert set(bad.values()) <= {"refused", "warned"}, f"seed {SEED}: {bad}"
    assert len(bad) <= 3, f"seed {SEED}: {bad}"


def normals(*parts):
    return densities.Mixture([list(part) for part in parts])


# mixtures of normals by mpmath's quadrature between cuts at every centre, 30 digits
HARD = [
    (h, [normals((0.6, -2.9, 2), (0.4, -3.3, 0.01))], 0.6324683438941),
    (kl, [normals((0.1, 2.6, 1), (0.9, 4.4, 0.01)), normals((0.9, -3.1, 0.5), (0.1, 0, 5))], 7.59997627603771),
    (kl, [normals((1, 4.44, 0.2)), normals((0.9, -4.87, 0.02), (0.1, 0, 5))], 5.4165329178622),
]


@pytest.mark.parametrize(("function", "given", "exact"), HARD)
def test_narrow_and_wide_normals(function, given, exact):
    assert densities.exact(function, given, LINE)[0] == pytest.approx(exact, rel=1e-13)
    value, error = function(*given, LINE, error=True)
    assert abs(value - exact) <= 1e-12 * (1 + exact)
    assert error <= 1e-10


@pytest.mark.parametrize(
    ("wrong", "error", "verdict"),
    [(1e-6, 1e-9, "wrong"), (1e-9, 1e-10, "estimate too small"), (1e-9, 1e-8, "right"), (inf, 0.0, "wrong")],
)
def test_what_is_judged_wrong(monkeypatch, wrong, error, verdict):
    _, given, exact = HARD[2]
    monkeypatch.setattr(densities, "exact", lambda *_: (exact, 0.0))
    assert densities.judge(lambda *_, **__: Estimate(exact + wrong, error), given, LINE)[0] == verdict


# --- 6. Properties ---------------------------------------------------------------------------------------------

SHAPE, SCALE, PLACE = st.floats(0.3, 30), st.floats(0.1, 10), st.floats(-5, 5)
few = settings(max_examples=25, deadline=None, derandomize=True)


@few
@given(PLACE, SCALE, PLACE, SCALE)
def test_normals(m, s, n, t):
    """q must not underflow where p has mass: t >= s/4 keeps it 9 standard deviations of p away at least."""
    t = max(t, s / 2 + abs(m - n) / 20)
    check(normal(m, s), normal(n, t), LINE, h_normal(s), kl_normal(m, s, n, t))


@few
@given(SHAPE, SHAPE, SHAPE, SHAPE)
def test_betas(a, b, c, d):
    check(beta(a, b), beta(c, d), UNIT, h_beta(a, b), kl_beta(a, b, c, d))


@few
@given(SHAPE, SHAPE)
def test_gammas(a, b):
    check(gamma(a), gamma(b), HALF, h_gamma(a), kl_gamma(a, b))


def check(p, q, support, entropy, divergence):
    """Closed forms; KL >= 0; cross-entropy = entropy + KL; a base is a unit."""
    got = [
        differential_entropy(p, support, error=True),
        kl_divergence_density(p, q, support, error=True),
        cross_entropy_density(p, q, support, error=True),
    ]
    for (value, error), exact in zip(got, (entropy, divergence, entropy + divergence), strict=True):
        assert abs(value - exact) <= min(error + 4 * U * (1 + abs(value)), 2e-12 * (1 + abs(exact)))
    assert got[1].value >= 0
    bits = kl_divergence_density(p, q, support, base=2, error=True)
    assert bits == pytest.approx((got[1].value / log(2), got[1].error / log(2)), rel=1e-15)


@few
@given(st.floats(0.01, 100), st.sampled_from([-1, 1]), PLACE)
def test_a_change_of_unit(a, sign, b):
    """Y = aX + b: h grows by log |a|, KL stays; the support turns round with the sign."""
    a *= sign

    def moved(f):
        return lambda y: f((y - b) / a) / abs(a) if (y - b) / a > 0 else 0.0

    p, q = gamma(2.5), exponential(0.7)
    support = (b, inf) if a > 0 else (-inf, b)
    h_p, d = differential_entropy(p, HALF), kl_divergence_density(p, q, HALF)
    assert differential_entropy(moved(p), support) == pytest.approx(h_p + log(abs(a)), abs=1e-11)
    assert kl_divergence_density(moved(p), moved(q), support) == pytest.approx(d, rel=1e-11)


@pytest.mark.parametrize(("base", "unit"), [(None, 1), (2, log(2)), (10, log(10)), (np.float64(3), log(3))])
def test_base(base, unit):
    for function, arguments in ((h, (uniform(0, 0.5),)), *((f, (uniform(0, 0.5), uniform(0, 1))) for f in PAIR)):
        nats, got = (function(*arguments, UNIT, error=True, base=b) for b in (None, base))
        assert got == pytest.approx((nats.value / unit, nats.error / unit), rel=1e-15)


# --- 7. What may be given --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [float, np.float64, np.float32, np.array, lambda y: np.array([y]), lambda y: [y]])
def test_what_a_density_may_return(kind):
    seen = set()

    def half(x):
        seen.add(type(x))
        return kind(0.5)

    assert differential_entropy(half, (0, 2)) == pytest.approx(log(2), rel=1e-14)
    assert kl_divergence_density(half, lambda x: 1 if x < 1 else 0, (0, 2)) == inf  # integers
    assert seen == {float}


def test_frozen_laws_of_scipy():
    stats = scipy.stats
    for p, q, support, exact in (
        (stats.norm(0, 1), stats.norm(1, 2), LINE, kl_normal(0, 1, 1, 2)),
        (stats.laplace(0, 1), stats.norm(0, 1), LINE, mp.log(mp.pi / 2) / 2),
        (stats.beta(0.1, 0.2), stats.uniform(), UNIT, kl_beta(0.1, 0.2, 1, 1)),
        (stats.gamma(0.1), stats.expon(), HALF, kl_gamma(0.1, 1)),
    ):
        assert kl_divergence_density(p.pdf, q.pdf, support) == pytest.approx(float(exact), rel=2e-13)
        assert differential_entropy(p.pdf, support) == pytest.approx(float(p.entropy()), rel=2e-13)


@pytest.mark.parametrize("state", ["raise", "warn"])
def test_no_floating_point_error_whatever_numpy_is_told(state):
    def numpy_normal(x):
        return np.exp(-np.float64(x) * x / 2) / np.sqrt(2 * np.pi)  # underflows

    with np.errstate(all=state):
        for p, q, support in (
            (numpy_normal, laplace(0, 1), LINE),
            (laplace(0, 1), numpy_normal, LINE),
            (beta(0.1, 0.2), beta(5, 2), UNIT),
            (uniform(0, 1), uniform(0, 0.5), UNIT),
        ):
            differential_entropy(p, support)
            kl_divergence_density(p, q, support)
            cross_entropy_density(p, q, support)
        assert np.geterr()["over"] == state


# --- 8. Bad input ----------------------------------------------------------------------------------------------


def good(x):
    return 1.0


ONE = "must be one real number, not of "
BAD_DENSITIES = [
    (np.ones(3), TypeError, "must be a function of one number, not ndarray"),
    (1.0, TypeError, "must be a function of one number, not float"),
]
BAD_VALUES = [
    (None, TypeError, " must be one real number, not of type object"),
    (True, TypeError, " must be one real number, not of type bool"),
    (1j, TypeError, " must be one real number, not of type complex128"),
    ("1", TypeError, " must be one real number, not of type str"),
    ([1.0, 1.0], TypeError, " must be one real number, not of shape (2,)"),
    ([], TypeError, " must be one real number, not of shape (0,)"),
    (-0.1, ValueError, " = -0.1: a density cannot be negative"),
    (math.nan, ValueError, " = nan: a density cannot be nan"),
    (inf, ValueError, " = inf: a density cannot be infinite here; see `points`"),
]


def _calls(bad):
    yield "pdf", differential_entropy, (bad,)
    for function in PAIR:
        yield "p", function, (bad, good)
        yield "q", function, (good, bad)


@pytest.mark.parametrize(("bad", "error", "message"), BAD_DENSITIES)
def test_not_a_function(bad, error, message):
    for name, function, arguments in _calls(bad):
        refused(error, f"{name} {message}", function, *arguments, UNIT)


@pytest.mark.parametrize(("value", "error", "message"), BAD_VALUES, ids=str)
def test_bad_value_of_a_density(value, error, message):
    for name, function, arguments in _calls(lambda x: value if x == 0.5 else 1.0):
        refused(error, f"{name}(0.5){message}", function, *arguments, UNIT)


def test_an_exception_in_a_density_is_passed_on():
    class Mine(Exception):
        pass

    def fails(x):
        raise Mine

    for function, arguments in (
        (h, (fails,)),
        *((f, (fails, good)) for f in PAIR),
        *((f, (good, fails)) for f in PAIR),
    ):
        with pytest.raises(Mine):
            function(*arguments, UNIT)


BAD_OPTIONS = [
    ((0.0, 0.0), {}, ValueError, "support = (0.0, 0.0): the first end must be below the second"),
    ((1, 0), {}, ValueError, "support = (1.0, 0.0): the first end must be below the second"),
    ((0, math.nan), {}, ValueError, "support = (0.0, nan): the first end must be below the second"),
    ((inf, inf), {}, ValueError, "support = (inf, inf): the first end must be below the second"),
    (1, {}, TypeError, "support must be a pair (lo, hi), not 1"),
    (None, {}, TypeError, "support must be a pair (lo, hi), not None"),
    ((0, 1, 2), {}, TypeError, "support must be a pair (lo, hi), not (0, 1, 2)"),
    ("01", {}, TypeError, "support must be a pair (lo, hi), not '01'"),
    (("0", 1), {}, TypeError, "an end of support must be a number, not str"),
    ((0, 1j), {}, TypeError, "an end of support must be a number, not complex"),
    ((False, True), {}, TypeError, "an end of support must be a number, not bool"),
    (UNIT, {"points": 0.5}, TypeError, "points must be a sequence of numbers, not float"),
    (UNIT, {"points": ["0.5"]}, TypeError, "each of points must be a number, not str"),
    (UNIT, {"points": [0.5, 1]}, ValueError, "points has 1.0, which is not inside the support (0.0, 1.0)"),
    (UNIT, {"points": [math.nan]}, ValueError, "points has nan, which is not inside the support (0.0, 1.0)"),
    (LINE, {"points": [inf]}, ValueError, "points has inf, which is not inside the support (-inf, inf)"),
    ((1, 1 + 2**-50), {}, ValueError, "there are too few floats between 1.0 and the next of points and ends"),
    (UNIT, {"base": 1}, ValueError, "base = 1: a base must be finite and above 1"),
    (UNIT, {"base": math.nan}, ValueError, "base = nan: a base must be finite and above 1"),
    (UNIT, {"base": inf}, ValueError, "base = inf: a base must be finite and above 1"),
    (UNIT, {"base": True}, TypeError, "base must be a number, not bool"),
    (UNIT, {"base": "2"}, TypeError, "base must be a number, not str"),
]


@pytest.mark.parametrize(("support", "options", "error", "message"), BAD_OPTIONS, ids=range(len(BAD_OPTIONS)))
def test_bad_options(support, options, error, message):
    for function, count in ((differential_entropy, 1), *((f, 2) for f in PAIR)):
        refused(error, message, function, *[good] * count, support, **options)


def test_options_are_keywords_only():
    for function, count in ((differential_entropy, 1), *((f, 2) for f in PAIR)):
        with pytest.raises(TypeError, match="positional argument"):
            function(*[good] * count, UNIT, 2)


# --- 9. Small print --------------------------------------------------------------------------------------------


def test_ends_points_and_zero_are_never_evaluated_and_no_place_twice():
    seen = []

    def root(x):
        seen.append(x)
        return 0.0 if x < 0 or x > 1 else 1 / (4 * sqrt(x)) + 1 / (4 * sqrt(1 - x))  # infinite at 0 and 1

    differential_entropy(root, (-1, inf), points=[1])
    assert not {-1, 0, 1} & {*seen}
    assert len(seen) == len({*seen}) < 8000


def test_a_power_law_that_is_not_quite_one_widens_the_estimate():
    """(1 - x)^29 underflows next to 1, and is a power law only nearly where it does not."""
    value, error = kl_divergence_density(beta(2, 0.5), beta(30, 30), UNIT, error=True)
    assert 1e-9 < abs(value - kl_beta(2, 0.5, 30, 30)) <= error <= 1e-7
