"""Chapter 3, Codes."""

import sympy as sp

from entropybook.derivation import Cited, Derivation, Gap, Step
from entropybook.derivations.notation import i, k, n, p, q, total, x
from entropybook.symbolic import cross_entropy, entropy, kl_divergence

CHAPTER = "03_codes"
L = sp.Symbol("L", integer=True, positive=True)
length = sp.IndexedBase("l", shape=(n,), real=True)
half_power = 2 ** -length[i]
c = total(2 ** -length[k], (k, 1, n))

KRAFT_INEQUALITY = Derivation(
    "kraft-inequality",
    "Kraft's inequality",
    r"In a binary prefix code no word is the beginning of another. The lengths $l_1, \dots, l_n$ of its words satisfy $\sum_i 2^{-l_i} \le 1$. Conversely, for whole numbers $l_i \ge 1$ with this property there is a prefix code with these lengths.",
    (
        Step(
            "=",
            total(2 ** (L - length[i])) / 2**L,
            "Let $L$ be the greatest length.",
            left=total(half_power),
            name=r"\textstyle\sum_i 2^{-l_i}",
        ),
        Step(
            "<=",
            sp.Mul(2**L, 2**-L, evaluate=False),
            "Of the $2^L$ words of length $L$, $2^{L - l_i}$ begin with the $i$-th code word, and none begins with two code words. So the sum is at most $2^L$.",
            Cited("Cover and Thomas (2006), theorem 5.2.1"),
        ),
        Step("=", 1, "Cancel."),
        Step(
            "<=",
            total(half_power),
            "A part of the sum is at most the whole, for the converse.",
            Gap(sp.Sum(half_power, (i, k + 1, n))),
            left=sp.Sum(half_power, (i, 1, k)),
            name=r"\textstyle\sum_{i \le k} 2^{-l_i}",
            where=(sp.Le(k, n),),
        ),
    ),
    CHAPTER,
    assumptions=(
        r"Converse, in words: sort the lengths, the shortest first, and give word $k$ the first $l_k$ binary digits of $\sum_{i < k} 2^{-l_i}$; it has no others. The numbers whose digits begin with word $k$ are an interval of length $2^{-l_k}$, from this sum to the next one. These intervals do not overlap, and lie in $[0, 1)$, as no sum exceeds the whole, which is at most 1. So no word begins another.",
    ),
    sources=("Cover and Thomas (2006), theorem 5.2.1",),
)

mean_length = total(p[i] * length[i])

CODE_LENGTH_EXCESS = Derivation(
    "code-length-excess",
    "What a code costs above the entropy",
    r"Let the $l_i$ be any real numbers (code lengths, whole or not), $c = \sum_i 2^{-l_i}$ and $q_i = 2^{-l_i} / c$. With logarithms to the base 2, the mean length exceeds the entropy by $\sum_i p_i l_i - H(P) = D(P\,\|\,Q) - \log_2 c$.",
    (
        Step(
            "=",
            -total(p[i] * sp.log(half_power / c, 2)) - sp.log(c, 2) - entropy(p, base=2),
            "A length is a logarithm: $l_i = -\\log_2 2^{-l_i} = -\\log_2 q_i - \\log_2 c$. The $p_i$ add up to 1.",
            left=mean_length - entropy(p, base=2),
            name=r"\textstyle\sum_i p_i l_i - H(P)",
        ),
        Step(
            "=",
            total(p[i] * sp.log(p[i] / (half_power / c), 2)) - sp.log(c, 2),
            "Both sums in one: that is the divergence from $Q$, for $p_i / q_i = 2^{l_i} c\\, p_i$.",
        ),
    ),
    CHAPTER,
    assumptions=("All $p_i > 0$ in the steps; terms with $p_i = 0$ are 0.",),
    sources=("Cover and Thomas (2006), theorem 5.3.1",),
    names={c: "c"},
)


def bits(x):
    """The length of the code word for an outcome of probability x: -log2 x, rounded up."""
    return sp.ceiling(-sp.log(x, 2))


def rounding(x):
    return sp.frac(sp.log(x, 2))


ROUNDED_UP = Step(
    "=",
    -sp.log(x, 2) + rounding(x),
    r"Rounding $y = -\log_2 x$ up adds the fractional part of $-y$, written in braces, which is at least 0 and less than 1.",
    left=bits(x),
    name=r"\lceil -\log_2 x \rceil",
)

SHANNON_CODE_BOUND = Derivation(
    "shannon-code-bound",
    "Whole lengths cost less than one bit",
    r"If all $p_i > 0$, the lengths $l_i = \lceil -\log_2 p_i \rceil$ satisfy Kraft's inequality, and, in bits, $H(P) \le \sum_i p_i l_i < H(P) + 1$, with equality on the left if and only if all $p_i$ are whole powers of $\frac12$.",
    (
        ROUNDED_UP,
        Step(
            "=",
            entropy(p, base=2) + total(p[i] * rounding(p[i])),
            "The parts $r_i$ that rounding adds, with their probabilities, come on top of the entropy.",
            left=total(p[i] * (-sp.log(p[i], 2) + rounding(p[i]))),
            name=r"\textstyle\sum_i p_i l_i",
        ),
        Step(">=", entropy(p, base=2), "They are never negative.", Gap(total(p[i] * rounding(p[i])))),
        Step(
            "<",
            entropy(p, base=2) + 1,
            "And each is less than 1.",
            Gap(total(p[i] * (1 - rounding(p[i])))),
            left=entropy(p, base=2) + total(p[i] * rounding(p[i])),
            name=r"\textstyle\sum_i p_i l_i",
        ),
        Step(
            "<=",
            1,
            r"Rounding up makes $2^{-l_i} \le p_i$, and the $p_i$ add up to 1.",
            Gap(total(p[i] * (1 - 2 ** -rounding(p[i])))),
            left=total(2 ** -(-sp.log(p[i], 2) + rounding(p[i]))),
            name=r"\textstyle\sum_i 2^{-l_i}",
            theorem="kraft-inequality",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"In words: there is equality if and only if all $r_i$ are 0, that is, all $\log_2 p_i$ are whole numbers; and for $n \ge 2$, by the last step, there is a prefix code with these lengths.",
    ),
    sources=("Cover and Thomas (2006), section 5.4",),
    names={rounding(p[i]): "r_i"},
)

WRONG_CODE_COST = Derivation(
    "wrong-code-cost",
    "The bill for the wrong code",
    r"Let all $q_i > 0$, let the lengths be $l_i = \lceil -\log_2 q_i \rceil$, made for $Q$, and let the data come from $P$. Then, in bits, $H(P) + D(P\,\|\,Q) \le \sum_i p_i l_i < H(P) + D(P\,\|\,Q) + 1$, with equality on the left if and only if $q_i$ is a whole power of $\frac12$ wherever $p_i > 0$.",
    (
        ROUNDED_UP,
        Step(
            "=",
            cross_entropy(p, q, base=2) + total(p[i] * rounding(q[i])),
            "The parts $r_i$ that rounding adds come on top of the cross-entropy ...",
            left=total(p[i] * (-sp.log(q[i], 2) + rounding(q[i]))),
            name=r"\textstyle\sum_i p_i l_i",
        ),
        Step(
            "=",
            entropy(p, base=2) + kl_divergence(p, q, base=2) + total(p[i] * rounding(q[i])),
            "... which is entropy plus divergence.",
            theorem="cross-entropy-decomposition",
        ),
        Step(
            ">=",
            entropy(p, base=2) + kl_divergence(p, q, base=2),
            "The added parts are never negative ...",
            Gap(total(p[i] * rounding(q[i]))),
        ),
        Step(
            "<",
            entropy(p, base=2) + kl_divergence(p, q, base=2) + 1,
            "... and each is less than 1.",
            Gap(total(p[i] * (1 - rounding(q[i])))),
            left=cross_entropy(p, q, base=2) + total(p[i] * rounding(q[i])),
            name=r"\textstyle\sum_i p_i l_i",
        ),
    ),
    CHAPTER,
    assumptions=(
        r"All $p_i > 0$ in the steps; terms with $p_i = 0$ are 0. Equality, in words: $r_i$ is 0 only if $q_i$ is a whole power of $\frac12$.",
    ),
    sources=("Cover and Thomas (2006), theorem 5.4.3",),
    names={rounding(q[i]): "r_i", entropy(p, base=2): "H(P)"},
)
