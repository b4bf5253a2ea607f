"""Chapter 1: surprisal and entropy."""

import numpy as np

from entropybook import entropy, surprisal
from figures.style import LINE_COLOR, P_COLOR


def surprisal_curve(ax):
    """-log2 p over p, with the halvings of p marked: each costs one bit."""
    p = np.linspace(0.002, 1, 500)
    ax.plot(p, surprisal(p, base=2))
    for bits in range(5):
        ax.plot(2.0**-bits, bits, "o", color=LINE_COLOR, clip_on=False)
        text = f"$p = 1/{2**bits}$: {bits} bit{'s' * (bits != 1)}" if bits else "$p = 1$: 0 bits"
        place, side = ((7, 5), "left") if bits else ((2, 14), "right")
        ax.annotate(text, (2.0**-bits, bits), place, textcoords="offset points", ha=side)
    ax.annotate(r"$\uparrow \infty$", (0.02, 7.4))
    ax.set(xlabel="$p$", ylabel=r"$-\log_2\, p$  (bits)", xlim=(0, 1), ylim=(0, 8), xticks=[0, 0.25, 0.5, 0.75, 1])
    return ax


def surprisal_areas(ax, forecast):
    """A bar an outcome, p wide and -log2 p high, its area written in it: the areas add up to the entropy."""
    left = 0.0
    for outcome, p in forecast.items():
        height = surprisal(p, base=2)
        ax.bar(left, height, width=p, align="edge", color=P_COLOR, edgecolor="white", linewidth=2)
        name = f"{outcome}\n{height:g} bit{'s' * (height != 1)}"
        ax.annotate(name, (left + p / 2, height + 0.06), ha="center", va="bottom")
        ax.annotate(f"{p * height:g}", (left + p / 2, height / 3), ha="center", va="center", color="white")
        left += p
    mean = entropy(list(forecast.values()), base=2)
    ax.axhline(mean, color="black", linestyle="--", linewidth=1.5)
    ax.annotate(f"mean {mean:g} bits", (1.01, mean), va="center", annotation_clip=False)
    ax.set(xlabel="probability, laid end to end", ylabel=r"$-\log_2\, p$  (bits)", xlim=(0, 1), ylim=(0, 4))
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], yticks=range(5))
    return ax


def binary_entropy_curve(ax, mark=0.1):
    """H_b(p) in bits, its maximum at 1/2 and a pair of mirrored coins marked."""
    p = np.linspace(0, 1, 401)
    ax.plot(p, entropy(np.stack([p, 1 - p]), axis=0, base=2))
    for x, place, side in ((0.5, (0, 7), "center"), (mark, (-2, 9), "right"), (1 - mark, (2, 9), "left")):
        y = entropy([x, 1 - x], base=2)
        ax.plot(x, y, "o", color=LINE_COLOR)
        ax.annotate(f"{y:.3g}", (x, y), place, textcoords="offset points", ha=side)
    ax.set(xlabel="$p$", ylabel="$H_b(p)$  (bits)", xlim=(0, 1), ylim=(0, 1.15))
    ax.set(xticks=[0, mark, 0.25, 0.5, 0.75, 1 - mark, 1])
    return ax
