"""Chapter 4, KL divergence."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.notation import OVER_I, OVER_J, coin, gap, i, j, k, lam, m, n, p, q, r, s, t, total, u, v, x
from entropybook.symbolic import Pmf, explicit, jeffreys_divergence, kl_divergence

CHAPTER = "04_kl_divergence"
COVER_THOMAS_2_6 = "Cover and Thomas (2006), section 2.6"
BOTH_POSITIVE = ("All $p_i > 0$ and $q_i > 0$ in the steps; the chapter's proof covers zeros.",)
D = kl_divergence(p, q)
D_NAME = r"D(P\,\|\,Q)"

LOG_TANGENT_BOUND = Derivation(
    "log-tangent-bound",
    "The logarithm lies under its tangent",
    r"For all $x > 0$, $\log x \le x - 1$, with equality if and only if $x = 1$.",
    (
        Step(
            ">=",
            0,
            "The derivative is $(x - 1)/x$, so the gap falls until $x = 1$ and rises after it; there it is 0.",
            Minimum(x, 1),
            left=gap(x),
            name=r"x - 1 - \log x",
        ),
        Step(
            ">",
            0,
            "The derivative vanishes nowhere else, so equality holds at $x = 1$ only.",
            Minimum(x, 1),
            left=gap(x),
            where=(sp.Ne(x, 1),),
        ),
    ),
    CHAPTER,
    assumptions=("$x > 0$",),
    sources=(COVER_THOMAS_2_6,),
)

GIBBS_INEQUALITY = Derivation(
    "gibbs-inequality",
    "Gibbs' inequality",
    r"For all distributions $P$ and $Q$ on the same finite set, $D(P\,\|\,Q) \ge 0$, with equality if and only if $P = Q$.",
    (
        Step(
            "=",
            total(p[i] * gap(q[i] / p[i])),
            "The added terms $q_i - p_i$ sum to $1 - 1 = 0$.",
            left=D,
            name=D_NAME,
        ),
        Step(
            ">=",
            0,
            "No gap is negative: the lemma at $x = q_i / p_i$, times $p_i$.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i] / p[i]}, p[i], [OVER_I]),
        ),
        Step("=", 0, "Every logarithm is $\\log 1 = 0$.", left=kl_divergence(p, p), name=r"D(P\,\|\,P)"),
        Step(
            ">=",
            p[k] * gap(q[k] / p[k]),
            "Of the gaps keep one; the others are not negative.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i] / p[i]}, p[i] * (1 - sp.KroneckerDelta(i, k)), [OVER_I]),
            left=D,
            name=D_NAME,
        ),
        Step(
            ">",
            0,
            "If $q_k \\ne p_k$, its ratio is not 1, and the gap is positive. So $D = 0$ for $P = Q$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: q[k] / p[k]}, p[k], chain=1),
            where=(sp.Ne(q[k] / p[k], 1),),
        ),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
)

values = sp.IndexedBase("x", shape=(n,), positive=True)
mean = total(p[j] * values[j], (j, 1, n))
log_mean_gap = sp.log(mean) - total(p[i] * sp.log(values[i]))

GIBBS_BY_JENSEN = Derivation(
    "gibbs-by-jensen",
    "Jensen's inequality for the logarithm",
    r"Let $p_i > 0$ with $\sum_i p_i = 1$, and $x_i > 0$. Then $\sum_i p_i \log x_i \le \log \sum_i p_i x_i$, "
    r"with equality if and only if all $x_i$ are equal. With $x_i = q_i/p_i$ it is Gibbs' inequality.",
    (
        Step(
            "=",
            total(p[i] * gap(values[i] / mean)),
            r"Let $\bar x = \sum_j p_j x_j$. The added terms $p_i\, (x_i/\bar x - 1)$ sum to 0.",
            left=log_mean_gap,
            name=r"\log \textstyle\sum_i p_i x_i - \sum_i p_i \log x_i",
        ),
        Step(
            ">=",
            0,
            r"No gap is negative: the lemma at $x = x_i / \bar x$; there is equality if every $x_i = \bar x$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: values[i] / mean}, p[i], [OVER_I]),
        ),
        Step(
            "=",
            0,
            "If all $x_i$ are the same number, both sides are its logarithm.",
            left=log_mean_gap.replace(lambda e: isinstance(e, sp.Indexed) and e.base == values, lambda e: x),
        ),
        Step(
            "=",
            -D,
            "For $x_i = q_i/p_i$ the mean is $\\sum_i q_i = 1$, and what is left is minus the divergence.",
            left=total(p[i] * sp.log(q[i] / p[i])) - sp.log(total(p[i] * q[i] / p[i])),
        ),
    ),
    CHAPTER,
    sources=(COVER_THOMAS_2_6,),
)

a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "ab")
A, B = total(a[j], (j, 1, n)), total(b[j], (j, 1, n))
log_sum = total(a[i] * sp.log(a[i] / b[i]))

LOG_SUM_INEQUALITY = Derivation(
    "log-sum-inequality",
    "Log-sum inequality",
    r"Let $a_i \ge 0$ and $b_i > 0$, with sums $A$ and $B$. Then $\sum_i a_i \log \frac{a_i}{b_i} \ge A \log \frac AB$, "
    r"with equality if and only if all the ratios $a_i/b_i$ are the same.",
    (
        Step(
            "=",
            A * total(a[i] / A * sp.log((a[i] / A) / (b[i] / B))) + A * sp.log(A / B),
            "Make distributions of both: $a_i/A$ and $b_i/B$.",
            left=log_sum,
            name=r"\textstyle\sum_i a_i \log \frac{a_i}{b_i}",
        ),
        Step(
            ">=",
            A * sp.log(A / B),
            "The divergence of these distributions is not negative; it is 0 if they are the same only.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: a[i] / A, q: lambda i: b[i] / B}, A),
        ),
        Step(
            "=",
            (A * sp.log(A / B)).replace(lambda e: isinstance(e, sp.Indexed) and e.base == a, lambda e: x * b[e.indices[0]]),
            "If every $a_i = x\\, b_i$, both sides are $x B \\log x$.",
            left=total(x * b[i] * sp.log(x * b[i] / b[i])),
        ),
    ),
    CHAPTER,
    assumptions=("All $a_i > 0$ in the steps; a term with $a_i = 0$ counts as 0.",),
    sources=("Cover and Thomas (2006), theorem 2.7.1",),
)

phi = t * sp.log(t) - t + 1

KL_AS_PHI_SUM = Derivation(
    "kl-as-phi-sum",
    "Divergence without negative terms",
    r"Let $\varphi(t) = t \log t - t + 1$. Then $\varphi(t) \ge 0$, with equality only at $t = 1$, and if all $q_i > 0$, "
    r"$D(P\,\|\,Q) = \sum_i q_i\, \varphi(p_i/q_i)$.",
    (
        Step(
            "=",
            t * gap(1 / t),
            "The gap of the lemma at $x = 1/t$, times $t$.",
            theorem="log-tangent-bound",
            left=phi,
            name=r"\varphi(t)",
        ),
        Step(">=", 0, "No gap is negative.", Lemma(LOG_TANGENT_BOUND, {x: 1 / t}, t)),
        Step(
            ">",
            0,
            "For $t \\ne 1$ the gap is positive.",
            Lemma(LOG_TANGENT_BOUND, {x: 1 / t}, t, chain=1),
            left=phi,
            name=r"\varphi(t)",
            where=(sp.Ne(1 / t, 1),),
        ),
        Step(
            "=",
            total(p[i] * sp.log(p[i] / q[i]) - p[i] + q[i]),
            "The added terms $q_i - p_i$ sum to 0.",
            left=D,
            name=D_NAME,
        ),
        Step("=", total(q[i] * phi.xreplace({t: p[i] / q[i]})), "Take $q_i$ out of every term."),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Csiszár and Shields (2004), section 4, for sums of this form",),
)

coins = kl_divergence(coin(u), coin(v))

KL_INFINITE_SUPPORT = Derivation(
    "kl-infinite-support",
    "Ruling out what happens",
    r"$D(P\,\|\,Q)$ is finite if and only if $q_i > 0$ wherever $p_i > 0$. If $p_k > 0$ and $q_k \to 0$, then $D(P\,\|\,Q) \to +\infty$.",
    (
        Step(
            ">=",
            p[k] * sp.log(p[k] / q[k]) - p[k] + q[k],
            "The sum of all $p_i \\log (p_i/q_i) - p_i + q_i$ is $D$; of these terms, none negative, keep the one of $k$.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i] / p[i]}, p[i] * (1 - sp.KroneckerDelta(i, k)), [OVER_I]),
            left=D,
            name=D_NAME,
        ),
        Step(
            "=",
            sp.oo,
            "So the divergence grows without bound as $q_k$ goes to 0.",
            left=sp.Limit(x * sp.log(x / t) - x + t, t, 0, "+"),
        ),
        Step("=", sp.oo, "For two coins, the same in one limit.", left=sp.Limit(coins, v, 0, "+")),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Cover and Thomas (2006), section 2.3, for the convention",),
    domain={u: (0, 1), v: (0, 1)},
)
