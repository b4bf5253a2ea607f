"""Chapter 12, learning from data."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Lemma, Minimum, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, OVER_K, coin, i, j, k, l, m, n, p, q, r, total, u, x
from entropybook.symbolic import Channel, Pmf, conditional_entropy, cross_entropy, entropy, kl_divergence

CHAPTER = "12_learning"
KL_FROM_FREQUENCIES = r"D(\hat P\,\|\,P)"

counts = sp.IndexedBase("c", shape=(n,), positive=True)
size = sp.Sum(counts[k], (k, 1, n))
log_likelihood = total(counts[i] * sp.log(q[i]))
seen_entropy = -total(counts[i] / size * sp.log(counts[i] / size))
seen_divergence = total(counts[i] / size * sp.log(counts[i] / size / q[i]))

MLE_IS_MINIMUM_CROSS_ENTROPY = Derivation(
    "mle-is-minimum-cross-entropy",
    "Maximum likelihood is minimum cross-entropy",
    (
        r"Among $N$ independent samples let outcome $i$ occur $c_i$ times, so with the frequency $\hat p_i$. The log-likelihood of a model $Q$ is $\log L(Q) = \sum_i c_i \log q_i$.",
        Clause(r"Then $- \frac{1}{N} \log L(Q) = H(\hat P, Q) = D(\hat P\,\|\,Q) + H(\hat P)$.", (0,)),
        Clause(
            r"So in every set of models the same ones have the greatest likelihood, the least cross-entropy and the least divergence: $\log L(Q) - \log L(R) = N (D(\hat P\,\|\,R) - D(\hat P\,\|\,Q))$.",
            (1,),
        ),
        Clause(r"Among all distributions, $- \frac{1}{N} \log L(Q) \ge H(\hat P)$,", (0,)),
        Clause(r"with equality if and only if $Q = \hat P$.", (2, 3)),
    ),
    (
        Step(
            "=",
            -total(counts[i] / size * sp.log(q[i])),
            "The probability of the samples, in their order, is the product of the $q_i$, each to the power $c_i$. Divide every count by $N$.",
            left=-log_likelihood / size,
            name=r"-\frac1N \log L(Q)",
        ),
        Step(
            "=",
            seen_entropy + seen_divergence,
            r"Add and subtract $\hat p_i \log \hat p_i$. The first part does not depend on $Q$.",
            theorem="cross-entropy-decomposition",
        ),
        Step(
            ">=",
            seen_entropy,
            r"The divergence is not negative; it is 0 for $Q = \hat P$ only.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: counts[i] / size, q: lambda i: q[i]}),
        ),
        Step(
            "=",
            size * (seen_divergence.xreplace({q: r}) - seen_divergence),
            "Of two models, the likelier one is nearer to the frequencies, and by how much.",
            left=log_likelihood - log_likelihood.xreplace({q: r}),
            name=r"\log L(Q) - \log L(R)",
        ),
        Step(
            "=",
            seen_entropy,
            r"For $Q = \hat P$ the bound is reached.",
            left=-total(counts[i] * sp.log(counts[i] / size)) / size,
            name=r"-\frac1N \log L(\hat P)",
        ),
        Step(
            ">",
            seen_entropy,
            r"If $q_l \ne \hat p_l$ for some $l$, the divergence is positive.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: counts[i] / size, q: lambda i: q[i], k: l}, chain=2),
            left=-log_likelihood / size,
            name=r"-\frac1N \log L(Q)",
            where=(sp.Ne(q[l] / (counts[l] / size), 1),),
        ),
    ),
    CHAPTER,
    zeros="All $c_i > 0$ and $q_i > 0$ in the steps; a term with $c_i = 0$ counts as 0. A model with $q_i = 0 < c_i$ for some $i$ has the likelihood 0.",
    sources=("Murphy (2022), section 4.2.2",),
    names={
        size: "N",
        log_likelihood: r"\log L(Q)",
        seen_entropy: r"H(\hat P)",
        seen_divergence: r"D(\hat P\,\|\,Q)",
        seen_divergence.xreplace({q: r}): r"D(\hat P\,\|\,R)",
        -total(counts[i] / size * sp.log(q[i])): r"H(\hat P, Q)",
    },
    conditions={r"Q = \hat P": sp.Ne(q[l] / (counts[l] / size), 1)},
)

label, guess, other_guess = (sp.IndexedBase(name, shape=(n,), real=True) for name in "yfg")
var, mse = sp.symbols("sigma^2 w", positive=True)
error, other_error = (total((label[i] - guessed[i]) ** 2) / n for guessed in (guess, other_guess))
density = sp.exp(-((label[i] - guess[i]) ** 2) / (2 * var)) / sp.sqrt(2 * sp.pi * var)
normal_loss = HALF * sp.log(2 * sp.pi * var) + error / (2 * var)
mse_loss = HALF * sp.log(2 * sp.pi * var) + mse / (2 * var)

GAUSSIAN_NLL_IS_SQUARED_ERROR = Derivation(
    "gaussian-nll-is-squared-error",
    "Squared error is a log-loss",
    (
        r"Let the model of $y_i$ be normal, with mean $f_i$ and variance $\sigma^2 > 0$, and let $w = \frac{\sum_i (y_i - f_i)^2}{n}$ be the mean squared error.",
        Clause(
            r"The mean of the negative log-densities is $\ell = \frac{1}{2} \log (2 \pi \sigma^2) + \frac{\sum_i (y_i - f_i)^2}{2 n \sigma^2}$, or $\frac{1}{2} \log (2 \pi \sigma^2) + \frac{w}{2 \sigma^2}$.",
            (0,),
        ),
        Clause(
            r"So for a fixed $\sigma^2$ the same predictions have the least of both: $\ell_f - \ell_g = \frac{w - \frac{\sum_i (y_i - g_i)^2}{n}}{2 \sigma^2}$.",
            (1,),
        ),
        Clause(r"If $\sigma^2$ may be fitted too and $w > 0$, then $\ell \ge \frac{1}{2} \log (2 \pi e w)$,", (2,)),
        Clause(r"with equality if and only if $\sigma^2 = w$;", (3, 4)),
        Clause(r"if $w$ is 0, there is no least value, for $\lim_{\sigma^2 \to 0^+} \ell = - \infty$.", (5,)),
    ),
    (
        Step(
            "=",
            normal_loss,
            "The logarithm of the normal density is $-\\frac12 \\log(2 \\pi \\sigma^2) - (y_i - f_i)^2/(2 \\sigma^2)$.",
            left=-total(sp.log(density)) / n,
            name=r"\ell",
        ),
        Step(
            "=",
            (error - other_error) / (2 * var),
            "The first part does not depend on the predictions, $f_i$ or $g_i$.",
            left=normal_loss - normal_loss.xreplace({guess: other_guess}),
            name=r"\ell_f - \ell_g",
        ),
        Step(
            ">=",
            HALF * sp.log(2 * sp.pi * sp.E * mse),
            "As a function of $\\sigma^2$: what it exceeds this by is half the gap of the lemma at $x = w/\\sigma^2$.",
            Lemma(LOG_TANGENT_BOUND, {x: mse / var}, HALF),
            left=mse_loss,
            name=r"\ell",
        ),
        Step(
            ">",
            HALF * sp.log(2 * sp.pi * sp.E * mse),
            "For $\\sigma^2 \\ne w$ the gap is positive.",
            Lemma(LOG_TANGENT_BOUND, {x: mse / var}, HALF, chain=1),
            left=mse_loss,
            name=r"\ell",
            where=(sp.Ne(mse / var, 1),),
        ),
        Step("=", HALF * sp.log(2 * sp.pi * sp.E * mse), "At $\\sigma^2 = w$ there is equality.", left=mse_loss.xreplace({var: mse})),
        Step(
            "=",
            -sp.oo,
            "With $w = 0$, an error of 0 in every sample, only the logarithm is left.",
            left=sp.Limit(HALF * sp.log(2 * sp.pi * var), var, 0, "+"),
            name=r"\lim_{\sigma^2 \to 0^+} \ell",
        ),
    ),
    CHAPTER,
    assumptions=("From the third chain on, $w$ is any positive number: the mean squared error, if that is positive.",),
    sources=("Goodfellow, Bengio and Courville (2016), section 5.5.1",),
    names={error: "w"},
    conditions={r"\sigma^2 = w": sp.Ne(mse / var, 1)},
)

surprise = -sp.log(q[i])
squared = total(p[i] * surprise**2)
spread = total(p[i] * (surprise + sp.Sum(p[k] * sp.log(q[k]), OVER_K)) ** 2)
same = sp.KroneckerDelta(j, l)  # the samples j and l are one and the same


def over_samples(term, *indices):
    """The sum over all samples, or over all pairs of them."""
    return sp.Sum(term, *((index, 1, m) for index in indices))


EMPIRICAL_CROSS_ENTROPY = Derivation(
    "empirical-cross-entropy",
    "Test loss and training loss",
    (
        r"Let $X_1, \dots, X_N$ be independent samples of $P$, with frequencies $\hat P$, and let the model $Q$ be fixed without looking at them, with all $q_i > 0$. The mean loss $\ell$ is the mean of the $-\log q(X_t)$, which is $H(\hat P, Q)$.",
        Clause(r"It has the mean $E[\ell] = H(P, Q)$", (0,), "that the mean of a sum is the sum of the means"),
        Clause(
            r"and the variance $E[\ell^2] - E[\ell]^2 = \frac{V}{N}$, where $V$ is the variance of the loss of one sample.",
            (1,),
            "that $E[\\ell^2]$ is a mean over pairs of samples, in which the means of independent ones multiply",
        ),
        Clause(
            r"The best fit to the samples, $Q = \hat P$, has the training loss $H(\hat P)$, which is never more than that of $P$ on the same samples: $H(\hat P, P) = D(\hat P\,\|\,P) + H(\hat P) \ge H(\hat P)$,",
            (2,),
        ),
        Clause("and on average at most $H(P)$.", (0, 2), "that the mean of the loss of $P$ bounds that of the fit"),
        Clause(r"On fresh samples the mean loss of the fit is $H(P, \hat P) \ge H(P)$.", (3,)),
    ),
    (
        Step(
            "=",
            cross_entropy(p, q),
            "Every sample is the outcome $i$ with probability $p_i$ and then has the loss $-\\log q_i$.",
            left=over_samples(total(p[i] * surprise), j) / m,
            name=r"E[\ell]",
        ),
        Step(
            "=",
            (squared - cross_entropy(p, q) ** 2) / m,
            "$\\ell^2$ is a mean over all $N^2$ pairs of samples. $N$ pairs are one sample twice, with the mean square; in the "
            "others the losses are independent, with the square of the mean.",
            left=over_samples(same * squared + (1 - same) * cross_entropy(p, q) ** 2, j, l) / m**2 - cross_entropy(p, q) ** 2,
            name=r"E[\ell^2] - E[\ell]^2",
        ),
        Step("=", spread / m, "The mean square less the square of the mean is the variance $V$ of one loss."),
        Step(
            "=",
            entropy(r) + kl_divergence(r, p),
            r"This is the loss of the model $P$ on the samples; by the first step its mean is $H(P)$.",
            theorem="cross-entropy-decomposition",
            left=cross_entropy(r, p),
            name=r"H(\hat P, P)",
        ),
        Step(
            ">=", entropy(r), r"The divergence is not negative; it is 0 for $\hat P = P$ only.", Lemma(GIBBS_INEQUALITY, {p: lambda i: r[i], q: lambda i: p[i]})
        ),
        Step(
            ">=",
            entropy(p),
            r"On fresh samples it is the other way round: the excess over $H(P)$ is $D(P\,\|\,\hat P)$.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: p[i], q: lambda i: r[i]}),
            left=cross_entropy(p, r),
            name=r"H(P, \hat P)",
        ),
    ),
    CHAPTER,
    assumptions=(r"$\hat p_i$ is $r_i$ in the steps.",),
    zeros=r"All $p_i$, $q_i$ and $\hat p_i$ are positive in the steps. If $\hat p_i = 0 < p_i$ for some $i$, then $H(P, \hat P) = +\infty$.",
    sources=("Cover and Thomas (2006), section 2.6, for the inequality",),
    names={m: "N", cross_entropy(p, q): "H(P, Q)", entropy(p): "H(P)", entropy(r): r"H(\hat P)", kl_divergence(r, p): r"D(\hat P\,\|\,P)", spread: "V"},
    stated=(r"Q = \hat P",),
)

y = x - 1
chi_square = total((r[i] - p[i]) ** 2 / p[i])
above_log = y - y**2 / 2 + y**3 / 3 - sp.log(x)
below_log = sp.log(x) - (y + y**2 / 2 - y**3 / 6) / x
cubes, fourths = (total((r[i] - p[i]) ** power / p[i] ** (power - 1)) for power in (3, 4))
inverse, inverse_square = total(1 / p[i]), total(1 / p[i] ** 2)


def moment(power):
    """The mean of (1 - p)^power with probability p, and of (-p)^power otherwise: of one sample's deviation."""
    return p[i] * (1 - p[i]) ** power + (1 - p[i]) * (-p[i]) ** power


EMPIRICAL_KL_BIAS = Derivation(
    "empirical-kl-bias",
    "How far frequencies are from the truth",
    (
        r"Let $\hat P$ be the frequencies of $N$ independent samples of $P$, a distribution on $K$ outcomes with all $p_i > 0$.",
        Clause(
            r"With $d = \sum_i \frac{(\hat p_i - p_i)^2}{p_i}$, $D(\hat P\,\|\,P) \le d$ and $E[d] = \frac{K - 1}{N}$, so that $E[D(\hat P\,\|\,P)]$ is at most this for every $N$.",
            (0, 1),
            "that $E[d]$ is a sum of means, and that independent deviations have products of mean 0",
        ),
        Clause(
            r"It is $\frac{K - 1}{2 N}$ up to $O(N^{-2})$: it is at least $A$ and exceeds it by at most $B$, where $A = \frac{K - 1}{2 N} - \frac{s + 2 - 3 K}{6 N^2}$ and $B = \frac{s + 1 - 2 K}{N^2} + \frac{12 K + s' - 7 s - 6}{3 N^3}$ with $s = \sum_i \frac{1}{p_i}$ and $s' = \sum_i \frac{1}{p_i^2}$.",
            (2, 3, 4, 5, 6, 7),
            "that the bounds on the logarithm hold at $\\hat p_i/p_i$, weighted, summed and averaged; the means of the third and fourth power of a sum of deviations",
        ),
    ),
    (
        Step(
            "<=",
            chi_square,
            r"The lemma at $x = \hat p_i/p_i$, times $\hat p_i$.",
            Lemma(LOG_TANGENT_BOUND, {x: r[i] / p[i]}, r[i], [OVER_I]),
            left=kl_divergence(r, p),
            name=KL_FROM_FREQUENCIES,
        ),
        Step(
            "=",
            (n - 1) / m,
            r"$N\,(\hat p_i - p_i)$ is a sum of $N$ independent deviations: $1 - p_i$ with probability $p_i$, otherwise $-p_i$. "
            "Their mean is 0, so the mean square of the sum is $N$ times that of one, $p_i\\,(1 - p_i)$.",
            left=total(m * moment(2) / m**2 / p[i]),
            name="E[d]",
        ),
        Step(
            ">=",
            0,
            "A better bound: with $y = x - 1$, the derivative is $y^3/x$, so the least value is at $x = 1$.",
            Minimum(x, 1),
            left=above_log,
            name=r"y - \frac{y^2}2 + \frac{y^3}3 - \log x",
        ),
        Step(
            ">=",
            0,
            "And from the other side: the derivative is $y^3/(3 x^2)$.",
            Minimum(x, 1),
            left=below_log,
            name=r"\log x - \frac1x \bigl( y + \frac{y^2}2 - \frac{y^3}6 \bigr)",
        ),
        Step(
            "=",
            kl_divergence(r, p) - chi_square / 2 + cubes / 6,
            r"Take $x = \hat p_i/p_i$ in the last one, times $\hat p_i$, and sum. So this is not negative.",
            left=total(r[i] * below_log.xreplace({x: r[i] / p[i]})),
        ),
        Step(
            "=",
            chi_square / 2 - cubes / 6 + fourths / 3 - kl_divergence(r, p),
            "With the bound before it, this is not negative either.",
            left=total(r[i] * above_log.xreplace({x: r[i] / p[i]})),
        ),
        Step(
            "=",
            (n - 1) / (2 * m) - (inverse - 3 * n + 2) / (6 * m**2),
            "The mean of half the squares less a sixth of the cubes. Of the third power of the sum of deviations, only the $N$ third powers have a mean other than 0.",
            left=total(moment(2) / m / p[i]) / 2 - total(moment(3) / m**2 / p[i] ** 2) / 6,
            name="A",
        ),
        Step(
            "=",
            (inverse - 2 * n + 1) / m**2 + (inverse_square - 7 * inverse + 12 * n - 6) / (3 * m**3),
            "A third of the fourth powers. Of the fourth power of the sum, $N$ fourth powers have a mean other than 0, and $3 N (N - 1)$ products of two squares.",
            left=total((moment(4) + 3 * (m - 1) * moment(2) ** 2) / m**3 / p[i] ** 3) / 3,
            name="B",
        ),
    ),
    CHAPTER,
    zeros=r"The steps have $\hat p_i > 0$; both bounds on the logarithm, times $x$, hold in the limit $x = 0$ too.",
    sources=("Paninski (2003), for the leading term, which is Miller's (1955)",),
    names={n: "K", m: "N", r[i]: r"\hat p_{i}", chi_square: "d", inverse: "s", inverse_square: "s'"},
    stated=(r"\frac{K - 1}{2 N}", "O(N^{-2})"),
)

pair = Pmf("p", m, n)  # of X, here with m values, and Y, with n
model = Channel("q", m, n)  # for every value of X a distribution of Y


def given(j):
    """The probability of X = j."""
    return sp.Sum(pair[j, k], (k, 1, n))


weight = Pmf("w", m)  # of X alone
y_value = sp.Symbol("h", integer=True, positive=True)
WRONG = sp.Ne(model[l, y_value] / (pair[l, y_value] / given(l)), 1)


def true_given(j):
    """The true probabilities of the values of Y for one of X."""
    return lambda i: pair[j, i] / given(j)


def model_given(j):
    """Those of the model."""
    return lambda i: model[j, i]


too_much = -sp.Sum(pair[j, i] * sp.log(model[j, i]), OVER_I, OVER_J) - conditional_entropy(pair)
value = sp.Symbol("x", integer=True, positive=True)  # of X


def excess(j):
    """The divergence of the model from the truth for one value of X."""
    return total(pair[j, i] / given(j) * sp.log(pair[j, i] / given(j) / model[j, i]))


CONDITIONAL_ENTROPY_FLOOR = Derivation(
    "conditional-entropy-floor",
    "The floor under every classifier",
    (
        r"Let $X$ and $Y$ take finitely many values, and let a model predict $Y$ from $X$ by the conditional probabilities $q(y \mid x)$.",
        Clause(
            r"Its mean log-loss exceeds the conditional entropy by a mean of divergences: $-E[\log q(Y \mid X)] - H(Y \mid X) = \sum_x D(p(\cdot \mid x)\,\|\,q(\cdot \mid x)) p(x) \ge 0$,",
            (0,),
        ),
        Clause(r"with equality if and only if $q(y \mid x) = p(y \mid x)$ for all $x$ and $y$ with $x$ of positive probability.", (1, 3)),
        Clause(
            r"If $Y$ is one of two classes, which $X$ determines, but flipped with probability $u$ whatever $X$ is, the floor is $H(Y \mid X) = H_b(u)$.", (2,)
        ),
    ),
    (
        Step(
            "=",
            sp.Sum(given(value) * excess(value), (value, 1, m)),
            "For every $x$ by itself: cross-entropy is entropy plus divergence.",
            theorem="cross-entropy-decomposition",
            left=too_much,
            name=r"-E[\log q(Y \mid X)] - H(Y \mid X)",
        ),
        Step(">=", 0, "No divergence is negative.", Lemma(GIBBS_INEQUALITY, {p: true_given(l), q: model_given(l)}, given(l), [(l, 1, m)])),
        Step(
            "=",
            conditional_entropy(pair),
            "With the true conditional probabilities there is equality.",
            left=-sp.Sum(pair[j, i] * sp.log(pair[j, i] / given(j)), OVER_I, OVER_J),
            name=r"-E[\log p(Y \mid X)]",
        ),
        Step(
            "=",
            entropy(coin(u)),
            "With labels flipped, $Y$ has this entropy for every $x$.",
            left=sp.Sum(weight[j] * entropy(coin(u)), OVER_J),
            name=r"H(Y \mid X)",
        ),
        Step(
            ">=",
            given(l) * excess(l),
            "Of the divergences keep that of one $x$ ...",
            Lemma(GIBBS_INEQUALITY, {p: true_given(j), q: model_given(j)}, (1 - sp.KroneckerDelta(j, l)) * given(j), [OVER_J]),
            left=too_much,
            name=r"-E[\log q(Y \mid X)] - H(Y \mid X)",
        ),
        Step(
            ">",
            0,
            "... which is positive if the model is wrong about some $y$ there.",
            Lemma(GIBBS_INEQUALITY, {p: true_given(l), q: model_given(l), k: y_value}, given(l), chain=2),
            where=(WRONG,),
        ),
    ),
    CHAPTER,
    assumptions=(
        "$x$ is $j$ or $l$ and $y$ is $i$ or $h$ in the steps.",
        "Flipped labels: $Y$ is one class with probability $1 - u$ and the other with probability $u$ for every $x$, which has the probability $w_j$.",
    ),
    zeros="All probabilities are positive in the steps. An $x$ of probability 0 adds nothing.",
    sources=("Cover and Thomas (2006), sections 2.2 and 2.5",),
    domain={u: (0, 1)},
    names={
        excess(value): r"D(p(\cdot \mid x)\,\|\,q(\cdot \mid x))",
        given(value): "p(x)",
        conditional_entropy(pair): r"H(Y \mid X)",
        entropy(coin(u)): "H_{b}(u)",
    },
    conditions={r"q(y \mid x) = p(y \mid x)": WRONG},
)
