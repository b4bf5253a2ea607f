"""The proofs for families of distributions of vectors, each by hand."""

import math

import sympy as sp
from sympy import Sum, gamma, log, pi

from entropybook import symbolic
from entropybook.symbolic import ProofError, prove_equal

N = sp.Symbol("n", integer=True, positive=True)  # the number of entries
D = sp.Symbol("d", integer=True, positive=True)  # the dimension
J = sp.Symbol("j", integer=True, positive=True)
_GRID = range(-400, 401)


def _compare_with_sums(p, q, points):
    """Compare with sums over (outcome, weight); ProofError if they differ."""
    entropy = divergence = 0.0
    for x, weight in points:
        here, there = p.pdf(x), q.pdf(x)
        if here:
            entropy -= weight * here * math.log(here)
            divergence += weight * here * math.log(here / there)
    for what, closed, direct in (("entropy", p.entropy(), entropy), ("divergence", p.kl(q), divergence)):
        if not math.isclose(closed, direct, rel_tol=1e-10):
            raise ProofError(f"the {what} of {p}, {q}: the formula gives {closed}, the definition {direct}")


def prove_categorical(family):
    """The formulas are the definitions themselves."""
    p, first, second = (family.symbols(index).p for index in ("", "_1", "_2"))
    prove_equal(-Sum(p[J] * log(p[J]), (J, 1, N)), family.entropy_formula)
    prove_equal(symbolic.cross_entropy(first, second) - symbolic.entropy(first), family.kl_formula)
    _compare_with_sums(family([0.25, 0.5, 0.25]), family([0.3, 0.5, 0.2]), [(x, 1) for x in range(3)])
    return {"entropy": "proved", "kl": "proved"}


def prove_multinomial(family):
    """n p_i for the count X_i in E[log f_1 - log f_2]; that X_i is binomial is stated."""
    p, q = family.symbols("_1"), family.symbols("_2")
    prove_equal(Sum(p.n * p.p[J] * (log(p.p[J]) - log(q.p[J])), (J, 1, N)), family.kl_formula)
    counts = [((i, j, 4 - i - j), 1) for i in range(5) for j in range(5 - i)]
    _compare_with_sums(family(4, [0.25, 0.5, 0.25]), family(4, [0.3, 0.5, 0.2]), counts)
    return {"entropy": "checked", "kl": "checked"}


def prove_dirichlet(family):
    """E log X_j, the derivative of the log-normaliser, put into E[-log f] and E[log f_1 - log f_2].

    That the normaliser is right, for any number of entries, is stated.
    """
    p, first, second = (family.symbols(index).alpha for index in ("", "_1", "_2"))
    size = 3

    def normaliser(a):
        entries = [a[i] for i in range(1, size + 1)]
        return sp.Add(*(log(gamma(e)) for e in entries)) - log(gamma(sp.Add(*entries)))

    def mean(a, weight):
        return sp.Add(*(weight(i) * sp.diff(normaliser(a), a[i]) for i in range(1, size + 1)))

    def explicit(formula):
        return formula.subs(N, size).doit()

    prove_equal(explicit(normaliser(p) - mean(p, lambda i: p[i] - 1)), explicit(family.entropy_formula))
    excess = normaliser(second) - normaliser(first) + mean(first, lambda i: first[i] - second[i])
    prove_equal(explicit(excess), explicit(family.kl_formula))
    grid = [
        ((u, v), u * v * 0.1) for u, v in ((1 / (1 + math.exp(s / 10)), 1 / (1 + math.exp(-s / 10))) for s in _GRID)
    ]
    _compare_with_sums(family([1.5, 2]), family([0.5, 3]), grid)
    return {"entropy": "checked", "kl": "checked"}


def prove_multivariate_normal(family):
    """In two dimensions: X = mu + L Z with E Z = 0, E Z Z^T = 1 (proved for normal) in the quadratic forms."""
    a, b, c, d, e, f = sp.symbols("a:f", positive=True)
    m = sp.Matrix(sp.symbols("m1 m2", real=True))
    first, second = sp.Matrix([[a, 0], [b, c]]), sp.Matrix([[d, 0], [e, f]])
    z = sp.Matrix(sp.symbols("z1 z2", real=True))

    def mean(vector):
        """E|vector|^2, where the vector is linear in Z."""
        square = sp.Poly(sp.expand((vector.T * vector)[0]), *z)
        moments = {(0, 0): 1, (2, 0): 1, (0, 2): 1}
        return sp.Add(*(coefficient * moments.get(powers, 0) for powers, coefficient in square.terms()))

    def log_density(square, factor):
        return -log(2 * pi) - log(factor[0, 0]) - log(factor[1, 1]) - square / 2

    own, other = mean(z), mean(second.inv() * (m + first * z))
    values = {"mu": sp.zeros(2, 1), "Sigma": first * first.T}
    values |= {"mu_1": m, "Sigma_1": first * first.T, "mu_2": sp.zeros(2, 1), "Sigma_2": second * second.T}
    shapes = {sp.MatrixSymbol(n, D, 1 if "mu" in n else D): v for n, v in values.items()}

    def explicit(formula):
        return formula.xreplace(shapes | {D: sp.Integer(2)}).doit()

    prove_equal(-log_density(own, first), explicit(family.entropy_formula))
    prove_equal(log_density(own, first) - log_density(other, second), explicit(family.kl_formula))
    grid = [((x / 2, y / 2), 0.25) for x in range(-18, 19) for y in range(-18, 19)]
    _compare_with_sums(family([0, 0.5], [[1, 0.25], [0.25, 0.75]]), family([0.5, 0], [[1, -0.5], [-0.5, 2]]), grid)
    return {"entropy": "checked", "kl": "checked"}
