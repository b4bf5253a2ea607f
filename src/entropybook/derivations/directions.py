"""Chapter 8, Direction, symmetry, distance.

A mean is taken under any distribution on n values, where the step needs no more than that the mean of a sum is the sum
of the means.
"""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.kl_divergence import (
    D_NAME,
    GIBBS_INEQUALITY,
    KL_INFINITE_SUPPORT,
    LOG_SUM_INEQUALITY,
    LOG_TANGENT_BOUND,
    a,
    b,
)
from entropybook.derivations.notation import HALF, OVER_J, coin, i, j, k, m, n, p, q, t, total, u, v, x
from entropybook.symbolic import entropy, jeffreys_divergence, jensen_shannon_divergence, kl_divergence

CHAPTER = "08_directions"
M, mu, y = sp.symbols("m mu y", real=True)  # M is the mean of p; on the page m, for M is a mixture there
V = sp.Symbol("V", positive=True)  # the variance of p, v that of the model
values = sp.IndexedBase("x", shape=(n,), real=True)
center = total(p[j] * values[j], (j, 1, n))
spread = total(p[k] * (values[k] - center) ** 2, (k, 1, n))


def fee(y):
    return sp.log(2 * sp.pi * v) / 2 + (y - mu) ** 2 / (2 * v)


FORWARD_KL_MOMENT_MATCHING = Derivation(
    "forward-kl-moment-matching",
    "The forward fit matches mean and variance",
    r"Let $P$ have mean $m$ and variance $V > 0$. Over all normal laws $Q$, with mean $\mu$ and variance $v$, $H(P, Q)$ and so $D(P\,\|\,Q)$, where it is finite for some $Q$, is smallest for $\mu = m$ and $v = V$ and nowhere else.",
    (
        Step(
            "=",
            fee(y),
            "The fee for one value $y$.",
            left=-sp.log(sp.exp(-((y - mu) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)),
            name=r"-\log q(y)",
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * v) / 2 + (spread + (center - mu) ** 2) / (2 * v),
            r"Its mean, for any probabilities $p_i$ of values $x_i$ with mean $m$ and variance $V$: that of $(x_i - \mu)^2 = (x_i - m)^2 + 2 (x_i - m)(m - \mu) + (m - \mu)^2$ is $V + (m - \mu)^2$.",
            left=total(p[i] * fee(values[i])),
            name="H(P, Q)",
        ),
        Step(
            ">=",
            sp.log(2 * sp.pi * v) / 2 + V / (2 * v),
            r"The best mean is $\mu = m$, and no other.",
            Gap((M - mu) ** 2 / (2 * v)),
            left=sp.log(2 * sp.pi * v) / 2 + (V + (M - mu) ** 2) / (2 * v),
            name="H(P, Q)",
        ),
        Step(
            ">=",
            sp.log(2 * sp.pi * sp.E * V) / 2,
            "The gap of the lemma at $x = V/v$, halved, is 0 for $v = V$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: V / v}, HALF),
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * sp.E * V) / 2,
            r"Equality: at $\mu = m$ and $v = V$ the bound is reached.",
            left=(sp.log(2 * sp.pi * v) / 2 + (V + (M - mu) ** 2) / (2 * v)).xreplace({mu: M, v: V}),
            name="H(P, Q)",
        ),
    ),
    CHAPTER,
    sources=("computed here",),
    names={spread: "V", center: "m"},
)


def middle(i):
    return (p[i] + q[i]) / 2


to_middle = total(p[i] * sp.log(p[i] / middle(i)))
from_middle = total(middle(i) * sp.log(middle(i) / p[i]))
apart = [u, 1 - u, 0, 0], [0, 0, v, 1 - v]  # two distributions that exclude each other
d = sp.Symbol("d", positive=True)


def bell(y):
    return sp.exp(-(y**2) / 2) / sp.sqrt(2 * sp.pi)


s2 = 1 + d**2
mean_bound = sp.log(2 * sp.pi) / 2 + (s2 - 2 * d * sp.sqrt(s2) * sp.sqrt(2 / sp.pi) + d**2) / 2
wide_bound = mean_bound - sp.log(2 * sp.pi * sp.E * s2) / 2

REVERSE_KL_MODE_SEEKING = Derivation(
    "reverse-kl-mode-seeking",
    "The reverse fit may settle on one mode, the forward fit may not",
    r"Let $M = \frac12 (P + Q)$ be a mixture of two laws. A model that is $P$ alone has $D(P\,\|\,M) \le \log 2$, with equality if and only if $P$ and $Q$ exclude each other. On a finite set, fix $Q$ and an outcome $k$ with $q_k > 0$. Then $D(M\,\|\,P)$ grows without bound as $p_k \to 0$, and is infinite at $p_k = 0$. For $P = N(d, 1)$ and $Q = N(-d, 1)$ let $W = N(0, 1 + d^2)$, which has the mean and the variance of $M$; then $D(W\,\|\,M) \to \infty$ as $d \to \infty$. So if $d$ is large, one mode alone is closer to $M$ in the reverse direction than the forward fit $W$.",
    (
        Step(
            "<",
            sp.log(2),
            r"Each ratio is $\frac{p_i}{(p_i + q_i)/2} = \frac{2}{1 + q_i/p_i}$. So $\log 2 - D(P\,\|\,M) = \sum_i p_i \log(1 + q_i/p_i)$, and this is 0 if and only if $q_i = 0$ wherever $p_i > 0$.",
            Gap(total(p[i] * sp.log(1 + q[i] / p[i]))),
            left=to_middle,
            name=r"D(P\,\|\,M)",
        ),
        Step(
            "=",
            sp.log(2),
            "Equality: two laws that exclude each other.",
            left=kl_divergence(apart[0], [(one + two) / 2 for one, two in zip(*apart, strict=True)]),
            name=r"D(P\,\|\,M)",
        ),
        Step(
            ">=",
            middle(k) * sp.log(middle(k) / p[k]) - middle(k) + p[k],
            "Forward: of the terms $m_i \\log (m_i/p_i) - m_i + p_i$ keep the one of an outcome $k$.",
            Lemma(KL_INFINITE_SUPPORT, {p: sp.Lambda(i, middle(i)), q: sp.Lambda(i, p[i])}),
            left=from_middle,
            name=r"D(M\,\|\,P)",
        ),
        Step(
            "=",
            sp.oo,
            "It grows without bound as $p_k = t$ goes to 0, while $q_k = x$ stays.",
            left=sp.Limit((t + x) / 2 * sp.log((t + x) / (2 * t)) - (t + x) / 2 + t, t, 0, "+"),
        ),
        Step(
            "<",
            bell(x - d),
            r"The two bells, at a place $x > 0$: the nearer mode gives more than the mean of both. So $-\log M \ge \frac12 \log (2 \pi) + \frac12 (|y| - d)^2$ at every $y$.",
            Gap(bell(x - d) * (1 - sp.exp(-2 * d * x)) / 2),
            left=(bell(x - d) + bell(x + d)) / 2,
            name="M(x)",
        ),
        Step(
            "=",
            sp.sqrt(2 / sp.pi),
            r"For a standard normal $z$. So $E|y| = s \sqrt{2/\pi}$ under $W$, with $s^2 = 1 + d^2$.",
            left=2 * sp.Integral(t * bell(t), (t, 0, sp.oo)),
            name="E|z|",
        ),
        Step(
            "=",
            sp.oo,
            r"The mean of the bound under $W$ less $h(W) = \frac12 \log(2 \pi e s^2)$ grows without bound, for $\sqrt{2/\pi} < 1$. It is at most $D(W\,\|\,M)$.",
            left=sp.Limit(wide_bound, d, sp.oo, "-"),
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $p_i > 0$ and $q_i > 0$ in the steps; terms with $p_i = 0$ are 0. The first step, with integrals in place of sums, holds for densities too.",
        "That a fit within one family settles on one mode, and on which, is observed in examples; it is no theorem.",
    ),
    sources=("computed here",),
    domain={u: (0, 1), v: (0, 1)},
)

both = -total(p[i] / 2 * sp.log(p[i] / 2)) - total(q[i] / 2 * sp.log(q[i] / 2))  # H of coin and outcome
js = jensen_shannon_divergence(p, q)
js_name = r"\operatorname{JS}(P, Q)"

JENSEN_SHANNON_BOUNDS = Derivation(
    "jensen-shannon-bounds",
    "Jensen–Shannon divergence is bounded",
    r"With $M = \frac12 (P + Q)$, $\operatorname{JS}(P, Q) = \frac12 D(P\,\|\,M) + \frac12 D(Q\,\|\,M) = H(M) - \frac12 H(P) - \frac12 H(Q)$: the mutual information of an outcome and of a fair coin that chooses between $P$ and $Q$. $0 \le \operatorname{JS} \le \log 2$, with 0 if and only if $P = Q$, and $\log 2$ if and only if $P$ and $Q$ exclude each other.",
    (
        Step(
            "=",
            total(p[i] * sp.log(p[i] / middle(i))) / 2 + total(q[i] * sp.log(q[i] / middle(i))) / 2,
            "The mean of both divergences from the middle.",
            left=js,
            name=js_name,
        ),
        Step(
            "=",
            -total(middle(i) * sp.log(middle(i))) - entropy(p) / 2 - entropy(q) / 2,
            "The terms with the logarithm of the middle come together.",
        ),
        Step(
            "=",
            sp.log(2) - total(middle(i) * sp.log(middle(i))) - both,
            r"Choose $P$ or $Q$ by a fair coin: coin and outcome together have the probabilities $\frac12 p_i$ and $\frac12 q_i$, and their entropy is $\log 2$ more than $\frac12 H(P) + \frac12 H(Q)$. This is the mutual information, $H$ of the coin, plus $H(M)$, less $H$ of both.",
            theorem="mutual-information-as-kl",
        ),
        Step(
            ">",
            0,
            "Both divergences are not negative, and the first is positive if $q_k \\ne p_k$ for some $k$.",
            Lemma(
                GIBBS_INEQUALITY,
                {q: middle},
                HALF,
                chain=2,
                also=Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: middle}, HALF),
            ),
            left=js,
            name=js_name,
            where=(sp.Ne(middle(k) / p[k], 1),),
        ),
        Step("=", 0, "And for $P = Q$ it is 0.", left=jensen_shannon_divergence(p, p), name=r"\operatorname{JS}(P, P)"),
        Step(
            "<",
            sp.log(2),
            r"Each divergence is at most $\log 2$: $\log 2 - D(P\,\|\,M) = \sum_i p_i \log(1 + q_i/p_i)$, which is positive if any outcome is possible for both.",
            Gap(total(p[i] * sp.log(1 + q[i] / p[i])) / 2 + total(q[i] * sp.log(1 + p[i] / q[i])) / 2),
            left=js,
            name=js_name,
        ),
        Step(
            "=",
            sp.log(2),
            "And for two distributions that exclude each other it is $\\log 2$.",
            left=jensen_shannon_divergence(*apart),
            name=js_name,
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $p_i > 0$ and $q_i > 0$ in the steps, but in the last. Terms with $p_i = 0$ or $q_i = 0$ before the logarithm are 0; no divergence is infinite, as the middle is positive wherever $p_i$ or $q_i$ is.",
    ),
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
            ">",
            0,
            "Two divergences: neither is negative, and the first is positive if $q_k \\ne p_k$ for some $k$.",
            Lemma(GIBBS_INEQUALITY, {}, chain=2, also=Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: lambda i: p[i]})),
            left=jeffreys,
            name=J_NAME,
            where=(sp.Ne(q[k] / p[k], 1),),
        ),
        Step("=", 0, "And for $P = Q$ it is 0.", left=jeffreys_divergence(p, p), name="J(P, P)"),
    ),
    CHAPTER,
    assumptions=(
        r"All $p_i > 0$ and $q_i > 0$ in the steps. A term with $p_i = q_i = 0$ counts as 0; if just one of the two is 0 for some $i$, $J$ is $+\infty$.",
    ),
    sources=("Kullback (1959), chapter 1, section 3",),
)


p_rest, q_rest = (sp.IndexedBase(name, shape=(m,), positive=True) for name in "cd")
of_a, of_b = total(a[i]), total(b[i])
of_c, of_d = total(p_rest[j], OVER_J), total(q_rest[j], OVER_J)
coins = kl_divergence(coin(u), coin(v))
eps = sp.Symbol("varepsilon", real=True)

PINSKER_INEQUALITY = Derivation(
    "pinsker-inequality",
    "Pinsker's inequality",
    r"For distributions on a finite set, in nats, $D(P\,\|\,Q) \ge 2 \delta^2$, with equality if and only if $P = Q$. Here $\delta = \frac12 \sum_i |p_i - q_i|$ is the total variation distance, the greatest difference between the probabilities that $P$ and $Q$ give to one event. No greater factor than 2 will do.",
    (
        Step(
            "=",
            total((p[i] - q[i] + sp.Abs(p[i] - q[i])) / 2),
            r"The added $p_i - q_i$ sum to 0. A term is now $p_i - q_i$ if this is positive, and 0 if not. So $\delta = u - v$, where $u$ and $v$ are what $P$ and $Q$ give to the event that $p_i > q_i$. No event has a greater difference, as it lacks some of these terms or has others that are not positive.",
            left=total(sp.Abs(p[i] - q[i])) / 2,
            name=r"\delta",
        ),
        Step(
            ">=",
            of_a * sp.log(of_a / of_b) + of_c * sp.log(of_c / of_d),
            "Sort the outcomes. Let $P$ give $a_i$ and $Q$ give $b_i$ to those in the event, $c_j$ and $d_j$ to the others: "
            r"the log-sum inequality twice. For sums $u$ and $1 - u$, $v$ and $1 - v$ the right side is $D(u\,\|\,v)$, the divergence of two coins. If $P \ne Q$, neither part is empty.",
            Lemma(
                LOG_SUM_INEQUALITY,
                {},
                also=Lemma(LOG_SUM_INEQUALITY, {n: m, a: lambda j: p_rest[j], b: lambda j: q_rest[j]}),
            ),
            left=total(a[i] * sp.log(a[i] / b[i])) + total(p_rest[j] * sp.log(p_rest[j] / q_rest[j]), OVER_J),
            name=D_NAME,
        ),
        Step(
            "=",
            (v - u) * (1 - 2 * v) ** 2 / (v * (1 - v)),
            "For two coins the slope of the difference by $v$ has the sign of $v - u$, but for $v = \\frac12$, where it may be 0.",
            left=sp.Derivative(coins - 2 * (u - v) ** 2, v),
            name=r"\frac{\partial}{\partial v} \left( D(u\,\|\,v) - 2 (u - v)^2 \right)",
        ),
        Step(
            ">=",
            0,
            "So the difference falls until $v = u$ and rises after it, strictly; there it is 0. So it is 0 for $u = v$ only, and then $\\delta = 0$, that is $P = Q$.",
            Minimum(v, u),
            left=coins - 2 * (u - v) ** 2,
            name=r"D(u\,\|\,v) - 2 (u - v)^2",
        ),
        Step(
            "=",
            2,
            r"No greater factor: two coins near the fair one, $\delta = |\varepsilon|$.",
            left=sp.Limit(kl_divergence(coin(HALF + eps), coin(HALF)) / eps**2, eps, 0, "+-"),
            name=r"\lim_{\varepsilon \to 0} D(\tfrac12 + \varepsilon\,\|\,\tfrac12) / \varepsilon^2",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"All $p_i > 0$ and $q_i > 0$ in the steps, and $0 < u < 1$. If $q_i = 0 < p_i$ for some $i$, $D(P\,\|\,Q)$ is $+\infty$. Otherwise leave out the $i$ with $q_i = 0$: the log-sum inequality allows $p_i = 0$, and for $u = 1$ the slope in $v$ has the same form.",
    ),
    sources=("Cover and Thomas (2006), lemma 11.6.1",),
    domain={u: (0, 1), v: (0, 1)},
    names={of_a: "A", of_b: "B", of_c: "A'", of_d: "B'"},
)
