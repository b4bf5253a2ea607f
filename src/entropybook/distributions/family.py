"""A family of distributions, one distribution of it, and the divergence of one from another."""

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import sympy as sp
from sympy import oo

from entropybook.distributions.expectations import Proof, density_of, how, mean
from entropybook.distributions.intervals import IV, MP, compiled, exact, iv_log, nearest_float, values_of
from entropybook.distributions.parameters import Parameter, VectorParameter, as_number, as_point
from entropybook.distributions.proofs import prove, prove_pair
from entropybook.distributions.records import (
    ALWAYS_FINITE,
    ANY_PARAMETERS,
    RECORDS,
    Condition,
    Numerics,
    OldNames,
    Record,
    of_namespaces,
)


@dataclass(frozen=True, eq=False)
class Family(OldNames, Record):
    r"""A family of distributions.  Call it with the parameters for one distribution of it.

    The fields that are functions take namespaces of symbols, ``p.mu`` and ``q.mu``, and build SymPy expressions.  The
    properties `log_density`, `entropy_formula`, `kl_formula`, `condition`, `support` and `expectations` are results.
    In `kl_formula` the parameters of the first distribution have the index 1, those of the second the index 2.

    Parameters
    ----------
    name, title : str
        The name in the catalogue, and in a heading.
    parameters : tuple of Parameter
        In the order in which they are given.
    kind : str
        "discrete" or "continuous".
    source, derivation : str
        Where the formulas come from, and how they are derived.
    density : callable
        The logarithm of the density, or of the probability, of x and p.
    ends : callable
        The ends of the support, of p.
    entropy, kl : callable
        The formulas, of p, and of p and q; `kl` is None where there is no closed form.
    kl_is_finite : Condition
        Where :math:`D(P \| Q)` is finite.  The words are for equal `shared_parameters`.
    relation : Condition
        Between the parameters.
    shared_parameters : tuple of str
        Parameters that must be equal for the closed form of the divergence.
    why_no_kl : str
        Why there is none in general, or for other than `shared_parameters`.
    proof : Proof
        What the derivation rests on.
    numerics : Numerics
        What takes the place of the formulas in computing numbers.
    outcome : sympy.Basic, optional
        The symbol of the outcome, if it is given: for distributions of vectors.

    Examples
    --------
    >>> from entropybook import families
    >>> families["exponential"](rate=2)
    exponential(rate=2)
    >>> families["exponential"].condition, families["pareto"].condition
    (True, x_m_1 >= x_m_2)
    """

    name: str
    title: str
    parameters: tuple[Parameter | VectorParameter, ...]
    _: KW_ONLY
    source: str
    density: Callable
    entropy: Callable
    kind: str = "continuous"
    derivation: str = ""
    ends: Callable = lambda p: (0, oo)
    kl: Callable | None = None
    kl_is_finite: Condition = ALWAYS_FINITE
    relation: Condition = ANY_PARAMETERS
    shared_parameters: tuple[str, ...] = ()
    why_no_kl: str = ""
    proof: Proof = field(default_factory=Proof)
    numerics: Numerics = field(default_factory=Numerics)
    outcome: sp.Basic | None = None

    @property
    def has_vector_outcome(self) -> bool:
        """Whether an outcome is a vector."""
        return isinstance(self.outcome, sp.IndexedBase | sp.MatrixSymbol)

    # symbols and formulas

    def symbols(self, index: str = "") -> SimpleNamespace:
        """The parameters as symbols, with attributes of their names."""
        return SimpleNamespace(**{p.name: p.symbol(index) for p in self.parameters})

    @property
    def both_symbols(self):
        """The symbols of two distributions."""
        return self.symbols("_1"), self.symbols("_2")

    @cached_property
    def x(self) -> sp.Basic:
        """The symbol of the outcome."""
        if self.outcome is not None:
            return self.outcome
        low = self.support[0]
        if self.kind == "discrete":
            return sp.Symbol("k", integer=True, **({"nonnegative": True} if low.is_nonnegative else {}))
        return sp.Symbol("x", **({"positive": True} if low.is_nonnegative else {"real": True}))

    @cached_property
    def log_density(self) -> sp.Expr:
        """The logarithm of the density, or of the probability, inside the support."""
        return self.density(self.x, self.symbols())

    @cached_property
    def support(self) -> sp.Tuple:
        """The ends of the support."""
        return sp.Tuple(*self.ends(self.symbols()))

    @cached_property
    def entropy_formula(self) -> sp.Expr:
        """The entropy in nats; some discrete distributions leave a sum in it."""
        return sp.sympify(self.entropy(self.symbols()))

    @cached_property
    def expectations(self) -> dict:
        """The statistics in -log f, with their expectations and how these are established."""
        p = self.symbols()
        _, used = mean(self, self.log_density, p, p)
        return {statistic: (value, how(lemma)) for statistic, (value, lemma) in used.items()}

    def prove(self) -> dict[str, str | None]:
        """Derive both formulas and compare them with the definitions.

        Returns
        -------
        dict
            The status of "entropy" and of "kl": "proved", "checked", or None for no formula.

        Raises
        ------
        ProofError
            If a formula is wrong, or if SymPy cannot do what the record says it can.

        Examples
        --------
        >>> from entropybook import families
        >>> families["exponential"].prove()
        {'entropy': 'proved', 'kl': 'proved'}
        """
        return prove(self)

    @cached_property
    def proved_generators(self) -> set:
        """Index and sign of t of those proved: under one name of the parameters, they need not be under another."""
        return set()

    # numbers

    def __call__(self, *args: Any, **parameters: Any) -> "Distribution":
        """One distribution of the family.

        Parameters
        ----------
        *args, **parameters
            The parameters, in order or by name: real numbers, or lists of them.

        Returns
        -------
        Distribution
            The distribution with these parameters, taken exactly.

        Raises
        ------
        ValueError
            For a parameter outside its domain, naming it, its value and the domain.
        TypeError
            For what is no real number, and for missing or unknown parameters.
        """
        names = [p.name for p in self.parameters]
        if len(args) > len(names) or (set(names[: len(args)]) & set(parameters)) or set(parameters) - set(names):
            raise TypeError(f"{self.name} takes the parameters {', '.join(names)}")
        given = dict(zip(names, args, strict=False)) | parameters
        if missing := [name for name in names if name not in given]:
            raise TypeError(f"{self.name} needs the parameter {missing[0]}")
        values = {p.name: p.value(given[p.name]) for p in self.parameters}
        if complaint := self.complaint(values):
            raise ValueError(complaint)
        return Distribution(self, tuple(values.items()))

    def complaint(self, values: dict) -> str:
        """What is wrong with parameters each of which is in its domain, or an empty string."""
        if self._relation_holds(*values.values()):
            return ""
        shown = ", ".join(f"{name} = {value!r}" for name, value in values.items())
        return f"{shown}: must satisfy {self.relation.words}"

    @cached_property
    def _relation_holds(self):
        return sp.lambdify(values_of(self.symbols()), self.relation.holds(self.symbols()), "math")

    @cached_property
    def entropy_interval(self):
        """The interval of the entropy, given a namespace of numbers."""
        return self.numerics.entropy or of_namespaces(compiled(self.entropy_formula, values_of(self.symbols())))

    @cached_property
    def pdf_interval(self):
        """The interval of the density, given x and a namespace of numbers."""
        if self.numerics.pdf:
            return self.numerics.pdf
        density = compiled(density_of(self.log_density), [self.x, *values_of(self.symbols())])
        return lambda x, p: density(*map(exact, [x, *values_of(p)]))

    @cached_property
    def log_density_number(self):
        """The logarithm of the density, for points of mpmath."""
        return compiled(self.log_density, [self.x, *values_of(self.symbols())], MP)


@dataclass(frozen=True, eq=False)
class VectorFamily(Family):
    """A family of distributions of vectors, or given by vectors: with its own proof.

    Parameters
    ----------
    prover : callable
        Of the family: the status of both formulas, as `Family.prove` returns it.
    check : callable
        Of a namespace of numbers: what is wrong, or an empty string.
    """

    _: KW_ONLY
    prover: Callable
    check: Callable[[SimpleNamespace], str] = lambda p: ""

    def prove(self) -> dict[str, str | None]:
        """Derive both formulas; as in `Family.prove`."""
        return self.prover(self)

    def complaint(self, values: dict) -> str:
        """What is wrong with parameters each of which is in its domain, or an empty string."""
        return self.check(SimpleNamespace(**values))


@dataclass(frozen=True, eq=False)
class Pair(Record):
    """The divergence of a distribution of family `second` from one of `first`; fields and properties as in `Family`."""

    first: Family
    second: Family
    _: KW_ONLY
    kl: Callable
    kl_is_finite: Condition
    source: str
    shared_parameters = ()
    why_no_kl = ""

    @property
    def name(self):
        """The two names."""
        return self.first.name, self.second.name

    @property
    def both_symbols(self):
        """The symbols of two distributions."""
        return self.first.symbols("_1"), self.second.symbols("_2")

    def prove(self) -> dict[str, str]:
        """The status of the formula; as in `Family.prove`."""
        return prove_pair(self)


# --- one distribution --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Distribution:
    """One distribution of a family, such as ``families["normal"](mu=0, sigma=1)``.

    Distributions compare by family and parameters; they can be hashed, copied and pickled.

    Parameters
    ----------
    family : Family
        The family.
    items : tuple
        The names of the parameters with their values.
    """

    family: Family
    items: tuple[tuple[str, Any], ...]

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters by name."""
        return dict(self.items)

    def __repr__(self) -> str:
        values = (
            v if not isinstance(v, tuple) else [list(r) if isinstance(r, tuple) else r for r in v]
            for _, v in self.items
        )
        return f"{self.family.name}({', '.join(f'{n}={v!r}' for (n, _), v in zip(self.items, values, strict=True))})"

    @cached_property
    def numbers(self) -> SimpleNamespace:
        """The parameters as attributes of their names."""
        return SimpleNamespace(**dict(self.items))

    @cached_property
    def ends(self) -> list:
        """The ends of the support, exactly if they are parameters."""
        ends = (self.family.numerics.ends or self.family.ends)(self.numbers)
        return [float(end) if isinstance(end, sp.Basic) else end for end in ends]

    @cached_property
    def certain_outcome(self):
        """The number that a discrete distribution gives for certain, or None."""
        low, high = self.ends
        chance = 0 if low == high else self.parameters.get("p")
        if self.family.kind == "continuous" or chance not in (0, 1):
            return None
        return high if chance == 1 and high < math.inf else low

    @property
    def support(self) -> tuple[float, float]:
        """The ends of the support; of every entry, for a distribution of vectors."""
        low, high = map(float, self.ends)
        return low, high

    def entropy(self) -> float:
        r"""Entropy of a discrete distribution, differential entropy of a continuous one, in nats.

        .. math:: H(P) = -\operatorname{E}_P \log p(X)

        Returns
        -------
        float
            The float nearest to the exact value.

        Raises
        ------
        NotImplementedError
            For the few discrete distributions whose entropy is a sum of more than 100,000 terms.
        OverflowError
            For an entropy beyond the largest float, as of a gamma distribution with shape 5e-324.

        Examples
        --------
        >>> from entropybook import families
        >>> families["uniform"](a=0, b=0.5).entropy()
        -0.6931471805599453
        """
        return nearest_float(self.entropy_interval, "the entropy of {}", self)

    def entropy_interval(self):
        """An interval around the entropy."""
        return self.family.entropy_interval(self.numbers) if self.certain_outcome is None else IV.zero

    def kl(self, other: "Distribution") -> float:
        r"""Kullback-Leibler divergence of `other` from this distribution, in nats; see `kl`.

        Parameters
        ----------
        other : Distribution
            The one for which the code is built.

        Returns
        -------
        float
            The divergence, at least 0; inf outside the support condition.

        Examples
        --------
        >>> from entropybook import families
        >>> families["uniform"](a=0, b=1).kl(families["uniform"](a=0, b=0.5))
        inf
        """
        return kl(self, other)

    def cross_entropy(self, other: "Distribution") -> float:
        r"""Cross-entropy of data from this distribution under a code built for `other`, in nats.

        .. math:: H(P, Q) = -\operatorname{E}_P \log q(X) = H(P) + D(P \| Q)

        Parameters
        ----------
        other : Distribution
            The one for which the code is built.

        Returns
        -------
        float
            The cross-entropy; inf where the divergence is.  Errors as for entropy and divergence.

        Examples
        --------
        >>> from entropybook import families
        >>> families["exponential"](rate=1).cross_entropy(families["exponential"](rate=2))
        1.3068528194400546
        """
        divergence = kl_interval(self, other)
        return nearest_float(
            lambda: self.entropy_interval() + divergence(), "the cross-entropy of {} and {}", self, other
        )

    def pdf(self, x: Any) -> float:
        """The density at x, or for a discrete distribution the probability of x.

        Parameters
        ----------
        x : real number, or list of real numbers
            A point; a list for distributions of vectors.

        Returns
        -------
        float
            The density: 0 outside the support, perhaps inf at its ends.

        Raises
        ------
        ValueError
            For nan, and in a corner of the simplex where a Dirichlet density has no limit.
        OverflowError
            For a finite density beyond the largest float.

        Examples
        --------
        >>> from entropybook import families
        >>> families["poisson"](rate=1).pdf(0), families["poisson"](rate=1).pdf(0.5)
        (0.36787944117144233, 0.0)
        """
        family, (low, high) = self.family, self.ends
        if family.has_vector_outcome:
            x = as_point(x, len(self.items[-1][1]))
            if math.inf in map(abs, x):
                return 0.0
        else:
            x = as_number("x", x)
            if x != x:
                raise ValueError("x = nan: must be a number")
            at_undefined_end = x == low and family.numerics.zero_at_lower_end
            if not low <= x <= high or abs(x) == math.inf or at_undefined_end:
                return 0.0
            if family.kind == "discrete" and x != int(x):
                return 0.0
        return nearest_float(lambda: family.pdf_interval(x, self.numbers), "the density of {} at {}", self, x)


# --- the divergence ----------------------------------------------------------------------------------------------


def kl(p: Distribution, q: Distribution) -> float:
    r"""Kullback-Leibler divergence of Q from P in closed form, in nats: data from P, code built for Q.

    .. math:: D(P \| Q) = \operatorname{E}_P \log \frac{p(X)}{q(X)}

    Parameters
    ----------
    p, q : Distribution
        Two distributions of one family, or of one of the ``families.pairs``.

    Returns
    -------
    float
        At least 0, and 0.0 for equal distributions.  inf where the support of P is not within that of Q, or the
        condition of the record does not hold.

    Raises
    ------
    TypeError
        For anything but distributions.
    ValueError
        For vectors of different lengths.
    NotImplementedError
        Where there is no closed form, saying what to use instead.
    OverflowError
        For a finite divergence beyond the largest float.

    References
    ----------
    The `source` of the record, a `Family` or a pair.

    Examples
    --------
    >>> from entropybook import families
    >>> families.kl(families["normal"](mu=0, sigma=1), families["laplace"](mu=0, b=1))
    0.07209320815813793
    """
    return nearest_float(kl_interval(p, q), "the divergence of {1} from {0}", p, q)


def kl_interval(p, q):
    """A function that computes an interval around D(p || q); the errors of `kl`."""
    for name, given in (("p", p), ("q", q)):
        if not isinstance(given, Distribution):
            example = 'families["normal"](mu=0, sigma=1)'
            raise TypeError(f"{name} must be a distribution, such as {example}, not {type(given).__name__}")
    of_one_family = p.family == q.family
    if of_one_family and any(_size(v) != _size(w) for (_, v), (_, w) in zip(p.items, q.items, strict=True)):
        raise ValueError(f"{p} and {q} have different numbers of entries")
    if of_one_family and p.items == q.items:
        return lambda: IV.zero
    if p.family.outcome is None and q.family.outcome is None:
        if p.certain_outcome is not None and q.family.kind == "discrete":
            return _surprisal(q, p.certain_outcome)
        if q.certain_outcome is not None or not (of_one_family or _is_nested(p, q)):
            return lambda: IV.inf
    record = p.family if of_one_family else RECORDS.get((p.family.name, q.family.name))
    if record and not record.has_finite_kl(p.numbers, q.numbers):
        return lambda: IV.inf
    if not record or not record.kl:
        raise _no_closed_form(p, q, record.why_no_kl if record else "")
    if any(p.parameters[name] != q.parameters[name] for name in record.shared_parameters):
        only = f"only for equal {', '.join(record.shared_parameters)} there is one"
        raise _no_closed_form(p, q, record.why_no_kl or only)
    return lambda: record.kl_interval(p.numbers, q.numbers)


def _size(value):
    return len(value) if isinstance(value, tuple) else 1


def _surprisal(q, outcome):
    """-log q(outcome), which is the divergence from what gives this outcome for certain."""
    low, high = q.ends
    if low <= outcome <= high and q.certain_outcome in (None, outcome):
        return lambda: -iv_log(q.family.pdf_interval(outcome, q.numbers))
    return lambda: IV.inf


def _is_nested(p, q):
    """Whether the support of p is within that of q, in the same kind of numbers."""
    (low, high), (other_low, other_high) = p.ends, q.ends
    return p.family.kind == q.family.kind and other_low <= low and high <= other_high


def _no_closed_form(p, q, why):
    instead = "kl_divergence of the probabilities" if p.family.kind == "discrete" else "kl_divergence_density"
    reason = f": {why}" if why else ""
    return NotImplementedError(f"D({p} || {q}) has no closed form here{reason}; use {instead}")
