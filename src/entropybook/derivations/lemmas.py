"""What the theorems of several chapters share: how a chain begins, and two lemmas, theorems of chapter 4."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Lemma, Minimum, Step
from entropybook.derivations.notation import OVER_I, gap, i, k, n, p, q, t, total, v, x
from entropybook.symbolic import entropy, kl_divergence

CHAPTER = "04_kl_divergence"
D, D_NAME = kl_divergence(p, q), r"D(P\,\|\,Q)"
OF_P, OF_D = {"left": entropy(p), "name": "H(P)"}, {"left": D, "name": D_NAME}  # how a chain begins
TERMS_OF_0 = "All probabilities are positive in the steps; terms with probability 0 are 0."
part = sp.IndexedBase("q", shape=(n,), positive=True)  # Q where P is positive: these may add up to less than 1
D_part = total(p[i] * sp.log(p[i] / part[i]))
PART = "Outcomes with $p_i = 0$ add nothing to the sums, and are left out: all $p_i > 0$. The $q_i$ of the others need not add up to 1."
ratio, less = q[i] / p[i], q[i] * (1 - v)

LOG_TANGENT_BOUND = Derivation(
    "log-tangent-bound",
    "The logarithm lies under its tangent",
    (
        "For all $x > 0$,",
        Clause(r"$x - 1 - \log x \ge 0$: the logarithm lies under its tangent at 1.", (0,)),
        Clause("There is equality if and only if $x = 1$.", (1, 2)),
    ),
    (
        Step(
            ">=",
            0,
            "The slope $(x - 1)/x$ changes its sign at $x = 1$ only, from falling to rising; there the gap is 0.",
            Minimum(x, 1),
            left=gap(x),
            name=r"x - 1 - \log x",
        ),
        Step(">", 0, "Equality holds nowhere else.", Minimum(x, 1), left=gap(x), where=(sp.Ne(x, 1),)),
        Step("=", 0, "At $x = 1$ there is equality.", left=gap(sp.S.One), name=r"1 - 1 - \log 1"),
        Step(
            ">=",
            0,
            "So much, at least, for $x/t$: the derivative of the difference has the sign of $x - t$ too.",
            Minimum(x, t),
            left=t * gap(x / t) - 3 * (x - t) ** 2 / (2 * (2 * x + t)) - t * gap(4 * x * t / (x + t) ** 2) / 3,
        ),
    ),
    CHAPTER,
    assumptions=("$x > 0$.",),
    sources=("Cover and Thomas (2006), section 2.6",),
)


def gaps(ratio, weight=p[i], over=(OVER_I,)):
    """The lemma at x = ratio, times a weight, in a sum."""
    return Lemma(LOG_TANGENT_BOUND, {x: ratio}, weight, over)


def strictly(ratio, weight=p[i], over=(OVER_I,), places=(k,)):
    """The proof of a strict step: no gap is negative, and that at the places is positive if its ratio is not 1."""
    lemma = None
    for number, ((index, *_), place) in enumerate(zip(over, places, strict=True)):
        others = weight * (1 - sp.KroneckerDelta(index, place))
        lemma = Lemma(LOG_TANGENT_BOUND, {x: ratio}, others, over[number:], also=lemma)
        ratio, weight = ratio.subs(index, place), weight.subs(index, place)
    lemma = Lemma(LOG_TANGENT_BOUND, {x: ratio}, weight, chain=1, also=lemma)
    return {"proof": lemma, "where": (sp.Ne(ratio, 1),)}


GIBBS_INEQUALITY = Derivation(
    "gibbs-inequality",
    "Gibbs' inequality",
    (
        "For all distributions $P$ and $Q$ on the same finite set,",
        Clause(r"$D(P\,\|\,Q) \ge 0$,", (0, 3)),
        Clause("with equality if and only if $P = Q$.", (1, 2, 3)),
    ),
    (
        Step("=", total(p[i] * gap(ratio)), "The added terms $q_i - p_i$ sum to $1 - 1 = 0$.", **OF_D),
        Step(">=", 0, "No gap is negative: the lemma at $x = q_i / p_i$, times $p_i$.", gaps(ratio)),
        Step("=", 0, "Every logarithm is $\\log 1 = 0$.", left=kl_divergence(p, p), name=r"D(P\,\|\,P)"),
        Step(">", 0, "One gap is positive if $q_k \\ne p_k$. So $D = 0$ for $P = Q$ only.", **strictly(ratio), **OF_D),
        Step(
            ">=",
            v,
            "If $Q$ gives $v > 0$ to outcomes that $P$ excludes, the added terms sum to $-v$. So $D$ is positive then.",
            gaps(less / p[i]),
            left=total(p[i] * sp.log(p[i] / less)),
            name=D_NAME,
        ),
    ),
    CHAPTER,
    zeros=r"If $q_i = 0 < p_i$ for some $i$, $D = +\infty$ by definition, and $P \ne Q$. Otherwise leave out the outcomes with $p_i = 0$, which add nothing to $D$. "
    "If $Q$ gives nothing to them, the first three chains are about the rest; if it gives them $v > 0$, the rest has probabilities $(1 - v)\\, q_i$: the last chain.",
    sources=("Cover and Thomas (2006), theorem 2.6.3",),
    domain={v: (0, 1)},
    conditions={"P = Q": sp.Ne(q[k] / p[k], 1)},
)
