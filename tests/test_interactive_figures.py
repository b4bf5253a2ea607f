"""The interactive figures compute, in Vega, what the package computes, and their pictures are drawn to scale."""

import ast
import base64
import gzip
import json
import os
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import altair
import expected_numbers
import jsonschema
import nbformat
import notebooks
import numpy as np
import pytest
import vl_convert
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from entropybook import families
from entropybook.continuous import kl_divergence_density
from figures.interactive import WIDTH

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = [vl_convert.get_vegalite_versions()[0], vl_convert.get_vegalite_versions()[-1]]  # in JupyterLab, in the page


def chart(name):
    number = expected_numbers.FIGURES[name].chapter[:2]
    return getattr(import_module(f"figures.ch{number}_interactive"), name)()


@cache
def stored(name):
    return json.dumps(chart(name).to_dict())


def at(name, position):
    """The chart with its sliders at this position, as a specification of Vega-Lite; and the position with names."""
    spec = json.loads(stored(name))
    sliders = [parameter for parameter in spec["params"] if "bind" in parameter]
    for slider, value in zip(sliders, position, strict=True):
        bind = slider["bind"]
        steps = (value - bind["min"]) / bind["step"]
        assert bind["min"] <= value <= bind["max"] and abs(steps - round(steps)) < 1e-9, (slider, value)
        slider["value"] = value
    return spec, dict(zip([slider["name"] for slider in sliders], position, strict=True))


def marks(node, kind, group=None):
    """All items of marks of a kind, each with the innermost named group that it is in, and the name of the mark."""
    name = node.get("name") or ""
    for child in node.get("items", []):
        if node.get("marktype") == "group":
            yield from marks(child, kind, name)
        elif "marktype" in child:
            yield from marks(child, kind, group)
        elif node.get("marktype") == kind:
            yield group, name, child


@cache
def scene(name, position, version=VERSIONS[-1]):
    return vl_convert.vegalite_to_scenegraph(at(name, position)[0], vl_version=version)["scenegraph"]


POSITIONS = [(name, position) for name, figure in expected_numbers.FIGURES.items() for position in figure.positions]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_the_numbers_are_those_of_the_package(name, position, version):
    lines = [item["text"] for _, mark, item in marks(scene(name, position, version), "text") if "readout" in mark]
    settings = at(name, position)[1]
    assert list(expected_numbers.complaints(lines, settings, expected_numbers.FIGURES[name].numbers)) == []


@pytest.mark.parametrize("position", [(0, 3.15, 3), (0.05, 2.75, 2.8), (2, 1.5, 2.5)])
def test_the_package_finds_the_same_for_a_mixture(position):
    """Where no density underflows."""
    mu, sigma, d = position
    left, right, model = (families["normal"](mu=m, sigma=s) for m, s in ((-d, 1), (d, 1), (mu, sigma)))
    target, line = lambda x: (left.pdf(x) + right.pdf(x)) / 2, (-np.inf, np.inf)
    both = kl_divergence_density(target, model.pdf, line), kl_divergence_density(model.pdf, target, line)
    assert np.allclose(both, list(expected_numbers.fit_to_a_mixture(*position).values()), rtol=1e-6)


def test_every_interactive_figure_is_tested():
    paths = (ROOT / "chapters" / "figures").glob("ch*_interactive.py")
    parsed = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    made = [node.name for module in parsed for node in module.body if isinstance(node, ast.FunctionDef)]
    assert sorted(made) == sorted(expected_numbers.FIGURES)


# --- drawn to scale ----------------------------------------------------------------------------------------------


STACKS = {  # the bars from above, each with its parts, and the number at the right end of the axis
    "mismatched_code": ([["floor H(P)", "excess D(P‖Q)"]], 5),
    "cross_entropy_of_coins": ([["floor H(P)", "excess D(P‖Q)"]], 2),
    "fit_to_a_mixture": ([["forward D(M‖Q)"], ["reverse D(Q‖M)"]], 4),
    "label_noise": ([["floor H(Y|X)", "excess"]], 2),
    "both_directions": ([["H(P)", "D(P‖Q)"], ["H(Q)", "D(Q‖P)"]], 4),
    "temperature": ([["floor H(y)", "excess D(y‖p)"]], 3),
}


@pytest.mark.parametrize(("name", "position"), [item for item in POSITIONS if item[0] in STACKS])
def test_a_bar_is_as_long_as_its_number(name, position):
    stacks, limit = STACKS[name]
    numbers = expected_numbers.FIGURES[name].numbers(*position)
    bars = [bar for _, mark, bar in marks(scene(name, position), "rect") if "stack" in mark]
    ends = [np.minimum(np.cumsum([numbers[part] for part in parts]), limit) for parts in stacks]
    expected = [(start, end) for row in ends for start, end in zip([0, *row], row, strict=False)]
    width = WIDTH / limit
    assert len(bars) == len(expected)
    for bar, (start, end) in zip(bars, expected, strict=True):
        assert abs(bar.get("x", 0) - start * width) < 0.1 and abs(bar.get("width", 0) - (end - start) * width) < 0.1


@pytest.mark.parametrize(("name", "position"), [item for item in POSITIONS if item[0] in STACKS])
def test_a_bar_that_is_cut_off_says_so(name, position):
    stacks, limit = STACKS[name]
    numbers = expected_numbers.FIGURES[name].numbers(*position)
    totals = [sum(numbers[part] for part in parts) for parts in stacks]
    signs = [item["text"] for _, _, item in marks(scene(name, position), "text") if item.get("align") == "right"]
    signs = [sign for sign in signs if sign in ("", "►", "∞ ►")]
    assert signs == ["∞ ►" if np.isinf(total) else "►" if total > limit else "" for total in totals]


@pytest.mark.parametrize(("name", "position"), [item for item in POSITIONS if item[0] in ("coin", "mismatched_code")])
def test_the_areas_add_up_to_the_mean(name, position):
    """The areas of the upper panel, as parts of width 1 and height 7, are the entropy, or the bill."""
    numbers = expected_numbers.FIGURES[name].numbers(*position)
    bars = [bar for _, mark, bar in marks(scene(name, position), "rect") if "stack" not in mark]
    mean = numbers.get("entropy H", numbers.get("bill H(P,Q)"))
    highest = max(bar.get("height", 0) for bar in bars)
    area = sum(bar.get("width", 0) * bar.get("height", 0) for bar in bars) / WIDTH
    if np.isfinite(mean) and highest < {"coin": 150, "mismatched_code": 170}[name]:
        assert abs(area * 7 / {"coin": 150, "mismatched_code": 170}[name] - mean) < 0.002


@pytest.mark.parametrize(("name", "position"), POSITIONS)
def test_a_dot_lies_on_a_curve(name, position):
    """The curve is drawn by one formula and the dot by another."""
    lines = list(marks(scene(name, position), "line"))
    dots = [item for item in marks(scene(name, position), "symbol") if item[2].get("shape", "circle") != "square"]
    assert bool(dots) == (name not in ("mismatched_code", "normals", "fit_to_a_mixture"))
    for group, _, dot in dots:
        curves = {}
        for other, mark, point in lines:
            if other == group and point.get("y") is not None and point.get("defined", True):
                curves.setdefault(mark, []).append((point.get("x", 0), point["y"]))
        heights = [np.interp(dot.get("x", 0), *np.array(sorted(curve)).T) for curve in curves.values()]
        y = dot.get("y", 0)
        assert (dot.get("shape", "circle") == "circle") or y == 0  # a triangle: beyond the chart
        steep = y < 1 or not 8 < dot.get("x", 0) < WIDTH - 8  # at the top, it is cut off there
        assert steep or min(abs(height - y) for height in heights) < 0.7, (group, dot, heights)


of_coins = expected_numbers.cross_entropy_of_coins
CURVES = {  # of each panel: the height, the number at its top, and the values over x between 0 and 1
    "both_directions": [
        (150, 3, lambda x, p, q: [expected_numbers.both_directions(p, x)[name] for name in ("D(P‖Q)", "D(Q‖P)")])
    ],
    "cross_entropy_of_coins": [
        (120, 2, lambda x, p, q: [of_coins(p, x)["bill H(P,Q)"]]),
        (120, 2, lambda x, p, q: [of_coins(x, q)["bill H(P,Q)"], expected_numbers.coin(x)["entropy H"] * np.log(2)]),
    ],
    "coin": [(110, 1.05, lambda x, p: [expected_numbers.coin(x)["entropy H"]])],
}


@pytest.mark.parametrize(("name", "position"), [item for item in POSITIONS if item[0] in CURVES])
def test_the_curves(name, position):
    drawn = {}
    for group, mark, point in marks(scene(name, position), "line"):
        y = point.get("y", 0)
        y = -1e9 if y is None else y  # an infinite value
        drawn.setdefault(group, {}).setdefault(mark, []).append((point.get("x", 0), y))
    assert len(drawn) == len(CURVES[name])
    for (height, top, values), curves in zip(CURVES[name], drawn.values(), strict=True):
        for x in (0.1, 0.35, 0.8):
            expected = [(1 - value / top) * height for value in values(x, *position)]
            found = [np.interp(x * WIDTH, *np.array(curve).T) for curve in curves.values()]
            inside = [i for i, y in enumerate(expected) if y > 0]  # above, the curve is cut off
            assert len(found) == len(expected)
            assert np.allclose([found[i] for i in inside], [expected[i] for i in inside], atol=0.5)


def test_the_area_under_the_integrands():
    """Of the two normal laws, the drawn areas are the two numbers."""
    items = {}
    for group, _, point in marks(scene("normals", (0.3, 1.65)), "area"):
        items.setdefault(group, []).append((point.get("x", 0), point["y"], point.get("height", 0)))
    P, Q = expected_numbers.normals(0.3, 1.65).values()
    assert len(items) == 2
    for points, number in zip(items.values(), (P, Q), strict=True):
        x, y, height = np.array(points).T
        zero = 110 * 1.2 / 1.8
        above = np.where(abs(y - zero) < 1e-9, -height, zero - y)
        assert abs(np.trapezoid(above / 110 * 1.8, x / WIDTH * 12) - number) < 0.005


# --- what is stored ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", expected_numbers.FIGURES)
def test_a_chart_is_valid_and_the_same_each_time(name):
    spec = chart(name).to_dict()
    schema = next(Path(altair.__file__).parent.glob("vegalite/v*/schema/vega-lite-schema.json"))
    jsonschema.validate(spec, json.loads(schema.read_text(encoding="utf-8")))
    assert chart(name).to_dict() == spec
    assert "http" not in json.dumps(spec).replace(spec["$schema"], "")
    assert all(slider["bind"]["name"].strip() for slider in spec["params"] if "bind" in slider)


def test_another_process_makes_the_same_chart():
    code = "import json; from figures.ch01_interactive import coin; print(json.dumps(coin().to_dict()))"
    environment = dict(os.environ, PYTHONHASHSEED="7")
    command = {"args": [sys.executable, "-c", code], "cwd": ROOT / "chapters", "env": environment}
    done = subprocess.run(**command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == chart("coin").to_dict()


def test_what_a_cell_stores():
    coin = chart("coin")
    data = coin._repr_mimebundle_()
    assert set(data) == {"application/vnd.vegalite.v5+json", "image/png", "text/plain"}
    assert data["image/png"].startswith(b"\x89PNG") and len(data["image/png"]) < 40_000
    assert data["image/png"] == coin._repr_mimebundle_()["image/png"]


@pytest.mark.parametrize("name", expected_numbers.FIGURES)
def test_the_chapter_shows_it(name):
    figure = expected_numbers.FIGURES[name]
    path = ROOT / "chapters" / f"{figure.chapter}.ipynb"
    nb = nbformat.read(path, as_version=4)
    (i,) = [i for i, cell in enumerate(nb.cells) if cell.source.endswith(f"interactive.{name}()")]
    assert nb.cells[i].metadata.mystnb.figure.name == figure.name
    assert figure.name in nb.cells[i - 1].source and nb.cells[i - 1].cell_type == "markdown"


# --- in the page -------------------------------------------------------------------------------------------------

CONFIG = f"""
import sys
sys.path.insert(0, {str(ROOT / "_ext")!r})
extensions = ["myst_nb", "interactive_figures"]
nb_execution_mode = "off"
html_extra_path = [{str(ROOT / "extra")!r}]
html_theme = "basic"
"""


def build(folder, metadata):
    """The built folder, the status of a build with warnings as errors, and what was said."""
    data = chart("coin")._repr_mimebundle_()
    data["image/png"] = base64.b64encode(data["image/png"]).decode()
    cell = new_code_cell("interactive.coin()", id="a", execution_count=1, metadata=metadata)
    cell.outputs = [new_output("execute_result", data, execution_count=1)]
    nb = new_notebook(cells=[new_markdown_cell("# T\n\nText.\n", id="b"), cell], metadata=notebooks.METADATA)
    (folder / "index.ipynb").write_text(notebooks.text(nb), encoding="utf-8")
    (folder / "other.md").write_text("---\norphan: true\n---\n# O\n")
    (folder / "conf.py").write_text(CONFIG)
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(folder), str(folder / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return folder / "out", done.returncode, done.stderr


def test_the_page_has_the_picture_the_chart_and_the_script(tmp_path):
    figure = {"figure": {"name": "fig-a", "caption": "A coin."}, "image": {"alt": "A coin to drag."}}
    out, status, said = build(tmp_path, {"mystnb": figure})
    assert (status, said) == (0, "")
    page = (out / "index.html").read_text(encoding="utf-8")
    (inside,) = re.findall(r'(?s)<figure class="explorable[^>]*id="fig-a">(.*?)</figure>', page)
    assert 'alt="A coin to drag."' in inside and inside.count("<img") == 1
    (data,) = re.findall(r'(?s)<script class="explorable" type="application/json">(.*?)</script>', inside)
    spec = json.loads(data)
    assert [signal["name"] for signal in spec["signals"] if "bind" in signal] == ["p"] and spec["width"]
    (script,) = re.findall(r'<script defer="defer" src="([^"?]*interactive_figures\.js)[^"]*">', page)
    assert (out / script).is_file() and (out / "vega" / "vega.min.js").is_file()
    assert "explorable" not in (out / "other.html").read_text(encoding="utf-8")  # there, nothing is loaded
    assert "vega" not in page.replace(data, "")


def test_a_chart_that_is_no_figure_stops_the_build(tmp_path):
    _, status, said = build(tmp_path, {})
    assert status != 0 and "a chart needs the metadata of a figure" in said and "index" in said


@pytest.mark.pinned
def test_vega_is_the_version_that_charts_are_compiled_for():
    assert f'="{vl_convert.get_vega_version()}"'.encode() in (ROOT / "extra" / "vega" / "vega.min.js").read_bytes()


def test_vega_is_small_and_has_its_license():
    scripts = [(ROOT / "extra" / name).read_bytes() for name in ("vega/vega.min.js", "interactive_figures.js")]
    assert sum(len(gzip.compress(script, 9)) for script in scripts) < 350_000
    assert "Redistribution" in (ROOT / "extra" / "vega" / "LICENSE").read_text(encoding="utf-8")
