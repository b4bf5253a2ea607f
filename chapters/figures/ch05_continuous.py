"""Chapter 5: from bins to densities, and what a change of variables does to them."""

import numpy as np

from entropybook import entropy
from figures.style import EXCESS_EDGE, LINE_COLOR, P_COLOR, Q_COLOR


def _side_by_side(ax):
    """Only the first panel of a row keeps its label at the left; ticks at the ends keep away from the next panel."""
    ax.label_outer()
    for label, side in zip(ax.get_xticklabels()[:: len(ax.get_xticks()) - 1], ("left", "right"), strict=True):
        label.set_horizontalalignment(side)
    return ax


def quantised_density(ax, cdf, pdf, bins):
    """A distribution on [0, 1] in equal bins: bars of area p over the density, H and H - log2 N in the title."""
    edges = np.linspace(0, 1, bins + 1)
    p = np.diff(cdf(edges))
    ax.bar(edges[:-1], p * bins, width=1 / bins, align="edge", color=P_COLOR, edgecolor="white", linewidth=8 / bins)
    ax.plot(edges[[0, -1]], [0, 0], color=LINE_COLOR, linewidth=0.6)
    t = np.linspace(0, 1, 200)
    ax.plot(t, pdf(t), color="black", linewidth=1.4)
    bits = entropy(p, base=2)
    ax.set_title(f"$N = {bins}$\n$H = {bits:.2f}$\n$H - \\log_2 N$\n$= {bits - np.log2(bins):.3f}$")
    ax.set(xlabel="$t$", xlim=(0, 1), ylim=(0, 2.05), xticks=[0, 0.5, 1], xticklabels=["0", "0.5", "1"])
    ax.set(ylabel="density", yticks=[0, 1, 2])
    return _side_by_side(ax)


def quantised_entropy(ax, cdf, limit, most=8):
    """H of a distribution on [0, 1] in N = 2^k equal bins, log2 N, and the difference, which goes to `limit`: bits."""
    k = np.arange(most + 1)
    bits = np.array([entropy(np.diff(cdf(np.linspace(0, 1, 2**j + 1))), base=2) for j in k])
    ax.axhline(limit, color="black", linestyle=":", linewidth=1.4)
    ax.plot(k, k, "--", color=LINE_COLOR, linewidth=1.4)
    ax.plot(k, bits, "o-", color=P_COLOR, clip_on=False)
    ax.plot(k, bits - k, "s", color=Q_COLOR, clip_on=False)
    ax.annotate(r"$\log_2 N$", (5, 5), (-8, 4), textcoords="offset points", ha="right", va="bottom")
    ax.annotate("$H$", (6, bits[6]), (8, -6), textcoords="offset points", va="top", color=P_COLOR)
    ax.annotate(r"$H - \log_2 N$", (4, 0), (0, 4), textcoords="offset points", ha="center", va="bottom")
    ax.annotate("$h$", (most, limit), (12, 0), textcoords="offset points", va="center", annotation_clip=False)
    ax.set(xlabel="$N$, the number of rings", ylabel="bits", xlim=(0, most), ylim=(-1, most))
    ax.set(xticks=k[::2], xticklabels=[f"{2**j}" for j in k[::2]], yticks=range(0, most + 1, 2))
    return ax


def uniform_densities(ax, lengths):
    """The uniform densities on [0, c] for each c, with c and the differential entropy log c above each step."""
    lengths = sorted(lengths)
    for c, left, style, color in zip(
        lengths, [0, *lengths], ("-", "--", "-."), (P_COLOR, Q_COLOR, LINE_COLOR), strict=False
    ):
        ax.plot([0, c, c], [1 / c, 1 / c, 0], style, color=color)
        text = f"$c = {c:g}$\n$h = {np.log(c):.3f}$" if c != 1 else "$c = 1$\n$h = 0$"
        ax.annotate(text, ((left + c) / 2, 1 / c), (0, 5), textcoords="offset points", ha="center", va="bottom")
    ax.axhline(0, color=LINE_COLOR, linewidth=0.6)
    ax.set(xlabel="$t$", ylabel="density", xlim=(0, 1.08 * lengths[-1]), ylim=(0, 1.3 / lengths[0]))
    ax.set(xticks=[0, *lengths], yticks=[0, *(1 / c for c in lengths)])
    return ax


def density_slice(ax, f, g, ends, symbol, labels):
    """Two densities on [0, 1], f blue and g dashed; the part between the `ends` is filled under f, hatched under g.

    `labels` are the areas of that part under f and under g.
    """
    t = np.linspace(0.004, 1, 500)
    part = np.linspace(*ends, 100)
    flat_f, flat_g = f(t) + 0 * t, g(t) + 0 * t
    ax.fill_between(part, f(part) + 0 * part, color=P_COLOR, alpha=0.35, linewidth=0)
    ax.fill_between(part, g(part) + 0 * part, facecolor="none", edgecolor=EXCESS_EDGE, hatch="///", linewidth=0)
    ax.plot(t, flat_f, color=P_COLOR)
    ax.plot(t, flat_g, "--", color=Q_COLOR)
    ax.set_title(f"$P$: {labels[0]},  $Q$: {labels[1]}")
    ax.set(xlabel=f"${symbol}$", ylabel="density", xlim=(0, 1), ylim=(0, 2.1), yticks=[0, 1, 2])
    ax.set(xticks=[0, *ends, 1], xticklabels=["0", *(f"{end:.4g}" for end in ends), "1"])
    return _side_by_side(ax)


def same_variance(ax, curves, places):
    """Densities as (pdf, h) by name at the `places`; the legend gives h."""
    styles = [("-", P_COLOR), ("--", Q_COLOR), ("-.", LINE_COLOR), (":", "#7a3b69")]
    for (name, (pdf, h)), (style, color) in zip(curves.items(), styles, strict=False):
        ax.plot(places, [pdf(t) for t in places], style, color=color, label=f"{name}: $h = {h:.3f}$")
    ax.axhline(0, color=LINE_COLOR, linewidth=0.6)
    ax.set(xlabel="$t$", ylabel="density", xlim=(places[0], places[-1]), ylim=(0, 0.78))
    ax.legend(loc="upper left", handlelength=2.4)
    return ax
