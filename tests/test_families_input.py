"""What may be given to families, distributions and `kl`, and what is said of the rest."""

import math
import re
import subprocess
import sys
from fractions import Fraction
from math import inf

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from own_densities import VECTORS, close, pi

from entropybook import families


@pytest.mark.parametrize("name", VECTORS)
def test_what_densities_of_vectors_take(name):
    law = families[name](*VECTORS[name])
    for bad in ([math.nan, 0.5], np.array([0.5, math.nan])):
        with pytest.raises(ValueError, match=r"^x = .*nan.*: must hold no nan$"):
            law.pdf(bad)
    for bad in (["0.5", "0.5"], [True, 0], [None, 1], [1j, 1]):
        with pytest.raises(TypeError, match=r"^x must hold real numbers, not "):
            law.pdf(bad)
    for bad in (0.5, "ab", [1], [1, 2, 3], [[0.5, 0.5]], [[0.5], [0.5]], None):
        with pytest.raises(ValueError, match=r"^x must be a list of 2 numbers$"):
            law.pdf(bad)
    assert law.pdf([inf, 0]) == law.pdf([-inf, inf]) == 0
    one = law.pdf([0, 1])
    assert law.pdf(np.array([0, 1])) == law.pdf((np.float32(0), Fraction(1))) == law.pdf(np.array([0.0, 1.0])) == one


def test_what_the_density_of_a_categorical_law_takes():
    law = families["categorical"]([0.5, 0.5])
    with pytest.raises(TypeError, match=r"^x must be a real number, not str$"):
        law.pdf("a")
    with pytest.raises(ValueError, match=r"^x = nan: must be a number$"):
        law.pdf(math.nan)
    assert law.pdf(np.int64(1)) == law.pdf(1.0) == 0.5
    assert law.pdf(0.5) == law.pdf(-1) == law.pdf(2) == law.pdf(inf) == 0


def test_dirichlet_densities_on_the_boundary():
    dirichlet = families["dirichlet"]
    assert dirichlet([1, 1]).pdf([0, 1]) == families["beta"](1, 1).pdf(0) == 1
    assert dirichlet([0.5, 0.5]).pdf([0, 1]) == families["beta"](0.5, 0.5).pdf(0) == inf
    assert dirichlet([2, 3]).pdf([0, 1]) == 0
    assert dirichlet([1, 2, 1]).pdf([0, 0.5, 0.5]) == pytest.approx(3, rel=1e-15)
    with pytest.raises(ValueError, match="the density has no limit there"):
        dirichlet([0.5, 2, 1]).pdf([0, 0, 1])


def test_kinds_of_points():
    third = Fraction(1, 3)
    for name, values, points in (
        (
            "poisson",
            (3,),
            (2, np.arange(5)[2], np.int8(2), np.uint64(2), np.float32(2), np.longdouble(2), sp.Integer(2)),
        ),
        (
            "normal",
            (0, 1),
            (0.5, np.float32(0.5), np.float64(0.5), np.longdouble(0.5), Fraction(1, 2), sp.Rational(1, 2)),
        ),
    ):
        law = families[name](*values)
        assert {law.pdf(x) for x in points} == {law.pdf(points[0])}
    with mp.workdps(40):
        steep = mp.exp(-((mp.mpf(1) / 3 * 10**17) ** 2) / 2 + (mp.mpf(1) / 3 * 10**17) ** 2 / 2)
        close(families["normal"](third, 1e-17).pdf(third), steep * 10**17 / mp.sqrt(2 * pi), 1e-15)
    assert families["uniform"](0, third).entropy() == pytest.approx(-math.log(3), rel=1e-15)
    close_to_1 = np.longdouble(1) + np.finfo(np.longdouble).eps  # 1 + 2^-63, where it has the bits
    with mp.workdps(60):
        eps = mp.mpf(2) ** int(np.log2(np.finfo(np.longdouble).eps))
        close(families["normal"](close_to_1, 1).kl(families["normal"](1, 1)), eps**2 / 2, 1e-15)
    assert families["normal"](0, 1).pdf(10**320) == families["normal"](0, 1).pdf(Fraction(10**400)) == 0


def test_supports_are_compared_exactly():
    low = 2**60 + 1
    law = families["discrete_uniform"](low, low + 1)
    assert law.pdf(low) == law.pdf(low + 1) == 0.5
    assert law.pdf(low - 1) == law.pdf(low + 2) == 0
    huge = 2**200
    triangular = families["triangular"](huge, huge + 1, huge + 2)
    assert triangular.pdf(huge) == triangular.pdf(huge + 2) == 0
    assert triangular.pdf(huge + 1) == 1
    assert triangular.pdf(huge + Fraction(1, 2)) == 0.5


# --- what may be given -----------------------------------------------------------------------------------------------

BAD = [
    ("normal", (0, -1), ValueError, "sigma = -1: must be a finite number above 0"),
    ("normal", (0, 0.0), ValueError, "sigma = 0.0: must be a finite number above 0"),
    ("normal", (math.nan, 1), ValueError, "mu = nan: must be a finite number"),
    ("normal", (inf, 1), ValueError, "mu = inf: must be a finite number"),
    ("normal", ("0", 1), TypeError, "mu must be a real number, not str"),
    ("normal", (True, 1), TypeError, "mu must be a real number, not bool"),
    ("normal", (1j, 1), TypeError, "mu must be a real number, not complex"),
    ("normal", (None, 1), TypeError, "mu must be a real number, not NoneType"),
    ("normal", (np.zeros(2), 1), TypeError, "mu must be a real number, not ndarray"),
    ("normal", (0,), TypeError, "normal needs the parameter sigma"),
    ("normal", (0, 1, 2), TypeError, "normal takes the parameters mu, sigma"),
    ("uniform", (1, 0), ValueError, "a = 1, b = 0: must satisfy a < b"),
    ("uniform", (1, 1), ValueError, "a = 1, b = 1: must satisfy a < b"),
    ("discrete_uniform", (2, 1), ValueError, "a = 2, b = 1: must satisfy a <= b"),
    ("discrete_uniform", (0.5, 1), ValueError, "a = 0.5: must be an integer"),
    ("triangular", (0, 2, 1), ValueError, "a = 0, mode = 2, b = 1: must satisfy a <= mode <= b and a < b"),
    ("triangular", (0, 0, 0), ValueError, "a = 0, mode = 0, b = 0: must satisfy a <= mode <= b and a < b"),
    ("bernoulli", (1.5,), ValueError, "p = 1.5: must be between 0 and 1"),
    ("geometric", (0,), ValueError, "p = 0: must be above 0 and at most 1"),
    ("binomial", (0, 0.5), ValueError, "n = 0: must be an integer, at least 1"),
    ("binomial", (2.5, 0.5), ValueError, "n = 2.5: must be an integer, at least 1"),
    ("erlang", (1.5, 1), ValueError, "shape = 1.5: must be an integer, at least 1"),
    ("categorical", ([0.5, 0.6],), ValueError, "p = (0.5, 0.6): must be at least 0 each and sum to 1 within 1e-06"),
    ("categorical", ([1.5, -0.5],), ValueError, "p = (1.5, -0.5): must be at least 0 each and sum to 1 within 1e-06"),
    ("categorical", ([math.nan, 1],), ValueError, "p = (nan, 1): must be at least 0 each and sum to 1 within 1e-06"),
    ("categorical", ([],), ValueError, "p must hold at least one number"),
    ("categorical", (np.zeros((0, 2)),), ValueError, "p must hold at least one number"),
    ("categorical", ([[1]],), ValueError, "p = ((1,),): must be at least 0 each and sum to 1 within 1e-06"),
    ("categorical", (0.5,), TypeError, "p must be a list of numbers, not float"),
    ("categorical", (["a"],), TypeError, "p must hold real numbers, not str"),
    ("dirichlet", ([1, 0],), ValueError, "alpha = (1, 0): must be finite numbers above 0, at least two"),
    ("multivariate_normal", ([0, 0], [[1, 2], [2, 1]]), ValueError,
     "cov = ((1, 2), (2, 1)): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0, 0], [[1, 0.5], [0, 1]]), ValueError,
     "cov = ((1, 0.5), (0, 1)): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0, 0], [[1, 0.5], [0.501, 1]]), ValueError,
     "cov = ((1, 0.5), (0.501, 1)): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0, 0], [[1, 1e-16], [0, 1e-30]]), ValueError,
     "cov = ((1, 1e-16), (0, 1e-30)): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0, 0], [[0.1, 0.1], [0.1, 0.1]]), ValueError,
     "cov = ((0.1, 0.1), (0.1, 0.1)): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0, 0], [[1, 0]]), ValueError,
     "cov = ((1, 0),): must be a symmetric positive definite matrix"),
    ("multivariate_normal", ([0], [[1, 0], [0, 1]]), ValueError, "mean has 1 entries, and cov is 2 x 2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_parameters(name, values, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        families[name](*values)


def test_huge_integers_are_refused():
    with pytest.raises(ValueError, match=r"^mu = 1000"):
        families["normal"](10**400, 1)


def test_names_of_parameters():
    normal = families["normal"]
    assert normal(sigma=1, mu=0) == normal(0, 1) == normal(0, sigma=1.0)
    assert normal(0, 1) != normal(0, 2) != families["laplace"](0, 2)
    for bad in ({"mu": 0, "scale": 1}, {"mu": 0, "sigma": 1, "df": 2}):
        with pytest.raises(TypeError, match=r"^normal takes the parameters mu, sigma$"):
            normal(**bad)
    with pytest.raises(TypeError, match=r"^normal takes the parameters mu, sigma$"):
        normal(0, mu=0)


def test_kinds_of_numbers():
    normal, binomial = families["normal"], families["binomial"]
    for zero, one in (
        (0, 1),
        (0.0, 1.0),
        (np.float32(0), np.float64(1)),
        (np.int64(0), np.uint8(1)),
        (sp.Integer(0), sp.S.One),
    ):
        law = normal(zero, one)
        assert law == normal(0, 1)
        assert {type(v) for v in law.parameters.values()} <= {int, float}
    assert repr(binomial(np.int64(3), 0.5)) == repr(binomial(3.0, 0.5)) == "binomial(n=3, p=0.5)"
    assert repr(families["categorical"](np.array([0.5, 0.5]))) == "categorical(p=[0.5, 0.5])"
    assert repr(families["multivariate_normal"]((0, 0), np.eye(2))) == (
        "multivariate_normal(mean=[0, 0], cov=[[1.0, 0.0], [0.0, 1.0]])"
    )
    assert normal(0, 1).parameters == {"mu": 0, "sigma": 1}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nromal", "the nearest are normal, "),
        ("student", "the nearest are student_t"),
        ("Gamma", "the nearest are gamma"),
        ("xyz", "there are 40 others"),
        (3, "there are 40 others"),
    ],
)
def test_an_unknown_name(name, hint):
    with pytest.raises(KeyError, match=re.escape(f"there is no family {name!r}; {hint}")):
        families[name]
    assert name not in families
    assert families.get(name) is None


def test_what_kl_takes():
    law = families["normal"](0, 1)
    for bad in (3, None, families["normal"]):
        message = f'q must be a distribution, such as families["normal"](mu=0, sigma=1), not {type(bad).__name__}'
        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            law.kl(bad)
    with pytest.raises(TypeError, match=r"^p must be a distribution"):
        families.kl(3, law)
    with pytest.raises(ValueError, match=r"have different numbers of entries$"):
        families["categorical"]([0.5, 0.5]).kl(families["categorical"]([1]))


def test_what_pdf_takes():
    law = families["normal"](0, 1)
    with pytest.raises(TypeError, match=r"^x must be a real number, not str$"):
        law.pdf("0")
    with pytest.raises(ValueError, match=r"^x = nan: must be a number$"):
        law.pdf(math.nan)
    with pytest.raises(ValueError, match=r"^x must be a list of 2 numbers$"):
        families["multinomial"](2, [0.5, 0.5]).pdf([1, 1, 0])


def test_importing_is_quick():
    """Beside SymPy itself, and in the processor's time: the machine may be busy."""
    code = (
        "import sympy, mpmath; from time import process_time as now; t = now(); import entropybook.families; "
        "print(now() - t)"
    )
    seconds = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(2)
    )
    assert seconds < 0.5
