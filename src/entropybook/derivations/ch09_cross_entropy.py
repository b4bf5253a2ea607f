"""Chapter 9, Cross-entropy."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.ch01_surprise import ENTROPY_NONNEGATIVE
from entropybook.derivations.lemmas import D_NAME, GIBBS_INEQUALITY, PART, D, D_part, gaps, part, strictly
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, i, j, k, l, m, n, p, q, r, total, v
from entropybook.symbolic import Pmf, cross_entropy, entropy

CHAPTER = "09_cross_entropy"
CE_NAME, DELTA = "H(P, Q)", sp.KroneckerDelta
H, CE, CE_part = entropy(p), cross_entropy(p, q), -total(p[i] * sp.log(part[i]))
others = total(p[i] * p[l] * (1 - DELTA(i, l)), OVER_I, (l, 1, n))  # of -log p_i the gap at p_i, and 1 - p_i
NO_ZEROS = "Outcomes with $p_i = 0$ add nothing to the sums, and are left out: all $p_i > 0$."
OF_CE, OF_PART = ({"left": left, "name": CE_NAME} for left in (CE, CE_part))

CROSS_ENTROPY_DECOMPOSITION = Derivation(
    "cross-entropy-decomposition",
    "Cross-entropy is entropy plus divergence",
    ("For distributions on a finite set,", Clause(r"$H(P, Q) = H(P) + D(P\,\|\,Q)$.", (0,))),
    (
        Step("=", total(p[i] * (-sp.log(p[i]) + sp.log(p[i] / part[i]))), r"Term by term: $-\log q_i = -\log p_i + \log \frac{p_i}{q_i}$.", **OF_PART),
        Step("=", H + D_part, "The sum of the first parts is the entropy, that of the second the divergence."),
    ),
    CHAPTER,
    zeros=PART + r" If one of them is 0, then $H(P, Q) = D(P\,\|\,Q) = +\infty$ by definition, and $H(P)$ is finite.",
    sources=("Cover and Thomas (2006), theorem 5.4.3, its proof",),
    names={H + D_part: r"H(P) + D(P\,\|\,Q)"},
)

CROSS_ENTROPY_SELF = Derivation(
    "cross-entropy-self",
    "The cross-entropy of a distribution with itself",
    (
        "For a distribution $P$ on a finite set,",
        Clause("$H(P, P) = H(P)$: for the right model, the cross-entropy is the entropy.", (0,)),
        Clause(r"It is at least 0, $H(P) \ge 0$,", (1,)),
        Clause("and it is 0 if and only if $P$ is certain of one outcome, $p_k = 1$.", (2, 3)),
    ),
    (
        Step("=", H, "The entropy is this sum.", left=cross_entropy(p, p), name="H(P, P)"),
        Step(">=", 0, "The entropy is never negative.", Lemma(ENTROPY_NONNEGATIVE, {}), left=H),
        Step(">", others, "Of the gaps at $p_i$ that of $k$ is positive if $p_k \\ne 1$.", left=H, **strictly(p[i])),
        Step(">=", 0, "What is left, the sum of $p_i\\, (1 - p_i)$, is not negative.", Gap(others)),
        Step("=", 0, "For one outcome of probability 1 it is $-1 \\log 1 = 0$.", left=entropy([1]), name="H(1)"),
    ),
    CHAPTER,
    zeros=NO_ZEROS,
    sources=("Cover and Thomas (2006), theorem 2.6.3, the equality case",),
    names={H: "H(P)"},
)

differ, of_less = sp.Ne(q[k] / p[k], 1), {"left": -total(p[i] * sp.log(q[i] * (1 - v))), "name": CE_NAME}

CROSS_ENTROPY_MINIMISER = Derivation(
    "cross-entropy-minimiser",
    "The best model of P is P",
    (
        "Fix $P$. Over all distributions $Q$ on the same finite set,",
        Clause(r"the smallest value of $H(P, Q)$ is $H(P)$: $H(P, Q) \ge H(P)$,", (0, 3)),
        Clause("with equality if and only if $Q = P$.", (1, 2, 3)),
    ),
    (
        Step("=", H + D, "$H(P)$ does not depend on $Q$.", theorem="cross-entropy-decomposition", **OF_CE),
        Step(">=", H, "The second is at least 0.", Lemma(GIBBS_INEQUALITY, {})),
        Step(">", H, "It is 0 for $Q = P$ only.", Lemma(GIBBS_INEQUALITY, {}, chain=2), **OF_CE, where=(differ,)),
        Step("=", H, "There is equality.", left=cross_entropy(p, p), name="H(P, P)"),
        Step(">=", H + v, "It is at least $v$ if $Q$ gives $v$ elsewhere.", Lemma(GIBBS_INEQUALITY, {}, chain=3), **of_less),
    ),
    CHAPTER,
    zeros=NO_ZEROS
    + r" If $q_i = 0$ for one of them, $H(P, Q) = +\infty$ by definition. If $Q$ gives $v > 0$ to what is left out, the others have probabilities $(1 - v)\, q_i$: the last chain.",
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
    domain={v: (0, 1)},
    names={H: "H(P)"},
    conditions={"Q = P": differ},
)

share = sp.Symbol("lambda", real=True)
greatest, over = sp.Symbol("x", positive=True), sp.IndexedBase("e", shape=(n,), real=True)
of_greatest = sp.exp(-(over[i] ** 2))
at_best, above = -sp.log(greatest), total(p[i] * over[i] ** 2)
of_below = {"left": -total(p[i] * sp.log(greatest * of_greatest)), "name": CE_NAME}
rest, linear = total(p[i] * (1 - of_greatest)), share * CE + (1 - share) * cross_entropy(r, q)

CROSS_ENTROPY_LINEAR_IN_P = Derivation(
    "cross-entropy-linear-in-p",
    "Linear in the data",
    (
        "Fix $Q$ with all $q_i > 0$.",
        Clause(
            r"Then $H(P, Q)$ is linear in the $p_i$, and so affine in $P$: for distributions $P$, $R$ and $\lambda \in [0, 1]$, "
            r"$H(\lambda P + (1 - \lambda) R, Q) = \lambda H(P, Q) + (1 - \lambda) H(R, Q)$.",
            (0,),
        ),
        Clause(r"Its smallest value over $P$ is $-\log \max_i q_i$: $H(P, Q) \ge -\log \max_i q_i$,", (1,)),
        Clause(r"taken by those $P$ only whose possible outcomes all have $q_k = \max_i q_i$.", (2, 3)),
    ),
    (
        Step("=", linear, "Split the sum.", left=-total((share * p[i] + (1 - share) * r[i]) * sp.log(q[i])), name=r"H(\lambda P + (1 - \lambda) R,\, Q)"),
        Step(">=", at_best, r"No logarithm is greater than that of $\max_i q_i$.", Gap(above), **of_below),
        Step(">", at_best + rest, "One gap is positive if $e_k$ is not 0.", **of_below, **strictly(of_greatest)),
        Step(">=", at_best, "What is left is not negative.", Gap(rest)),
        Step("=", at_best, "If all these $q_i$ are the greatest.", left=-total(p[i] * sp.log(greatest)), name=CE_NAME),
    ),
    CHAPTER,
    assumptions=(r"In the last three chains $q_i = \max_i q_i\, \exp(-e_i^2)$, with any real $e_i$.",),
    zeros=r"All $p_i > 0$ and $r_i > 0$ in the first chain; both sides are polynomials in the $p_i$ and $r_i$, so zeros are allowed. "
    + NO_ZEROS.replace("Outcomes", "In the others, outcomes")
    + " This may leave out the greatest $q_i$.",
    sources=("computed here",),
    names={greatest: r"\max_{i} q_{i}", linear: r"\lambda H(P, Q) + (1 - \lambda) H(R, Q)"},
    conditions={r"q_k = \max_i q_i": sp.Ne(of_greatest.subs(i, k), 1)},
)

models, weights = sp.IndexedBase("q", shape=(m, n), positive=True), Pmf("w", m)
h = sp.Symbol("h", integer=True, positive=True)
mixed = total(weights[h] * models[h, i], (h, 1, m))
of_mixed, of_models = -total(p[i] * sp.log(mixed)), total(weights[j] * -total(p[i] * sp.log(models[j, i])), OVER_J)
of_model = models[j, i] / mixed, p[i] * weights[j], [OVER_I, OVER_J]
CE_r, of_same = cross_entropy(p, r), -total(p[i] * sp.log(total(weights[k] * r[i], (k, 1, m))))
one_differs = strictly(*of_model, places=(k, l))

CROSS_ENTROPY_CONVEX_IN_Q = Derivation(
    "cross-entropy-convex-in-q",
    "Convex in the model",
    (
        r"Fix $P$. Let $Q_1, \dots, Q_m$ be distributions, $w_j > 0$ weights that add up to 1, and $N_i = \sum_h w_h q_{hi}$.",
        Clause(r"Then $H(P, \sum_j w_j Q_j) \le \sum_j w_j H(P, Q_j)$.", (0,)),
        Clause(
            r"If all $p_i > 0$ and all $q_{ji} > 0$, there is equality if and only if $q_{ji} = N_i$ for all $i$ and $j$, that is, if all $Q_j$ are the same.",
            (1, 2),
        ),
    ),
    (
        Step(">=", of_mixed, "No gap at $q_{ji} / N_i$ is negative.", gaps(*of_model), left=of_models),
        Step(">", of_mixed, "One is positive if its ratio is not 1.", left=of_models, **one_differs),
        Step("=", total(weights[j] * CE_r, OVER_J), "If every $Q_j$ is $R$, both sides are $H(P, R)$.", left=of_same),
    ),
    CHAPTER,
    zeros=PART + r" If $q_{ji} = 0$ for one of them, the right side is $+\infty$ by definition.",
    sources=("Boyd and Vandenberghe (2004), section 3.1.5, for the logarithm",),
    names={mixed: "N_i", of_mixed: r"H(P, \sum_{j} w_j Q_j)", of_models: r"\sum_{j} w_j H(P, Q_j)"},
    conditions={"q_{ji} = N_i": one_differs["where"][0]},
)


def slope_of(name, whole):
    return {"left": sp.Derivative(whole, part[k]), "name": rf"\partial {name} / \partial q_k"}


CROSS_ENTROPY_GRADIENT = Derivation(
    "cross-entropy-gradient",
    "The same gradient as the divergence",
    (
        r"Fix $P$. As functions of free positive variables $q_1, \dots, q_n$, $H(P, Q)$ and $D(P\,\|\,Q)$ have the same derivatives,",
        Clause(r"$\partial H(P, Q) / \partial q_k = -\frac{p_k}{q_k}$", (0,)),
        Clause(r"and $\partial D(P\,\|\,Q) / \partial q_k = -\frac{p_k}{q_k}$.", (1,)),
    ),
    (
        Step("=", -p[k] / part[k], "The term with $q_k$ is $-p_k \\log q_k$.", **slope_of("H(P, Q)", CE_part)),
        Step(
            "=",
            sp.Derivative(CE_part - H, part[k]),
            "$H(P)$ does not depend on $q_k$, and $D = H(P, Q) - H(P)$.",
            theorem="cross-entropy-decomposition",
            **slope_of(D_NAME, D_part),
        ),
        Step("=", -p[k] / part[k], "So this is the same derivative."),
    ),
    CHAPTER,
    zeros="All $p_i > 0$ in the steps; a term with $p_i = 0$ is 0, and so is its derivative.",
    sources=("Goodfellow, Bengio and Courville (2016), section 5.5",),
)

of_difference = {"left": CE_part - D_part, "name": r"H(P, Q) - D(P\,\|\,Q)"}
of_k = {"left": -total(DELTA(i, k) * sp.log(part[i])), "name": CE_NAME}
D_of_k = {"left": total(DELTA(i, k) * sp.log(1 / part[i])), "name": D_NAME}

CROSS_ENTROPY_EQUALS_KL = Derivation(
    "cross-entropy-equals-kl",
    "Equal only for certain data",
    (
        r"Let $H(P, Q)$ be finite.",
        Clause(r"Then $H(P, Q) - D(P\,\|\,Q) = H(P) \ge 0$,", (0,)),
        Clause(
            r"with equality if and only if $P$ is certain of one outcome $k$, $p_k = 1$. Then $H(P, Q) = -\log q_k$ and $D(P\,\|\,Q) = -\log q_k$.", (1, 2, 3)
        ),
    ),
    (
        Step("=", H, "Less the divergence.", theorem="cross-entropy-decomposition", **of_difference),
        Step(">=", 0, "The entropy is never negative.", Lemma(ENTROPY_NONNEGATIVE, {})),
        Step(">", others, "One of the gaps is positive if $p_k \\ne 1$.", **of_difference, **strictly(p[i])),
        Step(">=", 0, "What is left, the sum of $p_i\\, (1 - p_i)$, is not negative.", Gap(others)),
        Step("=", -sp.log(part[k]), r"If $p_k = 1$, one term is left: the surprisal of $k$.", **of_k),
        Step("=", -sp.log(part[k]), r"So in the divergence: $\log \frac{p_k}{q_k} = \log \frac{1}{q_k}$.", **D_of_k),
    ),
    CHAPTER,
    zeros=PART,
    sources=("computed here",),
    names={H: "H(P)"},
)

p_density, q_density = sp.Integer(2), sp.Rational(4, 3)  # where p is not 0
THREE_QUARTERS = sp.log(sp.Rational(3, 4))


def integral(sign, name, body):
    whole = sign * sp.Integral(body, (sp.Symbol("x", real=True), 0, HALF))
    return {"left": whole, "name": rf"\textstyle {name}\, dx"}


CROSS_ENTROPY_NEGATIVE_DENSITIES = Derivation(
    "cross-entropy-negative-densities",
    "A negative cross-entropy",
    (
        r"Let $p$ be the uniform density from 0 to 0.5 and $q$ that from 0 to 0.75.",
        Clause(r"Then the cross-entropy is $-\int p \log q\, dx = \log \frac34 < 0$;", (0,)),
        Clause(r"it is the sum of the entropy $-\int p \log p\, dx = -\log 2$", (1,)),
        Clause(r"and the divergence $\int p \log \frac pq\, dx = \log \frac32$: $\log \frac32 - \log 2 = \log \frac34$.", (2, 3)),
    ),
    (
        Step(
            "=",
            THREE_QUARTERS,
            "On $[0, \\frac12]$, $p = 2$ and $q = \\frac43$; elsewhere $p = 0$.",
            **integral(-1, r"-\int p \log q", p_density * sp.log(q_density)),
        ),
        Step("<", 0, "A logarithm of less than 1.", Gap(sp.log(q_density))),
        Step("=", -sp.log(2), "The entropy ...", **integral(-1, r"-\int p \log p", p_density * sp.log(p_density))),
        Step("=", sp.log(sp.Rational(3, 2)), "... and the divergence.", **integral(1, r"\int p \log \frac pq", p_density * sp.log(p_density / q_density))),
        Step("=", THREE_QUARTERS, "Their sum is the cross-entropy.", left=sp.log(sp.Rational(3, 2)) - sp.log(2)),
    ),
    CHAPTER,
    sources=("computed here",),
)
