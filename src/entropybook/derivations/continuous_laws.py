"""Chapter 5, Continuous laws.  In the steps x and y stand for the values of two densities at one place."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import LOG_TANGENT_BOUND
from entropybook.derivations.notation import i, p, standard_moment, t, total, x
from entropybook.symbolic import entropy

CHAPTER = "05_continuous"
COVER_THOMAS_8 = "Cover and Thomas (2006), section 8.6"
y, a, c, m, sigma = sp.symbols("y a c m sigma", positive=True)
rate, other_rate = sp.symbols("lambda mu", positive=True)
z = sp.Symbol("z", real=True)
width = sp.Symbol("Delta", positive=True)


def integral(body, upper=sp.oo):
    """The integral over t from 0."""
    return sp.Integral(body, (t, 0, upper))


share = sp.exp(-width) / (1 - sp.exp(-width))  # the mean number of a bin, for the exponential law

DISCRETISED_ENTROPY_LIMIT = Derivation(
    "discretised-entropy-limit",
    "Entropy of a fine grid",
    r"Cut the line into bins of width $\Delta$, and let $X_\Delta$ be the bin of a variable $X$ with a density $f$ for which $f \log f$ is Riemann integrable. Then $H(X_\Delta) + \log \Delta \to h(X)$ as $\Delta \to 0$; so $H(X_\Delta)$ itself grows without bound.",
    (
        Step(
            "=",
            -total(p[i] * sp.log(p[i] / width)) - sp.log(width),
            r"In a bin of probability $p_i$ the mean density is $p_i / \Delta$. So the first part is a Riemann sum of $-\int f \log f$.",
            left=entropy(p),
            name=r"H(X_\Delta)",
        ),
        Step(
            "=",
            -sp.log(1 - sp.exp(-width)) + width * share,
            r"An example, the exponential law: bin $k$ has the probability $(1 - e^{-\Delta}) e^{-k \Delta}$, and the mean of $k$ is $e^{-\Delta} / (1 - e^{-\Delta})$.",
            left=-sp.log(1 - sp.exp(-width)) - sp.log(sp.exp(-width)) * share,
            name=r"H(X_\Delta)",
        ),
        Step(
            "=",
            1,
            "The limit ...",
            left=sp.Limit(-sp.log(1 - sp.exp(-width)) + width * share + sp.log(width), width, 0, "+"),
            name=r"\lim_{\Delta \to 0} H(X_\Delta) + \log \Delta",
        ),
        Step("=", 1, "... is the differential entropy.", left=integral(t * sp.exp(-t)), name="h(X)"),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), theorem 8.3.1",),
)

KL_NONNEGATIVE_DENSITIES = Derivation(
    "kl-nonnegative-densities",
    "Gibbs' inequality for densities",
    r"For densities $f$ and $g$, $\int f \log \frac fg \ge 0$, with equality if and only if $f = g$ almost everywhere.",
    (
        Step(
            ">=",
            x - y,
            r"Where $f = x > 0$ and $g = y > 0$: the lemma at $y/x$, times $x$. Integrated over all places with $f > 0$, the right side is $1 - \int_{f > 0} g \ge 0$.",
            Lemma(LOG_TANGENT_BOUND, {x: y / x}, x),
            left=x * sp.log(x / y),
            name=r"f \log \frac fg",
        ),
        Step(
            ">",
            x - y,
            "If $f \\ne g$ the left side is greater. A positive difference on a set of positive length has a positive integral.",
            Lemma(LOG_TANGENT_BOUND, {x: y / x}, x, chain=1),
            left=x * sp.log(x / y),
            name=r"f \log \frac fg",
            where=(sp.Ne(y / x, 1),),
        ),
        Step("=", 0, "If $f = g$, the integrand is 0.", left=x * sp.log(x / x), name=r"f \log \frac ff"),
    ),
    CHAPTER,
    assumptions=("Where $f > 0 = g$ on a set of positive length, the integral is infinite.",),
    sources=("Cover and Thomas (2006), theorem 8.6.1",),
)

DIFFERENTIAL_ENTROPY_AFFINE = Derivation(
    "differential-entropy-affine",
    "Scaling shifts the entropy",
    r"For $a \ne 0$, $h(aX + b) = h(X) + \log |a|$.",
    (
        Step(
            "=",
            -x * sp.log(x) + x * sp.log(a),
            r"Let $a > 0$. Where $X$ has the density $x$, $aX + b$ has $x/a$, and $dt$ becomes $a\, dt$. The integral of $x \log a$ is $\log a$.",
            left=-(x / a) * sp.log(x / a) * a,
            name="-g \\log g \\; a",
        ),
        Step(
            "=",
            sp.log(a),
            "An example: the uniform law on $[0, 1]$ has $h(X) = 0$, and this is $h(aX)$, with the density $1/a$ on $[0, a]$.",
            left=-integral(sp.log(1 / a) / a, a),
            name="h(aX)",
        ),
    ),
    CHAPTER,
    assumptions=("$a > 0$ in the steps; a reflection changes no value of a density.",),
    sources=("Cover and Thomas (2006), theorem 8.6.4",),
)

NEGATIVE_DIFFERENTIAL_ENTROPY = Derivation(
    "negative-differential-entropy",
    "Differential entropy can be negative",
    r"The uniform law on an interval of length $c$ has $h = \log c$, which is negative for $c < 1$.",
    (
        Step(
            "=",
            sp.log(c),
            "The density is $1/c$ there.",
            left=-integral(sp.log(1 / c) / c, c),
            name="h(X)",
        ),
        Step("<=", c - 1, "The logarithm lies under its tangent.", Lemma(LOG_TANGENT_BOUND, {x: c})),
        Step("<", 0, "And $c < 1$.", Gap(1 - c)),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 8.1.1",),
    domain={c: (0, 1)},
)

KL_REPARAMETRISATION = Derivation(
    "kl-reparametrisation",
    "Divergence does not depend on the scale",
    r"Let $\varphi$ be differentiable with $\varphi' > 0$. If $X$ has the density $f$ or $g$, let $Y = \varphi(X)$ have $\tilde f$ or $\tilde g$. Then $D(\tilde f\,\|\,\tilde g) = D(f\,\|\,g)$. Differential entropy has no such property.",
    (
        Step(
            "=",
            x * sp.log(x / y),
            r"Let $a = \varphi'$ at the place. Both densities are divided by it, and $dt$ is multiplied. In the ratio it cancels.",
            left=(x / a) * sp.log((x / a) / (y / a)) * a,
            name=r"\tilde f \log \frac{\tilde f}{\tilde g} \; \varphi'",
        ),
        Step(
            "=",
            1 / rate,
            r"An example: exponential laws with rates $\lambda$ and $\mu$. There the logarithm is $\log \frac \lambda\mu + (\mu - \lambda) t$, and this is the mean of $t$.",
            left=integral(t * rate * sp.exp(-rate * t)),
            name="E[X]",
        ),
        Step(
            "=",
            1 / rate,
            r"$Y = \sqrt X$ has the densities $2 \lambda t e^{-\lambda t^2}$ and $2 \mu t e^{-\mu t^2}$. There the logarithm is $\log \frac \lambda\mu + (\mu - \lambda) t^2$, and this is the mean of $t^2$: the same.",
            left=integral(t**2 * 2 * rate * t * sp.exp(-rate * t**2)),
            name="E[Y^2]",
        ),
        Step(
            "=",
            sp.log(rate / other_rate) + other_rate / rate - 1,
            "So both divergences are this number.",
            left=sp.log(rate / other_rate) + (other_rate - rate) * (1 / rate),
            name="D",
        ),
    ),
    CHAPTER,
    sources=("Kullback (1959), chapter 2, section 4",),
)

MAXIMUM_ENTROPY_UNIFORM = Derivation(
    "maximum-entropy-uniform",
    "The most uncertain density on an interval",
    r"A density on an interval of length $c$ has $h \le \log c$, with equality if and only if it is uniform almost everywhere.",
    (
        Step(
            ">=",
            x - 1 / c,
            r"Let $x$ be the density at a place. The left side integrates to $-h + \log c$, the right side to $1 - 1 = 0$.",
            Lemma(KL_NONNEGATIVE_DENSITIES, {y: 1 / c}),
            left=x * sp.log(x * c),
            name=r"f \log \frac{f}{1/c}",
        ),
        Step("=", sp.log(c), "The uniform law has it.", left=-integral(sp.log(1 / c) / c, c), name="h(U)"),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 12.2.2",),
)

exponential = sp.exp(-t / m) / m

MAXIMUM_ENTROPY_EXPONENTIAL = Derivation(
    "maximum-entropy-exponential",
    "The most uncertain density with a given mean",
    r"A density on $t \ge 0$ with mean $m$ has $h \le 1 + \log m$, with equality if and only if it is the exponential law almost everywhere.",
    (
        Step(
            ">=",
            x - exponential,
            r"Let $x$ be the density at $t$. The right side integrates to $1 - 1 = 0$, the left side to $-h + \int f \cdot (-\log g)$.",
            Lemma(KL_NONNEGATIVE_DENSITIES, {y: exponential}),
            left=x * sp.log(x / exponential),
            name=r"f \log \frac fg",
        ),
        Step(
            "=",
            sp.log(m) + t / m,
            "This is linear in $t$, so its mean, $\\log m + 1$, is the same for all densities with mean $m$.",
            left=-sp.log(exponential),
            name="-\\log g",
        ),
        Step(
            "=",
            m,
            "The exponential law is one of them.",
            left=integral(t * exponential),
            name=r"\textstyle \int t\, g(t)\, dt",
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 12.2.3",),
)

bell = sp.exp(-(z**2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))

MAXIMUM_ENTROPY_NORMAL = Derivation(
    "maximum-entropy-normal",
    "The most uncertain density with a given variance",
    r"A density with variance $\sigma^2$ has $h \le \frac12 \log(2 \pi e \sigma^2)$, with equality if and only if it is normal almost everywhere.",
    (
        Step(
            ">=",
            x - bell,
            r"Let $x$ be the density at a distance $z$ from the mean. The right side integrates to $1 - 1 = 0$, the left side to $-h + \int f \cdot (-\log g)$.",
            Lemma(KL_NONNEGATIVE_DENSITIES, {y: bell}),
            left=x * sp.log(x / bell),
            name=r"f \log \frac fg",
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * sigma**2) / 2 + z**2 / (2 * sigma**2),
            r"The mean of $z^2$ is $\sigma^2$ for all these densities.",
            left=-sp.log(bell),
            name="-\\log g",
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * sp.E * sigma**2) / 2,
            "So its mean is this for all of them.",
            left=sp.log(2 * sp.pi * sigma**2) / 2 + sigma**2 / (2 * sigma**2),
            name=r"\textstyle \int f \cdot (-\log g)",
        ),
        Step("=", 1, r"The normal law is one of them: $z / \sigma$ has the variance 1.", left=standard_moment(2)),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), theorem 8.6.5",),
)
