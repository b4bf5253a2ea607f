"""Chapter 5, Continuous laws.

In the steps f and g stand for the values of two densities at one place, or f/g takes n values: it is p_i / q_i on the
i-th of n sets, which has the probability p_i under f and q_i under g.  Or the densities are step functions: p_i / w_i
on the i-th of n intervals, of width w_i.
"""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY, LOG_TANGENT_BOUND, D
from entropybook.derivations.notation import i, j, k, n, p, q, t, total, u, x
from entropybook.symbolic import entropy

CHAPTER = "05_continuous"
f, g, c, m, sigma = sp.symbols("f g c m sigma", positive=True)
b, z = sp.symbols("b z", real=True)
factor = sp.Symbol("a", real=True, nonzero=True)
width, r = sp.symbols("Delta r", positive=True)
w, slopes = (sp.IndexedBase(name, shape=(n,), positive=True) for name in "wa")


number = sp.Symbol("k", integer=True, nonnegative=True)
of_bin = -sp.log(1 - r) - number * sp.log(r)  # the surprisal of a bin of the exponential law; r = exp(-width)
of_bins = -sp.log(1 - r) - r * sp.log(r) / (1 - r)
on_grid = of_bins.xreplace({r: sp.exp(-width)}) + sp.log(width)
exponential_entropy = sp.Integral(t * sp.exp(-t), (t, 0, sp.oo))

DISCRETISED_ENTROPY_LIMIT = Derivation(
    "discretised-entropy-limit",
    "Entropy of a fine grid",
    (
        r"Let $X$ have a density $f$ that is continuous on a bounded closed interval and 0 outside. Cut the line into bins of width $\Delta$, and let $X_\Delta$ be the bin of $X$.",
        Clause(r"With the probabilities $p_i$ of $n$ bins, $H(X_\Delta) = - \log \Delta - \sum_i p_i \log \frac{p_i}{\Delta}$.", (0,)),
        Clause(
            r"So $H(X_\Delta) + \log \Delta \to h(X)$ as $\Delta \to 0$; and $H(X_\Delta)$ itself grows without bound.",
            (0,),
            in_text="the limit, of a Riemann sum",
        ),
    ),
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
            of_bins,
            r"An example: for the exponential distribution, with $r = e^{-\Delta}$, bin $k$ has the probability $(1 - r)\, r^k$ and the surprisal $s_k$. The mean of $k$ is $r / (1 - r)$.",
            theorem="geometric-entropy",
            left=sp.Sum((1 - r) * r**number * of_bin, (number, 0, sp.oo)),
            name=r"H(X_\Delta)",
            example=True,
        ),
        Step(
            "=",
            exponential_entropy,
            r"For $\Delta \to 0$ both $\log \frac{\Delta}{1 - r} \to 0$ and $\frac{\Delta\, r}{1 - r} \to 1$. And for $-\log f = t$ the differential entropy is 1.",
            left=sp.Limit(on_grid, width, 0, "+"),
            name=r"\lim_{\Delta \to 0} (H(X_\Delta) + \log \Delta)",
            example=True,
        ),
    ),
    CHAPTER,
    assumptions=(
        r"Only the first step is about all such densities. That its sum goes to $h(X)$ is proved in words: in a bin inside the interval, $p_i / \Delta$ is $f$ at some place, so it is a Riemann sum of $-\int f \log f$, except for the two bins at the ends, whose terms go to 0.",
        r"The other steps are about an example that the theorem does not cover, the exponential distribution.",
        r"On an unbounded set $H(X_\Delta)$ can be infinite for $\Delta = 1, \frac12, \frac13, \dots$ while $h(X)$ is finite: let $f$ be 1 on the first part of each interval from $n$ to $n + 1$, of length $c / (n \log^2 n)$ for $n \ge 2$, and 0 elsewhere. Then $h(X) = 0$.",
    ),
    sources=("Cover and Thomas (2006), theorem 8.3.1",),
    domain={r: (0, 1)},
    names={of_bin: "s_k"},
    stated=(r"H(X_\Delta) + \log \Delta \to h(X)", r"\Delta \to 0"),
)

not_equal = sp.Ne(q[k] / p[k], 1)  # for one k
INTEGRATED = "from the integrand to the integral, unless $f/g$ takes only finitely many values, all positive"
MORE_VALUES = "all $f$ except those for which $f/g$ takes only finitely many values, all positive"
strict_gibbs = Lemma(GIBBS_INEQUALITY, {}, chain=2)
of_densities = {"left": D, "name": r"\textstyle \int f \log \frac fg"}

KL_NONNEGATIVE_DENSITIES = Derivation(
    "kl-nonnegative-densities",
    "Gibbs' inequality for densities",
    (
        "For densities $f$ and $g$,",
        Clause(r"$\int f \log \frac fg \ge 0$,", (0, 2), in_text=INTEGRATED),
        Clause("with equality if and only if $f = g$ almost everywhere.", (1, 3, 4), in_text=INTEGRATED),
    ),
    (
        Step(
            ">=",
            f - g,
            r"Where $f > 0$ and $g > 0$: the lemma at $g/f$, times $f$. Integrated over all places with $f > 0$, the right side is $1 - \int_{f > 0} g \ge 0$.",
            Lemma(LOG_TANGENT_BOUND, {x: g / f}, f),
            left=f * sp.log(f / g),
        ),
        Step(
            ">",
            f - g,
            "If $f \\ne g$ the left side is greater. A positive difference on a set of positive length has a positive integral.",
            Lemma(LOG_TANGENT_BOUND, {x: g / f}, f, chain=1),
            left=f * sp.log(f / g),
            where=(sp.Ne(g / f, 1),),
        ),
        Step(
            ">=",
            0,
            r"If $f/g$ is $p_i / q_i$ on set $i$, which has the probabilities $p_i$ and $q_i$, the integral is a sum.",
            Lemma(GIBBS_INEQUALITY, {}),
            **of_densities,
        ),
        Step(">", 0, "If not all are 1, it is positive.", strict_gibbs, where=(not_equal,), **of_densities),
        Step("=", 0, "If $f = g$, the integrand is 0.", left=f * sp.log(f / f), name=r"f \log \frac ff"),
    ),
    CHAPTER,
    zeros="Where $f = 0$ the integrand counts as 0. If $f > 0 = g$ on a set of positive length, the integral is infinite.",
    assumptions=(
        "From the integrand to the integral: that of a function which is not negative is not negative, and 0 only if the function is 0 almost everywhere. The negative part of the integrand is at most $g$, so the integral exists.",
    ),
    sources=("Cover and Thomas (2006), theorem 8.6.1",),
    conditions={"f = g": not_equal},
)

step_entropy = total(p[i] * sp.log(w[i] / p[i]))  # the density is p_i / w_i on interval i, of width w_i

STEP_DENSITIES = r"In the steps densities are step functions: that of $X$ is $p_i / w_i$ on interval $i$ of width $w_i$"
NOT_STEPS = "densities that are not step functions, and what the map makes of the widths"

DIFFERENTIAL_ENTROPY_AFFINE = Derivation(
    "differential-entropy-affine",
    "Scaling shifts the entropy",
    (r"Let $X$ have a density and a finite $h(X)$. For $a \ne 0$ and any $b$,", Clause(r"$h(aX + b) = h(X) + \log(|{a}|)$.", (0,), in_text=NOT_STEPS)),
    (
        Step(
            "=",
            step_entropy + sp.log(abs(factor)),
            r"The integrals are sums. For $aX + b$ the widths are $|a|\, w_i$.",
            left=total(p[i] * sp.log(abs(factor) * w[i] / p[i])),
            name="h(aX + b)",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"In general: where $X$ has the density $f$, $aX + b$ has $f/|a|$, and $dt$ becomes $|a|\, dt$. The integral of $f \log |a|$ is $\log |a|$.",
        STEP_DENSITIES + ".",
    ),
    sources=("Cover and Thomas (2006), theorem 8.6.4",),
    names={step_entropy: "h(X)"},
)

NEGATIVE_DIFFERENTIAL_ENTROPY = Derivation(
    "negative-differential-entropy",
    "Differential entropy can be negative",
    (
        r"The uniform distribution on an interval of length $c$",
        Clause(r"has $h = \log c$.", (0,)),
        Clause(r"So its entropy is negative for every length $u < 1$: $\log u < 0$.", (0, 1)),
    ),
    (
        Step("=", sp.log(c), "The density: $1/c$.", left=-sp.Integral(sp.log(1 / c) / c, (z, b, b + c)), name="h"),
        Step("<=", u - 1, "A tangent lies above ...", Lemma(LOG_TANGENT_BOUND, {x: u}), left=sp.log(u)),
        Step("<", 0, "... and $u < 1$.", Gap(1 - u)),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), example 8.1.1",),
    domain={u: (0, 1)},
)

log_ratios = total(p[i] * (sp.log(p[i] / w[i]) - sp.log(q[i] / w[i])))
mean_slope = total(p[i] * sp.log(slopes[i]))
NOT_STEPWISE = NOT_STEPS + r", and a $\varphi$ that is not linear on each step"

KL_REPARAMETRISATION = Derivation(
    "kl-reparametrisation",
    "Divergence does not depend on the scale",
    (
        r"Let $\varphi$ be continuously differentiable on an interval, with a derivative that is positive everywhere or negative everywhere. If $X$ has the density $f$ or $g$ there, let $\varphi(X)$ have $\tilde f$ or $\tilde g$.",
        Clause(r"Then $D(\tilde f\,\|\,\tilde g) = D(f\,\|\,g)$.", (0,), in_text=NOT_STEPWISE),
        Clause(
            r"Differential entropy does change: if $h(X)$ and the mean on the right are finite, $h(\varphi(X)) = E[\log |\varphi'(X)|] + h(X)$.",
            (1,),
            in_text=NOT_STEPWISE,
        ),
    ),
    (
        Step(
            "=",
            log_ratios,
            r"The width $w_i$ becomes $a_i w_i$. In the ratio of the densities $a_i$ cancels ...",
            left=total(p[i] * (sp.log(p[i] / (slopes[i] * w[i])) - sp.log(q[i] / (slopes[i] * w[i])))),
            name=r"D(\tilde f\,\|\,\tilde g)",
        ),
        Step("=", step_entropy + mean_slope, r"... and in the entropy it does not.", left=total(p[i] * sp.log(slopes[i] * w[i] / p[i])), name=r"h(\varphi(X))"),
    ),
    CHAPTER,
    assumptions=(
        r"In general: both densities are divided by $|\varphi'|$ at the place, and $dt$ is multiplied by it. So $\log \frac fg$ has the same mean, and $-\log f$ gains $\log |\varphi'|$.",
        STEP_DENSITIES + r", or $q_i / w_i$, and $|\varphi'| = a_i$ there.",
    ),
    sources=("Kullback (1959), chapter 2, section 4",),
    names={step_entropy: "h(X)", log_ratios: r"D(f\,\|\,g)", mean_slope: r"E[\log |\varphi'(X)|]"},
)

values = sp.IndexedBase("y", shape=(n,), positive=True)
average = total(p[j] * values[j], (j, 1, n))


def most_uncertain(id, title, given, g, unit, limits, scale, surprisal, here, mean, bound, written, source):
    """The theorem that the entropy of a density f, of which something is given, is at most that of the density g.

    g is the density `unit` for a `scale`.  -log g is `surprisal(mean, here)` at each place.  Where f/g takes n values,
    it has on the i-th of n sets the mean `surprisal(mean, y_i)`, and the mean of the y_i is `mean`.  The entropy of g
    is `bound(mean)`, `written` in LaTeX.
    """
    start = Step(
        "=",
        bound(average) - D,
        r"Let $f/g$ be $p_i / q_i$ on set $i$, which has the probabilities $p_i$ and $q_i$; the mean of the $y_i$ is given, where $y_i$ is the mean of the place, or of its squared distance from the mean, on this set. The mean of $-\log g$ is the same for all such $f$; the rest is $D(f\,\|\,g)$.",
        left=total(p[i] * (surprisal(average, values[i]) - sp.log(p[i] / q[i]))),
        name="h",
    )
    of_g = -sp.Integral(unit * sp.log(unit / scale), limits)
    less = Lemma(KL_NONNEGATIVE_DENSITIES, {}, chain=3)
    return Derivation(
        id,
        title,
        (
            f"A density $f$ {given} has",
            Clause(rf"$h \le {written}$,", (1, 2), in_text=MORE_VALUES),
            Clause("with equality if and only if $f = g$ almost everywhere,", (0, 3), in_text=MORE_VALUES),
            f"where $g$ is {g}.",
        ),
        (
            Step("=", bound(mean), "The entropy of $g$, with the scale as the unit.", left=of_g, name="h(g)"),
            Step("=", surprisal(mean, here), "Its surprisal.", left=-sp.log(unit / scale), name=r"-\log g"),
            start,
            Step("<=", bound(average), "A divergence is not negative.", Lemma(KL_NONNEGATIVE_DENSITIES, {}, chain=2)),
            start,
            Step("<", bound(average), "If $f \\ne g$ on one of the sets, it is positive.", less, where=(not_equal,)),
        ),
        CHAPTER,
        assumptions=(
            r"If $f/g$ takes more values: the mean of $-\log g$ under $f$ is still the same, so $h$ is this bound minus $D(f\,\|\,g)$, and the rest is Gibbs' inequality for densities.",
        ),
        sources=(f"Cover and Thomas (2006), {source}",),
        conditions={"f = g": not_equal},
        names={average: sp.latex(mean)} if start.left.has(average) else {},
    )


MAXIMUM_ENTROPY_UNIFORM = most_uncertain(
    "maximum-entropy-uniform",
    "The most uncertain density on an interval",
    "on an interval of length $c$",
    "the uniform density",
    sp.S.One,
    (t, 0, 1),
    c,
    lambda mean, y: sp.log(c),
    t,
    m,
    lambda mean: sp.log(c),
    r"\log c",
    "section 12.2",
)

MAXIMUM_ENTROPY_EXPONENTIAL = most_uncertain(
    "maximum-entropy-exponential",
    "The most uncertain density with a given mean",
    "on $t > 0$ with mean $m$",
    "the exponential density with this mean",
    sp.exp(-t),
    (t, 0, sp.oo),
    m,
    lambda mean, y: sp.log(mean) + y / mean,
    m * t,
    m,
    lambda mean: sp.log(mean) + 1,
    r"\log m + 1",
    "section 12.2",
)

MAXIMUM_ENTROPY_NORMAL = most_uncertain(
    "maximum-entropy-normal",
    "The most uncertain density with a given variance",
    r"with variance $\sigma^2$",
    "the normal density with the same mean and variance",
    sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi),
    (z, -sp.oo, sp.oo),
    sigma,
    lambda mean, y: sp.log(2 * sp.pi * mean) / 2 + y / (2 * mean),
    (sigma * z) ** 2,
    sigma**2,
    lambda mean: sp.log(2 * sp.pi * sp.E * mean) / 2,
    r"\frac12 \log(2 \pi e \sigma^2)",
    "theorem 8.6.5",
)
