"""Numbers for distributions of vectors: entropies, divergences and densities, as intervals."""

import math
from fractions import Fraction

from entropybook.distributions.intervals import IV, MP, exact, iv_digamma, iv_exp, iv_log, iv_loggamma, narrowed
from entropybook.distributions.sums import binomial_terms, mean_score


def is_pmf(values):
    """Whether numbers are probabilities, but for rounding of their sum."""
    return not isinstance(values[0], tuple) and min(values) >= 0 and abs(math.fsum(values) - 1) <= 1e-6


def is_covariance(rows):
    """Whether a matrix is positive definite, and symmetric but for rounding."""
    size = range(len(rows))
    if not isinstance(rows[0], tuple) or any(len(row) != len(rows) or row[i] <= 0 for i, row in enumerate(rows)):
        return False
    scale = [math.sqrt(rows[i][i]) for i in size]
    if any(abs(rows[i][j] - rows[j][i]) > 1e-12 * scale[i] * scale[j] for i in size for j in range(i)):
        return False
    digits = max(sum(map(int.bit_length, Fraction(v).as_integer_ratio())) for row in rows for v in row)
    try:  # a determinant that has more digits than this before the first one is 0
        return narrowed(lambda: factors(rows) and IV.zero, most=200 + 2 * len(rows) * digits) == 0
    except (ValueError, ArithmeticError):
        return False


def plogpq(ps, qs):
    """The sum of p log(p/q); terms with p = 0 are 0."""
    return sum((p * iv_log(p / q) for p, q in zip(ps, qs, strict=True) if p != 0), IV.zero)


def normalised(p):
    """The probabilities p.p, made to sum to 1."""
    values = exact(p.p)
    total = sum(values)
    return [v / total for v in values]


def is_within(p, q):
    """Whether q is positive where p is."""
    return all(b or not a for a, b in zip(p.p, q.p, strict=True))


def multinomial_entropy(p):
    """n log n - log n! + sum_i (log m_i! - m_i log(n p_i) + E log(X_i!/m_i!) - (X_i - m_i) log(n p_i)), m_i near n p_i.

    It is n H - log n! + sum_i E log X_i!, where X_i is binomial, without what cancels.
    """
    shares = [Fraction(v) for v in p.p if v]
    n, shares = p.n, [v / sum(shares) for v in shares]
    if len(shares) == 1:
        return IV.zero
    total = n * iv_log(exact(n)) - iv_loggamma(exact(n + 1))
    for share in shares:
        mean = exact(n * share, MP)
        total += iv_loggamma(exact(int(n * share) + 1)) - int(n * share) * iv_log(exact(n * share))
        total += mean_score(*binomial_terms(n, share), 0, lambda k, _, mean=mean: MP.log((k + 1) / mean))
    return total


def log_normaliser(alpha):
    return sum(map(iv_loggamma, alpha)) - iv_loggamma(sum(alpha))


def dirichlet_entropy(p):
    alpha = exact(p.alpha)
    total = iv_digamma(sum(alpha))
    return log_normaliser(alpha) - sum((a - 1) * (iv_digamma(a) - total) for a in alpha)


def dirichlet_kl(p, q):
    first, second = exact(p.alpha), exact(q.alpha)
    total = iv_digamma(sum(first))
    terms = ((a - b) * (iv_digamma(a) - total) for a, b in zip(first, second, strict=True))
    return log_normaliser(second) - log_normaliser(first) + sum(terms)


def factors(rows):
    """L, with ones on the diagonal, and the diagonal D of L D L^T; ValueError if that is not positive definite."""
    lower, pivots = [], []
    for i, row in enumerate(exact(rows)):
        products = []  # L_ij D_j
        for j in range(i):
            products.append(row[j] - sum(a * b for a, b in zip(products, lower[j], strict=False)))
        lower.append([a / d for a, d in zip(products, pivots, strict=True)])
        pivots.append(row[i] - sum(a * b for a, b in zip(products, lower[i], strict=True)))
        if not pivots[i] > 0:
            raise ValueError
    return lower, pivots


def squares(lower, pivots, column):
    """The sum of z_i^2/D_i, where L z = column, and so column^T (L D L^T)^-1 column."""
    z = []
    for row, entry in zip(lower, column, strict=True):
        z.append(entry - sum(a * b for a, b in zip(row, z, strict=True)))
    return sum(v**2 / d for v, d in zip(z, pivots, strict=True))


def multivariate_normal_entropy(p):
    return (len(p.mean) * iv_log(2 * IV.pi * IV.e) + sum(map(iv_log, factors(p.cov)[1]))) / 2


def multivariate_normal_kl(p, q):
    """From the factors: the trace is a sum of squares for the columns of L1, the quadratic form that of mu1 - mu2."""
    (lower, pivots), second, size = factors(p.cov), factors(q.cov), len(p.mean)
    away = [a - b for a, b in zip(exact(p.mean), exact(q.mean), strict=True)]
    total = squares(*second, away) - size + sum(map(iv_log, second[1])) - sum(map(iv_log, pivots))
    for j, pivot in enumerate(pivots):
        column = [0] * j + [1] + [lower[i][j] for i in range(j + 1, size)]
        total += pivot * squares(*second, column)
    return total / 2


def multinomial_pdf(x, p):
    if min(x) < 0 or sum(x) != p.n or any(c != int(c) for c in x):
        return IV.zero
    logs = (c * iv_log(share) for share, c in zip(normalised(p), x, strict=True) if c)
    return iv_exp(iv_loggamma(exact(p.n + 1)) - sum(iv_loggamma(exact(c + 1)) for c in x) + sum(logs))


def dirichlet_pdf(x, p):
    """Of the first entries: the last is 1 minus the others."""
    if min(x) < 0 or abs(sum(map(Fraction, x)) - 1) > 1e-6:
        return IV.zero
    powers = [(e, a - 1) for e, a in zip(exact(x), exact(p.alpha), strict=True) if a != 1]
    signs = {bool(power > 0) for e, power in powers if e == 0}
    if signs:
        if len(signs) == 2:
            raise ValueError(f"x = {x!r}: the density has no limit there")
        return IV.zero if signs == {True} else IV.inf
    return iv_exp(sum((power * iv_log(e) for e, power in powers), -log_normaliser(exact(p.alpha))))


def multivariate_normal_pdf(x, p):
    lower, pivots = factors(p.cov)
    square = squares(lower, pivots, [a - b for a, b in zip(exact(x), exact(p.mean), strict=True)])
    return iv_exp(-(square + len(x) * iv_log(2 * IV.pi) + sum(map(iv_log, pivots))) / 2)
