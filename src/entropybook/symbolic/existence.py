"""What may be claimed: sums, integrals, limits and derivatives whose form shows that they exist."""

from itertools import product

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from entropybook.symbolic.expressions import (
    SIDES,
    SMOOTH,
    SMOOTH_ABOVE_0,
    UNEVALUATED,
    bound_variables,
    with_fresh_indices,
    with_plain_indices,
)
from entropybook.symbolic.sampling import open_interval
from entropybook.symbolic.signs import (
    every_value_between,
    form_is_real,
    has_sign,
    indices_fit,
    inside_domain,
    is_real,
    shows_sign,
    split_logs,
)

_SIGNS = ("real", "positive", "negative", "nonnegative", "nonpositive", "nonzero")


_KINDS = [sp.Dummy(**{kind: True, sign: True}).assumptions0 for kind in ("real", "integer") for sign in _SIGNS]


class ProofError(Exception):
    """What was to be proved is false, or SymPy cannot prove it; the message says which, and shows a counterexample."""


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
        open_interval(symbol, domain)
    expression = with_fresh_indices(expression)  # no bound variable is one of the domain
    binders = expression.atoms(*UNEVALUATED)
    bound = set().union(*map(bound_variables, binders))
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
    for sign in SIDES[str(side)]:
        free = sp.Dummy(positive=True)
        near = inside_domain(
            body.xreplace({x: sp.sign(target) / free if target.is_infinite else target + sign * free}), domain
        )
        _require(_settles(near, free), "the form of {} does not show that it is smooth near the limit", body)


def _settles(expr, free):
    """Whether the form shows that expr is smooth for small positive `free`, in one way for all other variables."""
    if not expr.has(free) or isinstance(expr, sp.Add | sp.Mul):
        return all(_settles(part, free) for part in expr.args) if expr.has(free) else form_is_real(expr, smooth=True)
    base, exponent = expr.as_base_exp()
    if isinstance(expr, (*SMOOTH, sp.exp)):
        return form_is_real(expr.args[0].xreplace({free: sp.S.Zero})) or _leads(expr.args[0], free)
    if isinstance(expr, SMOOTH_ABOVE_0):
        return _leads(expr.args[-1], free, True) and all(_settles(part, free) for part in expr.args)
    if not isinstance(expr, sp.Pow) or (exponent.is_integer and exponent.is_nonnegative):
        return expr == free or (isinstance(expr, sp.Pow) and _settles(base, free))
    fixed = exponent.is_number or shows_sign(exponent, True) or shows_sign(-exponent, True) or _leads(exponent, free)
    known = base.has(free) or shows_sign(base - 1, True) or shows_sign(1 - base, True)
    return fixed and known and _leads(base, free, not exponent.is_integer) and _settles(base, free)


def _leads(expr, free, positive=False):
    """Whether expr is a power of `free` times what is not 0 (or positive) at free = 0; or so, and of `free` alone."""
    factors = sp.Mul.make_args(sp.factor(sp.together(expr)))
    rest = sp.Mul(*(factor for factor in factors if factor.as_base_exp()[0] != free)).xreplace({free: sp.S.Zero})
    places = [rest] + [expr] * (expr.free_symbols == {free})
    return any(shows_sign(place, True) or (not positive and shows_sign(-place, True)) for place in places)


def _require_sum(part, domain, where):
    for x, low, high in part.limits:
        _require(x.is_integer, "the index {} of {} is not declared an integer", x, part)
        _require(low.is_integer and (high.is_integer or high == sp.oo), "the limits of {} are not whole numbers", part)
        backwards = high != sp.oo and not has_sign(high - low + 1, domain, where=where)
        _require(not backwards, "the form of the limits does not show that {} never runs backwards", part)
    if part.has(sp.oo):
        (x, low, _), y = part.limits[0], sp.Dummy(positive=True)
        term = inside_domain(part.function, domain, where)
        known = len(part.limits) == 1 and form_is_real(
            term.xreplace({x: low + sp.Dummy(integer=True, nonnegative=True)})
        )
        fine = known and _dies_out(term.xreplace({x: y}), y)
        _require(fine, "the form of {} does not show that it converges", part)


def _require_integral(part, domain):
    body, limits = (
        inside_domain(part.function, domain),
        [tuple(inside_domain(end, domain) for end in limit) for limit in part.limits],
    )
    _require(not any(x.is_integer for x, *_ in limits), "{} is over an integer", part)
    alone = len(limits) == 1
    for _, low, high in limits:
        _require(_is_real_end(low) and _is_real_end(high), "the limits of {} may not be real", part)
    for ends in product(*([every_value_between(low, high), low, high] for _, low, high in limits)):
        places = {x: end for (x, *_), end in zip(limits, ends, strict=True)}
        at_end = [(x, end, low, high) for (x, low, high), end in zip(limits, ends, strict=True) if end in (low, high)]
        value = sp.nan if any(end.is_infinite for end in ends) else body.xreplace(places)
        if form_is_real(value, smooth=True):
            continue
        _require(at_end and alone, "the form of {} does not show that it is continuous in {}", part.function, part)
        (x, end, low, high), y = at_end[0], sp.Dummy(positive=True)
        sign = next(
            (sign for sign in (1, -1) if (length := sign * (high - low)) == sp.oo or shows_sign(length, True)), 0
        )
        _require(sign, "{} may run forwards or backwards to what is infinite", part)
        place = sp.sign(end) * y if end.is_infinite else end + (sign if end == low else -sign) / y
        tail = body.xreplace({x: place}) * (1 if end.is_infinite else y**-2)
        _require(_dies_out(tail, y), "the form of {} does not show that it converges", part)


def _is_real_end(end):
    return end.is_infinite or form_is_real(end)


def _dies_out(expr, y):
    """Whether |expr| < c y^s for some s < -1 as y grows, so that its sum or integral to infinity converges."""
    orders = _orders(sp.powsimp(split_logs(expr, {})), y)
    return orders is not None and all(order == -sp.oo or shows_sign(-1 - order, True) for order in orders)


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
    if isinstance(expr, SMOOTH) and not isinstance(expr, sp.sinh | sp.cosh):
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
    if shows_sign(exponent, False):
        orders = _orders(base, y)
        return None if orders is None or -sp.oo in orders else {order * exponent for order in orders}
    terms = [term.as_coeff_exponent(y) for term in sp.Add.make_args(sp.expand(base))]
    if shows_sign(-exponent, False) and all(c.is_positive or shows_sign(c, True) for c, _ in terms if not c.has(y)):
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
    if shows_sign(base - 1, True):
        return {-sp.oo} if shows_sign(-lead, True) else None
    small = shows_sign(1 - base, True) and shows_sign(1 + base, True)
    return {-sp.oo} if small and shows_sign(lead, True) else None
