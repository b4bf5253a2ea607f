"""Chapter 3, Codes."""

import sympy as sp

from entropybook.derivation import Cited, Clause, Derivation, Gap, Lemma, Step
from entropybook.derivations.lemmas import D_NAME, LOG_TANGENT_BOUND, TERMS_OF_0
from entropybook.derivations.notation import OVER_I, i, k, n, p, q, total, x
from entropybook.symbolic import entropy, kl_divergence

CHAPTER = "03_codes"
L = sp.Symbol("L", integer=True, positive=True)
length = sp.IndexedBase("l", shape=(n,), real=True)
half_power = 2 ** -length[i]
c = total(2 ** -length[k], (k, 1, n))

KRAFT_INEQUALITY = Derivation(
    "kraft-inequality",
    "Kraft's inequality",
    (
        "In a binary prefix code no word is the beginning of another.",
        Clause(
            r"The lengths $l_1, \dots, l_n$ of its words satisfy $\sum_i 2^{-l_i} \le 1$.",
            (0,),
            in_text="how many words of the greatest length begin with a code word, and that none begins with two",
        ),
        Clause(
            "Conversely, for whole numbers from 1 up with this property there is a prefix code with these lengths.",
            (1,),
            in_text="how the sums of the first terms give the words of such a code",
        ),
    ),
    (
        Step("=", total(2 ** (L - length[i])) / 2**L, "Let $L$ be the greatest length.", left=total(half_power), name=r"\textstyle\sum_i 2^{-l_i}"),
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
from_lengths = total(p[i] * sp.log(p[i] / (half_power / c), 2))

CODE_LENGTH_EXCESS = Derivation(
    "code-length-excess",
    "What a code costs above the entropy",
    (
        r"Let the $l_i$ be any real numbers (code lengths, whole or not), $c = \sum_k 2^{-l_k}$ and $q_i = \frac{2^{-l_i}}{c}$.",
        Clause(r"With logarithms to the base 2, the mean length exceeds the entropy by $\sum_i p_i l_i - H(P) = D(P\,\|\,Q) - \log_2 c$.", (0,)),
    ),
    (
        Step(
            "=",
            -total(p[i] * sp.log(half_power / c, 2)) - sp.log(c, 2) - entropy(p, base=2),
            "A length is a logarithm: $l_i = -\\log_2 2^{-l_i} = -\\log_2 q_i - \\log_2 c$. The $p_i$ add up to 1.",
            left=mean_length - entropy(p, base=2),
            name=r"\textstyle\sum_i p_i l_i - H(P)",
        ),
        Step("=", from_lengths - sp.log(c, 2), "Both sums in one are the divergence: $p_i / q_i = 2^{l_i} c\\, p_i$."),
    ),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 5.3.1",),
    names={c: "c", half_power / c: "q_{i}", from_lengths: D_NAME},
)


def added(x):
    """What rounding -log2 x up adds to it."""
    return sp.frac(sp.log(x, 2))


def rounded(q, floor):
    """Steps for lengths made for q: the mean length is at least the floor, and less than one bit above it."""
    l_i, parts = added(q[i]) - sp.log(q[i], 2), [2 ** -added(q[a]) for a in (i, k)]
    mean = {"left": total(p[i] * l_i), "name": r"\textstyle\sum_i p_i l_i"}
    rest = Lemma(LOG_TANGENT_BOUND, {x: parts[0]}, p[i] / sp.log(2) * (1 - sp.KroneckerDelta(i, k)), [OVER_I])
    tangents = total(p[i] * (1 - parts[0]) / sp.log(2))
    exact = {q[i]: 2 ** -length[i]}
    return (
        Step(
            "=",
            l_i,
            rf"Rounding $y = -\log_2 {q}_i$ up adds the fractional part of $-y$, which is at least 0 and less than 1.",
            left=sp.ceiling(-sp.log(q[i], 2)),
            name="l_i",
        ),
        Step(">=", floor, "The parts that are added are never negative.", Gap(total(p[i] * added(q[i]))), **mean),
        Step("<", floor + 1, "And each is less than 1.", Gap(total(p[i] * (1 - added(q[i])))), **mean),
        Step(
            "<=",
            1,
            rf"As $2^{{-l_i}} = 2^{{-r_i}} {q}_i \le {q}_i$, and these add up to 1. So for $n \ge 2$ there is a prefix code.",
            Gap(total(q[i] * (1 - 2 ** -added(q[i])))),
            left=total(2**-l_i),
            name=r"\textstyle\sum_i 2^{-l_i}",
            theorem="kraft-inequality",
        ),
        Step(
            "=",
            floor.xreplace(exact),
            f"If all ${q}_i = 2^{{-l_i}}$, every logarithm is a length, and nothing is rounded.",
            left=mean_length.xreplace(exact),
            name=mean["name"],
        ),
        Step(
            ">",
            floor + tangents,
            rf"$r \log 2$ exceeds $1 - 2^{{-r}}$ by the gap at $x = 2^{{-r}}$, and $2^{{-r_k}} = 2^{{-l_k}} / {q}_k$, which is not 1.",
            Lemma(LOG_TANGENT_BOUND, {x: parts[1]}, p[k] / sp.log(2), chain=1, also=rest),
            where=(sp.Ne(parts[1], 1),),
            **mean,
        ),
        Step(">=", floor, "No $2^{-r_i}$ is more than 1.", Gap(tangents)),
    )


H = entropy(p, base=2)
EXCESS = kl_divergence(p, q, base=2)

SHANNON_CODE_BOUND = Derivation(
    "shannon-code-bound",
    "Whole lengths cost less than one bit",
    (
        r"If all $p_i > 0$, the lengths $l_i = \lceil{-\log_2 p_i}\rceil$",
        Clause(r"satisfy Kraft's inequality, $\sum_i 2^{-l_i} \le 1$,", (0, 3)),
        Clause(r"and, in bits, $H(P) \le \sum_i p_i l_i$ and $\sum_i p_i l_i < H(P) + 1$,", (0, 1, 2)),
        Clause(r"with equality in the first if and only if all $p_k$ are whole powers of one half, $p_k = 2^{-l_k}$.", (0, 4, 5)),
    ),
    rounded(p, H),
    CHAPTER,
    sources=("Cover and Thomas (2006), section 5.4",),
    names={added(p[i]): "r_{i}", H: "H(P)"},
    conditions={"p_k = 2^{-l_k}": sp.Ne(2 ** -added(p[k]), 1)},
)

WRONG_CODE_COST = Derivation(
    "wrong-code-cost",
    "The cost of the wrong code",
    (
        r"Let all $q_i > 0$, let the lengths be $l_i = \lceil{-\log_2 q_i}\rceil$, made for $Q$, and let the data come from $P$. Then, in bits,",
        Clause(r"$H(P) + D(P\,\|\,Q) \le \sum_i p_i l_i$ and $\sum_i p_i l_i < H(P) + D(P\,\|\,Q) + 1$,", (0, 1, 2)),
        Clause(r"with equality in the first if and only if $q_k$ is a whole power of one half, $q_k = 2^{-l_k}$, wherever $p_k > 0$.", (0, 4, 5)),
    ),
    rounded(q, H + EXCESS),
    CHAPTER,
    zeros=TERMS_OF_0,
    sources=("Cover and Thomas (2006), theorem 5.4.3",),
    names={added(q[i]): "r_{i}", H: "H(P)", EXCESS: r"\,D(P\,\|\,Q)"},  # the space lets it stand after H(P)
    conditions={"q_k = 2^{-l_k}": sp.Ne(2 ** -added(q[k]), 1)},
)
