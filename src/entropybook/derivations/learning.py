"""Chapter 12, Learning from data."""

import sympy as sp

from entropybook.derivation import Checked, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import (
    MARGINALS,
    OVER_I,
    OVER_J,
    i,
    j,
    joint,
    k,
    m,
    n,
    p,
    q,
    row,
    standard_moment,
    total,
    x,
)
from entropybook.symbolic import Channel

CHAPTER = "12_learning"
N = sp.Symbol("N", integer=True, positive=True)
count = sp.IndexedBase("c", shape=(n,), positive=True)  # how often each outcome occurs in the data
number = total(count[k], (k, 1, n))
log_likelihood = total(count[i] * sp.log(q[i]))

EMPIRICAL_CROSS_ENTROPY = Derivation(
    "empirical-cross-entropy",
    "The mean loss is a cross-entropy",
    r"Let data of size $N$ hold outcome $i$ $c_i$ times, and let $\hat p_i = c_i / N$. The mean loss of a model $Q$ on the data is $-\frac1N \sum_i c_i \log q_i = H(\hat P, Q)$.",
    (
        Step(
            "=",
            -total(count[i] / number * sp.log(q[i])),
            "Outcome $i$ brings the loss $-\\log q_i$, and that $c_i$ times; divide every term by $N$.",
            left=-log_likelihood / number,
            name=r"\frac1N \textstyle\sum \text{losses}",
        ),
        Step(
            "=",
            -total(count[i] / number * sp.log(count[i] / number))
            + total(count[i] / number * sp.log(count[i] / number / q[i])),
            r"It is entropy plus divergence, of the frequencies.",
            theorem="cross-entropy-decomposition",
        ),
    ),
    CHAPTER,
    assumptions=("All $c_i > 0$ in the steps.",),
    sources=("Murphy (2022), section 4.2.2",),
    names={number: "N"},
)

MLE_IS_MINIMUM_CROSS_ENTROPY = Derivation(
    "mle-is-minimum-cross-entropy",
    "Maximum likelihood is minimum cross-entropy",
    r"For independent data the likelihood of a model $Q$ is $\prod_i q_i^{c_i}$. Its logarithm is $-N H(\hat P, Q) = -N H(\hat P) - N D(\hat P\,\|\,Q)$. So in any family of models the same $Q$ maximise the likelihood, minimise the cross-entropy and minimise the divergence. Among all distributions it is $Q = \hat P$ only.",
    (
        Step(
            "=",
            -number * -total(count[i] / number * sp.log(q[i])),
            r"The logarithm of the likelihood is $\sum_i c_i \log q_i$: $-N$ times the mean loss.",
            theorem="empirical-cross-entropy",
            left=log_likelihood,
            name=r"\log \textstyle\prod_i q_i^{c_i}",
        ),
        Step(
            "=",
            number * total(count[i] / number * sp.log(count[i] / number))
            - number * total(count[i] / number * sp.log(count[i] / number / q[i])),
            r"Entropy plus divergence. The entropy does not depend on $Q$: the values differ by it, the best $Q$ does not.",
            theorem="cross-entropy-decomposition",
        ),
        Step(
            "<=",
            number * total(count[i] / number * sp.log(count[i] / number)),
            r"The divergence is not negative, and 0 for $Q = \hat P$ only.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: count[i] / number}, number),
        ),
    ),
    CHAPTER,
    assumptions=("All $c_i > 0$ in the steps.",),
    sources=("Murphy (2022), section 4.2.2",),
    names={number: "N"},
)

y, mu = sp.symbols("y mu", real=True)
sigma = sp.Symbol("sigma", positive=True)
normal = sp.exp(-((y - mu) ** 2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))
noise = sp.Symbol("tau", positive=True)
f = sp.Symbol("f", real=True)
z = sp.Symbol("z", real=True)

GAUSSIAN_NLL_IS_SQUARED_ERROR = Derivation(
    "gaussian-nll-is-squared-error",
    "Squared error is the cross-entropy of a normal model",
    r"For the model $Y \sim N(\mu, \sigma^2)$ the loss of a value $y$ is $\frac{(y - \mu)^2}{2 \sigma^2} + \frac12 \log (2 \pi \sigma^2)$. For a fixed $\sigma$ the same $\mu$ minimise it and the squared error. If $Y$ has mean $f$ and variance $\tau^2$, the expected squared error is $(f - \mu)^2 + \tau^2$: never below $\tau^2$.",
    (
        Step(
            "=",
            (y - mu) ** 2 / (2 * sigma**2) + sp.log(2 * sp.pi * sigma**2) / 2,
            "The logarithm of a product, and that of the exponential function.",
            left=-sp.log(normal),
            name="-\\log q(y)",
        ),
        Step(
            "=",
            (f - mu) ** 2 + 2 * (f - mu) * noise * z + noise**2 * z**2,
            "Write $y = f + \\tau z$ with $z$ of mean 0 and variance 1.",
            left=(f + noise * z - mu) ** 2,
            name="(y - \\mu)^2",
        ),
        Step("=", 0, "The mean of $z$, here for the normal law ...", left=standard_moment(1), name="E[z]"),
        Step("=", 1, "... and of $z^2$.", left=standard_moment(2), name="E[z^2]"),
        Step(
            ">=",
            noise**2,
            "So this is the mean of the squared error; it is least for $\\mu = f$ only.",
            Gap((f - mu) ** 2),
            left=(f - mu) ** 2 + noise**2,
            name=r"E\left[(Y - \mu)^2\right]",
        ),
    ),
    CHAPTER,
    sources=("Goodfellow, Bengio and Courville (2016), section 5.5.1",),
)

t = sp.Symbol("t", positive=True)
phi = t * sp.log(t) - t + 1
third_order = (t - 1) ** 2 / 2 - (t - 1) ** 3 / 6

EMPIRICAL_KL_BIAS = Derivation(
    "empirical-kl-bias",
    "Data look more certain than they are",
    r"Let $\hat P$ be the frequencies in $N$ independent draws from $P$, with $n$ outcomes of positive probability. Then the mean of $D(\hat P\,\|\,P)$, which is $H(P)$ less the mean of $H(\hat P)$, is $\frac{n - 1}{2N} + O(N^{-2})$.",
    (
        Step(
            ">=",
            0,
            r"$D(\hat P\,\|\,P) = \sum_i p_i\, \varphi(\hat p_i / p_i)$ with $\varphi(t) = t \log t - t + 1$. This difference has the second derivative $(t - 1)^2 / t$, so it is convex, with its minimum at 1.",
            Minimum(t, 1),
            theorem="kl-as-phi-sum",
            left=phi - third_order,
            name=r"\varphi(t) - \frac{(t-1)^2}{2} + \frac{(t-1)^3}{6}",
        ),
        Step(
            "<=",
            (t - 1) ** 4 / 3,
            "The remainder is at most of fourth order.",
            Checked("the difference is neither convex nor has it a derivative of evident sign", tight={t: 1}),
            left=phi - third_order,
            name=r"\varphi(t) - \frac{(t-1)^2}{2} + \frac{(t-1)^3}{6}",
        ),
        Step(
            "=",
            x * (1 - x),
            r"The variance of one draw: it is outcome $i$ with probability $x = p_i$. The frequency $\hat p_i$ in $N$ draws has the variance $x (1 - x) / N$. Its third and fourth central moments are of the order $N^{-2}$.",
            left=x * (1 - x) ** 2 + (1 - x) * x**2,
            name=r"\operatorname{Var}",
        ),
        Step(
            "=",
            (n - 1) / (2 * N),
            r"So the terms of second order, $(\hat p_i - p_i)^2 / (2 p_i)$, have these means; their sum.",
            left=total(p[i] * (1 - p[i]) / N / (2 * p[i])),
            name=r"E\left[\textstyle\sum_i \frac{(\hat p_i - p_i)^2}{2 p_i}\right]",
        ),
    ),
    CHAPTER,
    sources=("Paninski (2003), for the bias of entropy estimates",),
)

model = Channel("q", n, m)

CONDITIONAL_ENTROPY_FLOOR = Derivation(
    "conditional-entropy-floor",
    "No model beats the noise",
    r"Let $q(y \mid x)$ be any model of $Y$ given $X$. Its expected loss is at least $H(Y \mid X)$, with equality if and only if $q(y \mid x) = p(y \mid x)$ wherever $p(x) > 0$.",
    (
        Step(
            ">=",
            -total(joint[i, j] * sp.log(joint[i, j] / row(i)), OVER_I, OVER_J),
            r"Write $q_{ij}$ for $q(j \mid i)$. The left side exceeds the right one by the gaps at $x = q_{ij}\, p_{i \cdot} / p_{ij}$, times $p_{ij}$: for the sum of all $q_{ij}\, p_{i \cdot}$ is 1. They vanish for $q_{ij} = p_{ij} / p_{i \cdot}$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: model[i, j] * row(i) / joint[i, j]}, joint[i, j], [OVER_I, OVER_J]),
            left=-total(joint[i, j] * sp.log(model[i, j]), OVER_I, OVER_J),
            name=r"E[-\log q(Y \mid X)]",
        ),
        Step(
            "=",
            total(row(i) * -total(joint[i, j] / row(i) * sp.log(joint[i, j] / row(i)), OVER_J)),
            "That is the mean, over $X$, of the entropy of $Y$ given $X$: $H(Y \\mid X)$.",
            theorem="entropy-chain-rule",
        ),
    ),
    CHAPTER,
    assumptions=("All $p_{ij} > 0$ in the steps.",),
    sources=("Cover and Thomas (2006), section 2.5",),
    names=MARGINALS,
)
