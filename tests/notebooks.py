"""Run the chapters and store their outputs: python tests/notebooks.py [chapters/NN_topic.ipynb ...]

What is stored depends on the sources alone, so that a second run changes no byte and a diff shows what really changed.
"""

import base64
import io
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import nbformat
import numpy as np
from matplotlib.image import imread
from nbclient import NotebookClient
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},  # no version: the outputs do not depend on it
}
ENCRYPTED = Config({"KernelManager": {"transport_encryption": "auto"}})  # else ipykernel warns at every start
OPTIONAL = {"torch": "make torch installs it", "constriction": "there is no build for this machine"}
SAME = 0.2  # root-mean-square difference, in levels of 0 to 255; test_notebooks.py shows what lies on either side


def chapters():
    return sorted((ROOT / "chapters").glob("*.ipynb"))


def missing(path):
    """What the notebook at `path` lacks: an optional library that is not installed; or an empty string."""
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    absent = (name for name in OPTIONAL if f"import {name}" in code and find_spec(name) is None)
    return "; ".join(f"{path.stem} needs {name}: {OPTIONAL[name]}" for name in absent)


def normalise(notebook):
    """Fix, in place, all that depends on the machine or the moment: metadata, and tracebacks, which hold paths."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
    return notebook


def execute(path):
    """The notebook at `path` with fresh outputs, normalised."""
    notebook = nbformat.read(path, as_version=4)
    options = {"kernel_name": "python3", "timeout": 120, "record_timing": False, "coalesce_streams": True}
    folder = {"metadata": {"path": str(Path(path).resolve().parent)}}
    return normalise(NotebookClient(notebook, resources=folder, config=ENCRYPTED, **options).execute())


def text(notebook):
    """The one way a notebook is written down."""
    return nbformat.writes(notebook, indent=1, sort_keys=True, ensure_ascii=False).rstrip("\n") + "\n"


def pictures(outputs):
    """The data of every output of a cell that has a PNG."""
    return [output["data"] for output in outputs if "image/png" in output.get("data", {})]


def difference(old, new):
    """Root-mean-square difference of two base64 PNGs in levels of 0 to 255; inf if their sizes differ."""
    old, new = (255.0 * imread(io.BytesIO(base64.b64decode(png)), format="png") for png in (old, new))
    return float(np.sqrt(np.mean((old - new) ** 2))) if old.shape == new.shape else float("inf")


def stale(stored, fresh):
    """What is wrong with the pictures among the outputs of a cell, which gave `fresh` when it was executed again."""
    old, new = pictures(stored), pictures(fresh)
    if len(old) != len(new):
        return [f"{len(old)} pictures are stored, and {len(new)} drawn"]
    apart = [difference(a["image/png"], b["image/png"]) for a, b in zip(old, new, strict=True)]
    return [f"a picture differs from the stored one by {d:.2f} levels, {SAME} are allowed" for d in apart if d > SAME]


def refresh(path):
    """Execute the notebook at `path` and write it back if that changes it; an equal picture keeps its stored bytes."""
    stored, fresh = nbformat.read(path, as_version=4), execute(path)
    for old_cell, new_cell in zip(stored.cells, fresh.cells, strict=True):
        for old, new in zip(*(pictures(cell.get("outputs", [])) for cell in (old_cell, new_cell)), strict=False):
            if difference(old["image/png"], new["image/png"]) <= SAME:
                new["image/png"] = old["image/png"]
    changed = path.read_text(encoding="utf-8") != text(fresh)
    if changed:
        path.write_text(text(fresh), encoding="utf-8", newline="\n")
    return changed


if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or chapters():
        print(path.name, end="  ", flush=True)
        if absent := missing(path):
            print(f"skipped; {absent}")
            continue
        start = time.perf_counter()
        outcome = "written" if refresh(path) else "unchanged"
        print(f"{outcome}, {time.perf_counter() - start:.1f} s")
