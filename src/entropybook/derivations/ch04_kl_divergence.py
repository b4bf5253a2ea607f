"""Chapter 4, KL divergence."""

from itertools import pairwise

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.lemmas import D_NAME, GIBBS_INEQUALITY, OF_D, PART, D_part, gaps, part, strictly
from entropybook.derivations.notation import OVER_I, OVER_J, coin, gap, i, j, k, m, n, p, q, r, t, total, x
from entropybook.symbolic import Channel, Pmf, kl_divergence

CHAPTER = "04_kl_divergence"
COVER_THOMAS_2_6 = "Cover and Thomas (2006), section 2.6"
BOTH_POSITIVE = (
    r"All $p_i > 0$ and $q_i > 0$ in the steps. Else a term with $p_i = 0$ counts as 0, and if $q_i = 0 < p_i$ for some $i$, $D(P\,\|\,Q)$ is $+\infty$."
)

ratio = q[i] / p[i]
values = sp.IndexedBase("x", shape=(n,), positive=True)
mean = total(p[i] * values[i])
mean_log, to_mean = total(p[i] * sp.log(values[i])), values[i] / mean

GIBBS_BY_JENSEN = Derivation(
    "gibbs-by-jensen",
    "Jensen's inequality for the logarithm",
    (
        r"Let $p_i > 0$ with $\sum_i p_i = 1$, $x_i > 0$, and $\bar x = \sum_i p_i x_i$.",
        Clause(r"Then $\sum_i p_i \log x_i \le \log \bar x$,", (0,)),
        Clause(r"with equality if and only if $x_i = \bar x$ for all $i$, that is, if all $x_i$ are equal.", (1, 2)),
        Clause(r"For the ratios of $q_i$ to $p_i$ it is Gibbs' inequality for distributions, $D(P\,\|\,Q) \ge 0$.", (3,)),
    ),
    (
        Step(">=", mean_log, r"No gap at $x_i / \bar x$ is negative.", gaps(to_mean), left=sp.log(mean)),
        Step(">", mean_log, r"One is positive if $x_k \ne \bar x$.", left=sp.log(mean), **strictly(to_mean)),
        Step("=", total(p[i] * sp.log(t)), "If all $x_i$ are the same number $t$.", left=sp.log(total(p[i] * t))),
        Step("=", -total(p[i] * sp.log(ratio)), "The divergence is minus such a mean of logarithms ...", **OF_D),
        Step(">=", -sp.log(total(p[i] * ratio)), "... which is at most the logarithm of the mean ...", gaps(ratio)),
        Step("=", 0, "... $\\sum_i q_i = 1$."),
    ),
    CHAPTER,
    sources=(COVER_THOMAS_2_6,),
    names={mean: r"\bar x"},
    conditions={r"x_i = \bar x": sp.Ne(to_mean.subs(i, k), 1)},
)

a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "ab")
A, B = total(a[j], (j, 1, n)), total(b[j], (j, 1, n))
A_x, log_sum = total(x * b[j], (j, 1, n)), total(a[i] * sp.log(a[i] / b[i]))
of_same_ratio = total(x * b[i] * sp.log(x * b[i] / b[i]))
shares = {p: lambda i: a[i] / A, q: lambda i: b[i] / B}
bound, if_different = A * sp.log(A / B), {"left": log_sum, "where": (sp.Ne(b[k] / B / (a[k] / A), 1),)}

LOG_SUM_INEQUALITY = Derivation(
    "log-sum-inequality",
    "Log-sum inequality",
    (
        "Let $a_i \\ge 0$ and $b_i > 0$, with sums $A$ and $B$.",
        Clause(r"Then $\sum_i a_i \log \frac{a_i}{b_i} \ge A \log \frac AB$,", (0,)),
        Clause(r"with equality if and only if $\frac{a_i}{b_i} = \frac AB$ for all $i$, that is, if all these ratios are the same.", (1, 2)),
    ),
    (
        Step("=", A * total(a[i] / A * sp.log((a[i] / A) / (b[i] / B))) + bound, "Make distributions of both: $a_i/A$ and $b_i/B$.", left=log_sum),
        Step(">=", bound, "Their divergence is not negative.", Lemma(GIBBS_INEQUALITY, shares, A)),
        Step("=", A_x * sp.log(A_x / B), "If every $a_i = x\\, b_i$, both are $x B \\log x$.", left=of_same_ratio),
        Step(">", bound, "It is positive if they differ.", Lemma(GIBBS_INEQUALITY, shares, A, chain=2), **if_different),
    ),
    CHAPTER,
    zeros="All $a_i > 0$ in the steps; a term with $a_i = 0$ counts as 0, and so does the right side if $A = 0$. "
    "Leaving out the $i$ with $a_i = 0$ makes $B$ smaller and so the right side greater, unless there are none, or $A = 0$.",
    sources=("Cover and Thomas (2006), theorem 2.7.1",),
    names={A: "A", B: "B"},
    conditions={r"\frac{a_i}{b_i} = \frac AB": if_different["where"][0]},
)

phi, PHI = t * sp.log(t) - t + 1, r"\varphi(t)"
OF_PHI, phi_term = {"left": phi, "name": PHI}, q[i] * phi.xreplace({t: p[i] / q[i]})

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
        Step("=", t * gap(1 / t), "The gap at $x = 1/t$, times $t$.", theorem="log-tangent-bound", **OF_PHI),
        Step(">=", 0, "No gap is negative.", gaps(1 / t, t, ())),
        Step(">", 0, "For $t \\ne 1$ the gap is positive.", **strictly(1 / t, t, (), ()), **OF_PHI),
        Step("=", total(p[i] * sp.log(p[i] / q[i]) - p[i] + q[i]), "The added terms $q_i - p_i$ sum to 0.", **OF_D),
        Step("=", total(phi_term), "Take $q_i$ out of every term."),
        Step("=", 0, "At $t = 1$ all cancels.", left=phi.xreplace({t: sp.S.One}), name=r"\varphi(1)"),
        Step("=", 1, "As $t$ goes to 0, so does $t \\log t$.", left=sp.Limit(phi, t, 0, "+"), name=r"\varphi(0)"),
    ),
    CHAPTER,
    zeros=r"All $p_i > 0$ in the steps. For $p_i = 0$ what stands in the two sums of the divergence is $q_i = q_i\, \varphi(0)$.",
    sources=("Csiszár and Shields (2004), section 4, for sums of this form",),
    names={phi: PHI, phi_term: r"q_{i}\, \varphi\left(\frac{p_i}{q_i}\right)"},
    conditions={"t = 1": sp.Ne(1 / t, 1)},
)

KL_INFINITE_SUPPORT = Derivation(
    "kl-infinite-support",
    "Ruling out what happens",
    (
        r"On a finite set, $D(P\,\|\,Q)$ is by definition $+\infty$ if $q_i = 0 < p_i$ for some $i$.",
        Clause(r"Otherwise it is finite: $D(P\,\|\,Q) \le \sum_i \frac{p_i^2}{q_i} - 1$ over all $i$ with $p_i > 0$.", (2,)),
        "Fix $P$ and a $k$ with $p_k > 0$, and let $Q$ vary in any way.",
        Clause(
            r"Then $D(P\,\|\,Q) \ge p_k \log \frac{p_k}{q_k} + q_k - p_k$, and as $p_k \log \frac{p_k}{q_k} + q_k - p_k \to \infty$ for $q_k \to 0$, the divergence then grows beyond all bounds.",
            (0, 1),
        ),
    ),
    (
        Step(
            ">=",
            p[k] * sp.log(p[k] / q[k]) - p[k] + q[k],
            "The sum of all $p_i \\log (p_i/q_i) - p_i + q_i$ is $D$; of these terms, none negative, keep the one of $k$.",
            gaps(ratio, p[i] * (1 - sp.KroneckerDelta(i, k))),
            **OF_D,
        ),
        Step("=", sp.oo, "It grows without bound.", left=sp.Limit(x * sp.log(x / t) - x + t, t, 0, "+")),
        Step("<=", total(p[i] ** 2 / q[i]) - 1, "The lemma at $x = p_i/q_i$, times $p_i$.", gaps(1 / ratio), **OF_D),
    ),
    CHAPTER,
    zeros=BOTH_POSITIVE + " In the last chain the $q_i$ need not add up to 1, as some may be left out.",
    sources=("Cover and Thomas (2006), section 2.3, for the convention",),
    names={x: "p_k", t: "q_k"},
    stated=("q_i = 0 < p_i",),
)

heads, tails, c, y = sp.symbols("p q c y", positive=True)  # heads of the first and of the second coin
z = sp.Symbol("z", real=True)
least = sp.Rational(4, 3) * c * (1 - c) * y**3  # p + q times the first term of the series of what is left below


def two_coins(y):
    """Coins with p = c (1 + y)/(1 + c) and q = c (1 - y)/(1 + c)."""
    return [[c * (1 + s * y) / (1 + c), (1 - s * c * y) / (1 + c)] for s in (1, -1)]


def log_odds(y):
    return sp.log(1 + y) - sp.log(1 - y)


P_z, Q_z = two_coins(z**2)
(P_y, not_P_y), (Q_y, _) = two_coins(y)
different = [sp.Ne(Q_y, other) for other in (P_y, not_P_y)]
coordinates = {c: (heads + tails) / (2 - heads - tails), y: (heads - tails) / (heads + tails)}

KL_ASYMMETRY_BERNOULLI = Derivation(
    "kl-asymmetry-bernoulli",
    "When the two directions agree for coins",
    (
        "For coins that show heads with probabilities $p$ and $q$ strictly between 0 and 1,",
        Clause(r"$D(p\,\|\,q) = D(q\,\|\,p)$ if and only if $q = p$ or $q = 1 - p$.", (0, 1, 2, 3, 4, 5)),
    ),
    (
        Step("=", 0, "If: at $q = p$ both are 0.", left=kl_divergence(coin(heads), coin(heads)), name=r"D(p\,\|\,p)"),
        Step(
            "=",
            kl_divergence(coin(heads), coin(tails)),
            r"Exchanging heads and tails of both coins changes no divergence. So $D(p\,\|\,1 - p) = D(1 - p\,\|\,p)$.",
            left=kl_divergence(coin(1 - heads), coin(1 - tails)),
            name=r"D(1 - p\,\|\,1 - q)",
        ),
        Step(
            "=",
            2 * c / (1 + c) * log_odds(z**2) - 2 / (1 + c) * log_odds(c * z**2) - least.subs(y, z**2),
            "Only if, for $q < p$ and $p + q < 1$: with $y = z^2$ collect the logarithms.",
            left=kl_divergence(P_z, Q_z) - kl_divergence(Q_z, P_z) - least.subs(y, z**2),
            name=r"D(p\,\|\,q) - D(q\,\|\,p) - \delta",
        ),
        Step(">=", 0, "The slope has the sign of $z$, so this is least, and 0, at $z = 0$.", Minimum(z, 0)),
        Step(">", 0, r"And $\delta$ is positive.", Gap(least), left=least, name=r"\delta", where=different),
        Step("=", heads, "So all such $p$ ...", left=P_y.xreplace(coordinates), name=r"\frac{c\, (1 + y)}{1 + c}"),
        Step("=", tails, "... and $q$ are these.", left=Q_y.xreplace(coordinates), name=r"\frac{c\, (1 - y)}{1 + c}"),
    ),
    CHAPTER,
    assumptions=(
        r"If $p < q$, exchange the coins; if $p + q > 1$, exchange heads and tails of both. So let $q < p$ and $p + q < 1$: then $c = \frac{p + q}{2 - p - q}$ and $y = \frac{p - q}{p + q}$ lie between 0 and 1.",
    ),
    sources=("computed here",),
    domain={x: (0, 1) for x in (heads, tails, c, y)} | {z: (-1, 1)},
    names={P_y: "p", Q_y: "q", not_P_y: "1 - p"},
    conditions=dict(zip(("q = p", "q = 1 - p"), different, strict=True)),
    stated=(r"D(p\,\|\,q) = D(q\,\|\,p)",),
)

straight, spared, spared_back = (sp.log(sp.Rational(*pair)) for pair in ((5, 3), (27, 7), (3125, 2187)))


def way(*tenths):
    """The sum of the divergences from coin to coin, and its name."""
    pairs = [(sp.Rational(a, 10), sp.Rational(b, 10)) for a, b in pairwise(tenths)]
    name = " + ".join(rf"D({float(a)}\,\|\,{float(b)})" for a, b in pairs)
    return {"left": sp.Add(*(kl_divergence(coin(a), coin(b)) for a, b in pairs)), "name": name}


KL_NOT_A_METRIC = Derivation(
    "kl-not-a-metric",
    "Divergence is not a metric",
    (
        "For coins that show heads with probability 0.5, 0.7 and 0.9,",
        Clause(r"$D(0.5\,\|\,0.9) = \log \frac53$,", (0,)),
        Clause(r"but $D(0.5\,\|\,0.7) + D(0.7\,\|\,0.9) < \log \frac53$: the triangle inequality fails;", (0, 1)),
        Clause(r"and $D(0.9\,\|\,0.5) < \log \frac53$: divergence is not symmetric.", (0, 2)),
    ),
    (
        Step("=", straight, r"That is, $\frac12 \log \frac{0.5}{0.9} + \frac12 \log \frac{0.5}{0.1}$.", **way(5, 9)),
        Step("=", straight - spared / 5, "Two steps instead of one.", **way(5, 7, 9)),
        Step("<", straight, "What is subtracted is positive, so the sum is smaller.", Gap(spared / 5)),
        Step("=", straight - 2 * spared_back / 5, "The other direction ...", **way(9, 5)),
        Step("<", straight, "... is smaller too.", Gap(2 * spared_back / 5)),
    ),
    CHAPTER,
    sources=("computed here",),
)

P2, Q2 = Pmf("r", m), sp.IndexedBase("s", shape=(m,), positive=True)
D2 = total(P2[j] * sp.log(P2[j] / Q2[j]), OVER_J)

KL_ADDITIVE = Derivation(
    "kl-additive",
    "Independent parts add up",
    ("For distributions $P$, $Q$ on one finite set and $R$, $S$ on another,", Clause(r"$D(P \times R\,\|\,Q \times S) = D(P\,\|\,Q) + D(R\,\|\,S)$.", (0,))),
    (
        Step(
            "=",
            total(p[i] * P2[j] * (sp.log(p[i] / part[i]) + sp.log(P2[j] / Q2[j])), OVER_I, OVER_J),
            "The logarithm of a product.",
            left=total(p[i] * P2[j] * sp.log(p[i] * P2[j] / (part[i] * Q2[j])), OVER_I, OVER_J),
            name=r"D(P \times R\,\|\,Q \times S)",
        ),
        Step("=", D_part + D2, "In the first part the $r_j$ add up to 1, in the second the $p_i$ do."),
    ),
    CHAPTER,
    zeros=PART + " Likewise for $R$ and $S$. "
    r"If $q_i = 0$ or $s_j = 0$ for one of those that are left, both sides are $+\infty$ by definition.",
    sources=("Cover and Thomas (2006), theorem 2.5.3, of which it is a case",),
    names={D_part: D_NAME, D2: r"D(R\,\|\,S)"},
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
        r"Let $P_1, \dots, P_m$ and $Q_1, \dots, Q_m$ be distributions on one finite set, and $w_j > 0$ weights that add up to 1.",
        Clause(r"Then $D(\sum_j w_j P_j\,\|\,\sum_j w_j Q_j) \le \sum_j w_j\, D(P_j\,\|\,Q_j)$.", (0,)),
        Clause(r"There can be equality even if the pairs differ: $D(\sum_j w_j P_j\,\|\,\sum_j w_j P_j) = 0$ and $D(P_j\,\|\,P_j) = 0$.", (1, 2)),
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
            gaps(Q_of[j, i] * mixed_p / (P_of[j, i] * mixed_q), of_both, [OVER_I, OVER_J]),
        ),
        Step("=", total(weights[j] * D_of_pair, OVER_J), "Take the weights out of the inner sums."),
        Step(
            "=",
            0,
            "If $Q_j = P_j$ for all $j$, every divergence is 0 on both sides.",
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


def second_order(name, term, sign, reason):
    """Two chains: a multiple of v_i = q_i - r_i, which add up to 0, is added to each term; its limit for any v_i."""
    given, added, v_i = term(q[i] - r[i]), sign * eps * (q[i] - r[i]), shift[i]
    limit = sp.Limit((term(v_i) + sign * eps * v_i) / eps**2, eps, 0, "+-")
    return (
        Step("=", total(given + added), r"The added terms $\varepsilon v_i$ sum to 0.", left=total(given), name=name),
        Step("=", total(v_i**2 / (2 * p[i])), reason, left=total(limit), name=rf"\lim_{{\varepsilon \to 0}} \tfrac{{1}}{{\varepsilon^2}} {name}"),
    )


KL_SECOND_ORDER = Derivation(
    "kl-second-order",
    "Second order",
    (
        r"Let all $p_i > 0$, and let the numbers $v_i$ add up to 0.",
        Clause(
            r"Then $\lim_{\varepsilon \to 0} \frac{1}{\varepsilon^2} D(P\,\|\,P + \varepsilon v) = \sum_i \frac{v_i^2}{2 p_i}$, and "
            r"$\lim_{\varepsilon \to 0} \frac{1}{\varepsilon^2} D(P + \varepsilon v\,\|\,P) = \sum_i \frac{v_i^2}{2 p_i}$.",
            (0, 1, 2, 3),
            in_text="that a sum of $n$ terms has the sum of their limits as its limit",
        ),
    ),
    (
        *second_order(
            r"D(P\,\|\,P + \varepsilon v)",
            lambda v: p[i] * sp.log(p[i] / (p[i] + eps * v)),
            1,
            r"Term by term: $-\log(1 + t) + t$ begins with $\frac12 t^2$, here with $t = \varepsilon v_i / p_i$, times $p_i$.",
        ),
        *second_order(
            r"D(P + \varepsilon v\,\|\,P)",
            lambda v: (p[i] + eps * v) * sp.log((p[i] + eps * v) / p[i]),
            -1,
            r"Likewise: $(1 + t) \log(1 + t) - t$ begins with $\frac12 t^2$ too.",
        ),
    ),
    CHAPTER,
    assumptions=(r"In the first and the third chain $v_i = q_i - r_i$ with two distributions $Q$ and $R$; any other $v$ is a multiple of such a difference.",),
    sources=("Kullback (1959), chapter 2, section 6",),
    domain={eps: (0, sp.Rational(1, 1000))},
)
