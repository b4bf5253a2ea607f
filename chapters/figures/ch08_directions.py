"""Chapter 8: fits in the forward and in the reverse direction, Jensen-Shannon divergence, Pinsker's bound."""

import numpy as np

from figures.style import LINE_COLOR, P_COLOR, Q_COLOR


def fitted_normals(ax, target, fits):
    """A density `target(x)`, shaded, and normal densities laid over it: `fits` maps a label to (mu, sigma)."""
    x = np.linspace(-8, 8, 801)
    ax.fill_between(x, target(x), color="#c9dbe7", linewidth=0, label="$M$")
    styles = ((Q_COLOR, "--"), ("black", "-"), (LINE_COLOR, ":"), (P_COLOR, "-."))
    for (label, (mu, sigma)), (color, line) in zip(fits.items(), styles, strict=False):
        density = np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
        ax.plot(x, density, color=color, linestyle=line, label=label)
    ax.set(xlabel="$x$", ylabel="density", xlim=(-8, 8), ylim=(0, None), xticks=range(-6, 7, 3))
    ax.legend(loc="upper left", handlelength=1.6)
    return ax


def reverse_landscape(ax, mu, curves):
    """The least reverse divergence over the width, at each mean mu: `curves` maps d to the values."""
    styles = ("-", "--", "-.")
    for (d, values), line, color in zip(curves.items(), styles, (P_COLOR, Q_COLOR, "black"), strict=False):
        ax.plot(mu, values, linestyle=line, color=color, label=f"$d = {d:g}$")
        low = np.flatnonzero((values[1:-1] < values[:-2]) & (values[1:-1] < values[2:])) + 1
        best = np.isclose(values[low], values[low].min(), atol=1e-4)
        for place, filled in zip(low, best, strict=True):
            ax.plot(mu[place], values[place], "o", color=color, markerfacecolor=color if filled else "white")
    ax.axhline(np.log(2), color=LINE_COLOR, linestyle=":", linewidth=1.2)
    ax.annotate(r"$\log\,2$", (1.01, np.log(2)), xycoords=("axes fraction", "data"), va="center", annotation_clip=False)
    ax.set(xlabel=r"mean $\mu$ of the model", ylabel=r"least $D(Q\,\|\,M)$  (nats)")
    ax.set(xlim=(mu[0], mu[-1]), ylim=(0, 1.5))
    ax.legend(loc="upper center", ncols=3, handlelength=1.6, columnspacing=1.2)
    return ax


def js_saturation(ax, t, js):
    """Of two normal distributions of width 1, t apart: D = t^2/2, and JS, which levels off at log 2."""
    ax.plot(t, t**2 / 2, color=Q_COLOR, linestyle="--")
    ax.plot(t, js, color=P_COLOR)
    ax.axhline(np.log(2), color=LINE_COLOR, linestyle=":", linewidth=1.2)
    ax.annotate(r"$D = \frac{1}{2} t^2$", (1.62, 1.36), ha="right", va="bottom")
    ax.annotate(r"$\mathrm{JS}$", (3.0, 0.44), ha="left", va="top")
    ax.annotate(r"$\log\,2$", (1.01, np.log(2)), xycoords=("axes fraction", "data"), va="center", annotation_clip=False)
    ax.set(xlabel="$t$, the distance of the means", ylabel="nats", xlim=(0, t[-1]), ylim=(0, 1.6))
    ax.set_yticks([0, 0.5, 1, 1.5])
    return ax


def pinsker_cloud(ax, distance, divergence):
    """Random pairs as points (delta, D), and the bound D = 2 delta^2 below which none can lie."""
    shown = divergence <= 3
    ax.plot(distance[shown], divergence[shown], ".", markersize=2.5, color=P_COLOR, alpha=0.5, rasterized=True)
    delta = np.linspace(0, 1, 201)
    ax.fill_between(delta, 2 * delta**2, color="#f3e6d8", linewidth=0)
    ax.plot(delta, 2 * delta**2, color="black")
    ax.annotate(r"$D = 2\,\delta^2$", (0.8, 1.2), (6, -4), textcoords="offset points", ha="left", va="top")
    ax.annotate("no pair here", (0.72, 0.42), ha="center", va="center")
    ax.set(xlabel=r"$\delta(P, Q)$", ylabel=r"$D(P\,\|\,Q)$  (nats)", xlim=(0, 1), ylim=(0, 3))
    return ax
