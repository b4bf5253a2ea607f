"""Pages ask for one style sheet and one script, repeat no id, and are written again when they must be."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))

from light_pages import icon_font, lighten, local, plain, with_icons  # noqa: E402
from search_words import EnglishAndHan  # noqa: E402

PAGE = """<html lang="en">
<head>
<meta name="viewport" content="a" /><meta name="viewport" content="b" />
<title>T</title>
<script>document.documentElement.dataset.theme = localStorage.getItem("theme") || "";</script>
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="stylesheet" href="../_static/../book.css?v=2" />
<link rel="stylesheet" href="../charts.css" />
<link rel="stylesheet" href="../_static/sphinx-design.min.css" />
<link rel="preload" as="script" href="../_static/scripts/bootstrap.js" />
<link rel="next" href="b.html" />
<script defer src="../_static/scripts/fontawesome.js"></script>
<script src="../_static/doctools.js?v=3"></script>
<script>let hint = 'a';</script>
<script>let hint = 'a';</script>
<script>const THEBE_JS_URL = "https://unpkg.com/thebe@0.8.2/lib/index.js"; const x = 1</script>
<script async="async" src="../_static/sphinx-thebe.js"></script>
<script src="../_static/searchtools.js"></script>
</head>
<body><i class="fa-solid fa-bars"></i><a class="far">no icon</a>
<script type="text/x-thebe-config">{}</script>
<script src="../charts.js"></script>
<script defer src="../_static/scripts/bootstrap.js?digest=1"></script>
</body></html>"""


def test_a_page_asks_for_one_style_sheet_and_one_script():
    page, bundled = lighten(PAGE, "../", "7")
    assert bundled == [
        "_static/styles/theme.css",
        "book.css",
        "_static/doctools.js",
        "let hint = 'a';",
        "_static/scripts/bootstrap.js",
    ]
    assert page.count("_static/") == 2
    assert '<link rel="stylesheet" href="../_static/bundle.css?v=7" />' in page
    assert '<script defer src="../_static/bundle.js?v=7"></script>' in page
    assert "charts.css" in page and "charts.js" in page and 'rel="next"' in page  # what others bring stays
    assert "unpkg" not in page and "thebe" not in page and "let hint" not in page
    assert page.count("viewport") == 1
    assert 'data-theme="light"' in page and "prefers-color-scheme" in page
    assert '<i aria-hidden="true" class="fa-solid fa-bars">' in page and '<a class="far">' in page


def test_some_files_are_for_some_pages():
    assert '<script defer src="../_static/searchtools.js">' in lighten(PAGE, search=True)[0]
    assert "sphinx-design.min.css" in lighten(PAGE.replace("<body>", '<body><p class="sd-card">'))[0]


def test_addresses():
    assert local("../_static/../katex/katex.min.css?v=1") == "katex/katex.min.css"
    assert local("_static/a.js") == local("./_static/a.js") == "_static/a.js"
    assert local("https://x.org/a.js") is None and local("//x.org/a.js") is None


def test_only_the_icons_that_are_used_remain(tmp_path):
    import pydata_sphinx_theme as theme

    fonts = Path(theme.__file__).parent / "theme/pydata_sphinx_theme/static/vendor/fontawesome/webfonts"
    css = (
        '.fa-bars:before,.fa-navicon:before{content:"\\f0c9"}.fa-tree:before{content:"\\f1bb"}p{content:"\\f00d"}'
        "@font-face{font-family:A;font-weight:900;src:url(v/fa-solid-900.woff2) format('woff2')}"
        "@font-face{font-family:B;font-weight:400;src:url(v/fa-brands-400.woff2) format('woff2')}"
    )
    light = with_icons(css, "fa-solid fa-bars", fonts)
    assert "fa-bars" in light and "fa-tree" not in light and 'p{content:"\\f00d"}' in light
    assert light.count("@font-face") == 1 and "base64" in light and len(light) < 3000
    assert with_icons(css, "fab fa-bars", fonts).count("@font-face") == 2
    assert icon_font(fonts / "fa-solid-900.ttf", {0xF0C9}) == icon_font(fonts / "fa-solid-900.ttf", {0xF0C9})


def test_order_does_not_count_as_a_change():
    assert plain({"a": [2, 1], "b": {3, 4}}) == plain({"b": {4, 3}, "a": [1, 2]})
    assert plain({"a": [1]}) != plain({"a": [2]}) and plain(("a", "b")) != plain(("b", "a"))


def test_chinese_words_are_split_into_characters_and_pairs():
    words = EnglishAndHan({})
    assert list(words.split("the KL 交叉熵 of x熵")) == ["the", "KL", "交", "叉", "熵", "交叉", "叉熵", "of", "x", "熵"]


def test_the_browser_splits_as_the_index_does():
    from py_mini_racer import MiniRacer

    with MiniRacer() as racer:
        racer.eval(EnglishAndHan.js_splitter_code)
        assert list(racer.eval("splitQuery('KL 交叉熵, x熵')")) == ["KL", "交叉", "叉熵", "x", "熵"]


# --- a small book --------------------------------------------------------------------------------------------------

CONFIG = f"""
import sys
sys.path.insert(0, {str(ROOT / "_ext")!r})
extensions = ["myst_parser", "sphinx_proof", "light_pages"]
html_theme = "sphinx_book_theme"
"""
THEOREM = "```{prf:theorem} One\n:label: one\nText.\n```\n\n```{prf:proof}\nBy nature.\n```\n"
SECOND = "# Two\n\nText, {prf:ref}`one`.\n\n" + THEOREM.replace("one", "two")


def build(folder):
    """Build again; returns the status, what was said, and the pages that were written."""
    out = folder / "out"
    before = {path: path.stat().st_mtime_ns for path in out.glob("*.html")}
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(folder), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    written = {path.stem for path in out.glob("*.html") if path.stat().st_mtime_ns != before.get(path)}
    return done.returncode, done.stderr, written & {"index", "one", "two"}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "conf.py").write_text(CONFIG)
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\none\ntwo\n```\n")
    (tmp_path / "one.md").write_text("# One\n\n" + THEOREM)
    (tmp_path / "two.md").write_text(SECOND)
    assert build(tmp_path) == (0, "", {"index", "one", "two"})
    return tmp_path


def test_pages_are_light_and_repeat_no_id(book):
    page = (book / "out" / "one.html").read_text()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) and {"one", "one-section", "one-content", "proof-1"} <= set(ids)
    assert page.count("<script defer src=") == 1 == page.count('rel="stylesheet"')
    style = (book / "out" / "_static" / "bundle.css").read_text()
    assert "@import" not in style and "Font Awesome Free" in style  # the licence's notice stays
    assert not (book / "out" / "_static" / "scripts" / "fontawesome.js").exists()


def test_a_changed_text_does_not_write_the_other_pages(book):
    (book / "two.md").write_text(SECOND.replace("Text,", "Other text,"))
    assert build(book) == (0, "", {"index", "two"})  # Sphinx adds the page that lists it
    assert "Other text" in (book / "out" / "two.html").read_text()


@pytest.mark.parametrize("change", [("# One", "# First"), ("# One", "# One\n\n" + THEOREM.replace("one", "zero"))])
def test_a_changed_title_or_number_writes_every_page(book, change):
    text = (book / "one.md").read_text()
    (book / "one.md").write_text(text.replace(*change))
    assert build(book) == (0, "", {"index", "one", "two"})


def test_a_failed_build_does_not_pass_the_next_time(book):
    (book / "two.md").write_text(SECOND + "\n{prf:ref}`three`\n\n### Too deep\n")
    first, again = build(book), build(book)
    assert first[0] != 0 and again[0] != 0 and "two.md" in again[1]
