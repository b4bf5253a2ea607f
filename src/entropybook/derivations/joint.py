"""Chapter 7, Two variables."""

import sympy as sp

from entropybook.derivation import Derivation, Lemma, Step
from entropybook.derivations.closed_forms import mean_over_signs
from entropybook.derivations.kl_divergence import LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import (
    HALF,
    MARGINALS,
    OVER_I,
    OVER_J,
    column,
    i,
    j,
    joint,
    k,
    l,
    m,
    n,
    p,
    q,
    row,
    standard_moment,
    total,
    x,
)
from entropybook.symbolic import Channel, Pmf, joint_entropy, mutual_information

CHAPTER = "07_joint"
product = row(i) * column(j)
P1, P2 = Pmf("q", n), Pmf("r", m)

MUTUAL_INFORMATION_AS_KL = Derivation(
    "mutual-information-as-kl",
    "Mutual information is a divergence",
    r"Let $X$ and $Y$ take finitely many values, and let $P_{XY}$ be their joint distribution. Then $I(X; Y) = D(P_{XY}\,\|\,P_X \times P_Y) = H(X) + H(Y) - H(X, Y) \ge 0$, with equality if and only if $X$ and $Y$ are independent.",
    (
        Step(
            "=",
            total(joint[i, j] * (sp.log(joint[i, j]) - sp.log(row(i)) - sp.log(column(j))), OVER_I, OVER_J),
            "The logarithm of a quotient.",
            left=mutual_information(joint),
            name="I(X; Y)",
        ),
        Step(
            "=",
            -total(row(i) * sp.log(row(i))) - total(column(j) * sp.log(column(j)), OVER_J) - joint_entropy(joint),
            "In the second part sum over $j$, in the third over $i$.",
        ),
        Step(
            ">=",
            0,
            r"It is a divergence: the gaps at $x = p_{i \cdot}\, p_{\cdot j} / p_{ij}$, times $p_{ij}$. They vanish only if all $p_{ij} = p_{i \cdot}\, p_{\cdot j}$, that is, for independent variables.",
            Lemma(LOG_TANGENT_BOUND, {x: product / joint[i, j]}, joint[i, j], [OVER_I, OVER_J]),
        ),
        Step(
            "=",
            0,
            "For independent variables, with the probabilities $q_i$ and $r_j$, every logarithm is $\\log 1$.",
            left=total(P1[i] * P2[j] * sp.log(P1[i] * P2[j] / (P1[i] * P2[j])), OVER_I, OVER_J),
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $p_{ij} > 0$ in the steps. If some $p_{ij} = 0$, the term with it is 0, and the sum has $p_{i \\cdot}\\, p_{\\cdot j}$ in place of its gap.",
    ),
    sources=("Cover and Thomas (2006), section 2.4",),
    names=MARGINALS,
)

other = Pmf("q", n, m)


def other_row(i):
    return sp.Sum(other[i, k], (k, 1, m))


given, other_given = joint[i, j] / row(i), other[i, j] / other_row(i)

KL_CHAIN_RULE = Derivation(
    "kl-chain-rule",
    "Chain rule for the divergence",
    r"For two joint distributions $P$ and $Q$ of $X$ and $Y$, which take finitely many values, $D(P_{XY}\,\|\,Q_{XY}) = D(P_X\,\|\,Q_X) + \sum_x p(x)\, D(P_{Y \mid x}\,\|\,Q_{Y \mid x})$.",
    (
        Step(
            "=",
            total(joint[i, j] * (sp.log(row(i) / other_row(i)) + sp.log(given / other_given)), OVER_I, OVER_J),
            r"$p_{ij}$ is the probability of $X = i$ times that of $Y = j$ given $X = i$; so is $q_{ij}$.",
            left=total(joint[i, j] * sp.log(joint[i, j] / other[i, j]), OVER_I, OVER_J),
            name=r"D(P_{XY}\,\|\,Q_{XY})",
        ),
        Step(
            "=",
            total(row(i) * sp.log(row(i) / other_row(i)))
            + total(row(i) * total(given * sp.log(given / other_given), OVER_J)),
            "In the first part sum over $j$; in the second take the probability of $X = i$ out of the inner sum.",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"All $p_{ij} > 0$ and $q_{ij} > 0$ in the steps. A term with $p_{ij} = 0$ or $p(x) = 0$ counts as 0. If $q_{ij} = 0 < p_{ij}$ for some $i$ and $j$, both sides are $+\infty$.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.5.3",),
    names=MARGINALS | {other_row(i): r"q_{i \cdot}"},
)

channel = Channel("w", n, m)
out_p, out_q = (total(law[l] * channel[l, j], (l, 1, n)) for law in (p, q))
both = p[i] * channel[i, j]

DATA_PROCESSING_INEQUALITY = Derivation(
    "data-processing-inequality",
    "Processing cannot tell more",
    r"Send $X$ through a channel that turns $i$ into $j$ with probability $w_{ij}$. If $X$ has the distribution $P$ or $Q$, the output has $P'$ or $Q'$, and $D(P'\,\|\,Q') \le D(P\,\|\,Q)$. If $D(P\,\|\,Q)$ is finite, there is equality if and only if, wherever $p_i w_{ij} > 0$, $p_i / q_i$ is the same as $p'_j / q'_j$.",
    (
        Step(
            "=",
            total(both * sp.log(out_p / out_q), OVER_I, OVER_J),
            r"$p'_j = \sum_l p_l w_{lj}$, and likewise $q'_j$.",
            left=total(out_p * sp.log(out_p / out_q), OVER_J),
            name=r"D(P'\,\|\,Q')",
        ),
        Step(
            "<=",
            total(both * sp.log(p[i] / q[i]), OVER_I, OVER_J),
            r"The right side exceeds the left one by the gaps at $x = \frac{q_i\, p'_j}{p_i\, q'_j}$, times $p_i w_{ij}$: for the sum of all $q_i w_{ij}\, p'_j / q'_j$ is $\sum_j p'_j = 1$. They vanish if and only if every $x$ is 1.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i] * out_p / (p[i] * out_q)}, both, [OVER_I, OVER_J]),
        ),
        Step("=", D, "The $w_{ij}$ add up to 1 over $j$."),
    ),
    CHAPTER,
    assumptions=(
        r"All $p_i$, $q_i$ and $w_{ij}$ are positive in the steps. If $q_i = 0 < p_i$ for some $i$, the right side is $+\infty$. Otherwise each $i$ with $p_i = 0$ adds $q_i w_{ij}\, p'_j / q'_j \ge 0$ to the right side minus the left side.",
        r"These are 0 if the condition for equality holds: then $q'_j$ is already the sum of $q_i w_{ij} = p_i w_{ij}\, q'_j / p'_j$ over the $i$ with $p_i > 0$.",
    ),
    sources=("Csiszár and Körner (2011), lemma 3.11",),
    names={out_p: "p'_j", out_q: "q'_j"},
)

a, z = sp.symbols("x z", real=True)
rho = sp.Symbol("rho", real=True)
b = rho * a + sp.sqrt(1 - rho**2) * z
quadratic = (a**2 - 2 * rho * a * b + b**2) / (2 * (1 - rho**2))

MUTUAL_INFORMATION_BIVARIATE_NORMAL = Derivation(
    "mutual-information-bivariate-normal",
    "Mutual information of two normal variables",
    r"If $X$ and $Y$ are jointly normal with correlation $\rho$, $-1 < \rho < 1$, then $I(X; Y)$, the divergence of the joint density from the product of the two densities, is $-\frac12 \log (1 - \rho^2)$.",
    (
        Step(
            "=",
            z**2 / 2 + a**2 / 2,
            r"Standardise both (that changes no divergence) and write $Y = \rho X + \sqrt{1 - \rho^2}\, Z$ with an independent standard normal $Z$. This is the exponent of the joint density, but for the sign.",
            left=quadratic,
            name=r"\frac{x^2 - 2 \rho x y + y^2}{2 (1 - \rho^2)}",
        ),
        Step("=", 1, "The mean of $Z^2$, and of $X^2$.", left=standard_moment(2), name="E[Z^2]"),
        Step(
            "=",
            -sp.log(1 - rho**2) / 2,
            r"$\log \frac{f(x, y)}{f(x) f(y)} = -\frac12 \log (1 - \rho^2) - \frac{z^2}{2} + \frac{y^2}{2}$; take the mean. As the means of $X^2$ and $Z^2$ are 1, and $E[XZ] = 0$, it is also the mean over $x, z = \pm 1$, with probability $\frac14$ each.",
            left=mean_over_signs(-sp.log(1 - rho**2) / 2 - z**2 / 2 + b**2 / 2, a, z),
            name="I(X; Y)",
        ),
        Step(
            ">=",
            rho**2 / 2,
            r"The lemma at $x = 1 - \rho^2$, halved. So $I$ is never negative, and 0 for $\rho = 0$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: 1 - rho**2}, HALF),
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 8.5.1",),
    domain={rho: (-1, 1)},
)
