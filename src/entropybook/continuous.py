"""Measures of probability densities given as functions, by quadrature.

What holds for every function here:

* **Densities** are functions of one float that return one float.  Each must integrate to 1 over `support`, a pair
  (lo, hi), finite or not: give the support that holds both.  One that integrates to 1 within 1e-6 is taken as it is
  meant: the answer is that of the density divided by its integral.
* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.
* **Errors.** ``error=True`` gives an `Estimate`: the value and an estimate of its error.  A warning
  (``scipy.integrate.IntegrationWarning``) comes with every answer whose estimate is above 1e-8 (1 + abs(value)).
* **Places.** The ends of the support may be singular.  Say in ``points`` where else a density is infinite or has a
  narrow peak; the points are never evaluated.  Jumps, kinks and peaks are searched for.
* **Zeros.** ``0 log 0 = 0``, and where q = 0 < p the answer is infinite.  But a float may be 0 because it underflows;
  where q seems to do so, p may have mass 1e-13 there.  If it has more, the answer is infinite if the tail of p shows
  that it must be, and an error otherwise.
* **Bad input.** ``TypeError`` for what is not a function, a number or a pair; ``ValueError``, naming the argument, the
  place and the value, for a density that is negative, nan or infinite, that does not integrate to 1, for an empty
  support and for a base that is not a finite number above 1.  A density is called at places from 1e-60 to 1e60 away
  from the ends, 0 and the points; where it overflows it counts as 0.  What else it raises is passed on.
* **Limits.** Quadrature samples, and a function can hide between the samples.  One run carries p, q and what is asked
  for; both masses must be 1.  The middle part that holds all but a 10th of the mass is sampled at every 1200th of its
  length or closer, the one that holds all but a 100th, and so on to 1e-5, likewise.  What is narrower goes unnoticed if
  it leaves the mass as it is; what does not, is an error, or a warning if it is below 1e-6.  Next to a place other
  than 0 floats are coarse: a peak of width w at x is known to u x/w (u = 1e-16).
"""

import itertools
import math
import sys
import warnings
from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre
from scipy import integrate, optimize

_NOTHING = 1e-20  # mass in one step of the logarithm of the distance that is not worth a cell of its own
_IGNORED = 1e-13  # mass of p that may lie where q underflows
_COARSE = [float(f"{m}e{k}") for k in range(-60, 61) for m in (range(1, 10) if -12 <= k < 12 else (1,))]
_DENSE = [float(f"{m}e{k}") for k in range(-6, 3) for m in range(100, 1000)]

_POWERS = [math.log(10) * k for k in (*range(-60, -12, 8), *range(-12, 14, 2), *range(20, 60, 8))]

# Lobatto's formula with 20 nodes.  Where f is smooth in a cell, its expansion in Legendre polynomials is short, and the
# last three coefficients are 0; together they bound the error at a jump, wherever in the cell it is (tested).
_P = legendre.Legendre.basis(19)
_NODES = np.array([-1, *_P.deriv().roots(), 1])
_WEIGHTS = 1 / (190 * _P(_NODES) ** 2)
_ROUGHNESS = np.sqrt([17.5, 18.5, 19.5]) * legendre.legvander(_NODES, 19)[:, 17:] * _WEIGHTS[:, None]
_NODES = np.clip(_NODES, -1 + 1e-13, 1 - 1e-13)  # what is at the very ends may belong to the next cells


class Estimate(NamedTuple):
    """A value, and an estimate of how far it is from the exact one."""

    value: float
    error: float


def _number(name, value):
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")
    return value


def _options(support, points, base):
    """The ends of the support, the points, and how many nats make one unit."""
    if not isinstance(support, tuple | list | np.ndarray) or len(support) != 2:
        raise TypeError(f"support must be a pair (lo, hi), not {support!r}")
    lo, hi = (float(_number("an end of support", end)) for end in support)
    if not lo < hi:
        raise ValueError(f"support = ({lo!r}, {hi!r}): the first end must be below the second")
    if not isinstance(points, tuple | list | np.ndarray):
        raise TypeError(f"points must be a sequence of numbers, not {type(points).__name__}")
    points = [float(_number("each of points", point)) for point in points]
    for point in points:
        if not lo < point < hi:
            raise ValueError(f"points has {point!r}, which is not inside the support ({lo!r}, {hi!r})")
    if base is not None and not 1 < _number("base", base) <= sys.float_info.max:
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
        density.seen[x] = value
        return value

    density.name, density.seen = name, {}
    return density


def _not_one(f, mass):
    return ValueError(
        f"{f.name} integrates to {mass:.7g} over the support, not to 1 within 1e-06: it is not a density there "
        "(the support must hold p and q), or its mass is too narrow or too far away to be found (say where in points)"
    )


class _Side(NamedTuple):
    """All x = anchor + sign e^s for s from start to end, and beyond, where a density of s is about e^(rate s)."""

    anchor: float
    sign: int
    start: float
    end: float
    near: list  # size, rate and relative error of that law below the start, for each density
    far: list  # and above the end


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
                if all(abs(peak - x) > 2**-40 * abs(peak) for x in anchors):  # p and q may have the same peak
                    anchors.append(peak)
    return sorted(anchors), tops


def _law(f, anchor, sign, distance, check, *, far=False, final=True):
    """Size, rate and relative error of the law of this distance and twice it, with that of the distance `check`.

    A law of infinite mass up to the anchor, or, `far`, to infinity, is none; if the distance is the `final` one, an
    error.
    """

    def fit(distance):
        x, y = anchor + sign * distance, anchor + sign * 2 * distance
        near, far = abs(x - anchor), abs(y - anchor)  # as rounded
        a, b = f(x) * near, f(y) * far
        return a, math.log(b / a) / math.log(far / near) if a > 0 and b > 0 else math.nan

    (size, rate), (_, other) = fit(distance), fit(check)
    if math.isnan(rate) or (rate >= 0 if far else rate <= 0):
        if final and size > _NOTHING and not math.isnan(rate):
            raise _not_one(f, math.inf)
        return 0.0, -math.inf if far else math.inf, 0.0
    return size, rate, 1.0 if math.isnan(other) else 2 * (abs(rate - other) + 4e-14) / abs(rate)


def _sides(fs, lo, hi, anchors):
    """Between two anchors each has the half next to it.  From left to right.

    Next to an anchor other than 0 there are no floats, and densities underflow: laws continue them, at once where all
    densities have good ones, otherwise from the last float.
    """
    gaps = [(-math.inf, anchors[0])] if lo == -math.inf else []
    gaps += [*itertools.pairwise(anchors), *([(anchors[-1], math.inf)] if hi == math.inf else [])]
    sides = []
    for x, sign, reach in [
        (x, sign, (b - a) / 2) for a, b in gaps for x, sign in ((a, 1), (b, -1)) if abs(x) < math.inf
    ]:
        start, smallest = abs(x) * 2**-44 or 1e-40, max(4 * math.ulp(x), 1e-60)
        if reach < 4 * smallest:
            raise ValueError(f"there are too few floats between {x!r} and the next of points and ends")
        near = [_law(f, x, sign, start, start / 16, final=False) for f in fs] if 4 * start < reach else [(0, 0, 0)]
        if not all(size > 0 and doubt < 1e-5 for size, _, doubt in near):
            start, near = smallest, [_law(f, x, sign, smallest, 2 * smallest) for f in fs]
        far = [_law(f, x, sign, 1e60, 1e56, far=True) if reach == math.inf else (0.0, -math.inf, 0.0) for f in fs]
        sides.append(_Side(x, sign, math.log(start), math.log(min(reach, 1e60)), near, far))
    return sides


def _cells(sides, cuts):
    """Rows of side, start, end and doubt."""
    rows = []
    for k, side in enumerate(sides):
        logs = [*_POWERS, *(math.log(t) for t in (np.array(cuts) - side.anchor) * side.sign if t > 0)]
        places = sorted({s for s in logs if side.start < s < side.end} | {side.start, side.end})
        rows += [(k, a, b, 0.0) for a, b in itertools.pairwise(places)]
        for laws, start, sign in ((side.near, side.start, -1), (side.far, side.end, 1)):
            if laws := [(abs(rate), doubt) for size, rate, doubt in laws if size > _NOTHING]:
                last = start + sign * 40 / min(laws)[0]
                rows.append((k, *sorted((start, last)), max(doubt for _, doubt in laws)))
    return np.array(rows)


class _Run(NamedTuple):
    """Integrals over cells: of p, of q, of the term, and of p where q = 0.  A row for each cell."""

    cells: np.ndarray  # the side, the start, the end, and the relative error of the law there
    x: np.ndarray  # the nodes
    parts: np.ndarray  # what each node adds to each integral
    errors: np.ndarray


def _integrand(term, fs, sides):
    """A function of cells and nodes: the places, and the densities of s there of all that is integrated."""
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
    """Halve cells until the errors sum up to the goals, and none has more than this share of p or of q."""
    done, above = None, math.inf
    for halvings in itertools.count():
        x, values = integrand(cells, _NODES)
        half = (cells[:, 2] - cells[:, 1])[:, None] / 2
        errors = 2 * np.linalg.norm(np.einsum("cni,nr->cir", values, _ROUGHNESS), axis=2) * half
        new = _Run(cells, x, values * (_WEIGHTS * half)[..., None], errors)
        run = new if done is None else _Run(*map(np.concatenate, zip(done, new, strict=True)))
        size, total = np.abs(new.parts).sum(1), np.abs(run.parts).sum((0, 1))
        goals = np.array([1e-11, 1e-11, goal(total[2]) * slack, max(1e-3 * total[3], 1e-14)])
        noise = (errors > above / 4) & (errors < 1e-9 * size)
        exact = np.array([1e-4, 1e-4, 1, 1])  # at jumps and kinks, where halving does little
        small = errors <= goals / (2 * len(run.x)) * np.where(errors > above / 16, exact, 1)
        rough = ~(noise | small)
        bad = rough.any(1) | (size[:, :2] > share).any(1)
        if not bad.any() or halvings == limit or len(run.x) > 3000:
            return run
        done = _Run(*(part[np.append(np.full(len(run.x) - len(bad), True), ~bad)] for part in run))
        above, cells = np.repeat(errors[bad], 2, axis=0), np.repeat(cells[bad], 2, axis=0)
        cells[::2, 2] = cells[1::2, 1] = cells[::2, 1:3].mean(1)


def _grid(run, pieces):
    """Cuts that divide the interval of all but a 10th of p and of q, that of all but a 100th outside, and so on."""
    order = np.argsort(run.x, axis=None)
    x, masses = run.x.ravel()[order], run.parts[..., :2].reshape(-1, 2)[order].cumsum(0).T
    cuts, inner = [], (math.inf, -math.inf)
    for tail in (0.1, 0.01, 1e-3, 1e-4, 1e-5):
        first = min(np.searchsorted(mass, tail * mass[-1]) for mass in masses)
        last = max(np.searchsorted(mass, (1 - tail) * mass[-1]) for mass in masses)
        outer = x[max(first - 1, 0)], x[min(last + 1, len(x) - 1)]
        cuts += [c for c in np.linspace(*outer, pieces + 1) if not inner[0] < c < inner[1]]
        inner = outer
    return sorted(cuts)


def _find(term, goal, fs, lo, hi, points):
    """The sides and the run.  Anchors are the ends, the points, 0 and the peaks."""
    given = {x for x in (lo, hi, *points) if math.isfinite(x)}
    given = sorted(given | ({0.0} if lo < 0 < hi and all(abs(x) > 1e-50 for x in given) else set()))
    for steps, pieces in ((_COARSE, 100), (_DENSE, 317)):
        anchors, tops = _look(fs, lo, hi, given, steps)
        sides = _sides(fs, lo, hi, anchors)
        integrand = _integrand(term, fs, sides)
        run = _integrate(integrand, _cells(sides, tops), goal, 1e5, 0.2, 10)
        slack = 1.0 if run.parts[..., 3].sum() <= _IGNORED else 1e200  # the answer is infinite, or an error
        for _ in range(3):  # until the mass is where the grid is
            grid = _grid(run, pieces)
            run = _integrate(integrand, _cells(sides, grid + tops), goal, slack, 0.02, 45)
            first, *_, last = _grid(run, 1)
            if grid[0] <= first and last <= grid[-1]:
                break
        masses = run.parts[..., : len(fs)].sum((0, 1)).tolist()
        if all(abs(mass - 1) < 1e-9 for mass in masses):
            break
    for f, mass in zip(fs, masses, strict=True):
        if not abs(mass - 1) <= 1e-6:
            raise _not_one(f, mass)
    exact, rounded = (integrand(run.cells, _NODES[[6, 13]], nudge)[1] for nudge in (0, 1))
    length, doubt = run.cells[:, 2:3] - run.cells[:, 1:2], run.cells[:, 3:]
    noise = np.abs(rounded - exact).mean(1) * length + np.abs(run.parts.sum(1)) * doubt
    return sides, run._replace(errors=run.errors + noise)


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
    """Whether the tail of p is too heavy for -log q, if that grows on as the power of the distance it has at the edge.

    With p(x) dx about t^rate ds and -log q about t^growth at the distance t = e^s, their product must not grow.
    """

    def growth(t):  # by differences: a constant does not count
        a, b, c = (math.log(q(side.anchor + side.sign * t * ratio**i)) for i in range(3))
        return math.log((b - c) / (a - b)) / math.log(ratio)

    far, distance = math.isinf(end), (edge - side.anchor) * side.sign
    (size, rate, _), ratio = (side.far[0], 0.95) if far else (side.near[0], 1.05)
    if distance <= 0 or size == 0:
        return False
    outer, inner = growth(distance * ratio), growth(distance / 2 if far else distance * 2)
    return (rate + outer) * (1 if far else -1) > 4 * abs(outer - inner) - 1e-9


def _is_infinite(q, sides, run, lo, hi):
    """Whether E log q is infinite for certain.  An error if p has mass where q may be 0 by underflow."""
    doubtful, anchors = None, {side.anchor for side in sides}
    for a, b in _holes(q, lo, hi, anchors):
        mass = run.parts[..., 3][(a < run.x) & (run.x < b)].sum()
        if mass > _IGNORED:
            if any(e in anchors or q(e) > 1e-290 for e in {a, b} - {lo, hi}):
                return True
            if (a == lo and _is_heavy(q, sides[0], b, lo)) or (b == hi and _is_heavy(q, sides[-1], a, hi)):
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
    near = (p + q) * (r * np.arctanh(r) + (np.arctanh(r) - r))
    far = p * (log_p - log_q) - (p - q)
    return np.where((p == 0) | (log_q == -math.inf), q, np.where(np.abs(r) < 0.5, near, far))


@np.errstate(all="ignore", over="raise")
def _nats(term, fs, lo, hi, points):
    """The Estimate for the densities divided by their integrals."""
    kl = term is _kl_term
    # relative errors of 1e-15 in p and q do 1e-15 sqrt(KL): p log(p/q) - p + q is about (p - q)^2 / 2p
    goal = (lambda total: 1e-10 * total + 1e-15 * math.sqrt(total)) if kl else (lambda total: 1e-11 * (1 + total))
    sides, run = _find(term, goal, fs, lo, hi, points)
    a, b, total, lost = run.parts.sum((0, 1)).tolist()
    error_a, error_b, error, _ = run.errors.sum(0).tolist()
    if lost > _IGNORED and _is_infinite(fs[-1], sides, run, lo, hi):
        return Estimate(math.inf, 0.0)
    if kl:
        value = max(total / a - ((b - a) / a - math.log1p((b - a) / a)), 0.0)
        error += 1e-15 * math.sqrt(value) + (error_a + 1e-14) * value
    else:
        value = total / a + math.log(b)
        error += error_a * abs(value) + error_b + 1e-14 * (1 + abs(value))  # the last is for rounding
    off = max(abs(a - 1), abs(b - 1))  # mass that was not found, perhaps: see the end of the module's notes
    return Estimate(value, error + 1e3 * lost + (off * (1 + abs(value)) if off > 1e-9 else 0.0))


def _answer(term, densities, support, base, points, error):
    *places, unit = _options(support, points, base)
    nats = _nats(term, [_density(name, f) for name, f in densities.items()], *places)
    answer = Estimate(nats.value / unit + 0.0, nats.error / unit)  # + 0.0 turns -0.0 into 0.0
    if not nats.error <= 1e-8 * (1 + abs(nats.value)):
        warnings.warn(
            f"the answer {answer.value:.10g} may be wrong by {answer.error:.1g}: a density oscillates, does not quite "
            "integrate to 1, or is singular, jumps, or has a kink or a narrow peak at a place that points should name",
            integrate.IntegrationWarning,
            stacklevel=3,
        )
    return answer if error else answer.value


# --- the interface -------------------------------------------------------------------------------------------------


def differential_entropy(pdf, support, *, base=None, points=(), error=False):
    r"""Differential entropy of the law with density p = `pdf` on `support`.

    .. math:: h(p) = -\int p(x) \log p(x) \, dx, \qquad 0 \log 0 = 0

    Unlike entropy it can be negative, and it changes with the unit of x: h(aX) = h(X) + log abs(a).
    Nats, or units of `base`.  An `Estimate` with ``error=True``.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), section 8.1.

    >>> from math import exp, log
    >>> round(differential_entropy(lambda x: 2.0, (0, 1/2), base=2), 12)
    -1.0
    >>> round(differential_entropy(lambda x: exp(-x), (0, float("inf"))), 12)
    1.0
    """
    return _answer(_cross_term, {"pdf": pdf}, support, base, points, error)


def kl_divergence_density(p, q, support, *, base=None, points=(), error=False):
    r"""Kullback-Leibler divergence of Q from P, with densities `p` and `q` on `support`: data from P, code for Q.

    .. math:: D(P \| Q) = \int \begin{cases} p(x) \log (p(x) / q(x)) & p(x) > 0,\ q(x) > 0 \\
              0 & p(x) = 0 \\ +\infty & p(x) > 0,\ q(x) = 0 \end{cases} \; dx

    Never negative, and the same in every unit of x.  Single points do not count: +inf needs q = 0 < p on a set of
    positive length.  `support` must hold both laws.  Near P = Q the relative error is about that of (p - q)/p.
    Nats, or units of `base`.  An `Estimate` with ``error=True``.  Errors as in the module's notes.
    Source: Kullback and Leibler (1951); Cover and Thomas (2006), section 8.5.

    >>> whole, half = lambda x: 1.0, lambda x: 2.0 if x < 1/2 else 0.0
    >>> round(kl_divergence_density(half, whole, (0, 1), base=2), 12)
    1.0
    >>> kl_divergence_density(whole, half, (0, 1))
    inf
    """
    return _answer(_kl_term, {"p": p, "q": q}, support, base, points, error)


def cross_entropy_density(p, q, support, *, base=None, points=(), error=False):
    r"""Cross-entropy of data from P under a model Q, with densities `p` and `q` on `support`.

    .. math:: h(P, Q) = -\int p(x) \log q(x) \, dx
              = \begin{cases} h(P) + D(P \| Q) & \\ +\infty & \text{if } q = 0 < p \text{ on a set of positive length}
              \end{cases}

    Like the differential entropy it can be negative.  `support` must hold both laws.
    Nats, or units of `base`.  An `Estimate` with ``error=True``.  Errors as in the module's notes.
    Source: Cover and Thomas (2006), chapter 8; Murphy (2022), section 6.1.2.

    >>> from math import exp
    >>> exponential, slower = lambda x: exp(-x), lambda x: exp(-x / 2) / 2
    >>> value, estimate = cross_entropy_density(exponential, slower, (0, float("inf")), base=2, error=True)
    >>> round(value, 6), estimate < 1e-10
    (1.721348, True)
    """
    return _answer(_cross_term, {"p": p, "q": q}, support, base, points, error)
