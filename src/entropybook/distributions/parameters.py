"""Parameters of distributions: what may be given for them, and their symbols."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

import sympy as sp

LARGEST = sys.float_info.max


@dataclass(frozen=True)
class Parameter:
    """A parameter of a family.

    Parameters
    ----------
    name : str
        As it is given by the user.
    domain : str
        What it may be, in words that follow "must be"; a test compares them with `is_valid`.
    is_valid : callable
        Whether a finite number is in the domain.
    symbol_name : str
        The name of its symbol.
    assumptions : Mapping
        Those of the symbol.
    examples : tuple
        An interval to draw examples from.
    """

    name: str
    domain: str
    is_valid: Callable[[Any], bool]
    symbol_name: str
    assumptions: Mapping[str, bool]
    examples: tuple[float, ...]

    def symbol(self, index: str = "") -> sp.Basic:
        """Its symbol, with an index."""
        return sp.Symbol(self.symbol_name + index, **self.assumptions)

    def value(self, given):
        """The number given, checked."""
        whole, number = "integer" in self.assumptions, as_number(self.name, given)
        if not abs(number) <= LARGEST or not self.is_valid(number) or (whole and number != int(number)):
            raise ValueError(f"{self.name} = {number!r}: must be {self.domain}")
        return int(number) if whole else number


@dataclass(frozen=True)
class VectorParameter:
    """A parameter with several entries; `make_symbol` makes a SymPy object from a name, the rest as in `Parameter`."""

    name: str
    domain: str
    is_valid: Callable[[tuple], bool]
    symbol_name: str
    make_symbol: Callable[[str], sp.Basic]

    def symbol(self, index: str = "") -> sp.Basic:
        """Its symbol, with an index."""
        return self.make_symbol(self.symbol_name + index)

    def value(self, given):
        """The entries given, checked."""
        values = as_numbers(self.name, given)
        flat = [v for row in values for v in row] if isinstance(values[0], tuple) else values
        if not all(abs(v) <= LARGEST for v in flat) or not self.is_valid(values):
            raise ValueError(f"{self.name} = {values!r}: must be {self.domain}")
        return values


def as_number(name, given, what="be a real number"):
    """A real number as an int, as a float or, if it is none of them, as a Fraction: exactly."""
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{name} must {what}, not {type(given).__name__}")
    if isinstance(given, Integral | float):
        return int(given) if isinstance(given, Integral) else float(given)
    try:
        exact = Fraction(*map(int, given.as_integer_ratio()))
    except (AttributeError, OverflowError, ValueError):  # a type without that, an infinity, nan
        return float(given)
    return float(exact) if abs(exact) <= LARGEST and float(exact) == exact else exact


def as_numbers(name, given):
    """A list of numbers, or of rows of numbers, as tuples of exact numbers."""
    entries = given.tolist() if hasattr(given, "tolist") else given
    if not isinstance(entries, list | tuple):
        raise TypeError(f"{name} must be a list of numbers, not {type(given).__name__}")
    if not entries:
        raise ValueError(f"{name} must hold at least one number")
    if all(isinstance(row, list | tuple) for row in entries):
        return tuple(as_numbers(name, row) for row in entries)
    return tuple(as_number(name, entry, "hold real numbers") for entry in entries)


def as_point(x, size):
    """The entries of a point of so many dimensions, checked."""
    entries = as_numbers("x", x) if isinstance(x, list | tuple) or hasattr(x, "tolist") else ()
    if len(entries) != size or isinstance(entries[0], tuple):
        raise ValueError(f"x must be a list of {size} numbers")
    if any(e != e for e in entries):
        raise ValueError(f"x = {entries!r}: must hold no nan")
    return entries


def real(name, symbol_name=None):
    """A real number."""
    return Parameter(name, "a finite number", lambda v: True, symbol_name or name, {"real": True}, (-2.0, 2.0))


def positive(name, symbol_name=None):
    """A positive number."""
    domain = "a finite number above 0"
    return Parameter(name, domain, lambda v: v > 0, symbol_name or name, {"positive": True}, (0.5, 3.0))


def probability(name, above_0=False):
    """A probability; in symbols it is neither 0 nor 1."""
    domain, low = ("above 0 and at most 1", 5e-324) if above_0 else ("between 0 and 1", 0)
    return Parameter(name, domain, lambda v: low <= v <= 1, name, {"positive": True}, (0.1, 0.9))


def integer(name, lowest=None, symbol_name=None):
    """An integer, of at least `lowest` if that is given: then in symbols a positive one."""
    domain = "an integer" if lowest is None else f"an integer, at least {lowest}"
    sign = {} if lowest is None else {"positive": True}
    is_valid = (lambda v: True) if lowest is None else lambda v: v >= lowest
    return Parameter(name, domain, is_valid, symbol_name or name, {"integer": True} | sign, (lowest or -5, 7))
