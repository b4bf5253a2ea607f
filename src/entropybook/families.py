r"""Families of probability laws: entropy, KL divergence and cross-entropy in closed form, each with its derivation.

The module is a mapping of records by their names; `pairs` are the pairs of families with a closed form of their own.

>>> from entropybook import families
>>> normal = families["normal"]
>>> normal(mu=0, sigma=1).kl(normal(mu=1, sigma=1))
0.5
>>> normal.kl_formula
-log(sigma_1) + log(sigma_2) - 1/2 + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2)

What holds for every law here:

* **Units.** Nats.
* **Infinity.** A closed form holds only under its support condition.  Outside it the divergence is +inf, whatever the
  formula would give: for U(0, 1) from U(0, 1/2) it says -log 2.
* **Digits.** Parameters are the exact values of the numbers given.  A formula is computed with intervals that hold its
  exact value, with more and more digits until only one float is left: extreme laws (5e-324 to 1.7e308) and nearly equal
  ones cost no accuracy.  Neither mpmath's precision nor other threads matter.
* **Errors.** ``ValueError`` for a parameter outside its domain, naming it, its value and the domain; ``TypeError`` for
  what is no real number; ``OverflowError`` for an answer that is finite, but beyond the largest float, 1.8e308: inf is
  only what is infinite; ``NotImplementedError`` where there is no closed form, saying what to use instead.
* **Copies.** Records compare by name, laws by name and parameters; both can be hashed, copied and pickled.

How the formulas come about: the logarithm of a density is a sum of constants times statistics, such as x or log x.
Once their expectations are known, entropy and divergence are put together from them.  Most expectations are read off
one integral: E[base^t] = M(t) gives E[base^k] = M(k) and E[log base] = M'(0).  `Family.prove` does all that with SymPy,
compares with the formula stated in the record, and says how far it came:

* ``proved``: SymPy did every integral, and reduced the difference of the two formulas to zero;
* ``checked``: some expectation was only stated.

Whatever the status, the numbers also agree with quadrature or summation of the definition, at three random points (laws
of vectors: at one point, in two or three dimensions).
"""

from entropybook.distributions.expectations import Expectation as Expectation
from entropybook.distributions.expectations import Generator as Generator
from entropybook.distributions.family import Distribution, Family, Pair, kl
from entropybook.distributions.records import RECORDS
from entropybook.registry import Registry

Law = Distribution  # the name before version 0.2, kept for one release


class Families(Registry[Family]):
    """The families by their names; `pairs`, those of families by two names; and `kl`."""

    pairs: dict[tuple[str, str], Pair]
    kl = staticmethod(kl)

    def __init__(self) -> None:
        super().__init__("family", {name: record for name, record in RECORDS.items() if isinstance(name, str)})
        self.pairs = {name: record for name, record in RECORDS.items() if isinstance(name, tuple)}


families = Families()
families.replace_module(__name__)
