"""Formulas that several families of continuous distributions share."""

import sympy as sp
from sympy import EulerGamma, Rational, digamma, exp, gamma, log

from entropybook.distributions.expectations import Generator

HALF = Rational(1, 2)


def log_beta(a, b):
    """The logarithm of the beta function."""
    return log(gamma(a)) + log(gamma(b)) - log(gamma(a + b))


def gamma_entropy(shape, rate):
    """The entropy of a gamma distribution."""
    return shape - log(rate) + log(gamma(shape)) + (1 - shape) * digamma(shape)


def gamma_kl(k, b, k2, b2):
    """The divergence of gamma distributions with shapes k, k2 and rates b, b2."""
    return k2 * log(b / b2) - log(gamma(k)) + log(gamma(k2)) + (k - k2) * digamma(k) - (b - b2) * k / b


def beta_kl(p, q):
    """The divergence of beta distributions."""
    return (
        log_beta(q.a, q.b)
        - log_beta(p.a, p.b)
        + (p.a - q.a) * digamma(p.a)
        + (p.b - q.b) * digamma(p.b)
        + (q.a - p.a + q.b - p.b) * digamma(p.a + p.b)
    )


def beta_moment(a, b):
    """E X^t of a beta distribution."""
    value = lambda t: gamma(a + t) * gamma(a + b) / (gamma(a) * gamma(a + b + t))  # noqa: E731
    return Generator(value, by=lambda y, p: y / (1 + y))


def normal_growth(p):
    """The moment generating function of a normal distribution."""
    return lambda t: exp(p.mu * t + p.sigma**2 * t**2 / 2)


def normal_kl(p, q):
    """The divergence of normal distributions."""
    return log(q.sigma) - log(p.sigma) + (p.sigma**2 + (p.mu - q.mu) ** 2) / (2 * q.sigma**2) - HALF


def scale_kl(k):
    """The divergence of powers of normals, with k degrees of freedom, that differ only in scale."""
    return lambda p, q: k * log(q.sigma / p.sigma) + Rational(k, 2) * (p.sigma**2 / q.sigma**2 - 1)


def weibull_kl(k, s, k2, s2):
    """The divergence of Weibull distributions with shapes k, k2 and scales s, s2."""
    return (
        log(k) - k * log(s) - log(k2) + k2 * log(s2)
        + (k - k2) * (log(s) - EulerGamma / k)
        + (s / s2) ** k2 * gamma(k2 / k + 1)
        - 1
    )  # fmt: skip


def bessel_ratio(kappa):
    return sp.besseli(1, kappa) / sp.besseli(0, kappa)


def gamma_density(x, shape, rate):
    return shape * log(rate) - log(gamma(shape)) + (shape - 1) * log(x) - rate * x


def gamma_moments(x, shape, rate):
    return {
        x: Generator(lambda t: gamma(shape + t) / gamma(shape) * rate**-t),
        exp(x): Generator(lambda t: (1 - t / rate) ** -shape, sign=-1),
    }


def triangle(x, p):
    """log of the density relative to its top."""
    return sp.Piecewise(
        (log(x - p.a) - log(p.mode - p.a), x < p.mode), (log(p.b - x) - log(p.b - p.mode), x > p.mode), (0, True)
    )


def nakagami_density(x, m, w):
    return log(2) + m * log(m) - m * log(w) - log(gamma(m)) + (2 * m - 1) * log(x) - m / w * x**2
