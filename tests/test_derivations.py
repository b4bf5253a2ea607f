"""Every derivation of the library: verified, sound in its references, and broken in two ways that must be seen."""

import importlib
import re

import mutants
import pytest
import sympy as sp

from entropybook import derivations
from entropybook.derivation import Checked, Cited, DerivationError
from entropybook.derivations import lemmas

IDS = {  # the theorems of the book, chapter by chapter; courses refer to them by these names
    "01_surprise": "surprisal-axioms zero-log-zero change-of-base entropy-nonnegative binary-entropy-maximum "
    "geometric-entropy",
    "02_properties": "entropy-upper-bound entropy-maximum-lagrange entropy-additive entropy-chain-rule "
    "entropy-grouping entropy-concave conditioning-reduces-entropy entropy-of-a-function",
    "03_codes": "kraft-inequality code-length-excess shannon-code-bound wrong-code-cost",
    "04_kl_divergence": "log-tangent-bound gibbs-inequality gibbs-by-jensen log-sum-inequality kl-as-phi-sum "
    "kl-infinite-support kl-asymmetry-bernoulli kl-not-a-metric kl-additive kl-jointly-convex kl-second-order",
    "05_continuous": "discretised-entropy-limit kl-nonnegative-densities differential-entropy-affine "
    "negative-differential-entropy kl-reparametrisation maximum-entropy-uniform maximum-entropy-exponential "
    "maximum-entropy-normal",
    "06_closed_forms": "kl-normal kl-multivariate-normal kl-exponential-family-bregman expected-log-gamma",
    "07_joint": "mutual-information-as-kl kl-chain-rule data-processing-inequality mutual-information-bivariate-normal",
    "08_directions": "forward-kl-moment-matching reverse-kl-mode-seeking jensen-shannon-bounds jeffreys-symmetric "
    "pinsker-inequality",
    "09_cross_entropy": "cross-entropy-decomposition cross-entropy-self cross-entropy-minimiser "
    "cross-entropy-linear-in-p cross-entropy-convex-in-q cross-entropy-gradient cross-entropy-equals-kl "
    "cross-entropy-negative-densities",
    "10_losses": "binary-cross-entropy-minimum softmax-gradient softmax-hessian log-sum-exp-shift double-softmax-floor "
    "label-smoothing-floor temperature-gradient",
    "11_libraries": "mean-versus-batchmean",
    "12_learning": "mle-is-minimum-cross-entropy gaussian-nll-is-squared-error empirical-cross-entropy "
    "empirical-kl-bias conditional-entropy-floor",
    "13_variational": "elbo-decomposition vae-gaussian-kl reverse-kl-variational",
    "a5_numerics": "three-kl-sums kl-term-series",
}


def test_every_theorem_has_its_derivation():
    expected = [(chapter, id) for chapter, ids in IDS.items() for id in ids.split()]
    assert [(d.chapter, id) for id, d in derivations.items()] == expected  # in this order
    assert len(expected) == 76


def test_a_derivation_is_in_the_module_of_its_chapter():
    """As its file's name says; two that earlier chapters use, too, are in `lemmas`."""
    for d in derivations.values():
        number = d.chapter if d.chapter.startswith("a") else f"ch{d.chapter}"
        module = importlib.import_module(f"entropybook.derivations.{number}")
        assert d in vars(module).values() or (d.chapter == "04_kl_divergence" and d in vars(lemmas).values())
        assert module.__doc__.startswith(f"Chapter {int(d.chapter[:2])}, " if number[:2] == "ch" else "Appendix A")


@pytest.mark.parametrize("id", derivations)
def test_verified(id):
    d = derivations[id]
    statuses = d.verify().statuses
    assert len(statuses) == len(d.steps)
    assert set(statuses) <= {"proved", "checked", "cited", "evaluated", "example"}
    assert d.report() == d.verify()  # what is listed without verifying is what verifying finds


def test_most_steps_are_proved():
    statuses = [status for d in derivations.values() for status in d.report().statuses]
    assert statuses.count("proved") / len(statuses) > 0.95


@pytest.mark.parametrize("id", derivations)
def test_mutants_are_rejected(id):  # ten of each: make mutants
    tried, alive = mutants.survivors(derivations[id], seed=1948, wanted=2)
    assert tried == 2
    assert alive == []


def test_a_mutant_that_is_not_wrong_survives():
    d = derivations["gibbs-inequality"]
    right = d.steps[0].expression
    equal = right.func(sp.expand(right.function), *right.limits)
    assert equal != right
    assert mutants._equal(right, equal, d.domain, ())
    assert d.with_step(0, equal).verify() == d.verify()


def test_uses_are_theorems_and_form_no_cycle():
    done, waiting = set(), {id: set(d.uses) for id, d in derivations.items()}
    while waiting:
        ready = {id for id, uses in waiting.items() if uses <= done}
        assert ready, f"a cycle, or an unknown theorem, among {waiting}"
        done |= ready
        waiting = {id: uses for id, uses in waiting.items() if id not in ready}


@pytest.mark.parametrize("id", derivations)
def test_words(id):
    d = derivations[id]
    assert d.sources
    for text in (d.statement, *filter(None, [*d.assumptions, d.zeros]), *(step.reason for step in d.steps)):
        assert text.count("$") % 2 == 0 and text[-1] in ".:" and text == text.strip()
        outside = "x".join(re.split(r"\$[^$]*\$", text))
        assert not re.search(r"[\\*_`{}]|  ", outside), text  # no markup outside of formulas
    for step in d.steps:
        if isinstance(step.proof, Cited):
            assert re.search(r"(section|theorem|lemma|page|chapter|equation|proposition) [\d.]+", step.proof.source)
        if isinstance(step.proof, Checked):
            assert len(step.proof.why) > 20


def test_the_library_is_a_mapping():
    assert list(derivations) == [d.id for d in derivations.values()]
    assert "gibbs-inequality" in derivations and "gibbs" not in derivations
    with pytest.raises(KeyError, match="there is no derivation 'gibs-inequality'; the nearest are gibbs-inequality"):
        derivations["gibs-inequality"]
    with pytest.raises(KeyError, match="there is no derivation 'xyzzy'; there are 76 others"):
        derivations["xyzzy"]


def test_a_changed_step_is_found():
    with pytest.raises(DerivationError, match="cross-entropy-decomposition, step 2 of 2"):
        derivations["cross-entropy-decomposition"].with_step(1, sp.Symbol("x", positive=True)).verify()
