"""Chapter 2: entropy over distributions of three outcomes, of mixtures, and of pairs."""

import numpy as np

from entropybook import entropy
from figures.style import CORNERS, EXCESS, EXCESS_COLOR, LINE_COLOR, P_COLOR, Q_COLOR, three_outcomes


def entropy_simplex(ax, points, levels=(0.5, 0.8, 1.1, 1.3, 1.5)):
    """Entropy in bits over all distributions of three outcomes; `points` maps names to some of them."""
    grid = three_outcomes(steps=181)
    values = entropy(grid / grid.sum(axis=-1, keepdims=True), base=2)
    x, y = (grid @ CORNERS).T
    ax.tricontourf(x, y, values, levels=[0, *levels, 2], cmap="Blues", vmin=0, vmax=2.6)
    lines = ax.tricontour(x, y, values, levels=levels, colors=LINE_COLOR, linewidths=0.9)
    ray = np.linspace([1 / 3] * 3, [0, 0, 1], 500)[:-1]  # the labels stand under the upper corner
    heights = entropy(ray, base=2)
    places = [ray[np.argmin(abs(heights - level))] @ CORNERS for level in levels[:-1]]
    ax.clabel(lines, levels[:-1], fmt="%g", fontsize=10, colors="black", manual=places)
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=LINE_COLOR, linewidth=1)
    for name, point in points.items():
        place = np.asarray(point) @ CORNERS
        ax.plot(*place, "o", color=Q_COLOR, markeredgecolor="black", clip_on=False)
        text = f"${name}$: {entropy(point, base=2):.4g}"
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
        ax.annotate(text, place, (0, -9), textcoords="offset points", ha="center", va="top", bbox=box)
    for corner, name, shift, side in zip(
        CORNERS, "123", ((-4, 0), (4, 0), (0, 6)), ("right", "left", "center"), strict=True
    ):
        ax.annotate(f"outcome {name}\nsure: 0", corner, shift, textcoords="offset points", ha=side, va="bottom")
    ax.set(aspect="equal", xlim=(-0.3, 1.3))
    ax.axis("off")
    return ax


def entropy_of_mixtures(ax, p, q):
    """H of the mixture lambda P + (1 - lambda) Q, in bits, above the mixture of the entropies."""
    share = np.linspace(0, 1, 201)
    mixed = entropy(share[:, None] * np.asarray(p) + (1 - share[:, None]) * np.asarray(q), base=2)
    chord = share * entropy(p, base=2) + (1 - share) * entropy(q, base=2)
    ax.fill_between(share, chord, mixed, linewidth=0, **EXCESS)
    ax.plot(share, mixed, label=r"$H(\lambda P + (1 - \lambda) Q)$")
    ax.plot(share, chord, color=LINE_COLOR, linestyle="--", label=r"$\lambda H(P) + (1 - \lambda) H(Q)$")
    for x, name in ((0, "Q"), (1, "P")):
        ax.plot(x, chord[-x], "o", color=LINE_COLOR, clip_on=False)
        ax.annotate(f"$H({name})$", (x, chord[-x]), (7 - 14 * x, -17), textcoords="offset points",
                    ha="right" if x else "left")  # fmt: skip
    ax.plot(0.5, mixed[100], "o", color=P_COLOR)
    ax.annotate(f"{mixed[100]:.3f}", (0.5, mixed[100]), (0, 7), textcoords="offset points", ha="center")
    low, high = chord.min(), mixed.max()
    ax.set(xlabel=r"$\lambda$, the share of $P$", ylabel="bits", xlim=(0, 1), xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.set(ylim=(low - 0.35 * (high - low), high + 0.75 * (high - low)))
    ax.legend(loc="upper center", ncols=2)
    return ax


def information_diagram(ax, joint):
    """H(X, Y) as a bar, and how H(X), H(Y), H(X|Y), I(X; Y) and H(Y|X) lie in it, in bits."""
    joint = np.asarray(joint, float)
    both, of_x, of_y = (entropy(p, base=2) for p in (joint.ravel(), joint.sum(axis=1), joint.sum(axis=0)))
    cuts = [both - of_y, of_x]
    white, dark = {"color": "white"}, {"color": "black"}
    bars = [
        (3, 0, both, "H(X, Y)", {"facecolor": LINE_COLOR}, white),
        (2, 0, of_x, "H(X)", {"facecolor": P_COLOR}, white),
        (1, both - of_y, of_y, "H(Y)", {"facecolor": Q_COLOR}, dark),
        (0, 0, both - of_y, r"H(X\,|\,Y)", {"facecolor": "#d5e6f0"}, dark),
        (0, both - of_y, of_x + of_y - both, "I(X;Y)", {"facecolor": "white"}, dark),
        (0, of_x, both - of_x, r"H(Y\,|\,X)", {"facecolor": EXCESS_COLOR}, dark),
    ]
    for y, left, width, name, style, font in bars:
        ax.barh(y, width, left=left, height=0.72, edgecolor="black", linewidth=0.8, **style)
        between = " = " if width > 0.25 * both else "$\n$"
        ax.annotate(f"${name}{between}{width:.3f}$", (left + width / 2, y), ha="center", va="center", **font)
    for cut in cuts:
        ax.axvline(cut, color="black", linestyle=":", linewidth=1, zorder=0)
    ax.set(xlabel="bits", yticks=[], xlim=(0, both), ylim=(-0.5, 3.5))
    ax.spines["left"].set_visible(False)
    return ax
