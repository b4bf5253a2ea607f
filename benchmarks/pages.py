"""How soon a reader sees the formulas of a chapter, and what that costs; `make bench-pages` runs it.

The same chapter is built twice: as the book is, and with the stock settings of Jupyter Book plus MathJax from a local
folder (npm's mathjax 3, its fonts included).  Both are served compressed from this machine and opened in turns.
Time: from the start of the navigation until the first painted frame in which the formulas at the top are set.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from served import chromium, served  # noqa: E402

PAGE = sys.argv[1] if len(sys.argv) > 1 else "chapters/09_cross_entropy"
RUNS = 9
MATHJAX = "mathjax@3.2.2"

WATCH = """
window.seen = null;
const set = () => {
  const formulas = [...document.querySelectorAll("main span.math, main div.math")];
  if (!formulas.length || !document.querySelector("footer.bd-footer")) return false;  // the page was read to its end
  const first = formulas.filter((e) => e.checkVisibility()).slice(0, 20);
  return first.every((e) => e.querySelector(".katex-html, mjx-container")) && document.fonts.status === "loaded";
};
const look = () => set()
  ? requestAnimationFrame(() => setTimeout(() => (window.seen = performance.now()), 0))
  : requestAnimationFrame(look);
requestAnimationFrame(look);
"""


def stock(folder):
    """The book with the settings that a new Jupyter Book has, in `folder`; returns the folder of its pages."""
    pages = [path.name for path in ROOT.glob("*.md")]
    for name in ("chapters", "references.bib", "_toc.yml", *pages):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    vendored = folder / "extra" / "mathjax"
    shutil.copytree(npm(folder), vendored)
    sphinx = config["sphinx"]
    config["html"].pop("favicon")
    sphinx.pop("local_extensions")
    sphinx["extra_extensions"] = ["sphinx_proof", "sphinx_exercise", "sphinx.ext.autodoc"]
    kept = ("prf_realtyp_to_countertyp", "bibtex_reference_style", "bibtex_default_style", "nb_render_markdown_format")
    sphinx["config"] = {name: sphinx["config"][name] for name in kept if name in sphinx["config"]}
    sphinx["config"] |= {"html_extra_path": ["extra"], "mathjax_path": "../mathjax/es5/tex-mml-chtml.js"}
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    jupyter_book = Path(sys.executable).parent / "jupyter-book"
    done = subprocess.run([jupyter_book, "build", folder, "-q"], capture_output=True, text=True)
    built = folder / "_build" / "html"
    if not (built / f"{PAGE}.html").is_file():
        sys.exit(f"The stock book could not be built:\n{done.stdout}\n{done.stderr}")
    return built


def npm(folder):
    place = folder / "npm"
    subprocess.run(["npm", "install", "--silent", "--prefix", place, MATHJAX], check=True, stdout=subprocess.DEVNULL)
    return place / "node_modules" / "mathjax"


def opened(browser, address, answers):
    """Milliseconds until the formulas are seen; bytes and requests, figures not counted."""
    before = len(answers)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())  # stock pages ask elsewhere
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("window.seen !== null", timeout=60_000)
    time = page.evaluate("window.seen")
    page.wait_for_load_state("networkidle")
    context.close()
    asked = [size for path, size in answers[before:] if not path.startswith("/_images/") and "favicon" not in path]
    return time, sum(asked), len(asked)


def main():
    shutil.which("npm") or sys.exit("There is no npm. Install it, on Debian with: apt-get install npm")
    ours = Path(os.environ.get("BOOK", ROOT / "_build" / "html"))
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folders = {"this book": ours, "stock, MathJax vendored": stock(Path(scratch))}
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        found = {name: [] for name in folders}
        for _ in range(RUNS):
            for name, folder in folders.items():
                with served(folder) as (address, answers):
                    found[name].append(opened(browser, f"{address}{PAGE}.html", answers))
        browser.close()
    print(f"{PAGE}, medians of {RUNS} runs in turns, nothing cached, figures not counted\n")
    print("| | formulas seen after | fastest and slowest | bytes (gzip) | requests |\n|---|---|---|---|---|")
    middle = {name: [median(column) for column in zip(*runs, strict=True)] for name, runs in found.items()}
    for name, (time, size, requests) in middle.items():
        times = [run[0] for run in found[name]]
        print(f"| {name} | {time:.0f} ms | {min(times):.0f} to {max(times):.0f} ms | {size:,.0f} | {requests:.0f} |")
    (a, b, _), (c, d, _) = middle.values()
    print(f"\nOf the stock page's, this book takes {a / c:.0%} of the time and {b / d:.0%} of the bytes.")


if __name__ == "__main__":
    main()
