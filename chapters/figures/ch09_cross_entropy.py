"""Chapter 9: cross-entropy as entropy and excess, over the model and over the data."""

import numpy as np

from entropybook import cross_entropy, entropy, kl_divergence
from figures.style import EXCESS, LINE_COLOR, P_COLOR, Q_COLOR


def entropy_and_excess(ax, p, codes):
    """For data from p and each distribution in `codes`: a bar H(P) + D(P||Q), the total H(P, Q) written at its end."""
    floor = entropy(p, base=2)
    for y, q in enumerate(codes.values()):
        excess = kl_divergence(p, q, base=2)
        ax.barh(y, floor, color=P_COLOR)
        ax.annotate(f"$H(P) = {floor:g}$", (floor / 2, y), ha="center", va="center", color="white")
        if excess == np.inf:
            ax.barh(y, 2.6, left=floor, **EXCESS)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
            ax.annotate(r"$H(P,Q) = \infty\ \rightarrow$", (floor + 1.3, y), ha="center", va="center", bbox=box)
        else:
            if excess:
                ax.barh(y, excess, left=floor, **EXCESS)
            total = f"$H(P,Q) = {floor + excess:.4g}$"
            ax.annotate(total, (floor + excess, y), (6, 0), textcoords="offset points", va="center")
    ax.set(yticks=range(len(codes)), yticklabels=codes, xlabel=r"bits a day: $H(P)$ (blue) and $D(P\,\|\,Q)$ (hatched)")
    ax.set(xlim=(0, floor + 2.6), xticks=range(5))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return ax


def cross_entropy_curve(ax, p):
    """H(P, Q) of two coins over q, p fixed: the floor H(P), and D(P||Q) as the gap above it."""
    half = np.geomspace(1e-9, 0.5, 300)
    q = np.concatenate([half, 1 - half[::-1]])
    pair = np.broadcast_to([[p], [1 - p]], (2, q.size))
    total = cross_entropy(pair, np.stack([q, 1 - q]), axis=0)
    floor = entropy([p, 1 - p])
    ax.fill_between(q, floor, total, label=r"$D(P\,\|\,Q)$", linewidth=0, **EXCESS)
    ax.plot(q, total, label="$H(P, Q)$")
    ax.axhline(floor, color=LINE_COLOR, linestyle="--", label=f"floor $H(P) = {floor:.4f}$")
    ax.plot(p, floor, "o", color=LINE_COLOR)
    ax.annotate(f"$q = p = {p:g}$", (p, floor), (0, -16), textcoords="offset points", ha="center")
    ax.set(xlabel="$q$", ylabel="nats", xlim=(0, 1), ylim=(0, 3), xticks=[0, 0.25, 0.5, 0.75, 1], yticks=range(4))
    ax.legend(loc="upper center")
    return ax


def cross_entropy_map(ax, q_fixed):
    """H(P, Q) of two coins over (q, p), the best q for each p (the diagonal) and the best p for one q (the edge)."""
    steps = np.linspace(0.002, 0.998, 250)
    q, p = np.meshgrid(steps, steps)
    values = np.minimum(cross_entropy(np.stack([p, 1 - p]), np.stack([q, 1 - q]), axis=0), 3)
    image = ax.pcolormesh(q, p, values, cmap="Blues", vmin=0, vmax=3, rasterized=True)
    ax.figure.colorbar(image, ax=ax, label="$H(P, Q)$  (nats, cut at 3)")
    ax.contour(q, p, values, levels=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.5, 2], colors="black", linewidths=0.4)
    ax.plot([0, 1], [0, 1], color="black", linestyle="--", linewidth=1.5)
    ax.annotate(
        "best $q$ for each $p$",
        (0.26, 0.31),
        rotation=45,
        ha="center",
        va="center",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8},
    )
    ax.plot([q_fixed, q_fixed], [0, 1], color=Q_COLOR, linewidth=2)
    ax.plot(q_fixed, 1, "o", color=Q_COLOR, markersize=9, clip_on=False)
    ax.annotate(f"best $p$ for $q = {q_fixed:g}$", (q_fixed, 1), (0, 9), textcoords="offset points", ha="center")
    ax.set(xlabel="$q$", ylabel="$p$", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    return ax
