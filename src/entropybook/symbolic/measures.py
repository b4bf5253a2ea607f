"""The measures of `discrete` as SymPy expressions, of a `Pmf` or of a sequence of expressions."""

from itertools import product

import sympy as sp

_INDICES = sp.symbols("i j k l", integer=True, positive=True)


class Pmf(sp.IndexedBase):
    """A probability mass function with entries ``p[1], ..., p[n]`` (or ``p[1, 1], ..., p[n, m]``): positive, sum 1.

    A derivative with respect to an entry treats the entries as free variables.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> p = Pmf("p", n)
    >>> entropy(p)
    -Sum(log(p[i])*p[i], (i, 1, n))
    """

    def __new__(cls, name, *shape):
        if len(shape) == 1 and isinstance(shape[0], sp.Tuple):  # SymPy rebuilds an object from its args
            shape = tuple(shape[0])
        label = sp.Symbol(str(name), positive=True)
        return super().__new__(cls, label, shape=tuple(sp.sympify(size) for size in shape))


class Channel(Pmf):
    """Conditional probabilities: ``w = Channel("w", n, m)`` has n rows, ``w[i, 1], ..., w[i, m]``, each a Pmf.

    >>> from entropybook.symbolic import prove_equal
    >>> i, j, n, m = sp.symbols("i j n m", integer=True, positive=True)
    >>> w = Channel("w", n, m)
    >>> prove_equal(sp.Sum(w[i, j], (j, 1, m)), 1).rhs
    1
    """


def _total(term, *distributions):
    """The sum of term(p, q, ...) over the outcomes of the distributions."""
    if all(isinstance(d, Pmf) for d in distributions):
        if len({d.shape for d in distributions}) > 1:
            raise ValueError(f"the distributions have different shapes: {[d.shape for d in distributions]}")
        indices = _INDICES[: len(distributions[0].shape)]
        body = term(*(d[indices] for d in distributions))
        return sp.Sum(body, *((i, 1, size) for i, size in zip(indices, distributions[0].shape, strict=True)))
    entries = [_entries(d) for d in distributions]
    if len({len(e) for e in entries}) > 1:
        raise ValueError(f"the distributions have different lengths: {[len(e) for e in entries]}")
    return sp.Add(*(term(*row) for row in zip(*entries, strict=True)))


def _entries(distribution):
    if isinstance(distribution, Pmf):
        return list(explicit(distribution))
    entries = [sp.sympify(entry) for entry in distribution]
    for place, entry in enumerate(entries):
        if entry.is_negative or entry.is_extended_real is False or (not entry.is_finite and entry.is_number):
            raise ValueError(f"entry {place} of {distribution} is {entry}, which is not a probability")
    total = sp.simplify(sp.Add(*entries))
    if total.is_number and total != 1:
        raise ValueError(f"the entries of {distribution} sum to {total}, not to 1")
    return entries


def explicit(p):
    """The entries of a Pmf whose size is a number, as a list (a Matrix for a pair), the last one as 1 minus the others.

    >>> explicit(Pmf("p", 3))
    [p[1], p[2], -p[1] - p[2] + 1]
    """
    places = list(product(*(range(1, int(size) + 1) for size in p.shape)))
    width = int(p.shape[-1]) if isinstance(p, Channel) else len(places)  # so many entries sum to 1
    entries = []
    for start in range(0, len(places), width):
        row = [p[place] for place in places[start : start + width - 1]]
        entries += [*row, 1 - sp.Add(*row)]
    return entries if len(p.shape) == 1 else sp.Matrix(*map(int, p.shape), entries)


def _in_base(nats, base):
    return nats if base is None else nats / sp.log(base)


def surprisal(p, *, base=None):
    """-log p of one probability, infinite at 0.

    >>> surprisal(sp.Rational(1, 8), base=2)
    3
    """
    p = sp.sympify(p)
    return sp.oo if p == 0 else sp.simplify(_in_base(-sp.log(p), base)) if p.is_number else _in_base(-sp.log(p), base)


def cross_entropy(p, q, *, base=None):
    """-sum p log q: 0 where p = 0, infinite where q = 0 < p.

    >>> x = sp.Symbol("x", positive=True)
    >>> cross_entropy([1, 0], [x, 1 - x])
    -log(x)
    """
    return _in_base(-_total(lambda a, b: _weighted(a, b, sp.log(b), -sp.oo), p, q), base)


def entropy(p, *, base=None):
    """-sum p log p, with 0 log 0 = 0.

    >>> entropy([sp.Rational(1, 2), sp.Rational(1, 2), 0])
    log(2)
    """
    return cross_entropy(p, p, base=base)


def kl_divergence(p, q, *, base=None):
    """sum p log(p/q): 0 where p = 0, infinite where q = 0 < p.

    >>> kl_divergence([sp.Rational(1, 2), sp.Rational(1, 2)], [1, 0])
    oo
    """
    return _in_base(_total(lambda a, b: _weighted(a, b, sp.log(a / b), sp.oo), p, q), base)


def _weighted(p, q, logarithm, where_q_is_0):
    """p times the logarithm, 0 where p = 0, and the infinite value where q = 0 < p."""
    if p == 0:
        return sp.S.Zero
    if q == 0 and not p.is_positive:
        raise ValueError(f"0 stands against {p}, which may be 0 or positive")
    return where_q_is_0 if q == 0 else p * logarithm


def jeffreys_divergence(p, q, *, base=None):
    """D(P||Q) + D(Q||P)."""
    return kl_divergence(p, q, base=base) + kl_divergence(q, p, base=base)


def jensen_shannon_divergence(p, q, *, base=None):
    """The mean divergence of P and of Q from their midpoint."""

    def half(a, b):
        return sp.S.Zero if a == 0 else a * sp.log(2 * a / (a + b)) / 2

    return _in_base(_total(lambda a, b: half(a, b) + half(b, a), p, q), base)


def joint_entropy(joint, *, base=None):
    """H(X, Y) of a Pmf with two indices or of a Matrix."""
    return entropy(joint, base=base)


def conditional_entropy(joint, *, base=None):
    """H(Y|X) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    return joint_entropy(joint, base=base) - entropy_of_marginal(joint, 0, base=base)


def mutual_information(joint, *, base=None):
    """I(X; Y) = D(joint || product of the marginals) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    x, y, _, _ = _INDICES
    if isinstance(joint, Pmf):
        rows, columns = (marginal(joint, axis) for axis in (0, 1))
        body = joint[x, y] * sp.log(joint[x, y] / (rows(x) * columns(y)))
        return _in_base(sp.Sum(body, (x, 1, joint.shape[0]), (y, 1, joint.shape[1])), base)
    joint = sp.Matrix(joint)
    return kl_divergence(joint, marginal(joint, 0) * marginal(joint, 1).T, base=base)


def marginal(joint, axis):
    """The distribution of one variable: a function of its index for a Pmf, a column of entries for a Matrix."""
    if isinstance(joint, Pmf):
        k = _INDICES[2]
        place = (lambda x: joint[x, k]) if axis == 0 else (lambda y: joint[k, y])
        return lambda index: sp.Sum(place(index), (k, 1, joint.shape[1 - axis]))
    joint = sp.Matrix(joint)
    return joint * sp.ones(joint.cols, 1) if axis == 0 else joint.T * sp.ones(joint.rows, 1)


def entropy_of_marginal(joint, axis, *, base=None):
    """H(X) for axis=0, H(Y) for axis=1."""
    if not isinstance(joint, Pmf):
        return entropy(marginal(joint, axis), base=base)
    i = _INDICES[0]
    probability = marginal(joint, axis)(i)
    return _in_base(-sp.Sum(probability * sp.log(probability), (i, 1, joint.shape[axis])), base)
