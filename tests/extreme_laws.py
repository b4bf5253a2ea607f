"""Laws with extreme parameters, from 5e-324 to 1.7e308 and nearly equal ones, against formulas with 1000 digits.

Nothing of a formula here comes from the package: most laws are reduced to the exponential, gamma, beta or normal law by
the map that makes one from the other; discrete entropies are sums over all outcomes that count.

    python tests/extreme_laws.py [seed [number]]        # a report of all that is wrong; 1000 cases take a few minutes
"""

import math
import random
import sys
import time
from math import inf

import mpmath

R = mpmath.MPContext()  # of its own: a test does not set the digits of others
R.dps = 1000
mpf, log, exp = R.mpf, R.ln, R.exp
HALF, EULER, PI = mpf(1) / 2, R.euler, R.pi


def gln(x):
    """log gamma, far from the small x where mpmath is slow with so many digits."""
    n = R.prec // 4 if x < R.prec else 0
    return R.loggamma(x + n) - log(R.fprod(x + k for k in range(n)))


def psi(x):
    n = R.prec // 4 if x < R.prec else 0
    return R.digamma(x + n) - R.fsum(1 / (x + k) for k in range(n))


# --- formulas -----------------------------------------------------------------------------------------------------


def xlogy(x, y):
    return x * log(y) if x else mpf(0)


def coin_kl(p, q):
    return xlogy(p, p / q) + xlogy(1 - p, (1 - p) / (1 - q)) if 0 < q < 1 or p == q else R.inf


def coin_entropy(p):
    return -xlogy(p, p) - xlogy(1 - p, 1 - p)


def normal_kl(m, s, n, t):
    return log(t / s) + ((s / t) ** 2 - 1 + ((m - n) / t) ** 2) / 2


def gamma_entropy(k, b):
    return k - log(b) + gln(k) + (1 - k) * psi(k)


def gamma_kl(k, b, h, c):
    return (k - h) * psi(k) - gln(k) + gln(h) + h * log(b / c) + k * (c / b - 1)


def betaln(a, b):
    return gln(a) + gln(b) - gln(a + b)


def beta_entropy(a, b):
    return betaln(a, b) - (a - 1) * psi(a) - (b - 1) * psi(b) + (a + b - 2) * psi(a + b)


def beta_kl(a, b, c, d):
    return betaln(c, d) - betaln(a, b) + (a - c) * psi(a) + (b - d) * psi(b) + (c - a + d - b) * psi(a + b)


def weibull_kl(k, s, h, t):
    """With E = (X/s)^k, exponential: log(k/s) - log(h/t) + (1 - 1/k) E log E - E E, and (s/t)^h E^(h/k)."""
    mean_log = -EULER
    second = log(h / t) + (h - 1) * (log(s / t) + mean_log / k) - exp(h * log(s / t) + gln(1 + h / k))
    return log(k / s) + (1 - 1 / k) * mean_log - 1 - second


def arcsine_kl(a, b, c, d):
    """By the potential of the arcsine law: E log|X - z| = 2 log((sqrt(a - z) + sqrt(b - z))/2)."""
    potential = lambda z: 2 * log((R.sqrt(abs(a - z)) + R.sqrt(abs(b - z))) / 2)  # noqa: E731
    return -2 * log((b - a) / 4) / 2 + (potential(c) + potential(d)) / 2 if c <= a and b <= d else R.inf


def ratio_of_bessels(k):
    return R.besseli(1, k) / R.besseli(0, k)


# X = g(Y), Y a gamma law: its parameters, and E log|g'(Y)| from E log Y
GAMMAS = {
    "gamma": (lambda k, b: (k, b), lambda m, k, b: 0),
    "erlang": (lambda k, b: (k, b), lambda m, k, b: 0),
    "exponential": (lambda b: (mpf(1), b), lambda m, b: 0),
    "chi_squared": (lambda v: (v / 2, HALF), lambda m, v: 0),
    "chi": (lambda v: (v / 2, HALF), lambda m, v: -log(2) - m / 2),
    "nakagami": (lambda m, w: (m, m / w), lambda m, *_: -log(2) - m / 2),
    "rayleigh": (lambda s: (mpf(1), 1 / (2 * s * s)), lambda m, s: -log(2) - m / 2),
    "maxwell": (lambda s: (3 * HALF, 1 / (2 * s * s)), lambda m, s: -log(2) - m / 2),
    "half_normal": (lambda s: (HALF, 1 / (2 * s * s)), lambda m, s: -log(2) - m / 2),
    "inverse_gamma": (lambda k, b: (k, b), lambda m, k, b: -2 * m),
    "inverse_chi_squared": (lambda v: (v / 2, HALF), lambda m, v: -2 * m),
    "levy": (lambda _, c: (HALF, c / 2), lambda m, *_: -2 * m),
}

ENTROPY = {
    "bernoulli": coin_entropy,
    "geometric": lambda p: coin_entropy(p) / p,
    "discrete_uniform": lambda a, b: log(b - a + 1),
    "uniform": lambda a, b: log(b - a),
    "normal": lambda m, s: log(s * R.sqrt(2 * PI)) + HALF,
    "lognormal": lambda m, s: log(s * R.sqrt(2 * PI)) + HALF + m,
    "beta": beta_entropy,
    "beta_prime": lambda a, b: beta_entropy(a, b) - 2 * (psi(b) - psi(a + b)),
    "laplace": lambda m, b: 1 + log(2 * b),
    "logistic": lambda m, s: 2 + log(s),
    "gumbel": lambda m, b: 1 + EULER + log(b),
    "cauchy": lambda m, g: log(4 * PI * g),
    "weibull": lambda k, s: 1 + log(s / k) + EULER * (1 - 1 / k),
    "frechet": lambda k, s: 1 + log(s / k) + EULER * (1 + 1 / k),
    "pareto": lambda s, a: log(s / a) + 1 + 1 / a,
    "student_t": lambda v: (v + 1) / 2 * (psi((v + 1) / 2) - psi(v / 2)) + log(v) / 2 + betaln(v / 2, HALF),
    "triangular": lambda a, m, b: HALF + log((b - a) / 2),
    "arcsine": lambda a, b: log(PI * (b - a) / 4),
    "kumaraswamy": lambda a, b: -log(a * b) + 1 - 1 / b + (1 - 1 / a) * (psi(b + 1) + EULER),
    "von_mises": lambda m, k: log(2 * PI * R.besseli(0, k)) - k * ratio_of_bessels(k),
} | {
    name: lambda *v, to=to, more=more: gamma_entropy(*to(*v)) + more(psi(to(*v)[0]) - log(to(*v)[1]), *v)
    for name, (to, more) in GAMMAS.items()
}  # fmt: skip

KL = {
    "bernoulli": coin_kl,
    "geometric": lambda p, q: coin_kl(p, q) / p,
    "binomial": lambda n, p, _, q: n * coin_kl(p, q),
    "negative_binomial": lambda r, p, _, q: r * coin_kl(p, q) / p,
    "poisson": lambda a, b: a * log(a / b) - a + b,
    "discrete_uniform": lambda a, b, c, d: log((d - c + 1) / (b - a + 1)) if c <= a and b <= d else R.inf,
    "uniform": lambda a, b, c, d: log((d - c) / (b - a)) if c <= a and b <= d else R.inf,
    "normal": normal_kl,
    "lognormal": normal_kl,
    "beta": beta_kl,
    "beta_prime": beta_kl,
    "laplace": lambda m, b, n, c: log(c / b) + abs(m - n) / c + b / c * exp(-abs(m - n) / b) - 1,
    "logistic": lambda m, s, n, _: ((m - n) / s) / R.tanh((m - n) / (2 * s)) - 2 if m != n else mpf(0),
    "gumbel": lambda m, b, n, c: log(c / b) + EULER * (b / c - 1) + (m - n) / c + exp((n - m) / c + gln(1 + b / c)) - 1,
    "cauchy": lambda m, g, n, h: log(((g + h) ** 2 + (m - n) ** 2) / (4 * g * h)),
    "weibull": weibull_kl,
    "frechet": lambda k, s, h, t: weibull_kl(k, 1 / s, h, 1 / t),
    "pareto": lambda s, a, t, b: log(a / b) + b / a - 1 + b * log(s / t) if s >= t else R.inf,
    "arcsine": arcsine_kl,
    "kumaraswamy": lambda a, b, _, d: log(b / d) + d / b - 1,
    "von_mises": lambda m, k, n, h: (
        log(R.besseli(0, h) / R.besseli(0, k)) + ratio_of_bessels(k) * (k - h * R.cos(m - n))
    ),
    "inverse_gaussian": lambda m, w, n, u: (log(w / u) + u / w - 1 + u / m * ((m - n) / n) ** 2) / 2,
} | {
    name: lambda *v, to=to: gamma_kl(*to(*v[: len(v) // 2]), *to(*v[len(v) // 2 :])) for name, (to, _) in GAMMAS.items()
}

LOG_DENSITY = {
    "normal": lambda x, m, s: -(((x - m) / s) ** 2) / 2 - log(s * R.sqrt(2 * PI)),
    "gamma": lambda x, k, b: k * log(b) - gln(k) + (k - 1) * log(x) - b * x,
    "beta": lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - betaln(a, b) if 0 < x < 1 else -R.inf,
    "weibull": lambda x, k, s: log(k / s) + (k - 1) * log(x / s) - exp(k * log(x / s)),
    "student_t": lambda x, v: gln((v + 1) / 2) - gln(v / 2) - log(v * PI) / 2 - (v + 1) / 2 * log(1 + x * x / v),
    "cauchy": lambda x, m, g: -log(PI * g * (1 + ((x - m) / g) ** 2)),
    "laplace": lambda x, m, b: -abs(x - m) / b - log(2 * b),
    "logistic": lambda x, m, s: -abs(x - m) / s - log(s) - 2 * log(1 + exp(-abs(x - m) / s)),
    "lognormal": lambda x, m, s: -(((log(x) - m) / s) ** 2) / 2 - log(s * R.sqrt(2 * PI)) - log(x),
    "exponential": lambda x, b: log(b) - b * x,
    "poisson": lambda k, m: k * log(m) - m - gln(k + 1),
    "geometric": lambda k, p: log(p) + xlogy(k - 1, 1 - p) if p < 1 or k == 1 else -R.inf,
    "negative_binomial": lambda k, r, p: gln(k + r) - gln(r) - gln(k + 1) + r * log(p) + xlogy(k, 1 - p),
    "inverse_gamma": lambda x, k, b: k * log(b) - gln(k) - (k + 1) * log(x) - b / x,
    "pareto": lambda x, s, a: log(a / s) - (a + 1) * log(x / s) if x >= s else -R.inf,
    "rayleigh": lambda x, s: log(x / s**2) - (x / s) ** 2 / 2,
    "kumaraswamy": lambda x, a, b: (
        log(a * b) + (a - 1) * log(x) + (b - 1) * log(1 - exp(a * log(x))) if x < 1 else -R.inf
    ),
    "inverse_gaussian": lambda x, m, w: log(w / (2 * PI * x**3)) / 2 - w * (x - m) ** 2 / (2 * m**2 * x),
}

# mean, variance, E log X, E exp(t X) of first laws of pairs
MOMENTS = {
    "uniform": lambda a, b: ((a + b) / 2, (b - a) ** 2 / 12, None, None),
    "normal": lambda m, s: (m, s * s, None, lambda t: exp(m * t + (s * t) ** 2 / 2)),
    "laplace": lambda m, b: (m, 2 * b * b, None, None),
    "logistic": lambda m, s: (m, (PI * s) ** 2 / 3, None, None),
    "gumbel": lambda m, b: (m + EULER * b, (PI * b) ** 2 / 6, None, None),
    "exponential": lambda b: (1 / b, 1 / b**2, -EULER - log(b), lambda t: b / (b - t)),
    "gamma": lambda k, b: (k / b, k / b**2, psi(k) - log(b), lambda t: exp(-k * log(1 - t / b))),
    "beta": lambda a, b: (a / (a + b), a / (a + b) * b / (a + b) / (a + b + 1), psi(a) - psi(a + b), None),
    "lognormal": lambda m, s: (exp(m + s * s / 2), exp(2 * m + s * s) * R.expm1(s * s), m, None),
    "weibull": lambda k, s: (
        s * exp(gln(1 + 1 / k)), s * s * (exp(gln(1 + 2 / k)) - exp(2 * gln(1 + 1 / k))), log(s) - EULER / k, None,
    ),
    "pareto": lambda s, a: (
        s * a / (a - 1) if a > 1 else R.inf, s * s * a / ((a - 1) ** 2 * (a - 2)) if a > 2 else R.inf,
        log(s) + 1 / a, None,
    ),
}  # fmt: skip


def normal_from(first, values, m, s):
    mean, variance, *_ = MOMENTS[first](*values)
    return log(s * R.sqrt(2 * PI)) + (variance + (mean - m) ** 2) / (2 * s * s)


def gumbel_from(first, values, m, b):
    mean, _, _, generating = MOMENTS[first](*values)
    return log(b) + (mean - m) / b + exp(m / b) * generating(-1 / b)


def laplace_from(first, values, m, b):
    s, away = values[1], values[0] - m
    return log(2 * b) + (s * R.sqrt(2 / PI) * exp(-((away / s) ** 2) / 2) + away * R.erf(away / s / R.sqrt(2))) / b


CROSS_ENTROPY = {  # of a second law, by the name and the parameters of the first
    "normal": normal_from,
    "exponential": lambda first, values, b: b * MOMENTS[first](*values)[0] - log(b),
    "gamma": lambda first, values, k, b: (
        gln(k) - k * log(b) + (1 - k) * MOMENTS[first](*values)[2] + b * MOMENTS[first](*values)[0]
    ),
    "gumbel": gumbel_from,
    "laplace": laplace_from,
    "uniform": lambda first, values, a, b: log(b - a) if a <= 0 and b >= 1 else R.inf,
}


def pair_kl(first, values, second, others):
    if (first, second) == ("uniform", "exponential") and values[0] < 0:
        return R.inf
    return CROSS_ENTROPY[second](first, values, *others) - ENTROPY[first](*values)


# --- sums, for discrete entropies ------------------------------------------------------------------------------------


def lattice_entropy(log_f, low, high):
    """-sum f log f, over outcomes that hold all but a share of 1e-40 or so of it; with 400 digits."""
    with R.workdps(400):
        terms = ((log_f(k), k) for k in range(low, high + 1))
        return -R.fsum(exp(v) * v for v, _ in terms if v > -(10**6))


SUMS = {
    "binomial": lambda n, p: (
        lambda k: gln(n + 1) - gln(mpf(k + 1)) - gln(n - k + 1) + xlogy(mpf(k), p) + xlogy(n - k, 1 - p),
        0, int(min(n, 40)),
    ),
    "negative_binomial": lambda r, p: (
        lambda k: gln(k + r) - gln(r) - gln(mpf(k + 1)) + r * log(p) + xlogy(mpf(k), 1 - p), 0, 60,
    ),
    "poisson": lambda m: (lambda k: k * log(m) - m - gln(mpf(k + 1)), 0, 60),
}  # fmt: skip

# --- parameters ------------------------------------------------------------------------------------------------------

SPECIAL = [5e-324, 1e-323, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-16, 0.5, 1.0, 2.0, 1e16, 1e100, 1e160, 1.7e308]


def extreme(dice, kind):
    """A parameter: + above 0, r real, p a probability (g one above 0), n a positive integer, z an integer."""
    if kind in "pg":
        p = dice.choice([10 ** dice.uniform(-320, 0), dice.random(), 1 - 2.0 ** -dice.randint(1, 53), 1e-300, 5e-324])
        return min(max(p, 5e-324), 1.0)
    if kind == "n":
        return dice.choice([1, 2, dice.randint(1, 40), 10 ** dice.randint(1, 307), 2**60 + dice.randint(0, 9)])
    if kind == "z":
        return dice.choice([0, dice.randint(-9, 9), dice.choice([1, -1]) * 10 ** dice.randint(1, 300), 2**60])
    size = dice.choice([
        dice.choice(SPECIAL), 10 ** dice.uniform(-323, 308), 10 ** dice.uniform(-3, 3), 1 + 2.0 ** -dice.randint(1, 52),
    ])  # fmt: skip
    size = max(size, 5e-324)
    return size if kind == "+" else dice.choice([size, -size, 0.0])


def near(value, dice):
    """A number close to another one: the next, or a relative 1e-16 to 0.1 away; for an integer, one more."""
    if isinstance(value, int):
        return value
    moved = dice.choice(
        [math.nextafter(value, inf), math.nextafter(value, -inf), value * (1 + 10 ** dice.uniform(-16, -1))]
    )
    return moved if math.isfinite(moved) and moved != 0 else value


KINDS = {
    "bernoulli": "p", "geometric": "g", "binomial": "np", "negative_binomial": "+g", "poisson": "+",
    "discrete_uniform": "zz", "uniform": "rr", "arcsine": "rr", "triangular": "rrr",
    "pareto": "++", "student_t": "+", "kumaraswamy": "++", "inverse_gaussian": "++", "levy": "r+",
    "weibull": "++", "frechet": "++", "beta": "++", "beta_prime": "++", "gamma": "++", "erlang": "n+",
    "inverse_gamma": "++", "nakagami": "++", "chi": "+", "chi_squared": "+", "inverse_chi_squared": "+",
    "exponential": "+", "rayleigh": "+", "maxwell": "+", "half_normal": "+",
    "von_mises": "r+", "normal": "r+", "lognormal": "r+", "laplace": "r+", "logistic": "r+", "gumbel": "r+",
    "cauchy": "r+",
}  # fmt: skip
SAME = {"binomial": 0, "negative_binomial": 0, "levy": 0, "logistic": 1, "kumaraswamy": 0}
ON_THE_LINE = ("normal", "cauchy", "laplace", "logistic", "student_t")
ORDERED = ("discrete_uniform", "uniform", "arcsine", "triangular")


def draw(name, dice):
    while True:
        values = [extreme(dice, kind) for kind in KINDS[name]]
        if name == "von_mises" and not 1e-120 < values[1] < 1e3:  # mpmath's Bessel functions are slow with 1000 digits
            continue
        if name not in ORDERED or (values == sorted(values) and (values[0] < values[-1] or name == "discrete_uniform")):
            return values


def draw_second(name, first, dice):
    for _ in range(100):
        if dice.random() < 0.6:
            second = [near(v, dice) if dice.random() < 0.7 else v for v in first]
        else:
            second = draw(name, dice)
        second = [min(v, 1.0) if kind in "pg" else v for v, kind in zip(second, KINDS[name], strict=True)]
        if name in SAME:
            second[SAME[name]] = first[SAME[name]]
        if name in ORDERED and not (second == sorted(second) and second[0] < second[-1]):
            continue
        if name == "von_mises" and second[1] > 1e3:
            continue
        return second
    return first


# --- one case ----------------------------------------------------------------------------------------------------


def verdict(got, exact):
    """None if a call's answer is right, else what is wrong.  `got` is a float, or the exception that was raised."""
    if isinstance(got, OverflowError):
        return None if R.isfinite(exact) and abs(exact) > sys.float_info.max else "overflow without need"
    if isinstance(got, Exception):
        return f"{type(got).__name__}: {got}"
    if R.isinf(exact) or math.isinf(got):
        return None if got == exact else "infinite, and the other is not"
    return None if abs(got - exact) <= 3e-16 * abs(exact) + mpf(2) ** -1074 else "wrong"


def answer(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return error


def cases(dice, number):
    """(what, the package's call, the exact value as a function of nothing), at random."""
    from entropybook.families import families

    def law(name, values):
        return families[name](*values)

    kinds = ["entropy", "kl", "kl", "kl", "cross_entropy", "pdf", "pair", "sum", "vector"]
    while number:
        kind, (*name,) = dice.choice(kinds), ()
        if kind in ("entropy", "kl", "cross_entropy", "pdf", "sum"):
            table = {"entropy": ENTROPY, "kl": KL, "pdf": LOG_DENSITY, "sum": SUMS}.get(kind, set(KL) & set(ENTROPY))
            name = dice.choice(sorted(table))
            first = draw(name, dice)
            exact = [mpf(v) for v in first]
        if kind == "entropy":
            yield f"{name}{first}.entropy", law(name, first).entropy, lambda n=name, e=exact: ENTROPY[n](*e)
        elif kind in ("kl", "cross_entropy"):
            second = draw_second(name, first, dice)
            both = exact + [mpf(v) for v in second]
            p, q = law(name, first), law(name, second)
            if kind == "kl":
                yield f"{name} {first} {second} kl", lambda p=p, q=q: p.kl(q), lambda n=name, b=both: KL[n](*b)
            else:
                yield (
                    f"{name} {first} {second} cross-entropy", lambda p=p, q=q: p.cross_entropy(q),
                    lambda n=name, b=both, e=exact: KL[n](*b) + ENTROPY[n](*e),
                )  # fmt: skip
        elif kind == "pdf":
            x = extreme(dice, "r" if name in ON_THE_LINE else "+")
            if KINDS[name][0] in "pgn" or name in ("poisson", "negative_binomial"):
                x = dice.choice([1, 2, dice.randint(1, 30), 10**15, 10**200])
            elif dice.random() < 0.3:
                x = near(first[0], dice)
            if x in (0, 1) or (x < 0 and name not in ON_THE_LINE):
                continue  # the ends have tests of their own
            yield (
                f"{name}{first}.pdf({x})", lambda n=name, f=first, x=x: law(n, f).pdf(x),
                lambda n=name, e=exact, x=x: density(n, e, x),
            )  # fmt: skip
        elif kind == "pair":
            one, two = dice.choice(sorted(families.pairs))
            first, second = draw(one, dice), draw(two, dice)
            if dice.random() < 0.4:
                first, second = (
                    [v if isinstance(v, int) else dice.uniform(0.5, 3) for v in w] for w in (first, second)
                )
                if one == "uniform" or two == "uniform":
                    first, second = (sorted(w) if n == "uniform" else w for n, w in ((one, first), (two, second)))
            yield (
                f"{one}{first} {two}{second} kl", lambda a=one, v=first, b=two, w=second: law(a, v).kl(law(b, w)),
                lambda a=one, v=first, b=two, w=second: pair_kl(a, [*map(mpf, v)], b, [*map(mpf, w)]),
            )  # fmt: skip
        elif kind == "sum":
            if name == "poisson":
                first = [10 ** dice.uniform(-320, 0)]
            elif name == "binomial":
                n = dice.choice([1, 2, 5, 30, 10 ** dice.randint(2, 200)])
                first = [n, dice.random() ** 9 / n if n > 30 else extreme(dice, "p")]
            else:
                r = 10 ** dice.uniform(-300, 0.5)
                first = [r, dice.uniform(0.75, 1)]
                if dice.random() < 0.5:
                    first = [10 ** dice.randint(2, 16), 1 - 2.0**-53]
            exact = [mpf(v) for v in first]
            if first[-1] > 0 and not (name != "poisson" and first[-1] == 1):
                yield (
                    f"{name}{first}.entropy",
                    law(name, first).entropy,
                    lambda n=name, e=exact: lattice_entropy(*SUMS[n](*e)),
                )
        else:
            yield vector_case(dice, families)
        number -= 1


def density(name, values, x):
    logarithm = LOG_DENSITY[name](mpf(x), *values)
    return exp(logarithm) if logarithm > -(10**5) else mpf(0)


def vector_case(dice, families):
    """Categorical and multinomial laws (reduced to sums of p log(p/q)), Dirichlet, and diagonal normal laws."""
    name, size = dice.choice(["categorical", "multinomial", "dirichlet", "multivariate_normal"]), dice.randint(2, 4)
    if name in ("categorical", "multinomial"):
        weights = [[extreme(dice, "p") for _ in range(size - 1)] for _ in "12"]
        if dice.random() < 0.5:
            weights[1] = [min(near(v, dice), 1.0) for v in weights[0]]
        p, q = ([*(v / (size - 1) for v in w), 1 - math.fsum(w) / (size - 1)] for w in weights)
        p, q = ([max(v, 0.0) for v in w] for w in (p, q))
        n = extreme(dice, "n") if name == "multinomial" else 1
        one, two = (families[name](*([n] if name == "multinomial" else []), w) for w in (p, q))

        def exact():
            a, b = ([mpf(v) / R.fsum(map(mpf, w)) for v in w] for w in (p, q))
            if any(u and not v for u, v in zip(a, b, strict=True)):
                return R.inf
            return n * R.fsum(xlogy(u, u / v) for u, v in zip(a, b, strict=True) if u)

        return f"{one} {two} kl", lambda: one.kl(two), exact
    if name == "dirichlet":
        a = [extreme(dice, "+") for _ in range(size)]
        b = [near(v, dice) for v in a] if dice.random() < 0.5 else [extreme(dice, "+") for _ in range(size)]
        one, two = families[name](a), families[name](b)

        def exact():
            u, v = ([mpf(x) for x in w] for w in (a, b))
            normaliser = lambda w: R.fsum(map(gln, w)) - gln(R.fsum(w))  # noqa: E731
            mean = psi(R.fsum(u))
            return normaliser(v) - normaliser(u) + R.fsum((x - y) * (psi(x) - mean) for x, y in zip(u, v, strict=True))

        return f"{one} {two} kl", lambda: one.kl(two), exact
    scales = [[10 ** dice.uniform(-150, 150) for _ in range(size)] for _ in "12"]
    means = [[extreme(dice, "r") for _ in range(size)] for _ in "12"]
    if dice.random() < 0.5:
        means[1], scales[1] = [near(v, dice) for v in means[0]], [near(v, dice) for v in scales[0]]
    covs = [[[s * s if i == j else 0.0 for j in range(size)] for i, s in enumerate(w)] for w in scales]
    one, two = (families[name](m, c) for m, c in zip(means, covs, strict=True))

    def exact():
        rows = zip(*means, *[[mpf(c[i][i]) for i in range(size)] for c in covs], strict=True)
        return R.fsum((log(t / s) + s / t - 1 + (mpf(m) - n) ** 2 / t) / 2 for m, n, s, t in rows)

    return f"{one} {two} kl", lambda: one.kl(two), exact


def complaints(seed, number):
    """What is wrong in so many random cases."""
    for what, call, exact in cases(random.Random(seed), number):
        got, right = answer(call), exact()
        if wrong := verdict(got, right):
            yield f"{what}: {got!r}, right {R.nstr(right, 17)}: {wrong}"


if __name__ == "__main__":
    seed, number = sys.argv[1] if sys.argv[1:] else "1", int(sys.argv[2]) if sys.argv[2:] else 1000
    slow, found = [], 0
    for what, call, exact in cases(random.Random(seed), number):
        start = time.perf_counter()
        got = answer(call)
        slow.append((time.perf_counter() - start, what))
        right = exact()
        if wrong := verdict(got, right):
            found += 1
            print(f"{what}: {got!r}, right {R.nstr(right, 17)}: {wrong}", flush=True)
    print(f"seed {seed}: {found} of {number} cases are wrong; the slowest calls in seconds:")
    for seconds, what in sorted(slow, reverse=True)[:5]:
        print(f"{seconds:.2f} {what}")
