"""Appendix A5: rounding, and the comparison with other libraries that `make bench` stores."""

import numpy as np

from entropybook import kl_divergence
from figures.style import EXCESS_EDGE, LINE_COLOR, P_COLOR, Q_COLOR


def three_sums(ax, p=(0.1, 0.2, 0.7), direction=(1, 3, -1)):
    """S, G and K of p and of q = p (1 + eps direction), both rounded to single precision, over eps."""
    p, direction = np.array(p), np.array(direction)
    eps = 10.0 ** -np.arange(0.5, 6.6, 0.25)
    pairs = [(np.float32(p).astype(float), np.float32(p * (1 + e * direction)).astype(float)) for e in eps]
    literal = np.array([np.sum(a * np.log(a / b)) for a, b in pairs])
    surplus = np.array([np.sum(b - a) for a, b in pairs])
    unrounded = [kl_divergence(p, p * (1 + e * direction)) for e in eps]
    ax.plot(eps, unrounded, color=LINE_COLOR, linewidth=1, label="before rounding")
    positive = literal > 0
    ax.plot(eps[positive], literal[positive], "^", color=Q_COLOR, label="$S$")
    ax.plot(
        eps[~positive], -literal[~positive], "v", color=Q_COLOR, markerfacecolor="white", label="$-S$, where $S < 0$"
    )
    ax.plot(eps, literal + surplus, "s", color=LINE_COLOR, markersize=7, markerfacecolor="none", label="$G$")
    ax.plot(eps, [kl_divergence(a, b) for a, b in pairs], "o", color=P_COLOR, markersize=4, label="$K$")
    ax.set(xscale="log", yscale="log", xlabel=r"$\varepsilon$, the relative distance of $q$ from $p$", ylabel="nats")
    ax.set(ylim=(1e-14, 1), xlim=(1.5e-7, 0.5))
    ax.legend(loc="upper left")
    return ax


FAMILY_MARKS = {  # of cases in the comparison with other libraries: marker and colour
    "Dirichlet": ("o", P_COLOR),
    "float32-rounded": ("s", "#5aa9d6"),
    "peaked": ("^", LINE_COLOR),
    "near-equal 1e-3 to 1e-7": ("D", Q_COLOR),
    "near-equal 1e-8 to 1e-15": ("v", EXCESS_EDGE),
}


def accuracy_comparison(ax, results, quantity="KL"):
    """The worst relative error of each library, a mark a family of cases, on a logarithmic axis; less is better."""
    records = [r for r in results["accuracy"] if r["quantity"] == quantity and r["family"] in FAMILY_MARKS]
    libraries = list(dict.fromkeys(r["library"] for r in records))[::-1]
    for family, (marker, color) in FAMILY_MARKS.items():
        found = [r for r in records if r["family"] == family]
        x, y = [max(r["worst"], 1e-17) for r in found], [libraries.index(r["library"]) for r in found]
        ax.plot(x, y, marker, color=color, label=family, markersize=7, linestyle="none")
    ax.axvline(1, color=LINE_COLOR, linestyle=":", linewidth=1)
    ax.annotate("no digit right", (1.5, len(libraries) - 0.45), ha="left", annotation_clip=False)
    ax.set(xscale="log", xlim=(1e-17, 1e19), yticks=range(len(libraries)), yticklabels=libraries)
    ax.set(xlabel="worst relative error", ylim=(-0.5, len(libraries) - 0.5), xticks=[1e-16, 1e-8, 1, 1e8, 1e16])
    ax.grid(axis="y", alpha=0.3)
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.16), ncols=2)
    return ax


def speed_comparison(ax, results, pairs="far from"):
    """The time of each library's KL divergence over that of the plain formula, by the size of the input."""
    records = [r for r in results["speed"] if r.get("pairs") == pairs and r["library"] != "plain"]
    shapes = list(dict.fromkeys(r["shape"] for r in records))
    libraries = list(dict.fromkeys(r["library"] for r in records))
    styles = dict(zip(libraries, ("o-", "s--", "^:", "v-.", "D--", "x:"), strict=False))
    for library in libraries:
        found = [r for r in records if r["library"] == library]
        x, y = [shapes.index(r["shape"]) for r in found], [r["over_plain"] for r in found]
        color, width = (P_COLOR, 2.5) if library == "entropybook" else (LINE_COLOR, 1.2)
        ax.plot(x, y, styles[library], color=color, linewidth=width, label=library)
    ax.axhline(1, color="black", linewidth=1)
    ax.set(yscale="log", xticks=range(len(shapes)), xticklabels=shapes, xlabel="entries")
    ax.set(ylabel="time, plain formula = 1")
    ax.legend(loc="upper right")
    return ax
