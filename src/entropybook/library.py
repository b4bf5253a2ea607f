"""A module that is a mapping as well: ``families["normal"]``, ``derivations["gibbs-inequality"]``."""

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from types import ModuleType


class Library(ModuleType, Mapping):
    """A module with records, each under its name."""

    __eq__, __hash__ = ModuleType.__eq__, ModuleType.__hash__

    def __getitem__(self, name):
        if name in self._records:
            return self._records[name]
        near = get_close_matches(str(name), self._records, n=3, cutoff=0.4)
        advice = f"the nearest are {', '.join(near)}" if near else f"there are {len(self._records)} others"
        raise KeyError(f"there is no {self._kind} {name!r}; {advice}")

    def __iter__(self):
        return iter(self._records)

    def __len__(self):
        return len(self._records)


def make_mapping(module, kind, records):
    """Let the module called `module` be a mapping of `records`, each a `kind`."""
    module = sys.modules[module]
    module._kind, module._records = kind, records
    module.__class__ = Library
