"""Statements are bound to what is proved: a wrong edit is noticed, and the status of a theorem is derived from data."""

import re
from dataclasses import replace

import pytest
import sympy as sp

from entropybook import derivations
from entropybook.derivation import Checked, Cited, Clause, Derivation, DerivationError, Gap, Minimum, Reduction, Step
from entropybook.statements import complaints, plain, split

n, k = sp.symbols("n k", integer=True, positive=True)
x, u = sp.symbols("x u", positive=True)
z = sp.Symbol("z", real=True)
HALF = sp.Rational(1, 2)

STEPS = (
    Step(">=", 0, "By calculus.", Minimum(x, 1), left=x - 1 - sp.log(x), name="g(x)"),
    Step("=", 0, "At 1.", left=sp.S.Zero, name="g(1)"),
    Step(">", 0, "Elsewhere more.", Minimum(x, 1), left=x - 1 - sp.log(x), name="g(x)", where=(sp.Ne(x, 1),)),
    Step("=", x**2 + 2 * x + 1, "Expand.", left=(x + 1) ** 2, name="s"),
    Step(">", 2 * x, "Drop.", Gap(x**2 + 1)),
    Step("=", sp.oo, "The limit.", left=sp.Limit(u / x, x, 0, "+")),
)
CLAUSES = (
    "For $x > 0$ and $0 < u < 1$,",
    Clause(r"$g(x) = x - \log x - 1 \ge 0$,", (0,)),
    Clause("with equality if and only if $x = 1$,", (1, 2)),
    Clause(r"$s = (x + 1)^2 > 2 x$, so $2x < s$, and", (3,)),
    Clause(r"$r \to \infty$ as $x \to 0$.", (4,)),
)


def theorem(*clauses, steps=STEPS, **options):
    given = {"domain": {u: (0, 1)}, "names": {u / x: "r"}, "sources": ("here",)}
    return Derivation("a-theorem", "A theorem", clauses, steps, "01_surprise", **given | options)


def test_formulas_are_split_at_their_relations():
    assert split(r"D(P\,\|\,Q) \ge 0") == ([r"D(P\|Q)", "0"], [r"\ge"])
    assert split(r"\sum_{i=1}^{n} p_i \leq \log \left(1 - p_i\right) < 1")[1] == [r"\le", "<"]
    assert split(r"P(X = k)") == (["P(X=k)"], [])
    assert split(r"\left( x \right)") == (["(x)"], [])
    assert split(r"a \neq b")[1] == [r"\ne"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\frac12 \log x", r"\tfrac{1}{2} \, \log x"),
        (r"p_{i}", "p_i"),
        (r"e^{\mu}", r"e^\mu"),
        (r"\left(x + 1\right)^{2}", "(x+1)^2"),
        (r"\bigl( x \bigr)", "(x)"),
    ],
)
def test_spacing_does_not_matter(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("x + 1", "x - 1"), ("p_{ij}", "p_i j"), (r"\frac12", r"\frac21"), ("p_i", "p^i")]
)
def test_what_differs_stays_different(one, other):
    assert plain(one) != plain(other)


def test_a_true_statement_is_accepted():
    assert complaints(theorem(*CLAUSES)) == []
    assert theorem(*CLAUSES).verify().theorem == "proved"


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (0, "x > 0", "x < 0"),
        (0, "x > 0", r"x \ge 0"),
        (0, "x > 0", "x > 1"),
        (0, "< 1", "> 1"),
        (0, "< 1", "< 2"),
        (1, r"\ge", r"\le"),
        (1, r"\ge", ">"),
        (1, r"\ge", "="),
        (1, "x - ", "x + "),
        (1, "- 1", "- 2"),
        (1, r"\log x", r"\log u"),
        (1, r"\ge 0", r"\ge 1"),
        (2, "x = 1", r"x \ne 1"),
        (2, "x = 1", "x = 2"),
        (2, "x = 1", "u = 1"),
        (3, "2x < s", "2x > s"),
        (3, "> 2 x", r"\ge 2 x"),
        (3, "> 2 x", "> 3 x"),
        (3, "(x + 1)^2", "(x - 1)^2"),
        (3, "(x + 1)^2 >", "(x + 1)^2 ="),
        (4, r"\infty", r"-\infty"),
        (4, r"x \to 0", r"x \to 1"),
        (4, r"r \to", r"s \to"),
    ],
)
def test_a_wrong_formula_in_a_statement_is_noticed(number, old, new):
    clauses = list(theorem(*CLAUSES).clauses)
    assert old in clauses[number].text
    clauses[number] = replace(clauses[number], text=clauses[number].text.replace(old, new, 1))
    assert complaints(theorem(*clauses))
    with pytest.raises(DerivationError, match="no claim says"):
        theorem(*clauses).verify()


@pytest.mark.parametrize(
    ("clauses", "message"),
    [
        (("For all $x > 0$ it is equal to 42.",), "nothing is asserted"),
        ((Clause("It is equal to 42.", (0,)),), "no formula ties the claims to the words"),
        ((Clause("$x > 0$ it is.", (0,)),), "no formula ties the claims to the words"),
        ((Clause(r"$g(x) \ge 0$, and only so.", (0,)),), "no strict claim with a condition"),
        ((Clause("Equality if and only if $x = 1$.", (2,)),), "no equation stands behind"),
        ((Clause(r"$g(x) \ge 0$.", (1,)),), "no claim says"),
    ],
)
def test_what_binds_nothing_is_refused(clauses, message):
    with pytest.raises(DerivationError, match=message):
        theorem(*clauses).verify()


def test_a_chain_that_is_not_there():
    with pytest.raises(ValueError, match="a-theorem: there is no chain 9"):
        theorem(Clause("$x > 0$.", (9,)))


SQUARE = Step("=", x**2, "So.", left=x * x, name="s")
FIRST = Clause("$s = x^2$.", (0,))
TRIED = Step(">=", sp.E * x, "Try.", Checked("to try", tight={x: 1}), left=sp.exp(x))
KNOWN = Step(">=", 0, "Known.", Cited("A book, section 1"), left=z**2)


@pytest.mark.parametrize(
    ("clauses", "options", "status", "unproved"),
    [
        ((FIRST,), {}, "proved", ()),
        ((FIRST,), {"zeros": "At 0 it is 0."}, "proved, zeros in the text", ()),
        ((replace(FIRST, in_text="the end"),), {}, "partly", ("in the text: the end",)),
        ((FIRST, Clause("And so on.", in_text="the rest")), {}, "partly", ("in the text: the rest",)),
        ((Clause(r"$e^x \ge e x$.", (1,)),), {}, "checked", (r"checked: $e^x \ge e x$",)),
        ((Clause(r"$z^2 \ge 0$, and", (2,)),), {}, "cited", (r"cited: $z^2 \ge 0$",)),
        ((FIRST, Clause(r"$z^2 \ge 0$.", (2,))), {"zeros": "No."}, "partly", (r"cited: $z^2 \ge 0$",)),
    ],
)
def test_the_status_of_a_theorem(clauses, options, status, unproved):
    report = theorem(*clauses, steps=(SQUARE, TRIED, KNOWN), **options).verify()
    assert (report.theorem, report.unproved) == (status, unproved)
    assert report == theorem(*clauses, steps=(SQUARE, TRIED, KNOWN), **options).report()


def test_what_does_not_count():
    example = Step("=", 9, "For 3.", left=sp.Sum(k, (k, 2, 4)), example=True)
    same = Step("=", sp.log(4), "At once.", left=2 * sp.log(2))
    split_square = replace(SQUARE, left=(x + 1) ** 2 - 2 * x - 1)
    report = theorem(FIRST, steps=(split_square, example, replace(same, expression=2 * sp.log(2)))).verify()
    assert report.statuses == ("proved", "example", "evaluated")
    assert str(report) == "a-theorem: proved; steps: 1 proved"
    with pytest.raises(DerivationError, match="an example must be proved, and it is cited"):
        theorem(FIRST, steps=(SQUARE, replace(KNOWN, example=True))).verify()


# --- the library -----------------------------------------------------------------------------------------------

WEAK = [{">", r"\ge"}, {"<", r"\le"}]  # zeros in the text: both are assumed
RELATIONS = [r"\le", r"\ge", "<", ">", "=", r"\ne"]


def wrong_statements(derivation):
    """The derivation with one relation, sign or digit of its statement changed, one at a time."""
    for number, clause in enumerate(derivation.clauses):
        for found in re.finditer(r"\$[^$]*\$", clause.text):
            formula = found.group()
            if not split(formula)[1] or formula[1:-1] in derivation.stated:
                continue
            for sign in re.finditer(r"\\(?:le|ge|ne)(?![a-z])|[=<>]|(?<=[ }\w)]) [+-] |\d", formula):
                if "_{" in formula[: sign.start()] and formula[: sign.start()].rpartition("_{")[2].count("}") == 0:
                    continue  # an index: i = 1
                old = sign.group()
                others = (
                    RELATIONS
                    if old in RELATIONS
                    else {" + ": [" - "], " - ": [" + "]}.get(old, [str((int(old) + 1) % 10)] if old.isdigit() else [])
                )
                for new in others:
                    if new != old and not (derivation.zeros and {old, new} in WEAK):
                        changed = formula[: sign.start()] + new + " " * (new[0] == "\\") + formula[sign.end() :]
                        text = clause.text[: found.start()] + changed + clause.text[found.end() :]
                        clauses = list(derivation.clauses)
                        clauses[number] = replace(clause, text=text)
                        yield text, replace(derivation, clauses=tuple(clauses))


@pytest.mark.parametrize("id", derivations)
def test_a_wrong_edit_of_a_statement_is_noticed(id):
    tried = list(wrong_statements(derivations[id]))
    assert tried
    assert [text for text, wrong in tried if not complaints(wrong)] == []


@pytest.mark.parametrize("id", derivations)
def test_formulas_that_are_only_stated_stand_in_the_statement(id):
    d = derivations[id]
    assert [formula for formula in d.stated if f"${formula}$" not in d.statement] == []


def test_most_theorems_are_proved():
    statuses = [d.report().theorem for d in derivations.values()]
    assert sum(status.startswith("proved") for status in statuses) >= 50
    assert set(statuses) <= {"proved", "proved, zeros in the text", "partly"}
    assert sum(len(d.stated) for d in derivations.values()) <= 30


def test_the_reduction_of_an_equation_is_the_default():
    assert isinstance(SQUARE.proof, Reduction)


def test_a_clause_does_not_rest_on_an_example():
    nine = Step("=", 9, "For 3.", left=sp.Sum(k, (k, 2, 4)), name="S", example=True)
    assert complaints(theorem(Clause("Always $S = 9$.", (0,)), steps=(nine,))) == [
        "an example stands behind: Always $S = 9$."
    ]


@pytest.mark.parametrize("formula", ["17 s^9", r"\sum_i p_i^3", r"\log 2 x"])
def test_a_formula_without_a_relation_is_part_of_a_claim(formula):
    d = derivations["kl-term-series"]
    last = replace(d.clauses[-1], text=f"{d.clauses[-1].text} So it is ${formula}$.")
    assert complaints(replace(d, clauses=(*d.clauses[:-1], last))) == [f"${formula}$ is no part of a claim"]


def test_a_condition_has_one_text():
    d = derivations["gibbs-inequality"]
    conditions = d.conditions | {"p_k = q_k^2": next(iter(d.conditions.values()))}
    assert complaints(replace(d, conditions=conditions)) == ["one condition has several texts"]
