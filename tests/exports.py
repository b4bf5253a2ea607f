"""Every derivation in every form of file, tried with the tools that read it: what `make test-exports` does.

LaTeX and Beamer are compiled (pdflatex), the notebooks are run, and the Markdown is built as a book of two pages.
"""

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from shutil import which

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from entropybook import derivations
from entropybook.export import FORMS

CONFIG = """\
title: Derivations
execute: {execute_notebooks: "off"}
sphinx: {extra_extensions: [sphinx_proof]}
"""
CONTENTS = "format: jb-book\nroot: index\nchapters: [{file: derivations}]\n"
TOO_WIDE = 15  # points by which a line may stick out


def written(form, folder):
    """Write a document for every derivation (in one thread: mpmath's precision belongs to all); the ids."""
    for id, d in derivations.items():
        (folder / f"{id}-{form}.tex").write_text(FORMS[form]([d]), encoding="utf-8")
    return list(derivations)


def compiled(form, id, folder):
    """Compile one document; what went wrong, or None."""
    name = f"{id}-{form}"
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    if done.returncode:
        return done.stdout[-1500:]
    wide = [line for line in done.stdout.splitlines() if line.startswith("Overfull \\hbox")]
    wide = [line for line in wide if float(line.partition("(")[2].partition("pt")[0]) > TOO_WIDE]
    return "\n".join(wide) or None


def notebooks():
    """A notebook a chapter, with its derivations one after the other."""
    for chapter in dict.fromkeys(d.chapter for d in derivations.values()):
        yield chapter, FORMS["notebook"]([d for d in derivations.values() if d.chapter == chapter])


def executed(text, folder):
    """Run one notebook; what went wrong, or None."""
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    try:
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    except CellExecutionError as problem:
        return str(problem)


def built(folder):
    """Build a book of an empty page and a page with all derivations; warnings are errors."""
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text(CONTENTS)
    (folder / "index.md").write_text("# A test\n")
    (folder / "derivations.md").write_text(FORMS["markdown"](list(derivations.values())), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        ".",
        "--all",
        "-W",
        "-n",
        "--keep-going",
        "--quiet",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        return done.stderr[-3000:]
    page = (folder / "_build" / "html" / "derivations.html").read_text(encoding="utf-8")
    missing = [id for id in derivations if f'id="{id}"' not in page]
    return f"not on the page: {missing}" if missing else None


def main():
    if not which("pdflatex"):
        sys.exit("pdflatex is missing: install Debian's texlive-latex-recommended and texlive-pictures, or the like")
    failures = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        folder = Path(folder)
        book = folder / "book"
        book.mkdir()
        chapters = dict(notebooks())
        for title, task, names in (
            ("LaTeX", partial(compiled, "latex", folder=folder), written("latex", folder)),
            ("Beamer", partial(compiled, "beamer", folder=folder), written("beamer", folder)),
            ("notebook", lambda chapter: executed(chapters[chapter], folder), list(chapters)),
            ("Markdown book", lambda name: built(book), ["all"]),
        ):
            start = time.perf_counter()
            problems = {name: problem for name, problem in zip(names, pool.map(task, names), strict=True) if problem}
            for name, problem in problems.items():
                print(f"{title}, {name}:\n{problem}\n")
            good = len(names) - len(problems)
            print(f"{title}: {good} of {len(names)} good ({time.perf_counter() - start:.0f} s)", flush=True)
            failures += len(problems)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
