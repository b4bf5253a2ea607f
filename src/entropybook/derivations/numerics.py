"""Appendix A5, how far to trust the numbers."""

import sympy as sp

from entropybook.derivation import Derivation, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, KL_AS_PHI_SUM, LOG_TANGENT_BOUND
from entropybook.derivations.notation import i, k, n, p, q, t, total, x

CHAPTER = "a5_numerics"

a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "pq")
A, B = sp.Sum(a[k], (k, 1, n)), sp.Sum(b[k], (k, 1, n))
S = total(a[i] * sp.log(a[i] / b[i]))
G = total(a[i] * sp.log(a[i] / b[i]) - a[i] + b[i])
K = total(a[i] / A * sp.log((a[i] / A) / (b[i] / B)))
normalised = {p: lambda i: a[i] / A, q: lambda i: b[i] / B}

THREE_KL_SUMS = Derivation(
    "three-kl-sums",
    "The three sums",
    r"Let $p_i, q_i > 0$ with sums $A$ and $B$, and let $S = \sum_i p_i \log \frac{p_i}{q_i}$, $G = S - A + B$ and "
    r"$K = \sum_i \frac{p_i}A \log \frac{p_i/A}{q_i/B}$. With $c = (B - A)/A$, "
    r"$K = \frac SA + \log \frac BA = \frac GA - \bigl( c - \log(1 + c) \bigr)$. Every term of $G$ is at least 0, and "
    r"$0 \le K \le G/A$, where $K = 0$ if and only if $q$ is a multiple of $p$, and $K = G/A$ if and only if $A = B$. "
    r"$S$ is negative if and only if $K < \log \frac BA$.",
    (
        Step(
            "=",
            S / A + sp.log(B / A),
            "Take the constants out of the sum, in which the $p_i/A$ sum to 1. So $S/A = K - \\log (B/A)$.",
            left=K,
            name="K",
        ),
        Step("=", G / A - ((B - A) / A - sp.log(1 + (B - A) / A)), "$S = G + A - B = G - cA$, and $B/A = 1 + c$."),
        Step(
            "<=",
            G / A,
            "What is taken off is the gap of the lemma at $x = B/A$; it is 0 for $A = B$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: B / A}),
        ),
        Step(
            "=",
            b[i] * (t * sp.log(t) - t + 1).xreplace({t: a[i] / b[i]}),
            "Take $q_i$ out of a term of $G$.",
            theorem="kl-as-phi-sum",
            left=a[i] * sp.log(a[i] / b[i]) - a[i] + b[i],
            name=r"p_i \log \frac{p_i}{q_i} - p_i + q_i",
        ),
        Step(
            ">=", 0, r"$\varphi(t) = t \log t - t + 1$ is never negative.", Lemma(KL_AS_PHI_SUM, {t: a[i] / b[i]}, b[i])
        ),
        Step(
            ">=",
            0,
            "$K$ is the divergence of two distributions, $p_i/A$ and $q_i/B$; it is 0 only if they are the same, that is, if every $q_i = \\frac BA\\, p_i$.",
            Lemma(GIBBS_INEQUALITY, normalised),
            left=K,
            name="K",
        ),
        Step(
            "=",
            0,
            "If every $q_i = x\\, p_i$, then $B = xA$, and every logarithm is $\\log 1$.",
            left=K.replace(lambda e: isinstance(e, sp.Indexed) and e.base == b, lambda e: x * a[e.indices[0]]),
        ),
    ),
    CHAPTER,
    sources=("Csiszár (1991), for $G$",),
    names={A: "A", B: "B"},
)

s = sp.Symbol("s", real=True)
z, size = sp.symbols("z m", positive=True)
power = sp.Symbol("k", integer=True, nonnegative=True)
P, Q = size * (1 + s) / 2, size * (1 - s) / 2
R = (sp.atanh(s) / s - 1) / s**2
term = P * sp.log(P / Q) - P + Q
TERM_NAME = r"p \log \frac pq - p + q"

KL_TERM_SERIES = Derivation(
    "kl-term-series",
    "A term of the divergence without cancellation",
    r"For $p, q > 0$ let $d = p - q$ and $s = d/(p + q)$. Then "
    r"$p \log \frac pq - p + q = d\,s\, \bigl( 1 + s\,(1 + s)\, R(s^2) \bigr)$ with $R(z) = \sum_{k=0}^\infty \frac{z^k}{2k + 3}$. "
    r"The bracket is positive, and $d\,s = d^2/(p + q)$ is not negative.",
    (
        Step(
            "=",
            (sp.atanh(sp.sqrt(z)) / sp.sqrt(z) - 1) / z,
            r"Take $\operatorname{artanh} s = s + \frac{s^3}3 + \frac{s^5}5 + \dots$ at $s = \sqrt z$: the first term is taken off, "
            "and the others are divided by $s^3$. All is even in $s$, so $s < 0$ makes no difference.",
            left=sp.Sum(z**power / (2 * power + 3), (power, 0, sp.oo)),
            name="R(z)",
        ),
        Step(
            "=",
            size * ((1 + s) * sp.atanh(s) - s),
            r"With $m = p + q$, $p = \frac m2 (1 + s)$ and $q = \frac m2 (1 - s)$; so $\log \frac pq = \log \frac{1 + s}{1 - s} = "
            r"2 \operatorname{artanh} s$.",
            left=term,
            name=TERM_NAME,
        ),
        Step(
            "=",
            size * s**2 * (1 + s * (1 + s) * R),
            r"By the first step $\frac1s \operatorname{artanh} s = 1 + s^2 R(s^2)$. With $\rho = s^2 R(s^2)$ the last line is $m$ times "
            r"$(1 + s)\, s\,(1 + \rho) - s = s^2 + s\,(1 + s)\, \rho = s^2\, \bigl( 1 + s\,(1 + s)\, R(s^2) \bigr)$, and $m s^2 = d\,s$.",
        ),
        Step(
            "=",
            size * s**2,
            "The factor in front is not negative.",
            left=(P - Q) ** 2 / (P + Q),
            name=r"d\,s = d^2/(p + q)",
        ),
        Step(
            ">",
            0,
            "For $s \\ne 0$ the term is positive: $p$ times the gap of the lemma at $x = q/p$. So is $d\\,s$, and so is the "
            "bracket, which is 1 for $s = 0$.",
            Lemma(LOG_TANGENT_BOUND, {x: Q / P}, P, chain=1),
            left=term,
            name=TERM_NAME,
            where=(sp.Ne(Q / P, 1),),
        ),
    ),
    CHAPTER,
    assumptions=("$-1 < s < 1$ and $s \\ne 0$ in the steps, and $0 < z < 1$; for $s = 0$ both sides are 0.",),
    sources=("NIST Digital Library of Mathematical Functions, section 4.38, for the series",),
    domain={s: (-1, 1), z: (0, 1)},
    names={sp.atanh(s) / s - 1: r"\rho"},
)
