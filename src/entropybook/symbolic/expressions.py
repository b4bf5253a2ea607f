"""What the parts of the prover share: kinds of functions, and variables that are bound or free."""

import sympy as sp

UNEVALUATED = (sp.Sum, sp.Integral, sp.Derivative, sp.Limit)


SMOOTH = (sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf, sp.erfc)  # on the whole line


SMOOTH_ABOVE_0 = (sp.log, sp.gamma, sp.loggamma, sp.polygamma, sp.factorial)


KINKED = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.frac, sp.KroneckerDelta)  # with jumps or kinks


SIDES = {"+": [1], "-": [-1], "+-": [1, -1]}  # from which a limit is approached


def axes(expr, bound=frozenset()):
    """Every index that stands on an entry in `expr` and is not bound by a sum, with the size of its axis."""
    if isinstance(expr, sp.Indexed):
        pairs = zip(expr.indices, expr.shape, strict=True)
        return {pair for pair in pairs if not bound & (pair[0].free_symbols | sp.sympify(pair[1]).free_symbols)}
    if isinstance(expr, sp.Sum | sp.Integral):
        bound = bound | set(expr.bound_symbols)
    return set().union(*(axes(part, bound) for part in expr.args))


def symbols_in(expr):
    """The symbols of an expression; the label of a base is none, even if a symbol has the same name."""
    if isinstance(expr, sp.IndexedBase):
        return expr.shape.free_symbols
    return {expr} if isinstance(expr, sp.Symbol) else set().union(*map(symbols_in, expr.args))


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
        for x in bound_variables(part):
            if isinstance(x, sp.Dummy):
                plain = sp.Symbol(x.name, **x.assumptions0)
                while plain in part.atoms(sp.Symbol):
                    plain = sp.Symbol(plain.name + "_", **x.assumptions0)
                part = part.xreplace({x: plain})
        return part

    return expr.replace(lambda part: isinstance(part, sp.Sum | sp.Integral | sp.Limit), rename)


def bound_variables(part):
    """The variables that a sum, integral or limit binds."""
    return {part.args[1]} if isinstance(part, sp.Limit) else {x for x, *_ in getattr(part, "limits", ())}


def attempt(calculation, *arguments):
    """What it yields, or None."""
    try:
        return calculation(*arguments)
    except (NotImplementedError, ValueError, RuntimeError):  # SymPy's ways to say that it cannot
        return None
