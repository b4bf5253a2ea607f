"""Chapter 10, losses."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import OVER_I, OVER_K, coin, i, k, l, n, p, q, s, t, total, x
from entropybook.symbolic import Pmf, cross_entropy, entropy, kl_divergence

CHAPTER = "10_losses"
MURPHY_10_3 = "Murphy (2022), section 10.3"

label, guess = sp.symbols("y p", positive=True)
w = sp.Symbol("z", real=True)
bce = cross_entropy(coin(label), coin(guess))
sigmoid = 1 / (1 + sp.exp(-w))
BCE_NAME = r"\ell(y, p)"

BINARY_CROSS_ENTROPY_MINIMUM = Derivation(
    "binary-cross-entropy-minimum",
    "The least binary cross-entropy",
    (
        r"Let $0 \le y \le 1$ and $0 \le p \le 1$, and let $\ell(y, p) = - y \log p - (1 - y) \log (1 - p)$, with $0 \log 0 = 0$, be the loss.",
        Clause(r"It is at least the entropy of the label: $\ell(y, p) \ge H_b(y)$,", (1,)),
        Clause(r"with equality, $\ell(y, y) = H_b(y)$, if and only if $p = y$.", (2, 6)),
        Clause(r"The difference is the divergence of the two coins: $\ell(y, p) - H_b(y) = D(y\,\|\,p)$.", (3,)),
        Clause(r"If $p = \frac{1}{1 + e^{-z}}$, its derivative with respect to the logit $z$ is $\frac{d}{d z} \ell = p - y$.", (5,)),
    ),
    (
        Step(
            "=",
            (guess - label) / (guess * (1 - guess)),
            "The derivative is $-y/p + (1 - y)/(1 - p)$; bring it over one denominator.",
            left=sp.Derivative(bce, guess),
            name=r"\partial \ell / \partial p",
        ),
        Step(">=", entropy(coin(label)), "So the loss falls until $p = y$ and rises after it.", Minimum(guess, label), left=bce, name=BCE_NAME),
        Step(
            ">",
            entropy(coin(label)),
            "The derivative vanishes nowhere else, so equality holds at $p = y$ only.",
            Minimum(guess, label),
            left=bce,
            name=BCE_NAME,
            where=(sp.Ne(guess, label),),
        ),
        Step(
            "=",
            kl_divergence(coin(label), coin(guess)),
            "Collect the two logarithms of each side of the coin.",
            left=bce - entropy(coin(label)),
            name=r"\ell(y, p) - H_b(y)",
        ),
        Step(
            ">=",
            1 - guess,
            "For $y = 1$ the loss is $-\\log p$; the lemma at $x = p$. For $y = 0$, put $1 - p$ in place of $p$.",
            Lemma(LOG_TANGENT_BOUND, {x: guess}),
            left=cross_entropy([1, 0], coin(guess)),
            name=r"\ell(1, p)",
        ),
        Step(">", 0, "So the loss of a sure label, too, is 0 for $p = y$ only.", Gap(1 - guess)),
        Step(
            "=",
            sigmoid - label,
            "By the chain rule: $dp/dz = p\\,(1 - p)$ cancels the denominator.",
            left=sp.Derivative(bce.xreplace({guess: sigmoid}), w),
            name=r"\frac{d}{d z} \ell",
        ),
        Step("=", entropy(coin(label)), "At $p = y$ there is equality.", left=bce.xreplace({guess: label}), name=r"\ell(y, y)"),
    ),
    CHAPTER,
    zeros=r"$0 < y < 1$ and $0 < p < 1$ in the steps, except where $y = 1$ is said; the derivative by $z$ is linear in $y$ on both sides, so it holds for $y = 0$ and $y = 1$. For $p = 0 < y$ and for $p = 1 > y$ the loss is $+\infty$.",
    sources=("Murphy (2022), section 10.2.3",),
    domain={label: (0, 1), guess: (0, 1)},
    names={entropy(coin(label)): "H_{b}(y)", kl_divergence(coin(label), coin(guess)): r"D(y\,\|\,p)", sigmoid: "p"},
    stated=(r"0 \log 0 = 0",),
)

z = sp.IndexedBase("z", shape=(n,), real=True)
y, targets = Pmf("y", n), sp.IndexedBase("y", shape=(n,), real=True)  # a distribution; any numbers


def log_sum_exp(z, index=l):
    """log sum exp z."""
    return sp.log(sp.Sum(sp.exp(z[index]), (index, 1, n)))


def softmax(z, k, index=l):
    """The probability of class k by the logits z."""
    return sp.exp(z[k]) / sp.Sum(sp.exp(z[index]), (index, 1, n))


from_logits, for_any_y = (log_sum_exp(z) - total(y[i] * z[i]) for y in (y, targets))

SOFTMAX_GRADIENT = Derivation(
    "softmax-gradient",
    "The gradient of the softmax loss",
    (
        r"Let $z \in \mathbb R^K$, $p_k = \frac{e^{z_k}}{\sum_l e^{z_l}}$, and let $y$ be a distribution on the $K$ classes (one-hot or not).",
        Clause(r"The loss is $\ell = - \sum_i y_i \log p_i = \log (\sum_l e^{z_l}) - \sum_i y_i z_i$,", (0,)),
        Clause(r"and $\frac{\partial}{\partial z_k} \ell = p_k - y_k$.", (2,)),
        Clause(r"These derivatives sum to 0: $\sum_k (p_k - y_k) = 0$;", (3,)),
        Clause(r"all are 0 if and only if $p = y$.", (2, 4)),
    ),
    (
        Step("=", from_logits, "$\\log p_i = z_i - \\log \\sum_l e^{z_l}$, and the $y_i$ sum to 1.", left=-total(y[i] * sp.log(softmax(z, i))), name=r"\ell"),
        Step(
            "=",
            softmax(z, k),
            "The derivative of the logarithm is 1 over the sum; of the sum, only the term $e^{z_k}$ depends on $z_k$.",
            left=sp.Derivative(log_sum_exp(z), z[k]),
            name=r"\partial \log \textstyle\sum_l e^{z_l} / \partial z_k",
        ),
        Step(
            "=",
            softmax(z, k) - targets[k],
            "Subtract the derivative of the linear part, which is $y_k$, for one-hot labels too: here the $y_i$ are any numbers.",
            left=sp.Derivative(for_any_y, z[k]),
            name=r"\frac{\partial}{\partial z_k} \ell",
        ),
        Step("=", 0, "Both distributions sum to 1.", left=sp.Sum(softmax(z, k) - y[k], OVER_K)),
        Step(
            ">",
            0,
            "If $p_k \\ne y_k$ for some $k$, the divergences in both directions are positive. Their sum is this one, so not every factor $p_i - y_i$ is 0.",
            Lemma(
                GIBBS_INEQUALITY,
                {p: lambda i: softmax(z, i), q: lambda i: y[i]},
                chain=2,
                also=Lemma(GIBBS_INEQUALITY, {p: lambda i: y[i], q: lambda i: softmax(z, i)}),
            ),
            left=total((softmax(z, i) - y[i]) * sp.log(softmax(z, i) / y[i])),
            where=(sp.Ne(y[k] / softmax(z, k), 1),),
        ),
    ),
    CHAPTER,
    zeros="All $y_i > 0$ in the steps, except for the gradient; where both sides are linear in $y$, zeros are allowed. A label with a zero differs from $p$, which has none, and so a derivative differs from 0.",
    sources=(MURPHY_10_3,),
    names={n: "K", softmax(z, k): "p_k", softmax(z, i): "p_i"},
    conditions={"p = y": sp.Ne(y[k] / softmax(z, k), 1)},
)

c = sp.Symbol("c", real=True)
V = sp.IndexedBase("v", shape=(n,), real=True)
mean = sp.Sum(p[l] * V[l], (l, 1, n))
spread = total(p[i] * (V[i] - mean) ** 2)
quadratic = sp.Sum(V[i] * V[k] * (p[i] * sp.KroneckerDelta(i, k) - p[i] * p[k]), OVER_I, OVER_K)
QUADRATIC_NAME = r"v^{\mathsf T} H v"

SOFTMAX_HESSIAN = Derivation(
    "softmax-hessian",
    "The softmax loss is convex",
    (
        r"Let $p_k = \frac{e^{z_k}}{\sum_l e^{z_l}}$.",
        Clause(
            r"The second derivatives of the softmax loss, whatever the numbers $y_i$, are $H_{ik} = \frac{e^{z_k} \delta_{i k}}{\sum_l e^{z_l}} - \frac{e^{z_i} e^{z_k}}{(\sum_l e^{z_l})^2}$, in short $\operatorname{diag}(p) - p\,p^{\mathsf T}$.",
            (0,),
        ),
        Clause(r"For all $v$, with the mean $\bar v = \sum_l p_l v_l$, $v^{\mathsf T} H v = \sum_i (v_i - \bar v)^2 p_i \ge 0$,", (1,)),
        Clause(r"with equality if and only if all $v_i$ are the same, that is, $v_k = \bar v$ for all $k$.", (2, 3)),
        Clause(
            "So the loss is convex in the logits, and strictly convex in all directions except that of a common shift,",
            in_text="that a function with such second derivatives is convex",
        ),
        Clause(r"in which it is constant: $\log (\sum_l e^{c + z_l}) - \sum_i y_i (c + z_i) = \ell$.", (4,)),
    ),
    (
        Step(
            "=",
            softmax(z, k) * sp.KroneckerDelta(i, k) - softmax(z, i) * softmax(z, k),
            "The gradient is $p_k - y_k$; differentiate the quotient $p_k$ with respect to $z_i$.",
            theorem="softmax-gradient",
            left=sp.Derivative(for_any_y.xreplace({i: l}), z[i], z[k]),
            name=r"H_{ik}",
        ),
        Step(
            "=",
            total(p[i] * V[i] ** 2) - mean**2,
            "In the first part only $i = k$ is left, and the second is a product of two equal sums.",
            left=quadratic,
            name=QUADRATIC_NAME,
        ),
        Step("=", spread, r"The mean square less the square of the mean is the mean squared distance from $\bar v$."),
        Step(">=", 0, "No term is negative.", Gap(spread)),
        Step(
            ">=",
            p[k] * (V[k] - mean) ** 2,
            r"Of these terms keep one, which is positive if $v_k \ne \bar v$.",
            Gap(total((1 - sp.KroneckerDelta(i, k)) * p[i] * (V[i] - mean) ** 2)),
            left=spread,
            name=QUADRATIC_NAME,
        ),
        Step(">", 0, r"It is a square of what is not 0.", Gap(p[k] * (V[k] - mean) ** 2), where=(sp.Ne(V[k], mean),)),
        Step(
            "=",
            0,
            "If all $v_i$ are the same number $c$, nothing is left.",
            left=quadratic.replace(lambda e: isinstance(e, sp.Indexed) and e.base == V, lambda e: c),
        ),
        Step(
            "=",
            from_logits,
            "The shift adds $c$ to both parts.",
            left=from_logits.replace(lambda e: isinstance(e, sp.Indexed) and e.base == z, lambda e: e + c),
        ),
    ),
    CHAPTER,
    assumptions=(r"In the steps for $v$, $H_{ik} = \delta_{ik}\, p_i - p_i p_k$ with any distribution $p$.",),
    zeros="In the last step $y$ is a distribution with all $y_i > 0$; both sides are linear in $y$.",
    stated=(r"\operatorname{diag}(p) - p\,p^{\mathsf T}",),
    sources=(MURPHY_10_3,),
    names={mean: r"\bar v", softmax(z, k): "p_k", softmax(z, i): "p_i", from_logits: r"\ell"},
)

d = sp.IndexedBase("d", shape=(n,), real=True)


def below(index):
    """A logit that lies the square of d below the largest one."""
    return c - d[index] ** 2


lse = sp.log(total(sp.exp(z[i])))
below_sum = sp.Sum(sp.exp(below(l)), (l, 1, n))
share = sp.exp(below(i)) / below_sum
share_of_k = sp.exp(below(k)) / below_sum
one = z[1]
more = sp.IndexedBase("z", shape=(n + 1,), real=True)
lse_below = sp.log(total(sp.exp(below(i))))
LSE_NAME = r"\log \textstyle\sum_i e^{z_i}"

LOG_SUM_EXP_SHIFT = Derivation(
    "log-sum-exp-shift",
    "The shift in log-sum-exp, and its bounds",
    (
        r"For $z \in \mathbb R^n$ and every real $c$,",
        Clause(r"$\log \sum_i e^{z_i} = c + \log (\sum_i e^{z_i - c})$.", (0,)),
        Clause(r"Moreover $\log \sum_i e^{z_i} - z_k \ge 0$ for every $k$, so also for the greatest $z_k$,", (1,)),
        Clause(r"with equality for $n = 1$, as $\log e^{z_1} = z_1$, and never for more, as $\log (e^{z_{n + 1}} + \sum_i e^{z_i}) - z_{n + 1} > 0$.", (4, 5)),
        Clause(r"If no $z_i$ exceeds $c$, for example the greatest, $\log \sum_i e^{z_i} \le c + \log n$,", (2,)),
        Clause("with equality if and only if $z_k = c$ for all $k$.", (3, 6)),
    ),
    (
        Step("=", c + sp.log(total(sp.exp(z[i] - c))), "Take the factor $e^c$ out of every term of the sum; its logarithm is $c$.", left=lse, name=LSE_NAME),
        Step(
            "=",
            -sp.log(softmax(z, k)),
            "The logarithm of $p_k = e^{z_k} / \\sum_l e^{z_l}$ is $z_k$ less that of the sum.",
            left=lse - z[k],
            name=LSE_NAME + " - z_k",
        ),
        Step(">=", 1 - softmax(z, k), "The lemma at $x = p_k$.", Lemma(LOG_TANGENT_BOUND, {x: softmax(z, k)})),
        Step(">=", 0, "What is left is the probability of the other classes.", Gap(total((1 - sp.KroneckerDelta(i, k)) * softmax(z, i)))),
        Step(
            "=",
            total(share * below(i)) - total(share * sp.log(share)),
            "Let $c$ be the largest $z_i$, and $z_i = c - d_i^2$, so that $p_i = e^{c - d_i^2}/S$. As $z_i = \\log p_i + \\log S$, "
            "the mean of the $z_i$ and the entropy of $p$ make up the whole.",
            left=lse_below,
            name=LSE_NAME,
        ),
        Step(
            "<=",
            total(share * below(i)) + sp.log(n),
            "With $1/n$ in place of $p_i$ in the logarithm it is more, by the divergence $D(p\\,\\|\\,U)$ for the uniform distribution $U$; that is 0 for $p = U$ only.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: sp.exp(below(i)) / below_sum, q: lambda i: 1 / n}),
        ),
        Step("<=", c + sp.log(n), "No $d_i^2$ is negative; all are 0 if and only if all $z_i$ are the same.", Gap(total(share * d[i] ** 2))),
        Step("=", c + sp.log(n), "If every $z_i = c$, the sum is $n e^c$.", left=sp.log(total(sp.exp(c)))),
        Step("=", one, "One logit.", left=sp.log(sp.exp(one)), name=r"\log e^{z_1}"),
        Step(
            ">",
            0,
            "Of two logits or more let the greatest stand last. Taken out of the sum, it leaves a logarithm of more than 1.",
            Gap(sp.log(1 + total(sp.exp(more[i] - more[n + 1])))),
            left=sp.log(sp.exp(more[n + 1]) + total(sp.exp(more[i]))) - more[n + 1],
        ),
        Step(
            "<=",
            total(share * below(i)) + sp.log(n),
            "Once more, if $d_k \\ne 0$ for some $k$ ...",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: sp.exp(below(i)) / below_sum, q: lambda i: 1 / n}),
            left=lse_below,
            name=LSE_NAME,
        ),
        Step(
            "<=",
            c + sp.log(n) - share_of_k * d[k] ** 2,
            "... keep of the $d_i^2$ that of $k$ ...",
            Gap(total((1 - sp.KroneckerDelta(i, k)) * share * d[i] ** 2)),
        ),
        Step("<", c + sp.log(n), "... which is positive.", Gap(share_of_k * d[k] ** 2), where=(sp.Ne(d[k], 0),)),
    ),
    CHAPTER,
    assumptions=("Of $n + 1$ logits any may stand last, as the sum does not depend on their order.",),
    sources=("Boyd and Vandenberghe (2004), section 3.1.5, for the bounds",),
    names={below_sum: "S"},
    conditions={"z_k = c": sp.Ne(d[k], 0)},
    stated=("n = 1",),
)

loss = sp.log(total(sp.exp(p[i]))) - p[k]
scale = total(sp.exp(p[i] - p[k]))
floor = 1 + (n - 1) / sp.E
others = 1 - sp.KroneckerDelta(i, k)

DOUBLE_SOFTMAX_FLOOR = Derivation(
    "double-softmax-floor",
    "Softmax twice: the loss that cannot reach 0",
    (
        "Let $p$ be a distribution on $K$ classes, and $y$ the true class. If the $p_i$ are taken for logits,",
        Clause(r"the loss is $\ell = \log (\sum_i e^{p_i}) - p_y \ge \log T_0$ with $T_0 = e^{-1} (K - 1) + 1$,", (0,)),
        Clause("with equality if and only if $p_y = 1$.", (0, 1), in_text="that there is equality for $p_y = 1$ only"),
    ),
    (
        Step(
            "=",
            sp.log(scale),
            "Take the factor $e^{p_y}$ out of the sum; what is left is $T = \\sum_i e^{p_i - p_y}$.",
            theorem="log-sum-exp-shift",
            left=loss,
            name=r"\ell",
        ),
        Step(
            ">=",
            sp.log(floor) + 1 - floor / scale,
            r"Let $T_0 = 1 + (K - 1)/e$. The lemma at $x = T_0/T$ says that $\log T - \log T_0 \ge 1 - T_0/T$.",
            Lemma(LOG_TANGENT_BOUND, {x: floor / scale}),
        ),
        Step(
            "=",
            sp.log(floor) + total(others * (sp.exp(1 + p[i] - p[k]) - 1)) / (sp.E * scale),
            "$T - T_0$ term by term: the term of the true class is 1 in both, every other one is $1/e$ in $T_0$.",
        ),
        Step(
            ">=",
            sp.log(floor) + total(others * (1 + p[i] - p[k])) / (sp.E * scale),
            "$e^t - 1 \\ge t$, which is the lemma at $x = e^t$.",
            Lemma(LOG_TANGENT_BOUND, {x: sp.exp(1 + p[i] - p[k])}, others / (sp.E * scale), [OVER_I]),
        ),
        Step("=", sp.log(floor) + n * (1 - p[k]) / (sp.E * scale), "The other $p_i$ sum to $1 - p_y$, and there are $K - 1$ of them."),
        Step(
            ">=", sp.log(floor), "$p_y \\le 1$, so what is added is not negative; it is 0 for $p_y = 1$ only.", Gap(n * total(others * p[i]) / (sp.E * scale))
        ),
        Step("=", sp.log(floor), "For $p_y = 1$ the logits are one 1 and $K - 1$ zeros.", left=sp.log(sp.E + n - 1) - 1),
    ),
    CHAPTER,
    zeros="All $p_i > 0$ in the steps, but none needs it; at $p_y = 1$ all others are 0, the last step.",
    sources=("The manual of PyTorch, torch.nn.CrossEntropyLoss, for the input that it expects",),
    names={n: "K", k: "y", scale: "T", floor: "T_0"},
    stated=("p_y = 1",),
)

eps = sp.Symbol("varepsilon", positive=True)
even = eps / n
most = 1 - eps + even
smoothed = (1 - eps) * sp.KroneckerDelta(i, k) + even
smoothing_floor = -most * sp.log(most) - (n - 1) * even * sp.log(even)
above_floor = most * sp.log(most / q[k]) + even * total(others * sp.log(even / q[i]))
least_floor = (1 - 1 / n) * eps * (2 - eps)
for_any_s = Lemma(GIBBS_INEQUALITY, {p: lambda i: s[i], k: l}, chain=2)
of_other = {"left": kl_divergence(s, q), "name": r"D(s\,\|\,q)", "where": (sp.Ne(q[l] / s[l], 1),)}
of_logits = {"left": sp.log(softmax(z, k) / softmax(z, i)), "name": r"\log \frac{q_y}{q_i}"}

LABEL_SMOOTHING_FLOOR = Derivation(
    "label-smoothing-floor",
    "The floor under label smoothing",
    (
        r"Let $0 < \varepsilon < 1$. Label smoothing replaces the one-hot label of class $y$ among $K$ classes by $s$, with $s_y = a = 1 + \frac{\varepsilon}{K} - \varepsilon$ and all other $s_i = b = \frac{\varepsilon}{K}$.",
        Clause(r"For every distribution $q$, $- \sum_i s_i \log q_i \ge F$ with $F = - a \log a - (K - 1)\, b \log b$,", (0,)),
        Clause("with equality if and only if $q = s$:", (1, 2)),
        Clause(
            r"for $q_k = \frac{e^{z_k}}{\sum_l e^{z_l}}$ when the logit of class $y$ lies $\log \frac ab = \log (\frac{K (1 - \varepsilon)}{\varepsilon} + 1)$ above all others, which are equal, as $\log \frac{q_y}{q_i} = z_y - z_i$.",
            (3, 4),
        ),
        Clause(r"The floor is $F \ge \varepsilon (1 - \frac{1}{K}) (2 - \varepsilon)$,", (5,)),
        Clause(r"which is positive for $K \ge 2$: $\varepsilon (1 - \frac{1}{K}) (2 - \varepsilon) > 0$.", (6,)),
    ),
    (
        Step(
            "=",
            -most * sp.log(q[k]) - even * total(others * sp.log(q[i])),
            "Write the true class apart from the others.",
            left=-total(smoothed * sp.log(q[i])),
            name=r"-\textstyle\sum_i s_i \log q_i",
        ),
        Step(
            ">=",
            -most * sp.log(most) + most - q[k] - even * total(others * sp.log(q[i])),
            "For the true class: the lemma at $x = q_y/a$, times $a$.",
            Lemma(LOG_TANGENT_BOUND, {x: q[k] / most}, most),
        ),
        Step(
            ">=",
            -most * sp.log(most) + most - q[k] + total(others * (even - q[i] - even * sp.log(even))),
            "For every other class: the lemma at $x = q_i/b$, times $b$.",
            Lemma(LOG_TANGENT_BOUND, {x: q[i] / even}, others * even, [OVER_I]),
        ),
        Step("=", smoothing_floor, "The $q_i$ sum to 1, and so does the label: $a + (K - 1)\\, b = 1$."),
        Step(
            "=",
            above_floor,
            "The excess is the divergence, which is 0 for $q = s$.",
            left=-total(smoothed * sp.log(q[i])) - smoothing_floor,
            name=r"-\textstyle\sum_i s_i \log q_i - F",
        ),
        Step(">", 0, "It is positive for every other $q$: Gibbs' inequality, for any $s$.", for_any_s, **of_other),
        Step("=", sp.log(1 + n * (1 - eps) / eps), "At $q = s$.", left=sp.log(most) - sp.log(even), name=r"\log \frac ab"),
        Step("=", z[k] - z[i], "Apart from a shift, logits are logarithms of probabilities.", **of_logits),
        Step(
            ">=",
            most * (1 - most) - (n - 1) * even * sp.log(even),
            "The lemma at $x = a$, times $a$.",
            Lemma(LOG_TANGENT_BOUND, {x: most}, most),
            left=smoothing_floor,
        ),
        Step(
            ">=",
            most * (1 - most) + (n - 1) * even * (1 - even),
            "The lemma at $x = b$, times $(K - 1)\\, b$.",
            Lemma(LOG_TANGENT_BOUND, {x: even}, (n - 1) * even),
        ),
        Step("=", least_floor, "$1 - a = (K - 1)\\, b$ is a common factor, and $a - b = 1 - \\varepsilon$."),
        Step(">", 0, "All factors are positive.", Gap(least_floor), left=least_floor, where=(sp.Ge(n, 2),)),
    ),
    CHAPTER,
    zeros="All $q_i > 0$ in the steps; otherwise the loss is infinite.",
    sources=("Szegedy et al. (2016), section 7",),
    domain={eps: (0, 1)},
    names={n: "K", k: "y", smoothed: "s_i", smoothing_floor: "F", above_floor: r"D(s\,\|\,q)"},
    conditions={"q = s": of_other["where"][0]},
    stated=(
        r"s_y = a = 1 + \frac{\varepsilon}{K} - \varepsilon",
        r"s_i = b = \frac{\varepsilon}{K}",
        r"q_k = \frac{e^{z_k}}{\sum_l e^{z_l}}",
        r"F = - a \log a - (K - 1)\, b \log b",
    ),
)

T = sp.Symbol("T", positive=True)
teacher = sp.IndexedBase("v", shape=(n,), real=True)


def tempered(z, k, t):
    """The probability of class k by the logits t z, where t is 1 over the temperature."""
    return sp.exp(t * z[k]) / sp.Sum(sp.exp(t * z[l]), (l, 1, n))


def average(z):
    """The mean of all logits."""
    return total(z[i]) / n


tempered_loss = sp.log(sp.Sum(sp.exp(z[l] / T), (l, 1, n))) - total(y[i] * z[i]) / T
distilled = sp.log(sp.Sum(sp.exp(z[l] / T), (l, 1, n))) - total(tempered(teacher, i, 1 / T) * z[i]) / T
pair = sp.symbols("z_1 z_2 v_1 v_2", real=True)
first = sp.exp(t * pair[0]) / (sp.exp(t * pair[0]) + sp.exp(t * pair[1]))
teachers_first = sp.exp(t * pair[2]) / (sp.exp(t * pair[2]) + sp.exp(t * pair[3]))

TEMPERATURE_GRADIENT = Derivation(
    "temperature-gradient",
    "What temperature does to the gradient",
    (
        r"At temperature $T > 0$ the prediction $p$ is $\operatorname{softmax}(z/T)$.",
        Clause(
            r"The loss of a label $y$, a distribution on $K$ classes, is $\ell = - \sum_i y_i \log p_i = \log (\sum_l e^{\frac{z_l}{T}}) - \frac{\sum_i y_i z_i}{T}$.",
            (0,),
        ),
        Clause(r"It has $\frac{\partial}{\partial z_k} \ell = \frac{p_k - y_k}{T}$", (1,)),
        Clause(
            r"and $\frac{\partial}{\partial T} \ell = \frac{\sum_i y_i z_i - \sum_i \frac{e^{\frac{z_i}{T}} z_i}{\sum_l e^{\frac{z_l}{T}}}}{T^2}$, in which the last sum is that of the $p_i z_i$.",
            (2,),
        ),
        Clause(
            r"If the label is the prediction of a teacher at the same temperature, with logits $v$ of mean $\bar v$ while those of $z$ have the mean $\bar z$, then $T^2\, \frac{\partial}{\partial z_k} \ell$ goes to $\frac{1}{K} ((z_k - \bar z) - (v_k - \bar v))$ as $T$ goes to infinity.",
            (3, 4, 5),
            in_text="the limit for more than two classes, from the derivative at 0",
        ),
    ),
    (
        Step(
            "=",
            tempered_loss,
            "$\\log p_i = z_i/T - \\log \\sum_l e^{z_l/T}$, and the $y_i$ sum to 1.",
            left=-total(y[i] * sp.log(tempered(z, i, 1 / T))),
            name=r"\ell",
        ),
        Step(
            "=",
            (tempered(z, k, 1 / T) - y[k]) / T,
            "The gradient of the softmax loss at $z/T$, times the inner derivative $1/T$.",
            theorem="softmax-gradient",
            left=sp.Derivative(tempered_loss, z[k]),
            name=r"\frac{\partial}{\partial z_k} \ell",
        ),
        Step(
            "=",
            (total(y[i] * z[i]) - total(tempered(z, i, 1 / T) * z[i])) / T**2,
            "Every $z_i/T$ has the derivative $-z_i/T^2$ with respect to $T$.",
            left=sp.Derivative(tempered_loss, T),
            name=r"\frac{\partial}{\partial T} \ell",
        ),
        Step(
            "=",
            T * (tempered(z, k, 1 / T) - tempered(teacher, k, 1 / T)),
            "Let $y = \\operatorname{softmax}(v/T)$, and $t = 1/T$, which goes to 0. Both probabilities are $1/K$ at $t = 0$, "
            "so the limit of this difference divided by $t$ is its derivative at $t = 0$.",
            left=T**2 * sp.Derivative(distilled, z[k]),
            name=r"T^2\, \partial \ell / \partial z_k",
        ),
        Step(
            "=",
            tempered(z, k, t) * (z[k] - total(tempered(z, i, t) * z[i])),
            "The logarithm of this probability is $t z_k - \\log \\sum_l e^{t z_l}$; differentiate that.",
            left=sp.Derivative(tempered(z, k, t), t),
            name=r"\partial \operatorname{softmax}(t z)_k / \partial t",
        ),
        Step(
            "=",
            (z[k] - average(z)) / n,
            "At $t = 0$ all probabilities are $1/K$. The same with $v$ in place of $z$; the difference is the limit.",
            left=(tempered(z, k, t) * (z[k] - total(tempered(z, i, t) * z[i]))).xreplace({t: sp.S.Zero}),
        ),
        Step(
            "=",
            ((pair[0] - pair[1]) - (pair[2] - pair[3])) / 4,
            "For two classes in one limit: $z_1 - \\bar z = (z_1 - z_2)/2$.",
            left=sp.Limit((first - teachers_first) / t, t, 0, "+"),
            example=True,
        ),
    ),
    CHAPTER,
    zeros="All $y_i > 0$ in the steps; both sides are continuous in $y$, so zeros are allowed.",
    names={n: "K", tempered(z, k, 1 / T): "p_k", tempered(z, i, 1 / T): "p_i"},
    stated=(r"T^2\, \frac{\partial}{\partial z_k} \ell", r"\frac{1}{K} ((z_k - \bar z) - (v_k - \bar v))"),
    sources=("Hinton, Vinyals and Dean (2015), section 2.1, for the limit",),
)
