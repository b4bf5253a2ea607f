"""The address in _config.yml, and nothing else, turns on the buttons that need a network."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://github.com/someone/book"
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# One"}],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def links(folder, address):
    """Where a notebook's page leads outside, and its tooltips, under this book's settings with that address."""
    for name in ("_ext", "extra"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "requirements.txt", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"]["url"] = address
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: chapters/one\n")
    (folder / "index.md").write_text("# Book\n")
    (folder / "chapters").mkdir()
    (folder / "chapters" / "one.ipynb").write_text(json.dumps(NOTEBOOK))
    command = [Path(sys.executable).parent / "jupyter-book", "build", folder, "-W", "-n", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    page = (folder / "_build" / "html" / "chapters" / "one.html").read_text(encoding="utf-8")
    return re.findall(r'href="(https?:[^"?]*)', page), re.findall(r'title="([^"]*)"', page)


def test_without_an_address_nothing_leads_to_a_service(tmp_path):
    assert links(tmp_path, "")[0] == []


def test_with_an_address_there_are_the_buttons(tmp_path):
    leads, tooltips = links(tmp_path, ADDRESS)
    assert "https://mybinder.org/v2/gh/someone/book/main" in leads
    assert "https://colab.research.google.com/github/someone/book/blob/main/chapters/one.ipynb" in leads
    assert ADDRESS in leads and f"{ADDRESS}/issues/new" in leads
    assert any(f"!git clone {ADDRESS} book" in tooltip and "%cd book/chapters" in tooltip for tooltip in tooltips)
