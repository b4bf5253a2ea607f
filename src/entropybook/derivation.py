"""Derivations: chains of equations and inequalities of which every step is established by the machine, or cited.

A `Derivation` states a theorem and has `steps`.  A `Step` claims that the expression before it stands in a relation
to its own: ``=``, ``<=``, ``>=``, ``<`` or ``>``.  What establishes the claim is the step's `proof`:

* `Reduction`: SymPy reduces the difference of the two sides to zero (`prove_equal`); the proof of every equation.
* `Gap`: the difference is a given expression, whose form shows that it is not negative.
* `Lemma`: the difference is that of another theorem's two sides, applied by substitution, with weights, in a sum;
  if that theorem is only checked or cited, so is the step.
* `Minimum`: by calculus, the derivative changes its sign at one place only; there stands the least (greatest) value.
* `Checked`: by random numbers alone; an inequality must also be seen to be an equation at a place that is named.
* `Cited`: by a proof in writing, with its source.

So an inequality holds with a known gap, and a step that claims less than it could is not established.  The first four
give the status `proved`, the others `checked` and `cited`.  Every step but a cited one is tried at random points too
(`find_counterexample`), also after SymPy said yes.

A theorem is `proved` if the claims of its steps, together, are its statement (`entropybook.statements` compares them);
`proved, zeros in the text` if so for positive probabilities; `partly` if a clause is in the written proof alone.
"""

import re
from collections import Counter
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cache
from importlib import import_module

import sympy as sp

from entropybook.symbolic import (
    Channel,
    Pmf,
    ProofError,
    axes,
    check,
    has_sign,
    is_real,
    prove_equal,
    require_sound,
    with_fresh_indices,
    with_plain_indices,
)

RELATIONS = {"=": sp.Eq, "<=": sp.Le, ">=": sp.Ge, "<": sp.Lt, ">": sp.Gt}
STATUSES = ("proved", "checked", "cited")  # of a step; those that do not count are "evaluated" or "example"
THEOREM_STATUSES = ("proved", "proved, zeros in the text", "partly", "checked", "cited")


class DerivationError(Exception):
    """A step that is false, or not established; the message names it and shows both sides and a counterexample."""


def _claim(left, relation, right):
    return RELATIONS[relation](left, right, evaluate=False)


# --- what establishes a step -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Reduction:
    """SymPy reduces the difference of both sides to zero."""

    def establish(self, claim, domain, where):
        if not isinstance(claim, sp.Eq):
            raise ProofError(f"{claim.rel_op} is not established by reducing a difference to zero; give another proof")
        prove_equal(claim.lhs, claim.rhs, domain=domain, where=where)
        return "proved"


@dataclass(frozen=True, eq=False)
class Gap:
    """The greater side minus the smaller one is `gap`, whose form shows that it is positive, or not negative."""

    gap: sp.Expr

    def establish(self, claim, domain, where):
        _require_inequality(claim)
        check(claim, domain=domain, where=where)
        prove_equal(claim.gts - claim.lts, self.gap, domain=domain, where=where)
        _require_sign(self.gap, domain, strict=isinstance(claim, sp.Lt | sp.Gt), where=where)
        return "proved"


@dataclass(frozen=True, eq=False)
class Lemma:
    """Another theorem with `at` in place of its variables, times a weight that is not negative, summed over limits.

    `at` maps symbols to expressions, and entries to a function of their index.  A theorem may have several claims, one
    a chain; `chain` says which.  `also` is a second lemma, to be added.
    """

    theorem: "Derivation"
    at: dict
    weight: sp.Expr = sp.S.One
    over: tuple = ()
    _: KW_ONLY
    chain: int = 0
    also: "Lemma | None" = None

    @property
    def gap(self):
        """What the greater side exceeds the smaller one by."""
        lemma, _ = self.theorem.claim(self.chain)
        gap = self.weight * (self._substitute(lemma.gts) - self._substitute(lemma.lts))
        gap = sp.Sum(gap, *self.over) if self.over else gap
        return gap + self.also.gap if self.also else gap

    def establish(self, claim, domain, where):
        _require_inequality(claim)
        check(claim, domain=domain, where=where)
        status = self._apply(claim, domain, where, strict=isinstance(claim, sp.Lt | sp.Gt))
        prove_equal(claim.gts - claim.lts, self.gap, domain=domain, where=where)
        return status

    def _apply(self, claim, domain, where, strict):
        """The status of what the theorem says; ProofError unless it says that the gap is positive, or not negative."""
        first = sum(len(chain) for chain in self.theorem.chains[: self.chain])
        used = self.theorem.verify().statuses[first : first + len(self.theorem.chains[self.chain])]
        lemma, conditions = self.theorem.claim(self.chain)
        _require_inequality(lemma)
        if strict and not isinstance(lemma, sp.Lt | sp.Gt):
            raise ProofError(f"{self.theorem.id} allows equality")
        self._require_variables(domain)
        _require_sign(sp.Sum(self.weight, *self.over) if self.over else self.weight, domain, strict)  # it has terms
        summed = {index for index, *_ in self.over}
        named = sp.Tuple(lemma.lhs, lemma.rhs, *conditions).free_symbols & set(self.theorem.domain)
        for variable, value in ({x: x for x in named} | self.at).items():
            self._admit(variable, value, domain)
        self._require_places(claim, domain, where)
        given = [condition.as_dummy() for condition in where if not condition.free_symbols & summed]
        for condition in map(self._substitute, conditions):
            if condition != sp.true and condition.as_dummy() not in given:
                raise ProofError(f"{self.theorem.id} holds where {condition}, and that is not given here")
        also = [self.also._apply(claim, domain, where, False)] if self.also else []
        return max((*used, *also), key=STATUSES.index)

    def _require_variables(self, domain):
        """Raise ProofError unless `at` gives values to variables of the theorem, each by itself."""
        conditions = (condition for step in self.theorem.steps for condition in step.where)
        sides = (side for claim in self.theorem.claims() for side in claim.args)
        theorem = sp.Tuple(*sides, *conditions, *self.theorem.domain)
        free = theorem.free_symbols | theorem.atoms(sp.IndexedBase)
        for variable, value in self.at.items():
            if variable not in free or not isinstance(variable, sp.Symbol | sp.IndexedBase):
                raise ProofError(f"{variable} is no variable of {self.theorem.id}")
            if not isinstance(variable, sp.IndexedBase):
                require_sound(sp.sympify(value), domain)

    def _admit(self, variable, value, domain):
        """Raise ProofError unless the value is one that the variable stands for."""
        if not isinstance(variable, sp.IndexedBase):
            _require_admissible(variable, sp.sympify(value), self.theorem.domain.get(variable, ()), domain)
            return
        places = [sp.Dummy(integer=True, positive=True) for _ in variable.shape]
        entry = sp.sympify(value(*places))
        _require_admissible(variable[tuple(places)], entry, (), domain)
        if isinstance(variable, Pmf):
            sizes = map(self._substitute, variable.shape)
            limits = [(place, 1, size) for place, size in zip(places, sizes, strict=True)]
            limits = limits[-1:] if isinstance(variable, Channel) else limits
            prove_equal(sp.Sum(entry, *limits), 1, domain=domain)

    def _require_places(self, claim, domain, where):
        """Raise ProofError unless each free index on an entry in the theorem is replaced by a place on that axis."""
        steps = self.theorem.chains[self.chain]
        theorem = sp.Tuple(steps[0].left, *(part for step in steps for part in (step.expression, *step.where)))
        known = axes(sp.Tuple(claim.lhs, claim.rhs, *where)) | {(i, size) for i, start, size in self.over if start == 1}
        for pair in axes(theorem):
            place, size = map(self._substitute, pair)
            on_axis = has_sign(size - place, domain) and has_sign(place - 1, domain)
            if (place, size) not in known and not on_axis:
                raise ProofError(f"{place} may be no place on an axis of {size}")

    def _substitute(self, expression):
        values = {sp.sympify(variable): value for variable, value in self.at.items()}
        entries = [variable for variable in values if isinstance(variable, sp.IndexedBase)]
        stand_ins = {x: sp.Dummy(**x.assumptions0) for x in values if x not in entries}  # all at the same time
        expression = sp.sympify(expression).replace(sp.Derivative, lambda *args: sp.Derivative(*args).doit(deep=False))
        expression = with_fresh_indices(expression).xreplace(stand_ins)
        bases = {base.xreplace(stand_ins): values[base] for base in entries}
        expression = expression.replace(
            lambda part: isinstance(part, sp.Indexed) and part.base in bases,
            lambda part: bases[part.base](*part.indices),
        )
        return with_plain_indices(
            expression.xreplace({stand_in: sp.sympify(values[x]) for x, stand_in in stand_ins.items()})
        )


@dataclass(frozen=True, eq=False)
class Minimum:
    """The other side is the value at `variable = at`, the least one (for <=, the greatest) of all.

    For the derivative is (variable - at) h, where h, found by SymPy, is positive by its form, or at least not negative;
    or the derivative is 0 there, and the second one is positive everywhere, or at least not negative.  The variable
    runs over an interval, `at` is in it, and the form of the side shows that it has no poles, jumps or kinks there.
    """

    variable: sp.Symbol
    at: sp.Expr

    def establish(self, claim, domain, where):
        x, at = self.variable, sp.sympify(self.at)
        _require_inequality(claim)
        if not isinstance(x, sp.Symbol) or x.is_integer or at.has(x):
            raise ProofError(f"{x} = {at} is not a value of a real variable")
        if x.is_nonzero and not (x.is_positive or x.is_negative):
            raise ProofError(f"{x} does not run over an interval")
        curve = claim.lhs if isinstance(claim, sp.Ge | sp.Gt) else -claim.lhs
        strict = isinstance(claim, sp.Lt | sp.Gt)
        check(claim, domain=domain, where=where)
        _require_admissible(x, at, domain.get(x, ()), domain)
        if not is_real(curve, domain, smooth=True):
            raise ProofError(f"the form of {curve} does not show that it is smooth, and so continuous")
        if strict and sp.Ne(x, at) not in where:
            raise ProofError(f"at {x} = {at} there is equality")
        prove_equal(claim.lhs.xreplace({x: at}), claim.rhs, domain=domain)
        slope = sp.diff(curve, x)
        ratio = sp.factor(sp.simplify(slope / (x - at)))
        prove_equal(slope, (x - at) * ratio, domain=domain)
        try:
            _require_sign(ratio, domain, strict)
        except ProofError:
            prove_equal(slope.xreplace({x: at}), 0, domain=domain)
            bend = sp.factor(sp.simplify(slope.diff(x)))
            prove_equal(slope.diff(x), bend, domain=domain)
            _require_sign(bend, domain, strict)
        return "proved"


@dataclass(frozen=True, eq=False)
class Checked:
    """Random numbers agree, and `why` SymPy cannot do more.  An inequality is an equation at the point `tight`."""

    why: str
    tight: dict | None = None

    def establish(self, claim, domain, where):
        check(claim, domain=domain, where=where)
        if not isinstance(claim, sp.Eq):
            if not self.tight:
                raise ProofError("an inequality that is only checked must name a point where it is tight")
            left, right = (_limit_at(side, self.tight) for side in (claim.lhs, claim.rhs))
            prove_equal(left, right, domain=domain)
        return "checked"


def _limit_at(expression, point):
    if not all(isinstance(x, sp.Symbol | sp.Indexed) for x in point):
        raise ProofError(f"{point} does not name a point: give a value to each variable")
    return with_fresh_indices(expression).xreplace({x: sp.sympify(value) for x, value in point.items()})


@dataclass(frozen=True, eq=False)
class Cited:
    """A proof in writing: `source` says where, to the page or section."""

    source: str

    def establish(self, claim, domain, where):
        return "cited"


def _require_inequality(claim):
    if isinstance(claim, sp.Eq):
        raise ProofError("an equation is established by a Reduction")


def _require_admissible(variable, value, interval, domain):
    """Raise ProofError unless the value has the sign of the variable, is as real and whole, and is in the interval."""
    for sign, known, strict in (
        (1, variable.is_nonnegative, variable.is_positive),
        (-1, variable.is_nonpositive, variable.is_negative),
    ):
        if known:
            _require_sign(sign * value, domain, strict=bool(strict))
    if variable.is_extended_real and not is_real(value, domain):
        raise ProofError(f"the form of {value} does not show that it is real")
    if variable.is_integer and not value.is_integer:
        raise ProofError(f"{variable} is an integer, and {value} may be otherwise")
    if variable.is_zero is False and not (
        value.is_zero is False or any(has_sign(sign * value, domain, strict=True) for sign in (1, -1))
    ):
        raise ProofError(f"{value} may be 0")
    for end, sign in zip(interval, (1, -1), strict=False):
        _require_sign(sign * (value - end), domain, strict=True)


def _require_sign(expression, domain, strict, where=()):
    """Raise ProofError unless the form of the expression shows that it is positive, or at least not negative."""
    if not has_sign(expression, domain, strict=strict, where=where):
        wanted = "positive" if strict else "not negative"
        raise ProofError(f"the form of {expression} does not show that it is {wanted}")


# --- derivations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Step:
    """One claim: what stands before it, or `left` where a new chain begins, is in `relation` to `expression`.

    `reason` says why in words, and `theorem` is the id of the theorem that it uses, if any.  `name` is what the left
    side is called, in LaTeX: a notation for it, and no claim.  `where` holds conditions, such as Ne(x, 1).  An
    `example` is proved, too, but does not count.
    """

    relation: str
    expression: sp.Expr
    reason: str
    proof: Reduction | Gap | Lemma | Minimum | Checked | Cited = Reduction()
    _: KW_ONLY
    theorem: str | None = None
    left: sp.Expr | None = None
    name: str = ""
    where: tuple = ()
    example: bool = False

    def __post_init__(self):
        if self.relation not in RELATIONS:
            raise ValueError(f"relation = {self.relation!r}: it must be one of {', '.join(RELATIONS)}")
        object.__setattr__(self, "where", tuple(self.where))
        object.__setattr__(self, "expression", sp.sympify(self.expression))
        object.__setattr__(self, "left", None if self.left is None else sp.sympify(self.left))
        if isinstance(self.proof, Lemma):
            object.__setattr__(self, "theorem", self.proof.theorem.id)


@dataclass(frozen=True, eq=False)
class Clause:
    """A part of a theorem's statement, and the numbers of the `chains` that establish it.

    Without any, and without `in_text`, it is a setting: it says what is given, and asserts nothing.  `in_text` names
    what of the clause is established by the written proof, and not by the steps.
    """

    text: str
    chains: tuple = ()
    in_text: str = ""

    @property
    def asserts(self):
        return bool(self.chains or self.in_text)


@dataclass(frozen=True)
class Report:
    """What `verify` found: one status a step, the status of the theorem, and what is not proved by the steps."""

    id: str
    statuses: tuple
    theorem: str
    unproved: tuple = ()

    @property
    def counts(self):
        """How many steps have which status; examples, and what SymPy evaluates before anything is proved, are none."""
        return Counter(status for status in self.statuses if status in STATUSES)

    @property
    def standing(self):
        """The status of the theorem, and in brackets what is not proved by the steps."""
        return self.theorem + (f" ({'; '.join(self.unproved)})" if self.unproved else "")

    def __str__(self):
        counts = ", ".join(f"{self.counts[status]} {status}" for status in STATUSES if self.counts[status])
        return f"{self.id}: {self.standing}; steps: {counts or 'none'}"


@dataclass(frozen=True, eq=False, repr=False)
class Derivation:
    """A theorem: its statement and assumptions in words (with LaTeX), its proof as steps, and where it is from.

    The statement is given as `clauses`: each a `Clause`, or text alone for what is a setting.  `conditions` maps what
    the statement says of the case of equality to the condition that excludes it, such as ``{"P = Q": Ne(q[k] / p[k],
    1)}``; `stated` lists formulas of the statement that no step is about, `zeros` says how zero probabilities are
    treated in the text.  `domain` maps symbols to the open intervals that they stand for, and `names` maps parts of the
    expressions to the LaTeX that is shown for them.  See `entropybook.derivations` for examples.
    """

    id: str
    title: str
    clauses: tuple
    steps: tuple
    chapter: str
    _: KW_ONLY
    assumptions: tuple = ()
    zeros: str = ""
    sources: tuple = ()
    domain: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    conditions: dict = field(default_factory=dict)
    stated: tuple = ()

    def __post_init__(self):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError(f"id = {self.id!r}: it must be words in small letters, joined by hyphens")
        if not self.steps or self.steps[0].left is None:
            raise ValueError(f"{self.id}: the first step has no left side")
        clauses = (self.clauses,) if isinstance(self.clauses, str) else self.clauses
        clauses = tuple(Clause(clause) if isinstance(clause, str) else clause for clause in clauses)
        object.__setattr__(self, "clauses", clauses)
        if unknown := {chain for clause in clauses for chain in clause.chains} - {*range(len(self.chains))}:
            raise ValueError(f"{self.id}: there is no chain {min(unknown)}")

    @property
    def statement(self):
        """The statement as one text."""
        return " ".join(clause.text for clause in self.clauses)

    @property
    def uses(self):
        """The ids of the theorems that the steps use."""
        return tuple(dict.fromkeys(step.theorem for step in self.steps if step.theorem))

    @property
    def chains(self):
        """The steps in groups, each of which begins with a left side of its own."""
        groups = []
        for step in self.steps:
            groups.append([step]) if step.left is not None else groups[-1].append(step)
        return groups

    def claim(self, chain=0):
        """What one chain shows of its first and last expression, and the conditions on it."""
        steps = self.chains[chain]
        kinds = {step.relation for step in steps} - {"="} or {"="}
        if len({kind[0] for kind in kinds}) > 1:
            raise ValueError(f"{self.id}: the relations {sorted(kinds)} do not add up to one")
        relation = min(kinds, key=len)  # a < b <= c: a < c
        conditions = tuple(dict.fromkeys(condition for step in steps for condition in step.where))
        return _claim(steps[0].left, relation, steps[-1].expression), conditions

    def claims(self):
        """Every step's relation, with both sides."""
        left = None
        for step in self.steps:
            left = left if step.left is None else step.left
            yield _claim(left, step.relation, step.expression)
            left = step.expression

    def with_step(self, number, expression):
        """A copy in which step `number`, counted from 0, has another expression."""
        changed = list(self.steps)
        changed[number] = replace(changed[number], expression=expression)
        return replace(self, steps=tuple(changed))

    def to_latex(self):
        """A LaTeX document with the theorem and its proof."""
        return _export("latex", self)

    def to_beamer(self):
        """LaTeX slides on which the steps appear one by one."""
        return _export("beamer", self)

    def to_markdown(self):
        """Markdown for a Jupyter Book."""
        return _export("markdown", self)

    def to_notebook(self):
        """A notebook, as JSON, whose cells establish the steps."""
        return _export("notebook", self)

    def __repr__(self):
        return f"<derivation {self.id}: {len(self.steps)} steps>"

    def __str__(self):
        return _export("text", self)

    def _repr_markdown_(self):
        return _export("display", self)

    def verify(self):
        """Establish every step, and return a `Report`; raise `DerivationError` at the first step that fails.

        It fails, too, where the statement says what its claims do not.
        """
        domain = tuple((variable, tuple(interval)) for variable, interval in self.domain.items())
        found = []
        for number, (step, claim) in enumerate(zip(self.steps, self.claims(), strict=True), start=1):
            try:
                found.append(_status(claim, step.proof, domain, step.where))
                if step.example and found[-1] != "proved":
                    raise ProofError(f"an example must be proved, and it is {found[-1]}")
            except (ProofError, ValueError) as problem:
                raise DerivationError(
                    f"{self.id}, step {number} of {len(self.steps)} ({step.reason}): {problem}\n"
                    f"  it claims {claim.lhs}\n  {step.relation} {claim.rhs}"
                ) from None
        if problems := _complaints(self):
            raise DerivationError(f"{self.id}: {'; '.join(problems)}")
        return self.report(found)

    def report(self, found=None):
        """What `verify` reports if nothing fails; `found` are the statuses of the steps, if they are known."""
        found = found or [_promised(step.proof) for step in self.steps]
        same = (
            status == "proved" and claim.lhs == claim.rhs for claim, status in zip(self.claims(), found, strict=True)
        )
        statuses = tuple(
            "example" if step.example else "evaluated" if evaluated else status
            for step, evaluated, status in zip(self.steps, same, found, strict=True)
        )
        return Report(self.id, statuses, *self._standing(statuses))

    def _standing(self, statuses):
        """The status of the theorem, and the clauses that the steps do not prove."""
        left = iter(statuses)
        of_chain = [{status for _, status in zip(chain, left, strict=False)} for chain in self.chains]
        found, unproved, in_text = set(), [], {}
        for clause in filter(lambda clause: clause.asserts, self.clauses):
            reached = set().union(*(of_chain[chain] for chain in clause.chains))
            worst = next((status for status in ("cited", "checked") if status in reached), "proved")
            found.add("partly" if clause.in_text else worst)
            if clause.in_text:
                in_text[clause.in_text] = None
            elif worst != "proved":
                unproved.append(f"{worst}: {re.sub('[ ,.;:]*(and)?$', '', clause.text)}")
        if in_text:
            unproved.append(f"in the text: {'; '.join(in_text)}")
        status = found.pop() if len(found) == 1 else "partly"
        if status == "proved":
            return "proved, zeros in the text" if self.zeros else "proved", ()
        return status, tuple(unproved)


def _above(module):
    """A module that stands above this one: it is only asked when a derivation is written or verified."""
    return import_module(f"entropybook.{module}")


def _export(form, derivation):
    return _above("export").FORMS[form]([derivation])


@cache
def _complaints(derivation):
    return _above("statements").complaints(derivation)


def _promised(proof):
    """The status that a proof gives if it does not fail."""
    if isinstance(proof, Checked | Cited):
        return type(proof).__name__.lower()
    if not isinstance(proof, Lemma):
        return "proved"
    steps = proof.theorem.chains[proof.chain]
    return max((_promised(p) for p in [*(s.proof for s in steps), *filter(None, [proof.also])]), key=STATUSES.index)


@cache
def _status(claim, proof, domain, where):
    """The status of a claim; remembered, as theorems are used more than once."""
    return proof.establish(claim, dict(domain), where)
