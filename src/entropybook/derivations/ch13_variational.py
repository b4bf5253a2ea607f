"""Chapter 13, generative models."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, OVER_I, OVER_J, gap, i, j, k, l, m, n, p, q, r, total, x
from entropybook.symbolic import Pmf, entropy, kl_divergence

CHAPTER = "13_variational"

likelihood = sp.IndexedBase("w", shape=(n,), positive=True)
evidence = sp.Sum(p[l] * likelihood[l], (l, 1, n))


def posterior(i):
    """The probability of the hidden state i, given the data."""
    return p[i] * likelihood[i] / evidence


elbo = total(q[i] * sp.log(likelihood[i])) - kl_divergence(q, p)
one_logarithm = total(q[i] * sp.log(p[i] * likelihood[i] / q[i]))
at_posterior = total(posterior(i) * sp.log(p[i] * likelihood[i] / posterior(i)))
from_posterior = total(q[i] * sp.log(q[i] / posterior(i)))
ELBO_NAME = r"\mathcal L(q)"
EVIDENCE = sp.log(evidence)
differs = sp.Ne(posterior(k) / q[k], 1)
to_posterior = {p: lambda i: q[i], q: posterior}

ELBO_DECOMPOSITION = Derivation(
    "elbo-decomposition",
    "The evidence and its lower bound",
    (
        r"Let a hidden state $i$ have the prior probability $p_i > 0$, and the data $x$ the likelihood $w_i > 0$ given that state; let $p(x) = \sum_l p_l w_l$ be the evidence, "
        r"and $r_i = \frac{p_i w_i}{p(x)}$ the posterior probability. For a distribution $q$ of the states let",
        Clause(r"$\mathcal L(q) = \sum_i q_i \log w_i - D(q\,\|\,p)$. Then $\mathcal L(q) = \log p(x) - D(q\,\|\,r) \le \log p(x)$,", (0,)),
        Clause("with equality if and only if $q = r$.", (1, 2)),
    ),
    (
        Step("=", one_logarithm, "Put both logarithms into one.", left=elbo, name=ELBO_NAME),
        Step("=", EVIDENCE - from_posterior, "$p(x, z) = p(x)\\, p(z \\mid x)$, and the $q_i$ sum to 1."),
        Step("<=", EVIDENCE, "The divergence is not negative.", Lemma(GIBBS_INEQUALITY, to_posterior)),
        Step("<", EVIDENCE, "If $q_k \\ne r_k$ for some $k$.", Lemma(GIBBS_INEQUALITY, to_posterior, chain=2), left=elbo, where=(differs,)),
        Step("=", EVIDENCE, "At the posterior there is equality.", left=at_posterior, name=r"\mathcal L(r)"),
    ),
    CHAPTER,
    zeros="All $q_i > 0$ in the steps; terms with $q_i = 0$ are 0.",
    sources=("Bishop (2006), section 9.4",),
    names={evidence: "p(x)", posterior(i): "r_i", kl_divergence(q, p): r"D(q\,\|\,p)", from_posterior: r"D(q\,\|\,r)"},
    conditions={"q = r": differs},
)

z, mu = sp.symbols("z mu", real=True)
sigma = sp.Symbol("sigma", positive=True)
means = sp.IndexedBase("mu", shape=(n,), real=True)
widths = sp.IndexedBase("sigma", shape=(n,), positive=True)
log_ratio = mu**2 / 2 + mu * sigma * z + (sigma**2 - 1) * z**2 / 2 - sp.log(sigma)
of_code = HALF * total(means[i] ** 2 + widths[i] ** 2 - 1 - sp.log(widths[i] ** 2))
VAE_NAME = r"D(\mathcal N(\mu, \operatorname{diag} \sigma^2)\,\|\,\mathcal N(0, I))"
squares, widest = total(means[i] ** 2) / 2, total(gap(widths[i] ** 2))
at_width, others = {x: widths[i] ** 2}, 1 - sp.KroneckerDelta(i, k)
not_1 = sp.Ne(widths[k] ** 2, 1)
wide = {x: widths[k] ** 2}


def normal(z, mu, sigma):
    """The density of a normal distribution."""
    return sp.exp(-((z - mu) ** 2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))


VAE_GAUSSIAN_KL = Derivation(
    "vae-gaussian-kl",
    "The divergence in the objective of a VAE",
    (
        r"For $\mu \in \mathbb R^d$ and $\sigma_i > 0$ for $i$ from 1 to $d$,",
        Clause(
            r"$D(\mathcal N(\mu, \operatorname{diag} \sigma^2)\,\|\,\mathcal N(0, I)) = \frac12 \sum_i \left( \mu_i^2 + \sigma_i^2 - \log \left(\sigma_i^2\right) - 1 \right) \ge 0$,",
            (0, 1, 2),
            in_text="that the divergences of independent coordinates add up, for densities as for finite sets (kl-additive)",
        ),
        Clause(r"with equality if and only if all $\mu_i = 0$ and $\sigma_i = 1$.", (2, 3, 4, 5)),
    ),
    (
        Step(
            "=",
            log_ratio,
            "One coordinate: the logarithm of the ratio of both densities, at $\\mu + \\sigma z$.",
            left=sp.log(normal(mu + sigma * z, mu, sigma) / normal(mu + sigma * z, 0, 1)),
            name=r"\log \frac{f(\mu + \sigma z)}{g(\mu + \sigma z)}",
        ),
        Step(
            "=",
            HALF * (mu**2 + sigma**2 - 1 - sp.log(sigma**2)),
            "Its mean over a standard normal $z$; the mean of $z$ is 0, and that of $z^2$ is 1.",
            left=sp.Integral(normal(z, 0, 1) * log_ratio, (z, -sp.oo, sp.oo)),
            name=r"D(\mathcal N(\mu, \sigma^2)\,\|\,\mathcal N(0, 1))",
        ),
        Step("=", squares + widest / 2, "The divergences of independent coordinates add up.", left=of_code, name=VAE_NAME),
        Step(">=", squares, "The lemma at $x = \\sigma_i^2$.", Lemma(LOG_TANGENT_BOUND, at_width, HALF, [OVER_I])),
        Step(">=", 0, "No square is negative.", Gap(squares)),
        Step("=", 0, "All $\\mu_i = 0$ and $\\sigma_i = 1$.", left=total((0 + 1 - 1 - sp.log(1)) / 2)),
        Step(">=", widest, "Twice the divergence, without the squares ...", Gap(2 * squares), left=2 * of_code),
        Step(">=", gap(widths[k] ** 2), "... and with one gap.", Lemma(LOG_TANGENT_BOUND, at_width, others, [OVER_I])),
        Step(">", 0, "If $\\sigma_k \\ne 1$.", Lemma(LOG_TANGENT_BOUND, wide, chain=1), where=(not_1,)),
        Step(">=", 2 * squares, "Without the gaps ...", Lemma(LOG_TANGENT_BOUND, at_width, 1, [OVER_I]), left=2 * of_code),
        Step(">=", means[k] ** 2, "... and with one square.", Gap(total(means[i] ** 2 * others))),
        Step(">", 0, "If $\\mu_k \\ne 0$.", Gap(means[k] ** 2), where=(sp.Ne(means[k], 0),)),
    ),
    CHAPTER,
    sources=("Kingma and Welling (2014), appendix B",),
    names={n: "d"},
    conditions={r"\mu_i = 0": sp.Ne(means[k], 0), r"\sigma_i = 1": not_1},
)

a = sp.IndexedBase("a", shape=(n,), positive=True)
Z = sp.Sum(a[l], (l, 1, n))


def free_energy(q):
    """E_q[log a - log q]."""
    return total(q[i] * (sp.log(a[i]) - sp.log(q[i])))


def target(i):
    """The probability of outcome i by the target."""
    return a[i] / Z


to_target, off_target = {p: lambda i: q[i], q: target}, sp.Ne(target(k) / q[k], 1)
strictly = Lemma(GIBBS_INEQUALITY, to_target, chain=2)
of_target = total(target(i) * (sp.log(a[i]) - sp.log(target(i))))


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
of_best = of_product.replace(lambda e: isinstance(e, sp.Indexed) and e.base == q, lambda e: best(e.indices[0]))
to_best, not_best = Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: best}, chain=2), sp.Ne(best(k) / q[k], 1)
nearer, greater = from_target(r) - from_target(q), free_energy(q) - free_energy(r)
best_value, from_best = entropy(u) + sp.log(effective_total), total(q[i] * sp.log(q[i] / best(i)))

REVERSE_KL_VARIATIONAL = Derivation(
    "reverse-kl-variational",
    "Fitting by reverse divergence",
    (
        r"Let $a_i > 0$ be known, $Z = \sum_l a_l$ unknown, and $p_i = \frac{a_i}Z$ the target. For every distribution $q$,",
        Clause(r"$F(q) = \sum_i q_i \left( \log a_i - \log q_i \right) = \log Z - D(q\,\|\,p) \le \log Z$,", (0,)),
        Clause(r"with equality if and only if $q = p$.", (1, 2)),
        Clause(
            r"For two distributions, $F(q) - F(r) = D(r\,\|\,p) - D(q\,\|\,p)$. So in every set of distributions the same ones have the greatest $F$ and the least $D(q\,\|\,p)$, and $Z$ is not needed to find them.",
            (3,),
        ),
        r"If the target is a table $b_{ji}$, the first factor of a product $u \times q$ is fixed, and $c_i = e^{\sum_j u_j \log b_{j i}}$ with sum $C$,",
        Clause(
            r"then $F(u \times q) \le H(u) + \log C$, with equality if and only if $q = \frac cC$: the best $q$, and the only one, is proportional to $c$.",
            (4, 5, 6),
        ),
    ),
    (
        Step("=", sp.log(Z) - from_target(q), "$\\log a_i = \\log p_i + \\log Z$.", left=free_energy(q), name="F(q)"),
        Step("<=", sp.log(Z), "The divergence is not negative.", Lemma(GIBBS_INEQUALITY, to_target)),
        Step("<", sp.log(Z), "If $q_k \\ne p_k$ for some $k$.", strictly, left=free_energy(q), where=(off_target,)),
        Step("=", sp.log(Z), "For $q = p$ there is equality.", left=of_target, name="F(p)"),
        Step("=", nearer, "$Z$ cancels: the one with the greater $F$ is nearer to $p$.", left=greater, name="F(q) - F(r)"),
        Step("=", best_value - from_best, "Sum over $j$: what is left is $F(q)$ for $c_i$.", left=of_product, name=r"F(u \times q)"),
        Step("<=", best_value, "As above, with $c_i$ for $a_i$.", Lemma(GIBBS_INEQUALITY, {p: lambda i: q[i], q: best})),
        Step("<", best_value, "If it is not the best one.", to_best, left=of_product, where=(not_best,)),
        Step("=", best_value, "The best one.", left=of_best, name=r"F(u \times \tfrac cC)"),
    ),
    CHAPTER,
    assumptions=("Which of several modes a fit finds, and how narrow it is, the theorem does not say.",),
    zeros="All $q_i > 0$ and $u_j > 0$ in the steps; terms with $q_i = 0$ or $u_j = 0$ are 0.",
    sources=("Bishop (2006), section 10.1.1",),
    names={Z: "Z", target(i): "p_i", from_target(q): r"D(q\,\|\,p)", from_target(r): r"D(r\,\|\,p)"}
    | {effective_total: "C", effective(i): "c_i", entropy(u): "H(u)"},
    conditions={"q = p": off_target, r"q = \frac cC": not_best},
)
