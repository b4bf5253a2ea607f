"""One derivation with steps of every kind, and the files that its exports must equal: tests/golden/.

The files are read by a person before they are committed.  After a change that is meant: python tests/goldens.py
"""

from pathlib import Path

import sympy as sp

from entropybook import derivations
from entropybook.derivation import Checked, Cited, Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.export import FORMS

FILES = {
    "text": "txt",
    "display": "display.md",
    "markdown": "md",
    "latex": "tex",
    "beamer": "beamer.tex",
    "notebook": "notebook.json",
}
FOLDER = Path(__file__).parent / "golden"

x, y, lam = sp.symbols("x y lambda", positive=True)
u = sp.Symbol("u", positive=True)
k = sp.Symbol("k", integer=True, positive=True)

LEMMA = Lemma(derivations["log-tangent-bound"], {x: u / x}, x)
OF_ALL_KINDS = Derivation(
    "of-all-kinds",
    "Steps of all kinds: 100 % & more",
    (
        "Let $x > 0$ and $0 < u < 1$, 100 % & more.",
        Clause(r"Then $f(x) \le e^{- 1}$,", (0,)),
        Clause("with equality if and only if $x = 1$,", (1, 2)),
        Clause(r"$e^{x} \ge e x$, and", (3,)),
        Clause(r"$\lambda^{2} \ge 0$.", (4,)),
        Clause("The rest follows.", in_text="the rest"),
    ),
    (
        Step("<=", sp.exp(-1), "The greatest value, at 1.", Minimum(x, 1), left=x * sp.exp(-x), name="f(x)"),
        Step("=", sp.exp(-1), "At 1.", left=(x * sp.exp(-x)).subs(x, 1), name="f(1)"),
        Step("<", sp.exp(-1), "Elsewhere less.", Minimum(x, 1), left=x * sp.exp(-x), name="f(x)", where=(sp.Ne(x, 1),)),
        Step(">=", sp.E * x, "Try.", Checked("SymPy is to be spared", tight={x: 1}), left=sp.exp(x)),
        Step(">=", 0, "Known.", Cited("A_B, section 1"), left=lam**2),
        Step("=", (x + y) ** 2, "Expand.", left=x**2 + 2 * x * y + y**2),
        Step(">", x**2, "Drop what is positive.", Gap(2 * x * y + y**2)),
        Step(">=", 0, "The lemma at $u/x$, times $x$.", LEMMA, left=u - x - x * sp.log(u / x)),
        Step("=", 4, "An example.", left=sp.Sum(k, (k, 1, 2)) + 1, example=True),
    ),
    "01_surprise",
    assumptions=("$x$ and $y$ are anything positive.",),
    zeros="At $x = 0$ it is 0.",
    sources=("A_B, section 1", "C & D"),
    domain={u: (0, 1)},
    names={u / x: "r"},
)  # fmt: skip


def main():
    for form, ending in FILES.items():
        (FOLDER / f"{OF_ALL_KINDS.id}.{ending}").write_text(FORMS[form]([OF_ALL_KINDS]), encoding="utf-8")


if __name__ == "__main__":
    main()
