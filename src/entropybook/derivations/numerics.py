"""Appendix A5, How far to trust the numbers."""

import sympy as sp

from entropybook.derivation import Derivation, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND, A, B, a, b
from entropybook.derivations.notation import OVER_I, gap, i, p, q, total, u, x

CHAPTER = "a5_numerics"
literal = total(a[i] * sp.log(a[i] / b[i]))
normalised = total(a[i] / A * sp.log((a[i] / A) / (b[i] / B)))
general = total(a[i] * sp.log(a[i] / b[i]) - a[i] + b[i])
excess = (B - A) / A

THREE_KL_SUMS = Derivation(
    "three-kl-sums",
    "The three sums",
    r"Let $a_i, b_i > 0$ with sums $A$ and $B$, and $c = (B - A)/A$. Let $S = \sum_i a_i \log \frac{a_i}{b_i}$, $G = S - A + B$, and let $K$ be the divergence of the distributions $a_i / A$ and $b_i / B$. Then $K = S/A + \log (B/A) = G/A - (c - \log(1 + c))$. Every term of $G$ is at least 0, and $K \ge 0$ with equality if and only if $b$ is a multiple of $a$. $S$ is negative exactly if $K < \log(B/A)$.",
    (
        Step(
            "=",
            literal / A + sp.log(B / A),
            "Take the constants out of the sum; the $a_i / A$ add up to 1.",
            left=normalised,
            name="K",
        ),
        Step(
            "=",
            general / A - (excess - sp.log(1 + excess)),
            "$S = G + A - B$, and $B/A = 1 + c$.",
        ),
        Step(
            "=",
            total(a[i] * gap(b[i] / a[i])),
            "A term of $G$ is $a_i$ times the gap of the lemma at $x = b_i / a_i$ ...",
            theorem="log-tangent-bound",
            left=general,
            name="G",
        ),
        Step(
            ">=",
            0,
            "... and so never negative.",
            Lemma(LOG_TANGENT_BOUND, {x: b[i] / a[i]}, a[i], [OVER_I]),
        ),
        Step(
            ">=",
            0,
            "$K$ is the divergence of two distributions.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: a[i] / A, q: lambda i: b[i] / B}),
            left=normalised,
            name="K",
        ),
    ),
    CHAPTER,
    sources=("Csiszár (1991), for G",),
    names={A: "A", B: "B"},
)

s, m = sp.symbols("s m", positive=True)
first, second = m * (1 + s) / 2, m * (1 - s) / 2
series = (sp.atanh(s) / s - 1) / s**2
term = first * sp.log(first / second) - first + second

KL_TERM_SERIES = Derivation(
    "kl-term-series",
    "A term of the divergence without cancellation",
    r"For $p, q > 0$ let $d = p - q$ and $s = d/(p + q)$. Then $p \log \frac pq - p + q = d s\, (1 + s (1 + s) R(s^2))$ with $R(z) = \sum_{k \ge 0} \frac{z^k}{2k + 3}$. The bracket is positive, and $d s = d^2 / (p + q)$ is not negative.",
    (
        Step(
            "=",
            2 * sp.atanh(s),
            r"With $m = p + q$, $p = \frac m2 (1 + s)$ and $q = \frac m2 (1 - s)$.",
            left=sp.log(first / second),
            name=r"\log \frac pq",
        ),
        Step(
            "=",
            u / (1 - u),
            "A geometric series, with $u = s^2$ ...",
            left=sp.Sum(u**i, (i, 1, sp.oo)),
            name="s^2 + s^4 + s^6 + \\dots",
        ),
        Step(
            "=",
            s**2 / (1 - s**2),
            r"... is the slope of $\operatorname{artanh} s - s$. Integrate term by term: $\operatorname{artanh} s - s = \frac{s^3}{3} + \frac{s^5}{5} + \dots = s^3 R(s^2)$.",
            left=sp.Derivative(sp.atanh(s) - s, s),
            name=r"\frac{d}{ds} (\operatorname{artanh} s - s)",
        ),
        Step(
            "=",
            m * s * s * (1 + s * (1 + s) * series),
            r"Put both in, with $d = m s$ and $R(s^2) = (\operatorname{artanh} s - s) / s^3$.",
            left=term,
            name=r"p \log \frac pq - p + q",
        ),
        Step(
            ">=",
            0,
            "The term is $p$ times the gap at $x = q/p$.",
            Lemma(LOG_TANGENT_BOUND, {x: (1 - s) / (1 + s)}, first),
            left=term,
            name=r"p \log \frac pq - p + q",
        ),
    ),
    CHAPTER,
    assumptions=("$p > q$, that is $0 < s < 1$, in the steps; otherwise the signs of $s$ and $d$ change together.",),
    sources=("computed here",),
    domain={s: (0, 1), u: (0, 1)},
)
