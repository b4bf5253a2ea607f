"""Chapter 13, Generative models."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, i, k, n, p, q, standard_moment, total, v, x

CHAPTER = "13_variational"
both = sp.IndexedBase("a", shape=(n,), positive=True)  # the probability of the observed x and the cause i
evidence = total(both[k], (k, 1, n))
bound = total(q[i] * sp.log(both[i] / q[i]))
posterior = both[i] / evidence

ELBO_DECOMPOSITION = Derivation(
    "elbo-decomposition",
    "The evidence and its lower bound",
    r"Let $a_i = p(x, z_i)$ be the joint probabilities of what was observed and of its possible causes $z_i$, and $A = p(x) = \sum_i a_i$ the evidence. For every distribution $Q$ of the causes $\log A = \sum_i q_i \log \frac{a_i}{q_i} + D(Q\,\|\,P_{z \mid x})$. So the first part, the evidence lower bound, is at most $\log A$, with equality if and only if $Q$ is the posterior $a_i / A$.",
    (
        Step(
            "=",
            total(q[i] * (sp.log(both[i] / q[i]) + sp.log(q[i] / posterior))),
            "In the bracket $a_i$ and $q_i$ cancel; $\\log A$ is left, and the $q_i$ add up to 1.",
            left=sp.log(evidence),
            name=r"\log p(x)",
        ),
        Step(
            "=",
            bound + total(q[i] * sp.log(q[i] / posterior)),
            "Two sums: the bound, and the divergence from the posterior.",
        ),
        Step(
            ">=",
            bound,
            "The divergence is not negative, and 0 for $Q = P_{z \\mid x}$ only.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: lambda i: both[i] / evidence}),
        ),
    ),
    CHAPTER,
    assumptions=("All $a_i > 0$ and $q_i > 0$ in the steps.",),
    sources=("Kingma and Welling (2014), section 2.2",),
    names={evidence: "A"},
)

mu, z = sp.symbols("mu z", real=True)
sigma = sp.Symbol("sigma", positive=True)


def density(y, mean, deviation):
    return sp.exp(-((y - mean) ** 2) / (2 * deviation**2)) / (deviation * sp.sqrt(2 * sp.pi))


VAE_GAUSSIAN_KL = Derivation(
    "vae-gaussian-kl",
    "The divergence of a normal code from the standard normal",
    r"$D(N(\mu, \sigma^2)\,\|\,N(0, 1)) = \frac12 (\mu^2 + \sigma^2 - 1 - \log \sigma^2) \ge 0$, with equality if and only if $\mu = 0$ and $\sigma = 1$. For a code of $d$ independent coordinates such terms add up.",
    (
        Step(
            "=",
            -sp.log(sigma) - z**2 / 2 + (mu + sigma * z) ** 2 / 2,
            r"The logarithm of the ratio of the densities at $y = \mu + \sigma z$, where $z$ is standard normal.",
            left=sp.log(density(mu + sigma * z, mu, sigma) / density(mu + sigma * z, 0, 1)),
            name=r"\log \frac{f(y)}{\varphi(y)}",
        ),
        Step("=", 0, "The mean of $z$ ...", left=standard_moment(1), name="E[z]"),
        Step("=", 1, "... and of $z^2$.", left=standard_moment(2), name="E[z^2]"),
        Step(
            "=",
            (mu**2 + sigma**2 - 1 - sp.log(sigma**2)) / 2,
            "So the logarithm has this mean.",
            left=-sp.log(sigma) - HALF + (mu**2 + sigma**2) / 2,
            name="D",
        ),
        Step(
            ">=",
            mu**2 / 2,
            r"The gap of the lemma at $x = \sigma^2$, halved; it is 0 for $\sigma = 1$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: sigma**2}, HALF),
        ),
        Step(">=", 0, "And this is 0 for $\\mu = 0$ only.", Gap(mu**2 / 2)),
    ),
    CHAPTER,
    sources=("Kingma and Welling (2014), section 3 and appendix B",),
)

rho = sp.Symbol("rho", real=True)
loss = -sp.log(1 - rho**2) / 2
narrow = v / (1 - rho**2)
of_q = -1 - sp.log(2 * sp.pi * v)  # minus the entropy of two independent N(0, v)
of_p = -1 - sp.log(2 * sp.pi * sp.sqrt(1 - rho**2))  # minus the entropy of the target

REVERSE_KL_VARIATIONAL = Derivation(
    "reverse-kl-variational",
    "Independent factors fit too narrowly",
    r"Let $P$ be the law of two standard normal variables with correlation $\rho$, $-1 < \rho < 1$, and $Q$ that of two independent $N(0, v)$. Then $D(Q\,\|\,P) \ge -\frac12 \log(1 - \rho^2)$ with equality if and only if $v = 1 - \rho^2$, which is narrower than each variable is. $D(P\,\|\,Q)$ has the same least value, but at $v = 1$.",
    (
        Step(
            "=",
            narrow - 1 - sp.log(narrow) + loss,
            r"$Q$ has the entropy $1 + \log 2\pi v$; under $Q$ the exponent $\frac{x^2 - 2\rho x y + y^2}{2 (1 - \rho^2)}$ of $P$ has the mean $v / (1 - \rho^2)$.",
            left=of_q + sp.log(2 * sp.pi * sp.sqrt(1 - rho**2)) + 2 * v / (2 * (1 - rho**2)),
            name=r"D(Q\,\|\,P)",
        ),
        Step(
            ">=",
            loss,
            r"The gap of the lemma at $x = v / (1 - \rho^2)$ is 0 for $v = 1 - \rho^2$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: narrow}),
        ),
        Step(
            "=",
            1 / v - 1 - sp.log(1 / v) + loss,
            r"$P$ has the entropy $1 + \log 2\pi \sqrt{1 - \rho^2}$; under $P$ the exponent $\frac{x^2 + y^2}{2v}$ of $Q$ has the mean $1/v$.",
            left=of_p + sp.log(2 * sp.pi * v) + 2 / (2 * v),
            name=r"D(P\,\|\,Q)",
        ),
        Step(
            ">=",
            loss,
            "The gap of the lemma at $x = 1/v$ is 0 for $v = 1$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: 1 / v}),
        ),
    ),
    CHAPTER,
    sources=("Bishop (2006), section 10.1.2",),
    domain={rho: (-1, 1)},
)
