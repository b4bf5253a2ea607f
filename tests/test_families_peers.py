"""The families against SciPy, PyTorch and each other."""

import math
import random
import warnings

import mpmath as mp
import numpy as np
import pytest
import scipy.stats
from own_densities import DISCRETE, POINTS, close, draw, draw_second, gln, log, random_covariance

from entropybook import families

# --- other programs ----------------------------------------------------------------------------------------------

SCIPY = {
    "bernoulli": lambda p: ("bernoulli", (p,)),
    "discrete_uniform": lambda a, b: ("randint", (a, b + 1)),
    "binomial": lambda n, p: ("binom", (n, p)),
    "geometric": lambda p: ("geom", (p,)),
    "negative_binomial": lambda r, p: ("nbinom", (r, p)),
    "poisson": lambda m: ("poisson", (m,)),
    "uniform": lambda a, b: ("uniform", (a, b - a)),
    "normal": lambda m, s: ("norm", (m, s)),
    "lognormal": lambda m, s: ("lognorm", (s, 0, math.exp(m))),
    "exponential": lambda b: ("expon", (0, 1 / b)),
    "gamma": lambda k, b: ("gamma", (k, 0, 1 / b)),
    "erlang": lambda k, b: ("erlang", (k, 0, 1 / b)),
    "chi_squared": lambda k: ("chi2", (k,)),
    "chi": lambda k: ("chi", (k,)),
    "nakagami": lambda m, w: ("nakagami", (m, 0, math.sqrt(w))),
    "inverse_gamma": lambda k, b: ("invgamma", (k, 0, b)),
    "beta": lambda a, b: ("beta", (a, b)),
    "beta_prime": lambda a, b: ("betaprime", (a, b)),
    "laplace": lambda m, b: ("laplace", (m, b)),
    "logistic": lambda m, s: ("logistic", (m, s)),
    "gumbel": lambda m, b: ("gumbel_r", (m, b)),
    "cauchy": lambda m, g: ("cauchy", (m, g)),
    "rayleigh": lambda s: ("rayleigh", (0, s)),
    "maxwell": lambda s: ("maxwell", (0, s)),
    "half_normal": lambda s: ("halfnorm", (0, s)),
    "weibull": lambda k, s: ("weibull_min", (k, 0, s)),
    "frechet": lambda k, s: ("invweibull", (k, 0, s)),
    "pareto": lambda s, a: ("pareto", (a, 0, s)),
    "student_t": lambda v: ("t", (v,)),
    "von_mises": lambda m, k: ("vonmises", (k, m)),
    "triangular": lambda a, m, b: ("triang", ((m - a) / (b - a), a, b - a)),
    "arcsine": lambda a, b: ("arcsine", (a, b - a)),
    "levy": lambda m, c: ("levy", (m, c)),
    "inverse_gaussian": lambda m, w: ("invgauss", (m / w, 0, w)),
}


@pytest.mark.parametrize("name", SCIPY)
def test_scipy_has_the_same_entropy_and_density(name):
    dice = random.Random(f"SciPy {name}")
    for _ in range(3):
        values = draw(name, dice)
        law = families[name](*values)
        scipy_name, arguments = SCIPY[name](*values)
        theirs = getattr(scipy.stats, scipy_name)(*arguments)
        assert law.entropy() == pytest.approx(float(theirs.entropy()), rel=1e-7, abs=1e-9)
        x = float(theirs.ppf(0.3))
        density = theirs.pmf if name in DISCRETE else theirs.pdf
        if name != "von_mises":  # whose x is not wrapped there
            assert law.pdf(x) == pytest.approx(float(density(x)), rel=1e-10)


TORCH = {
    "bernoulli": ("Bernoulli", lambda p: (p,)),
    "binomial": ("Binomial", lambda n, p: (int(n), p)),
    "geometric": ("Geometric", lambda p: (p,)),
    "poisson": ("Poisson", lambda m: (m,)),
    "uniform": ("Uniform", lambda a, b: (a, b)),
    "normal": ("Normal", lambda m, s: (m, s)),
    "lognormal": ("LogNormal", lambda m, s: (m, s)),
    "exponential": ("Exponential", lambda b: (b,)),
    "gamma": ("Gamma", lambda k, b: (k, b)),
    "chi_squared": ("Chi2", lambda k: (k,)),
    "inverse_gamma": ("InverseGamma", lambda k, b: (k, b)),
    "beta": ("Beta", lambda a, b: (a, b)),
    "laplace": ("Laplace", lambda m, b: (m, b)),
    "gumbel": ("Gumbel", lambda m, b: (m, b)),
    "cauchy": ("Cauchy", lambda m, g: (m, g)),
    "half_normal": ("HalfNormal", lambda s: (s,)),
    "weibull": ("Weibull", lambda k, s: (s, k)),
    "pareto": ("Pareto", lambda s, a: (s, a)),
    "student_t": ("StudentT", lambda v: (v,)),
    "kumaraswamy": ("Kumaraswamy", lambda a, b: (a, b)),
}


def test_torch_has_the_same_divergences_and_entropies():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it says when imported is not our concern
        torch = pytest.importorskip("torch")
    distributions = torch.distributions

    def theirs(name, values):
        kind, order = TORCH[name]
        arguments = [v if isinstance(v, int) else torch.tensor(v, dtype=torch.float64) for v in order(*values)]
        return getattr(distributions, kind)(*arguments)

    dice, compared = random.Random("torch"), set()
    for first, second in [*((name, name) for name in TORCH), *families.pairs]:
        if not {first, second} <= set(TORCH):
            continue
        for _ in range(3):
            one = [float(v) for v in draw(first, dice)]
            two = [float(v) for v in (draw_second(first, one, dice) if first == second else draw(second, dice))]
            if first == "pareto":
                one[1] += 2
            p, q = families[first](*one), families[second](*two)
            if first == second:
                try:
                    entropy = float(theirs(first, one).entropy())
                except NotImplementedError:
                    pass
                else:
                    assert p.entropy() == pytest.approx(entropy, rel=1e-8), p
                    compared.add(first)
            try:
                divergence = float(distributions.kl_divergence(theirs(first, one), theirs(second, two)))
            except NotImplementedError:
                continue
            assert families.kl(p, q) == pytest.approx(divergence, rel=1e-8), (p, q)
            compared.add((first, second))
    generator = np.random.default_rng(5)
    vectors = {
        "dirichlet": ("Dirichlet", [(generator.uniform(0.5, 3, 4),) for _ in "12"]),
        "categorical": ("Categorical", [(generator.dirichlet([1, 1, 1]),) for _ in "12"]),
        "multivariate_normal": (
            "MultivariateNormal", [(generator.normal(size=3), random_covariance(3, generator)) for _ in "12"],
        ),
    }  # fmt: skip
    for name, (kind, laws) in vectors.items():
        p, q = (families[name](*law) for law in laws)
        a, b = (getattr(distributions, kind)(*map(torch.as_tensor, law)) for law in laws)
        assert p.entropy() == pytest.approx(float(a.entropy()), rel=1e-8)
        assert p.kl(q) == pytest.approx(float(distributions.kl_divergence(a, b)), rel=1e-8)
    assert {("normal", "laplace"), ("gumbel", "normal"), ("beta", "beta"), "student_t", "weibull"} <= compared
    assert len(compared) >= 45


# --- each other --------------------------------------------------------------------------------------------------

# X of the first law is g(Y) for Y of the second: KL is the same, the entropy differs by E log |g'(Y)|.
IMAGES = {
    "lognormal = exp(normal)": ("lognormal", "normal", lambda m, s: (m, s), "r+"),
    "chi = sqrt(chi-squared)": ("chi", "chi_squared", lambda k: (k,), "+"),
    "chi-squared = gamma": ("chi_squared", "gamma", lambda k: (k / 2, 0.5), "+"),
    "inverse chi-squared = inverse gamma": ("inverse_chi_squared", "inverse_gamma", lambda k: (k / 2, 0.5), "+"),
    "inverse gamma = 1/gamma": ("inverse_gamma", "gamma", lambda k, b: (k, b), "++"),
    "Fréchet = 1/Weibull": ("frechet", "weibull", lambda k, s: (k, 1 / s), "++"),
    "beta prime = beta/(1 - beta)": ("beta_prime", "beta", lambda a, b: (a, b), "++"),
    "nakagami = sqrt(gamma)": ("nakagami", "gamma", lambda m, w: (m, m / w), "++"),
    "rayleigh = weibull": ("rayleigh", "weibull", lambda s: (2, s * math.sqrt(2)), "+"),
    "rayleigh^2 = exponential": ("rayleigh", "exponential", lambda s: (1 / (2 * s * s),), "+"),
    "maxwell^2 = gamma": ("maxwell", "gamma", lambda s: (1.5, 1 / (2 * s * s)), "+"),
    "half-normal^2 = gamma": ("half_normal", "gamma", lambda s: (0.5, 1 / (2 * s * s)), "+"),
    "levy = 1/gamma": ("levy", "inverse_gamma", lambda c: (0.5, c / 2), "+"),
    "exponential = weibull": ("exponential", "weibull", lambda b: (1, 1 / b), "+"),
    "pareto = exp(exponential)": ("pareto", "exponential", lambda a: (a,), "+"),
    "gumbel = -log(exponential)": ("gumbel", "exponential", lambda m: (math.exp(m),), "r"),
    "kumaraswamy = beta": ("kumaraswamy", "beta", lambda b: (1, b), "+"),
}
FIXED = {
    "levy": lambda c: (0.5, c),
    "pareto": lambda a: (2, a),
    "gumbel": lambda m: (m, 1),
    "kumaraswamy": lambda b: (1.5, b),
}


@pytest.mark.parametrize("case", IMAGES)
def test_kl_is_invariant_under_bijections(case):
    image, original, parameters, kinds = IMAGES[case]
    dice = random.Random(case)
    for _ in range(POINTS):
        points = [[dice.uniform(-1, 1) if kind == "r" else dice.uniform(0.5, 3) for kind in kinds] for _ in "12"]
        one = [families[image](*FIXED.get(image, lambda *v: v)(*point)) for point in points]
        two = [families[original](*parameters(*point)) for point in points]
        assert one[0].kl(one[1]) == pytest.approx(two[0].kl(two[1]), rel=1e-12)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("erlang", 3, 2), ("gamma", 3, 2)),
        (("chi_squared", 3), ("gamma", 1.5, 0.5)),
        (("inverse_chi_squared", 3), ("inverse_gamma", 1.5, 0.5)),
        (("levy", 0, 3), ("inverse_gamma", 0.5, 1.5)),
        (("levy", 7, 3), ("levy", 0, 3)),
        (("exponential", 2), ("gamma", 1, 2)),
        (("exponential", 2), ("weibull", 1, 0.5)),
        (("kumaraswamy", 1, 3), ("beta", 1, 3)),
        (("arcsine", 0, 1), ("beta", 0.5, 0.5)),
        (("uniform", 0, 1), ("beta", 1, 1)),
        (("student_t", 1), ("cauchy", 0, 1)),
        (("chi", 1), ("half_normal", 1)),
        (("chi", 2), ("rayleigh", 1)),
        (("chi", 3), ("maxwell", 1)),
        (("nakagami", 1.5, 3), ("maxwell", 1)),
        (("negative_binomial", 1, 0.3), ("geometric", 0.3)),
        (("binomial", 1, 0.3), ("bernoulli", 0.3)),
        (("multinomial", 5, [0.25, 0.75]), ("binomial", 5, 0.25)),
        (("categorical", [0.25, 0.75]), ("bernoulli", 0.25)),
        (("multivariate_normal", [1], [[4]]), ("normal", 1, 2)),
        (("poisson", 9999.999), ("poisson", 10000.001)),
    ],
    ids=lambda law: str(law[0]),
)
def test_laws_that_coincide_have_one_entropy(one, two):
    first, second = (families[name](*values).entropy() for name, *values in (one, two))
    assert first == pytest.approx(second, rel=1e-14 if one[0] != "poisson" else 2e-8)


def test_poisson_entropy_where_the_series_takes_over():
    for rate in (10**4 + 1, 20000):
        with mp.workdps(40):
            places = range(rate - 1500, rate + 1500)
            terms = [k * log(mp.mpf(rate)) - rate - gln(mp.mpf(k + 1)) for k in places]
            close(families["poisson"](rate).entropy(), -mp.fsum(mp.exp(t) * t for t in terms), 4e-16)
