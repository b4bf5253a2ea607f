"""Chapter 4, KL divergence."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.notation import OVER_I, OVER_J, coin, gap, i, j, k, m, n, p, q, r, t, total, u, v, x
from entropybook.symbolic import Channel, Pmf, kl_divergence

CHAPTER = "04_kl_divergence"
COVER_THOMAS_2_6 = "Cover and Thomas (2006), section 2.6"
BOTH_POSITIVE = r"All $p_i > 0$ and $q_i > 0$ in the steps. Else a term with $p_i = 0$ counts as 0, and if $q_i = 0 < p_i$ for some $i$, $D(P\,\|\,Q)$ and $H(P, Q)$ are $+\infty$."
D = kl_divergence(p, q)
D_NAME = r"D(P\,\|\,Q)"

LOG_TANGENT_BOUND = Derivation(
    "log-tangent-bound",
    "The logarithm lies under its tangent",
    (
        "For all $x > 0$,",
        Clause(r"$x - 1 - \log x \ge 0$: the logarithm lies under its tangent at 1.", (0,)),
        Clause("There is equality if and only if $x = 1$.", (1, 2)),
    ),
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
        Step("=", 0, "At $x = 1$ there is equality.", left=gap(sp.S.One), name=r"1 - 1 - \log 1"),
        Step(
            ">=",
            0,
            "So much, at least, for $x/t$: the derivative of the difference has the sign of $x - t$ too.",
            Minimum(x, t),
            left=t * gap(x / t) - 3 * (x - t) ** 2 / (2 * (2 * x + t)) - t * gap(4 * x * t / (x + t) ** 2) / 3,
        ),
    ),
    CHAPTER,
    assumptions=("$x > 0$.",),
    sources=(COVER_THOMAS_2_6,),
)

GIBBS_INEQUALITY = Derivation(
    "gibbs-inequality",
    "Gibbs' inequality",
    (
        "For all distributions $P$ and $Q$ on the same finite set,",
        Clause(r"$D(P\,\|\,Q) \ge 0$,", (0,)),
        Clause("with equality if and only if $P = Q$.", (1, 2)),
    ),
    (
        Step(
            "=", total(p[i] * gap(q[i] / p[i])), "The added terms $q_i - p_i$ sum to $1 - 1 = 0$.", left=D, name=D_NAME
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
    zeros=BOTH_POSITIVE
    + " If some $p_i = 0$, leave these $i$ out. Then $D$ is the sum of the gaps plus the sum of the $q_i$ left out. Neither is negative, and both are 0 for $P = Q$ only.",
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
    conditions={"P = Q": sp.Ne(q[k] / p[k], 1)},
)

values = sp.IndexedBase("x", shape=(n,), positive=True)
mean = total(p[j] * values[j], (j, 1, n))
log_mean_gap = sp.log(mean) - total(p[i] * sp.log(values[i]))

GIBBS_BY_JENSEN = Derivation(
    "gibbs-by-jensen",
    "Jensen's inequality for the logarithm",
    r"Let $p_i > 0$ with $\sum_i p_i = 1$, and $x_i > 0$. Then $\sum_i p_i \log x_i \le \log \sum_i p_i x_i$, "
    r"with equality if and only if all $x_i$ are equal. With $x_i = q_i/p_i$ it is Gibbs' inequality, if all $p_i, q_i > 0$.",
    (
        Step(
            "=",
            total(p[i] * gap(values[i] / mean)),
            r"The added terms $p_i\, (x_i/\bar x - 1)$ sum to 0.",
            left=log_mean_gap,
            name=r"\log \textstyle\sum_i p_i x_i - \sum_i p_i \log x_i",
        ),
        Step(
            ">=",
            0,
            r"No gap is negative: the lemma at $x = x_i / \bar x$. There is equality only if every $x_i = \bar x$.",
            Lemma(LOG_TANGENT_BOUND, {x: values[i] / mean}, p[i], [OVER_I]),
        ),
        Step(
            "=",
            0,
            "If all $x_i$ are the same number, both sides are its logarithm.",
            left=log_mean_gap.replace(lambda e: isinstance(e, sp.Indexed) and e.base == values, lambda e: t),
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
    names={mean: r"\bar x"},
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
            "The divergence of these distributions is not negative; it is 0 only if they are the same, that is, if all $a_i/b_i = A/B$.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: a[i] / A, q: lambda i: b[i] / B}, A),
        ),
        Step(
            "=",
            (A * sp.log(A / B)).replace(
                lambda e: isinstance(e, sp.Indexed) and e.base == a, lambda e: x * b[e.indices[0]]
            ),
            "If every $a_i = x\\, b_i$, both sides are $x B \\log x$.",
            left=total(x * b[i] * sp.log(x * b[i] / b[i])),
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $a_i > 0$ in the steps; a term with $a_i = 0$ counts as 0, and so does the right side if $A = 0$.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.7.1",),
    names={A: "A", B: "B"},
)

phi = t * sp.log(t) - t + 1

KL_AS_PHI_SUM = Derivation(
    "kl-as-phi-sum",
    "Divergence without negative terms",
    r"Let $\varphi(t) = t \log t - t + 1$ for $t > 0$, and $\varphi(0) = 1$. Then $\varphi(t) \ge 0$, with equality only at $t = 1$, and if all $q_i > 0$, "
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
    assumptions=(
        r"All $p_i > 0$ and $q_i > 0$ in the steps. For $p_i = 0$ what stands in the last two sums is $q_i = q_i\, \varphi(0)$.",
    ),
    sources=("Csiszár and Shields (2004), section 4, for sums of this form",),
)

coins = kl_divergence(coin(u), coin(v))

KL_INFINITE_SUPPORT = Derivation(
    "kl-infinite-support",
    "Ruling out what happens",
    r"On a finite set, $D(P\,\|\,Q)$ is finite if and only if $q_i > 0$ wherever $p_i > 0$. Fix $P$ and a $k$ with $p_k > 0$, and let $Q$ vary in any way such that $q_k \to 0$: then $D(P\,\|\,Q) \to +\infty$.",
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
            "So the divergence grows without bound as $q_k$, here $t$, goes to 0; $x$ stands for $p_k$.",
            left=sp.Limit(x * sp.log(x / t) - x + t, t, 0, "+"),
        ),
        Step("=", sp.oo, "For two coins, the same in one limit.", left=sp.Limit(coins, v, 0, "+")),
    ),
    CHAPTER,
    assumptions=(
        r"The first claim is the definition: if $q_i > 0$ wherever $p_i > 0$, the sum has finitely many terms, all finite; if not, a term is $+\infty$, and none is $-\infty$.",
        r"All $p_i > 0$ and $q_i > 0$ in the steps. In the first, a term with $p_i = 0$ is $q_i \ge 0$, and one with $q_i = 0 < p_i$ is $+\infty$.",
    ),
    sources=("Cover and Thomas (2006), section 2.3, for the convention",),
    domain={u: (0, 1), v: (0, 1)},
)

curve = coins - kl_divergence(coin(v), coin(u))

KL_ASYMMETRY_BERNOULLI = Derivation(
    "kl-asymmetry-bernoulli",
    "When the two directions agree for coins",
    r"For coins with $0 < p < 1$ and $0 < q < 1$, $D(p\,\|\,q) = D(q\,\|\,p)$ if and only if $q = p$ or $q = 1 - p$.",
    (
        Step(
            "=",
            0,
            "If: exchanging heads and tails turns $D(p\\,\\|\\,1-p)$ into $D(1-p\\,\\|\\,p)$ and changes no divergence.",
            left=curve.xreplace({v: 1 - u}),
            name=r"f(1 - p), \quad f(q) = D(p\,\|\,q) - D(q\,\|\,p)",
        ),
        Step("=", 0, "At $q = p$ both are 0 ...", left=curve.xreplace({v: u}), name="f(p)"),
        Step("=", 0, "... and so is the slope.", left=curve.diff(v).xreplace({v: u}), name="f'(p)"),
        Step(
            "=",
            (u - v) * (1 - 2 * v) / (v**2 * (1 - v) ** 2),
            "Only if: $f$ bends up, down, and up again, with the changes at $p$ and $\\frac12$ (let $p < \\frac12$). "
            "So it is positive left of $p$, negative from $p$ to $\\frac12$, and convex from there on, where it has at most one zero: $1 - p$.",
            left=sp.Derivative(curve, (v, 2)),
            name="f''(q)",
        ),
    ),
    CHAPTER,
    assumptions=(
        "In the steps $u$ stands for $p$ and $v$ for $q$.",
        r"For $p > \frac12$ exchange heads and tails of both coins. For $p = \frac12$, $f''(q) > 0$ but at $q = \frac12$, so $f$ is 0 there only.",
    ),
    sources=("computed here",),
    domain={u: (0, 1), v: (0, 1)},
)

fair, biased, more_biased = (coin(sp.Rational(heads, 10)) for heads in (5, 7, 9))

KL_NOT_A_METRIC = Derivation(
    "kl-not-a-metric",
    "Divergence is not a metric",
    "$D$ is not symmetric, and it violates the triangle inequality: for coins that show heads with probability 0.5, 0.7 and 0.9, the way over the second is shorter than the straight one.",
    (
        Step(
            "=",
            sp.log(sp.Rational(5, 3)),
            r"The straight way: $\frac12 \log \frac{0.5}{0.9} + \frac12 \log \frac{0.5}{0.1}$.",
            left=kl_divergence(fair, more_biased),
            name=r"D(0.5\,\|\,0.9)",
        ),
        Step(
            "=",
            sp.log(sp.Rational(5, 3)) - sp.log(sp.Rational(27, 7)) / 5,
            "The two legs; what is taken off is a positive number.",
            left=kl_divergence(fair, biased) + kl_divergence(biased, more_biased),
            name=r"D(0.5\,\|\,0.7) + D(0.7\,\|\,0.9)",
        ),
        Step("<", sp.log(sp.Rational(5, 3)), "So they are shorter.", Gap(sp.log(sp.Rational(27, 7)) / 5)),
        Step(
            "=",
            sp.log(sp.Rational(5, 3)) - 2 * sp.log(sp.Rational(3125, 2187)) / 5,
            "The way back ...",
            left=kl_divergence(more_biased, fair),
            name=r"D(0.9\,\|\,0.5)",
        ),
        Step(
            "<",
            sp.log(sp.Rational(5, 3)),
            "... is shorter too, so $D$ is not symmetric.",
            Gap(2 * sp.log(sp.Rational(3125, 2187)) / 5),
        ),
    ),
    CHAPTER,
    sources=("computed here",),
)

P2, Q2 = Pmf("r", m), Pmf("s", m)
pair = sp.log(p[i] * P2[j] / (q[i] * Q2[j]))

KL_ADDITIVE = Derivation(
    "kl-additive",
    "Independent parts add up",
    r"For distributions $P$, $Q$ on one set and $R$, $S$ on another, $D(P \times R\,\|\,Q \times S) = D(P\,\|\,Q) + D(R\,\|\,S)$.",
    (
        Step(
            "=",
            total(p[i] * P2[j] * (sp.log(p[i] / q[i]) + sp.log(P2[j] / Q2[j])), OVER_I, OVER_J),
            "The logarithm of a product.",
            left=total(p[i] * P2[j] * pair, OVER_I, OVER_J),
            name=r"D(P \times R\,\|\,Q \times S)",
        ),
        Step("=", D + kl_divergence(P2, Q2), "In the first part the $r_j$ add up to 1, in the second the $p_i$ do."),
    ),
    CHAPTER,
    assumptions=(
        "All $p_i$, $q_i$, $r_j$ and $s_j$ are positive in the steps; a term with $p_i r_j = 0$ counts as 0.",
        r"The left side is $+\infty$ if and only if $q_i s_j = 0 < p_i r_j$ for some $i$ and $j$, that is, if and only if a divergence on the right is.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.5.3, of which it is a case",),
)


P_of, Q_of = Channel("p", m, n), Channel("q", m, n)
weights = Pmf("w", m)
mixed_p = total(weights[k] * P_of[k, i], (k, 1, m))
mixed_q = total(weights[k] * Q_of[k, i], (k, 1, m))
of_both = weights[j] * P_of[j, i]

KL_JOINTLY_CONVEX = Derivation(
    "kl-jointly-convex",
    "Joint convexity",
    r"Let $P_1, \dots, P_m$ and $Q_1, \dots, Q_m$ be distributions on one set, and $w_j > 0$ weights that add up to 1. Then "
    r"$D(\sum_j w_j P_j\,\|\,\sum_j w_j Q_j) \le \sum_j w_j\, D(P_j\,\|\,Q_j)$. "
    r"There can be equality even if the pairs differ.",
    (
        Step(
            "=",
            total(of_both * sp.log(mixed_p / mixed_q), OVER_I, OVER_J),
            "The mixture $M_i$ of the $p_{ji}$ is a sum over $j$.",
            left=total(mixed_p * sp.log(mixed_p / mixed_q)),
            name=r"D(\textstyle\sum_j w_j P_j\,\|\,\sum_j w_j Q_j)",
        ),
        Step(
            "<=",
            total(of_both * sp.log(P_of[j, i] / Q_of[j, i]), OVER_I, OVER_J),
            r"The right side exceeds the left one by the gaps at $x = \frac{q_{ji} M_i}{p_{ji} N_i}$, times $w_j\, p_{ji}$: "
            r"for the sum of all $w_j\, q_{ji} M_i / N_i$ is $\sum_i M_i = 1$.",
            Lemma(LOG_TANGENT_BOUND, {x: Q_of[j, i] * mixed_p / (P_of[j, i] * mixed_q)}, of_both, [OVER_I, OVER_J]),
        ),
        Step(
            "=",
            total(weights[j] * total(P_of[j, i] * sp.log(P_of[j, i] / Q_of[j, i])), OVER_J),
            "Take the weights out of the inner sums.",
        ),
        Step(
            "=",
            0,
            "Equality: if $Q_j = P_j$ for all $j$, every divergence is 0 on both sides, whether the pairs are alike or not.",
            left=total(mixed_p * sp.log(mixed_p / mixed_p)),
        ),
    ),
    CHAPTER,
    assumptions=(
        r"All probabilities are positive in the steps. If $q_{ji} = 0 < p_{ji}$ for some $i$ and $j$, the right side is $+\infty$. Otherwise a pair with $p_{ji} = 0$ adds $w_j\, q_{ji} M_i / N_i \ge 0$ to the excess.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.7.2",),
    names={mixed_p: "M_i", mixed_q: "N_i"},
)

eps, z = sp.symbols("varepsilon z", real=True)
v_i = q[i] - r[i]  # any numbers that add up to 0 are, but for a factor, such a difference
moved = p[i] + eps * v_i

KL_SECOND_ORDER = Derivation(
    "kl-second-order",
    "Second order",
    r"Let all $p_i > 0$ and $\sum_i v_i = 0$. Then $D(P\,\|\,P + \varepsilon v) / \varepsilon^2 \to \frac12 \sum_i v_i^2 / p_i$ as $\varepsilon \to 0$, and the same holds for $D(P + \varepsilon v\,\|\,P)$.",
    (
        Step(
            "=",
            total(p[i] * sp.log(p[i] / moved) + eps * v_i),
            r"The added terms $\varepsilon v_i$ sum to 0.",
            left=total(p[i] * sp.log(p[i] / moved)),
            name=r"D(P\,\|\,P + \varepsilon v)",
        ),
        Step(
            "=",
            z**2 / (2 * x),
            r"The limit of one term over $\varepsilon^2$, where $x$ stands for $p_i$ and $z$ for $v_i$: $-\log(1 + t) + t$ begins with $\frac12 t^2$, here with $t = \varepsilon z / x$. Summed over $i$ it is the claim.",
            left=sp.Limit((x * sp.log(x / (x + eps * z)) + eps * z) / eps**2, eps, 0, "+-"),
        ),
        Step(
            "=",
            total(moved * sp.log(moved / p[i]) - eps * v_i),
            "The other direction likewise ...",
            left=total(moved * sp.log(moved / p[i])),
            name=r"D(P + \varepsilon v\,\|\,P)",
        ),
        Step(
            "=",
            z**2 / (2 * x),
            r"... for $(1 + t) \log(1 + t) - t$ begins with $\frac12 t^2$ too.",
            left=sp.Limit(((x + eps * z) * sp.log((x + eps * z) / x) - eps * z) / eps**2, eps, 0, "+-"),
        ),
    ),
    CHAPTER,
    assumptions=(
        r"In the steps $v_i = q_i - r_i$ with two distributions $Q$ and $R$; any other $v$ is a multiple of such a difference.",
    ),
    sources=("Kullback (1959), chapter 2, section 6",),
    domain={eps: (0, sp.Rational(1, 1000))},
)
