"""Threads, the precision of others, copies and pickles."""

import copy
import pickle
import random
import subprocess
import sys
import threading
from dataclasses import replace

import mpmath as mp
import pytest
from own_densities import VECTORS, draw

from entropybook import families

# --- threads, precision of others, copies -----------------------------------------------------------------------------


def some_answers():
    """Of many kinds, each sensitive to digits."""
    normal, poisson, dirichlet = families["normal"], families["poisson"], families["dirichlet"]
    return [
        normal(0, 1).kl(normal(1e-9, 1)),
        normal(3, 0.7).kl(normal(3 + 1e-12, 0.7 * (1 - 1e-12))),
        families["gumbel"](0, 1).kl(families["gumbel"](1e-81, 1)),
        families["bernoulli"](1e-100).kl(families["bernoulli"](2e-100)),
        families["gamma"](1e10, 1).entropy(),
        families["beta"](2, 3).kl(families["beta"](2 + 1e-9, 3)),
        families["von_mises"](0, 2).kl(families["von_mises"](0, 2 + 1e-9)),
        poisson(3).entropy(),
        dirichlet([1e6, 2e6]).pdf([0.25, 0.75]),
        families["multinomial"](5, [0.25, 0.75]).entropy(),
        families["multivariate_normal"]([0, 0], [[1, 0.5], [0.5, 1]]).kl(
            families["multivariate_normal"]([0, 0], [[1, 0.5], [0.5, 1 + 1e-9]])
        ),
        families.kl(families["gamma"](2, 3), families["normal"](1, 2)),
    ]


def test_the_precision_of_others_does_not_matter():
    expected = some_answers()
    for digits in (1, 5, 200):
        with mp.workdps(digits):
            assert some_answers() == expected
            assert mp.mp.dps == digits


def test_threads_give_the_same_answers():
    """While one more thread changes mpmath's own precision."""
    expected, interval = some_answers(), sys.getswitchinterval()
    stop, wrong, errors = threading.Event(), [], []

    def ask():
        try:
            for _ in range(6):
                wrong.extend(a for a, b in zip(some_answers(), expected, strict=True) if a != b)
        except Exception as error:
            errors.append(error)

    def disturb():
        with mp.workdps(15):
            while not stop.is_set():
                mp.mp.dps = 5

    threads = [threading.Thread(target=ask) for _ in range(8)]
    other = threading.Thread(target=disturb)
    sys.setswitchinterval(1e-6)
    try:
        other.start()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stop.set()
        other.join()
        sys.setswitchinterval(interval)
    assert not errors
    assert not wrong


@pytest.mark.parametrize("copy_of", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies(copy_of):
    """Of a law that has answered, of records, and of a record that is not in the catalogue."""
    for name in families:
        values = VECTORS.get(name) or (([0.5, 0.5],) if name == "categorical" else draw(name, random.Random(3)))
        law = families[name](*values)
        law.entropy()
        law.pdf([0, 1] if name in VECTORS else 1)
        twin = copy_of(law)
        assert twin == law
        assert hash(twin) == hash(law)
        assert twin.family == law.family
        assert hash(twin.family) == hash(law.family)
        assert twin.entropy() == law.entropy()
        assert twin.kl(law) == law.kl(twin) == 0
        assert repr(twin) == repr(law)
    normal = families["normal"]
    assert copy_of(normal(0, 1)).kl(normal(1, 1)) == normal(0, 1).kl(copy_of(normal(1, 1))) == 0.5
    assert copy_of(normal) == normal != families["laplace"]
    pair = families.pairs["normal", "laplace"]
    assert copy_of(pair) == pair != families.pairs["normal", "gumbel"]
    assert hash(copy_of(pair)) == hash(pair)
    assert families.kl(copy_of(normal(0, 1)), families["laplace"](0, 1)) == families.kl(
        normal(0, 1), families["laplace"](0, 1)
    )
    assert len({normal(0, 1), normal(0.0, 1.0), copy_of(normal(0, 1))}) == 1


def test_a_changed_record_is_not_pickled_as_the_one_of_the_catalogue():
    changed = replace(families["normal"], title="Changed")
    assert copy.deepcopy(changed).title == "Changed"
    assert changed == families["normal"]  # by name: so a law of either can be compared with one of the other
    assert hash(changed) == hash(families["normal"])
    assert changed(0, 1).kl(families["normal"](1, 1)) == families["normal"](0, 1).kl(changed(1, 1)) == 0.5
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(changed)


def test_another_process_can_use_a_pickled_law():
    law = families["gamma"](2, 3)
    code = "import pickle, sys; law = pickle.load(sys.stdin.buffer); print(law.entropy(), law.kl(law))"
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(law), capture_output=True, check=True)
    assert done.stdout.decode().split() == [str(law.entropy()), "0.0"]
