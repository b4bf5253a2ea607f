"""Chapter 6, Closed forms.

The mean of a polynomial of degree 2 in independent standard normal variables depends on their means (0) and their
variances (1) alone.  So it is the mean over fair signs: `mean_over_signs` computes it.
"""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, OVER_I, i, j, k, n, p, q, standard_moment, t, total, x

CHAPTER = "06_closed_forms"
mean1, mean2, z = sp.symbols("mu1 mu2 z", real=True)
sigma1, sigma2 = sp.symbols("sigma1 sigma2", positive=True)


def normal(y, mean, deviation):
    return sp.exp(-((y - mean) ** 2) / (2 * deviation**2)) / (deviation * sp.sqrt(2 * sp.pi))


def mean_over_signs(polynomial, *variables):
    """The mean of a polynomial over independent variables that are 1 or -1, each with probability 1/2."""
    if not variables:
        return polynomial
    first, *rest = variables
    return sum(mean_over_signs(polynomial.xreplace({first: sp.Integer(sign)}), *rest) for sign in (1, -1)) / 2


ratio = (sigma1 / sigma2) ** 2
shift = (mean1 - mean2) ** 2 / (2 * sigma2**2)
place = mean1 + sigma1 * z
log_ratio = sp.log(sigma2 / sigma1) - z**2 / 2 + (mean1 + sigma1 * z - mean2) ** 2 / (2 * sigma2**2)
kl_normal = sp.log(sigma2 / sigma1) + (sigma1**2 + (mean1 - mean2) ** 2) / (2 * sigma2**2) - HALF

KL_NORMAL = Derivation(
    "kl-normal",
    "The divergence of two normal laws",
    r"$D(N(\mu_1, \sigma_1^2)\,\|\,N(\mu_2, \sigma_2^2)) = \log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac12 \ge 0$, with equality if and only if the laws are the same.",
    (
        Step(
            "=",
            log_ratio,
            r"The logarithm of the ratio of the densities at $y = \mu_1 + \sigma_1 z$, where $z$ is standard normal.",
            left=sp.log(normal(place, mean1, sigma1) / normal(place, mean2, sigma2)),
            name=r"\log \frac{f_1(y)}{f_2(y)}",
        ),
        Step("=", 0, "The mean of $z$ ...", left=standard_moment(1), name="E[z]"),
        Step("=", 1, "... and of $z^2$.", left=standard_moment(2), name="E[z^2]"),
        Step(
            "=",
            kl_normal,
            r"So the logarithm, of degree at most 2 in $z$, has the mean that it has over $z = 1$ and $z = -1$, with probability $\frac12$ each, because there too the mean of $z$ is 0 and that of $z^2$ is 1: of the square, $(\mu_1 - \mu_2)^2 + \sigma_1^2$ is left.",
            left=mean_over_signs(log_ratio, z),
            name="D",
        ),
        Step(
            ">=",
            shift,
            r"The gap of the lemma at $x = \sigma_1^2 / \sigma_2^2$, halved; it is 0 for $\sigma_1 = \sigma_2$ only.",
            Lemma(LOG_TANGENT_BOUND, {x: ratio}, HALF),
        ),
        Step(">=", 0, r"And this is 0 for $\mu_1 = \mu_2$ only.", Gap(shift)),
    ),
    CHAPTER,
    sources=("Kullback (1959), chapter 9, section 1",),
)

# Two laws in the plane, by their Cholesky factors: the covariances are L L' and M M'.
a, c, d, g = sp.symbols("a c d g", positive=True)
b, f, d1, d2, y1, y2, z1, z2 = sp.symbols("b f delta1 delta2 y1 y2 z1 z2", real=True)
L, M = sp.Matrix([[a, 0], [b, c]]), sp.Matrix([[d, 0], [f, g]])
y, delta = sp.Matrix([y1, y2]), sp.Matrix([d1, d2])
precision = (M * M.T).inv()
off, e = (b - f * a / d) / g, (d2 - f * d1 / d) / g
trace = a**2 / d**2 + off**2 + c**2 / g**2
squares = d1**2 / d**2 + e**2
drawn = ((a * z1 + d1) / d) ** 2 + (off * z1 + c * z2 / g + e) ** 2
spreads = sp.IndexedBase("lambda", shape=(n,), positive=True)
shifts = sp.IndexedBase("s", shape=(n,), real=True)
along_axes = {mean1 - mean2: shifts[i], (mean1 - mean2) ** 2: shifts[i] ** 2, sigma1: sp.sqrt(spreads[i]), sigma2: 1}

KL_MULTIVARIATE_NORMAL = Derivation(
    "kl-multivariate-normal",
    "The divergence of two normal laws in several dimensions",
    r"For laws in $k$ dimensions with means that differ by $\delta = \mu_1 - \mu_2$ and covariances $\Sigma_1$, $\Sigma_2$ of full rank, $D = \frac12 ( \operatorname{tr}(\Sigma_2^{-1} \Sigma_1) + \delta^{\mathsf T} \Sigma_2^{-1} \delta - k + \log \frac{\det \Sigma_2}{\det \Sigma_1} ) \ge 0$, with equality if and only if the laws are the same.",
    (
        Step(
            "=",
            (y1 / d) ** 2 + ((y2 - f * y1 / d) / g) ** 2,
            r"Let $\Sigma_1 = L L^{\mathsf T}$ and $\Sigma_2 = M M^{\mathsf T}$ with triangular $L$ (entries $a$; $b$, $c$) and $M$ (entries $d$; $f$, $g$). The form is the square of $M^{-1} y$. With $y = \delta$ it is the form in the theorem.",
            left=sp.factor((y.T * precision * y)[0]),
            name=r"y^{\mathsf T} \Sigma_2^{-1} y",
        ),
        Step(
            "=",
            drawn,
            r"A draw from the first law lies at $y = L z + \delta$ from $\mu_2$, where $z_1$ and $z_2$ are independent and standard normal.",
            left=((a * z1 + d1) / d) ** 2 + ((b * z1 + c * z2 + d2 - f * (a * z1 + d1) / d) / g) ** 2,
            name=r"y^{\mathsf T} \Sigma_2^{-1} y",
        ),
        Step(
            "=",
            trace,
            r"The trace is the sum of the squares of the coefficients of $z_1$ and $z_2$.",
            left=sp.factor((precision * L * L.T).trace()),
            name=r"\operatorname{tr}(\Sigma_2^{-1} \Sigma_1)",
        ),
        Step(
            "=",
            (trace + squares - 2 + sp.log(d**2 * g**2 / (a**2 * c**2))) / 2,
            r"The mean of the logarithm of the ratio of the densities, whose exponents are $z_1^2 + z_2^2$ and the form in $y$. It is of degree at most 2, so it has this mean over the corners $z_1, z_2 = \pm 1$, each with probability $\frac14$, where the means of $z_i$, $z_i^2$ and $z_1 z_2$ are the same: the squares of the coefficients are left. The determinants are $a^2 c^2$ and $d^2 g^2$.",
            theorem="kl-normal",
            left=mean_over_signs((drawn - z1**2 - z2**2) / 2 + sp.log(d * g) - sp.log(a * c), z1, z2),
            name="D",
        ),
        Step(
            ">=",
            (off**2 + squares) / 2,
            "Two gaps of the lemma, halved, at $a^2/d^2$ and $c^2/g^2$; they are 0 only if $L$ and $M$ have the same diagonal.",
            Lemma(LOG_TANGENT_BOUND, {x: a**2 / d**2}, HALF, also=Lemma(LOG_TANGENT_BOUND, {x: c**2 / g**2}, HALF)),
        ),
        Step(
            ">=",
            0,
            "A sum of squares; it is 0 only if the means and all of $L$ and $M$ agree.",
            Gap((off**2 + squares) / 2),
        ),
        Step(
            ">=",
            total(shifts[i] ** 2) / 2,
            r"In $k = n$ dimensions choose coordinates in which $\Sigma_2$ is the unit matrix and $\Sigma_1$ is diagonal, with $\lambda_i$, and let $s_i$ be the differences of the means. This does not change $D$, and both laws are products, so $D$ is a sum of divergences in one dimension. Its gaps, halved, are those of the lemma at $\lambda_i$; they are 0 only if all $\lambda_i = 1$, that is $\Sigma_1 = \Sigma_2$.",
            Lemma(LOG_TANGENT_BOUND, {x: spreads[i]}, HALF, [OVER_I]),
            left=total(kl_normal.xreplace(along_axes)),
            name="D",
        ),
        Step(">=", 0, "Again a sum of squares; it is 0 only if the means agree.", Gap(total(shifts[i] ** 2) / 2)),
    ),
    CHAPTER,
    assumptions=(
        "All steps but the last two are in two dimensions.",
        r"In the last two, $y$ is replaced by $U^{\mathsf T} \Sigma_2^{-1/2} y$, where $\Sigma_2^{-1/2}$ is the symmetric positive definite matrix whose square is $\Sigma_2^{-1}$ and the orthogonal $U$ makes $U^{\mathsf T} \Sigma_2^{-1/2} \Sigma_1 \Sigma_2^{-1/2} U$ diagonal; both exist by the spectral theorem. As $\operatorname{tr}(AB) = \operatorname{tr}(BA)$, the sum of the $\lambda_i$ is $\operatorname{tr}(\Sigma_2^{-1} \Sigma_1)$, their product is $\det \Sigma_1 / \det \Sigma_2$, and the sum of the $s_i^2$ is $\delta^{\mathsf T} \Sigma_2^{-1} \delta$. So $D$ is the formula of the theorem.",
    ),
    sources=(
        "Bishop (2006), section 2.3, for the density",
        "Boyd and Vandenberghe (2004), appendix A, for the spectral theorem",
        "computed here",
    ),
    names={off: "r", e: "e"},
)

theta, eta = sp.symbols("theta eta", real=True)
h = sp.IndexedBase("h", shape=(n,), positive=True)
T = sp.IndexedBase("T", shape=(n,), real=True)


def log_normaliser(theta):
    return sp.log(total(h[j] * sp.exp(theta * T[j]), (j, 1, n)))


def member(theta, i=i):
    """The probability of outcome i."""
    return h[i] * sp.exp(theta * T[i]) / total(h[j] * sp.exp(theta * T[j]), (j, 1, n))


mean_of_T = total(member(theta) * T[i])
center = total(member(theta, k) * T[k], (k, 1, n))

KL_EXPONENTIAL_FAMILY_BREGMAN = Derivation(
    "kl-exponential-family-bregman",
    "In an exponential family, divergence is a gap under a tangent",
    r"Let $p_\theta(i) = h_i\, e^{\theta T_i - A(\theta)}$ with all $h_i > 0$ and $A(\theta) = \log \sum_j h_j e^{\theta T_j}$. Then $A$ is convex, and $D(p_\theta\,\|\,p_\eta) = A(\eta) - A(\theta) - (\eta - \theta) A'(\theta) \ge 0$, with equality if and only if the two laws are the same.",
    (
        Step(
            "=",
            (theta - eta) * T[i] - log_normaliser(theta) + log_normaliser(eta),
            "The $h_i$ cancel.",
            left=sp.log(member(theta) / member(eta)),
            name=r"\log \frac{p_\theta(i)}{p_\eta(i)}",
        ),
        Step(
            "=",
            mean_of_T,
            "The slope of $A$ is the mean of $T$.",
            left=sp.Derivative(log_normaliser(theta), theta),
            name=r"A'(\theta)",
        ),
        Step(
            "=",
            log_normaliser(eta) - log_normaliser(theta) - (eta - theta) * mean_of_T,
            "Take the mean of the first line; the $p_\\theta(i)$ add up to 1.",
            left=total(member(theta) * ((theta - eta) * T[i] - log_normaliser(theta) + log_normaliser(eta))),
            name=r"D(p_\theta\,\|\,p_\eta)",
        ),
        Step(
            ">=",
            0,
            "It is a divergence. So $A$ lies above its tangent at $\\theta$, by this gap.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: member(theta, i), q: lambda i: member(eta, i)}),
        ),
        Step(
            "=",
            total(member(theta) * (T[i] - center) ** 2),
            "And the curvature of $A$ is the variance of $T$, half of which is the divergence for small steps, over their square.",
            left=sp.Derivative(log_normaliser(theta), (theta, 2)),
            name=r"A''(\theta)",
        ),
        Step(">=", 0, "A variance is not negative.", Gap(total(member(theta) * (T[i] - center) ** 2))),
    ),
    CHAPTER,
    assumptions=("One parameter, finitely many outcomes, and any real numbers $T_i$ in the steps.",),
    names={center: r"A'(\theta)"},
    sources=("Amari (2016), chapter 2",),
)

shape, rate = sp.symbols("a b", positive=True)
power = sp.Symbol("s", positive=True)

EXPECTED_LOG_GAMMA = Derivation(
    "expected-log-gamma",
    "The mean logarithm of a gamma variable",
    r"If $X$ has the gamma law with shape $a$ and rate $b$, then $E[\log X] = \psi(a) - \log b$, where $\psi$ is the derivative of $\log \Gamma$.",
    (
        Step(
            "=",
            sp.gamma(shape + power) / (sp.gamma(shape) * rate**power),
            "The integral of the density of another gamma law, with shape $a + s$, but for the constants.",
            left=sp.Integral(
                t**power * rate**shape * t ** (shape - 1) * sp.exp(-rate * t) / sp.gamma(shape), (t, 0, sp.oo)
            ),
            name="E[X^s]",
        ),
        Step(
            "=",
            (sp.digamma(shape + power) - sp.log(rate)) * sp.gamma(shape + power) / (sp.gamma(shape) * rate**power),
            "For $s$ near 0 the derivative of $X^s$ by $s$, $X^s \\log X$, may be taken under the integral. Differentiate the closed form.",
            left=sp.Derivative(sp.gamma(shape + power) / (sp.gamma(shape) * rate**power), power),
            name=r"E[X^s \log X]",
        ),
        Step(
            "=",
            sp.digamma(shape) - sp.log(rate),
            "At $s = 0$ the weight $X^s$ is 1.",
            left=sp.Limit(
                (sp.digamma(shape + power) - sp.log(rate)) * sp.gamma(shape + power) / (sp.gamma(shape) * rate**power),
                power,
                0,
                "+-",
            ),
            name=r"E[\log X]",
        ),
    ),
    CHAPTER,
    assumptions=(
        "SymPy reduces both sides for all $a, b, s > 0$; besides, both sides are compared at random points with $1 < a, b, s < 3$.",
    ),
    sources=("Bishop (2006), appendix B",),
    domain={shape: (1, 3), rate: (1, 3), power: (1, 3)},
)
