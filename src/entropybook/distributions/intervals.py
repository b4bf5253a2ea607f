"""Numbers: a formula is computed with intervals that hold its exact value, with more digits until one float is left.

What a formula loses, as in 1 - 1e-100, widens the interval, and so cannot go unnoticed.
"""

import math
import threading
from fractions import Fraction

import mpmath
import sympy as sp
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import ComplexResult, fone, fzero, mpf_shift
from sympy.printing.pycode import MpmathPrinter

MP, IV = mpmath.MPContext(), MPIntervalContext()  # our own: mpmath's is shared by all who compute
LOCK = threading.RLock()  # of their precision, and of the constants that mpmath keeps for all contexts
BITS, _MOST_BITS = 106, 1 << 15


def nearest_float(compute, what, *names):
    """The float nearest to what compute() encloses; OverflowError if that is finite and no float is."""
    value = narrowed(compute)
    if math.isinf(float(value)) and not mpmath.isinf(value):
        raise OverflowError(f"{what.format(*names)} is finite, but beyond the largest float, 1.8e308")
    return float(value) + 0.0  # turns -0.0 into 0.0


def narrowed(compute, bits=64, most=_MOST_BITS):
    """The middle of the interval compute(), once it is below 2^-bits of it wide, or below half the least float."""
    with LOCK:
        before, precision = (IV.prec, MP.prec), BITS
        try:
            while precision <= most:
                IV.prec, MP.prec = precision, precision + 20
                try:
                    low, high = map(MP.make_mpf, compute()._mpi_)
                except ComplexResult:  # the interval of an argument reaches beyond the domain
                    low, high = -MP.inf, MP.inf
                size, width = MP.mag(max(abs(low), abs(high))), -MP.inf if low == high else MP.mag(high - low)
                if max(size, width) < -1075 or width < size - bits:
                    return low if low == high else (low + high) / 2
                precision *= 2
        finally:
            IV.prec, MP.prec = before
    raise ArithmeticError(f"{most} bits do not settle the answer")


def exact(value, context=IV):
    """Numbers, lists and matrices of numbers, as numbers of the context."""
    if isinstance(value, list | tuple):
        return [exact(v, context) for v in value]
    return context.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else context.mpf(value)


def around(low, high, bits, least=0):
    """The interval from low to high, made wider by 2^-bits of either end, or of `least` if that is more."""
    ends = []
    for end, sign in ((low, -1), (high, 1)):
        error = MP.ldexp(max(abs(end), least), -bits) if MP.isfinite(end) else 0
        ends.append((end + sign * error)._mpf_)
    return IV.make_mpf(tuple(ends))


def _enclosing(function, least=0, defined=lambda low: True, turns=lambda low, high: False):
    """For intervals: a function of mpmath, monotone unless it `turns`, where its slope is at most 1.

    It errs in its last digits (of `least` near a root), in an unknown direction: mpmath's own intervals rely on it.
    """

    def of_interval(*args):
        *order, x = args
        if not isinstance(x, IV.mpf):
            x = IV.convert(x)
        low, high = map(MP.make_mpf, x._mpi_)
        if not defined(low):
            raise ComplexResult  # more digits will tell
        if low == high:
            return around(*[function(*order, low)] * 2, IV.prec, least)
        a, b = function(*order, low), function(*order, high)
        more = high - low if turns(low, high) else 0
        return around(min(a, b) - more, max(a, b) + more, IV.prec, least)

    return of_interval


def iv_exp(x):
    """exp, exactly 1 of 0, and 0 to a bound below -2^4000: exp(-exp(1e10)) has too many digits."""
    if x == 0:
        return IV.one  # of an int, too
    sign, _, exponent, digits = x._mpi_[1]
    far = sign and exponent + digits > 4001
    return IV.make_mpf((fzero, mpf_shift(fone, -(1 << 4000)))) if far else _exp(x)


def _power(x, y):
    """x^y for x >= 0; for small whole numbers y by multiplication."""
    y = IV.convert(y)
    return _multiplied(x, y) if y in _SMALL else iv_exp(y * iv_log(x))


def _decided(compare):
    """A comparison that is True or False: where intervals overlap, more digits will tell."""

    def decided(x, y):
        if (answer := compare(x, y)) is None:
            raise ComplexResult
        return answer

    return decided


def _is_positive(low):
    return low > 0


def _has_minimum(low, high):
    """Whether Gamma and its logarithm, which are least at 1.4616, may turn in between."""
    return low < 1.47 and high > 1.46


_multiplied, IV.mpf.__pow__ = IV.mpf.__pow__, _power
IV.mpf.__rpow__ = lambda y, x: _power(IV.convert(x), y)
IV.mpf.__lt__, IV.mpf.__gt__ = _decided(IV.mpf.__lt__), _decided(IV.mpf.__gt__)
_SMALL = [IV.mpf(n) for n in (-2, -1, 0, 1, 2)]
_exp, iv_log = _enclosing(MP.exp), _enclosing(MP.ln, defined=lambda low: low >= 0)
iv_digamma, _gamma = _enclosing(MP.digamma, 1, _is_positive), _enclosing(MP.gamma, 0, _is_positive, _has_minimum)
iv_loggamma = _enclosing(MP.loggamma, 1, _is_positive, _has_minimum)
_FUNCTIONS = {  # by the names that SymPy prints
    "exp": iv_exp,
    "log": iv_log,
    "sqrt": IV.sqrt,
    "cos": _enclosing(MP.cos, 1, turns=lambda low, high: True),
    "gamma": _gamma,
    "loggamma": iv_loggamma,
    "factorial": lambda n: _gamma(n + 1),
    "polygamma": lambda _, x: iv_digamma(x),
    "erf": _enclosing(MP.erf),
    "besseli": _enclosing(MP.besseli, defined=_is_positive),
    "expint": _enclosing(MP.expint, defined=_is_positive),
}


def compiled(formula, symbols, context=IV):
    """The formula as a function of numbers of the context."""
    formula = formula.replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.gamma), lambda e: sp.loggamma(e.args[0].args[0])
    )
    functions = _FUNCTIONS if context is IV else {name: getattr(MP, name) for name in _FUNCTIONS}
    names = functions | {name: getattr(context, name) for name in ("mpf", "pi", "e", "euler")}
    printer = MpmathPrinter({"fully_qualified_modules": False, "allow_unknown_functions": True})
    return sp.lambdify(symbols, formula, [names], printer=printer)


def values_of(*namespaces):
    """All that the namespaces hold."""
    return [value for namespace in namespaces for value in vars(namespace).values()]
