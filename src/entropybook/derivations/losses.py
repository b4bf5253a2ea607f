"""Chapter 10, Losses."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.kl_divergence import LOG_TANGENT_BOUND
from entropybook.derivations.notation import OVER_I, coin, i, j, k, l, n, p, q, t, total, u, v, x
from entropybook.symbolic import cross_entropy, entropy

CHAPTER = "10_losses"
UNIT = {u: (0, 1), v: (0, 1)}
a = sp.Symbol("z", real=True)  # a logit
z = sp.IndexedBase("z", shape=(n,), real=True)
w = sp.IndexedBase("v", shape=(n,), real=True)


def softmax(i):
    return sp.exp(z[i]) / total(sp.exp(z[j]), (j, 1, n))


log_sum_exp = sp.log(total(sp.exp(z[j]), (j, 1, n)))
loss = log_sum_exp - total(q[j] * z[j], (j, 1, n))  # of labels q
sigmoid = 1 / (1 + sp.exp(-a))

BINARY_CROSS_ENTROPY_MINIMUM = Derivation(
    "binary-cross-entropy-minimum",
    "The best forecast of a coin",
    r"Let an event have probability $p$, $0 < p < 1$. The expected loss $-p \log q - (1 - p) \log(1 - q)$ of the forecast $q$ is smallest at $q = p$ and nowhere else, and its value there is $H_b(p)$. For a logit $z$, $q = 1/(1 + e^{-z})$, its slope is $q - p$.",
    (
        Step(
            "=",
            (v - u) / (v * (1 - v)),
            "A common denominator. In the steps $u$ stands for $p$ and $v$ for $q$.",
            left=sp.Derivative(cross_entropy(coin(u), coin(v)), v),
            name="dL/dq",
        ),
        Step(
            ">=",
            entropy(coin(u)),
            "So the loss falls until $q = p$ and rises after it; there it is the entropy.",
            Minimum(v, u),
            left=cross_entropy(coin(u), coin(v)),
            name="L(q)",
        ),
        Step(
            "=",
            sigmoid - u,
            r"With $q = 1/(1 + e^{-z})$, $dq/dz = q (1 - q)$, which cancels the denominator.",
            left=sp.Derivative(cross_entropy(coin(u), coin(sigmoid)), a),
            name="dL/dz",
        ),
    ),
    CHAPTER,
    sources=("Murphy (2022), section 10.2.3",),
    domain=UNIT,
)

SOFTMAX_GRADIENT = Derivation(
    "softmax-gradient",
    "The gradient of the loss is prediction minus label",
    r"Let $z_1, \dots, z_n$ be logits, $\sigma_k = e^{z_k} / \sum_j e^{z_j}$ the predicted probabilities, and $y_1, \dots, y_n$ labels that add up to 1. Then the loss $L = -\sum_k y_k \log \sigma_k$ has the derivatives $\partial L / \partial z_k = \sigma_k - y_k$.",
    (
        Step(
            "=",
            loss,
            r"$\log \sigma_k = z_k - \log \sum_j e^{z_j}$, and the labels, in the steps $q_k$, add up to 1.",
            left=-total(q[i] * sp.log(softmax(i))),
            name="L",
        ),
        Step(
            "=",
            softmax(k),
            "The chain rule: the derivative of a logarithm, times that of its argument.",
            left=sp.Derivative(log_sum_exp, z[k]),
            name=r"\partial \log \textstyle\sum_j e^{z_j} / \partial z_k",
        ),
        Step(
            "=",
            softmax(k) - q[k],
            "Of the second sum only the term with $z_k$ is left.",
            left=sp.Derivative(loss, z[k]),
            name=r"\partial L / \partial z_k",
        ),
    ),
    CHAPTER,
    sources=("Murphy (2022), section 10.3.2",),
)

mean = total(softmax(k) * w[k], (k, 1, n))

SOFTMAX_HESSIAN = Derivation(
    "softmax-hessian",
    "The loss is convex in the logits",
    r"The loss $L$ of softmax-gradient has the second derivatives $\sigma_k (\delta_{kl} - \sigma_l)$. So for every $v$ the quadratic form $\sum_{kl} v_k v_l\, \sigma_k (\delta_{kl} - \sigma_l) = \sum_k \sigma_k (v_k - \bar v)^2$ with $\bar v = \sum_k \sigma_k v_k$ is not negative; it is 0 if and only if all $v_k$ are the same.".replace(
        "softmax-gradient", "the softmax"
    ),
    (
        Step(
            "=",
            softmax(k) * (sp.KroneckerDelta(k, l) - softmax(l)),
            "Differentiate $\\sigma_k - y_k$ by $z_l$.",
            theorem="softmax-gradient",
            left=sp.Derivative(loss, z[k], z[l]),
            name=r"\frac{\partial^2 L}{\partial z_k\, \partial z_l}",
        ),
        Step(
            "=",
            total(softmax(k) * w[k] ** 2, (k, 1, n)) - mean**2,
            "The quadratic form: the first part has only terms with $k = l$, the second is a product of two sums.",
            left=total(w[k] ** 2 * softmax(k), (k, 1, n))
            - total(softmax(k) * w[k] * softmax(l) * w[l], (k, 1, n), (l, 1, n)),
            name=r"v^{\mathsf T} H v",
        ),
        Step(
            "=",
            total(softmax(i) * (w[i] - mean) ** 2),
            r"The variance of $v$ under $\sigma$, in its two forms.",
        ),
        Step(
            ">=",
            0,
            "No term is negative; all are 0 if every $v_k$ is the mean only.",
            Gap(total(softmax(i) * (w[i] - mean) ** 2)),
        ),
    ),
    CHAPTER,
    sources=("Boyd and Vandenberghe (2004), section 3.1.5",),
    names={mean: r"\bar v"},
)

shift = sp.Symbol("c", real=True)
below = sp.IndexedBase("d", shape=(n,), positive=True)  # how far a logit lies below the greatest one
others = total((1 - sp.KroneckerDelta(i, k)) * sp.exp(z[i] - z[k]))

LOG_SUM_EXP_SHIFT = Derivation(
    "log-sum-exp-shift",
    "Take the greatest logit out",
    r"For every $c$, $\log \sum_j e^{z_j} = c + \log \sum_j e^{z_j - c}$. With $c = M = \max_j z_j$ no exponential is above 1, and $M \le \log \sum_j e^{z_j} \le M + \log n$.",
    (
        Step(
            "=",
            shift + sp.log(total(sp.exp(z[j] - shift), (j, 1, n))),
            "Take the factor $e^c$ out of the sum, and its logarithm out of the logarithm.",
            left=log_sum_exp,
            name=r"\log \textstyle\sum_j e^{z_j}",
        ),
        Step(
            "=",
            1 + others,
            "Let $z_k = M$ be a greatest logit and $c = M$. Its own exponential is 1.",
            left=total(sp.exp(z[i] - z[k])),
            name=r"\textstyle\sum_i e^{z_i - M}",
        ),
        Step(">=", 1, "The others are positive; so the logarithm is at least 0.", Gap(others)),
        Step(
            "<=",
            n,
            "There are $n$ exponentials, and with $z_i = M - d_i$, $d_i \\ge 0$, none is above 1; so the logarithm is at most $\\log n$.",
            Gap(total(1 - sp.exp(-below[i]))),
            left=total(sp.exp(-below[i])),
            name=r"\textstyle\sum_i e^{z_i - M}",
        ),
    ),
    CHAPTER,
    sources=("Boyd and Vandenberghe (2004), section 3.1.5",),
)

others_given = total((1 - sp.KroneckerDelta(i, k)) * sp.exp(p[i] - p[k]))
rest = total((1 - sp.KroneckerDelta(j, k)) * p[j], (j, 1, n))  # 1 - p_k

DOUBLE_SOFTMAX_FLOOR = Derivation(
    "double-softmax-floor",
    "The floor of a loss that takes probabilities for logits",
    r"Let a classifier of $n$ classes hand its probabilities $p_1, \dots, p_n$ to a loss that expects logits and takes their softmax once more. Then no sample has a loss below $\log(1 + (n - 1)/e)$; that is the loss for the probability 1 on the right class.",
    (
        Step(
            "=",
            1 + others_given,
            "Let $k$ be the right class. The loss is the logarithm of this sum. Its own term is 1.",
            left=total(sp.exp(p[i] - p[k])),
            name=r"\textstyle\sum_i e^{p_i - p_k}",
        ),
        Step(
            ">=",
            1 + (n - 1) / sp.E,
            r"$p_i - p_k \ge -1$, so each of the others is at least $e^{-1}$.",
            Gap(total((1 - sp.KroneckerDelta(i, k)) * sp.exp(p[i] - p[k]) * (1 - sp.exp(-p[i] - rest)))),
        ),
        Step(
            "=",
            sp.log(1 + (n - 1) / sp.E),
            "For the probability 1 on the right class, the loss is $\\log \\sum_i e^{p_i} - p_k$ with $e$ once and 1 for all others.",
            left=sp.log(sp.E + n - 1) - 1,
            name=r"\log(e + n - 1) - 1",
        ),
    ),
    CHAPTER,
    sources=("computed here",),
)

right, wrong = (1 + t) / (n + t), 1 / (n + t)
rest_of = 1 - sp.KroneckerDelta(i, k)
floor = -right * sp.log(right) - (n - 1) * wrong * sp.log(wrong)

LABEL_SMOOTHING_FLOOR = Derivation(
    "label-smoothing-floor",
    "The floor of a smoothed loss",
    r"Smooth the labels of $n$ classes: $a = 1 - \varepsilon + \varepsilon/n$ for the right class and $b = \varepsilon/n$ for each other one, $0 < \varepsilon < 1$. Then the loss is at least $-a \log a - (n - 1)\, b \log b$, with equality if and only if the predictions are these labels.",
    (
        Step(
            ">=",
            floor,
            "The left side exceeds the right one by the gaps at $x = q_k / a$, times $a$, and at $q_i / b$, times $b$; they vanish for $q_k = a$ and $q_i = b$ only.",
            Lemma(
                LOG_TANGENT_BOUND,
                {x: q[k] / right},
                right,
                also=Lemma(LOG_TANGENT_BOUND, {x: q[i] / wrong}, wrong * rest_of, [OVER_I]),
            ),
            left=-right * sp.log(q[k]) - total(rest_of * wrong * sp.log(q[i])),
            name="L",
        ),
        Step(
            "=",
            0,
            r"Without smoothing, $\varepsilon \to 0$, that is $t \to \infty$, the floor is 0.",
            left=sp.Limit(floor, t, sp.oo),
        ),
    ),
    CHAPTER,
    sources=("Müller, Kornblith and Hinton (2019), section 1, for the labels",),
    assumptions=(r"Write $\varepsilon = n / (n + t)$; then $t > 0$ stands for $0 < \varepsilon < 1$.",),
    names={right: "a", wrong: "b"},
)

T, s = sp.symbols("T s", positive=True)


def at(s):
    """The softmax of the logits times s."""
    return sp.exp(s * z[k]) / total(sp.exp(s * z[j]), (j, 1, n))


slope = at(s) * (z[k] - total(at(s).xreplace({k: i}) * z[i]))

TEMPERATURE_GRADIENT = Derivation(
    "temperature-gradient",
    "What temperature does to the gradient",
    r"With temperature $T$ the predictions are the softmax $\sigma_k$ of $z_k / T$, and the loss has the derivatives $(\sigma_k - y_k) / T$. At high temperature $\sigma_k = \frac1n + \frac{1}{nT} (z_k - \bar z) + O(T^{-2})$, where $\bar z$ is the mean of the logits.",
    (
        Step(
            "=",
            (at(1 / T) - q[k]) / T,
            "The chain rule: the derivative by $z_k / T$, times $1/T$. In the steps the labels are $q_k$.",
            theorem="softmax-gradient",
            left=sp.Derivative(sp.log(total(sp.exp(z[j] / T), (j, 1, n))) - total(q[j] * z[j] / T, (j, 1, n)), z[k]),
            name=r"\partial L / \partial z_k",
        ),
        Step(
            "=",
            slope,
            "Put $s = 1/T$, and differentiate the quotient.",
            left=sp.Derivative(at(s), s),
            name=r"d \sigma_k / ds",
        ),
        Step(
            "=",
            (z[k] - total(z[j], (j, 1, n)) / n) / n,
            "At $s = 0$ every $\\sigma_k$ is $1/n$.",
            left=slope.subs(s, 0),
            name=r"d \sigma_k / ds \,\big|_{s = 0}",
        ),
    ),
    CHAPTER,
    sources=("Hinton, Vinyals and Dean (2015), section 2.1",),
)
