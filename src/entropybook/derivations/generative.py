"""Chapter 13, generative models."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, i, j, k, l, m, n, p, q, r, standard_moment, total, x
from entropybook.symbolic import Pmf, entropy, kl_divergence

CHAPTER = "13_variational"

likelihood = sp.IndexedBase("w", shape=(n,), positive=True)
evidence = sp.Sum(p[l] * likelihood[l], (l, 1, n))


def posterior(i):
    """The probability of the hidden state i, given the data."""
    return p[i] * likelihood[i] / evidence


elbo = total(q[i] * sp.log(likelihood[i])) - kl_divergence(q, p)
from_posterior = total(q[i] * sp.log(q[i] / posterior(i)))
ELBO_NAME = r"\mathcal L(q)"
EVIDENCE = sp.log(evidence)

ELBO_DECOMPOSITION = Derivation(
    "elbo-decomposition",
    "The evidence and its lower bound",
    r"Let a hidden state $z$ have the prior $p(z) > 0$, and the data $x$ the likelihood $p(x \mid z) > 0$, and let "
    r"$p(x) = \sum_z p(z)\, p(x \mid z)$ be the evidence. For every distribution $q$ of $z$ let $\mathcal L(q) = "
    r"E_q[\log p(x \mid z)] - D(q\,\|\,p(z))$. Then $\log p(x) = \mathcal L(q) + D(q\,\|\,p(z \mid x)) \ge \mathcal L(q)$, "
    r"with equality if and only if $q$ is the posterior $p(z \mid x)$.",
    (
        Step(
            "=",
            total(q[i] * sp.log(p[i] * likelihood[i] / q[i])),
            "Put both logarithms into one: it is the mean of $\\log p(x, z) - \\log q(z)$.",
            left=elbo,
            name=ELBO_NAME,
        ),
        Step("=", EVIDENCE - from_posterior, "$p(x, z) = p(x)\\, p(z \\mid x)$, and the $q_i$ sum to 1."),
        Step(
            "<=",
            EVIDENCE,
            "The divergence is not negative.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: posterior}),
        ),
        Step(
            "<",
            EVIDENCE,
            "If $q$ differs from the posterior at some state $k$, the divergence is positive.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: posterior}, chain=2),
            left=elbo,
            name=ELBO_NAME,
            where=(sp.Ne(posterior(k) / q[k], 1),),
        ),
        Step(
            "=",
            EVIDENCE,
            "At the posterior there is equality.",
            left=total(posterior(i) * sp.log(p[i] * likelihood[i] / posterior(i))),
            name=r"\mathcal L(p(z \mid x))",
        ),
    ),
    CHAPTER,
    assumptions=(
        "The data are fixed, and $z$ has $n$ states; $p_i$ is $p(z_i)$, and $w_i$ is $p(x \\mid z_i)$. All $q_i > 0$ in the steps; terms with $q_i = 0$ are 0.",
    ),
    sources=("Bishop (2006), section 9.4",),
    names={evidence: "p(x)"},
)

z = sp.Symbol("z", real=True)
means = sp.IndexedBase("mu", shape=(n,), real=True)
widths = sp.IndexedBase("sigma", shape=(n,), positive=True)


def normal(z, mu, sigma):
    """The density of a normal distribution."""
    return sp.exp(-((z - mu) ** 2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))


mu, sigma = means[k], widths[k]
constant, linear, square = mu**2 / 2 - sp.log(sigma), mu * sigma, (sigma**2 - 1) / 2
of_code = total(HALF * (means[i] ** 2 + widths[i] ** 2 - 1 - sp.log(widths[i] ** 2)))
VAE_NAME = r"D(\mathcal N(\mu, \operatorname{diag} \sigma^2)\,\|\,\mathcal N(0, I))"

VAE_GAUSSIAN_KL = Derivation(
    "vae-gaussian-kl",
    "The divergence in the objective of a VAE",
    r"For $\mu \in \mathbb R^d$ and $\sigma_1, \dots, \sigma_d > 0$, $D(\mathcal N(\mu, \operatorname{diag} \sigma^2)\,\|\,\mathcal N(0, I)) = "
    r"\frac12 \sum_i \bigl( \mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2 \bigr) \ge 0$, with equality if and only if all "
    r"$\mu_i = 0$ and $\sigma_i = 1$.",
    (
        Step(
            "=",
            constant + linear * z + square * z**2,
            "One coordinate, the $k$-th: the logarithm of the ratio of the two densities at the place $\\mu_k + \\sigma_k z$.",
            left=sp.log(normal(mu + sigma * z, mu, sigma) / normal(mu + sigma * z, 0, 1)),
            name=r"\log \frac{f(\mu_k + \sigma_k z)}{g(\mu_k + \sigma_k z)}",
        ),
        Step(
            "=",
            0,
            "If $z$ is from $\\mathcal N(0, 1)$, then $\\mu_k + \\sigma_k z$ is from the first law. The mean of $z$ is 0.",
            left=standard_moment(1),
            name="E[z]",
        ),
        Step("=", 1, "The mean of $z^2$ is 1.", left=standard_moment(2), name="E[z^2]"),
        Step(
            "=",
            HALF * (mu**2 + sigma**2 - 1 - sp.log(sigma**2)),
            "So the mean of the logarithm is what it is with 0 in place of $z$ and 1 in place of $z^2$.",
            left=constant + square,
            name=r"D(\mathcal N(\mu_k, \sigma_k^2)\,\|\,\mathcal N(0, 1))",
        ),
        Step(
            "=",
            total(means[i] ** 2) / 2 + total((widths[i] ** 2 - 1 - sp.log(widths[i] ** 2)) / 2),
            "The coordinates are independent in both laws, so their divergences add up.",
            theorem="kl-additive",
            left=of_code,
            name=VAE_NAME,
        ),
        Step(
            ">=",
            total(means[i] ** 2) / 2,
            "The lemma at $x = \\sigma_i^2$: no term is negative, and the sum of these is 0 only if all $\\sigma_i = 1$.",
            Lemma(LOG_TANGENT_BOUND, {x: widths[i] ** 2}, HALF, [OVER_I]),
        ),
        Step(">=", 0, "No square is negative; it is 0 only if all $\\mu_i = 0$.", Gap(total(means[i] ** 2) / 2)),
    ),
    CHAPTER,
    assumptions=("$d$ is $n$ in the steps.",),
    sources=("Kingma and Welling (2014), appendix B",),
)

a = sp.IndexedBase("a", shape=(n,), positive=True)
Z = sp.Sum(a[l], (l, 1, n))


def free_energy(q):
    """E_q[log a - log q]."""
    return total(q[i] * (sp.log(a[i]) - sp.log(q[i])))


def target(i):
    """The probability of outcome i by the target."""
    return a[i] / Z


def from_target(q):
    """D(q || p)."""
    return total(q[i] * sp.log(q[i] / target(i)))


table = sp.IndexedBase("b", shape=(m, n), positive=True)
u = Pmf("u", m)


def effective(i):
    """What stands for a[i] when the first factor of a product is fixed."""
    return sp.exp(sp.Sum(u[j] * sp.log(table[j, i]), OVER_J))


effective_total = sp.Sum(effective(l), (l, 1, n))


def best(i):
    """The best second factor."""
    return effective(i) / effective_total


of_product = sp.Sum(u[j] * q[i] * (sp.log(table[j, i]) - sp.log(u[j] * q[i])), OVER_J, OVER_I)

REVERSE_KL_VARIATIONAL = Derivation(
    "reverse-kl-variational",
    "Fitting by reverse divergence",
    r"Let $a_i > 0$ be known, $Z = \sum_i a_i$ unknown, and $p_i = a_i/Z$ the target. For every distribution $q$, "
    r"$F(q) = E_q[\log a - \log q] = \log Z - D(q\,\|\,p) \le \log Z$, with equality if and only if $q = p$. So in every "
    r"set of distributions the same ones have the greatest $F$ and the least $D(q\,\|\,p)$, and $Z$ is not needed to find "
    r"them. If the target is a table $b_{ji}$ and $q$ is a product $u_j v_i$, then for a fixed $u$ the best $v$, and the only one, is "
    r"proportional to $\exp \sum_j u_j \log b_{ji}$.",
    (
        Step(
            "=",
            sp.log(Z) - from_target(q),
            "$\\log a_i = \\log p_i + \\log Z$, and the $q_i$ sum to 1.",
            left=free_energy(q),
            name="F(q)",
        ),
        Step(
            "<=", sp.log(Z), "The divergence is not negative.", Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: target})
        ),
        Step(
            "<",
            sp.log(Z),
            "It is positive if $q_k \\ne p_k$ for some $k$.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: target}, chain=2),
            left=free_energy(q),
            name="F(q)",
            where=(sp.Ne(target(k) / q[k], 1),),
        ),
        Step(
            "=",
            sp.log(Z),
            "For $q = p$ there is equality.",
            left=total(target(i) * (sp.log(a[i]) - sp.log(target(i)))),
            name="F(p)",
        ),
        Step(
            "=",
            from_target(r) - from_target(q),
            "Of two candidates, $Z$ cancels: the one with the greater $F$ is nearer to $p$, by as much.",
            left=free_energy(q) - free_energy(r),
            name="F(q) - F(r)",
        ),
        Step(
            "=",
            entropy(u) + sp.log(effective_total) - total(q[i] * sp.log(q[i] / best(i))),
            "For a table and a product, call the second factor $q$. Sum over $j$ first: what is left is $F(q)$ "
            "for the numbers $\\exp \\sum_j u_j \\log b_{ji}$.",
            left=of_product,
            name=r"F(u \times q)",
        ),
        Step(
            "<=",
            entropy(u) + sp.log(effective_total),
            "So for a fixed $u$ the greatest value is where $q$ is proportional to these numbers, and nowhere else.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: best}),
        ),
    ),
    CHAPTER,
    assumptions=(
        "All $q_i > 0$ in the steps; terms with $q_i = 0$ are 0.",
        "Which of several modes a fit finds, and how narrow it is, the theorem does not say.",
    ),
    sources=("Bishop (2006), section 10.1.1",),
    names={Z: "Z"},
)
