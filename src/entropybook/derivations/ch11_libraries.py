"""Chapter 11, the libraries."""

import sympy as sp

from entropybook.derivation import Clause, Derivation, Lemma, Step
from entropybook.derivations.lemmas import GIBBS_INEQUALITY
from entropybook.derivations.notation import OVER_I, OVER_J, i, j, k, l, m, n, p, q, total
from entropybook.symbolic import Channel

CHAPTER = "11_libraries"

P, Q = Channel("p", m, n), Channel("q", m, n)  # row j holds the distributions of sample j
element = P[j, i] * sp.log(P[j, i] / Q[j, i])
divergence, surprise, own = total(element), total(-P[j, i] * sp.log(Q[j, i])), total(-P[j, i] * sp.log(P[j, i]))
reductions = [{"left": sp.Sum(element, OVER_I, OVER_J) / count, "name": rf"\text{{{name}}}"} for name, count in (("batchmean", m), ("mean", m * n))]
differ = sp.Ne(Q[l, k] / P[l, k], 1)


def of_row(j):
    """What stands for the two distributions of Gibbs' inequality."""
    return {p: lambda i: P[j, i], q: lambda i: Q[j, i]}


def no_row_negative(count, chosen=None):
    """Gibbs' inequality for all rows, or for all but one, by the number of what is averaged."""
    others = 1 - sp.KroneckerDelta(j, chosen) if chosen else 1
    return Lemma(GIBBS_INEQUALITY, of_row(j), others / count, [OVER_J])


MEAN_VERSUS_BATCHMEAN = Derivation(
    "mean-versus-batchmean",
    "The mean of all elements is not a divergence",
    (
        r"Let $P_1, \dots, P_B$ and $Q_1, \dots, Q_B$ be distributions on $K$ outcomes: a batch, with $BK$ elements $p_{ji} \log \frac{p_{ji}}{q_{ji}}$. "
        r"Let $D_j$ be the divergence $D(P_j\,\|\,Q_j)$, $C_j$ the cross-entropy of the row and $H_j$ the entropy of $P_j$.",
        Clause(r"The sum of the elements divided by $B$ is the mean of the divergences, $\text{batchmean} = \sum_j \frac{D_j}{B}$,", (0,)),
        Clause(r"and the mean cross-entropy less the mean entropy, $\text{batchmean} = \sum_j \frac{C_j}{B} - \sum_j \frac{H_j}{B}$.", (0,)),
        Clause(r"The mean of all elements is that divided by $K$, $\text{mean} = \sum_j \frac{D_j}{BK}$.", (1,)),
        Clause(r"Neither is negative, $\text{batchmean} \ge 0$ and $\text{mean} \ge 0$,", (0, 1)),
        Clause("with equality if and only if $P_j = Q_j$ for all $j$.", (2, 3, 4, 5)),
    ),
    (
        Step("=", total(divergence / m, OVER_J), "Sum over the outcomes first: divergences.", **reductions[0]),
        Step(
            "=",
            total(surprise / m, OVER_J) - total(own / m, OVER_J),
            "The divergence of a row is its cross-entropy less its entropy.",
            theorem="cross-entropy-decomposition",
        ),
        Step(">=", 0, "No row has a negative divergence.", no_row_negative(m)),
        Step("=", total(divergence / (m * n), OVER_J), "Divide by $BK$.", **reductions[1]),
        Step(">=", 0, "As before.", no_row_negative(m * n)),
        *(
            Step(
                ">",
                0,
                "A row of different distributions has a positive one.",
                Lemma(GIBBS_INEQUALITY, of_row(l), 1 / count, chain=2, also=no_row_negative(count, l)),
                where=(differ,),
                **reduction,
            )
            for reduction, count in zip(reductions, (m, m * n), strict=True)
        ),
        *(Step("=", 0, "Every logarithm is 0.", left=reduction["left"].xreplace({Q: P}), name=reduction["name"]) for reduction in reductions),
    ),
    CHAPTER,
    zeros="All $p_{ji} > 0$ and $q_{ji} > 0$ in the steps. An element with $p_{ji} = 0$ counts as 0, one with $q_{ji} = 0 < p_{ji}$ as infinite.",
    sources=("The manual of PyTorch, torch.nn.KLDivLoss, for the two reductions",),
    names={divergence: "D_j", surprise: "C_j", own: "H_j", m: "B", n: "K"},
    conditions={"P_j = Q_j": differ},
)
