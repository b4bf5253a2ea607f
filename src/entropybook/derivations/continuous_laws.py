"""Chapter 5, Continuous laws.

In the steps x and y stand for the values of two densities at one place.  A mean under a density is taken under any
distribution on n places, where the step needs no more than that the mean of a sum is the sum of the means.
"""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY, LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import HALF, i, j, k, n, p, q, standard_moment, t, total, x
from entropybook.symbolic import entropy

CHAPTER = "05_continuous"
COVER_THOMAS_8 = "Cover and Thomas (2006), section 8.6"
y, a, c, m, sigma = sp.symbols("y a c m sigma", positive=True)
rate, other_rate = sp.symbols("lambda mu", positive=True)
z = sp.Symbol("z", real=True)
factor = sp.Symbol("a", real=True, nonzero=True)
width, r = sp.symbols("Delta r", positive=True)
w = sp.IndexedBase("w", shape=(n,), positive=True)  # widths of intervals that make up the whole
whole = total(w[j], (j, 1, n))


def integral(body, upper=sp.oo):
    """The integral over t from 0."""
    return sp.Integral(body, (t, 0, upper))


number = sp.Symbol("k", integer=True, nonnegative=True)
BINS = (number, 0, sp.oo)
in_bin = (1 - r) * r**number  # with r = exp(-width), for the exponential law
of_bin = -sp.log(1 - r) - number * sp.log(r)  # the surprisal of a bin
of_bins = -sp.log(1 - r) - r * sp.log(r) / (1 - r)
on_grid = of_bins.xreplace({r: sp.exp(-width)}) + sp.log(width)

DISCRETISED_ENTROPY_LIMIT = Derivation(
    "discretised-entropy-limit",
    "Entropy of a fine grid",
    r"Let $X$ have a density $f$ that is continuous on a bounded closed interval and 0 outside. Cut the line into bins of width $\Delta$, and let $X_\Delta$ be the bin of $X$. Then $H(X_\Delta) + \log \Delta \to h(X)$ as $\Delta \to 0$; so $H(X_\Delta)$ itself grows without bound.",
    (
        Step(
            "=",
            -total(p[i] * sp.log(p[i] / width)) - sp.log(width),
            r"Bin $i$ has the probability $p_i$ and the mean density $p_i / \Delta$. As the $p_i$ add up to 1, $\log \Delta$ can be taken out.",
            left=entropy(p),
            name=r"H(X_\Delta)",
        ),
        Step(
            "=",
            (1 - sp.exp(-width)) * sp.exp(-number * width),
            r"The same can hold on an unbounded set. An example is the exponential law: with $r = e^{-\Delta}$, bin $k$ has the probability $(1 - r)\, r^k$ ...",
            left=sp.Integral(sp.exp(-t), (t, number * width, (number + 1) * width)),
            name=r"P(X_\Delta = k)",
        ),
        Step(
            "=",
            of_bins,
            r"... and the surprisal $s_k$. The mean of $k$ is $r / (1 - r)$.",
            theorem="geometric-entropy",
            left=sp.Sum(in_bin * of_bin, BINS),
            name=r"H(X_\Delta)",
        ),
        Step(
            "=",
            1,
            r"For $\Delta \to 0$ both $\log \frac{\Delta}{1 - r} \to 0$ and $\frac{\Delta\, r}{1 - r} \to 1$.",
            left=sp.Limit(on_grid, width, 0, "+"),
        ),
        Step(
            "=",
            1,
            "The limit is the differential entropy, for $-\\log f = t$.",
            left=integral(t * sp.exp(-t)),
            name="h(X)",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"Only the first step is about all such densities. That its sum goes to $h(X)$ is proved in words: in a bin inside the interval, $p_i / \Delta$ is $f$ at some place, so it is a Riemann sum of $-\int f \log f$, but for the two bins at the ends, whose terms go to 0.",
        r"The other steps are about an example that the theorem does not cover, the exponential law.",
        r"On an unbounded set $H(X_\Delta)$ can be infinite for $\Delta = 1, \frac12, \frac13, \dots$ while $h(X)$ is finite: let $f$ be 1 on the first part of each interval from $n$ to $n + 1$, of length $c / (n \log^2 n)$ for $n \ge 2$, and 0 elsewhere. Then $h(X) = 0$.",
    ),
    sources=("Cover and Thomas (2006), theorem 8.3.1",),
    domain={r: (0, 1)},
    names={of_bin: "s_k", on_grid: r"{H(X_\Delta) + \log \Delta}"},
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
        Step(
            "=",
            D,
            "An example: let the densities be $p_i / w_i$ and $q_i / w_i$ on interval $i$ of width $w_i$. Their divergence is that of the distributions ...",
            left=total(w[i] * (p[i] / w[i]) * sp.log((p[i] / w[i]) / (q[i] / w[i]))),
            name=r"\textstyle \int f \log \frac fg",
        ),
        Step(">=", 0, "... which is not negative.", Lemma(GIBBS_INEQUALITY, {})),
    ),
    CHAPTER,
    assumptions=(
        "Where $f = 0$ the integrand counts as 0. Where $f > 0 = g$ on a set of positive length, the integral is infinite.",
        "From the integrand to the integral: that of a function which is not negative is not negative, and 0 only if the function is 0 almost everywhere. The negative part of the integrand is at most $g$, so the integral exists.",
    ),
    sources=("Cover and Thomas (2006), theorem 8.6.1",),
)

DIFFERENTIAL_ENTROPY_AFFINE = Derivation(
    "differential-entropy-affine",
    "Scaling shifts the entropy",
    r"Let $X$ have a density and a finite $h(X)$. For $a \ne 0$ and any $b$, $h(aX + b) = h(X) + \log |a|$.",
    (
        Step(
            "=",
            -x * sp.log(x) + x * sp.log(abs(factor)),
            r"Where $X$ has the density $x$, $aX + b$ has $x/|a|$, and $dt$ becomes $|a|\, dt$. The integral of $x \log |a|$ is $\log |a|$.",
            left=-(x / abs(factor)) * sp.log(x / abs(factor)) * abs(factor),
            name="-g \\log g \\; |a|",
        ),
        Step(
            "=",
            HALF - sp.log(2),
            "An example: let $X$ have the density $2t$ from 0 to 1.",
            left=-integral(2 * t * sp.log(2 * t), 1),
            name="h(X)",
        ),
        Step(
            "=",
            HALF - sp.log(2) + sp.log(c),
            "For $c > 0$, $cX$ has the density $2t/c^2$ from 0 to $c$.",
            left=-integral(2 * t / c**2 * sp.log(2 * t / c**2), c),
            name="h(cX)",
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), theorem 8.6.4",),
)

NEGATIVE_DIFFERENTIAL_ENTROPY = Derivation(
    "negative-differential-entropy",
    "Differential entropy can be negative",
    r"The uniform law on an interval of length $c$ has $h = \log c$, which is negative for $c < 1$.",
    (
        Step("=", sp.log(c), "The density is $1/c$ there.", left=-integral(sp.log(1 / c) / c, c), name="h(X)"),
        Step("<=", c - 1, "The logarithm lies under its tangent.", Lemma(LOG_TANGENT_BOUND, {x: c})),
        Step("<", 0, "And $c < 1$.", Gap(1 - c)),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 8.1.1",),
    domain={c: (0, 1)},
)


def of_root(rate):
    """The density of the root of an exponential variable."""
    return 2 * rate * t * sp.exp(-rate * t**2)


exponential_pair = rate * sp.exp(-rate * t) * (sp.log(rate / other_rate) + (other_rate - rate) * t)

KL_REPARAMETRISATION = Derivation(
    "kl-reparametrisation",
    "Divergence does not depend on the scale",
    r"Let $\varphi$ be continuously differentiable on an interval, with $\varphi' > 0$ everywhere or $\varphi' < 0$ everywhere. If $X$ has the density $f$ or $g$ there, let $Y = \varphi(X)$ have $\tilde f$ or $\tilde g$. Then $D(\tilde f\,\|\,\tilde g) = D(f\,\|\,g)$. Differential entropy has no such property: if $h(X)$ and the mean on the right are finite, $h(Y) = h(X) + E[\log |\varphi'(X)|]$.",
    (
        Step(
            "=",
            x * sp.log(x / y),
            r"Let $a = |\varphi'|$ at the place. Both densities are divided by it, and $dt$ is multiplied. In the ratio it cancels.",
            left=(x / a) * sp.log((x / a) / (y / a)) * a,
            name=r"\tilde f \log \frac{\tilde f}{\tilde g} \; |\varphi'|",
        ),
        Step(
            "=",
            -x * sp.log(x) + x * sp.log(a),
            "In the entropy it does not cancel.",
            left=-(x / a) * sp.log(x / a) * a,
            name=r"-\tilde f \log \tilde f \; |\varphi'|",
        ),
        Step(
            "=",
            exponential_pair,
            r"An example: exponential laws with rates $\lambda$ and $\mu$, and $Y = \sqrt X$, whose density at $s$ is $2 \lambda s e^{-\lambda s^2}$; here $s = \sqrt t$.",
            left=(of_root(rate) * sp.log(of_root(rate) / of_root(other_rate))).xreplace({t: sp.sqrt(t)})
            * sp.Derivative(sp.sqrt(t), t),
            name=r"\tilde f \log \frac{\tilde f}{\tilde g} \; |\varphi'|",
        ),
        Step(
            "=",
            sp.log(rate / other_rate) + other_rate / rate - 1,
            r"This is also $f \log \frac fg$ at $t$. So it is the divergence of $X$ and of $Y$, for $E[X] = 1/\lambda$.",
            left=integral(exponential_pair),
            name="D",
        ),
    ),
    CHAPTER,
    sources=("Kullback (1959), chapter 2, section 4",),
)

MAXIMUM_ENTROPY_UNIFORM = Derivation(
    "maximum-entropy-uniform",
    "The most uncertain density on an interval",
    r"A density on an interval of length $c$ has $h \le \log c$, with equality if and only if it equals the uniform density almost everywhere.",
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
        Step(
            "=",
            sp.log(whole) - total(p[i] * sp.log(p[i] / (w[i] / whole))),
            r"An example: let the density be $p_i / w_i$ on interval $i$ of width $w_i$, and $c = \sum_j w_j$. The uniform law gives it $w_i / c$.",
            left=-total(w[i] * (p[i] / w[i]) * sp.log(p[i] / w[i])),
            name="h",
        ),
        Step(
            "<=",
            sp.log(whole),
            "What is taken off is a divergence; it is 0 only if all $p_i = w_i / c$.",
            Lemma(GIBBS_INEQUALITY, {q: lambda i: w[i] / whole}),
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), section 12.2",),
    names={whole: "c"},
)

exponential = sp.exp(-t / m) / m
lengths = sp.IndexedBase("y", shape=(n,), positive=True)
their_mean = total(p[j] * lengths[j], (j, 1, n))

MAXIMUM_ENTROPY_EXPONENTIAL = Derivation(
    "maximum-entropy-exponential",
    "The most uncertain density with a given mean",
    r"A density on $t \ge 0$ with mean $m$ has $h \le 1 + \log m$, with equality if and only if it equals the exponential density almost everywhere.",
    (
        Step(
            ">=",
            x - exponential,
            r"Let $x$ be the density at $t$. The right side integrates to $1 - 1 = 0$, the left side to $-h + \int f \cdot (-\log g)$.",
            Lemma(KL_NONNEGATIVE_DENSITIES, {y: exponential}),
            left=x * sp.log(x / exponential),
            name=r"f \log \frac fg",
        ),
        Step("=", sp.log(m) + t / m, "This is linear in $t$ ...", left=-sp.log(exponential), name="-\\log g"),
        Step(
            "=",
            1 + sp.log(their_mean),
            "... so its mean depends on the mean of $t$ alone: here for any probabilities $p_i$ of any places $y_i$ with mean $m$. So $0 \\le -h + 1 + \\log m$.",
            left=total(p[i] * (sp.log(their_mean) + lengths[i] / their_mean)),
            name=r"\textstyle \int f \cdot (-\log g)",
        ),
        Step(
            "=",
            m,
            "The exponential law $g$ has the mean $m$ itself. So $h(g) = 1 + \\log m$.",
            left=integral(t * exponential),
            name=r"\textstyle \int t\, g",
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), section 12.2",),
    names={their_mean: "m"},
)

values = sp.IndexedBase("y", shape=(n,), real=True)
center = total(p[j] * values[j], (j, 1, n))
spread = total(p[k] * (values[k] - center) ** 2, (k, 1, n))
bell = sp.exp(-(z**2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))

MAXIMUM_ENTROPY_NORMAL = Derivation(
    "maximum-entropy-normal",
    "The most uncertain density with a given variance",
    r"A density with variance $\sigma^2$ has $h \le \frac12 \log(2 \pi e \sigma^2)$, with equality if and only if it equals a normal density almost everywhere.",
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
            "This depends on $z^2$ only ...",
            left=-sp.log(bell),
            name="-\\log g",
        ),
        Step(
            "=",
            sp.log(2 * sp.pi * sp.E * spread) / 2,
            r"... so its mean depends on the variance alone: here for any probabilities $p_i$ of any values $y_i$ with mean $\mu$ and variance $\sigma^2$. So $0 \le -h + \frac12 \log(2 \pi e \sigma^2)$.",
            left=total(p[i] * (sp.log(2 * sp.pi * spread) / 2 + (values[i] - center) ** 2 / (2 * spread))),
            name=r"\textstyle \int f \cdot (-\log g)",
        ),
        Step("=", 1, r"The normal law is one of them: $z / \sigma$ has the variance 1.", left=standard_moment(2)),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), theorem 8.6.5",),
    names={spread: r"\sigma^2", center: r"\mu"},
)
