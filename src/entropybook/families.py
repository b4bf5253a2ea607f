r"""Families of probability laws: entropy, KL divergence and cross-entropy in closed form, each with its derivation.

The module is a mapping of records by their names; `pairs` are the pairs of families with a closed form of their own.

>>> normal = families["normal"]
>>> normal(mu=0, sigma=1).kl(normal(mu=1, sigma=1))
0.5
>>> normal.kl_formula
-log(sigma_1) + log(sigma_2) - 1/2 + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2)

What holds for every law here:

* **Units.** Nats.
* **Infinity.** A closed form holds only under its support condition.  Outside it the divergence is +inf, whatever the
  formula would give: for U(0, 1) from U(0, 1/2) it says -log 2.
* **Digits.** Parameters are the exact values of the numbers given.  A formula is computed with intervals that hold its
  exact value, with more and more digits until only one float is left: extreme laws (5e-324 to 1.7e308) and nearly equal
  ones cost no accuracy.  Neither mpmath's precision nor other threads matter.
* **Errors.** ``ValueError`` for a parameter outside its domain, naming it, its value and the domain; ``TypeError`` for
  what is no real number; ``OverflowError`` for an answer that is finite, but beyond the largest float, 1.8e308: inf is
  only what is infinite; ``NotImplementedError`` where there is no closed form, saying what to use instead.
* **Copies.** Records compare by name, laws by name and parameters; both can be hashed, copied and pickled.

How the formulas come about: the logarithm of a density is a sum of constants times statistics, such as x or log x.
Once their expectations are known, entropy and divergence are put together from them.  Most expectations are read off
one integral: E[base^t] = M(t) gives E[base^k] = M(k) and E[log base] = M'(0).  `Family.prove` does all that with SymPy,
compares with the formula stated in the record, and says how far it came:

* ``proved``: SymPy did every integral, and reduced the difference of the two formulas to zero;
* ``checked``: some expectation was only stated.

Whatever the status, the numbers also agree with quadrature or summation of the definition, at three random points (laws
of vectors: at one point, in two or three dimensions).
"""

import math
import random
import sys
import threading
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from numbers import Integral, Real
from types import SimpleNamespace
from typing import ClassVar

import mpmath
import sympy as sp
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import ComplexResult, fone, fzero, mpf_shift
from sympy import E, EulerGamma, Rational, Sum, binomial, digamma, erf, exp, expint, factorial, gamma, log, oo, pi, sqrt
from sympy.printing.pycode import MpmathPrinter

from entropybook import symbolic
from entropybook.library import make_mapping
from entropybook.symbolic import Pmf, ProofError, prove_equal

_HALF = Rational(1, 2)
_LARGEST = sys.float_info.max
_K, _L, _M = sp.symbols("k l m", integer=True, nonnegative=True)


# --- parameters --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, its domain in words and as a test, its symbol, and an interval to draw examples from."""

    name: str
    domain: str
    holds: Callable
    letter: str
    assumptions: Mapping
    examples: tuple

    def symbol(self, index=""):
        return sp.Symbol(self.letter + index, **self.assumptions)

    def value(self, given):
        """The number given, checked."""
        whole, number = "integer" in self.assumptions, _number(self.name, given)
        if not abs(number) <= _LARGEST or not self.holds(number) or (whole and number != int(number)):
            raise ValueError(f"{self.name} = {number!r}: must be {self.domain}")
        return int(number) if whole else number


def _number(name, given, what="be a real number"):
    """A real number as an int, as a float or, if it is none of them, as a Fraction: exactly."""
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{name} must {what}, not {type(given).__name__}")
    if isinstance(given, Integral | float):
        return int(given) if isinstance(given, Integral) else float(given)
    try:
        exact = Fraction(*map(int, given.as_integer_ratio()))
    except (AttributeError, OverflowError, ValueError):  # a type without that, an infinity, nan
        return float(given)
    return float(exact) if abs(exact) <= _LARGEST and float(exact) == exact else exact


def _real(name, letter=None):
    return Parameter(name, "a finite number", lambda v: True, letter or name, {"real": True}, (-2.0, 2.0))


def _positive(name, letter=None, examples=(0.5, 3.0)):
    domain = "a finite number above 0"
    return Parameter(name, domain, lambda v: v > 0, letter or name, {"positive": True}, examples)


def _probability(name, above_0=False):
    """A probability; in symbols it is neither 0 nor 1."""
    domain, low = ("above 0 and at most 1", 5e-324) if above_0 else ("between 0 and 1", 0)
    return Parameter(name, domain, lambda v: low <= v <= 1, name, {"positive": True}, (0.1, 0.9))


def _integer(name, lowest=None, letter=None):
    domain = "an integer" if lowest is None else f"an integer, at least {lowest}"
    sign = {} if lowest is None else {"positive": True}
    holds = (lambda v: True) if lowest is None else lambda v: v >= lowest
    return Parameter(name, domain, holds, letter or name, {"integer": True} | sign, (lowest or -5, 7))


class _Vector(Parameter):
    """A parameter with several entries: `assumptions` is here a function from a name to a SymPy object."""

    def symbol(self, index=""):
        return self.assumptions(self.letter + index)

    def value(self, given):
        values = _numbers(self.name, given)
        flat = [v for row in values for v in row] if isinstance(values[0], tuple) else values
        if not all(abs(v) <= _LARGEST for v in flat) or not self.holds(values):
            raise ValueError(f"{self.name} = {values!r}: must be {self.domain}")
        return values


def _numbers(name, given):
    """A list of numbers, or of rows of numbers, as tuples of exact numbers."""
    entries = given.tolist() if hasattr(given, "tolist") else given
    if not isinstance(entries, list | tuple):
        raise TypeError(f"{name} must be a list of numbers, not {type(given).__name__}")
    if not entries:
        raise ValueError(f"{name} must hold at least one number")
    if all(isinstance(row, list | tuple) for row in entries):
        return tuple(_numbers(name, row) for row in entries)
    return tuple(_number(name, entry, "hold real numbers") for entry in entries)


def _is_pmf(values):
    return not isinstance(values[0], tuple) and min(values) >= 0 and abs(math.fsum(values) - 1) <= 1e-6


def _is_covariance(rows):
    """Whether a matrix is positive definite, and symmetric but for rounding."""
    size = range(len(rows))
    if not isinstance(rows[0], tuple) or any(len(row) != len(rows) or row[i] <= 0 for i, row in enumerate(rows)):
        return False
    scale = [math.sqrt(rows[i][i]) for i in size]
    if any(abs(rows[i][j] - rows[j][i]) > 1e-12 * scale[i] * scale[j] for i in size for j in range(i)):
        return False
    digits = max(sum(map(int.bit_length, Fraction(v).as_integer_ratio())) for row in rows for v in row)
    try:  # a determinant that has more digits than this before the first one is 0
        return _narrow(lambda: _factors(rows) and _IV.zero, most=200 + 2 * len(rows) * digits) == 0
    except (ValueError, ArithmeticError):
        return False


_N = sp.Symbol("n", integer=True, positive=True)
_D = sp.Symbol("d", integer=True, positive=True)
_PMF = _Vector("p", "at least 0 each and sum to 1 within 1e-06", _is_pmf, "p", lambda s: Pmf(s, _N), ())
_ALPHA = _Vector(
    "alpha",
    "finite numbers above 0, at least two",
    lambda v: len(v) > 1 and not isinstance(v[0], tuple) and min(v) > 0,
    "alpha",
    lambda s: sp.IndexedBase(sp.Symbol(s, positive=True), shape=(_N,)),
    (),
)
_MEAN = _Vector(
    "mean", "finite numbers", lambda v: not isinstance(v[0], tuple), "mu", lambda s: sp.MatrixSymbol(s, _D, 1), ()
)
_COV = _Vector(
    "cov", "a symmetric positive definite matrix", _is_covariance, "Sigma", lambda s: sp.MatrixSymbol(s, _D, _D), ()
)


# --- expectations ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Generator:
    """E[base^t] = value(t), proved after the substitution x = by(y), `over` the limits of y, if there is one.

    It is proved for t of the sign of the exponent that is wanted; for a derivative at 0, of the sign for which the
    expectation surely exists.
    """

    value: Callable
    _: KW_ONLY
    sign: int = 1
    by: Callable | None = None
    over: tuple = (0, oo)


@dataclass(frozen=True)
class Expectation:
    """An expectation that is stated.  `cases` are substitutions that cover all orders of the breakpoints `at`."""

    value: sp.Expr
    how: str = "integral"
    at: tuple = ()
    cases: tuple = ({},)


def _checked(value):
    return Expectation(value, "checked")


def _exp(term):
    """exp(c log b) as b^c; SymPy leaves it as it is."""
    logs = [factor for factor in sp.Mul.make_args(term) if isinstance(factor, log)]
    return logs[0].args[0] ** (term / logs[0]) if len(logs) == 1 else exp(term)


def _density(log_density):
    """exp of a sum, as a product of powers."""
    return sp.Mul(*map(_exp, sp.Add.make_args(log_density)))


# --- a family ----------------------------------------------------------------------------------------------------


def _record(name):
    """The family of this name, or the pair of two names."""
    return pairs[name] if isinstance(name, tuple) else _RECORDS[name]


class _Record:
    """What families and pairs of families share: a name, by which they compare and are pickled, and a divergence."""

    numbers: ClassVar = {}

    def __eq__(self, other):
        return type(other) is type(self) and other.name == self.name

    def __hash__(self):
        return hash(self.name)

    def __reduce_ex__(self, protocol):
        return (_record, (self.name,)) if _record(self.name) is self else super().__reduce_ex__(protocol)

    @cached_property
    def kl_formula(self):
        """D(law 1 || law 2), or None: then `why_no_kl` says why."""
        return self.kl and sp.sympify(self.kl(*self._symbols))

    @cached_property
    def condition(self):
        """Where the divergence is finite; elsewhere it is +inf."""
        return sp.sympify(self.finite(*self._symbols))

    @cached_property
    def _kl_number(self):
        """The interval of the divergence, given two namespaces of numbers."""
        return self.numbers.get("kl") or _of_numbers(_compiled(self.kl_formula, _all(*self._symbols)))

    @cached_property
    def _is_finite(self):
        compiled = sp.lambdify(_all(*self._symbols), self.condition, "math")
        within = self.numbers.get("within", lambda p, q: True)
        return lambda p, q: compiled(*_all(p, q)) and within(p, q)


def _all(*laws):
    """What the namespaces hold."""
    return [value for law in laws for value in vars(law).values()]


def _of_numbers(compiled):
    return lambda *laws: compiled(*map(_exact, _all(*laws)))


def _called(name, title, *parameters, kind="continuous"):
    return {"name": name, "title": title, "parameters": parameters, "kind": kind}


_discrete = partial(_called, kind="discrete")


@dataclass(frozen=True, eq=False)
class Family(_Record):
    """A family of laws.  Call it with the parameters for one law of it.

    The fields that are functions take namespaces of symbols, ``p.mu`` and ``q.mu``, and build SymPy expressions.  The
    properties `log_density`, `entropy_formula`, `kl_formula`, `condition`, `support` and `expectations` are results.
    In `kl_formula` the parameters of the first law have the index 1, those of the second the index 2.

    >>> families["exponential"](rate=2)
    exponential(rate=2)
    >>> families["exponential"].condition, families["pareto"].condition
    (True, x_m_1 >= x_m_2)
    """

    name: str
    title: str
    parameters: tuple
    _: KW_ONLY
    kind: str  # "discrete" or "continuous"
    source: str
    density: Callable  # log f of x and p
    between: Callable = lambda p: (0, oo)  # the ends of the support
    entropy: Callable | None = None
    kl: Callable | None = None
    finite: Callable = lambda p, q: sp.true  # where D(p || q) is finite, given its `same` parameters
    condition_in_words: str = "always finite"  # given equal `same` parameters
    same: tuple = ()  # parameters that must be equal for the closed form of KL
    why_no_kl: str = ""  # in general, or for other than `same` parameters
    relation: Callable = lambda p: sp.true  # between the parameters
    relation_in_words: str = ""
    generators: Callable = lambda x, p: {}  # base: Generator
    known: Callable = lambda x, p, q: {}  # statistic: Expectation
    numbers: Mapping = field(default_factory=dict)  # "entropy", "kl", ...: functions used instead of formulas
    check: Callable = lambda p: ""  # of a law of vectors: what is wrong
    prover: Callable | None = None  # of a law of vectors
    derivation: str = ""
    outcome: sp.Basic | None = None  # its symbol, for a law of vectors
    ordered: Callable = lambda p, q: {}  # symbols in terms of positive differences, for proofs
    zero_at_the_end: bool = False  # the density tends to 0 at the lower end, where its formula is undefined

    # symbols and formulas

    def symbols(self, index=""):
        """The parameters as symbols, with attributes of their names."""
        return SimpleNamespace(**{p.name: p.symbol(index) for p in self.parameters})

    @cached_property
    def x(self):
        """The symbol of the outcome."""
        if self.outcome is not None:
            return self.outcome
        low = sp.sympify(self.between(self.symbols())[0])
        if self.kind == "discrete":
            return sp.Symbol("k", integer=True, **({"nonnegative": True} if low.is_nonnegative else {}))
        return sp.Symbol("x", **({"positive": True} if low.is_nonnegative else {"real": True}))

    @cached_property
    def log_density(self):
        """The logarithm of the density, or of the probability, inside the support."""
        return self.density(self.x, self.symbols())

    @cached_property
    def support(self):
        """The ends of the support."""
        return sp.Tuple(*self.between(self.symbols()))

    @cached_property
    def entropy_formula(self):
        """The entropy in nats; some discrete laws leave a sum in it."""
        return sp.sympify(self.entropy(self.symbols()))

    @property
    def _symbols(self):
        return self.symbols("_1"), self.symbols("_2")

    # a law

    def __call__(self, *args, **parameters):
        names = [p.name for p in self.parameters]
        if len(args) > len(names) or (set(names[: len(args)]) & set(parameters)) or set(parameters) - set(names):
            raise TypeError(f"{self.name} takes the parameters {', '.join(names)}")
        given = dict(zip(names, args, strict=False)) | parameters
        if missing := [name for name in names if name not in given]:
            raise TypeError(f"{self.name} needs the parameter {missing[0]}")
        values = {p.name: p.value(given[p.name]) for p in self.parameters}
        if not self._holds(*values.values()):
            shown = ", ".join(f"{name} = {value!r}" for name, value in values.items())
            raise ValueError(f"{shown}: must fulfil {self.relation_in_words}")
        if complaint := self.check(SimpleNamespace(**values)):
            raise ValueError(complaint)
        return Law(self, tuple(values.items()))

    @cached_property
    def _holds(self):
        return sp.lambdify(_all(self.symbols()), self.relation(self.symbols()), "math")

    @cached_property
    def _entropy_number(self):
        """The interval of the entropy, given a namespace of numbers."""
        return self.numbers.get("entropy") or _of_numbers(_compiled(self.entropy_formula, _all(self.symbols())))

    @cached_property
    def _pdf_number(self):
        """The interval of the density, given x and a namespace of numbers."""
        if "pdf" in self.numbers:
            return self.numbers["pdf"]
        compiled = _compiled(_density(self.log_density), [self.x, *_all(self.symbols())])
        return lambda x, p: compiled(*map(_exact, [x, *_all(p)]))

    @cached_property
    def _log_pdf_number(self):
        """The logarithm of the density, for points of mpmath."""
        return _compiled(self.log_density, [self.x, *_all(self.symbols())], _MP)

    # derivation

    def expectation(self, statistic, p, q):
        """E[statistic] under p, and what has to be proved for it: an Expectation, or (base, Generator, sign of t)."""
        t = sp.Symbol("t", real=True)
        for base, generator in self.generators(self.x, p).items():
            for n in (1, 2):
                if statistic == log(base) ** n:
                    return sp.diff(generator.value(t), t, n).subs(t, 0), (base, generator, generator.sign)
            (root, power), (base_root, base_power) = statistic.as_base_exp(), base.as_base_exp()
            exponent = power / base_power
            if root == base_root and not exponent.has(self.x):
                return generator.value(exponent), (base, generator, 1 if exponent.is_positive else -1)
        known = self.known(self.x, p, q)
        if statistic not in known:
            raise ProofError(f"the expectation of {statistic} under {self.name} is not known")
        return known[statistic].value, known[statistic]

    def mean(self, expression, p, q):
        """E[expression] under p by linearity, and the expectations used for it, by statistic, as in `expectation`."""
        total, used = sp.S.Zero, {}
        whole = {part: sp.Dummy(positive=True) for part in (*self.known(self.x, p, q), *self.generators(self.x, p))}
        whole.pop(self.x, None)
        parts = {dummy: part for part, dummy in whole.items()}  # what is not to be expanded
        for term in sp.Add.make_args(sp.expand(expression.xreplace(whole))):
            constant, statistic = term.as_independent(self.x, *parts, as_Add=False)
            if statistic == 1:
                total += term
                continue
            statistic = statistic.xreplace(parts)
            used[statistic] = self.expectation(statistic, p, q)
            total += constant * used[statistic][0]
        return total, used

    @cached_property
    def expectations(self):
        """The statistics in -log f, with their expectations under the law and how these are established."""
        p = self.symbols()
        _, used = self.mean(self.log_density, p, p)
        return {statistic: (value, _how(lemma)) for statistic, (value, lemma) in used.items()}

    def prove(self):
        """Derive both formulas and compare them with the definitions; return the status of each, None for no formula.

        ProofError if a formula is wrong, or if SymPy cannot do what the record says it can.

        >>> families["exponential"].prove()
        {'entropy': 'proved', 'kl': 'proved'}
        """
        if self.prover:
            return self.prover(self)
        p, first, second = (self.symbols(index) for index in ("", "_1", "_2"))
        for name in self.same:
            setattr(second, name, getattr(first, name))
        status = {"entropy": self._status(-self.log_density, p, p, self.entropy_formula), "kl": None}
        if self.kl:
            excess = self.density(self.x, first) - self.density(self.x, second)
            status["kl"] = self._status(excess, first, second, self.kl(first, second), self.finite(first, second))
        _gate(self)
        return status

    def _status(self, statistic, p, q, formula, condition=sp.true, other=None):
        """Derive E[statistic] under p, and prove that it is the formula."""
        assembled, used = self.mean(statistic, p, q)
        ordered = self.ordered(p, p if other else q)
        other = other or self
        defined = {value: sp.Dummy(positive=True) for value, lemma in used.values() if _how(lemma) == "definition"}
        assembled, formula = (sp.sympify(side).subs(ordered).xreplace(defined) for side in (assembled, formula))
        where = _conditions(ordered, self.relation(p), other.relation(q), condition)
        domain = self._domain(p) | other._domain(q)
        prove_equal(assembled, formula, domain=domain, where=where)
        proofs = {self._proved(statistic, lemma, p, ordered, domain, where) for statistic, (_, lemma) in used.items()}
        return "proved" if proofs <= {True} else "checked"

    def _domain(self, p):
        """Probabilities lie between 0 and 1; SymPy has no such assumption."""
        return {p.p: (0, 1)} if getattr(p, "p", None) is not None else {}

    def _proved(self, statistic, lemma, p, ordered, domain, where):
        """Whether SymPy does the integral or sum behind an expectation; ProofError if it should but cannot."""
        if isinstance(lemma, Expectation):
            if lemma.how == "integral":
                for case in (ordered | case for case in lemma.cases):
                    integral = _in_pieces(self, statistic, p, lemma.at, case)
                    prove_equal(integral, lemma.value.subs(case), domain=domain, where=_conditions(case, *where))
            return lemma.how != "checked"
        base, generator, sign = lemma
        key = list(self.generators(self.x, p)).index(base), sign
        if key in self._proved_generators:
            return True
        t = sign * sp.Symbol("t", positive=True)
        log_term = t * log(base) + self.density(self.x, p)
        evaluate = _summed if self.kind == "discrete" else _integrated
        value = generator.value(t).subs(ordered)
        prove_equal(evaluate(self, log_term, p, generator, ordered), value, domain=domain | _NEAR_0, where=where)
        self._proved_generators.add(key)
        return True

    @cached_property
    def _proved_generators(self):
        """Their places and signs of t: proved under one name of the parameters, they need not be under another."""
        return set()


_NEAR_0 = {sp.Symbol("t", positive=True): (0, Rational(1, 4))}  # where the generators exist


def _conditions(substitution, *conditions):
    given = (sp.sympify(condition).subs(substitution) for condition in conditions)
    return [condition for condition in given if condition != sp.true]


def _how(lemma):
    if isinstance(lemma, Expectation):
        return lemma.how
    return "substitution" if lemma[1].by else "integral"


def _convergent(total):
    """The value where the sum or integral converges."""
    total = total.replace(sp.Piecewise, lambda *branches: branches[0][0])
    return sp.expand(total.rewrite(exp)) if total.has(sp.sinh) else total


def _summed(family, log_term, p, generator, ordered):
    """The sum of exp(log_term) over the support; whatever is a power of k becomes z^k."""
    x, z = family.x, sp.Symbol("z", positive=True)
    slope = sp.expand(log_term).coeff(x, 1)
    rest = sp.Add(
        *(term for term in sp.Add.make_args(sp.expand(log_term)) if term not in sp.Add.make_args(sp.expand(slope * x)))
    )
    low, high = map(sp.sympify, family.between(p))
    total = sp.summation(_density(rest) * z**x, (x, low, high))
    return _convergent(total).subs(z, _density(slope))


def _integrated(family, log_term, p, generator, ordered):
    """The integral of exp(log_term) over the support."""
    low, high = family.between(p)
    if not generator.by:
        return _convergent(sp.integrate(sp.powsimp(_density(sp.expand(log_term))), (family.x, low, high)))
    low, high = generator.over
    y = sp.Symbol("y", **({"positive": True} if low == 0 else {"real": True}))
    x = generator.by(y, p)
    log_term, x = (e.subs(ordered) for e in (log_term, x))
    inner = sp.expand_log(sp.expand(log_term.subs(family.x, x)) + log(sp.Abs(sp.factor(sp.simplify(sp.diff(x, y))))))
    inner = sp.expand(sp.expand_log(inner.replace(log, lambda a: log(sp.factor(a)))))
    return _convergent(sp.integrate(sp.powsimp(_density(inner)), (y, low, high)))


def _in_pieces(family, statistic, p, at, case):
    """The integral of statistic times density, cut at the breakpoints, each piece from 0 on.

    The sign of what stands in an absolute value, and the branch of a piecewise function, is constant on a piece.
    """
    low, high = (sp.sympify(end).subs(case) for end in family.between(p))
    integrand = (statistic * _density(family.density(family.x, p))).subs(case)
    at = [sp.sympify(point).subs(case) for point in at]
    dice = {
        s: sp.Integer(3 + i) for i, s in enumerate(sorted(sp.Tuple(integrand, *at, low, high).free_symbols, key=str))
    }
    at = sorted(set(at), key=lambda point: point.subs(dice))
    y, total = sp.Symbol("y", positive=True), sp.S.Zero
    for start, end in pairwise([low, *at, high]):
        from_end = start == -oo or (end == high != oo)
        x, length = end - y if from_end else start + y, oo if start == -oo else end - start
        middle = dice | {y: (1 if length == oo else length.subs(dice) / 2)}
        piece = integrand.subs(family.x, x)
        piece = piece.replace(sp.Abs, lambda a, m=middle: a if a.subs(m) > 0 else -a)
        piece = piece.replace(
            sp.Piecewise, lambda *branches, m=middle: next(e for e, c in branches if c.subs(m) == sp.true)
        )
        total += sp.integrate(sp.expand(piece), (y, 0, length))
    return total


# --- numbers -----------------------------------------------------------------------------------------------------
# What a formula loses, as in 1 - 1e-100, widens the interval, and so cannot go unnoticed.

_MP, _IV = mpmath.MPContext(), MPIntervalContext()  # our own: mpmath's is shared by all who compute
_LOCK = threading.RLock()  # of their precision, and of the constants that mpmath keeps for all contexts
_BITS, _MOST_BITS = 106, 1 << 15


def _settled(compute, what, *names):
    """The float nearest to what compute() encloses; OverflowError if that is finite and no float is."""
    value = _narrow(compute)
    if math.isinf(float(value)) and not mpmath.isinf(value):
        raise OverflowError(f"{what.format(*names)} is finite, but beyond the largest float, 1.8e308")
    return float(value) + 0.0  # turns -0.0 into 0.0


def _narrow(compute, bits=64, most=_MOST_BITS):
    """The middle of the interval compute(), once it is below 2^-bits of it wide, or below half the least float."""
    with _LOCK:
        before, precision = (_IV.prec, _MP.prec), _BITS
        try:
            while precision <= most:
                _IV.prec, _MP.prec = precision, precision + 20
                try:
                    low, high = map(_MP.make_mpf, compute()._mpi_)
                except ComplexResult:  # the interval of an argument reaches beyond the domain
                    low, high = -_MP.inf, _MP.inf
                size, width = _MP.mag(max(abs(low), abs(high))), -_MP.inf if low == high else _MP.mag(high - low)
                if max(size, width) < -1075 or width < size - bits:
                    return low if low == high else (low + high) / 2
                precision *= 2
        finally:
            _IV.prec, _MP.prec = before
    raise ArithmeticError(f"{most} bits do not settle the answer")


def _exact(value, context=_IV):
    """Numbers, lists and matrices of numbers, as numbers of the context."""
    if isinstance(value, list | tuple):
        return [_exact(v, context) for v in value]
    return context.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else context.mpf(value)


def _around(low, high, bits, least=0):
    """The interval from low to high, made wider by 2^-bits of either end, or of `least` if that is more."""
    ends = []
    for end, sign in ((low, -1), (high, 1)):
        error = _MP.ldexp(max(abs(end), least), -bits) if _MP.isfinite(end) else 0
        ends.append((end + sign * error)._mpf_)
    return _IV.make_mpf(tuple(ends))


def _enclosing(function, least=0, defined=lambda low: True, turns=lambda low, high: False):
    """For intervals: a function of mpmath, monotone unless it `turns`, where its slope is at most 1.

    It errs in its last digits (of `least` near a root), in an unknown direction: mpmath's own intervals rely on it.
    """

    def of_interval(*args):
        *order, x = args
        if not isinstance(x, _IV.mpf):
            x = _IV.convert(x)
        low, high = map(_MP.make_mpf, x._mpi_)
        if not defined(low):
            raise ComplexResult  # more digits will tell
        if low == high:
            return _around(*[function(*order, low)] * 2, _IV.prec, least)
        a, b = function(*order, low), function(*order, high)
        more = high - low if turns(low, high) else 0
        return _around(min(a, b) - more, max(a, b) + more, _IV.prec, least)

    return of_interval


def _exponential(x):
    """exp, exactly 1 of 0, and 0 to a bound below -2^4000: exp(-exp(1e10)) has too many digits."""
    if x == 0:
        return _IV.one  # of an int, too
    sign, _, exponent, digits = x._mpi_[1]
    far = sign and exponent + digits > 4001
    return _IV.make_mpf((fzero, mpf_shift(fone, -(1 << 4000)))) if far else _exp_of_interval(x)


def _power(x, y):
    """x^y for x >= 0; for small whole numbers y by multiplication."""
    y = _IV.convert(y)
    return _multiplied(x, y) if y in _SMALL else _exponential(y * _log(x))


def _decided(compare):
    """A comparison that is True or False: where intervals overlap, more digits will tell."""

    def decided(x, y):
        if (answer := compare(x, y)) is None:
            raise ComplexResult
        return answer

    return decided


_multiplied, _IV.mpf.__pow__ = _IV.mpf.__pow__, _power
_IV.mpf.__rpow__ = lambda y, x: _power(_IV.convert(x), y)
_IV.mpf.__lt__, _IV.mpf.__gt__ = _decided(_IV.mpf.__lt__), _decided(_IV.mpf.__gt__)
_SMALL = [_IV.mpf(n) for n in (-2, -1, 0, 1, 2)]
_above_0 = lambda low: low > 0  # noqa: E731
_minimum = lambda low, high: low < 1.47 and high > 1.46  # noqa: E731
_exp_of_interval, _log = _enclosing(_MP.exp), _enclosing(_MP.ln, defined=lambda low: low >= 0)
_digamma, _gamma = _enclosing(_MP.digamma, 1, _above_0), _enclosing(_MP.gamma, 0, _above_0, _minimum)
_loggamma = _enclosing(_MP.loggamma, 1, _above_0, _minimum)
_FUNCTIONS = {  # by the names that SymPy prints
    "exp": _exponential,
    "log": _log,
    "sqrt": _IV.sqrt,
    "cos": _enclosing(_MP.cos, 1, turns=lambda low, high: True),
    "gamma": _gamma,
    "loggamma": _loggamma,
    "factorial": lambda n: _gamma(n + 1),
    "polygamma": lambda _, x: _digamma(x),
    "erf": _enclosing(_MP.erf),
    "besseli": _enclosing(_MP.besseli, defined=_above_0),
    "expint": _enclosing(_MP.expint, defined=_above_0),
}


def _compiled(formula, symbols, context=_IV):
    """The formula as a function of numbers of the context."""
    formula = formula.replace(
        lambda e: isinstance(e, log) and isinstance(e.args[0], gamma), lambda e: sp.loggamma(e.args[0].args[0])
    )
    functions = _FUNCTIONS if context is _IV else {name: getattr(_MP, name) for name in _FUNCTIONS}
    names = functions | {name: getattr(context, name) for name in ("mpf", "pi", "e", "euler")}
    printer = MpmathPrinter({"fully_qualified_modules": False, "allow_unknown_functions": True})
    return sp.lambdify(symbols, formula, [names], printer=printer)


def _plogpq(ps, qs):
    return sum((p * _log(p / q) for p, q in zip(ps, qs, strict=True) if p != 0), _IV.zero)


def _share(p):
    """The probabilities of a categorical law, made to sum to 1."""
    values = _exact(p.p)
    total = sum(values)
    return [v / total for v in values]


def _within(p, q):
    """Whether q is positive where p is."""
    return all(b or not a for a, b in zip(p.p, q.p, strict=True))


_MOST_TERMS = 10**5


def _mean_score(log_f, mode, high, ratio, score, gain, limit=0):
    """E score(X), as an interval, outwards from a k near the mode until the rest does not count.

    log_f() encloses log f(mode); ratio(k) is f(k + 1)/f(k), falling or tending to `limit`; score(k + 1) - score(k) is
    gain(k, ratio(k)), at most minus the logarithm of the ratio.
    """
    with _LOCK, _MP.workprec(_BITS):
        start = _MP.exp(_narrow(log_f, 90))
        total, tiny = start * score, _MP.ldexp(1, -80)
        for step in (1, -1):
            k, p, value, terms = mode, start, score, 0
            while (k < high) if step == 1 else (k > 0):
                factor = ratio(min(k, k + step))
                change, factor = gain(min(k, k + step), factor), factor**step
                k, p, value, terms = k + step, p * factor, value + step * change, terms + 1
                total += p * value
                beyond = 1 - (max(factor, limit) if step == 1 else factor)
                if beyond > 0 and p * (1 + value) <= tiny * total * beyond**2:
                    break
                if terms > _MOST_TERMS:
                    raise NotImplementedError("the entropy is a sum of more than 100000 terms; it is not computed")
        return _around(total, total, 72)


def _lattice_entropy(log_f, mode, high, ratio, limit=0):
    """E(-log f(X)): all terms are positive."""
    return _mean_score(log_f, mode, high, ratio, -_narrow(log_f, 90), lambda k, factor: -_MP.log(factor), limit)


def _binomial(n, p):
    """For `_mean_score`, of a Fraction p."""
    k, odds = int(n * p), _exact(p, _MP) / _exact(1 - p, _MP)

    def log_f():
        ways = _loggamma(_exact(n + 1)) - _loggamma(_exact(k + 1)) - _loggamma(_exact(n - k + 1))
        return ways + k * _log(_exact(p)) + (n - k) * _log(_exact(1 - p))

    return log_f, k, n, lambda k: (n - k) * odds / (k + 1)


def _poisson_entropy(p):
    k, rate = int(p.rate), Fraction(p.rate)
    if rate > 10**4:  # 4 terms of the asymptotic series: the next is below 1e-16
        rate = _exact(rate)
        tail = 1 / (12 * rate) + 1 / (24 * rate**2) + 19 / (360 * rate**3)
        return _log(2 * _IV.pi * _IV.e * rate) / 2 - tail
    point = _exact(rate, _MP)
    log_f = lambda: k * _log(_exact(rate)) - _exact(rate) - _loggamma(_exact(k + 1))  # noqa: E731
    return _lattice_entropy(log_f, k, math.inf, lambda k: point / (k + 1))


def _negative_binomial_entropy(p):
    r, success = Fraction(p.r), Fraction(p.p)
    k, q, point = max(0, int((r - 1) * (1 - success) / success)), _exact(1 - success, _MP), _exact(r, _MP)

    def log_f():
        ways = _loggamma(_exact(k + r)) - _loggamma(_exact(r)) - _loggamma(_exact(k + 1)) if k else 0
        return ways + _exact(r) * _log(_exact(success)) + k * _log(_exact(1 - success))

    return _lattice_entropy(log_f, k, math.inf, lambda k: (k + point) * q / (k + 1), q)


def _multinomial_entropy(p):
    """n log n - log n! + sum_i (log m_i! - m_i log(n p_i) + E log(X_i!/m_i!) - (X_i - m_i) log(n p_i)), m_i near n p_i.

    It is n H - log n! + sum_i E log X_i!, where X_i is binomial, without what cancels.
    """
    shares = [Fraction(v) for v in p.p if v]
    n, shares = p.n, [v / sum(shares) for v in shares]
    if len(shares) == 1:
        return _IV.zero
    total = n * _log(_exact(n)) - _loggamma(_exact(n + 1))
    for share in shares:
        mean = _exact(n * share, _MP)
        total += _loggamma(_exact(int(n * share) + 1)) - int(n * share) * _log(_exact(n * share))
        total += _mean_score(*_binomial(n, share), 0, lambda k, _, mean=mean: _MP.log((k + 1) / mean))
    return total


def _dirichlet_log_normaliser(alpha):
    return sum(map(_loggamma, alpha)) - _loggamma(sum(alpha))


def _dirichlet_entropy(p):
    alpha = _exact(p.alpha)
    total = _digamma(sum(alpha))
    return _dirichlet_log_normaliser(alpha) - sum((a - 1) * (_digamma(a) - total) for a in alpha)


def _dirichlet_kl(p, q):
    first, second = _exact(p.alpha), _exact(q.alpha)
    total = _digamma(sum(first))
    terms = ((a - b) * (_digamma(a) - total) for a, b in zip(first, second, strict=True))
    return _dirichlet_log_normaliser(second) - _dirichlet_log_normaliser(first) + sum(terms)


def _factors(rows):
    """L, with ones on the diagonal, and the diagonal D of L D L^T; ValueError if that is not positive definite."""
    lower, pivots = [], []
    for i, row in enumerate(_exact(rows)):
        products = []  # L_ij D_j
        for j in range(i):
            products.append(row[j] - sum(a * b for a, b in zip(products, lower[j], strict=False)))
        lower.append([a / d for a, d in zip(products, pivots, strict=True)])
        pivots.append(row[i] - sum(a * b for a, b in zip(products, lower[i], strict=True)))
        if not pivots[i] > 0:
            raise ValueError
    return lower, pivots


def _squares(lower, pivots, column):
    """The sum of z_i^2/D_i, where L z = column, and so column^T (L D L^T)^-1 column."""
    z = []
    for row, entry in zip(lower, column, strict=True):
        z.append(entry - sum(a * b for a, b in zip(row, z, strict=True)))
    return sum(v**2 / d for v, d in zip(z, pivots, strict=True))


def _multivariate_normal_entropy(p):
    return (len(p.mean) * _log(2 * _IV.pi * _IV.e) + sum(map(_log, _factors(p.cov)[1]))) / 2


def _multivariate_normal_kl(p, q):
    """From the factors: the trace is a sum of squares for the columns of L1, the quadratic form that of mu1 - mu2."""
    (lower, pivots), second, size = _factors(p.cov), _factors(q.cov), len(p.mean)
    away = [a - b for a, b in zip(_exact(p.mean), _exact(q.mean), strict=True)]
    total = _squares(*second, away) - size + sum(map(_log, second[1])) - sum(map(_log, pivots))
    for j, pivot in enumerate(pivots):
        column = [0] * j + [1] + [lower[i][j] for i in range(j + 1, size)]
        total += pivot * _squares(*second, column)
    return total / 2


# --- a law -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Law:
    """One law of a family, such as ``families["normal"](mu=0, sigma=1)``."""

    family: Family
    items: tuple

    @property
    def parameters(self):
        """The parameters by name."""
        return dict(self.items)

    def __repr__(self):
        values = (
            v if not isinstance(v, tuple) else [list(r) if isinstance(r, tuple) else r for r in v]
            for _, v in self.items
        )
        return f"{self.family.name}({', '.join(f'{n}={v!r}' for (n, _), v in zip(self.items, values, strict=True))})"

    @cached_property
    def _numbers(self):
        return SimpleNamespace(**dict(self.items))

    @cached_property
    def _ends(self):
        """The ends of the support, exactly if they are parameters."""
        ends = self.family.numbers.get("support", self.family.between)(self._numbers)
        return [float(end) if isinstance(end, sp.Basic) else end for end in ends]

    @cached_property
    def _certain(self):
        """The number that a discrete law gives for certain, or None."""
        low, high = self._ends
        chance = 0 if low == high else self.parameters.get("p")
        if self.family.kind == "continuous" or chance not in (0, 1):
            return None
        return high if chance == 1 and high < math.inf else low

    @property
    def support(self):
        """The ends (lo, hi) of the support; of every entry, for a law of vectors."""
        return tuple(map(float, self._ends))

    def entropy(self):
        r"""Entropy of a discrete law, differential entropy of a continuous one, in nats.

        .. math:: H(P) = -\operatorname{E}_P \log p(X)

        NotImplementedError for the few discrete laws whose entropy is a sum of more than 100,000 terms; OverflowError
        for one beyond the largest float, as of a gamma law with shape 5e-324.

        >>> families["uniform"](a=0, b=0.5).entropy()
        -0.6931471805599453
        """
        return _settled(self._entropy, "the entropy of {}", self)

    def _entropy(self):
        return self.family._entropy_number(self._numbers) if self._certain is None else _IV.zero

    def kl(self, other):
        r"""Kullback-Leibler divergence of `other` from this law, in nats; see `Families.kl`.

        >>> families["uniform"](a=0, b=1).kl(families["uniform"](a=0, b=0.5))
        inf
        """
        return kl(self, other)

    def cross_entropy(self, other):
        r"""Cross-entropy of data from this law under a code built for `other`, in nats: entropy plus divergence.

        .. math:: H(P, Q) = -\operatorname{E}_P \log q(X) = H(P) + D(P \| Q)

        Errors as for both; +inf where the divergence is.

        >>> families["exponential"](rate=1).cross_entropy(families["exponential"](rate=2))
        1.3068528194400546
        """
        divergence = _divergence(self, other)
        return _settled(lambda: self._entropy() + divergence(), "the cross-entropy of {} and {}", self, other)

    def pdf(self, x):
        """The density at x, or for a discrete law the probability of x; 0 outside the support, perhaps inf at its ends.

        `x` is a real number, for laws of vectors a list; ValueError for nan, and in a corner of the simplex where
        a Dirichlet density has no limit.  OverflowError for a finite density beyond the largest float.

        >>> families["poisson"](rate=1).pdf(0), families["poisson"](rate=1).pdf(0.5)
        (0.36787944117144233, 0.0)
        """
        family, (low, high) = self.family, self._ends
        if isinstance(family.outcome, sp.IndexedBase | sp.MatrixSymbol):
            x = _outcome(x, len(self.items[-1][1]))
            if math.inf in map(abs, x):
                return 0.0
        else:
            x = _number("x", x)
            if x != x:
                raise ValueError("x = nan: must be a number")
            outside = not low <= x <= high or abs(x) == math.inf or (x == low and family.zero_at_the_end)
            if outside or (family.kind == "discrete" and x != int(x)):
                return 0.0
        return _settled(lambda: family._pdf_number(x, self._numbers), "the density of {} at {}", self, x)


# --- the gate ----------------------------------------------------------------------------------------------------


def _draw(family, dice, fixed=()):
    """A random law; `fixed` are parameters already chosen."""
    while True:
        drawn = {
            p.name: dice.randint(*p.examples) if "integer" in p.assumptions else round(dice.uniform(*p.examples), 3)
            for p in family.parameters
        }
        try:
            return family(**drawn | dict(fixed))
        except ValueError:  # a relation between the parameters does not hold
            continue


def _by_definition(p, q=None):
    """E_p[log p - log q], or the entropy of p without q, by quadrature or summation of the densities."""
    values = [law and _exact(_all(law._numbers), _MP) for law in (p, q)]

    def term(x):
        try:
            log_p = p.family._log_pdf_number(x, *values[0])
            if log_p < -(10**4):
                return _MP.zero
            return _MP.exp(log_p) * (log_p - q.family._log_pdf_number(x, *values[1]) if q else -log_p)
        except (ValueError, ZeroDivisionError):  # the logarithm of 0, at an end
            return _MP.zero

    low, high = p._ends
    if p.family.kind == "discrete":
        return _MP.fsum(term(_MP.mpf(k)) for k in range(low, min(high, 400) + 1))
    low, high = (-_MP.pi, _MP.pi) if p.family.name == "von_mises" else map(_MP.mpf, (low, high))
    places = [v for law in (p, q) if law for name, v in law.items if name in ("mu", "x0", "mode")]
    cuts = [low, *(c for c in sorted({*places, -20, -5, 0, 1, 5, 20}) if low < c < high), high]
    total = _MP.quad(term, [c for c in cuts if _MP.isfinite(c)])
    for sign in (sign for sign, end in ((-1, low), (1, high)) if _MP.isinf(end)):
        tail = lambda s, sign=sign: term(sign * _MP.exp(s)) * _MP.exp(s) if s < 500 else 0  # noqa: E731
        total += _MP.quad(tail, [_MP.log(20), _MP.inf])
    return total


def _draw_pair(first, second, dice):
    """Two random laws whose divergence is finite, with equal `same` parameters if they are of one family."""
    while True:
        p = _draw(first, dice)
        q = _draw(second, dice, [item for item in p.items if first is second and item[0] in first.same])
        if kl(p, q) < math.inf:
            return p, q


def _gate(first, second=None):
    """Compare the numbers with the definition at three random points; ProofError if they differ.

    The divergence within a family, and its entropy, or the divergence of a pair of families.
    """
    dice = random.Random(1951)
    for _ in range(3):
        p, q = _draw_pair(first, second or first, dice) if second or first.kl else (_draw(first, dice), None)
        with _LOCK, _MP.workdps(30):
            compared = [] if second else [(f"the entropy of {p}", p.entropy(), _by_definition(p))]
            if q:
                compared.append((f"the divergence of {q} from {p}", kl(p, q), _by_definition(p, q)))
        for what, closed, direct in compared:
            if not math.isclose(closed, direct, rel_tol=1e-12, abs_tol=1e-14):
                raise ProofError(f"{what}: the formula gives {closed}, the definition {float(direct)}")


# --- the records: discrete laws ----------------------------------------------------------------------------------


def _coin_entropy(p):
    return -p * log(p) - (1 - p) * log(1 - p)


def _coin_kl(p, q):
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def _coin_condition(p, q):
    return sp.Or(sp.And(q.p > 0, q.p < 1), sp.Eq(p.p, q.p))


_ABOVE_0 = _probability("p", above_0=True)
_COIN = {"finite": _coin_condition, "condition_in_words": "p_2 is neither 0 nor 1, or p_1 = p_2"}


_INSIDE = {"finite": lambda p, q: sp.And(q.a <= p.a, p.b <= q.b), "condition_in_words": "a_2 <= a_1 and b_1 <= b_2"}


def _mean_log(f, statistic, k, low, high):
    """An expectation that is left as the sum by which it is defined."""
    return Expectation(Sum(f * statistic, (k, low, high)), "definition")


_DISCRETE = (
    Family(
        **_discrete("bernoulli", "Bernoulli", _probability("p")),
        density=lambda x, p: x * log(p.p) + (1 - x) * log(1 - p.p),
        between=lambda p: (0, 1),
        entropy=lambda p: _coin_entropy(p.p),
        kl=lambda p, q: _coin_kl(p.p, q.p),
        **_COIN,
        generators=lambda x, p: {exp(x): Generator(lambda t: 1 - p.p + p.p * exp(t))},
        source="StatProofBook P334, P419",
        derivation="E X from the probability generating function, a sum of two terms.",
    ),
    Family(
        **_discrete("discrete_uniform", "Discrete uniform", _integer("a"), _integer("b")),
        density=lambda x, p: -log(p.b - p.a + 1),
        between=lambda p: (p.a, p.b),
        entropy=lambda p: log(p.b - p.a + 1),
        kl=lambda p, q: log((q.b - q.a + 1) / (p.b - p.a + 1)),
        **_INSIDE,
        relation=lambda p: p.a <= p.b,
        relation_in_words="a <= b",
        ordered=lambda p, q: {p.b: p.a + _L, q.b: q.a + _M},
        source="StatProofBook P410, P425",
        derivation="The density is constant.",
    ),
    Family(
        **_discrete("binomial", "Binomial", _integer("n", 1), _probability("p")),
        density=lambda x, p: log(binomial(p.n, x)) + x * log(p.p) + (p.n - x) * log(1 - p.p),
        between=lambda p: (0, p.n),
        entropy=lambda p: (
            p.n * _coin_entropy(p.p)
            - Sum(binomial(p.n, _K) * p.p**_K * (1 - p.p) ** (p.n - _K) * log(binomial(p.n, _K)), (_K, 0, p.n))
        ),
        kl=lambda p, q: p.n * _coin_kl(p.p, q.p),
        finite=lambda p, q: sp.And(p.n <= q.n, _coin_condition(p, q)),
        condition_in_words=_COIN["condition_in_words"],
        same=("n",),
        generators=lambda x, p: {exp(x): Generator(lambda t: (1 - p.p + p.p * exp(t)) ** p.n)},
        known=lambda x, p, q: {
            log(binomial(p.n, x)): _mean_log(
                binomial(p.n, _K) * p.p**_K * (1 - p.p) ** (p.n - _K), log(binomial(p.n, _K)), _K, 0, p.n
            )
        },
        numbers={"entropy": lambda p: _lattice_entropy(*_binomial(p.n, Fraction(p.p)))},
        source="StatProofBook P335, P420",
        derivation="E X from the moment generating function, the binomial theorem; E log C(n, X) is left as a sum.",
    ),
    Family(
        **_discrete("geometric", "Geometric, on 1, 2, ...", _ABOVE_0),
        density=lambda x, p: log(p.p) + (x - 1) * log(1 - p.p),
        between=lambda p: (1, oo),
        entropy=lambda p: _coin_entropy(p.p) / p.p,
        kl=lambda p, q: log(p.p / q.p) + (1 - p.p) / p.p * log((1 - p.p) / (1 - q.p)),
        **_COIN,
        generators=lambda x, p: {exp(x): Generator(lambda t: p.p * exp(t) / (1 - (1 - p.p) * exp(t)), sign=-1)},
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X from the moment generating function, a geometric series.",
    ),
    Family(
        **_discrete(
            "negative_binomial", "Negative binomial: failures before the r-th success", _positive("r"), _ABOVE_0
        ),
        density=lambda x, p: (
            log(gamma(x + p.r)) - log(gamma(p.r)) - log(factorial(x)) + p.r * log(p.p) + x * log(1 - p.p)
        ),
        entropy=lambda p: (
            p.r * _coin_entropy(p.p) / p.p
            + log(gamma(p.r))
            - Sum(_negative_binomial(p) * (log(gamma(_K + p.r))), (_K, 0, oo))
            + Sum(_negative_binomial(p) * log(factorial(_K)), (_K, 0, oo))
        ),
        kl=lambda p, q: p.r * (log(p.p / q.p) + (1 - p.p) / p.p * log((1 - p.p) / (1 - q.p))),
        **_COIN,
        same=("r",),
        generators=lambda x, p: {exp(x): Generator(lambda t: p.p**p.r * (1 - (1 - p.p) * exp(t)) ** -p.r, sign=-1)},
        known=lambda x, p, q: {
            log(factorial(x)): _mean_log(_negative_binomial(p), log(factorial(_K)), _K, 0, oo),
            log(gamma(x + p.r)): _mean_log(_negative_binomial(p), log(gamma(_K + p.r)), _K, 0, oo),
        },
        numbers={"entropy": _negative_binomial_entropy},
        source="computed here",
        derivation="E X from the moment generating function, the binomial series; other expectations are left as sums.",
    ),
    Family(
        **_discrete("poisson", "Poisson", _positive("rate", "lambda")),
        density=lambda x, p: x * log(p.rate) - p.rate - log(factorial(x)),
        entropy=lambda p: (
            p.rate * (1 - log(p.rate))
            + Sum(p.rate**_K * exp(-p.rate) / factorial(_K) * log(factorial(_K)), (_K, 0, oo))
        ),
        kl=lambda p, q: p.rate * log(p.rate / q.rate) - p.rate + q.rate,
        generators=lambda x, p: {exp(x): Generator(lambda t: exp(p.rate * (exp(t) - 1)))},
        known=lambda x, p, q: {
            log(factorial(x)): _mean_log(p.rate**_K * exp(-p.rate) / factorial(_K), log(factorial(_K)), _K, 0, oo)
        },
        numbers={"entropy": _poisson_entropy},
        source="StatProofBook P486",
        derivation="E X from the moment generating function, the exponential series; E log X! is left as a sum.",
    ),
)


def _negative_binomial(p):
    return gamma(_K + p.r) / (gamma(p.r) * factorial(_K)) * p.p**p.r * (1 - p.p) ** _K


# --- the records: continuous laws --------------------------------------------------------------------------------


def _log_beta(a, b):
    return log(gamma(a)) + log(gamma(b)) - log(gamma(a + b))


def _gamma_entropy(shape, rate):
    return shape - log(rate) + log(gamma(shape)) + (1 - shape) * digamma(shape)


def _gamma_kl(k, b, k2, b2):
    return k2 * log(b / b2) - log(gamma(k)) + log(gamma(k2)) + (k - k2) * digamma(k) - (b - b2) * k / b


def _beta_kl(p, q):
    return (
        _log_beta(q.a, q.b)
        - _log_beta(p.a, p.b)
        + (p.a - q.a) * digamma(p.a)
        + (p.b - q.b) * digamma(p.b)
        + (q.a - p.a + q.b - p.b) * digamma(p.a + p.b)
    )


def _beta_moment(a, b):
    value = lambda t: gamma(a + t) * gamma(a + b) / (gamma(a) * gamma(a + b + t))  # noqa: E731
    return Generator(value, by=lambda y, p: y / (1 + y))


def _normal_growth(p):
    return lambda t: exp(p.mu * t + p.sigma**2 * t**2 / 2)


def _normal_kl(p, q):
    return log(q.sigma) - log(p.sigma) + (p.sigma**2 + (p.mu - q.mu) ** 2) / (2 * q.sigma**2) - _HALF


def _scale_kl(k):
    """The divergence of powers of normals, with k degrees of freedom, that differ only in scale."""
    return lambda p, q: k * log(q.sigma / p.sigma) + Rational(k, 2) * (p.sigma**2 / q.sigma**2 - 1)


def _weibull_kl(k, s, k2, s2):
    return (
        log(k) - k * log(s) - log(k2) + k2 * log(s2)
        + (k - k2) * (log(s) - EulerGamma / k)
        + (s / s2) ** k2 * gamma(k2 / k + 1)
        - 1
    )  # fmt: skip


def _bessel_ratio(kappa):
    return sp.besseli(1, kappa) / sp.besseli(0, kappa)


def _gamma_density(x, shape, rate):
    return shape * log(rate) - log(gamma(shape)) + (shape - 1) * log(x) - rate * x


def _gamma_moments(x, shape, rate):
    return {
        x: Generator(lambda t: gamma(shape + t) / gamma(shape) * rate**-t),
        exp(x): Generator(lambda t: (1 - t / rate) ** -shape, sign=-1),
    }


def _gamma_family(name, title, shape, note=""):
    return Family(
        **_called(name, title, shape, _positive("rate", "beta")),
        density=lambda x, p: _gamma_density(x, p.shape, p.rate),
        entropy=lambda p: _gamma_entropy(p.shape, p.rate),
        kl=lambda p, q: _gamma_kl(p.shape, p.rate, q.shape, q.rate),
        generators=lambda x, p: _gamma_moments(x, p.shape, p.rate),
        source=f"StatProofBook P239, P93{note}",
        derivation="E X and E log X from the moments.",
    )


_ORDERED = {
    "relation": lambda p: p.a < p.b,
    "relation_in_words": "a < b",
    "ordered": lambda p, q: {q.a: p.a - _U, q.b: p.a + _W + _V, p.b: p.a + _W} if p is not q else {p.b: p.a + _W},
}
_LINE = lambda p: (-oo, oo)  # noqa: E731
_nakagami_density = (  # noqa: E731
    lambda x, m, w: log(2) + m * log(m) - m * log(w) - log(gamma(m)) + (2 * m - 1) * log(x) - m / w * x**2
)
_U, _V, _W = sp.symbols("u v w", positive=True)

_CONTINUOUS = (
    Family(
        **_called("uniform", "Uniform", _real("a"), _real("b")),
        density=lambda x, p: -log(p.b - p.a),
        between=lambda p: (p.a, p.b),
        entropy=lambda p: log(p.b - p.a),
        kl=lambda p, q: log((q.b - q.a) / (p.b - p.a)),
        **_INSIDE,
        **_ORDERED,
        known=lambda x, p, q: {x: Expectation((p.a + p.b) / 2), x**2: Expectation((p.a**2 + p.a * p.b + p.b**2) / 3)},
        source="StatProofBook P397, P422",
        derivation="The density is constant.",
    ),
    Family(
        **_called("normal", "Normal", _real("mu"), _positive("sigma")),
        density=lambda x, p: -log(2 * pi) / 2 - log(p.sigma) - (x - p.mu) ** 2 / (2 * p.sigma**2),
        between=_LINE,
        entropy=lambda p: log(2 * pi * E * p.sigma**2) / 2,
        kl=_normal_kl,
        generators=lambda x, p: {
            exp(x): Generator(_normal_growth(p), by=lambda y, p: p.mu + p.sigma * y, over=(-oo, oo))
        },
        known=lambda x, p, q: {
            sp.Abs(x - m): Expectation(
                p.sigma * sqrt(2 / pi) * exp(-((p.mu - m) ** 2) / (2 * p.sigma**2))
                + (p.mu - m) * erf((p.mu - m) / (sqrt(2) * p.sigma)),
                at=(m,),
            )
            for m in (getattr(q, "mu", p.mu),)
        },
        source="StatProofBook P101, P193",
        derivation="E X and E X^2 from the moment generating function.",
    ),
    Family(
        **_called("lognormal", "Log-normal", _real("mu"), _positive("sigma")),
        density=lambda x, p: -log(x) - log(2 * pi) / 2 - log(p.sigma) - (log(x) - p.mu) ** 2 / (2 * p.sigma**2),
        entropy=lambda p: p.mu + log(2 * pi * E * p.sigma**2) / 2,
        kl=_normal_kl,
        generators=lambda x, p: {
            x: Generator(_normal_growth(p), by=lambda y, p: exp(p.mu + p.sigma * y), over=(-oo, oo))
        },
        zero_at_the_end=True,
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E log X and E (log X)^2 from the moments, by x = exp(mu + sigma y).",
    ),
    Family(
        **_called("exponential", "Exponential", _positive("rate", "lambda")),
        density=lambda x, p: log(p.rate) - p.rate * x,
        entropy=lambda p: 1 - log(p.rate),
        kl=lambda p, q: log(p.rate / q.rate) + q.rate / p.rate - 1,
        generators=lambda x, p: _gamma_moments(x, 1, p.rate),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E X from the moments.",
    ),
    _gamma_family("gamma", "Gamma", _positive("shape", "k")),
    _gamma_family("erlang", "Erlang: gamma with a whole shape", _integer("shape", 1, "k"), ", for the gamma law"),
    Family(
        **_called("chi_squared", "Chi-squared", _positive("df", "nu")),
        density=lambda x, p: _gamma_density(x, p.df / 2, _HALF),
        entropy=lambda p: p.df / 2 + log(2) + log(gamma(p.df / 2)) + (1 - p.df / 2) * digamma(p.df / 2),
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        generators=lambda x, p: _gamma_moments(x, p.df / 2, _HALF),
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X and E log X from the moments.",
    ),
    Family(
        **_called("inverse_chi_squared", "Inverse chi-squared", _positive("df", "nu")),
        density=lambda x, p: -p.df / 2 * log(2) - log(gamma(p.df / 2)) - (p.df / 2 + 1) * log(x) - 1 / (2 * x),
        entropy=lambda p: p.df / 2 + log(gamma(p.df / 2)) - log(2) - (1 + p.df / 2) * digamma(p.df / 2),
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        generators=lambda x, p: {
            x: Generator(lambda t: gamma(p.df / 2 - t) / gamma(p.df / 2) * 2**-t, sign=-1, by=lambda y, p: 1 / y)
        },
        zero_at_the_end=True,
        source="computed here",
        derivation="E 1/X and E log X from the moments, by x = 1/y.",
    ),
    Family(
        **_called("chi", "Chi", _positive("df", "nu")),
        density=lambda x, p: (1 - p.df / 2) * log(2) - log(gamma(p.df / 2)) + (p.df - 1) * log(x) - x**2 / 2,
        entropy=lambda p: log(gamma(p.df / 2)) + (p.df - log(2) - (p.df - 1) * digamma(p.df / 2)) / 2,
        kl=lambda p, q: log(gamma(q.df / 2)) - log(gamma(p.df / 2)) + (p.df - q.df) / 2 * digamma(p.df / 2),
        generators=lambda x, p: {x: Generator(lambda t: 2 ** (t / 2) * gamma((p.df + t) / 2) / gamma(p.df / 2))},
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        **_called("nakagami", "Nakagami", _positive("m"), _positive("omega")),
        density=lambda x, p: _nakagami_density(x, p.m, p.omega),
        entropy=lambda p: log(gamma(p.m)) + p.m - log(2) + log(p.omega / p.m) / 2 + (_HALF - p.m) * digamma(p.m),
        kl=lambda p, q: _gamma_kl(p.m, p.m / p.omega, q.m, q.m / q.omega),
        generators=lambda x, p: {x: Generator(lambda t: gamma(p.m + t / 2) / gamma(p.m) * (p.omega / p.m) ** (t / 2))},
        source="computed here",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        **_called("inverse_gamma", "Inverse gamma", _positive("shape", "alpha"), _positive("scale", "beta")),
        density=lambda x, p: p.shape * log(p.scale) - log(gamma(p.shape)) - (p.shape + 1) * log(x) - p.scale / x,
        entropy=lambda p: p.shape + log(p.scale * gamma(p.shape)) - (1 + p.shape) * digamma(p.shape),
        kl=lambda p, q: _gamma_kl(p.shape, p.scale, q.shape, q.scale),
        generators=lambda x, p: {
            x: Generator(lambda t: gamma(p.shape - t) / gamma(p.shape) * p.scale**t, sign=-1, by=lambda y, p: 1 / y)
        },
        zero_at_the_end=True,
        source="computed here, and in the references of Distributions.jl and SciPy for the entropy",
        derivation="E 1/X and E log X from the moments, by x = 1/y.",
    ),
    Family(
        **_called("beta", "Beta", _positive("a"), _positive("b")),
        density=lambda x, p: (p.a - 1) * log(x) + (p.b - 1) * log(1 - x) - _log_beta(p.a, p.b),
        between=lambda p: (0, 1),
        entropy=lambda p: (
            _log_beta(p.a, p.b)
            - (p.a - 1) * digamma(p.a)
            - (p.b - 1) * digamma(p.b)
            + (p.a + p.b - 2) * digamma(p.a + p.b)
        ),
        kl=_beta_kl,
        generators=lambda x, p: {x: _beta_moment(p.a, p.b), 1 - x: _beta_moment(p.b, p.a)},
        source="Gil, Alajaji and Linder (2013)",
        derivation="E log X and E log(1 - X) from the moments of X and of 1 - X, by x = y/(1 + y).",
    ),
    Family(
        **_called("beta_prime", "Beta prime", _positive("a"), _positive("b")),
        density=lambda x, p: (p.a - 1) * log(x) - (p.a + p.b) * log(1 + x) - _log_beta(p.a, p.b),
        entropy=lambda p: (
            _log_beta(p.a, p.b) - (p.a - 1) * digamma(p.a) - (p.b + 1) * digamma(p.b) + (p.a + p.b) * digamma(p.a + p.b)
        ),
        kl=_beta_kl,
        generators=lambda x, p: {
            x: Generator(lambda t: gamma(p.a + t) * gamma(p.b - t) / (gamma(p.a) * gamma(p.b)), sign=1),
            1 + x: Generator(
                lambda t: gamma(p.b - t) * gamma(p.a + p.b) / (gamma(p.b) * gamma(p.a + p.b - t)), sign=-1
            ),
        },
        source="computed here",
        derivation="E log X and E log(1 + X) from the moments of X and of 1 + X.",
    ),
    Family(
        **_called("laplace", "Laplace", _real("mu"), _positive("b")),
        density=lambda x, p: -log(2 * p.b) - sp.Abs(x - p.mu) / p.b,
        between=_LINE,
        entropy=lambda p: 1 + log(2 * p.b),
        kl=lambda p, q: log(q.b / p.b) + sp.Abs(p.mu - q.mu) / q.b + p.b / q.b * exp(-sp.Abs(p.mu - q.mu) / p.b) - 1,
        known=lambda x, p, q: (
            {x: Expectation(p.mu, at=(p.mu,)), x**2: Expectation(p.mu**2 + 2 * p.b**2, at=(p.mu,))}
            | {
                sp.Abs(x - m): Expectation(
                    sp.Abs(p.mu - m) + p.b * exp(-sp.Abs(p.mu - m) / p.b),
                    at=(p.mu, m),
                    cases=({m: p.mu + _U}, {m: p.mu - _U}) if m != p.mu else ({},),
                )
                for m in (p.mu, getattr(q, "mu", p.mu))
            }
        ),
        source="Gil, Alajaji and Linder (2013)",
        derivation="E|X - mu| by an integral cut at the two locations, in either order.",
    ),
    Family(
        **_called("logistic", "Logistic", _real("mu"), _positive("s")),
        density=lambda x, p: -log(p.s) - (x - p.mu) / p.s - 2 * log(1 + exp(-(x - p.mu) / p.s)),
        between=_LINE,
        entropy=lambda p: 2 + log(p.s),
        kl=lambda p, q: (q.mu - p.mu) / p.s * (1 + 2 / (exp((q.mu - p.mu) / p.s) - 1)) - 2,
        same=("s",),
        why_no_kl="the catalogue has none for different scales",
        generators=lambda x, p: {
            exp(x): Generator(
                lambda t: exp(p.mu * t) * gamma(1 + p.s * t) * gamma(1 - p.s * t), by=lambda y, p: p.mu + p.s * log(y)
            ),
            1 + exp(-(x - p.mu) / p.s): Generator(lambda t: 1 / (1 - t), sign=-1, by=lambda y, p: p.mu + p.s * log(y)),
        },
        known=lambda x, p, q: {
            log(1 + exp(-(x - q.mu) / p.s)): _checked((q.mu - p.mu) / p.s / (1 - exp((p.mu - q.mu) / p.s)))
        },
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="By u = 1/(1 + exp(-(x - mu)/s)), which is uniform.",
    ),
    Family(
        **_called("gumbel", "Gumbel", _real("mu"), _positive("beta")),
        density=lambda x, p: -log(p.beta) - (x - p.mu) / p.beta - exp(-(x - p.mu) / p.beta),
        between=_LINE,
        entropy=lambda p: 1 + EulerGamma + log(p.beta),
        kl=lambda p, q: (
            log(q.beta / p.beta)
            + EulerGamma * (p.beta / q.beta - 1)
            + (p.mu - q.mu) / q.beta
            + exp((q.mu - p.mu) / q.beta) * gamma(1 + p.beta / q.beta)
            - 1
        ),
        generators=lambda x, p: {
            exp(x): Generator(
                lambda t: exp(p.mu * t) * gamma(1 - p.beta * t), sign=-1, by=lambda y, p: p.mu - p.beta * log(y)
            )
        },
        source="PyTorch; entropy in the references of Distributions.jl",
        derivation="E X and E exp(-X/beta) from the moment generating function, by y = exp(-(x - mu)/beta).",
    ),
    Family(
        **_called("cauchy", "Cauchy", _real("x0"), _positive("gamma", "s")),  # the letter gamma is Euler's constant
        density=lambda x, p: -log(p.gamma) - log(pi) - log(1 + ((x - p.x0) / p.gamma) ** 2),
        between=_LINE,
        entropy=lambda p: log(4 * pi * p.gamma),
        kl=lambda p, q: log(((p.gamma + q.gamma) ** 2 + (p.x0 - q.x0) ** 2) / (4 * p.gamma * q.gamma)),
        generators=lambda x, p: {
            1 + ((x - p.x0) / p.gamma) ** 2: Generator(
                lambda t: gamma(_HALF - t) / (sqrt(pi) * gamma(1 - t)),
                sign=-1,
                by=lambda y, p: p.x0 + p.gamma * y,
                over=(-oo, oo),
            )
        },
        known=lambda x, p, q: {
            log(1 + ((x - q.x0) / q.gamma) ** 2): _checked(
                log((p.gamma + q.gamma) ** 2 + (p.x0 - q.x0) ** 2) - 2 * log(q.gamma)
            )
        },
        source="Chyzak and Nielsen (2019)",
        derivation=(
            "E log(1 + Y^2), Y = (X - x0)/gamma, from the moments of 1 + Y^2; with location and scale of another law "
            "it is stated: SymPy cannot do the integral."
        ),
    ),
    Family(
        **_called("rayleigh", "Rayleigh", _positive("sigma")),
        density=lambda x, p: log(x) - 2 * log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: 1 + log(p.sigma / sqrt(2)) + EulerGamma / 2,
        kl=_scale_kl(2),
        generators=lambda x, p: {x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma(1 + t / 2))},
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        **_called("maxwell", "Maxwell", _positive("sigma")),
        density=lambda x, p: log(2 / pi) / 2 + 2 * log(x) - 3 * log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: log(p.sigma * sqrt(2 * pi)) + EulerGamma - _HALF,
        kl=_scale_kl(3),
        generators=lambda x, p: {
            x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma((3 + t) / 2) * 2 / sqrt(pi))
        },
        source="computed here",
        derivation="E X^2 and E log X from the moments.",
    ),
    Family(
        **_called("half_normal", "Half-normal", _positive("sigma")),
        density=lambda x, p: log(2 / pi) / 2 - log(p.sigma) - x**2 / (2 * p.sigma**2),
        entropy=lambda p: log(pi * p.sigma**2 / 2) / 2 + _HALF,
        kl=_scale_kl(1),
        generators=lambda x, p: {x: Generator(lambda t: (2 * p.sigma**2) ** (t / 2) * gamma((1 + t) / 2) / sqrt(pi))},
        source="computed here",
        derivation="E X^2 from the moments.",
    ),
    Family(
        **_called("weibull", "Weibull", _positive("shape", "k"), _positive("scale", "lambda")),
        density=lambda x, p: log(p.shape) - p.shape * log(p.scale) + (p.shape - 1) * log(x) - (x / p.scale) ** p.shape,
        entropy=lambda p: EulerGamma * (1 - 1 / p.shape) + log(p.scale / p.shape) + 1,
        kl=lambda p, q: _weibull_kl(p.shape, p.scale, q.shape, q.scale),
        generators=lambda x, p: {
            x: Generator(lambda t: p.scale**t * gamma(1 + t / p.shape), by=lambda y, p: p.scale * y ** (1 / p.shape))
        },
        source="Bauckhage (2013)",
        derivation="E X^k and E log X from the moments, by y = (x/lambda)^k.",
    ),
    Family(
        **_called("frechet", "Fréchet", _positive("shape", "alpha"), _positive("scale", "s")),
        density=lambda x, p: (
            log(p.shape) + p.shape * log(p.scale) - (p.shape + 1) * log(x) - (x / p.scale) ** (-p.shape)
        ),
        entropy=lambda p: 1 + EulerGamma / p.shape + EulerGamma + log(p.scale / p.shape),
        kl=lambda p, q: _weibull_kl(p.shape, 1 / p.scale, q.shape, 1 / q.scale),
        generators=lambda x, p: {
            x: Generator(
                lambda t: p.scale**t * gamma(1 - t / p.shape), sign=-1, by=lambda y, p: p.scale * y ** (-1 / p.shape)
            )
        },
        zero_at_the_end=True,
        source="computed here, and in the references of Distributions.jl for the entropy",
        derivation="E X^-alpha and E log X from the moments, by y = (x/s)^-alpha.",
    ),
    Family(
        **_called("pareto", "Pareto", _positive("scale", "x_m"), _positive("shape", "alpha")),
        density=lambda x, p: log(p.shape) + p.shape * log(p.scale) - (p.shape + 1) * log(x),
        between=lambda p: (p.scale, oo),
        entropy=lambda p: log(p.scale / p.shape) + 1 + 1 / p.shape,
        kl=lambda p, q: q.shape * log(p.scale / q.scale) + log(p.shape / q.shape) + q.shape / p.shape - 1,
        finite=lambda p, q: p.scale >= q.scale,
        condition_in_words="scale_1 >= scale_2",
        generators=lambda x, p: {x: Generator(lambda t: p.shape * p.scale**t / (p.shape - t), sign=-1)},
        source="Gil, Alajaji and Linder (2013)",
        derivation="E log X from the moments.",
    ),
    Family(
        **_called("student_t", "Student's t", _positive("df", "nu")),
        density=lambda x, p: -log(p.df) / 2 - _log_beta(p.df / 2, _HALF) - (p.df + 1) / 2 * log(1 + x**2 / p.df),
        between=_LINE,
        entropy=lambda p: (
            (p.df + 1) / 2 * (digamma((p.df + 1) / 2) - digamma(p.df / 2)) + log(p.df) / 2 + _log_beta(p.df / 2, _HALF)
        ),
        why_no_kl="the catalogue has none for E log(1 + X^2/nu) when nu is not that of the law",
        generators=lambda x, p: {
            1 + x**2 / p.df: Generator(
                lambda t: gamma((p.df + 1) / 2) * gamma(p.df / 2 - t) / (gamma(p.df / 2) * gamma((p.df + 1) / 2 - t)),
                sign=-1,
            )
        },
        source="in the references of Distributions.jl and SciPy",
        derivation="E log(1 + X^2/nu) from the moments of 1 + X^2/nu.",
    ),
    Family(
        **_called("von_mises", "Von Mises", _real("mu"), _positive("kappa")),
        density=lambda x, p: -log(2 * pi * sp.besseli(0, p.kappa)) + p.kappa * sp.cos(x - p.mu),
        between=lambda p: (-pi, pi),
        entropy=lambda p: log(2 * pi * sp.besseli(0, p.kappa)) - p.kappa * _bessel_ratio(p.kappa),
        kl=lambda p, q: (
            log(sp.besseli(0, q.kappa))
            - log(sp.besseli(0, p.kappa))
            + _bessel_ratio(p.kappa) * (p.kappa - q.kappa * sp.cos(p.mu - q.mu))
        ),
        known=lambda x, p, q: {
            sp.cos(x - r.mu): _checked(_bessel_ratio(p.kappa) * sp.cos(p.mu - r.mu)) for r in (p, q)
        },
        source="in the references of Distributions.jl and SciPy for the entropy; KL computed here",
        derivation="E cos(X - mu), a ratio of Bessel functions, is stated: SymPy leaves the integral as it is.",
    ),
    Family(
        **_called("triangular", "Triangular", _real("a"), _real("mode", "m"), _real("b")),
        density=lambda x, p: log(2) - log(p.b - p.a) + _triangle(x, p),
        between=lambda p: (p.a, p.b),
        entropy=lambda p: _HALF + log((p.b - p.a) / 2),
        why_no_kl="it is elementary, but another long formula for every order of the two supports and modes",
        **_INSIDE,
        relation=lambda p: sp.And(p.a <= p.mode, p.mode <= p.b, p.a < p.b),
        relation_in_words="a <= mode <= b and a < b",
        ordered=lambda p, q: {p.mode: p.a + _U, p.b: p.a + _U + _V},
        known=lambda x, p, q: {_triangle(x, p): Expectation(-_HALF, at=(p.mode,))},
        source="in the references of Distributions.jl",
        derivation="E log of the height relative to the top, by an integral cut at the mode.",
    ),
    Family(
        **_called("arcsine", "Arcsine", _real("a"), _real("b")),
        density=lambda x, p: -log(pi) - log(x - p.a) / 2 - log(p.b - x) / 2,
        between=lambda p: (p.a, p.b),
        entropy=lambda p: log(pi * (p.b - p.a) / 4),
        kl=lambda p, q: log((sqrt(p.a - q.a) + sqrt(p.b - q.a)) * (sqrt(q.b - p.b) + sqrt(q.b - p.a)) / (p.b - p.a)),
        **_INSIDE,
        **_ORDERED,
        generators=lambda x, p: {
            base: Generator(
                lambda t: (p.b - p.a) ** t * gamma(_HALF + t) / (sqrt(pi) * gamma(1 + t)),
                by=lambda y, p: p.a + (p.b - p.a) * y / (1 + y),
            )
            for base in (x - p.a, p.b - x)
        },
        known=lambda x, p, q: {
            log(x - q.a): _checked(2 * log((sqrt(p.a - q.a) + sqrt(p.b - q.a)) / 2)),
            log(q.b - x): _checked(2 * log((sqrt(q.b - p.b) + sqrt(q.b - p.a)) / 2)),
        },
        numbers={"pdf": lambda x, p: ((_exact(x) - _exact(p.a)) * (_exact(p.b) - _exact(x))) ** _exact(-0.5) / _IV.pi},
        source="entropy in the references of Distributions.jl; KL computed here",
        derivation=(
            "E log(X - a) and E log(b - X) from the moments, by x = a + (b - a) y/(1 + y); E log|X - c| for c outside "
            "the support, the potential of the arcsine law, is stated."
        ),
    ),
    Family(
        **_called("kumaraswamy", "Kumaraswamy", _positive("a"), _positive("b")),
        density=lambda x, p: log(p.a * p.b) + (p.a - 1) * log(x) + (p.b - 1) * log(1 - x**p.a),
        between=lambda p: (0, 1),
        entropy=lambda p: 1 - 1 / p.b + (1 - 1 / p.a) * (digamma(p.b + 1) + EulerGamma) - log(p.a * p.b),
        kl=lambda p, q: log(p.b / q.b) + q.b / p.b - 1,
        same=("a",),
        why_no_kl="the catalogue has none for different a",
        generators=lambda x, p: {
            x: Generator(
                lambda t: p.b * gamma(1 + t / p.a) * gamma(p.b) / gamma(1 + t / p.a + p.b),
                by=lambda y, p: (y / (1 + y)) ** (1 / p.a),
            ),
            1 - x**p.a: Generator(lambda t: p.b / (p.b + t), by=lambda y, p: (y / (1 + y)) ** (1 / p.a)),
        },
        source="computed here",
        derivation="E log X and E log(1 - X^a) from the moments of X and of 1 - X^a, by x^a = y/(1 + y).",
    ),
    Family(
        **_called("levy", "Lévy", _real("mu"), _positive("c")),
        density=lambda x, p: log(p.c / (2 * pi)) / 2 - 3 * log(x - p.mu) / 2 - p.c / 2 / (x - p.mu),
        between=lambda p: (p.mu, oo),
        entropy=lambda p: (1 + 3 * EulerGamma + log(16 * pi * p.c**2)) / 2,
        kl=lambda p, q: (log(p.c / q.c) + q.c / p.c - 1) / 2,
        finite=lambda p, q: p.mu >= q.mu,
        same=("mu",),
        why_no_kl="the catalogue has none for different locations",
        generators=lambda x, p: {
            x - p.mu: Generator(
                lambda t: (p.c / 2) ** t * gamma(_HALF - t) / sqrt(pi), sign=-1, by=lambda y, p: p.mu + p.c / (2 * y)
            )
        },
        zero_at_the_end=True,
        source="computed here",
        derivation="E 1/(X - mu) and E log(X - mu) from the moments of X - mu, by x = mu + c/(2y).",
    ),
    Family(
        **_called("inverse_gaussian", "Inverse Gaussian", _positive("mu"), _positive("lam", "lambda")),
        density=lambda x, p: (
            log(p.lam / (2 * pi)) / 2 - 3 * log(x) / 2 - p.lam * x / (2 * p.mu**2) + p.lam / p.mu - p.lam / (2 * x)
        ),
        entropy=lambda p: (
            log(2 * pi * E * p.mu**3 / p.lam) / 2 - Rational(3, 2) * exp(2 * p.lam / p.mu) * expint(1, 2 * p.lam / p.mu)
        ),
        kl=lambda p, q: (log(p.lam / q.lam) + q.lam / p.lam - 1 + q.lam * (p.mu - q.mu) ** 2 / (p.mu * q.mu**2)) / 2,
        generators=lambda x, p: {
            exp(x): Generator(lambda t: exp(p.lam / p.mu * (1 - sqrt(1 - 2 * p.mu**2 * t / p.lam))), sign=-1),
            exp(1 / x): Generator(
                lambda t: exp(p.lam / p.mu * (1 - sqrt(1 - 2 * t / p.lam))) / sqrt(1 - 2 * t / p.lam), sign=-1
            ),
        },
        known=lambda x, p, q: {log(x): _checked(log(p.mu) - exp(2 * p.lam / p.mu) * expint(1, 2 * p.lam / p.mu))},
        zero_at_the_end=True,
        source="entropy for lam = 1 in SciPy's reference; KL computed here",
        derivation="E X and E 1/X from the moment generating functions of X and of 1/X; E log X is stated.",
    ),
)


def _triangle(x, p):
    """log of the density relative to its top."""
    return sp.Piecewise(
        (log(x - p.a) - log(p.mode - p.a), x < p.mode), (log(p.b - x) - log(p.b - p.mode), x > p.mode), (0, True)
    )


# --- the records: laws of vectors ----------------------------------------------------------------------------------


_GRID = range(-400, 401)


def _vector_gate(p, q, points):
    """Compare with sums over (outcome, weight); ProofError if they differ."""
    entropy = divergence = 0.0
    for x, weight in points:
        here, there = p.pdf(x), q.pdf(x)
        if here:
            entropy -= weight * here * math.log(here)
            divergence += weight * here * math.log(here / there)
    for what, closed, direct in (("entropy", p.entropy(), entropy), ("divergence", p.kl(q), divergence)):
        if not math.isclose(closed, direct, rel_tol=1e-10):
            raise ProofError(f"the {what} of {p}, {q}: the formula gives {closed}, the definition {direct}")


def _prove_categorical(family):
    """The formulas are the definitions themselves."""
    p, first, second = (family.symbols(index).p for index in ("", "_1", "_2"))
    prove_equal(-Sum(p[_J] * log(p[_J]), (_J, 1, _N)), family.entropy_formula)
    prove_equal(symbolic.cross_entropy(first, second) - symbolic.entropy(first), family.kl_formula)
    _vector_gate(family([0.25, 0.5, 0.25]), family([0.3, 0.5, 0.2]), [(x, 1) for x in range(3)])
    return {"entropy": "proved", "kl": "proved"}


def _prove_multinomial(family):
    """n p_i for the count X_i in E[log f_1 - log f_2]; that X_i is binomial is stated."""
    p, q = family.symbols("_1"), family.symbols("_2")
    prove_equal(Sum(p.n * p.p[_J] * (log(p.p[_J]) - log(q.p[_J])), (_J, 1, _N)), family.kl_formula)
    counts = [((i, j, 4 - i - j), 1) for i in range(5) for j in range(5 - i)]
    _vector_gate(family(4, [0.25, 0.5, 0.25]), family(4, [0.3, 0.5, 0.2]), counts)
    return {"entropy": "checked", "kl": "checked"}


def _prove_dirichlet(family):
    """E log X_j, the derivative of the log-normaliser, put into E[-log f] and E[log f_1 - log f_2].

    That the normaliser is right, for any number of entries, is stated.
    """
    p, first, second = (family.symbols(index).alpha for index in ("", "_1", "_2"))
    size = 3

    def normaliser(a):
        entries = [a[i] for i in range(1, size + 1)]
        return sp.Add(*(log(gamma(e)) for e in entries)) - log(gamma(sp.Add(*entries)))

    def mean(a, weight):
        return sp.Add(*(weight(i) * sp.diff(normaliser(a), a[i]) for i in range(1, size + 1)))

    def explicit(formula):
        return formula.subs(_N, size).doit()

    prove_equal(explicit(normaliser(p) - mean(p, lambda i: p[i] - 1)), explicit(family.entropy_formula))
    excess = normaliser(second) - normaliser(first) + mean(first, lambda i: first[i] - second[i])
    prove_equal(explicit(excess), explicit(family.kl_formula))
    grid = [
        ((u, v), u * v * 0.1) for u, v in ((1 / (1 + math.exp(s / 10)), 1 / (1 + math.exp(-s / 10))) for s in _GRID)
    ]
    _vector_gate(family([1.5, 2]), family([0.5, 3]), grid)
    return {"entropy": "checked", "kl": "checked"}


def _prove_multivariate_normal(family):
    """In two dimensions: X = mu + L Z with E Z = 0, E Z Z^T = 1 (proved for the normal law) in the quadratic forms."""
    a, b, c, d, e, f = sp.symbols("a:f", positive=True)
    m = sp.Matrix(sp.symbols("m1 m2", real=True))
    first, second = sp.Matrix([[a, 0], [b, c]]), sp.Matrix([[d, 0], [e, f]])
    z = sp.Matrix(sp.symbols("z1 z2", real=True))

    def mean(vector):
        """E|vector|^2, where the vector is linear in Z."""
        square = sp.Poly(sp.expand((vector.T * vector)[0]), *z)
        moments = {(0, 0): 1, (2, 0): 1, (0, 2): 1}
        return sp.Add(*(coefficient * moments.get(powers, 0) for powers, coefficient in square.terms()))

    def log_density(square, factor):
        return -log(2 * pi) - log(factor[0, 0]) - log(factor[1, 1]) - square / 2

    own, other = mean(z), mean(second.inv() * (m + first * z))
    values = {"mu": sp.zeros(2, 1), "Sigma": first * first.T}
    values |= {"mu_1": m, "Sigma_1": first * first.T, "mu_2": sp.zeros(2, 1), "Sigma_2": second * second.T}
    shapes = {sp.MatrixSymbol(n, _D, 1 if "mu" in n else _D): v for n, v in values.items()}

    def explicit(formula):
        return formula.xreplace(shapes | {_D: sp.Integer(2)}).doit()

    prove_equal(-log_density(own, first), explicit(family.entropy_formula))
    prove_equal(log_density(own, first) - log_density(other, second), explicit(family.kl_formula))
    grid = [((x / 2, y / 2), 0.25) for x in range(-18, 19) for y in range(-18, 19)]
    _vector_gate(family([0, 0.5], [[1, 0.25], [0.25, 0.75]]), family([0.5, 0], [[1, -0.5], [-0.5, 2]]), grid)
    return {"entropy": "checked", "kl": "checked"}


def _outcome(x, size):
    """The entries of a vector x, checked."""
    entries = _numbers("x", x) if isinstance(x, list | tuple) or hasattr(x, "tolist") else ()
    if len(entries) != size or isinstance(entries[0], tuple):
        raise ValueError(f"x must be a list of {size} numbers")
    if any(e != e for e in entries):
        raise ValueError(f"x = {entries!r}: must hold no nan")
    return entries


def _multinomial_pdf(x, p):
    if min(x) < 0 or sum(x) != p.n or any(c != int(c) for c in x):
        return _IV.zero
    logs = (c * _log(share) for share, c in zip(_share(p), x, strict=True) if c)
    return _exponential(_loggamma(_exact(p.n + 1)) - sum(_loggamma(_exact(c + 1)) for c in x) + sum(logs))


def _dirichlet_pdf(x, p):
    """Of the first entries: the last is 1 minus the others."""
    if min(x) < 0 or abs(sum(map(Fraction, x)) - 1) > 1e-6:
        return _IV.zero
    powers = [(e, a - 1) for e, a in zip(_exact(x), _exact(p.alpha), strict=True) if a != 1]
    signs = {bool(power > 0) for e, power in powers if e == 0}
    if signs:
        if len(signs) == 2:
            raise ValueError(f"x = {x!r}: the density has no limit there")
        return _IV.zero if signs == {True} else _IV.inf
    return _exponential(sum((power * _log(e) for e, power in powers), -_dirichlet_log_normaliser(_exact(p.alpha))))


def _multivariate_normal_pdf(x, p):
    lower, pivots = _factors(p.cov)
    square = _squares(lower, pivots, [a - b for a, b in zip(_exact(x), _exact(p.mean), strict=True)])
    return _exponential(-(square + len(x) * _log(2 * _IV.pi) + sum(map(_log, pivots))) / 2)


def _sum_of(body):
    """The sum of body(i) over the entries."""
    i = sp.Symbol("i", integer=True, positive=True)
    return Sum(body(i), (i, 1, _N))


def _log_normaliser(alpha):
    return _sum_of(lambda i: log(gamma(alpha[i]))) - log(gamma(_sum_of(lambda i: alpha[i])))


def _log_means(alpha):
    """i -> E log X_i of the Dirichlet law."""
    return lambda i: digamma(alpha[i]) - digamma(Sum(alpha[_J], (_J, 1, _N)))


_J = sp.Symbol("j", integer=True, positive=True)
_X = sp.IndexedBase("x", shape=(_N,))
_NESTED_PMF = "p_2 is 0 only where p_1 is"

_VECTORS = (
    Family(
        **_discrete("categorical", "Categorical", _PMF),
        outcome=sp.Symbol("k", integer=True, positive=True),
        density=lambda x, p: log(p.p[x]),
        between=lambda p: (1, _N),
        entropy=lambda p: symbolic.entropy(p.p),
        kl=lambda p, q: symbolic.kl_divergence(p.p, q.p),
        condition_in_words=_NESTED_PMF,
        numbers={
            "entropy": lambda p: -_plogpq(_share(p), [1] * len(p.p)),
            "kl": lambda p, q: _plogpq(_share(p), _share(q)),
            "pdf": lambda x, p: _share(p)[int(x)],
            "within": _within,
            "support": lambda p: (0, len(p.p) - 1),
        },
        prover=_prove_categorical,
        source="StatProofBook P336",
        derivation="The formulas are the definitions.  In symbols the outcomes are 1, ..., n, in `pdf` 0, ..., n - 1.",
    ),
    Family(
        **_discrete("multinomial", "Multinomial", _integer("n", 1, "N"), _PMF),
        outcome=_X,
        density=lambda x, p: (
            log(factorial(p.n)) - _sum_of(lambda i: log(factorial(x[i]))) + _sum_of(lambda i: x[i] * log(p.p[i]))
        ),
        between=lambda p: (0, p.n),
        entropy=lambda p: (
            p.n * symbolic.entropy(p.p)
            - log(factorial(p.n))
            + _sum_of(
                lambda i: Sum(
                    binomial(p.n, _K) * p.p[i] ** _K * (1 - p.p[i]) ** (p.n - _K) * log(factorial(_K)), (_K, 0, p.n)
                )
            )
        ),
        kl=lambda p, q: p.n * symbolic.kl_divergence(p.p, q.p),
        finite=lambda p, q: sp.Eq(p.n, q.n),
        condition_in_words=_NESTED_PMF,
        same=("n",),
        numbers={
            "entropy": _multinomial_entropy,
            "kl": lambda p, q: p.n * _plogpq(_share(p), _share(q)),
            "pdf": _multinomial_pdf,
            "within": _within,
        },
        prover=_prove_multinomial,
        source="StatProofBook P337",
        derivation="E X_i = n p_i, because X_i is binomial, which is stated.",
    ),
    Family(
        **_called("dirichlet", "Dirichlet", _ALPHA),
        outcome=_X,
        density=lambda x, p: _sum_of(lambda i: (p.alpha[i] - 1) * log(x[i])) - _log_normaliser(p.alpha),
        between=lambda p: (0, 1),
        entropy=lambda p: _log_normaliser(p.alpha) - _sum_of(lambda i: (p.alpha[i] - 1) * _log_means(p.alpha)(i)),
        kl=lambda p, q: (
            _log_normaliser(q.alpha)
            - _log_normaliser(p.alpha)
            + _sum_of(lambda i: (p.alpha[i] - q.alpha[i]) * _log_means(p.alpha)(i))
        ),
        numbers={"entropy": _dirichlet_entropy, "kl": _dirichlet_kl, "pdf": _dirichlet_pdf},
        prover=_prove_dirichlet,
        source="StatProofBook P294 for KL",
        derivation="E log X_i from the derivative of the log-normaliser, which is stated; assembled for three entries.",
    ),
    Family(
        **_called("multivariate_normal", "Multivariate normal", _MEAN, _COV),
        outcome=sp.MatrixSymbol("x", _D, 1),
        density=lambda x, p: (
            -_D * log(2 * pi) / 2
            - log(sp.Determinant(p.cov)) / 2
            - ((x - p.mean).T * p.cov.inv() * (x - p.mean))[0, 0] / 2
        ),
        between=lambda p: (-oo, oo),
        entropy=lambda p: (_D * log(2 * pi * E) + log(sp.Determinant(p.cov))) / 2,
        kl=lambda p, q: (
            (
                sp.Trace(q.cov.inv() * p.cov)
                + ((p.mean - q.mean).T * q.cov.inv() * (p.mean - q.mean))[0, 0]
                - _D
                + log(sp.Determinant(q.cov))
                - log(sp.Determinant(p.cov))
            )
            / 2
        ),
        numbers={
            "entropy": _multivariate_normal_entropy,
            "kl": _multivariate_normal_kl,
            "pdf": _multivariate_normal_pdf,
        },
        check=lambda p: (
            len(p.mean) != len(p.cov) and f"mean has {len(p.mean)} entries, and cov is {len(p.cov)} x {len(p.cov)}"
        ),
        prover=_prove_multivariate_normal,
        source="StatProofBook P100, P92",
        derivation="Proved in two dimensions from the normal law, by X = mu + L Z; stated in others.",
    ),
)


# --- pairs of families ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Pair(_Record):
    """The divergence of a law of family `second` from a law of family `first`; fields and properties as in `Family`."""

    first: Family
    second: Family
    kl: Callable
    finite: Callable
    condition_in_words: str
    source: str

    @property
    def name(self):
        """The two names."""
        return self.first.name, self.second.name

    @property
    def _symbols(self):
        return self.first.symbols("_1"), self.second.symbols("_2")

    def prove(self):
        """The status of the formula; as in `Family.prove`."""
        (p, q), family = self._symbols, self.first
        excess = family.density(family.x, p) - self.second.density(family.x, q)
        status = family._status(excess, p, q, self.kl_formula, self.condition, self.second)
        _gate(self.first, self.second)
        return {"kl": status}


_Moments = namedtuple("_Moments", "mean variance log exp", defaults=(None, None))  # E X, V X, E log X, t -> E exp(t X)
_MOMENTS = {  # of the first families of pairs, where they are finite
    "uniform": lambda p: _Moments((p.a + p.b) / 2, (p.b - p.a) ** 2 / 12),
    "normal": lambda p: _Moments(p.mu, p.sigma**2, exp=_normal_growth(p)),
    "laplace": lambda p: _Moments(p.mu, 2 * p.b**2),
    "logistic": lambda p: _Moments(p.mu, pi**2 * p.s**2 / 3),
    "gumbel": lambda p: _Moments(p.mu + EulerGamma * p.beta, pi**2 * p.beta**2 / 6),
    "exponential": lambda p: _Moments(
        1 / p.rate, 1 / p.rate**2, -EulerGamma - log(p.rate), lambda t: p.rate / (p.rate - t)
    ),
    "gamma": lambda p: _Moments(
        p.shape / p.rate, p.shape / p.rate**2, digamma(p.shape) - log(p.rate), lambda t: (1 - t / p.rate) ** -p.shape
    ),
    "beta": lambda p: _Moments(
        p.a / (p.a + p.b), p.a * p.b / ((p.a + p.b) ** 2 * (p.a + p.b + 1)), digamma(p.a) - digamma(p.a + p.b)
    ),
    "lognormal": lambda p: _Moments(
        exp(p.mu + p.sigma**2 / 2), (exp(p.sigma**2) - 1) * exp(2 * p.mu + p.sigma**2), p.mu
    ),
    "weibull": lambda p: _Moments(
        p.scale * gamma(1 + 1 / p.shape),
        p.scale**2 * (gamma(1 + 2 / p.shape) - gamma(1 + 1 / p.shape) ** 2),
        log(p.scale) - EulerGamma / p.shape,
    ),
    "pareto": lambda p: _Moments(
        p.shape * p.scale / (p.shape - 1),
        p.shape * p.scale**2 / ((p.shape - 1) ** 2 * (p.shape - 2)),
        log(p.scale) + 1 / p.shape,
    ),
}


def _from_normal(m, p, q):
    return log(2 * pi * q.sigma**2) / 2 + (m.variance + (m.mean - q.mu) ** 2) / (2 * q.sigma**2)


def _from_gamma(m, p, q):
    return log(gamma(q.shape)) - q.shape * log(q.rate) + (1 - q.shape) * m.log + q.rate * m.mean


def _from_gumbel(m, p, q):
    return log(q.beta) + (m.mean - q.mu) / q.beta + exp(q.mu / q.beta) * m.exp(-1 / q.beta)


def _normal_from_laplace(m, p, q):
    away = p.mu - q.mu
    mean = p.sigma * sqrt(2 / pi) * exp(-(away**2) / (2 * p.sigma**2)) + away * erf(away / (sqrt(2) * p.sigma))
    return log(2 * q.b) + mean / q.b


_PAIRS = {  # second family: its cross-entropy from moments, and the first families; PyTorch has those with a star
    "normal": (_from_normal, "uniform* laplace* logistic gumbel* exponential* gamma* beta* lognormal weibull pareto*"),
    "exponential": (lambda m, p, q: q.rate * m.mean - log(q.rate), "uniform* gamma* beta* lognormal weibull pareto*"),
    "gamma": (_from_gamma, "exponential* beta* lognormal weibull pareto*"),
    "gumbel": (_from_gumbel, "normal* exponential* gamma*"),
    "laplace": (_normal_from_laplace, "normal*"),
    "uniform": (lambda m, p, q: log(q.b - q.a), "beta*"),
}


def _pair(by_name, first, second, cross_entropy, in_torch):
    """The divergence as cross-entropy minus entropy."""
    finite, words = (lambda p, q: sp.true), "always finite"
    if first == "pareto":
        least = 2 if second == "normal" else 1
        finite, words = (lambda p, q: p.shape > least), f"shape_1 > {least}"
    elif (first, second) == ("uniform", "exponential"):
        finite, words = (lambda p, q: p.a >= 0), "a_1 >= 0"
    elif (first, second) == ("beta", "uniform"):
        finite, words = (lambda p, q: sp.And(q.a <= 0, q.b >= 1)), "a_2 <= 0 and b_2 >= 1"
    return Pair(
        by_name[first],
        by_name[second],
        kl=lambda p, q: cross_entropy(_MOMENTS[first](p), p, q) - by_name[first].entropy(p),
        finite=finite,
        condition_in_words=words,
        source="PyTorch has the pair; computed here" if in_torch else "computed here",
    )


# --- the catalogue -------------------------------------------------------------------------------------------------


def kl(p, q):
    r"""Kullback-Leibler divergence of Q from P in closed form, in nats: data from P, code built for Q.

    .. math:: D(P \| Q) = \operatorname{E}_P \log \frac{p(X)}{q(X)}

    `p` and `q` are two laws of one family, or of one of the `pairs`.  +inf where the support of P is not within
    that of Q, or the condition of the record does not hold; 0.0 for equal laws.

    TypeError for anything but laws, ValueError for vectors of different lengths, NotImplementedError where there is
    no closed form, saying what to use instead, OverflowError for a finite divergence beyond the largest float.
    Source: the record's `source`.

    >>> families.kl(families["normal"](mu=0, sigma=1), families["laplace"](mu=0, b=1))
    0.07209320815813793
    """
    return _settled(_divergence(p, q), "the divergence of {1} from {0}", p, q)


def _divergence(p, q):
    """A function that computes an interval around D(p || q); the errors of `kl`."""
    for name, law in (("p", p), ("q", q)):
        if not isinstance(law, Law):
            raise TypeError(
                f'{name} must be a law, such as families["normal"](mu=0, sigma=1), not {type(law).__name__}'
            )
    one, scalars = p.family == q.family, p.family.outcome is None and q.family.outcome is None
    if one and any(len(v) != len(w) for (_, v), (_, w) in zip(p.items, q.items, strict=True) if isinstance(v, tuple)):
        raise ValueError(f"{p} and {q} have different numbers of entries")
    if one and p.items == q.items:
        return lambda: _IV.zero
    if scalars and p._certain is not None and q.family.kind == "discrete":
        low, high = q._ends
        possible = low <= p._certain <= high and q._certain in (None, p._certain)
        return (lambda: -_log(q.family._pdf_number(p._certain, q._numbers))) if possible else lambda: _IV.inf
    if scalars and (q._certain is not None or not (one or _nested(p, q))):
        return lambda: _IV.inf
    record = p.family if one else pairs.get((p.family.name, q.family.name))
    if record and not record._is_finite(p._numbers, q._numbers):
        return lambda: _IV.inf
    if not record or not record.kl:
        raise _no_closed_form(p, q, record.why_no_kl if record else "")
    if one and any(p.parameters[name] != q.parameters[name] for name in record.same):
        raise _no_closed_form(p, q, record.why_no_kl or f"only for equal {', '.join(record.same)} there is one")
    return lambda: record._kl_number(p._numbers, q._numbers)


def _nested(p, q):
    """Whether the support of p is within that of q, in the same kind of numbers."""
    (low, high), (other_low, other_high) = p._ends, q._ends
    return p.family.kind == q.family.kind and other_low <= low and high <= other_high


def _no_closed_form(p, q, why):
    instead = "kl_divergence of the probabilities" if p.family.kind == "discrete" else "kl_divergence_density"
    reason = f": {why}" if why else ""
    return NotImplementedError(f"D({p} || {q}) has no closed form here{reason}; use {instead}")


_RECORDS = {family.name: family for family in (*_DISCRETE, *_CONTINUOUS, *_VECTORS)}
pairs = {
    (first.strip("*"), second): _pair(_RECORDS, first.strip("*"), second, cross_entropy, "*" in first)
    for second, (cross_entropy, names) in _PAIRS.items()
    for first in names.split()
}
make_mapping(__name__, "family", _RECORDS)
families = sys.modules[__name__]  # itself, for the examples above
