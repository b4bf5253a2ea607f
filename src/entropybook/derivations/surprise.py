"""Chapter 1, Surprise."""

import sympy as sp

from entropybook.derivation import Derivation, Gap, Lemma, Step
from entropybook.derivations.kl_divergence import LOG_TANGENT_BOUND
from entropybook.derivations.notation import HALF, coin, i, k, p, t, total, u, v, x
from entropybook.symbolic import entropy

CHAPTER = "01_surprise"
UNIT = {u: (0, 1), v: (0, 1)}
c, f = sp.Symbol("c", real=True), sp.Function("f")
surprisal = -c * sp.log(u)

SURPRISAL_AXIOMS = Derivation(
    "surprisal-axioms",
    "Only a logarithm adds up",
    r"Let $f$ be a differentiable function on $(0, 1]$ with $f(uv) = f(u) + f(v)$ for all $u, v \in (0, 1]$. Then there is a real number $c$ with $f(u) = -c \log u$. Conversely, this function satisfies the equation for every $c$. It is never negative if and only if $c \ge 0$.",
    (
        Step(
            "=",
            surprisal,
            r"Differentiate $f(uv) = f(u) + f(v)$ by $v$ and put $v = 1$: $u f'(u) = f'(1)$. Call $f'(1) = -c$. As $f(1) = 2 f(1) = 0$, $f(u)$ is the integral of $f' = -c/t$ from 1 to $u$.",
            left=sp.Integral(-c / t, (t, 1, u)),
            name="f(u)",
        ),
        Step(
            "=",
            surprisal - c * sp.log(v),
            "Conversely: the logarithm of a product is a sum.",
            left=surprisal.xreplace({u: u * v}),
            name="f(uv)",
        ),
        Step(
            ">=",
            t * (1 - u),
            r"For $c > 0$ (written $t$): the lemma at $x = u$, times $c$, says $-c \log u \ge c\, (1 - u)$.",
            Lemma(LOG_TANGENT_BOUND, {x: u}, t),
            left=-t * sp.log(u),
            name=r"-c \log u",
        ),
        Step(
            ">",
            0,
            "So for $u < 1$ it is positive. For $c < 0$ the sign is the other one, and for $c = 0$ it is 0.",
            Gap(t * (1 - u)),
        ),
    ),
    CHAPTER,
    sources=("Aczél and Daróczy (1975), section 0.2, for weaker conditions",),
    domain=UNIT,
)

ZERO_LOG_ZERO = Derivation(
    "zero-log-zero",
    "An impossible outcome adds nothing",
    r"$p \log p \to 0$ as $p \to 0$ from above. So with $0 \log 0 = 0$ entropy is a continuous function of the probabilities $p_1, \dots, p_n$, zeros included.",
    (
        Step(
            "=",
            -t * sp.exp(-t),
            "Write $p = e^{-t}$; then $p \\to 0$ means $t \\to \\infty$.",
            left=(x * sp.log(x)).xreplace({x: sp.exp(-t)}),
            name=r"p \log p",
        ),
        Step(
            "=",
            0,
            "The series of the exponential function gives $e^t > t^2/2$, so $0 < t\\, e^{-t} < 2/t$.",
            left=sp.Limit(-t * sp.exp(-t), t, sp.oo),
        ),
        Step(
            "=",
            0,
            "The same for $p$, here $x$. So every term $-p_i \\log p_i$ is continuous, and so is a finite sum of them.",
            left=sp.Limit(x * sp.log(x), x, 0, "+"),
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), section 2.1",),
)

a, b = sp.symbols("a b", positive=True)
y = sp.Symbol("y", real=True)
ABOVE_1 = {a: (1, 9), b: (1, 9)}

CHANGE_OF_BASE = Derivation(
    "change-of-base",
    "Change of base",
    r"For bases $a, b > 1$, entropy to the base $a$ is $\frac{\log b}{\log a}$ times entropy to the base $b$.",
    (
        Step(
            "=",
            y * sp.log(a),
            r"Let $y = \log_a x$, the exponent with $a^y = x$. Take the natural logarithm of both sides: $\log_a x = \log x / \log a$.",
            left=sp.log(a**y),
            name=r"\log x",
        ),
        Step(
            "=",
            -total(p[i] * sp.log(p[i])) / sp.log(a),
            "So entropy to the base $a$ is entropy in nats, divided by $\\log a$ ...",
            left=-total(p[i] * sp.log(p[i]) / sp.log(a)),
            name="H^{(a)}(P)",
        ),
        Step(
            "=",
            sp.log(b) / sp.log(a) * -total(p[i] * sp.log(p[i]) / sp.log(b)),
            "... and entropy in nats is $\\log b$ times entropy to the base $b$.",
        ),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the steps; terms with $p_i = 0$ are 0.", "The random points have $1 < a, b < 9$."),
    sources=("Cover and Thomas (2006), section 2.1",),
    domain=ABOVE_1,
)

rest = total((1 - sp.KroneckerDelta(i, k)) * p[i])

ENTROPY_NONNEGATIVE = Derivation(
    "entropy-nonnegative",
    "Entropy is never negative",
    r"$H(P) \ge 0$, and $H(P) = 0$ if and only if one outcome is certain.",
    (
        Step(
            ">=",
            total(p[i] * (1 - p[i])),
            r"The lemma at $x = p_i$, times $p_i$: $-\log p_i \ge 1 - p_i$.",
            Lemma(LOG_TANGENT_BOUND, {x: p[i]}, p[i], [(i, 1, p.shape[0])]),
            left=entropy(p),
            name="H(P)",
        ),
        Step("=", total(p[k] * rest, (k, 1, p.shape[0])), "$1 - p_k$ is the probability of all other outcomes."),
        Step(
            ">=",
            0,
            "No term is negative; and a term is 0 only if $p_k = 0$ or all others have probability 0.",
            Gap(total(p[k] * rest, (k, 1, p.shape[0]))),
        ),
        Step(
            "=",
            0,
            "A certain outcome, the others impossible: every term is 0.",
            left=entropy([1, 0, 0]),
            name="H(1, 0, 0)",
        ),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the first three steps; terms with $p_i = 0$ are 0.",),
    sources=("Cover and Thomas (2006), lemma 2.1.1",),
)

H_b = entropy(coin(u))

BINARY_ENTROPY_MAXIMUM = Derivation(
    "binary-entropy-maximum",
    "The fair coin is the most uncertain coin",
    r"On $[0, 1]$ the binary entropy $H_b$ has its maximum at $p = \frac12$ and nowhere else; it is $\log 2$, one bit.",
    (
        Step(
            "=",
            sp.log(1 - u) - sp.log(u),
            "The product rule; what it leaves besides the logarithms cancels.",
            left=sp.Derivative(H_b, u),
            name="H_b'(p)",
        ),
        Step("=", 0, "The slope vanishes at a half.", left=sp.diff(H_b, u).xreplace({u: HALF}), name=r"H_b'(\tfrac12)"),
        Step("=", -1 / (u * (1 - u)), "Differentiate again ...", left=sp.Derivative(H_b, (u, 2)), name="H_b''(p)"),
        Step(
            "<",
            0,
            "... the slope falls everywhere: positive before the half, negative after it.",
            Gap(1 / (u * (1 - u))),
        ),
        Step("=", sp.log(2), "The value there.", left=entropy(coin(HALF)), name=r"H_b(\tfrac12)"),
        Step(
            "<=",
            sp.log(2),
            r"So no coin has more. The machine's own route: the lemma at $x = \frac{1}{2p}$, times $p$, and at $\frac{1}{2(1-p)}$, times $1 - p$.",
            Lemma(LOG_TANGENT_BOUND, {x: 1 / (2 * u)}, u, also=Lemma(LOG_TANGENT_BOUND, {x: 1 / (2 * (1 - u))}, 1 - u)),
            left=H_b,
            name="H_b(p)",
        ),
    ),
    CHAPTER,
    assumptions=(
        "$p$ is $u$ in the steps, and $0 < u < 1$. At the ends $H_b(0) = H_b(1) = 0$, which is less than $\\log 2$.",
    ),
    sources=("Cover and Thomas (2006), section 2.1",),
    domain=UNIT,
)

fail = v
success = (1 - fail) * fail ** (k - 1)
message = -sp.log(1 - fail) - (k - 1) * sp.log(fail)
wait = (k, 1, sp.oo)

GEOMETRIC_ENTROPY = Derivation(
    "geometric-entropy",
    "The wait for a success",
    r"Let $X$ be the number of independent trials up to and including the first success, each with probability $p$, $0 < p < 1$. Then $H(X) = H_b(p)/p$.",
    (
        Step(
            "=",
            1,
            "Write $v = 1 - p$ for the probability of a failure. The probabilities $(1 - v) v^{k-1}$ add up to 1.",
            left=(1 - fail) * sp.Sum(fail ** (k - 1), wait),
            name=r"\textstyle\sum_k P(X = k)",
        ),
        Step(
            "=",
            fail / (1 - fail),
            "The mean number $m$ of failures, which is finite: with probability $p$ there is none, otherwise there is one, and all starts anew. So $m = v\\, (1 + m)$.",
            left=sp.Sum((k - 1) * success, wait),
            name="E[X - 1]",
        ),
        Step(
            "=",
            -sp.log(1 - fail) - fail / (1 - fail) * sp.log(fail),
            r"$X = k$ has the surprisal $-\log (1-v) - (k-1) \log v$. Take its mean.",
            left=sp.Sum(success * message, wait),
            name="H(X)",
        ),
        Step(
            "=",
            entropy(coin(fail)) / (1 - fail),
            "A common denominator, which is $p$; the numerator is $H_b(v) = H_b(p)$.",
        ),
    ),
    CHAPTER,
    sources=("Cover and Thomas (2006), problem 2.1",),
    domain=UNIT,
)
