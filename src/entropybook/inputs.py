"""What comes in and what goes out: real numbers and arrays; errors that name the argument, the index and the value."""

import sys

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

TOLERANCE = {np.float16: 1e-3, np.float32: 1e-5}  # what rounding can do to a sum; 1e-6 for the others


def real_array(name, values):
    """`values` as an array of real numbers."""
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array; fill or drop the masked entries first")
    try:
        array = np.asarray(values)
    except ValueError as problem:
        raise ValueError(f"{name} is not a rectangular array: {problem}") from None
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if array.dtype.kind in "iuO" or (array.dtype.kind == "f" and not isinstance(values, np.ndarray)):
        array = _whole_numbers_kept(name, values, array)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, not {array.dtype.type.__name__.rstrip('_')}")
    if array.dtype.itemsize > 8:
        raise TypeError(f"{name} holds {array.dtype.name} numbers, longer than float64; astype(float) rounds them")
    return array


def _whole_numbers_kept(name, values, array):
    """`array`, made of `values`, which are refused if a whole number among them is none of float64's."""
    if array.dtype.kind != "O" and (array.dtype.itemsize < 8 or -(2**53) < array.min() <= array.max() < 2**53):
        return array
    numbers = np.asarray(values, dtype=object)  # what was given
    if not all(isinstance(number, int | float | np.integer) for number in numbers.flat):
        return array
    for index, number in np.ndenumerate(numbers):
        whole = 0 if isinstance(number, float) else int(number)  # Python compares whole numbers exactly
        if abs(whole) > sys.float_info.max or float(whole) != whole:
            raise ValueError(f"{name}{brackets(index)} = {whole}: float64 has no such number")
    return numbers.astype(np.float64) if array.dtype.kind == "O" else array


def require_number(name, value):
    """Raise a TypeError unless `value` is a number, and no bool; return it."""
    if not isinstance(value, int | float | np.integer | np.floating) or isinstance(value, bool | np.longdouble):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")
    return value


def axis_number(name, array, axis, lacking):
    """`axis` of `array` as a number from 0 on."""
    if array.ndim == 0:
        raise ValueError(f"{name} is a single number, {lacking}")
    if isinstance(axis, bool | np.bool_):
        raise TypeError("axis must be an integer, not bool")
    return normalize_axis_index(axis, array.ndim, name)


def require_not_negative(name, array):
    if not array.min() >= 0:  # one pass and no temporary array; true of nan as well
        refuse_where(name, array, np.isnan(array), "a probability cannot be nan")
        refuse_where(name, array, array < 0, "a probability cannot be negative (is this a logarithm or a logit?)")


def first_index(wrong):
    return tuple(int(i) for i in np.unravel_index(np.argmax(wrong), wrong.shape))


def brackets(index, left="[", right="]"):
    return f"{left}{', '.join(map(str, index))}{right}" if index else ""


def refuse_where(name, array, wrong, why):
    """Raise a ValueError that names the first index of `array` where `wrong` is true, if there is one."""
    if wrong.any():
        index = first_index(wrong)
        raise ValueError(f"{name}{brackets(index)} = {float(array[index])!r}: {why}")


def probabilities(name, values, advice=""):
    """`values` as float64 probabilities that need not sum to 1; what is above 1 by rounding counts as 1."""
    array = real_array(name, values)
    require_not_negative(name, array)
    if array.max() > 1:
        refuse_where(name, array, np.isinf(array), "a probability cannot be infinite")
        highest = 1 + TOLERANCE.get(array.dtype.type, 1e-6)
        refuse_where(name, array, array > highest, "a probability cannot be above 1" + advice)
        array = np.minimum(array, 1.0)
    return array.astype(np.float64, copy=False)


def require_same_shape(first, a, second, b):
    if a.shape != b.shape:
        raise ValueError(f"{first} and {second} must have equal shapes, not {a.shape} and {b.shape}")


def to_answer(value, infinite=None, what="distribution"):
    """`value`, as a float if it is a single number.  An inf that is not `infinite` is an overflow."""
    if infinite is not None and (above := np.isinf(value) & ~infinite).any():
        which = brackets(first_index(above), f" ({what} ", ")")
        raise OverflowError(f"the answer{which} is finite, but above the largest float64")
    return (float(value) if np.ndim(value) == 0 else value) + 0.0  # turns -0.0 into 0.0
