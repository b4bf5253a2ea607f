"""Numbers for an expression at a point, with mpmath's digits; nothing is left to SymPy but functions of numbers.

Sums are computed term by term, integrals by quadrature, derivatives by differences, limits by going near.
"""

from functools import lru_cache

import mpmath
import sympy as sp

from entropybook.symbolic.expressions import KINKED, SIDES, UNEVALUATED


def value_at(expr, point):
    """`expr` at `point` with mpmath's digits; nothing is left to SymPy but functions of numbers."""
    if isinstance(expr, sp.Symbol | sp.Indexed):
        return to_mpmath(_given(expr, point))
    if isinstance(expr, sp.Sum | sp.Integral):
        *limits, (x, lower, upper) = expr.limits
        inner = expr.func(expr.function, *limits) if limits else expr.function
        lower, upper = number_at(lower, point), number_at(upper, point)
        if isinstance(expr, sp.Integral):
            integrand, scale = _integrand(inner, x, point), mpmath.mpf(1)
            for _ in range(4):  # the quadrature's error is absolute: what is tiny is scaled up
                value, error = mpmath.quad(lambda t, scale=scale: integrand(t) / scale, [lower, upper], error=True)
                if not 0 < abs(value) < 0.01:
                    break
                scale *= abs(value)
            return _precise(value, error, expr) * scale
        term = lambda k: number_at(inner, point | {x: sp.Integer(int(k))})  # noqa: E731
        if upper == mpmath.inf:
            return _infinite_sum(term, int(lower), expr)
        _precise(0, (lower - int(lower)) + (upper - int(upper)), expr)
        return sum(map(term, range(int(lower), int(upper) + 1)), mpmath.mpf(0))
    if isinstance(expr, sp.Derivative):
        (x, order), *others = expr.variable_count
        inner = expr.func(expr.expr, *others) if others else expr.expr
        place = x if isinstance(x, sp.Symbol) else _entry(x, point)
        return mpmath.diff(lambda t: value_at(inner, point | {place: t}), value_at(x, point), int(order))
    if isinstance(expr, sp.Limit):
        return _limit(*expr.args, point)
    if type(expr) in _OPERATIONS:
        values = [value_at(part, point) for part in expr.args]
        try:
            return _OPERATIONS[type(expr)](*values)
        except ZeroDivisionError:
            return mpmath.nan
    if expr.args and not isinstance(expr, (*KINKED, sp.Piecewise, sp.Mod)):
        return to_mpmath(expr.func(*(sp.sympify(value_at(part, point)) for part in expr.args)))
    for atoms in (expr.atoms(sp.Indexed), expr.free_symbols):  # exact, for the sake of the jumps
        expr = expr.xreplace({x: sp.sympify(_given(x, point)) for x in atoms & expr.free_symbols})
    return to_mpmath(expr)


def _integrand(inner, x, point):
    """The function of x, compiled if it has no parts that must be computed by another route."""
    values = {}

    def folded(expr):  # what is free of x is computed once
        if expr == x or expr.is_Integer:
            return expr
        if x in expr.free_symbols:
            return expr.func(*map(folded, expr.args))
        values[name := sp.Dummy()] = value_at(expr, point)
        return name

    if any(part.has(x) for part in inner.atoms(*UNEVALUATED, *KINKED, sp.Indexed, sp.Piecewise, sp.Mod)):
        return lambda t: number_at(inner, point | {x: t})
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
    return indexed.base, tuple(int(number_at(index, point)) for index in indexed.indices)


def _given(x, point):
    if (key := _entry(x, point) if isinstance(x, sp.Indexed) else x) not in point:
        raise ValueError(f"{x} is no number at {symbols_of(point)}")
    return point[key]


def symbols_of(point):
    return {x: value for x, value in point.items() if isinstance(x, sp.Symbol)}


def to_mpmath(number):
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


def number_at(expr, point):
    value = value_at(expr, point)
    if mpmath.isnan(value):
        raise ValueError(f"{expr} has no value at {symbols_of(point)}")
    return value


def _precise(value, error, expr):
    if not abs(error) < mpmath.mpf(10) ** (15 - mpmath.mp.dps) * max(1, abs(value)):
        raise ValueError(f"{expr} cannot be computed precisely enough to be tried")
    return value


def _limit(inner, x, target, side, point):
    """The value near the target, from the sides asked for; infinite if it keeps growing, nan if the sides differ."""
    end, values = value_at(target, point), []

    def near(sign, digits):
        step = mpmath.mpf(10) ** -digits
        return value_at(inner, point | {x: mpmath.sign(end) / step if mpmath.isinf(end) else end + sign * step})

    def same(a, b):
        return a == b or abs(a - b) < mpmath.mpf(10) ** -45 * max(1, abs(a))

    with mpmath.workdps(mpmath.mp.dps + 180):  # what cancels near the limit is made good by digits
        for sign in SIDES[str(side)]:
            first, second, third = (near(sign, digits) for digits in (50, 60, 70))
            settled = same(second, third)
            ratio = (third - second) / (second - first) if not settled and abs(second) > abs(first) else mpmath.mpf(0)
            growing = mpmath.im(ratio) == 0 and mpmath.re(ratio) > mpmath.mpf("0.99")
            _precise(0, 0 if growing or settled else 1, sp.Limit(inner, x, target, side))
            values.append(mpmath.inf * mpmath.sign(third) if growing else third)
    return values[0] if same(values[0], values[-1]) else mpmath.nan
