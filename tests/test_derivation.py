"""What it means to verify a derivation: true steps get their status, false or loose ones an error that shows why."""

import pytest
import sympy as sp

from entropybook.derivation import (
    Checked,
    Cited,
    Derivation,
    DerivationError,
    Gap,
    Lemma,
    Minimum,
    Reduction,
    Report,
    Step,
)
from entropybook.symbolic import Pmf, entropy, kl_divergence

i, j, k, n, m = sp.symbols("i j k n m", integer=True, positive=True)
x, y, u = sp.symbols("x y u", positive=True)
z = sp.Symbol("z", real=True)
p, q = Pmf("p", n), Pmf("q", n)
signed = sp.IndexedBase("b", shape=(n,), real=True)
free = sp.IndexedBase("a", shape=(n,), positive=True)
gap = x - 1 - sp.log(x)
OVER_I = [(i, 1, n)]


def derivation(*steps, id="a-theorem", **options):
    return Derivation(id, "A theorem", "So it is.", steps, "01_surprise", **options)


def step(left, relation, right, proof=None, **options):
    return Step(relation, right, "Because.", proof or Reduction(), left=left, **options)


TANGENT = derivation(
    step(gap, ">=", 0, Minimum(x, 1)), step(gap, ">", 0, Minimum(x, 1), where=(sp.Ne(x, 1),)), id="tangent"
)
GIBBS = derivation(step(kl_divergence(p, q), ">=", 0, Lemma(TANGENT, {x: q[i] / p[i]}, p[i], OVER_I)), id="gibbs")
UNIT = {u: (0, 1)}

# --- true steps ------------------------------------------------------------------------------------------------

TRUE = {
    "an equation": (step((x + 1) ** 2, "=", x**2 + 2 * x + 1), "proved"),
    "an equation in sums": (step(sp.Sum(p[i] * x, (i, 1, n)), "=", x), "proved"),
    "an infinite limit": (step(sp.Limit(1 / x, x, 0, "+"), "=", sp.oo), "proved"),
    "an infinite limit, slowly": (step(sp.Limit(-sp.log(x), x, 0, "+"), "=", sp.oo), "proved"),
    "a gap": (step(x**2 + y**2, ">=", 2 * x * y, Gap((x - y) ** 2)), "proved"),
    "a gap, the other way": (step(2 * x * y, "<=", x**2 + y**2, Gap((x - y) ** 2)), "proved"),
    "a strict gap": (step(x, "<", x + y, Gap(y)), "proved"),
    "a gap of a sum": (step(sp.Sum(free[i], *OVER_I), ">", 0, Gap(sp.Sum(free[i], *OVER_I))), "proved"),
    "a gap with a domain": (step(u, "<", 1, Gap(1 - u)), "proved"),
    "a gap of a square of a real number": (step(z**2, ">=", 0, Gap(z**2)), "proved"),
    "a gap that is a logarithm": (step(sp.log(1 + x), ">", 0, Gap(sp.log(1 + x))), "proved"),
    "a gap of others": (
        step(sp.Sum(p[i], *OVER_I), ">=", p[k], Gap(sp.Sum((1 - sp.KroneckerDelta(i, k)) * p[i], *OVER_I))),
        "proved",
    ),
    "a gap of a sum that may be empty": (
        step(sp.Sum(p[i], (i, 1, k)), "<=", sp.Sum(p[i], *OVER_I), Gap(sp.Sum(p[i], (i, k + 1, n))), where=(k <= n,)),
        "proved",
    ),
    "a fractional part": (step(sp.frac(x), "<", 1, Gap(1 - sp.frac(x))), "proved"),
    "a power": (step(2**-x, "<", 1, Gap(1 - 2**-x)), "proved"),
    "a lemma": (step(sp.log(y), "<=", y - 1, Lemma(TANGENT, {x: y})), "proved"),
    "a lemma in a sum": (step(kl_divergence(p, q), ">=", 0, Lemma(TANGENT, {x: q[i] / p[i]}, p[i], OVER_I)), "proved"),
    "a strict lemma": (
        step(sp.log(y), "<", y - 1, Lemma(TANGENT, {x: y}, chain=1), where=(sp.Ne(y, 1),)),
        "proved",
    ),
    "a lemma for distributions": (
        step(sp.log(n) - entropy(p), ">=", 0, Lemma(GIBBS, {q: lambda i: 1 / n})),
        "proved",
    ),
    "two lemmas": (
        step(sp.log(x) + sp.log(y), "<=", x + y - 2, Lemma(TANGENT, {}, also=Lemma(TANGENT, {x: y}))),
        "proved",
    ),
    "a minimum": (step(x + 1 / x, ">=", 2, Minimum(x, 1)), "proved"),
    "a maximum": (step(x * sp.exp(-x), "<=", sp.exp(-1), Minimum(x, 1)), "proved"),
    "a strict minimum": (step(x + 1 / x, ">", 2, Minimum(x, 1), where=(sp.Ne(x, 1),)), "proved"),
    "a minimum in a domain": (step(u * (1 - u), "<=", sp.Rational(1, 4), Minimum(u, sp.Rational(1, 2))), "proved"),
    "a checked equation": (step(sp.sin(x) ** 2, "=", 1 - sp.cos(x) ** 2, Checked("to try")), "checked"),
    "a checked inequality": (step(sp.exp(x), ">=", sp.E * x, Checked("to try", tight={x: 1})), "checked"),
    "a cited step": (step(x, "=", y, Cited("A book, section 1")), "cited"),
}


@pytest.mark.parametrize("case", TRUE)
def test_a_true_step_gets_its_status(case):
    true, status = TRUE[case]
    assert derivation(true, domain=UNIT).verify().statuses == (status,)


def only(claim, **options):
    """A theorem of one step."""
    return derivation(claim, id="only", **options)


def power(n, x):
    return sp.integrate(2 * x * (x - n) ** 2, x)


def test_lists_are_as_good_as_tuples():
    listed = only(step(u, "<", 1, Gap(1 - u), where=[sp.Ne(u, sp.Rational(1, 2))]), domain={u: [0, 1]})
    assert listed.verify().statuses == ("proved",)


# --- false or loose steps --------------------------------------------------------------------------------------

NO_SIGN = "does not show that it is"
FALSE = {
    "a false equation": (step((x + 1) ** 2, "=", x**2 + 1), "not equal"),
    "an equation at almost no place": (step(x, "=", 1), "not equal"),
    "not a number": (step(x, "=", sp.log(-1 - x)), "not equal"),
    "a limit that is finite": (step(sp.Limit(1 + x, x, 0, "+"), "=", sp.oo), "not equal"),
    "a limit from the wrong side": (step(sp.Limit(1 / z, z, 0, "-"), "=", sp.oo), "not equal"),
    "a limit with two sides": (step(sp.Limit(1 / z, z, 0, "+-"), "=", sp.oo), "not equal"),
    "an inequality without a gap": (step(x, "<", x + 1), "give another proof"),
    "a false inequality": (step(x, "<", 2 * x - 1, Gap(x - 1)), "not left < right"),
    "another gap": (step(x, "<", x + 2 * y, Gap(y)), "not equal"),
    "a gap without a sign": (step(x - sp.log(x), ">", 0, Gap(x - sp.log(x))), NO_SIGN),
    "a strict gap that may vanish": (step(x**2 + y**2, ">", 2 * x * y, Gap((x - y) ** 2)), NO_SIGN),
    "a strict gap that is an empty sum for n = 1": (step(n, ">", 1, Gap(sp.Sum(1, (i, 2, n)))), NO_SIGN),
    "a gap that is a sum run backwards for n = 1": (step(n, ">=", 2, Gap(sp.Sum(1, (i, 3, n)))), "not left >="),
    "an index beyond its assumptions": (
        step(sp.Sum(i, (i, 0, n)), ">=", n + 1, Gap(sp.Sum(i - 1, (i, 0, n)))),
        "more than its assumptions allow",
    ),
    "a square that may not be real": (step(sp.log(x) ** 2, ">", 0, Gap(sp.log(x) ** 2)), NO_SIGN),
    "a gap beyond its domain": (step(u, "<", 2 * u + 1, Gap(u - 1)), "not equal"),
    "a lemma too weak": (step(sp.log(y), "<=", y, Lemma(TANGENT, {x: y})), "not equal"),
    "a lemma at another place": (step(sp.log(y), "<=", y - 1, Lemma(TANGENT, {x: 1 / y})), "not equal"),
    "a lemma where it does not hold": (step(sp.log(z**2) / 2, "<=", z - 1, Lemma(TANGENT, {x: z})), "not left <="),
    "a lemma at a number of unknown sign": (step(1 + z**2, ">=", 1, Lemma(TANGENT, {x: z})), NO_SIGN),
    "a negative weight": (step(1 - y, "<=", -sp.log(y), Lemma(TANGENT, {x: y}, -1)), NO_SIGN),
    "a strict lemma of one that is not": (step(sp.log(y), "<", y - 1, Lemma(TANGENT, {x: y})), "not left <|allows"),
    "a condition that is not given": (step(gap, ">=", 0, Lemma(TANGENT, {}, chain=1)), "that is not given here"),
    "a lemma for what is no distribution": (
        step(kl_divergence(p, q) - sp.log(2), ">=", 0, Lemma(GIBBS, {q: lambda i: 2 * q[i]})),
        "not left >=|not equal",
    ),
    "a lemma for entries of unknown sign": (
        step(kl_divergence(p, p), ">=", 0, Lemma(GIBBS, {q: lambda i: signed[i] / sp.Sum(signed[j], (j, 1, n))})),
        NO_SIGN,
    ),
    "a minimum of something else": (step(x + 1 / x, ">=", 2, Minimum(x, 2)), "not equal"),
    "a minimum with a loose bound": (step(x + 1 / x, ">=", 1, Minimum(x, 1)), "not equal"),
    "one of two minima": (step((x - 1) ** 2 * (x - 3) ** 2, ">=", 0, Minimum(x, 1)), NO_SIGN),
    "a strict minimum without a condition": (step(x + 1 / x, ">", 2, Minimum(x, 1)), "there is equality"),
    "a checked equation that is false": (step(sp.sin(x) ** 2, "=", sp.cos(x) ** 2, Checked("to try")), "not equal"),
    "a checked inequality that is false": (
        step(sp.exp(x), "<=", sp.E * x, Checked("to try", tight={x: 1})),
        "not left <=",
    ),
    "a checked inequality that is loose": (
        step(sp.exp(x), ">=", 2 * x, Checked("to try", tight={x: 1})),
        "not equal",
    ),
    "a checked inequality without a tight point": (step(sp.exp(x), ">", x, Checked("to try")), "must name a point"),
}


ten_outcomes = Pmf("P", 10)
free_index = only(step(ten_outcomes[i], "<=", 1, Cited("is a probability")))
hat = sp.Piecewise(((z - 1) ** 2, z < 100), ((z - 1) ** 2 - 10**6, True))
pole = -1 / (2 * (z - 2) ** 2) - 1 / (3 * (z - 2) ** 3)
far = sp.exp(40)
never_seen = sp.Max(0, x - far)  # 0 where it is tried
square = only(step(z**2, ">=", 0, Gap(z**2)))
parabola = only(step(x**2, "<=", 10 * x, Gap(x * (10 - x))), domain={x: (0, 10)})
whole = only(step(n * (n - 1) * never_seen, ">=", 0, Gap(n * (n - 1) * never_seen)))
mean = only(step(sp.Sum(p[i] * z, *OVER_I), "<=", z, Gap(sp.S.Zero)))
shifted = (i - 1) * (i - 2) * (i - 3) * (i - 4)
BETWEEN = {  # false, or not to be concluded so, though the random points do not show it
    "a minimum outside the domain": (
        step(z**3 / 3 - z**2 / 2, ">=", -sp.Rational(1, 6), Minimum(z, 0)),
        {z: (1, 10)},
        NO_SIGN,
    ),
    "a minimum beyond a pole": (
        step(pole, ">=", -sp.Rational(1, 6), Minimum(z, 1)),
        {z: (-100, 100)},
        "continuous|not left",
    ),
    "a minimum before a jump": (step(hat, ">=", 0, Minimum(z, 1)), {}, "continuous|not left"),
    "a minimum at a place that moves": (
        step(power(500, z), ">=", power(500, z).subs(z, -z), Minimum(z, -z)),
        {z: (-1000, 1)},
        "no.* a value of a real variable",
    ),
    "a minimum by an entry of a distribution": (
        step(100 * (p[1] - 1) ** 2 + 20 * sp.Sum(p[i], *OVER_I), ">=", 21, Minimum(p[1], sp.Rational(9, 10))),
        {},
        "not a value of a real variable",
    ),
    "a minimum for an equation": (step(x, "=", x, Minimum(x, 1)), {}, "by a Reduction"),
    "a gap for an equation": (step(x, "=", x, Gap(sp.S.Zero)), {}, "by a Reduction"),
    "a lemma for an equation": (step(x, "=", x, Lemma(TANGENT, {})), {}, "by a Reduction"),
    "a lemma beyond its own domain": (
        step(never_seen * x**2, "<=", 10 * x * never_seen, Lemma(parabola, {}, never_seen)),
        {},
        NO_SIGN,
    ),
    "a lemma at what may be complex": (step(far - x, ">=", 0, Lemma(square, {z: sp.sqrt(far - x)})), {}, "it is real"),
    "a lemma at half a number": (
        step(-never_seen / 4, ">=", 0, Lemma(whole, {n: sp.Rational(1, 2)})),
        {},
        "n is an integer",
    ),
    "a lemma whose bound index is put in": (
        step(sp.Sum(p[i] * shifted, *OVER_I), "<=", shifted, Lemma(mean, {z: shifted})),
        {},
        "not proved|not left",
    ),
    "a lemma for all places, at another one": (
        step(k / sp.Integer(55), "<=", 1, Lemma(free_index, {ten_outcomes: lambda i: i / sp.Integer(55), i: k})),
        {},
        "no place on an axis of 10",
    ),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_what_is_false_between_the_random_points_is_rejected(case):
    false, domain, message = BETWEEN[case]
    with pytest.raises(DerivationError, match=message):
        derivation(false, domain=domain).verify()


def test_bound_indices_keep_their_names_unless_they_clash():
    assert Lemma(mean, {z: y}).gap == y - sp.Sum(y * p[i], *OVER_I)
    inner = sp.Symbol("i_", integer=True, positive=True)
    assert Lemma(mean, {z: i}).gap == i - sp.Sum(i * p[inner], (inner, 1, n))


def test_values_are_put_in_at_the_same_time():
    swapped = only(step(x**2 + y, ">=", y, Gap(x**2)))
    assert Lemma(swapped, {x: y, y: x}).gap == y**2


@pytest.mark.parametrize("case", FALSE)
def test_a_false_or_loose_step_is_rejected(case):
    false, message = FALSE[case]
    with pytest.raises(DerivationError, match=message):
        derivation(false, domain=UNIT).verify()


def test_the_error_names_the_place_and_shows_a_counterexample():
    wrong = derivation(step(x + y, "=", y + x), step(x, "=", 2 * y), id="two-steps")
    with pytest.raises(DerivationError) as caught:
        wrong.verify()
    message = str(caught.value)
    assert message.startswith("two-steps, step 2 of 2 (Because.): not equal:\n  left:  x\n  right: 2*y\n  at {x: ")
    assert message.endswith("it claims x\n  = 2*y")


def test_a_lemma_is_verified_too():
    false = derivation(step(x, ">=", 2, Minimum(x, 1)), id="false-lemma")
    with pytest.raises(DerivationError, match="false-lemma, step 1"):
        derivation(step(y + 3, ">=", 2, Lemma(false, {x: y + 3}))).verify()


# --- derivations -----------------------------------------------------------------------------------------------

CHAINED = derivation(
    step(x**2 + y**2, "=", (x - y) ** 2 + 2 * x * y),
    Step(">=", 2 * x * y, "Drop a square.", Gap((x - y) ** 2), theorem="squares"),
    step(x, "<", x + y, Gap(y), where=(sp.Ne(x, y),)),
    Step("<=", x + y + 1, "One more.", Gap(sp.S.One)),
)


def test_chains_and_claims():
    assert [len(chain) for chain in CHAINED.chains] == [2, 2]
    assert [str(claim) for claim in CHAINED.claims()] == [
        "Eq(x**2 + y**2, 2*x*y + (x - y)**2)",
        "2*x*y + (x - y)**2 >= 2*x*y",
        "x < x + y",
        "x + y <= x + y + 1",
    ]
    assert str(CHAINED.claim()) == "(x**2 + y**2 >= 2*x*y, ())"
    assert str(CHAINED.claim(1)) == "(x < x + y + 1, (Ne(x, y),))"
    assert CHAINED.uses == ("squares",)
    assert str(CHAINED.verify()) == "a-theorem: 4 proved"
    assert str(Report("a", ("cited", "proved", "checked", "proved"))) == "a: 2 proved, 1 checked, 1 cited"


def test_relations_that_point_both_ways_do_not_add_up():
    both = derivation(step(x, "<=", x + 1, Gap(sp.S.One)), Step(">=", x, "Back.", Gap(sp.S.One)))
    with pytest.raises(ValueError, match="do not add up"):
        both.claim()


def test_with_step_changes_a_copy():
    changed = CHAINED.with_step(0, x)
    assert changed.steps[0].expression == x and changed.steps[1:] == CHAINED.steps[1:]
    assert CHAINED.steps[0].expression != x
    with pytest.raises(DerivationError, match="step 1 of 4"):
        changed.verify()
    with pytest.raises(DerivationError, match="step 3 of 4"):
        CHAINED.with_step(2, x).verify()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: step(x, "==", x), "relation = '==': it must be one of =, <=, >=, <, >"),
        (lambda: derivation(step(x, "=", x), id="Gibbs"), "id = 'Gibbs': it must be words in small letters"),
        (lambda: derivation(), "a-theorem: the first step has no left side"),
        (lambda: derivation(Step("=", x, "Why?")), "a-theorem: the first step has no left side"),
    ],
)
def test_what_is_no_derivation(make, message):
    with pytest.raises(ValueError, match=message):
        make()
