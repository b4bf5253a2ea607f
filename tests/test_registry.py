"""The registries: mappings of records that are modules, too."""

import copy
import pickle
import subprocess
import sys

import pytest

import entropybook
from entropybook import derivations, families
from entropybook.registry import Registry

FORMS = """
from entropybook import {name}
import entropybook.{name}, entropybook.{name} as module
from entropybook.{name} import {name} as inside
assert module is inside is {name} is entropybook.{name}
"""


@pytest.mark.parametrize("name", ["families", "derivations"])
def test_a_registry_is_a_module_in_every_form_of_import(name):
    registry = {}
    exec(FORMS.format(name=name), registry)
    assert isinstance(registry[name], Registry)
    assert registry[name].__name__ == f"entropybook.{name}"
    assert registry[name].__doc__ != Registry.__doc__


def test_what_is_imported_from_a_registry():
    from entropybook.derivations.notation import coin
    from entropybook.families import Distribution, Expectation, Family, Generator, Law, Pair, kl

    assert coin(1) == [1, 0]
    assert isinstance(families["normal"], Family) and isinstance(families.pairs["normal", "laplace"], Pair)
    assert isinstance(families["normal"](0, 1), Law) and Law is Distribution
    assert families.kl is kl and families.Expectation is Expectation and families.Generator is Generator
    with pytest.raises(ImportError):
        exec("from entropybook.families import gamma")  # not SymPy's function of this name
    assert not hasattr(families, "gamma") and not hasattr(families, "binomial")


IN_THREADS = """
import sys, threading
found, start = [], threading.Barrier(8)
def ask():
    start.wait()
    from entropybook import derivations, families
    from entropybook.families import families as inside, kl
    import entropybook.derivations as module
    found.append((families is inside and derivations is module, families["normal"], len(derivations), kl))
sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(found) == 8 and len(set(found)) == 1 and found[0][0], found
"""


def test_threads_import_one_registry():
    done = subprocess.run([sys.executable, "-c", IN_THREADS], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_registry_is_a_mapping():
    registry = Registry("letter", {"beta": 2, "alpha": 1})
    assert list(registry) == ["beta", "alpha"] and len(registry) == 2 and dict(registry) == {"beta": 2, "alpha": 1}
    assert "beta" in registry and "gamma" not in registry and registry.get("gamma") is None
    assert registry == registry != Registry("letter", registry) and hash(registry) == hash(registry)
    assert repr(registry) == "<the registry of 2 records, each a letter>"
    with pytest.raises(KeyError, match="there is no letter 'alhpa'; the nearest are alpha"):
        registry["alhpa"]
    with pytest.raises(KeyError, match="there is no letter 'xyz'; there are 2 others"):
        registry["xyz"]


@pytest.mark.parametrize("registry", [families, derivations], ids=["families", "derivations"])
@pytest.mark.parametrize("copy_of", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_copy_of_a_registry_is_the_registry(registry, copy_of):
    assert copy_of(registry) is registry


def test_dir_shows_what_is_public():
    assert {"entropy", "families", "derivations", "differential_entropy"} <= set(dir(entropybook))
    assert "import_module" not in dir(entropybook)
    assert all(getattr(entropybook, name) is not None for name in dir(entropybook))
    with pytest.raises(AttributeError, match="module 'entropybook' has no attribute 'nothing'"):
        _ = entropybook.nothing


def test_importing_all_is_light():
    code = "from entropybook import *; import sys; print(sorted({'scipy', 'sympy'} & {*sys.modules}), entropy([1, 0]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] 0.0\n"
