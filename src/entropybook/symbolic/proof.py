"""`prove_equal`: a reduction of the difference to zero, and agreement at random points, computed by another route."""

import sympy as sp

from entropybook.symbolic.existence import ProofError, require_sound
from entropybook.symbolic.expressions import KINKED, UNEVALUATED, attempt, axes, with_fresh_indices
from entropybook.symbolic.reduction import REDUCTIONS
from entropybook.symbolic.sampling import find_counterexample
from entropybook.symbolic.signs import is_real, split_logs


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


def _evaluated(expr, domain, where):
    """SymPy's values of limits, derivatives, integrals and sums, where each is seen to be right by itself."""
    known = sp.And(*(sp.Q.gt(x, low) & sp.Q.lt(x, high) for x, (low, high) in domain.items()))

    def value(part):
        if isinstance(part, sp.Sum) and part.has(sp.Indexed, *KINKED):
            return part  # a sum over outcomes is left to _expand_sums, and SymPy is wrong about some deltas
        if isinstance(part, sp.Sum) and not part.has(sp.oo) and not is_real(part, domain):
            return part  # it may have a pole
        ready = part
        if isinstance(part, sp.Integral):  # term by term, SymPy is faster and surer
            ready = part.func(sp.expand(split_logs(part.function, domain)), *part.limits)
        found = attempt(lambda: sp.refine(ready.doit(deep=False), known))
        found = sp.simplify(found) if found is not None and found.has(sp.hyper) else found  # they may cancel
        if found is None or (found.has(*UNEVALUATED, sp.Piecewise) and not isinstance(part, sp.Derivative)):
            return part
        if isinstance(part, sp.Sum | sp.Integral) and not is_real(found, domain, smooth=True):
            return part
        claim = sp.Eq(part, found, evaluate=False)
        wrong = (found.is_infinite and part != expr) or find_counterexample(
            claim, domain=domain, where=where, points=8 if isinstance(part, sp.Sum) else 4
        )
        return part if wrong else found

    return expr.replace(lambda part: isinstance(part, UNEVALUATED), value)


def _reduces_to_zero(lhs, rhs, domain, where):
    lhs, rhs = with_fresh_indices(sp.Tuple(lhs, rhs))  # no bound variable is one of the domain
    ranges = axes(sp.Tuple(lhs, rhs))
    if lhs == rhs:
        return True
    left, right = (_evaluated(side, domain, where) for side in (lhs, rhs))
    if any(side.has(sp.oo, -sp.oo, sp.nan, sp.zoo) and not side.atoms(sp.Sum, sp.Integral) for side in (left, right)):
        return left == right
    return any(attempt(reduction, left - right, domain, ranges) == 0 for reduction in REDUCTIONS)


def prove_equal(lhs, rhs, *, domain=None, where=()):
    """Prove that two expressions are equal, and return the equation; raise `ProofError` otherwise.

    Both must succeed: the numeric gate (`find_counterexample`, whose `domain` and `where` are meant here), and one of a
    few fixed ways in which SymPy reduces the difference of the sides to zero.  The reduction knows the assumptions and
    the domain, but not `where`; an index on an entry stands for any place on that axis, and sums are not empty.

    >>> from entropybook.symbolic import Pmf, cross_entropy, entropy, kl_divergence
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
