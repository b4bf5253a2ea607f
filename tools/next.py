"""Build the book with the newest Sphinx, theme and MyST, which Jupyter Book does not allow yet, and try its pages.

    .venv/bin/python tools/next.py           # needs make book's .venv, and a network
    .venv/bin/python tools/next.py --pages   # and the browser tests, as make test-browser

Everything happens in _build/next: an environment of its own, a copy of the sources with a conf.py, the pages.
Warnings are errors. The exit code says how it went.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from jupyter_book.config import get_final_config

ROOT = Path(__file__).resolve().parent.parent
NEXT = ROOT / "_build" / "next"
PYTHON = NEXT / "venv" / "bin" / "python"
NEWEST = """sphinx myst-nb sphinx-external-toc sphinx-book-theme sphinx-copybutton sphinx-togglebutton sphinx-design
    sphinx-multitoc-numbering sphinx-proof sphinx-exercise sphinxcontrib-bibtex mini-racer altair vl-convert-python"""
ONLY_WITH_JUPYTER_BOOK = {"jupyter_book", "sphinx_comments", "sphinx_jupyterbook_latex"}


def environment():
    subprocess.run([sys.executable, "-m", "venv", "--clear", NEXT / "venv"], check=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    browser = ["-r", ROOT / "requirements-browser.txt", "pytest"] if "--pages" in sys.argv else []
    subprocess.run([*install, *NEWEST.split(), *browser, ROOT], check=True)
    subprocess.run([PYTHON, "-m", "pip", "list", "--disable-pip-version-check"], check=True)


def configuration():
    """What Jupyter Book makes of _config.yml, as a conf.py without Jupyter Book."""
    settings, _ = get_final_config(user_yaml=ROOT / "_config.yml", cli_config={"latex_individualpages": False})
    settings["extensions"] = [name for name in settings["extensions"] if name not in ONLY_WITH_JUPYTER_BOOK]
    del settings["comments_config"]
    lines = [f"{name} = {value!r}" for name, value in sorted(settings.items())]
    return "\n".join(["import sys", "sys.path.insert(0, '_ext')", *lines, ""])


def build():
    book = NEXT / "book"
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(ROOT, book, ignore=shutil.ignore_patterns("_build", ".*", "__pycache__"))
    (book / "conf.py").write_text(configuration(), encoding="utf-8")
    command = [PYTHON, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html", "-d", NEXT / "doctrees"]
    return subprocess.run([*command, ".", NEXT / "html"], cwd=book).returncode


def pages():
    tests = [PYTHON, "-m", "pytest", "-q", "-c", os.devnull, "--confcutdir", "tests/browser", "tests/browser"]
    where = {"BOOK": str(NEXT / "html"), "PYTHONPATH": "tests"}
    return subprocess.run(tests, cwd=NEXT / "book", env={**os.environ, **where}).returncode


if __name__ == "__main__":
    environment()
    failed = build()
    if "--pages" in sys.argv:
        failed = pages() or failed
    sys.exit(failed)
