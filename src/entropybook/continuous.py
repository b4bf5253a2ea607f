"""Measures of probability densities given as functions, by quadrature.

* **Densities** are functions of one float that return one float.  Each must integrate to 1 over `support`, a pair
  (lo, hi), finite or not: give the support that holds both.  One that integrates to 1 within 1e-6 is taken as it is
  meant: the answer is that of the density divided by its integral.
* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.
* **Errors.** ``error=True`` gives an `Estimate`: the value and an estimate of its error.  A warning
  (``scipy.integrate.IntegrationWarning``) comes with every answer whose estimate is above 1e-8 (1 + abs(value)).
* **Places.** The ends of the support may be singular.  Say in ``points`` where else a density is infinite or has a
  narrow peak; the points are never evaluated.
* **Zeros.** ``0 log 0 = 0``, and where q = 0 < p the answer is infinite.  But a float may be 0 because it underflows.
  If p has more mass than 1e-13 where q seems to do so, the answer is infinite if the tail of p shows that it must be,
  and an error otherwise.
* **Bad input.** ``TypeError`` for what is not a function, a number or a pair; ``ValueError``, naming argument, place
  and value, for a density that is negative, nan or infinite or does not integrate to 1, an empty support, and a base
  that is not a finite number above 1.  A density is called from 1e-60 to 1e60 away from the ends, 0 and the points;
  where it overflows it counts as 0.  What else it raises is passed on.
* **Limits.** A function can hide between the places where it is called.  One run carries p, q and what is asked for,
  and both masses must be 1: an error, or, below 1e-6, a warning.  What leaves them as they are is missed if it is
  narrower than about 1/1000 of the part with all but a 10th of the mass (outside of that, a 100th, and so on to 1e-5).
  Next to a place other than 0 floats are coarse: a peak of width w at x is known to u x/w (u = 1e-16).
"""

import itertools
import math
import warnings
from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre
from scipy import integrate, optimize

from entropybook.inputs import require_number

_NOTHING = 1e-20  # mass in one step of the logarithm of the distance that is not worth a cell of its own
_IGNORED = 1e-13  # mass of p that may lie where q underflows
_COARSE = [float(f"{m}e{k}") for k in range(-60, 61) for m in (range(1, 10) if -12 <= k < 12 else (1,))]
_DENSE = [float(f"{m}e{k}") for k in range(-6, 3) for m in range(100, 1000)]
_POWERS = [math.log(10) * k for k in (*range(-60, -12, 8), *range(-12, 14, 2), *range(20, 60, 8))]

# Lobatto's formula.  Where f is smooth, the last three coefficients of its expansion in Legendre polynomials are 0;
# together they bound the error at a jump, wherever in the cell it is (tested).
_P = legendre.Legendre.basis(19)
_NODES = np.array([-1, *_P.deriv().roots(), 1])
_WEIGHTS = 1 / (190 * _P(_NODES) ** 2)
_ROUGHNESS = np.sqrt([17.5, 18.5, 19.5]) * legendre.legvander(_NODES, 19)[:, 17:] * _WEIGHTS[:, None]
_NODES = np.clip(_NODES, -1 + 1e-13, 1 - 1e-13)  # what is at the very ends may belong to the next cells


class Estimate(NamedTuple):
    """A value, and an estimate of how far it is from the exact one."""

    value: float
    error: float


def _options(support, points, base):
    """The ends of the support, the points, and how many nats make one unit."""
    if not isinstance(support, tuple | list | np.ndarray) or len(support) != 2:
        raise TypeError(f"support must be a pair (lo, hi), not {support!r}")
    lo, hi = (float(require_number("an end of support", end)) for end in support)
    if not lo < hi:
        raise ValueError(f"support = ({lo!r}, {hi!r}): the first end must be below the second")
    if not isinstance(points, tuple | list | np.ndarray):
        raise TypeError(f"points must be a sequence of numbers, not {type(points).__name__}")
    points = [float(require_number("each of points", point)) for point in points]
    if outside := [point for point in points if not lo < point < hi]:
        raise ValueError(f"points has {outside[0]!r}, which is not inside the support ({lo!r}, {hi!r})")
    if base is not None and not 1 < require_number("base", base) < math.inf:
        raise ValueError(f"base = {base!r}: a base must be finite and above 1")
    return lo, hi, points, 1.0 if base is None else math.log(base)


def _density(name, function):
    """`function`, checked at every call, and called once at every place; `seen` has the values."""
    if not callable(function):
        raise TypeError(f"{name} must be a function of one number, not {type(function).__name__}")

    def density(x):
        if (value := density.seen.get(x)) is not None:
            return value
        try:
            value = function(x)
        except (OverflowError, FloatingPointError):
            value = 0.0  # as of 1/cosh(x) far out; if mass was lost by that, the integral is not 1
        if type(value) is not float:
            value = np.asarray(value)
            if value.size != 1 or value.dtype.kind not in "iuf":
                what = f"shape {value.shape}" if value.size != 1 else f"type {value.dtype.type.__name__.rstrip('_')}"
                raise TypeError(f"{name}({x!r}) must be one real number, not of {what}")
            value = float(value.item())
        if not 0 <= value < math.inf:
            why = "nan" if math.isnan(value) else "negative" if value < 0 else "infinite here; see `points`"
            raise ValueError(f"{name}({x!r}) = {value!r}: a density cannot be {why}")
        return density.seen.setdefault(x, value)

    density.name, density.seen = name, {}
    return density


def _not_one(f, mass):
    return ValueError(
        f"{f.name} integrates to {mass:.7g} over the support, not to 1 within 1e-06: it is not a density there "
        "(the support must hold p and q), or its mass is too narrow or too far away to be found (say where in points)"
    )


def _look(fs, lo, hi, given, steps):
    """What is given and sharp peaks; and places higher than the next ones, at these steps from what is given."""
    anchors, tops = list(given), []
    places = sorted({x for a in given for t in steps for x in (a - t, a + t) if lo < x < hi} - {*given})
    for f in fs:
        y = np.array([f(x) for x in places])
        before, at, after = y[:-2], y[1:-1], y[2:]
        for i in np.flatnonzero(at > np.maximum(before, after)):
            a, top, b = places[i : i + 3]
            tops.append(top)
            if at[i] > 10 * min(before[i], after[i]) and not any(a < x < b for x in given):
                peak = float(optimize.golden(lambda x, f=f: -f(float(x)), brack=(a, top, b), tol=1e-15))
                anchors += [peak] if all(abs(peak - x) > 2**-40 * abs(peak) for x in anchors) else []  # p and q have it
    return sorted(anchors), tops


def _law(f, anchor, sign, distance, final, far=False):
    """Size, rate and relative error of the law at this distance, or none.  One of infinite mass is a `final` error."""

    def fit(distance):
        x, y = anchor + sign * distance, anchor + sign * 2 * distance
        near, far = abs(x - anchor), abs(y - anchor)  # as rounded
        a, b = f(x) * near, f(y) * far
        return a, math.log(b / a) / math.log(far / near) if a > 0 and b > 0 else math.nan

    check = distance / 1e4 if far else 2 * distance if final else distance / 16
    (size, rate), (_, other) = fit(distance), fit(check)
    if rate < 0 if far else rate > 0:
        return size, rate, 1.0 if math.isnan(other) else 2 * (abs(rate - other) + 4e-14) / abs(rate)
    if final and size > _NOTHING and (rate >= 0 <= other if far else rate <= 0 >= other):  # not where it jumps
        raise _not_one(f, math.inf)
    return 0.0, -math.inf if far else math.inf, 0.0


def _sides(fs, lo, hi, anchors):
    """Rows of anchor, sign, start, end, and laws before and beyond: all x = anchor + sign e^s, half-way to the next."""
    gaps = [(-math.inf, anchors[0])] if lo == -math.inf else []
    gaps += [*itertools.pairwise(anchors), *([(anchors[-1], math.inf)] if hi == math.inf else [])]
    ends = [(x, sign, (b - a) / 2) for a, b in gaps for x, sign in ((a, 1), (b, -1)) if math.isfinite(x)]
    sides = []
    for x, sign, reach in ends:
        smallest = max(4 * math.ulp(x), 1e-60)
        if reach < 4 * smallest:
            raise ValueError(f"there are too few floats between {x!r} and the next of points and ends")
        starts = [abs(x) * 2.0**k for k in (-44, -34, -24)] if x else [1e-56, 1e-36, 1e-16, 1e-8]
        for start in [t for t in starts if 4 * t < reach] + [smallest]:
            near = [_law(f, x, sign, start, start == smallest) for f in fs]
            if all(size > 0 and doubt < 1e-5 for size, _, doubt in near):
                break
        far = [_law(f, x, sign, 1e60, True, far=True) if reach == math.inf else (0.0, -math.inf, 0.0) for f in fs]
        sides.append((x, sign, math.log(start), math.log(min(reach, 1e60)), near, far))
    return sides


def _cells(sides, cuts):
    """Rows of side, start, end, and relative error of the law."""
    rows = []
    for k, (anchor, sign, start, end, near, far) in enumerate(sides):
        logs = {*_POWERS, *(math.log(t) for t in (np.array(cuts) - anchor) * sign if t > 0)}
        places = [start, *sorted(s for s in logs if start < s < end), end]
        rows += [(k, a, b, 0.0) for a, b in itertools.pairwise(places)]
        for laws, edge, way in ((near, start, -1), (far, end, 1)):
            if laws := [(abs(rate), doubt) for size, rate, doubt in laws if size > _NOTHING]:
                rows.append((k, *sorted((edge, edge + way * 40 / min(laws)[0])), max(doubt for _, doubt in laws)))
    return np.array(rows)


def _integrand(term, fs, sides):
    """A function of cells and nodes: x, and the densities of s there: p, q, the term, and p where q = 0."""
    lines = np.array([side[:4] for side in sides], float)
    near_rates, far_rates = (np.array([[law[1] for law in side[i]] for side in sides]) for i in (4, 5))

    def integrand(cells, nodes, nudge=0):  # `nudge` adds rounding errors to x
        side, first, last = cells[:, 0].astype(int), cells[:, 1:2], cells[:, 2:3]
        anchor, sign, start, end = lines[side].T[..., None]
        middle = (first + last) / 2
        s = middle + (last - first) / 2 * nodes
        x = anchor + sign * np.exp(np.clip(s, start, end))
        x += nudge * np.spacing(x)
        rounded = np.log(np.abs(x - anchor))  # this difference has no rounding error of its own
        weights = []  # each density of s, f(x) dx = f(x) e^s ds, and its logarithm
        for i, f in enumerate(fs):
            near, far = near_rates[side, i, None], far_rates[side, i, None]
            inner = np.where(np.isfinite(near), near, 1.0)
            law = np.where(middle < start, near, np.where(middle > end, far, inner)) * (s - rounded)
            y = np.array([f(place) for place in x.ravel().tolist()]).reshape(x.shape)
            weights += [y * np.exp(rounded + law), np.log(y) + rounded + law]
        p, log_p, q, log_q = weights[:2] + weights[-2:]
        return x, np.stack([p, q, term(s, p, log_p, q, log_q), np.where(log_q == -math.inf, p, 0.0)], axis=-1)

    return integrand


def _integrate(integrand, cells, goal, slack, share, limit):
    """The cells, halved until errors are small and shares of p and q at most this; nodes; what these add; errors."""
    done, above = None, math.inf
    for halvings in itertools.count():
        x, values = integrand(cells, _NODES)
        half = (cells[:, 2] - cells[:, 1])[:, None] / 2
        errors = 2 * np.linalg.norm(np.einsum("cni,nr->cir", values, _ROUGHNESS), axis=2) * half
        new = cells, x, values * (_WEIGHTS * half)[..., None], errors
        run = new if done is None else [np.concatenate(pair) for pair in zip(done, new, strict=True)]
        size, total = np.abs(new[2]).sum(1), np.abs(run[2]).sum((0, 1))
        goals = np.array([1e-11, 1e-11, goal(total[2]) * slack, max(1e-3 * total[3], 1e-14)])
        noise = (errors > above / 4) & (errors < 1e-9 * size)
        jump = (errors > above / 16) * [1e4, 1e4, 1, 1]  # or kink: halving does little, and should be done more often
        small = errors * np.maximum(jump, 1) <= goals / (2 * len(run[0]))
        bad = (~(noise | small)).any(1) | (size[:, :2] > share).any(1)
        if not bad.any() or halvings == limit or len(run[0]) > 3000:
            return run
        done = [part[np.append(np.full(len(part) - len(bad), True), ~bad)] for part in run]
        above, cells = np.repeat(errors[bad], 2, axis=0), np.repeat(cells[bad], 2, axis=0)
        cells[::2, 2] = cells[1::2, 1] = cells[::2, 1:3].mean(1)


def _grid(x, parts, pieces):
    """Cuts that divide the interval of all but a 10th of p and of q, that of all but a 100th outside, and so on."""
    order = np.argsort(x, axis=None)
    x, masses = x.ravel()[order], parts[..., :2].reshape(-1, 2)[order].cumsum(0).T
    cuts, inner = [], (math.inf, -math.inf)
    for tail in (0.1, 0.01, 1e-3, 1e-4, 1e-5):
        first = min(np.searchsorted(mass, tail * mass[-1]) for mass in masses)
        last = max(np.searchsorted(mass, (1 - tail) * mass[-1]) for mass in masses)
        outer = x[max(first - 1, 0)], x[min(last + 1, len(x) - 1)]
        cuts += [c for c in np.linspace(*outer, pieces + 1) if not inner[0] < c < inner[1]]
        inner = outer
    return sorted(cuts)


@np.errstate(all="ignore", over="raise")
def _find(term, goal, fs, lo, hi, points):
    """The integrals, their errors, and whether E log q is infinite.  Anchors: the ends, the points, 0 and the peaks."""
    given = {x for x in (lo, hi, *points) if math.isfinite(x)}
    given = sorted(given | ({0.0} if lo < 0 < hi and all(abs(x) > 1e-50 for x in given) else set()))
    for steps, pieces in ((_COARSE, 100), (_DENSE, 317)):
        anchors, tops = _look(fs, lo, hi, given, steps)
        sides = _sides(fs, lo, hi, anchors)
        integrand = _integrand(term, fs, sides)
        _, x, parts, _ = _integrate(integrand, _cells(sides, tops), goal, 1e5, 0.2, 10)
        slack = 1.0 if parts[..., 3].sum() <= _IGNORED else 1e200  # the answer is infinite, or an error
        for _ in range(3):  # until the mass is where the grid is
            grid = _grid(x, parts, pieces)
            cells, x, parts, errors = _integrate(integrand, _cells(sides, grid + tops), goal, slack, 0.02, 45)
            first, *_, last = _grid(x, parts, 1)
            if grid[0] <= first and last <= grid[-1]:
                break
        masses = parts[..., : len(fs)].sum((0, 1)).tolist()
        if all(abs(mass - 1) < 1e-9 for mass in masses):
            break
    for f, mass in zip(fs, masses, strict=True):
        if not abs(mass - 1) <= 1e-6:
            raise _not_one(f, mass)
    exact, rounded = (integrand(cells, _NODES[[6, 13]], nudge)[1] for nudge in (0, 1))
    errors += np.abs(rounded - exact).mean(1) * (cells[:, 2:3] - cells[:, 1:2]) + np.abs(parts.sum(1)) * cells[:, 3:]
    infinite = parts[..., 3].sum() > _IGNORED and _is_infinite(fs[-1], sides, x, parts[..., 3], lo, hi)
    return parts.sum((0, 1)).tolist(), errors.sum(0).tolist(), infinite


def _holes(q, lo, hi, anchors):
    """The intervals where q is 0.  Their ends are anchors or the last places where q is not 0."""
    places = sorted(x for x in q.seen if lo < x < hi)
    edges = [lo] if q(places[0]) == 0 else []
    for a, b in itertools.pairwise(places):
        if (q(a) > 0) != (q(b) > 0):
            between = [x for x in anchors if a < x < b]
            zero, positive = (a, b) if q(a) == 0 else (b, a)
            while not between and zero != (middle := zero + (positive - zero) / 2) != positive:
                zero, positive = (zero, middle) if q(middle) > 0 else (middle, positive)
            edges.append(between[0] if between else positive)
    return [*zip(edges[::2], [*edges[1::2], hi], strict=False)]


def _is_heavy(q, side, edge, end):
    """Whether the tail of p, as t^rate ds, is too heavy for -log q, which grows as a power of t = e^s at the edge."""
    (anchor, sign, *_, near, far), is_far = side, math.isinf(end)
    (size, rate, _), ratio, distance = (far if is_far else near)[0], 0.95 if is_far else 1.05, (edge - anchor) * sign

    def growth(t):  # by differences: a constant does not count
        a, b, c = (np.log(q(anchor + sign * t * ratio**i)) for i in range(3))
        return np.log((b - c) / (a - b)) / math.log(ratio)

    if distance <= 0 or size == 0:
        return False
    outer, inner = growth(distance * ratio), growth(distance / 2 if is_far else distance * 2)
    return (rate + outer) * (1 if is_far else -1) > 4 * abs(outer - inner) - 1e-9


def _is_infinite(q, sides, x, lost, lo, hi):
    """Whether E log q is infinite for certain.  An error if p has mass where q may be 0 by underflow."""
    doubtful, anchors = None, {side[0] for side in sides}
    for a, b in _holes(q, lo, hi, anchors):
        if (mass := lost[(a < x) & (x < b)].sum()) > _IGNORED:
            heavy = (a == lo and _is_heavy(q, sides[0], b, lo)) or (b == hi and _is_heavy(q, sides[-1], a, hi))
            if heavy or any(e in anchors or q(e) > 1e-290 for e in {a, b} - {lo, hi}):
                return True
            doubtful = f"q is 0 from {a!r} to {b!r}, where p has mass {mass:.3g}"
    if doubtful:
        raise ValueError(f"{doubtful}, but perhaps only by underflow: whether the answer is finite cannot be told")
    return False


def _cross_term(s, p, _, q, log_q):
    """-p log q of the densities of x, from the weights and their logarithms."""
    return np.where((p > 0) & (log_q > -math.inf), p * (s - log_q), 0.0)


def _kl_term(_, p, log_p, q, log_q):
    """p log(p/q) - p + q, never negative; with r = (p - q)/(p + q) it is (p + q)[(1 + r) artanh(r) - r]."""
    r = (p - q) / (p + q)
    close = (p + q) * (r * np.arctanh(r) + (np.arctanh(r) - r))
    value = np.where(np.abs(r) < 0.5, close, p * (log_p - log_q) - (p - q))
    return np.where((p == 0) | (log_q == -math.inf), q, value)


def _answer(term, densities, support, base, points, error):
    """The value for the densities divided by their integrals, as it was asked for."""
    lo, hi, points, unit = _options(support, points, base)
    kl, fs = term is _kl_term, [_density(name, f) for name, f in densities.items()]
    # relative errors of 1e-15 in p and q do 1e-15 sqrt(KL): p log(p/q) - p + q is about (p - q)^2 / 2p
    goal = (lambda total: 1e-10 * total + 1e-15 * math.sqrt(total)) if kl else (lambda total: 1e-11 * (1 + total))
    (a, b, total, lost), (error_a, error_b, doubt, _), infinite = _find(term, goal, fs, lo, hi, points)
    if infinite:
        return Estimate(math.inf, 0.0) if error else math.inf
    if kl:
        value = max(total / a - ((b - a) / a - math.log1p((b - a) / a)), 0.0)
        doubt += 1e-15 * math.sqrt(value) + (error_a + 1e-14) * value
    else:
        value = total / a + math.log(b)
        doubt += error_a * abs(value) + error_b + 1e-14 * (1 + abs(value))  # the last is for rounding
    off = max(abs(a - 1), abs(b - 1))  # mass that was not found, perhaps: see the end of the module's notes
    doubt += 1e3 * lost + (30 * off * (1 + abs(value)) if off > 1e-9 else 0.0)
    answer = Estimate(value / unit + 0.0, doubt / unit)  # + 0.0 turns -0.0 into 0.0
    if not doubt <= 1e-8 * (1 + abs(value)):
        warnings.warn(
            f"the answer {answer.value:.10g} may be wrong by {answer.error:.1g}: a density oscillates, does not quite "
            "integrate to 1, or is singular, jumps, or has a kink or a narrow peak at a place that points should name",
            integrate.IntegrationWarning,
            stacklevel=3,
        )
    return answer if error else answer.value


def differential_entropy(pdf, support, *, base=None, points=(), error=False):
    r"""Differential entropy of the law with density p = `pdf` on `support`.

    .. math:: h(p) = -\int p(x) \log p(x) \, dx, \qquad 0 \log 0 = 0

    Unlike entropy it can be negative, and it changes with the unit of x: h(aX) = h(X) + log abs(a).
    Source: Cover and Thomas (2006), 8.1.  Units and errors: the module's notes.

    >>> round(differential_entropy(lambda x: 2.0, (0, 1/2), base=2), 12)
    -1.0
    """
    return _answer(_cross_term, {"pdf": pdf}, support, base, points, error)


def kl_divergence_density(p, q, support, *, base=None, points=(), error=False):
    r"""Kullback-Leibler divergence of Q from P, with densities `p` and `q` on `support`: data from P, code for Q.

    .. math:: D(P \| Q) = \int p(x) \log \frac{p(x)}{q(x)} \, dx, \qquad 0 \log (0/q) = 0, \quad p \log (p/0) = +\infty

    Never negative, and the same in every unit of x.  +inf needs q = 0 < p on a set of positive length.
    Near P = Q the relative error is about that of (p - q)/p.
    Source: Kullback and Leibler (1951); Cover and Thomas (2006), 8.5.  Units and errors: the module's notes.

    >>> whole, half = lambda x: 1.0, lambda x: 2.0 if x < 1/2 else 0.0
    >>> round(kl_divergence_density(half, whole, (0, 1), base=2), 12), kl_divergence_density(whole, half, (0, 1))
    (1.0, inf)
    """
    return _answer(_kl_term, {"p": p, "q": q}, support, base, points, error)


def cross_entropy_density(p, q, support, *, base=None, points=(), error=False):
    r"""Cross-entropy of data from P under a model Q, with densities `p` and `q` on `support`.

    .. math:: h(P, Q) = -\int p(x) \log q(x) \, dx = h(P) + D(P \| Q)

    Like differential entropy it can be negative.  +inf if q = 0 < p on a set of positive length.
    Source: Cover and Thomas (2006), chapter 8; Murphy (2022), 6.1.2.  Units and errors: the module's notes.

    >>> value, estimate = cross_entropy_density(lambda x: 1.0, lambda x: 2 * x, (0, 1), error=True)
    >>> round(value, 12), estimate < 1e-10
    (0.30685281944, True)
    """
    return _answer(_cross_term, {"p": p, "q": q}, support, base, points, error)
