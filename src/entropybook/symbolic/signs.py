"""Signs that the form of an expression shows, and whether it shows that the value is real, finite and smooth."""

import sympy as sp

from entropybook.symbolic.expressions import KINKED, SMOOTH, SMOOTH_ABOVE_0, attempt, with_fresh_indices
from entropybook.symbolic.measures import Pmf


def has_sign(expression, domain=None, *, strict=False, where=()):
    """Whether the form of an expression shows that it is positive (`strict`), or at least not negative.

    It does so if it is a sum, product or power of what has that sign; `domain` is meant as in `prove_equal`, and
    of `where` only ``k <= n`` is used, for whole numbers.  A sum must not be empty, or (if not strict) at least not
    run backwards, as SymPy gives it the opposite sign then.

    >>> x, y = sp.symbols("x y", real=True)
    >>> has_sign((x - y) ** 2), has_sign(x), has_sign(1 - x, {x: (0, 1)}, strict=True)
    (True, False, True)
    """
    form = inside_domain(expression, domain, where)
    if not indices_fit(form):
        return False
    if _has_sign(form, strict):
        return True
    simpler = attempt(lambda: sp.factor(sp.simplify(form))) if domain else None
    return simpler is not None and _has_sign(simpler, strict)


def is_real(expression, domain=None, *, smooth=False):
    """Whether the form of an expression shows that it is real and finite, and (`smooth`) has all derivatives.

    `domain` is meant as in `prove_equal`.

    >>> x = sp.Symbol("x", real=True)
    >>> is_real(1 / x), is_real(1 / x, {x: (0, 1)}), is_real(abs(x)), is_real(abs(x), smooth=True)
    (False, True, True, False)
    """
    form = inside_domain(expression, domain)
    return indices_fit(form) and form_is_real(form, smooth)


def inside_domain(expression, domain, where=()):
    """The expression with a positive number in place of each variable of the domain, and with k + l for n >= k."""
    expression = sp.sympify(expression)
    for condition in where:  # a - b, for a != b, is some number that is not 0
        if isinstance(condition, sp.Ne) and is_real(apart := condition.lhs - condition.rhs, domain):
            nonzero = sp.Dummy(real=True, nonzero=True)
            expression = expression.xreplace({apart: nonzero, sp.expand(-apart): -nonzero})
    form = with_fresh_indices(expression)
    form = form.xreplace({x: every_value_between(low, high) for x, (low, high) in (domain or {}).items()})
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


def every_value_between(low, high):
    """What takes every value between the ends, and no other, as a dummy runs over all (positive) numbers."""
    low, high, free = sp.sympify(low), sp.sympify(high), sp.Dummy(positive=True)
    if low.is_infinite:
        return sp.Dummy(real=True) if high.is_infinite else high - free
    return low + free if high.is_infinite else (low + high * free) / (1 + free)


def form_is_real(expr, smooth=False):
    """Whether expr is real and finite (and smooth), as composed of what is so where it is defined."""
    if (expr.is_number or not smooth) and expr.is_real:
        return True
    if isinstance(expr, sp.Symbol | sp.Indexed):
        return bool(expr.is_real)
    if isinstance(expr, sp.Sum):
        return not expr.has(sp.oo, -sp.oo) and form_is_real(expr.function, smooth)
    parts = expr.args
    if isinstance(expr, sp.Pow | sp.exp):
        parts = base, exponent = expr.as_base_exp()
        known = shows_sign(base, True) or (
            exponent.is_integer and (exponent.is_nonnegative or shows_sign(-base, True) or base.is_zero is False)
        )
        known = known or (not smooth and shows_sign(base, False) and shows_sign(exponent, True))
    elif isinstance(expr, SMOOTH_ABOVE_0):
        known = shows_sign(expr.args[-1], True)
    elif isinstance(expr, sp.atanh):
        known = shows_sign(1 - expr.args[0], True) and shows_sign(1 + expr.args[0], True)
    elif isinstance(expr, sp.binomial | sp.KroneckerDelta):  # where nothing is to be differentiated
        known = all(part.is_integer for part in parts)
    else:
        known = isinstance(expr, (sp.Add, sp.Mul, *SMOOTH)) or (not smooth and isinstance(expr, KINKED))
    return bool(known) and all(form_is_real(part, smooth) for part in parts)


def shows_sign(expr, strict):
    """As `_has_sign`, also after factoring."""
    return _has_sign(expr, strict) or _has_sign(sp.factor(sp.together(expr)), strict)


def indices_fit(expr):
    """Whether every bound variable in `expr` runs over what its assumptions allow: a positive index not from 0."""
    return all(
        (x.is_nonnegative is None and x.is_nonpositive is None and x.is_nonzero is None)
        or (
            x.is_nonnegative
            and all(
                end == sp.oo or shows_sign(end - int(bool(x.is_integer and x.is_positive)), False)
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
        return form_is_real(rest.args[0])
    if isinstance(rest, sp.KroneckerDelta):
        return not strict
    base, exponent = rest.as_base_exp()
    if base.is_number and base.is_real and base > 1 and exponent.free_symbols:  # 1 - 2^(-x)
        return _has_sign(-exponent, strict)
    if len((rest**2).atoms(sp.Pow)) < len(rest.atoms(sp.Pow)):  # 1 - sqrt(x)
        return form_is_real(rest) and shows_sign(1 - rest**2, strict)
    if isinstance(expr, sp.Sum):
        return _has_terms(expr.limits, strict) and _has_sign(expr.function, strict)
    if isinstance(expr, sp.Add):
        return all(_has_sign(part, False) for part in expr.args) and (
            not strict or any(_has_sign(part, True) for part in expr.args)
        )
    if isinstance(expr, sp.Pow) and expr.exp.is_even and expr.exp.is_positive and not strict:
        return form_is_real(expr.base)
    if isinstance(expr, sp.Mul):
        return all(_has_sign(part, strict) for part in expr.args)
    if isinstance(expr, sp.Pow | sp.exp):
        base, exponent = expr.as_base_exp()
        return form_is_real(exponent) and _has_sign(base, strict or not _has_sign(exponent, False))
    if isinstance(expr, sp.log):
        return _has_sign(sp.expand(expr.args[0] - 1), strict)
    return False


def split_logs(expr, domain):
    """Logarithms of products as sums of logarithms, where every factor is known to be positive."""

    def split(argument):
        powers = [factor.as_base_exp() for factor in sp.Mul.make_args(argument)]
        positive = (has_sign(base, domain, strict=True) for base, _ in powers)
        sure = all(exponent.is_extended_real for _, exponent in powers) and all(positive)
        return sp.expand_log(sp.log(argument), force=sure)

    return expr.replace(sp.log, split)
