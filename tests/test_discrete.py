"""The discrete measures: known values, accuracy against mpmath, properties, shapes, bad input, no warnings.

No expected value comes from the code under test: it is exact arithmetic written out with math.log, a published value
(a string, compared to half a unit of its last digit), or mpmath on the doubles given (reference.py).
"""

import math
import re
import tracemalloc
from fractions import Fraction
from math import inf, log
from pathlib import Path

import mpmath
import numpy as np
import pytest
import reference
from cases import PAIRS
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose as assert_close

from entropybook import (
    conditional_entropy,
    cross_entropy,
    entropy,
    jeffreys_divergence,
    jensen_shannon_divergence,
    joint_entropy,
    kl_divergence,
    masses,
    mutual_information,
    perplexity,
    surprisal,
)

PAIR = (cross_entropy, kl_divergence, jeffreys_divergence, jensen_shannon_divergence, perplexity)
JOINT = (joint_entropy, conditional_entropy, mutual_information)
WITH_BASE = (surprisal, entropy, *PAIR[:-1], *JOINT)
U = 2.0**-53  # half the distance between 1 and the next double: the relative error of one rounding

# --- 1. Known values -------------------------------------------------------------------------------------------

BITS = {"base": 2}
SHANNON = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
ALICE, BOB = SHANNON, [1 / 8, 1 / 2, 1 / 4, 1 / 8]
COVER, UNIFORM = [1 / 2, 1 / 4, 1 / 4], [1 / 3] * 3
KULLBACK = [9 / 25, 12 / 25, 4 / 25]
BINOMIAL_HALF, BINOMIAL_3 = [1 / 4, 1 / 2, 1 / 4], [0.49, 0.42, 0.09]
D2L = [[0.1, 0.5], [0.1, 0.3]]
COVER_JOINT = [
    [1 / 8, 1 / 16, 1 / 16, 1 / 4],
    [1 / 16, 1 / 8, 1 / 16, 0],
    [1 / 32, 1 / 32, 1 / 16, 0],
    [1 / 32, 1 / 32, 1 / 16, 0],
]  # example 2.2.1, turned so that x comes first: H(X) = 7/4, H(Y) = 2


def bernoulli_kl(p, q):
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


KNOWN = [
    (surprisal, (1 / 8,), BITS, 3.0, "definition"),
    (surprisal, (1 / 52,), BITS, "5.7", "a card from a deck"),
    (surprisal, (1 / math.factorial(52),), BITS, "225.6", "a shuffled deck"),
    (surprisal, (0.9,), BITS, "0.152", "a coin of .9, one side"),
    (surprisal, (0.1,), BITS, "3.322", "and the other"),
    (surprisal, (1,), {}, 0.0, "certain"),
    (surprisal, (0.0,), {}, inf, "impossible"),
    (surprisal, (0.1,), {"base": 10}, 1.0, "one ban"),
    (surprisal, (5e-324,), BITS, 1074.0, "the smallest double"),
    (entropy, (SHANNON,), BITS, 7 / 4, "Shannon 1948"),
    (entropy, (COVER,), BITS, 3 / 2, "Cover and Thomas 2.35"),
    (entropy, (UNIFORM,), BITS, "1.58496", "Cover and Thomas 2.35"),
    (entropy, ([0.9, 0.1],), BITS, "0.469", "H_b(.1)"),
    (entropy, ([0.9, 0.1],), {}, "0.3251", "the floor under 10 % label flips"),
    (entropy, ([0.3, 0.7],), {}, "0.6109", "H_b(.3)"),
    (entropy, ([1, 0, 0],), {}, 0.0, "certain"),
    (entropy, ([1],), {}, 0.0, "one outcome"),
    (entropy, ([1 / 8] * 8,), BITS, 3.0, "uniform"),
    (entropy, ([2.0**-k for k in range(1, 60)] + [2.0**-59],), BITS, 2 - 2.0**-58, "geometric 1/2, cut"),
    (entropy, ([6, 3, 3],), BITS | {"normalize": True}, 3 / 2, "counts"),
    (cross_entropy, (ALICE, BOB), BITS, 19 / 8, "two speakers, colah 2015"),
    (cross_entropy, (BOB, ALICE), BITS, 9 / 4, "two speakers, colah 2015"),
    (cross_entropy, (BOB, BOB), BITS, 7 / 4, "two speakers, colah 2015"),
    (cross_entropy, ([0.5, 0.5], [0.9, 0.1]), {}, "1.2040", "note B, 18"),
    (cross_entropy, ([0.5, 0.5], [0.6, 0.4]), {}, "0.7136", "note B, 18"),
    (cross_entropy, ([0.99, 0.01], [0.98, 0.02]), {}, "0.0591", "note A, 18"),
    (cross_entropy, ([1, 0, 0], [0.7, 0.2, 0.1]), {}, -log(0.7), "note A, 18"),
    (cross_entropy, ([0.7, 0.2, 0.1],) * 2, {}, "0.8018", "note A, 18"),
    (cross_entropy, ([1 / 2, 1 / 2], [1, 0]), {}, inf, "q = 0 < p"),
    (cross_entropy, ([1, 0], [1, 0]), {}, 0.0, "p = q = 0"),
    (kl_divergence, (COVER, UNIFORM), BITS, "0.08496", "Cover and Thomas 2.35"),
    (kl_divergence, (UNIFORM, COVER), BITS, "0.08170", "Cover and Thomas 2.35"),
    (kl_divergence, (KULLBACK, UNIFORM), {}, "0.0852996", "Kullback 1959"),
    (kl_divergence, (UNIFORM, KULLBACK), {}, "0.0974550", "Kullback 1959"),
    (kl_divergence, (BINOMIAL_HALF, UNIFORM), {}, "0.0589", "Bin(2, 1/2) and U3"),
    (kl_divergence, (UNIFORM, BINOMIAL_HALF), {}, "0.0566", "Bin(2, 1/2) and U3"),
    (kl_divergence, (UNIFORM, BINOMIAL_3), {}, "0.23099", "U3 and Bin(2, .3)"),
    (kl_divergence, (BINOMIAL_3, UNIFORM), {}, "0.16801", "U3 and Bin(2, .3)"),
    (kl_divergence, ([0.9, 0.1], [0.1, 0.9]), {}, "1.75778", "note A, 7"),
    (kl_divergence, ([0.1, 0.9], [0.9, 0.1]), {}, "1.75778", "note A, 7"),
    (kl_divergence, ([0.5, 0.5], [0.9, 0.1]), {}, bernoulli_kl(0.5, 0.9), "a triangle that fails"),
    (kl_divergence, ([0.5, 0.5], [0.7, 0.3]), {}, bernoulli_kl(0.5, 0.7), "a triangle that fails"),
    (kl_divergence, ([0.7, 0.3], [0.9, 0.1]), {}, bernoulli_kl(0.7, 0.9), "a triangle that fails"),
    (kl_divergence, ([0.1, 0.4, 0.5], [0.3, 0.3, 0.4]), {}, "0.1168", "iq-ai-lab's example, repaired"),
    (kl_divergence, ([0.3, 0.3, 0.4], [0.1, 0.4, 0.5]), {}, "0.1540", "iq-ai-lab's example, repaired"),
    (kl_divergence, (ALICE, BOB), BITS, 5 / 8, "two speakers, colah 2015"),
    (kl_divergence, (BOB, ALICE), BITS, 1 / 2, "two speakers, colah 2015"),
    (kl_divergence, ([1, 0], [1 / 2, 1 / 2]), BITS, 1.0, "p = 0 counts 0"),
    (kl_divergence, ([1 / 2, 1 / 2], [1, 0]), {}, inf, "q = 0 < p"),
    (kl_divergence, ([0.5, 0.5, 0], [0.5, 0, 0.5]), {}, inf, "q = 0 < p"),
    (kl_divergence, ([0.5, 0.5, 0], [0.25, 0.75, 0]), {}, bernoulli_kl(0.5, 0.25), "p = q = 0"),
    (kl_divergence, (COVER, COVER), {}, 0.0, "equal"),
    (jeffreys_divergence, (ALICE, BOB), BITS, 9 / 8, "two speakers, added"),
    (jeffreys_divergence, ([0.9, 0.1], [0.1, 0.9]), {}, 1.6 * log(9), "(p - q) log(p/q)"),
    (jeffreys_divergence, ([0.5, 0.5], [1, 0]), {}, inf, "one zero"),
    (jeffreys_divergence, ([1, 0], [0.5, 0.5]), {}, inf, "one zero, the other way"),
    (jeffreys_divergence, ([1, 0], [1, 0]), {}, 0.0, "equal"),
    (jensen_shannon_divergence, ([1, 0], [0, 1]), {}, log(2), "nothing in common"),
    (jensen_shannon_divergence, ([1, 0], [0, 1]), BITS, 1.0, "nothing in common"),
    (jensen_shannon_divergence, ([1, 0], [0.5, 0.5]), {}, 1.5 * log(2) - 0.75 * log(3), "by hand"),
    (jensen_shannon_divergence, ([0.75, 0.25], [0.25, 0.75]), {}, bernoulli_kl(0.75, 0.5), "by hand: midpoint 1/2"),
    (jensen_shannon_divergence, (COVER, COVER), {}, 0.0, "equal"),
    (joint_entropy, (COVER_JOINT,), BITS, 27 / 8, "Cover and Thomas, example 2.2.1"),
    (joint_entropy, ([[0.5, 0], [0.25, 0.25]],), BITS, 1.5, "three outcomes"),
    (conditional_entropy, (COVER_JOINT,), BITS, 13 / 8, "Cover and Thomas, example 2.2.1"),
    (conditional_entropy, (np.transpose(COVER_JOINT),), BITS, 11 / 8, "Cover and Thomas, example 2.2.1"),
    (conditional_entropy, ([[0.25, 0.25], [0.25, 0.25]],), BITS, 1.0, "independent"),
    (conditional_entropy, ([[0.5, 0], [0, 0.5]],), {}, 0.0, "Y is X"),
    (conditional_entropy, ([[0.5, 0.5], [0, 0]],), BITS, 1.0, "a row of zeros does not count"),
    (mutual_information, (COVER_JOINT,), BITS, 3 / 8, "Cover and Thomas, example 2.2.1"),
    (mutual_information, (D2L,), BITS, "0.0074034", "d2l's example, repaired"),
    (mutual_information, ([[0.25, 0.25], [0.25, 0.25]],), {}, 0.0, "independent"),
    (mutual_information, ([[0.5, 0], [0, 0.5]],), BITS, 1.0, "Y is X"),
    (mutual_information, ([[0.5, 0, 0], [0, 0, 0.5], [0, 0, 0]],), BITS, 1.0, "Y is X, with zero rows and columns"),
    (perplexity, (SHANNON,), {}, 2**1.75, "Shannon 1948"),
    (perplexity, ([1, 0],), {}, 1.0, "certain"),
    (perplexity, ([1 / 8] * 8,), {}, 8.0, "uniform"),
    (perplexity, ([1 / 7] * 7,), {}, 7.0, "uniform"),
    (entropy, ([2**70, 2**70],), {"normalize": True}, log(2), "whole numbers beyond int64"),
    (entropy, ([2**70, 0.5, 2**70],), {"normalize": True}, log(2), "with one that is lost beside them"),
    (perplexity, (ALICE, BOB), {}, 2**2.375, "two speakers, colah 2015"),
    (perplexity, ([0.5, 0.5], [1, 0]), {}, inf, "q = 0 < p"),
]


@pytest.mark.parametrize(("function", "arguments", "options", "expected", "source"), KNOWN)
def test_known_value(function, arguments, options, expected, source):
    got = function(*arguments, **options)
    if isinstance(expected, str):
        assert abs(got - float(expected)) <= 0.5000001 * 10.0 ** -len(expected.partition(".")[2]), source
    elif expected in (0, inf) or options.get("base"):  # bits of powers of two, and a ban
        assert got == expected, source
    else:
        assert got == pytest.approx(expected, rel=4e-15, abs=0), source


def test_known_values_cover_every_function():
    assert {row[0] for row in KNOWN} == {surprisal, entropy, *PAIR, *JOINT}


# Distributions of powers of two: every logarithm in bits is a whole number, so what is asked for is a fraction, and
# the answer is that fraction to the last bit.


def _halved(random, count):
    """exponents of `count` powers of 1/2 that sum to 1: some of them halved, again and again"""
    exponents = [0]
    while len(exponents) < count:
        largest = exponents.pop(random.integers(len(exponents)))
        exponents += [largest + 1] * 2
    return random.permutation(exponents).tolist()


def _powers(exponents):
    return [Fraction(1, 2**k) for k in exponents]


def _expected(weights, numbers):
    return sum(w * n for w, n in zip(weights, numbers, strict=True))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9, 33, 70, 300])
@pytest.mark.parametrize("power", [1, 2, 3, 4, 40])
def test_bits_of_powers_of_two_are_exact(count, power):
    """In base 2, 4, 8, 16 and 2^40; also of counts in these proportions, of tiny ones, and in a batch."""
    random, options, tiny = np.random.default_rng(count), {"base": 2**power}, 3 * 2.0**-1060
    for _ in range(4):
        a, b = _halved(random, count), _halved(random, count)
        p, q = _powers(a), _powers(b)
        h, ce, other = _expected(p, a), _expected(p, b), _expected(q, a) - _expected(q, b)
        wanted = [(h, entropy, 1), (ce, cross_entropy, 2), (ce - h, kl_divergence, 2)]
        wanted.append((ce - h + other, jeffreys_divergence, 2))
        x, y = (np.array(v, dtype=float) for v in (p, q))
        for scales, more in (((1, 1), {}), ((3, 7), NORMALIZE), ((5e-200, 1e300), NORMALIZE), ((tiny, 1), NORMALIZE)):
            arrays = [v * s for v, s in zip((x, y), scales, strict=True)]
            if scales[0] > tiny or count < 10:  # others are below the smallest double
                for exact, function, inputs in wanted:
                    got = function(*arrays[:inputs], **options, **more)
                    assert got == float(exact / power), (function, scales)
                    assert function(*[np.array([v, v]) for v in arrays[:inputs]], **options, **more)[1] == got
        apart = np.append(x, 0 * x), np.append(0 * x, x)
        assert jensen_shannon_divergence(*apart, **options) == 1 / power
        assert jensen_shannon_divergence((apart[0] + x.repeat(2)) / 3, apart[0], base=2, normalize=True) >= 0
        assert perplexity(x) == pytest.approx(2.0 ** float(h), rel=4 * U, abs=0)


def test_bits_of_tables_of_powers_of_two_are_exact():
    random = np.random.default_rng(30)
    for rows, columns in ((1, 1), (2, 2), (3, 5), (4, 4), (8, 8), (2, 100)):
        a, exponents = _halved(random, rows), [_halved(random, columns) for _ in range(rows)]
        h_x = _expected(_powers(a), a)
        h_y_given_x = _expected(_powers(a), [_expected(_powers(row), row) for row in exponents])
        joint = np.array([[2.0 ** -(k + j) for j in row] for k, row in zip(a, exponents, strict=True)])
        for scale, more in ((1, {}), (3, NORMALIZE), (2.0**-1040, NORMALIZE)):
            assert joint_entropy(joint * scale, base=2, **more) == h_x + h_y_given_x
            assert conditional_entropy(joint * scale, base=2, **more) == h_y_given_x
            same = np.diag(joint.sum(axis=1))
            assert mutual_information(same * scale, base=2, **more) == h_x
            assert conditional_entropy(joint * scale, base=4, **more) == h_y_given_x / 2


def test_powers_of_ten_are_exact_in_bans():
    assert surprisal(0.01, base=10) == 2
    assert surprisal([0.1, 1e-300], base=100).tolist() == [0.5, 150]
    assert entropy([0.1] * 10, base=10) == 1


# --- 2. Accuracy -----------------------------------------------------------------------------------------------
#
# Relative errors against mpmath for the doubles given, divided by their sum.  Results below the smallest normal
# double cannot carry full precision: no case here has one (checked).

# The worst relative errors measured on these cases, in units of 1e-16:
#
#                              KL   Jeffreys   Jensen-Shannon   cross-entropy   entropy
#   Dirichlet                  6.3      4.7          4.1             3.2           2.3
#   float32-rounded            3.8      2.5          7.3             2.2           2.1
#   peaked                     1.9      1.3          1.5             1.8           2.6
#   near-equal 1e-3 to 1e-7    3.1      3.2          4.0             2.3           2.2
#   near-equal 1e-8 to 1e-15   3.4      3.0          3.9             3.0           2.2
#   zeros and subnormals       4.5      3.3          4.7             1.7           1.8

PAIR_BOUNDS = {kl_divergence: 7e-16, jeffreys_divergence: 6e-16, jensen_shannon_divergence: 1e-15, cross_entropy: 6e-16}


def _digits(*arrays):
    """how many digits keep a sum of these whole"""
    smallest = min(float(a[a > 0].min()) for a in map(np.asarray, arrays))
    return 60 + (int(-2.2 * math.log10(smallest)) if smallest < 1e-15 else 0)


def _error(function, *arguments, **options):
    """relative error of a function of the package; an answer below 0, a nan or a wrong infinity counts as infinite"""
    with mpmath.workdps(_digits(*arguments)):
        exact = getattr(reference, function.__name__)(*arguments)
        assert exact == 0 or exact > 1e-300
        got = function(*arguments, **options)
        return reference.relative_error(got, exact) if got >= 0 else inf


@pytest.mark.parametrize("family", PAIRS)
def test_accuracy_of_pairs(family):
    for p, q in PAIRS[family](np.random.default_rng(3)):
        for function, bound in PAIR_BOUNDS.items():
            assert _error(function, p, q) <= bound, (function, p, q)
        assert _error(entropy, p) <= 6e-16, p


def test_at_least_300_pairs():
    assert sum(len(family(np.random.default_rng(3))) for family in PAIRS.values()) >= 300


def test_kl_of_vectors_that_agree_but_for_a_few_roundings():
    """The totals are rounded too, by as much as p and q differ: a few digits may go, never the answer."""
    random = np.random.default_rng(4)
    for _ in range(100):
        p = random.dirichlet(np.ones(3))
        q = p * (1 + 2 * U * random.integers(-2, 3, 3))
        if (p != q).any():
            assert _error(kl_divergence, p, q) <= 1e-12, (p, q)


EXTREME_SCALES = (1.0, 1e-320, 1e-310, 1e-20, 1e20, 1e300)


@pytest.mark.parametrize("function", [*PAIR_BOUNDS, perplexity])
def test_scale_does_not_matter(function):
    """K is a function of p / sum p and q / sum q, however far apart the sums are."""
    weights, others = np.array([1.0, 2, 4, 8]), np.array([2.0, 2, 1, 6])
    for a in EXTREME_SCALES:
        for b in EXTREME_SCALES:
            assert _error(function, a * weights, b * others, normalize=True) <= 2e-15, (a, b)


def test_scale_does_not_matter_for_entropy():
    for a in EXTREME_SCALES:
        assert _error(entropy, a * np.array([1.0, 2, 4, 8]), normalize=True) <= 1e-15, a


@pytest.mark.parametrize("scale", [5e-324, 1e-323, 1e-322, 1e-320, 1e-315, 1e-310])
@pytest.mark.parametrize(
    "weights", [[[1, 0], [0, 1]], [[1, 1], [1, 1]], [[3, 1, 0], [1, 2, 8]], [[1, 4], [0, 0], [2, 9]]]
)
def test_tables_of_subnormal_numbers(scale, weights):
    """Whole multiples of the smallest double, so nothing is lost before the division by their sum."""
    joint = np.array(weights) * scale
    for function in JOINT:
        assert _error(function, joint, normalize=True) <= 2e-15
        batch = function(np.array([joint, np.full_like(joint, 1.0)]), normalize=True)
        assert batch[0] == function(joint, normalize=True)


def test_an_entry_as_small_as_can_be_counts():
    """Beside a distribution that is scaled, too."""
    p, q = [[1, 5e-324], [3, 1]], [[5e-324, 1], [1, 1]]
    assert kl_divergence(p, q, normalize=True)[0] == pytest.approx(1074 * log(2), rel=1e-15)


def test_kl_between_the_largest_and_the_smallest_weights():
    p, q = np.array([1e300, 1.0]), np.array([1.0, 1e300])
    assert _error(kl_divergence, p, q, normalize=True) <= 6e-16
    assert _error(cross_entropy, p, q, normalize=True) <= 6e-16
    assert _error(jensen_shannon_divergence, p, q, normalize=True) <= 6e-16


def _joints():
    """joints of independent and of dependent variables, and with one row of very small weight"""
    random, cases = np.random.default_rng(5), []
    for shape in ((2, 2), (2, 3), (3, 2), (5, 7), (20, 20)):
        for concentration in (0.2, 1, 10):
            for rare in (1, 1e-8, 1e-20, 1e-150):
                joint = random.dirichlet(np.full(math.prod(shape), concentration)).reshape(shape)
                joint[0] *= rare
                cases.append(joint / joint.sum())
    return cases


def test_accuracy_of_joints():
    for joint in _joints():
        assert _error(joint_entropy, joint) <= 6e-16, joint
        assert _error(conditional_entropy, joint) <= 6e-16, joint
        assert _error(mutual_information, joint) <= 1e-14, joint  # some are nearly independent: see the next test


@pytest.mark.parametrize("exponent", range(11))
def test_accuracy_of_mutual_information_near_independence(exponent):
    """With p(x, y) = p(x) p(y) (1 + eps noise), one rounding of a product changes I by u/eps of itself."""
    random, eps = np.random.default_rng(6), 10.0**-exponent
    for shape in ((2, 2), (3, 4), (10, 10)) * 3:
        rows, columns = (random.dirichlet(np.ones(n)) for n in shape)
        joint = np.outer(rows, columns) * (1 + eps * random.uniform(-1, 1, shape))
        assert _error(mutual_information, joint / joint.sum()) <= 200 * U / eps, joint


# --- 3. Properties ---------------------------------------------------------------------------------------------
#
# The distributions are whole numbers over their sum, so that splitting and merging outcomes rounds nothing: what is
# left is the rounding of a few dozen additions, logarithms and divisions inside the functions (CLOSE, relative).
# Dividing by sums that differ rounds the probabilities too, and a relative change u of those changes a small
# divergence K by about u sqrt(2 K): 20 u in close_divergence.

CLOSE = 4e-15
properties = settings(deadline=None, derandomize=True, max_examples=100, database=None)
whole = st.one_of(st.just(0), st.integers(1, 9), st.integers(1, 2**20))


def vectors(copies=1, size=None):
    """`copies` vectors of one length, none of them all zero"""
    lengths = st.just(size) if size else st.integers(1, 8)
    one = lengths.flatmap(lambda n: st.tuples(*[st.lists(whole, min_size=n, max_size=n).filter(any)] * copies))
    return one.map(lambda rows: [np.array(row, dtype=float) for row in rows])


def tables(copies=1):
    """`copies` joint distributions of one shape"""
    shapes = st.tuples(st.integers(1, 4), st.integers(1, 4))
    return shapes.flatmap(
        lambda shape: vectors(copies, shape[0] * shape[1]).map(lambda rows: [row.reshape(shape) for row in rows])
    )


def kl(p, q):
    return kl_divergence(p, q, normalize=True)


def close(a, b, scale=0.0):
    return a == b or abs(a - b) <= CLOSE * max(abs(a), abs(b), scale)


def close_divergence(a, b):
    return close(a, b) or (a < inf and b < inf and abs(math.sqrt(a) - math.sqrt(b)) <= 20 * U)


@properties
@given(vectors(2))
def test_kl_is_zero_if_and_only_if_equal(vectors):
    p, q = vectors
    proportional = all(a * q.sum() == b * p.sum() for a, b in zip(p, q, strict=True))  # whole numbers: exact
    assert 0 <= kl(p, q) <= (20 * U) ** 2 if proportional else kl(p, q) > 1e-20


@properties
@given(vectors(1), st.integers(-60, 60))
def test_kl_of_proportional_vectors_is_exactly_zero(vectors, k):
    (p,) = vectors
    assert kl(p, 2.0**k * p) == kl(2.0**k * p, p) == jensen_shannon_divergence(p, 2.0**k * p, normalize=True) == 0


@properties
@given(vectors(2), st.randoms(use_true_random=False))
def test_order_and_impossible_outcomes_do_not_matter(vectors, random):
    p, q = vectors
    order = random.sample(range(p.size), p.size)
    for function in PAIR:
        plain = function(p, q, normalize=True)
        assert close_divergence(function(p[order], q[order], normalize=True), plain)
        assert close_divergence(function(np.insert(p, 0, 0), np.insert(q, 0, 0), normalize=True), plain)


@properties
@given(vectors(2), st.integers(1, 7))
def test_splitting_an_outcome_alike_does_not_matter(vectors, share):
    p, q = (8 * v for v in vectors)
    split = [np.append(v[1:], [v[0] * share / 8, v[0] * (8 - share) / 8]) for v in (p, q)]
    for function in (kl_divergence, jeffreys_divergence, jensen_shannon_divergence):
        assert close_divergence(function(*split, normalize=True), function(p, q, normalize=True))


@properties
@given(vectors(2))
def test_merging_outcomes_never_raises_a_divergence(vectors):
    p, q = vectors
    assume(p.size > 1)
    merged = [np.append(v[2:], v[0] + v[1]) for v in (p, q)]
    for function in (kl_divergence, jeffreys_divergence, jensen_shannon_divergence):
        less, more = function(*merged, normalize=True), function(p, q, normalize=True)
        assert less <= more or close_divergence(less, more)


@properties
@given(tables(2))
def test_kl_chain_rule(tables):
    """D of the joints is D of the x's plus the mean over x of D of the y's given x."""
    p, q = tables
    total = kl(p.sum(axis=1), q.sum(axis=1))
    if total < inf:
        total += sum(row.sum() / p.sum() * kl(row, other) for row, other in zip(p, q, strict=True) if row.any())
    assert close_divergence(total, kl(p.ravel(), q.ravel()))


@properties
@given(vectors(2))
def test_cross_entropy_is_entropy_plus_kl(vectors):
    p, q = vectors
    assert close(cross_entropy(p, q, normalize=True), entropy(p, normalize=True) + kl(p, q))
    assert cross_entropy(p, p, normalize=True) == entropy(p, normalize=True)


@properties
@given(vectors(2))
def test_symmetric_divergences(vectors):
    p, q = vectors
    js = jensen_shannon_divergence(p, q, normalize=True)
    assert 0 <= js <= log(2)
    assert close_divergence(js, jensen_shannon_divergence(q, p, normalize=True))
    middle = p * q.sum() + q * p.sum()  # whole numbers still, below 2**48
    assert close_divergence(js, (kl(p, middle) + kl(q, middle)) / 2)
    jeffreys = jeffreys_divergence(p, q, normalize=True)
    assert close_divergence(jeffreys, jeffreys_divergence(q, p, normalize=True))
    assert close_divergence(jeffreys, kl(p, q) + kl(q, p))


@properties
@given(tables(2), st.sampled_from([2, 10, 2.5, np.float32(3), np.int64(7)]))
def test_change_of_base(tables, base):
    joint, other = (table / table.sum() for table in tables)
    p, q = joint.ravel(), other.ravel()
    calls = [(f, (p,)) for f in (surprisal, entropy)] + [(f, (joint,)) for f in JOINT]
    calls += [(f, (p, q)) for f in PAIR if f is not perplexity]
    for function, arguments in calls:
        nats, units = function(*arguments), function(*arguments, base=base)
        np.testing.assert_allclose(units, nats / log(base), rtol=1e-15)


@properties
@given(vectors(1))
def test_entropy_and_perplexity_bounds(vectors):
    """0 <= H <= log n and 1 <= perplexity <= n, where n counts the possible outcomes."""
    (p,) = vectors
    n = np.count_nonzero(p)
    h = entropy(p, normalize=True)
    assert 0 <= h <= log(n) * (1 + CLOSE)
    assert close(log(n) - h, kl(p, (p > 0).astype(float)), scale=log(n))
    assert 1 <= perplexity(p, normalize=True) <= n * (1 + CLOSE)
    assert close(perplexity(p, normalize=True), math.exp(h))


@properties
@given(tables(1))
def test_two_variables(tables):
    """The identities subtract entropies, so they hold within the rounding of the joint entropy."""
    (joint,) = tables
    h_x, h_y = (entropy(joint.sum(axis=axis), normalize=True) for axis in (1, 0))
    h_xy = joint_entropy(joint, normalize=True)
    h_y_given_x = conditional_entropy(joint, normalize=True)
    information = mutual_information(joint, normalize=True)
    assert close(h_xy, entropy(joint.ravel(), normalize=True))
    assert close(h_y_given_x, h_xy - h_x, scale=h_xy)
    assert close(information, h_x + h_y - h_xy, scale=h_x + h_y)
    assert close(information, h_y - h_y_given_x, scale=h_xy)
    assert close(information, mutual_information(joint.T, normalize=True), scale=h_xy)
    assert information >= 0


# --- 4. Shapes and types ---------------------------------------------------------------------------------------

BATCH = np.random.default_rng(7).dirichlet(np.ones(4), size=(2, 3, 2))
CASES = [(entropy, 1), (perplexity, 1), *((f, 2) for f in PAIR)]  # and how many distributions they take


@pytest.mark.parametrize(("function", "count"), CASES)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axis(function, count, axis):
    """A batch of three dimensions, along every axis, is a Python loop over its distributions."""
    arrays = [np.moveaxis(BATCH[k], -1, axis) for k in range(count)]
    got = function(*arrays, axis=axis)
    rows = [np.moveaxis(array, axis, -1).reshape(-1, 4) for array in arrays]
    wanted = [function(*row) for row in zip(*rows, strict=True)]
    assert isinstance(got, np.ndarray)
    assert got.dtype == np.float64
    np.testing.assert_allclose(got, np.reshape(wanted, (3, 2)), rtol=1e-15)


def test_the_default_axis_is_the_last():
    np.testing.assert_array_equal(entropy(BATCH), entropy(BATCH, axis=-1))
    np.testing.assert_array_equal(kl_divergence(BATCH[0], BATCH[1]), kl_divergence(BATCH[0], BATCH[1], axis=-1))


@pytest.mark.parametrize("function", JOINT)
def test_leading_axes_of_joints(function):
    joints = BATCH / 2  # (2, 3) joints of shape (2, 4)
    got = function(joints)
    assert got.shape == (2, 3)
    wanted = [[function(joints[i, j]) for j in range(3)] for i in range(2)]
    np.testing.assert_allclose(got, wanted, rtol=2e-15)
    assert type(function(joints[0, 0])) is float


def test_conditional_entropy_is_of_y_given_x():
    """joint[x, y]: swapping the axes gives the other one."""
    assert conditional_entropy([[0.5, 0.5]]) == pytest.approx(log(2), rel=1e-15)
    assert conditional_entropy([[0.5], [0.5]]) == 0


@pytest.mark.parametrize(("function", "count"), CASES)
def test_one_distribution_gives_a_float(function, count):
    assert type(function(*BATCH[0, 0, :count])) is float


def test_surprisal_keeps_the_shape():
    assert type(surprisal(0.5)) is float
    assert type(surprisal(np.float32(0.5))) is float
    assert surprisal(BATCH).shape == BATCH.shape
    np.testing.assert_allclose(surprisal([[0.5], [0.25]], base=2), [[1.0], [2.0]], rtol=0)


@pytest.mark.parametrize("base", [None, 2])
def test_never_minus_zero(base):
    """An answer of nothing is 0.0 and not -0.0, alone and in a batch; so is one from -0.0 among the entries."""
    one, batch = [1, 0.0, -0.0], [[1, 0.0, -0.0]] * 2
    for p in (one, batch):
        answers = [surprisal(np.ones_like(p), base=base), entropy(p, base=base), entropy([p, p], base=base)]
        answers += [f(p, p, base=base) for f in PAIR if f is not perplexity]
    joints = ([[1, 0], [-0.0, 0]], [[[1, 0], [0, 0.0]]] * 2, [[[1, 0]]], [[[0], [1.0]]])
    answers += [f(joint, base=base) for f in JOINT for joint in joints]
    answers += [surprisal(1.0, base=base)]
    for answer in answers:
        assert not np.any(answer)
        assert not np.signbit(answer).any()


@pytest.mark.parametrize("normalize", [False, True])
def test_inputs_are_not_modified(normalize):
    arrays = [BATCH[0, 0].copy(), BATCH[1, 1].copy()]
    joint = arrays[0] / 2
    copies = [a.copy() for a in (*arrays, joint)]
    for array in (*arrays, joint):
        array.flags.writeable = False
    surprisal(arrays[0])
    for function in (entropy, perplexity):
        function(arrays[0], normalize=normalize)
    for function in PAIR:
        function(*arrays, normalize=normalize)
    for function in JOINT:
        function(joint, normalize=normalize)
    for array, copy in zip((*arrays, joint), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


ACCEPTED = [
    [1, 0, 0],
    (0.5, 0.25, 0.25),
    [True, False, False],
    np.array([True, False, False]),
    np.array([0, 1, 0], dtype=np.uint8),
    np.array([0, 1, 0], dtype=np.int64),
    np.array([0.3, 0.3, 0.4], dtype=np.float16),
    np.array([0.3, 0.3, 0.4], dtype=np.float32),
    np.array([0.3, 0.3, 0.4], dtype=">f8"),
    np.array([0.3, 9, 0.3, 9, 0.4, 9])[::2],
]


@pytest.mark.parametrize("values", ACCEPTED, ids=lambda v: str(getattr(v, "dtype", v)))
def test_every_real_type_is_computed_in_float64(values):
    p, q = np.array(values, dtype=np.float64), np.array([0.2, 0.5, 0.3])
    for function in PAIR:
        assert function(values, q) == function(p, q, normalize=True)
        assert function(q, values) == function(q, p, normalize=True)
        assert type(function(values, q)) is float
    assert entropy(values) == entropy(p, normalize=True)
    assert surprisal(np.array(values, dtype=np.float16)).dtype == np.float64
    for function in JOINT:
        assert function([values]) == function([p], normalize=True)


LONG = np.dtype(np.longdouble)
needs_long = pytest.mark.skipif(LONG.itemsize == 8, reason="long doubles are doubles here")


@needs_long
def test_long_doubles_are_refused():
    """They would be cut: here to p = q, whose divergence is 0."""
    p = np.array([0.5, 0.5], dtype=np.longdouble)
    p += np.array([1, -1]) * np.longdouble(2) ** -60
    message = f"holds {LONG.name} numbers, longer than float64; astype(float) rounds them"
    for function in (entropy, perplexity, surprisal):
        _refused(TypeError, f"p {message}", function, p)
    for function in PAIR:
        _refused(TypeError, f"q {message}", function, GOOD, p)
    for function in JOINT:
        _refused(TypeError, f"joint {message}", function, [p, p])
    _refused(TypeError, f"p {message}", surprisal, np.longdouble(0.5))
    _refused(TypeError, "base must be a number, not longdouble", entropy, GOOD, base=1 + np.longdouble(2) ** -60)


@pytest.mark.parametrize("big", [2**53 + 1, 2**62 + 1, -(2**60) - 1, 2**63 + 5, 2**64 - 1, 2**70 + 1, 10**400])
def test_whole_numbers_that_are_no_doubles_are_refused(big):
    """A list of ints and floats, int64, uint64 and Python's own: rounded, counts that differ would be alike."""
    shapes = [([big, 1], 0), ([1, big], 1), ([0.5, big], 1), ([-1, big], 1), ([True, big], 1)]
    if -(2**63) <= big < 2**64:
        shapes += [(np.array([1, big], dtype=np.uint64 if big > 0 else np.int64), 1)]
    for values, place in shapes:
        message = f"p[{place}] = {big}: float64 has no such number"
        for function in (surprisal, entropy):
            _refused(ValueError, message, function, values)
        _refused(ValueError, message, kl_divergence, values, [1, 2], normalize=True)
        _refused(ValueError, message.replace("p", "joint", 1).replace("[", "[0, "), joint_entropy, [values])
    _refused(ValueError, f"p = {big}: float64 has no such number", surprisal, big)


@pytest.mark.parametrize("option", ["no", "", 1, 0, None, [True]])
def test_normalize_is_true_or_false(option):
    message = f"normalize must be True or False, not {option!r}"
    for function, count in CASES:
        _refused(TypeError, message, function, *[GOOD] * count, normalize=option)
    for function in JOINT:
        _refused(TypeError, message, function, [GOOD], normalize=option)
    assert entropy([1, 1], normalize=np.True_) == entropy([0.5, 0.5], normalize=np.False_)


def test_perplexity_that_overflows():
    """2^1074 is finite, so it is not inf; the place is named."""
    for p, q, where in (([0, 1], [1 - U, 5e-324], ""), ([GOOD, [0, 1]], [GOOD, [1, 5e-324]], " (distribution 1)")):
        with pytest.raises(OverflowError) as caught:
            perplexity(p, q)
        assert str(caught.value) == f"the answer{where} is finite, but above the largest float64"
    assert perplexity([0, 1], [1, 0]) == inf
    assert perplexity([0, 1], [1, 2.0**-1000]) == 2.0**1000


def test_counts_are_accepted_with_normalize():
    assert entropy(np.array([200, 100, 100], dtype=np.uint8), base=2, normalize=True) == pytest.approx(1.5, rel=1e-15)
    assert entropy(np.array([60000, 60000], dtype=np.float16), base=2, normalize=True) == 1.0


def test_a_sum_within_rounding_is_divided_out():
    """A softmax in float32 or float16 sums to 1 only roughly; the answer is that of the normalised vector."""
    logits = np.random.default_rng(8).normal(size=(2, 1000)).astype(np.float32)
    softmax = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    for dtype, tolerance in ((np.float32, 1e-5), (np.float16, 1e-3)):
        p, q = softmax.astype(dtype)
        assert 0 < abs(p.astype(np.float64).sum() - 1) < tolerance
        for function in PAIR:
            assert _error(function, p, q) <= 2e-15
        assert _error(entropy, p) <= 6e-16


@pytest.mark.parametrize(
    ("dtype", "within", "beyond"), [(np.float64, 5e-7, 2e-6), (np.float32, 5e-6, 2e-5), (np.float16, 9e-4, 2e-3)]
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_tolerance_of_the_sum(dtype, within, beyond, sign):
    def summing_to(total):
        p = np.array([0.5, 0.5 + total - 1], dtype=dtype)
        assert abs(p.astype(np.float64).sum() - total) < 3e-4
        return p

    p = summing_to(1 + sign * within)
    assert entropy(p) == entropy(p, normalize=True)
    assert joint_entropy([p]) == joint_entropy([p], normalize=True)
    with pytest.raises(ValueError, match=r"sums to \S+, not to 1 within "):
        entropy(summing_to(1 + sign * beyond))
    with pytest.raises(ValueError, match=r"sums to \S+, not to 1 within "):
        joint_entropy([summing_to(1 + sign * beyond)])


def test_surprisal_above_one_within_rounding():
    assert surprisal(1 + 1e-7) == surprisal(np.float32(1 + 1e-6)) == surprisal(np.float16(1.0005)) == 0


# --- 5. Bad input ----------------------------------------------------------------------------------------------

NEGATIVE = "a probability cannot be negative (is this a logarithm or a logit?)"
ADVICE = "; normalize=True divides by the sum"
GOOD = [0.25, 0.75]
NORMALIZE = {"normalize": True}
# In place of p or q, beside good values of the same shape: (values, options, error, message).
BAD = [
    ([-0.25, 1.25], {}, ValueError, "{name}[0] = -0.25: " + NEGATIVE),
    ([-0.25, 1.25], NORMALIZE, ValueError, "{name}[0] = -0.25: " + NEGATIVE),
    ([GOOD, [1.25, -0.25]], {}, ValueError, "{name}[1, 1] = -0.25: " + NEGATIVE),
    ([GOOD, [1.25, -0.25]], {"axis": 0}, ValueError, "{name}[1, 1] = -0.25: " + NEGATIVE),
    (np.log(GOOD), {}, ValueError, f"{{name}}[0] = {np.log(0.25).item()!r}: {NEGATIVE}"),
    ([-inf, 1], {}, ValueError, "{name}[0] = -inf: " + NEGATIVE),
    ([0.5, math.nan], {}, ValueError, "{name}[1] = nan: a probability cannot be nan"),
    ([0.5, math.nan], NORMALIZE, ValueError, "{name}[1] = nan: a probability cannot be nan"),
    ([inf, 1], {}, ValueError, "{name}[0] = inf: a probability cannot be infinite"),
    ([inf, 1], NORMALIZE, ValueError, "{name}[0] = inf: a probability cannot be infinite"),
    ([[GOOD, GOOD], [GOOD, [0, inf]]], {}, ValueError, "{name}[1, 1, 1] = inf: a probability cannot be infinite"),
    ([0.5, 0.4], {}, ValueError, "{name} sums to 0.9, not to 1 within 1e-06" + ADVICE),
    (np.float32([0.5, 0.375]), {}, ValueError, "{name} sums to 0.875, not to 1 within 1e-05" + ADVICE),
    (np.float16([0.5, 0.375]), {}, ValueError, "{name} sums to 0.875, not to 1 within 0.001" + ADVICE),
    ([3, 1], {}, ValueError, "{name} sums to 4.0, not to 1 within 1e-06" + ADVICE),
    ([0, 0], {}, ValueError, "{name} sums to 0.0, not to 1 within 1e-06" + ADVICE),
    ([GOOD, [0.5, 0.4]], {}, ValueError, "{name} (distribution 1) sums to 0.9, not to 1 within 1e-06" + ADVICE),
    ([[0.5, 0.25], [0.5, 0.5]], {"axis": 0}, ValueError,
     "{name} (distribution 1) sums to 0.75, not to 1 within 1e-06" + ADVICE),
    ([[GOOD, GOOD], [GOOD, [0, 0.5]]], {}, ValueError,
     "{name} (distribution 1, 1) sums to 0.5, not to 1 within 1e-06" + ADVICE),
    ([0, 0], NORMALIZE, ValueError, "{name} sums to 0.0, not to a positive finite number"),
    ([GOOD, [0, 0]], NORMALIZE, ValueError, "{name} (distribution 1) sums to 0.0, not to a positive finite number"),
    ([1e308, 1e308], NORMALIZE, ValueError, "{name} sums to inf, not to a positive finite number"),
    ([1e308, 1e308], {}, ValueError, "{name} sums to inf, not to 1 within 1e-06" + ADVICE),
    (np.ma.array(GOOD, mask=[0, 1]), {}, TypeError, "{name} is a masked array; fill or drop the masked entries first"),
    ([Fraction(1, 4), Fraction(3, 4)], {}, TypeError, "{name} must hold real numbers, not object"),
    ([0.25, None], {}, TypeError, "{name} must hold real numbers, not object"),
    ([0.25 + 0j, 0.75], {}, TypeError, "{name} must hold real numbers, not complex128"),
    (np.array(["1", "0"]), {}, TypeError, "{name} must hold real numbers, not str"),
    (np.array([b"1", b"0"]), {}, TypeError, "{name} must hold real numbers, not bytes"),
]  # fmt: skip


def _like(values):
    """a good distribution of the same shape"""
    good = np.zeros(np.shape(values))
    good[..., 0] = 1
    return good


def _refused(error, message, function, *arguments, **options):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        function(*arguments, **options)


@pytest.mark.parametrize(("values", "options", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_distribution(values, options, error, message):
    good = _like(values) if options.get("axis") is None else np.moveaxis(_like(values), -1, options["axis"])
    for function in (entropy, perplexity):
        _refused(error, message.format(name="p"), function, values, **options)
    for function in PAIR:
        _refused(error, message.format(name="p"), function, values, good, **options)
        _refused(error, message.format(name="q"), function, good, values, **options)


BAD_JOINT = [
    ([[0.5, -0.25], [0.25, 0.5]], {}, ValueError, "joint[0, 1] = -0.25: " + NEGATIVE),
    ([[[0.5, 0.5]], [[0.5, math.nan]]], {}, ValueError, "joint[1, 0, 1] = nan: a probability cannot be nan"),
    ([[0.5], [inf]], NORMALIZE, ValueError, "joint[1, 0] = inf: a probability cannot be infinite"),
    ([[0.5, 0.25], [0.125, 0]], {}, ValueError, "joint sums to 0.875, not to 1 within 1e-06" + ADVICE),
    ([GOOD, GOOD], {}, ValueError, "joint sums to 2.0, not to 1 within 1e-06" + ADVICE),
    ([[GOOD], [[0.5, 0.4]]], {}, ValueError, "joint (distribution 1) sums to 0.9, not to 1 within 1e-06" + ADVICE),
    ([[0, 0], [0, 0]], NORMALIZE, ValueError, "joint sums to 0.0, not to a positive finite number"),
    ([[1e308], [1e308]], NORMALIZE, ValueError, "joint sums to inf, not to a positive finite number"),
    (GOOD, {}, ValueError, "joint needs at least two axes, joint[x, y]; it has shape (2,)"),
    (1.0, {}, ValueError, "joint needs at least two axes, joint[x, y]; it has shape ()"),
    ([[]], {}, ValueError, "joint is empty"),
    (np.ma.array([GOOD]), {}, TypeError, "joint is a masked array; fill or drop the masked entries first"),
    ([[Fraction(1)]], {}, TypeError, "joint must hold real numbers, not object"),
    ([[1j]], {}, TypeError, "joint must hold real numbers, not complex128"),
    ([["1"]], {}, TypeError, "joint must hold real numbers, not str"),
]


@pytest.mark.parametrize(("values", "options", "error", "message"), BAD_JOINT, ids=range(len(BAD_JOINT)))
def test_bad_joint(values, options, error, message):
    for function in JOINT:
        _refused(error, message, function, values, **options)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        (-0.25, ValueError, "p = -0.25: a probability cannot be negative (is this a logarithm or a logit?)"),
        ([[0.5, 1.5]], ValueError, "p[0, 1] = 1.5: a probability cannot be above 1"),
        (1 + 1e-5, ValueError, "p = 1.00001: a probability cannot be above 1"),
        ([0.5, math.nan], ValueError, "p[1] = nan: a probability cannot be nan"),
        (inf, ValueError, "p = inf: a probability cannot be infinite"),
        ([], ValueError, "p is empty"),
        ("0.5", TypeError, "p must hold real numbers, not str"),
        (Fraction(1, 2), TypeError, "p must hold real numbers, not object"),
        (0.5j, TypeError, "p must hold real numbers, not complex128"),
        (np.ma.array([0.5]), TypeError, "p is a masked array; fill or drop the masked entries first"),
    ],
)
def test_bad_surprisal(values, error, message):
    _refused(error, message, surprisal, values)


@pytest.mark.parametrize("function", PAIR)
@pytest.mark.parametrize("normalize", [False, True])
def test_shapes_that_differ(function, normalize):
    """Nothing is broadcast."""
    options = {"normalize": normalize}
    three, one, batch = [0.2, 0.3, 0.5], [1.0], [[0.2, 0.3, 0.5]] * 2
    for p, q, shapes in (
        (three, one, "(3,) and (1,)"),
        (one, three, "(1,) and (3,)"),
        (batch, three, "(2, 3) and (3,)"),
        (three, batch, "(3,) and (2, 3)"),
        (three, [three], "(3,) and (1, 3)"),
        (np.transpose(batch), batch, "(3, 2) and (2, 3)"),
    ):
        _refused(ValueError, f"p and q must have equal shapes, not {shapes}", function, p, q, **options)


@pytest.mark.parametrize("normalize", [False, True])
def test_empty_and_0d(normalize):
    options = {"normalize": normalize}
    for empty in ([], [[], []], np.zeros((0, 3))):
        for function in (entropy, perplexity):
            _refused(ValueError, "p is empty", function, empty, **options)
        for function in PAIR:
            _refused(ValueError, "p is empty", function, empty, empty, **options)
    for scalar in (1.0, True, np.float64(1)):
        for function in (entropy, perplexity):
            _refused(ValueError, "p is a single number, not a distribution", function, scalar, **options)
        for function in PAIR:
            _refused(ValueError, "p is a single number, not a distribution", function, scalar, scalar, **options)


def test_ragged_lists():
    ragged = [[0.5, 0.5], [1.0]]  # the end of the message is NumPy's own
    for function in (surprisal, entropy, perplexity):
        with pytest.raises(ValueError, match=r"^p is not a rectangular array: "):
            function(ragged)
    for function in JOINT:
        with pytest.raises(ValueError, match=r"^joint is not a rectangular array: "):
            function(ragged)
    for function in PAIR:
        with pytest.raises(ValueError, match=r"^p is not a rectangular array: "):
            function(ragged, GOOD)
        with pytest.raises(ValueError, match=r"^q is not a rectangular array: "):
            function(GOOD, ragged)


@pytest.mark.parametrize("axis", [1, -2, 5])
def test_axis_that_is_not_there(axis):
    message = rf"axis {axis} is out of bounds for array of dimension 1$"
    for function, count in CASES:
        with pytest.raises(np.exceptions.AxisError, match=message):
            function(*[GOOD] * count, axis=axis)


@pytest.mark.parametrize("axis", [None, "0", 0.5, 0.0, (0,), (0, 1), True, False, np.True_])
def test_axis_of_the_wrong_type(axis):
    for function, count in CASES:
        with pytest.raises(TypeError, match="integer"):
            function(*[[GOOD, GOOD]] * count, axis=axis)
        with pytest.raises(TypeError, match="integer"):
            function(*[[[0.25, 0.25], [0.25, 0.25]]] * count, axis=axis)


BAD_BASES = [
    *((b, ValueError, f"base = {b!r}: a base must be finite and above 1") for b in (1, 1.0, 0, -2, 0.5, inf, -inf)),
    (math.nan, ValueError, "base = nan: a base must be finite and above 1"),
    (np.float64(1), ValueError, "base = np.float64(1.0): a base must be finite and above 1"),
    (10**400, ValueError, f"base = {10**400!r}: a base must be finite and above 1"),
    (True, TypeError, "base must be a number, not bool"),
    (np.True_, TypeError, "base must be a number, not bool"),
    ("2", TypeError, "base must be a number, not str"),
    (2j, TypeError, "base must be a number, not complex"),
    ([2], TypeError, "base must be a number, not list"),
    (np.array([2, 3]), TypeError, "base must be a number, not ndarray"),
]


@pytest.mark.parametrize(("base", "error", "message"), BAD_BASES, ids=lambda v: str(v)[:40])
def test_bad_base(base, error, message):
    for function in WITH_BASE:
        arguments = ([GOOD],) if function in JOINT else (GOOD, GOOD) if function in PAIR else (GOOD,)
        _refused(error, message, function, *arguments, base=base)


def test_options_are_keywords_only():
    for function, arguments in ((surprisal, 1), *((f, 1) for f in (entropy, *JOINT)), *((f, 2) for f in PAIR)):
        with pytest.raises(TypeError, match="positional argument"):
            function(*[GOOD] * arguments, 2)


# --- 6. No warnings, whatever np.seterr says -------------------------------------------------------------------

HARD = [
    [1, 0, 0],
    [0, 0, 1],
    [0.5, 0.5, 0],
    [0.3, 0.7, 5e-324],
    [0.3, 0.7, 1e-310],
    [1 - U, 1e-320, 0],
    [5e-324, 1, 5e-324],
    [0.9999999, 1e-320, 3e-200],
    [0.3 + 1e-15, 0.7 - 1e-15, 3e-160],
]


@pytest.mark.parametrize("p", HARD, ids=str)
def test_zeros_infinities_and_subnormals_raise_no_floating_point_error(p):
    """Warnings are errors in this suite, so the first pass checks those; the second makes NumPy raise everything."""
    calls = [(f, (p,)) for f in (surprisal, entropy, perplexity)]
    calls += [(f, (p, q)) for f in PAIR for q in HARD if f is not perplexity]  # which can overflow
    calls += [(f, (np.array([p, q]) / 2,)) for f in JOINT for q in HARD]
    calls += [(f, ([p, [0, 0, 0], [0, 0, 5e-324]],)) for f in JOINT]
    with np.errstate(all="warn", under="ignore"):
        plain = [function(*arguments) for function, arguments in calls]
    with np.errstate(all="raise"):
        strict = [function(*arguments) for function, arguments in calls]
    for a, b in zip(plain, strict, strict=True):
        np.testing.assert_array_equal(a, b)
        assert not np.isnan(a).any()
        assert np.all(np.asarray(a) >= 0)


def test_infinite_exactly_where_q_is_zero_and_p_is_not():
    for p in HARD:
        for q in HARD:
            wrong = any(a > 0 and b == 0 for a, b in zip(p, q, strict=True))
            assert (kl_divergence(p, q) == inf) == (cross_entropy(p, q) == inf) == wrong
            assert (jeffreys_divergence(p, q) == inf) == (
                wrong or any(b > 0 and a == 0 for a, b in zip(p, q, strict=True))
            )
            assert jensen_shannon_divergence(p, q) <= log(2)


# --- 7. Large arrays -------------------------------------------------------------------------------------------
#
# They are worked on in blocks of 2**14 entries, and long vectors far from each other take a shorter way.  Blocks and
# ways change only the rounding.


def _repeated(p, times):
    """the same weights many times over: every divergence and mean surprisal relative to log(times) stays"""
    return np.tile(p, times) / times


@pytest.mark.parametrize("times", [1, 40, 5000, 100_000])
@pytest.mark.parametrize(
    "q", [[0.2, 0.5, 0.3, 0], [0.6, 0.1, 0.3, 0], [0.500001, 0.2, 0.299999, 0], [0.5, 0.2, 0.3, 0]]
)
def test_long_vectors_agree_with_short_ones(q, times):
    """To the rounding of dividing by `times`: u in every entry, alike in all copies, so u/eps of a small answer."""
    p = [0.5, 0.2, 0.3, 0]
    long_p, long_q = _repeated(p, times), _repeated(q, times)
    for function in (kl_divergence, jeffreys_divergence, jensen_shannon_divergence):
        assert close_divergence(function(long_p, long_q), function(p, q))
    assert close(cross_entropy(long_p, long_q), cross_entropy(p, q) + log(times))
    assert close(entropy(long_p), entropy(p) + log(times))


@pytest.mark.parametrize("alike", [True, False])
def test_accuracy_of_long_vectors_whose_ratios_all_round_alike(alike):
    """The worst case of the short way, from D = 0.4 on: few ratios p/q, each with its one rounding error.

    Measured on 4000 such cases: 25 u with sums alike, 28 u with sums that differ, 17 u below.
    """
    random, worst = np.random.default_rng(9), {False: 0.0, True: 0.0}
    for _ in range(400):
        count, ratio = random.integers(10, 90), random.uniform(1.5, 40)
        p = np.repeat([1.0, random.uniform(0.01, 0.9)], [count, 100 - count])
        q = p * np.repeat([1.0, ratio], [count, 100 - count])
        if alike:
            p, q = p / p.sum(), q / q.sum()
        far = kl_divergence(p, q, normalize=True) >= 0.4
        worst[far] = max(worst[far], _error(kl_divergence, p, q, normalize=True))
    assert 0 < worst[False] <= 20 * U
    assert 0 < worst[True] <= 30 * U


def test_sums_that_differ_make_the_short_way_too_short():
    """Here it would be off by 32 u; by what is not short it is off by 17 u at most."""
    p = np.repeat([1.0, 0.30302323354109534], [46, 54])
    q = p * np.repeat([1.0, 6.822502812827165], [46, 54])
    assert 0.4 < kl_divergence(p, q, normalize=True) < 0.4 + log(q.sum() / p.sum())
    assert _error(kl_divergence, p, q, normalize=True) <= 20 * U


def test_short_vectors_do_not_take_the_short_way():
    """Their few rounding errors do not average out: it would be off by up to 8 u here."""
    random = np.random.default_rng(14)
    pairs = [random.dirichlet(np.ones(n), size=2) for n in random.integers(2, 64, size=1000)]
    pairs = [pair for pair in pairs if 0.4 < kl_divergence(*pair) < 0.6]
    assert len(pairs) > 50
    assert max(_error(kl_divergence, *pair) for pair in pairs) <= 5 * U


def test_the_polynomials_are_as_good_as_their_series():
    """What they leave of a term, near the end of their intervals and inside."""
    with mpmath.workdps(40):
        assert max(masses._KL_SERIES) == masses._KL_NEAR
        for share in [mpmath.mpf(k) / 200 for k in range(1, 201)]:
            for reach, series in masses._KL_SERIES.items():
                s = share * reach
                wanted = (mpmath.atanh(s) / s - 1) / s**2
                got = mpmath.polyval(list(map(mpmath.mpf, series)), s**2)
                assert s * (1 + s) * abs(got - wanted) < 2e-16
            s = share * masses._JS_NEAR
            wanted = (1 + s) * mpmath.log(1 + s) + (1 - s) * mpmath.log(1 - s)
            got = s**2 * (1 + s**2 * mpmath.polyval(list(map(mpmath.mpf, masses._JS_SERIES)), s**2))
            assert abs(got / wanted - 1) < 2e-16


@pytest.mark.parametrize("noise", [1e-12, 1e-6, 2e-4, 3e-3, 0.02, 0.1, 0.5])
def test_accuracy_of_long_vectors_near_each_other(noise):
    """The reach of the series is chosen block by block; zeros that are common are no hindrance."""
    random = np.random.default_rng(15)
    p = random.dirichlet(np.ones(20_000))
    p[:5] = 0
    q = p * np.exp(noise * random.normal(size=p.size))
    assert _error(kl_divergence, p, q, normalize=True) <= (5e-15 if noise < 1e-9 else 2e-15)


def test_rows_of_both_ways_in_one_batch():
    """Rows near each other and rows far from each other, with zeros, an infinity and a tiny q among them."""
    random = np.random.default_rng(10)
    p = random.dirichlet(np.ones(100), size=6)
    q = random.dirichlet(np.ones(100), size=6)
    q[1] = p[1] * (1 + 1e-6 * random.uniform(-1, 1, 100))
    q[1] /= q[1].sum()
    p[2, :50] = 0
    p[2] /= p[2].sum()
    q[3, 7] = 0
    q[4, 7] = 1e-320
    q[3:5] /= q[3:5].sum(axis=1, keepdims=True)
    p[5] = q[5]
    got = kl_divergence(p, q)
    for i in range(5):
        assert got[i] == kl_divergence(p[i], q[i])
        assert _error(kl_divergence, p[i], q[i]) <= 7e-16
    assert got[3] == inf
    assert got[5] == 0


def _slow_rows(function, p, q):
    return [function(*row) for row in zip(p, q, strict=True)]


@pytest.mark.parametrize("shape", [(3, 20_000), (20_000, 3), (2, 100, 200), (1, 40_000), (40_000, 1)])
def test_blocks_of_every_shape(shape):
    """Cut along any axis, in any memory order, the answer is that of its rows."""
    p, q = np.random.default_rng(11).exponential(size=(2, *shape))
    p, q = p / p.sum(-1, keepdims=True), q / q.sum(-1, keepdims=True)
    some = np.random.default_rng(12).integers(math.prod(shape[:-1]), size=10)
    for function in PAIR:
        whole_answer = function(p, q)
        assert whole_answer.shape == shape[:-1]
        assert_close(function(np.asfortranarray(p), np.asfortranarray(q)), whole_answer, rtol=2e-15)
        assert_close(function(np.moveaxis(p, -1, 0), np.moveaxis(q, -1, 0), axis=0), whole_answer, rtol=2e-15)
        rows = _slow_rows(function, p.reshape(-1, shape[-1])[some], q.reshape(-1, shape[-1])[some])
        assert_close(whole_answer.reshape(-1)[some], rows, rtol=2e-15)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("function", [entropy, *PAIR], ids=lambda f: f.__name__)
def test_memory_stays_small(function, dtype):
    """A million entries: less than a megabyte beyond the inputs, however near the two are."""
    p, far = np.random.default_rng(13).exponential(size=(2, 10**6)).astype(dtype)
    near = (p * (1 + dtype(1e-4) * far)).astype(dtype)
    p, far, near = (v / v.sum() for v in (p, far, near))
    for q in (far, near):
        arguments = (p,) if function is entropy else (p, q)
        tracemalloc.start()
        function(*arguments)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4e6


# --- 8. The tests' own digits ----------------------------------------------------------------------------------


def settings_of_mpmath(source):
    """The lines that set mpmath's precision for everybody when a file is imported."""
    own = re.findall(r"^(\w+) = (?:mpmath\.)?MPContext\(\)", source, re.M)
    found = re.findall(r"^((?:\w+\.)*(\w+)\.(?:dps|prec)\s*=.*)$", source, re.M)
    return [line for line, name in found if name not in own]


def test_no_test_file_sets_the_precision_of_all_others():
    """pytest imports all of them: every test would run with digits that users do not have."""
    for path in Path(__file__).parent.rglob("*.py"):
        assert settings_of_mpmath(path.read_text(encoding="utf-8")) == [], path.name
    assert settings_of_mpmath("mp.mp.dps = 40\nmp.prec=9\n    mpmath.mp.dps = 3\n") == ["mp.mp.dps = 40", "mp.prec=9"]
    assert settings_of_mpmath("mp = mpmath.MPContext()  # own\nmp.dps = 40\n") == []
