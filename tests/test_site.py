"""What the book's own extensions make of the pages; what they warn of; and what is built again, and when."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))

import accessible  # noqa: E402
from search_words import EnglishAndHan  # noqa: E402

CONFIG = f"""
import os, sys
sys.path.insert(0, {str(ROOT / "_ext")!r})
extensions = ["myst_parser", "sphinx_proof", "whole_builds", "accessible", "unique_ids", "descriptions", "search_words"]
html_theme = "sphinx_book_theme"
templates_path = [{str(ROOT / "_ext")!r}]
numfig = True
"""
THEOREM = "```{prf:theorem} One\n:label: one\nText.\n```\n\n```{prf:proof}\nBy nature.\n```\n"
FIGURE = "```{figure} a.svg\n:name: NAME\nA caption.\n```\n\n"
SECOND = "# Two\n\nText, {numref}`one-figure`.\n\n" + THEOREM.replace("one", "two")


def start(folder, **settings):
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", folder, folder / "out"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(command, env={**os.environ, **settings}, **pipes)


def build(folder, **settings):
    """Build again; returns the status and what was said."""
    process = start(folder, **settings)
    said = process.communicate(timeout=120)[1]
    return process.returncode, said


def page(folder, name):
    return (folder / "out" / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    (folder / "conf.py").write_text(CONFIG, encoding="utf-8")
    (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    text = "A long & plain paragraph. " * 100
    (folder / "index.md").write_text(f"# Book\n\n{text}\n\n```{{toctree}}\none\ntwo\n```\n", encoding="utf-8")
    (folder / "one.md").write_text(
        "# One\n\n## Part\n\n" + FIGURE.replace("NAME", "one-figure") + THEOREM, encoding="utf-8"
    )
    (folder / "two.md").write_text(SECOND, encoding="utf-8")
    assert build(folder) == (0, "")
    return folder


@pytest.fixture
def book(built, tmp_path):
    """A copy; Sphinx reads all of it again, as the folder is another one."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


# --- pages ---------------------------------------------------------------------------------------------------------


def test_a_page_loads_no_icons_by_script_and_no_search(built):
    html = page(built, "one")
    assert not [word for word in ("fontawesome.js", "searchtools.js", "searchindex.js") if word in html]
    assert 'data-theme="light"' in html and "localStorage" not in html  # it is left to extra/first.js
    assert "searchtools.js" in page(built, "search") and "<title>Book" not in page(built, "one")


def test_a_page_names_its_parts_and_repeats_no_id(built):
    html = page(built, "one")
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids)) and {"one", "one-section", "one-content", "proof-1", "text"} <= set(ids)
    assert 'href="#text"' in html and 'href="#text"' not in page(built, "search")
    assert 'aria-label="Contents of the book"' in html and 'aria-hidden="true" class="fa-solid' in html


def test_a_description_is_short(built):
    (text,) = re.findall('<meta name="description" content="(.*?)"', page(built, "index"))
    assert 200 < len(unescape(text)) <= 250 and text.startswith("A long &amp; plain") and text.endswith(" …")


def test_a_chart_cannot_end_the_script_that_holds_it():
    chart = {"mark": "point", "title": "</script><b>", "data": {"values": [{"a": 1}]}}
    text = importlib.import_module("interactive_figures").compiled(chart)
    assert "</" not in text and json.loads(text)["title"]["text"] == "</script><b>"


def test_chinese_words_are_split_into_characters_and_pairs():
    words = EnglishAndHan({})
    assert list(words.split("the KL 交叉熵 of x熵")) == ["the", "KL", "交", "叉", "熵", "交叉", "叉熵", "of", "x", "熵"]


def test_the_browser_splits_as_the_index_does():
    from py_mini_racer import MiniRacer

    with MiniRacer() as racer:
        racer.eval(EnglishAndHan.js_splitter_code)
        assert list(racer.eval("splitQuery('KL 交叉熵, x熵')")) == ["KL", "交叉", "叉熵", "x", "熵"]


# --- warnings ------------------------------------------------------------------------------------------------------


def test_a_replacement_that_matches_nothing_is_a_warning(book):
    broken = """
import accessible, search_words
accessible.CHANGES = [("", theirs + "gone", ours) for _, theirs, ours in accessible.CHANGES]
search_words.CHANGES = {"searchtools.js": {"gone": ""}}
"""
    (book / "conf.py").write_text(CONFIG + broken, encoding="utf-8")
    status, said = build(book)
    assert status != 0 and "Sphinx's search has changed, searchtools.js has no 'gone'" in said
    assert all(f"no page matches {theirs + 'gone'!r}" in said for _, theirs, _ in accessible.CHANGES)


# --- building again ------------------------------------------------------------------------------------------------


def test_numbers_and_titles_on_other_pages_follow(book):
    assert build(book) == (0, "") and "Fig. 1" in page(book, "two")
    one = (book / "one.md").read_text(encoding="utf-8")
    one = one.replace("# One\n\n## Part\n\n", "# First\n\n## Part\n\n" + FIGURE.replace("NAME", "zero-figure"))
    (book / "one.md").write_text(one, encoding="utf-8")
    assert build(book) == (0, "")
    assert "Fig. 2" in page(book, "two") and "Fig. 1" not in page(book, "two") and "First" in page(book, "two")


def test_nothing_is_written_again_without_a_change(book):
    def pages():
        return {path: path.stat().st_mtime_ns for path in (book / "out").glob("*.html")}

    assert build(book) == (0, "")
    before = pages()
    assert build(book) == (0, "") and pages() == before


def test_a_failed_build_does_not_pass_the_next_time(book):
    (book / "two.md").write_text(SECOND + "\n{prf:ref}`three`\n\n### Too deep\n", encoding="utf-8")
    first, again = build(book), build(book)
    assert first[0] != 0 and again[0] != 0 and "two.md" in again[1]


@pytest.mark.parametrize("end", ["os._exit(9)", "raise KeyboardInterrupt"])
def test_a_build_that_was_stopped_while_it_wrote_does_not_count(book, end):
    stop = f"""
def stop(app, page, template, context, doctree):
    if page == "two" and "STOP" in os.environ:
        {end}
def setup(app):
    app.connect("html-page-context", stop)
"""
    (book / "conf.py").write_text(CONFIG + stop, encoding="utf-8")
    (book / "out" / "two.html").unlink()
    assert build(book, STOP="1")[0] != 0 and not (book / "out" / "two.html").exists()
    assert build(book) == (0, "") and page(book, "two").rstrip().endswith("</html>")


def test_two_builds_at_once_wait_for_each_other(book):
    note = """
import time
def note(word):
    def write(app, *_):
        with open(os.path.join(app.srcdir, "log"), "a") as log:
            log.write(word)
        time.sleep(2)
    return write
def setup(app):
    app.connect("builder-inited", note("begins "))
    app.connect("build-finished", note("ends "))
"""
    (book / "conf.py").write_text(CONFIG + note, encoding="utf-8")
    both = [start(book), start(book)]
    assert [(process.communicate(timeout=240)[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    assert (book / "log").read_text() == "begins ends begins ends "


# --- the address of a copy -----------------------------------------------------------------------------------------

ADDRESS = "https://github.com/someone/book"
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# One\n\n## Part"}],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_the_address_of_a_copy_turns_on_the_buttons_that_need_a_network(tmp_path, address):
    for name in ("_ext", "extra"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "references.bib", tmp_path)
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    if address:  # what a lecturer does, as README.md says
        config = re.sub("(?m)^#(?=\\S| {2})", "", config).replace("https://github.com/OWNER/NAME", address)
        assert yaml.safe_load(config)["html"]["use_issues_button"]
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: chapters/one\n")
    (tmp_path / "index.md").write_text("# Book\n")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.ipynb").write_text(json.dumps(NOTEBOOK))
    command = [Path(sys.executable).parent / "jupyter-book", "build", tmp_path, "-W", "-n", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "_build" / "html" / "chapters" / "one.html").read_text(encoding="utf-8")
    leads = re.findall(r'href="(https?:[^"?]*)', html)
    if not address:
        assert leads == []
        return
    assert "https://mybinder.org/v2/gh/someone/book/main" in leads
    assert "https://colab.research.google.com/github/someone/book/blob/main/chapters/one.ipynb" in leads
    assert address in leads and f"{address}/issues/new" in leads
    first = f"!git clone {address} book && pip install './book[chapters]'"
    assert f'title="Open in Colab, and run first {first} and then %cd book/chapters"' in unescape(html)
