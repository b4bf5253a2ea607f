"""Hard cases, by family: for the tests, and with another seed for the benchmark.

Pairs of distributions, and pairs of logits of the same shape.
"""

import numpy as np


def _dirichlet(random, sizes=(2, 3, 10, 50, 200), concentrations=(0.1, 0.5, 1, 10, 100), copies=4):
    shapes = [np.full(n, c) for n in sizes for c in concentrations for _ in range(copies)]
    return [(random.dirichlet(a), random.dirichlet(a)) for a in shapes]


def _float32(random):
    return [
        (p.astype(np.float32), q.astype(np.float32)) for p, q in _dirichlet(random, (2, 3, 10, 50), (0.5, 1, 10), 5)
    ]


def _peaked(random):
    """one entry near 1, the others of about 1e-20 to 1e-300, of different powers of ten in p and q"""

    def peak(n, size):
        p = size * random.uniform(0.1, 1, n)
        p[random.integers(n)] = 1
        return p / p.sum()

    return [
        (peak(n, 10.0 ** (-20 * e)), peak(n, 10.0 ** (-20 * e * random.uniform(0.2, 1))))
        for e in range(1, 16)
        for n in (2, 3, 10, 40)
    ]


def _near(random, exponents):
    """q = p (1 + 10^-e noise), normalised again"""
    cases = []
    for e in exponents:
        for n in (2, 3, 10, 50) * 4:
            p = random.dirichlet(np.ones(n))
            q = p * (1 + 10.0**-e * random.uniform(-1, 1, n))
            cases.append((p, q / q.sum()))
    return cases


def _edges(random):
    """zeros in p, in q, in both, and entries that are subnormal; some of the answers are infinite"""

    def spoil(p, value):
        p = p.copy()
        p[random.random(p.size) < 0.3] = value
        p[random.integers(p.size)] = 1
        return p / p.sum()

    draws = [random.dirichlet(np.ones(n), size=2) for n in (2, 3, 10, 50) * 2]
    return [(spoil(p, a), spoil(q, b)) for p, q in draws for a in (0, 1e-310) for b in (0, 1e-310)]


PAIRS = {
    "Dirichlet": _dirichlet,
    "float32-rounded": _float32,
    "peaked": _peaked,
    "near-equal 1e-3 to 1e-7": lambda random: _near(random, range(3, 8)),
    "near-equal 1e-8 to 1e-15": lambda random: _near(random, range(8, 16)),
    "zeros and subnormals": _edges,
}


def logits(random):
    """(a, b) by family: two vectors of logits"""
    sizes = (2, 3, 10, 100)
    return {
        "ordinary": [random.normal(scale=s, size=(2, n)) for n in sizes for s in (0.1, 1, 3, 10) for _ in range(8)],
        "float32": [random.normal(size=(2, n)).astype(np.float32) for n in sizes for _ in range(10)],
        "far from 0": [random.normal(size=(2, n)) + random.normal(scale=1000) for n in sizes for _ in range(10)],
        "confident": [
            random.normal(size=(2, n)) + gap * np.eye(n)[0] for n in sizes for gap in (20.3, 40.7, 300.1, 600.9)
        ],
        "confident in one": [
            np.outer([gap, other], np.eye(n)[0]) + random.normal(size=(2, n))
            for n in sizes for gap in (50.3, 110.1, 307.9, 420.7) for other in (0, 5, 20)
        ],
        "ruled out": [  # classes of probability 0 in P
            np.array([np.where(np.arange(n) < k, -np.inf, random.normal(size=n)), random.normal(scale=s, size=n)])
            for n in sizes for k in {1, n // 2} for s in (0.1, 1, 5, 50, 150)
        ],
        "near-equal": [
            a + np.outer([0, 10.0**-e], random.normal(size=a.size))
            for n in sizes for e in range(1, 15) for a in [random.normal(scale=3, size=n)]
        ],
        "near-equal and confident": [
            a + np.outer([0, 10.0**-e], random.normal(size=a.size))
            for n in sizes for e in range(1, 15, 3) for a in [random.normal(size=n) + 30.3 * np.eye(n)[0]]
        ],
        "opposed": [gap * np.array([np.eye(n)[0], np.eye(n)[1]]) + random.normal(size=(2, n))
                    for n in sizes for gap in (5.3, 50.1, 500.7, 5000.9, 1e6 / 3)],
        "all but one": [
            np.array([random.normal(size=n), gap * (1 - np.eye(n)[0])]) for n in sizes for gap in (5.3, 500.7, 1e5 / 3)
        ],
    }  # fmt: skip
