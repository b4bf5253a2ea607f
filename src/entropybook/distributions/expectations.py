"""Expectations, from which the formulas of a family are put together, and what is known about each."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from types import SimpleNamespace

import sympy as sp
from sympy import exp, log, oo

from entropybook.symbolic import ProofError


@dataclass(frozen=True)
class Generator:
    """E[base^t] = value(t), proved after the substitution x = by(y), `over` the limits of y, if there is one.

    It is proved for t of the sign that the exponent has; for a derivative at 0, of the sign for which the expectation
    surely exists.
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


def stated(value):
    """An expectation that SymPy cannot prove."""
    return Expectation(value, "checked")


def mean_of_log(f, statistic, k, low, high):
    """An expectation that is left as the sum by which it is defined."""
    return Expectation(sp.Sum(f * statistic, (k, low, high)), "definition")


@dataclass(frozen=True)
class Proof:
    """What the derivation of a family's formulas rests on, as functions of its symbols.

    Parameters
    ----------
    generators : callable
        Of x and p: a mapping from bases to a `Generator` each.
    stated_moments : callable
        Of x, p and q: a mapping from statistics to an `Expectation` each.
    substitution : callable
        Of p and q: symbols in terms of positive differences, so that SymPy knows which is greater.
    """

    generators: Callable[[sp.Symbol, SimpleNamespace], Mapping] = lambda x, p: {}
    stated_moments: Callable[[sp.Symbol, SimpleNamespace, SimpleNamespace], Mapping] = lambda x, p, q: {}
    substitution: Callable[[SimpleNamespace, SimpleNamespace], Mapping] = lambda p, q: {}


def density_of(log_density):
    """exp of a sum, as a product of powers."""
    return sp.Mul(*map(_exp, sp.Add.make_args(log_density)))


def _exp(term):
    """exp(c log b) as b^c; SymPy leaves it as it is."""
    logs = [factor for factor in sp.Mul.make_args(term) if isinstance(factor, log)]
    return logs[0].args[0] ** (term / logs[0]) if len(logs) == 1 else exp(term)


def expectation(family, statistic, p, q):
    """E[statistic] under p, and what has to be proved for it: an Expectation, or (base, Generator, sign of t)."""
    t = sp.Symbol("t", real=True)
    for base, generator in family.proof.generators(family.x, p).items():
        for n in (1, 2):
            if statistic == log(base) ** n:
                return sp.diff(generator.value(t), t, n).subs(t, 0), (base, generator, generator.sign)
        (root, power), (base_root, base_power) = statistic.as_base_exp(), base.as_base_exp()
        exponent = power / base_power
        if root == base_root and not exponent.has(family.x):
            return generator.value(exponent), (base, generator, 1 if exponent.is_positive else -1)
    moments = family.proof.stated_moments(family.x, p, q)
    if statistic not in moments:
        raise ProofError(f"the expectation of {statistic} under {family.name} is not known")
    return moments[statistic].value, moments[statistic]


def mean(family, expression, p, q):
    """E[expression] under p by linearity, and the expectations used for it, by statistic, as in `expectation`."""
    total, used = sp.S.Zero, {}
    unexpanded = (*family.proof.stated_moments(family.x, p, q), *family.proof.generators(family.x, p))
    whole = {part: sp.Dummy(positive=True) for part in unexpanded}
    whole.pop(family.x, None)
    parts = {dummy: part for part, dummy in whole.items()}
    for term in sp.Add.make_args(sp.expand(expression.xreplace(whole))):
        constant, statistic = term.as_independent(family.x, *parts, as_Add=False)
        if statistic == 1:
            total += term
            continue
        statistic = statistic.xreplace(parts)
        used[statistic] = expectation(family, statistic, p, q)
        total += constant * used[statistic][0]
    return total, used


def how(lemma):
    """How an expectation is established, in a word."""
    if isinstance(lemma, Expectation):
        return lemma.how
    return "substitution" if lemma[1].by else "integral"
