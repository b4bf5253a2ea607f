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
    ),
    CHAPTER,
    assumptions=("$x > 0$.",),
    sources=(COVER_THOMAS_2_6,),
)

outside = q[i] * (1 - v)

GIBBS_INEQUALITY = Derivation(
    "gibbs-inequality",
    "Gibbs' inequality",
    (
        "For all distributions $P$ and $Q$ on the same finite set,",
        Clause(r"$D(P\,\|\,Q) \ge 0$,", (0, 3)),
        Clause("with equality if and only if $P = Q$.", (1, 2, 3)),
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
        Step(
            ">=",
            v,
            "If $Q$ gives $v$ to outcomes that $P$ excludes, the added terms sum to $-v$.",
            Lemma(LOG_TANGENT_BOUND, {x: outside / p[i]}, p[i], [OVER_I]),
            left=total(p[i] * sp.log(p[i] / outside)),
            name=D_NAME,
        ),
        Step(">", 0, "So $D$ is positive then.", Gap(v)),
    ),
    CHAPTER,
    assumptions=(
        r"If $q_i = 0 < p_i$ for some $i$, $D = +\infty$ by definition, and $P \ne Q$. Else leave out the outcomes with $p_i = 0$, which add nothing to $D$. "
        "If $Q$ gives nothing to them, the first three chains are about the rest; if it gives them $v > 0$, the rest has probabilities $(1 - v)\\, q_i$: the last chain.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
    domain={v: (0, 1)},
    conditions={"P = Q": sp.Ne(q[k] / p[k], 1)},
)

values = sp.IndexedBase("x", shape=(n,), positive=True)
mean = total(p[i] * values[i])
mean_log = total(p[i] * sp.log(values[i]))
same = mean.replace(lambda e: isinstance(e, sp.Indexed) and e.base == values, lambda e: t)
ratio = q[i] / p[i]

GIBBS_BY_JENSEN = Derivation(
    "gibbs-by-jensen",
    "Jensen's inequality for the logarithm",
    (
        r"Let $p_i > 0$ with $\sum_i p_i = 1$, $x_i > 0$, and $\bar x = \sum_i p_i x_i$.",
        Clause(r"Then $\sum_i p_i \log x_i \le \log \bar x$,", (0,)),
        Clause(r"with equality if and only if $x_i = \bar x$ for all $i$: if all $x_i$ are equal.", (1, 2)),
        Clause(r"For the ratios $q_i / p_i$ of two distributions it is Gibbs' inequality, $D(P\,\|\,Q) \ge 0$.", (3,)),
    ),
    (
        Step(
            "<=",
            sp.log(mean),
            r"The right side exceeds the left one by the gaps at $x = x_i / \bar x$, times $p_i$: the terms $p_i\, (x_i/\bar x - 1)$ sum to 0.",
            Lemma(LOG_TANGENT_BOUND, {x: values[i] / mean}, p[i], [OVER_I]),
            left=mean_log,
        ),
        Step(
            "<=",
            sp.log(mean) - p[k] * gap(values[k] / mean),
            "Of the gaps keep one.",
            Lemma(LOG_TANGENT_BOUND, {x: values[i] / mean}, p[i] * (1 - sp.KroneckerDelta(i, k)), [OVER_I]),
            left=mean_log,
        ),
        Step(
            "<",
            sp.log(mean),
            r"If $x_k \ne \bar x$, it is positive.",
            Lemma(LOG_TANGENT_BOUND, {x: values[k] / mean}, p[k], chain=1),
            where=(sp.Ne(values[k] / mean, 1),),
        ),
        Step(
            "=",
            sp.log(same),
            "If all $x_i$ are the same number $t$, both sides are its logarithm.",
            left=total(p[i] * sp.log(t)),
        ),
        Step(
            "=",
            -total(p[i] * sp.log(ratio)),
            "The divergence is minus such a mean of logarithms ...",
            left=D,
            name=D_NAME,
        ),
        Step(
            ">=",
            -sp.log(total(p[i] * ratio)),
            "... and this is minus the logarithm of the mean of the ratios ...",
            Lemma(LOG_TANGENT_BOUND, {x: ratio}, p[i], [OVER_I]),
        ),
        Step("=", 0, "... which is $\\sum_i q_i = 1$."),
    ),
    CHAPTER,
    sources=(COVER_THOMAS_2_6,),
    names={mean: r"\bar x"},
    conditions={r"x_i = \bar x": sp.Ne(values[k] / mean, 1)},
)

a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "ab")
A, B = total(a[j], (j, 1, n)), total(b[j], (j, 1, n))
log_sum = total(a[i] * sp.log(a[i] / b[i]))
of_ratio = b[k] / B / (a[k] / A)

LOG_SUM_INEQUALITY = Derivation(
    "log-sum-inequality",
    "Log-sum inequality",
    (
        "Let $a_i \\ge 0$ and $b_i > 0$, with sums $A$ and $B$.",
        Clause(r"Then $\sum_i a_i \log \frac{a_i}{b_i} \ge A \log \frac AB$,", (0,)),
        Clause(
            r"with equality if and only if $\frac{a_i}{b_i} = \frac AB$ for all $i$: if all these ratios are the same.",
            (1, 2),
        ),
    ),
    (
        Step(
            "=",
            A * total(a[i] / A * sp.log((a[i] / A) / (b[i] / B))) + A * sp.log(A / B),
            "Make distributions of both: $a_i/A$ and $b_i/B$.",
            left=log_sum,
        ),
        Step(
            ">=",
            A * sp.log(A / B),
            "The divergence of these distributions is not negative.",
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
        Step(
            ">",
            A * sp.log(A / B),
            "If $a_k/b_k$ is not $A/B$, the two distributions differ, and their divergence is positive.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: a[i] / A, q: lambda i: b[i] / B}, A, chain=2),
            left=log_sum,
            where=(sp.Ne(of_ratio, 1),),
        ),
    ),
    CHAPTER,
    zeros="All $a_i > 0$ in the steps; a term with $a_i = 0$ counts as 0, and so does the right side if $A = 0$. "
    "If some $a_i = 0$, leave these $i$ out: $B$ grows smaller by that, and so the right side greater, unless all $a_i = 0$.",
    sources=("Cover and Thomas (2006), theorem 2.7.1",),
    names={A: "A", B: "B"},
    conditions={r"\frac{a_i}{b_i} = \frac AB": sp.Ne(of_ratio, 1)},
)

phi = t * sp.log(t) - t + 1
PHI = r"\varphi(t)"
at_ratio = phi.xreplace({t: p[i] / q[i]})

KL_AS_PHI_SUM = Derivation(
    "kl-as-phi-sum",
    "Divergence without negative terms",
    (
        r"Let $\varphi(t) = t \log t + 1 - t$ for $t > 0$,",
        Clause(r"and $\varphi(0) = 1$, its limit.", (4,)),
        Clause(r"Then $\varphi(t) \ge 0$,", (0,)),
        Clause("with equality if and only if $t = 1$,", (1, 3)),
        Clause(r"and if all $q_i > 0$, $D(P\,\|\,Q) = \sum_i q_i\, \varphi(\frac{p_i}{q_i})$.", (2,)),
    ),
    (
        Step(
            "=",
            t * gap(1 / t),
            "The gap of the lemma at $x = 1/t$, times $t$.",
            theorem="log-tangent-bound",
            left=phi,
            name=PHI,
        ),
        Step(">=", 0, "No gap is negative.", Lemma(LOG_TANGENT_BOUND, {x: 1 / t}, t)),
        Step(
            ">",
            0,
            "For $t \\ne 1$ the gap is positive.",
            Lemma(LOG_TANGENT_BOUND, {x: 1 / t}, t, chain=1),
            left=phi,
            name=PHI,
            where=(sp.Ne(1 / t, 1),),
        ),
        Step(
            "=",
            total(p[i] * sp.log(p[i] / q[i]) - p[i] + q[i]),
            "The added terms $q_i - p_i$ sum to 0.",
            left=D,
            name=D_NAME,
        ),
        Step("=", total(q[i] * at_ratio), "Take $q_i$ out of every term."),
        Step("=", 0, "At $t = 1$ all cancels.", left=phi.xreplace({t: sp.S.One}), name=r"\varphi(1)"),
        Step("=", 1, "As $t$ goes to 0, so does $t \\log t$.", left=sp.Limit(phi, t, 0, "+"), name=r"\varphi(0)"),
    ),
    CHAPTER,
    zeros=r"All $p_i > 0$ in the steps. For $p_i = 0$ what stands in the two sums of the divergence is $q_i = q_i\, \varphi(0)$.",
    sources=("Csiszár and Shields (2004), section 4, for sums of this form",),
    names={phi: PHI, q[i] * at_ratio: r"q_i\, \varphi\left(\frac{p_i}{q_i}\right)"},
    conditions={"t = 1": sp.Ne(1 / t, 1)},
)

KL_INFINITE_SUPPORT = Derivation(
    "kl-infinite-support",
    "Ruling out what happens",
    (
        r"On a finite set, $D(P\,\|\,Q)$ is by definition $+\infty$ if $q_i = 0 < p_i$ for some $i$.",
        Clause(
            r"Else it is finite, at most $D(P\,\|\,Q) \le \sum_i \frac{p_i^2}{q_i} - 1$ over all $i$ with $p_i > 0$.",
            (2,),
        ),
        "Fix $P$ and a $k$ with $p_k > 0$, and let $Q$ vary in any way.",
        Clause(
            r"Then $D(P\,\|\,Q) \ge p_k \log \frac{p_k}{q_k} + q_k - p_k$, and as $\log \frac{p_k}{q_k} \to \infty$ for $q_k \to 0$, so grows the divergence.",
            (0, 1),
        ),
    ),
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
            "The other terms of this bound stay between $-1$ and 1.",
            left=sp.Limit(sp.log(x / t), t, 0, "+"),
        ),
        Step(
            "<=",
            total(p[i] ** 2 / q[i]) - 1,
            r"For $\log \frac{p_i}{q_i} \le \frac{p_i}{q_i} - 1$: the lemma at $x = p_i/q_i$, times $p_i$.",
            Lemma(LOG_TANGENT_BOUND, {x: p[i] / q[i]}, p[i], [OVER_I]),
            left=D,
            name=D_NAME,
        ),
    ),
    CHAPTER,
    zeros=BOTH_POSITIVE,
    sources=("Cover and Thomas (2006), section 2.3, for the convention",),
    names={x: "p_k", t: "q_k"},
    stated=("q_i = 0 < p_i",),
)

heads, other_heads, c, y = sp.symbols("p q c y", positive=True)
z = sp.Symbol("z", real=True)


def two_coins(y):
    """Coins with p = c (1 + y)/(1 + c) and q = c (1 - y)/(1 + c)."""
    return [[c * (1 + s * y) / (1 + c), (1 - s * c * y) / (1 + c)] for s in (1, -1)]


def log_odds(y):
    return sp.log(1 + y) - sp.log(1 - y)


def excess(P, Q):
    return kl_divergence(P, Q) - kl_divergence(Q, P)


def least_excess(y):
    """The first term that is left of the series of log_odds(y) - log_odds(c * y) / c, times p + q."""
    return sp.Rational(4, 3) * c * (1 - c) * y**3


(up, down), (other_up, other_down) = two_coins(y)
of_different = sp.Ne(other_up, up), sp.Ne(other_up, down)

KL_ASYMMETRY_BERNOULLI = Derivation(
    "kl-asymmetry-bernoulli",
    "When the two directions agree for coins",
    (
        "For coins with $0 < p < 1$ and $0 < q < 1$,",
        Clause(r"$D(p\,\|\,q) = D(q\,\|\,p)$ if and only if $q = p$ or $q = 1 - p$.", (0, 1, 2, 3, 4)),
    ),
    (
        Step("=", 0, "If: at $q = p$ both are 0.", left=kl_divergence(coin(heads), coin(heads)), name=r"D(p\,\|\,p)"),
        Step(
            "=",
            kl_divergence(coin(1 - heads), coin(heads)),
            "At $q = 1 - p$ exchanging heads and tails turns one into the other.",
            left=kl_divergence(coin(heads), coin(1 - heads)),
            name=r"D(p\,\|\,q)",
        ),
        Step(
            "=",
            excess(coin(heads), coin(other_heads)),
            "Only if: the same exchange changes no divergence, and exchanging the coins only the sign of the excess. So let $q < p$ and $p + q < 1$.",
            left=excess(coin(1 - heads), coin(1 - other_heads)),
            name=r"D(1 - p\,\|\,1 - q) - D(1 - q\,\|\,1 - p)",
        ),
        Step(
            "=",
            2 * c / (1 + c) * log_odds(z**2) - 2 / (1 + c) * log_odds(c * z**2) - least_excess(z**2),
            r"Write $c = \frac{p + q}{2 - p - q}$ and $y = z^2 = \frac{p - q}{p + q}$, both between 0 and 1, and collect the logarithms.",
            left=excess(*two_coins(z**2)) - least_excess(z**2),
            name=r"D(p\,\|\,q) - D(q\,\|\,p) - \delta",
        ),
        Step(">=", 0, "The slope has the sign of $z$, so this is least at $z = 0$, and 0 there.", Minimum(z, 0)),
        Step(
            ">",
            0,
            r"And $\delta$ is positive. So $D(p\,\|\,q) > D(q\,\|\,p)$.",
            Gap(least_excess(y)),
            left=least_excess(y),
            name=r"\delta",
            where=of_different,
        ),
    ),
    CHAPTER,
    sources=("computed here",),
    domain={x: (0, 1) for x in (heads, other_heads, c, y)} | {z: (-1, 1)},
    names={kl_divergence(coin(1 - heads), coin(heads)): r"D(q\,\|\,p)"},
    conditions={"q = p": of_different[0], "q = 1 - p": of_different[1]},
)

fair, biased, more_biased = (coin(sp.Rational(heads, 10)) for heads in (5, 7, 9))
straight = sp.log(sp.Rational(5, 3))

KL_NOT_A_METRIC = Derivation(
    "kl-not-a-metric",
    "Divergence is not a metric",
    (
        "Take coins that show heads with probability 0.5, 0.7 and 0.9.",
        Clause(r"The straight way is $D(0.5\,\|\,0.9) = \log \frac53$.", (0,)),
        Clause(
            r"The way over the second coin is shorter, $D(0.5\,\|\,0.7) + D(0.7\,\|\,0.9) < \log \frac53$: $D$ violates the triangle inequality.",
            (1,),
        ),
        Clause(r"So is the way back, $D(0.9\,\|\,0.5) < \log \frac53$: $D$ is not symmetric.", (2,)),
    ),
    (
        Step(
            "=",
            straight,
            r"The straight way: $\frac12 \log \frac{0.5}{0.9} + \frac12 \log \frac{0.5}{0.1}$.",
            left=kl_divergence(fair, more_biased),
            name=r"D(0.5\,\|\,0.9)",
        ),
        Step(
            "=",
            straight - sp.log(sp.Rational(27, 7)) / 5,
            "The two legs; what is taken off is a positive number.",
            left=kl_divergence(fair, biased) + kl_divergence(biased, more_biased),
            name=r"D(0.5\,\|\,0.7) + D(0.7\,\|\,0.9)",
        ),
        Step("<", straight, "So they are shorter.", Gap(sp.log(sp.Rational(27, 7)) / 5)),
        Step(
            "=",
            straight - 2 * sp.log(sp.Rational(3125, 2187)) / 5,
            "The way back ...",
            left=kl_divergence(more_biased, fair),
            name=r"D(0.9\,\|\,0.5)",
        ),
        Step("<", straight, "... is shorter too.", Gap(2 * sp.log(sp.Rational(3125, 2187)) / 5)),
    ),
    CHAPTER,
    sources=("computed here",),
)

P2, Q2 = Pmf("r", m), Pmf("s", m)
pair = sp.log(p[i] * P2[j] / (q[i] * Q2[j]))
D2 = kl_divergence(P2, Q2)

KL_ADDITIVE = Derivation(
    "kl-additive",
    "Independent parts add up",
    (
        "For distributions $P$, $Q$ on one set and $R$, $S$ on another,",
        Clause(r"$D(P \times R\,\|\,Q \times S) = D(P\,\|\,Q) + D(R\,\|\,S)$.", (0,)),
    ),
    (
        Step(
            "=",
            total(p[i] * P2[j] * (sp.log(p[i] / q[i]) + sp.log(P2[j] / Q2[j])), OVER_I, OVER_J),
            "The logarithm of a product.",
            left=total(p[i] * P2[j] * pair, OVER_I, OVER_J),
            name=r"D(P \times R\,\|\,Q \times S)",
        ),
        Step("=", D + D2, "In the first part the $r_j$ add up to 1, in the second the $p_i$ do."),
    ),
    CHAPTER,
    zeros="All $p_i$, $q_i$, $r_j$ and $s_j$ are positive in the steps; a term with $p_i r_j = 0$ counts as 0. "
    r"The left side is $+\infty$ if and only if $q_i s_j = 0 < p_i r_j$ for some $i$ and $j$, that is, if and only if a divergence on the right is.",
    sources=("Cover and Thomas (2006), theorem 2.5.3, of which it is a case",),
    names={D: D_NAME, D2: r"D(R\,\|\,S)"},
)


P_of, Q_of = Channel("p", m, n), Channel("q", m, n)
weights = Pmf("w", m)
mixed_p = total(weights[k] * P_of[k, i], (k, 1, m))
mixed_q = total(weights[k] * Q_of[k, i], (k, 1, m))
of_both = weights[j] * P_of[j, i]
D_of_pair = total(P_of[j, i] * sp.log(P_of[j, i] / Q_of[j, i]))

KL_JOINTLY_CONVEX = Derivation(
    "kl-jointly-convex",
    "Joint convexity",
    (
        r"Let $P_1, \dots, P_m$ and $Q_1, \dots, Q_m$ be distributions on one set, and $w_j > 0$ weights that add up to 1.",
        Clause(r"Then $D(\sum_j w_j P_j\,\|\,\sum_j w_j Q_j) \le \sum_j w_j\, D(P_j\,\|\,Q_j)$.", (0,)),
        Clause(
            r"There can be equality even if the pairs differ: $D(\sum_j w_j P_j\,\|\,\sum_j w_j P_j) = 0$ and $D(P_j\,\|\,P_j) = 0$.",
            (1, 2),
        ),
    ),
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
        Step("=", total(weights[j] * D_of_pair, OVER_J), "Take the weights out of the inner sums."),
        Step(
            "=",
            0,
            "Equality: if $Q_j = P_j$ for all $j$, every divergence is 0 on both sides, whether the pairs are alike or not.",
            left=total(mixed_p * sp.log(mixed_p / mixed_p)),
            name=r"D(\textstyle\sum_j w_j P_j\,\|\,\sum_j w_j P_j)",
        ),
        Step("=", 0, "So on the right.", left=D_of_pair.xreplace({Q_of: P_of}), name=r"D(P_j\,\|\,P_j)"),
    ),
    CHAPTER,
    zeros=r"All probabilities are positive in the steps. If $q_{ji} = 0 < p_{ji}$ for some $i$ and $j$, the right side is $+\infty$. Otherwise a pair with $p_{ji} = 0$ adds $w_j\, q_{ji} M_i / N_i \ge 0$ to the excess.",
    sources=("Cover and Thomas (2006), theorem 2.7.2",),
    names={mixed_p: "M_i", mixed_q: "N_i", weights[j] * D_of_pair: r"w_{j}\, D(P_{j}\,\|\,Q_{j})"},
)

eps, shift = sp.Symbol("varepsilon", real=True), sp.IndexedBase("v", shape=(n,), real=True)
v_i = q[i] - r[i]  # any numbers that add up to 0 are, but for a factor, such a difference


def both_directions(v_i):
    """The terms of D(P || P + eps v) and D(P + eps v || P), each plus a multiple of eps v_i: these add up to 0."""
    moved = p[i] + eps * v_i
    return p[i] * sp.log(p[i] / moved) + eps * v_i, moved * sp.log(moved / p[i]) - eps * v_i


def second_order(number, name, reason):
    """The two chains of one direction."""
    term, of_shift = both_directions(v_i)[number], both_directions(shift[i])[number]
    sign = (1, -1)[number]
    return (
        Step(
            "=",
            total(term),
            r"The added terms $\varepsilon v_i$ sum to 0.",
            left=total(term - sign * eps * v_i),
            name=name,
        ),
        Step(
            "=",
            total(shift[i] ** 2 / (2 * p[i])),
            reason,
            left=total(sp.Limit(of_shift / eps**2, eps, 0, "+-")),
            name=rf"\lim_{{\varepsilon \to 0}} \tfrac{{1}}{{\varepsilon^2}} {name}",
        ),
    )


to_moved, from_moved = r"D(P\,\|\,P + \varepsilon v)", r"D(P + \varepsilon v\,\|\,P)"
LIMIT = r"$\lim_{\varepsilon \to 0} \frac{1}{\varepsilon^2} %s = \sum_i \frac{v_i^2}{2 p_i}$"
OF_SUM = "that a sum of $n$ terms has the sum of their limits as its limit"

KL_SECOND_ORDER = Derivation(
    "kl-second-order",
    "Second order",
    (
        r"Let all $p_i > 0$, and let the numbers $v_i$ add up to 0.",
        Clause(rf"Then {LIMIT % to_moved},", (0, 1), in_text=OF_SUM),
        Clause(rf"and {LIMIT % from_moved}.", (2, 3), in_text=OF_SUM),
    ),
    (
        *second_order(
            0,
            to_moved,
            r"Term by term: $-\log(1 + t) + t$ begins with $\frac12 t^2$, here with $t = \varepsilon v_i / p_i$, times $p_i$.",
        ),
        *second_order(1, from_moved, r"Likewise: $(1 + t) \log(1 + t) - t$ begins with $\frac12 t^2$ too."),
    ),
    CHAPTER,
    assumptions=(
        r"In the first and the third chain $v_i = q_i - r_i$ with two distributions $Q$ and $R$; any other $v$ is a multiple of such a difference.",
    ),
    sources=("Kullback (1959), chapter 2, section 6",),
    domain={eps: (0, sp.Rational(1, 1000))},
)
