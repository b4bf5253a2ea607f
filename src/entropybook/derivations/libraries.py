"""Chapter 11, Who is P? The libraries."""

import sympy as sp

from entropybook.derivation import Derivation, Step
from entropybook.derivations.notation import OVER_I, OVER_J, i, j, m, n, total
from entropybook.symbolic import Channel

CHAPTER = "11_libraries"
P_of, Q_of = Channel("p", m, n), Channel("q", m, n)
term = P_of[j, i] * sp.log(P_of[j, i] / Q_of[j, i])

MEAN_VERSUS_BATCHMEAN = Derivation(
    "mean-versus-batchmean",
    "A mean over entries is not a mean over samples",
    r"For $m$ samples of $n$ classes, the sum of all terms $p \log \frac pq$, divided by the number of entries $mn$, is the mean divergence of a sample divided by $n$; divided by $m$ it is the mean divergence.",
    (
        Step(
            "=",
            total(total(term), OVER_J) / m / n,
            "The double sum is a sum over samples of their divergences; $mn$ is $m$ times $n$.",
            left=total(term, OVER_I, OVER_J) / (m * n),
            name=r"\texttt{mean}",
        ),
        Step(
            "=",
            total(total(term) / m, OVER_J),
            "PyTorch's batchmean divides by the number of samples only.",
            left=total(term, OVER_I, OVER_J) / m,
            name=r"\texttt{batchmean}",
        ),
    ),
    CHAPTER,
    sources=("PyTorch 2.13, section KLDivLoss of its reference, for the names",),
)
