"""Notebooks: which pictures count as the same, that a run compares them, and what a run stores."""

import base64
import io
import os
import subprocess
import sys

import nbformat
import notebooks
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

# --- the tolerance ---------------------------------------------------------------------------------------------
# Seen with this drawing and three others, up to 2400 x 1600 pixels and down to labels of 6 points: the same drawing
# gives 0; data moved by 1e-5 of their size, far more than processors differ by, at most 0.05; every coloured pixel one
# level off 0.14; the least change of a digit, a 6 for a 0 in 6 points on the largest picture, 0.45; a line moved by a
# tenth of a pixel 0.57.  The limit, 0.2, lies between.


def drawn(scale=1.0, shift=0.0, tick="0.75", title="H(p)", colour="C0", size=(6.4, 4.8), points=10):
    """A curve as a base64 PNG; `shift` is in pixels."""
    figure = Figure(figsize=size)
    ax = figure.subplots()
    p = np.linspace(0.001, 1, 200)
    ax.plot(p, scale * -p * np.log2(p) + shift * 0.6 / ax.bbox.height, color=colour)
    ax.set(ylim=(0, 0.6), title=title)
    ax.set_xticks([0.25, 0.5, 0.75], ["0.25", "0.50", tick], fontsize=points)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return base64.b64encode(file.getvalue()).decode()


def one_level_off(png):
    """`png` with every pixel that is neither black nor white one level up or down."""
    pixels = np.rint(255 * imread(io.BytesIO(base64.b64decode(png)), format="png")).astype(int)
    grey = (pixels > 0) & (pixels < 255)
    pixels[grey] += np.random.default_rng(1).choice([-1, 1], size=grey.sum())
    file = io.BytesIO()
    imsave(file, pixels.astype(np.uint8), format="png")
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize("scale", [1, 1 + 1e-6, 1 + 1e-5])
def test_noise_of_the_data_is_allowed(scale):
    assert notebooks.difference(drawn(), drawn(scale=scale)) <= notebooks.SAME / 2


def test_noise_of_the_pixels_is_allowed():
    assert 0 < notebooks.difference(drawn(), one_level_off(drawn())) <= notebooks.SAME


CHANGES = {
    "a line a tenth of a pixel higher": {"shift": 0.1},
    "data that differ in the third digit": {"scale": 1.001},
    "a 6 for a 5 in a tick label": {"tick": "0.76"},
    "a 6 for a 5 in small print": {"tick": "0.76", "points": 6},
    "a letter of the title": {"title": "H(q)"},
    "another colour": {"colour": "C1"},
    "another size": {"size": (6.4, 4.7)},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(change):
    assert notebooks.difference(drawn(points=change.get("points", 10)), drawn(**change)) > 2 * notebooks.SAME


def outputs(*pngs):
    return [nbformat.v4.new_output("display_data", {"image/png": png}) for png in pngs]


def test_a_missing_or_other_picture_is_seen():
    png, other = drawn(), drawn(shift=1)
    assert notebooks.stale(outputs(png, other), outputs(png, other)) == []
    for fresh in ([png], [png, other, other], [png, png]):
        assert len(notebooks.stale(outputs(png, other), outputs(*fresh))) == 1


def test_the_run_of_a_notebook_compares_its_pictures(tmp_path):
    cell = nbformat.v4.new_code_cell(CELLS["draw"], execution_count=1, id="draw")
    for name, png in {"fresh": None, "stale": drawn()}.items():
        nb = nbformat.v4.new_notebook(cells=[cell], metadata=notebooks.METADATA)
        path = tmp_path / f"{name}.ipynb"
        path.write_text(notebooks.text(nb), encoding="utf-8")
        notebooks.refresh(path)
        if png:
            nb = nbformat.read(path, as_version=4)
            nb.cells[0].outputs = outputs(png)
            path.write_text(notebooks.text(nb), encoding="utf-8")
    (tmp_path / "conftest.py").write_text((notebooks.ROOT / "conftest.py").read_text(), encoding="utf-8")
    run = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q", tmp_path]
    environment = os.environ | {"PYTHONPATH": str(notebooks.ROOT / "tests")}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout and "a picture differs from the stored one" in done.stdout


# --- what tests/notebooks.py stores --------------------------------------------------------------------------------

CELLS = {
    "draw": "import matplotlib.pyplot as plt\n_ = plt.plot([0, 1])",
    "speak": "import sys\nprint(1)\nprint('a warning', file=sys.stderr)\nprint(2)",
    "fail": "1 / 0",
}


def test_a_second_run_changes_nothing_and_hides_nothing(tmp_path):
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    cells[-1].metadata.tags = ["raises-exception"]
    path = tmp_path / "é.ipynb"
    path.write_text(notebooks.text(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    assert notebooks.refresh(path)
    nb = nbformat.read(path, as_version=4)
    draw, speak, fail = nb.cells
    assert {output.name: output.text for output in speak.outputs} == {"stdout": "1\n2\n", "stderr": "a warning\n"}
    assert fail.outputs[0].traceback == ["ZeroDivisionError: division by zero"]
    assert nb.metadata == notebooks.METADATA and not draw.metadata

    (data,) = notebooks.pictures(draw.outputs)
    data["image/png"] = one_level_off(data["image/png"])  # the same picture, other bytes: these stay
    path.write_text(notebooks.text(nb), encoding="utf-8")
    before = path.read_bytes()
    assert not notebooks.refresh(path)
    assert path.read_bytes() == before
