"""Chapter 6, Closed forms.

A mean under a normal law is an integral over a standard normal z, as the law N(mu, sigma^2) is that of mu + sigma z.
"""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, i, j, k, l, n, p, q, t, total, x

CHAPTER = "06_closed_forms"
mean1, mean2, z = sp.symbols("mu1 mu2 z", real=True)
sigma1, sigma2 = sp.symbols("sigma1 sigma2", positive=True)


def normal(y, mean, deviation):
    return sp.exp(-((y - mean) ** 2) / (2 * deviation**2)) / (deviation * sp.sqrt(2 * sp.pi))


def mean_over_z(body):
    """The mean over a standard normal z, as an integral."""
    return sp.Integral(normal(z, 0, 1) * body, (z, -sp.oo, sp.oo))


def mean_over_signs(polynomial, *variables):
    """The mean of a polynomial over independent variables that are 1 or -1, each with probability 1/2."""
    if not variables:
        return polynomial
    first, *rest = variables
    return sum(mean_over_signs(polynomial.xreplace({first: sp.Integer(sign)}), *rest) for sign in (1, -1)) / 2


place = mean1 + sigma1 * z
ratio = (sigma1 / sigma2) ** 2
shift = (mean1 - mean2) ** 2 / (2 * sigma2**2)
kl_normal = sp.log(sigma2 / sigma1) + (sigma1**2 + (mean1 - mean2) ** 2) / (2 * sigma2**2) - HALF


def above_shift(relation, chain, reason, **beginning):
    """A step: the divergence is at least, or more than, what the means contribute."""
    return Step(relation, shift, reason, Lemma(LOG_TANGENT_BOUND, {x: ratio}, HALF, chain=chain), **beginning)


square = Step(">=", 0, "A square is not negative.", Gap(shift))

KL_NORMAL = Derivation(
    "kl-normal",
    "The divergence of two normal distributions",
    (
        Clause(
            r"$D(N(\mu_1, \sigma_1^2)\,\|\,N(\mu_2, \sigma_2^2)) = \log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac12 \ge 0$,",
            (0,),
        ),
        Clause(r"with equality if and only if $\mu_1 = \mu_2$ and $\sigma_1 = \sigma_2$.", (1, 2, 3)),
    ),
    (
        Step(
            "=",
            kl_normal,
            r"The mean of the logarithm of the ratio of the densities at $y = \mu_1 + \sigma_1 z$, which is $\log \frac{\sigma_2}{\sigma_1} - \frac12 z^2 + \frac12 (\mu_1 + \sigma_1 z - \mu_2)^2 / \sigma_2^2$. The mean of $z$ is 0, and that of $z^2$ is 1.",
            left=mean_over_z(sp.log(normal(place, mean1, sigma1) / normal(place, mean2, sigma2))),
            name=r"D(N(\mu_1, \sigma_1^2)\,\|\,N(\mu_2, \sigma_2^2))",
        ),
        above_shift(">=", 0, r"The gap of the lemma at $x = \sigma_1^2 / \sigma_2^2$, halved."),
        square,
        above_shift(">", 1, r"If $\sigma_1 \ne \sigma_2$, that gap is positive.", left=kl_normal, where=(sp.Ne(ratio, 1),)),
        square,
        above_shift(">=", 0, r"If $\mu_1 \ne \mu_2$, it is still not negative ...", left=kl_normal),
        Step(">", 0, "... and the square is positive.", Minimum(mean1, mean2), where=(sp.Ne(mean1, mean2),)),
        Step("=", shift, r"For $\sigma_1 = \sigma_2$; 0 if $\mu_1 = \mu_2$.", left=kl_normal.xreplace({sigma1: sigma2})),
        above_shift(">=", 0, "In any case it is not negative.", left=kl_normal),
        square,
    ),
    CHAPTER,
    conditions={r"\sigma_1 = \sigma_2": sp.Ne(ratio, 1)},
    sources=("Kullback (1959), chapter 9, section 1",),
)

# In coordinates in which the second law is standard normal and the first one has independent coordinates.
deviations = sp.IndexedBase("sigma", shape=(k,), positive=True)
shifts = sp.IndexedBase("delta", shape=(k,), real=True)
OVER_AXES = (i, 1, k)
parts = {
    total(deviations[i] ** 2, OVER_AXES) / 2: r"\frac12 \operatorname{tr}(\Sigma_2^{-1} \Sigma_1)",
    total(shifts[i] ** 2, OVER_AXES) / 2: r"\frac12 \delta^{\mathsf T} \Sigma_2^{-1} \delta",
    total(sp.log(1 / deviations[i]), OVER_AXES): r"\frac12 \log \frac{\det \Sigma_2}{\det \Sigma_1}",
}
kl_axes = sum(parts) - k / 2


def one_axis(i):
    return {mean1: shifts[i], mean2: sp.S.Zero, sigma1: deviations[i], sigma2: sp.S.One}


def along(i):
    """The divergence along one axis."""
    return kl_normal.xreplace(one_axis(i))


def along_l(chain, condition, reason):
    """Steps: the divergence is positive, as it is along axis l."""
    others = Lemma(KL_NORMAL, one_axis(i), 1 - sp.KroneckerDelta(i, l), [OVER_AXES], chain=4)
    return (
        Step(">=", along(l), "Keep axis $l$; along the others it is not negative.", others, left=kl_axes),
        Step(">", 0, reason, Lemma(KL_NORMAL, one_axis(l), chain=chain), where=(condition,)),
    )


COORDINATES = "the coordinates of the steps (spectral theorem), that no term of the formula changes with them, and that $D$ adds up along the axes"
other_shift, other_spread = sp.Ne(shifts[l], 0), sp.Ne(deviations[l] ** 2, 1)

KL_MULTIVARIATE_NORMAL = Derivation(
    "kl-multivariate-normal",
    "The divergence of two normal distributions in several dimensions",
    (
        r"For normal distributions in $k$ dimensions with means that differ by $\delta$ and covariances $\Sigma_1$, $\Sigma_2$ of full rank,",
        Clause(
            r"$D = \frac12 \delta^{\mathsf T} \Sigma_2^{-1} \delta + \frac12 \log \frac{\det \Sigma_2}{\det \Sigma_1} + \frac12 \operatorname{tr}(\Sigma_2^{-1} \Sigma_1) - \frac k2 \ge 0$,",
            (0,),
            in_text=COORDINATES,
        ),
        Clause(r"with equality if and only if $\delta = 0$ and $\Sigma_1 = \Sigma_2$.", (0, 1, 2, 3), in_text=COORDINATES),
    ),
    (
        Step(
            "=",
            kl_axes,
            r"Choose coordinates in which $\Sigma_2$ is the unit matrix, $\Sigma_1$ is diagonal, with $\sigma_i^2$, and the means differ by $\delta_i$. Both densities are products, so $D$ is the sum of the divergences along the axes.",
            theorem="kl-normal",
            left=total(along(i), OVER_AXES),
            name="D",
        ),
        Step(">=", 0, "No part is negative.", Lemma(KL_NORMAL, one_axis(i), over=[OVER_AXES], chain=4)),
        *along_l(1, other_spread, r"If $\Sigma_1 \ne \Sigma_2$, some $\sigma_l \ne 1$."),
        *along_l(2, other_shift, r"If $\delta \ne 0$, some $\delta_l \ne 0$."),
        Step("=", 0, "If the distributions are the same, every term is 0.", left=kl_axes.xreplace({deviations[i]: sp.S.One, shifts[i]: sp.S.Zero})),
    ),
    CHAPTER,
    assumptions=(
        r"The coordinates: $y$ is replaced by $U^{\mathsf T} \Sigma_2^{-1/2} y$, where $\Sigma_2^{-1/2}$ is the symmetric positive definite matrix whose square is $\Sigma_2^{-1}$ and the orthogonal $U$ makes $U^{\mathsf T} \Sigma_2^{-1/2} \Sigma_1 \Sigma_2^{-1/2} U$ diagonal; both exist by the spectral theorem. This does not change $D$: the logarithm of the ratio of the densities stays what it was, as both are divided by the same number. As $\operatorname{tr}(AB) = \operatorname{tr}(BA)$, it does not change $\operatorname{tr}(\Sigma_2^{-1} \Sigma_1)$, $\det \Sigma_1 / \det \Sigma_2$ and $\delta^{\mathsf T} \Sigma_2^{-1} \delta$ either.",
        r"In the steps these coordinates are used: $\Sigma_2$ is the unit matrix, $\Sigma_1$ has $\sigma_i^2$ on its diagonal and 0 elsewhere, and $\delta$ has the entries $\delta_i$.",
    ),
    sources=("Bishop (2006), section 2.3, for the density", "Boyd and Vandenberghe (2004), appendix A, for the spectral theorem", "computed here"),
    names=parts,
    conditions={r"\delta = 0": other_shift, r"\Sigma_1 = \Sigma_2": other_spread},
)

theta, eta = sp.symbols("theta eta", real=True)
h = sp.IndexedBase("h", shape=(n,), positive=True)
T = sp.IndexedBase("T", shape=(n,), real=True)


def log_normaliser(theta):
    return sp.log(total(h[j] * sp.exp(theta * T[j]), (j, 1, n)))


def member(theta, i=i):
    """The probability of outcome i."""
    return h[i] * sp.exp(theta * T[i]) / total(h[j] * sp.exp(theta * T[j]), (j, 1, n))


slope = sp.Derivative(log_normaliser(theta), theta)
mean_of_T = total(member(theta, k) * T[k], (k, 1, n))
variance_of_T = total(member(theta) * (T[i] - mean_of_T) ** 2)
two_members = {p: lambda i: member(theta, i), q: lambda i: member(eta, i)}
of_members = total(member(theta) * sp.log(member(theta) / member(eta)))
not_equal = sp.Ne(member(eta, k) / member(theta, k), 1)

KL_EXPONENTIAL_FAMILY_BREGMAN = Derivation(
    "kl-exponential-family-bregman",
    "In an exponential family, divergence is the height above a tangent",
    (
        r"Let $p_\theta(i) = \frac{e^{\theta T_i} h_i}{\sum_j e^{\theta T_j} h_j}$ with all $h_i > 0$, and $A(\theta) = \log(\sum_j e^{\theta T_j} h_j)$.",
        Clause(r"Then $A''(\theta) \ge 0$;", (1,)),
        Clause(r"and $D(p_\theta\,\|\,p_\eta) = A(\eta) - A'(\theta) (\eta - \theta) - A(\theta) \ge 0$: $A$ lies above its tangents, so it is convex,", (2,)),
        Clause(r"with equality if and only if $p_\theta = p_\eta$.", (2, 3, 4)),
    ),
    (
        Step("=", mean_of_T, "The slope of $A$ is the mean of $T$.", left=slope),
        Step(
            "=",
            variance_of_T,
            "The curvature of $A$ is the variance of $T$, half of which is the divergence for small steps, over their square.",
            left=sp.Derivative(log_normaliser(theta), (theta, 2)),
            name=r"A''(\theta)",
        ),
        Step(">=", 0, "A variance is not negative.", Gap(variance_of_T)),
        Step(
            "=",
            total(member(theta) * ((theta - eta) * T[i] - log_normaliser(theta) + log_normaliser(eta))),
            "In the ratio the $h_i$ cancel.",
            left=of_members,
            name=r"D(p_\theta\,\|\,p_\eta)",
        ),
        Step("=", log_normaliser(eta) - log_normaliser(theta) - (eta - theta) * slope, "The $p_\\theta(i)$ add up to 1, and the mean of $T$ is the slope."),
        Step(">=", 0, "It is a divergence. So $A$ lies above its tangent at $\\theta$, by this gap.", Lemma(GIBBS_INEQUALITY, two_members)),
        Step(
            ">",
            0,
            r"If $p_\theta \ne p_\eta$, the two differ at some $k$.",
            Lemma(GIBBS_INEQUALITY, two_members, chain=2),
            left=of_members,
            name=r"D(p_\theta\,\|\,p_\eta)",
            where=(not_equal,),
        ),
        Step("=", 0, "If they are equal, so are the probabilities in the ratio.", left=of_members.xreplace({eta: theta}), name=r"D(p_\theta\,\|\,p_\theta)"),
    ),
    CHAPTER,
    assumptions=("One parameter, finitely many outcomes, and any real numbers $T_i$.",),
    names={
        log_normaliser(theta): r"A(\theta)",
        log_normaliser(eta): r"A(\eta)",
        slope: r"A'(\theta)",
        member(theta): r"p_\theta(i)",
        member(eta): r"p_\eta(i)",
    },
    conditions={r"p_\theta = p_\eta": not_equal},
    sources=("Amari (2016), chapter 2",),
)

shape, rate = sp.symbols("a b", positive=True)
power = sp.Symbol("s", positive=True)
moment = sp.gamma(shape + power) / (sp.gamma(shape) * rate**power)


def mean_under_gamma(body):
    """The mean under the gamma law, as an integral."""
    constant = rate**shape / sp.gamma(shape)
    return constant * sp.Integral(body * t ** (shape - 1) * sp.exp(-rate * t), (t, 0, sp.oo))


EXPECTED_LOG_GAMMA = Derivation(
    "expected-log-gamma",
    "The mean logarithm of a gamma variable",
    (
        "If $X$ has the gamma distribution with shape $a$ and rate $b$, then",
        Clause(r"$E[\log X] = \psi(a) - \log b$, where $\psi$ is the derivative of the logarithm of $\Gamma$.", (0, 1)),
    ),
    (
        Step("=", sp.digamma(shape) - sp.log(rate), "An integral that SymPy knows.", left=mean_under_gamma(sp.log(t)), name=r"E[\log X]"),
        Step("=", sp.digamma(shape), r"The definition of $\psi$.", left=sp.Derivative(sp.log(sp.gamma(shape)), shape)),
        Step(
            "=",
            moment,
            "Without it: apart from constants, this is the integral of the density of another gamma distribution, with shape $a + s$.",
            left=mean_under_gamma(t**power),
            name="E[X^s]",
        ),
        Step(
            "=",
            (sp.digamma(shape + power) - sp.log(rate)) * moment,
            r"The derivative of $X^s$ by $s$ is $X^s \log X$. So take it on both sides, on the left under the integral, and go to $s = 0$.",
            left=sp.Derivative(moment, power),
        ),
    ),
    CHAPTER,
    assumptions=("The last two steps are another way, whose exchange of derivative and integral is proved in words.",),
    sources=("Bishop (2006), appendix B",),
    domain={power: (0, 1)},
    names={moment: "E[X^s]"},
)
