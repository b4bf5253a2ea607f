"""Random points, true to assumptions and conditions, and the search for a counterexample there."""

import random
from itertools import product

import mpmath
import sympy as sp

from entropybook.symbolic.evaluation import number_at, symbols_of, to_mpmath, value_at
from entropybook.symbolic.expressions import axes, symbols_in
from entropybook.symbolic.measures import Channel, Pmf


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
    symbols = free & symbols_in(expr) | sizes
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
            a, b = (number_at(side, point) for side in (condition.lhs, condition.rhs))
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
        low, high = open_interval(symbol, domain)
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


def open_interval(symbol, domain):
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
            symbols = symbols_of(point)
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
        values.update({core: value_at(core, point) for _, core in split if core not in values})
        return [to_mpmath(factor) * values[core] for factor, core in split]

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
