"""The catalogue of families: the engine, from below, and the data; `entropybook.families` is its registry.

========================  =====================================================================================
`parameters`              what may be given for a parameter
`intervals`, `sums`       numbers as precise as needed
`expectations`            of what a formula is put together
`records`, `family`       a family, a pair of families, one distribution, and the divergence `kl`
`proofs`                  the formulas derived, and compared with their definitions; for vectors `vector_proofs`
`discrete`, `continuous`  the data: families of numbers
`vectors`                 the data: families of vectors, with `vector_numbers` and `vector_proofs`
`pairs`                   the data: pairs of families
========================  =====================================================================================
"""

from entropybook.distributions.continuous import CONTINUOUS
from entropybook.distributions.discrete import DISCRETE
from entropybook.distributions.pairs import PAIRS
from entropybook.distributions.records import RECORDS
from entropybook.distributions.vectors import VECTORS

RECORDS.update((record.name, record) for record in (*DISCRETE, *CONTINUOUS, *VECTORS, *PAIRS))
