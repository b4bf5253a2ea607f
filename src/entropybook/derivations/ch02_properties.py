"""Chapter 2, What entropy can be."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND, OF_P, TERMS_OF_0
from entropybook.derivations.notation import OVER_I, OVER_J, column, gap, i, j, joint, k, l, m, n, p, q, row, total, x
from entropybook.symbolic import Channel, Pmf, entropy, joint_entropy

CHAPTER = "02_properties"
H = entropy(p)
h = sp.Symbol("h", integer=True, positive=True)
H_OF_Y_GIVEN_X = r"H(Y \mid X)"
from_u, of_u = total(p[i] * sp.log(p[i] / (1 / n))), total(1 / n * sp.log(1 / n / p[i]))
TO_UNIFORM = {q: lambda i: 1 / n}
VALUE_THERE = Step("=", sp.log(n), "Every term is $\\frac1n \\log n$.", left=-total(1 / n * sp.log(1 / n)), name="H(U)")
unequal = sp.Ne(1 / n / p[k], 1)

ENTROPY_UPPER_BOUND = Derivation(
    "entropy-upper-bound",
    "The most uncertain distribution",
    (
        "For a distribution $P$ on $n$ outcomes, with $U$ the uniform distribution,",
        Clause(r"$H(P) = \log n - D(P\,\|\,U) \le \log n$,", (0,)),
        Clause(r"with equality if and only if all outcomes are equally likely, $p_k = \frac1n$ for all $k$.", (1, 2)),
    ),
    (
        Step("=", sp.log(n) - from_u, r"The $p_i$ add up to 1, and $\log n = -\log \frac1n$.", **OF_P),
        Step("<=", sp.log(n), "No divergence is negative.", Lemma(GIBBS_INEQUALITY, TO_UNIFORM)),
        VALUE_THERE,
        Step("<", sp.log(n), "If $P$ is not $U$, the divergence is positive.", Lemma(GIBBS_INEQUALITY, TO_UNIFORM, chain=2), where=(unequal,), **OF_P),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 2.6.4",),
    names={from_u: r"D(P\,\|\,U)"},
    conditions={r"p_k = \frac1n": unequal},
)

multiplier = sp.Symbol("mu", real=True)
slope = sp.Derivative(H + multiplier * (total(p[i]) - 1), p[k])
BOTH_WAYS = Lemma(GIBBS_INEQUALITY, TO_UNIFORM, chain=2, also=Lemma(GIBBS_INEQUALITY, {p: lambda i: 1 / n, q: lambda i: p[i]}))

ENTROPY_MAXIMUM_LAGRANGE = Derivation(
    "entropy-maximum-lagrange",
    "The maximum by Lagrange's method",
    (
        r"On the $p_i > 0$ with $\sum_i p_i = 1$",
        Clause(r"the only stationary point of $H(P) = -\sum_i p_i \log p_i$ is $p_k = \frac1n$ for all $k$.", (0, 1, 2)),
        Clause(r"It is the only maximum: $H(P) < \log n$, except for equality, $H(U) = \log n$, at $p_k = \frac1n$ for all $k$.", (3, 4)),
    ),
    (
        Step(
            "=",
            -sp.log(p[k]) - 1 + multiplier,
            r"The Lagrangian is $L = H(P) + \mu\, (\sum_i p_i - 1)$. Only one term of each sum holds $p_k$. At a stationary point this is 0 for all $k$, with the same $\mu$.",
            left=slope,
        ),
        Step("=", 0, r"It is so at $p_k = \frac1n$, for $\mu = 1 - \log n$.", left=-sp.log(1 / n) - 1 + 1 - sp.log(n)),
        Step(
            "=",
            from_u + of_u,
            r"Walk from $P$ to $U$. The slope is free of $\mu$, as both have the sum 1, and it is the sum of both divergences.",
            left=total((1 / n - p[k]) * slope, (k, 1, n)),
        ),
        Step(">", 0, r"It is positive elsewhere, so not all $\partial L / \partial p_k$ are 0.", BOTH_WAYS, where=(unequal,)),
        VALUE_THERE,
        Step("<", sp.log(n), "Otherwise it is less.", Lemma(ENTROPY_UPPER_BOUND, {}, chain=2), where=(unequal,), **OF_P),
    ),
    CHAPTER,
    assumptions=(r"At a stationary point all $\partial L / \partial p_k$ are 0 for one and the same $\mu$ (Lagrange).",),
    sources=("Jaynes (1957), section 2",),
    names={slope: r"{\partial L / \partial p_k}"},
    conditions={r"p_k = \frac1n": unequal},
)

of_x, of_y = Pmf("q", n), Pmf("r", m)
independent = of_x[i] * of_y[j]

ENTROPY_ADDITIVE = Derivation(
    "entropy-additive",
    "Independent parts add up",
    ("If $X$ and $Y$ are independent and take finitely many values,", Clause("$H(X, Y) = H(X) + H(Y)$.", (0,))),
    (
        Step(
            "=",
            -total(independent * (sp.log(of_x[i]) + sp.log(of_y[j])), OVER_I, OVER_J),
            "Let $q_i$ be the probability of $X = i$ and $r_j$ that of $Y = j$; the pair has $q_i r_j$. The logarithm of a product.",
            left=-total(independent * sp.log(independent), OVER_I, OVER_J),
            name="H(X, Y)",
        ),
        Step("=", entropy(of_x) + entropy(of_y), "In the first part the $r_j$ add up to 1, in the second the $q_i$ do."),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 2.2.1, of which it is a case",),
    names={entropy(of_x): "H(X)", entropy(of_y): "H(Y)"},
)

h_x = -total(row(i) * sp.log(row(i)))
h_y = -total(column(j) * sp.log(column(j)), OVER_J)
h_y_given_x = -total(row(i) * total(joint[i, j] / row(i) * sp.log(joint[i, j] / row(i)), OVER_J))
OF_PAIR = {row(i): r"p_{i \cdot}", h_x: "H(X)", h_y: "H(Y)", h_y_given_x: H_OF_Y_GIVEN_X}

ENTROPY_CHAIN_RULE = Derivation(
    "entropy-chain-rule",
    "Chain rule",
    (
        "If $X$ and $Y$ take finitely many values,",
        Clause(r"$H(X, Y) = H(X) + H(Y \mid X)$,", (0,)),
        r"where $H(Y \mid X)$ is the mean, over $X$, of the entropy of $Y$ given the value of $X$.",
    ),
    (
        Step(
            "=",
            -total(joint[i, j] * (sp.log(row(i)) + sp.log(joint[i, j] / row(i))), OVER_I, OVER_J),
            r"$p_{ij}$ is the probability of $X = i$ times that of $Y = j$ given $X = i$.",
            left=joint_entropy(joint),
            name="H(X, Y)",
        ),
        Step("=", h_x + h_y_given_x, "Sum over $j$ in the first part, take $p_{i \\cdot}$ out of the inner sum in the second."),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 2.2.1",),
    names=OF_PAIR,
)

w, within = Pmf("w", n), Channel("p", n, m)
outcome = w[i] * within[i, j]
of_groups = w[i] * total(-within[i, j] * sp.log(within[i, j]), OVER_J)

ENTROPY_GROUPING = Derivation(
    "entropy-grouping",
    "Grouping",
    (
        "Choose a group $i$ with probability $w_i$, then an outcome $j$ in it with probability $p_{ij}$; no outcome is in two groups. Then the entropy of the outcome is",
        Clause(r"$H = H(w) + \sum_i w_i\, H(p_{i1}, \dots, p_{im})$.", (0,)),
    ),
    (
        Step(
            "=",
            -total(outcome * (sp.log(w[i]) + sp.log(within[i, j])), OVER_I, OVER_J),
            "An outcome has the probability $w_i\\, p_{ij}$; take the logarithm of the product.",
            left=-total(outcome * sp.log(outcome), OVER_I, OVER_J),
            name="H",
        ),
        Step("=", entropy(w) + total(of_groups), "The $p_{ij}$ of a group add up to 1.", theorem="entropy-chain-rule"),
    ),
    CHAPTER,
    zeros=TERMS_OF_0 + " A group with fewer than $m$ outcomes is filled up with such.",
    sources=("Shannon (1948), section 6, the third requirement",),
    names={entropy(w): "H(w)", of_groups: r"w_i\, H(p_{i1}, \dots, p_{im})"},
)

P_of, weights = Channel("p", m, n), Pmf("w", m)


def mixed(i):
    """The probability of i in the mixture."""
    return total(weights[l] * P_of[l, i], (l, 1, m))


of_one, same = weights[j] * total(-P_of[j, i] * sp.log(P_of[j, i])), total(weights[l] * p[i], (l, 1, m))
mean_entropy = total(of_one, OVER_J)
to_mixture, all_but_k = {p: lambda i: P_of[j, i], q: mixed}, weights[j] * (1 - sp.KroneckerDelta(j, k))
all_apart, others_apart = (Lemma(GIBBS_INEQUALITY, to_mixture, c, [OVER_J]) for c in (weights[j], all_but_k))
at_k = {p: lambda i: P_of[k, i], q: mixed, k: h}
one_apart = Lemma(GIBBS_INEQUALITY, at_k, weights[k], chain=2, also=others_apart)
H_MIXED = {"left": -total(mixed(i) * sp.log(mixed(i))), "name": "H(M)"}
apart = sp.Ne(mixed(h) / P_of[k, h], 1)

ENTROPY_CONCAVE = Derivation(
    "entropy-concave",
    "Entropy is concave",
    (
        "Let $P_1, \\dots, P_m$ be distributions on one finite set, and $M$ their mixture with weights $w_j > 0$ that add up to 1. Then",
        Clause(r"$H(M) \ge \sum_j w_j H(P_j)$,", (0,)),
        Clause("with equality if and only if all $P_j$ are the same, $p_{ji} = M_i$ for all $j$ and $i$.", (2, 3)),
        Clause(
            r"As a function of free variables $p_k$, $H$ has the second derivatives $\frac{\partial^2 H}{\partial p_k\, \partial p_l} = -\frac{\delta_{kl}}{p_k}$, which are 0 for different $k$ and $l$.",
            (1,),
        ),
    ),
    (
        Step(">=", mean_entropy, r"The excess is the mean of all $D(P_j\,\|\,M) \ge 0$.", all_apart, **H_MIXED),
        Step(
            "=",
            -sp.KroneckerDelta(k, l) / p[k],
            "By calculus: differentiate $-p_k \\log p_k$ twice; every other term is free of $p_k$.",
            left=sp.Derivative(H, p[k], p[l]),
            name=r"\frac{\partial^2 H}{\partial p_k\, \partial p_l}",
        ),
        Step(
            "=",
            total(weights[j] * H, OVER_J),
            "If all are the same $P$, so is the mixture, as the weights add up to 1.",
            left=-total(same * sp.log(same)),
            name="H(M)",
        ),
        Step(">", mean_entropy, "The excess is positive if some $P_k \\ne M$.", one_apart, where=(apart,), **H_MIXED),
    ),
    CHAPTER,
    assumptions=("$p_{ji}$ are the probabilities of $P_j$.",),
    zeros=f"{TERMS_OF_0} Where $M_i = 0$, all $p_{{ji}} = 0$: leave these $i$ out. Gibbs' inequality allows $p_{{ji}} = 0$.",
    sources=("Cover and Thomas (2006), theorem 2.7.3",),
    names={mixed(i): "M_i", mixed(h): "M_h", of_one: "w_{j}\\, H(P_{j})"},
    conditions={"p_{ji} = M_i": apart},
)


def unrelated(expression):
    """The same for independent variables."""
    return expression.replace(lambda e: isinstance(e, sp.Indexed), lambda e: of_x[e.indices[0]] * of_y[e.indices[1]])


H_GIVEN = {"left": h_y_given_x, "name": H_OF_Y_GIVEN_X}
IN_ROWS = {P_of: lambda i, j: joint[i, j] / row(i), weights: row, n: m, m: n}
rows_apart = Lemma(ENTROPY_CONCAVE, IN_ROWS | {k: l}, chain=3)
dependent = sp.Ne(row(l) * column(h) / joint[l, h], 1)

CONDITIONING_REDUCES_ENTROPY = Derivation(
    "conditioning-reduces-entropy",
    "Conditioning does not increase entropy",
    (
        "If $X$ and $Y$ take finitely many values,",
        Clause(r"$H(Y \mid X) \le H(Y)$,", (0,)),
        Clause(r"with equality if and only if $X$ and $Y$ are independent, $p_{ij} = p_{i \cdot}\, p_{\cdot j}$ for all $i$ and $j$.", (1, 2)),
    ),
    (
        Step("<=", h_y, "$Y$ is a mixture, of $Y$ given each $X = i$.", Lemma(ENTROPY_CONCAVE, IN_ROWS), **H_GIVEN),
        Step(
            "=",
            unrelated(h_y),
            "If $p_{ij} = q_i\\, r_j$, what $Y$ is given $X = i$ has the probabilities $r_j$ for every $i$.",
            left=unrelated(h_y_given_x),
            name=H_OF_Y_GIVEN_X,
        ),
        Step("<", h_y, "It is less if that given $X = l$ is another.", rows_apart, where=(dependent,), **H_GIVEN),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 2.6.5",),
    names=OF_PAIR | {row(l): r"p_{l \cdot}", column(h): r"p_{\cdot h}", column(j): r"p_{\cdot j}"},
    conditions={r"p_{ij} = p_{i \cdot}\, p_{\cdot j}": dependent},
)

root = sp.IndexedBase("d", shape=(n, n), real=True)


def of_value(i):
    """The probability of the value of f on i: that of i, and of all others with this value."""
    return p[i] + total(root[i, k] ** 2 * p[k], (k, 1, n))


alone = p[l] / of_value(l)
surplus, shared = p[i] * sp.log(of_value(i) / p[i]), sp.Ne(alone, 1)
H_OF_F = {"left": -total(p[i] * sp.log(of_value(i))), "name": "H(f(X))"}
unshared = H_OF_F["left"].xreplace({root[i, k]: sp.S.Zero})

ENTROPY_OF_A_FUNCTION = Derivation(
    "entropy-of-a-function",
    "A function cannot add uncertainty",
    (
        "Let $X$ take finitely many values. For any function $f$,",
        Clause("$H(f(X)) \\le H(X)$,", (0,)),
        Clause(
            "with equality if and only if $f$ takes different values on different outcomes of positive probability, that is, $P(f(X) = f(i)) = p_i$ for all $i$.",
            (1, 2),
        ),
    ),
    (
        Step("<=", H, "A value is no less probable than its outcome.", Gap(total(surplus)), **H_OF_F),
        Step("=", H, "If no outcome shares its value, all $e_{ik} = 0$.", left=unshared, name="H(f(X))"),
        Step(
            "<=",
            H - p[l] * gap(alone),
            "Keep one term. It is at least $p_l$ times the gap of the lemma at $x = p_l / (p_l + s_l)$, where $s_l > 0$ if another outcome has this value.",
            Gap(total((1 - sp.KroneckerDelta(i, l)) * surplus) + alone * (of_value(l) - p[l])),
            **H_OF_F,
        ),
        Step("<", H, "Then it is positive.", Lemma(LOG_TANGENT_BOUND, {x: alone}, p[l], chain=1), where=(shared,)),
    ),
    CHAPTER,
    assumptions=(
        "The entropy of $f(X)$ is the mean of its surprisal, which is $-\\log P(f(X) = f(i))$ if $X = i$. Here $P(f(X) = f(i)) = p_i + s_i$, where $s_i = \\sum_k e_{ik}\\, p_k$ and $e_{ik}$ is 1 if $k \\ne i$ has the same value, and else 0. The steps need no more than $e_{ik} \\ge 0$, and write it as $d_{ik}^2$.",
    ),
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), problem 2.4",),
    names={H: "H(X)"} | {of_value(a): f"P(f(X) = f({a}))" for a in (i, l)},
    conditions={"P(f(X) = f(i)) = p_i": shared},
)
