"""Distributions as masses, entries of any positive sum, and the arithmetic of the measures on them.

What overflows or is undefined (0 times infinity) is replaced afterwards, so NumPy need not warn of it.
"""

import math
import sys
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from entropybook.inputs import (
    TOLERANCE,
    axis_number,
    brackets,
    first_index,
    real_array,
    refuse_where,
    require_not_negative,
    require_number,
    require_same_shape,
    to_answer,
)

_TINY = np.finfo(np.float64).tiny


BLOCK = 2**14  # entries of an array that are worked on at once: a handful of such arrays fits a core's cache


class Masses(NamedTuple):
    """Distributions along the last axis: entries that are not negative, and their positive sums."""

    entries: np.ndarray
    total: np.ndarray


def to_masses(entries):
    straight = entries.flags.c_contiguous  # then NumPy adds in pairs, with few rounding errors
    total = entries.sum(axis=-1, dtype=np.float64) if straight else sum_in_blocks(lambda a: a.sum(axis=-1), entries)
    return Masses(entries, total)


def checked_masses(name, array, rows, normalize, advice="normalize=True divides by the sum"):
    """The masses of `rows`, a view of `array`: entries that are not negative, and sum to 1 if not `normalize`."""
    if not isinstance(normalize, bool | np.bool_):
        raise TypeError(f"normalize must be True or False, not {normalize!r}")
    require_not_negative(name, array)
    with np.errstate(over="ignore"):
        masses = to_masses(rows)
    total, tolerance = masses.total, TOLERANCE.get(array.dtype.type, 1e-6)
    wrong = ~((total > 0) & (total < np.inf)) if normalize else abs(total - 1) > tolerance
    if wrong.any():
        refuse_where(name, array, np.isinf(array), "a probability cannot be infinite")
        place, wanted = (
            first_index(wrong),
            "a positive finite number" if normalize else f"1 within {tolerance:g}; {advice}",
        )
        which = brackets(place, " (distribution ", ")")
        raise ValueError(f"{name}{which} sums to {float(total[place])!r}, not to {wanted}")
    return masses


def to_distributions(name, array, axis, normalize):
    """The checked distributions of `array`, moved from `axis` to the last axis."""
    axis = axis_number(name, array, axis, "not a distribution")
    rows = array if axis == array.ndim - 1 else np.moveaxis(array, axis, -1)
    return checked_masses(name, array, rows, normalize)


def to_pair(p, q, axis, normalize):
    p, q = real_array("p", p), real_array("q", q)
    require_same_shape("p", p, "q", q)
    return to_distributions("p", p, axis, normalize), to_distributions("q", q, axis, normalize)


def to_tables(values, normalize):
    """The joint distributions, checked and scaled: as one distribution, and as tables."""
    array = real_array("joint", values)
    if array.ndim < 2:
        raise ValueError(f"joint needs at least two axes, joint[x, y]; it has shape {array.shape}")
    pairs = scaled(checked_masses("joint", array, array.reshape(*array.shape[:-2], -1), normalize))
    return pairs, pairs.entries.reshape(array.shape)


# A unit: its logarithm, which is exact at powers of 2 in bits and of 10 in bans; and log(e).
NATS, BITS, BANS = (
    SimpleNamespace(log=log, nat=1 / math.log(base)) for log, base in ((np.log, math.e), (np.log2, 2), (np.log10, 10))
)


def in_units(base, measure):
    """The answer of `measure`, a function of the unit that it computes in, in units of `base`."""
    if base is None:
        return to_answer(measure(NATS))
    require_number("base", base)
    if not 1 < (base if isinstance(base, int) else float(base)) <= sys.float_info.max:
        raise ValueError(f"base = {base!r}: a base must be finite and above 1")
    unit = next((u for u in (BITS, BANS) if float(u.log(float(base))).is_integer()), NATS)
    return to_answer(measure(unit) / unit.log(float(base)))


def sum_in_blocks(total, *arrays):
    """total(*arrays), sums along the last axis, computed in blocks so that memory stays small and in cache.

    The longest axis is cut in two until a block is small.  An array of length 1 along an axis goes with all of it.
    """
    shape = arrays[0].shape
    if math.prod(shape) <= BLOCK:
        return total(*(np.ascontiguousarray(a, dtype=np.float64) for a in arrays))
    axis = shape.index(max(shape))
    cuts = slice(shape[axis] // 2), slice(shape[axis] // 2, None)
    halves = [
        sum_in_blocks(total, *(a if a.shape[axis] == 1 else a[(slice(None),) * axis + (cut,)] for a in arrays))
        for cut in cuts
    ]
    last = axis == len(shape) - 1  # what goes before the axes of `arrays` are several sums
    return halves[0] + halves[1] if last else np.concatenate(halves, axis - len(shape) + 1)


def scaled(masses):
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
    return to_masses(entries / np.where(dyadic, factor, 1.0))


def _log_ratio(log, p, q):
    """log(p/q), also where p/q is none of the normal doubles."""
    ratio = p / q
    logs = log(ratio)
    if not _TINY <= ratio.min() <= ratio.max() < np.inf:
        logs = np.where((ratio >= _TINY) & (ratio < np.inf), logs, log(p) - log(q))
    return logs


def surprise_terms(p, q, unit):
    """x = sum q / max q - 1 and y = E_P log(max q / q): H(P, Q) = log(1 + x) + y, of terms that are never negative."""
    p, q = scaled(p), scaled(q)
    top = q.entries.max(axis=-1, keepdims=True).astype(np.float64)

    def sums(p, q, top):
        terms = np.where(q < top, q, 0.0), q == top, np.where(p > 0, p * -_log_ratio(unit.log, q, top), 0.0)
        return np.array([term.sum(axis=-1) for term in terms])

    others, ties, surprise = sum_in_blocks(sums, p.entries, q.entries, top)
    return others / top[..., 0] + (ties - 1), surprise / p.total


@np.errstate(all="ignore")
def cross_entropy_of(p, q, unit=NATS):
    x, y = surprise_terms(p, q, unit)
    return np.where(x < 1, unit.nat * np.log1p(x), unit.log(1 + x)) + y  # where x = 2^k - 1 the second is exact


def economised(series, low, high, degree):
    """The power series with these coefficients on [low, high] as a polynomial of low degree, highest power first."""
    polynomial = np.polynomial.Chebyshev.interpolate(np.polynomial.Polynomial(series), degree, domain=[low, high])
    return polynomial.convert(kind=np.polynomial.Polynomial).coef[::-1].tolist()


# The series are for |s| up to these limits; there their polynomials leave less than 2e-16 of a term.
_KL_NEAR, _JS_NEAR, _KL_ALL = 0.29, 0.5, [1 / (2 * k + 3) for k in range(60)]


_KL_SERIES = {r: economised(_KL_ALL, 0, r**2, degree) for r, degree in ((0.001, 1), (0.03, 3), (_KL_NEAR, 9))}


_JS_SERIES = economised([1 / ((k + 2) * (2 * k + 3)) for k in range(60)], 0, _JS_NEAR**2, 13)


def _matched(sums, p, q):
    """sums(p, q', d, s), with q' = q scaled to the sum of p, d = p - q' and s = d / (p + q').

    d keeps its digits where p is near q.  Rounding shows only where the sums differ more than the distributions do.
    """

    def total(p, q, excess):
        surplus = excess * q
        d = (p - q) + surplus
        q = q - surplus
        return sums(p, q, d, d / (p + q))

    excess = sum_in_blocks(lambda p, q: (q - p).sum(axis=-1), p.entries, q.entries) / q.total
    return sum_in_blocks(total, p.entries, q.entries, excess[..., None])


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
def kl_of(p, q, unit):
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

    p, q = scaled(p), scaled(q)
    alike = p.entries.shape[-1] < 64
    if p.entries.size > BLOCK and not alike:
        row, other = (m.entries[(0,) * (m.entries.ndim - 1)][:1024].astype(np.float64) for m in (p, q))
        alike = abs(row - other).sum() < 0.4 * row.sum()
    if alike:
        return _kl_near(p, q, unit)
    shift = unit.log(q.total / p.total)
    answer = np.asarray(sum_in_blocks(far, p.entries, q.entries) / p.total + shift)
    if (doubtful := ~((answer >= 0.4 * unit.nat + abs(shift)) & (answer < np.inf))).any():
        rows = ... if doubtful.all() else doubtful
        answer[rows] = _kl_near(*(Masses(m.entries[rows], m.total[rows]) for m in (p, q)), unit)
    return answer


@np.errstate(all="ignore")
def jensen_shannon_of(p, q, unit):
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

    p, q = scaled(p), scaled(q)
    return np.clip(_matched(sums, p, q) / p.total, 0.0, unit.log(2.0))


@np.errstate(all="ignore")
def mean_over_rows(joint, measure):
    """sum over x of p(x) measure(p(. | x)) for joint[..., x, y]; rows of zeros do not count."""
    weights = joint.sum(axis=-1, dtype=np.float64)
    rows = np.where(weights[..., None] > 0, joint, 1.0)
    return np.where(weights > 0, weights * measure(to_masses(rows)), 0.0).sum(axis=-1) / weights.sum(axis=-1)
