"""The losses: known values, accuracy against mpmath, properties, shapes, bad input, no warnings.

No expected value comes from the code under test: it is written out with math, or mpmath on the doubles given.
Perplexity, which lives in the same module, is a function of distributions and is tested with them in test_discrete.py.
"""

import math
import re
from fractions import Fraction
from math import exp, inf, log, nan

import cases
import mpmath
import numpy as np
import pytest
import reference
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose as assert_close

from entropybook import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    categorical_cross_entropy,
    categorical_cross_entropy_from_logits,
    cross_entropy,
    kl_divergence,
    kl_divergence_from_logits,
)

CATEGORICAL = (categorical_cross_entropy, categorical_cross_entropy_from_logits)
U = 2.0**-53

# --- 1. Known values -------------------------------------------------------------------------------------------

# ruff: noqa: E501 -- the tables have one case a line

KNOWN = [
    (binary_cross_entropy, (1, 0.5), {}, log(2), "a coin"),
    (binary_cross_entropy, (1, 0.8), {}, -log(0.8), "definition"),
    (binary_cross_entropy, (0, 0.8), {}, -log(0.2), "definition"),
    (binary_cross_entropy, (0.3, 0.3), {}, -0.3 * log(0.3) - 0.7 * log(0.7), "its floor, H_b(.3)"),
    (binary_cross_entropy, (1, 1), {}, 0.0, "certain and right"),
    (binary_cross_entropy, (0, 0), {}, 0.0, "certain and right"),
    (binary_cross_entropy, (1, 0), {}, inf, "certain and wrong; PyTorch says 100"),
    (binary_cross_entropy, (0, 1), {}, inf, "certain and wrong"),
    (binary_cross_entropy, (0.5, 1), {}, inf, "half wrong"),
    (binary_cross_entropy, (1, 1e-60), {}, 60 * log(10), "PyTorch says 100"),
    (binary_cross_entropy, (0, 1e-300), {}, 1e-300, "-log(1 - p) is p"),
    (binary_cross_entropy_from_logits, (1, 0), {}, log(2), "a coin"),
    (binary_cross_entropy_from_logits, (1, 1), {}, math.log1p(exp(-1)), "softplus"),
    (binary_cross_entropy_from_logits, (0, 1), {}, math.log1p(exp(1)), "softplus"),
    (binary_cross_entropy_from_logits, (0, 1000), {}, 1000.0, "log(1 + e^1000)"),
    (binary_cross_entropy_from_logits, (1, 1000), {}, 0.0, "e^-1000 is below the smallest double"),
    (binary_cross_entropy_from_logits, (0, -40), {}, exp(-40), "PyTorch says 0"),
    (binary_cross_entropy_from_logits, (1, 40), {}, exp(-40), "the same on the other side"),
    (binary_cross_entropy_from_logits, (0.25, 2), {}, 0.75 * 2 + math.log1p(exp(-2)), "soft label"),
    (binary_cross_entropy_from_logits, (1, inf), {}, 0.0, "p = 1"),
    (binary_cross_entropy_from_logits, (0, -inf), {}, 0.0, "p = 0"),
    (binary_cross_entropy_from_logits, (1, -inf), {}, inf, "p = 0"),
    (binary_cross_entropy_from_logits, (0.5, inf), {}, inf, "half wrong"),
    (categorical_cross_entropy, (1, [0.25, 0.5, 0.25]), {}, log(2), "definition"),
    (categorical_cross_entropy, (0, [1, 0]), {}, 0.0, "certain and right"),
    (categorical_cross_entropy, (1, [1, 0]), {}, inf, "certain and wrong"),
    (categorical_cross_entropy, (0, [1, 1e-20]), {}, 1e-20, "confident and right: the sum is 1 + 1e-20"),
    (categorical_cross_entropy, (1, [1, 5e-324]), {}, 1074 * log(2), "the smallest double"),
    (categorical_cross_entropy, ([0.5, 0.5, 0], [0.25, 0.25, 0.5]), {}, log(4), "soft label"),
    (categorical_cross_entropy, ([1, 0, 0], [0.7, 0.2, 0.1]), {}, -log(0.7), "one-hot"),
    (categorical_cross_entropy, ([0.5, 0.5], [1, 0]), {}, inf, "q = 0 < p"),
    (categorical_cross_entropy, ([1, 0], [1, 0]), {}, 0.0, "p = q = 0"),
    (categorical_cross_entropy_from_logits, (0, [0, 0, 0]), {}, log(3), "no idea"),
    (categorical_cross_entropy_from_logits, (0, [1, 0, 0]), {}, math.log1p(2 / math.e), "softmax twice: the floor, K = 3"),
    (categorical_cross_entropy_from_logits, (7, np.eye(1000)[7]), {}, math.log1p(999 / math.e), "and K = 1000"),
    (categorical_cross_entropy_from_logits, (0, [1000, 0, -1000]), {}, 0.0, "below the smallest double"),
    (categorical_cross_entropy_from_logits, (1, [1000, 0, -1000]), {}, 1000.0, "log(softmax) says inf"),
    (categorical_cross_entropy_from_logits, (2, [1000, 0, -1000]), {}, 2000.0, "log(softmax) says inf"),
    (categorical_cross_entropy_from_logits, (0, [40, 0]), {}, math.log1p(exp(-40)), "PyTorch says 0"),
    (categorical_cross_entropy_from_logits, (1, [0, -inf]), {}, inf, "p = 0"),
    (categorical_cross_entropy_from_logits, (0, [0, -inf]), {}, 0.0, "p = 1"),
    (categorical_cross_entropy_from_logits, ([1, 0], [0, -inf]), {}, 0.0, "p = q = 0"),
    (categorical_cross_entropy_from_logits, ([0.5, 0.5], [3, 3]), {}, log(2), "soft label"),
    (categorical_cross_entropy_from_logits, (0, [2, 0]), {"label_smoothing": 0.5}, 0.25 * 2 + math.log1p(exp(-2)), "3/4, 1/4"),
    (categorical_cross_entropy_from_logits, (0, [2, 0]), {"label_smoothing": 1}, 1.0 + math.log1p(exp(-2)), "no label left"),
    (categorical_cross_entropy_from_logits, (0, [0, -inf]), {"label_smoothing": 0.1}, inf, "smoothing wants every class"),
    (categorical_cross_entropy_from_logits, (0, [0, -inf]), {"label_smoothing": 1}, inf, "the same without a label"),
    (categorical_cross_entropy_from_logits, (1, [0, -inf]), {"label_smoothing": 1}, inf, "with a label that does not count"),
    (categorical_cross_entropy_from_logits, ([1, 0], [0, -inf]), {"label_smoothing": 1}, inf, "soft, and it does not count"),
    (categorical_cross_entropy_from_logits, (1, [0, -inf]), {"label_smoothing": 0}, inf, "the label alone"),
    (categorical_cross_entropy_from_logits, ([1 - U, 1e-300], [1e308, -1e308]), {}, 2e8, "the difference is no double, the loss is"),
    (categorical_cross_entropy_from_logits, ([0.75, 0.25], [1.7e308, -1.7e308]), {}, 0.85e308, "half a range"),
    (categorical_cross_entropy_from_logits, (0, [-1e308, 0, 1e308 / 2]), {}, 1.5e308, "nearly a range"),
    (categorical_cross_entropy_from_logits, (2, [1e308, 1e308, 1]), {"label_smoothing": 0.9}, 0.4e308, "smoothed: .1 and .3"),
    (categorical_cross_entropy_from_logits, (1, [1e308, -1e308]), {"label_smoothing": 1}, 1e308, "smoothed: half of the difference"),
    (categorical_cross_entropy_from_logits, (1, [2**62, 2**62 + 2**10]), {}, 0.0, "whole numbers that float64 has"),
    (categorical_cross_entropy_from_logits, (0, [2**70, 2**70 + 2**18]), {}, 2.0**18, "beyond int64"),
    (kl_divergence_from_logits, (np.array([2**62, 2**62]), np.array([2**62, 2**62 + 2**10])), {}, 512 - log(2), "int64"),
    (kl_divergence_from_logits, ([0, 0], [7, 7]), {}, 0.0, "a shift changes nothing"),
    (kl_divergence_from_logits, ([log(9), 0], [0, log(9)]), {}, 0.8 * log(9), "(.9, .1) and (.1, .9)"),
    (kl_divergence_from_logits, ([0, -inf], [0, 0]), {}, log(2), "p = 0"),
    (kl_divergence_from_logits, ([0, 0], [0, -inf]), {}, inf, "q = 0 < p"),
    (kl_divergence_from_logits, ([0, -inf], [0, -inf]), {}, 0.0, "p = q = 0"),
    (kl_divergence_from_logits, ([1e5, 0], [0, 1e5]), {}, 1e5, "far apart"),
    (kl_divergence_from_logits, ([0, 0], [0, 1e300]), {}, 5e299, "very far apart"),
    (kl_divergence_from_logits, ([-inf, 0], [720, 0]), {}, 720, "ruled out, and likely in Q"),
    (kl_divergence_from_logits, ([0, 0, -inf], [1, 0, 0]), {}, log((exp(1) + 2) / 2) - 0.5, "ruled out, and as likely in Q"),
    (kl_divergence_from_logits, ([700, 0, 0], [700, 1e-12, -2e-12]), {}, 0, "less than the least double"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments", "options", "expected", "why"), KNOWN)
def test_known_value(function, arguments, options, expected, why):
    got = function(*arguments, **options)
    assert type(got) is float
    if expected in (0, inf):
        assert got == expected, why
    else:
        assert got == pytest.approx(expected, rel=1e-15, abs=0), why


# --- 2. Accuracy -----------------------------------------------------------------------------------------------
#
# Relative errors against mpmath, for the doubles given.  The worst ones measured on these cases, in units of 1e-16:
#
#                               KL   cross-entropy
#   ordinary                   11.6       5.4
#   float32                     7.2       2.3
#   far from 0                  7.5       3.0
#   confident                   8.9       4.1
#   confident in one            4.2       3.7
#   ruled out                   1.9       1.3
#   near-equal                 11.4       3.8
#   near-equal and confident   12.2       2.7
#   opposed                     2.0       3.0
#   all but one                 3.9       2.2

KL_BOUND, BOUND = 2.5e-15, 1e-15


def _error(function, *arguments, digits=700, **options):
    with mpmath.workdps(digits):
        exact = getattr(reference, function.__name__)(*arguments, **options)
        got = function(*arguments, **options)
        assert exact == 0 or exact > 1e-300
        if exact == inf:
            return 0 if got == inf else inf
        return reference.relative_error(got, exact) if got >= 0 else inf


FAMILIES = cases.logits(np.random.default_rng(20))


def test_at_least_300_cases():
    assert sum(map(len, FAMILIES.values())) >= 300


@pytest.mark.parametrize("family", FAMILIES)
def test_accuracy_of_kl_from_logits(family):
    for a, b in FAMILIES[family]:
        for first, second in ((a, b), (b, a)):
            digits = 600 if family.startswith("confident") else 60
            assert _error(kl_divergence_from_logits, first, second, digits=digits) <= KL_BOUND, (first, second)


@pytest.mark.parametrize("family", FAMILIES)
def test_accuracy_of_categorical_from_logits(family):
    """Of the most and the least likely class, of soft labels, and smoothed."""
    random = np.random.default_rng(21)
    for z, _ in FAMILIES[family]:
        for y in (
            int(z.argmax()),
            int(z.argmin()),
            random.dirichlet(np.ones(z.size)),
            random.dirichlet(np.full(z.size, 0.05)),
        ):
            for smoothing in (0.0, 0.1):
                arguments = {"label_smoothing": smoothing} if smoothing else {}
                assert _error(categorical_cross_entropy_from_logits, y, z, digits=400, **arguments) <= BOUND, (y, z)


def test_accuracy_of_binary_from_logits():
    random = np.random.default_rng(22)
    for scale in (1e-9, 0.1, 1, 10, 100, 600):
        for z in random.uniform(-scale, scale, size=30):
            for y in (0, 1, 0.5, random.uniform(), 1e-9 * random.uniform()):
                assert _error(binary_cross_entropy_from_logits, y, z, digits=400) <= 1e-15, (y, z)


def test_accuracy_of_binary():
    random = np.random.default_rng(23)
    for exponent in (0, 1, 5, 10, 16, 100, 290):
        for p in 10.0**-exponent * random.uniform(0.01, 1, size=30):
            for y in (0, 1, 0.5, random.uniform()):
                for q in (p, 1 - p):
                    if 0 < q < 1:
                        assert _error(binary_cross_entropy, y, q, digits=400) <= 1e-15, (y, q)


def test_accuracy_of_categorical():
    random = np.random.default_rng(24)
    for n in (2, 3, 10, 100):
        for concentration in (0.02, 0.1, 1, 10):
            for p in random.dirichlet(np.full(n, concentration), size=5):
                for y in (int(p.argmax()), int(p.argmin()), random.dirichlet(np.ones(n))):
                    assert _error(categorical_cross_entropy, y, p) <= 1e-15, (y, p)


# --- 3. Properties ---------------------------------------------------------------------------------------------

properties = settings(deadline=None, derandomize=True, max_examples=100, database=None)
logit = st.floats(-30, 30)


def logits(copies=1):
    one = st.integers(1, 8).flatmap(lambda n: st.tuples(*[st.lists(logit, min_size=n, max_size=n)] * copies))
    return one.map(lambda rows: [np.array(row) for row in rows])


def _softmax(z):
    weights = np.exp(z - z.max())
    return weights / weights.sum()


def close(a, b, rel, absolute=0.0):
    return a == b or abs(a - b) <= max(rel * max(abs(a), abs(b)), absolute)


SOFTMAX = 1e-13  # the rounding of a softmax of logits up to 30, in each of its entries


@properties
@given(logits(2), st.integers(0, 7))
def test_logits_and_probabilities_agree(pair, k):
    a, b = pair
    p, q, y = _softmax(a), _softmax(b), k % a.size
    # a change of p and q by a share e changes the root of a divergence by about e
    assert close(kl_divergence_from_logits(a, b) ** 0.5, kl_divergence(p, q) ** 0.5, rel=SOFTMAX, absolute=SOFTMAX)
    assert close(categorical_cross_entropy_from_logits(y, b), categorical_cross_entropy(y, q), rel=SOFTMAX)
    assert close(categorical_cross_entropy_from_logits(p, b), categorical_cross_entropy(p, q), rel=SOFTMAX)
    assert categorical_cross_entropy(p, q) == cross_entropy(p, q)


@properties
@given(logit, st.floats(0, 1))
def test_binary_is_categorical_of_two_classes(z, y):
    binary, two_classes = (
        binary_cross_entropy_from_logits(y, z),
        categorical_cross_entropy_from_logits([1 - y, y], [0, z]),
    )
    assert close(binary, two_classes, rel=4e-15)
    p = 1 / (1 + exp(-z))
    two_classes = categorical_cross_entropy([1 - y, y], [1 - p, p])  # 1 - p is rounded
    assert close(binary_cross_entropy(y, p), two_classes, rel=4e-15, absolute=U / min(p, 1 - p))
    assert binary_cross_entropy_from_logits(1, z) == binary_cross_entropy_from_logits(0, -z)


@properties
@given(logits(2))
def test_cross_entropy_is_entropy_plus_kl(pair):
    a, b = pair
    p = _softmax(a)
    floor = categorical_cross_entropy_from_logits(p, a)
    assert close(categorical_cross_entropy_from_logits(p, b), floor + kl_divergence_from_logits(a, b), rel=SOFTMAX)


@properties
@given(logits(1), st.floats(0, 1), st.integers(0, 7))
def test_label_smoothing_is_a_mixture_of_labels(z, share, k):
    (z,) = z
    y = np.eye(z.size)[k % z.size]
    mixed = (1 - share) * y + share / z.size
    smoothed = categorical_cross_entropy_from_logits(k % z.size, z, label_smoothing=share)
    assert close(smoothed, categorical_cross_entropy_from_logits(mixed, z), rel=4e-15)
    assert close(smoothed, categorical_cross_entropy_from_logits(y, z, label_smoothing=share), rel=4e-15)


@properties
@given(logits(2), st.integers(-5, 5), st.randoms(use_true_random=False))
def test_shift_and_order_do_not_matter(pair, shift, random):
    """Whole logits, so that the shift rounds nothing."""
    a, b = (z.round() for z in pair)
    plain, order = kl_divergence_from_logits(a, b), random.sample(range(a.size), a.size)
    assert plain >= 0
    assert kl_divergence_from_logits(a + 2.0**shift, b) == plain == kl_divergence_from_logits(a, b + shift)
    assert close(kl_divergence_from_logits(a[order], b[order]), plain, rel=4e-15)
    assert kl_divergence_from_logits(a, a + shift) == 0
    assert (plain == 0) == (np.ptp(a - b) == 0)


# --- 4. Shapes and types ---------------------------------------------------------------------------------------

Z = np.random.default_rng(25).normal(size=(2, 3, 4, 5))
P = np.random.default_rng(26).dirichlet(np.ones(5), size=(3, 4))
Y = np.random.default_rng(27).integers(5, size=(3, 4))
SOFT = np.random.default_rng(28).dirichlet(np.ones(5), size=(3, 4))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axis(axis):
    """A batch along every axis is a Python loop over its samples."""

    def moved(array):
        return np.moveaxis(array, -1, axis)

    places = list(np.ndindex(3, 4))
    for function, right in zip(CATEGORICAL, (P, Z[0]), strict=True):
        got = function(Y, moved(right), axis=axis)
        assert_close(got, np.reshape([function(Y[i], right[i]) for i in places], (3, 4)), rtol=1e-15)
        got = function(moved(SOFT), moved(right), axis=axis)
        assert_close(got, np.reshape([function(SOFT[i], right[i]) for i in places], (3, 4)), rtol=1e-15)
        assert got.dtype == np.float64
    got = kl_divergence_from_logits(moved(Z[0]), moved(Z[1]), axis=axis)
    assert_close(got, np.reshape([kl_divergence_from_logits(Z[0][i], Z[1][i]) for i in places], (3, 4)), rtol=1e-15)


def test_binary_is_elementwise():
    y = (SOFT > 0.2).astype(int)
    for function, right in ((binary_cross_entropy, P), (binary_cross_entropy_from_logits, Z[0])):
        got = function(y, right)
        assert got.shape == right.shape
        assert_close(got, [[[function(*pair) for pair in zip(*rows, strict=True)] for rows in zip(*tables, strict=True)]
                           for tables in zip(y, right, strict=True)], rtol=1e-15)  # fmt: skip


def test_many_samples_and_many_classes():
    """More than a block either way."""
    random = np.random.default_rng(29)
    for shape in ((70_000, 2), (3, 70_000), (40_000, 1)):
        a, b = random.normal(size=(2, *shape))
        y = random.integers(shape[1], size=shape[0])
        some = [0, 1, shape[0] - 1]
        ce, kl = categorical_cross_entropy_from_logits(y, a), kl_divergence_from_logits(a, b)
        assert_close(ce[some], [categorical_cross_entropy_from_logits(y[i], a[i]) for i in some], rtol=1e-15)
        assert_close(kl[some], [kl_divergence_from_logits(a[i], b[i]) for i in some], rtol=1e-14)
        labels = a > 0
        bce = binary_cross_entropy_from_logits(labels, b)
        assert bce[-1, -1] == binary_cross_entropy_from_logits(labels[-1, -1], b[-1, -1])


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float16, np.float32, ">f8"])
def test_every_real_type_is_computed_in_float64(dtype):
    z = np.array([1, 0, 1]).astype(dtype)
    assert categorical_cross_entropy_from_logits(0, z) == categorical_cross_entropy_from_logits(0, [1.0, 0.0, 1.0])
    assert kl_divergence_from_logits(z, [0, 1, 2]) == kl_divergence_from_logits([1.0, 0.0, 1.0], [0, 1, 2])
    assert (
        binary_cross_entropy_from_logits(z, z).tolist()
        == binary_cross_entropy_from_logits([1.0, 0, 1], [1.0, 0, 1]).tolist()
    )
    assert categorical_cross_entropy(np.uint8(1), z[:2][::-1]) == 0
    assert categorical_cross_entropy(z[:2], z[:2]) == 0  # one-hot labels of any type


def test_inputs_are_not_modified():
    arrays = [P, Z, Y, SOFT]
    copies = [a.copy() for a in arrays]
    for array in arrays:
        array.flags.writeable = False
    for function, right in zip(CATEGORICAL, (P, Z[0]), strict=True):
        function(Y, right), function(SOFT, right)
    kl_divergence_from_logits(Z[0], Z[1])
    binary_cross_entropy(SOFT, P), binary_cross_entropy_from_logits(SOFT, Z[0])
    for array, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


# --- 5. Bad input ----------------------------------------------------------------------------------------------

ADVICE = "; probabilities are wanted here; for logits there is categorical_cross_entropy_from_logits"
LABELS = "; labels of several classes are class indices or distributions"
NEGATIVE = "a probability cannot be negative (is this a logarithm or a logit?)"
BCE, BCE_Z, CE, CE_Z, KL_Z = (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    categorical_cross_entropy,
    categorical_cross_entropy_from_logits,
    kl_divergence_from_logits,
)
MASKED = np.ma.array([0.5, 0.5])
BAD = [
    (BCE, (1, 3.2), {}, ValueError, "p = 3.2: a probability cannot be above 1 (is this a logit? there is binary_cross_entropy_from_logits)"),
    (BCE, ([1, 0], [0.5, -3.2]), {}, ValueError, f"p[1] = -3.2: {NEGATIVE}"),
    (BCE, (1, nan), {}, ValueError, "p = nan: a probability cannot be nan"),
    (BCE, (1, inf), {}, ValueError, "p = inf: a probability cannot be infinite"),
    (BCE, (2, 0.5), {}, ValueError, "y = 2.0: a probability cannot be above 1"),
    (BCE, (-1, 0.5), {}, ValueError, f"y = -1.0: {NEGATIVE}"),
    (BCE, ([1, 0], 0.5), {}, ValueError, "y and p must have equal shapes, not (2,) and ()"),
    (BCE, ([1, 0], [[0.5, 0.5]]), {}, ValueError, "y and p must have equal shapes, not (2,) and (1, 2)"),
    (BCE, ([], []), {}, ValueError, "y is empty"),
    (BCE, ("1", 0.5), {}, TypeError, "y must hold real numbers, not str"),
    (BCE, (1, Fraction(1, 2)), {}, TypeError, "p must hold real numbers, not object"),
    (BCE, ([1, 1], MASKED), {}, TypeError, "p is a masked array; fill or drop the masked entries first"),
    (BCE_Z, (1, nan), {}, ValueError, "z = nan: a logit cannot be nan"),
    (BCE_Z, ([1, 1], [0, nan]), {}, ValueError, "z[1] = nan: a logit cannot be nan"),
    (BCE_Z, (1.5, 0), {}, ValueError, "y = 1.5: a probability cannot be above 1"),
    (BCE_Z, (1, [0, 0]), {}, ValueError, "y and z must have equal shapes, not () and (2,)"),
    (BCE_Z, (1, 1j), {}, TypeError, "z must hold real numbers, not complex128"),
    (BCE_Z, ([1, 1], MASKED), {}, TypeError, "z is a masked array; fill or drop the masked entries first"),
    (CE, (0, [2.0, -1.0]), {}, ValueError, f"p[1] = -1.0: {NEGATIVE}"),
    (CE, (0, [2.0, 1.0]), {}, ValueError, f"p sums to 3.0, not to 1 within 1e-06{ADVICE}"),
    (CE, ([0, 1], [[0.5, 0.5], [2, 1]]), {}, ValueError, f"p (distribution 1) sums to 3.0, not to 1 within 1e-06{ADVICE}"),
    (CE, (0, [inf, 1]), {}, ValueError, "p[0] = inf: a probability cannot be infinite"),
    (CE, (0, 0.5), {}, ValueError, "p is a single number, it needs an axis of classes"),
    (CE, ([0.5, 0.4], [0.5, 0.5]), {}, ValueError, f"y sums to 0.9, not to 1 within 1e-06{LABELS}"),
    (CE, (2, [0.5, 0.5]), {}, ValueError, "y = 2: a class index of 2 classes lies between 0 and 1"),
    (CE, (-1, [0.5, 0.5]), {}, ValueError, "y = -1: a class index of 2 classes lies between 0 and 1"),
    (CE_Z, ([0, -100], [[1, 2], [3, 4]]), {}, ValueError, "y[1] = -100: a class index of 2 classes lies between 0 and 1"),
    (CE_Z, ([[0, 1], [2, 9]], np.zeros((2, 2, 3))), {}, ValueError, "y[1, 1] = 9: a class index of 3 classes lies between 0 and 2"),
    (CE_Z, (0.0, [1, 2]), {}, TypeError, "y must hold whole numbers, class indices, not float64"),
    (CE_Z, ([True, False], np.zeros((2, 3))), {}, TypeError, "y must hold whole numbers, class indices, not bool"),
    (CE_Z, ([0, 1, 1], np.zeros((2, 3))), {}, ValueError, "y must hold class indices of shape (2,) or distributions of shape (2, 3); it has shape (3,)"),
    (CE_Z, ([0, 1], np.zeros((2, 3))), {"axis": 0}, ValueError, "y must hold class indices of shape (3,) or distributions of shape (2, 3); it has shape (2,)"),
    (CE_Z, ([1, 1], [0, 0]), {}, ValueError, f"y sums to 2.0, not to 1 within 1e-06{LABELS}"),
    (CE_Z, ([-1, 2], [0, 0]), {}, ValueError, f"y[0] = -1.0: {NEGATIVE}"),
    (CE_Z, (0, [nan, 1]), {}, ValueError, "z[0] = nan: a logit cannot be nan"),
    (CE_Z, (0, [[1, 2], [nan, 1]]), {"axis": 0}, ValueError, "z[1, 0] = nan: a logit cannot be nan"),
    (CE_Z, (0, [0, inf]), {}, ValueError, "z[1] = inf: the logit of one class among several cannot be inf"),
    (CE_Z, (0, [-inf, -inf]), {}, ValueError, "z is -inf for every class"),
    (CE_Z, ([0, 0], [[0, 1], [-inf, -inf]]), {}, ValueError, "z (sample 1) is -inf for every class"),
    (CE_Z, (0, 1.0), {}, ValueError, "z is a single number, it needs an axis of classes"),
    (CE_Z, (0, []), {}, ValueError, "z is empty"),
    (CE_Z, (0, ["a"]), {}, TypeError, "z must hold real numbers, not str"),
    (CE_Z, (0, MASKED), {}, TypeError, "z is a masked array; fill or drop the masked entries first"),
    (CE_Z, (0, [0, 1]), {"label_smoothing": 1.5}, ValueError, "label_smoothing = 1.5: it must lie between 0 and 1"),
    (CE_Z, (0, [0, 1]), {"label_smoothing": -0.1}, ValueError, "label_smoothing = -0.1: it must lie between 0 and 1"),
    (CE_Z, (0, [0, 1]), {"label_smoothing": nan}, ValueError, "label_smoothing = nan: it must lie between 0 and 1"),
    (CE_Z, (0, [0, 1]), {"label_smoothing": "0.1"}, TypeError, "label_smoothing must be a number, not str"),
    (CE_Z, (0, [0, 1]), {"label_smoothing": True}, TypeError, "label_smoothing must be a number, not bool"),
    (KL_Z, ([0, 1], [0, 1, 2]), {}, ValueError, "a and b must have equal shapes, not (2,) and (3,)"),
    (KL_Z, ([0, 1], [[0, 1]]), {}, ValueError, "a and b must have equal shapes, not (2,) and (1, 2)"),
    (KL_Z, ([0, nan], [0, 1]), {}, ValueError, "a[1] = nan: a logit cannot be nan"),
    (KL_Z, ([0, 1], [0, nan]), {}, ValueError, "b[1] = nan: a logit cannot be nan"),
    (KL_Z, ([0, 1], [inf, 0]), {}, ValueError, "b[0] = inf: the logit of one class among several cannot be inf"),
    (KL_Z, ([0, 0], [0, -1e301]), {}, ValueError, "b[1] = -1e+301: a logit beyond 1e300 is too large"),
    (KL_Z, ([-inf, -inf], [0, 0]), {}, ValueError, "a is -inf for every class"),
    (KL_Z, (1.0, 1.0), {}, ValueError, "a is a single number, it needs an axis of classes"),
    (KL_Z, (MASKED, [0, 1]), {}, TypeError, "a is a masked array; fill or drop the masked entries first"),
    (CE_Z, (1, np.array([2**62, 2**62 + 1])), {}, ValueError, f"z[1] = {2**62 + 1}: float64 has no such number"),
    (CE_Z, (1, np.array([[2**63 + 1], [2**63]], dtype=np.uint64)), {"axis": 0}, ValueError, f"z[0, 0] = {2**63 + 1}: float64 has no such number"),
    (CE_Z, (0, [2**53 + 1, 0.5]), {}, ValueError, f"z[0] = {2**53 + 1}: float64 has no such number"),
    (CE_Z, (0, [-(10**400), 0]), {}, ValueError, f"z[0] = {-(10**400)}: float64 has no such number"),
    (KL_Z, ([0, 1], [2**70, 2**70 + 1]), {}, ValueError, f"b[1] = {2**70 + 1}: float64 has no such number"),
    (BCE_Z, ([0, 1], [0, 2**64 + 1]), {}, ValueError, f"z[1] = {2**64 + 1}: float64 has no such number"),
    (CE_Z, (2**60 + 1, [0, 1]), {}, ValueError, f"y = {2**60 + 1}: float64 has no such number"),
    (CE_Z, (2**60, [0, 1]), {}, ValueError, f"y = {2**60}: a class index of 2 classes lies between 0 and 1"),
    (CE_Z, (0, [0, 1]), {"axis": True}, TypeError, "axis must be an integer, not bool"),
    (CE, (0, [[0.5, 0.5]]), {"axis": False}, TypeError, "axis must be an integer, not bool"),
    (KL_Z, ([[0, 1]], [[0, 1]]), {"axis": np.True_}, TypeError, "axis must be an integer, not bool"),
    (CE_Z, (1, [1e308, -1e308]), {}, OverflowError, "the answer is finite, but above the largest float64"),
    (CE_Z, ([0, 1, 1], [[1e308, 0], [1, -inf], [1.7e308, -1e308]]), {}, OverflowError, "the answer (sample 2) is finite, but above the largest float64"),
    (CE_Z, ([0.25, 0.75], [1.7e308, -1.7e308]), {}, OverflowError, "the answer is finite, but above the largest float64"),
    (CE_Z, (0, [1.7e308, -1.7e308, -1.7e308]), {"label_smoothing": 1}, OverflowError, "the answer is finite, but above the largest float64"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments", "options", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_input(function, arguments, options, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        function(*arguments, **options)


@pytest.mark.skipif(np.dtype(np.longdouble).itemsize == 8, reason="long doubles are doubles here")
def test_long_doubles_are_refused():
    z, one = np.array([0, 1], dtype=np.longdouble), np.longdouble(1)
    for function, arguments, name in (
        (BCE, (1, one), "p"), (BCE_Z, (1, one), "z"), (BCE_Z, (one, 1), "y"), (CE, (0, z), "p"), (CE_Z, (0, z), "z"),
        (CE_Z, (z, [0, 1]), "y"), (KL_Z, (z, [0, 1]), "a"), (KL_Z, ([0, 1], z), "b"),
    ):  # fmt: skip
        with pytest.raises(TypeError, match=rf"^{name} holds \w+ numbers, longer than float64; astype"):
            function(*arguments)
    with pytest.raises(TypeError, match=r"^label_smoothing must be a number, not longdouble$"):
        CE_Z(0, [0, 1], label_smoothing=one)


def test_axis_that_is_not_there():
    for function, arguments in ((CE, (0, [0.5, 0.5])), (CE_Z, (0, [1, 2])), (KL_Z, ([1, 2], [1, 2]))):
        with pytest.raises(np.exceptions.AxisError, match="axis 3 is out of bounds for array of dimension 1"):
            function(*arguments, axis=3)
        with pytest.raises(TypeError, match="integer"):
            function(*arguments, axis=None)


def test_options_are_keywords_only():
    for function, arguments in ((CE, (0, [0.5, 0.5])), (CE_Z, (0, [1, 2])), (KL_Z, ([1, 2], [1, 2])), (BCE, (1, 0.5))):
        with pytest.raises(TypeError, match="positional argument"):
            function(*arguments, -1)


# --- 6. No warnings, whatever np.seterr says -------------------------------------------------------------------


def test_extremes_raise_no_floating_point_error():
    hard = [[0, -inf, 800], [1e300, -1e300, 0], [5e-324, 0, -5e-324], [-745, 0, 745], [-inf, 0, -inf], [0, 0, 0]]

    def everything():
        for a in hard:
            for y in (0, 1, 2, [0.5, 0, 0.5], [0, 1, 0]):
                yield CE_Z(y, a)
                yield CE_Z(y, a, label_smoothing=0.1)
                yield CE_Z(y, a, label_smoothing=1)
            for b in hard:
                yield KL_Z(a, b)
            for y in (0, 1, 0.5):
                yield from BCE_Z([y] * 3, a)
        for p in ([1, 0], [0.5, 0.5], [5e-324, 1], [1 - U, 1e-320]):
            for y in (0, 1, [0.5, 0.5], [1, 0]):
                yield CE(y, p)
            for y in (0, 1, 0.5):
                yield from BCE([y] * 2, p)

    with np.errstate(all="warn", under="ignore"):
        plain = list(everything())
    with np.errstate(all="raise"):
        strict = list(everything())
    assert plain == strict
    assert not np.isnan(plain).any()
    assert min(plain) >= 0
    assert not np.signbit(plain).any()
