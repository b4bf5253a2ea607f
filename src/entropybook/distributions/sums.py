"""Entropies that are left as sums over the integers: from the mode outwards until the rest does not count."""

from entropybook.distributions.intervals import BITS, LOCK, MP, around, exact, iv_log, iv_loggamma, narrowed

MOST_TERMS = 10**5


def mean_score(log_f, mode, high, ratio, score, gain, limit=0):
    """E score(X), as an interval, outwards from a k near the mode until the rest does not count.

    log_f() encloses log f(mode); ratio(k) is f(k + 1)/f(k), falling or tending to `limit`; score(k + 1) - score(k) is
    gain(k, ratio(k)), at most minus the logarithm of the ratio.
    """
    with LOCK, MP.workprec(BITS):
        start = MP.exp(narrowed(log_f, 90))
        total, tiny = start * score, MP.ldexp(1, -80)
        for step in (1, -1):
            k, p, value, terms = mode, start, score, 0
            while (k < high) if step == 1 else (k > 0):
                factor = ratio(min(k, k + step))
                change, factor = gain(min(k, k + step), factor), factor**step
                k, p, value, terms = k + step, p * factor, value + step * change, terms + 1
                total += p * value
                beyond = 1 - (max(factor, limit) if step == 1 else factor)
                if beyond > 0 and p * (1 + value) <= tiny * total * beyond**2:
                    break
                if terms > MOST_TERMS:
                    raise NotImplementedError("the entropy is a sum of more than 100000 terms; it is not computed")
        return around(total, total, 72)


def lattice_entropy(log_f, mode, high, ratio, limit=0):
    """E(-log f(X)): all terms are positive."""
    return mean_score(log_f, mode, high, ratio, -narrowed(log_f, 90), lambda k, factor: -MP.log(factor), limit)


def binomial_terms(n, p):
    """For `mean_score`, of a Fraction p."""
    k, odds = int(n * p), exact(p, MP) / exact(1 - p, MP)

    def log_f():
        ways = iv_loggamma(exact(n + 1)) - iv_loggamma(exact(k + 1)) - iv_loggamma(exact(n - k + 1))
        return ways + k * iv_log(exact(p)) + (n - k) * iv_log(exact(1 - p))

    return log_f, k, n, lambda k: (n - k) * odds / (k + 1)
