"""Measures of probability densities given as functions, by quadrature.

What holds for every function here:

* **Densities** are functions of one float that return one float.  Each must integrate to 1 over `support`, a pair
  (lo, hi), finite or not: give the support that holds both.  A density that integrates to 1 within 1e-6 is taken as
  it is meant: the answer is that of the density divided by its integral.
* **Units.** The answer is in nats; ``base=2`` gives bits, ``base=10`` bans.
* **Errors.** ``error=True`` gives an `Estimate`: the value and an estimate of its error.  A warning
  (``scipy.integrate.IntegrationWarning``) comes with every answer whose estimate is above 1e-8 (1 + abs(value)).
* **Places.** The ends of the support may be singular.  Say in ``points`` where else a density is infinite, jumps, has
  a kink or a narrow peak: the points are never evaluated.  Peaks are searched for, but those narrower than
  a thousandth of their place are found only at round numbers.
* **Zeros.** ``0 log 0 = 0``, and where q = 0 < p the answer is infinite.  But a float may be 0 because it underflows;
  where q seems to do so, p may have mass 1e-13 there.  If it has more, the answer is infinite if the tail of p shows
  that it must be, and an error otherwise.
* **Bad input.** ``TypeError`` for what is not a function, a number or a pair; ``ValueError``, naming the argument, the
  place and the value, for a density that is negative, nan or infinite, that does not integrate to 1, for a support
  that is empty and for a base that is not a finite number above 1.  A density is called at places
  from 1e-60 to 1e60 away from the ends, from 0 and from the points; where it overflows it counts as 0.  What else it
  raises is passed on.
* **Limits.** Next to a place other than 0 floats are coarse; a density that grows there, but not as a power of the
  distance, is refused or warned about, and a peak of width w at x is known to u x/w (u = 1e-16).

Quadrature samples: a function can always hide something between the samples, here up to 1e-6 of its mass.
"""

import itertools
import math
import sys
import warnings
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy import integrate, optimize

_NOTHING = 1e-20  # mass in one step of the logarithm of the distance that is not worth a cell of its own
_IGNORED = 1e-13  # mass of p that may lie where q underflows
_COARSE = [float(f"{m}e{k}") for k in range(-60, 61) for m in (range(1, 10) if -12 <= k < 12 else (1,))]
_DENSE = [float(f"{m}e{k}") for k in range(-6, 3) for m in range(100, 1000)]


class Estimate(NamedTuple):
    """A value, and an estimate of how far it is from the exact one."""

    value: float
    error: float


# --- what comes in and what goes out ---------------------------------------------------------------------------


def _number(name, value):
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")
    return value


def _unit(base):
    """How many nats make one unit."""
    if base is None:
        return 1.0
    if not 1 < _number("base", base) <= sys.float_info.max:
        raise ValueError(f"base = {base!r}: a base must be finite and above 1")
    return math.log(base)


def _places(support, points):
    """The ends of the support, and the points."""
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
    return lo, hi, points


def _density(name, function):
    """`function`, checked at every call, and called once at every place."""
    if not callable(function):
        raise TypeError(f"{name} must be a function of one number, not {type(function).__name__}")

    @cache
    def density(x):
        try:
            with np.errstate(over="raise"):
                value = np.asarray(function(x))
        except (OverflowError, FloatingPointError):
            return 0.0  # as of 1/cosh(x) far out; if mass was lost by that, the integral is not 1
        if value.size != 1 or value.dtype.kind not in "iuf":
            what = f"shape {value.shape}" if value.size != 1 else f"type {value.dtype.type.__name__.rstrip('_')}"
            raise TypeError(f"{name}({x!r}) must be one real number, not of {what}")
        value = float(value.item())
        if not 0 <= value < math.inf:
            why = "nan" if math.isnan(value) else "negative" if value < 0 else "infinite here; see `points`"
            raise ValueError(f"{name}({x!r}) = {value!r}: a density cannot be {why}")
        return value

    density.name = name
    return density


# --- where the mass is ---------------------------------------------------------------------------------------------


def _edge(f, zero, positive):
    """The last place where f is positive, between one where it is 0 and one where it is not."""
    while zero != (middle := zero + (positive - zero) / 2) != positive:
        zero, positive = (zero, middle) if f(middle) > 0 else (middle, positive)
    return positive


def _look(f, anchors, places):
    """What is seen of f at `places`: its sharp peaks, and the edges of where it is positive."""
    peaks, edges = [], []
    for a, b, c in zip(places, places[1:], places[2:], strict=False):
        peak = f(b) > max(f(a), f(c)) and f(b) > 10 * min(f(a), f(c))
        if peak and not any(a < x < c for x in anchors):
            peaks.append(float(optimize.golden(lambda x: -f(float(x)), brack=(a, b, c), tol=1e-15)))
    for a, b in itertools.pairwise(places):
        if (f(a) > 0) != (f(b) > 0):
            between = [x for x in anchors if a < x < b]
            edges.append(between[0] if between else _edge(f, *((a, b) if f(a) == 0 else (b, a))))
    return peaks, edges


class _Law(NamedTuple):
    """What stands for a density of s beyond `start`: size e^(rate (s - start)); for a density of x a power law."""

    start: float
    size: float
    rate: float
    doubt: float  # the relative error of its integral


class _Side(NamedTuple):
    """All x = anchor + sign e^s, for s between the starts of the laws: s is the logarithm of the distance."""

    anchor: float
    sign: int
    near: list  # a law for each density, below its start
    far: list  # and above it

    def weight(self, i, f, s, nudge=0):
        """The density of s, where the i-th density f is that of x: f(x) dx = f(x) e^s ds.  And its logarithm.

        `nudge` adds a rounding error to x.
        """
        law = self.far[i] if s > self.far[i].start else self.near[i]
        if self.near[i].start <= s <= self.far[i].start:
            distance = math.exp(s)
            x = self.anchor + self.sign * distance
            x += nudge * self.sign * math.ulp(x)
            rounded = abs(x - self.anchor)  # this difference has no rounding error of its own
            near = rounded * (distance / rounded) ** (law.rate if law.size > 0 else 1)
            return (y * near, math.log(y) + math.log(near)) if (y := f(x)) > 0 else (0.0, -math.inf)
        if law.size == 0:
            return 0.0, -math.inf
        log_weight = math.log(law.size) + law.rate * (s - law.start)
        return math.exp(log_weight), log_weight


class _Cell(NamedTuple):
    side: _Side
    start: float
    end: float
    doubt: float = 0.0

    @property
    def place(self):
        """An x inside the cell, or at least beyond its start."""
        return self.side.anchor + self.side.sign * math.exp(min(max((self.start + self.end) / 2, -138), 138))


def _law(f, anchor, sign, distance, check, *, far=False, final=True):
    """The law that holds at this distance and twice it, and by how much that at the distance `check` differs.

    It is to hold from there to the anchor, or, `far`, to infinity.  A law of infinite mass is none; if this distance is
    the `final` one, it is an error.
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
        return _Law(math.log(distance), 0.0, 0.0, 0.0)
    return _Law(
        math.log(distance), size, rate, 1.0 if math.isnan(other) else 2 * (abs(rate - other) + 4e-14) / abs(rate)
    )


def _side(fs, anchor, sign, reach):
    """Next to an anchor other than 0 there are no floats, and densities underflow: power laws continue them.

    The nearest distance is used where all densities have power laws; if there is none, they are called all the way.
    """
    scale, powers = (abs(anchor), (2**-44, 2**-34, 2**-24)) if anchor else (1.0, (1e-56, 1e-36, 1e-16, 1e-8))
    smallest = max(4 * math.ulp(anchor), 1e-60)
    if reach < 4 * smallest:
        raise ValueError(f"there are too few floats between {anchor!r} and the next of points and ends")
    for close in (scale * power for power in powers if 4 * scale * power < reach):
        near = [_law(f, anchor, sign, close, close / 16, final=False) for f in fs]
        if all(law.size > 0 and law.doubt < 1e-5 for law in near):
            break
    else:
        near = [_law(f, anchor, sign, smallest, 2 * smallest) for f in fs]
    if reach < math.inf:
        far = [_Law(math.log(reach), 0.0, 0.0, 0.0)] * len(fs)
    else:
        far = [_law(f, anchor, sign, 1e60, 1e56, far=True) for f in fs]
    return _Side(anchor, sign, near, far)


def _cut(fs, side, edges):
    """The cells of a side: cut at every second power of ten of the distance, where there is mass, and at the edges."""
    start, end = side.near[0].start, side.far[0].start
    powers = [10.0**k for k in range(-60, 61, 2) if start < math.log(10.0**k) < end]
    mass = [max(f(side.anchor + side.sign * t) for f in fs) * t > _NOTHING for t in powers] + [True]  # at the end
    cuts = {math.log(t) for i, t in enumerate(powers) if any(mass[max(i - 1, 0) : i + 2])}
    cuts |= {math.log(abs(e - side.anchor)) for e in edges if (e - side.anchor) * side.sign > 0}
    yield from itertools.starmap(
        lambda a, b: _Cell(side, a, b), itertools.pairwise([start, *sorted(c for c in cuts if start < c < end), end])
    )
    for laws, sign in ((side.near, -1), (side.far, 1)):
        if laws := [law for law in laws if law.size > _NOTHING]:
            last = laws[0].start + sign * 40 / min(abs(law.rate) for law in laws)
            yield _Cell(side, *sorted((laws[0].start, last)), max(law.doubt for law in laws))


def _integral(term, fs, cells, goal=lambda total: 1e-11 * (1 + total)):
    """The integral of term(weight of p, weight of q, s) over all cells, as an Estimate, to the error goal(total)."""

    def over(cell, tolerance, limit):
        def integrand(s, nudge=0):
            return term(s, *(cell.side.weight(i, f, s, nudge) for i, f in enumerate(fs)))

        start, end = cell.start, cell.end
        value, error = integrate.quad(
            integrand, start, end, epsabs=tolerance, epsrel=1e-13, limit=limit, full_output=1
        )[:2]
        error *= 20 if limit > 1 else 1  # at jumps the estimate was seen to be 16 times too small
        if cell.side.anchor:
            rounded = [
                abs(integrand(s, 1) - integrand(s)) for s in (start + (end - start) / 3, end - (end - start) / 3)
            ]
            error += sum(rounded) / 2 * (end - start)
        return Estimate(value, error + cell.doubt * abs(value))

    parts = [over(cell, 0.0, 1) for cell in cells]
    tolerance = goal(math.fsum(abs(part.value) for part in parts)) / max(len(cells), 1)
    parts = [over(c, tolerance, 50) if part.error > tolerance else part for c, part in zip(cells, parts, strict=True)]
    return Estimate(math.fsum(part.value for part in parts), math.fsum(part.error for part in parts))


def _not_one(f, mass):
    return ValueError(
        f"{f.name} integrates to {mass:.7g} over the support, not to 1 within 1e-06: it is not a density there "
        "(the support must hold p and q), or its mass is too narrow or too far away to be found (say where in points)"
    )


class _Found(NamedTuple):
    sides: list  # from left to right
    cells: list
    holes: list  # the intervals where the last density is 0
    masses: list  # the integral of each density


def _find(fs, lo, hi, points):
    """Anchors are the ends, the points, 0 and the peaks; between two of them each has the half next to it."""
    given = {x for x in (lo, hi, *points) if math.isfinite(x)}
    given = sorted(given | ({0.0} if lo < 0 < hi and all(abs(x) > 1e-50 for x in given) else set()))
    for steps in (_COARSE, _DENSE):
        places = sorted({x for a in given for t in steps for x in (a - t, a + t) if lo < x < hi} - {*given})
        seen = [_look(f, given, places) for f in fs]
        anchors = list(given)
        for peak in (x for peaks, _ in seen for x in peaks):
            if all(abs(peak - x) > 2**-40 * abs(peak) for x in anchors):  # p and q may have the same peak
                anchors.append(peak)
        anchors.sort()
        gaps = [(-math.inf, anchors[0])] if lo == -math.inf else []
        gaps += [*itertools.pairwise(anchors), *([(anchors[-1], math.inf)] if hi == math.inf else [])]
        ends = [(x, sign, (b - a) / 2) for a, b in gaps for x, sign in ((a, 1), (b, -1)) if math.isfinite(x)]
        sides = [_side(fs, anchor, sign, reach) for anchor, sign, reach in ends]
        cells = [cell for side in sides for cell in _cut(fs, side, [e for _, edges in seen for e in edges])]
        masses = [_integral(lambda s, *w, i=i: w[i][0], fs, cells) for i in range(len(fs))]
        wrong = [_not_one(f, mass.value) for f, mass in zip(fs, masses, strict=True) if not abs(mass.value - 1) <= 1e-6]
        if not wrong:
            bounds = [lo, *seen[-1][1], hi][fs[-1](places[0]) > 0 :]
            return _Found(sides, cells, [*zip(bounds[::2], bounds[1::2], strict=False)], masses)
    raise wrong[0]


# --- where q is 0 --------------------------------------------------------------------------------------------------


def _heavy(q, found, hole, support):
    """Whether the tail of p is too heavy for -log q, if that grows on as the power of the distance it has at the edge.

    With p(x) dx about t^rate ds and -log q about t^growth at the distance t = e^s, their product must not grow.
    """
    for side, i in ((found.sides[0], 0), (found.sides[-1], 1)):
        distance = (hole[1 - i] - side.anchor) * side.sign
        if hole[i] == support[i] and distance > 0:
            law, ratio, margin = (side.far[0], 0.95, 0.1) if math.isinf(hole[i]) else (side.near[0], 1.05, -0.1)
            a, b = (q(side.anchor + side.sign * r * distance) for r in (ratio, ratio**2))
            if law.size > 0 and 0 < a < 1 and 0 < b < 1:
                growth = math.log(math.log(b) / math.log(a)) / math.log(ratio)
                return (law.rate + growth) / margin > 1
    return False


def _lost(q, fs, found, support):
    """The mass of p where q is 0, if it is by underflow and negligible; inf if E log q is infinite for certain."""
    lost, doubtful, anchors = 0.0, None, {side.anchor for side in found.sides}
    for hole in found.holes:
        within = [cell for cell in found.cells if hole[0] < cell.place < hole[1]]
        mass = _integral(lambda s, p, q: p[0] if q[1] == -math.inf else 0.0, fs, within, lambda total: 1e-15).value
        if mass <= _IGNORED:
            lost += mass
        elif any(e in anchors or q(e) > 1e-290 for e in hole if e not in support) or _heavy(q, found, hole, support):
            return math.inf
        else:
            doubtful = f"q is 0 from {hole[0]!r} to {hole[1]!r}, where p has mass {mass:.3g}"
    if doubtful:
        raise ValueError(f"{doubtful}, but perhaps only by underflow: whether the answer is finite cannot be told")
    return lost


# --- the answers ---------------------------------------------------------------------------------------------------


def _cross_term(s, p, q=None):
    """-p log q of the densities of x, from the weights and their logarithms."""
    log_q = (q or p)[1]
    return p[0] * (s - log_q) if p[0] > 0 and log_q > -math.inf else 0.0


def _kl_term(s, p, q):
    """p log(p/q) - p + q, never negative; with r = (p - q)/(p + q) it is (p + q)[(1 + r) artanh(r) - r]."""
    (p, log_p), (q, log_q) = p, q
    if p == 0 or log_q == -math.inf:
        return q
    r = (p - q) / (p + q)
    if abs(r) < 0.5:
        return (p + q) * (r * math.atanh(r) + (math.atanh(r) - r))
    return p * (log_p - log_q) - (p - q)


def _kl_noise(kl):
    """What relative errors of 1e-15 in p and q do: p log(p/q) - p + q is about (p - q)^2 / 2p."""
    return 1e-15 * math.sqrt(kl)


@np.errstate(all="ignore")
def _nats(term, fs, support, points):
    """The Estimate for the densities divided by their integrals."""
    found = _find(fs, *support, points)
    a, b = found.masses[0].value, found.masses[-1].value
    lost = _lost(fs[-1], fs, found, support) if len(fs) > 1 else 0.0
    if lost == math.inf:
        return Estimate(math.inf, 0.0)
    if term is _kl_term:
        total = _integral(term, fs, found.cells, lambda kl: 1e-10 * kl + _kl_noise(kl))
        value = max(total.value / a - ((b - a) / a - math.log1p((b - a) / a)), 0.0)
        error = total.error + _kl_noise(value) + found.masses[0].error * value
    else:
        total = _integral(term, fs, found.cells)
        value = total.value / a + math.log(b)
        error = total.error + found.masses[0].error * abs(value) + found.masses[-1].error
    off = max(abs(a - 1), abs(b - 1))  # mass that was not found, perhaps: see the end of the module's notes
    return Estimate(value, error + 1e3 * lost + (off * (1 + abs(value)) if off > 1e-9 else 0.0))


def _answer(term, densities, support, base, points, error):
    unit = _unit(base)
    *support, points = _places(support, points)
    nats = _nats(term, [_density(name, f) for name, f in densities.items()], support, points)
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
