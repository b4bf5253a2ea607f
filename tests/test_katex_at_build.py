"""Formulas are set while the book is built, and one that cannot be set stops the build and is named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))

import katex_at_build  # noqa: E402

CONFIG = f"""
import sys
sys.path.insert(0, {str(ROOT / "_ext")!r})
extensions = ["myst_parser", "katex_at_build"]
myst_enable_extensions = ["amsmath", "dollarmath"]
myst_update_mathjax = False
html_math_renderer = "katex"
html_theme = "basic"
"""


def build(folder, page):
    """The HTML of a page built with warnings as errors, and what the build said."""
    (folder / "conf.py").write_text(CONFIG, encoding="utf-8")
    (folder / "index.md").write_text(page, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    return done.returncode, (folder / "out" / "index.html").read_text(encoding="utf-8"), done.stderr


def test_formulas_are_in_the_page(tmp_path):
    page = "# T\n\nLet $p < q$, and $\\frac{1}{2}$.\n\n$$\nD(P\\,\\|\\,Q) \\ge 0\n$$ (eq-d)\n\nSee {eq}`eq-d`.\n"
    status, html, said = build(tmp_path, page)
    assert (status, said) == (0, "")
    assert html.count('class="katex"') == 3 and html.count("katex-display") == 1
    assert '<annotation encoding="application/x-tex">p &lt; q</annotation>' in html  # copyable TeX
    assert '<span class="eqno">(1)' in html and 'href="#equation-eq-d"' in html
    assert "$" not in html and "mathjax" not in html.lower()
    assert html.count('<span class="nobreak">') == 2  # "p < q," and "1/2."


def test_a_formula_that_cannot_be_set_is_an_error_with_file_and_line(tmp_path):
    status, _, said = build(tmp_path, "# T\n\nFine: $x$.\n\nBroken: $\\frac{1}{$.\n")
    assert status != 0
    assert "index.md:5:" in said and "KaTeX cannot set '\\\\frac{1}{'" in said and "expected '}'" in said


def test_environments_are_set_without_dollars(tmp_path):
    page = "# T\n\n" + "".join(
        f"\\begin{{{name}}}\na {sign} b\n\\end{{{name}}}\n\n"
        for name, sign in [("align", "&="), ("equation", "="), ("gather", "="), ("align*", "&=")]
    )
    status, html, said = build(tmp_path, page)
    assert (status, said) == (0, "")
    assert html.count("katex-display") == 4 and html.count("eqn-num") == 0  # the numbers are Sphinx's
    assert re.findall(r'"eqno">\((\d)\)', html) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        r"An \( inline \) formula.",
        r"\[ x = \frac12 \]",
        r"A command, \alpha, in the text.",
        r"With `code` and $x$ before: \begin{align} a &= b \end{align}.",
        "\\[\nx\n\\]",
        "- In a list, \\( p \\).",
        r"\begin{multline} a \end{multline}",
    ],
)
def test_what_is_no_formula_but_was_meant_as_one_is_named(tmp_path, text):
    status, _, said = build(tmp_path, f"# T\n\nFine: $\\alpha$, `\\( x \\)`.\n\n{text}\n")
    assert status != 0 and said.count("WARNING") == 1 and "index.md:5:" in said


@pytest.mark.parametrize("name", ["BASE", "ENDS_A_PART", "ENDS_A_SIDE", "OPENS", "CLOSES"])
def test_other_classes_than_these_are_noticed(monkeypatch, name):
    said = []
    monkeypatch.setattr(katex_at_build, name, "gone" if name == "BASE" else re.compile("gone"))
    monkeypatch.setattr(katex_at_build.logger, "warning", lambda *message, **_: said.append(message))
    katex_at_build.typeset.cache_clear()
    katex_at_build.check_line_breaks(None)
    katex_at_build.typeset.cache_clear()
    assert said


def test_a_line_breaks_at_wide_spaces_first_and_in_parentheses_last():
    def boxes(tex):
        html = katex_at_build.typeset(tex, True)
        assert html.count("<span") == html.count("</span>") and f">{tex}</annotation>" in html
        return [part.count("katex-base") for part in html.split('<span class="together">')]

    assert boxes(r"a = b + c") == [3]
    assert boxes(r"a + b = c + d") == [0, 4]  # [a + | b =] c + | d
    assert boxes(r"a = b (c + d (e - f)) + g") == [1, 4]  # a = | [b (c + | d (e - | f)) +] g
    assert boxes(r"k! + (a + b)") == [1, 2] and boxes(r"(a + \left(b\right] + [c - d)") == [0, 4]
    assert boxes(r"a = b, \qquad c = d + e") == [0, 2, 3]  # [a = | b,] [c = | d + | e]


def test_script_and_style_sheet_are_of_one_version():
    vendored = ROOT / "extra" / "katex"
    script = (vendored / "katex.min.js").read_text(encoding="utf-8")
    style = (vendored / "katex.min.css").read_text(encoding="utf-8")
    version = style.split('content:"', 1)[1].split('"', 1)[0]
    assert version[0].isdigit() and f'"{version}"' in script
    fonts = {part.split(")")[0] for part in style.split("url(")[1:] if ".woff2" in part.split(")")[0]}
    assert fonts and all((vendored / font).is_file() for font in fonts)
