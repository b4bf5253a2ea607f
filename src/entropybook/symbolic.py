"""The measures of `discrete` as SymPy expressions, and `prove_equal`, which proves that two expressions are equal.

A distribution is either

* a `Pmf`, with any number of outcomes: ``p = Pmf("p", n)`` with a symbol or a number n, or ``Pmf("p", n, m)`` for a
  pair of variables; its entries ``p[1], ..., p[n]`` are positive and sum to 1;
* or a sequence (a Matrix, for a pair) of SymPy expressions, such as ``[p, 1 - p]``; here zeros are allowed.

SymPy alone is not a verifier: some of its answers are wrong, and silently so.  `prove_equal` therefore asks for two
things, a reduction of the difference to zero *and* agreement of both sides, to 30 digits, at random points, where the
numbers are computed by another route: sums term by term, integrals by quadrature, derivatives by differences, limits
by going near.
"""

import random
from itertools import permutations, product

import mpmath
import sympy as sp

_UNEVALUATED = (sp.Sum, sp.Integral, sp.Derivative, sp.Limit)
_SIDES = {"+": [1], "-": [-1], "+-": [1, -1]}  # from which a limit is approached
_INDICES = sp.symbols("i j k l", integer=True, positive=True)


class ProofError(Exception):
    """What was to be proved is false, or SymPy cannot prove it; the message says which, and shows a counterexample."""


class Pmf(sp.IndexedBase):
    """A probability mass function with entries ``p[1], ..., p[n]`` (or ``p[1, 1], ..., p[n, m]``): positive, sum 1.

    A derivative with respect to an entry treats the entries as free variables.

    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> p = Pmf("p", n)
    >>> entropy(p)
    -Sum(log(p[i])*p[i], (i, 1, n))
    """

    def __new__(cls, name, *shape):
        if len(shape) == 1 and isinstance(shape[0], sp.Tuple):  # SymPy rebuilds an object from its args
            shape = tuple(shape[0])
        label = sp.Symbol(str(name), positive=True)
        return super().__new__(cls, label, shape=tuple(sp.sympify(size) for size in shape))


class Channel(Pmf):
    """Conditional probabilities: ``w = Channel("w", n, m)`` has n rows, ``w[i, 1], ..., w[i, m]``, each a Pmf.

    >>> i, j, n, m = sp.symbols("i j n m", integer=True, positive=True)
    >>> w = Channel("w", n, m)
    >>> prove_equal(sp.Sum(w[i, j], (j, 1, m)), 1).rhs
    1
    """


# --- the measures ----------------------------------------------------------------------------------------------


def _total(term, *distributions):
    """The sum of term(p, q, ...) over the outcomes of the distributions."""
    if all(isinstance(d, Pmf) for d in distributions):
        if len({d.shape for d in distributions}) > 1:
            raise ValueError(f"the distributions have different shapes: {[d.shape for d in distributions]}")
        indices = _INDICES[: len(distributions[0].shape)]
        body = term(*(d[indices] for d in distributions))
        return sp.Sum(body, *((i, 1, size) for i, size in zip(indices, distributions[0].shape, strict=True)))
    entries = [_entries(d) for d in distributions]
    if len({len(e) for e in entries}) > 1:
        raise ValueError(f"the distributions have different lengths: {[len(e) for e in entries]}")
    return sp.Add(*(term(*row) for row in zip(*entries, strict=True)))


def _entries(distribution):
    if isinstance(distribution, Pmf):
        return list(explicit(distribution))
    entries = [sp.sympify(entry) for entry in distribution]
    for place, entry in enumerate(entries):
        if entry.is_negative or entry.is_extended_real is False or (not entry.is_finite and entry.is_number):
            raise ValueError(f"entry {place} of {distribution} is {entry}, which is not a probability")
    total = sp.simplify(sp.Add(*entries))
    if total.is_number and total != 1:
        raise ValueError(f"the entries of {distribution} sum to {total}, not to 1")
    return entries


def explicit(p):
    """The entries of a Pmf whose size is a number, as a list (a Matrix for a pair), the last one as 1 minus the others.

    >>> explicit(Pmf("p", 3))
    [p[1], p[2], -p[1] - p[2] + 1]
    """
    places = list(product(*(range(1, int(size) + 1) for size in p.shape)))
    width = int(p.shape[-1]) if isinstance(p, Channel) else len(places)  # so many entries sum to 1
    entries = []
    for start in range(0, len(places), width):
        row = [p[place] for place in places[start : start + width - 1]]
        entries += [*row, 1 - sp.Add(*row)]
    return entries if len(p.shape) == 1 else sp.Matrix(*map(int, p.shape), entries)


def _in_base(nats, base):
    return nats if base is None else nats / sp.log(base)


def surprisal(p, *, base=None):
    """-log p of one probability, infinite at 0.

    >>> surprisal(sp.Rational(1, 8), base=2)
    3
    """
    p = sp.sympify(p)
    return sp.oo if p == 0 else sp.simplify(_in_base(-sp.log(p), base)) if p.is_number else _in_base(-sp.log(p), base)


def cross_entropy(p, q, *, base=None):
    """-sum p log q: 0 where p = 0, infinite where q = 0 < p.

    >>> x = sp.Symbol("x", positive=True)
    >>> cross_entropy([1, 0], [x, 1 - x])
    -log(x)
    """
    return _in_base(-_total(lambda a, b: _weighted(a, b, sp.log(b), -sp.oo), p, q), base)


def entropy(p, *, base=None):
    """-sum p log p, with 0 log 0 = 0.

    >>> entropy([sp.Rational(1, 2), sp.Rational(1, 2), 0])
    log(2)
    """
    return cross_entropy(p, p, base=base)


def kl_divergence(p, q, *, base=None):
    """sum p log(p/q): 0 where p = 0, infinite where q = 0 < p.

    >>> kl_divergence([sp.Rational(1, 2), sp.Rational(1, 2)], [1, 0])
    oo
    """
    return _in_base(_total(lambda a, b: _weighted(a, b, sp.log(a / b), sp.oo), p, q), base)


def _weighted(p, q, logarithm, where_q_is_0):
    """p times the logarithm, 0 where p = 0, and the infinite value where q = 0 < p."""
    if p == 0:
        return sp.S.Zero
    if q == 0 and not p.is_positive:
        raise ValueError(f"0 stands against {p}, which may be 0 or positive")
    return where_q_is_0 if q == 0 else p * logarithm


def jeffreys_divergence(p, q, *, base=None):
    """D(P||Q) + D(Q||P)."""
    return kl_divergence(p, q, base=base) + kl_divergence(q, p, base=base)


def jensen_shannon_divergence(p, q, *, base=None):
    """The mean divergence of P and of Q from their midpoint."""

    def half(a, b):
        return sp.S.Zero if a == 0 else a * sp.log(2 * a / (a + b)) / 2

    return _in_base(_total(lambda a, b: half(a, b) + half(b, a), p, q), base)


def joint_entropy(joint, *, base=None):
    """H(X, Y) of a Pmf with two indices or of a Matrix."""
    return entropy(joint, base=base)


def conditional_entropy(joint, *, base=None):
    """H(Y|X) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    return joint_entropy(joint, base=base) - entropy_of_marginal(joint, 0, base=base)


def mutual_information(joint, *, base=None):
    """I(X; Y) = D(joint || product of the marginals) of a Pmf with two indices or of a Matrix, joint[x, y]."""
    x, y, _, _ = _INDICES
    if isinstance(joint, Pmf):
        rows, columns = (marginal(joint, axis) for axis in (0, 1))
        body = joint[x, y] * sp.log(joint[x, y] / (rows(x) * columns(y)))
        return _in_base(sp.Sum(body, (x, 1, joint.shape[0]), (y, 1, joint.shape[1])), base)
    joint = sp.Matrix(joint)
    return kl_divergence(joint, marginal(joint, 0) * marginal(joint, 1).T, base=base)


def marginal(joint, axis):
    """The distribution of one variable: a function of its index for a Pmf, a column of entries for a Matrix."""
    if isinstance(joint, Pmf):
        k = _INDICES[2]
        place = (lambda x: joint[x, k]) if axis == 0 else (lambda y: joint[k, y])
        return lambda index: sp.Sum(place(index), (k, 1, joint.shape[1 - axis]))
    joint = sp.Matrix(joint)
    return joint * sp.ones(joint.cols, 1) if axis == 0 else joint.T * sp.ones(joint.rows, 1)


def entropy_of_marginal(joint, axis, *, base=None):
    """H(X) for axis=0, H(Y) for axis=1."""
    if not isinstance(joint, Pmf):
        return entropy(marginal(joint, axis), base=base)
    i = _INDICES[0]
    probability = marginal(joint, axis)(i)
    return _in_base(-sp.Sum(probability * sp.log(probability), (i, 1, joint.shape[axis])), base)


# --- numbers: the gate -----------------------------------------------------------------------------------------


def _value(expr, point):
    """`expr` at `point` with mpmath's digits; what is unevaluated is never left to SymPy."""

    def body(variable, inner):
        """The function of one variable that is summed, integrated or differentiated."""
        return lambda t: _number(inner, point | {variable: sp.sympify(t)})

    if isinstance(expr, sp.Sum | sp.Integral):
        *limits, (x, lower, upper) = expr.limits
        term = body(x, expr.func(expr.function, *limits) if limits else expr.function)
        lower, upper = _number(lower, point), _number(upper, point)
        if isinstance(expr, sp.Integral):
            value, error = mpmath.quad(term, [lower, upper], error=True)
            return sp.sympify(_precise(value, error < mpmath.mpf(10) ** (15 - mpmath.mp.dps), expr))
        if upper == mpmath.inf:
            lower = int(lower)
            near, far = (abs(term(lower + steps)) for steps in (10, 10**4))
            _precise(None, far <= near / 2, expr)  # nsum gives some divergent series a value
            return sp.sympify(mpmath.nsum(lambda k: term(int(k)), [lower, upper]))
        return sp.sympify(mpmath.fsum(map(term, range(int(lower), int(upper) + 1))))
    if isinstance(expr, sp.Derivative):
        (x, order), *others = expr.variable_count
        inner = expr.func(expr.expr, *others) if others else expr.expr
        slope = body(x.xreplace(point) if isinstance(x, sp.Indexed) else x, inner)
        return sp.sympify(mpmath.diff(slope, _number(x, point), int(order)))
    if isinstance(expr, sp.Limit):
        return _limit(*expr.args, point)
    if expr.has(*_UNEVALUATED):
        expr = expr.func(*(_value(part, point) if part.has(*_UNEVALUATED) else part for part in expr.args))
    value = sp.N(expr.xreplace(point).xreplace(point), mpmath.mp.dps)  # twice: p[i] becomes p[2], then its value
    if not value.is_number:
        raise ValueError(f"{value} is no number at {point}")
    return value


def _number(expr, point):
    value = _value(expr, point)
    if value in (sp.nan, sp.zoo):
        raise ValueError(f"{expr} is {value} at {point}")
    return mpmath.inf if value == sp.oo else -mpmath.inf if value == -sp.oo else mpmath.mpmathify(value)


def _precise(value, fine, expr):
    if not fine:
        raise ValueError(f"{expr} cannot be computed precisely enough to be tried")
    return value


def _limit(inner, x, target, side, point):
    """The value near the target, from the sides asked for; infinite if it keeps growing, nan if the sides differ."""
    target = target.xreplace(point)

    def near(sign, digits):
        step = sp.Rational(1, 10**digits)
        place = sp.sign(target) / step if target.is_infinite else target + sign * step
        return _value(inner, point | {x: sp.N(place, mpmath.mp.dps)})

    def same(a, b):
        return a == b or abs(a - b) < sp.Rational(1, 10**45) * max(1, abs(a))

    values = []
    with mpmath.workdps(mpmath.mp.dps + 180):  # what cancels near the limit is made good by digits
        for sign in _SIDES[str(side)]:
            first, second, third = (near(sign, digits) for digits in (50, 60, 70))
            ratio = (third - second) / (second - first) if abs(second) > abs(first) + 1 else sp.S.Zero
            growing = ratio.is_extended_real and ratio > sp.Rational(99, 100)
            _precise(None, growing or same(second, third), sp.Limit(inner, x, target, side))
            values.append(sp.oo * sp.sign(third) if growing else third)
    return values[0] if same(values[0], values[-1]) else sp.nan


def axes(expr, bound=frozenset()):
    """Every index that stands on an entry in `expr` and is not bound by a sum, with the size of its axis."""
    if isinstance(expr, sp.Indexed):
        pairs = zip(expr.indices, expr.shape, strict=True)
        return {pair for pair in pairs if not bound & (pair[0].free_symbols | sp.sympify(pair[1]).free_symbols)}
    if isinstance(expr, sp.Sum | sp.Integral):
        bound = bound | set(expr.bound_symbols)
    return set().union(*(axes(part, bound) for part in expr.args))


def _random_point(expr, domain, where, dice):
    """Random values for the free symbols and the entries of `expr`, true to their assumptions, `domain` and `where`."""
    bases = sorted(expr.atoms(sp.IndexedBase), key=str)
    if loose := [base for base in bases if base.shape is None]:
        raise ValueError(f"{loose[0]} has no shape; use Pmf or IndexedBase(..., shape=...)")
    sizes = set().union(*(base.shape.free_symbols for base in bases))
    indices = {index: [size for i, size in axes(expr) if i == index] for index, _ in axes(expr) if index not in sizes}
    free = expr.free_symbols.union(*(x.free_symbols for d in expr.atoms(sp.Derivative) for x in d.variables))
    symbols = {s for s in free if isinstance(s, sp.Symbol)} - {base.label for base in bases} | sizes
    for _ in range(1000):
        point = {}
        for symbol in sorted(symbols, key=lambda s: (s in indices, s.name)):  # an index comes after its range
            if symbol in indices:
                point[symbol] = sp.Integer(dice.randint(1, min(int(size.xreplace(point)) for size in indices[symbol])))
            else:
                point[symbol] = _random_value(symbol, domain, dice)
        for base in bases:
            point |= _random_entries(base.xreplace(point), dice)
        if all(_is_met(sp.sympify(condition), point) for condition in where):
            return point
    raise ValueError(f"no random point fulfils {where}; give a narrower domain")


def _is_met(condition, point):
    try:
        return bool(condition.xreplace(point).doit().xreplace(point))
    except TypeError:  # complex numbers have no order
        return False


def _random_value(symbol, domain, dice):
    if symbol in domain:
        low, high = (sp.sympify(end) for end in domain[symbol])
        if not (low.is_Rational and high.is_Rational and low < high) or symbol.is_integer:
            raise ValueError(f"the domain of {symbol} is not an open interval with rational ends: {domain[symbol]}")
        return low + (high - low) * sp.Rational(dice.randint(1, 996), 997)
    if symbol.is_integer:
        return sp.Integer(dice.randint(2, 4) if symbol.is_nonnegative else dice.randint(-4, 4))
    if not symbol.is_extended_real:
        raise ValueError(f"nothing is known of the symbol {symbol}: declare it real or positive, or give its domain")
    size = sp.Rational(dice.randint(1, 2990), 997)
    return size if symbol.is_nonnegative else -size if symbol.is_nonpositive else dice.choice((-1, 1)) * size


def _random_entries(base, dice):
    places = list(product(*(range(1, int(size) + 1) for size in base.shape)))
    weights = [sp.Integer(dice.randint(1, 97)) for _ in places]
    if isinstance(base, Channel):
        width = int(base.shape[-1])
        rows = [sum(weights[start : start + width]) for start in range(0, len(weights), width) for _ in range(width)]
        return {base[place]: weight / row for place, weight, row in zip(places, weights, rows, strict=True)}
    if isinstance(base, Pmf):
        return {base[place]: weight / sum(weights) for place, weight in zip(places, weights, strict=True)}
    signs = [1 if base.label.is_positive else dice.choice((-1, 1)) for _ in places]
    return {base[place]: sign * weight / 31 for place, weight, sign in zip(places, weights, signs, strict=True)}


def find_counterexample(relation, *, domain=None, where=(), points=4, digits=30):
    """Try an equation or inequality at random points; return None, or (point, left, right) where it fails.

    `domain` maps symbols to open intervals with rational ends, as in ``{p: (0, 1)}``; other symbols follow their
    assumptions, and a Pmf is drawn from the simplex (with 2 to 4 outcomes where their number is a symbol).  `where` is
    a list of further conditions.  Both sides must be real and agree to `digits` digits of the larger one; values below
    1e-15 are compared as if they were 1e-15.  ValueError if a side cannot be computed that precisely.

    >>> x = sp.Symbol("x", positive=True)
    >>> find_counterexample(sp.Le(sp.log(x), x - 1)) is None
    True
    >>> find_counterexample(sp.Le(sp.log(x), x - 2)) is None
    False
    """
    if not isinstance(relation, sp.Rel):
        raise TypeError(f"an equation or inequality is needed, not {relation}; Eq, Le, ... take evaluate=False")
    dice = random.Random(1948)
    left, right = relation.lhs, relation.rhs
    everything = sp.Tuple(left, right, *where)
    for _ in range(points):
        point = _random_point(everything, domain or {}, where, dice)
        with mpmath.workdps(digits + 20):
            values = [_value(sp.sympify(side), point) for side in (left, right)]
            slack = sp.Float(10) ** -digits * max([sp.Float(10) ** -15, *(abs(v) for v in values if v.is_finite)])
        real = all(v not in (sp.nan, sp.zoo) and abs(sp.im(v)) <= slack for v in values)
        a, b = (sp.re(v) for v in values) if real else values
        if not real or not _holds(relation, a, b, slack):
            return point, *values
        if not point:
            break  # nothing is random here
    return None


def check(relation, *, domain=None, where=()):
    """Try an equation or inequality at random points, as `find_counterexample` does; raise `ProofError` if it fails."""
    sides = sp.Tuple(relation.lhs, relation.rhs)
    if not indices_fit(sides):
        raise ProofError(f"an index runs over more than its assumptions allow in\n  {relation.lhs}\n  {relation.rhs}")
    found = find_counterexample(relation, domain=domain, where=where)
    if found:
        point, left, right = found
        wrong = "not equal" if isinstance(relation, sp.Eq) else f"not left {relation.rel_op} right"
        raise ProofError(
            f"{wrong}:\n  left:  {relation.lhs}\n  right: {relation.rhs}\n  at {point}\n"
            f"  left is {sp.N(left, 12)!s} and right is {sp.N(right, 12)!s}"
        )


def _holds(relation, a, b, slack):
    """Whether the numbers obey the relation, where numbers within `slack` count as equal."""
    equal = abs(a - b) <= slack if a.is_finite and b.is_finite else a == b
    if isinstance(relation, sp.Eq | sp.Le | sp.Ge) and equal:
        return True
    return not equal and bool(relation.func(a, b))


# --- signs -----------------------------------------------------------------------------------------------------


def has_sign(expression, domain=None, *, strict=False, where=()):
    """Whether the form of an expression shows that it is positive (`strict`), or at least not negative.

    It does so if it is a sum, product or power of what has that sign; `domain` is meant as in `prove_equal`, and
    of `where` only ``k <= n`` is used, for whole numbers.  A sum must not be empty, or (if not strict) at least not
    run backwards, as SymPy gives it the opposite sign then.

    >>> x, y = sp.symbols("x y", real=True)
    >>> has_sign((x - y) ** 2), has_sign(x), has_sign(1 - x, {x: (0, 1)}, strict=True)
    (True, False, True)
    """
    form = _inside(expression, domain, where)
    if not indices_fit(form):
        return False
    if _has_sign(form, strict):
        return True
    simpler = _attempt(lambda: sp.factor(sp.simplify(form))) if domain else None
    return simpler is not None and _has_sign(simpler, strict)


def is_real(expression, domain=None):
    """Whether the form of an expression shows that it is real; `domain` is meant as in `prove_equal`."""
    return _is_real(_inside(expression, domain))


def _inside(expression, domain, where=()):
    """The expression with a positive number in place of each variable of the domain, and with k + l for n >= k."""
    inside = {variable: sp.Dummy(positive=True) for variable in domain or {}}  # as this goes from 0 to infinity, ...
    ends = {
        x: (low + high * inside[x]) / (1 + inside[x]) for x, (low, high) in (domain or {}).items()
    }  # x goes to high
    expression = sp.sympify(expression)
    for condition in where:  # a - b, for a != b, is some number that is not 0
        if isinstance(condition, sp.Ne) and is_real(apart := condition.lhs - condition.rhs, domain):
            nonzero = sp.Dummy(real=True, nonzero=True)
            expression = expression.xreplace({apart: nonzero, sp.expand(-apart): -nonzero})
    form = with_fresh_indices(expression).xreplace(ends)
    for condition in where:
        if isinstance(condition, sp.Le | sp.Ge):
            less, greater = condition.lts, condition.gts
            if greater.is_Symbol and greater.is_integer and less.is_integer and greater not in less.free_symbols:
                form = form.xreplace({greater: less + sp.Dummy(integer=True, nonnegative=True)})
    return form


def with_fresh_indices(expr):
    """The same expression, in which no bound variable of a sum, integral or limit has the name of another symbol."""

    def fresh(x):
        return sp.Dummy(x.name, **x.assumptions0)

    def rename(part):
        if isinstance(part, sp.Limit):
            inner, x, *others = part.args
            other = fresh(x)
            return sp.Limit(inner.xreplace({x: other}), other, *others)
        if any(len(limit) != 3 for limit in part.limits):
            return part
        names, limits = {}, []
        for x, *ends in reversed(part.limits):  # from the outer to the inner one
            ends = [end.xreplace(names) for end in ends]
            names = names | {x: fresh(x)}
            limits.insert(0, (names[x], *ends))
        return part.func(part.function.xreplace(names), *limits)

    return expr.replace(lambda part: isinstance(part, sp.Sum | sp.Integral | sp.Limit), rename)


def with_plain_indices(expr):
    """The same expression with a symbol for each bound dummy: its name, and underscores if that name is taken there."""

    def rename(part):
        for x in part.bound_symbols:
            if isinstance(x, sp.Dummy):
                plain = sp.Symbol(x.name, **x.assumptions0)
                while plain in part.atoms(sp.Symbol):
                    plain = sp.Symbol(plain.name + "_", **x.assumptions0)
                part = part.xreplace({x: plain})
        return part

    return expr.replace(lambda part: isinstance(part, sp.Sum | sp.Integral | sp.Limit), rename)


def _is_real(expr):
    """Whether expr is real, as a sum, product, power or logarithm of what is."""
    if expr.is_extended_real:
        return True
    if isinstance(expr, sp.Add | sp.Mul):
        return all(map(_is_real, expr.args))
    if isinstance(expr, sp.Pow | sp.exp):
        base, exponent = expr.as_base_exp()
        return _is_real(exponent) and (_has_sign(base, True) or (bool(exponent.is_integer) and _is_real(base)))
    if isinstance(expr, sp.log):
        return _has_sign(expr.args[0], True)
    if isinstance(expr, sp.Sum):
        return _is_real(expr.function)
    return False


def indices_fit(expr):
    """Whether every index of a sum in `expr` runs over what its assumptions allow: a positive one not from 0."""
    return all(
        lower.is_infinite or index.is_nonnegative is None or _has_sign(lower - int(bool(index.is_positive)), False)
        for part in expr.atoms(sp.Sum)
        for index, lower, _ in part.limits
    )


def _has_terms(limits, strict):
    """Whether a sum over these limits is not empty, or (if not strict) at least never counted backwards by SymPy."""
    return all(upper == sp.oo or _has_sign(upper - lower + (0 if strict else 1), False) for _, lower, upper in limits)


def _has_sign(expr, strict):
    """Whether expr > 0, or expr >= 0 if not strict, as a sum, product or power of what has that sign."""
    if (expr.is_positive if strict else expr.is_nonnegative) or isinstance(1 - expr, sp.frac):
        return True
    rest = 1 - expr
    if isinstance(rest, sp.KroneckerDelta):
        return not strict
    base, exponent = rest.as_base_exp()
    if base.is_number and base.is_real and base > 1 and exponent.free_symbols:  # 1 - 2^(-x)
        return _has_sign(-exponent, strict)
    if isinstance(expr, sp.Sum):
        return _has_terms(expr.limits, strict) and _has_sign(expr.function, strict)
    if isinstance(expr, sp.Add):
        return all(_has_sign(part, False) for part in expr.args) and (
            not strict or any(_has_sign(part, True) for part in expr.args)
        )
    if isinstance(expr, sp.Pow) and expr.exp.is_even and not strict:
        return _is_real(expr.base)
    if isinstance(expr, sp.Mul):
        return all(_has_sign(part, strict) for part in expr.args)
    if isinstance(expr, sp.Pow | sp.exp):
        base, exponent = expr.as_base_exp()
        return _is_real(exponent) and _has_sign(base, strict or not _has_sign(exponent, False))
    if isinstance(expr, sp.log):
        return _has_sign(sp.expand(expr.args[0] - 1), strict)
    return False


# --- expressions: the reduction --------------------------------------------------------------------------------


def _split_logs(expr, domain):
    """Logarithms of products as sums of logarithms, where every factor is known to be positive."""

    def split(argument):
        powers = [factor.as_base_exp() for factor in sp.Mul.make_args(argument)]
        positive = (has_sign(base, domain, strict=True) for base, _ in powers)
        sure = all(exponent.is_extended_real for _, exponent in powers) and all(positive)
        return sp.expand_log(sp.log(argument), force=sure)

    return expr.replace(sp.log, split)


def _with_factored_logs(expr):
    return expr.replace(sp.log, lambda argument: sp.log(sp.factor(argument)))


def _expand_sums(expr, domain, ranges):
    """A polynomial in sums that cannot be split further."""

    def expand(body, *limits):
        terms = sp.Add.make_args(sp.expand(_split_logs(body, domain)))
        limits = [tuple(limit) for limit in reversed(limits)]  # from the outer to the inner sum
        return sp.Add(*(min(_ways_to_pull_out(term, limits, ranges), key=ease) for term in terms))

    ease = lambda total: (_burden(total), sp.default_sort_key(total))  # noqa: E731
    split = sp.expand(_split_logs(expr, domain).replace(sp.Sum, expand))
    return sp.Add(*map(_with_deltas_used, sp.Add.make_args(split)))


def _with_deltas_used(term):
    """The same term, where a factor delta(k, l) lets l be called k everywhere."""
    for delta in sp.Mul.make_args(term):
        if isinstance(delta, sp.KroneckerDelta) and all(index.is_Symbol for index in delta.args):
            first, second = delta.args
            term = delta * (term / delta).subs(second, first)
    return term


def _ways_to_pull_out(term, limits, ranges):
    """The sum of a term over `limits`, in every order of the sums, those inside the term included."""
    inner = [factor for factor in sp.Mul.make_args(term) if isinstance(factor, sp.Sum)]
    if len(inner) == 1:
        term = term / inner[0] * inner[0].function
        limits = limits + [tuple(limit) for limit in reversed(inner[0].limits)]
    fresh = {index: sp.Dummy(integer=True, positive=True) for index, *_ in limits}
    term = term.subs(fresh, simultaneous=True)  # and leave bound indices of these names alone
    limits = [(fresh[index], *(end.xreplace(fresh) for end in ends)) for index, *ends in limits]
    ranges = ranges | {(index, upper) for index, lower, upper in limits if lower == 1}
    indices = {index for index, *_ in limits}
    ends = sp.Tuple(*(end for _, *ends in limits for end in ends))
    rigid = indices & ends.free_symbols or ends.has(sp.oo, -sp.oo) or len(indices) < len(limits)
    return [_pull_out(term, order, ranges) for order in ([limits] if rigid else permutations(limits))]


def _pull_out(body, limits, ranges):
    """The sum of a product over `limits`, with every factor in front of the sums that do not concern it."""
    for index, lower, upper in reversed(limits):
        factors = sp.Mul.make_args(body)
        inside = sp.Mul(*(f for f in factors if index in f.free_symbols))
        outside = sp.Mul(*(f for f in factors if index not in f.free_symbols))
        body = outside * _single_sum(inside, index, lower, upper, ranges)
    return body


def _single_sum(body, index, lower, upper, ranges):
    """A sum over one index: 1 for a whole Pmf, the number of terms for 1, one term for a Kronecker delta."""
    if body == 1:
        return upper - lower + 1
    for delta in sorted(body.atoms(sp.KroneckerDelta), key=sp.default_sort_key):
        place = [side for side in delta.args if side != index]
        if delta in sp.Mul.make_args(body) and len(place) == 1 and lower == 1 and (place[0], upper) in ranges:
            return (body / delta).xreplace({index: place[0]})  # a place on an axis of this size
    core, limits = body, [(index, lower, upper)]
    while isinstance(core, sp.Sum):
        core, limits = core.function, limits + [tuple(limit) for limit in core.limits]
    if isinstance(core, sp.Indexed) and isinstance(core.base, Pmf):
        summed = -1 if isinstance(core.base, Channel) else 0  # the sum over these indices is 1
        axes = zip(core.indices[summed:], core.base.shape[summed:], strict=True)
        whole = [(i, sp.S.One, size) for i, size in axes]
        given = sp.Tuple(*core.indices[: len(core.indices) - len(whole)])  # the row of a channel
        if sorted(limits, key=str) == sorted(whole, key=str) and not given.free_symbols & {i for i, *_ in limits}:
            return sp.S.One
    depth = 1 + max((int(s.name[1:]) for s in body.atoms(sp.Symbol) if s.name.startswith("%")), default=0)
    name = sp.Symbol(f"%{depth}", integer=True, positive=True)  # the same sum under the same name
    return sp.Sum(body.xreplace({index: name}), (name, lower, upper))


def _burden(expr, sums=0):
    """How many sums the entries stand in, all told: the less, the more has been pulled out."""
    if isinstance(expr, sp.Indexed):
        return sums
    if isinstance(expr, sp.Sum):
        return _burden(expr.function, sums + len(expr.limits))
    return sum(_burden(part, sums) for part in expr.args)


def _to_be_done(expr):
    """Whether SymPy shall evaluate this: a limit, derivative, integral or infinite sum, not a sum over outcomes."""
    return isinstance(expr, _UNEVALUATED) and not (isinstance(expr, sp.Sum) and expr.limits[-1][-1] != sp.oo)


_REDUCTIONS = (
    _expand_sums,
    lambda difference, domain, ranges: sp.simplify(_expand_sums(difference, domain, ranges)),
    lambda difference, domain, ranges: sp.simplify(_split_logs(difference, domain)),
    lambda difference, domain, ranges: sp.simplify(difference.rewrite(sp.exp)),
    lambda difference, domain, ranges: sp.simplify(difference.rewrite(sp.frac)),
    lambda difference, domain, ranges: sp.simplify(_split_logs(difference.rewrite(sp.log), domain)),
    lambda difference, domain, ranges: _expand_sums(_with_factored_logs(difference), domain, ranges),
)


def _reduces_to_zero(lhs, rhs, domain):
    known = sp.And(*(sp.Q.gt(x, low) & sp.Q.lt(x, high) for x, (low, high) in domain.items()))
    ranges = axes(sp.Tuple(lhs, rhs))
    done = _attempt(lambda: (lhs - rhs).replace(_to_be_done, lambda part: sp.refine(part.doit(), known)))
    if lhs == rhs or done is None:
        return lhs == rhs
    if rhs.is_infinite:
        return sp.refine(lhs.doit(), known) == rhs
    return any(_attempt(reduction, done, domain, ranges) == 0 for reduction in _REDUCTIONS)


def _attempt(calculation, *arguments):
    """What it yields, or None."""
    try:
        return calculation(*arguments)
    except (NotImplementedError, ValueError, RuntimeError):  # SymPy's ways to say that it cannot
        return None


def prove_equal(lhs, rhs, *, domain=None, where=()):
    """Prove that two expressions are equal, and return the equation; raise `ProofError` otherwise.

    Both must succeed: the numeric gate (`find_counterexample`, whose `domain` and `where` are meant here), and one of a
    few fixed ways in which SymPy reduces the difference of the sides to zero.  The reduction knows the assumptions and
    the domain, but not `where`; an index on an entry stands for any place on that axis, and sums are not empty.

    >>> p = Pmf("p", sp.Symbol("n", integer=True, positive=True))
    >>> q = Pmf("q", sp.Symbol("n", integer=True, positive=True))
    >>> prove_equal(cross_entropy(p, q), entropy(p) + kl_divergence(p, q)).lhs
    -Sum(log(q[i])*p[i], (i, 1, n))
    """
    lhs, rhs = sp.sympify(lhs), sp.sympify(rhs)
    equation = sp.Eq(lhs, rhs, evaluate=False)
    check(equation, domain=domain, where=where)
    if not _reduces_to_zero(lhs, rhs, domain or {}):
        raise ProofError(
            f"not proved:\n  left:  {lhs}\n  right: {rhs}\n"
            f"  Both sides agree at random points, but SymPy does not reduce their difference to zero."
        )
    return equation
