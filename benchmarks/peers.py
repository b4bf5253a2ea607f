"""What is compared: the same quantity as each library computes it, in nats, on NumPy arrays of one distribution.

A library that is not installed is left out.  An entry is (library, function); "plain" is the formula in NumPy.
"""

from importlib import import_module
from importlib.metadata import version

import numpy as np
import scipy.spatial.distance
import scipy.special
import scipy.stats

import entropybook as eb

OURS = "entropybook"


def _installed(name):
    try:
        return import_module(name)
    except ImportError:
        return None


torch, dit, sklearn = _installed("torch"), _installed("dit"), _installed("sklearn.metrics")

KL = {
    OURS: eb.kl_divergence,
    "plain": lambda p, q: np.sum(p * np.log(p / q)),
    "scipy.stats.entropy": scipy.stats.entropy,
    "scipy rel_entr": lambda p, q: scipy.special.rel_entr(p, q).sum(),
    "scipy kl_div": lambda p, q: scipy.special.kl_div(p, q).sum(),
}
ENTROPY = {
    OURS: eb.entropy,
    "plain": lambda p: -np.sum(p * np.log(p)),
    "plain, log(p + 1e-12)": lambda p: -np.sum(p * np.log(p + 1e-12)),
    "scipy.stats.entropy": scipy.stats.entropy,
    "scipy entr": lambda p: scipy.special.entr(p).sum(),
}
JENSEN_SHANNON = {
    OURS: eb.jensen_shannon_divergence,
    "plain": lambda p, q: KL["plain"](p, (p + q) / 2) / 2 + KL["plain"](q, (p + q) / 2) / 2,
    "scipy jensenshannon": lambda p, q: scipy.spatial.distance.jensenshannon(p, q) ** 2,
}
CROSS_ENTROPY = {
    OURS: eb.cross_entropy,
    "plain": lambda p, q: -np.sum(p * np.log(q)),
    "scipy xlogy": lambda p, q: -scipy.special.xlogy(p, q).sum(),
}
CATEGORICAL = {OURS: eb.categorical_cross_entropy, "plain": lambda y, p: -np.log(p[y])}
CATEGORICAL_FROM_LOGITS = {
    OURS: eb.categorical_cross_entropy_from_logits,
    "plain": lambda y, z: -np.log(np.exp(z[y]) / np.exp(z).sum()),
    "scipy log_softmax": lambda y, z: -scipy.special.log_softmax(z)[y],
}
BINARY = {
    OURS: eb.binary_cross_entropy,
    "plain": lambda y, p: -(y * np.log(p) + (1 - y) * np.log(1 - p)),
}
BINARY_FROM_LOGITS = {
    OURS: eb.binary_cross_entropy_from_logits,
    "plain": lambda y, z: BINARY["plain"](y, 1 / (1 + np.exp(-z))),
    "scipy log_expit": lambda y, z: -(y * scipy.special.log_expit(z) + (1 - y) * scipy.special.log_expit(-z)),
}
KL_FROM_LOGITS = {
    OURS: eb.kl_divergence_from_logits,
    "plain": lambda a, b: KL["plain"](np.exp(a) / np.exp(a).sum(), np.exp(b) / np.exp(b).sum()),
    "scipy log_softmax": lambda a, b: np.sum(
        scipy.special.softmax(a) * (scipy.special.log_softmax(a) - scipy.special.log_softmax(b))
    ),
}

if torch:
    functional, tensor = torch.nn.functional, torch.tensor

    def _categorical(p):
        return torch.distributions.Categorical(probs=tensor(p))

    KL |= {
        "torch F.kl_div": lambda p, q: functional.kl_div(tensor(q).log(), tensor(p), reduction="sum").item(),
        "torch Categorical": lambda p, q: torch.distributions.kl_divergence(_categorical(p), _categorical(q)).item(),
    }
    ENTROPY |= {"torch Categorical": lambda p: _categorical(p).entropy().item()}
    CATEGORICAL |= {
        "torch nll_loss": lambda y, p: functional.nll_loss(tensor(p).log()[None], tensor([y])).item(),
    }
    CATEGORICAL_FROM_LOGITS |= {
        "torch cross_entropy": lambda y, z: functional.cross_entropy(tensor(z)[None], tensor([y])).item(),
    }
    BINARY |= {
        "torch BCELoss": lambda y, p: functional.binary_cross_entropy(tensor(p).double(), tensor(y).double()).item(),
    }
    BINARY_FROM_LOGITS |= {
        "torch BCEWithLogits": lambda y, z: functional.binary_cross_entropy_with_logits(
            tensor(z).double(), tensor(y).double()
        ).item(),
    }
    KL_FROM_LOGITS |= {
        "torch F.kl_div": lambda a, b: functional.kl_div(
            torch.log_softmax(tensor(b), -1), torch.log_softmax(tensor(a), -1), reduction="sum", log_target=True
        ).item(),
        "torch Categorical": lambda a, b: torch.distributions.kl_divergence(
            torch.distributions.Categorical(logits=tensor(a)), torch.distributions.Categorical(logits=tensor(b))
        ).item(),
    }

if dit:
    from dit.divergences import cross_entropy, jensen_shannon_divergence, kullback_leibler_divergence

    def _distribution(p):
        return dit.Distribution([(i,) for i in range(len(p))], list(p))

    def _nats(function):
        return lambda *arrays: function(*map(_distribution, arrays)) * np.log(2)

    KL |= {"dit": _nats(kullback_leibler_divergence)}
    ENTROPY |= {"dit": _nats(dit.shannon.entropy)}
    CROSS_ENTROPY |= {"dit": _nats(cross_entropy)}
    JENSEN_SHANNON |= {"dit": _nats(lambda p, q: jensen_shannon_divergence([p, q]))}

if sklearn:
    CATEGORICAL |= {
        "sklearn log_loss": lambda y, p: sklearn.log_loss([y], [p], labels=range(len(p))),
    }
    BINARY |= {
        "sklearn log_loss": lambda y, p: sklearn.log_loss([y], [p], labels=[0, 1]),
    }


def versions():
    packages = {"numpy": np, "scipy": scipy, "torch": torch, "dit": dit, "scikit-learn": sklearn}
    return {name: version(name) for name, module in packages.items() if module}
