"""Measures of probability mass functions given as arrays.

What holds for every function here:

* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.  Bits are exact where all
  probabilities are powers of two, and so are units of 4, 8, ..., as far as a double can hold them.
* **Shapes.** A distribution lies along ``axis`` (the last one unless told otherwise), and the answer has the shape
  that is left: a Python float for one distribution, an array for many.  Two arguments must have equal shapes.
  A joint distribution is ``joint[..., x, y]`` and takes up the last two axes.
* **Zeros.** ``0 log 0 = 0``, and ``p log(p/0) = inf`` for ``p > 0``: infinite is infinite, nothing is clipped.  What
  is finite, but above the largest double, is an ``OverflowError`` (only losses and perplexities can be).
* **Normalisation.** Entries that sum to 1 within rounding (1e-6; 1e-5 in float32, 1e-3 in float16) are taken as
  they are meant, a distribution: the answer is that of the entries divided by their sum.  Any other sum is an error
  unless ``normalize=True``.  (Give two nearly equal vectors nearly equal sums: once the sums differ by a share c, and
  the distributions by a share of only eps, a divergence loses about 1e-16 c/eps of itself; and an entry below
  1e-308 of its sum may count as 0.)
* **Bad input.** ``TypeError`` for what is not an array of real numbers (strings, complex numbers, masked arrays),
  numbers longer than float64 and options of the wrong type; ``ValueError``, naming the argument, the place and the
  value, for entries that are negative, nan, infinite or whole numbers that float64 does not have, a sum that is not 1,
  shapes that differ, an axis that is not there, empty or 0-d input and a base that is not a finite number above 1.
"""

import math
import sys
from functools import partial
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

_TOLERANCE = {np.float16: 1e-3, np.float32: 1e-5}  # what rounding can do to a sum; 1e-6 for the others
_TINY = np.finfo(np.float64).tiny
_BLOCK = 2**14  # entries of an array that are worked on at once: a handful of such arrays fits a core's cache


# --- what comes in and what goes out ---------------------------------------------------------------------------


class _Masses(NamedTuple):
    """Distributions along the last axis: entries that are not negative, and their positive sums."""

    entries: np.ndarray
    total: np.ndarray


def _masses(entries):
    straight = entries.flags.c_contiguous  # then NumPy adds in pairs, with few rounding errors
    total = entries.sum(axis=-1, dtype=np.float64) if straight else _sum(lambda a: a.sum(axis=-1), entries)
    return _Masses(entries, total)


def _real(name, values):
    """`values` as an array of real numbers."""
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; fill or drop the masked entries first")
    try:
        array = np.asarray(values)
    except ValueError as problem:
        raise ValueError(f"{name} is not a rectangular array: {problem}") from None
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if array.dtype.kind in "iuO" or (array.dtype.kind == "f" and not isinstance(values, np.ndarray)):
        array = _whole_numbers_kept(name, values, array)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype.type.__name__.rstrip('_')}")
    if array.dtype.itemsize > 8:
        raise TypeError(f"{name} holds {array.dtype.name} numbers, longer than float64; astype(float) rounds them")
    return array


def _whole_numbers_kept(name, values, array):
    """`array`, made of `values`, which are refused if a whole number among them is none of float64's."""
    if array.dtype.kind != "O" and (array.dtype.itemsize < 8 or -(2**53) < array.min() <= array.max() < 2**53):
        return array
    numbers = np.asarray(values, dtype=object)  # what was given
    if not all(isinstance(number, int | float | np.integer) for number in numbers.flat):
        return array
    for place, number in np.ndenumerate(numbers):
        whole = 0 if isinstance(number, float) else int(number)  # Python compares whole numbers exactly
        if abs(whole) > sys.float_info.max or float(whole) != whole:
            raise ValueError(f"{name}{_inside(place)} = {whole}: float64 has no such number")
    return numbers.astype(np.float64) if array.dtype.kind == "O" else array


def _number(name, value):
    if not isinstance(value, int | float | np.integer | np.floating) or isinstance(value, bool | np.longdouble):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")


def _axis(name, array, axis, lacking):
    """`axis` of `array` as a number from 0 on."""
    if array.ndim == 0:
        raise ValueError(f"{name} is a single number, {lacking}")
    if isinstance(axis, bool | np.bool_):
        raise TypeError("axis must be an integer, not bool")
    return normalize_axis_index(axis, array.ndim, name)


def _not_negative(name, array):
    if not array.min() >= 0:  # one pass and no temporary array; true of nan as well
        _refuse(name, array, np.isnan(array), "a probability cannot be nan")
        _refuse(name, array, array < 0, "a probability cannot be negative (is this a logarithm or a logit?)")


def _place(wrong):
    return tuple(int(i) for i in np.unravel_index(np.argmax(wrong), wrong.shape))


def _inside(place, left="[", right="]"):
    return f"{left}{', '.join(map(str, place))}{right}" if place else ""


def _refuse(name, array, wrong, why):
    """Raise a ValueError that names the first place of `array` where `wrong` is true, if there is one."""
    if wrong.any():
        place = _place(wrong)
        raise ValueError(f"{name}{_inside(place)} = {float(array[place])!r}: {why}")


def _unit_interval(name, values, advice=""):
    """`values` as float64 probabilities that need not sum to 1; what is above 1 by rounding counts as 1."""
    array = _real(name, values)
    _not_negative(name, array)
    if array.max() > 1:
        _refuse(name, array, np.isinf(array), "a probability cannot be infinite")
        highest = 1 + _TOLERANCE.get(array.dtype.type, 1e-6)
        _refuse(name, array, array > highest, "a probability cannot be above 1" + advice)
        array = np.minimum(array, 1.0)
    return array.astype(np.float64, copy=False)


def _checked(name, array, rows, normalize, advice="normalize=True divides by the sum"):
    """The masses of `rows`, a view of `array`: entries that are not negative, and sum to 1 if not `normalize`."""
    if not isinstance(normalize, bool | np.bool_):
        raise TypeError(f"normalize must be True or False, not {normalize!r}")
    _not_negative(name, array)
    with np.errstate(over="ignore"):
        masses = _masses(rows)
    total, tolerance = masses.total, _TOLERANCE.get(array.dtype.type, 1e-6)
    wrong = ~((total > 0) & (total < np.inf)) if normalize else abs(total - 1) > tolerance
    if wrong.any():
        _refuse(name, array, np.isinf(array), "a probability cannot be infinite")
        place, wanted = _place(wrong), "a positive finite number" if normalize else f"1 within {tolerance:g}; {advice}"
        which = _inside(place, " (distribution ", ")")
        raise ValueError(f"{name}{which} sums to {float(total[place])!r}, not to {wanted}")
    return masses


def _distributions(name, array, axis, normalize):
    """The checked distributions of `array`, moved from `axis` to the last axis."""
    axis = _axis(name, array, axis, "not a distribution")
    rows = array if axis == array.ndim - 1 else np.moveaxis(array, axis, -1)
    return _checked(name, array, rows, normalize)


def _same_shape(first, a, second, b):
    if a.shape != b.shape:
        raise ValueError(f"{first} and {second} must have equal shapes, not {a.shape} and {b.shape}")


def _pair(p, q, axis, normalize):
    p, q = _real("p", p), _real("q", q)
    _same_shape("p", p, "q", q)
    return _distributions("p", p, axis, normalize), _distributions("q", q, axis, normalize)


def _joint(values, normalize):
    """The joint distributions, checked and scaled: as one distribution, and as tables."""
    array = _real("joint", values)
    if array.ndim < 2:
        raise ValueError(f"joint needs at least two axes, joint[x, y]; it has shape {array.shape}")
    pairs = _scaled(_checked("joint", array, array.reshape(*array.shape[:-2], -1), normalize))
    return pairs, pairs.entries.reshape(array.shape)


# A unit: its logarithm, which is exact at powers of 2 in bits and of 10 in bans; and log(e).
_NATS, _BITS, _BANS = (
    SimpleNamespace(log=log, nat=1 / math.log(base)) for log, base in ((np.log, math.e), (np.log2, 2), (np.log10, 10))
)


def _in_units(base, measure):
    """The answer of `measure`, a function of the unit that it computes in, in units of `base`."""
    if base is None:
        return _answer(measure(_NATS))
    _number("base", base)
    if not 1 < (base if isinstance(base, int) else float(base)) <= sys.float_info.max:
        raise ValueError(f"base = {base!r}: a base must be finite and above 1")
    unit = next((u for u in (_BITS, _BANS) if float(u.log(float(base))).is_integer()), _NATS)
    return _answer(measure(unit) / unit.log(float(base)))


def _answer(value, infinite=None, what="distribution"):
    """`value`, as a float if it is a single number.  An inf that is not `infinite` is an overflow."""
    if infinite is not None and (above := np.isinf(value) & ~infinite).any():
        which = _inside(_place(above), f" ({what} ", ")")
        raise OverflowError(f"the answer{which} is finite, but above the largest float64")
    return (float(value) if np.ndim(value) == 0 else value) + 0.0  # turns -0.0 into 0.0


# --- the arithmetic: on masses of any positive sums ---------------------------------------------------------------
# What overflows or is undefined (0 times infinity) is replaced afterwards, so NumPy need not warn of it.


def _sum(total, *arrays):
    """total(*arrays), sums along the last axis, computed in blocks so that memory stays small and in cache.

    The longest axis is cut in two until a block is small.  An array of length 1 along an axis goes with all of it.
    """
    shape = arrays[0].shape
    if math.prod(shape) <= _BLOCK:
        return total(*(np.ascontiguousarray(a, dtype=np.float64) for a in arrays))
    axis = shape.index(max(shape))
    cuts = slice(shape[axis] // 2), slice(shape[axis] // 2, None)
    halves = [
        _sum(total, *(a if a.shape[axis] == 1 else a[(slice(None),) * axis + (cut,)] for a in arrays)) for cut in cuts
    ]
    last = axis == len(shape) - 1  # what goes before the axes of `arrays` are several sums
    return halves[0] + halves[1] if last else np.concatenate(halves, axis - len(shape) + 1)


def _scaled(masses):
    """The masses times the power of two that brings their sum near 1: exact, and what follows cannot overflow.

    Where all entries are powers of two times one number, they are divided by that, which is exact, too.
    """
    if (abs(masses.total - 1) < 1e-3).all():
        return masses
    entries = masses.entries.astype(np.float64)
    entries = np.ldexp(entries, 1 - np.frexp(masses.total)[1][..., None])
    mantissas = 2 * np.frexp(entries)[0]
    factor = mantissas.max(axis=-1, keepdims=True)
    dyadic = ((mantissas == factor) | (mantissas == 0)).all(axis=-1, keepdims=True)
    return _masses(entries / np.where(dyadic, factor, 1.0))


def _log_ratio(log, p, q):
    """log(p/q), also where p/q is none of the normal doubles."""
    ratio = p / q
    logs = log(ratio)
    if not _TINY <= ratio.min() <= ratio.max() < np.inf:
        logs = np.where((ratio >= _TINY) & (ratio < np.inf), logs, log(p) - log(q))
    return logs


def _surprise(p, q, unit):
    """x = sum q / max q - 1 and y = E_P log(max q / q): H(P, Q) = log(1 + x) + y, of terms that are never negative."""
    p, q = _scaled(p), _scaled(q)
    top = q.entries.max(axis=-1, keepdims=True).astype(np.float64)

    def sums(p, q, top):
        terms = np.where(q < top, q, 0.0), q == top, np.where(p > 0, p * -_log_ratio(unit.log, q, top), 0.0)
        return np.array([term.sum(axis=-1) for term in terms])

    others, ties, surprise = _sum(sums, p.entries, q.entries, top)
    return others / top[..., 0] + (ties - 1), surprise / p.total


@np.errstate(all="ignore")
def _cross_entropy(p, q, unit=_NATS):
    x, y = _surprise(p, q, unit)
    return np.where(x < 1, unit.nat * np.log1p(x), unit.log(1 + x)) + y  # where x = 2^k - 1 the second is exact


def _economised(series, low, high, degree):
    """The power series with these coefficients on [low, high] as a polynomial of low degree, highest power first."""
    polynomial = np.polynomial.Chebyshev.interpolate(np.polynomial.Polynomial(series), degree, domain=[low, high])
    return polynomial.convert(kind=np.polynomial.Polynomial).coef[::-1].tolist()


# The series are for |s| up to these limits; there their polynomials leave less than 2e-16 of a term.
_KL_NEAR, _JS_NEAR, _KL_ALL = 0.29, 0.5, [1 / (2 * k + 3) for k in range(60)]
_KL_SERIES = {r: _economised(_KL_ALL, 0, r**2, degree) for r, degree in ((0.001, 1), (0.03, 3), (_KL_NEAR, 9))}
_JS_SERIES = _economised([1 / ((k + 2) * (2 * k + 3)) for k in range(60)], 0, _JS_NEAR**2, 13)


def _matched(sums, p, q):
    """sums(p, q', d, s), with q' = q scaled to the sum of p, d = p - q' and s = d / (p + q').

    d keeps its digits where p is near q.  Rounding shows only where the sums differ more than the distributions do.
    """

    def total(p, q, excess):
        surplus = excess * q
        d = (p - q) + surplus
        q = q - surplus
        return sums(p, q, d, d / (p + q))

    excess = _sum(lambda p, q: (q - p).sum(axis=-1), p.entries, q.entries) / q.total
    return _sum(total, p.entries, q.entries, excess[..., None])


def _kl_near(p, q, unit):
    """D(P || Q) as the mean of p log(p/q) - p + q, whose terms are never negative.

    Where p and q are near each other a term is d s [1 + s (1 + s) (1/3 + s^2/5 + s^4/7 + ...)].  Otherwise p log(p/q)
    and p - q, which is in nats, are added apart, lest a rounded log e spoil the bits of powers of two.
    """

    def sums(p, q, d, s):
        reach = (size := abs(s)).max()
        if math.isnan(reach):  # 0/0
            s, size, reach = np.nan_to_num(s), np.nan_to_num(size), np.fmax.reduce(size, axis=None)
        z = s * s
        first, second, *others = next((c for r, c in _KL_SERIES.items() if reach < r), _KL_SERIES[_KL_NEAR])
        factor = first * z + second
        for coefficient in others:
            factor *= z
            factor += coefficient
        z += s
        factor *= z
        factor += 1
        s *= d
        s *= factor
        if reach < _KL_NEAR:
            return np.array([s.sum(axis=-1), 0 * s[..., 0]])
        near = size < _KL_NEAR
        logs = p * (unit.log(p / q) if reach < 0.999 else _log_ratio(unit.log, p, q))
        logs = np.where(near | (p == 0), 0.0, logs).sum(axis=-1)
        return np.array([np.where(near, s, -d).sum(axis=-1), logs])

    nats, logs = _matched(sums, p, q)
    return (unit.nat * nats + logs) / p.total


@np.errstate(all="ignore")
def _kl(p, q, unit):
    """D(P || Q).  Long vectors that are far from each other do not need the care of `_kl_near`.

    To add p log(p/q), as everybody does, is faster.  Rounding (u = 1.1e-16) costs a few u in the ratios and in the sums
    and about 3u E|log p/q| <= 3u (D + sqrt(2 D)) in the rest, more where the sums differ: from D = 0.4 on, some
    25u = 3e-15 of the answer, were all errors to agree.  The first row is a guess, which costs no digits if wrong.
    """

    def far(p, q):
        ratio = p / q
        if not ratio.min() >= _TINY:  # p = 0, with q = 0 or not: any finite number will do
            np.fmax(ratio, _TINY, out=ratio)
        unit.log(ratio, out=ratio)
        ratio *= p
        return ratio.sum(axis=-1)

    p, q = _scaled(p), _scaled(q)
    alike = p.entries.shape[-1] < 64
    if p.entries.size > _BLOCK and not alike:
        row, other = (m.entries[(0,) * (m.entries.ndim - 1)][:1024].astype(np.float64) for m in (p, q))
        alike = abs(row - other).sum() < 0.4 * row.sum()
    if alike:
        return _kl_near(p, q, unit)
    shift = unit.log(q.total / p.total)
    answer = np.asarray(_sum(far, p.entries, q.entries) / p.total + shift)
    if (doubtful := ~((answer >= 0.4 * unit.nat + abs(shift)) & (answer < np.inf))).any():
        rows = ... if doubtful.all() else doubtful
        answer[rows] = _kl_near(*(_Masses(m.entries[rows], m.total[rows]) for m in (p, q)), unit)
    return answer


@np.errstate(all="ignore")
def _jensen_shannon(p, q, unit):
    """The mean KL divergence of P and of Q from their midpoint, by terms that are never negative.

    They are (p + q)/4 [(1 + s) log(1 + s) + (1 - s) log(1 - s)], for small s by its series in s^2.
    """

    def sums(p, q, d, s):
        z = s * s
        terms = unit.nat * z * (1 + z * np.polyval(_JS_SERIES, z))
        near = abs(s) < _JS_NEAR
        if not near.all():
            first, second = (np.where(x > 0, 2 * x / (p + q), 1.0) for x in (p, q))  # 1 + s and 1 - s, or 1: log 1 = 0
            terms = np.where(near, terms, first * unit.log(first) + second * unit.log(second))
        return ((p + q) / 4 * terms).sum(axis=-1)

    p, q = _scaled(p), _scaled(q)
    return np.clip(_matched(sums, p, q) / p.total, 0.0, unit.log(2.0))


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
    Entries above 1 by no more than rounding count as 1; other errors, and units, as in the module's notes.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.

    >>> surprisal(1/8, base=2)
    3.0
    """
    with np.errstate(divide="ignore"):
        return _in_units(base, lambda unit: -unit.log(_unit_interval("p", p)))


def entropy(p, *, base=None, axis=-1, normalize=False):
    r"""Entropy of P: the expected surprisal of one outcome.

    .. math:: H(P) = -\sum_i p_i \log p_i, \qquad 0 \log 0 = 0

    `p` holds distributions along `axis`.  0 for a certain outcome, log n for n equally likely ones.
    Source: Shannon (1948), section 6; Cover and Thomas (2006), section 2.1.  Units and errors as in the module's notes.

    >>> entropy([1/2, 1/4, 1/8, 1/8], base=2)
    1.75
    """
    p = _distributions("p", _real("p", p), axis, normalize)
    return _in_units(base, partial(_cross_entropy, p, p))


def cross_entropy(p, q, *, base=None, axis=-1, normalize=False):
    r"""Cross-entropy of data from P under a code (a model) built for Q: the expected surprisal -log q.

    .. math:: H(P, Q) = -\sum_i p_i \log q_i
              = \begin{cases} H(P) + D(P \| Q) & \\ +\infty & \text{if } q_i = 0 < p_i \text{ for some } i \end{cases}

    Terms with p = 0 count as 0, even where q = 0.  Units, shapes and errors as in the module's notes.
    Source: Cover and Thomas (2006), theorem 5.4.3 for the code; Murphy (2022), section 6.1.2.

    >>> cross_entropy([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    1.75
    """
    return _in_units(base, partial(_cross_entropy, *_pair(p, q, axis, normalize)))


def kl_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Kullback-Leibler divergence (relative entropy) of Q from P: data from P, code built for Q.

    .. math:: D(P \| Q) = \sum_i \begin{cases} p_i \log (p_i / q_i) & p_i > 0,\ q_i > 0 \\
              0 & p_i = 0 \\ +\infty & p_i > 0,\ q_i = 0 \end{cases}

    Never negative, and 0 if and only if P = Q; accurate however near P and Q are.
    Units, shapes and errors as in the module's notes.
    Source: Kullback and Leibler (1951); Cover and Thomas (2006), section 2.3.

    >>> kl_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.25
    """
    return _in_units(base, partial(_kl, *_pair(p, q, axis, normalize)))


def jeffreys_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jeffreys divergence: both directions of the KL divergence, added.

    .. math:: J(P, Q) = D(P \| Q) + D(Q \| P) = \sum_i (p_i - q_i) \log (p_i / q_i)

    Symmetric, never negative, +inf as soon as one of p, q is 0 where the other is not.
    Some texts call half of it the Jeffreys divergence.  Units, shapes and errors as in the module's notes.
    Source: Kullback and Leibler (1951), equation 2.6, after Jeffreys (1946).

    >>> jeffreys_divergence([1/2, 1/4, 1/4], [1/4, 1/4, 1/2], base=2)
    0.5
    """
    p, q = _pair(p, q, axis, normalize)
    return _in_units(base, lambda unit: _kl(p, q, unit) + _kl(q, p, unit))


def jensen_shannon_divergence(p, q, *, base=None, axis=-1, normalize=False):
    r"""Jensen-Shannon divergence: the mean KL divergence of P and of Q from their midpoint.

    .. math:: \mathrm{JS}(P, Q) = \tfrac12 D(P \| M) + \tfrac12 D(Q \| M), \qquad M = \tfrac12 (P + Q)

    Symmetric, always finite, between 0 (P = Q) and log 2 (nothing in common).  Its square root is a metric, and is
    what SciPy's ``jensenshannon`` returns.  Units, shapes and errors as in the module's notes.
    Source: Lin (1991), section IV.

    >>> jensen_shannon_divergence([1, 0], [0, 1], base=2)
    1.0
    """
    return _in_units(base, partial(_jensen_shannon, *_pair(p, q, axis, normalize)))


def joint_entropy(joint, *, base=None, normalize=False):
    r"""Entropy of a pair (X, Y) with probabilities joint[..., x, y].

    .. math:: H(X, Y) = -\sum_{x, y} p(x, y) \log p(x, y), \qquad 0 \log 0 = 0

    The last two axes are x and y, and hold one distribution together; the answer has the shape of the others.
    Source: Cover and Thomas (2006), section 2.2.  Units and errors as in the module's notes.

    >>> joint_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    1.5
    """
    pairs, _ = _joint(joint, normalize)
    return _in_units(base, partial(_cross_entropy, pairs, pairs))


def conditional_entropy(joint, *, base=None, normalize=False):
    r"""Conditional entropy H(Y|X): the entropy of Y that is left, on average, once X is known.

    .. math:: H(Y \mid X) = -\sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)} = H(X, Y) - H(X), \qquad 0 \log 0 = 0

    `joint[..., x, y]` as in `joint_entropy`; rows x of probability 0 do not count.  For H(X|Y) swap the last two axes.
    Source: Cover and Thomas (2006), section 2.2.  Units and errors as in the module's notes.

    >>> conditional_entropy([[1/2, 0], [1/4, 1/4]], base=2)
    0.5
    """
    _, tables = _joint(joint, normalize)
    return _in_units(base, lambda unit: _mean_over_rows(tables, lambda rows: _cross_entropy(rows, rows, unit)))


def mutual_information(joint, *, base=None, normalize=False):
    r"""Mutual information of X and Y: the divergence of their joint distribution from independence.

    .. math:: I(X; Y) = \sum_{x, y} p(x, y) \log \frac{p(x, y)}{p(x)\, p(y)} = H(Y) - H(Y \mid X), \qquad 0 \log 0 = 0

    Never negative, 0 if and only if X and Y are independent, never infinite.  The marginals are rounded: by a share
    of 1e-16/eps of the answer, if joint and product differ by a share eps, and 1e-32 is what independence may yield.
    `joint[..., x, y]` as in `joint_entropy`.  Units and errors as in the module's notes.
    Source: Cover and Thomas (2006), section 2.3.

    >>> mutual_information([[1/2, 0], [0, 1/2]], base=2)
    1.0
    """
    _, tables = _joint(joint, normalize)
    marginal = _masses(np.broadcast_to(tables.sum(axis=-2, keepdims=True, dtype=np.float64), tables.shape))
    return _in_units(base, lambda unit: _mean_over_rows(tables, lambda rows: _kl(rows, marginal, unit)))
