"""The symbolic measures against known values and the numeric package; prove_equal on truths, falsehoods and traps."""

import re

import numpy as np
import pytest
import sympy as sp

import entropybook
from entropybook import symbolic
from entropybook.symbolic import Pmf, ProofError, explicit, find_counterexample, prove_equal

i, j, k, n, m = sp.symbols("i j k n m", integer=True, positive=True)
x, a, b = sp.symbols("x a b", positive=True)
y, z = sp.symbols("y z", real=True)
p, q, r, s = Pmf("p", n), Pmf("q", n), Pmf("r", m), Pmf("s", m)
w = Pmf("w", n, m)
u = sp.IndexedBase("u", shape=(n,), positive=True)
half, third, quarter = (sp.Rational(1, d) for d in (2, 3, 4))
log = sp.log

# --- the measures ----------------------------------------------------------------------------------------------

KNOWN = [
    (symbolic.surprisal, (0,), {}, sp.oo),
    (symbolic.surprisal, (quarter,), {"base": 2}, 2),
    (symbolic.surprisal, (x,), {}, -log(x)),
    (symbolic.entropy, ([1, 0, 0],), {}, 0),
    (symbolic.entropy, ([half, quarter, quarter],), {"base": 2}, sp.Rational(3, 2)),
    (symbolic.cross_entropy, ([half, half], [1, 0]), {}, sp.oo),
    (symbolic.cross_entropy, ([1, 0], [1, 0]), {}, 0),
    (symbolic.cross_entropy, ([0, 1], [x, 1 - x]), {}, -log(1 - x)),
    (symbolic.kl_divergence, ([half, half], [1, 0]), {}, sp.oo),
    (symbolic.kl_divergence, ([1, 0], [half, half]), {"base": 2}, 1),
    (symbolic.jeffreys_divergence, ([half, half], [quarter, 3 * quarter]), {}, log(3) / 4),
    (symbolic.jensen_shannon_divergence, ([1, 0], [0, 1]), {"base": 2}, 1),
    (symbolic.joint_entropy, (sp.Matrix([[half, 0], [quarter, quarter]]),), {"base": 2}, sp.Rational(3, 2)),
    (symbolic.conditional_entropy, (sp.Matrix([[half, 0], [quarter, quarter]]),), {"base": 2}, half),
    (symbolic.mutual_information, (sp.Matrix([[half, 0], [0, half]]),), {"base": 2}, 1),
    (symbolic.mutual_information, (sp.Matrix([[quarter, quarter], [quarter, quarter]]),), {}, 0),
]


@pytest.mark.parametrize(("function", "arguments", "options", "expected"), KNOWN)
def test_known_value(function, arguments, options, expected):
    assert sp.simplify(function(*arguments, **options)) == expected


NAMES = ["entropy", "cross_entropy", "kl_divergence", "jeffreys_divergence", "jensen_shannon_divergence"]
JOINT_NAMES = ["joint_entropy", "conditional_entropy", "mutual_information"]


@pytest.mark.parametrize("name", NAMES + JOINT_NAMES)
def test_symbolic_sums_agree_with_the_numeric_package(name):
    """The Pmf form, the explicit form and the NumPy form are three codes for one quantity."""
    rng = np.random.default_rng(5)
    numbers = [rng.integers(1, 50, (3, 4)) for _ in range(2)]
    if name in JOINT_NAMES:
        pmfs = [Pmf("w", 3, 4)]
        tables = [sp.Matrix(numbers[0].tolist()) / int(numbers[0].sum())]
    else:
        pmfs = [Pmf("p", 12), Pmf("q", 12)][: 1 if name == "entropy" else 2]
        tables = [[sp.Rational(int(v), int(t.sum())) for v in t.ravel()] for t in numbers[: len(pmfs)]]
    values = {}
    for pmf, table in zip(pmfs, tables, strict=True):
        places = np.ndindex(*map(int, pmf.shape))
        values |= {pmf[tuple(c + 1 for c in place)]: v for place, v in zip(places, list(table), strict=True)}
    as_sum = getattr(symbolic, name)(*pmfs).doit().xreplace(values)
    as_terms = getattr(symbolic, name)(*tables)
    arrays = [np.array(table, dtype=float) for table in tables]
    assert abs(as_sum.evalf(30) - as_terms.evalf(30)) < 1e-25
    assert float(as_terms.evalf(30)) == pytest.approx(getattr(entropybook, name)(*arrays), rel=1e-14)


BAD = [
    (symbolic.entropy, ([half, -half, 1],), "entry 1 of [1/2, -1/2, 1] is -1/2, which is not a probability"),
    (symbolic.entropy, ([half, quarter],), "the entries of [1/2, 1/4] sum to 3/4, not to 1"),
    (symbolic.kl_divergence, ([half, half], [1]), "the distributions have different lengths: [2, 1]"),
    (symbolic.kl_divergence, (p, r), "the distributions have different shapes: [(n,), (m,)]"),
    (symbolic.kl_divergence, ([y, 1 - y], [1, 0]), "0 stands against 1 - y, which may be 0 or positive"),
]


@pytest.mark.parametrize(("function", "arguments", "message"), BAD)
def test_bad_distribution(function, arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        function(*arguments)


def test_a_pmf_survives_being_rebuilt_and_resized():
    assert p.func(*p.args) == p and p.xreplace({n: 3}).shape == (3,)
    assert sum(explicit(Pmf("p", 3))) == 1 and sum(explicit(Pmf("w", 2, 3))) == 1


# --- prove_equal -----------------------------------------------------------------------------------------------

unit = {x: (0, 1)}
total, shares = sp.Sum(u[i], (i, 1, n)), sp.Sum(p[i] * u[i], (i, 1, n))
TRUE = [
    (symbolic.cross_entropy(p, q), symbolic.entropy(p) + symbolic.kl_divergence(p, q), {}),
    (symbolic.kl_divergence(p, p), 0, {}),
    (sp.Sum(p[i], (i, 1, n)), 1, {}),
    (sp.Sum(w[i, j], (i, 1, n), (j, 1, m)), 1, {}),
    (sp.Sum(w[i, j], (j, 1, m), (i, 1, n)), 1, {}),
    (sp.Sum(1, (i, 1, n)), n, {}),
    (sp.Sum(2 * u[i], (i, 1, n)), 2 * sp.Sum(u[j], (j, 1, n)), {}),
    (symbolic.conditional_entropy(w), symbolic.joint_entropy(w) - symbolic.entropy_of_marginal(w, 0), {}),
    (
        symbolic.mutual_information(w),
        symbolic.entropy_of_marginal(w, 0) + symbolic.entropy_of_marginal(w, 1) - symbolic.joint_entropy(w),
        {},
    ),
    (sp.Derivative(symbolic.cross_entropy(p, q), q[k]), -p[k] / q[k], {}),
    (sp.Sum(u[i] * log(u[i] / total), (i, 1, n)), sp.Sum(u[i] * log(u[i]), (i, 1, n)) - total * log(total), {}),
    (sp.Limit(x * log(x), x, 0), 0, {}),
    (sp.Limit(x * sp.exp(-x), x, sp.oo), 0, {}),
    (sp.Limit((sp.cos(z) - 1) / z**2, z, 0, "+-"), -half, {}),
    (sp.Limit(sp.Abs(z) / z, z, 0, "-"), -1, {}),
    (sp.Integral(x * sp.exp(-a * x), (x, 0, sp.oo)), 1 / a**2, {}),
    (sp.Sum(k * x ** (k - 1), (k, 1, sp.oo)), 1 / (1 - x) ** 2, {"domain": unit}),
    (sp.sinh(z), (sp.exp(z) - sp.exp(-z)) / 2, {}),
]


@pytest.mark.parametrize(("left", "right", "options"), TRUE, ids=range(len(TRUE)))
def test_true_equations_are_proved(left, right, options):
    assert prove_equal(left, right, **options) == sp.Eq(left, right, evaluate=False)


FALSE = [
    (symbolic.cross_entropy(p, q), symbolic.entropy(p) - symbolic.kl_divergence(p, q), {}),
    (symbolic.kl_divergence(p, q), symbolic.kl_divergence(q, p), {}),
    (shares, total, {}),  # u is not a distribution, and p is not u
    (sp.Derivative(-x * log(x), x), -log(x), {}),
    (sp.Limit(log(1 + x) / x, x, 0), 0, {}),
    (sp.Limit(sp.Abs(z) / z, z, 0, "+-"), 1, {}),  # the sides differ
    (sp.Integral(sp.exp(-a * x), (x, 0, 1)), 1 / a, {}),
    (log(x), 1e-29, {"domain": {x: (sp.Rational(1, 2), 2)}}),
    (x, x + sp.Rational(1, 10**29), {}),
    (symbolic.kl_divergence([half, half], [1, 0]), 1, {}),  # infinite
    # what SymPy alone would let pass
    (log(z**2), 2 * log(z), {}),  # expand_log(force=True) says so; for z < 0 the right side is not real
    (sp.Integral(-log(1 - x), (x, 0, 1)), 1 - 2 * sp.I * sp.pi, {}),  # SymPy's own value
    (sp.sqrt(z**2), z, {}),
]


@pytest.mark.parametrize(("left", "right", "options"), FALSE, ids=range(len(FALSE)))
def test_false_equations_are_refuted(left, right, options):
    with pytest.raises(
        ProofError, match=r"^not equal:\n  left:  .*\n  right: .*\n  at \{.*\}\n  left is .* and right is"
    ):
        prove_equal(left, right, **options)


def test_what_is_true_but_too_hard_is_not_claimed():
    """SymPy's value of this integral is wrong, so the true value must not pass as proved."""
    with pytest.raises(ProofError, match=r"^not proved:\n  left:  .*\n  right: 1\n  Both sides agree at random points"):
        prove_equal(sp.Integral(-log(1 - x), (x, 0, 1)), 1)


def test_a_wrong_reduction_is_caught_by_the_gate(monkeypatch):
    monkeypatch.setattr(symbolic, "_REDUCTIONS", (lambda difference: 0,))
    with pytest.raises(ProofError, match="not equal"):
        prove_equal(x, x + 1)


def test_a_blind_gate_is_caught_by_the_reduction(monkeypatch):
    monkeypatch.setattr(symbolic, "find_counterexample", lambda *_, **__: None)
    with pytest.raises(ProofError, match="not proved"):
        prove_equal(symbolic.kl_divergence(p, q), symbolic.kl_divergence(q, p))


# --- find_counterexample ---------------------------------------------------------------------------------------

INEQUALITIES = [
    (sp.Le(log(x), x - 1), {}, True),
    (sp.Le(log(x), x - 2), {}, False),
    (sp.Ge(symbolic.kl_divergence(p, q), 0), {}, True),
    (sp.Gt(symbolic.kl_divergence(p, q), 0), {}, True),
    (sp.Le(symbolic.kl_divergence(p, q), 0), {}, False),
    (sp.Le(symbolic.entropy(p), log(n)), {}, True),
    (sp.Lt(x, 1), {"domain": unit}, True),
    (sp.Lt(x, half), {"domain": unit}, False),
    (sp.Lt(x + a, 1), {"domain": {x: (0, 1), a: (0, 1)}, "where": [x + a < 1]}, True),
    (sp.Eq(sp.Abs(z - y), z - y, evaluate=False), {"where": [z > y]}, True),
    (sp.Eq(sp.Abs(z - y), z - y, evaluate=False), {}, False),
    (sp.Ge(sp.sqrt(y), 0), {"domain": {y: (-1, 0)}}, False),  # not real
]


@pytest.mark.parametrize(("claim", "options", "holds"), INEQUALITIES, ids=range(len(INEQUALITIES)))
def test_inequalities(claim, options, holds):
    assert (find_counterexample(claim, points=10, **options) is None) == holds


@pytest.mark.parametrize(
    ("claim", "options", "message"),
    [
        (sp.Eq(sp.Symbol("c"), 1), {}, "nothing is known of the symbol c: declare it real or positive"),
        (sp.Eq(sp.IndexedBase("v")[1], 1), {}, "v has no shape"),
        (sp.Eq(x, 1), {"where": [x < 0]}, "no random point fulfils"),
    ],
)
def test_what_cannot_be_tried_is_refused(claim, options, message):
    with pytest.raises(ValueError, match=message):
        find_counterexample(claim, **options)
