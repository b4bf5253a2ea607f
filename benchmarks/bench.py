"""Accuracy, bad input and speed of the package and of its peers, on the same cases in one run: `make bench`.

Writes results.json and results.md beside this file, and draws accuracy.png and speed.png.

* Accuracy: the worst relative error by family of cases, against mpmath for the doubles given.  The reference for KL,
  entropy, cross-entropy and Jensen-Shannon is the quantity of the *normalised* vectors; for libraries that compute
  the sum of the vectors as they are, the error against that sum is recorded too ("own_worst").
* Bad input: what each library answers to it.
* Speed: the median time of a call, on one thread, and ratios.
"""

import json
import platform
import sys
import timeit
import warnings
from math import inf, isfinite, isnan, nan
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("tests", "chapters")]

import cases  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import mpmath  # noqa: E402
import numpy as np  # noqa: E402
import peers  # noqa: E402
import reference  # noqa: E402
import scipy.stats  # noqa: E402

import entropybook as eb  # noqa: E402
from figures import a5_numerics as plots  # noqa: E402

SEED = 2026  # not the tests'
DIT_LIMIT = 100  # outcomes; dit is made for other things, and slow beyond

# --- accuracy --------------------------------------------------------------------------------------------------


def literal_kl(p, q):
    """sum p log(p/q) of the vectors as they are"""
    terms = [(mpmath.mpf(float(a)), mpmath.mpf(float(b))) for a, b in zip(p, q, strict=True) if a > 0]
    return mpmath.inf if any(b == 0 for _, b in terms) else mpmath.fsum(a * mpmath.log(a / b) for a, b in terms)


def generalised_kl(p, q):
    """sum p log(p/q) - p + q of the vectors as they are"""
    return literal_kl(p, q) - mpmath.fsum(map(float, p)) + mpmath.fsum(map(float, q))


OWN = {name: literal_kl for name in ("plain", "scipy rel_entr", "torch F.kl_div", "dit")}
OWN["scipy kl_div"] = generalised_kl


def pair_cases():
    random = np.random.default_rng(SEED)
    return {family: [tuple(map(np.float64, pair)) for pair in make(random)] for family, make in cases.PAIRS.items()}


def logit_cases():
    families = cases.logits(np.random.default_rng(SEED))
    return {family: [tuple(map(np.float64, pair)) for pair in pairs] for family, pairs in families.items()}


def digits(quantity, case):
    """how many keep sums of these probabilities, or of the exponentials of these logits, whole"""
    if "logits" in quantity or "binary" in quantity:
        return 400
    smallest = min(float(a[a > 0].min()) for a in case if np.ndim(a))
    return 60 if smallest > 1e-15 else 60 - int(2.2 * np.log10(smallest))


def call(function, *arguments):
    """the answer as a float, or nan for an error"""
    try:
        return float(function(*arguments))
    except Exception:  # whatever it is, there is no answer
        return nan


def relative_error(got, exact):
    if isnan(got):
        return inf
    return reference.relative_error(got, exact)


def measure(quantity, table, function_of_reference, families, only_small=("dit",)):
    """One record a library and family: the worst error, and how many answers are negative, nan, wrongly infinite."""
    for family, arguments in families.items():
        exact = []
        for case in arguments:
            with mpmath.workdps(digits(quantity, case)):
                exact.append(
                    (
                        function_of_reference(*case),
                        {n: own(*case) for n, own in OWN.items()} if quantity == "KL" else {},
                    )
                )
        for library, function in table.items():
            record = dict(
                quantity=quantity,
                library=library,
                family=family,
                cases=0,
                worst=0.0,
                negative=0,
                nan=0,
                wrong_infinite=0,
            )
            for case, (truth, own) in zip(arguments, exact, strict=True):
                if library in only_small and max(map(np.size, case)) > DIT_LIMIT:
                    continue
                with mpmath.workdps(60):
                    got = call(function, *case)
                    record["cases"] += 1
                    record["negative"] += got < 0
                    record["nan"] += isnan(got)
                    record["wrong_infinite"] += not isnan(got) and isfinite(got) != bool(mpmath.isfinite(truth))
                    error = relative_error(got, truth)
                    if isfinite(error):
                        record["worst"] = max(record["worst"], error)
                    if library in own and isfinite(own_error := relative_error(got, own[library])):
                        record["own_worst"] = max(record.get("own_worst", 0.0), own_error)
            yield record


def accuracy():
    pairs, logits = pair_cases(), logit_cases()
    random = np.random.default_rng(SEED)
    singles = {family: [(p,) for p, _ in case] for family, case in pairs.items()}
    labelled = {family: [(int(z.argmax()), z) for z, _ in case] for family, case in logits.items()}
    labelled = {family: case + [(int(z.argmin()), z) for z, _ in logits[family]] for family, case in labelled.items()}
    binary_logits = {
        f"up to {scale:g}": [(y, z) for z in random.uniform(-scale, scale, 50) for y in (0.0, 1.0)]
        for scale in (1, 10, 40, 600)
    }
    binary = {
        f"from 1e-{e} on": [(y, p) for p in 10.0 ** -random.uniform(0, e, 50) for y in (0.0, 1.0)] for e in (1, 16, 300)
    }
    sure = {
        family: [(int(p.argmax()), p) for p, _ in case] for family, case in pairs.items() if family != "float32-rounded"
    }
    yield from measure("KL", peers.KL, reference.kl_divergence, pairs)
    yield from measure("entropy", peers.ENTROPY, reference.entropy, singles)
    yield from measure("Jensen-Shannon", peers.JENSEN_SHANNON, reference.jensen_shannon_divergence, pairs)
    yield from measure("cross-entropy", peers.CROSS_ENTROPY, reference.cross_entropy, pairs)
    yield from measure("categorical cross-entropy", peers.CATEGORICAL, reference.categorical_cross_entropy, sure)
    yield from measure(
        "categorical, logits", peers.CATEGORICAL_FROM_LOGITS, reference.categorical_cross_entropy_from_logits, labelled
    )
    yield from measure("binary cross-entropy", peers.BINARY, reference.binary_cross_entropy, binary)
    yield from measure(
        "binary, logits", peers.BINARY_FROM_LOGITS, reference.binary_cross_entropy_from_logits, binary_logits
    )
    yield from measure("KL, logits", peers.KL_FROM_LOGITS, reference.kl_divergence_from_logits, logits)


# --- bad input -------------------------------------------------------------------------------------------------

HALF = np.array([0.5, 0.5])
BAD = {
    "negative entry": (np.array([-0.25, 1.25]), HALF),
    "nan": (np.array([nan, 0.5]), HALF),
    "P sums to 0.9": (np.array([0.45, 0.45]), HALF),
    "shapes (3,) and (1,)": (np.array([0.2, 0.3, 0.5]), np.array([1.0])),
    "shapes (2, 3) and (3,)": (np.array([[0.2, 0.3, 0.5], [0.3, 0.3, 0.4]]), np.array([0.2, 0.5, 0.3])),
    "empty": (np.array([]), np.array([])),
    "log-probabilities": (np.log([0.25, 0.75]), np.log([0.5, 0.5])),
    "masked array": (np.ma.array([0.2, 0.3, 0.5], mask=[0, 0, 1]), np.ma.array([0.3, 0.3, 0.4], mask=[0, 0, 1])),
    "q = 0 < p": (HALF, np.array([1.0, 0.0])),
    "p = q = 0": (np.array([0.25, 0.75, 0]), np.array([0.5, 0.5, 0])),
}


def outcome(function, arguments):
    try:
        value = np.asarray(function(*arguments), dtype=float)
    except Exception as error:  # that it is an error is the finding
        return type(error).__name__
    return f"{float(value):.3g}" if value.ndim == 0 else f"array {value.shape}"


def bad_input():
    for name, arguments in BAD.items():
        for library, function in peers.KL.items():
            yield dict(input=name, library=library, outcome=outcome(function, arguments))


# --- speed -----------------------------------------------------------------------------------------------------


def microseconds(function):
    """the median of a call: of 15 rounds of at least 20 ms"""
    timer = timeit.Timer(function)
    number = max(1, int(0.02 / min(timer.repeat(repeat=3, number=1))))
    return float(np.median(timer.repeat(repeat=15 if number > 1 else 7, number=number))) / number * 1e6


def pair(random, shape, noise=None):
    """two draws of normalised exponentials, or one and its copy with a little noise"""
    p = random.exponential(size=shape)
    q = random.exponential(size=shape) if noise is None else p * np.exp(noise * random.normal(size=shape))
    return p / p.sum(axis=-1, keepdims=True), q / q.sum(axis=-1, keepdims=True)


SHAPES = {"10": (10,), "1e3": (1000,), "1e6": (10**6,), "1e7": (10**7,), "1e4 x 100": (10**4, 100)}


def speed_of_kl():
    random = np.random.default_rng(SEED)
    rowwise = {
        "entropybook": eb.kl_divergence,
        "plain": lambda p, q: np.sum(p * np.log(p / q), axis=-1),
        "scipy.stats.entropy": lambda p, q: scipy.stats.entropy(p, q, axis=-1),
        "scipy rel_entr": lambda p, q: scipy.special.rel_entr(p, q).sum(axis=-1),
        "scipy kl_div": lambda p, q: scipy.special.kl_div(p, q).sum(axis=-1),
    }
    if peers.torch:
        rowwise["torch F.kl_div"] = lambda p, q: peers.functional.kl_div(q.log(), p, reduction="none").sum(-1)
    for kind, noise in (("far from", None), ("near", 1e-4)):
        for name, shape in SHAPES.items():
            p, q = pair(random, shape, noise)
            times = {}
            for library, function in rowwise.items():
                arguments = map(peers.tensor, (p, q)) if library.startswith("torch") else (p, q)
                times[library] = microseconds(lambda f=function, a=tuple(arguments): f(*a))
            if peers.dit and shape == (10,):
                times["dit"] = microseconds(lambda p=p, q=q: peers.KL["dit"](p, q))
            for library, time in times.items():
                ratios = {"over_scipy": time / times["scipy.stats.entropy"], "over_plain": time / times["plain"]}
                yield dict(quantity="KL", pairs=kind, shape=name, library=library, microseconds=time) | ratios


def speed_of_losses():
    if not peers.torch:
        return
    random, f, t = np.random.default_rng(SEED), peers.functional, peers.tensor
    z = random.normal(scale=3, size=(10**4, 100))
    other, y, soft = z + random.normal(size=z.shape), random.integers(100, size=10**4), pair(random, z.shape)[0]
    coin = (random.random(z.shape) < 0.5).astype(float)
    tz, tother, ty, tsoft, tcoin = map(t, (z, other, y, soft, coin))
    rows = {
        "categorical, class indices": (lambda: eb.categorical_cross_entropy_from_logits(y, z),
                                       lambda: f.cross_entropy(tz, ty, reduction="none")),
        "categorical, distributions": (lambda: eb.categorical_cross_entropy_from_logits(soft, z),
                                       lambda: f.cross_entropy(tz, tsoft, reduction="none")),
        "categorical, label smoothing": (lambda: eb.categorical_cross_entropy_from_logits(y, z, label_smoothing=0.1),
                                         lambda: f.cross_entropy(tz, ty, reduction="none", label_smoothing=0.1)),
        "binary": (lambda: eb.binary_cross_entropy_from_logits(coin, z),
                   lambda: f.binary_cross_entropy_with_logits(tz, tcoin, reduction="none")),
        "KL": (lambda: eb.kl_divergence_from_logits(z, other),
               lambda: f.kl_div(tother.log_softmax(-1), tz.log_softmax(-1), reduction="none", log_target=True).sum(-1)),
    }  # fmt: skip
    for name, (ours, theirs) in rows.items():
        assert np.allclose(ours(), theirs().numpy(), rtol=1e-9), name
        times = {"entropybook": microseconds(ours), "torch": microseconds(theirs)}
        for library, time in times.items():
            yield dict(quantity=f"{name}, from logits", shape="1e4 x 100", library=library, microseconds=time,
                       over_torch=time / times["torch"])  # fmt: skip


# --- the report ------------------------------------------------------------------------------------------------


def table(cells):
    """{(row, column): text} in Markdown, rows and columns in their first order"""
    rows, columns = (list(dict.fromkeys(key[i] for key in cells)) for i in (0, 1))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [[row, *(cells.get((row, column), "") for column in columns)] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(results):
    yield "# Measured comparison\n\nWritten by `make bench`; what is measured, and how, is in `bench.py`."
    yield ", ".join(f"{name} {number}" for name, number in results["versions"].items()) + "."
    for quantity in dict.fromkeys(r["quantity"] for r in results["accuracy"]):
        found = [r for r in results["accuracy"] if r["quantity"] == quantity]
        cells = {(r["library"], r["family"]): f"{r['worst']:.1e}" for r in found}
        for library in dict.fromkeys(r["library"] for r in found):
            wrong = [sum(r[k] for r in found if r["library"] == library) for k in ("negative", "nan", "wrong_infinite")]
            cells[library, "negative / nan / wrong inf"] = " / ".join(map(str, wrong))
        yield f"## Accuracy: {quantity}\n\nWorst relative error of the finite answers.\n\n{table(cells)}"
    cells = {(r["input"], r["library"]): r["outcome"] for r in results["bad_input"]}
    yield f"## Bad input: KL\n\n{table(cells)}"
    for kind in ("far from", "near"):
        found = [r for r in results["speed"] if r.get("pairs") == kind]
        cells = {(r["library"], r["shape"]): f"{r['microseconds']:.3g} ({r['over_scipy']:.2f})" for r in found}
        yield f"## Speed: KL of pairs {kind} each other\n\nMicroseconds (over scipy.stats.entropy).\n\n{table(cells)}"
    losses = [r for r in results["speed"] if "over_torch" in r]
    cells = {(r["quantity"], r["library"]): f"{r['microseconds']:.3g} ({r['over_torch']:.2f})" for r in losses}
    if losses:
        yield f"## Speed: 10,000 samples of 100 classes\n\nMicroseconds (over PyTorch).\n\n{table(cells)}"


def main():
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    if peers.torch:
        peers.torch.set_num_threads(1)
    versions = {"Python": platform.python_version()} | peers.versions()
    results = {"versions": versions, "accuracy": list(accuracy()), "bad_input": list(bad_input())}
    print("accuracy and bad input: done")
    results["speed"] = [*speed_of_kl(), *speed_of_losses()]
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.md").write_text("\n\n".join(report(results)) + "\n", encoding="utf-8")
    plt.style.use("entropybook.book")
    for name, draw in (("accuracy", plots.accuracy_comparison), ("speed", plots.speed_comparison)):
        figure, ax = plt.subplots(layout="constrained")
        draw(ax, results)
        figure.savefig(HERE / f"{name}.png", dpi=150)
    print(*report(results), sep="\n\n")


if __name__ == "__main__":
    main()
