"""Chapter 8, Direction, symmetry, distance.

A mean is taken under any distribution on n values, where the step needs no more than that the mean of a sum is the sum
of the means.
"""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.ch04_kl_divergence import KL_INFINITE_SUPPORT
from entropybook.derivations.lemmas import D_NAME, GIBBS_INEQUALITY, LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, coin, gap, i, j, k, m, n, p, q, t, total, v, x
from entropybook.symbolic import Pmf, jeffreys_divergence, jensen_shannon_divergence, kl_divergence

CHAPTER = "08_directions"
mu, y = sp.symbols("mu y", real=True)
M, V = sp.Symbol("m", real=True), sp.Symbol("V", positive=True)  # the mean and the variance of p, v that of the model
values = sp.IndexedBase("x", shape=(n,), real=True)
center = total(p[j] * values[j], (j, 1, n))
spread = total(p[k] * (values[k] - center) ** 2, (k, 1, n))
H_NAME = "H(P, Q)"


density = sp.exp(-((y - mu) ** 2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)


def surprise(y):
    return sp.log(2 * sp.pi * v) / 2 + (y - mu) ** 2 / (2 * v)


def of_fit(mu, v, M, V):
    """The cross-entropy from a distribution with mean M and variance V to the normal one with mu and v."""
    return sp.log(2 * sp.pi * v) / 2 + (V + (M - mu) ** 2) / (2 * v)


any_fit, of_mean, least = of_fit(mu, v, M, V), of_fit(M, v, M, V), sp.log(2 * sp.pi * sp.E * V) / 2
widths = Lemma(LOG_TANGENT_BOUND, {x: V / v}, HALF, chain=1)

FORWARD_KL_MOMENT_MATCHING = Derivation(
    "forward-kl-moment-matching",
    "The forward fit matches mean and variance",
    (
        r"Let $P$ have mean $m$ and variance $V > 0$, and let $Q$ be normal with mean $\mu$ and variance $v$. Let $P$ have the probabilities $p_i$ at the places $x_i$: then",
        Clause(r"$H(P, Q) = \frac12 \log \left(2 \pi v\right) + \frac{V + \left(m - \mu\right)^2}{2 v} \ge \frac12 \log \left(2 \pi e V\right)$,", (0, 1, 2)),
        Clause(r"with equality if and only if $\mu = m$ and $v = V$.", (2, 3, 4, 5)),
        Clause(
            r"The same holds for a $P$ with a density, and then for $D(P\,\|\,Q)$, too, where it is finite for some $Q$: it is smallest for this $Q$ and no other.",
            in_text="the case of a density, with integrals in place of sums, and that $h(P)$ is then finite, so that $D = H(P, Q) - h(P)$",
        ),
    ),
    (
        Step("=", surprise(y), "The surprise of one value $y$.", left=-sp.log(density), name=r"-\log q(y)"),
        Step(
            "=",
            of_fit(mu, v, center, spread),
            r"Its mean: that of $(x_i - \mu)^2 = (x_i - m)^2 + 2 (x_i - m)(m - \mu) + (m - \mu)^2$ is $V + (m - \mu)^2$.",
            left=total(p[i] * surprise(values[i])),
            name=H_NAME,
        ),
        Step(">=", of_mean, r"For $\mu = m$ least.", Gap((M - mu) ** 2 / (2 * v)), left=any_fit, name=H_NAME),
        Step(">=", least, "The lemma at $x = V/v$, halved.", Lemma(LOG_TANGENT_BOUND, {x: V / v}, HALF)),
        Step("=", least, r"At $\mu = m$ and $v = V$ the bound is reached.", left=of_fit(M, V, M, V), name=H_NAME),
        Step(">", of_mean, "No other mean.", Minimum(mu, M), left=any_fit, where=(sp.Ne(mu, M),)),
        Step(">", least, "And no other variance.", widths, left=of_mean, where=(sp.Ne(V / v, 1),)),
    ),
    CHAPTER,
    sources=("computed here",),
    names={spread: "V", center: "m"},
    conditions={r"\mu = m": sp.Ne(mu, M), "v = V": sp.Ne(V / v, 1)},
)


def middle(i):
    return (p[i] + q[i]) / 2


from_middle = total(middle(i) * sp.log(middle(i) / p[i]))
a, b = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "pq")  # of the outcomes that both allow
shared = sp.Ne(a[k] * b[k], 0, evaluate=False)

SPLIT = r"For the bounds by $\log 2$, $p_i$ and $q_i$ are the probabilities of the outcomes that both $P$ and $Q$ allow; the others together have $1 - \sum_i p_i$ and $1 - \sum_i q_i$."


def to_middle(p, q):
    return p * sp.log(2 * p / (p + q))


def to_middle_of_split(p, q):
    """D(p || M), where the outcomes with q = 0 have the rest of p, and the ratio 2."""
    return total(to_middle(p, q)) + (1 - total(p)) * sp.log(2)


p_alone, q_alone = (total(to_middle(only[j], 0), OVER_J) for only in (Pmf("r", m), Pmf("s", m)))
d, near_p, near_q = sp.symbols("d p_k q_k", positive=True)
mid = (near_p + near_q) / 2
term = mid * sp.log(mid / near_p) - mid + near_p


def bell(y):
    return sp.exp(-(y**2) / 2) / sp.sqrt(2 * sp.pi)


size = 2 * sp.Integral(t * bell(t), (t, 0, sp.oo))  # of a standard normal z
s2 = 1 + d**2
mean_bound = sp.log(2 * sp.pi) / 2 + (s2 - 2 * d * sp.sqrt(s2) * sp.sqrt(2 / sp.pi) + d**2) / 2
wide_bound = mean_bound - sp.log(2 * sp.pi * sp.E * s2) / 2

REVERSE_KL_MODE_SEEKING = Derivation(
    "reverse-kl-mode-seeking",
    "The reverse fit may settle on one mode, the forward fit may not",
    (
        r"Let $M = \frac12 (P + Q)$ be the mixture of two distributions on a finite set. The model $P$ has",
        Clause(
            r"$D(P\,\|\,M) < \log 2$, unless $P$ and $Q$ have disjoint supports, that is, $p_i q_i = 0$ for all $i$; then there is equality. The same holds for densities.",
            (0, 1),
            in_text="the case of densities, with integrals in place of sums",
        ),
        "On a finite set, fix $Q$ and an outcome $k$ with $q_k > 0$.",
        Clause(
            r"Then $D(M\,\|\,P)$ grows without bound as $p_k \to 0$, and is infinite where $p_k$ is 0.", (2, 3), in_text="that a divergence is infinite there"
        ),
        r"For the normal distributions $P = N(d, 1)$ and $Q = N(-d, 1)$ let $W = N(0, 1 + d^2)$.",
        Clause(
            r"It has the mean and the variance of $M$, and $D(W\,\|\,M) \to \infty$ as $d \to \infty$. So if $d$ is large, one mode alone is closer to $M$ in the reverse direction than the forward fit $W$.",
            (4, 5, 6),
            in_text=r"the mean and the variance of $M$; the bound on $-\log M$ at every $y$, by symmetry, and its mean under $W$, from $E|y|$ and $E[y^2]$",
        ),
    ),
    (
        Step(
            "<",
            sp.log(2),
            r"What both allow has the ratio $\frac{p_i}{(p_i + q_i)/2} = \frac{2}{1 + q_i/p_i}$, and the rest of $P$ has the ratio 2.",
            Gap(total(a[i] * sp.log(1 + b[i] / a[i]))),
            left=to_middle_of_split(a[i], b[i]),
            name=r"D(P\,\|\,M)",
            where=(shared,),
        ),
        Step("=", sp.log(2), "The supports are disjoint.", left=p_alone),
        Step(
            ">=",
            middle(k) * sp.log(middle(k) / p[k]) - middle(k) + p[k],
            "Forward: of the terms $m_i \\log (m_i/p_i) - m_i + p_i$ keep the one of an outcome $k$.",
            Lemma(KL_INFINITE_SUPPORT, {p: sp.Lambda(i, middle(i)), q: sp.Lambda(i, p[i])}),
            left=from_middle,
            name=r"D(M\,\|\,P)",
        ),
        Step("=", sp.oo, "Its limit as $p_k$ goes to 0, while $q_k$ stays.", left=sp.Limit(term, near_p, 0, "+")),
        Step(
            "<",
            bell(x - d),
            r"The two bells, at a place $x > 0$: the nearer mode gives more than the mean of both. So $-\log M \ge \frac12 \log (2 \pi) + \frac12 (|y| - d)^2$ at every $y$.",
            Gap(bell(x - d) * (1 - sp.exp(-2 * d * x)) / 2),
            left=(bell(x - d) + bell(x + d)) / 2,
            name="M(x)",
        ),
        Step("=", sp.sqrt(2 / sp.pi), r"So $E|y| = s \sqrt{2/\pi}$ under $W$, with $s^2 = 1 + d^2$.", left=size, name="E|z|"),
        Step(
            "=",
            sp.oo,
            r"The mean of the bound under $W$ less $h(W) = \frac12 \log(2 \pi e s^2)$ grows without bound, for $\sqrt{2/\pi} < 1$. It is at most $D(W\,\|\,M)$.",
            left=sp.Limit(wide_bound, d, sp.oo, "-"),
        ),
    ),
    CHAPTER,
    assumptions=(SPLIT, "That a fit within one family settles on one mode, and on which, is observed in examples; it is no theorem."),
    zeros=r"In the third step all $p_i$ and $q_i$ are positive.",
    sources=("computed here",),
    stated=(r"M = \frac12 (P + Q)", "q_k > 0", "P = N(d, 1)", "Q = N(-d, 1)", "W = N(0, 1 + d^2)", r"D(W\,\|\,M) \to \infty"),
    conditions={"p_i q_i = 0": shared},
)

of_coin_and_outcome = total(p[i] / 2 * sp.log(2 / p[i]) + q[i] / 2 * sp.log(2 / q[i]))
of_middle = total(middle(i) * sp.log(1 / middle(i)))
js = jensen_shannon_divergence(p, q)
js_name = r"\operatorname{JS}(P, Q)"
H_P, H_Q = (total(law[i] * sp.log(1 / law[i])) for law in (p, q))
q_to_middle = Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: middle}, HALF)
p_strictly = Lemma(GIBBS_INEQUALITY, {q: middle}, HALF, chain=2, also=q_to_middle)
not_middle = sp.Ne(middle(k) / p[k], 1)
to_p, to_q = (total(law[i] * sp.log(law[i] / middle(i))) for law in (p, q))

JENSEN_SHANNON_BOUNDS = Derivation(
    "jensen-shannon-bounds",
    "Jensen–Shannon divergence is bounded",
    (
        r"For distributions $P$ and $Q$ on a finite set and $M = \frac12 (P + Q)$,",
        Clause(
            r"$\operatorname{JS}(P, Q) = \frac{D(P\,\|\,M)}{2} + \frac{D(Q\,\|\,M)}{2} = H(M) - \frac{H(P)}{2} - \frac{H(Q)}{2} = H(M) + \log 2 - H(C, X) \ge 0$: the mutual information of an outcome $X$ and of a fair coin $C$ that chooses between $P$ and $Q$.",
            (0,),
        ),
        Clause(r"There is equality if and only if $P = Q$.", (1, 2)),
        Clause(
            r"$\operatorname{JS}(P, Q) < \log 2$, unless $P$ and $Q$ have disjoint supports, that is, $p_i q_i = 0$ for all $i$; then there is equality.",
            (3, 4),
        ),
    ),
    (
        Step("=", (to_p + to_q) / 2, "The mean of both divergences from the middle.", left=js, name=js_name),
        Step("=", of_middle - (H_P + H_Q) / 2, "The terms with the logarithm of the middle come together."),
        Step(
            "=",
            sp.log(2) + of_middle - of_coin_and_outcome,
            r"Coin and outcome together have the probabilities $\frac12 p_i$ and $\frac12 q_i$, and their entropy is $\log 2$, that of the coin, more than $\frac12 H(P) + \frac12 H(Q)$.",
            theorem="mutual-information-as-kl",
        ),
        Step(">=", 0, "No divergence is negative.", Lemma(GIBBS_INEQUALITY, {q: middle}, HALF, also=q_to_middle)),
        Step(">", 0, "The first is positive if $q_k \\ne p_k$ for some $k$.", p_strictly, left=js, where=(not_middle,)),
        Step("=", 0, "And for $P = Q$ it is 0.", left=jensen_shannon_divergence(p, p), name=r"\operatorname{JS}(P, P)"),
        Step(
            "<",
            sp.log(2),
            r"Each divergence is less than $\log 2$, as above, if any outcome is possible for both.",
            Gap(total(a[i] * sp.log(1 + b[i] / a[i]) + b[i] * sp.log(1 + a[i] / b[i])) / 2),
            left=to_middle_of_split(a[i], b[i]) / 2 + to_middle_of_split(b[i], a[i]) / 2,
            name=js_name,
            where=(shared,),
        ),
        Step("=", sp.log(2), "The supports are disjoint.", left=(p_alone + q_alone) / 2),
    ),
    CHAPTER,
    assumptions=(r"$H(X) = H(M)$, and the mutual information of $C$ and $X$ is $H(C) + H(X) - H(C, X)$ (mutual-information-as-kl).", SPLIT),
    zeros="All $p_i > 0$ and $q_i > 0$ in the first steps. Terms with $p_i = 0$ or $q_i = 0$ before the logarithm are 0; no divergence is infinite, as the middle is positive wherever $p_i$ or $q_i$ is.",
    sources=("Lin (1991), section 4",),
    names={to_p: r"D(P\,\|\,M)", to_q: r"D(Q\,\|\,M)", H_P: "H(P)", H_Q: "H(Q)", of_middle: "H(M)", of_coin_and_outcome: "H(C, X)"},
    conditions={"P = Q": not_middle, "p_i q_i = 0": shared},
    stated=(r"M = \frac12 (P + Q)",),
)

jeffreys = jeffreys_divergence(p, q)
J_NAME = "J(P, Q)"
one_sum = total((p[i] - q[i]) * sp.log(p[i] / q[i]))
exchanged = total((q[i] - p[i]) * sp.log(q[i] / p[i]))
backwards = Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: lambda i: p[i]})
strictly, unequal = Lemma(GIBBS_INEQUALITY, {}, chain=2, also=backwards), sp.Ne(q[k] / p[k], 1)

JEFFREYS_SYMMETRIC = Derivation(
    "jeffreys-symmetric",
    "The sum of both directions",
    (
        "For distributions $P$ and $Q$ on a finite set,",
        Clause(r"$J(P, Q) = D(P\,\|\,Q) + D(Q\,\|\,P) = \sum_i \left(p_i - q_i\right) \log \frac{p_i}{q_i} = J(Q, P) \ge 0$,", (0,)),
        Clause("with equality if and only if $P = Q$.", (1, 2)),
    ),
    (
        Step("=", one_sum, r"$\log \frac{q_i}{p_i} = -\log \frac{p_i}{q_i}$.", left=jeffreys, name=J_NAME),
        Step("=", exchanged, "The same sum with the names exchanged."),
        Step(">=", 0, "Two divergences, neither of them negative.", Lemma(GIBBS_INEQUALITY, {}, also=backwards)),
        Step(">", 0, "The first is positive if $q_k \\ne p_k$ for some $k$.", strictly, left=jeffreys, where=(unequal,)),
        Step("=", 0, "And for $P = Q$ it is 0.", left=jeffreys_divergence(p, p), name="J(P, P)"),
    ),
    CHAPTER,
    zeros=r"All $p_i > 0$ and $q_i > 0$ in the steps. A term with $p_i = q_i = 0$ counts as 0; if just one of the two is 0 for some $i$, $J$ is $+\infty$.",
    sources=("Kullback (1959), chapter 1, section 3",),
    names={D: D_NAME, kl_divergence(q, p): r"D(Q\,\|\,P)", exchanged: "J(Q, P)"},
    conditions={"P = Q": unequal},
)

delta = total(sp.Abs(p[j] - q[j]), (j, 1, n)) / 2
between = 2 * p[i] + 4 * q[i]


def alike(i):
    """1 if p and q are the same at i, and else less."""
    return 4 * p[i] * q[i] / (p[i] + q[i]) ** 2


of_gaps = total(p[i] * gap(alike(i)) / 3)
other_gaps = Lemma(LOG_TANGENT_BOUND, {x: alike(i)}, p[i] * (1 - sp.KroneckerDelta(i, k)) / 3, [OVER_I])
one_gap = Lemma(LOG_TANGENT_BOUND, {x: alike(k)}, p[k] / 3, chain=1)
eps = sp.Symbol("varepsilon", real=True)
near_fair, fair = coin(HALF + eps), coin(HALF)
from_fair, of_coins = kl_divergence(near_fair, fair), sum(sp.Abs(near_fair[i] - fair[i]) for i in (0, 1)) / 2
more, less = (sp.IndexedBase(name, shape=(size,), positive=True) for name, size in (("a", n), ("b", m)))
missing, other = (sp.IndexedBase(name, shape=(size,), real=True) for name, size in (("d", n), ("e", m)))

PINSKER_INEQUALITY = Derivation(
    "pinsker-inequality",
    "Pinsker's inequality",
    (
        r"For distributions on a finite set, in nats, let $\delta = \frac{\sum_j \left|{p_j - q_j}\right|}{2}$, the total variation distance. Then",
        Clause(r"$D(P\,\|\,Q) \ge 2 \delta^2$,", (0,)),
        Clause("with equality if and only if $P = Q$.", (0, 1, 2)),
        Clause(
            r"$\delta = \sum_i \left(\frac{\left|{p_i - q_i}\right|}{2} + \frac{p_i}{2} - \frac{q_i}{2}\right)$ is the difference between the probabilities that $P$ and $Q$ give to all outcomes that $P$ makes more probable,",
            (3,),
        ),
        Clause(
            r"and no event $E$ has a greater one: with the $a_i > 0$ by which some $p_i$ exceed $q_i$, and the $b_j > 0$ by which others are less, $P(E) - Q(E) \le \sum_i a_i$, and this sum is $\delta$.",
            (3, 4),
        ),
        Clause(
            r"No greater factor than 2 will do: for two coins $\delta = \left|{\varepsilon}\right|$ and $\frac{D(\frac12 + \varepsilon\,\|\,\frac12)}{\varepsilon^2} \to 2$ as $\varepsilon \to 0$.",
            (5, 6),
        ),
    ),
    (
        Step(
            ">=",
            total(3 * (p[i] - q[i]) ** 2 / between) + of_gaps,
            r"The last line of the lemma at $x = q_i$ and $t = p_i$.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i], t: p[i]}, over=[OVER_I], chain=3),
            left=kl_divergence(p, q),
            name=D_NAME,
        ),
        Step(
            ">=",
            2 * delta**2 + of_gaps,
            r"The $m_i = \frac13 (p_i + 2 q_i)$ add up to 1, and the mean of a square is at least the square of the mean: here of $|p_i - q_i| / m_i$, of mean $2 \delta$.",
            Gap(3 * total((sp.Abs(p[i] - q[i]) / sp.sqrt(between) - delta * sp.sqrt(between) / 3) ** 2)),
        ),
        Step(">=", 2 * delta**2, "No gap is negative.", Lemma(LOG_TANGENT_BOUND, {x: alike(i)}, p[i] / 3, [OVER_I])),
        Step("=", 2 * delta.xreplace({q: p}) ** 2, "For $P = Q$ both sides are 0.", left=kl_divergence(p, p)),
        Step(">=", p[k] * gap(alike(k)) / 3, "Of the gaps that were left out keep one.", other_gaps, left=of_gaps),
        Step(">", 0, "It is positive if $q_k$ is not $p_k$.", one_gap, where=(sp.Ne(alike(k), 1),)),
        Step(
            "=",
            total((p[i] - q[i] + sp.Abs(p[i] - q[i])) / 2),
            "The added $p_i - q_i$ sum to 0. A term is now $p_i - q_i$ if this is positive, and 0 if not: the event of all $i$ with $p_i > q_i$ has this difference.",
            left=delta,
        ),
        Step(
            "<=",
            total(more[i]),
            "And no event has more: $d_i$ is 1 for what is not in the event, $e_j$ is 1 for what is in it, and else they are 0.",
            Gap(total(more[i] * missing[i] ** 2) + total(less[j] * other[j] ** 2, OVER_J)),
            left=total(more[i] * (1 - missing[i] ** 2)) - total(less[j] * other[j] ** 2, OVER_J),
            name="P(E) - Q(E)",
        ),
        Step("=", sp.Abs(eps), "A coin near the fair one, and this one.", left=of_coins, name=r"\delta"),
        Step("=", 2, "Twice by l'Hospital's rule.", left=sp.Limit(from_fair / eps**2, eps, 0, "+-")),
    ),
    CHAPTER,
    assumptions=(r"The $a_i$ are the positive terms of the second sum for $\delta$. As $P$ and $Q$ may be exchanged, $Q(E) - P(E)$ is at most $\delta$, too.",),
    zeros=r"All $p_i > 0$ and $q_i > 0$ in the steps. If $q_i = 0 < p_i$ for some $i$, $D(P\,\|\,Q)$ is $+\infty$. If $p_i = 0$, $q_i$ stands in place of $p_i$ times a gap, and it is more than the $\frac34 q_i$ of the first step.",
    sources=("Cover and Thomas (2006), lemma 11.6.1, with another proof",),
    names={delta: r"\delta", 2 * delta**2: r"2 \delta^{2}", from_fair: r"D(\frac{1}{2} + \varepsilon\,\|\,\frac{1}{2})"},
    conditions={"P = Q": sp.Ne(alike(k), 1)},
)
