"""Random densities, with answers by another route: Gauss's formula on logarithms, between cuts that are known here.

python tests/densities.py [SEED] [COUNT]

Mixtures of 1 to 3 normals of widths 0.01 to 5 in (-6, 6); steps with holes; and a normal or uniform law with a hole
whose mass is heaped up beside it, so that the integral is 1 for whom misses both.
"""

import math
import random
import sys
import time
import warnings
from collections import Counter

import numpy as np

from entropybook.continuous import cross_entropy_density, differential_entropy, kl_divergence_density

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
AROUND = np.concatenate([np.linspace(-12, 12, 385), np.linspace(12, 45, 400), np.linspace(-45, -12, 400)])
UNDERFLOW = math.log(5e-324)


class Mixture:
    def __init__(self, parts):
        self.parts = parts  # weight, place, width
        self.cuts = np.concatenate([m + s * AROUND for _, m, s in parts])

    def __call__(self, x):
        return sum(w * math.exp(-(((x - m) / s) ** 2) / 2) / (s * math.sqrt(2 * math.pi)) for w, m, s in self.parts)

    def log(self, x):
        return np.logaddexp.reduce(
            [-(((x - m) / s) ** 2) / 2 + math.log(w / (s * math.sqrt(2 * math.pi))) for w, m, s in self.parts]
        )

    def __repr__(self):
        return f"Mixture({self.parts})"


class Steps:
    """A density times a factor that is constant between the edges, and 0 beyond them unless `outside` is 1."""

    def __init__(self, edges, factors, density=None, outside=0.0):
        self.edges, self.factors, self.density = edges, [outside, *factors, outside], density
        self.cuts = np.concatenate([edges, density.cuts if density else []])

    def __call__(self, x):
        factor = self.factors[sum(edge <= x for edge in self.edges)]
        return factor * self.density(x) if self.density else factor

    def log(self, x):
        factor = np.log(np.array(self.factors)[np.searchsorted(self.edges, x, side="right")])
        return factor + self.density.log(x) if self.density else factor

    def __repr__(self):
        return f"Steps({self.edges}, {self.factors[1:-1]}, {self.density}, {self.factors[0]})"


def mixture(dice, widest=5.0, wide=0.0):
    weights = [dice.choice([1, 1, 0.1, 0.01]) * dice.uniform(0.1, 1) for _ in range(dice.randint(1, 3))]
    parts = [
        [w / sum(weights) * (1 - wide), dice.uniform(-6, 6), math.exp(dice.uniform(math.log(0.01), math.log(widest)))]
        for w in weights
    ]
    return Mixture(parts + ([[wide, dice.uniform(-1, 1), 5.0]] if wide else []))


def steps(dice, lo, hi, holes=0.2):
    edges = [lo, *sorted(dice.uniform(lo, hi) for _ in range(dice.randint(0, 9))), hi]
    factors = [0.0 if dice.random() < holes else dice.uniform(0.1, 2) for _ in edges[1:]]
    factors[dice.randrange(len(factors))] = 1.0
    mass = math.fsum(f * (b - a) for f, a, b in zip(factors, edges, edges[1:], strict=False))
    return Steps(edges, [f / mass for f in factors])


def hole(dice, whole, lo, hi):
    """The density with a hole between two places, and as much mass as was there added next to it."""
    a = dice.uniform(lo, hi)
    width = math.exp(dice.uniform(math.log(0.005), math.log(0.3))) * (hi - lo) / 2
    edges = [a, a + width, a + 2 * width]
    if isinstance(whole, Steps):  # uniform
        return Steps([-1.0, *edges, 4.0], [0.2, 0.0, 0.4, 0.2])
    ((_, m, s),) = whole.parts
    below = [math.erfc(-(e - m) / s / math.sqrt(2)) / 2 for e in edges]
    return Steps(edges, [0.0, 1 + (below[1] - below[0]) / (below[2] - below[1])], whole, 1.0)


def case(dice):
    """kind, function, densities, support"""
    kind = dice.choice(["mixture"] * 6 + ["steps"] * 3 + ["hole"])
    function = dice.choice([differential_entropy, kl_divergence_density, cross_entropy_density])
    line = (-math.inf, math.inf)
    if kind == "mixture":
        densities, support = [mixture(dice), mixture(dice, wide=dice.choice([0, 0.1, 0.001]))], line
    elif kind == "steps":
        lo, hi = dice.choice([(0.0, 1.0), (-6.0, 6.0), (dice.uniform(-6, 0), dice.uniform(0.1, 6))])
        densities, support = [steps(dice, lo, hi), steps(dice, lo, hi, dice.choice([0, 0.2]))], (lo, hi)
        if dice.random() < 0.3:
            support = line
            if dice.random() < 0.5:
                densities[1] = Mixture([[1.0, dice.uniform(-6, 6), dice.uniform(2, 5)]])
    elif dice.random() < 0.5:
        whole = Mixture([[1.0, dice.uniform(-6, 6), math.exp(dice.uniform(math.log(0.01), math.log(5)))]])
        ((_, m, s),) = whole.parts
        densities, support = [whole, hole(dice, whole, m - 2 * s, m + 2 * s)], line
    else:
        whole = Steps([-1.0, 4.0], [0.2])
        densities, support = [whole, hole(dice, whole, -1.0, 1.5)], (-1.0, 4.0)
    if function is differential_entropy:
        return kind, function, densities[1:] if kind == "hole" else densities[:1], support
    return kind, function, densities, support


def exact(function, densities, support):
    """The right value, and the mass of p where q is too small for a float.  Infinities are counted with cells."""
    p, q = densities[0], densities[-1]
    cuts = np.unique(np.concatenate([p.cuts, q.cuts]))
    half = np.diff(cuts)[:, None] / 2
    x = (cuts[:-1, None] + half) + half * NODES
    weights = half * WEIGHTS
    with np.errstate(all="ignore"):
        log_p, log_q = p.log(x), q.log(x)
        mass = np.exp(log_p) * weights
        term = (log_p if function is kl_divergence_density else 0) - log_q
        value = math.fsum(np.where(mass > 0, mass * term, 0).ravel())
    return value, mass[(log_q < UNDERFLOW + 1) & (log_q > -math.inf)].sum()


def judge(function, densities, support):
    """The verdict, and the error over the estimate."""
    value, lost = exact(function, densities, support)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            got = function(*densities, support, error=True)
        except ValueError as problem:
            return ("underflow" if "underflow" in str(problem) and lost > 1e-14 else "refused"), 0.0
    if math.inf in (value, got.value):
        return ("right" if value == got.value else "wrong"), 0.0
    wrong = abs(got.value - value)
    ratio = wrong / (got.error + 1e-13 * (1 + abs(value)))  # what is added is the reference's rounding
    if caught:
        return ("warned" if ratio <= 1 else "warned, estimate too small"), ratio
    return ("right" if ratio <= 1 else "wrong" if wrong > 1e-8 * (1 + abs(value)) else "estimate too small"), ratio


def cases(seed, count):
    for number in range(count):
        yield number, *case(random.Random(f"{seed} {number}"))


def main(seed=None, count=1000):
    seed, start = seed or str(time.time_ns()), time.perf_counter()
    verdicts, worst = {}, 0.0
    for number, kind, *asked in cases(seed, int(count)):
        verdict, ratio = judge(*asked)
        verdicts.setdefault(kind, Counter())[verdict] += 1
        worst = max(worst, ratio)
        if verdict not in ("right", "underflow"):
            print(f"{number} {kind}: {verdict}: {asked[0].__name__}{tuple(asked[1])} on {asked[2]}", flush=True)
    for kind, found in verdicts.items():
        print(f"{kind}: {dict(found)}")
    print(f"seed {seed}: {dict(sum(verdicts.values(), Counter()))}, worst error over estimate {worst:.3g}")
    print(f"{(time.perf_counter() - start) / int(count) * 1e3:.0f} ms each")
    return any(v.startswith("wrong") or "too small" in v for found in verdicts.values() for v in found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
