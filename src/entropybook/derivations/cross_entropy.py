"""Chapter 9, Cross-entropy."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import BOTH_POSITIVE, D_NAME, GIBBS_INEQUALITY, LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, i, j, k, lam, m, n, p, q, r, total, x
from entropybook.derivations.surprise import ENTROPY_NONNEGATIVE
from entropybook.symbolic import Channel, Pmf, cross_entropy, entropy, kl_divergence

CHAPTER = "09_cross_entropy"
H, CE = entropy(p), cross_entropy(p, q)
CE_NAME = "H(P, Q)"

CROSS_ENTROPY_DECOMPOSITION = Derivation(
    "cross-entropy-decomposition",
    "Cross-entropy is entropy plus divergence",
    r"For distributions on a finite set, $H(P, Q) = H(P) + D(P\,\|\,Q)$.",
    (
        Step(
            "=",
            total(p[i] * (-sp.log(p[i]) + sp.log(p[i] / q[i]))),
            r"Term by term: $-\log q_i = -\log p_i + \log \frac{p_i}{q_i}$.",
            left=CE,
            name=CE_NAME,
        ),
        Step("=", H + D, "The sum of the first parts is the entropy, that of the second the divergence."),
    ),
    CHAPTER,
    zeros=BOTH_POSITIVE + " As $H(P)$ is finite, both sides are then infinite together.",
    sources=("Cover and Thomas (2006), theorem 5.4.3, its proof",),
)

CROSS_ENTROPY_SELF = Derivation(
    "cross-entropy-self",
    "The cross-entropy of a distribution with itself",
    "$H(P, P) = H(P)$: whoever uses the right model pays the entropy. It is at least 0, and it is 0 if and only if $P$ is certain of one outcome.",
    (
        Step(
            "=",
            H + kl_divergence(p, p),
            "Entropy plus divergence, with $Q = P$.",
            theorem="cross-entropy-decomposition",
            left=cross_entropy(p, p),
            name="H(P, P)",
        ),
        Step("=", H, "The divergence of a distribution from itself is 0.", theorem="gibbs-inequality"),
        Step(
            ">=",
            0,
            "The entropy is never negative, and it is 0 if and only if one outcome is certain.",
            Lemma(ENTROPY_NONNEGATIVE, {}),
        ),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the steps; terms with $p_i = 0$ are 0.",),
    sources=("Cover and Thomas (2006), theorem 2.6.3, the equality case",),
)

CROSS_ENTROPY_MINIMISER = Derivation(
    "cross-entropy-minimiser",
    "The best model of P is P",
    r"Fix $P$. Over all distributions $Q$ on the same finite set, $H(P, Q)$ is smallest at $Q = P$ and nowhere else, and its value there is $H(P)$.",
    (
        Step(
            "=",
            H + D,
            "The first part does not depend on $Q$.",
            theorem="cross-entropy-decomposition",
            left=CE,
            name=CE_NAME,
        ),
        Step(
            ">=", H, "The second is at least 0, and 0 for $Q = P$ only.", Lemma(GIBBS_INEQUALITY, {q: lambda i: q[i]})
        ),
        Step("=", H, "There is equality.", left=cross_entropy(p, p), name="H(P, P)"),
    ),
    CHAPTER,
    zeros=BOTH_POSITIVE,
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
)

best, excess = sp.Symbol("s_k", real=True), sp.IndexedBase("e", shape=(n,), positive=True)

CROSS_ENTROPY_LINEAR_IN_P = Derivation(
    "cross-entropy-linear-in-p",
    "Linear in the data",
    r"Fix $Q$ with all $q_i > 0$. Then $H(P, Q)$ is linear in $P$: for distributions $P$, $R$ and $0 \le \lambda \le 1$, $H(\lambda P + (1 - \lambda) R, Q) = \lambda H(P, Q) + (1 - \lambda) H(R, Q)$. Its smallest value over $P$ is $-\log \max_i q_i$, taken by those $P$, and no others, that give all their probability to outcomes with the greatest $q_i$.",
    (
        Step(
            "=",
            lam * CE + (1 - lam) * cross_entropy(r, q),
            "Split the sum.",
            left=-total((lam * p[i] + (1 - lam) * r[i]) * sp.log(q[i])),
            name=r"H(\lambda P + (1 - \lambda) R,\, Q)",
        ),
        Step(
            "=",
            best + total(p[i] * excess[i]),
            "Let $k$ be an outcome with the greatest $q_i$, $s_k = -\\log q_k$ its surprisal, and $s_k + e_i$ that of $i$; then $e_i \\ge 0$.",
            left=total(p[i] * (best + excess[i])),
            name=CE_NAME,
        ),
        Step(
            ">=",
            best,
            "So the average is at least $s_k = -\\log \\max_i q_i$, and it is $s_k$ if and only if $p_i = 0$ wherever $e_i > 0$.",
            Gap(total(p[i] * excess[i])),
        ),
    ),
    CHAPTER,
    assumptions=(
        "$0 < \\lambda < 1$, $p_i > 0$ and $e_i > 0$ in the steps. Nothing is divided by them, so all holds for zeros too.",
    ),
    sources=("computed here",),
    domain={lam: (0, 1)},
)

models, weights = Channel("q", m, n), Pmf("w", m)
mixed = total(weights[k] * models[k, i], (k, 1, m))
free = sp.IndexedBase("x", shape=(n,), positive=True)

CROSS_ENTROPY_CONVEX_IN_Q = Derivation(
    "cross-entropy-convex-in-q",
    "Convex in the model",
    r"Fix $P$. Let $Q_1, \dots, Q_m$ be distributions and $w_j > 0$ weights that add up to 1. Then $H(P, \sum_j w_j Q_j) \le \sum_j w_j H(P, Q_j)$. If all $p_i > 0$ and all $q_{ji} > 0$, there is equality if and only if all $Q_j$ are the same.",
    (
        Step(
            "<=",
            -total(p[i] * weights[j] * sp.log(models[j, i]), OVER_I, OVER_J),
            r"The right side exceeds the left one by the gaps at $x = q_{ji} / N_i$, times $p_i w_j$; they vanish only if every $q_{ji} = N_i$. And if all $Q_j$ are the same, every gap is 0.",
            Lemma(LOG_TANGENT_BOUND, {x: models[j, i] / mixed}, p[i] * weights[j], [OVER_I, OVER_J]),
            left=-total(p[i] * sp.log(mixed)),
            name=r"H(P, \textstyle\sum_j w_j Q_j)",
        ),
        Step(
            "=",
            total(weights[j] * -total(p[i] * sp.log(models[j, i])), OVER_J),
            "Take the weights out of the inner sums.",
        ),
        Step(
            "=",
            sp.KroneckerDelta(j, k) * p[k] / free[k] ** 2,
            "The same from calculus, for free variables $x_k$: the second derivatives are not negative on the diagonal and 0 elsewhere.",
            left=sp.Derivative(-total(p[i] * sp.log(free[i])), free[k], free[j]),
            name=r"\frac{\partial^2}{\partial x_k\, \partial x_j} H(P, x)",
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $p_i > 0$ and $q_{ji} > 0$ in the steps. A term with $p_i = 0$ counts as 0. If $q_{ji} = 0 < p_i$ for some $i$ and $j$, the right side is infinite.",
    ),
    sources=("Boyd and Vandenberghe (2004), section 3.1.5, for the logarithm",),
    names={mixed: "N_i"},
)

CROSS_ENTROPY_GRADIENT = Derivation(
    "cross-entropy-gradient",
    "The same gradient as the divergence",
    r"Fix $P$. As functions of free positive variables $q_1, \dots, q_n$, $H(P, Q)$ and $D(P\,\|\,Q)$ have the same derivatives, $-p_k / q_k$.",
    (
        Step(
            "=",
            -p[k] / q[k],
            "The only term with $q_k$ in it is $-p_k \\log q_k$.",
            left=sp.Derivative(CE, q[k]),
            name=r"\partial H(P, Q) / \partial q_k",
        ),
        Step(
            "=",
            sp.Derivative(CE - H, q[k]),
            "$H(P)$ does not depend on $q_k$, and $D = H(P, Q) - H(P)$.",
            theorem="cross-entropy-decomposition",
            left=sp.Derivative(D, q[k]),
            name=r"\partial D(P\,\|\,Q) / \partial q_k",
        ),
        Step("=", -p[k] / q[k], "So this is the same derivative."),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the steps; a term with $p_i = 0$ is 0, and so is its derivative.",),
    sources=("Goodfellow, Bengio and Courville (2016), section 5.5",),
)

one, two = sp.symbols("q1 q2", positive=True)

CROSS_ENTROPY_EQUALS_KL = Derivation(
    "cross-entropy-equals-kl",
    "Equal only for certain data",
    r"Let $H(P, Q)$ be finite. Then $H(P, Q) = D(P\,\|\,Q)$ if and only if $H(P) = 0$, that is, if $P$ is certain of one outcome $k$. Then both are $-\log q_k$.",
    (
        Step(
            "=",
            H,
            "Entropy plus divergence, less the divergence.",
            theorem="cross-entropy-decomposition",
            left=CE - D,
            name=r"H(P, Q) - D(P\,\|\,Q)",
        ),
        Step(
            ">=",
            0,
            "The entropy is never negative, and it is 0 if and only if one outcome is certain.",
            Lemma(ENTROPY_NONNEGATIVE, {}),
        ),
        Step(
            "=",
            -sp.log(two),
            "If $P$ is certain of an outcome, here the second of three, one term is left of both.",
            left=cross_entropy([0, 1, 0], [one, two, 1 - one - two]),
            name=CE_NAME,
        ),
        Step(
            "=",
            -sp.log(two),
            "The same for the divergence.",
            left=kl_divergence([0, 1, 0], [one, two, 1 - one - two]),
            name=D_NAME,
        ),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ and $q_i > 0$ in the first two steps; terms with $p_i = 0$ are 0.",),
    sources=("computed here",),
    domain={one: (0, HALF), two: (0, HALF)},
)

y = sp.Symbol("x", real=True)
inside = (y, 0, HALF)
p_density, q_density = sp.Integer(2), sp.Rational(4, 3)


def integral(body):
    return sp.Integral(body, inside)


CROSS_ENTROPY_NEGATIVE_DENSITIES = Derivation(
    "cross-entropy-negative-densities",
    "A negative cross-entropy",
    r"Let $p$ be the uniform density on $[0, \frac12]$ and $q$ the uniform density on $[0, \frac34]$. Then the cross-entropy $-\int p \log q\, dx$ is $\log \frac34 < 0$; it is the sum of the entropy $\log \frac12$ and the divergence $\log \frac32$.",
    (
        Step(
            "=",
            sp.log(sp.Rational(3, 4)),
            "On $[0, \\frac12]$, $p = 2$ and $q = \\frac43$; elsewhere $p = 0$.",
            left=-integral(p_density * sp.log(q_density)),
            name=r"\textstyle -\int p \log q\, dx",
        ),
        Step("<", 0, "A logarithm of less than 1.", Gap(sp.log(sp.Rational(4, 3)))),
        Step(
            "=",
            sp.log(HALF),
            "The entropy ...",
            left=-integral(p_density * sp.log(p_density)),
            name=r"\textstyle -\int p \log p\, dx",
        ),
        Step(
            "=",
            sp.log(sp.Rational(3, 2)),
            "... and the divergence.",
            left=integral(p_density * sp.log(p_density / q_density)),
            name=r"\textstyle \int p \log \frac pq\, dx",
        ),
        Step(
            "=",
            sp.log(sp.Rational(3, 4)),
            "Their sum is the cross-entropy, as it is for distributions on a finite set.",
            theorem="cross-entropy-decomposition",
            left=sp.log(HALF) + sp.log(sp.Rational(3, 2)),
        ),
    ),
    CHAPTER,
    sources=("computed here",),
)
