"""The library of derivations: ``derivations["gibbs-inequality"]``, in the order of the book, one module a chapter.

>>> from entropybook import derivations
>>> derivations["gibbs-inequality"].title
"Gibbs' inequality"
>>> print(derivations["gibbs-inequality"].verify())
gibbs-inequality: proved, zeros in the text; steps: 5 proved
"""

from importlib import import_module
from pkgutil import iter_modules

from entropybook.derivation import Derivation
from entropybook.registry import Registry


def in_order() -> dict[str, Derivation]:
    """All derivations by their names, in the order of the book; of chapter 4, those in `lemmas` come first."""
    modules = [import_module(f"{__name__}.{name}") for name in ("lemmas", *(m.name for m in iter_modules(__path__)))]
    named = [(d, module.CHAPTER) for module in modules for d in vars(module).values() if isinstance(d, Derivation)]
    own = [d for d, chapter in named if d.chapter == chapter]  # not what a module imports from another
    return {d.id: d for d in sorted(own, key=lambda d: d.chapter)}


derivations = Registry("derivation", in_order())
derivations.replace_module(__name__)
