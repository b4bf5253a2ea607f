"""The records: their proofs, their words, and what is stated twice."""

import itertools
import math
import random
import re
from dataclasses import replace
from math import inf

import mpmath as mp
import pytest
import sympy as sp
from own_densities import DISCRETE, MULTIVARIATE, UNIVARIATE, close, draw, draw_second

from entropybook import families
from entropybook.distributions.expectations import Expectation, Proof
from entropybook.distributions.intervals import values_of
from entropybook.distributions.records import Condition, Numerics
from entropybook.families import Pair
from entropybook.symbolic import ProofError, find_counterexample

# --- records ---------------------------------------------------------------------------------------------------------

PROVED, CHECKED = ("proved", "proved"), ("checked", "checked")
STATUS = dict.fromkeys(families, PROVED) | {
    "logistic": ("proved", "checked"),
    "cauchy": ("proved", "checked"),
    "arcsine": ("proved", "checked"),
    "inverse_gaussian": ("checked", "proved"),
    "student_t": ("proved", None),
    "triangular": ("proved", None),
    "von_mises": CHECKED,
    "multinomial": CHECKED,
    "dirichlet": CHECKED,
    "multivariate_normal": CHECKED,
}


@pytest.mark.parametrize("name", families)
def test_status(name):
    status = families[name].prove()
    assert (status["entropy"], status["kl"]) == STATUS[name]


@pytest.mark.parametrize("pair", families.pairs, ids="-".join)
def test_status_of_a_pair(pair):
    assert families.pairs[pair].prove() == {"kl": "proved"}


def test_names():
    assert list(families) == [family.name for family in families.values()]
    assert set(families) == {*UNIVARIATE, *MULTIVARIATE} == set(STATUS)
    assert len(families) == 40
    assert len(UNIVARIATE) >= 35


SIGNATURES = """bernoulli(p) categorical(p) discrete_uniform(a, b) binomial(n, p) multinomial(n, p) geometric(p)
negative_binomial(r, p) poisson(rate) uniform(a, b) normal(mu, sigma) multivariate_normal(mean, cov)
lognormal(mu, sigma) exponential(rate) gamma(shape, rate)
chi_squared(df) chi(df) inverse_gamma(shape, scale) beta(a, b) dirichlet(alpha)
laplace(mu, b) logistic(mu, s) gumbel(mu, beta) cauchy(x0, gamma) rayleigh(sigma) maxwell(sigma) half_normal(sigma)
weibull(shape, scale) frechet(shape, scale) pareto(scale, shape) student_t(df) von_mises(mu, kappa)
triangular(a, mode, b) arcsine(a, b) kumaraswamy(a, b) levy(mu, c) inverse_gaussian(mu, lam) erlang(shape, rate)
nakagami(m, omega) inverse_chi_squared(df) beta_prime(a, b)"""


def test_signatures_are_fixed():
    ours = {f"{name}({', '.join(p.name for p in family.parameters)})" for name, family in families.items()}
    assert ours == set(re.findall(r"\w+\(.*?\)", SIGNATURES))


@pytest.mark.parametrize("name", families)
def test_a_record_is_complete(name):
    family = families[name]
    for text in (family.title, family.source, family.derivation, family.condition_in_words):
        assert text
    assert family.kind == ("discrete" if name in (*DISCRETE, "categorical", "multinomial") else "continuous")
    assert (family.kl_formula is None) == (name in ("student_t", "triangular")) == (family.kl is None)
    assert not (family.kl is None and not family.why_no_kl)
    assert isinstance(family.entropy_formula, sp.Basic)
    first, second = (set(vars(family.symbols(i)).values()) for i in ("_1", "_2"))
    assert not first & second
    same = {getattr(family.symbols("_2"), x): getattr(family.symbols("_1"), x) for x in family.shared_parameters}
    always = family.condition.subs(same) == sp.true  # the words are for equal `shared_parameters`
    assert always == (family.condition_in_words == "always finite" or name in ("categorical", "multinomial"))
    assert sp.latex(family.log_density)
    assert all(p.domain for p in family.parameters)


HOLDS = {  # the words for a domain, as a test
    "a finite number": lambda v: abs(v) < inf,
    "a finite number above 0": lambda v: 0 < v < inf,
    "between 0 and 1": lambda v: 0 <= v <= 1,
    "above 0 and at most 1": lambda v: 0 < v <= 1,
    "an integer": lambda v: abs(v) < inf and v == int(v),
    "an integer, at least 1": lambda v: abs(v) < inf and v == int(v) and v >= 1,
}


@pytest.mark.parametrize("name", UNIVARIATE)
def test_the_words_for_domains_are_true(name):
    for parameter in families[name].parameters:
        for value in (-inf, -2.5, -1, -5e-324, 0, 5e-324, 0.5, 1, 1 + 2**-52, 2, 2.5, 1e308, inf, math.nan):
            if HOLDS[parameter.domain](value):
                assert parameter.value(value) == value
            else:
                with pytest.raises(
                    ValueError, match=re.escape(f"{parameter.name} = {value!r}: must be {parameter.domain}")
                ):
                    parameter.value(value)


VECTORS_THAT_HOLD = {  # the words for a domain of vectors: some in it, and some not
    "at least 0 each and sum to 1 within 1e-06": (
        [(1,), (0.5, 0.5), (0, 1), (0.5, 0.5 + 9e-7), (0.5, 0.5 - 9e-7)],
        [(0.5, 0.5 + 2e-6), (0.5, 0.5 - 2e-6), (1.5, -0.5), (-5e-324, 1), (0.5,), (inf, 0), (math.nan, 1)],
    ),
    "finite numbers above 0, at least two": (
        [(1, 2), (5e-324, 1e308), (0.5, 0.5, 7)],
        [(1,), (0, 1), (1, -1), (1, inf), (1, math.nan), ((1, 2), (3, 4))],
    ),
    "finite numbers": ([(0,), (-1, 1e308)], [(inf,), (0, -inf), (0, math.nan), ((1,),)]),
    "a symmetric positive definite matrix": (
        [((1,),), ((1, 0), (0, 1)), ((2, -1), (-1, 2)), ((1, 0.999), (0.999, 1))],
        [(1, 1), ((0,),), ((-1,),), ((1, 1), (1, 1)), ((1, 2), (2, 1)), ((1, 0.5), (0.4, 1)), ((1, 0),), ((inf,),)],
    ),
}


@pytest.mark.parametrize("name", MULTIVARIATE)
def test_the_words_for_domains_of_vectors_are_true(name):
    for parameter in families[name].parameters[-2 if name == "multivariate_normal" else -1 :]:
        good, bad = VECTORS_THAT_HOLD[parameter.domain]
        for value in good:
            assert parameter.value(list(value)) == value
        for value in bad:
            with pytest.raises(ValueError, match=re.escape(f": must be {parameter.domain}")):
                parameter.value(list(value))


def as_python(words):
    """The words for a condition or a relation as an expression of Python."""
    words = words.replace("always finite", "True").replace("is neither 0 nor 1", "not in (0, 1)")
    return words.replace(", or", " or").replace(" = ", " == ")


POINTS_OF = {
    "r": (-1, 0, 1, 2),
    "+": (0.5, 1, 2, 3),
    "p": (0, 0.25, 1),
    "n": (1, 2),
    "z": (-1, 0, 1),
    "<": (0, 1, 2),
    ">": (0, 2),
}


def some_laws(family):
    """Distributions of the family at a few points within the domains, and the points at which none is made."""
    laws, refused = [], []
    points = [POINTS_OF[kind] for kind in UNIVARIATE[family.name][2]]
    within = [[v for v in vs if HOLDS[p.domain](v)] for p, vs in zip(family.parameters, points, strict=True)]
    for values in itertools.product(*within):
        try:
            laws.append(family(*values))
        except ValueError:
            refused.append(dict(zip([p.name for p in family.parameters], values, strict=True)))
    return laws, refused


def false_relations(family):
    """Points at which the words for the relation between the parameters are not true."""
    laws, refused = some_laws(family)
    words = as_python(family.relation.words or "True")
    allowed = [law.parameters for law in laws]
    return [v for v in allowed if not eval(words, dict(v))] + [v for v in refused if eval(words, dict(v))]


def false_conditions(record):
    """Pairs of distributions for which the words, the symbols and the divergence do not say the same of finiteness.

    The words are for equal `shared_parameters`; that a support ends where the record says is another test.
    """
    one, two = (record.first, record.second) if isinstance(record, Pair) else (record, record)
    words, seen = as_python(record.condition_in_words), set()
    for p, q in itertools.product(some_laws(one)[0], some_laws(two)[0]):
        if any(p.parameters[name] != q.parameters[name] for name in record.shared_parameters):
            continue
        try:
            finite = p.kl(q) < inf
        except NotImplementedError:  # where it is finite, but has no closed form
            finite = True
        values = {f"{n}_1": v for n, v in p.items} | {f"{n}_2": v for n, v in q.items}
        symbols = dict(zip(values_of(*record.both_symbols), values.values(), strict=True))
        if finite != eval(words, values):
            yield p, q
        in_symbols = all(v > 0 or not symbol.is_positive for symbol, v in symbols.items())  # what they stand for
        if in_symbols and finite != record.condition.subs(symbols):
            yield record.condition, p, q
        seen.add(finite)
    if seen != ({True} if words == "True" else {True, False}):
        yield "the points show too little"


OF_NUMBERS = [families[name] for name in UNIVARIATE]


@pytest.mark.parametrize("family", OF_NUMBERS, ids=lambda family: family.name)
def test_the_words_for_relations_are_true(family):
    assert false_relations(family) == []


@pytest.mark.parametrize("record", [*OF_NUMBERS, *families.pairs.values()], ids=lambda record: str(record.name))
def test_the_words_for_conditions_are_true(record):
    assert list(false_conditions(record)) == []


def test_false_words_are_seen():
    uniform, pair = families["uniform"], families.pairs["beta", "uniform"]
    right, ordered = uniform.kl_is_finite, uniform.relation
    for holds, words in [
        (right.holds, "always finite"),
        (right.holds, "a_2 <= a_1"),
        (right.holds, "a_2 <= a_1 and b_1 < b_2"),
        (lambda p, q: sp.true, right.words),
        (lambda p, q: q.a <= p.a, right.words),
    ]:
        assert any(false_conditions(replace(uniform, kl_is_finite=Condition(holds, words)))), words
    assert any(false_conditions(replace(pair, kl_is_finite=Condition(pair.kl_is_finite.holds, "a_2 < 0 and b_2 >= 1"))))
    for holds, words in [(ordered.holds, "a <= b"), (ordered.holds, ""), (lambda p: p.a <= p.b, ordered.words)]:
        assert false_relations(replace(uniform, relation=Condition(holds, words))), words


STATPROOFBOOK = """bernoulli P334 P419, discrete_uniform P410 P425, binomial P335 P420, poisson P486, uniform P397 P422,
normal P101 P193, gamma P239 P93, erlang P239 P93, categorical P336, multinomial P337, dirichlet P294,
multivariate_normal P100 P92"""


def test_the_numbers_of_proofs_in_the_literature():
    """A number changed by mistake is seen here: these are the ones of the records at the time of writing."""
    ours = {n: re.findall(r"P\d+", f.source) for n, f in families.items() if "StatProofBook" in f.source}
    assert ours == {name: numbers for name, *numbers in map(str.split, STATPROOFBOOK.split(","))}


def test_old_names_are_kept_for_one_release():
    levy, cauchy, uniform = families["levy"], families["cauchy"], families["uniform"]
    (p, q), x = uniform.both_symbols, uniform.x
    assert levy.same == ("mu",) and levy.zero_at_the_end and not cauchy.zero_at_the_end
    assert uniform.between(p) == (p.a, p.b) and uniform.finite(p, q) == uniform.condition
    assert uniform.relation_in_words == "a < b" and uniform.condition_in_words == "a_2 <= a_1 and b_1 <= b_2"
    assert list(uniform.known(x, p, q)) == [x, x**2] and set(uniform.ordered(p, q)) == {q.a, q.b, p.b}
    assert len(cauchy.generators(x, cauchy.symbols())) == 1


def test_expectations_are_shown():
    p = families["gamma"].symbols()
    assert families["gamma"].expectations == {
        families["gamma"].x: (sp.gamma(p.shape + 1) / (sp.gamma(p.shape) * p.rate), "integral"),
        sp.log(families["gamma"].x): (sp.expand(sp.digamma(p.shape) - sp.log(p.rate)), "integral"),
    }
    assert {how for _, how in families["weibull"].expectations.values()} == {"substitution"}
    assert {how for _, how in families["poisson"].expectations.values()} == {"integral", "definition"}
    assert {how for _, how in families["von_mises"].expectations.values()} == {"checked"}


@pytest.mark.parametrize("name", [n for n in families if families[n].numerics != Numerics() and n not in MULTIVARIATE])
def test_numbers_that_do_not_come_from_the_formula_agree_with_it(name):
    """The formulas say what the numbers are: at points where no 0 log 0 occurs."""
    family = families[name]
    dice = random.Random(f"numbers of {name}")
    p = draw(name, dice)
    q = draw_second(name, p, dice)
    symbols = [list(vars(family.symbols(i)).values()) for i in ("", "_1", "_2")]
    with mp.workdps(20):
        exact = [sp.Rational(str(v)) for v in p], [sp.Rational(str(v)) for v in q]
        entropy = family.entropy_formula.subs(dict(zip(symbols[0], exact[0], strict=True)))
        entropy = entropy.replace(
            sp.Sum, lambda f, limits: sp.Sum(f, (limits[0], limits[1], min(limits[2], 250))).doit()
        )
        kl = family.kl_formula.subs(dict(zip(symbols[1] + symbols[2], exact[0] + exact[1], strict=True)))
        close(family(*p).entropy(), mp.mpf(sp.N(entropy, 20)), 1e-12)
        close(family(*p).kl(family(*q)), mp.mpf(sp.N(kl, 20)), 1e-12)


def test_a_false_formula_is_refused():
    """Of one that is wrong, and of one whose expectation is wrong."""
    normal = families["normal"]
    with pytest.raises(ProofError, match="not equal"):
        replace(normal, entropy=lambda p: normal.entropy(p) + sp.Rational(1, 10**6)).prove()
    with pytest.raises(ProofError, match="not equal"):
        replace(normal, kl=lambda p, q: normal.kl(q, p)).prove()
    gamma = families["gamma"]
    wrong = lambda x, p: {x: replace(gamma.proof.generators(x, p)[x], value=lambda t: p.shape**t * p.rate**-t)}  # noqa: E731
    with pytest.raises(ProofError, match="not equal"):
        replace(gamma, proof=Proof(wrong)).prove()
    cauchy = families["cauchy"]
    with pytest.raises(ProofError, match="not equal"):
        replace(cauchy, kl=lambda p, q: cauchy.kl(p, q) * 2).prove()


def test_the_gate_sees_what_is_stated_wrongly():
    """A stated expectation and the formula made from it may agree with each other, and be wrong."""
    von_mises = families["von_mises"]

    def wrong_moments(x, p, q):
        return {sp.cos(x - r.mu): Expectation(sp.cos(p.mu - r.mu) / 2, "checked") for r in (p, q)}

    wrong = replace(
        von_mises,
        proof=Proof(stated_moments=wrong_moments),
        entropy=lambda p: sp.log(2 * sp.pi * sp.besseli(0, p.kappa)) - p.kappa / 2,
        kl=None,
    )
    with pytest.raises(ProofError, match=r"^the entropy of von_mises\(.*\): the formula gives .*, the definition "):
        wrong.prove()


def test_vector_formulas_give_the_numbers():
    p = families["categorical"].symbols().p
    equation = sp.Eq(families["categorical"].entropy_formula, -sp.log(p[1]), evaluate=False)
    assert find_counterexample(equation) is not None
    a = sp.IndexedBase("alpha", shape=(3,))
    dirichlet = families["dirichlet"]
    alpha, n = dirichlet.symbols().alpha, sp.Symbol("n", integer=True, positive=True)
    formula = dirichlet.entropy_formula.subs(n, 3).doit()
    entries = {e: sp.Rational(k, 2) for k, e in enumerate(sorted(formula.atoms(sp.Indexed), key=str), 2)}
    assert len(entries) == 3, (alpha, a)
    exact = mp.mpf(sp.N(formula.subs(entries), 20))
    close(dirichlet([1, 1.5, 2]).entropy(), exact, 1e-14)
