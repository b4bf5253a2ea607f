"""Extreme parameters, and densities of vectors, against many digits."""

import itertools
import math
from math import inf

import extreme_laws
import mpmath as mp
import pytest
from own_densities import betaln, close, gln, log, pi

from entropybook import families

# --- extreme laws ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_extreme_laws(seed):
    """A sample; `python tests/extreme_laws.py` tries more."""
    assert not list(extreme_laws.complaints(f"sample {seed}", 25))


def test_what_the_comparison_of_extreme_laws_sees():
    verdict, exact = extreme_laws.verdict, mp.mpf(2) ** -300
    assert verdict(float(exact), exact) is None
    assert verdict(0.0, exact) == verdict(float(exact) * (1 + 1e-15), exact) == verdict(-float(exact), exact) == "wrong"
    assert verdict(inf, exact) == verdict(1.0, mp.inf) == verdict(inf, mp.mpf(10) ** 400)
    assert verdict(OverflowError(), exact) == "overflow without need"
    assert verdict(OverflowError(), mp.mpf(10) ** 400) is verdict(0.0, mp.mpf(10) ** -400) is None
    assert verdict(ZeroDivisionError("0"), exact) == "ZeroDivisionError: 0"


EXTREME = [  # right values: the formulas with 900 to 1500 digits
    ("bernoulli", (1e-100,), (2e-100,), 3.068528194400547e-101),
    ("geometric", (1e-100,), (2e-100,), 0.3068528194400547),
    ("geometric", (1e-100,), None, 231.25850929940457),
    ("student_t", (1e100,), None, 1.4189385332046727),
    ("gumbel", (0, 1), (1e-81, 1), 5e-163),
    ("beta", (1.7e308, 1e-8), (0.5, 1e100), 1.0000071030405253e108),
    ("categorical", ([1e-100, 1],), None, 2.312585092994046e-98),
    ("negative_binomial", (1e19, 1 - 2**-53), None, 4.925021537973),
    ("negative_binomial", (1e-27, 0.5), None, 4.4652011022e-26),
    ("logistic", (0, 1), (1e-41, 1), 1 / 6 * 1e-82),
    ("logistic", (0, 1e45), (1e-3, 1e45), 1 / 6 * 1e-96),
    ("von_mises", (0, 1e-60), (0, 2e-60), 1e-120 / 4),
]


@pytest.mark.parametrize(("name", "one", "two", "exact"), EXTREME, ids=range(len(EXTREME)))
def test_extreme_laws_known_to_be_hard(name, one, two, exact):
    law = families[name](*one)
    got = law.entropy() if two is None else law.kl(families[name](*two))
    assert got == pytest.approx(exact, rel=1e-11, abs=0)


@pytest.mark.parametrize("r", [1e-290, 1e-100, 1e-18, 1e-3, 0.5, 3])
@pytest.mark.parametrize("p", [0.3, 0.9, 1 - 2**-53])
def test_entropy_of_negative_binomial_laws(r, p):
    with mp.workdps(400):
        a, q = mp.mpf(r), 1 - mp.mpf(p)
        terms, f = [], (1 - q) ** a
        for k in range(260):
            terms.append(-f * log(f))
            f *= (k + a) * q / (k + 1)
        close(families["negative_binomial"](r, p).entropy(), mp.fsum(terms), 4e-16)


@pytest.mark.parametrize("shares", [[0.5, 0.25, 0.25], [1e-300, 0.75, 0.25], [1e-12, 1 - 2**-40, 1e-9], [0.1] * 10])
@pytest.mark.parametrize("n", [1, 2, 4])
def test_entropy_of_multinomial_laws(shares, n):
    """Of all outcomes; many of ten shares are alike, so a sum over three entries and one over words."""
    with mp.workdps(700):
        p = [mp.mpf(v) for v in shares]
        p = [v / mp.fsum(p) for v in p]
        exact = mp.mpf(0)
        for counts in itertools.combinations_with_replacement(range(len(p)), n):
            ways = mp.factorial(n) / mp.fprod(mp.factorial(counts.count(i)) for i in set(counts))
            chance = ways * mp.fprod(p[i] for i in counts)
            exact -= chance * log(chance)
        close(families["multinomial"](n, shares).entropy(), exact, 4e-16)


@pytest.mark.parametrize("n", [1, 7, 1000, 10**6, 10**40])
@pytest.mark.parametrize("p", [1e-38, 2**-20, 0.25])
def test_multinomial_laws_of_two_entries_are_binomial(n, p):
    """One entropy sums -f log f, the other what is left of n H after the logarithms of factorials are taken out."""
    if n * p > 1e10:
        return
    two = families["multinomial"](n, [p, 1 - p])
    with mp.workdps(60):
        exact = mp.mpf(p) / (mp.mpf(p) + (1 - p))  # made to sum to 1
    if float(exact) == exact:
        assert two.entropy() == pytest.approx(families["binomial"](n, float(exact)).entropy(), rel=1e-15)


OVERFLOWING = [
    ("kl", ("normal", 1e200, 1), ("normal", -1e200, 1)),
    ("kl", ("gumbel", 0, 1e300), ("gumbel", 0, 1)),
    ("kl", ("exponential", 5e-324), ("exponential", 1e300)),
    ("kl", ("dirichlet", [1e-320, 1]), ("dirichlet", [1e300, 1])),
    ("cross_entropy", ("normal", 1e200, 1), ("normal", -1e200, 1)),
    ("entropy", ("gamma", 5e-324, 1)),
    ("entropy", ("pareto", 1, 5e-324)),
    ("pdf", ("normal", 0, 5e-324), 0),
    ("pdf", ("multivariate_normal", [0, 0], [[1e-320, 0], [0, 1e-320]]), [0, 0]),
]


@pytest.mark.parametrize(("method", "one", "other"), [(*case, None)[:3] for case in OVERFLOWING], ids=str)
def test_what_is_finite_and_beyond_the_largest_float_is_not_infinite(method, one, other):
    name, *values = one
    law = families[name](*values)
    arguments = (
        {"entropy": (), "pdf": (other,)}.get(method) or (families[other[0]](*other[1:]),) if other is not None else ()
    )
    with pytest.raises(OverflowError, match=r" is finite, but beyond the largest float, 1\.8e308$"):
        getattr(law, method)(*arguments)


# --- densities of vectors, and what is given to them ------------------------------------------------------------------


@pytest.mark.parametrize("a", [0.5, 1e5, 1e6, 1e10, 1e15, 1e300])
def test_dirichlet_densities_of_two_entries_are_beta_densities(a):
    with mp.workdps(700):
        exact = mp.exp(-betaln(mp.mpf(a), mp.mpf(a)) + 2 * (mp.mpf(a) - 1) * log(mp.mpf(1) / 2))
        for got in (families["dirichlet"]([a, a]).pdf([0.5, 0.5]), families["beta"](a, a).pdf(0.5)):
            close(got, exact, 4e-16)


@pytest.mark.parametrize("n", [10, 10**7, 10**9, 10**15])
def test_multinomial_densities(n):
    k = 3 * n // 10
    with mp.workdps(60):
        p, q = mp.mpf(0.3), mp.mpf(0.7)
        p, q = p / (p + q), q / (p + q)
        exact = mp.exp(gln(mp.mpf(n + 1)) - gln(mp.mpf(k + 1)) - gln(mp.mpf(n - k + 1)) + k * log(p) + (n - k) * log(q))
        close(families["multinomial"](n, [0.3, 0.7]).pdf([k, n - k]), exact, 4e-16)


@pytest.mark.parametrize("size", [3, 8, 12])
def test_normal_densities_with_the_covariance_of_hilbert(size):
    rows = [[1 / (i + j + 1) for j in range(size)] for i in range(size)]
    with mp.workdps(200):
        exact = 1 / mp.sqrt((2 * pi) ** size * mp.det(mp.matrix(rows)))
        close(families["multivariate_normal"]([0] * size, rows).pdf([0] * size), exact, 4e-16)


@pytest.mark.parametrize("scales", [(1e-16, 1.0), (1e-45, 1.0), (1e-61, 1e-3), (1e-200, 1.0), (5e-324, 1.7e308)])
def test_tiny_covariances(scales):
    many = families["multivariate_normal"]
    law = many([0, 0], [[scales[0], 0], [0, scales[1]]])
    with mp.workdps(800):
        a, b = map(mp.mpf, scales)
        close(law.pdf([0, 0]), 1 / (2 * pi * mp.sqrt(a * b)), 4e-16)
        close(law.entropy(), log(2 * pi * mp.e) + log(a * b) / 2, 4e-16)
        exact = (log(2 / a) + a / 2 + log(1 / b) + b - 2) / 2
        if b < 2:
            close(law.kl(many([0, 0], [[2, 0], [0, 1]])), exact, 4e-16)


def test_a_correlation_of_nearly_1():
    near = 1 - 2**-53
    law = families["multivariate_normal"]([0, 0], [[1, near], [near, 1]])
    with mp.workdps(60):
        close(law.entropy(), log(2 * pi * mp.e) + log(1 - mp.mpf(near) ** 2) / 2, 4e-16)


@pytest.mark.parametrize("k", [5, 40, 100, 300])
def test_covariances_whose_determinant_needs_many_digits(k):
    """Of Fibonacci numbers: F(2k + 1) F(2k - 1) - F(2k)^2 is 1, of two numbers with up to 250 digits."""
    f = [0, 1]
    while len(f) < 2 * k + 2:
        f.append(f[-1] + f[-2])
    law = families["multivariate_normal"]([0, 0], [[f[2 * k + 1], f[2 * k]], [f[2 * k], f[2 * k - 1]]])
    assert law.entropy() == pytest.approx(math.log(2 * math.pi * math.e), rel=1e-15)
    with pytest.raises(ValueError, match=r"must be a symmetric positive definite matrix$"):
        families["multivariate_normal"]([0, 0], [[f[2 * k + 1], f[2 * k]], [f[2 * k], f[2 * k - 1] - 1]])


@pytest.mark.parametrize(
    ("law", "entropy"),
    [
        (("gamma", 1e300, 1), math.log(2 * math.pi * math.e * 1e300) / 2),  # 300 digits cancel
        (("student_t", 1e12), math.log(2 * math.pi * math.e) / 2),
        (("binomial", 10**6, 0.5), math.log(2 * math.pi * math.e * 0.25e6) / 2),
        (("poisson", 1e300), math.log(2 * math.pi * math.e * 1e300) / 2),
        (("von_mises", 0, 1e8), math.log(2 * math.pi * math.e * 1e-8) / 2),
        (("inverse_gaussian", 1, 1e300), math.log(2 * math.pi * math.e * 1e-300) / 2),
    ],
    ids=str,
)
def test_entropy_where_the_law_is_nearly_normal(law, entropy):
    assert families[law[0]](*law[1:]).entropy() == pytest.approx(entropy, rel=1e-7)


def test_densities_far_away():
    assert families["normal"](0, 1).pdf(1e200) == families["gumbel"](0, 1).pdf(-1e10) == 0
    assert families["cauchy"](0, 1).pdf(1e100) == pytest.approx(1e-200 / math.pi, rel=1e-14)


def test_a_sum_that_is_too_long_is_refused():
    with pytest.raises(NotImplementedError, match=r"^the entropy is a sum of more than 100000 terms"):
        families["negative_binomial"](2, 1e-7).entropy()


def test_cross_entropy_does_not_cancel():
    """An entropy of -1000 log 10 and a divergence that is nearly the opposite."""
    normal = families["normal"]
    with mp.workdps(50):
        s, t = mp.mpf(1e-300), 1 / mp.sqrt(2 * pi)
        for second in (float(t), 0.3989422804014):
            m = mp.mpf(second)
            exact = log(2 * pi * m**2) / 2 + s**2 / (2 * m**2)
            close(normal(0, 1e-300).cross_entropy(normal(0, second)) / float(exact), mp.mpf(1), 1e-14)
