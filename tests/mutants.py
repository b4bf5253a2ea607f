"""Small wrong changes to the steps of a derivation, and a count of those that `verify` rejects; then to the prover.

python tests/mutants.py [SEED] [ID ...]   without ids: also new attacks, and the prover with one guard taken away
"""

import ast
import multiprocessing
import random
import resource
import signal
import sys
import time
from importlib import import_module, reload
from itertools import islice
from pathlib import Path

import attacks
import sympy as sp

from entropybook import derivation as derivation_module
from entropybook import derivations, symbolic
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


# --- the prover itself ------------------------------------------------------------------------------------------

SYMBOLIC = ("evaluation", "sampling", "signs", "existence", "reduction", "proof")

GUARDED = (*(import_module(f"entropybook.symbolic.{name}") for name in SYMBOLIC), derivation_module)  # as they import
CALLS = {"check", "prove_equal", "require_sound", "_precise", "_apply", "_admit"}  # and all that begin with _require
ANSWERS = {"indices_fit", "_has_terms", "_dies_out", "shows_sign", "form_is_real", "_is_real_end"}  # True if sound
WEAKENED = {"_has_sign", "form_is_real", "_settles", "_dies_out", "_has_terms", "indices_fit"}  # each part of an `and`


def guards(module):
    """Every guard of the prover in a module, as (its lines, what is taken away, the source without it)."""
    source = Path(module.__file__).read_text()
    end = source[: source.index("# --- derivations ---")].count("\n") if module is derivation_module else 10**6

    def without(take_away):
        """The source after `take_away(node)` changed the n-th node, for each n for which it does."""
        for number, place in enumerate(ast.walk(ast.parse(source))):
            if isinstance(place, ast.If | ast.IfExp | ast.Expr | ast.FunctionDef) and place.lineno <= end:
                tree = ast.parse(source)
                node = next(islice(ast.walk(tree), number, None))
                for what in take_away(node):
                    yield range(place.lineno, place.end_lineno + 1), what, ast.unparse(ast.fix_missing_locations(tree))

    yield from without(_forgotten)
    yield from without(_believed)


def _forgotten(node):
    """Take away a refusal: the condition of a `raise`, or a call that may raise; all of it, or one of its parts."""
    if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise) and "TypeError" not in ast.unparse(node):
        yield from _each_part(node, "test", ast.Or, False)
        node.test = ast.Constant(False)
        yield "never raised"
    if isinstance(node, ast.IfExp) and any(f"{call}(" in ast.unparse(node.body) for call in ("_apply", "_precise")):
        what, node.test = ast.unparse(node), ast.Constant(False)
        yield f"never {what}"
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = getattr(node.value.func, "id", getattr(node.value.func, "attr", ""))
        if called in CALLS or called.startswith("_require"):
            name = ast.unparse(node.value)
            if called == "_require":
                yield from _each_part(node.value.args, 0, ast.And, True)
            node.value = ast.Constant(None)
            yield f"no {name}"


def _believed(node):
    """Answer True at once in a function that looks at the form, or leave out a part of what it asks for."""
    if isinstance(node, ast.FunctionDef) and node.name in ANSWERS:
        body = node.body
        node.body = [ast.Return(ast.Constant(True))]
        yield f"{node.name} is True"
        node.body = body
    if isinstance(node, ast.FunctionDef) and node.name in WEAKENED:
        for part in ast.walk(node):
            if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And):
                for number, value in enumerate(part.values):
                    part.values[number] = ast.Constant(True)
                    yield f"in {node.name} no {ast.unparse(value)}"
                    part.values[number] = value


def _each_part(holder, place, kind, neutral):
    """Replace one part of an `and` or `or` after the other by what makes no difference."""
    get, put = (
        (holder.__getitem__, holder.__setitem__)
        if isinstance(holder, list)
        else (lambda name: getattr(holder, name), lambda name, value: setattr(holder, name, value))
    )
    test = get(place)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, kind):
        for number, value in enumerate(test.values):
            test.values[number] = ast.Constant(neutral)
            yield f"no {ast.unparse(value)}"
            test.values[number] = value
    put(place, test)


def noticed(guard):
    """The first attack that is not refused as it must be without this guard, or None."""
    module, source, order = guard
    module = sys.modules[module]
    signal.signal(signal.SIGVTALRM, signal.default_int_handler)  # a prover without a guard may never end, or swell
    signal.setitimer(signal.ITIMER_VIRTUAL, 40, 5)
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    exec(compile(source, module.__file__, "exec"), module.__dict__)
    order_of_import = [*GUARDED[:-1], symbolic, GUARDED[-1]]
    for above in order_of_import[order_of_import.index(module) + 1 :]:  # they imported what was before
        reload(above)
    try:
        reload(attacks)
        tried = dict(attacks.everything())
        return next((name for name in order if attacks.succeeds(tried[name])), None)
    except (Exception, KeyboardInterrupt) as problem:  # no refusal: an attack cannot even be tried
        return f"{type(problem).__name__}: {problem}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def missed_guards(chosen):
    """What was taken away, and the attack that misses it or None; each is tried in a process of its own."""
    places = {name: attacks.places(attack) for name, attack in attacks.everything()}
    jobs = []
    for module, (lines, _, source) in chosen:
        refused_here = {(module.__file__, line) for line in lines}
        jobs.append((module.__name__, source, sorted(places, key=lambda name: not places[name] & refused_here)))
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for (module, (lines, what, _)), name in zip(chosen, pool.imap(noticed, jobs), strict=True):
            yield f"{Path(module.__file__).name}:{lines[0]} {what}", name


def all_guards():
    return [(module, guard) for module in GUARDED for guard in guards(module)]


def prover(seed):
    """Print the scores of new attacks and of the guards; whether one got through."""
    tried = list(attacks.generated(seed))
    through = [name for name, attack in tried if attacks.succeeds(attack)]
    print(f"attacks refused: {len(tried) - len(through)} of {len(tried)}", *through, sep="\n  ", flush=True)
    results = dict(missed_guards(all_guards()))
    missed = [guard for guard, name in results.items() if name is None]
    print(f"guards missed: {len(results) - len(missed)} of {len(results)}", *missed, sep="\n  not missed: ", flush=True)
    return bool(through or missed)


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
    print(f"steps' mutants killed: {killed} of {tried}", flush=True)
    return (prover(seed) if len(arguments) < 2 else False) or killed < tried


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
