"""Chapter 6, Closed forms."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, i, j, n, standard_moment, t, total, x

CHAPTER = "06_closed_forms"
mean1, mean2, z = sp.symbols("mu1 mu2 z", real=True)
sigma1, sigma2 = sp.symbols("sigma1 sigma2", positive=True)


def normal(y, mean, deviation):
    return sp.exp(-((y - mean) ** 2) / (2 * deviation**2)) / (deviation * sp.sqrt(2 * sp.pi))


ratio = (sigma1 / sigma2) ** 2
shift = (mean1 - mean2) ** 2 / (2 * sigma2**2)
place = mean1 + sigma1 * z

KL_NORMAL = Derivation(
    "kl-normal",
    "The divergence of two normal laws",
    r"$D(N(\mu_1, \sigma_1^2)\,\|\,N(\mu_2, \sigma_2^2)) = \log \frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac12 \ge 0$, with equality if and only if the laws are the same.",
    (
        Step(
            "=",
            sp.log(sigma2 / sigma1) - z**2 / 2 + (mean1 + sigma1 * z - mean2) ** 2 / (2 * sigma2**2),
            r"The logarithm of the ratio of the densities at $y = \mu_1 + \sigma_1 z$, where $z$ is standard normal.",
            left=sp.log(normal(place, mean1, sigma1) / normal(place, mean2, sigma2)),
            name=r"\log \frac{f_1(y)}{f_2(y)}",
        ),
        Step("=", 0, "The mean of $z$ ...", left=standard_moment(1), name="E[z]"),
        Step("=", 1, "... and of $z^2$.", left=standard_moment(2), name="E[z^2]"),
        Step(
            "=",
            sp.log(sigma2 / sigma1) + (sigma1**2 + (mean1 - mean2) ** 2) / (2 * sigma2**2) - HALF,
            r"So the logarithm has this mean: of the square, $(\mu_1 - \mu_2)^2 + \sigma_1^2$ is left.",
            left=sp.log(sigma2 / sigma1) - HALF + ((mean1 - mean2) ** 2 + sigma1**2) / (2 * sigma2**2),
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
            ((a * z1 + d1) / d) ** 2 + (off * z1 + c * z2 / g + e) ** 2,
            r"A draw from the first law lies at $y = L z + \delta$ from $\mu_2$, where $z_1$ and $z_2$ are independent and standard normal.",
            left=((a * z1 + d1) / d) ** 2 + ((b * z1 + c * z2 + d2 - f * (a * z1 + d1) / d) / g) ** 2,
            name=r"y^{\mathsf T} \Sigma_2^{-1} y",
        ),
        Step(
            "=",
            1,
            "The mean of $z_1^2$ and $z_2^2$; those of $z_1$, $z_2$ and $z_1 z_2$ are 0.",
            left=standard_moment(2),
        ),
        Step(
            "=",
            trace,
            "So of the parts with $z_1$ and $z_2$ the squares of the coefficients are left, which is the trace. The rest is the form in $\\delta$.",
            left=sp.factor((precision * L * L.T).trace()),
            name=r"\operatorname{tr}(\Sigma_2^{-1} \Sigma_1)",
        ),
        Step(
            "=",
            (trace + squares - 2 + sp.log(d**2 * g**2 / (a**2 * c**2))) / 2,
            r"The exponent of the first density is $z_1^2 + z_2^2$, of mean 2; the determinants are $a^2 c^2$ and $d^2 g^2$.",
            left=(trace + squares) / 2 - 1 + sp.log(d * g) - sp.log(a * c),
            name="D",
        ),
        Step(
            ">=",
            (off**2 + squares) / 2,
            "Two gaps of the lemma, halved, at $a^2/d^2$ and $c^2/g^2$; they are 0 if $L$ and $M$ have the same diagonal only.",
            Lemma(
                LOG_TANGENT_BOUND,
                {x: a**2 / d**2},
                HALF,
                also=Lemma(LOG_TANGENT_BOUND, {x: c**2 / g**2}, HALF),
            ),
        ),
        Step(
            ">=",
            0,
            "A sum of squares; it is 0 if the means and all of $L$ and $M$ agree only.",
            Gap((off**2 + squares) / 2),
        ),
    ),
    CHAPTER,
    assumptions=("Two dimensions in the steps; the same steps hold in any number.",),
    sources=("Bishop (2006), section 2.3, for the density", "computed here"),
    names={off: "r", e: "e"},
)

theta, eta = sp.symbols("theta eta", real=True)
h = sp.IndexedBase("h", shape=(n,), positive=True)
T = sp.IndexedBase("T", shape=(n,), real=True)


def log_normaliser(theta):
    return sp.log(total(h[j] * sp.exp(theta * T[j]), (j, 1, n)))


def member(theta):
    """The probability of outcome i."""
    return h[i] * sp.exp(theta * T[i]) / total(h[j] * sp.exp(theta * T[j]), (j, 1, n))


mean_of_T = total(member(theta) * T[i])

KL_EXPONENTIAL_FAMILY_BREGMAN = Derivation(
    "kl-exponential-family-bregman",
    "In an exponential family, divergence is a gap under a tangent",
    r"Let $p_\theta(i) = h_i\, e^{\theta T_i - A(\theta)}$ with $A(\theta) = \log \sum_j h_j e^{\theta T_j}$. Then $D(p_\theta\,\|\,p_\eta) = A(\eta) - A(\theta) - (\eta - \theta) A'(\theta)$.",
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
    ),
    CHAPTER,
    assumptions=("One parameter and finitely many outcomes in the steps.",),
    sources=("Amari (2016), section 2.2",),
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
            "The integral of the density of another gamma law, but for the constants.",
            left=sp.Integral(
                t**power * rate**shape * t ** (shape - 1) * sp.exp(-rate * t) / sp.gamma(shape), (t, 0, sp.oo)
            ),
            name="E[X^s]",
        ),
        Step(
            "=",
            (sp.digamma(shape + power) - sp.log(rate)) * sp.gamma(shape + power) / (sp.gamma(shape) * rate**power),
            "The derivative of $X^s$ by $s$ is $X^s \\log X$; differentiate the closed form.",
            left=sp.Derivative(sp.gamma(shape + power) / (sp.gamma(shape) * rate**power), power),
            name=r"E[X^s \log X]",
        ),
        Step(
            "=",
            sp.digamma(shape) - sp.log(rate),
            "At $s = 0$.",
            left=(
                (sp.digamma(shape + power) - sp.log(rate)) * sp.gamma(shape + power) / (sp.gamma(shape) * rate**power)
            ).subs(power, 0),
            name=r"E[\log X]",
        ),
    ),
    CHAPTER,
    assumptions=("The random points have $1 < a, b, s < 3$.",),
    sources=("Bishop (2006), appendix B",),
    domain={shape: (1, 3), rate: (1, 3), power: (1, 3)},
)
