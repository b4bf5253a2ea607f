"""Measures of probability mass functions given as arrays.

What holds for every function here:

* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.
* **Shapes.** A distribution lies along ``axis`` (the last one unless told otherwise), and the answer has the shape
  that is left: a Python float for one distribution, an array for many.  Two arguments must have equal shapes.
  A joint distribution is ``joint[..., x, y]`` and takes up the last two axes.
* **Zeros.** ``0 log 0 = 0``, and ``p log(p/0) = inf`` for ``p > 0``: infinite is infinite, nothing is clipped.
* **Normalisation.** Entries that sum to 1 within rounding (1e-6; 1e-5 in float32, 1e-3 in float16) are taken as
  they are meant, a distribution: the answer is that of the entries divided by their sum.  Any other sum is an error
  unless ``normalize=True``.  (Give two nearly equal vectors nearly equal sums: once the sums differ by a share c, and
  the distributions by a share of only eps, a divergence loses about 1e-16 c/eps of itself; and an entry below
  1e-308 of its sum may count as 0.)
* **Bad input.** ``TypeError`` for what is not an array of real numbers (strings, complex numbers, objects, masked
  arrays); ``ValueError``, naming the argument, the place and the value, for entries that are negative, nan or
  infinite, for a sum that is not 1, for shapes that differ, for empty or 0-d input and for a base that is not a
  finite number above 1; NumPy's ``AxisError``, which is a ``ValueError`` too, for an axis that is not there.
"""

import math
import sys
from typing import NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

_TOLERANCE = {2: 1e-3, 4: 1e-5}  # by bytes an entry: what rounding can do to a sum
_TINY = np.finfo(np.float64).tiny
_BLOCK = 2**14  # entries of an array that are worked on at once: a handful of such arrays fits a core's cache


# --- what comes in and what goes out ---------------------------------------------------------------------------


class _Masses(NamedTuple):
    """Distributions along the last axis: entries that are not negative, and their positive sums."""

    entries: np.ndarray
    total: np.ndarray


def _masses(entries):
    straight = entries.flags.c_contiguous  # then NumPy adds in pairs, with few rounding errors
    return _Masses(entries, entries.sum(axis=-1, dtype=np.float64) if straight else _sum(np.positive, entries))


def _real(name, values):
    """`values` as an array of real numbers."""
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; fill or drop the masked entries first")
    try:
        array = np.asarray(values)
    except ValueError as problem:
        raise ValueError(f"{name} is not a rectangular array: {problem}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype.type.__name__.rstrip('_')}")
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    return array


def _probabilities(name, values):
    """`values` as an array of real numbers that are not negative (inf is found later, by its sum)."""
    array = _real(name, values)
    if not array.min() >= 0:  # one pass and no temporary array; true of nan as well
        _refuse(name, array, np.isnan(array), "a probability cannot be nan")
        _refuse(name, array, array < 0, "a probability cannot be negative (is this a logarithm or a logit?)")
    return array


def _refuse(name, array, wrong, why):
    """Raise a ValueError that names the first place of `array` where `wrong` is true, if there is one."""
    if wrong.any():
        place = tuple(int(i) for i in np.unravel_index(np.argmax(wrong), array.shape))
        where = f"{name}[{', '.join(map(str, place))}]" if place else name
        raise ValueError(f"{where} = {float(array[place])!r}: {why}")


def _tolerance(array):
    return _TOLERANCE.get(array.dtype.itemsize, 1e-6) if array.dtype.kind == "f" else 1e-6


def _unit_interval(name, values, advice=""):
    """`values` as float64 probabilities that need not sum to 1; what is above 1 by rounding counts as 1."""
    array = _probabilities(name, values)
    if array.max() > 1:
        _refuse(name, array, np.isinf(array), "a probability cannot be infinite")
        _refuse(name, array, array > 1 + _tolerance(array), "a probability cannot be above 1" + advice)
        array = np.minimum(array, 1.0)
    return array.astype(np.float64, copy=False)


def _checked(name, array, rows, normalize, advice="normalize=True divides by the sum"):
    """The masses of `rows`, a view of `array`, if they sum to 1, or to anything positive with `normalize`."""
    with np.errstate(over="ignore"):
        masses = _masses(rows)
    total, tolerance = masses.total, _tolerance(array)
    wrong = ~((total > 0) & (total < np.inf)) if normalize else abs(total - 1) > tolerance
    if wrong.any():
        _refuse(name, array, np.isinf(array), "a probability cannot be infinite")
        place = np.unravel_index(np.argmax(wrong), total.shape)
        which = f" (distribution {', '.join(str(int(i)) for i in place)})" if place else ""
        wanted = "a positive finite number" if normalize else f"1 within {tolerance:g}; {advice}"
        raise ValueError(f"{name}{which} sums to {float(total[place])!r}, not to {wanted}")
    return masses


def _along(name, array, axis, normalize):
    """The checked distributions of `array`, moved from `axis` to the last axis."""
    if array.ndim == 0:
        raise ValueError(f"{name} is a single number, not a distribution")
    axis = normalize_axis_index(axis, array.ndim, name)
    rows = array if axis == array.ndim - 1 else np.moveaxis(array, axis, -1)
    return _checked(name, array, rows, normalize)


def _distributions(name, values, axis, normalize):
    return _along(name, _probabilities(name, values), axis, normalize)


def _pair(p, q, axis, normalize):
    p, q = _probabilities("p", p), _probabilities("q", q)
    if p.shape != q.shape:
        raise ValueError(f"p and q must have equal shapes, not {p.shape} and {q.shape}")
    return _along("p", p, axis, normalize), _along("q", q, axis, normalize)


def _joint(values, normalize):
    """The array of `values`, and its checked joint distributions: the last two axes, laid out as one."""
    array = _probabilities("joint", values)
    if array.ndim < 2:
        raise ValueError(f"joint needs at least two axes, joint[x, y]; it has shape {array.shape}")
    return array, _checked("joint", array, array.reshape(*array.shape[:-2], -1), normalize)


@np.errstate(all="ignore")
def _answer(nats, base):
    """`nats`, which may be overwritten, in units of `base`; a Python float if it is a single number."""
    if base is not None:
        if isinstance(base, bool | np.bool_) or not isinstance(base, int | float | np.integer | np.floating):
            raise TypeError(f"base must be a number, not {type(base).__name__}")
        if not 1 < base <= sys.float_info.max:
            raise ValueError(f"base = {base!r}: a base must be finite and above 1")
        nats = nats / np.log(float(base))
    if np.ndim(nats) == 0:
        return float(nats) + 0.0  # turns -0.0 into 0.0
    nats += 0.0
    return nats


# --- the arithmetic: on masses of any positive sums ---------------------------------------------------------------
# What overflows or is undefined (0 times infinity) is replaced afterwards, so NumPy need not warn of it.


def _sum(term, *arrays):
    """The sum of term(*arrays) along the last axis, computed in blocks so that memory stays small and in cache.

    The longest axis is cut in two until a block is small.  An array of length 1 along an axis goes with all of it.
    """
    shape = arrays[0].shape
    if math.prod(shape) <= _BLOCK:
        return term(*(np.ascontiguousarray(a, dtype=np.float64) for a in arrays)).sum(axis=-1)
    axis = shape.index(max(shape))
    cuts = slice(shape[axis] // 2), slice(shape[axis] // 2, None)
    halves = [
        _sum(term, *(a if a.shape[axis] == 1 else a[(slice(None),) * axis + (cut,)] for a in arrays)) for cut in cuts
    ]
    return halves[0] + halves[1] if axis == len(shape) - 1 else np.concatenate(halves, axis)


def _scaled(masses):
    """The masses times the power of two that brings their sum near 1: exact, and what follows cannot overflow."""
    if (abs(masses.total - 1) < 0.5).all():
        return masses
    exponent = np.frexp(masses.total)[1]
    return _masses(np.ldexp(masses.entries.astype(np.float64), -exponent[..., None]))


def _log_total_over_top(q, top):
    """log(sum q / max q): every term is positive, so one dominating entry costs no digits."""
    others = _sum(lambda q, top: np.where(q < top, q, 0.0), q, top)
    ties = _sum(np.equal, q, top) - 1
    return np.log1p(others / top[..., 0] + ties)


@np.errstate(all="ignore")
def _cross_entropy(p, q):
    """H(P, Q) = log(sum q / max q) + E_P log(max q / q), a sum of terms that are never negative."""
    p, q = _scaled(p), _scaled(q)
    top = q.entries.max(axis=-1, keepdims=True).astype(np.float64)
    excess = _sum(
        lambda p, q, log_top: np.where(p > 0, p * (log_top - np.log(q)), 0.0), p.entries, q.entries, np.log(top)
    )
    return _log_total_over_top(q.entries, top) + excess / p.total


def _economised(series, low, high, degree):
    """The power series with these coefficients on [low, high] as a polynomial of low degree, highest power first."""
    series = np.polynomial.Polynomial(series)
    polynomial = np.polynomial.Chebyshev.interpolate(series, degree, domain=[low, high])
    return polynomial.convert(kind=np.polynomial.Polynomial).coef[::-1].tolist()


# The series are for |s| up to these limits; there their polynomials leave less than 2e-16 of a term.
_KL_NEAR, _JS_NEAR = 0.25, 0.5
_KL_SERIES = _economised([1 / (2 * k + 3) for k in range(60)], 0, _KL_NEAR**2, 8)
_JS_SERIES = _economised([1 / ((k + 2) * (2 * k + 3)) for k in range(60)], 0, _JS_NEAR**2, 13)


def _polynomial(coefficients, z):
    value = coefficients[0] * z + coefficients[1]
    for coefficient in coefficients[2:]:
        value *= z
        value += coefficient
    return value


def _excess(p, q):
    """The share of q by which its sum exceeds that of p, from the differences: exact where p is near q."""
    return (_sum(np.subtract, q.entries, p.entries) / q.total)[..., None]


def _matched(p, q, excess):
    """q scaled to the sum of p, d = p - q and s = d / (p + q), keeping the digits of d where p is near q.

    The rounding of the product shows only where the sums differ more than the distributions do.
    """
    surplus = excess * q
    d = (p - q) + surplus
    q = q - surplus
    return q, d, d / (p + q)


def _kl_terms(p, q, excess):
    """p log(p/q) - p + q, which is never negative.

    Where p and q are near each other it is d s [1 + s (1 + s) (1/3 + s^2/5 + s^4/7 + ...)].
    """
    q, d, s = _matched(p, q, excess)
    terms = d * s * (1 + s * (1 + s) * _polynomial(_KL_SERIES, s * s))
    near = abs(s) < _KL_NEAR
    if near.all():
        return terms
    ratio = p / q
    log_ratio = np.log(np.fmax(ratio, _TINY))  # p = 0: any finite number will do
    if (overflow := np.isinf(ratio)).any():
        log_ratio[overflow] = np.log(p[overflow]) - np.log(q[overflow])
    return np.where(near, terms, p * log_ratio - d)


def _kl_far(p, q):
    """D(P || Q) as everybody computes it: sum p log(p/q), then the sums of p and q.  For speed: see `_kl`."""

    def terms(p, q):
        ratio = p / q
        np.fmax(ratio, _TINY, out=ratio)  # p = 0, with q = 0 or not: any finite number will do
        np.log(ratio, out=ratio)
        ratio *= p
        return ratio

    return _sum(terms, p.entries, q.entries) / p.total + np.log(q.total / p.total)


@np.errstate(all="ignore")
def _kl(p, q):
    """D(P || Q) of the normalised distributions: the mean of p log(p/q) - p + q, whose terms are never negative.

    Long vectors that are far from each other do not need that care, and `_kl_far` is several times faster.  Rounding
    (u = 1.1e-16) costs it a few u in the ratios and in the sums and about 3u E|log p/q| <= 3u (D + sqrt(2 D)) in the
    rest, more where the sums differ: from D = 0.4 on, some 25u = 3e-15 of the answer, were all errors to agree.
    """
    p, q = _scaled(p), _scaled(q)
    if p.entries.shape[-1] < 64:
        return _sum(_kl_terms, p.entries, q.entries, _excess(p, q)) / p.total
    answer = np.asarray(_kl_far(p, q))
    enough = 0.4 + abs(np.log(q.total / p.total))
    if (doubtful := ~((answer >= enough) & (answer < np.inf))).any():
        rows = ... if doubtful.all() else doubtful
        p, q = (_Masses(m.entries[rows], m.total[rows]) for m in (p, q))
        answer[rows] = _sum(_kl_terms, p.entries, q.entries, _excess(p, q)) / p.total
    return answer


def _js_terms(p, q, excess):
    """(p + q)/4 [(1 + s) log(1 + s) + (1 - s) log(1 - s)], for small s by its series in s^2."""
    q, _, s = _matched(p, q, excess)
    z = s * s
    terms = z * (1 + z * _polynomial(_JS_SERIES, z))
    near = abs(s) < _JS_NEAR
    if not near.all():
        first, second = (np.where(x > 0, 2 * x / (p + q), 1.0) for x in (p, q))  # 1 + s and 1 - s, or 1: log 1 = 0
        terms = np.where(near, terms, first * np.log(first) + second * np.log(second))
    return (p + q) / 4 * terms


@np.errstate(all="ignore")
def _jensen_shannon(p, q):
    """The mean KL divergence of P and of Q from their midpoint, by terms that are never negative."""
    p, q = _scaled(p), _scaled(q)
    total = _sum(_js_terms, p.entries, q.entries, _excess(p, q))
    return np.clip(total / p.total, 0.0, np.log(2))


@np.errstate(all="ignore")
def _mean_over_rows(joint, measure):
    """sum over x of p(x) measure(p(. | x)) for joint[..., x, y]; rows of zeros do not count."""
    weights = joint.sum(axis=-1, dtype=np.float64)
    rows = np.where(weights[..., None] > 0, joint, 1.0)
    return np.where(weights > 0, weights * measure(_masses(rows)), 0.0).sum(axis=-1) / weights.sum(axis=-1)


# --- the interface ---------------------------------------------------------------------------------------------


def surprisal(p, *, base=None):
    r"""Surprisal (self-information) of outcomes of probability `p`: -log p, elementwise.

    .. math:: s(p) = \begin{cases} -\log p & 0 < p \le 1 \\ +\infty & p = 0 \end{cases}

    `p` is one probability or an array of them, which need not sum to 1; the answer has its shape.
    Entries above 1 by no more than rounding count as 1.  Nats, or units of `base`.

    Raises ValueError for an entry outside [0, 1], TypeError for anything but real numbers.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.

    >>> surprisal(1/8, base=2)
    3.0
    >>> surprisal(0.0)
    inf
    """
    with np.errstate(divide="ignore"):
        return _answer(-np.log(_unit_interval("p", p)), base)


def entropy(p, *, base=None, axis=-1, normalize=False):
    r"""Entropy of P: the expected surprisal of one outcome.

    .. math:: H(P) = -\sum_i p_i \log p_i, \qquad 0 \log 0 = 0

    `p` holds distributions along `axis`.  0 for a certain outcome, log n for n equally likely ones.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.

    >>> entropy([1/2, 1/4, 1/4], base=2)
    1.5
    >>> entropy([1, 0, 0])
    0.0
    >>> entropy([3, 3], base=2, normalize=True)
    1.0
    """
    p = _distributions("p", p, axis, normalize)
    return _answer(_cross_entropy(p, p), base)


def cross_entropy(p, q, *, base=None, axis=-1, normalize=False):
    r"""Cross-entropy of data from P under a code (a model) built for Q: the expected surprisal -log q.

    .. math:: H(P, Q) = -\sum_i p_i \log q_i
              = \begin{cases} H(P) + D(P \| Q) & \\ +\infty & \text{if } q_i = 0 < p_i \text{ for some } i \end{cases}

    Terms with p = 0 count as 0, even where q = 0.  `p` and `q` have equal shapes and hold distributions along `axis`.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), theorem 5.4.3 for the code; Murphy (2022), section 6.1.2.

    >>> cross_entropy([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    1.75
    >>> cross_entropy([1/2, 1/2], [1, 0])
    inf
    """
    return _answer(_cross_entropy(*_pair(p, q, axis, normalize)), base)


def kl_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Kullback-Leibler divergence (relative entropy) of Q from P: data from P, code built for Q.

    .. math:: D(P \| Q) = \sum_i \begin{cases} p_i \log (p_i / q_i) & p_i > 0,\ q_i > 0 \\
              0 & p_i = 0 \\ +\infty & p_i > 0,\ q_i = 0 \end{cases}

    Never negative, and 0 if and only if P = Q; accurate however near P and Q are.
    `p` and `q` have equal shapes and hold distributions along `axis`.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Kullback and Leibler (1951); Cover and Thomas (2006), section 2.3.

    >>> kl_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.25
    >>> kl_divergence([1/2, 1/2], [1, 0])
    inf
    >>> kl_divergence([1, 0], [1/2, 1/2], base=2)
    1.0
    """
    return _answer(_kl(*_pair(p, q, axis, normalize)), base)


def jeffreys_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jeffreys divergence: both directions of the KL divergence, added.

    .. math:: J(P, Q) = D(P \| Q) + D(Q \| P) = \sum_i (p_i - q_i) \log (p_i / q_i)

    Symmetric, never negative, +inf as soon as one of p, q is 0 where the other is not.
    Some texts call half of it the Jeffreys divergence.
    `p` and `q` have equal shapes and hold distributions along `axis`.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Kullback and Leibler (1951), equation 2.6, after Jeffreys (1946).

    >>> jeffreys_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.5
    """
    p, q = _pair(p, q, axis, normalize)
    return _answer(_kl(p, q) + _kl(q, p), base)


def jensen_shannon_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jensen-Shannon divergence: the mean KL divergence of P and of Q from their midpoint.

    .. math:: \mathrm{JS}(P, Q) = \tfrac12 D(P \| M) + \tfrac12 D(Q \| M), \qquad M = \tfrac12 (P + Q)

    Symmetric, always finite, between 0 (P = Q) and log 2 (nothing in common).  Its square root is a metric, and is
    what SciPy's ``jensenshannon`` returns.
    `p` and `q` have equal shapes and hold distributions along `axis`.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Lin (1991), section IV.

    >>> jensen_shannon_divergence([1, 0], [0, 1], base=2)
    1.0
    """
    return _answer(_jensen_shannon(*_pair(p, q, axis, normalize)), base)


def joint_entropy(joint, *, base=None, normalize=False):
    r"""Entropy of a pair (X, Y) with probabilities joint[..., x, y].

    .. math:: H(X, Y) = -\sum_{x, y} p(x, y) \log p(x, y), \qquad 0 \log 0 = 0

    The last two axes are x and y, and hold one distribution together; the answer has the shape of the others.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), section 2.2.

    >>> joint_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    1.5
    """
    _, pairs = _joint(joint, normalize)
    return _answer(_cross_entropy(pairs, pairs), base)


def conditional_entropy(joint, *, base=None, normalize=False):
    r"""Conditional entropy H(Y|X): the entropy of Y that is left, on average, once X is known.

    .. math:: H(Y \mid X) = -\sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)} = H(X, Y) - H(X), \qquad 0 \log 0 = 0

    `joint[..., x, y]` as in `joint_entropy`; rows x of probability 0 do not count.  For H(X|Y) swap the last two axes.
    Nats, or units of `base`.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), section 2.2.

    >>> conditional_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    0.5
    """
    joint, _ = _joint(joint, normalize)
    return _answer(_mean_over_rows(joint, lambda rows: _cross_entropy(rows, rows)), base)


def mutual_information(joint, *, base=None, normalize=False):
    r"""Mutual information of X and Y: the divergence of their joint distribution from independence.

    .. math:: I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)\, p(y)} = H(Y) - H(Y \mid X), \qquad 0 \log 0 = 0

    Never negative, 0 if and only if X and Y are independent, never infinite.  The marginals are rounded: by a share
    of 1e-16/eps of the answer, if joint and product differ by a share eps, and 1e-32 is what independence may yield.
    `joint[..., x, y]` as in `joint_entropy`.  Nats, or units of `base`.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), section 2.3.

    >>> mutual_information([[1/2, 0], [0, 1/2]], base=2)
    1.0
    """
    joint, _ = _joint(joint, normalize)
    marginal = _masses(np.broadcast_to(joint.sum(axis=-2, keepdims=True, dtype=np.float64), joint.shape))
    return _answer(_mean_over_rows(joint, lambda rows: _kl(rows, marginal)), base)
