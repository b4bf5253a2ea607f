"""The library of derivations: ``derivations["gibbs-inequality"]``, in the order of the book, one module a chapter.

>>> from entropybook import derivations
>>> derivations["gibbs-inequality"].title
"Gibbs' inequality"
>>> print(derivations["gibbs-inequality"].verify())
gibbs-inequality: proved, zeros in the text; steps: 5 proved
"""

from importlib import import_module

from entropybook.derivation import Derivation
from entropybook.library import make_mapping

CHAPTERS = (
    "surprise",
    "properties",
    "codes",
    "kl_divergence",
    "continuous_laws",
    "closed_forms",
    "joint",
    "directions",
    "cross_entropy",
    "losses",
    "libraries",
    "learning",
    "generative",
    "numerics",
)


def _of_chapter(name):
    module = import_module(f"{__name__}.{name}")
    return [d for d in vars(module).values() if isinstance(d, Derivation) and d.chapter == module.CHAPTER]


make_mapping(__name__, "derivation", {d.id: d for chapter in CHAPTERS for d in _of_chapter(chapter)})
