"""The book's figures: each function draws on the axes that it is given and returns them.

`plt.style.use("entropybook.book")` sets their look.  Blue is P and what P alone costs; orange is Q, and, hatched, the
excess that comes from using Q for P, so that the two can be told apart in grey as well.
"""

import numpy as np

from entropybook.discrete import cross_entropy, entropy, kl_divergence, surprisal

P_COLOR, Q_COLOR, EXCESS_COLOR, LINE_COLOR = "#1f6f9f", "#d9822b", "#f6c48c", "#555555"
EXCESS = {"facecolor": EXCESS_COLOR, "edgecolor": "#7a4a12", "hatch": "///"}
CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])  # of the triangle that shows three outcomes


def surprisal_curve(ax):
    """-log2 p over p, with the halvings of p marked: each costs one bit."""
    p = np.linspace(0.004, 1, 400)
    ax.plot(p, surprisal(p, base=2))
    for bits in range(5):
        ax.plot(2.0**-bits, bits, "o", color=LINE_COLOR)
        name = f"1/{2**bits}" if bits else "1"
        ax.annotate(
            f"$p = {name}$: {bits} bits".replace(" 1 bits", " 1 bit"),
            (2.0**-bits, bits),
            (7, 5),
            textcoords="offset points",
        )
    ax.set(
        xlabel="$p$", ylabel=r"$-\log_2\, p$  (bits)", xlim=(0, 1.17), ylim=(-0.2, 8), xticks=[0, 0.25, 0.5, 0.75, 1]
    )
    return ax


def surprisal_areas(ax, forecast):
    """A bar an outcome, p wide and -log2 p high: the areas add up to the entropy."""
    left = 0.0
    for outcome, p in forecast.items():
        height = surprisal(p, base=2)
        ax.bar(left, height, width=p, align="edge", color=P_COLOR, alpha=0.75, edgecolor="white", linewidth=2)
        ax.annotate(
            f"{outcome}\n{height:g} bit{'s' * (height != 1)}", (left + p / 2, height + 0.06), ha="center", va="bottom"
        )
        left += p
    mean = entropy(list(forecast.values()), base=2)
    ax.axhline(mean, color=LINE_COLOR, linestyle="--")
    ax.annotate(f"mean $H = {mean:g}$", (1.01, mean), va="center", annotation_clip=False)
    ax.set(xlabel="$p$, outcome by outcome", ylabel=r"$-\log_2\, p$  (bits)", xlim=(0, 1), ylim=(0, 4))
    ax.set_xticks(np.cumsum([0, *forecast.values()]))
    ax.set_xticklabels(f"{x:g}" for x in np.cumsum([0, *forecast.values()]))
    return ax


def binary_entropy_curve(ax, mark=0.9):
    """H_b(p) in bits, its maximum at 1/2 and one other coin marked."""
    p = np.linspace(0, 1, 401)
    ax.plot(p, entropy(np.stack([p, 1 - p]), axis=0, base=2))
    for x in (0.5, mark):
        y = entropy([x, 1 - x], base=2)
        ax.plot(x, y, "o", color=LINE_COLOR)
        ax.annotate(f"$H_b({x:g}) = {y:.3g}$", (x, y), (0, 7) if x == 0.5 else (9, 0), textcoords="offset points",
                    ha="center" if x == 0.5 else "left")  # fmt: skip
    ax.set(xlabel="$p$", ylabel="$H_b(p)$  (bits)", xlim=(0, 1.15), ylim=(0, 1.15), xticks=[0, 0.25, 0.5, 0.75, 1])
    return ax


def kl_terms(ax, p, q, outcomes):
    """The terms p log2(p/q) as bars of width one: their signed areas add up to D(P||Q)."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    terms = p * np.log2(p / q)
    for x, term in enumerate(terms):
        style = {"color": P_COLOR, "alpha": 0.75} if term > 0 else EXCESS
        ax.bar(x, term, width=0.96, **style)
        offset = (0, 4 if term >= 0 else -4)
        ax.annotate(f"{term:+.3g}".replace("+0", "0").replace("-", "−"), (x, term), offset, textcoords="offset points",
                    ha="center", va="bottom" if term >= 0 else "top")  # fmt: skip
    ax.axhline(0, color=LINE_COLOR, linewidth=1)
    ax.set(
        xticks=range(len(p)), xticklabels=[f"{o}\n$p={a:g}$\n$q={b:g}$" for o, a, b in zip(outcomes, p, q, strict=True)]
    )
    ax.set(ylabel=r"$p\,\log_2(p/q)$  (bits)", ylim=(min(0, terms.min()) - 0.18, terms.max() + 0.18))
    ax.tick_params(axis="x", length=0)
    return ax


def tangent_bound(ax):
    """log x under its tangent x - 1, the gap between them shaded."""
    x = np.linspace(0.05, 3, 400)
    ax.fill_between(x, np.log(x), x - 1, color=EXCESS_COLOR, alpha=0.6, label=r"gap $x - 1 - \log\,x \geq 0$")
    ax.plot(x, np.log(x), label=r"$\log\,x$")
    ax.plot(x, x - 1, color=Q_COLOR, linestyle="--", label="$x - 1$")
    ax.plot(1, 0, "o", color=LINE_COLOR)
    ax.annotate("touch at $x = 1$", (1, 0), (8, -14), textcoords="offset points")
    ax.axhline(0, color=LINE_COLOR, linewidth=0.6)
    ax.set(xlabel="$x$", xlim=(0, 3), ylim=(-2.5, 2.1))
    ax.legend(loc="lower right")
    return ax


def simplex_contours(ax, function, center, title, levels=(0.05, 0.2, 0.5, 1)):
    """Contours of function(points) in bits over all distributions of three outcomes, with `center` marked."""
    steps = 121
    a, b = np.meshgrid(np.linspace(0, 1, steps), np.linspace(0, 1, steps))
    points = np.stack([1 - a - b, a, b], axis=-1)[a + b <= 1 + 1e-12].clip(0)
    x, y = (points @ CORNERS).T
    values = function(points / points.sum(axis=-1, keepdims=True))
    contours = ax.tricontour(x, y, np.minimum(values, 50), levels=levels, colors=P_COLOR, linewidths=1.4)
    ax.clabel(contours, fmt="%g", fontsize=9, colors="black")
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=LINE_COLOR, linewidth=1)
    ax.plot(*(center @ CORNERS), "o", color=Q_COLOR)
    for corner, name, side in zip(CORNERS, "123", ("right", "left", "center"), strict=True):
        ax.annotate(name, corner, (-5 * (side == "right") + 5 * (side == "left"), 5 * (side == "center") - 4),
                    textcoords="offset points", ha=side)  # fmt: skip
    ax.set_title(title, pad=14)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def entropy_and_excess(ax, p, codes):
    """For data from p and each distribution in `codes`: a bar H(P) + D(P||Q), the total H(P, Q) written at its end."""
    floor = entropy(p, base=2)
    for y, q in enumerate(codes.values()):
        excess = kl_divergence(p, q, base=2)
        ax.barh(y, floor, color=P_COLOR, alpha=0.75)
        ax.annotate(f"$H(P) = {floor:g}$", (floor / 2, y), ha="center", va="center", color="white")
        end = 2.6 if excess == np.inf else excess
        ax.barh(y, end, left=floor, **EXCESS)
        if excess == np.inf:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
            ax.annotate(r"$H(P,Q) = \infty\ \rightarrow$", (floor + 1.3, y), ha="center", va="center", bbox=box)
        else:
            total = f"$H(P,Q) = {floor + excess:.4g}$"
            ax.annotate(total, (floor + end, y), (6, 0), textcoords="offset points", va="center")
    ax.set(
        yticks=range(len(codes)),
        yticklabels=codes,
        xlabel=r"bits an outcome: $H(P)$ (blue) and $D(P\,\|\,Q)$ (hatched)",
    )
    ax.set(xlim=(0, floor + 2.6), xticks=[0, 0.5, 1, 1.5, 2, 2.5, 3])
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return ax


def cross_entropy_curve(ax, p):
    """H(P, Q) of two coins over q, p fixed: the floor H(P), and D(P||Q) as the gap above it."""
    q = np.linspace(0.01, 0.99, 393)
    pair = np.broadcast_to([[p], [1 - p]], (2, q.size))
    total = cross_entropy(pair, np.stack([q, 1 - q]), axis=0)
    floor = entropy([p, 1 - p])
    ax.fill_between(q, floor, total, label=r"$D(P\,\|\,Q)$", linewidth=0, **EXCESS)
    ax.plot(q, total, label="$H(P, Q)$")
    ax.axhline(floor, color=LINE_COLOR, linestyle="--", label=f"floor $H(P) = {floor:.4f}$")
    ax.plot(p, floor, "o", color=LINE_COLOR)
    ax.annotate("$q = p$", (p, floor), (0, -15), textcoords="offset points", ha="center")
    ax.set(xlabel="$q$", ylabel="nats", xlim=(0, 1), ylim=(0, 3), xticks=[0, p, 0.5, 0.75, 1])
    ax.legend(loc="upper center")
    return ax


def cross_entropy_map(ax, q_fixed):
    """H(P, Q) of two coins over (q, p), the best q for each p (the diagonal) and the best p for one q (the edge)."""
    steps = np.linspace(0.005, 0.995, 199)
    q, p = np.meshgrid(steps, steps)
    values = cross_entropy(np.stack([p, 1 - p]), np.stack([q, 1 - q]), axis=0)
    image = ax.pcolormesh(q, p, np.minimum(values, 3), cmap="Blues", rasterized=True)
    ax.figure.colorbar(image, ax=ax, label="$H(P, Q)$  (nats, cut at 3)")
    ax.plot([0, 1], [0, 1], color="black", linestyle="--", linewidth=1.5)
    ax.annotate("best $q$ for each $p$", (0.36, 0.36), rotation=45, ha="center", va="bottom", rotation_mode="anchor")
    ax.plot([q_fixed, q_fixed], [0, 1], color=Q_COLOR, linewidth=1.5)
    ax.plot(q_fixed, q_fixed, "o", color="black", markersize=5)
    ax.plot(q_fixed, 1, "o", color=Q_COLOR, markersize=9, clip_on=False)
    ax.annotate(f"best $p$ for $q = {q_fixed:g}$", (q_fixed, 1), (0, 9), textcoords="offset points", ha="center")
    ax.set(xlabel="$q$", ylabel="$p$", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    return ax
