"""What is false or undefined somewhere is refused, for the reason that must refuse it; what is honest is proved."""

import random

import attacks
import mutants
import pytest

ALL = dict(attacks.everything())


def test_there_are_enough_attacks():
    assert len(ALL) >= 109


@pytest.mark.parametrize("name", ALL)
def test_an_attack_is_refused(name):
    refusal = attacks.accepted(ALL[name])
    assert refusal is not None
    assert not attacks.succeeds(ALL[name]), refusal


@pytest.mark.parametrize("name", attacks.HONEST)
def test_an_honest_claim_is_proved(name):
    assert attacks.accepted(attacks.HONEST[name]) is None


def test_a_guard_that_is_taken_away_is_missed():
    """A few of them; `make mutants` tries all."""
    chosen = random.Random(14).sample(mutants.all_guards(), 4)
    assert [guard for guard, name in mutants.missed_guards(chosen) if name is None] == []
