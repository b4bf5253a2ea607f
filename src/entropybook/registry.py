"""Records by their names: ``families["normal"]``, ``derivations["gibbs-inequality"]``."""

import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """A mapping of records by their names, in a fixed order.

    Parameters
    ----------
    kind : str
        What a record is called in an error message.
    records : Mapping
        The records by name.

    Raises
    ------
    KeyError
        For an unknown name, with the nearest known ones.

    Examples
    --------
    >>> Registry("letter", {"alpha": "a", "beta": "b"})["alhpa"]
    Traceback (most recent call last):
    KeyError: "there is no letter 'alhpa'; the nearest are alpha"
    """

    def __init__(self, kind: str, records: Mapping[str, T]) -> None:
        self._kind, self._records = kind, dict(records)

    def __getitem__(self, name: str) -> T:
        if name in self._records:
            return self._records[name]
        near = get_close_matches(str(name), self._records, n=3, cutoff=0.4)
        advice = f"the nearest are {', '.join(near)}" if near else f"there are {len(self._records)} others"
        raise KeyError(f"there is no {self._kind} {name!r}; {advice}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<the registry of {len(self)} records, each a {self._kind}>"

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __reduce_ex__(self, protocol: Any) -> Any:
        """What replaces a module is copied and pickled as a module: by its name."""
        name = vars(self).get("__name__")
        return (import_module, (name,)) if name else super().__reduce_ex__(protocol)

    def replace_module(self, name: str) -> None:
        """Let ``import name`` give this object, with all that the module called `name` holds as attributes."""
        vars(self).update(vars(sys.modules[name]))
        sys.modules[name] = self  # type: ignore[assignment]
