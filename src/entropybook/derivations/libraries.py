"""Chapter 11, the libraries."""

import sympy as sp

from entropybook.derivation import Derivation, Lemma, Step
from entropybook.derivations.kl_divergence import GIBBS_INEQUALITY
from entropybook.derivations.notation import OVER_I, OVER_J, i, j, m, n, p, q, total
from entropybook.symbolic import Channel

CHAPTER = "11_libraries"

P, Q = Channel("p", m, n), Channel("q", m, n)  # row j holds the distributions of sample j
element = P[j, i] * sp.log(P[j, i] / Q[j, i])
divergence, surprise, own = total(element), total(-P[j, i] * sp.log(Q[j, i])), total(-P[j, i] * sp.log(P[j, i]))


def over_rows(term):
    """The sum over the batch."""
    return sp.Sum(term, OVER_J)


MEAN_VERSUS_BATCHMEAN = Derivation(
    "mean-versus-batchmean",
    "The mean that is no divergence",
    r"Let $P_1, \dots, P_B$ and $Q_1, \dots, Q_B$ be distributions on $K$ outcomes: a batch. Of the $BK$ elements "
    r"$p_{ji} \log (p_{ji}/q_{ji})$, the sum divided by $B$ (batchmean) is the mean of the divergences $D(P_j\,\|\,Q_j)$, and the mean "
    r"of all elements is $1/K$ of that. The mean cross-entropy of the rows less their mean entropy is batchmean. "
    r"Batchmean and the mean of all elements are at least 0, with equality if and only if $P_j = Q_j$ for all $j$.",
    (
        Step(
            "=",
            over_rows(divergence / m),
            "Sum over the outcomes first: every row gives its divergence $D_j$, and there are $B$ rows.",
            left=sp.Sum(element, OVER_I, OVER_J) / m,
            name=r"\text{batchmean}",
        ),
        Step(
            "=",
            over_rows(surprise / m) - over_rows(own / m),
            "The divergence of a row is its cross-entropy $C_j$ less its entropy $H_j$.",
            theorem="cross-entropy-decomposition",
        ),
        Step(
            "=",
            over_rows(divergence / m) / n,
            "The mean divides by the number of elements, $B$ times $K$.",
            left=sp.Sum(element, OVER_I, OVER_J) / (m * n),
            name=r"\text{mean}",
        ),
        Step(
            ">=",
            0,
            "No row has a negative divergence; it is 0 only if both distributions of the row are the same.",
            Lemma(GIBBS_INEQUALITY, {p: lambda i: P[j, i], q: lambda i: Q[j, i]}, 1 / (m * n), [OVER_J]),
        ),
    ),
    CHAPTER,
    assumptions=(
        "$B$ is $m$ and $K$ is $n$ in the steps, and all $p_{ji} > 0$ and $q_{ji} > 0$. An element with $p_{ji} = 0$ counts as 0, one with $q_{ji} = 0 < p_{ji}$ as infinite.",
    ),
    sources=("The manual of PyTorch, torch.nn.KLDivLoss, for the two reductions",),
    names={divergence: "D_j", surprise: "C_j", own: "H_j"},
)
