"""Derivations as files.  That LaTeX, Beamer and Jupyter Book read them is tried by `make test-exports`."""

import json
import re

import goldens
import pytest
import sympy as sp
from goldens import OF_ALL_KINDS

from entropybook import derivations
from entropybook.derivation import Clause, Derivation, Step
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
        ((1 - x + x / n) * sp.log(y), r"\left(1 + \frac{x}{n} - x\right) \log y"),
        (sp.Sum(-p[i] - q[i], (i, 1, n)), r"- \sum_{i=1}^{n} \left(p_{i} + q_{i}\right)"),
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
        assert text.count(r"\quad\text{") == len(d.steps)  # a status each
        assert text.count(r"\begin{aligned}") + text.count(r"\begin{align*}") == len(d.chains)
        for step in d.steps:
            assert step.reason.split(".")[0].replace("%", r"\%") in text.replace("\\\\", "\\")


ALL_CELLS_RUN_IN_MAKE_TEST_EXPORTS = (
    "gibbs-inequality",
    "elbo-decomposition",
    "kraft-inequality",
    "label-smoothing-floor",
)


def cells(derivation):
    """The code cells of the exported notebook."""
    return [c["source"] for c in json.loads(derivation.to_notebook())["cells"] if c["cell_type"] == "code"]


@pytest.mark.parametrize("id", ALL_CELLS_RUN_IN_MAKE_TEST_EXPORTS)
def test_a_notebook_establishes_the_steps(id):
    names = {}
    for number, source in enumerate(cells(derivations[id])):
        exec(source, names)
        if number:
            claim = list(derivations[id].claims())[number - 1]
            for side, expected in ((names["left"], claim.lhs), (names["right"], claim.rhs)):
                assert side == expected or sp.simplify(side - expected) == 0
    assert number == len(derivations[id].steps)


@pytest.mark.parametrize(
    ("number", "old", "new", "error"),
    [
        (1, "Minimum(x, 1)", "Minimum(x, 2)", "not equal|NO SIGN"),
        (6, "(x + y)**2", "(x - y)**2", "not equal"),
        (7, "right = x**2", "right = 3*x**2", "not left > right"),
        (7, "gap = 2*x*y + y**2", "gap = 2*x*y", "not equal"),
        (7, "left = (x + y)**2", "left = x**2", "not left > right"),
        (8, "u - x*log(u/x) - x", "x*log(u/x) - u + x", "not left >= right"),
        (8, '{Symbol("x", positive=True): u/x}, x)', '{Symbol("x", positive=True): u/x}, -x)', "positive|not negative"),
    ],
)
def test_a_cell_fails_where_its_step_is_wrong(number, old, new, error):
    good, names = cells(OF_ALL_KINDS), {}
    exec(good[0], names)
    exec(good[number], names)
    assert old in good[number]
    with pytest.raises((AssertionError, names["prove_equal"].__globals__["ProofError"]), match=error):
        exec(good[number].replace(old, new, 1), names)


def test_the_sign_of_a_gap_is_established_in_its_cell():
    good, names = cells(OF_ALL_KINDS), {}
    exec(good[0], names)
    turned = good[7].replace("left = (x + y)**2", "left = x*(6 - x)").replace("right = x**2", "right = 0")
    turned = (
        turned.replace("gap = 2*x*y + y**2", "gap = x*(6 - x)")
        .replace("check(", "str(")
        .replace("prove_equal(", "str(")
    )
    with pytest.raises(TypeError):  # str is no check
        exec(turned, names)
    lines = [line for line in turned.splitlines() if not line.startswith("str(")]
    with pytest.raises(AssertionError):  # the gap has no sign: it is negative beyond 6
        exec("\n".join(lines), names)


@pytest.mark.parametrize("form", goldens.FILES)
def test_golden_files(form):
    expected = (goldens.FOLDER / f"of-all-kinds.{goldens.FILES[form]}").read_text(encoding="utf-8")
    assert FORMS[form]([OF_ALL_KINDS]) == expected


def test_words_of_each_form():
    """What the golden files say of each step, written down by hand."""
    text = FORMS["text"]([OF_ALL_KINDS])
    assert "(3)  < exp(-1)   where Ne(x, 1)   [proved]\n       Elsewhere less.\n" in text
    assert "Status: partly (checked: $e^{x} \\ge e x$; cited: $\\lambda^{2} \\ge 0$; in the text: the rest)." in text
    for form in ("markdown", "display", "latex"):
        rows = FORMS[form]([OF_ALL_KINDS])
        assert r" &\overset{(3)}{<} e^{-1} \quad (x \neq 1) &&\quad\text{proved}" in rows
        assert r"e^{x} &\overset{(4)}{\ge} e x &&\quad\text{checked}" in rows
        assert r"\lambda^{2} &\overset{(5)}{\ge} 0 &&\quad\text{cited}" in rows
    slides = FORMS["beamer"]([OF_ALL_KINDS])
    first = r"\uncover<1->{x^{2} + 2 x y + y^{2}} & \uncover<1->{\overset{(6)}{=} \left(x + y\right)^{2}}"
    second = r"\uncover<2->{\overset{(7)}{>} x^{2}} && \uncover<2->{\quad\text{proved}}"
    assert first in slides and second in slides and "\\only<1>{(6) Expand.}%\n\\only<2>{(7) Drop" in slides
    latex = FORMS["latex"]([OF_ALL_KINDS])
    assert r"\begin{theorem}[Steps of all kinds: 100 \% \& more]\label{of-all-kinds}" in latex
    assert r"A\_B, section 1; C \& D" in latex


def test_references_among_exported_theorems():
    both = [derivations["log-tangent-bound"], derivations["gibbs-inequality"]]
    assert "{prf:ref}`log-tangent-bound`" in FORMS["markdown"](both)
    assert "(`log-tangent-bound`)" in FORMS["markdown"](both[1:])
    assert r"theorem~\ref{log-tangent-bound}" in FORMS["latex"](both)


@pytest.mark.parametrize("sign", ["positive", "real"])  # the label of a[i] is real, too
def test_two_things_of_one_name_have_two_names_in_code(sign):
    one = sp.Symbol("a", **{sign: True})
    step = Step("=", 2 * sp.Sum(a[i], (i, 1, n)) * one, "So.", left=sp.Sum(2 * a[i], (i, 1, n)) * one)
    two = Derivation("two", "Two", (Clause("So.", in_text="it"),), (step,), "01_surprise")
    names = {}
    for source in cells(two):
        exec(source, names)
    assert names["a"] == one and names["a_2"] == a
    assert names["left"] == step.left and names["right"] == step.expression


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
