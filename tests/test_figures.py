"""Each chapter finds its figures; without the book, the package says where they are."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from shutil import copytree

import nbformat
import notebooks
import pytest

import entropybook

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "chapters" / "figures"


# --- files and chapters ------------------------------------------------------------------------------------------


def functions(source):
    """Names of the public functions in a module, in their order."""
    names = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return [name for name in names if not name.startswith("_")]


def calls(sources):
    """For each module of figures that the cells import, what they take from it, in the order of the first use."""
    modules, used = {}, {}
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.ImportFrom) and node.module == "figures":
            modules |= {alias.asname or alias.name: alias.name for alias in node.names}
    for source in sources:
        for variable, name in re.findall(r"\b(\w+)\.(\w+)", source):
            if variable in modules and name not in used.setdefault(modules[variable], []):
                used[modules[variable]].append(name)
    return used


@pytest.mark.parametrize("path", notebooks.chapters(), ids=lambda path: path.stem)
def test_a_chapter_uses_the_figures_of_its_file_in_their_order(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    number = path.stem.partition("_")[0]
    prefix = number if number.startswith("a") else f"ch{number}"
    files = {file.stem: functions(file.read_text(encoding="utf-8")) for file in FIGURES.glob(f"{prefix}_*.py")}
    used = calls(cells)
    assert used.keys() == files.keys()
    for module, names in used.items():
        assert all(callable(getattr(import_module(f"figures.{module}"), name)) for name in names)
        assert [name for name in names if name in files[module]] == files[module]


def test_every_file_belongs_to_a_chapter_or_is_shared():
    prefixes = {path.stem.partition("_")[0] for path in notebooks.chapters()}
    of_none = {
        path.stem for path in FIGURES.glob("*.py") if path.stem.partition("_")[0].removeprefix("ch") not in prefixes
    }
    assert of_none == {"__init__", "interactive", "style"}


def test_calls_are_found():
    cells = ["from figures import ch01_a as plots", "np.f(plots.b(ax))\nplots.a(ax)", "other.c()\nplots.b(ax)"]
    assert calls(cells) == {"ch01_a": ["b", "a"]}
    assert functions("def b(): ...\n\ndef _c(): ...\n\nclass A:\n    def d(self): ...\n\ndef a(): ...") == ["b", "a"]


# --- the old names -----------------------------------------------------------------------------------------------

OLD_NAMES = {
    "plots": """surprisal_curve surprisal_areas binary_entropy_curve kl_terms tangent_bound simplex_contours
        entropy_and_excess cross_entropy_curve cross_entropy_map accuracy_comparison speed_comparison three_sums
        derivation_map entropy_simplex entropy_of_mixtures information_diagram code_tree code_areas floor_and_excess
        code_square measured_bits stream_ends ruler_histogram ruler_limit uniform_densities density_slice same_variance
        normal_contours bregman_gap joint_and_product chain_of_laws falling_divergence normal_information two_fits
        reverse_landscape js_saturation pinsker_cloud logit_losses confident_losses double_softmax_window smoothed_loss
        temperature_path reductions clamped_losses lost_gradient bound_bars product_landscape normal_ellipses
        bound_in_training digits_in_and_out latent_plane likelihood_curves train_and_test frequency_bias digit_gallery
        noise_floor P_COLOR Q_COLOR EXCESS_COLOR LINE_COLOR EXCESS CORNERS FAMILY_MARKS""",
    "explorables": """Explorable coin wrong_code both_directions bill normals two_bells temperature label_noise
        WIDTH EXCESS_EDGE PLAIN_COLOR ONE_ROW SCHEMA CONFIG ROOT_TWO_PI""",
}


@pytest.mark.parametrize("module", OLD_NAMES)
def test_the_old_names_are_there(module):
    alias = import_module(f"entropybook.{module}")
    assert [name for name in OLD_NAMES[module].split() if not hasattr(alias, name)] == []


def test_an_old_name_is_the_new_function():
    from entropybook.explorables import bill
    from entropybook.plots import chain_of_laws
    from figures import ch07_joint, ch09_interactive

    assert chain_of_laws is ch07_joint.chain_of_distributions and bill is ch09_interactive.cross_entropy_of_coins


# --- the package alone -------------------------------------------------------------------------------------------

WITHOUT = """
import sys
sys.path.insert(0, {folder!r})
sys.modules.update(dict.fromkeys({absent}))
"""
OF_THE_BOOK = ("altair", "matplotlib", "PIL", "vl_convert")


def alone(folder, code, *absent):
    """What `code` writes to standard error where the package is in `folder` and some libraries are missing."""
    code = WITHOUT.format(folder=str(folder), absent=absent) + code
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder).stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The package as a wheel holds it: this folder and nothing beside it."""
    folder = tmp_path_factory.mktemp("site-packages")
    copytree(ROOT / "src" / "entropybook", folder / "entropybook")
    return folder


def test_the_package_needs_nothing_of_the_book(installed):
    modules = [path.stem for path in (installed / "entropybook").glob("*.py") if path.stem not in OLD_NAMES]
    names = [*entropybook.__all__, *(name for name in modules if not name.startswith("_"))]
    code = f"from entropybook import {', '.join(names)}; assert families.__file__.startswith({str(installed)!r})"
    assert alone(installed, code, *OF_THE_BOOK) == ""
    assert "import of altair halted" in alone(installed, "import altair", *OF_THE_BOOK)


@pytest.mark.parametrize("module", OLD_NAMES)
def test_without_the_book_its_figures_say_where_they_are(installed, module):
    said = alone(installed, f"from entropybook import {module}", "figures")
    assert said.splitlines()[-1].startswith("ImportError: The figures belong to the book, not to the package. Clone")


@pytest.mark.parametrize(("module", "library"), [("plots", "matplotlib"), ("explorables", "altair")])
def test_with_the_book_alone_its_figures_say_what_they_need(module, library):
    said = alone(ROOT / "src", f"from entropybook import {module}", library)
    assert said.splitlines()[-1].startswith(f"ImportError: The book's figures need {library}; install")
    assert "pip install 'entropybook[chapters]'" in said
