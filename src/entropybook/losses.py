"""Cross-entropy as a loss: of labels and of predictions, given as probabilities or as logits.

What holds for every function here:

* **Units.** Nats.  Nothing is averaged: one loss for each sample, to be averaged or weighted by the caller.
* **Logits** are real numbers z that stand for the probabilities softmax(z), or sigmoid(z) = 1/(1 + exp(-z)) in the
  binary case.  A logit of -inf is a probability of 0; in the binary case +inf is one of 1.  No form here computes
  log(softmax(z)): being confident and right costs little, but never rounds to 0.
* **Zeros.** A label that was given probability 0 costs +inf.  Nothing is clipped.
* **Labels** y of several classes are whole numbers, the class indices 0 to K - 1, without the axis of the classes, or
  distributions over the classes, along ``axis`` like the predictions.
* **Bad input** is refused as in `entropybook.discrete`; so are class indices out of range, nan among the logits, +inf
  and a row of -inf where there are several classes, and logits where probabilities belong, as far as they can be told.
"""

import math

import numpy as np

from entropybook.inputs import (
    axis_number,
    brackets,
    first_index,
    probabilities,
    real_array,
    refuse_where,
    require_number,
    require_same_shape,
    to_answer,
)
from entropybook.masses import BITS, BLOCK, checked_masses, cross_entropy_of, economised, surprise_terms, to_pair

# --- what comes in ---------------------------------------------------------------------------------------------


def _class_logits(name, values, axis):
    """`values` as logits, classes on the last axis; the class of each largest one; `axis` as a number from 0 on."""
    array = real_array(name, values)
    axis = axis_number(name, array, axis, "it needs an axis of classes")
    rows = np.moveaxis(array, axis, -1).astype(np.float64, copy=False)
    top = rows.argmax(axis=-1)  # the first nan of a row, if it has one
    highest = np.take_along_axis(rows, top[..., None], axis=-1)[..., 0]
    if not np.isfinite(highest).all():
        refuse_where(name, array, np.isnan(array), "a logit cannot be nan")
        refuse_where(name, array, array == np.inf, "the logit of one class among several cannot be inf")
        sample = brackets(first_index(highest == -np.inf), " (sample ", ")")
        raise ValueError(f"{name}{sample} is -inf for every class")
    return rows, top, axis


def _labels(y, rows, axis):
    """y as class indices with one last axis of length 1, or as masses along the last axis; whichever it is."""
    y, indices, shape = real_array("y", y), rows.shape[:-1], np.moveaxis(rows, -1, axis).shape
    if y.shape == shape:
        advice = "labels of several classes are class indices or distributions"
        return checked_masses("y", y, np.moveaxis(y, axis, -1), False, advice), True
    if y.shape != indices:
        wanted = f"class indices of shape {indices} or distributions of shape {shape}"
        raise ValueError(f"y must hold {wanted}; it has shape {y.shape}")
    if y.dtype.kind not in "iu":
        raise TypeError(f"y must hold whole numbers, class indices, not {y.dtype.type.__name__.rstrip('_')}")
    count = rows.shape[-1]
    if y.min() < 0 or y.max() >= count:
        place, last = first_index((y < 0) | (y >= count)), count - 1
        where = f"y{brackets(place)} = {int(y[place])}"
        raise ValueError(f"{where}: a class index of {count} classes lies between 0 and {last}")
    return y.astype(np.intp), False


# --- the arithmetic --------------------------------------------------------------------------------------------


@np.errstate(all="ignore")
def _in_blocks(loss, samples, *others):
    """loss(samples, *others), one number a sample, computed for some samples at a time, so that these stay in cache.

    The samples are rows along the last axis; of the others each has as many rows, or as many numbers.
    """
    shape, width = samples.shape[:-1], samples.shape[-1]
    arrays = [a.reshape(-1, width) if a.shape == samples.shape else a.reshape(-1) for a in (samples, *others)]
    step = max(1, 2 * BLOCK // width)
    answer = np.empty(shape)
    losses = answer.reshape(-1)  # a view
    for start in range(0, losses.size, step):
        block = slice(start, start + step)
        losses[block] = loss(*(a[block] for a in arrays))
    return answer


def _of_class(z, k):
    """Of each row of z the entry of class k, as a column."""
    return z[np.arange(len(z)), k][:, None]


def _difference(a, b):
    """a - b, and what rounding took from it: Knuth's two-sum, exact.  Of infinities, 0."""
    difference = a - b
    back = difference - a
    rest = (a - (difference - back)) - (b + back)
    return difference, np.where(np.isfinite(rest), rest, 0.0)


def _below_top(z, top):
    """z - max z, and log(sum exp z) - max z, which is log1p of a sum of positive terms."""
    highest = _of_class(z, top)
    below = z - highest
    others = np.exp(below)
    others[np.arange(len(z)), top] = 0.0
    rest = others.sum(axis=-1)
    if (tiny := rest < 1e-6).any():  # then the rounding of z - max z, however small, is many roundings of its exp
        rest[tiny] = (others[tiny] * (1 + _difference(z[tiny], highest[tiny])[1])).sum(axis=-1)
    return below, np.log1p(rest)


def _gap(y, below):
    """The sum of y (max z - z); an infinite gap does not count where y = 0."""
    gap = np.vecdot(y, below)
    if np.isnan(gap).any():
        gap = np.where(y > 0, y * below, 0.0).sum(axis=-1)
    return -gap


_NEAR = 0.25
_EXP_SERIES = economised([1 / math.factorial(k + 2) for k in range(20)], -_NEAR, _NEAR, 9)


def _kl_of_logits(a, b, top):
    """D = log E_P[exp(x)] = log1p(E_P[exp(x) - 1 - x]), with x = b - a less its mean under P = softmax(a)."""
    below_a, below_b = a - _of_class(a, top), b - _of_class(b, top)
    weights = np.exp(below_a)  # P is weights / total
    total = weights.sum(axis=-1)
    x, shift = _centred(below_b - below_a, weights, total)
    excess = np.expm1(x)
    excess = np.vecdot(weights, np.subtract(excess, x, out=excess)) / total
    if lost := x.max() > 10 or a.min() == -np.inf:
        # There P exp(x), which is Q exp(D), has lost digits, or is lost in P = 0; b may keep them.
        log_q = below_b - shift
        kept = (3 + abs(below_b) + abs(shift) < x) | (weights == 0)
        terms = np.where(kept, np.exp(log_q) - weights, weights * np.expm1(x))
        excess = (terms - np.where(weights > 0, weights * x, 0.0)).sum(axis=-1) / total
    answer = np.log1p(excess)
    if lost and (huge := ~(answer < np.inf)).any():  # exp(x) may overflow
        log_terms = np.where(kept, log_q, below_a + x)[huge]
        highest = log_terms.argmax(axis=-1)
        answer[huge] = log_terms.max(axis=-1) + _below_top(log_terms, highest)[1] - np.log(total[huge])
    if (near := answer < 0.05).any():
        answer[near] = _kl_of_near_logits(a[near], b[near], top[near])
    if b.min() == -np.inf:
        answer[((a > -np.inf) & (b == -np.inf)).any(axis=-1)] = np.inf
    return np.maximum(answer, 0.0)  # below 1e-300 rounding may make it negative


def _centred(x, weights, total):
    """x, overwritten, less its mean by these weights, and that mean; 0 where x is undefined: its weight is 0."""
    mean = np.vecdot(weights, x) / total
    if not np.isfinite(mean).all():
        x = np.where(np.isfinite(x), x, 0.0)
        mean = np.vecdot(weights, x) / total
    x -= mean[:, None]
    x -= (np.vecdot(weights, x) / total)[:, None]  # once more: the first mean was rounded
    return x, mean[:, None]


def _kl_of_near_logits(a, b, top):
    """The same where D is small, with what rounding takes from the differences of logits put back.

    The terms exp(x) - 1 - x are never negative; for small x they are x^2 (1/2 + x/6 + x^2/24 + ...).
    """
    below_a, rest_a = _difference(a, _of_class(a, top))
    below_b, rest_b = _difference(b, _of_class(b, top))
    x, rest = _difference(b, a)
    weights = np.exp(below_a) * (1 + rest_a)
    total = weights.sum(axis=-1)
    x, shift = _centred((x - _of_class(x, top)) + (rest - _of_class(rest, top)), weights, total)
    terms = weights * np.where(abs(x) < _NEAR, x * x * np.polyval(_EXP_SERIES, x), np.expm1(x) - x)
    q = np.exp(below_b) * (1 + rest_b) * np.exp(-shift)
    kept = (weights < 1e-290) | (3 + abs(below_b) + abs(shift) < x)  # as above
    terms = np.where(kept, q - np.where(weights > 0, weights * (1 + x), 0.0), terms)
    return np.log1p(terms.sum(axis=-1) / total)


# --- the interface ---------------------------------------------------------------------------------------------


def binary_cross_entropy(y, p):
    r"""Binary cross-entropy: the loss of predicting the probability p for an event with label y, elementwise.

    .. math:: \ell(y, p) = -y \log p - (1 - y) \log(1 - p), \qquad 0 \log 0 = 0

    `y` is 0 or 1, or a probability of its own; `p` is the predicted probability of 1.
    +inf for p = 0 where y > 0 and for p = 1 where y < 1.
    `y` and `p` have equal shapes, and so has the answer (a float for two numbers).  Nats.
    Source: Murphy (2022), section 5.1.6.  What is 1 within rounding is 1; other errors as in the module's notes.

    >>> binary_cross_entropy([0, 1, 1], [1e-20, 1, 0]).tolist()
    [1e-20, 0.0, inf]
    """
    y = probabilities("y", y)
    p = probabilities("p", p, " (is this a logit? there is binary_cross_entropy_from_logits)")
    require_same_shape("y", y, "p", p)

    def loss(y, p):
        y = y[:, 0]
        return np.where(y > 0, -y * np.log(p), 0.0) + np.where(y < 1, (y - 1) * np.log1p(-p), 0.0)

    return to_answer(_in_blocks(loss, y[..., None], p))


def binary_cross_entropy_from_logits(y, z):
    r"""Binary cross-entropy of labels y and logits z, which stand for p = 1/(1 + exp(-z)), elementwise.

    .. math:: \ell(y, z) = y \log(1 + e^{-z}) + (1 - y) \log(1 + e^{z})

    Small, e^{-abs(z)}, but not 0 where z is far on the side of y; 0 for an infinite logit that is right, else +inf.
    `y` (0, 1 or a probability) and `z` have equal shapes, and so has the answer.  Nats.  Errors: the module's notes.
    Source: Murphy (2022), section 10.2.3, for the loss; the form is that of Maechler (2012).

    >>> f"{binary_cross_entropy_from_logits(1, 40):.5g}, {binary_cross_entropy_from_logits(1, -40):.5g}"
    '4.2484e-18, 40'
    """
    y, z = probabilities("y", y), real_array("z", z).astype(np.float64, copy=False)
    require_same_shape("y", y, "z", z)

    def loss(y, z):
        wrong = np.abs((z > 0) - y[:, 0])  # the share of y on the other side
        exponent = -np.abs(z)
        gap = wrong * exponent
        if exponent.min() == -np.inf:
            gap[(wrong == 0) & (exponent == -np.inf)] = 0.0
        return np.log1p(np.exp(exponent, out=exponent), out=exponent) - gap

    answer = _in_blocks(loss, y[..., None], z)
    if np.isnan(answer.min()):
        refuse_where("z", z, np.isnan(z), "a logit cannot be nan")
    return to_answer(answer)


def categorical_cross_entropy(y, p, *, axis=-1):
    r"""Cross-entropy of labels y and predicted probabilities p of several classes: one loss a sample.

    .. math:: \ell(y, p) = -\log p_y \qquad \text{or} \qquad -\sum_k y_k \log p_k, \quad 0 \log 0 = 0

    The first for class indices, the second, which is `cross_entropy` (y, p), for labels that are distributions.
    +inf where the true class, or any with y > 0, has p = 0.
    `p` holds distributions along `axis`, `y` as in the module's notes; the answer has the shape of `p` without `axis`.
    Source: Murphy (2022), section 5.1.6.  Nats; errors as in the module's notes.

    >>> categorical_cross_entropy([0, 1], [[1, 1e-20], [1, 0]]).tolist()
    [1e-20, inf]
    """
    array = real_array("p", p)
    axis = axis_number("p", array, axis, "it needs an axis of classes")
    rows = np.moveaxis(array, axis, -1)
    advice = "probabilities are wanted here; for logits there is categorical_cross_entropy_from_logits"
    p = checked_masses("p", array, rows, False, advice)
    labels, soft = _labels(y, rows, axis)
    if soft:
        return to_answer(cross_entropy_of(labels, p))
    labels = labels[..., None]
    true = np.take_along_axis(p.entries, labels, axis=-1)[..., 0].astype(np.float64)
    others = p.entries.astype(np.float64)
    np.put_along_axis(others, labels, 0.0, axis=-1)
    with np.errstate(all="ignore"):
        sure, unsure = np.log1p(others.sum(axis=-1) / true), np.log(p.total) - np.log(true)
    return to_answer(np.where(true > 0.5, sure, unsure))


def categorical_cross_entropy_from_logits(y, z, *, axis=-1, label_smoothing=0.0):
    r"""Cross-entropy of labels y and logits z of several classes, p = softmax(z): one loss a sample.

    .. math:: \ell(y, z) = \log \sum_k e^{z_k} - \sum_k y_k z_k,
              \qquad y_k \to (1 - \varepsilon)\, y_k + \varepsilon / K \text{ with label smoothing } \varepsilon

    with y_k = 1 for the true class alone if y is a class index.  Small where the model is confident and right, but
    not 0.  +inf where the true class, or any with y > 0, has the logit -inf.
    `z` holds the logits along `axis`, `y` as in the module's notes; the answer has the shape of `z` without `axis`.
    Nats.  Errors as in the module's notes, and ValueError for a `label_smoothing` outside [0, 1].
    Source: Murphy (2022), section 10.3; label smoothing: Szegedy et al. (2016), section 7.

    >>> f"{categorical_cross_entropy_from_logits(0, [50, -50]):.5g}"
    '3.7201e-44'
    """
    rows, top, axis = _class_logits("z", z, axis)
    labels, soft = _labels(y, rows, axis)
    require_number("label_smoothing", label_smoothing)
    if not 0 <= label_smoothing <= 1:
        raise ValueError(f"label_smoothing = {label_smoothing!r}: it must lie between 0 and 1")

    def smoothed(below, y, total):
        gap = _gap(y, below) / total if soft else -_of_class(below, y)[:, 0]
        if label_smoothing == 0:
            return gap
        uniform = -np.vecdot(below, np.full(below.shape[-1], 1 / below.shape[-1]))
        return uniform if label_smoothing == 1 else (1 - label_smoothing) * gap + label_smoothing * uniform

    def loss(z, top, y, total):
        below, rest = _below_top(z, top)
        gap = smoothed(below, y, total)
        if np.isinf(gap).any():  # perhaps only z - max z overflowed
            gap = 2 * smoothed(z / 2 - _of_class(z, top) / 2, y, total)
        return gap + rest

    labels = labels if soft else (labels, labels)
    answer = _in_blocks(loss, rows, top, *labels)
    infinite = np.isinf(_in_blocks(loss, rows / 2, top, *labels)) if np.isinf(answer).any() else None
    return to_answer(answer, infinite, "sample")


def kl_divergence_from_logits(a, b, *, axis=-1):
    r"""Kullback-Leibler divergence of softmax(b) from softmax(a): data from softmax(a), code built for softmax(b).

    .. math:: D(\operatorname{softmax} a \,\|\, \operatorname{softmax} b)
              = \sum_k p_k (a_k - b_k) - \log \sum_k e^{a_k} + \log \sum_k e^{b_k}, \qquad p = \operatorname{softmax} a

    Never negative; 0 if and only if a - b is the same for all classes; accurate however small, down to 1e-290.
    A logit of -inf is a probability of 0: +inf where b is -inf and a is not, 0 for that class where a is -inf.
    `a` and `b` have equal shapes and hold logits along `axis`; the answer has the shape that is left.  Nats.
    Errors as in the module's notes, and ValueError for finite logits beyond 1e300.
    Source: Kullback and Leibler (1951) for the divergence; the closed form follows from p = exp(a) / sum exp(a).

    >>> f"{kl_divergence_from_logits([0, 0], [1e-9, 0]):.5g}"
    '1.25e-19'
    """
    a, b = real_array("a", a), real_array("b", b)
    require_same_shape("a", a, "b", b)
    for name, z in (("a", a), ("b", b)):
        if not -1e300 <= float(z.min()) <= float(z.max()) <= 1e300:
            _class_logits(name, z, axis)
            beyond = np.isfinite(z) & (abs(z.astype(np.float64)) > 1e300)
            refuse_where(name, z, beyond, "a logit beyond 1e300 is too large")
    a, top, axis = _class_logits("a", a, axis)
    b = np.moveaxis(b, axis, -1).astype(np.float64, copy=False)
    return to_answer(_in_blocks(_kl_of_logits, a, b, top))


def perplexity(p, q=None, *, axis=-1, normalize=False):
    r"""Perplexity: the number of equally likely outcomes that would be as hard to guess.

    .. math:: \mathrm{PP}(P) = e^{H(P)}, \qquad \mathrm{PP}(P, Q) = e^{H(P, Q)}

    Of P alone, or, with `q`, of data from P under the model Q; it does not depend on the base of the logarithm.
    Between 1 and n for P alone, up to +inf with Q.  Its relative error is about H times that of H.
    Source: Jelinek, Mercer, Bahl and Baker (1977).  Shapes and errors as in `cross_entropy`.

    >>> perplexity([1/3, 1/3, 1/3])
    3.0
    """
    p, q = to_pair(p, p if q is None else q, axis, normalize)
    with np.errstate(all="ignore"):
        x, y = surprise_terms(p, q, BITS)
        answer = (1 + x) * np.exp2(y)
    return to_answer(answer, infinite=np.isinf(y))
