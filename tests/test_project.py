"""The files around the book agree with each other."""

import ast
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import entropybook

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "entropybook"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


# --- pins --------------------------------------------------------------------------------------------------------


def pins(text):
    """Name and version of every line that is for this machine, and the lines that are no exact pin."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    lines = [line.partition("; ")[0] for line in lines if "; " not in line or Requirement(line).marker.evaluate()]
    found = [(line, re.fullmatch(r"([\w.-]+)==(\d[\w.]*)", line)) for line in lines if line and line != "-e ."]
    exact = {re.sub(r"[-_.]+", "-", m[1]).lower(): m[2] for _, m in found if m}
    return exact, [line for line, m in found if not m]


def contradictions(required, constrained):
    """Names that two sets of pins give different versions."""
    return [name for name in required if constrained.get(name, required[name]) != required[name]]


def test_requirements_are_pinned_exactly():
    required, loose = pins(read("requirements.txt"))
    constrained, loose_too = pins(read("constraints.txt"))
    assert loose + loose_too == []
    assert required and constrained
    assert contradictions(required, constrained) == []
    assert "-e ." in read("requirements.txt").splitlines()


def brought_along(names):
    """Every distribution that `names` need on this machine, however far down."""
    found, waiting = set(), list(names)
    while waiting:
        if (name := canonicalize_name(waiting.pop())) not in found:
            found.add(name)
            needs = map(Requirement, requires(name) or ())
            waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


@pytest.mark.pinned
def test_everything_is_installed_at_its_pinned_version():
    required, constrained = pins(read("requirements.txt"))[0], pins(read("constraints.txt"))[0]
    installed = {name: version(name) for name in brought_along(required)}
    assert len(installed) > 80
    assert installed == {name: (required | constrained).get(name) for name in installed}


def test_pins_can_fail():
    assert pins("numpy==2.4.6  # why\n# a comment\n\n-e .\nSQL_x==1.0.post1") == (
        {"numpy": "2.4.6", "sql-x": "1.0.post1"},
        [],
    )
    assert pins("a==1; python_version > '3'\nb==1; python_version < '3'") == ({"a": "1"}, [])
    for line in ("numpy", "numpy>=2", "numpy==2.*", "numpy==2.4,<3", "-e ./src", "git+https://x.org/y"):
        assert pins(line) == ({}, [line])
    assert contradictions({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == ["b"]


# --- the package -------------------------------------------------------------------------------------------------

IMPORT_IT = """
import sys, warnings
import numpy as np
def state():
    return repr((np.get_printoptions(), np.geterr(), warnings.filters, np.random.get_state()[1].tolist()))
before = state()
import {module}
assert state() == before, "importing it changes NumPy's or Python's settings"
heavy = {{"matplotlib", "scipy", "sympy"}} & set(sys.modules)
assert not heavy, f"importing it imports {{heavy}}"
"""


def test_importing_the_package_is_light_and_changes_nothing():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_IT.format(module="entropybook")], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("module", ["sympy", "matplotlib", "this"])
def test_a_heavy_or_talkative_import_is_seen(module):
    done = subprocess.run([sys.executable, "-c", IMPORT_IT.format(module=module)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) != (0, "")


PARTS_OF_A_DOCSTRING = {"a source": r"(?m)^\s*Source:\s*\S", "a formula": r"\.\. math::", "an example": r">>> "}


def missing_parts(docstring):
    return [part for part, pattern in PARTS_OF_A_DOCSTRING.items() if not re.search(pattern, docstring or "")]


PUBLIC = [name for name in dir(entropybook) if inspect.isroutine(getattr(entropybook, name))]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_function_has_a_formula_an_example_and_a_source(name):
    assert missing_parts(inspect.getdoc(getattr(entropybook, name))) == []


def test_a_poor_docstring_is_seen():
    assert missing_parts(None) == list(PARTS_OF_A_DOCSTRING)
    assert missing_parts("H.\n\n.. math:: x\n\n>>> 1\n1\n\nThe Source: Shannon") == ["a source"]


PROVER = ("expressions", "measures", "evaluation", "sampling", "signs", "existence", "reduction", "proof")
MAY_IMPORT = {  # besides the standard library: nothing below imports anything above
    "__init__": {"entropybook.discrete", "entropybook.losses"}
    | {"entropybook.continuous", "entropybook.derivations", "entropybook.families"},  # when asked for
    "inputs": {"numpy"},
    "masses": {"numpy", "entropybook.inputs"},
    "discrete": {"numpy", "entropybook.inputs", "entropybook.masses"},
    "losses": {"numpy", "entropybook.inputs", "entropybook.masses"},
    "continuous": {"numpy", "scipy", "entropybook.inputs"},
    "symbolic/__init__": {f"entropybook.symbolic.{part}" for part in PROVER},
    **{
        f"symbolic/{part}": {"sympy", "mpmath", *(f"entropybook.symbolic.{below}" for below in PROVER[:floor])}
        for floor, part in enumerate(PROVER)
    },
    "registry": set(),
    "families": {"entropybook.distributions", "entropybook.registry"},
    "distributions/": {"sympy", "mpmath", "entropybook.symbolic", "entropybook.distributions"},  # and FLOORS
    "derivation": {"sympy", "entropybook.symbolic"},  # and `_above` what a derivation is asked for
    "statements": {"sympy", "entropybook.export", "entropybook.symbolic"},
    "derivations/__init__": {"entropybook.derivation", "entropybook.registry"},
    "derivations/": {"sympy", "entropybook.derivation", "entropybook.derivations", "entropybook.symbolic"},
    "export": {"sympy", "entropybook.derivation", "entropybook.symbolic"},
    "__main__": {"entropybook.derivations", "entropybook.derivation", "entropybook.export"},
    "moved": set(),
    "plots": {"entropybook.moved"},
    "explorables": {"entropybook.moved"},
}


def imported(source):
    """Every module imported anywhere in `source`; of this package, the full name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            name = ".".join(filter(None, ["entropybook" if node.level else "", node.module]))
            names = [f"{name}.{alias.name}" for alias in node.names] if name == "entropybook" else [name]
        else:
            continue
        yield from (name if name.startswith("entropybook") else name.partition(".")[0] for name in names)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_imports_nothing_from_above(path):
    name = path.relative_to(PACKAGE).with_suffix("").as_posix()
    allowed = MAY_IMPORT.get(name) or MAY_IMPORT.get(name.partition("/")[0] + "/")
    assert allowed is not None or name in MAY_IMPORT, "say in MAY_IMPORT what this module may import"
    found = {
        re.sub(r"^(entropybook\.(derivations|distributions))\..*", r"\1", m) for m in imported(path.read_text("utf-8"))
    }
    assert found - sys.stdlib_module_names <= (allowed or set())


FIGURES_MAY_IMPORT = {  # by the end of the file's name, besides what the package says is public
    "style": {"numpy"},
    "interactive": {"altair", "figures", "matplotlib", "PIL", "vl_convert"},
    "": {"figures", "matplotlib", "numpy"},
}


@pytest.mark.parametrize("path", sorted((ROOT / "chapters" / "figures").glob("*.py")), ids=lambda path: path.stem)
def test_figures_import_only_what_is_public(path):
    allowed = next(names for end, names in FIGURES_MAY_IMPORT.items() if path.stem.endswith(end))
    public = {f"entropybook.{name}" for name in entropybook.__all__}
    assert set(imported(path.read_text("utf-8"))) - sys.stdlib_module_names - public <= allowed


CHAPTERS = sorted(path.stem for path in PACKAGE.glob("derivations/ch*.py"))
FLOORS = {  # of a package in the package: a module imports only from those before it
    "distributions": [
        *("parameters", "intervals", "sums", "expectations", "proofs", "records", "family"),
        *("closed_forms", "discrete", "continuous", "vector_numbers", "vector_proofs", "vectors", "pairs", "__init__"),
    ],
    "derivations": ["notation", "lemmas", *CHAPTERS, "a5_numerics", "__init__"],
}


def climbs(package, floors, sources):
    """(module, what it imports from a floor that is not below it); a module without a floor is one, too."""
    for module, source in sources.items():
        below = floors[: floors.index(module)] if module in floors else []
        own = [name for name in imported(source) if f"{name}.".startswith(f"entropybook.{package}.")]
        names = [name.removeprefix(f"entropybook.{package}").strip(".") or "__init__" for name in own]
        yield from ((module, name) for name in names if name not in below)
        yield from [(module, "no floor")] * (module not in floors)


@pytest.mark.parametrize("package", FLOORS)
def test_a_package_in_the_package_has_floors(package):
    sources = {path.stem: path.read_text("utf-8") for path in (PACKAGE / package).glob("*.py")}
    assert len(sources) >= 15
    assert list(climbs(package, FLOORS[package], sources)) == []


def test_a_climb_is_seen():
    up, down = "from entropybook.x.b import c", "import sympy\nfrom entropybook.x.a import d"
    assert list(climbs("x", ["a", "b"], {"a": "import xml, numpy", "b": down})) == []
    assert list(climbs("x", ["a", "b"], {"a": up, "b": "from entropybook.x import a", "c": ""})) == [
        ("a", "b"),
        ("b", "__init__"),
        ("c", "no floor"),
    ]


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("import sympy.stats as s", "sympy"),
        ("def f():\n    from matplotlib import pyplot", "matplotlib"),
        ("from entropybook import plots", "entropybook.plots"),
        ("from entropybook.plots import show", "entropybook.plots"),
        ("from . import plots", "entropybook.plots"),
        ("from .plots import show", "entropybook.plots"),
        ("import entropybook.plots", "entropybook.plots"),
    ],
)
def test_an_import_is_found(source, module):
    assert list(imported(source)) == [module]


# --- the texts ---------------------------------------------------------------------------------------------------


def mentioned_targets(markdown):
    """Every `make target` in a code span or in a line of a code block."""
    return set(re.findall(r"(?m)(?:`|^\s*(?:\$ )?|&& *)make (?:[A-Z]+=\S+ )*([a-z-]+)", markdown))


def makefile_targets(text):
    return set(re.findall(r"(?m)^([a-z-]+):", text))


def test_the_make_targets_of_the_readme_exist():
    mentioned = mentioned_targets(read("README.md"))
    assert {"book", "test"} <= mentioned
    assert mentioned <= makefile_targets(read("Makefile"))


def test_make_targets_are_found():
    text = "Please make sure. `make book`:\n```\nmake test\n$ make PORT=1 serve && make clean\n```"
    assert mentioned_targets(text) == {"book", "test", "serve", "clean"}
    assert makefile_targets("book: x\n\techo y:\nBIN := z\n.PHONY: help\n") == {"book"}


def test_the_versions_agree():
    stated = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert yaml.safe_load(read("CITATION.cff"))["version"] == stated
    assert version("entropybook") == stated


UNWANTED = re.compile(r"\bTOD[O]\b|\bFIXM[E]\b|(?<![\w.])/(?:root|home|tmp)/")  # [O]: this line is read too


def unwanted(text):
    """Notes to self and paths of one machine; not in the letters of an encoded picture."""
    return UNWANTED.findall(re.sub(r'"image/png": "[^"]*"', "", text))


def files_of_the_repository():
    git = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if not name.startswith("extra/") and (ROOT / name).is_file()]


def test_no_file_holds_notes_to_self_or_paths_of_a_machine():
    names = files_of_the_repository()
    assert "pyproject.toml" in names
    found = {name: unwanted((ROOT / name).read_bytes().decode("utf-8", errors="replace")) for name in names}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "words", ["# TO" + "DO", "FIX" + "ME: x", "see /" + "tmp/x", '"/' + 'home/me"', "(/" + "root/x)"]
)
def test_unwanted_words_are_found(words):
    assert len(unwanted(words)) == 1
    assert unwanted('"image/png": "' + words.replace('"', "") + '"') == []


def test_an_environment_that_was_made_elsewhere_is_made_anew(tmp_path):
    folder = tmp_path.resolve() / "a folder"
    (folder / ".venv").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)

    def made(where):
        (folder / ".venv" / "ready").write_text(f"{where}\n", encoding="utf-8")
        return "-m venv" in subprocess.run(["make", "-n", "book"], cwd=folder, capture_output=True, text=True).stdout

    assert [made(folder), made("/elsewhere"), made("")] == [False, True, True]
