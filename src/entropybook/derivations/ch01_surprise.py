"""Chapter 1, Surprise."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Gap, Lemma, Minimum, Step
from entropybook.derivations.lemmas import LOG_TANGENT_BOUND, OF_P, TERMS_OF_0
from entropybook.derivations.notation import HALF, OVER_I, OVER_K, coin, i, k, p, t, total, u, v, x
from entropybook.symbolic import entropy

CHAPTER = "01_surprise"
c = sp.Symbol("c", real=True)
surprisal = -c * sp.log(u)
under_tangent, OF_C = c**2 * (1 - x), {"left": -(c**2) * sp.log(x), "name": "c f(x)"}

SURPRISAL_AXIOMS = Derivation(
    "surprisal-axioms",
    "Only a logarithm adds up",
    (
        "Let $f$ be a differentiable function on $(0, 1]$ with $f(uv) = f(u) + f(v)$ for all $u, v \\in (0, 1]$.",
        Clause(
            r"Then there is a real number $c$ with $f(u) = -c \log u$.",
            (0,),
            in_text="that $u f'(u) = f'(1)$ and $f(1) = 0$, and that $f$ is the integral of its derivative",
        ),
        Clause(r"Conversely, for every $c$ it satisfies the equation, $-c \log(uv) = -c \log u - c \log v$.", (1,)),
        Clause(r"For $c \ne 0$ and $0 < x < 1$, $f(x)$ has the sign of $c$: $c f(x) = -c^2 \log x > 0$.", (2,)),
    ),
    (
        Step(
            "=",
            surprisal,
            r"Differentiate $f(uv) = f(u) + f(v)$ by $v$ and put $v = 1$: $u f'(u) = f'(1)$. Call $f'(1) = -c$. As $f(1) = 2 f(1) = 0$, $f(u)$ is the integral of $f' = -c/t$ from 1 to $u$.",
            left=sp.Integral(-c / t, (t, 1, u)),
            name="f(u)",
        ),
        Step("=", surprisal - c * sp.log(v), "The logarithm of a product is a sum.", left=surprisal.xreplace({u: u * v})),
        Step(">=", under_tangent, r"The logarithm lies under its tangent.", Lemma(LOG_TANGENT_BOUND, {}, c**2), **OF_C),
        Step(">", 0, "Both factors are positive.", Gap(under_tangent), where=(sp.Ne(c, 0),)),
    ),
    CHAPTER,
    sources=("Aczél and Daróczy (1975), section 0.2, for weaker conditions",),
    domain={x: (0, 1)},
    stated=("f(uv) = f(u) + f(v)",),
)

ZERO_LOG_ZERO = Derivation(
    "zero-log-zero",
    "An impossible outcome adds nothing",
    (
        Clause(r"$p \log p \to 0$ as $p \to 0$ from above.", (0,)),
        Clause(
            r"So with $0 \log 0 = 0$ entropy is a continuous function of the probabilities, zeros included.",
            (0, 1),
            in_text="that a finite sum of continuous functions is continuous",
        ),
    ),
    (
        Step("=", sp.Limit(-t * sp.exp(-t), t, sp.oo), "Write $p = e^{-t}$.", left=sp.Limit(x * sp.log(x), x, 0, "+")),
        Step("=", 0, "The series of the exponential function gives $e^t > t^2/2$, so $0 < t\\, e^{-t} < 2/t$."),
        Step(
            "=",
            t * sp.log(t),
            "At $t > 0$, too, the limit is the value: every term $-p_i \\log p_i$ is continuous, and so is a finite sum of them.",
            left=sp.Limit(x * sp.log(x), x, t, "+-"),
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), section 2.1",),
    names={x: "p"},
    stated=(r"0 \log 0 = 0",),
)

a, b = sp.symbols("a b", positive=True)
y = sp.Symbol("y", real=True)
BASES = (sp.Gt(a, 1), sp.Gt(b, 1))


def to_base(base):
    """The entropy of p to the base."""
    return total(-p[i] * sp.log(p[i]) / sp.log(base))


CHANGE_OF_BASE = Derivation(
    "change-of-base",
    "Change of base",
    (Clause(r"For bases $a > 1$ and $b > 1$, $H^{(a)}(P) = H^{(b)}(P) \log_a b$.", (0, 1)),),
    (
        Step(
            "=",
            y * sp.log(a),
            r"Let $y = \log_a x$, the exponent with $a^y = x$. Take the natural logarithm of both sides: $\log_a x = \log x / \log a$.",
            left=sp.log(a**y),
            name=r"\log x",
        ),
        Step("=", entropy(p) / sp.log(a), "In nats, divided by $\\log a$ ...", left=to_base(a), where=BASES),
        Step("=", sp.log(b) / sp.log(a) * to_base(b), "... which is $\\log b$ times entropy to the base $b$.", where=BASES),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), section 2.1",),
    names={to_base(a): "H^{(a)}(P)", to_base(b): "H^{(b)}(P)"},
)

spread = total(p[i] * (1 - p[i]))
NO_TERM_NEGATIVE = Gap(total(p[k] * total((1 - sp.KroneckerDelta(i, k)) * p[i]), OVER_K))
OTHER_GAPS = Lemma(LOG_TANGENT_BOUND, {x: p[i]}, p[i] * (1 - sp.KroneckerDelta(i, k)), [OVER_I])

ENTROPY_NONNEGATIVE = Derivation(
    "entropy-nonnegative",
    "Entropy is never negative",
    (Clause(r"$H(P) \ge 0$,", (0,)), Clause("with equality if and only if one outcome is certain, $p_k = 1$ for some $k$.", (1, 2))),
    (
        Step(">=", spread, r"$-\log p_i \ge 1 - p_i$: the lemma, times $p_i$.", Lemma(LOG_TANGENT_BOUND, {x: p[i]}, p[i], [OVER_I]), **OF_P),
        Step(">=", 0, "No term is negative: $1 - p_i$ is the probability of all other outcomes.", NO_TERM_NEGATIVE),
        Step("=", 0, "The others add nothing.", left=entropy([1, 0]), name=r"-1 \log 1"),
        Step(
            ">",
            spread,
            "The gaps are not negative, and one is positive: that of an outcome that is possible, but not certain.",
            Lemma(LOG_TANGENT_BOUND, {x: p[k]}, p[k], chain=1, also=OTHER_GAPS),
            where=(sp.Ne(p[k], 1),),
            **OF_P,
        ),
        Step(">=", 0, "As before.", NO_TERM_NEGATIVE),
    ),
    CHAPTER,
    zeros=TERMS_OF_0 + " So in them a certain outcome is the only one, $n = 1$.",
    sources=("Cover and Thomas (2006), lemma 2.1.1",),
)

BINARY_ENTROPY_MAXIMUM = Derivation(
    "binary-entropy-maximum",
    "The fair coin is the most uncertain coin",
    ("On $[0, 1]$ the binary entropy $H_b$", Clause(r"has its maximum at $p = \frac12$ and nowhere else, $H_b(\tfrac12) = \log 2$, one bit.", (0, 1, 2, 3))),
    (
        Step(
            "<",
            sp.log(2),
            r"The slope $\log(1 - p) - \log p$ is 0 at a half, and it falls everywhere, as the second derivative is $-1/(p(1-p))$: so it is positive before the half and negative after it.",
            Minimum(u, HALF),
            left=entropy(coin(u)),
            name="H_b(p)",
            where=(sp.Ne(u, HALF),),
        ),
        Step("=", sp.log(2), "The value there.", left=entropy(coin(HALF)), name=r"H_b(\tfrac12)"),
        Step("<", sp.log(2), "An end: nothing is uncertain.", Gap(sp.log(2)), left=entropy(coin(0)), name="H_b(0)"),
        Step("<", sp.log(2), "The other end.", Gap(sp.log(2)), left=entropy(coin(1)), name="H_b(1)"),
    ),
    CHAPTER,
    zeros=r"$0 < p < 1$ in the first step. $H_b(0)$ and $H_b(1)$ are 0, as $0 \log 0 = 0$ by definition (zero-log-zero).",
    sources=("Cover and Thomas (2006), section 2.1",),
    domain={u: (0, 1)},
    names={u: "p"},
)

success = (1 - v) * v ** (k - 1)
message = -sp.log(1 - v) - (k - 1) * sp.log(v)
wait = (k, 1, sp.oo)

GEOMETRIC_ENTROPY = Derivation(
    "geometric-entropy",
    "The wait for a success",
    (
        "Let $X$ be the number of independent trials up to and including the first success, each with probability $p = 1 - v$, $0 < v < 1$.",
        Clause(r"Then $H(X) = \frac{H_b(p)}{p}$.", (0, 1, 2, 3)),
    ),
    (
        Step("=", 1, "These are all.", left=(1 - v) * sp.Sum(v ** (k - 1), wait), name=r"\textstyle\sum_k P(X = k)"),
        Step(
            "=",
            v / (1 - v),
            "The mean number $m$ of failures, which is finite: with probability $p$ there is none, otherwise there is one, and all starts anew. So $m = v\\, (1 + m)$.",
            left=(1 - v) * sp.Sum((k - 1) * v ** (k - 1), wait),
            name="E[X - 1]",
        ),
        Step("=", message, "The surprisal: the logarithm of a product.", left=-sp.log(success), name=r"-\log P(X = k)"),
        Step("=", -sp.log(1 - v) - v / (1 - v) * sp.log(v), "Its mean, with that of $k - 1$.", left=sp.Sum(success * message, wait), name="H(X)"),
        Step("=", entropy(coin(v)) / (1 - v), "A common denominator, which is $p$; the numerator is $H_b(v) = H_b(p)$."),
    ),
    CHAPTER,
    assumptions=("As the trials are independent, $P(X = k) = p v^{k - 1}$: that of $k - 1$ failures and a success.",),
    sources=("Cover and Thomas (2006), problem 2.1",),
    domain={v: (0, 1)},
    names={entropy(coin(v)): "H_{b}(p)", 1 - v: "p"},
)
