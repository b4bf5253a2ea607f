"""Chapter 7: a joint table beside the product of its marginals, a Markov chain, two normal variables."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from entropybook import entropy, kl_divergence
from figures.style import EXCESS, EXCESS_COLOR, LINE_COLOR, P_COLOR, Q_COLOR


def joint_and_product(axes, joint, rows, columns):
    """A joint table, the product of its marginals and their difference, in units of the least entry of the product."""
    joint = np.asarray(joint, float)
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    unit = product[product > 0].min()
    tables = (joint, product, joint - product)
    titles = ("$P_{XY}$", r"$P_X \times P_Y$", "difference")
    for ax, table, title in zip(axes, tables, titles, strict=True):
        signed = ax is axes[-1]
        for (y, x), value in np.ndenumerate(table / unit):
            depth = abs(value) * unit / joint.max()
            face = tuple(1 - depth * (1 - np.array(to_rgb(P_COLOR))))
            style = EXCESS | {"linewidth": 0} if value < 0 else {"facecolor": face, "edgecolor": "#cccccc"}
            ax.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, **({"linewidth": 0.6} | style)))
            text = f"{value:+.3g}".replace("-", "−") if signed and value else f"{value:.3g}"
            dark = value > 0 and depth > 0.6
            box = {"facecolor": EXCESS_COLOR, "edgecolor": "none", "pad": 1.5} if value < 0 else None
            ax.annotate(text, (x + 0.5, y + 0.5), ha="center", va="center", fontsize=14, bbox=box,
                        color="white" if dark else "black")  # fmt: skip
        ax.set(xlim=(0, len(columns)), ylim=(len(rows), 0), title=title, aspect="equal")
        ax.set(xticks=np.arange(len(columns)) + 0.5, yticks=np.arange(len(rows)) + 0.5)
        ax.set_xticklabels(columns)
        ax.set_yticklabels(rows)
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
    return axes


def chain_of_distributions(ax, pairs, outcomes):
    """For each step of a chain the distributions P (blue) and Q (orange, hatched), an outcome a pair of bars."""
    width = 0.8 / len(outcomes)
    for step, (p, q) in enumerate(pairs):
        left = step - 0.4 + width * np.arange(len(outcomes))
        ax.bar(left, p, width=0.45 * width, align="edge", color=P_COLOR, label="$P$" if step == 0 else None)
        ax.bar(left + 0.45 * width, q, width=0.45 * width, align="edge", label="$Q$" if step == 0 else None, **EXCESS)
        if step:
            ax.annotate("", (step - 0.42, 0.54), (step - 0.68, 0.54), arrowprops={"arrowstyle": "->", "lw": 1.5})
            ax.annotate("$w$", (step - 0.55, 0.555), ha="center", va="bottom")
    ax.set(xlim=(-0.5, len(pairs) - 0.5), ylim=(0, 0.64), yticks=[0, 0.25, 0.5], ylabel="probability")
    ax.set_xticks(-0.4 + width * (np.arange(len(outcomes)) + 0.45), outcomes, rotation=90)
    ax.legend(loc="upper right", borderaxespad=0)
    ax.tick_params(axis="x", length=0)
    return ax


def falling_divergence(ax, pairs):
    """D(P||Q) in bits at each step of a chain."""
    values = [kl_divergence(p, q, base=2) for p, q in pairs]
    ax.bar(range(len(pairs)), values, width=0.5, **EXCESS)
    for step, value in enumerate(values):
        ax.annotate(f"{value:.3f}", (step, value), (0, 3), textcoords="offset points", ha="center")
    ax.set(xticks=range(len(pairs)), xlim=(-0.5, len(pairs) - 0.5), xlabel="passed on, times")
    ax.set(ylim=(0, 1.25 * max(values)), ylabel=r"$D(P\,\|\,Q)$  (bits)")
    ax.tick_params(axis="x", length=0)
    return ax


def normal_information(ax, mark=0.5):
    """Mutual information of two normal variables over their correlation, and what is left of it in their signs."""
    rho = np.concatenate([-1 + np.geomspace(1e-4, 1, 200), 1 - np.geomspace(1, 1e-4, 200)])
    differ = np.arccos(rho) / np.pi
    signs = np.log(2) - entropy(np.stack([differ, 1 - differ]), axis=0)
    ax.plot(rho, -np.log1p(-(rho**2)) / 2, label=r"$I(X; Y) = -\frac{1}{2}\,\log(1 - \rho^2)$")
    ax.plot(rho, signs, "--", color=Q_COLOR, label=r"$I$ of the two signs")
    ax.plot(rho, rho**2 / 2, ":", color=LINE_COLOR, label=r"$\rho^2/2$")
    at = -np.log1p(-(mark**2)) / 2
    ax.plot(mark, at, "o", color=LINE_COLOR)
    ax.annotate(f"{at:.3f}", (mark, at), (-4, 5), textcoords="offset points", ha="right")
    ax.set(xlabel=r"$\rho$", ylabel="nats", xlim=(-1, 1), ylim=(0, 1.6), xticks=[-1, -mark, 0, mark, 1])
    ax.legend(loc="upper center")
    return ax
