r"""What a theorem says, held against what its steps prove.

A statement consists of settings, which are plain text, and of clauses, each with the numbers of the chains that
establish it.  A formula in it that holds a relation (``=``, ``\le``, ``<``, ``\ne``, ``\to`` ...) must be

* what a chain of its clause shows of two or more of its expressions, written by `export.tex`;
* a condition of such a chain; beside the words "equality" or "only", what the condition excludes;
* an assumption about the symbols, or a definition from `names` or from the name of a left side; or
* one of the derivation's `stated` formulas, which no step is about.

So a changed sign in a statement is noticed.  A formula without a relation, but with an operation in it, must be a part
of an expression of some chain.  No clause may rest on an example.
"""

import re

import sympy as sp

from entropybook.export import SIGNS, tex
from entropybook.symbolic import Pmf

_TURNED = {"=": "=", r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<", r"\ne": r"\ne"}
_SIGN = re.compile(r"\\(?:le|ge|ne|to)(?![a-z])|[=<>]|(?P<open>[({\[])|(?P<close>[)}\]])")
_SPACES_AND_SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lr]?|(?:text|display)style)(?![a-z])|\\[,;! ]|[\s~]")
_OPERATION = re.compile(r"[-+^/]|\\(frac|tfrac|sum|int|log|cdot|times|max|min|sqrt|partial|operatorname)(?![a-z])")
_NUMBER = re.compile(r"[-\d{}]|\\t?frac|\\infty")
_ONLY = re.compile(r"\bonly\b|\balone\b|nowhere else|no other")


def plain(formula):
    r"""A formula without what only sets spaces and sizes, and with braces only where they are needed.

    >>> plain(r"\tfrac12 \log \left(1 - p_{i}\right)") == plain(r"\frac{1}{2} \log(1 - p_i)")
    True
    """
    formula = re.sub(r"\\[td]frac", r"\\frac", _SPACES_AND_SIZES.sub("", formula))
    formula = re.sub(r"\\frac(\w)", r"\\frac{\1}", formula)
    formula = re.sub(r"(\\frac\{(?:[^{}]|\{[^{}]*\})*\})(\w)", r"\1{\2}", formula)
    return re.sub(r"([_^])\{(\w|\\[a-zA-Z]+)\}", r"\1\2", formula)


def split(formula):
    """The parts of a formula between its relations, and the relations; those in brackets are left alone."""
    formula = re.sub(r"\\(le|ge|ne)q(?![a-z])", r"\\\1", re.sub(r"\\(left|right)(?![a-z])", "", formula))
    parts, signs, depth, start = [], [], 0, 0
    for found in _SIGN.finditer(formula):
        depth += bool(found["open"]) - bool(found["close"])
        if depth == 0 and not found["close"]:
            parts.append(plain(formula[start : found.start()]))
            signs.append(found.group())
            start = found.end()
    return [*parts, plain(formula[start:])], signs


def _forms(expression, names, *more):
    r"""How an expression may be written: with names or without, and \sum_{i=1}^n as \sum_i."""
    written = {plain(text) for text in (*more, tex(expression, names), tex(expression)) if text}
    return written | {re.sub(r"\\sum_\{(\w)=1\}\^(\w|\{\w+\})", r"\\sum_\1", text) for text in written}


def _is_shown(parts, signs, derivation, chain):
    """Whether the parts are expressions of the chain, in its order or the reverse, and so related."""
    steps = derivation.chains[chain]
    places = [_forms(steps[0].left, derivation.names, steps[0].name)]
    places += [_forms(step.expression, derivation.names) for step in steps]
    if isinstance(steps[0].left, sp.Limit):
        inner, x, target, _ = steps[0].left.args
        goes = [_forms(inner, derivation.names), places[-1]], [_forms(x, derivation.names), _forms(target, {})]
        if signs == [r"\to"] and any(parts[0] in start and parts[1] in end for start, end in goes):
            return True
    relations = [SIGNS[step.relation] for step in steps]

    def follows(parts, signs, place):
        """Whether the parts are found from this place on."""
        if parts[0] not in places[place]:
            return False
        return not signs or any(
            signs[0] == _joined(relations[place:later]) and follows(parts[1:], signs[1:], later)
            for later in range(place, len(places))
        )

    turned = [_TURNED.get(sign) for sign in reversed(signs)]
    return any(follows(parts, signs, place) or follows(parts[::-1], turned, place) for place in range(len(places)))


def _joined(relations):
    """What follows from relations in a row: of < and <=, <."""
    return min({*relations} - {"="} or {"="}, key=len)


def _is_condition(parts, signs, derivation, chains, excluded):
    """Whether this is a condition of a chain or, if so wanted, what a condition excludes."""
    for condition in (c for chain in chains for step in derivation.chains[chain] for c in step.where):
        named = [text for text, meant in derivation.conditions.items() if meant == condition]
        meant = [sp.Not(condition)] if excluded else [condition]
        texts = [tex(relation, derivation.names) for relation in meant] + (named if excluded else [])
        if any(split(text) == (parts, signs) for text in texts):
            return True
    return False


def _holds_here(chain, clause, said, derivation):
    """Whether what the chain shows holds where the clause says it: its conditions are said, or what they exclude."""
    conditions = {condition for step in derivation.chains[chain] for condition in step.where}
    if all(split(tex(condition, derivation.names)) in said for condition in conditions):
        return True
    excluded = {meant for text, meant in derivation.conditions.items() if split(text) in said}
    others = [derivation.chains[other] for other in clause.chains if other != chain]
    return conditions <= excluded and all(s.relation == "=" or s.where for other in others for s in other)


def _is_defined(parts, signs, derivation):
    """Whether this is a definition: a name, and what it stands for."""
    pairs = [(name, part) for part, name in derivation.names.items()]
    pairs += [(chain[0].name, chain[0].left) for chain in derivation.chains if chain[0].name]
    return signs == ["="] and any(
        parts[0] == plain(name) and parts[1] in _forms(part, {k: v for k, v in derivation.names.items() if k != part})
        for name, part in pairs
    )


def _is_assumed(parts, signs, derivation):
    r"""Whether each relation says what is assumed of a symbol or an entry; with `zeros` in the text, \ge is as good."""
    everything = sp.Tuple(*derivation.claims())
    letters = {plain(tex(x, derivation.names)): x for x in everything.atoms(sp.Symbol)}
    bases = {plain(tex(base.label)): base for base in everything.atoms(sp.IndexedBase)}
    totals = {rf"\sum_i{letter}_i": base for letter, base in bases.items() if isinstance(base, Pmf)}

    def holds(name, sign, number):
        base = bases.get(re.sub(r"_(\w|\{[^{}]*\})$", "", name))
        x = base.label if base and name not in letters else letters.get(name)
        if x is None:
            return sign == "=" and number == "1" and name in totals
        low, high = derivation.domain.get(x, (0 if x.is_positive else -sp.oo, sp.oo))
        strict = sign in "<>" or (not derivation.zeros and not x.is_integer)
        ends = {
            ">": [low] if strict else [],
            r"\ge": [1 if x.is_integer and x.is_positive else low] if not strict else [],
            "<": [high] if strict else [],
            r"\le": [high] if not strict else [],
            r"\ne": [0] if x.is_nonzero and not x.is_positive else [],
        }
        return number in {plain(tex(sp.sympify(end))) for end in ends.get(sign, [])}

    return all(
        all(holds(name, sign, right) for name in left.split(","))
        or all(holds(name, _TURNED.get(sign), left) for name in right.split(","))
        for left, sign, right in zip(parts, signs, parts[1:], strict=False)
    )


def _is_part(formula, derivation):
    """Whether a formula is part of an expression of a chain, or a name."""
    names = [*derivation.names.values(), *(chain[0].name for chain in derivation.chains if chain[0].name)]
    whole = [side for claim in derivation.claims() for side in (claim.lhs, claim.rhs)]
    parts = {part for side in whole for part in sp.preorder_traversal(side) if isinstance(part, sp.Expr)}
    forms = (_forms(part, derivation.names) for part in [*whole, *parts])
    return plain(formula) in map(plain, names) or any(plain(formula) in form for form in forms)


def complaints(derivation):
    """What is wrong with the statement: formulas that nothing warrants, words that no chain bears out."""
    found = [] if any(clause.asserts for clause in derivation.clauses) else ["nothing is asserted"]
    if len(set(derivation.conditions.values())) < len(derivation.conditions):
        found.append("one condition has several texts")
    for clause in derivation.clauses:
        borne_out = False
        excluded = bool(_ONLY.search(clause.text) or "equality" in clause.text)
        formulas = re.findall(r"\$([^$]*)\$", clause.text)
        said = [split(formula) for formula in formulas]
        chains = [chain for chain in clause.chains if _holds_here(chain, clause, said, derivation)]
        for formula in formulas:
            parts, signs = split(formula)
            if formula in derivation.stated:
                continue
            if not signs:
                computed = clause.asserts and _OPERATION.search(formula) and _NUMBER.sub("", formula)
                if computed and not _is_part(formula, derivation):
                    found.append(f"${formula}$ is no part of a claim")
                continue
            shown = any(_is_shown(parts, signs, derivation, chain) for chain in chains)
            shown = shown or _is_condition(parts, signs, derivation, clause.chains, excluded)
            borne_out |= shown
            if not (shown or _is_defined(parts, signs, derivation) or _is_assumed(parts, signs, derivation)):
                found.append(f"no claim says ${formula}$")
        steps = [derivation.chains[chain] for chain in clause.chains]
        if any(step.example for chain in steps for step in chain):
            found.append(f"an example stands behind: {clause.text}")
        if not clause.asserts or clause.in_text:
            continue
        strict = [any(s.relation in "<>" for s in chain) and any(s.where for s in chain) for chain in steps]
        equal = [all(s.relation == "=" for s in chain) for chain in steps]
        if not borne_out:
            found.append(f"no formula ties the claims to the words: {clause.text}")
        if _ONLY.search(clause.text) and not any(strict):
            found.append(f"no strict claim with a condition stands behind: {clause.text}")
        if "if and only if" in clause.text and not any(equal):
            found.append(f"no equation stands behind: {clause.text}")
    return found
