"""Every page of the built book, opened in a browser that has no network."""

import re
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from conftest import CHAPTERS, PAGES, outside, watched

# --- checks: facts in, complaints out ------------------------------------------------------------------------------


def gaps(levels):
    """Headings that skip a level; a page begins with its one h1."""
    steps = [(a, b) for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
    return steps + ([("h1", levels.count(1))] if levels.count(1) != 1 else [])


def without_words(pictures):
    """Pictures without a description, or with one that is a file's name, and pictures that do not load."""
    return [src for alt, src, width in pictures if not width or len(alt.split()) < 4 or re.search(r"\.(png|svg)$", alt)]


def broken(page, links, ids):
    """Links from `page` to pages or anchors that are not there; `ids` holds the anchors of each page."""
    for link in links:
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = normpath(join(dirname(page), unquote(path).partition("?")[0])) if path else page
        if target in ids:
            if anchor and unquote(anchor) not in ids[target]:
                yield link
        elif not target.startswith("_sources/"):
            yield link


def test_the_checks_can_fail():
    assert outside(["file:///x", "data:y", "https://unpkg.com/thebe"]) == ["https://unpkg.com/thebe"]
    assert gaps([1, 2, 3, 2]) == [] and gaps([1, 3]) == [(1, 3)] and gaps([2]) == [(0, 2), ("h1", 0)]
    assert gaps([1, 2, 1]) == [("h1", 2)]
    good = ["a picture of something", "a.png", 9]
    assert without_words([good, ["", "b", 9], ["_images/a b c d.png", "c", 9], [good[0], "d", 0]]) == ["b", "c", "d"]
    ids = {"a/b.html": ["x"], "c.html": ["y"]}
    assert list(broken("a/b.html", ["#x", "../c.html#y", "https://x.org", "../_sources/a.ipynb"], ids)) == []
    assert list(broken("a/b.html", ["#y", "../c.html#x", "d.html"], ids)) == ["#y", "../c.html#x", "d.html"]


# --- the pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_without_a_network(seen, page):
    facts = seen[page]
    assert facts["complaints"] == []
    assert outside(facts["asked"]) == outside(address for address in facts["loads"] if ":" in address) == []
    assert facts["raw TeX"] == []
    assert facts["fonts missing"] == []
    assert facts["formulas"] == facts["formulas to hear"] == facts["formulas as TeX"]
    assert facts["equations"] == facts["equations with numbers"]
    assert page not in CHAPTERS or (facts["formulas"] > 10 and {"KaTeX_Main", "KaTeX_Math"} <= set(facts["fonts"]))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_well_built(seen, page):
    facts = seen[page]
    assert facts["language"] == "en" and facts["skip"] == ["#main-content" if page == "search.html" else "#text"]
    title, _, book = facts["title"].partition(" — ")
    assert title and title != book
    assert page == "search.html" or (
        30 < len(facts["description"]) <= 250 and not set("$\\\\") & set(facts["description"])
    )
    assert facts["unnamed"] == []
    assert gaps(facts["headings"]) == []
    assert without_words(facts["pictures"]) == []
    assert facts["repeated ids"] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(seen, page):
    assert list(broken(page, seen[page]["links"], {name: set(facts["ids"]) for name, facts in seen.items()})) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_phone(seen, page):
    assert (seen[page]["width on a phone"], seen[page]["too wide"]) == (360, [])


BUDGET = 240_000, 40  # bytes, as a static host compresses them, and requests; fonts and figures come on top


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light_on_a_static_host(browser, host, page):
    root, answers = host
    context = browser.new_context()
    before = len(answers)
    tab = watched(context)
    tab.goto(root + page, wait_until="networkidle")
    context.close()
    assert outside(tab.asked) == tab.complaints == []
    asked = [(path, size) for path, size in answers[before:] if "/_images/" not in path]
    assert asked[0][0].endswith(f"/{page}")
    assert [path for path, _ in asked if "/webfonts/" in path] == []  # an icon that is not in extra/icons
    assert sum(size for path, size in asked if ".woff2" not in path) <= BUDGET[0] and len(asked) <= BUDGET[1], asked
