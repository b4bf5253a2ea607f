"""What families and pairs of families have in common, and the table of all of them."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import sympy as sp

from entropybook.distributions.intervals import compiled, exact, values_of

RECORDS: dict[str | tuple[str, str], Any] = {}  # the families by their names, the pairs by two: filled by __init__


def record(name):
    """The family of this name, or the pair of two names."""
    return RECORDS[name]


@dataclass(frozen=True)
class Condition:
    """A condition on parameters, for SymPy and in words; a test compares the two.

    Parameters
    ----------
    holds : callable
        Of one namespace of symbols, or of two: a relation.
    words : str
        The same in words, with the names of the parameters.
    """

    holds: Callable
    words: str


ALWAYS_FINITE = Condition(lambda p, q: sp.true, "always finite")
ANY_PARAMETERS = Condition(lambda p: sp.true, "")
ENDS_WITHIN = Condition(lambda p, q: sp.And(q.a <= p.a, p.b <= q.b), "a_2 <= a_1 and b_1 <= b_2")


@dataclass(frozen=True)
class Numerics:
    """What numbers are computed with, where the formulas are no good for it: functions that give intervals.

    Parameters
    ----------
    entropy, kl, pdf : callable, optional
        Of one namespace of numbers, of two, and of x and one.
    ends : callable, optional
        The ends of the support, of a namespace of numbers.
    is_within : callable
        Of two namespaces: what the condition for a finite divergence cannot say in symbols.
    zero_at_lower_end : bool
        Whether the density tends to 0 at the lower end, where its formula is undefined.
    """

    _: KW_ONLY
    entropy: Callable | None = None
    kl: Callable | None = None
    pdf: Callable | None = None
    ends: Callable | None = None
    is_within: Callable = lambda p, q: True
    zero_at_lower_end: bool = False


def of_namespaces(function):
    """A function of intervals as one of namespaces of numbers."""
    return lambda *namespaces: function(*map(exact, values_of(*namespaces)))


class Record:
    """What families and pairs of families share: a name, by which they compare and are pickled, and a divergence."""

    name: str | tuple[str, str]
    kl: Callable | None
    kl_is_finite: Condition
    numerics = Numerics()
    both_symbols: tuple[SimpleNamespace, SimpleNamespace]

    def __eq__(self, other):
        return type(other) is type(self) and other.name == self.name

    def __hash__(self):
        return hash(self.name)

    def __reduce_ex__(self, protocol):
        return (record, (self.name,)) if RECORDS.get(self.name) is self else super().__reduce_ex__(protocol)

    @cached_property
    def kl_formula(self) -> sp.Expr | None:
        """The divergence of the second distribution from the first; None where there is no closed form."""
        return self.kl and sp.sympify(self.kl(*self.both_symbols))

    @cached_property
    def condition(self) -> sp.Basic:
        """Where the divergence is finite; elsewhere it is +inf."""
        return sp.sympify(self.kl_is_finite.holds(*self.both_symbols))

    @property
    def condition_in_words(self) -> str:
        """The condition in words, given equal `shared_parameters`."""
        return self.kl_is_finite.words

    @cached_property
    def kl_interval(self):
        """The interval of the divergence, given two namespaces of numbers."""
        return self.numerics.kl or of_namespaces(compiled(self.kl_formula, values_of(*self.both_symbols)))

    @cached_property
    def has_finite_kl(self):
        """Whether the condition holds, given two namespaces of numbers."""
        holds = sp.lambdify(values_of(*self.both_symbols), self.condition, "math")
        return lambda p, q: holds(*values_of(p, q)) and self.numerics.is_within(p, q)


class OldNames:
    """The names of fields before version 0.2, kept for one release."""

    between = property(lambda self: self.ends, doc="`ends`")
    same = property(lambda self: self.shared_parameters, doc="`shared_parameters`")
    finite = property(lambda self: self.kl_is_finite.holds, doc="`kl_is_finite.holds`")
    relation_in_words = property(lambda self: self.relation.words, doc="`relation.words`")
    generators = property(lambda self: self.proof.generators, doc="`proof.generators`")
    known = property(lambda self: self.proof.stated_moments, doc="`proof.stated_moments`")
    ordered = property(lambda self: self.proof.substitution, doc="`proof.substitution`")
    zero_at_the_end = property(lambda self: self.numerics.zero_at_lower_end, doc="`numerics.zero_at_lower_end`")
