"""Derivations as text, LaTeX, Beamer slides, Markdown for a Jupyter Book, and notebooks.

Each of `FORMS` takes a list of derivations and returns the text of one file.
"""

import json
import keyword
import re
from collections import Counter

import sympy as sp
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from entropybook.derivation import Checked, Cited, Gap, Lemma, Minimum, Reduction
from entropybook.symbolic import Pmf, symbols_in

SIGNS = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}


# --- formulas --------------------------------------------------------------------------------------------------


class _Printer(LatexPrinter):
    """LaTeX as a textbook has it: p log(p/q), a sign for every sum, logarithms to a base, minus signs in front."""

    def _print_Mul(self, expr):
        if _is_negative(expr):
            return "- " + self._factor(-expr)
        factors = sp.Mul.make_args(expr)
        below = [f for f in factors if isinstance(f, sp.Pow) and f.exp.is_negative and f.exp.is_number]
        factors = [f for f in factors if f not in below]
        coefficient, factors = sp.Mul(*(f for f in factors if f.is_Rational)), [f for f in factors if not f.is_Rational]
        factors, below = [sp.Integer(coefficient.p), *factors], [*(1 / f for f in below), sp.Integer(coefficient.q)]
        for logarithm in below:
            holders = [f for f in factors if isinstance(f, sp.log | sp.Sum) and _is_linear_in_logs(f)]
            if isinstance(logarithm, sp.log) and len(holders) == 1:  # log x / log b, or a sum of such terms
                below.remove(logarithm)
                factors.remove(holders[0])
                factors.append(holders[0].replace(sp.log, lambda x, base=logarithm.args[0]: _LogTo(base, x)))
        if all(f == 1 for f in below):
            return self._product(factors)
        tall = [f for f in factors if isinstance(f, _TALL) and f.has(sp.log, _LogTo)]
        fraction = rf"\frac{{{self._product([f for f in factors if f not in tall])}}}{{{self._product(below)}}}"
        return f"{fraction} {self._product(tall)}" if tall else fraction

    def _product(self, factors):
        def place(factor):
            kinds = (
                sp.Number | sp.NumberSymbol,
                sp.Symbol | sp.Indexed | sp.Pow | sp.exp,
                sp.Add,
                sp.Sum | sp.Integral,
            )
            rank = next((number for number, kind in enumerate(kinds) if isinstance(_bare(factor), kind)), len(kinds))
            return rank, len(getattr(factor, "indices", ())), factor == sp.E, sp.default_sort_key(factor)

        ordered = sorted((f for f in factors if f != 1), key=place)
        if len(ordered) < 2:
            return self._print(ordered[0]) if ordered else "1"
        last = ordered.pop()
        texts = [
            (r"\left(%s\right)" if isinstance(_bare(f), (sp.Add, *_TALL)) else "%s") % self._print(f) for f in ordered
        ]
        return " ".join([*texts, self._factor(last)])

    def _factor(self, expr):
        return rf"\left({self._print(expr)}\right)" if isinstance(expr, sp.Add) else self._print(expr)

    def _print_Add(self, expr, order=None):
        terms = sorted(self._as_ordered_terms(expr, order=order), key=_is_negative)
        text = self._print(terms[0])
        for term in terms[1:]:
            text += f" - {self._factor(-term)}" if _is_negative(term) else f" + {self._print(term)}"
        return text

    def _print_Symbol(self, expr, style="plain"):
        return re.sub(r"_\{(\w+) (\w+)\}", r"_{\1,\2}", super()._print_Symbol(expr, style=style))

    def _print_Sum(self, expr):
        signs = [rf"\sum_{{{self._print(x)}={self._print(a)}}}^{{{self._print(b)}}}" for x, a, b in expr.limits]
        if {x for x, _, _ in expr.limits} & sp.Tuple(*(end for _, *ends in expr.limits for end in ends)).free_symbols:
            signs.reverse()  # the last limit is that of the outermost sum, and here the order matters
        return " ".join([*signs, self._factor(expr.function)])

    def _print_Integral(self, expr):
        signs = [rf"\int_{{{self._print(a)}}}^{{{self._print(b)}}}" for _, a, b in expr.limits]
        variables = [rf"\, d{self._print(x)}" for x, _, _ in expr.limits]
        return " ".join([*reversed(signs), self._factor(expr.function), *variables])

    def _print_log(self, expr, exp=None):
        return self._logarithm(r"\log", expr.args[0], exp)

    def _print__LogTo(self, expr, exp=None):
        return self._logarithm(rf"\log_{{{self._print(expr.args[0])}}}", expr.args[1], exp)

    def _logarithm(self, name, argument, exp):
        name = f"{name}^{{{exp}}}" if exp else name
        text = self._print(argument)
        kinds = sp.Symbol | sp.Indexed | sp.Integer | sp.NumberSymbol | sp.gamma | sp.Determinant
        bare = isinstance(argument, kinds) or _is_one_fraction(text)
        return f"{name} {text}" if bare else rf"{name} \left({text}\right)"

    def _print_frac(self, expr, exp=None):
        return rf"\left\{{{self._print(expr.args[0])}\right\}}"

    def _print_polygamma(self, expr, exp=None):
        order, argument = expr.args
        name = r"\psi" if order == 0 else rf"\psi^{{({self._print(order)})}}"
        return rf"{name}\left({self._print(argument)}\right)"

    def _print_Determinant(self, expr, exp=None):
        return rf"\det {self._print(expr.arg)}"

    def _print_Indexed(self, expr):
        base = self._print(expr.base)
        base = f"{{{base}}}" if "_" in base else base  # p_1, say
        return f"{base}_{{{' '.join(map(self._print, expr.indices))}}}"


class _LogTo(sp.Function):
    """The logarithm to a base, for display only."""

    nargs = 2


_TALL = (sp.log, _LogTo, sp.Sum, sp.Integral, sp.Limit, sp.Derivative)  # brackets, if something follows


def _is_linear_in_logs(expr):
    """Whether each term is a logarithm times something without any."""
    inner, factor = expr.function if isinstance(expr, sp.Sum) else expr, sp.Dummy()
    return expr.has(sp.log) and sp.expand(inner.replace(sp.log, lambda x: factor * sp.log(x)) - factor * inner) == 0


def _is_negative(expr):
    """Whether a minus sign stands in front of an expression, or of each of its terms."""
    if isinstance(expr, sp.Add):
        return all(map(_is_negative, expr.args))
    return bool(expr.as_coeff_Mul()[0].is_negative)


def _bare(factor):
    """A logarithm for a power of it; else the factor itself."""
    return factor.base if isinstance(factor, sp.Pow) and isinstance(factor.base, sp.log) else factor


def _is_one_fraction(text):
    r"""Whether the text is \frac{...}{...} and no more."""
    if not text.startswith(r"\frac{"):
        return False
    depth, groups = 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        groups += sign == "}" and depth == 0
        if groups == 2:
            return place == len(text) - 1
    return False


def _minus_in_front(expr):
    """Sums and integrals of -f as minus the sum or integral of f."""

    def turn(whole):
        return -whole.func(-whole.function, *whole.limits)

    def negative(part):
        return isinstance(part, sp.Sum | sp.Integral) and _is_negative(part.function)

    return expr.replace(negative, turn) if any(map(negative, sp.preorder_traversal(expr))) else expr


def tex(expression, names=None):
    """The LaTeX of an expression; `names` maps parts of it to the LaTeX that is to stand for them."""
    named = {part: sp.Symbol(name, positive=True) for part, name in (names or {}).items()}
    if isinstance(expression, sp.Rel):
        expression = expression.func(*(side.xreplace(named) for side in expression.args), evaluate=False)
    return _Printer().doprint(_minus_in_front(expression.xreplace(named)))


# --- the parts of a text ---------------------------------------------------------------------------------------


def _rows(derivation):
    """Each chain of the derivation as rows of LaTeX: left, relation, right, and the number and status of the step."""
    marks = enumerate(derivation.verify().statuses, start=1)
    for chain in derivation.chains:
        left, name = tex(chain[0].left, derivation.names), chain[0].name
        rows = [] if not name or name == left else [(name, "=", left, None, "")]
        for step in chain:
            right = tex(step.expression, derivation.names)
            right += "".join(rf" \quad ({tex(condition, derivation.names)})" for condition in step.where)
            rows.append(("" if rows else left, SIGNS[step.relation], right, *next(marks)))
        if len(rows) > 1 and rows[0][2] == rows[1][2] and rows[1][1] == "=":  # 0 = 0: SymPy knew it at once
            rows[:2] = [(name, "=", *rows[1][2:])]
        yield rows


def formula(derivation, chain=0, *, named=True):
    """What a chain shows of its first and last expression, as one line of LaTeX, with or without names."""
    claim, conditions = derivation.claim(chain)
    left, right = (tex(side, derivation.names if named else {}) for side in (claim.lhs, claim.rhs))
    parts = [derivation.chains[chain][0].name if named else None, left, right]
    *first, last = dict.fromkeys(part for part in parts if part)
    sign = "=" if left == right else SIGNS[claim.rel_op.replace("==", "=")]
    line = f"{' = '.join(first)} {sign} {last}" if first else last
    return line + "".join(rf" \quad ({tex(condition, derivation.names)})" for condition in conditions)


def _row(left, sign, right, number, status):
    """The parts of a line: left side, relation with the number of its step, right side with its status."""
    marked = rf"\overset{{({number})}}{{{sign}}}" if number else sign
    return left, marked, rf"{right} &&\quad\text{{{status}}}" if status else right


def _aligned(rows):
    """Rows as an aligned environment."""
    lines = "\\\\\n".join("{} &{} {}".format(*_row(*row)) for row in rows)
    return f"\\begin{{aligned}}\n{lines}\n\\end{{aligned}}"


def _reasons(derivation):
    """For every step its reason, the theorem it uses, and its source, or why it is only checked."""
    for step in derivation.steps:
        note = f"Source: {step.proof.source}." if isinstance(step.proof, Cited) else ""
        note = f"Only checked: {step.proof.why}." if isinstance(step.proof, Checked) else note
        yield step.reason, step.theorem, note


def _before(derivation):
    """What is said before the steps: assumptions, zeros, and what the names stand for."""
    names = _definitions(derivation)
    written = [f"Write ${'$, $'.join(names)}$."] if names else []
    return [*derivation.assumptions, *filter(None, [derivation.zeros]), *written]


def standing(report):
    """The status of a theorem in a sentence."""
    return f"Status: {report.standing}."


def _definitions(derivation):
    """What the names stand for, as LaTeX."""
    shown = sp.Tuple(*derivation.claims())
    letters = {part: name for part, name in derivation.names.items() if part.is_Symbol}
    parts = {part: name for part, name in derivation.names.items() if part not in letters}
    names = [f"{name} = {tex(part, letters)}" for part, name in parts.items() if shown.has(part)]
    deltas = sorted(shown.atoms(sp.KroneckerDelta), key=sp.default_sort_key)[:1]
    return names + [
        rf"{tex(d, letters)} = 1 \text{{ for }} {' = '.join(tex(x, letters) for x in d.args)}, \text{{ else }} 0"
        for d in deltas
    ]


# --- plain text ------------------------------------------------------------------------------------------------


def text(derivations):
    """Plain text for a terminal, with the expressions as SymPy writes them."""
    parts = []
    for d in derivations:
        report = d.verify()
        lines = [f"{d.id} ({d.chapter})", d.title, "", d.statement, *_before(d), standing(report)]
        for number, (step, claim, status, (reason, theorem, note)) in enumerate(
            zip(d.steps, d.claims(), report.statuses, _reasons(d), strict=True), start=1
        ):
            if step.left is not None:
                lines += ["", f"      {claim.lhs}"]
            where = "".join(f"   where {condition}" for condition in step.where)
            lines += [f"({number}) {step.relation:>2} {claim.rhs}{where}   [{status}]"]
            lines += [f"       {reason}{f' [{theorem}]' if theorem else ''}{f' {note}' if note else ''}"]
        lines += ["", *(f"Source: {source}" for source in d.sources)]
        parts.append("\n".join(lines))
    return "\n\n\n".join(parts) + "\n"


# --- Markdown --------------------------------------------------------------------------------------------------


def _proof(derivation, reference):
    """The proof in Markdown: assumptions, the chains, the numbered reasons, and the status of the theorem."""
    chains = [f"$$\n{_aligned(rows)}\n$$" for rows in _rows(derivation)]
    reasons = [
        f"{number}. {reason}{f' ({reference(theorem)})' if theorem else ''}{f' *{note}*' if note else ''}"
        for number, (reason, theorem, note) in enumerate(_reasons(derivation), start=1)
    ]
    before = [" ".join(_before(derivation))] if _before(derivation) else []
    return "\n\n".join([*before, *chains, "\n".join(reasons), f"*{standing(derivation.verify())}*"])


def display(derivations):
    """Markdown for the output of a notebook's cell."""
    return "\n\n".join(_proof(d, lambda theorem: f"`{theorem}`") for d in derivations)


def markdown(derivations):
    """Markdown for another Jupyter Book: a prf:theorem and a prf:proof for each derivation."""
    ids = {d.id for d in derivations}
    parts = ["# " + (derivations[0].title if len(derivations) == 1 else "Derivations")]
    for d in derivations:
        proof = _proof(d, lambda theorem: f"{{prf:ref}}`{theorem}`" if theorem in ids else f"`{theorem}`")
        source = "; ".join(d.sources)
        parts += [
            f":::{{prf:theorem}} {d.title}\n:label: {d.id}\n{d.statement}\n:::",
            f"::::{{prf:proof}}\n{proof}\n::::" + (f"\n\nSource: {source}." if source else ""),
        ]
    return "\n\n".join(parts) + "\n"


# --- LaTeX -----------------------------------------------------------------------------------------------------


def _latex_text(text):
    """Plain text with $formulas$ as LaTeX."""
    parts = re.split(r"(\$[^$]*\$)", text)
    return "".join(part if part.startswith("$") else re.sub(r"([%&#_])", r"\\\1", part) for part in parts)


LATEX = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage[a4paper, margin=25mm]{geometry}
\usepackage{amsmath, amssymb, amsthm, graphicx}
\newtheorem{theorem}{Theorem}
\newsavebox{\chain}
\newcommand{\fitted}[1]{%% a formula, made smaller where it is wider than the page
  \sbox{\chain}{$\displaystyle #1$}%%
  \ifdim\wd\chain>\linewidth \resizebox{\linewidth}{!}{\usebox{\chain}}\else \usebox{\chain}\fi}
\emergencystretch=6em
\begin{document}

%s

\end{document}
"""


def latex(derivations):
    """A LaTeX document of theorems and their proofs."""
    ids = {d.id for d in derivations}
    parts = []
    for d in derivations:
        chains = [f"\\[\n\\fitted{{{_aligned(rows)}}}\n\\]" for rows in _rows(d)]
        reasons = []
        for reason, theorem, note in _reasons(d):
            used = f" (theorem~\\ref{{{theorem}}})" if theorem in ids else f" ({theorem})" if theorem else ""
            reasons.append(f"\\item {_latex_text(reason)}{used}{f' {_latex_text(note)}' if note else ''}")
        items = "\n".join(reasons)
        source = f"\n\n\\noindent Source: {_latex_text('; '.join(d.sources))}." if d.sources else ""
        parts.append(
            f"\\begin{{theorem}}[{_latex_text(d.title)}]\\label{{{d.id}}}\n{_latex_text(d.statement)}\n\\end{{theorem}}\n\n"
            f"\\begin{{proof}}\n{_latex_text(' '.join(_before(d)))}\n" + "\n".join(chains) + "\n"
            f"\\begin{{enumerate}}\n\\renewcommand{{\\labelenumi}}{{(\\arabic{{enumi}})}}\n{items}\n\\end{{enumerate}}\n"
            f"\\emph{{{_latex_text(standing(d.verify()))}}}\n\\end{{proof}}{source}"
        )
    return LATEX % "\n\n".join(parts)


BEAMER = r"""\documentclass[aspectratio=169]{beamer}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{amsmath, amssymb, graphicx}
\setbeamertemplate{navigation symbols}{}
\newsavebox{\chain}
\newcommand{\fitted}[1]{%% a formula, made smaller where it is wider than the slide
  \sbox{\chain}{$\displaystyle #1$}%%
  \ifdim\wd\chain>\linewidth \resizebox{\linewidth}{!}{\usebox{\chain}}\else \usebox{\chain}\fi}
\begin{document}

%s

\end{document}
"""


def beamer(derivations):
    """LaTeX slides: the statement, then a slide a chain, on which the steps and their reasons appear one by one."""
    frames = []
    for d in derivations:
        reasons = list(_reasons(d))
        before = [*_before(d), standing(d.verify())]
        frames.append(
            f"\\begin{{frame}}{{{_latex_text(d.title)}}}\n\\begin{{theorem}}\n{_latex_text(d.statement)}\n\\end{{theorem}}\n"
            + "".join(f"\n{{\\small {_latex_text(line)}\\par}}\n" for line in before)
            + f"\n{{\\footnotesize Source: {_latex_text('; '.join(d.sources))}\\par}}\n\\end{{frame}}"
        )
        for rows in _rows(d):
            lines, notes = [], []
            for slide, row in enumerate(rows, start=1):
                left, marked, right = _row(*row)
                right, _, status = right.partition(" &&")
                lines.append(rf"\uncover<{slide}->{{{left}}} & \uncover<{slide}->{{{marked} {right}}}")
                lines[-1] += rf" && \uncover<{slide}->{{{status}}}" if status else ""
                if number := row[3]:
                    reason, theorem, note = reasons[number - 1]
                    used = (f" ({theorem})" if theorem else "") + (f" {_latex_text(note)}" if note else "")
                    notes.append(f"\\only<{slide}>{{({number}) {_latex_text(reason)}{used}}}%")
            chain = "\\\\[1ex]\n".join(lines)
            frames.append(
                f"\\begin{{frame}}{{{_latex_text(d.title)}}}\n"
                f"\\fitted{{\\begin{{aligned}}\n{chain}\n\\end{{aligned}}}}\n\n\\bigskip\n"
                + "\n".join(notes)
                + "\n\\end{frame}"
            )
    return BEAMER % "\n\n".join(frames)


# --- notebooks -------------------------------------------------------------------------------------------------


class _CodePrinter(StrPrinter):
    """An expression as Python code, after `from sympy import *`; `names` are those of the symbols and bases."""

    printmethod = None  # an Indexed would print itself

    def __init__(self, names):
        super().__init__()
        self._names = names

    def _print_Symbol(self, expr):
        side = expr.name in ("+", "-", "+-")  # from which a limit comes
        return expr.name if side else self._names.get(expr) or _python_name(expr.name)

    def _print_Rational(self, expr):
        return f"Rational({expr.p}, {expr.q})"

    def _print_Integer(self, expr):
        return str(expr.p)

    def _print_Indexed(self, expr):
        return f"{self._names[expr.base]}[{', '.join(map(self._print, expr.indices))}]"


def _python_name(name):
    """An identifier that hides nothing: lambda_ for lambda, gamma_ for gamma."""
    name = re.sub(r"\W", "_", name)
    return f"{name}_" if keyword.iskeyword(name) or hasattr(sp, name) else name


def _names_in_code(derivation):
    """A name for every symbol and base of the derivation, sizes before the distributions that have them."""
    proofs = [step.proof.gap for step in derivation.steps if isinstance(step.proof, Gap | Lemma)]
    everything = sp.Tuple(*derivation.claims(), *proofs, *(c for step in derivation.steps for c in step.where))
    bases = everything.atoms(sp.IndexedBase)
    symbols = symbols_in(everything) - {sp.Symbol(side) for side in ("+", "-", "+-")}
    names, taken = {}, Counter()
    for variable in [*sorted(symbols, key=sp.srepr), *sorted(bases, key=sp.srepr)]:
        name = _python_name(getattr(variable, "label", variable).name)
        taken[name] += 1
        names[variable] = name if taken[name] == 1 else f"{name}_{taken[name]}"  # two things that the page calls p
    return names


def _created(variable, code):
    """Code that creates a symbol or a base."""
    if isinstance(variable, sp.Symbol):
        assumptions = "".join(f", {name}={value}" for name, value in sorted(variable._assumptions_orig.items()))
        return f'Symbol("{variable.name}"{assumptions})'
    shape = ", ".join(map(code, variable.shape))
    if isinstance(variable, Pmf):
        return f'{type(variable).__name__}("{variable.label.name}", {shape})'
    sign = "positive" if variable.label.is_positive else "real"
    return f'IndexedBase("{variable.label.name}", shape=({shape},), {sign}=True)'


def _lemma_in_code(lemma, code):
    """A Lemma as code; the variables of its theorem are created where they are replaced."""
    at = []
    for variable, value in lemma.at.items():
        if isinstance(variable, sp.IndexedBase):
            places = sp.symbols(f"place_:{len(variable.shape)}", integer=True, positive=True)
            value = f"lambda {', '.join(map(code, places))}: {code(sp.sympify(value(*places)))}"
            created = _created(variable, lambda size: _created(size, code) if size.is_Symbol else code(size))
        else:
            created, value = _created(sp.sympify(variable), code), code(sp.sympify(value))
        at.append(f"{created}: {value}")
    over = f", over={code(list(map(tuple, lemma.over)))}" if lemma.over else ""
    also = f", also={_lemma_in_code(lemma.also, code)}" if lemma.also else ""
    chain = f", chain={lemma.chain}" if lemma.chain else ""
    theorem = f'derivations["{lemma.theorem.id}"]'
    return f"Lemma({theorem}, {{{', '.join(at)}}}, {code(sp.sympify(lemma.weight))}{over}{chain}{also})"


_RELATION_CODE = {"=": "Eq", "<=": "Le", ">=": "Ge", "<": "Lt", ">": "Gt"}


def _establishing(step, claim, code):
    """Lines of code that establish a step: its two sides, what is tried, and what is proved."""
    where = f"({', '.join(map(code, step.where))},)" if step.where else "()"
    yield from (f"left = {code(claim.lhs)}", f"right = {code(claim.rhs)}")
    proof = step.proof
    if not isinstance(proof, Reduction):
        yield f"claim = {_RELATION_CODE[step.relation]}(left, right, evaluate=False)"
    if isinstance(proof, Reduction):
        yield f"prove_equal(left, right, domain=domain, where={where})"
    elif isinstance(proof, Checked):
        yield f"check(claim, domain=domain, where={where})"
    elif isinstance(proof, Gap):
        great, small = ("left", "right") if step.relation.startswith(">") else ("right", "left")
        yield f"gap = {code(proof.gap)}"
        yield f"check(claim, domain=domain, where={where})"
        yield f"prove_equal({great} - ({small}), gap, domain=domain, where={where})"
        yield f"assert has_sign(gap, domain, strict={step.relation in ('<', '>')}, where={where})"
    elif isinstance(proof, Lemma):
        yield f"lemma = {_lemma_in_code(proof, code)}"
        yield f"lemma.establish(claim, domain, {where})  # the sides differ by lemma.gap, and it has this sign"
    elif isinstance(proof, Minimum):
        yield f"minimum = Minimum({code(proof.variable)}, {code(sp.sympify(proof.at))})"
        yield f"minimum.establish(claim, domain, {where})  # the slope changes its sign there, and nowhere else"


def _cells(derivation):
    """The cells of a notebook: Markdown, or code that establishes a step by itself."""
    yield "markdown", f"# {derivation.title}\n\n{derivation.statement}\n\n" + "\n".join(_before(derivation))
    names = _names_in_code(derivation)
    code = _CodePrinter(names).doprint
    definitions = [f"{name} = {_created(variable, code)}" for variable, name in names.items()]
    domain = ", ".join(
        f"{names[x]}: ({code(sp.sympify(a))}, {code(sp.sympify(b))})"
        for x, (a, b) in derivation.domain.items()
        if x in names
    )
    imports = (
        "from sympy import *",
        "",
        "from entropybook import derivations",
        "from entropybook.derivation import Lemma, Minimum",
        "from entropybook.symbolic import Channel, Pmf, check, has_sign, prove_equal",
    )
    yield "code", "\n".join([*imports, "", *definitions, f"domain = {{{domain}}}"])
    report = derivation.verify()
    for number, (step, claim, status, (reason, theorem, note)) in enumerate(
        zip(derivation.steps, derivation.claims(), report.statuses, _reasons(derivation), strict=True), start=1
    ):
        used = (f" (`{theorem}`)" if theorem else "") + (f" {note}" if note else "")
        yield "markdown", f"**({number})** {reason}{used} *({status})*"
        yield "code", "\n".join(_establishing(step, claim, code))
    yield "markdown", standing(report)


def notebook(derivations):
    """A notebook, as JSON: the steps as cells that establish them with SymPy and `entropybook.symbolic`."""
    cells = []
    for number, (kind, source) in enumerate(cell for d in derivations for cell in _cells(d)):
        cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


FORMS = {
    "text": text,
    "display": display,
    "markdown": markdown,
    "latex": latex,
    "beamer": beamer,
    "notebook": notebook,
}
