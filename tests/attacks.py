"""Attacks on the prover: claims that are false or undefined somewhere, with what must refuse them; and honest ones.

An attack is an equation (left, right, options) for `prove_equal`, a Step for a `Derivation` or a relation for
`find_counterexample` alone, with a pattern of the refusal.  `generated(seed)` draws new constants for the kinds that
have some; `mutants.py` does so on new seeds, and puts the whole table to a prover of which one guard is taken away.
"""

import random
import re
import traceback
from collections import namedtuple
from dataclasses import dataclass
from unittest import mock

import sympy as sp
from sympy import (
    Abs,
    Derivative,
    I,
    Integral,
    KroneckerDelta,
    Limit,
    Max,
    Rational,
    Sum,
    cos,
    exp,
    log,
    oo,
    pi,
    sin,
    sqrt,
)

from entropybook import derivation as D
from entropybook import symbolic as S
from entropybook.symbolic import Channel, Pmf

Attack = namedtuple("Attack", "claim message domain", defaults=["", {}])
Equation = namedtuple("Equation", "left right options")
Form = namedtuple("Form", "shows expression")  # a function that must not say that the form of the expression shows it

i, j, k, n, m = sp.symbols("i j k n m", integer=True, positive=True)
t = sp.Symbol("t", integer=True, nonnegative=True)
whole = sp.Symbol("whole", integer=True)
x, a, b, c = sp.symbols("x a b c", positive=True)
y, z = sp.symbols("y z", real=True)
p, q, w, square = Pmf("p", n), Pmf("q", n), Channel("w", n, m), Channel("v", n, n)
u = sp.IndexedBase("u", shape=(n,), positive=True)
signed = sp.IndexedBase("s", shape=(n,), real=True)
ten = Pmf("P", 10)
hidden = Max(0, x - exp(40))  # 0 wherever it is tried: no number in it says where it is not
unseen = exp(-300)  # smaller than what the numbers are compared by


def equal(left, right, message="", **options):
    return Attack(Equation(sp.sympify(left), sp.sympify(right), options), message)


def tried(left, right, message, **options):
    """An equation whose numbers alone must be refused."""
    return Attack(sp.Eq(left, right, evaluate=False), message, options)


def no_sign(expression, strict=False):
    return Attack(Form(lambda form: S.has_sign(form, strict=strict), sp.sympify(expression)))


def not_real(expression, smooth=False):
    return Attack(Form(lambda form: S.is_real(form, smooth=smooth), sp.sympify(expression)))


def step(left, relation, right, proof, message="", where=(), domain=None):
    claim = D.Step(relation, right, "Because.", proof, left=sp.sympify(left), where=where)
    return Attack(claim, message, domain or {})


def theorem(left, relation, right, proof, id="theorem", domain=None, **options):
    claim = D.Step(relation, right, "Because.", proof, left=sp.sympify(left), **options)
    return D.Derivation(
        id, "A theorem", (D.Clause("So it is.", in_text="it"),), (claim,), "01_surprise", domain=domain or {}
    )


@dataclass(frozen=True, eq=False)
class Deceived(D.Minimum):
    """A minimum for which SymPy's `simplify` gives these answers, one after the other; the right one for None."""

    answers: tuple

    def establish(self, claim, domain, where):
        left, simplify = list(self.answers), sp.simplify

        def answer(expression, **options):
            wrong = left.pop(0) if left else None
            return simplify(expression, **options) if wrong is None else sp.sympify(wrong)

        with mock.patch.object(sp, "simplify", answer):
            return super(type(self), self).establish(claim, domain, where)


def _put(attack):
    """Put the claim to the prover; what it says if it does not refuse it."""
    if isinstance(attack.claim, sp.Rel):
        return str(S.find_counterexample(attack.claim, **attack.domain))
    if isinstance(attack.claim, Form):
        return None if attack.claim.shows(attack.claim.expression) else "not shown"
    if isinstance(attack.claim, Equation):
        return S.prove_equal(attack.claim.left, attack.claim.right, **attack.claim.options) is None or None
    theorem = D.Derivation(
        "attack",
        "An attack",
        (D.Clause("So it is.", in_text="it"),),
        (attack.claim,),
        "01_surprise",
        domain=attack.domain,
    )
    (status,) = theorem.verify().statuses
    return None if status == "proved" else f"is only {status}"


def accepted(attack):
    """None if the prover accepts it, else its refusal."""
    try:
        return _put(attack)
    except (S.ProofError, D.DerivationError, ValueError) as refusal:
        return str(refusal)


def places(attack):
    """Where it is refused: every (file, line) on the way to the refusal."""
    found, problem = set(), None
    try:
        _put(attack)
    except (S.ProofError, D.DerivationError, ValueError) as refusal:
        problem = refusal
    while problem:
        found |= {(frame.filename, frame.lineno) for frame in traceback.extract_tb(problem.__traceback__)}
        problem = problem.__context__
    return found


def succeeds(attack):
    """Whether the claim is accepted, or refused for another reason than the one that must refuse it."""
    refusal = accepted(attack)
    return refusal is None or not re.search(attack.message, refusal)


positive = theorem(x, ">", 0, D.Gap(x))
tangent = theorem(x - 1 - log(x), ">=", 0, D.Minimum(x, 1))
tangent_strict = theorem(x - 1 - log(x), ">", 0, D.Minimum(x, 1), where=(sp.Ne(x, 1),))
parabola = theorem(x**2, "<=", 10 * x, D.Gap(x * (10 - x)), domain={x: (0, 10)})
squares = theorem(z**2, ">=", 2 * z - 1, D.Gap((z - 1) ** 2))
mean_at_1 = theorem(Sum(p[i] * z, (i, 1, n)) + 0 * p[1], "<=", z + p[1] ** 2, D.Gap(p[1] ** 2))
positive_sum = theorem(Sum(u[i], (i, 1, n)), ">", 0, D.Gap(Sum(u[i], (i, 1, n))))
of_square = theorem(z**2, ">=", 0, D.Gap(z**2))
mean = theorem(Sum(p[i] * z, (i, 1, n)), "<=", z, D.Gap(sp.S.Zero))
largest = theorem(ten[i], "<=", 1, D.Gap(Sum((1 - KroneckerDelta(i, j)) * ten[j], (j, 1, 10))))
in_n = theorem(n * (n - 1) * hidden, ">=", 0, D.Gap(n * (n - 1) * hidden))
cited = theorem(hidden, "<=", 0, D.Cited("Nowhere, section 1"))
checked = theorem(hidden, "<=", 0, D.Checked("It is 0 where it is tried.", tight={x: 1}))
simplex = theorem(Sum(p[i] ** 2, (i, 1, n)), "<=", 1, D.Cited("Somewhere, section 1"))
not_zero = sp.Symbol("r", real=True, nonzero=True)
inverse = theorem(1 + 1 / not_zero**2, ">", 1, D.Gap(not_zero**-2))
never = "does not show that it is"
odd, even, prime = (sp.Symbol(name, positive=True, **{name: True}) for name in ("odd", "even", "prime"))
nonzero, negative = sp.Symbol("h", integer=True, nonzero=True), sp.Symbol("g", integer=True, negative=True)
below, below_0 = sp.Symbol("below", negative=True), sp.IndexedBase("below", shape=(n,), negative=True)
falling = sp.Symbol("falling", integer=True, nonpositive=True)
rational, plain = sp.Symbol("rational", rational=True), sp.Symbol("plain")
log_integral = Integral(-log(1 - x), (x, 0, 1))  # SymPy: 1 - 2 i pi
vanishes = (n - 2) * (n - 3) * (n - 4)

# --- the attacks -----------------------------------------------------------------------------------------------

KINDS = {  # constants from the dice: a rational r > 1, f where no random point comes, a whole number e > 1
    # poles
    "a pole": lambda r, f, e: equal(Integral((x - f) ** -2, (x, 0, b)), b / (f * (f - b)), "continuous"),
    "a pole in a domain": lambda r, f, e: equal(
        Integral((x - 1 / r) ** -2, (x, 0, b)), r * b / (1 / r - b), "continuous", domain={b: (0, 1)}
    ),
    "a pole and a whole number": lambda r, f, e: equal(
        Integral((x - r) ** -2, (x, 0, n)), n / (r * (r - n)), "continuous|at"
    ),
    "a pole at a symbol": lambda r, f, e: equal(Integral((x - a) ** -2, (x, f, oo)), 1 / (f - a), "continuous"),
    "a pole in a product": lambda r, f, e: equal(
        vanishes * Integral((x - f) ** -2, (x, 0, b)), vanishes * b / (f * (f - b)), "continuous"
    ),
    "a pole in a sum over outcomes": lambda r, f, e: equal(
        Sum(p[i] * Integral((x - f) ** -2, (x, 0, b)), (i, 1, n)), b / (f * (f - b)), "continuous"
    ),
    "a pole of the secant": lambda r, f, e: equal(
        Integral(cos(x / f) ** -2, (x, 0, b)), f * sp.tan(b / f), "continuous"
    ),
    "a pole of the tangent": lambda r, f, e: equal(
        Integral(sp.tan(x / f), (x, 0, b)), -f * log(cos(b / f)), "continuous"
    ),
    "a pole of gamma": lambda r, f, e: equal(
        Integral(sp.digamma(x - e), (x, e + 1, b)), sp.loggamma(b - e), "continuous"
    ),
    "a pole of a term": lambda r, f, e: equal(
        Sum(1 / ((i - 10**9 - e) * (i - 10**9 - e - 1)), (i, 1, n)),
        1 / (10**9 + e - n) - 1 / (10**9 + e),
        "not proved",
    ),
    "a pole of what is differentiated": lambda r, f, e: equal(Derivative(log((z - f) ** 2), z), 2 / (z - f), "smooth"),
    # branches, jumps, kinks
    "a branch of the logarithm": lambda r, f, e: equal(
        hidden * log((z - r) ** 2), 2 * hidden * log(z - r), "not equal|not proved"
    ),
    "the branch of a root": lambda r, f, e: equal(hidden * sqrt((z - r) ** 2), hidden * (z - r), "not proved"),
    "a logarithm in an integral": lambda r, f, e: equal(
        Integral(log((x - f) ** 2), (x, 0, b)), 2 * ((b - f) * log(f - b) + f * log(f) - b), "continuous"
    ),
    "pieces": lambda r, f, e: equal(Integral(sp.Piecewise((1, x < f), (0, True)), (x, 0, b)), b, "continuous"),
    "a floor": lambda r, f, e: equal(Integral(sp.floor(x / f), (x, 0, b)), 0, "continuous"),
    "a maximum": lambda r, f, e: equal(Integral(Max(0, x - f), (x, 0, b)), 0, "continuous"),
    "a derivative at a kink": lambda r, f, e: equal(Derivative(Abs(x - f), x), -1, "smooth"),
    "a derivative at one kink": lambda r, f, e: equal(Derivative(Abs(z - r), z), sp.sign(z - r), "smooth"),
    "a derivative of a floor": lambda r, f, e: equal(Derivative(sp.frac(z / r), z), 1 / r, "smooth"),
    "a limit at a jump": lambda r, f, e: equal(Limit(sp.floor(x / e), x, e, "-"), 1, "smooth near"),
    "a limit far from a kink": lambda r, f, e: equal(Limit(x * Max(0, a - f), x, oo), 0, "smooth near"),
    # limits with parameters
    "a limit undefined at one place": lambda r, f, e: equal(
        Limit((exp(x * (z - r)) - 1) / (x * (z - r)), x, 0, "+-"), 1, "smooth near"
    ),
    "a limit that jumps at one place": lambda r, f, e: equal(Limit(exp(-x * (z - r) ** 2), x, oo), 0, "smooth near"),
    "a limit that jumps": lambda r, f, e: equal(Limit(x ** (a - f), x, oo), 0, "smooth near"),
    "a limit of a bounded function": lambda r, f, e: equal(Limit(sp.atan(x * (f - a)), x, oo), pi / 2, "smooth near"),
    "a limit that jumps where a factor is 0": lambda r, f, e: equal(
        Limit(1 / (1 + x * (z - r) ** 2), x, oo), 0, "smooth near"
    ),
    "a limit that jumps between symbols": lambda r, f, e: equal(
        Limit(e * x * (a - b) ** 2 / (1 + x * (a - b) ** 2), x, oo), e, "smooth near"
    ),
    "a limit of a power of nothing": lambda r, f, e: equal(Limit(x ** ((z - r) ** 2), x, 0), 0, "smooth near"),
    "a limit of a power near 1": lambda r, f, e: equal(Limit((1 + (z - r) ** 2) ** -x, x, oo), 0, "smooth near"),
    "a limit over integers": lambda r, f, e: equal(Limit(r / n, n, oo), 0, "whole values"),
    # sums
    "an end that is no integer": lambda r, f, e: equal(Sum(w[k, j], (j, 1, m * (e + 1) / e)), 1, "whole numbers"),
    "a start that is no integer": lambda r, f, e: equal(
        Sum(i, (i, n / e, n)), n * (n + 1) / 2 - (n / e - 1) * n / (2 * e), "whole numbers"
    ),
    "a sum run backwards": lambda r, f, e: equal(
        hidden * Sum(i, (i, e + 1, n)), hidden * (n * (n + 1) / 2 - e * (e + 1) / 2), "backwards"
    ),
    "a sum between symbols": lambda r, f, e: equal(hidden * Sum(e, (i, m, n)), hidden * e * (n - m + 1), "backwards"),
    "an empty sum": lambda r, f, e: equal(Sum((-1) ** i * e * sp.binomial(t, i), (i, 1, t)), -e, "not equal"),
    "a sum of no outcomes": lambda r, f, e: equal(e * Sum(Pmf("p", t)[i], (i, 1, t)), e, "no positive integer"),
    "a delta off the axis": lambda r, f, e: equal(Sum(e * KroneckerDelta(i, e), (i, 1, n)), e, "not equal"),
    "a delta beyond the axis": lambda r, f, e: equal(
        hidden * Sum(KroneckerDelta(i, e), (i, 1, n)), hidden, "not proved"
    ),
    "a delta that runs against": lambda r, f, e: equal(
        hidden * e * Sum(KroneckerDelta(i, n + 1 - i), (i, 1, n)), hidden * e, "not proved"
    ),
    "an index that is said to be odd": lambda r, f, e: equal(Sum(e * (-1) ** odd, (odd, 1, n)), -e * n, "nothing else"),
    "an index that is said to be even": lambda r, f, e: equal(
        Sum(e * cos(pi * even), (even, 1, n)), e * n, "nothing else"
    ),
    "an index from below its assumptions": lambda r, f, e: equal(
        hidden * Sum(sp.sign(i) * e, (i, 0, n)), hidden * e * (n + 1), "assumptions"
    ),
    "an index renamed": lambda r, f, e: equal(
        hidden * Sum(e * sp.sign(t), (t, 0, n)), hidden * e * (n + 1), "not proved"
    ),
    "a bound variable of the domain": lambda r, f, e: equal(
        vanishes * Integral(log((1 - x) ** 2), (x, 2, e + 1)),
        2 * vanishes * Integral(log(1 - x), (x, 2, e + 1)),
        "continuous",
        domain={x: (0, 1)},
    ),
    "a bound index that is no integer": lambda r, f, e: equal(
        vanishes * Sum(log((1 - x) ** 2), (x, 2, e + 3)),
        2 * vanishes * Sum(log(1 - x), (x, 2, e + 3)),
        "not declared an integer",
        domain={x: (0, 1)},
    ),
    "the trace of a channel": lambda r, f, e: equal(
        hidden * Sum(e * square[j, j], (j, 1, n)), hidden * e, "not proved"
    ),
    # what diverges
    "a divergent difference": lambda r, f, e: equal(
        Sum(e / (i + sqrt(i)), (i, 1, oo)) - e * Sum(1 / (j + sqrt(j)), (j, 1, oo)), 0, "converges"
    ),
    "a divergent product": lambda r, f, e: equal(
        vanishes * Sum(e / i, (i, 1, oo)), vanishes * e * Sum(1 / j, (j, 1, oo)), "converges"
    ),
    "divergent integrals": lambda r, f, e: equal(
        Integral(1 / (x + r), (x, 0, oo)) - Integral(1 / x, (x, r, oo)), 0, "converges"
    ),
    "an integral that diverges at an end": lambda r, f, e: equal(
        hidden * Integral(x**-r, (x, 0, 1)), hidden / (1 - r), "converges"
    ),
    "an integral that diverges for some": lambda r, f, e: equal(
        Integral(x ** (a - f), (x, 1, oo)), 1 / (f - 1 - a), "converges"
    ),
    "a bell that opens": lambda r, f, e: equal(
        Integral(exp(-(f - a) * z**2), (z, -oo, oo)), sqrt(pi / (f - a)), "converges"
    ),
    "a geometric series beyond 1": lambda r, f, e: equal(
        Sum(x**i, (i, 1, oo)), x / (1 - x), "converges", domain={x: (0, 1 + Rational(1, 1000 * e))}
    ),
    "infinite limits": lambda r, f, e: equal(Limit(1 / x, x, 0) - Limit(r / x, x, 0), 0, "not equal"),
    # what hides
    "a huge addend": lambda r, f, e: equal(f**9 + log_integral, f**9 + 1 - 2 * I * pi, "not equal|not proved"),
    "a factor that vanishes": lambda r, f, e: equal(
        vanishes * hidden * log_integral, vanishes * hidden * (1 - 2 * I * pi), "not equal|not proved"
    ),
    "a huge addend to a small one": lambda r, f, e: equal(
        f**9 + 1 / r, f**9 + 1 / r + sp.Integer(10) ** -40, "not equal"
    ),
    "a real number plus i": lambda r, f, e: equal(f**9 * x, f**9 * x + I, "not equal"),
    "what is too small to be seen": lambda r, f, e: equal(unseen * x, r * unseen * x, "not proved"),
    "beyond the moderate": lambda r, f, e: equal(Max(0, x - 50 * e), 0, "not"),
    "beyond a number": lambda r, f, e: equal(Max(0, n - e), 0, "not"),
    "below a number": lambda r, f, e: equal(Max(0, Rational(1, 1000 * e) - x), 0, "not"),
    # what cannot be computed
    "a quadrature that does not settle": lambda r, f, e: tried(  # true, and it must not pass for false
        Integral(z * exp(-((z - y) ** 2) / (2 * x**2)) / (x * sqrt(2 * pi)), (z, -oo, oo)),
        y,
        "has not settled",
        domain={x: (0, Rational(1, 10**5)), y: (1, e)},
    ),
    "a series that oscillates": lambda r, f, e: tried(Sum((-1) ** i * e, (i, 0, oo)), e, "precisely enough"),
    "a slow series": lambda r, f, e: tried(Sum(e / (i + sqrt(i)), (i, 1, oo)), e, "precisely enough"),
    "a series that is too slow": lambda r, f, e: tried(
        Sum(e / (i * log(i + e) ** 2), (i, 1, oo)), e, "precisely enough"
    ),
    "an integral to a pole": lambda r, f, e: tried(Integral(r / x, (x, 0, 1)), 1, "precisely enough"),
    "a limit that creeps": lambda r, f, e: tried(Limit(r / log(x), x, 0), 0, "precisely enough"),
    "a series that does not fall": lambda r, f, e: tried(Sum(e + 1 / i**e, (i, 1, oo)), e, "precisely enough"),
    "a series that falls slowly": lambda r, f, e: tried(Sum(i ** -Rational(9, 10), (i, 1, oo)), e, "precisely enough"),
    "half a term": lambda r, f, e: tried(Sum(e, (i, 1, e + Rational(1, 2))), e**2, "precisely enough"),
    "an unknown function": lambda r, f, e: tried(sp.Function("f")(x + r), 1, "is no number"),
    "an unknown symbol": lambda r, f, e: tried(plain + r, plain, "nothing is known of"),
    "an entry of no table": lambda r, f, e: tried(sp.IndexedBase("none")[e], e, "has no shape"),
    "an entry off the table": lambda r, f, e: tried(ten[10 + e], e, "is no number at"),
    "a term that is undefined": lambda r, f, e: tried(Sum(1 / (i - e), (i, 1, e + 1)), 1, "has no value at"),
    # variables
    "a domain of another sign": lambda r, f, e: equal(
        Abs(x * hidden), x * hidden, "agree with its sign", domain={x: (-r, -1)}
    ),
    "a domain above a negative variable": lambda r, f, e: equal(
        Abs(below) * hidden, -below * hidden, "agree with its sign", domain={below: (r, r + 1)}
    ),
    "entries of another kind": lambda r, f, e: equal(
        hidden * Abs(below_0[1]), -hidden * below_0[1], "the entries of", where=[n > e]
    ),
    "an empty domain": lambda r, f, e: equal(x, x, "open interval", domain={x: (r, r)}),
    "a domain of integers": lambda r, f, e: equal(n, n, "open interval", domain={n: (1, e)}),
    "an infinite domain": lambda r, f, e: equal(x, x, "open interval", domain={x: (r, oo)}),
    "a domain of an expression": lambda r, f, e: equal(Abs(x**2 - f), f - x**2, "is no symbol", domain={x**2: (0, r)}),
    "a derivative by an integer": lambda r, f, e: equal(Derivative(n**e, n), e * n ** (e - 1), "by an integer"),
    "an integral over integers": lambda r, f, e: equal(
        vanishes * Integral(n * cos(2 * pi * n), (n, 0, e)), vanishes * Rational(e**2, 2), "over an integer"
    ),
    "an integral below the assumptions": lambda r, f, e: equal(
        hidden * Integral(Abs(x), (x, -r, r)), sp.S.Zero * hidden, "assumptions"
    ),
    "a rational variable": lambda r, f, e: equal(
        hidden * sin(pi * rational * e), hidden * cos(pi * rational), "nothing else"
    ),
    "a prime variable": lambda r, f, e: equal(hidden * Abs(prime - e), hidden * (prime - e), "nothing else"),
    "an inexact number": lambda r, f, e: equal(hidden * (x + 1e-20), hidden * (x + 1e-20), "inexact"),
    "a product": lambda r, f, e: equal(e * sp.Product(i, (i, 1, t)), e * sp.factorial(t), "neither a sum"),
    "a substitution": lambda r, f, e: equal(sp.Subs(hidden * x**e, x, r), hidden * r**e, "neither a sum"),
    "no upper end": lambda r, f, e: equal(Integral(r, (x, 0)), r * x, "upper end"),
    "a complex end": lambda r, f, e: equal(Integral(r, (x, 0, I)), r * I, "may not be real"),
    "a complex start": lambda r, f, e: equal(Integral(r, (x, I, 1)), r * (1 - I), "may not be real"),
    "a divergent corner": lambda r, f, e: equal(Integral((x + c) ** -e, (x, 0, 1), (c, 0, 1)), 1, "continuous"),
    "an end that is infinite from an unknown side": lambda r, f, e: equal(
        Integral(log(z**2), (z, 0, not_zero)), 2 * not_zero * log(Abs(not_zero)) - 2 * not_zero, "forwards or backwards"
    ),
    "a table of a real size": lambda r, f, e: equal(Sum(Pmf("p", x)[i], (i, 1, n)), 1, "no positive integer"),
    "an entry beyond the axis": lambda r, f, e: equal(
        hidden * ten[10 + e], hidden * ten[11 + e], "is no number|not proved"
    ),
    "conditions that cannot be": lambda r, f, e: equal(x, x + r, "no random point", where=[x > r, x < r - 1]),
    # forms
    "a complex power": lambda r, f, e: no_sign(1 - (e * I) ** -x),
    "a power of a small number": lambda r, f, e: no_sign(1 - (pi / (3 + e)) ** -x),
    "an odd power": lambda r, f, e: no_sign((z - r) ** (2 * e + 1)),
    "a complex root": lambda r, f, e: no_sign(1 - I * sqrt(x / r)),
    "a root beyond 1": lambda r, f, e: no_sign(1 - sqrt(x / r)),
    "a sum of unknown sign": lambda r, f, e: no_sign(Sum(e * signed[i], (i, 1, n))),
    "squares that may all be 0": lambda r, f, e: no_sign((y - r) ** 2 + z**2, strict=True),
    "a phase": lambda r, f, e: no_sign(exp(I * e * z)),
    "a series that diverges": lambda r, f, e: not_real(Sum(r / i, (i, 1, oo))),
    "a sum of complex terms": lambda r, f, e: not_real(Sum(log(r * signed[i]), (i, 1, n))),
    "the tip of a cone": lambda r, f, e: not_real(sqrt((y - r) ** 2 + z**2), smooth=True),
    "a pole at one place": lambda r, f, e: not_real(1 / sqrt((y - r) ** 2 + z**2)),
    "an inverse hyperbolic tangent beyond 1": lambda r, f, e: not_real(sp.atanh(r * x)),
    "an inverse hyperbolic tangent below -1": lambda r, f, e: not_real(sp.atanh(r * below)),
    "a binomial coefficient of a real number": lambda r, f, e: not_real(sp.binomial(x, e * n)),
    "an index from below 0": lambda r, f, e: equal(Sum(Abs(t) / e, (t, -e, n)), Sum(t / e, (t, -e, n)), "assumptions"),
    "an index up from below 0": lambda r, f, e: equal(
        Sum(Abs(falling) / e, (falling, -e, n)), -Sum(falling / e, (falling, -e, n)), "assumptions"
    ),
    "a limit of a complex logarithm": lambda r, f, e: equal(Limit(log(z + x / r), x, 0), log(z), "smooth near"),
    "a limit of a logarithm with jumps": lambda r, f, e: equal(
        Limit(log(e + sp.floor(x / e)), x, 0), log(e), "smooth near"
    ),
    "a limit of a root with jumps": lambda r, f, e: equal(
        Limit(sqrt(r + sp.floor(x / e)), x, 0), sqrt(r), "smooth near"
    ),
    "a limit of a power that may be 1": lambda r, f, e: equal(Limit((1 + z**2 / r) ** -x, x, oo), 0, "smooth near"),
    "a limit of a square that jumps": lambda r, f, e: equal(Limit(sp.tanh(x * z / r) ** 2, x, oo), 1, "smooth near"),
    # equations and inequalities
    "an inequality by reduction": lambda r, f, e: step(x, "<", x + r, D.Reduction(), "give another proof"),
    "an equation that is false": lambda r, f, e: step(x, "=", x + r, D.Reduction(), "not equal"),
    "an equation by a gap": lambda r, f, e: step(x * r, "=", x * r, D.Gap(sp.S.Zero), "by a Reduction"),
    "an equation by a lemma": lambda r, f, e: step(x * r, "=", x * r, D.Lemma(of_square, {}, 0), "by a Reduction"),
    "an equation by a minimum": lambda r, f, e: step(x * r, "=", x * r, D.Minimum(x, r), "by a Reduction"),
    "a lemma that is an equation": lambda r, f, e: step(
        x, "<=", x, D.Lemma(theorem(x * r, "=", x * r, D.Reduction()), {}), "by a Reduction"
    ),
    "a gap that is below 0": lambda r, f, e: step(x, ">", (1 + r) * x, D.Gap(-r * x), "not left >"),
    "a minimum that is a maximum": lambda r, f, e: step((z - r) ** 2, "<=", 0, D.Minimum(z, r), "not left <="),
    "a bound that is only checked and false": lambda r, f, e: step(
        exp(x / r), "<=", sp.E * x / r, D.Checked("It is tried.", tight={x: r}), "not left <="
    ),
    # gaps
    "a gap that is negative far away": lambda r, f, e: step(f, ">=", x, D.Gap(f - x), never),
    "a gap with a pole": lambda r, f, e: step((z - r) ** -2, ">=", 0, D.Gap((z - r) ** -2), never),
    "a gap that may vanish": lambda r, f, e: step((x - f) ** 2, ">", 0, D.Gap((x - f) ** 2), never),
    "a gap that is an empty sum": lambda r, f, e: step(
        Sum(e * p[i], (i, 2, n)) + hidden, ">", hidden, D.Gap(Sum(e * p[i], (i, 2, n))), never + "|not left"
    ),
    "a gap over indices not 0": lambda r, f, e: step(
        Sum(e * nonzero**2, (nonzero, 0, n - 1)), ">", 0, D.Gap(Sum(e * nonzero**2, (nonzero, 0, n - 1))), "assumptions"
    ),
    "a gap over indices below 0": lambda r, f, e: step(
        hidden * Sum(-e * negative, (negative, 1, n)),
        ">=",
        0,
        D.Gap(hidden * Sum(-e * negative, (negative, 1, n))),
        "assumptions",
    ),
    "another gap": lambda r, f, e: step(x + hidden, ">=", 0, D.Gap(x), "not proved"),
    # lemmas
    "a strict lemma over an empty sum": lambda r, f, e: step(
        Sum(e * p[i], (i, 2, n)), ">=", 0, D.Lemma(positive, {x: e * p[i]}, 1, [(i, 3, n)]), "not equal|" + never
    ),
    "a strict lemma over what may be empty": lambda r, f, e: step(
        n + Sum(e * u[i], (i, 2, n)), ">", n, D.Lemma(positive, {x: e * u[i]}, 1, [(i, 2, n)]), never + "|not left"
    ),
    "a lemma that is cited": lambda r, f, e: step(e * hidden, "<=", 0, D.Lemma(cited, {}, e), "is only cited"),
    "a lemma that is checked": lambda r, f, e: step(e * hidden, "<=", 0, D.Lemma(checked, {}, e), "is only checked"),
    "a compound key": lambda r, f, e: step(
        hidden * x, ">=", hidden * (2 * z - 1), D.Lemma(squares, {z**2: x}, hidden), "is no variable of"
    ),
    "a key that the theorem has not": lambda r, f, e: step(
        z**2, ">=", 2 * z - 1, D.Lemma(squares, {y: r}), "is no variable of"
    ),
    "a weight that is negative far away": lambda r, f, e: step(
        f * (z - 1) ** 2, ">=", x * (z - 1) ** 2, D.Lemma(squares, {}, f - x), never
    ),
    "a second lemma outside its domain": lambda r, f, e: step(
        e * x**2 * hidden + 0 * z,
        "<=",
        10 * e * x * hidden,
        D.Lemma(of_square, {z: 0}, 0, also=D.Lemma(parabola, {}, e * hidden)),
        never,
    ),
    "a lemma outside its domain": lambda r, f, e: step(
        e * x**2 * hidden, "<=", 10 * e * x * hidden, D.Lemma(parabola, {}, e * hidden), never
    ),
    "a lemma at a complex number": lambda r, f, e: step(
        f - x, ">=", 0, D.Lemma(of_square, {z: sqrt(f - x)}), "it is real"
    ),
    "a lemma at a part of a number": lambda r, f, e: step(
        -hidden / (e + 2),
        ">=",
        -hidden,
        D.Lemma(in_n, {n: Rational(1, e + 2)}, e + 2),
        "is an integer|not equal|not proved",
    ),
    "a lemma at an infinite number": lambda r, f, e: step(
        hidden * e, ">=", 0, D.Lemma(of_square, {z: oo}, 0), "is not finite|that it is real"
    ),
    "a lemma at 0": lambda r, f, e: step(
        1 + hidden, ">=", 1 - e * hidden, D.Lemma(inverse, {not_zero: 1 / hidden}, e), "may be 0|" + never + "|real|not"
    ),
    "a lemma whose sum captures": lambda r, f, e: step(
        Sum(p[i] * (i - 1) * hidden, (i, 1, n)),
        "<=",
        (i - 1) * hidden,
        D.Lemma(mean, {z: (i - 1) * hidden}),
        "not proved",
    ),
    "a lemma at a place off the axis": lambda r, f, e: step(
        hidden * k / 55,
        "<=",
        hidden,
        D.Lemma(largest, {ten: lambda place: place / sp.Integer(55), i: k}, hidden),
        "axis of 10",
    ),
    "a lemma for no distribution": lambda r, f, e: step(
        hidden * Sum(e * q[i], (i, 1, n)),
        "<=",
        hidden * e,
        D.Lemma(mean, {p: lambda place: e * q[place], z: hidden}),
        "not equal",
    ),
    "a condition that is not given": lambda r, f, e: step(
        e * (x - 1 - log(x)), ">=", 0, D.Lemma(tangent_strict, {}, e), "is not given here"
    ),
    "a condition on a summed index": lambda r, f, e: step(
        Sum(e * (u[i] - 1 - log(u[i])), (i, 1, n)),
        ">=",
        0,
        D.Lemma(tangent_strict, {x: u[i]}, e, [(i, 1, n)]),
        "is not given here",
        where=(sp.Ne(u[i], 1),),
    ),
    "a sum over a variable of the domain": lambda r, f, e: step(
        hidden * Sum(e * c, (c, 2, 3)),
        "<=",
        hidden * e * 5,
        D.Lemma(positive, {x: c}, 1, [(c, 2, 3)]),
        "integer",
        domain={c: (0, 1)},
    ),
    "a strict lemma of one that is not": lambda r, f, e: step(
        e * (x - 1 - log(x)) + hidden, ">", hidden, D.Lemma(tangent, {}, e), "allows equality"
    ),
    "a key that is an entry": lambda r, f, e: step(
        e * Sum(p[i] * z, (i, 1, n)), "<=", e * z, D.Lemma(mean_at_1, {p[1]: r}, e), "is no variable of"
    ),
    "a lemma at an inexact number": lambda r, f, e: step(
        x, ">=", x, D.Lemma(of_square, {z: sp.Float(r)}, 0), "inexact"
    ),
    "a lemma at what may be negative": lambda r, f, e: step(
        e * hidden * z, ">=", 0, D.Lemma(positive, {x: z}, e * hidden), never
    ),
    "a lemma at entries that may be negative": lambda r, f, e: step(
        e * hidden * Sum(signed[i], (i, 1, n)),
        ">=",
        0,
        D.Lemma(positive_sum, {u: lambda place: signed[place]}, e * hidden),
        never,
    ),
    "a lemma at half a number": lambda r, f, e: step(
        -hidden / 4, ">=", 0, D.Lemma(in_n, {n: sp.S.Half}), "is an integer"
    ),
    "a lemma at nothing": lambda r, f, e: step(
        e * hidden + z, ">=", z, D.Lemma(inverse, {not_zero: z}, hidden * z**2), "may be 0"
    ),
    "a lemma beside what is infinite": lambda r, f, e: step(
        Sum(r / i, (i, 1, oo)) + z**2, ">=", Sum(r / i, (i, 1, oo)), D.Lemma(of_square, {}), "converges"
    ),
    # minima
    "a minimum by an entry": lambda r, f, e: step(
        (p[1] - 1) ** 2 * e, ">=", 0, D.Minimum(p[1], sp.S.One), "of a real variable"
    ),
    "a minimum at a place that moves": lambda r, f, e: step(
        z**2 + e + hidden, ">=", z**2 + hidden, D.Minimum(z, -z), "of a real variable"
    ),
    "a minimum with a loose bound": lambda r, f, e: step(x / e + e / x, ">=", 1, D.Minimum(x, e), "not equal"),
    "a minimum where there is a slope": lambda r, f, e: step(
        unseen * (exp(z) - z), ">=", unseen * (exp(e) - e), D.Minimum(z, e), "not proved"
    ),
    "a minimum for an equation": lambda r, f, e: step(
        e * sp.sin(z) ** 2 + e * sp.cos(z) ** 2, "=", e, D.Minimum(z, f), "by a Reduction"
    ),
    "a minimum where SymPy is wrong about the slope": lambda r, f, e: step(
        unseen * (exp(z) - z), ">=", unseen * (exp(e) - e), Deceived(z, e, (1,)), "not equal"
    ),
    "a minimum where SymPy is wrong about the bend": lambda r, f, e: step(
        unseen * cos(z / e), ">=", unseen, Deceived(z, 0, (None, 1)), "not equal"
    ),
    "a minimum that is a hilltop": lambda r, f, e: step(unseen * cos(z / e), ">=", unseen, D.Minimum(z, 0), never),
    "a minimum at another place": lambda r, f, e: step(
        (z - r) ** 2 * (z - f) ** 2 + z**2, ">=", r**2, D.Minimum(z, r), "not|" + never
    ),
    "a minimum beyond a pole": lambda r, f, e: step(
        -1 / (2 * (z - f) ** 2) - (f - 1) / (3 * (z - f) ** 3), ">=", -1, D.Minimum(z, 1), "smooth|not"
    ),
    "a minimum before a jump": lambda r, f, e: step(
        sp.Piecewise(((z - r) ** 2, z < f), (-1, True)), ">=", 0, D.Minimum(z, r), "smooth"
    ),
    "a minimum by an integer": lambda r, f, e: step(n**2, ">=", 1, D.Minimum(n, 1), "of a real variable"),
    "a minimum outside the domain": lambda r, f, e: step(
        z**2, ">=", 0, D.Minimum(z, 0), never, domain={z: (Rational(1, e), 9)}
    ),
    "a strict minimum": lambda r, f, e: step((z - f) ** 2, ">", 0, D.Minimum(z, f), "there is equality"),
    "a minimum with a hole": lambda r, f, e: step(
        (not_zero + r) ** 2, ">=", 0, D.Minimum(not_zero, -r), "not run over an interval"
    ),
    # what is only checked
    "a point of an expression": lambda r, f, e: step(
        hidden + x**2, ">=", 0, D.Checked("It is tried.", tight={x**2: 0, hidden: 0}), "does not name a point"
    ),
    "no tight point": lambda r, f, e: step(x + f, ">=", x, D.Checked("It is tried."), "must name a point"),
    "a loose point": lambda r, f, e: step(x + r, ">=", x, D.Checked("It is tried.", tight={x: 1}), "not equal"),
}


def generated(seed):
    """Each kind with constants of its own, as (name, attack)."""
    dice = random.Random(f"attacks {seed}")
    for name, kind in KINDS.items():
        share, thousand = Rational(dice.randint(1, 96), 97), dice.randint(2, 999)
        yield name, kind(1 + share * dice.randint(1, 9), thousand * exp(40), sp.Integer(dice.randint(2, 9)))


# --- the cases that were found, as they were ---------------------------------------------------------------------

summands = 1 / (i + sqrt(i))
five = Max(0, x - 5)
FOUND = {
    "A3, pole at 2": equal(Integral(1 / (x - 2) ** 2, (x, 0, b)), b / (2 * (2 - b)), "continuous"),
    "A3, pole at 7/8": equal(
        Integral(1 / (x - Rational(7, 8)) ** 2, (x, 0, b)),
        b / (Rational(7, 8) * (Rational(7, 8) - b)),
        "continuous",
        domain={b: (0, 1)},
    ),
    "A3, pole at 7/2": equal(
        Integral(1 / (x - Rational(7, 2)) ** 2, (x, 0, n)), 2 * n / (7 * (Rational(7, 2) - n)), "continuous"
    ),
    "A3, secant": equal(Integral(1 / cos(x / 4) ** 2, (x, 0, b)), 4 * sp.tan(b / 4), "continuous"),
    "A3, pole at a": equal(Integral(1 / (x - a) ** 2, (x, 4, oo)), 1 / (4 - a), "continuous"),
    "A4": step(Sum(p[i], (i, 2, n)), ">", 0, D.Lemma(positive, {x: p[i]}, 1, [(i, 2, n)])),
    "A5, not 0": step(Sum(nonzero**2, (nonzero, 0, n - 1)), ">", 0, D.Gap(Sum(nonzero**2, (nonzero, 0, n - 1)))),
    "A5, odd": equal(Sum((-1) ** odd, (odd, 1, n)), -n),
    "A5, even": equal(Sum(cos(pi * even), (even, 1, n)), n),
    "A5, negative": step(
        five * Sum(-negative, (negative, 1, n)), ">=", 0, D.Gap(five * Sum(-negative, (negative, 1, n)))
    ),
    "A6, cited": step(2 * five, "<=", 0, D.Lemma(theorem(five, "<=", 0, D.Cited("nowhere")), {}, 2)),
    "A6, checked": step(2 * five, "<=", 0, D.Lemma(theorem(five, "<=", 0, D.Checked("", tight={x: 1})), {}, 2)),
    "A7": step(five * x, ">=", five * (2 * z - 1), D.Lemma(squares, {z**2: x}, five)),
    "A8, addend": equal(10**40 + log_integral, 10**40 + 1 - 2 * I * pi),
    "A8, factor": equal(vanishes * log_integral, vanishes * (1 - 2 * I * pi)),
    "A8, bound": equal(
        vanishes * Sum(log((1 - x) ** 2), (x, 2, 5)), 2 * vanishes * Sum(log(1 - x), (x, 2, 5)), domain={x: (0, 1)}
    ),
    "A9": equal(Sum(2 * summands, (i, 1, oo)) - 2 * Sum(summands.subs(i, j), (j, 1, oo)), 0),
    "B12": equal(Sum((-1) ** i * sp.binomial(t, i), (i, 1, t)), -1),
    "a part of a row": equal(Sum(w[k, j], (j, 1, 8 * m / 7)), 1),
    "V2": step(x**2, "<=", 10 * x, D.Lemma(of_square, {z: 0}, 0, also=D.Lemma(parabola, {}))),
}


def everything(seed=1948):
    """Every attack, as (name, attack)."""
    yield from FOUND.items()
    yield from generated(seed)


# --- what is true and must stay provable ---------------------------------------------------------------------------

HONEST = {
    "a polynomial": equal(Integral(x**2, (x, 0, b)), b**3 / 3),
    "a logarithm": equal(Integral(1 / x, (x, 1, b)), log(b)),
    "a logarithm, backwards": equal(Integral(1 / x, (x, 1, b)), log(b), domain={b: (0, 1)}),
    "no pole within": equal(Integral(1 / (1 + x), (x, 0, b)), log(1 + b)),
    "an exponential": equal(Integral(exp(-a * x), (x, 0, oo)), 1 / a),
    "a Gaussian": equal(Integral(exp(-(z**2) / 2), (z, -oo, oo)), sqrt(2 * pi)),
    "a Cauchy law": equal(Integral(1 / (1 + z**2), (z, -oo, oo)), pi),
    "a power law": equal(Integral(x**-2, (x, 1, oo)), 1),
    "an integrable end": equal(Integral(1 / sqrt(x), (x, 0, b)), 2 * sqrt(b)),
    "a logarithmic end": equal(Integral(log(x), (x, 0, 1)), -1),
    "a logarithmic end, from above": equal(Integral(log(x), (x, b, 0)), b - b * log(b)),
    "a beta integral": equal(Integral(x**2 * (1 - x) ** 3, (x, 0, 1)), Rational(1, 60)),
    "a gamma integral": equal(Integral(x**a * exp(-x), (x, 0, oo)), sp.gamma(1 + a), domain={a: (1, 3)}),
    "a constant in the plane": equal(Integral(3, (x, 0, a), (z, 0, b)), 3 * a * b),
    "a geometric series": equal(Sum(x**i, (i, 1, oo)), x / (1 - x), domain={x: (0, 1)}),
    "a series of squares": equal(Sum(i**-2, (i, 1, oo)), pi**2 / 6),
    "an exponential series": equal(Sum(x**t / sp.factorial(t), (t, 0, oo)), exp(x)),
    "a sum of cubes": equal(Sum(i**3, (i, 1, n)), n**2 * (n + 1) ** 2 / 4),
    "a telescope": equal(Sum(1 / (i * (i + 1)), (i, 1, n)), 1 - 1 / (n + 1)),
    "a binomial sum": equal(Sum(sp.binomial(n, t), (t, 0, n)), 2**n),
    "a sum that may be empty": equal(Sum(1, (i, 2, n)), n - 1),
    "a sum in two parts": equal(Sum(u[i], (i, 1, k)) + Sum(u[i], (i, k + 1, n)), Sum(u[i], (i, 1, n)), where=[k <= n]),
    "a row of a channel": equal(Sum(w[k, j], (j, 1, m)), 1),
    "Gibbs": equal(S.cross_entropy(p, q), S.entropy(p) + S.kl_divergence(p, q)),
    "a limit": equal(Limit((1 + 1 / x) ** x, x, oo), sp.E),
    "a limit with a parameter": equal(Limit(sin(a * x) / x, x, 0), a),
    "a limit from below": equal(Limit(Abs(z) / z, z, 0, "-"), -1),
    "an infinite limit": equal(Limit(-log(x), x, 0), oo),
    "a second order": equal(Limit((x * log(x / (x + z * y)) + z * y) / z**2, z, 0, "+-"), y**2 / (2 * x)),
    "a derivative of a power": equal(Derivative(x**x, x), x**x * (1 + log(x))),
    "a derivative by an entry": equal(Derivative(S.cross_entropy(p, q), q[k]), -p[k] / q[k]),
    "a kink outside the domain": equal(Derivative(Abs(z), z), -1, domain={z: (-1, 0)}),
    "a large addend": equal(10**40 + (x + 1) ** 2, 10**40 + x**2 + 2 * x + 1),
    "large and small": equal((x + 10**12) * (x - 10**12), x**2 - sp.Integer(10) ** 24),
    "a gap": step(x**2 + a**2, ">=", 2 * a * x, D.Gap((x - a) ** 2)),
    "a strict gap that goes to 0": step(2**-x, "<", 1, D.Gap(1 - 2**-x)),
    "a lemma in a sum": step(S.kl_divergence(p, q), ">=", 0, D.Lemma(tangent, {x: q[i] / p[i]}, p[i], [(i, 1, n)])),
    "a strict lemma in a sum": step(Sum(u[i], (i, 1, n)), ">", 0, D.Lemma(positive, {x: u[i]}, 1, [(i, 1, n)])),
    "two lemmas": step(log(x) + log(a), "<=", x + a - 2, D.Lemma(tangent, {}, also=D.Lemma(tangent, {x: a}))),
    "a lemma at a real number": step((y - 3) ** 2, ">=", 2 * (y - 3) - 1, D.Lemma(squares, {z: y - 3})),
    "a minimum": step(x + 1 / x, ">=", 2, D.Minimum(x, 1)),
    "a minimum by convexity": step(exp(z) - z, ">=", 1, D.Minimum(z, 0)),
    "a maximum in a domain": step(x * (1 - x), "<=", Rational(1, 4), D.Minimum(x, Rational(1, 2)), domain={x: (0, 1)}),
}
