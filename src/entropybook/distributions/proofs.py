"""The formulas of a record derived from expectations, and compared with the definitions at random points."""

import math
import random
from itertools import pairwise

import sympy as sp
from sympy import Rational, exp, log, oo

from entropybook.distributions.expectations import Expectation, density_of, how, mean
from entropybook.distributions.intervals import LOCK, MP, exact, values_of
from entropybook.symbolic import ProofError, prove_equal

_NEAR_0 = {sp.Symbol("t", positive=True): (0, Rational(1, 4))}  # where the generators exist


def prove(family):
    """Derive both formulas of a family; the status of each."""
    p, first, second = (family.symbols(index) for index in ("", "_1", "_2"))
    for name in family.shared_parameters:
        setattr(second, name, getattr(first, name))
    status = {"entropy": _status(family, -family.log_density, p, p, family.entropy_formula), "kl": None}
    if family.kl:
        excess = family.density(family.x, first) - family.density(family.x, second)
        condition = family.kl_is_finite.holds(first, second)
        status["kl"] = _status(family, excess, first, second, family.kl(first, second), condition)
    compare_with_definition(family)
    return status


def prove_pair(pair):
    """Derive the divergence of a pair of families; its status."""
    (p, q), family = pair.both_symbols, pair.first
    excess = family.density(family.x, p) - pair.second.density(family.x, q)
    status = _status(family, excess, p, q, pair.kl_formula, pair.condition, pair.second)
    compare_with_definition(family, pair.second)
    return {"kl": status}


def _status(family, statistic, p, q, formula, condition=sp.true, other=None):
    """Derive E[statistic] under p, and prove that it is the formula."""
    assembled, used = mean(family, statistic, p, q)
    substitution = family.proof.substitution(p, p if other else q)
    other = other or family
    defined = {value: sp.Dummy(positive=True) for value, lemma in used.values() if how(lemma) == "definition"}
    assembled, formula = (sp.sympify(side).subs(substitution).xreplace(defined) for side in (assembled, formula))
    where = _conditions(substitution, family.relation.holds(p), other.relation.holds(q), condition)
    domain = _domain(p) | _domain(q)
    prove_equal(assembled, formula, domain=domain, where=where)
    proofs = {_is_proved(family, s, lemma, p, substitution, domain, where) for s, (_, lemma) in used.items()}
    return "proved" if proofs <= {True} else "checked"


def _domain(p):
    """Probabilities lie between 0 and 1; SymPy has no such assumption."""
    return {p.p: (0, 1)} if hasattr(p, "p") else {}


def _is_proved(family, statistic, lemma, p, substitution, domain, where):
    """Whether SymPy does the integral or sum behind an expectation; ProofError if it should but cannot."""
    if isinstance(lemma, Expectation):
        if lemma.how == "integral":
            for case in (substitution | case for case in lemma.cases):
                integral = _in_pieces(family, statistic, p, lemma.at, case)
                prove_equal(integral, lemma.value.subs(case), domain=domain, where=_conditions(case, *where))
        return lemma.how != "checked"
    base, generator, sign = lemma
    key = list(family.proof.generators(family.x, p)).index(base), sign
    if key in family.proved_generators:
        return True
    t = sign * sp.Symbol("t", positive=True)
    log_term = t * log(base) + family.density(family.x, p)
    evaluate = _summed if family.kind == "discrete" else _integrated
    value = generator.value(t).subs(substitution)
    prove_equal(evaluate(family, log_term, p, generator, substitution), value, domain=domain | _NEAR_0, where=where)
    family.proved_generators.add(key)
    return True


def _conditions(substitution, *conditions):
    given = (sp.sympify(condition).subs(substitution) for condition in conditions)
    return [condition for condition in given if condition != sp.true]


def _convergent(total):
    """The value where the sum or integral converges."""
    total = total.replace(sp.Piecewise, lambda *branches: branches[0][0])
    return sp.expand(total.rewrite(exp)) if total.has(sp.sinh) else total


def _summed(family, log_term, p, generator, substitution):
    """The sum of exp(log_term) over the support; whatever is a power of k becomes z^k."""
    x, z = family.x, sp.Symbol("z", positive=True)
    slope = sp.expand(log_term).coeff(x, 1)
    rest = sp.Add(
        *(term for term in sp.Add.make_args(sp.expand(log_term)) if term not in sp.Add.make_args(sp.expand(slope * x)))
    )
    low, high = map(sp.sympify, family.ends(p))
    total = sp.summation(density_of(rest) * z**x, (x, low, high))
    return _convergent(total).subs(z, density_of(slope))


def _integrated(family, log_term, p, generator, substitution):
    """The integral of exp(log_term) over the support."""
    low, high = family.ends(p)
    if not generator.by:
        return _convergent(sp.integrate(sp.powsimp(density_of(sp.expand(log_term))), (family.x, low, high)))
    low, high = generator.over
    y = sp.Symbol("y", **({"positive": True} if low == 0 else {"real": True}))
    x = generator.by(y, p)
    log_term, x = (e.subs(substitution) for e in (log_term, x))
    inner = sp.expand_log(sp.expand(log_term.subs(family.x, x)) + log(sp.Abs(sp.factor(sp.simplify(sp.diff(x, y))))))
    inner = sp.expand(sp.expand_log(inner.replace(log, lambda a: log(sp.factor(a)))))
    return _convergent(sp.integrate(sp.powsimp(density_of(inner)), (y, low, high)))


def _in_pieces(family, statistic, p, at, case):
    """The integral of statistic times density, cut at the breakpoints, each piece from 0 on.

    The sign of what stands in an absolute value, and the branch of a piecewise function, is constant on a piece.
    """
    low, high = (sp.sympify(end).subs(case) for end in family.ends(p))
    integrand = (statistic * density_of(family.density(family.x, p))).subs(case)
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


def _draw(family, dice, fixed=()):
    """A random distribution; `fixed` are parameters already chosen."""
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
    values = [d and exact(values_of(d.numbers), MP) for d in (p, q)]

    def term(x):
        try:
            log_p = p.family.log_density_number(x, *values[0])
            if log_p < -(10**4):
                return MP.zero
            return MP.exp(log_p) * (log_p - q.family.log_density_number(x, *values[1]) if q else -log_p)
        except (ValueError, ZeroDivisionError):  # the logarithm of 0, at an end
            return MP.zero

    low, high = p.ends
    if p.family.kind == "discrete":
        return MP.fsum(term(MP.mpf(k)) for k in range(low, min(high, 400) + 1))
    low, high = (-MP.pi, MP.pi) if p.family.name == "von_mises" else map(MP.mpf, (low, high))
    centres = [v for d in (p, q) if d for name, v in d.items if name in ("mu", "x0", "mode")]
    cuts = [low, *(c for c in sorted({*centres, -20, -5, 0, 1, 5, 20}) if low < c < high), high]
    total = MP.quad(term, [c for c in cuts if MP.isfinite(c)])
    for sign in (sign for sign, end in ((-1, low), (1, high)) if MP.isinf(end)):
        tail = lambda s, sign=sign: term(sign * MP.exp(s)) * MP.exp(s) if s < 500 else 0  # noqa: E731
        total += MP.quad(tail, [MP.log(20), MP.inf])
    return total


def _draw_pair(first, second, dice):
    """Two random distributions whose divergence is finite, with equal `shared_parameters` if they are of one family."""
    while True:
        p = _draw(first, dice)
        q = _draw(second, dice, [item for item in p.items if first is second and item[0] in first.shared_parameters])
        if p.kl(q) < math.inf:
            return p, q


def compare_with_definition(first, second=None):
    """Compare the numbers with the definition at three random points; ProofError if they differ.

    The divergence within a family, and its entropy, or the divergence of a pair of families.
    """
    dice = random.Random(1951)
    for _ in range(3):
        p, q = _draw_pair(first, second or first, dice) if second or first.kl else (_draw(first, dice), None)
        with LOCK, MP.workdps(30):
            compared = [] if second else [(f"the entropy of {p}", p.entropy(), _by_definition(p))]
            if q:
                compared.append((f"the divergence of {q} from {p}", p.kl(q), _by_definition(p, q)))
        for what, closed, direct in compared:
            if not math.isclose(closed, direct, rel_tol=1e-12, abs_tol=1e-14):
                raise ProofError(f"{what}: the formula gives {closed}, the definition {float(direct)}")
