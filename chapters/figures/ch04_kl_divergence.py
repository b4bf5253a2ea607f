"""Chapter 4: the terms of a divergence, the bound behind Gibbs' inequality, and divergence over three outcomes."""

import numpy as np

from figures.style import CORNERS, EXCESS, EXCESS_COLOR, LINE_COLOR, P_COLOR, Q_COLOR, three_outcomes


def kl_terms(ax, p, q, outcomes):
    """The terms p log2(p/q) as bars of unit width, and set apart their sum D(P||Q)."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    terms = p * np.log2(p / q)
    names = [f"{o}\n$p={a:g}$\n$q={b:g}$" for o, a, b in zip(outcomes, p, q, strict=True)]
    places = [*range(len(p)), len(p) + 0.6]
    for x, height in zip(places, [*terms, terms.sum()], strict=True):
        above = height >= 0
        ax.bar(x, height, width=1, **({"color": P_COLOR, "edgecolor": "white", "linewidth": 2} if above else EXCESS))
        text = f"{height:+.3g}".replace("-", "−") if height else "0"
        ax.annotate(text, (x, height), (0, 4 if above else -4), textcoords="offset points",
                    ha="center", va="bottom" if above else "top")  # fmt: skip
    ax.axhline(0, color=LINE_COLOR, linewidth=1)
    ax.set(xticks=places, xticklabels=[*names, "sum\n$D(P\\,\\|\\,Q)$"])
    ax.set(ylabel=r"$p\,\log_2(p/q)$  (bits)", ylim=(min(0, terms.min()) - 0.18, terms.max() + 0.18))
    ax.tick_params(axis="x", length=0)
    return ax


def tangent_bound(ax):
    """log x under its tangent x - 1, the gap between them shaded."""
    x = np.geomspace(1e-3, 3, 600)
    ax.fill_between(x, np.log(x), x - 1, color=EXCESS_COLOR, alpha=0.6, label=r"gap $x - 1 - \log\,x \geq 0$")
    ax.plot(x, np.log(x), label=r"$\log\,x$")
    ax.plot(x, x - 1, color=Q_COLOR, linestyle="--", label="$x - 1$")
    ax.plot(1, 0, "o", color=LINE_COLOR)
    ax.annotate("touch at $x = 1$", (1, 0), (8, -14), textcoords="offset points")
    ax.axhline(0, color=LINE_COLOR, linewidth=0.6)
    ax.set(xlabel="$x$", xlim=(0, 3), ylim=(-2.5, 2.1))
    ax.legend(loc="lower right")
    return ax


def simplex_contours(ax, function, center, title, levels=(0.05, 0.2, 0.4, 0.8)):
    """Contours of function(points), in bits, over all distributions of three outcomes, with the point C marked."""
    points = three_outcomes(steps=161)
    x, y = (points @ CORNERS).T
    values = function(points / points.sum(axis=-1, keepdims=True))
    contours = ax.tricontour(x, y, np.minimum(values, 50), levels=levels, colors=P_COLOR, linewidths=1.4)
    # the labels stand where a line from C to the third corner meets the contours
    ray = center + np.linspace(0, 0.97, 400)[:, None] * (np.array([0, 0, 1]) - center)
    crossings = [ray[np.argmin(abs(function(ray) - level))] @ CORNERS for level in levels]
    ax.clabel(contours, fmt="%g", fontsize=9, colors="black", manual=crossings)
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=LINE_COLOR, linewidth=1)
    ax.plot(*(center @ CORNERS), "o", color=Q_COLOR)
    ax.annotate("$C$", center @ CORNERS, (5, -4), textcoords="offset points")
    for corner, name, place, side in zip(
        CORNERS, "123", ((-2, -13), (2, -13), (0, 5)), ("left", "right", "center"), strict=True
    ):
        ax.annotate(f"outcome {name}", corner, place, textcoords="offset points", ha=side, fontsize=9)
    ax.set_title(title, pad=20)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax
