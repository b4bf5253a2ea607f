"""The book keeps its promises: one check a promise, each shown to fail on a small broken notebook.

A check is a function that takes a loaded notebook, or text, and returns a list of complaints, one sentence each.
"""

import ast
import re
from collections import Counter
from fractions import Fraction
from functools import cache
from math import floor
from statistics import median
from typing import NamedTuple

import nbformat
import notebooks
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# --- reading ---------------------------------------------------------------------------------------------------

FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,}|:{3,})\s*(?:\{(?P<name>[\w:-]+)\})?(?P<rest>[^`]*)")
CODE_DIRECTIVES = {"code", "code-block", "code-cell", "literalinclude", "raw"}


class Directive(NamedTuple):
    name: str
    argument: str
    options: dict


def parsed(markdown):
    """The parts of a Markdown cell: lists of ("prose" or "math", line) and of Directives, without any code block."""
    lines, directives, fences, heading = [], [], [], False
    for line in markdown.splitlines():
        found = FENCE.fullmatch(line)
        option = heading and re.fullmatch(r"\s*:([\w-]+):(.*)", line)
        inside = fences[-1][1] if fences else "prose"
        if option:
            directives[-1].options[option[1]] = option[2].strip()
            continue
        heading = False
        if found and fences and not found["name"] and not found["rest"] and found["fence"].startswith(fences[-1][0]):
            fences.pop()
        elif found and inside == "prose" and (found["name"] or found["fence"][0] != ":"):
            name = found["name"]
            kind = "math" if name == "math" else "prose" if name and name not in CODE_DIRECTIVES else "code"
            fences.append((found["fence"], kind))
            if name:
                directives.append(Directive(name, found["rest"].strip(), {}))
                heading = True
        elif inside != "code":
            lines.append((inside, line))
    return lines, directives


def cells(notebook, kind):
    return [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == kind]


def text_outputs(cell):
    """Pairs of a MIME type and a text, for all that a code cell shows in words; a picture's repr is not shown."""
    for output in cell.outputs:
        data = output.get("data", {})
        yield from ((kind, data[kind]) for kind in ("text/html", "text/latex") if kind in data)
        if "text/plain" in data and not any(kind.startswith("image/") for kind in data):
            yield "text/plain", data["text/plain"]
        if output.output_type in ("stream", "error"):
            yield "text/plain", output.get("text") or "\n".join([output.ename, output.evalue, *output.traceback])


def drawing_cells(notebook):
    """The code cells that show a picture, each with its metadata for MyST-NB."""
    for i, cell in cells(notebook, "code"):
        if any(kind.startswith("image/") for output in cell.outputs for kind in output.get("data", {})):
            yield i, cell.metadata.get("mystnb", {})


def events(notebook):
    """Directives and code cells in the order of the page."""
    for cell in notebook.cells:
        yield from parsed(cell.source)[1] if cell.cell_type == "markdown" else [cell] * (cell.cell_type == "code")


# --- numbers ---------------------------------------------------------------------------------------------------

EXEMPT = [  # what in a text is not a number that somebody computed, and why
    (r"^#{1,6} .*$", "headings carry the numbers of chapters and sections"),
    (r"^\([\w:.-]+\)=\s*$|^%.*$|<!--(?s:.*?)-->", "link targets and comments are not seen"),
    (r"\{[\w:.+-]+\}(`+)[^`]+\1", "roles hold labels and citation keys"),
    (r"(?<!`)(`+)(?!`)(?s:(?!\n\n).)+?(?<!`)\1(?!`)", "code spans quote code, which the cells run"),
    (r"(?<=\])\([^()\s]*\)|<?https?://[^\s>)]+>?|\b10\.\d{4,}/\S+", "targets of links, URLs and DOIs"),
    (r"</?[a-zA-Z][\w-]*(?:\s+[\w-]+=\"[^\"]*\")*\s*/?>|\[\^[^\]]+\]", "HTML tags and footnote marks"),
    (r"^[\s>]*\d+[.)]\s", "markers of ordered lists"),
    (
        r"(?i)(?:§|\b(?:chapter|part|section|theorem|lemma|corollary|proposition|definition|exercise|problem|example|"
        r"page|equation|eq\.|figure|fig\.|table|step|vol\.|issue|no\.|pp?\.)s?)[\s~]*\(?\d+(?:\.\d+)*[a-z]?\)?"
        r"(?:\s*(?:–|-|and|or|to)\s*\(?\d+(?:\.\d+)*[a-z]?\b\)?|,\s*\d+\b(?!\.\d))*",
        "references by number, here and in the literature",
    ),
    (r"\b(?:Python|NumPy|SymPy|Matplotlib|SciPy|Jupyter Book|[Vv]ersion)\s+\d+(?:\.\d+)*", "versions of software"),
    (r"\b\d+(?:st|nd|rd|th)\b", "ordinals"),
    (
        r"(?<![\d.,/])\b(?:1[5-9]\d\d|20\d\d|2100)[a-z]?\b"
        r"(?![.,/]?\d|\s?\\?%|\s(?:bit|nat|byte|sample|symbol|draw|pair|letter|word|time)s?\b)",
        "years",
    ),
    (r"\b\d+(?:\s*(?:–|-|to)\s*\d+)?\s+minutes\b|\b[Mm]inutes(?: to read)?\W{0,6}\d+", "the time to read"),
]
MATH = re.compile(r"\$\$.+?\$\$|(?<!\$)\$(?!\$)(?:\\.|[^$\\])+?\$", re.DOTALL)
SCRIPTS = re.compile(r"[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+|\S)")
SIGN = r"(?P<sign>(?<![^\s(\[{=,;:<>≈|$±*_&])[-−])?"
FRACTION = re.compile(
    SIGN + r"(?:\\[dt]?frac\s*(?:\{(?P<a>\d+)\}|(?P<A>\d))\s*(?:\{(?P<b>\d+)\}|(?P<B>\d))"
    r"|(?<![\w./])(?P<over>\d+)\s?/\s?(?P<under>\d+)(?![\d/]|\.\d))"
)
NUMERAL = re.compile(
    SIGN + r"(?<![^\W_])(?<!\.)(?P<number>\d+(?:\.\d+|\.(?=e[+-]))?|\.\d+)"
    r"(?:[eE](?P<power>[+-]?\d+))?(?P<percent>\s?\\?%|\sper\s?cent)?"
)


class Numeral(NamedTuple):
    text: str
    value: Fraction
    digits: int | None  # after the point; None for a fraction, which is exact
    percent: bool = False
    parts: tuple = ()  # of a fraction: numerator and denominator as they stand


def scientific(text):
    r"""1.5 \times 10^{-3} as 1.5e-3: this exponent is part of a number."""
    return re.sub(r"(?<=\d)\s*(?:\\times|\\cdot)\s*10\^(?:\{\s*(-?\d+)\s*\}|(\d))", r"e\1\2", text)


def numerals(text):
    """All numerals of a piece of text, fractions first."""
    text = re.sub(r"(?<=\d)(?:,|\{,\}|\\,|[\u2009\u202f])(?=\d{3}(?!\d))", "", scientific(text))  # 1,000 and 1{,}000
    found = []
    for m in FRACTION.finditer(text):
        parts = int(m["a"] or m["A"] or m["over"]), int(m["b"] or m["B"] or m["under"])
        if parts[1]:
            found.append(Numeral(m[0], Fraction(*parts) * (-1 if m["sign"] else 1), None, parts=parts))
    for m in NUMERAL.finditer(FRACTION.sub(" ", text)):
        power = int(m["power"] or 0)
        if abs(power) <= 400:  # beyond this it is no float
            value = Fraction(m["number"].rstrip(".")) * Fraction(10) ** power * (-1 if m["sign"] else 1)
            digits = len(m["number"].partition(".")[2]) - power
            found.append(Numeral(m[0].strip(), value, digits, percent=bool(m["percent"])))
    return found


def prose_numbers(markdown):
    """The numerals of a Markdown cell that have to come from somewhere.

    In running text, tables and the bodies of directives every numeral counts.  In formulas, where integers are
    structure, those with a decimal point count and fractions of two integers, but none in an exponent or index.
    What EXEMPT lists, the titles and options of directives and code blocks do not count, nor do numbers in words.
    """
    text = "\n".join(f"$${line}$$" if kind == "math" and line.strip() else line for kind, line in parsed(markdown)[0])
    text = scientific(re.sub(r"\{math\}`([^`]*)`", r"$\1$", text).replace(r"\$", " "))
    for pattern, _ in EXEMPT:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    formulas = numerals(" ; ".join(SCRIPTS.sub(" ", formula) for formula in MATH.findall(text)))
    return numerals(MATH.sub(" ; ", text)) + [n for n in formulas if n.parts or "." in n.text]


def constants(source):
    """The numbers a code cell names: literals, also negated, quotients, Rational(a, b), Fraction(a, b), in strings."""

    def value(node):
        match node:
            case ast.Constant(value=bool()):
                return None
            case ast.Constant(value=int() as number):
                return Fraction(number)
            case ast.Constant(value=float() as number) if abs(number) < float("inf"):
                return Fraction(str(number))
            case ast.UnaryOp(op=ast.USub(), operand=a):
                return None if value(a) is None else -value(a)
            case (
                ast.BinOp(op=ast.Div(), left=a, right=b)
                | ast.Call(func=ast.Name(id="Rational" | "Fraction" | "F"), args=[a, b])
                | ast.Call(func=ast.Attribute(attr="Rational" | "Fraction"), args=[a, b])
            ):
                return value(a) / value(b) if value(a) is not None and value(b) else None
            case ast.Call(func=ast.Name(id="S" | "Integer" | "Rational" | "Fraction" | "F"), args=[a]):
                return value(a)

    tree = ast.parse(re.sub(r"(?m)^[%!].*$", "", source))
    specs = [node.format_spec for node in ast.walk(tree) if isinstance(node, ast.FormattedValue) and node.format_spec]
    formats = {id(node) for spec in specs for node in ast.walk(spec)}
    for node in ast.walk(tree):
        if (number := value(node)) is not None:
            yield number
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in formats:
            yield from shown(re.sub(r"[:%][<>^+,]?\d*\.?\d+[a-z%]", "", node.value))  # no "%.4f", no "{:.4f}"


def shown(text):
    """All numbers in an output or a string, with numerator and denominator of a fraction."""
    for found in numerals(text) + numerals(text.replace(",", " , ")):
        yield from (found.value, *map(Fraction, found.parts))


def cell_numbers(notebook):
    """Every number that the code cells of a notebook name or show."""
    found = set()
    for _, cell in cells(notebook, "code"):
        found.update(constants(cell.source))
        for kind, text in text_outputs(cell):
            found.update(shown(re.sub(r"<[^>]*>", " ", text) if kind == "text/html" else text))
    return found


def is_covered(numeral, numbers):
    """Is one of `numbers` what the numeral says?

    With d decimals, if it rounds to the numeral at d decimals, half-even or half-up; small integers (below 10), of
    which every notebook is full, only if it is equal.  A percentage also if it is that of the percentage over 100;
    a fraction if it is equal, or if both its integers are there.
    """
    if numeral.digits is None:
        return numeral.value in numbers or numbers.issuperset(map(Fraction, numeral.parts))
    readings = [(numeral.value, numeral.digits)]
    if numeral.percent:
        readings.append((numeral.value / 100, numeral.digits + 2))
    for value, digits in readings:
        unit = Fraction(10) ** -digits
        near = [x for x in numbers if abs(x - value) <= unit / 2]
        if digits <= 0 and abs(value) < 10:
            near = [x for x in near if x == value]
        if any(abs(value) / unit in (round(abs(x) / unit), floor(abs(x) / unit + Fraction(1, 2))) for x in near):
            return True
    return False


# --- one chapter: a check takes a notebook and returns complaints -------------------------------------------------


def executed_in_order(nb):
    """Every code cell executed in order."""
    counts = [cell.execution_count for _, cell in cells(nb, "code")]
    return [] if counts == list(range(1, len(counts) + 1)) else [f"the cells were executed in the order {counts}"]


def no_error(nb):
    """None an error, unless it is announced to nbclient and to nbval; and no cell escapes the comparison."""
    for i, cell in cells(nb, "code"):
        tags = set(cell.metadata.get("tags", []))
        announced = {"raises-exception", "nbval-raises-exception"}
        if any(output.output_type == "error" for output in cell.outputs) != (tags >= announced):
            yield f"cell {i}: an error and both tags {sorted(announced)} go together"
        if tags & {"nbval-ignore-output", "nbval-skip", "skip-execution"} or "NBVAL_" in cell.source:
            yield f"cell {i}: its output is not compared"


def short_cells(nb):
    """No code cell over 15 lines, median at most 3."""
    lengths = [(i, len(cell.source.splitlines())) for i, cell in cells(nb, "code")]
    yield from (f"cell {i}: {n} lines of code, 15 are allowed" for i, n in lengths if n > 15)
    if lengths and (middle := median(n for _, n in lengths)) > 3:
        yield f"the median length of a code cell is {middle} lines, 3 are allowed"


FORBIDDEN_OUTPUT = [
    (r"\bnp\.\w+\(|\bdtype=", "a raw NumPy repr"),
    (r"\b0x[0-9a-f]{4,}|<[^<>\n]* at 0x", "a memory address"),
    (r"(?<![\w/.:<)\]}])/\w[\w.+-]*/[\w.+-]|\bfile://|\b[A-Z]:\\Users|ipykernel_\d", "an absolute path"),
]


def clean_outputs(nb):
    """No raw NumPy repr, memory address or absolute path in an output, and no float of more than 12 digits."""
    for i, cell in cells(nb, "code"):
        for kind, text in text_outputs(cell):
            for pattern, what in FORBIDDEN_OUTPUT:
                if kind != "text/latex" and (found := re.search(pattern, text)):
                    yield f"cell {i}: {what} in the output: {found[0]!r}"
            for number in re.findall(r"\d*\.\d+", text):
                if len(number.replace(".", "").lstrip("0")) > 12:
                    yield f"cell {i}: {number} has more than 12 digits, and the last ones vary between processors"


def described_figures(nb):
    """Every figure with alt text, caption and name."""
    for i, mystnb in drawing_cells(nb):
        figure, alt = mystnb.get("figure", {}), mystnb.get("image", {}).get("alt", "")
        if len(alt.strip()) < 20:
            yield f"cell {i}: mystnb.image.alt must say what is seen, in 20 characters or more; it is {alt!r}"
        if not figure.get("caption", "").strip():
            yield f"cell {i}: mystnb.figure.caption is missing"
        if not re.fullmatch(r"fig-[a-z0-9-]+", figure.get("name", "")):
            yield f"cell {i}: mystnb.figure.name must be like fig-binary-entropy; it is {figure.get('name')!r}"


INSIDE = r"[^()]"
for _ in range(4):  # brackets within brackets
    INSIDE = rf"(?:[^()]|\({INSIDE}*\))"
FORBIDDEN_CODE = [
    (rf"allclose\((?!{INSIDE}*\batol=)", "allclose has a tolerance of 1e-8 unless it is told atol=0"),
    (r"\binit_printing\b", "init_printing turns formulas into bitmaps"),
    (r"(?m);\s*$", "a trailing semicolon fails in nbval; end with plt.show() or _ = ..."),
    (r"\bwarnings\.(filterwarnings|simplefilter)\b", "warnings are seen or repaired, not filtered"),
]


def clean_code(nb):
    """No cell calls init_printing, filters warnings, ends a line with a semicolon or hides a tolerance."""
    found = [(i, why) for i, c in cells(nb, "code") for pattern, why in FORBIDDEN_CODE if re.search(pattern, c.source)]
    return [f"cell {i}: {why}" for i, why in found]


def normalised(nb):
    """The metadata is what tests/notebooks.py writes, and the ids of the cells are unique."""
    ids = Counter(cell.get("id") for cell in nb.cells)
    if max(ids.values(), default=1) > 1:
        yield f"the ids of the cells are not unique: {ids.most_common(1)}"
    elif notebooks.text(nb) != notebooks.text(notebooks.normalise(nbformat.from_dict(nb))):
        yield "the metadata is not normalised: make execute"


CHECKED = re.compile(r"\bassert|\bprove_equal\(|\.verify\(")
THEOREMS = {"prf:theorem", "prf:lemma", "prf:corollary", "prf:proposition"}


def proved_theorems(nb):
    """Every theorem has a label, and a proof and a check follow before the next theorem or the exercises."""
    open_theorem, wanted = None, set()
    for event in [*events(nb), Directive("exercise", "", {})]:
        if isinstance(event, Directive):
            wanted.discard(event.name)
            if event.name in THEOREMS or event.name.startswith("exercise"):
                yield from (f"{open_theorem}: no {what} follows" for what in sorted(wanted))
                wanted = set()
            if event.name in THEOREMS:
                open_theorem, wanted = (
                    event.options.get("label") or event.argument,
                    {"prf:proof", "code that checks it"},
                )
                if not event.options.get("label"):
                    yield f"{event.name} {event.argument!r} has no label"
        elif CHECKED.search(event.source):
            wanted.discard("code that checks it")


def solved_exercises(nb):
    """Every exercise has a label and a solution in which a code cell asserts the answer."""
    exercises, solved, current = [], set(), None
    for event in events(nb):
        if isinstance(event, Directive):
            if event.name in ("exercise", "exercise-start"):
                exercises.append(event.options.get("label"))
                current = None
            elif event.name in ("solution", "solution-start"):
                current = event.argument
            elif event.name == "solution-end":
                current = None
        elif CHECKED.search(event.source):
            solved.add(current)
    yield from ("an exercise has no label" for label in exercises if not label)
    yield from (
        f"{label}: no solution with code that checks it" for label in exercises if label and label not in solved
    )


def computed_numbers(nb):
    """Every number stated in prose, captions and alt texts is computed or asserted in a cell of the same chapter."""
    numbers = cell_numbers(nb)
    prose = [(i, cell.source) for i, cell in cells(nb, "markdown")]
    for i, mystnb in drawing_cells(nb):
        prose.append((i, f"{mystnb.get('figure', {}).get('caption', '')}\n\n{mystnb.get('image', {}).get('alt', '')}"))
    found = [(i, numeral) for i, text in prose for numeral in prose_numbers(text)]
    return [f"cell {i}: no code cell gives {n.text}" for i, n in found if not is_covered(n, numbers)]


CHECKS = [
    executed_in_order,
    no_error,
    short_cells,
    clean_outputs,
    described_figures,
    clean_code,
    normalised,
    proved_theorems,
    solved_exercises,
    computed_numbers,
]


def report(complaints):
    if complaints := list(complaints):
        pytest.fail("\n".join(complaints), pytrace=False)


@cache
def chapter(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", notebooks.chapters(), ids=lambda path: path.stem)
def test_chapter(path, check):
    report(check(chapter(path)))


@pytest.mark.parametrize("path", notebooks.chapters(), ids=lambda path: path.stem)
def test_a_chapter_is_written_as_make_execute_writes_it(path):
    same = path.read_text(encoding="utf-8") == notebooks.text(chapter(path))
    report([] if same else [f"{path.name} is not as make execute writes it: run that"])


# --- the whole book ----------------------------------------------------------------------------------------------


def listed_in(toc):
    return [toc["root"], *(page["file"] for part in toc["parts"] for page in part["chapters"])]


def toc_problems(toc, files):
    """Every page in the table of contents is a file, every chapter is in it, once and in order."""
    listed = listed_in(toc)
    pages = {re.sub(r"\.(md|ipynb)$", "", name): name for name in files}
    yield from (f"{name} is listed {n} times" for name, n in Counter(listed).items() if n > 1)
    yield from (f"{name} is in the table of contents and is no file" for name in listed if name not in pages)
    yield from (
        f"{file} is not in the table of contents"
        for name, file in pages.items()
        if name not in listed and ("/" in name or file.endswith(".ipynb"))
    )
    numbered = [name for name in listed if re.match(r"chapters/\d", name)]
    if numbered != sorted(numbered):
        yield f"the chapters are not in order: {numbered}"


def pages():
    """Names, from the root, of all that could be a page: Markdown and notebooks, at the root or in chapters/."""
    found = [
        path
        for pattern in ("*.md", "*.ipynb", "chapters/**/*.md", "chapters/**/*.ipynb")
        for path in notebooks.ROOT.glob(pattern)
    ]
    return [p.relative_to(notebooks.ROOT).as_posix() for p in found if ".ipynb_checkpoints" not in p.parts]


def table_of_contents():
    return yaml.safe_load((notebooks.ROOT / "_toc.yml").read_text(encoding="utf-8"))


def label_problems(directives):
    """The labels of theorems and exercises are unique over the book."""
    labels = Counter(d.options["label"] for d in directives if "label" in d.options)
    return [f"{n} directives have the label {label}" for label, n in labels.items() if n > 1]


def figure_problems(names, prose):
    """The names of figures are unique over the book, and the prose mentions every figure."""
    yield from (f"{n} figures have the name {name}" for name, n in Counter(names).items() if n > 1)
    for name in names:
        if not re.search(rf"\{{(?:numref|ref)\}}`(?:[^`]*<)?{name}>?`|\]\(#?{name}\)", prose):
            yield f"the prose never mentions {name}"


def decimals(markdown):
    """A page without cells computes nothing: it states no number with a decimal point."""
    return [numeral.text for numeral in prose_numbers(markdown) if "." in numeral.text]


def test_table_of_contents():
    report(toc_problems(table_of_contents(), pages()))


def plain_pages():
    return [path for name in listed_in(table_of_contents()) if (path := notebooks.ROOT / f"{name}.md").exists()]


@pytest.mark.parametrize("path", plain_pages(), ids=lambda path: path.stem)
def test_a_page_without_cells_states_no_decimals(path):
    report(f"{number}: no cell computes it" for number in decimals(path.read_text(encoding="utf-8")))


def markdown_of_the_book():
    cells_ = [cell.source for path in notebooks.chapters() for _, cell in cells(chapter(path), "markdown")]
    return cells_ + [path.read_text(encoding="utf-8") for path in plain_pages()]


def test_labels_are_unique():
    report(label_problems([directive for text in markdown_of_the_book() for directive in parsed(text)[1]]))


def test_figures_are_named_once_and_mentioned():
    drawings = [mystnb for path in notebooks.chapters() for _, mystnb in drawing_cells(chapter(path))]
    names = [mystnb["figure"]["name"] for mystnb in drawings if mystnb.get("figure", {}).get("name")]
    report(figure_problems(names, "\n".join(markdown_of_the_book())))


# --- the checks can fail -----------------------------------------------------------------------------------------


def code(name, source, output=None, **metadata):
    outputs = [new_output("execute_result" if "text/plain" in output else "display_data", output)] if output else []
    return new_code_cell(source, id=name, outputs=outputs, metadata=metadata)


FIGURE = {
    "image": {"alt": "A curve with its top, 1 bit, in the middle."},
    "figure": {"caption": "The entropy of a coin", "name": "fig-coin"},
}
THEOREM = """```{prf:theorem} Nonnegative
:label: entropy-nonnegative
$H(P) \\ge 0$
```"""
EXERCISE = """```{exercise} Dice
:label: dice
How many bits has a die?
```

```{solution-start} dice
:class: dropdown
```"""


def sound():
    """A small chapter in which nothing is wrong."""
    cells_ = [
        new_markdown_cell("# 4 A coin\n\nIt has 0.47 bit, of $\\frac{7}{4}$.", id="text"),
        code("value", "entropy(p)", {"text/plain": "0.469"}),
        code("numbers", "assert 7 / 4 > 1"),
        code("figure", "plots.coin()", {"image/png": "", "text/plain": "<Figure>"}, mystnb=FIGURE),
        new_markdown_cell(THEOREM, id="theorem"),
        new_markdown_cell("```{prf:proof}\nEvery term is.\n```", id="proof"),
        code("check", "prove_equal(lhs, rhs)"),
        new_markdown_cell(EXERCISE, id="exercise"),
        code("answer", "assert round(entropy(die), 2) == 2.58"),
        new_markdown_cell("```{solution-end}\n```", id="end"),
    ]
    nb = new_notebook(cells=cells_)
    for count, (_, cell) in enumerate(cells(nb, "code"), 1):
        cell.execution_count = count
    return notebooks.normalise(nb)


def stream(text):
    return [new_output("stream", text=text)]


FAILED = [new_output("error", ename="ValueError", evalue="p sums to 2", traceback=[])]
BROKEN = [  # a check, a cell of the sound chapter, one field of it, the value that breaks it
    (executed_in_order, "value", "execution_count", None),
    (executed_in_order, "check", "execution_count", 9),
    (no_error, "value", "outputs", FAILED),
    (no_error, "value", "metadata", {"tags": ["raises-exception", "nbval-raises-exception"]}),
    (no_error, "value", "metadata", {"tags": ["nbval-ignore-output"]}),
    (no_error, "value", "source", "# NBVAL_SKIP\nentropy(p)"),
    (short_cells, "value", "source", "x = 1\n" * 8 + "\n" + "# y\n" * 7),
    (clean_outputs, "value", "outputs", stream("np.float64(0.469)")),
    (clean_outputs, "value", "outputs", stream("array([1, 2], dtype=int8)")),
    (clean_outputs, "value", "outputs", stream("<function f at 0x7f3c1bd471a0>")),
    (clean_outputs, "value", "outputs", stream("File /opt/python/lib/x.py")),
    (clean_outputs, "value", "outputs", stream("0.4689955935892812")),
    (described_figures, "figure", "metadata", {}),
    (described_figures, "figure", "metadata", {"mystnb": FIGURE | {"image": {"alt": "A curve."}}}),
    (described_figures, "figure", "metadata", {"mystnb": FIGURE | {"figure": {"name": "fig-coin"}}}),
    (described_figures, "figure", "metadata", {"mystnb": FIGURE | {"figure": {"name": "coin", "caption": "A"}}}),
    (clean_code, "value", "source", "import sympy\nsympy.init_printing()"),
    (clean_code, "value", "source", "plots.coin();"),
    (clean_code, "value", "source", "assert np.allclose(f((p, q)), [1], rtol=1e-12) and isclose(p, q, atol=0)"),
    (clean_code, "value", "source", 'warnings.filterwarnings("ignore")'),
    (normalised, "value", "metadata", {"execution": {"iopub.execute_input": "2026-11-20T23:00:00Z"}}),
    (normalised, "value", "id", "check"),
    (proved_theorems, "theorem", "source", THEOREM.replace(":label: entropy-nonnegative\n", "")),
    (proved_theorems, "proof", "source", "Obvious."),
    (proved_theorems, "proof", "source", "```{prf:proof}\n```\n" + THEOREM.replace("theorem", "lemma")),
    (proved_theorems, "check", "source", "lhs - rhs"),
    (solved_exercises, "exercise", "source", EXERCISE.replace(":label: dice\n", "")),
    (solved_exercises, "exercise", "source", EXERCISE.replace("solution-start} dice", "solution-start} coin")),
    (solved_exercises, "answer", "source", "entropy(die)"),
    (computed_numbers, "text", "source", "It has 0.46 bit."),
    (computed_numbers, "text", "source", "It has $\\tfrac94$ bits."),
    (computed_numbers, "figure", "metadata", {"mystnb": FIGURE | {"image": {"alt": "A curve that ends at 31 bits."}}}),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_sound_chapter_passes(check):
    assert list(check(sound())) == []


@pytest.mark.parametrize(("check", "name", "field", "value"), BROKEN)
def test_a_broken_chapter_fails(check, name, field, value):
    nb = sound()
    (cell,) = [cell for cell in nb.cells if cell.id == name]
    cell[field] = nbformat.from_dict(value)
    assert list(check(nb)) != []


def test_every_check_is_seen_to_fail():
    assert {row[0] for row in BROKEN} == set(CHECKS)


def test_long_cells_and_foreign_metadata_fail():
    nb = sound()
    for _, cell in cells(nb, "code"):
        cell.source = "x = 1\n" * 4
    assert list(short_cells(nb)) == ["the median length of a code cell is 4 lines, 3 are allowed"]
    nb.metadata.language_info.version = "3.11.7"
    assert list(normalised(nb)) != []


TOC = {"root": "index", "parts": [{"chapters": [{"file": "chapters/01_a"}, {"file": "chapters/04_b"}]}]}
FILES = ["index.md", "README.md", "chapters/01_a.ipynb", "chapters/04_b.ipynb"]


@pytest.mark.parametrize(
    ("order", "files", "problems"),
    [
        ("01_a 04_b", FILES, 0),
        ("01_a 04_b", FILES[:-1], 1),
        ("01_a 04_b", [*FILES, "chapters/05_c.ipynb"], 1),
        ("01_a 04_b", [*FILES, "scratch.ipynb"], 1),
        ("04_b 01_a", FILES, 1),
        ("01_a 04_b 04_b", FILES, 1),
    ],
)
def test_table_of_contents_can_fail(order, files, problems):
    toc = {"root": "index", "parts": [{"chapters": [{"file": f"chapters/{name}"} for name in order.split()]}]}
    assert len(list(toc_problems(toc, files))) == problems


def test_labels_and_figures_can_fail():
    directives = parsed(THEOREM + "\n" + THEOREM)[1]
    assert len(label_problems(directives[:1])) == 0
    assert len(label_problems(directives)) == 1
    for prose in ("{numref}`fig-a`", "{ref}`the coin <fig-a>`", "[](#fig-a)", "[see](fig-a)"):
        assert list(figure_problems(["fig-a"], prose)) == []
    assert len(list(figure_problems(["fig-a", "fig-a"], "{numref}`fig-a`"))) == 1
    assert len(list(figure_problems(["fig-a"], "{numref}`fig-ab`, fig-a"))) == 1


PROSE = [  # Markdown, and the numerals in it that count
    ("0, 2, 5.7 and 225.6 bits.", "0 2 5.7 225.6"),
    ("A sum of .0852996, or -0.5, or −0.5; 2–4; **0.5**, _1.5_ and 1,000.5.", ".0852996 -0.5 −0.5 2 4 0.5 1.5 1000.5"),
    ("It took 1e-12, 25 %, 25\\% or 3 percent.", "1e-12 25 % 25\\% 3 percent"),
    ("3/4 of it, 1/2. A 2-bit code.", "3/4 1/2 2"),
    ("| p | 0.9 |\n|---|---|\n| H | 0.469 |", "0.9 0.469"),
    ("> 7 samples\n\n- 8 samples", "7 8"),
    ("$x_1 = 0.25$ and $2^{-1.5}$, $H_{0.1}$", "0.25"),
    ("$$\n\\log 2 = 0.693, \\quad \\frac{7}{4} - \\tfrac12 \\approx -1.25\n$$", "\\frac{7}{4} \\tfrac12 0.693 -1.25"),
    ("$1.5 \\times 10^{-3}$ and $10^{-6}$ and $D - 0.5$", "1.5e-3 0.5"),
    ("```{math}\n:label: eq-1.5\nx = 0.75\n```", "0.75"),
    ("````{admonition} Title 17\n:class: tip-3\nSays 19.\n```python\nx = 23\n```\nAnd 29.\n````", "19 29"),
    (":::{note}\nSays 19.\n:::\n\n```\n31\n```\n37", "19 37"),
    ("```{code-block} python\nx = 0.5\n```", ""),
    ("# 4 Surprise\n\n(eq-12)=\n% 13\n<!-- 14\n15 -->", ""),
    ("{numref}`fig-4`, {cite}`cover2006`, {prf:ref}`t-1`, {eq}`2.6`, {doc}`Part 3 <a>`", ""),
    ("[link](page4.html#s-12), <https://x.org/1.5>, doi 10.1002/j.1538, `x = 17`, ``a ` 3``, [^4]", ""),
    ("[link 41](page4.html)", "41"),
    ('<a id="x-12"></a>', ""),
    ("1. First\n2. Second\n\n3) Third", ""),
    ("Chapter 4, chapters 4 and 9, Part II, Section 3, theorem 2.6.3, exercise 2.1, page 12, equation (2.6), §3", ""),
    ("In chapter 4, 0.5 bit; chapters 4, 5 and 9", "0.5"),
    ("Shannon 1948, Kullback (1951), 1975a, 1948–1951, NumPy 2.4, Python 3.11, the 2nd, 20 minutes, Minutes: 20", ""),
    ("1948.5 and 1999 % and 2500 and 2000 samples", "1948.5 1999 % 2500 2000"),
    (":::\n41", "41"),
    ("two or three; U3, H2O, x1", ""),
]


@pytest.mark.parametrize(("markdown", "expected"), PROSE)
def test_prose_numbers(markdown, expected):
    assert Counter(" ".join(n.text for n in prose_numbers(markdown)).split()) == Counter(expected.split())


COVERED = [  # prose, the source of a cell, its output, and whether the one is covered by the other
    ("0.469", "", "0.468996", True),
    ("0.468", "", "0.468996", False),
    ("0.47", "", "0.468996", True),
    ("0.125 and 0.12 and 0.13", "x = 0.125", "", True),
    ("0.14", "x = 0.145", "", True),
    ("0.11", "x = 0.115", "", False),
    ("226", "", "225.6", True),
    ("225", "", "225.6", False),
    ("5", "", "4.7", False),
    ("5", "x == 5", "", True),
    ("-0.5", "x = 0.5", "", False),
    ("-0.5 and 0.5", "x = -0.5", "", True),
    ("0.5", "", "[-0.5]", False),
    ("25 % and 25%", "", "0.25", True),
    ("25 %", "x = 25", "", True),
    ("25 %", "", "0.2", False),
    ("8.5 %", "", "0.0852", True),
    ("3/4", "", "0.75", True),
    ("$\\frac{3}{4}$", "Rational(3, 4)", "", True),
    ("$\\frac34$", "(3, 4)", "", True),
    ("3/4", "3 + 5", "", False),
    ("0.75", "x = Fraction(3, 4)", "", True),
    ("-0.75", "x = -3 / 4", "", True),
    ("0.75", "x = -3 / 4", "", False),
    ("0.75", "", "$\\displaystyle \\frac{3}{4}$", True),
    ("1,000", "x = 1_000", "", True),
    ("1,000", "", "1,000", True),
    ("200", "", "[100,200]", True),
    ("0.0015 and $1.5 \\times 10^{-3}$", "", "1.5e-03", True),
    ("0.25", "# 0.25", "", False),
    ("0.25", "'p is 0.25'", "", True),
    ("0.4", "print(f'{x:.4f}', '%.4f' % x, '{:.4f}'.format(x))", "", False),
    ("12", 'HTML("x")', '<td width="12">3</td>', False),
    ("3", 'HTML("x")', '<td width="12">3</td>', True),
    ("1", "x = True", "", False),
]


@pytest.mark.parametrize(("prose", "source", "output", "expected"), COVERED)
def test_coverage_of_numbers(prose, source, output, expected):
    kind = "text/html" if "HTML" in source else "text/plain"
    nb = new_notebook(cells=[new_markdown_cell(prose), code("c", source, {kind: output} if output else None)])
    assert (list(computed_numbers(nb)) == []) == expected


def test_a_page_with_a_decimal_fails():
    assert decimals("Half a bit, 3/4 of 2; in 1948; exercise 2.1; `0.5`") == []
    assert decimals("0.47 bit, or $0.48$") == ["0.47", "0.48"]
