"""Slow, exact references for the measures and the losses: mpmath on the doubles given, divided by their exact sum.

Nothing here uses the package.  60 digits do for ordinary entries; entries near the smallest double need about 700,
because a sum such as 1 + 1e-320 must be kept whole.
"""

import mpmath
from mpmath import mpf


def _normalised(values):
    numbers = [mpf(float(v)) for v in values]
    total = mpmath.fsum(numbers)
    return [v / total for v in numbers]


def _sum_xlog(pairs):
    """sum of p log(p/q), 0 where p = 0 and inf where q = 0 < p"""
    pairs = [(p, q) for p, q in pairs if p > 0]
    return mpmath.inf if any(q == 0 for _, q in pairs) else mpmath.fsum(p * mpmath.log(p / q) for p, q in pairs)


def _cross_entropy(pairs):
    """sum of -p log q, 0 where p = 0 and inf where q = 0 < p"""
    pairs = [(p, q) for p, q in pairs if p > 0]
    return mpmath.inf if any(q == 0 for _, q in pairs) else -mpmath.fsum(p * mpmath.log(q) for p, q in pairs)


def kl_divergence(p, q):
    return _sum_xlog(zip(_normalised(p), _normalised(q), strict=True))


def jeffreys_divergence(p, q):
    return kl_divergence(p, q) + kl_divergence(q, p)


def jensen_shannon_divergence(p, q):
    p, q = _normalised(p), _normalised(q)
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (_sum_xlog(zip(p, middle, strict=True)) + _sum_xlog(zip(q, middle, strict=True))) / 2


def cross_entropy(p, q):
    return _cross_entropy(zip(_normalised(p), _normalised(q), strict=True))


def entropy(p):
    return cross_entropy(p, p)


def perplexity(p, q=None):
    return mpmath.exp(entropy(p) if q is None else cross_entropy(p, q))


def surprisal(p):
    return -mpmath.log(mpf(float(p))) if p > 0 else mpmath.inf


def _table(joint):
    flat = iter(_normalised(value for row in joint for value in row))
    return [[next(flat) for _ in row] for row in joint]


def joint_entropy(joint):
    return entropy([value for row in joint for value in row])


def conditional_entropy(joint):
    return -_sum_xlog((value, mpmath.fsum(row)) for row in _table(joint) for value in row)


def mutual_information(joint):
    table = _table(joint)
    rows, columns = [mpmath.fsum(row) for row in table], [mpmath.fsum(column) for column in zip(*table, strict=True)]
    return _sum_xlog(
        (value, r * c) for row, r in zip(table, rows, strict=True) for value, c in zip(row, columns, strict=True)
    )


def binary_cross_entropy(y, p):
    y, p = mpf(float(y)), mpf(float(p))
    return _cross_entropy([(y, p), (1 - y, 1 - p)])


def binary_cross_entropy_from_logits(y, z):
    y, z = mpf(float(y)), mpf(float(z))
    return y * mpmath.log(1 + mpmath.exp(-z)) + (1 - y) * mpmath.log(1 + mpmath.exp(z))


def _targets(y, count):
    """the distribution meant by a class index, or the one that is given, divided by its sum"""
    return _normalised(y) if hasattr(y, "__len__") else [mpf(k == y) for k in range(count)]


def categorical_cross_entropy(y, p):
    return _cross_entropy(zip(_targets(y, len(p)), _normalised(p), strict=True))


def _softmax(z):
    weights = [mpmath.exp(mpf(float(v))) for v in z]  # -inf gives 0
    total = mpmath.fsum(weights)
    return [w / total for w in weights]


def categorical_cross_entropy_from_logits(y, z, label_smoothing=0.0):
    count, share = len(z), mpf(float(label_smoothing))
    targets = [(1 - share) * t + share / count for t in _targets(y, count)]
    return _cross_entropy(zip(targets, _softmax(z), strict=True))


def kl_divergence_from_logits(a, b):
    return _sum_xlog(zip(_softmax(a), _softmax(b), strict=True))


def relative_error(got, exact):
    """|got - exact| / exact, with 0 for the same infinity or the same zero and inf for a wrong one"""
    if got == exact:
        return 0.0
    if exact == 0 or not (mpmath.isfinite(got) and mpmath.isfinite(exact)):
        return float("inf")
    return float(abs((mpf(got) - exact) / exact))
