"""Chapter 8, Direction, symmetry, distance."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.joint import joint, other
from entropybook.derivations.kl_divergence import BOTH_POSITIVE, D_NAME, GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, coin, column, i, j, k, n, p, q, total, u, v, x
from entropybook.symbolic import entropy, jeffreys_divergence, jensen_shannon_divergence, kl_divergence

CHAPTER = "08_directions"
M, mu, y = sp.symbols("M mu y", real=True)
V = sp.Symbol("V", positive=True)  # the variance of p, v that of the model

FORWARD_KL_MOMENT_MATCHING = Derivation(
    "forward-kl-moment-matching",
    "The forward fit matches mean and variance",
    r"Let $P$ have mean $M$ and variance $V > 0$. Over all normal laws $Q$, with mean $\mu$ and variance $v$, $H(P, Q)$ and so $D(P\,\|\,Q)$, where it is finite for some $Q$, is smallest for $\mu = M$ and $v = V$ and nowhere else.",
    (
        Step(
            "=",
            sp.log(2 * sp.pi * v) / 2 + (y - mu) ** 2 / (2 * v),
            "The loss of one value $y$.",
            left=-sp.log(sp.exp(-((y - mu) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)),
            name=r"-\log q(y)",
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * v) / 2 + V / (2 * v) + (M - mu) ** 2 / (2 * v),
            r"Its mean: that of $(y - \mu)^2 = (y - M)^2 + 2 (y - M)(M - \mu) + (M - \mu)^2$ is $V + (M - \mu)^2$.",
            left=sp.log(2 * sp.pi * v) / 2 + (V + (M - mu) ** 2) / (2 * v),
            name="H(P, Q)",
        ),
        Step(
            ">=",
            sp.log(2 * sp.pi * v) / 2 + V / (2 * v),
            r"The best mean is $\mu = M$.",
            Gap((M - mu) ** 2 / (2 * v)),
        ),
        Step(
            ">=",
            sp.log(2 * sp.pi * sp.E * V) / 2,
            "The gap of the lemma at $x = V/v$, halved, is 0 for $v = V$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: V / v}, HALF),
        ),
    ),
    CHAPTER,
    sources=("Murphy (2022), section 5.1.6.2, for the name",),
)

middle = (p[i] + q[i]) / 2
to_middle = total(p[i] * sp.log(p[i] / middle))

REVERSE_KL_MODE_SEEKING = Derivation(
    "reverse-kl-mode-seeking",
    "The reverse fit may settle on one mode, the forward fit may not",
    r"Let $M = \frac12 (P + Q)$ be a mixture of two laws. A model that is $P$ alone has $D(P\,\|\,M) \le \log 2$, with equality if and only if $P$ and $Q$ exclude each other. But $D(M\,\|\,P)$ grows without bound where $P$ gives less and less probability to what $Q$ does.",
    (
        Step(
            "=",
            sp.log(2) - total(p[i] * sp.log(1 + q[i] / p[i])),
            r"$\frac{p_i}{(p_i + q_i)/2} = \frac{2}{1 + q_i/p_i}$, and the $p_i$ add up to 1.",
            left=to_middle,
            name=r"D(P\,\|\,M)",
        ),
        Step(
            "<=",
            sp.log(2),
            "A logarithm of 1 or more is not negative; all are 0 if $q_i = 0$ wherever $p_i > 0$ only.",
            Gap(total(p[i] * sp.log(1 + q[i] / p[i]))),
        ),
        Step(
            "=",
            sp.oo,
            "Forward: let $M$ be a fair coin, and let $P$ give the second side the probability $v$ only.",
            left=sp.Limit(kl_divergence(coin(HALF), coin(1 - v)), v, 0, "+"),
            name=r"\lim_{v \to 0} D(M\,\|\,P)",
        ),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("computed here",),
    domain={v: (0, 1)},
)

js = jensen_shannon_divergence(p, q)
js_name = r"\operatorname{JS}(P, Q)"

JENSEN_SHANNON_BOUNDS = Derivation(
    "jensen-shannon-bounds",
    "Jensen-Shannon divergence is bounded",
    r"With $M = \frac12 (P + Q)$, $\operatorname{JS}(P, Q) = \frac12 D(P\,\|\,M) + \frac12 D(Q\,\|\,M) = H(M) - \frac12 H(P) - \frac12 H(Q)$: the mutual information of an outcome and of a fair coin that chooses between $P$ and $Q$. $0 \le \operatorname{JS} \le \log 2$, with 0 if and only if $P = Q$, and $\log 2$ if and only if $P$ and $Q$ exclude each other.",
    (
        Step(
            "=",
            total(p[i] * sp.log(p[i] / middle)) / 2 + total(q[i] * sp.log(q[i] / middle)) / 2,
            "The mean of both divergences from the middle.",
            left=js,
            name=js_name,
        ),
        Step(
            "=",
            -total(middle * sp.log(middle)) - entropy(p) / 2 - entropy(q) / 2,
            "The terms with the logarithm of the middle come together.",
        ),
        Step(
            ">=",
            0,
            "Both divergences are not negative, and 0 for $P = M = Q$ only.",
            Lemma(
                GIBBS_INEQUALITY,
                {q: lambda i: (p[i] + q[i]) / 2},
                HALF,
                also=Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: lambda i: (p[i] + q[i]) / 2}, HALF),
            ),
            left=js,
            name=js_name,
        ),
        Step(
            "<=",
            sp.log(2),
            r"Each is at most $\log 2$: $\log 2 - D(P\,\|\,M) = \sum_i p_i \log(1 + q_i/p_i)$.",
            Gap(total(p[i] * sp.log(1 + q[i] / p[i])) / 2 + total(q[i] * sp.log(1 + p[i] / q[i])) / 2),
            left=js,
            name=js_name,
        ),
        Step("=", 0, "Equality: the same distribution twice ...", left=jensen_shannon_divergence(p, p)),
        Step(
            "=",
            sp.log(2),
            "... and two that exclude each other.",
            left=jensen_shannon_divergence([u, 1 - u, 0, 0], [0, 0, v, 1 - v]),
        ),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Lin (1991), section 4",),
    domain={u: (0, 1), v: (0, 1)},
)

jeffreys = jeffreys_divergence(p, q)
J_NAME = "J(P, Q)"

JEFFREYS_SYMMETRIC = Derivation(
    "jeffreys-symmetric",
    "The sum of both directions",
    r"$J(P, Q) = D(P\,\|\,Q) + D(Q\,\|\,P) = \sum_i (p_i - q_i) \log \frac{p_i}{q_i} = J(Q, P) \ge 0$, with equality if and only if $P = Q$.",
    (
        Step(
            "=",
            total((p[i] - q[i]) * sp.log(p[i] / q[i])),
            r"$\log \frac{q_i}{p_i} = -\log \frac{p_i}{q_i}$.",
            left=jeffreys,
            name=J_NAME,
        ),
        Step("=", jeffreys_divergence(q, p), "The same sum with the names exchanged."),
        Step(
            ">=",
            0,
            "Two divergences; each is 0 for $P = Q$ only.",
            Lemma(GIBBS_INEQUALITY, {}, also=Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: lambda i: p[i]})),
            left=jeffreys,
            name=J_NAME,
        ),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Kullback and Leibler (1951), section 3",),
)


def other_column(j):
    return sp.Sum(other[k, j], (k, 1, n))


coins = kl_divergence(coin(u), coin(v))

PINSKER_INEQUALITY = Derivation(
    "pinsker-inequality",
    "Pinsker's inequality",
    r"$D(P\,\|\,Q) \ge 2 \delta^2$ (in nats), where $\delta = \frac12 \sum_i |p_i - q_i|$ is the total variation distance, the greatest difference that $P$ and $Q$ give to one event.",
    (
        Step(
            ">=",
            total(column(j) * sp.log(column(j) / other_column(j)), OVER_J),
            "Sort the outcomes by an event, $j = 1$ if it happens and 2 if not. Forgetting all but $j$ cannot add to the divergence: the gaps at $q_{ij}\\, p_{\\cdot j} / (p_{ij}\\, q_{\\cdot j})$, times $p_{ij}$.",
            Lemma(
                LOG_TANGENT_BOUND,
                {x: other[i, j] * column(j) / (joint[i, j] * other_column(j))},
                joint[i, j],
                [OVER_I, OVER_J],
            ),
            left=total(joint[i, j] * sp.log(joint[i, j] / other[i, j]), OVER_I, OVER_J),
            name=D_NAME,
        ),
        Step(
            ">=",
            0,
            r"Now two coins, $u$ and $v$ for the event. The derivative by $v$ is $\frac{(v - u)(1 - 2v)^2}{v (1 - v)}$: the difference falls until $v = u$ and rises after it, from and to 0. For the event $p_i > q_i$, $u - v = \delta$.",
            Minimum(v, u),
            left=coins - 2 * (u - v) ** 2,
            name=r"D(u\,\|\,v) - 2 (u - v)^2",
        ),
    ),
    CHAPTER,
    assumptions=BOTH_POSITIVE,
    sources=("Cover and Thomas (2006), lemma 11.6.1",),
    domain={u: (0, 1), v: (0, 1)},
    names={column(j): r"p_{\cdot j}", other_column(j): r"q_{\cdot j}"},
)
