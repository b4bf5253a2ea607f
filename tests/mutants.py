"""Small wrong changes to the steps of a derivation, and a count of those that `verify` rejects.

python tests/mutants.py [SEED] [ID ...]
"""

import random
import sys
import time

import sympy as sp

from entropybook import derivations
from entropybook.derivation import DerivationError
from entropybook.symbolic import find_counterexample

WANTED = 10  # mutants a derivation
CONSTANTS = [sp.Rational(a, b) for a in (-2, -1, 1, 2, 3) for b in (1, 2)]


def subexpressions(expression):
    """Every part of an expression that is a number-valued expression of its own, with the path to it."""
    places = [((), expression)]
    for number, part in enumerate(expression.args):
        if isinstance(part, sp.Expr) and not isinstance(expression, sp.Indexed) and not _is_bound(expression, number):
            places += [((number, *path), found) for path, found in subexpressions(part)]
    return places


def _is_bound(expression, number):
    """Whether an argument is not a value: the variable of a derivative, the direction and target of a limit."""
    return isinstance(expression, sp.Limit | sp.Derivative) and number > 0


def put(expression, path, new):
    if not path:
        return new
    arguments = list(expression.args)
    arguments[path[0]] = put(arguments[path[0]], path[1:], new)
    return expression.func(*arguments)


def change(part, others, dice):
    """A small wrong change of one part: sign, factor, dropped term, swapped argument, one symbol for another."""
    values = [o for o in others if isinstance(o, sp.Indexed) or not o.is_integer]
    choices = [-part, part * dice.choice(CONSTANTS), part + dice.choice(CONSTANTS)]
    choices += [part + dice.choice(values)] if values else []
    if isinstance(part, sp.Add | sp.Mul):
        terms = list(part.args)
        dropped = dice.randrange(len(terms))
        choices += [part.func(*(terms[:dropped] + terms[dropped + 1 :]))] * 2
        choices += [part.func(*(-t if k == dropped else t for k, t in enumerate(terms)))]
    if isinstance(part, sp.Pow):
        choices += [part.base ** (part.exp + 1), part.base ** (-part.exp)]
    if isinstance(part, sp.log):
        choices += [sp.log(1 / part.args[0]), part.args[0]]
    if isinstance(part, sp.Sum):
        choices += [part.func(part.function**2, *part.limits)]
    if isinstance(part, sp.Indexed | sp.Symbol):
        alike = [o for o in others if o != part and type(o) is type(part) and o.is_integer == part.is_integer]
        if isinstance(part, sp.Indexed):
            alike = [part.func(o.base, *part.indices) for o in alike if len(o.indices) == len(part.indices)]
        choices += alike * 2
    if part.is_Rational:
        choices += [part + 1, part * 2 if part else sp.Integer(1)]
    return dice.choice(choices)


def mutants(derivation, seed, wanted=WANTED):
    """(number of the step, its wrong expression), each with a value that differs from the right one somewhere."""
    dice = random.Random(f"{seed} {derivation.id}")
    everything = sp.Tuple(*derivation.claims())
    others = sorted(everything.atoms(sp.Indexed, sp.Symbol), key=str)
    found, seen, domain = [], set(), derivation.domain
    for _ in range(60 * wanted):
        number = dice.randrange(len(derivation.steps))
        right = derivation.steps[number].expression
        path, part = dice.choice(subexpressions(right))
        try:
            wrong = put(right, path, change(part, others, dice))
        except (TypeError, ValueError):  # SymPy will not build it
            continue
        if (number, wrong) in seen or wrong.has(sp.nan, sp.zoo):
            continue
        seen.add((number, wrong))
        if not _equal(right, wrong, domain, derivation.steps[number].where):
            found.append((number, wrong))
        if len(found) == wanted:
            break
    return found


def _equal(right, wrong, domain, where):
    """Whether both are the same wherever they are tried: then the change leaves the mathematics as it was."""
    if right == wrong:
        return True
    try:
        return find_counterexample(sp.Eq(right, wrong, evaluate=False), domain=domain, where=where) is None
    except ValueError:  # a value that cannot be computed: it is not the same
        return False


def survivors(derivation, seed, wanted=WANTED):
    """How many mutants were tried, and those that `verify` does not reject."""
    alive, tried = [], mutants(derivation, seed, wanted)
    for number, wrong in tried:
        try:
            derivation.with_step(number, wrong).verify()
            alive.append((number, wrong))
        except DerivationError:
            pass
    return len(tried), alive


def main(arguments):
    seed = arguments[0] if arguments else str(time.time_ns())
    ids = arguments[1:] or list(derivations)
    print(f"seed {seed}")
    killed = tried = 0
    for id in ids:
        number, alive = survivors(derivations[id], seed)
        tried, killed = tried + number, killed + number - len(alive)
        print(f"{id}: {number - len(alive)} of {number}", flush=True)
        for step, wrong in alive:
            print(f"  step {step + 1} survives as {wrong}")
    print(f"killed {killed} of {tried}")
    return killed < tried


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
