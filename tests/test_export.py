"""Derivations as files.  That LaTeX, Beamer and Jupyter Book read them is tried by `make test-exports`."""

import json
import re

import pytest
import sympy as sp

from entropybook import derivations
from entropybook.derivation import Checked, Cited, Derivation, Minimum, Step
from entropybook.export import FORMS, formula, tex
from entropybook.symbolic import Channel, Pmf, entropy, kl_divergence

i, j, k, n, m = sp.symbols("i j k n m", integer=True, positive=True)
x, y, lam = sp.symbols("x y lambda", positive=True)
z = sp.Symbol("z", real=True)
p, q, w = Pmf("p", n), Pmf("q", n), Channel("w", n, m)
a = sp.IndexedBase("a", shape=(n,), real=True)

# --- formulas --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (kl_divergence(p, q), r"\sum_{i=1}^{n} p_{i} \log \frac{p_{i}}{q_{i}}"),
        (-entropy(p), r"\sum_{i=1}^{n} p_{i} \log p_{i}"),
        (entropy(p, base=2), r"- \sum_{i=1}^{n} p_{i} \log_{2} p_{i}"),
        (sp.log(x) / sp.log(y), r"\log_{y} x"),
        (sp.log(x) / 2, r"\frac{1}{2} \log x"),
        (x * sp.log(x) / y, r"\frac{x}{y} \log x"),
        (-x * sp.log(1 - x), r"- x \log \left(1 - x\right)"),
        (x - 1 - sp.log(x), r"x - \log x - 1"),
        (1 / x, r"\frac{1}{x}"),
        (sp.log(1 / x), r"\log \frac{1}{x}"),
        (sp.log(x / y) * sp.log(y), r"\left(\log y\right) \log \frac{x}{y}"),
        (x * (1 - x), r"x \left(1 - x\right)"),
        (-(x + y) * 2, r"- 2 x - 2 y"),
        (-y * (x + 1), r"- y \left(x + 1\right)"),
        (2**-x, r"2^{- x}"),
        (x * sp.exp(-x), r"x e^{- x}"),
        (sp.frac(x), r"\left\{x\right\}"),
        (sp.log(sp.gamma(x)), r"\log \Gamma\left(x\right)"),
        (sp.log(2 * sp.pi * sp.E * x), r"\log \left(2 \pi e x\right)"),
        (sp.digamma(x) + sp.trigamma(x), r"\psi\left(x\right) + \psi^{(1)}\left(x\right)"),
        (Pmf("p_1", n)[i], r"{p_{1}}_{i}"),
        (sp.log(x) ** 2, r"\log^{2} x"),
        (x * sp.log(y) ** 2, r"x \log^{2} y"),
        (sp.log(x) ** 2 * sp.log(y), r"\left(\log^{2} x\right) \log y"),
        (sp.Sum(-(p[i] ** 2), (i, 1, n)), r"- \sum_{i=1}^{n} p_{i}^{2}"),
        (sp.Sum(p[i] * w[i, j], (i, 1, n), (j, 1, m)), r"\sum_{i=1}^{n} \sum_{j=1}^{m} p_{i} w_{i j}"),
        (sp.Sum(p[i] * w[i, j], (i, 1, j), (j, 1, m)), r"\sum_{j=1}^{m} \sum_{i=1}^{j} p_{i} w_{i j}"),
        (sp.Integral(x - 1, (x, 0, 1)), r"\int_{0}^{1} \left(x - 1\right) \, dx"),
        (sp.Sum(p[i], (i, 1, n)) * sp.log(sp.Sum(q[i], (i, 1, n))), "SUM"),
    ],
)
def test_formula(expression, expected):
    if expected == "SUM":
        expected = r"\left(\sum_{i=1}^{n} p_{i}\right) \log \left(\sum_{i=1}^{n} q_{i}\right)"
    assert tex(expression) == expected


def test_names_stand_for_parts():
    assert tex(sp.Sum(p[i], (i, 1, k)) * x, {sp.Sum(p[i], (i, 1, k)): "P_k"}) == "P_{k} x"


# --- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("id", derivations)
def test_every_derivation_in_every_form(form, id):
    d = derivations[id]
    text = FORMS[form]([d])
    assert "None" not in text and "Dummy" not in text and "  \n" not in text
    assert text.count("{") == text.count("}")
    if form in ("markdown", "latex", "beamer"):
        assert d.title in text
        assert text.count("overset") == len(d.steps)
        assert text.count(r"\begin{aligned}") + text.count(r"\begin{align*}") == len(d.chains)
        for step in d.steps:
            assert step.reason.split(".")[0].replace("%", r"\%") in text.replace("\\\\", "\\")


@pytest.mark.parametrize("id", derivations)
def test_a_notebook_establishes_the_steps(id):
    cells = [c["source"] for c in json.loads(derivations[id].to_notebook())["cells"] if c["cell_type"] == "code"]
    assert len(cells) == len(derivations[id].steps) + 1
    names = {}
    for number, source in enumerate(cells):
        exec(source, names)
        if number:
            claim = list(derivations[id].claims())[number - 1]
            for side, expected in ((names["left"], claim.lhs), (names["right"], claim.rhs)):
                assert side == expected or sp.simplify(side - expected) == 0


def test_a_notebook_fails_where_a_step_is_wrong():
    d = derivations["cross-entropy-decomposition"]
    good = [c["source"] for c in json.loads(d.to_notebook())["cells"] if c["cell_type"] == "code"]
    names = {}
    exec(good[0], names)
    with pytest.raises(names["prove_equal"].__globals__["ProofError"], match="not equal"):
        exec(good[1].replace("log(q[i])", "log(p[i])", 1), names)


OF_ALL_KINDS = Derivation(
    "of-all-kinds",
    "Steps of all kinds: 100 % & more",
    "For $x > 0$ it is so, 100 % & more.",
    (
        Step("<=", sp.exp(-1), "Because.", Minimum(x, 1), left=x * sp.exp(-x), name="f(x)"),
        Step(">=", sp.E * x, "Try.", Checked("to show it", tight={x: 1}), left=sp.exp(x)),
        Step(">=", lam * 0, "Known.", Cited("A_B, section 1"), left=lam**2),
    ),
    "01_surprise",
    sources=("A_B, section 1",),
)


def test_words_of_each_form():
    text = FORMS["text"]([OF_ALL_KINDS])
    assert "(1) <= exp(-1)\n       Because.\n       proved by SymPy\n" in text
    assert "checked at random points: to show it" in text
    assert "cited: A_B, section 1" in text
    latex = FORMS["latex"]([OF_ALL_KINDS])
    assert r"\begin{theorem}[Steps of all kinds: 100 \% \& more]\label{of-all-kinds}" in latex
    assert r"f(x) &= x e^{- x}\\" in latex and r" &\overset{(1)}{\le} e^{-1}" in latex
    assert r"A\_B, section 1" in latex
    assert "\\only<2>{(1) Because." in FORMS["beamer"]([OF_ALL_KINDS])
    notebook = json.loads(FORMS["notebook"]([OF_ALL_KINDS]))
    assert 'lambda_ = Symbol("lambda", positive=True)' in notebook["cells"][1]["source"]


def test_references_among_exported_theorems():
    both = [derivations["log-tangent-bound"], derivations["gibbs-inequality"]]
    assert "{prf:ref}`log-tangent-bound`" in FORMS["markdown"](both)
    assert "(`log-tangent-bound`)" in FORMS["markdown"](both[1:])
    assert r"theorem~\ref{log-tangent-bound}" in FORMS["latex"](both)


def test_one_name_for_two_things_is_refused():
    steps = (
        Step("=", a[i], "So.", left=a[i]),
        Step("=", sp.Symbol("a", positive=True), "So.", Cited("A book, page 1")),
    )
    with pytest.raises(ValueError, match="two: two different things are called a"):
        Derivation("two", "Two", "So.", steps, "01_surprise").to_notebook()


def test_methods():
    d = derivations["gibbs-inequality"]
    assert d.to_latex() == FORMS["latex"]([d])
    assert d.to_beamer() == FORMS["beamer"]([d])
    assert d.to_markdown() == FORMS["markdown"]([d])
    assert d.to_notebook() == FORMS["notebook"]([d])
    assert str(d) == FORMS["text"]([d])
    assert d._repr_markdown_() == FORMS["display"]([d])
    assert re.fullmatch(r"\{.*\}\n", d.to_notebook(), re.DOTALL)


def test_a_chain_in_one_line():
    gibbs = r"\sum_{i=1}^{n} p_{i} \log \frac{p_{i}}{q_{i}}"
    assert formula(derivations["gibbs-inequality"]) == rf"D(P\,\|\,Q) = {gibbs} \ge 0"
    assert formula(derivations["gibbs-inequality"], named=False) == rf"{gibbs} \ge 0"
    assert formula(derivations["log-tangent-bound"], 1) == r"x - \log x - 1 > 0 \quad (x \neq 1)"
