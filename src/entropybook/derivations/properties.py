"""Chapter 2, What entropy can be."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import (
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
    t,
    total,
    x,
)
from entropybook.symbolic import Channel, Pmf, entropy, joint_entropy

CHAPTER = "02_properties"
H = entropy(p)

ENTROPY_UPPER_BOUND = Derivation(
    "entropy-upper-bound",
    "The most uncertain distribution",
    r"For a distribution $P$ on $n$ outcomes $H(P) \le \log n$, with equality if and only if all outcomes are equally likely. The gap is the divergence from the uniform distribution $U$: $\log n - H(P) = D(P\,\|\,U)$.",
    (
        Step(
            "=",
            total(p[i] * sp.log(n)) + total(p[i] * sp.log(p[i])),
            "The $p_i$ add up to 1.",
            left=sp.log(n) - H,
            name=r"\log n - H(P)",
        ),
        Step("=", total(p[i] * sp.log(p[i] / (1 / n))), r"One sum: $\log n = -\log \frac1n$."),
        Step(
            ">=",
            0,
            "That is the divergence $D(P\\,\\|\\,U)$, which is never negative, and 0 for $P = U$ only.",
            Lemma(GIBBS_INEQUALITY, {q: lambda i: 1 / n}),
        ),
        Step("=", sp.log(n), "Every term is $\\frac1n \\log n$.", left=-total(1 / n * sp.log(1 / n)), name="H(U)"),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the steps; terms with $p_i = 0$ are 0.",),
    sources=("Cover and Thomas (2006), theorem 2.6.4",),
)

free = sp.IndexedBase("x", shape=(n,), positive=True)  # probabilities that are not tied to the sum 1
multiplier = sp.Symbol("mu", real=True)
lagrangian = -total(free[i] * sp.log(free[i])) + multiplier * (total(free[i]) - 1)

ENTROPY_MAXIMUM_LAGRANGE = Derivation(
    "entropy-maximum-lagrange",
    "The maximum by Lagrange's method",
    r"On the $x_i > 0$ with $\sum_i x_i = 1$ the only stationary point of $H = -\sum_i x_i \log x_i$ is $x_i = \frac1n$. As $H$ is strictly concave, it is the maximum, $\log n$.",
    (
        Step(
            "=",
            -sp.log(free[k]) - 1 + multiplier,
            r"The Lagrangian is $L = -\sum_i x_i \log x_i + \mu\, (\sum_i x_i - 1)$. Only one term of each sum holds $x_k$.",
            left=sp.Derivative(lagrangian, free[k]),
            name=r"\partial L / \partial x_k",
        ),
        Step(
            "=",
            -sp.log(t),
            r"Write $x_k = t\, e^{\mu - 1}$. The derivative is 0 for $t = 1$ only, so $x_k = e^{\mu - 1}$, the same number for every $k$. As the $x_k$ add up to 1, it is $\frac1n$.",
            left=multiplier - sp.log(t * sp.exp(multiplier - 1)) - 1,
            name=r"\mu - \log x_k - 1",
        ),
        Step(
            "=",
            sp.log(n),
            "The value there. That no other point has as much is proved in words: $H$ is strictly concave.",
            theorem="entropy-concave",
            left=-total(1 / n * sp.log(1 / n)),
            name="H(U)",
        ),
    ),
    CHAPTER,
    sources=("Jaynes (1957), section 2",),
)

two_pmfs = Pmf("q", n), Pmf("r", m)
independent = two_pmfs[0][i] * two_pmfs[1][j]

ENTROPY_ADDITIVE = Derivation(
    "entropy-additive",
    "Independent parts add up",
    r"If $X$ and $Y$ are independent, then $H(X, Y) = H(X) + H(Y)$.",
    (
        Step(
            "=",
            -total(independent * (sp.log(two_pmfs[0][i]) + sp.log(two_pmfs[1][j])), OVER_I, OVER_J),
            "Let $q_i$ be the probability of $X = i$ and $r_j$ that of $Y = j$; the pair has $q_i r_j$. The logarithm of a product.",
            left=-total(independent * sp.log(independent), OVER_I, OVER_J),
            name="H(X, Y)",
        ),
        Step(
            "=",
            entropy(two_pmfs[0]) + entropy(two_pmfs[1]),
            "In the first part the $r_j$ add up to 1, in the second the $q_i$ do.",
        ),
    ),
    CHAPTER,
    assumptions=("All $q_i > 0$ and $r_j > 0$ in the steps; terms with probability 0 are 0.",),
    sources=("Cover and Thomas (2006), theorem 2.2.1, of which it is a case",),
)

given_x = total(joint[i, j] / row(i) * sp.log(joint[i, j] / row(i)), OVER_J)

ENTROPY_CHAIN_RULE = Derivation(
    "entropy-chain-rule",
    "Chain rule",
    r"$H(X, Y) = H(X) + H(Y \mid X)$, where $H(Y \mid X)$ is the mean, over $X$, of the entropy of $Y$ given $X = x$.",
    (
        Step(
            "=",
            -total(joint[i, j] * (sp.log(row(i)) + sp.log(joint[i, j] / row(i))), OVER_I, OVER_J),
            r"$p_{ij}$ is the probability of $X = i$ times that of $Y = j$ given $X = i$.",
            left=joint_entropy(joint),
            name="H(X, Y)",
        ),
        Step(
            "=",
            -total(row(i) * sp.log(row(i))) - total(row(i) * given_x),
            "In the first part sum over $j$; in the second take the probability of $X = i$ out of the inner sum.",
        ),
    ),
    CHAPTER,
    assumptions=("All $p_{ij} > 0$ in the steps; terms with $p_{ij} = 0$ are 0.",),
    sources=("Cover and Thomas (2006), theorem 2.2.1",),
    names=MARGINALS,
)

w, within = Pmf("w", n), Channel("p", n, m)
outcome = w[i] * within[i, j]

ENTROPY_GROUPING = Derivation(
    "entropy-grouping",
    "Grouping",
    r"Choose a group $i$ with probability $w_i$, then an outcome $j$ in it with probability $p_{ij}$; no outcome is in two groups. Then the entropy of the outcome is $H(w) + \sum_i w_i H(p_{i1}, \dots, p_{im})$.",
    (
        Step(
            "=",
            -total(outcome * (sp.log(w[i]) + sp.log(within[i, j])), OVER_I, OVER_J),
            "An outcome has the probability $w_i\\, p_{ij}$; take the logarithm of the product.",
            left=-total(outcome * sp.log(outcome), OVER_I, OVER_J),
            name="H",
        ),
        Step(
            "=",
            entropy(w) + total(w[i] * -total(within[i, j] * sp.log(within[i, j]), OVER_J)),
            "In the first part the $p_{ij}$ of a group add up to 1; in the second take $w_i$ out of the inner sum. It is the chain rule for the group and the outcome.",
            theorem="entropy-chain-rule",
        ),
    ),
    CHAPTER,
    assumptions=(
        "All probabilities are positive in the steps; terms with probability 0 are 0. A group with fewer than $m$ outcomes is filled up with such.",
    ),
    sources=("Shannon (1948), section 6, the third requirement",),
)

P_of, weights = Channel("p", m, n), Pmf("w", m)
mixed = total(weights[k] * P_of[k, i], (k, 1, m))
of_both = weights[j] * P_of[j, i]

ENTROPY_CONCAVE = Derivation(
    "entropy-concave",
    "Entropy is concave",
    r"Let $P_1, \dots, P_m$ be distributions on one finite set and $w_j > 0$ weights that add up to 1. Then $H(\sum_j w_j P_j) \ge \sum_j w_j H(P_j)$, with equality if and only if all $P_j$ are the same. As a function of free variables $x_k$, $H$ has the second derivatives $-1/x_k$, and 0 if mixed.",
    (
        Step(
            "=",
            -total(of_both * sp.log(mixed), OVER_I, OVER_J),
            "The mixture $M$ of the $P_j$, whose entries are the $p_{ji}$, has the entries $M_i$, sums over $j$.",
            left=-total(mixed * sp.log(mixed)),
            name="H(M)",
        ),
        Step(
            ">=",
            -total(of_both * sp.log(P_of[j, i]), OVER_I, OVER_J),
            r"The left side exceeds the right one by the gaps at $x = M_i / p_{ji}$, times $w_j\, p_{ji}$.",
            Lemma(LOG_TANGENT_BOUND, {x: mixed / P_of[j, i]}, of_both, [OVER_I, OVER_J]),
        ),
        Step(
            "=",
            total(weights[j] * -total(P_of[j, i] * sp.log(P_of[j, i])), OVER_J),
            "Take the weights out of the inner sums.",
        ),
        Step(
            "=",
            -sp.KroneckerDelta(k, l) / free[k],
            "The same from calculus: differentiate $-x_k \\log x_k$ twice; every other term is free of $x_k$.",
            left=sp.Derivative(-total(free[i] * sp.log(free[i])), free[k], free[l]),
            name=r"\frac{\partial^2 H}{\partial x_k\, \partial x_l}",
        ),
    ),
    CHAPTER,
    assumptions=(
        "All probabilities are positive in the steps; terms with probability 0 are 0. If some $p_{ji} = 0$, the excess has $w_j M_i$ in place of its gap. Equality, in words: the gaps vanish only if every $p_{ji} = M_i$, that is, if all $P_j$ are the same.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.7.3",),
    names={mixed: "M_i"},
)

CONDITIONING_REDUCES_ENTROPY = Derivation(
    "conditioning-reduces-entropy",
    "Knowing more does not hurt on average",
    r"If $X$ and $Y$ take finitely many values, $H(Y \mid X) \le H(Y)$, with equality if and only if $X$ and $Y$ are independent.",
    (
        Step(
            "=",
            total(joint[i, j] * sp.log(joint[i, j] / (row(i) * column(j))), OVER_I, OVER_J),
            r"By the chain rule $H(Y \mid X) = H(X, Y) - H(X)$. All three entropies as one sum over $i$ and $j$.",
            theorem="entropy-chain-rule",
            left=total(joint[i, j] * sp.log(joint[i, j]), OVER_I, OVER_J)
            - total(row(i) * sp.log(row(i)))
            - total(column(j) * sp.log(column(j)), OVER_J),
            name=r"H(Y) - H(Y \mid X)",
        ),
        Step(
            ">=",
            0,
            "The gaps at $x = p_{i \\cdot}\\, p_{\\cdot j} / p_{ij}$, times $p_{ij}$.",
            Lemma(LOG_TANGENT_BOUND, {x: row(i) * column(j) / joint[i, j]}, joint[i, j], [OVER_I, OVER_J]),
        ),
        Step(
            "=",
            -total(two_pmfs[1][j] * sp.log(two_pmfs[1][j]), OVER_J),
            "Independent variables: given $X = i$, which has the probability $q_i$, $Y$ has the same distribution, of probabilities $r_j$, for every $i$.",
            left=total(two_pmfs[0][i] * -total(two_pmfs[1][j] * sp.log(two_pmfs[1][j]), OVER_J)),
            name=r"H(Y \mid X)",
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $p_{ij} > 0$ in the steps; $p_{i \\cdot}$ and $p_{\\cdot j}$ are the sums over $j$ and over $i$.",
        "If some $p_{ij} = 0$, the term with it is 0, and the excess has $p_{i \\cdot}\\, p_{\\cdot j}$ in place of its gap. Equality, in words: the gaps vanish only if all $p_{ij} = p_{i \\cdot}\\, p_{\\cdot j}$, that is, for independent variables.",
    ),
    sources=("Cover and Thomas (2006), theorem 2.6.5",),
    names=MARGINALS,
)

others = total((1 - sp.KroneckerDelta(j, l)) * joint[i, l], (l, 1, m))

ENTROPY_OF_A_FUNCTION = Derivation(
    "entropy-of-a-function",
    "A function cannot add uncertainty",
    r"Let $X$ take finitely many values. For any function $f$, $H(f(X)) \le H(X)$, with equality if and only if $f$ takes different values on different outcomes of positive probability.",
    (
        Step(
            "=",
            -total(joint[i, j] * sp.log(joint[i, j] / row(i)), OVER_I, OVER_J),
            r"Number the values of $f$ by $i$, and the outcomes with the value $i$ by $j$. The probability of $f(X) = i$ is the sum over $j$, $p_{i \cdot}$.",
            left=joint_entropy(joint) + total(row(i) * sp.log(row(i))),
            name="H(X) - H(f(X))",
        ),
        Step(
            ">=",
            total(joint[i, j] * (1 - joint[i, j] / row(i)), OVER_I, OVER_J),
            r"The lemma at $x = p_{ij} / p_{i \cdot}$, times $p_{ij}$: $-\log x \ge 1 - x$.",
            Lemma(LOG_TANGENT_BOUND, {x: joint[i, j] / row(i)}, joint[i, j], [OVER_I, OVER_J]),
        ),
        Step(
            "=",
            total(joint[i, j] * others / row(i), OVER_I, OVER_J),
            r"$p_{i \cdot} - p_{ij}$ is the probability of the other outcomes with the same value.",
        ),
        Step(">=", 0, "No term is negative.", Gap(total(joint[i, j] * others / row(i), OVER_I, OVER_J))),
    ),
    CHAPTER,
    assumptions=(
        "All $p_{ij} > 0$ in the steps; a term with $p_{ij} = 0$ is 0 in all of them.",
        "Equality, in words: the last sum is 0 only if no value has two outcomes of positive probability; then every $p_{ij} / p_{i \\cdot}$ in the first step is 1, and the difference is 0.",
    ),
    sources=("Cover and Thomas (2006), problem 2.4",),
    names=MARGINALS,
)
