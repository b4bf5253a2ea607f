"""Chapter 11: what libraries report, where they cut a probability, and where a gradient is lost."""

import numpy as np

from figures.style import LINE_COLOR, P_COLOR, Q_COLOR


def reductions(ax, sizes, reported, xlabel, predicted):
    """What sum, batchmean and mean report over the truth, as the batch or the outcomes grow; 1 is right.

    `reported` has a row for each size, `predicted` maps a size to the three values that the theorem gives.
    """
    lines = np.array([predicted(size) for size in sizes])
    styles = (("sum", "s", LINE_COLOR), ("batchmean", "o", P_COLOR), ("mean", "^", Q_COLOR))
    for k, (name, marker, color) in enumerate(styles):
        ax.plot(sizes, lines[:, k], color=color, linewidth=1.2)
        ax.plot(sizes, reported[:, k], marker, color=color, markersize=6)
        side = {"ha": "right", "xytext": (-8, 3)} if lines[-1, k] > lines[0, k] else {"ha": "left", "xytext": (0, 8)}
        ax.annotate(name, (sizes[4], lines[4, k]), textcoords="offset points", color=color, **side)
    ax.set(xscale="log", yscale="log", xlabel=xlabel, ylim=(1e-3, 2e3), xticks=[2, 8, 32, 128, 512])
    ax.set(xticklabels=["2", "8", "32", "128", "512"], yticks=[1e-3, 1e-2, 0.1, 1, 10, 100, 1000])
    ax.minorticks_off()
    if ax.get_subplotspec().is_first_col():
        ax.set(ylabel="reported / truth")
    return ax


def clamped_losses(ax, depths, lines):
    """-log p over p = 10^-depth, and what libraries that cut it report."""
    ax.plot(depths, depths * np.log(10), color="black", linewidth=1.2)
    ax.annotate(r"$-\log\, p$", (54, 54 * np.log(10)), (-8, 2), textcoords="offset points", ha="right")
    styles = (("-", P_COLOR), ("--", Q_COLOR), (":", LINE_COLOR))
    for (name, values), (style, color) in zip(lines.items(), styles, strict=True):
        ax.plot(depths, values, style, color=color, linewidth=2.5)
        text = f"{name}: {max(values):.4g}"
        ax.annotate(text, (depths[-1], max(values)), (0, 5), textcoords="offset points", ha="right", color=color)
    ax.set(xlabel="$p$", ylabel="loss of label 1  (nats)", xlim=(0, depths[-1]), ylim=(0, 145))
    ax.set(xticks=[0, 15, 30, 45, 60], xticklabels=["1", *(f"$10^{{-{d}}}$" for d in (15, 30, 45, 60))])
    return ax


def vanishing_gradient(ax, logits, exact, measured):
    """The derivative of the loss of label 1 by the logit: from logits, and through a sigmoid and a probability."""
    ax.plot(logits, exact, color=P_COLOR, linewidth=2)
    ax.plot(logits, measured, "--", color=Q_COLOR, linewidth=2.5)
    ax.annotate("with logits", (-45, -0.95), color=P_COLOR, ha="center", va="bottom")
    ax.annotate("sigmoid, then\nprobability", (-32, -0.4), color=Q_COLOR, ha="right", va="center")
    ax.set(xlabel="logit $z$", ylabel=r"$\partial \ell / \partial z$", xlim=(-60, 10), ylim=(-1.08, 0.08))
    ax.set(yticks=[-1, -0.5, 0])
    return ax
