"""What the numbers of each interactive figure must be, from the package; for tests in Vega and in the browser.

`FIGURES` has, for each function of `figures.chNN_interactive`: the page, the figure's name, positions of its sliders,
and a function from such a position to the lines of the readout.  Positions include the ends, where logarithms become
infinite.
"""

import re
from typing import NamedTuple

import numpy as np
from scipy.integrate import quad
from scipy.special import softmax
from scipy.stats import norm

from entropybook import categorical_cross_entropy_from_logits, cross_entropy, entropy, kl_divergence, surprisal
from entropybook.families import families


def pair(x):
    return np.array([x, 1 - x])


def coin(p):
    heads, tails = surprisal(pair(p), base=2)
    return {"surprisal of heads": heads, "surprisal of tails": tails, "entropy H": entropy(pair(p), base=2)}


def mismatched_code(w1, w2, w3):
    p, weights = np.array([0.7, 0.2, 0.1]), np.array([w1, w2, w3])
    q = weights / weights.sum() if weights.any() else np.full(3, 1 / 3)
    lengths = np.array([surprisal(x, base=2) for x in q])
    return {
        "Q": q,
        "floor H(P)": entropy(p, base=2),
        "excess D(P‖Q)": kl_divergence(p, q, base=2),
        "bill H(P,Q)": cross_entropy(p, q, base=2),
        "mean whole length": p @ np.ceil(np.round(lengths, 9)),
    }


def both_directions(p, q):
    p, q = pair(p), pair(q)
    one = {"H(P)": entropy(p, base=2), "D(P‖Q)": kl_divergence(p, q, base=2)}
    return one | {"H(Q)": entropy(q, base=2), "D(Q‖P)": kl_divergence(q, p, base=2)}


def cross_entropy_of_coins(p, q):
    p, q = pair(p), pair(q)
    parts = {"floor H(P)": entropy(p), "excess D(P‖Q)": kl_divergence(p, q)}
    return parts | {"bill H(P,Q)": cross_entropy(p, q)}


def normals(mu, sigma):
    P, Q = families["normal"](mu=0, sigma=1), families["normal"](mu=mu, sigma=sigma)
    return {"D(P‖Q)": P.kl(Q), "D(Q‖P)": Q.kl(P)}


def fit_to_a_mixture(mu, sigma, d):
    """From the logarithms of the densities, which do not vanish where the densities do."""
    log_m = lambda x: np.logaddexp(norm.logpdf(x, -d), norm.logpdf(x, d)) - np.log(2)  # noqa: E731
    log_q = lambda x: norm.logpdf(x, mu, sigma)  # noqa: E731
    term = lambda x, f, g: np.exp(f(x)) * (f(x) - g(x))  # noqa: E731
    near, far = (-d - 9, d + 9), (mu - 9 * sigma, mu + 9 * sigma)
    forward = quad(term, *near, args=(log_m, log_q), points=[-d, d, mu], limit=200)[0]
    reverse = quad(term, *far, args=(log_q, log_m), points=[max(-d, far[0]), mu, min(d, far[1])], limit=200)[0]
    return {"forward D(M‖Q)": forward, "reverse D(Q‖M)": reverse}


def temperature(z1, z2, T):
    label, logits = np.array([4, 2, 1]) / 7, np.array([z1, z2, 0]) / T
    return {
        "floor H(y)": entropy(label),
        "excess D(y‖p)": kl_divergence(label, softmax(logits)),
        "loss": categorical_cross_entropy_from_logits(label, logits),
        "p(cat)": softmax(logits)[0],
    }


def label_noise(u, s):
    truth, said = pair(1 - u), pair(s)
    parts = {"floor H(Y|X)": entropy(truth), "excess": kl_divergence(truth, said)}
    return parts | {"mean loss": cross_entropy(truth, said)}


class Figure(NamedTuple):
    chapter: str
    name: str
    numbers: object
    positions: list


FIGURES = {
    "coin": Figure("01_surprise", "fig-coin-live", coin, [(0.9,), (0.5,), (0.37,), (0,), (1,)]),
    "mismatched_code": Figure(
        "03_codes", "fig-wrong-code-live", mismatched_code,
        [(1, 2, 7), (7, 2, 1), (2, 1, 1), (3, 0, 5), (0, 0, 0), (9, 9, 1), (4, 0, 0)],
    ),
    "both_directions": Figure(
        "04_kl_divergence", "fig-both-directions-live", both_directions,
        [(0.1, 0.6), (0.3, 0.7), (0.99, 0.01), (0.5, 0), (0, 0.5), (1, 1), (0, 1), (0.42, 0.43)],
    ),
    "normals": Figure(
        "05_continuous", "fig-normals-live", normals, [(1, 1), (0, 1), (-2, 0.5), (2, 2), (0.3, 1.65)]
    ),
    "fit_to_a_mixture": Figure(
        "08_directions", "fig-two-bells-live", fit_to_a_mixture,
        [(0, 3.15, 3), (3, 1, 3), (-5, 0.5, 4), (0, 1, 0), (5, 4, 2.5), (0.05, 2.75, 2.8)],
    ),
    "cross_entropy_of_coins": Figure(
        "09_cross_entropy", "fig-bill-live", cross_entropy_of_coins,
        [(0.3, 0.6), (0.3, 0.3), (0, 0.6), (1, 0), (1, 1), (0.5, 1)],
    ),
    "temperature": Figure(
        "10_losses", "fig-temperature-live", temperature,
        [(2.8, 1.4, 1), (2.8, 1.4, 2), (-4, 4, 0.2), (4, -4, 0.2), (0, 0, 8), (1.3, -0.4, 3.5)],
    ),
    "label_noise": Figure(
        "12_learning", "fig-label-noise-live", label_noise,
        [(0.1, 0.98), (0.1, 0.999), (0.1, 0.9), (0, 1), (0.2, 1), (0.5, 0.5)],
    ),
}  # fmt: skip


def complaints(lines, settings, numbers):
    """What is wrong with the lines of a readout when the sliders stand at `settings`, a dictionary in their order."""
    shown = [line.partition(" = ")[::2] for line in lines]
    expected = numbers(*settings.values())
    positions = [float(x) for x in re.findall(r"= ([-−]?[\d.]+)", lines[0].replace("−", "-"))]
    if not lines[0].startswith("at ") or positions != list(settings.values()):
        yield f"the sliders stand at {settings}, and the first line is {lines[0]!r}"
    if [name for name, _ in shown[1:]] != list(expected):
        yield f"the readout has {[name for name, _ in shown[1:]]} instead of {list(expected)}"
    for (name, text), value in zip(shown[1:], expected.values(), strict=False):
        found = np.array([float(x.replace("∞", "inf")) for x in re.findall(r"-?[\d.]+|∞", text.replace("−", "-"))])
        last_digit = 10.0 ** -len(text.partition(".")[2].split(" ")[0].rstrip(",)"))  # of the first number
        right = np.allclose(found, value, rtol=0, atol=0.501 * last_digit) and found.size == np.size(value)
        right = right and (np.size(value) > 1 or "∞" in text or last_digit == 0.001)
        if not right:
            yield f"{name} is {text} at {settings}; the package says {value}"
