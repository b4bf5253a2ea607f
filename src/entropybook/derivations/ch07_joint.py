"""Chapter 7, Two variables."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Lemma, Step
from entropybook.derivations.lemmas import D_NAME, LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import OVER_I, OVER_J, column, gap, i, j, joint, l, m, n, p, q, row, total, x
from entropybook.symbolic import Channel, Pmf, mutual_information

CHAPTER = "07_joint"
g, h = sp.symbols("g h", integer=True, positive=True)  # one place among all i and j
P1, P2 = Pmf("q", n), Pmf("r", m)
MARGINS = {row(i): r"p_{i \cdot}", column(j): r"p_{\cdot j}", row(g): r"p_{g \cdot}", column(h): r"p_{\cdot h}"}


def only_if(left, name, ratio, weight):
    """Two steps: a sum over i and j of weights times gaps is positive if one ratio is not 1."""
    others = Lemma(LOG_TANGENT_BOUND, {x: ratio(g, j)}, weight(g, j) * (1 - sp.KroneckerDelta(j, h)), [OVER_J])
    rows = weight(i, j) * (1 - sp.KroneckerDelta(i, g))
    rest = Lemma(LOG_TANGENT_BOUND, {x: ratio(i, j)}, rows, [OVER_I, OVER_J], also=others)
    one = Lemma(LOG_TANGENT_BOUND, {x: ratio(g, h)}, weight(g, h), chain=1)
    reason = "Of the gaps keep one: leave out those of all $i \\ne g$, and of the rest those of all $j \\ne h$."
    return (
        Step(">=", weight(g, h) * gap(ratio(g, h)), reason, rest, left=left, name=name),
        Step(">", 0, "It is positive if its $x$ is not 1.", one, where=(sp.Ne(ratio(g, h), 1),)),
    )


def plogp(probability, *limits):
    """An entropy, as the sum of p log(1/p)."""
    return total(probability * sp.log(1 / probability), *limits)


def dependence(i, j):
    """What i and j would have if they were independent, by what they have."""
    return row(i) * column(j) / joint[i, j]


information = mutual_information(joint)
of_independent = information.replace(lambda e: isinstance(e, sp.Indexed), lambda e: P1[e.indices[0]] * P2[e.indices[1]])
logarithms = sp.log(joint[i, j]) - sp.log(row(i)) - sp.log(column(j))
three_logarithms = total(joint[i, j] * logarithms, OVER_I, OVER_J)
all_gaps = Lemma(LOG_TANGENT_BOUND, {x: dependence(i, j)}, joint[i, j], [OVER_I, OVER_J])
H_X, H_Y, H_XY = plogp(row(i)), plogp(column(j), OVER_J), plogp(joint[i, j], OVER_I, OVER_J)

MUTUAL_INFORMATION_AS_KL = Derivation(
    "mutual-information-as-kl",
    "Mutual information is a divergence",
    (
        "Let $X$ and $Y$ take finitely many values, and let $P_{XY}$ be their joint distribution. Then",
        Clause(r"$I(X; Y) = D(P_{XY}\,\|\,P_X \times P_Y) = H(X) + H(Y) - H(X, Y) \ge 0$,", (0,)),
        Clause(r"with equality if and only if $P_{XY} = P_X \times P_Y$, that is, if $X$ and $Y$ are independent.", (1, 2)),
    ),
    (
        Step("=", three_logarithms, "The logarithm of a quotient.", left=information, name="I(X; Y)"),
        Step("=", H_X + H_Y - H_XY, "In the second part sum over $j$, in the third over $i$."),
        Step(">=", 0, r"The gaps at $x = p_{i \cdot}\, p_{\cdot j} / p_{ij}$, times $p_{ij}$.", all_gaps),
        Step("=", 0, "If all $p_{ij} = q_i r_j$, every logarithm is $\\log 1$.", left=of_independent),
        *only_if(information, "I(X; Y)", dependence, lambda i, j: joint[i, j]),
    ),
    CHAPTER,
    zeros=r"All $p_{ij} > 0$ in the steps. If some $p_{ij} = 0$, the term with it is 0, and the sum has $p_{i \cdot}\, p_{\cdot j} \ge 0$ in place of its gap; this, too, is 0 only if it equals $p_{ij}$.",
    sources=("Cover and Thomas (2006), section 2.4",),
    names=MARGINS | {information: r"D(P_{XY}\,\|\,P_X \times P_Y)", H_X: "H(X)", H_Y: "H(Y)", H_XY: "H(X, Y)"},
    conditions={r"P_{XY} = P_X \times P_Y": sp.Ne(dependence(g, h), 1)},
)

other = Pmf("q", n, m)
other_row = row(i).xreplace({joint: other})
given, other_given = joint[i, j] / row(i), other[i, j] / other_row
of_x = total(row(i) * sp.log(row(i) / other_row))
of_y_given_x = total(row(i) * total(given * sp.log(given / other_given), OVER_J))
OF_Y_GIVEN_X = r"\sum_i p_{i \cdot}\, D(P_{Y \mid i}\,\|\,Q_{Y \mid i})"

KL_CHAIN_RULE = Derivation(
    "kl-chain-rule",
    "Chain rule for the divergence",
    (
        "For two joint distributions $P$ and $Q$ of $X$ and $Y$, which take finitely many values,",
        Clause(rf"$D(P_{{XY}}\,\|\,Q_{{XY}}) = D(P_X\,\|\,Q_X) + {OF_Y_GIVEN_X}$,", (0,)),
        r"where $p_{i \cdot}$ is the probability of the $i$-th value of $X$, given which $Y$ has the distribution $P_{Y \mid i}$ or $Q_{Y \mid i}$.",
    ),
    (
        Step(
            "=",
            total(joint[i, j] * (sp.log(row(i) / other_row) + sp.log(given / other_given)), OVER_I, OVER_J),
            r"$p_{ij}$ is the probability of $X = i$ times that of $Y = j$ given $X = i$; so is $q_{ij}$.",
            left=total(joint[i, j] * sp.log(joint[i, j] / other[i, j]), OVER_I, OVER_J),
            name=r"D(P_{XY}\,\|\,Q_{XY})",
        ),
        Step("=", of_x + of_y_given_x, "Sum over $j$ in the first part, and take $p_{i \\cdot}$ out of it in the second."),
    ),
    CHAPTER,
    zeros=r"All $p_{ij} > 0$ and $q_{ij} > 0$ in the steps. A term with $p_{ij} = 0$ or $p_{i \cdot} = 0$ counts as 0. If $q_{ij} = 0 < p_{ij}$ for some $i$ and $j$, both sides are $+\infty$.",
    sources=("Cover and Thomas (2006), theorem 2.5.3",),
    names=MARGINS | {other_row: r"q_{i \cdot}", of_x: r"D(P_{X}\,\|\,Q_{X})", of_y_given_x: OF_Y_GIVEN_X},
)

channel = Channel("w", n, m)


def output(law, j):
    """The probability of j after the channel."""
    return total(law[l] * channel[l, j], (l, 1, n))


def before_and_after(i, j):
    """q/p at i by q/p at j after the channel."""
    return q[i] * output(p, j) / (p[i] * output(q, j))


out_p, out_q, both = output(p, j), output(q, j), p[i] * channel[i, j]
after = total(out_p * sp.log(out_p / out_q), OVER_J)
all_gaps = total(both * gap(before_and_after(i, j)), OVER_I, OVER_J)
from_pairs = total(both * sp.log(out_p / out_q), OVER_I, OVER_J)
AFTER = r"D(P'\,\|\,Q')"

DATA_PROCESSING_INEQUALITY = Derivation(
    "data-processing-inequality",
    "Processing cannot tell more",
    (
        r"Send $X$ through a channel that turns $i$ into $j$ with probability $w_{ij}$. If $X$ has the distribution $P$ or $Q$, the output has $P'$ or $Q'$, and",
        Clause(r"$D(P'\,\|\,Q') \le D(P\,\|\,Q)$.", (0,)),
        r"If $D(P\,\|\,Q)$ is finite,",
        Clause(r"there is equality if and only if $\frac{p_i}{q_i} = \frac{p'_j}{q'_j}$ for all $i$ and $j$ that may occur together under $P$.", (1, 2, 3)),
    ),
    (
        Step("=", from_pairs, r"$p'_j = \sum_l p_l w_{lj}$, and likewise $q'_j$.", left=after, name=AFTER),
        Step(
            "<=",
            total(both * sp.log(p[i] / q[i]), OVER_I, OVER_J),
            r"The right side exceeds the left one by the gaps at $x = \frac{q_i\, p'_j}{p_i\, q'_j}$, times $p_i w_{ij}$: for the sum of all $q_i w_{ij}\, p'_j / q'_j$ is $\sum_j p'_j = 1$.",
            Lemma(LOG_TANGENT_BOUND, {x: before_and_after(i, j)}, both, [OVER_I, OVER_J]),
        ),
        Step("=", D, "The $w_{ij}$ add up to 1 over $j$."),
        Step("=", all_gaps, "So the difference is the sum of these gaps ...", left=D - after),
        Step("=", 0, "... of which none is left if every $x = 1$.", left=total(both * gap(sp.S.One), OVER_I, OVER_J)),
        *only_if(D - after, rf"{D_NAME} - {AFTER}", before_and_after, lambda i, j: p[i] * channel[i, j]),
    ),
    CHAPTER,
    zeros=r"All $p_i$, $q_i$ and $w_{ij}$ are positive in the steps. If $q_i = 0 < p_i$ for some $i$, the right side is $+\infty$. Otherwise terms with $w_{ij} = 0$ are 0, and each $i$ with $p_i = 0$ adds $q_i w_{ij}\, p'_j / q'_j \ge 0$ to the right side minus the left side. "
    r"These are 0 if the condition for equality holds: then $q'_j$ is already the sum of $q_i w_{ij} = p_i w_{ij}\, q'_j / p'_j$ over the $i$ with $p_i > 0$. "
    r"If all $w_{ij} > 0$, as in the steps, the condition makes all ratios the same, and so $P = Q$: every other case of equality has a $w_{ij} = 0$.",
    sources=("Csiszár and Körner (2011), lemma 3.11",),
    names={out_p: "p'_j", out_q: "q'_j", output(p, h): "p'_h", output(q, h): "q'_h", D: D_NAME},
    conditions={r"\frac{p_i}{q_i} = \frac{p'_j}{q'_j}": sp.Ne(before_and_after(g, h), 1)},
)

a, z, rho = sp.symbols("a z rho", real=True)
sigma, tau = sp.symbols("sigma tau", positive=True)
rest = sp.sqrt(1 - rho**2)
b = rho * a + rest * z  # a and b are X and Y, standardised
log_ratio = -sp.log(1 - rho**2) / 2 + rho * rest * a * z + rho**2 * (a**2 - z**2) / 2
given_a = -sp.log(1 - rho**2) / 2 + rho**2 * (a**2 - 1) / 2
of_rho, at_rho, correlated = -sp.log(1 - rho**2) / 2, {x: 1 - rho**2}, sp.Ne(1 - rho**2, 1)
positive = Lemma(LOG_TANGENT_BOUND, at_rho, sp.S.Half, chain=1)


def log_bell(z, sigma):
    """The logarithm of a normal density, z standard deviations from the mean."""
    return -(z**2) / 2 - sp.log(sigma * sp.sqrt(2 * sp.pi))


def normal_mean(term, z):
    """The mean over a standard normal z."""
    return sp.Integral(sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi) * term, (z, -sp.oo, sp.oo))


log_joint = -(a**2 - 2 * rho * a * b + b**2) / (2 * (1 - rho**2)) - sp.log(2 * sp.pi * sigma * tau * rest)

MUTUAL_INFORMATION_BIVARIATE_NORMAL = Derivation(
    "mutual-information-bivariate-normal",
    "Mutual information of two normal variables",
    (
        r"If $X$ and $Y$ are jointly normal with correlation $\rho$, $-1 < \rho < 1$, then",
        Clause(r"$I(X; Y) = -\frac12 \log \left(1 - \rho^2\right) \ge \frac{\rho^2}{2}$,", (0, 1, 2)),
        Clause(r"with equality if and only if $\rho = 0$,", (3, 4)),
        "where $I(X; Y)$ is the divergence of the joint density from the product of the two densities.",
    ),
    (
        Step(
            "=",
            log_ratio,
            r"$X$ and $Y$ are $a$ and $b = \rho a + \sqrt{1 - \rho^2}\, z$ standard deviations $\sigma$ and $\tau$ from their means, with independent standard normal $a$ and $z$.",
            left=log_joint - log_bell(a, sigma) - log_bell(b, tau),
            name=r"\log \frac{f(x, y)}{f(x)\, f(y)}",
        ),
        Step("=", given_a, "The mean over $z$, that is, over $Y$ for a given $X$.", left=normal_mean(log_ratio, z)),
        Step("=", of_rho, "And over $X$.", left=normal_mean(given_a, a), name="I(X; Y)"),
        Step(">=", rho**2 / 2, r"The lemma at $x = 1 - \rho^2$, halved.", Lemma(LOG_TANGENT_BOUND, at_rho, sp.S.Half)),
        Step(">", rho**2 / 2, r"If $\rho \ne 0$ the gap is positive.", positive, left=of_rho, where=(correlated,)),
        Step("=", 0, r"For $\rho = 0$ both sides are 0.", left=of_rho.xreplace({rho: sp.S.Zero})),
    ),
    CHAPTER,
    assumptions=(
        r"If $X$ and $Y$ are jointly normal, what $Y$ is for a given $X$ is normal too, with mean $\rho a$ and standard deviation $\sqrt{1 - \rho^2}$ in units of $\tau$. The mean over both is that over $Y$ for each $X$, and then over $X$.",
    ),
    sources=("Cover and Thomas (2006), example 8.5.1",),
    domain={rho: (-1, 1)},
    names={given_a: r"D(P_{Y \mid X}\,\|\,P_{Y})"},
    conditions={r"\rho = 0": correlated},
)
