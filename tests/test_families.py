"""The families against quadrature and summation of the definition."""

import itertools
import math
import random
from math import inf

import mpmath as mp
import numpy as np
import pytest
import scipy.stats
from own_densities import (
    DISCRETE,
    POINTS,
    UNIVARIATE,
    WITH_KL,
    close,
    draw,
    draw_second,
    entropy_by_definition,
    kl_by_definition,
    log,
    random_covariance,
)

from entropybook import families


@pytest.mark.parametrize("name", UNIVARIATE)
def test_entropy_agrees_with_the_definition(name):
    dice = random.Random(f"entropy of {name}")
    for _ in range(POINTS):
        values = draw(name, dice)
        close(families[name](*values).entropy(), entropy_by_definition(name, values))


@pytest.mark.parametrize("name", WITH_KL)
def test_kl_agrees_with_the_definition(name):
    dice = random.Random(f"KL of {name}")
    for _ in range(POINTS):
        first = draw(name, dice)
        second = draw_second(name, first, dice)
        p, q = families[name](*first), families[name](*second)
        exact = kl_by_definition(name, first, name, second)
        close(p.kl(q), exact)
        close(p.cross_entropy(q), exact + mp.mpf(p.entropy()))


@pytest.mark.parametrize("pair", families.pairs, ids="-".join)
def test_kl_of_a_pair_agrees_with_the_definition(pair):
    dice = random.Random(f"pair {pair}")
    for _ in range(POINTS):
        first, second = (draw(name, dice) for name in pair)
        if pair[0] == "pareto":
            first[1] += 2  # the moments exist
        if pair == ("uniform", "exponential"):
            first = [abs(first[0]), abs(first[0]) + first[1] - first[0]]
        if pair == ("beta", "uniform"):
            second = [-abs(second[0]), 1 + abs(second[1])]
        got = families.kl(families[pair[0]](*first), families[pair[1]](*second))
        close(got, kl_by_definition(pair[0], first, pair[1], second))


@pytest.mark.parametrize("name", UNIVARIATE)
def test_pdf_and_support(name):
    dice = random.Random(f"pdf of {name}")
    for _ in range(POINTS):
        values = draw(name, dice)
        law = families[name](*values)
        with mp.workdps(30):
            low, high = UNIVARIATE[name][1](*map(mp.mpf, values))
            assert law.support == (float(low), float(high))
            inside = max(low, -5), min(high, low + 5 if low > -inf else 5)
            x = float(inside[0] + (inside[1] - inside[0]) * mp.mpf(dice.randint(1, 99)) / 100)
            if name in DISCRETE:
                x = dice.randint(int(low), int(min(high, 8)))
                assert law.pdf(x + 0.5) == 0
            close(law.pdf(x), mp.exp(UNIVARIATE[name][0](mp.mpf(x), *map(mp.mpf, values))), 1e-14)
        for outside in (low - 1, high + 1, inf, -inf):
            if not low <= outside <= high or math.isinf(outside):
                assert law.pdf(float(outside)) == 0


@pytest.mark.parametrize(
    ("name", "parameters", "x", "density"),
    [
        ("uniform", (0, 2), 0, 0.5),
        ("uniform", (0, 2), 2.0, 0.5),
        ("exponential", (3,), 0, 3),
        ("gamma", (0.5, 1), 0, inf),
        ("gamma", (1, 2), 0, 2),
        ("gamma", (2, 1), 0, 0),
        ("beta", (1, 1), 1, 1),
        ("beta", (2, 0.5), 1, inf),
        ("arcsine", (1, 2), 1, inf),
        ("triangular", (0, 0, 1), 0, 2),
        ("triangular", (0, 1, 1), 1, 2),
        ("triangular", (0, 1, 2), 1, 1),
        ("lognormal", (0, 1), 0, 0),
        ("levy", (1, 1), 1, 0),
        ("frechet", (1, 1), 0, 0),
        ("inverse_gamma", (1, 1), 0, 0),
        ("inverse_chi_squared", (1,), 0, 0),
        ("inverse_gaussian", (1, 1), 0, 0),
        ("pareto", (2, 1), 2, 0.5),
        ("bernoulli", (0,), 0, 1),
        ("bernoulli", (0,), 1, 0),
        ("bernoulli", (1,), 1, 1),
        ("geometric", (1,), 1, 1),
        ("binomial", (3, 1), 3, 1),
        ("categorical", ([0.25, 0.75],), 1, 0.75),
        ("categorical", ([0.25, 0.75],), 2, 0),
        ("multinomial", (2, [0.25, 0.75]), [1, 1], 0.375),
        ("multinomial", (2, [0.25, 0.75]), [1, 2], 0),
        ("dirichlet", ([1, 1, 1],), [0.25, 0.25, 0.5], 2),
        ("dirichlet", ([1, 1, 1],), [0.25, 0.25, 0.25], 0),
    ],
)
def test_densities_at_the_ends(name, parameters, x, density):
    assert families[name](*parameters).pdf(x) == pytest.approx(density, rel=1e-15)


# --- laws of vectors ---------------------------------------------------------------------------------------------


def simplex(size, dice, zeros=0):
    weights = [mp.mpf(dice.randint(1, 50)) for _ in range(size - zeros)] + [mp.mpf(0)] * zeros
    return [w / sum(weights) for w in weights]


def floats(values):
    return [float(v) for v in values]


def test_categorical_and_multinomial():
    dice = random.Random(1)
    for size in (2, 3, 4, 3, 4):
        n = dice.randint(1, 5)
        p, q = simplex(size, dice, zeros=1), simplex(size, dice)
        h = -mp.fsum(a * log(a) for a in p if a)
        kl = mp.fsum(a * log(a / b) for a, b in zip(p, q, strict=True) if a)
        one, two = (families["categorical"](floats(v)) for v in (p, q))
        close(one.entropy(), h, 1e-14)
        close(one.kl(two), kl, 1e-14)
        close(one.cross_entropy(two), h + kl, 1e-14)
        assert two.kl(one) == two.cross_entropy(one) == inf

        def chance(counts, v, n=n):
            ways = mp.factorial(n) / mp.fprod(map(mp.factorial, counts))
            return ways * mp.fprod(b**c for b, c in zip(v, counts, strict=True))

        counts = [c for c in itertools.product(range(n + 1), repeat=size) if sum(c) == n]
        terms = [(chance(c, p), chance(c, q)) for c in counts]
        one, two = (families["multinomial"](n, floats(v)) for v in (p, q))
        close(one.entropy(), -mp.fsum(a * log(a) for a, _ in terms if a), 1e-14)
        close(one.kl(two), mp.fsum(a * log(a / b) for a, b in terms if a), 1e-14)
        assert two.kl(one) == inf
        for c, (a, _) in zip(counts, terms, strict=True):
            close(one.pdf(c), a)


def test_dirichlet_in_three_dimensions():
    """By quadrature over x = u, y = (1 - u) v."""
    dice = random.Random(2)
    for _ in range(3):
        a, b = ([round(dice.uniform(1, 3), 2) for _ in range(3)] for _ in range(2))

        def log_density(x, alpha):
            total = math.lgamma(sum(alpha)) - sum(map(math.lgamma, alpha))
            return total + sum((c - 1) * np.log(v) for c, v in zip(alpha, x, strict=True))

        t, s = np.meshgrid(*[np.arange(-17, 17, 0.1)] * 2)  # trapezoidal rule in u = 1/(1 + exp(-2t)), and so for v
        u, v = 1 / (1 + np.exp(-2 * t)), 1 / (1 + np.exp(-2 * s))
        not_u, not_v = 1 / (1 + np.exp(2 * t)), 1 / (1 + np.exp(2 * s))
        x = [u, not_u * v, not_u * not_v]
        log_p = log_density(x, a)
        weight = np.exp(log_p) * not_u * (2 * u * not_u * 0.1) * (2 * v * not_v * 0.1)
        exact = np.sum(weight * -log_p), np.sum(weight * (log_p - log_density(x, b)))
        one, two = families["dirichlet"](a), families["dirichlet"](b)
        close(one.entropy(), exact[0])
        close(one.kl(two), exact[1])
        close(one.pdf([0.25, 0.25, 0.5]), math.exp(log_density([0.25, 0.25, 0.5], a)), 1e-13)


def test_multivariate_normal():
    """By whitening: the divergence is that of normals along the axes in which both covariances are diagonal."""
    generator = np.random.default_rng(3)
    normal, many = families["normal"], families["multivariate_normal"]
    for size in (1, 2, 2, 3, 5):
        means, covariances = generator.normal(size=(2, size)), [random_covariance(size, generator) for _ in "12"]
        one, two = (many(m, c) for m, c in zip(means, covariances, strict=True))
        variances, axes = scipy.linalg.eigh(*covariances)  # axes.T cov_2 axes = 1
        shift = axes.T @ (means[0] - means[1])
        kl = sum(normal(d, math.sqrt(v)).kl(normal(0, 1)) for d, v in zip(shift, variances, strict=True))
        assert one.kl(two) == pytest.approx(kl, rel=1e-10)
        assert one.entropy() == pytest.approx(
            scipy.stats.multivariate_normal(*one.parameters.values()).entropy(), rel=1e-10
        )
        x = generator.normal(size=size)
        assert one.pdf(x) == pytest.approx(scipy.stats.multivariate_normal(means[0], covariances[0]).pdf(x), rel=1e-10)
    in_one, in_two = (normal(m, s) for m, s in ((1, 2), (0.5, 0.25)))
    assert many([1], [[4]]).kl(many([0.5], [[0.0625]])) == in_one.kl(in_two)


def test_bivariate_normal_by_quadrature():
    """The correlated law in the plane, by the trapezoidal rule, which is exact to rounding for such integrands."""
    mean, cov = [0.5, -0.25], [[2, 0.75], [0.75, 1]]
    other_mean, other_cov = [0, 0.5], [[1, -0.25], [-0.25, 1.5]]
    x, y = np.meshgrid(*[np.arange(-16, 16, 0.125)] * 2)
    logs = []
    for (a, b), ((c, d), (_, e)) in ((mean, cov), (other_mean, other_cov)):
        determinant = c * e - d * d
        square = (e * (x - a) ** 2 - 2 * d * (x - a) * (y - b) + c * (y - b) ** 2) / determinant
        logs.append(-np.log(2 * np.pi) - np.log(determinant) / 2 - square / 2)
    density = np.exp(logs[0]) * 0.125**2
    one, two = families["multivariate_normal"](mean, cov), families["multivariate_normal"](other_mean, other_cov)
    assert one.entropy() == pytest.approx(-np.sum(density * logs[0]), rel=1e-12)
    assert one.kl(two) == pytest.approx(np.sum(density * (logs[0] - logs[1])), rel=1e-12)


def test_ill_conditioned_covariances():
    """Condition 1e10, by exact arithmetic with 100 digits."""
    generator = np.random.default_rng(4)
    basis, _ = np.linalg.qr(generator.normal(size=(4, 4)))
    first = basis @ np.diag([1, 1e-3, 1e-6, 1e-10]) @ basis.T
    first = (first + first.T) / 2
    second = first * (1 + 1e-9)
    with mp.workdps(100):
        one, two = mp.matrix(first.tolist()), mp.matrix(second.tolist())
        ratio = one * two**-1
        exact = (sum(ratio[i, i] for i in range(4)) - 4 - log(mp.det(ratio))) / 2
        many = families["multivariate_normal"]
        close(many([0] * 4, first).kl(many([0] * 4, second)) / float(exact), mp.mpf(1), 1e-14)
