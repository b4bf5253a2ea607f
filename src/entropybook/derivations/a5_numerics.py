"""Appendix A5, how far to trust the numbers."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.ch04_kl_divergence import KL_AS_PHI_SUM
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import gap, i, k, l, n, p, q, t, total, x

CHAPTER = "a5_numerics"

a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "pq")
A, B = sp.Sum(a[l], (l, 1, n)), sp.Sum(b[l], (l, 1, n))
S = total(a[i] * sp.log(a[i] / b[i]))
G = total(a[i] * sp.log(a[i] / b[i]) - a[i] + b[i])
K = total(a[i] / A * sp.log((a[i] / A) / (b[i] / B)))
at, term = {t: a[i] / b[i]}, a[i] * sp.log(a[i] / b[i]) - a[i] + b[i]
unequal, apart = sp.Ne(B / A, 1), sp.Ne(b[k] / B / (a[k] / A), 1)
normalised = {p: lambda i: a[i] / A, q: lambda i: b[i] / B}


def scaled(expression, of_p, of_q):
    """The expression for other numbers p and q."""
    values = {a: of_p, b: of_q}
    return expression.replace(lambda e: isinstance(e, sp.Indexed), lambda e: values[e.base](e.indices[0]))


same_sums = [scaled(expression, lambda i: t * p[i], lambda i: t * q[i]) for expression in (K, G / A)]

THREE_KL_SUMS = Derivation(
    "three-kl-sums",
    "The three sums",
    (
        r"Let $p_i, q_i > 0$ with sums $A$ and $B$, and let $S = \sum_i p_i \log \frac{p_i}{q_i}$, $G = \sum_i \left( p_i \log \frac{p_i}{q_i} + q_i - p_i \right)$ and "
        r"$K = \sum_i \frac{p_i}A \log \frac{B p_i}{A q_i}$. Then",
        Clause(r"$K = \log \frac BA + \frac SA = \log \frac BA + 1 + \frac GA - \frac BA \le \frac GA$,", (0,)),
        Clause(r"with equality if and only if $A = B$.", (1, 2)),
        Clause(r"Every term of $G$ is at least 0: $p_i \log \frac{p_i}{q_i} + q_i - p_i \ge 0$.", (3,)),
        Clause(r"$K \ge 0$, with equality if and only if $q_i = \frac BA p_i$ for all $i$.", (4, 5, 6)),
        Clause(r"$S = A \left( K - \log \frac BA \right)$ has the sign of the second factor, as the first one is positive.", (7,)),
    ),
    (
        Step("=", S / A + sp.log(B / A), "Take the constants out of the sum, in which the $p_i/A$ sum to 1.", left=K),
        Step("=", G / A - gap(B / A), "$S = G + A - B$."),
        Step("<=", G / A, "What is subtracted is a gap of the lemma, at $x = B/A$.", Lemma(LOG_TANGENT_BOUND, {x: B / A})),
        Step("=", same_sums[1], "If both sums are the same number $t$, the gap is $1 - 1 - \\log 1$.", left=same_sums[0]),
        Step("<", G / A, "The gap is positive.", Lemma(LOG_TANGENT_BOUND, {x: B / A}, chain=1), left=K, where=(unequal,)),
        Step("=", b[i] * (t * sp.log(t) - t + 1).xreplace(at), "Take $q_i$ out of a term of $G$.", left=term),
        Step(">=", 0, r"$\varphi(t) = t \log t - t + 1$ is never negative.", Lemma(KL_AS_PHI_SUM, at, b[i])),
        Step(">=", 0, "A divergence, of $p_i/A$ from $q_i/B$.", Lemma(GIBBS_INEQUALITY, normalised), left=K),
        Step("=", 0, "If every $q_i = x\\, p_i$, then $B = xA$.", left=scaled(K, lambda i: a[i], lambda i: x * a[i])),
        Step(">", 0, "Unless they are the same.", Lemma(GIBBS_INEQUALITY, normalised, chain=2), left=K, where=(apart,)),
        Step("=", A * (K - sp.log(B / A)), "By the first step; and $A > 0$.", left=S),
    ),
    CHAPTER,
    sources=("Csiszár (1991), for $G$",),
    names={S: "S", G: "G", K: "K", A: "A", B: "B"},
    conditions={"A = B": unequal, r"q_i = \frac BA p_i": apart},
)

s = sp.Symbol("s", real=True)
z, size = sp.symbols("z m", positive=True)
power = sp.Symbol("k", integer=True, nonnegative=True)
P, Q = size * (1 + s) / 2, size * (1 - s) / 2
R = sp.atanh(s) / s**3 - 1 / s**2  # as a sum, so that it stays together in products
term = P * sp.log(P / Q) - P + Q
TERM_NAME = r"p \log \frac pq - p + q"

KL_TERM_SERIES = Derivation(
    "kl-term-series",
    "A term of the divergence without cancellation",
    (
        r"Let $p, q$ be positive, that is, $p = \frac{m (s + 1)}{2}$ and $q = \frac{m (1 - s)}{2}$ with $m > 0$, their sum, and $-1 < s < 1$. Then",
        Clause(r"$p \log \frac pq - p + q = m s^2 \left(R(s^2) s (s + 1) + 1\right)$ with $R(z) = \sum_{k=0}^{\infty} \frac{z^k}{2 k + 3}$,", (0, 1, 4)),
        Clause(r"and $\frac{(p - q)^2}{p + q} = m s^2 \ge 0$.", (2,)),
        Clause(r"Moreover $p \log \frac pq - p + q > 0$, except for equality at $s = 0$.", (3, 4)),
    ),
    (
        Step(
            "=",
            (sp.atanh(sp.sqrt(z)) / sp.sqrt(z) - 1) / z,
            r"Take $\operatorname{artanh} s = s + \frac{s^3}3 + \frac{s^5}5 + \dots$ at $s = \sqrt z$: without the first term, "
            "and divided by $s^3$.",
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
            r"As $\operatorname{artanh} s = s + s^3 R(s^2)$, this is $m$ times $(1 + s)(s + s^3 R(s^2)) - s = s^2 + s^3 (1 + s)\, R(s^2)$.",
        ),
        Step("=", size * s**2, "$p - q = m s$.", left=(P - Q) ** 2 / (P + Q), name=r"\frac{(p - q)^2}{p + q}"),
        Step(">=", 0, "A square.", Gap(size * s**2)),
        Step(
            ">",
            0,
            "The term is $p$ times the gap of the lemma at $x = q/p$. For $s \\ne 0$ it is positive.",
            Lemma(LOG_TANGENT_BOUND, {x: Q / P}, P, chain=1),
            left=term,
            name=TERM_NAME,
            where=(sp.Ne(Q / P, 1),),
        ),
        Step("=", 0, "At $s = 0$ both sides are 0.", left=term.xreplace({s: sp.S.Zero})),
    ),
    CHAPTER,
    assumptions=(
        r"$0 < z < 1$ and $s \ne 0$ in the steps. $\frac1s \operatorname{artanh} s$ is even in $s$, so for $z = s^2$ the sum is $R(s^2)$ for negative $s$ too. At $s = 0$ the bracket is 1.",
    ),
    sources=("NIST Digital Library of Mathematical Functions, section 4.38, for the series",),
    domain={s: (-1, 1), z: (0, 1)},
    names={R: "R(s^{2})", P: "p", Q: "q"},
    conditions={"s = 0": sp.Ne(Q / P, 1)},
)
