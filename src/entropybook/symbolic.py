"""The measures of `discrete` as SymPy expressions, and `prove_equal`, which proves that two expressions are equal.

A distribution is either

* a `Pmf`, with any number of outcomes: ``p = Pmf("p", n)`` with a symbol or a number n, or ``Pmf("p", n, m)`` for a
  pair of variables; its entries ``p[1], ..., p[n]`` are positive and sum to 1;
* or a sequence (a Matrix, for a pair) of SymPy expressions, such as ``[p, 1 - p]``; here zeros are allowed.

SymPy alone is not a verifier: some of its answers are wrong, and silently so.  `prove_equal` therefore asks for two
things, a reduction of the difference to zero *and* agreement of both sides, to 30 digits, at random points (tiny,
moderate, large, and near the numbers in the claim), computed by another route: sums term by term, integrals by
quadrature, derivatives by differences, limits by going near.  What SymPy evaluates on the way, a limit, a derivative,
an integral, a sum, must pass that test by itself, and its form must show that it exists: see `require_sound`.
"""

import random
from functools import lru_cache
from itertools import permutations, product

import mpmath
import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

_UNEVALUATED = (sp.Sum, sp.Integral, sp.Derivative, sp.Limit)
_SIGNS = ("real", "positive", "negative", "nonnegative", "nonpositive", "nonzero")
_KINDS = [sp.Dummy(**{kind: True, sign: True}).assumptions0 for kind in ("real", "integer") for sign in _SIGNS]
_SMOOTH = (sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf, sp.erfc)  # on the whole line
_SMOOTH_ABOVE_0 = (sp.log, sp.gamma, sp.loggamma, sp.polygamma, sp.factorial)
_REAL = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.frac, sp.KroneckerDelta)  # with jumps or kinks
_SIDES = {"+": [1], "-": [-1], "+-": [1, -1]}  # from which a limit is approached
_INDICES = sp.symbols("i j k l", integer=True, positive=True)


class ProofError(Exception):
    """What was to be proved is false, or SymPy cannot prove it; the message says which, and shows a counterexample."""


class Pmf(sp.IndexedBase):
    """A probability mass function with entries ``p[1], ..., p[n]`` (or ``p[1, 1], ..., p[n, m]``): positive, sum 1.

    A derivative with respect to an entry treats the entries as free variables.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> p = Pmf("p", n)
    >>> entropy(p)
    -Sum(log(p[i])*p[i], (i, 1, n))
    """

    def __new__(cls, name, *shape):
        if len(shape) == 1 and isinstance(shape[0], sp.Tuple):  # SymPy rebuilds an object from its args
            shape = tuple(shape[0])
        label = sp.Symbol(str(name), positive=True)
        return super().__new__(cls, label, shape=tuple(sp.sympify(size) for size in shape))


class Channel(Pmf):
    """Conditional probabilities: ``w = Channel("w", n, m)`` has n rows, ``w[i, 1], ..., w[i, m]``, each a Pmf.

    >>> i, j, n, m = sp.symbols("i j n m", integer=True, positive=True)
    >>> w = Channel("w", n, m)
    >>> prove_equal(sp.Sum(w[i, j], (j, 1, m)), 1).rhs
    1
    """


# --- the measures ----------------------------------------------------------------------------------------------


def _total(term, *distributions):
    """The sum of term(p, q, ...) over the outcomes of the distributions."""
    if all(isinstance(d, Pmf) for d in distributions):
        if len({d.shape for d in distributions}) > 1:
            raise ValueError(f"the distributions have different shapes: {[d.shape for d in distributions]}")
        indices = _INDICES[: len(distributions[0].shape)]
        body = term(*(d[indices] for d in distributions))
        return sp.Sum(body, *((i, 1, size) for i, size in zip(indices, distributions[0].shape, strict=True)))
    entries = [_entries(d) for d in distributions]
    if len({len(e) for e in entries}) > 1:
        raise ValueError(f"the distributions have different lengths: {[len(e) for e in entries]}")
    return sp.Add(*(term(*row) for row in zip(*entries, strict=True)))


def _entries(distribution):
    if isinstance(distribution, Pmf):
        return list(explicit(distribution))
    entries = [sp.sympify(entry) for entry in distribution]
    for place, entry in enumerate(entries):
        if entry.is_negative or entry.is_extended_real is False or (not entry.is_finite and entry.is_number):
            raise ValueError(f"entry {place} of {distribution} is {entry}, which is not a probability")
    total = sp.simplify(sp.Add(*entries))
    if total.is_number and total != 1:
        raise ValueError(f"the entries of {distribution} sum to {total}, not to 1")
    return entries


def explicit(p):
    """The entries of a Pmf whose size is a number, as a list (a Matrix for a pair), the last one as 1 minus the others.

    >>> explicit(Pmf("p", 3))
    [p[1], p[2], -p[1] - p[2] + 1]
    """
    places = list(product(*(range(1, int(size) + 1) for size in p.shape)))
    width = int(p.shape[-1]) if isinstance(p, Channel) else len(places)  # so many entries sum to 1
    entries = []
    for start in range(0, len(places), width):
        row = [p[place] for place in places[start : start + width - 1]]
        entries += [*row, 1 - sp.Add(*row)]
    return entries if len(p.shape) == 1 else sp.Matrix(*map(int, p.shape), entries)


def _in_base(nats, base):
    return nats if base is None else nats / sp.log(base)


def surprisal(p, *, base=None):
    """-log p of one probability, infinite at 0.

    >>> surprisal(sp.Rational(1, 8), base=2)
    3
    """
    p = sp.sympify(p)
    return sp.oo if p == 0 else sp.simplify(_in_base(-sp.log(p), base)) if p.is_number else _in_base(-sp.log(p), base)


def cross_entropy(p, q, *, base=None):
    """-sum p log q: 0 where p = 0, infinite where q = 0 < p.

    >>> x = sp.Symbol("x", positive=True)
    >>> cross_entropy([1, 0], [x, 1 - x])
    -log(x)
    """
    return _in_base(-_total(lambda a, b: _weighted(a, b, sp.log(b), -sp.oo), p, q), base)


def entropy(p, *, base=None):
    """-sum p log p, with 0 log 0 = 0.

    >>> entropy([sp.Rational(1, 2), sp.Rational(1, 2), 0])
    log(2)
    """
    return cross_entropy(p, p, base=base)


def kl_divergence(p, q, *, base=None):
    """sum p log(p/q): 0 where p = 0, infinite where q = 0 < p.

    >>> kl_divergence([sp.Rational(1, 2), sp.Rational(1, 2)], [1, 0])
    oo
    """
    return _in_base(_total(lambda a, b: _weighted(a, b, sp.log(a / b), sp.oo), p, q), base)


def _weighted(p, q, logarithm, where_q_is_0):
    """p times the logarithm, 0 where p = 0, and the infinite value where q = 0 < p."""
    if p == 0:
        return sp.S.Zero
    if q == 0 and not p.is_positive:
        raise ValueError(f"0 stands against {p}, which may be 0 or positive")
    return where_q_is_0 if q == 0 else p * logarithm


def jeffreys_divergence(p, q, *, base=None):
    """D(P||Q) + D(Q||P)."""
    return kl_divergence(p, q, base=base) + kl_divergence(q, p, base=base)


def jensen_shannon_divergence(p, q, *, base=None):
    """The mean divergence of P and of Q from their midpoint."""

    def half(a, b):
        return sp.S.Zero if a == 0 else a * sp.log(2 * a / (a + b)) / 2

    return _in_base(_total(lambda a, b: half(a, b) + half(b, a), p, q), base)


def joint_entropy(joint, *, base=None):
    """H(X, Y) of a Pmf with two indices or of a Matrix."""
    return entropy(joint, base=base)


def conditional_entropy(joint, *, base=None):
    """H(Y|X) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    return joint_entropy(joint, base=base) - entropy_of_marginal(joint, 0, base=base)


def mutual_information(joint, *, base=None):
    """I(X; Y) = D(joint || product of the marginals) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    x, y, _, _ = _INDICES
    if isinstance(joint, Pmf):
        rows, columns = (marginal(joint, axis) for axis in (0, 1))
        body = joint[x, y] * sp.log(joint[x, y] / (rows(x) * columns(y)))
        return _in_base(sp.Sum(body, (x, 1, joint.shape[0]), (y, 1, joint.shape[1])), base)
    joint = sp.Matrix(joint)
    return kl_divergence(joint, marginal(joint, 0) * marginal(joint, 1).T, base=base)


def marginal(joint, axis):
    """The distribution of one variable: a function of its index for a Pmf, a column of entries for a Matrix."""
    if isinstance(joint, Pmf):
        k = _INDICES[2]
        place = (lambda x: joint[x, k]) if axis == 0 else (lambda y: joint[k, y])
        return lambda index: sp.Sum(place(index), (k, 1, joint.shape[1 - axis]))
    joint = sp.Matrix(joint)
    return joint * sp.ones(joint.cols, 1) if axis == 0 else joint.T * sp.ones(joint.rows, 1)


def entropy_of_marginal(joint, axis, *, base=None):
    """H(X) for axis=0, H(Y) for axis=1."""
    if not isinstance(joint, Pmf):
        return entropy(marginal(joint, axis), base=base)
    i = _INDICES[0]
    probability = marginal(joint, axis)(i)
    return _in_base(-sp.Sum(probability * sp.log(probability), (i, 1, joint.shape[axis])), base)


# --- numbers: the gate -----------------------------------------------------------------------------------------


def _value(expr, point):
    """`expr` at `point` with mpmath's digits; nothing is left to SymPy but functions of numbers."""
    if isinstance(expr, sp.Symbol | sp.Indexed):
        return _mpmath(_given(expr, point))
    if isinstance(expr, sp.Sum | sp.Integral):
        *limits, (x, lower, upper) = expr.limits
        inner = expr.func(expr.function, *limits) if limits else expr.function
        lower, upper = _number(lower, point), _number(upper, point)
        if isinstance(expr, sp.Integral):
            integrand, scale = _integrand(inner, x, point), mpmath.mpf(1)
            for _ in range(4):  # the quadrature's error is absolute: what is tiny is scaled up
                value, error = mpmath.quad(lambda t, scale=scale: integrand(t) / scale, [lower, upper], error=True)
                if not 0 < abs(value) < 0.01:
                    break
                scale *= abs(value)
            return _precise(value, error, expr) * scale
        term = lambda k: _number(inner, point | {x: sp.Integer(int(k))})  # noqa: E731
        if upper == mpmath.inf:
            return _infinite_sum(term, int(lower), expr)
        _precise(0, (lower - int(lower)) + (upper - int(upper)), expr)
        return sum(map(term, range(int(lower), int(upper) + 1)), mpmath.mpf(0))
    if isinstance(expr, sp.Derivative):
        (x, order), *others = expr.variable_count
        inner = expr.func(expr.expr, *others) if others else expr.expr
        place = x if isinstance(x, sp.Symbol) else _entry(x, point)
        return mpmath.diff(lambda t: _value(inner, point | {place: t}), _value(x, point), int(order))
    if isinstance(expr, sp.Limit):
        return _limit(*expr.args, point)
    if type(expr) in _OPERATIONS:
        values = [_value(part, point) for part in expr.args]
        try:
            return _OPERATIONS[type(expr)](*values)
        except ZeroDivisionError:
            return mpmath.nan
    if expr.args and not isinstance(expr, (*_REAL, sp.Piecewise, sp.Mod)):
        return _mpmath(expr.func(*(sp.sympify(_value(part, point)) for part in expr.args)))
    for atoms in (expr.atoms(sp.Indexed), expr.free_symbols):  # exact, for the sake of the jumps
        expr = expr.xreplace({x: sp.sympify(_given(x, point)) for x in atoms & expr.free_symbols})
    return _mpmath(expr)


def _integrand(inner, x, point):
    """The function of x, compiled if it has no parts that must be computed by another route."""
    values = {}

    def folded(expr):  # what is free of x is computed once
        if expr == x or expr.is_Integer:
            return expr
        if x in expr.free_symbols:
            return expr.func(*map(folded, expr.args))
        values[name := sp.Dummy()] = _value(expr, point)
        return name

    if any(part.has(x) for part in inner.atoms(*_UNEVALUATED, *_REAL, sp.Indexed, sp.Piecewise, sp.Mod)):
        return lambda t: _number(inner, point | {x: t})
    body = folded(inner)
    compiled = sp.lambdify([x, *values], body, "mpmath")

    def integrand(t):
        try:
            return compiled(t, *values.values())
        except ZeroDivisionError:
            return mpmath.nan

    return integrand


_OPERATIONS = {
    sp.Add: lambda *values: sum(values, mpmath.mpf(0)),
    sp.Mul: lambda *values: mpmath.fprod(values),
    sp.Pow: mpmath.power,
    sp.exp: mpmath.exp,
    sp.log: mpmath.log,
}


def _infinite_sum(term, lower, expr):
    """The sum of all terms from `lower` on, if they die out like a power of a number below 1, or like 1/k^2."""
    least, head = mpmath.mpf(10) ** -mpmath.mp.dps, [term(lower + k) for k in range(20)]
    near, far = (abs(term(lower + steps)) for steps in (10, 3000))
    if far < least:
        while abs(head[-1]) > least:
            head.append(term(lower + len(head)))
        return sum(head, mpmath.mpf(0))
    first, other = 0, 2  # for what falls too slowly, and yet too fast for nsum
    if near / 10**9 < far < near / 1000:
        first, other = (sum(head[:k], mpmath.nsum(term, [lower + k, mpmath.inf], method="r")) for k in (0, 3))
    return _precise(first, first - other, expr)


def _entry(indexed, point):
    return indexed.base, tuple(int(_number(index, point)) for index in indexed.indices)


def _given(x, point):
    if (key := _entry(x, point) if isinstance(x, sp.Indexed) else x) not in point:
        raise ValueError(f"{x} is no number at {_symbols(point)}")
    return point[key]


def _symbols(point):
    return {x: value for x, value in point.items() if isinstance(x, sp.Symbol)}


def _mpmath(number):
    """A number for mpmath, with its digits; nan for what is none."""
    if isinstance(number, sp.Rational):
        return mpmath.mpf(number.p) / number.q
    return _decimal(number, mpmath.mp.dps) if isinstance(number, sp.Basic) else number


@lru_cache
def _decimal(number, digits):
    value = sp.N(number, digits)
    if not value.is_number:
        raise ValueError(f"{value} is no number")
    if value.is_infinite and value.is_extended_real:
        return mpmath.inf * int(sp.sign(value))
    return mpmath.mpmathify(value) if value.is_finite else mpmath.nan


def _number(expr, point):
    value = _value(expr, point)
    if mpmath.isnan(value):
        raise ValueError(f"{expr} has no value at {_symbols(point)}")
    return value


def _precise(value, error, expr):
    if not abs(error) < mpmath.mpf(10) ** (15 - mpmath.mp.dps) * max(1, abs(value)):
        raise ValueError(f"{expr} cannot be computed precisely enough to be tried")
    return value


def _limit(inner, x, target, side, point):
    """The value near the target, from the sides asked for; infinite if it keeps growing, nan if the sides differ."""
    end, values = _value(target, point), []

    def near(sign, digits):
        step = mpmath.mpf(10) ** -digits
        return _value(inner, point | {x: mpmath.sign(end) / step if mpmath.isinf(end) else end + sign * step})

    def same(a, b):
        return a == b or abs(a - b) < mpmath.mpf(10) ** -45 * max(1, abs(a))

    with mpmath.workdps(mpmath.mp.dps + 180):  # what cancels near the limit is made good by digits
        for sign in _SIDES[str(side)]:
            first, second, third = (near(sign, digits) for digits in (50, 60, 70))
            settled = same(second, third)
            ratio = (third - second) / (second - first) if not settled and abs(second) > abs(first) else mpmath.mpf(0)
            growing = mpmath.im(ratio) == 0 and mpmath.re(ratio) > mpmath.mpf("0.99")
            _precise(0, 0 if growing or settled else 1, sp.Limit(inner, x, target, side))
            values.append(mpmath.inf * mpmath.sign(third) if growing else third)
    return values[0] if same(values[0], values[-1]) else mpmath.nan


def axes(expr, bound=frozenset()):
    """Every index that stands on an entry in `expr` and is not bound by a sum, with the size of its axis."""
    if isinstance(expr, sp.Indexed):
        pairs = zip(expr.indices, expr.shape, strict=True)
        return {pair for pair in pairs if not bound & (pair[0].free_symbols | sp.sympify(pair[1]).free_symbols)}
    if isinstance(expr, sp.Sum | sp.Integral):
        bound = bound | set(expr.bound_symbols)
    return set().union(*(axes(part, bound) for part in expr.args))


def _random_point(expr, domain, where, dice, number=9):
    """Random values for the free symbols and the entries of `expr`, true to their assumptions, `domain` and `where`.

    The points 0 to 2 are moderate, and 3 has the least whole numbers.
    """
    bases = sorted(expr.atoms(sp.IndexedBase), key=str)
    if loose := [base for base in bases if base.shape is None]:
        raise ValueError(f"{loose[0]} has no shape; use Pmf or IndexedBase(..., shape=...)")
    sizes = set().union(*(base.shape.free_symbols for base in bases))
    indices = {index: [size for i, size in axes(expr) if i == index] for index, _ in axes(expr) if index not in sizes}
    free = expr.free_symbols.union(*(x.free_symbols for d in expr.atoms(sp.Derivative) for x in d.variables))
    symbols = {s for s in free if isinstance(s, sp.Symbol)} - {base.label for base in bases} | sizes
    numbers = sorted(abs(x) for x in expr.atoms(sp.Rational) if abs(x) not in (0, 1))
    for attempt in range(1000):
        point, least = {}, number == 3 and attempt < 9
        for symbol in sorted(symbols, key=lambda s: (s in indices, s.name)):  # an index comes after its range
            if symbol in indices:
                point[symbol] = sp.Integer(dice.randint(1, min(int(size.xreplace(point)) for size in indices[symbol])))
            else:
                most = 0 if least else 5 if symbol in sizes else 40
                point[symbol] = _random_value(symbol, domain, dice, most, [] if number < 3 else [*numbers, 0, 0])
        for base in bases:
            point |= _random_entries(base, [int(size.xreplace(point)) for size in base.shape], dice, number < 3)
        if all(_is_met(sp.sympify(condition), point) for condition in where):
            return point
    raise ValueError(f"no random point fulfils {where}; give a narrower domain")


def _is_met(condition, point):
    if not isinstance(condition, sp.Rel):
        return bool(condition)
    with mpmath.workdps(50):
        try:
            a, b = (_number(side, point) for side in (condition.lhs, condition.rhs))
        except ValueError:  # an entry that is not there
            return False
        if mpmath.im(a) or mpmath.im(b):  # complex numbers have no order
            return False
        same = a == b or abs(a - b) <= mpmath.mpf(10) ** -40 * max(abs(a), abs(b))
    return bool(condition.func(0, 0 if same else sp.sign(b - a)))


def _random_value(symbol, domain, dice, most, near):
    """A value of a symbol: moderate, or near one of the numbers `near`, or (0) tiny or large."""
    share = sp.Rational(dice.randint(1, 996), 997)
    goal = dice.choice(near) if near else 0
    beside = [goal * (1 + sign * share / 50) for sign in (1, -1)] if goal else []
    if symbol in domain:
        low, high = _interval(symbol, domain)
        ends = [low + (high - low) * share / 1000, high - (high - low) * share / 1000] if near else []
        return dice.choice([low + (high - low) * share, *ends, *(x for x in beside if low < x < high)])
    if symbol.is_integer:
        least = 1 if symbol.is_positive else 0 if symbol.is_nonnegative else -4
        values = [least] if most == 0 else range(max(least, int(goal) - 1), int(goal) + 3) if goal else [least]
        values = [v for v in (*values, dice.randint(least, most)) if v <= most] if near and most else values
        size = sp.Integer(dice.choice(values) if near else dice.randint(2 if least >= 0 else least, 4))
        if symbol.is_nonpositive:
            return -max(abs(size), sp.Integer(int(bool(symbol.is_negative))))
        return size if size or not symbol.is_nonzero else sp.S.One
    if not symbol.is_extended_real:
        raise ValueError(f"nothing is known of the symbol {symbol}: declare it real or positive, or give its domain")
    size = dice.choice([*beside, goal + 3 * share, goal * (1 + 3 * share)] if goal else [3 * share])
    size *= sp.Integer(10) ** (dice.choice((-6, -3, 2, 4)) if near and not goal else 0)
    return size if symbol.is_nonnegative else -size if symbol.is_nonpositive else dice.choice((-1, 1)) * size


def _interval(symbol, domain):
    low, high = (sp.sympify(end) for end in domain[symbol])
    if not (low.is_Rational and high.is_Rational and low < high) or symbol.is_integer:
        raise ValueError(f"the domain of {symbol} is not an open interval with rational ends: {domain[symbol]}")
    if (low < 0 and symbol.is_nonnegative) or (high > 0 and symbol.is_nonpositive):
        raise ValueError(f"the domain of {symbol} does not agree with its sign: {domain[symbol]}")
    return low, high


def _random_entries(base, shape, dice, moderate):
    places = list(product(*(range(1, size + 1) for size in shape)))
    weights = [sp.Integer(dice.randint(1, 97)) for _ in places]
    if not moderate:
        weights = [weight * sp.Integer(10) ** dice.choice((-4, 0, 0, 2)) for weight in weights]
    if isinstance(base, Channel):
        totals = [sum(weights[i - i % shape[-1] :][: shape[-1]]) for i in range(len(weights))]
    elif isinstance(base, Pmf):
        totals = [sum(weights)] * len(weights)
    else:
        totals = [31 if base.label.is_positive else 31 * dice.choice((-1, 1)) for _ in places]
    return {(base, place): weight / total for place, weight, total in zip(places, weights, totals, strict=True)}


def find_counterexample(relation, *, domain=None, where=(), points=8, digits=30):
    """Try an equation or inequality at random points; return None, or (point, left, right) where it fails.

    `domain` maps symbols to open intervals with rational ends, as in ``{p: (0, 1)}``; other symbols follow their
    assumptions, and a Pmf is drawn from the simplex (with 1 to 5 outcomes where their number is a symbol).  `where` is
    a list of further conditions.  Both sides must be real and agree to `digits` digits of the larger one, also after
    what they have in common is taken away; values below 1e-15 are compared as if they were 1e-15.

    Three points are moderate.  The others are tiny, large or near the numbers in the claim: there, a side that cannot
    be computed precisely, or sides too near to each other to tell which is greater, prove nothing.  At a moderate
    point the former is a ValueError, and the latter counts as equality.

    >>> x = sp.Symbol("x", positive=True)
    >>> find_counterexample(sp.Le(sp.log(x), x - 1)) is None
    True
    >>> find_counterexample(sp.Le(sp.log(x), x - 2)) is None
    False
    """
    if not isinstance(relation, sp.Rel):
        raise TypeError(f"an equation or inequality is needed, not {relation}; Eq, Le, ... take evaluate=False")
    dice = random.Random(f"1948 {sorted(map(str, relation.atoms()))}")  # the same points for the same claim
    everything, tried, failed = sp.Tuple(relation.lhs, relation.rhs, *where), 0, 0
    while tried < points:
        moderate, point = tried < 3, _random_point(everything, domain or {}, where, dice, tried)
        try:
            sides, holds = _compare(relation, point, digits, digits + 20)
            if holds is False or (moderate and not holds):  # more digits, in case that some were lost
                before, (sides, holds) = sides, _compare(relation, point, digits, 2 * digits + 60)
                moved = (abs(a - b) > abs(b) * mpmath.mpf(10) ** -digits for a, b in zip(before, sides, strict=True))
                if holds is False and relation.has(sp.Integral) and any(moved):
                    raise ValueError(f"a quadrature in {relation} has not settled")
        except ValueError:
            failed += 1
            if moderate and (not point or failed == points):
                raise
            tried += not moderate
            continue
        if holds is False or (moderate and not holds):
            symbols = _symbols(point)
            entries = {x[0].xreplace(symbols)[x[1]]: value for x, value in point.items() if x not in symbols}
            return symbols | entries, *sides
        tried += 1 if point else points  # nothing is random here
    return None


def _compare(relation, point, digits, working):
    """Both sides at the point, and whether the relation holds; None if they are too near to each other to tell."""
    left, right = sp.sympify(relation.lhs), sp.sympify(relation.rhs)
    values, tiny = {}, mpmath.mpf(10) ** -15

    def terms(expr):
        split = [term.as_coeff_Mul() for term in sp.Add.make_args(expr)]
        values.update({core: _value(core, point) for _, core in split if core not in values})
        return [_mpmath(factor) * values[core] for factor, core in split]

    with mpmath.workdps(working):
        a, b = sides = [sum(terms(side), mpmath.mpf(0)) for side in (left, right)]
        shown, slack = [sp.sympify(side) for side in sides], mpmath.mpf(10) ** -digits
        equal = isinstance(relation, sp.Eq | sp.Le | sp.Ge)
        if any(mpmath.isnan(v) or mpmath.isinf(v) for v in sides):
            same = not any(map(mpmath.isnan, sides)) and bool(relation.func(*shown))
            return shown, same or None  # or all digits were lost
        if any(abs(mpmath.im(v)) > slack * tiny for v in sides):
            alike = isinstance(relation, sp.Eq) and abs(a - b) <= slack * max(tiny, abs(a))
            return shown, None if alike else False  # the same complex number
        a, b = mpmath.re(a), mpmath.re(b)
        near = abs(a - b) <= slack * max(tiny, abs(a), abs(b))
        if near or isinstance(relation, sp.Eq):  # has what is the same on both sides hidden a difference?
            rest = terms(left - right)
            apart = mpmath.re(sum(rest, mpmath.mpf(0)))
            if abs(apart) <= slack * max(tiny, *map(abs, rest)):
                return shown, (True if equal else None) if near else False
            a, b = apart, 0
        return shown, bool(relation.func(sp.sympify(a), sp.sympify(b)))


def check(relation, *, domain=None, where=()):
    """Try an equation or inequality that is sound at random points; raise `ProofError` if it is not so, or fails."""
    require_sound(sp.Tuple(relation.lhs, relation.rhs), domain, where)
    found = find_counterexample(relation, domain=domain, where=where)
    if found:
        point, left, right = found
        wrong = "not equal" if isinstance(relation, sp.Eq) else f"not left {relation.rel_op} right"
        raise ProofError(
            f"{wrong}:\n  left:  {relation.lhs}\n  right: {relation.rhs}\n  at {point}\n"
            f"  left is {sp.N(left, 12)!s} and right is {sp.N(right, 12)!s}"
        )


# --- signs -----------------------------------------------------------------------------------------------------


def has_sign(expression, domain=None, *, strict=False, where=()):
    """Whether the form of an expression shows that it is positive (`strict`), or at least not negative.

    It does so if it is a sum, product or power of what has that sign; `domain` is meant as in `prove_equal`, and
    of `where` only ``k <= n`` is used, for whole numbers.  A sum must not be empty, or (if not strict) at least not
    run backwards, as SymPy gives it the opposite sign then.

    >>> x, y = sp.symbols("x y", real=True)
    >>> has_sign((x - y) ** 2), has_sign(x), has_sign(1 - x, {x: (0, 1)}, strict=True)
    (True, False, True)
    """
    form = _inside(expression, domain, where)
    if not indices_fit(form):
        return False
    if _has_sign(form, strict):
        return True
    simpler = _attempt(lambda: sp.factor(sp.simplify(form))) if domain else None
    return simpler is not None and _has_sign(simpler, strict)


def is_real(expression, domain=None, *, smooth=False):
    """Whether the form of an expression shows that it is real and finite, and (`smooth`) has all derivatives.

    `domain` is meant as in `prove_equal`.

    >>> x = sp.Symbol("x", real=True)
    >>> is_real(1 / x), is_real(1 / x, {x: (0, 1)}), is_real(abs(x)), is_real(abs(x), smooth=True)
    (False, True, True, False)
    """
    form = _inside(expression, domain)
    return indices_fit(form) and _is_real(form, smooth)


def _inside(expression, domain, where=()):
    """The expression with a positive number in place of each variable of the domain, and with k + l for n >= k."""
    expression = sp.sympify(expression)
    for condition in where:  # a - b, for a != b, is some number that is not 0
        if isinstance(condition, sp.Ne) and is_real(apart := condition.lhs - condition.rhs, domain):
            nonzero = sp.Dummy(real=True, nonzero=True)
            expression = expression.xreplace({apart: nonzero, sp.expand(-apart): -nonzero})
    form = with_fresh_indices(expression)
    form = form.xreplace({x: _between(low, high) for x, (low, high) in (domain or {}).items()})
    for p in form.atoms(Pmf):  # if written out: shares of a positive total
        if all(size.is_Integer for size in p.shape) and len(p.shape) == 1:
            shares = [sp.Dummy(positive=True) for _ in range(p.shape[0])]
            form = form.xreplace({p[i + 1]: share / sp.Add(*shares) for i, share in enumerate(shares)})
    for condition in where:
        if isinstance(condition, sp.Le | sp.Ge):
            less, greater = condition.lts, condition.gts
            if greater.is_Symbol and greater.is_integer and less.is_integer and greater not in less.free_symbols:
                form = form.xreplace({greater: less + sp.Dummy(integer=True, nonnegative=True)})
    return form


def _between(low, high):
    """What takes every value between the ends, and no other, as a dummy runs over all (positive) numbers."""
    low, high, free = sp.sympify(low), sp.sympify(high), sp.Dummy(positive=True)
    if low.is_infinite:
        return sp.Dummy(real=True) if high.is_infinite else high - free
    return low + free if high.is_infinite else (low + high * free) / (1 + free)


def with_fresh_indices(expr):
    """The same expression, in which no bound variable of a sum, integral or limit has the name of another symbol."""

    def fresh(x):
        return sp.Dummy(x.name, **x.assumptions0)

    def rename(part):
        if isinstance(part, sp.Limit):
            inner, x, *others = part.args
            other = fresh(x)
            return sp.Limit(inner.xreplace({x: other}), other, *others)
        if any(len(limit) != 3 for limit in part.limits):
            return part
        names, limits = {}, []
        for x, *ends in reversed(part.limits):  # from the outer to the inner one
            ends = [end.xreplace(names) for end in ends]
            names = names | {x: fresh(x)}
            limits.insert(0, (names[x], *ends))
        return part.func(part.function.xreplace(names), *limits)

    return expr.replace(lambda part: isinstance(part, sp.Sum | sp.Integral | sp.Limit), rename)


def with_plain_indices(expr):
    """The same expression with a symbol for each bound dummy: its name, and underscores if that name is taken there."""

    def rename(part):
        for x in _bound(part):
            if isinstance(x, sp.Dummy):
                plain = sp.Symbol(x.name, **x.assumptions0)
                while plain in part.atoms(sp.Symbol):
                    plain = sp.Symbol(plain.name + "_", **x.assumptions0)
                part = part.xreplace({x: plain})
        return part

    return expr.replace(lambda part: isinstance(part, sp.Sum | sp.Integral | sp.Limit), rename)


def _is_real(expr, smooth=False):
    """Whether expr is real and finite (and smooth), as composed of what is so where it is defined."""
    if (expr.is_number or not smooth) and expr.is_real:
        return True
    if isinstance(expr, sp.Symbol | sp.Indexed):
        return bool(expr.is_real)
    if isinstance(expr, sp.Sum):
        return not expr.has(sp.oo, -sp.oo) and _is_real(expr.function, smooth)
    parts = expr.args
    if isinstance(expr, sp.Pow | sp.exp):
        parts = base, exponent = expr.as_base_exp()
        known = _shows(base, True) or (
            exponent.is_integer and (exponent.is_nonnegative or _shows(-base, True) or base.is_zero is False)
        )
        known = known or (not smooth and _shows(base, False) and _shows(exponent, True))
    elif isinstance(expr, _SMOOTH_ABOVE_0):
        known = _shows(expr.args[-1], True)
    elif isinstance(expr, sp.atanh):
        known = _shows(1 - expr.args[0], True) and _shows(1 + expr.args[0], True)
    elif isinstance(expr, sp.binomial | sp.KroneckerDelta):  # where nothing is to be differentiated
        known = all(part.is_integer for part in parts)
    else:
        known = isinstance(expr, (sp.Add, sp.Mul, *_SMOOTH)) or (not smooth and isinstance(expr, _REAL))
    return bool(known) and all(_is_real(part, smooth) for part in parts)


def _shows(expr, strict):
    """As `_has_sign`, also after factoring."""
    return _has_sign(expr, strict) or _has_sign(sp.factor(sp.together(expr)), strict)


def indices_fit(expr):
    """Whether every bound variable in `expr` runs over what its assumptions allow: a positive index not from 0."""
    return all(
        (x.is_nonnegative is None and x.is_nonpositive is None and x.is_nonzero is None)
        or (
            x.is_nonnegative
            and all(
                end == sp.oo or _shows(end - int(bool(x.is_integer and x.is_positive)), False)
                for end in ends[: 1 + int(not x.is_integer)]
            )
        )
        for part in expr.atoms(sp.Sum, sp.Integral, sp.Limit)
        for x, *ends in ([part.args[1:3]] if isinstance(part, sp.Limit) else part.limits)
    )


def _has_terms(limits, strict):
    """Whether a sum over these limits is not empty, or (if not strict) at least never counted backwards by SymPy."""
    return all(upper == sp.oo or _has_sign(upper - lower + (0 if strict else 1), False) for _, lower, upper in limits)


def _has_sign(expr, strict):
    """Whether expr > 0, or expr >= 0 if not strict, as a sum, product or power of what has that sign."""
    if expr.is_positive if strict else expr.is_nonnegative:
        return True
    rest = 1 - expr
    if isinstance(rest, sp.frac):
        return _is_real(rest.args[0])
    if isinstance(rest, sp.KroneckerDelta):
        return not strict
    base, exponent = rest.as_base_exp()
    if base.is_number and base.is_real and base > 1 and exponent.free_symbols:  # 1 - 2^(-x)
        return _has_sign(-exponent, strict)
    if len((rest**2).atoms(sp.Pow)) < len(rest.atoms(sp.Pow)):  # 1 - sqrt(x)
        return _is_real(rest) and _shows(1 - rest**2, strict)
    if isinstance(expr, sp.Sum):
        return _has_terms(expr.limits, strict) and _has_sign(expr.function, strict)
    if isinstance(expr, sp.Add):
        return all(_has_sign(part, False) for part in expr.args) and (
            not strict or any(_has_sign(part, True) for part in expr.args)
        )
    if isinstance(expr, sp.Pow) and expr.exp.is_even and expr.exp.is_positive and not strict:
        return _is_real(expr.base)
    if isinstance(expr, sp.Mul):
        return all(_has_sign(part, strict) for part in expr.args)
    if isinstance(expr, sp.Pow | sp.exp):
        base, exponent = expr.as_base_exp()
        return _is_real(exponent) and _has_sign(base, strict or not _has_sign(exponent, False))
    if isinstance(expr, sp.log):
        return _has_sign(sp.expand(expr.args[0] - 1), strict)
    return False


# --- what may be claimed -----------------------------------------------------------------------------------------


def require_sound(expression, domain=None, where=()):
    """Raise `ProofError` unless the form of each part shows that it exists, whatever the values of the variables.

    * A symbol is declared real or an integer, and perhaps its sign; nothing else, such as even or rational.
    * A sum runs over integers, one by one, and never backwards; an infinite one converges.
    * An integrand is smooth within its limits and continuous at them, or the integral is seen to converge there.
    * What is differentiated is smooth; no limit is taken of what has kinks or jumps.
    """
    _require(not expression.has(sp.Float), "{} has inexact numbers", expression)
    for symbol in domain or {}:
        _require(isinstance(symbol, sp.Symbol), "{} of the domain is no symbol", symbol)
        _interval(symbol, domain)
    expression = with_fresh_indices(expression)  # no bound variable is one of the domain
    binders = expression.atoms(*_UNEVALUATED)
    bound = set().union(*map(_bound, binders))
    for x in expression.free_symbols | bound | (domain or {}).keys():
        if isinstance(x, sp.Symbol):
            known = x.assumptions0 in _KINDS or (x in bound and x.assumptions0 == sp.Dummy().assumptions0)
            _require(known, "{} must be declared real or an integer, and perhaps its sign, and nothing else", x)
    for base in expression.atoms(sp.IndexedBase):
        _require(base.label.assumptions0 in _KINDS[:2], "the entries of {} must be declared real or positive", base)
        for size in base.shape or ():
            _require(size.is_integer and size.is_positive, "the size {} of {} is no positive integer", size, base)
    odd = expression.atoms(sp.Lambda, sp.Subs, ExprWithLimits) - binders
    _require(not odd, "{} is neither a sum nor an integral", *odd)
    for part in binders:
        if isinstance(part, sp.Derivative):
            _require_derivative(part, domain)
        elif isinstance(part, sp.Limit):
            _require_limit(part, domain)
        elif any(len(limit) != 3 for limit in part.limits):
            _require(False, "{} needs a lower and an upper end", part)
        elif isinstance(part, sp.Sum):
            _require_sum(part, domain, where)
        else:
            _require_integral(part, domain)
    _require(indices_fit(expression), "a variable runs over more than its assumptions allow in {}", expression)


def _bound(part):
    """The variables that a sum, integral or limit binds."""
    return {part.args[1]} if isinstance(part, sp.Limit) else {x for x, *_ in getattr(part, "limits", ())}


def _require(fine, message, *parts):
    if not fine:  # to write SymPy's expressions takes time
        raise ProofError(message.format(*(with_plain_indices(part) for part in parts)))


def _require_derivative(part, domain):
    variables = [x for x, _ in part.variable_count]
    _require(not any(x.is_integer for x in variables), "{} is by an integer", part)
    _require(is_real(part.expr, domain, smooth=True), "the form of {} does not show that it is smooth", part.expr)


def _require_limit(part, domain):
    body, x, target, side = part.args
    _require(not x.is_integer, "{} takes whole values only in {}", x, part)
    for sign in _SIDES[str(side)]:
        free = sp.Dummy(positive=True)
        near = _inside(
            body.xreplace({x: sp.sign(target) / free if target.is_infinite else target + sign * free}), domain
        )
        _require(_settles(near, free), "the form of {} does not show that it is smooth near the limit", body)


def _settles(expr, free):
    """Whether the form shows that expr is smooth for small positive `free`, in one way for all other variables."""
    if not expr.has(free) or isinstance(expr, sp.Add | sp.Mul):
        return all(_settles(part, free) for part in expr.args) if expr.has(free) else _is_real(expr, smooth=True)
    base, exponent = expr.as_base_exp()
    if isinstance(expr, (*_SMOOTH, sp.exp)):
        return _is_real(expr.args[0].xreplace({free: sp.S.Zero})) or _leads(expr.args[0], free)
    if isinstance(expr, _SMOOTH_ABOVE_0):
        return _leads(expr.args[-1], free, True) and all(_settles(part, free) for part in expr.args)
    if not isinstance(expr, sp.Pow) or (exponent.is_integer and exponent.is_nonnegative):
        return expr == free or (isinstance(expr, sp.Pow) and _settles(base, free))
    fixed = exponent.is_number or _shows(exponent, True) or _shows(-exponent, True) or _leads(exponent, free)
    known = base.has(free) or _shows(base - 1, True) or _shows(1 - base, True)
    return fixed and known and _leads(base, free, not exponent.is_integer) and _settles(base, free)


def _leads(expr, free, positive=False):
    """Whether expr is a power of `free` times what is not 0 (or positive) at free = 0; or so, and of `free` alone."""
    factors = sp.Mul.make_args(sp.factor(sp.together(expr)))
    rest = sp.Mul(*(factor for factor in factors if factor.as_base_exp()[0] != free)).xreplace({free: sp.S.Zero})
    places = [rest] + [expr] * (expr.free_symbols == {free})
    return any(_shows(place, True) or (not positive and _shows(-place, True)) for place in places)


def _require_sum(part, domain, where):
    for x, low, high in part.limits:
        _require(x.is_integer, "the index {} of {} is not declared an integer", x, part)
        _require(low.is_integer and (high.is_integer or high == sp.oo), "the limits of {} are not whole numbers", part)
        backwards = high != sp.oo and not has_sign(high - low + 1, domain, where=where)
        _require(not backwards, "the form of the limits does not show that {} never runs backwards", part)
    if part.has(sp.oo):
        (x, low, _), y = part.limits[0], sp.Dummy(positive=True)
        term = _inside(part.function, domain, where)
        known = len(part.limits) == 1 and _is_real(term.xreplace({x: low + sp.Dummy(integer=True, nonnegative=True)}))
        fine = known and _dies_out(term.xreplace({x: y}), y)
        _require(fine, "the form of {} does not show that it converges", part)


def _require_integral(part, domain):
    body, limits = (
        _inside(part.function, domain),
        [tuple(_inside(end, domain) for end in limit) for limit in part.limits],
    )
    _require(not any(x.is_integer for x, *_ in limits), "{} is over an integer", part)
    alone = len(limits) == 1
    for _, low, high in limits:
        _require(_is_real_end(low) and _is_real_end(high), "the limits of {} may not be real", part)
    for ends in product(*([_between(low, high), low, high] for _, low, high in limits)):
        places = {x: end for (x, *_), end in zip(limits, ends, strict=True)}
        at_end = [(x, end, low, high) for (x, low, high), end in zip(limits, ends, strict=True) if end in (low, high)]
        value = sp.nan if any(end.is_infinite for end in ends) else body.xreplace(places)
        if _is_real(value, smooth=True):
            continue
        _require(at_end and alone, "the form of {} does not show that it is continuous in {}", part.function, part)
        (x, end, low, high), y = at_end[0], sp.Dummy(positive=True)
        sign = next((sign for sign in (1, -1) if (length := sign * (high - low)) == sp.oo or _shows(length, True)), 0)
        _require(sign, "{} may run forwards or backwards to what is infinite", part)
        place = sp.sign(end) * y if end.is_infinite else end + (sign if end == low else -sign) / y
        tail = body.xreplace({x: place}) * (1 if end.is_infinite else y**-2)
        _require(_dies_out(tail, y), "the form of {} does not show that it converges", part)


def _is_real_end(end):
    return end.is_infinite or _is_real(end)


def _dies_out(expr, y):
    """Whether |expr| < c y^s for some s < -1 as y grows, so that its sum or integral to infinity converges."""
    orders = _orders(sp.powsimp(_split_logs(expr, {})), y)
    return orders is not None and all(order == -sp.oo or _shows(-1 - order, True) for order in orders)


def _orders(expr, y):
    """Exponents s such that |expr| < c (y^s1 + y^s2 + ...) as y grows, but for logarithms; None if none are known."""
    if not expr.has(y):
        return {sp.S.Zero}
    if expr == y:
        return {sp.S.One}
    if isinstance(expr, sp.Add | sp.Mul):
        factors = list(expr.args)
        if isinstance(expr, sp.Mul) and any(_is_factorial(f, y) for f in factors):  # it beats every power c^y
            factors = [
                f
                for f in factors
                if not (f.is_Pow and not f.base.has(y) and f.exp.is_polynomial(y) and sp.degree(f.exp, y) == 1)
            ]
        parts = [_orders(part, y) for part in factors]
        if None in parts:
            return None
        return (
            set().union(*parts)
            if isinstance(expr, sp.Add)
            else {sp.Add(*row) if -sp.oo not in row else -sp.oo for row in product(*parts)}
        )
    if _is_factorial(expr, y):
        return {-sp.oo}
    if isinstance(expr, sp.log):
        both = [_orders(part, y) for part in (expr.args[0], 1 / expr.args[0])]
        return {sp.S.Zero} if None not in both and -sp.oo not in set().union(*both) else None
    if isinstance(expr, _SMOOTH) and not isinstance(expr, sp.sinh | sp.cosh):
        return {sp.S.Zero}
    if not isinstance(expr, sp.Pow | sp.exp):
        return None
    base, exponent = expr.as_base_exp()
    if not base.has(y):
        return _orders_of_exp(base, exponent, y)
    if exponent.has(y):
        return None
    if base == y:
        return {exponent}
    if _shows(exponent, False):
        orders = _orders(base, y)
        return None if orders is None or -sp.oo in orders else {order * exponent for order in orders}
    terms = [term.as_coeff_exponent(y) for term in sp.Add.make_args(sp.expand(base))]
    if _shows(-exponent, False) and all(c.is_positive or _shows(c, True) for c, _ in terms if not c.has(y)):
        powers = [power for c, power in terms]
        if not any(c.has(y) for c, _ in terms):
            return {exponent * (max(powers) if all(p.is_number for p in powers) else powers[0])}
    return None


def _is_factorial(expr, y):
    base, exponent = expr.as_base_exp()
    known = isinstance(base, sp.gamma | sp.factorial) and exponent == -1
    return known and not (base.args[0] - y).has(y)


def _orders_of_exp(base, exponent, y):
    """The same for base^exponent, where the exponent goes to -infinity, or is bounded."""
    terms = [term.as_coeff_exponent(y) for term in sp.Add.make_args(sp.expand(exponent))]
    if any(c.has(y) or not power.is_number for c, power in terms):
        return None
    most = max(power for _, power in terms)
    lead = sp.Add(*(c for c, power in terms if power == most))
    if most <= 0 or base == -1:
        return {sp.S.Zero}
    if _shows(base - 1, True):
        return {-sp.oo} if _shows(-lead, True) else None
    small = _shows(1 - base, True) and _shows(1 + base, True)
    return {-sp.oo} if small and _shows(lead, True) else None


# --- expressions: the reduction --------------------------------------------------------------------------------


def _split_logs(expr, domain):
    """Logarithms of products as sums of logarithms, where every factor is known to be positive."""

    def split(argument):
        powers = [factor.as_base_exp() for factor in sp.Mul.make_args(argument)]
        positive = (has_sign(base, domain, strict=True) for base, _ in powers)
        sure = all(exponent.is_extended_real for _, exponent in powers) and all(positive)
        return sp.expand_log(sp.log(argument), force=sure)

    return expr.replace(sp.log, split)


def _with_factored_logs(expr):
    return expr.replace(sp.log, lambda argument: sp.log(sp.factor(argument)))


def _expand_sums(expr, domain, ranges):
    """A polynomial in sums that cannot be split further."""

    def expand(body, *limits):
        terms = sp.Add.make_args(sp.expand(_split_logs(body, domain)))
        limits = [tuple(limit) for limit in reversed(limits)]  # from the outer to the inner sum
        return sp.Add(*(min(_ways_to_pull_out(term, limits, ranges), key=ease) for term in terms))

    ease = lambda total: (_burden(total), sp.default_sort_key(total))  # noqa: E731
    split = sp.expand(_split_logs(expr, domain).replace(sp.Sum, expand))
    return sp.Add(*map(_with_deltas_used, sp.Add.make_args(split)))


def _with_deltas_used(term):
    """The same term, where a factor delta(k, l) lets l be called k everywhere."""
    for delta in sp.Mul.make_args(term):
        if isinstance(delta, sp.KroneckerDelta) and all(index.is_Symbol for index in delta.args):
            first, second = delta.args
            term = delta * (term / delta).subs(second, first)
    return term


def _ways_to_pull_out(term, limits, ranges):
    """The sum of a term over `limits`, in every order of the sums, those inside the term included."""
    inner = [factor for factor in sp.Mul.make_args(term) if isinstance(factor, sp.Sum)]
    if len(inner) == 1:
        term = term / inner[0] * inner[0].function
        limits = limits + [tuple(limit) for limit in reversed(inner[0].limits)]
    fresh = {index: sp.Dummy(**_range_of(lower)) for index, lower, _ in limits}
    term = term.subs(fresh, simultaneous=True)  # and leave bound indices of these names alone
    limits = [(fresh[index], *(end.xreplace(fresh) for end in ends)) for index, *ends in limits]
    ranges = ranges | {(index, upper) for index, lower, upper in limits if lower == 1}
    indices = {index for index, *_ in limits}
    ends = sp.Tuple(*(end for _, *ends in limits for end in ends))
    rigid = indices & ends.free_symbols or ends.has(sp.oo, -sp.oo) or len(indices) < len(limits)
    return [_pull_out(term, order, ranges) for order in ([limits] if rigid else permutations(limits))]


def _pull_out(body, limits, ranges):
    """The sum of a product over `limits`, with every factor in front of the sums that do not concern it."""
    for index, lower, upper in reversed(limits):
        factors = sp.Mul.make_args(body)
        inside = sp.Mul(*(f for f in factors if index in f.free_symbols))
        outside = sp.Mul(*(f for f in factors if index not in f.free_symbols))
        body = outside * _single_sum(inside, index, lower, upper, ranges)
    return body


def _single_sum(body, index, lower, upper, ranges):
    """A sum over one index: 1 for a whole Pmf, the number of terms for 1, one term for a Kronecker delta."""
    if body == 1:
        return upper - lower + 1
    for delta in sorted(body.atoms(sp.KroneckerDelta), key=sp.default_sort_key):
        place = [side for side in delta.args if side != index]
        if delta in sp.Mul.make_args(body) and len(place) == 1 and lower == 1 and (place[0], upper) in ranges:
            return (body / delta).xreplace({index: place[0]})  # a place on an axis of this size
    core, limits = body, [(index, lower, upper)]
    while isinstance(core, sp.Sum):
        core, limits = core.function, limits + [tuple(limit) for limit in core.limits]
    if isinstance(core, sp.Indexed) and isinstance(core.base, Pmf):
        summed = -1 if isinstance(core.base, Channel) else 0  # the sum over these indices is 1
        axes = zip(core.indices[summed:], core.base.shape[summed:], strict=True)
        whole = [(i, sp.S.One, size) for i, size in axes]
        given = sp.Tuple(*core.indices[: len(core.indices) - len(whole)])  # the row of a channel
        if sorted(limits, key=str) == sorted(whole, key=str) and not given.free_symbols & {i for i, *_ in limits}:
            return sp.S.One
    if (
        lower.free_symbols
        and (lower - 1).is_nonnegative
        and _is_real(body.xreplace({index: sp.Dummy(**_range_of(sp.S.One))}))
    ):
        return sp.Add(
            *(sign * _single_sum(body, index, sp.S.One, end, ranges) for sign, end in ((1, upper), (-1, lower - 1)))
        )
    depth = 1 + max((int(s.name[1:]) for s in body.atoms(sp.Symbol) if s.name.startswith("%")), default=0)
    name = sp.Symbol(f"%{depth}", **_range_of(lower))  # the same sum under the same name
    return sp.Sum(body.xreplace({index: name}), (name, lower, upper))


def _range_of(lower):
    """What is known of an index that begins there."""
    return {"integer": True} | {
        "positive" if lower.is_positive else "nonnegative": True for _ in "x" if lower.is_nonnegative
    }


def _burden(expr, sums=0):
    """How many sums the entries stand in, all told: the less, the more has been pulled out."""
    if isinstance(expr, sp.Indexed):
        return sums
    if isinstance(expr, sp.Sum):
        return _burden(expr.function, sums + len(expr.limits))
    return sum(_burden(part, sums) for part in expr.args)


def _evaluated(expr, domain, where):
    """SymPy's values of limits, derivatives, integrals and sums, where each is seen to be right by itself."""
    known = sp.And(*(sp.Q.gt(x, low) & sp.Q.lt(x, high) for x, (low, high) in domain.items()))

    def value(part):
        if isinstance(part, sp.Sum) and part.has(sp.Indexed, *_REAL):
            return part  # a sum over outcomes is left to _expand_sums, and SymPy is wrong about some deltas
        if isinstance(part, sp.Sum) and not part.has(sp.oo) and not is_real(part, domain):
            return part  # it may have a pole
        ready = part
        if isinstance(part, sp.Integral):  # term by term, SymPy is faster and surer
            ready = part.func(sp.expand(_split_logs(part.function, domain)), *part.limits)
        found = _attempt(lambda: sp.refine(ready.doit(deep=False), known))
        found = sp.simplify(found) if found is not None and found.has(sp.hyper) else found  # they may cancel
        if found is None or (found.has(*_UNEVALUATED, sp.Piecewise) and not isinstance(part, sp.Derivative)):
            return part
        if isinstance(part, sp.Sum | sp.Integral) and not is_real(found, domain, smooth=True):
            return part
        claim = sp.Eq(part, found, evaluate=False)
        wrong = (found.is_infinite and part != expr) or find_counterexample(
            claim, domain=domain, where=where, points=8 if isinstance(part, sp.Sum) else 4
        )
        return part if wrong else found

    return expr.replace(lambda part: isinstance(part, _UNEVALUATED), value)


def _simplified(expr):
    """What SymPy's `simplify` makes of it, with sums as unknowns: it is not trusted to evaluate them."""
    sums = {part: sp.Dummy(real=_is_real(part) or None) for part in expr.atoms(*_UNEVALUATED)}
    return sp.simplify(expr.xreplace(sums)).xreplace({dummy: part for part, dummy in sums.items()})


_REDUCTIONS = (
    _expand_sums,
    lambda difference, domain, ranges: _simplified(_expand_sums(difference, domain, ranges)),
    lambda difference, domain, ranges: _simplified(_split_logs(difference, domain)),
    lambda difference, domain, ranges: _simplified(difference.rewrite(sp.exp)),
    lambda difference, domain, ranges: _simplified(difference.rewrite(sp.frac)),
    lambda difference, domain, ranges: _simplified(_split_logs(difference.rewrite(sp.log), domain)),
    lambda difference, domain, ranges: _expand_sums(_with_factored_logs(difference), domain, ranges),
)


def _reduces_to_zero(lhs, rhs, domain, where):
    lhs, rhs = with_fresh_indices(sp.Tuple(lhs, rhs))  # no bound variable is one of the domain
    ranges = axes(sp.Tuple(lhs, rhs))
    if lhs == rhs:
        return True
    left, right = (_evaluated(side, domain, where) for side in (lhs, rhs))
    if any(side.has(sp.oo, -sp.oo, sp.nan, sp.zoo) and not side.atoms(sp.Sum, sp.Integral) for side in (left, right)):
        return left == right
    return any(_attempt(reduction, left - right, domain, ranges) == 0 for reduction in _REDUCTIONS)


def _attempt(calculation, *arguments):
    """What it yields, or None."""
    try:
        return calculation(*arguments)
    except (NotImplementedError, ValueError, RuntimeError):  # SymPy's ways to say that it cannot
        return None


def prove_equal(lhs, rhs, *, domain=None, where=()):
    """Prove that two expressions are equal, and return the equation; raise `ProofError` otherwise.

    Both must succeed: the numeric gate (`find_counterexample`, whose `domain` and `where` are meant here), and one of a
    few fixed ways in which SymPy reduces the difference of the sides to zero.  The reduction knows the assumptions and
    the domain, but not `where`; an index on an entry stands for any place on that axis, and sums are not empty.

    >>> p = Pmf("p", sp.Symbol("n", integer=True, positive=True))
    >>> q = Pmf("q", sp.Symbol("n", integer=True, positive=True))
    >>> prove_equal(cross_entropy(p, q), entropy(p) + kl_divergence(p, q)).lhs
    -Sum(log(q[i])*p[i], (i, 1, n))
    """
    lhs, rhs = sp.sympify(lhs), sp.sympify(rhs)
    equation = sp.Eq(lhs, rhs, evaluate=False)
    check(equation, domain=domain, where=where)
    if not _reduces_to_zero(lhs, rhs, domain or {}, where):
        raise ProofError(
            f"not proved:\n  left:  {lhs}\n  right: {rhs}\n"
            f"  Both sides agree at random points, but SymPy does not reduce their difference to zero."
        )
    return equation
