"""The ways in which SymPy reduces a difference to zero: sums are split, pulled apart and named alike."""

from itertools import permutations

import sympy as sp

from entropybook.symbolic.expressions import UNEVALUATED
from entropybook.symbolic.measures import Channel, Pmf
from entropybook.symbolic.signs import form_is_real, split_logs


def _with_factored_logs(expr):
    return expr.replace(sp.log, lambda argument: sp.log(sp.factor(argument)))


def _expand_sums(expr, domain, ranges):
    """A polynomial in sums that cannot be split further."""

    def expand(body, *limits):
        terms = sp.Add.make_args(sp.expand(split_logs(body, domain)))
        limits = [tuple(limit) for limit in reversed(limits)]  # from the outer to the inner sum
        return sp.Add(*(min(_ways_to_pull_out(term, limits, ranges), key=ease) for term in terms))

    ease = lambda total: (_burden(total), sp.default_sort_key(total))  # noqa: E731
    split = sp.expand(split_logs(expr, domain).replace(sp.Sum, expand))
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
        and form_is_real(body.xreplace({index: sp.Dummy(**_range_of(sp.S.One))}))
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


def _simplified(expr):
    """What SymPy's `simplify` makes of it, with sums as unknowns: it is not trusted to evaluate them."""
    sums = {part: sp.Dummy(real=form_is_real(part) or None) for part in expr.atoms(*UNEVALUATED)}
    return sp.simplify(expr.xreplace(sums)).xreplace({dummy: part for part, dummy in sums.items()})


REDUCTIONS = (
    _expand_sums,
    lambda difference, domain, ranges: _simplified(_expand_sums(difference, domain, ranges)),
    lambda difference, domain, ranges: _simplified(split_logs(difference, domain)),
    lambda difference, domain, ranges: _simplified(difference.rewrite(sp.exp)),
    lambda difference, domain, ranges: _simplified(difference.rewrite(sp.frac)),
    lambda difference, domain, ranges: _simplified(split_logs(difference.rewrite(sp.log), domain)),
    lambda difference, domain, ranges: _expand_sums(_with_factored_logs(difference), domain, ranges),
)
