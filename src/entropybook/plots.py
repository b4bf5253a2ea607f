"""The book's figures: each function draws on the axes that it is given and returns them.

`plt.style.use("entropybook.book")` sets their look.  Blue is P and what P alone costs; orange is Q, and, hatched, the
excess that comes from using Q for P, so that the two can be told apart in grey as well.
"""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from entropybook.discrete import cross_entropy, entropy, kl_divergence, surprisal

P_COLOR, Q_COLOR, EXCESS_COLOR, LINE_COLOR = "#1f6f9f", "#d9822b", "#f6c48c", "#555555"
EXCESS = {"facecolor": EXCESS_COLOR, "edgecolor": "#7a4a12", "hatch": "///"}
CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])  # of the triangle that shows three outcomes


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
    steps = 161
    a, b = np.meshgrid(np.linspace(0, 1, steps), np.linspace(0, 1, steps))
    points = np.stack([1 - a - b, a, b], axis=-1)[a + b <= 1 + 1e-12].clip(0)
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


FAMILY_MARKS = {  # of cases in the comparison with other libraries: marker and colour
    "Dirichlet": ("o", "#1f6f9f"),
    "float32-rounded": ("s", "#5aa9d6"),
    "peaked": ("^", "#555555"),
    "near-equal 1e-3 to 1e-7": ("D", "#d9822b"),
    "near-equal 1e-8 to 1e-15": ("v", "#7a4a12"),
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


def derivation_map(ax, uses):
    """Which theorem uses which: `uses` maps the id of each theorem to the ids that it uses, in the order of the book.

    From left to right; theorems that neither use another nor are used are left out.
    """
    uses = {id: others for id, others in uses.items() if others or any(id in others for others in uses.values())}

    def depth(id):
        return 1 + max(map(depth, uses[id]), default=-1)

    columns = [[id for id in uses if depth(id) == level] for level in range(1 + max(map(depth, uses)))]
    columns[0].sort(key=lambda id: -sum(id in others for others in uses.values()))
    place, x = {}, 0
    for level, ids in enumerate(columns):
        if level:  # below one another as what they use is
            ids.sort(key=lambda id: np.mean([place[other][1] for other in uses[id]]))
        place |= {id: (x, (row + 0.5) / len(ids)) for row, id in enumerate(ids)}
        x += 0.4 + (0.0215 * max(map(len, ids)) if level else 0)  # room for the names
    for id, others in uses.items():
        for other in others:
            (x0, y0), (x1, y1) = place[other], place[id]
            x0 += 0.0215 * len(other) if x0 else 0  # behind the name
            t = np.linspace(0, 1, 40)
            y = y0 + (y1 - y0) * (3 * t**2 - 2 * t**3)
            color = (P_COLOR, Q_COLOR, LINE_COLOR)[min(columns[0].index(other), 2) if other in columns[0] else 1]
            ax.plot(x0 + 0.02 + (x1 - x0 - 0.04) * t, y, color=color, linewidth=0.8, alpha=0.6)
    for id, (x, y) in place.items():
        side = {"ha": "right", "x": x - 0.01} if x == 0 else {"ha": "left", "x": x + 0.01}
        ax.text(
            y=y, s=id, va="center", fontsize=8, **side, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        )
    ax.set(xlim=(-0.55, x - 0.4), ylim=(1, 0))
    ax.axis("off")
    return ax


def entropy_simplex(ax, points, levels=(0.5, 0.8, 1.1, 1.3, 1.5)):
    """Entropy in bits over all distributions of three outcomes; `points` maps names to some of them."""
    steps = 181
    a, b = np.meshgrid(np.linspace(0, 1, steps), np.linspace(0, 1, steps))
    grid = np.stack([1 - a - b, a, b], axis=-1)[a + b <= 1 + 1e-12].clip(0)
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


def code_tree(ax, code):
    """A prefix code as a tree, 0 to the left and 1 to the right; below it the share 2^-l of the budget of each word."""
    depth = max(map(len, code.values()))

    def middle(word):
        return (int(word or "0", 2) + 0.5) / 2 ** len(word)

    nodes = {word[:length] for word in code.values() for length in range(len(word) + 1)}
    for node in nodes - {""}:
        (x0, y0), (x1, y1) = (middle(node[:-1]), 1 - len(node)), (middle(node), -len(node))
        ax.plot([x0, x1], [y0, y1], color=LINE_COLOR, linewidth=1.5, zorder=1)
        side = -1 if node[-1] == "0" else 1
        ax.annotate(node[-1], ((x0 + x1) / 2, (y0 + y1) / 2), (7 * side, 3), textcoords="offset points", ha="center")
    for node in nodes - set(code.values()):
        ax.plot(middle(node), -len(node), "o", color="white", markeredgecolor=LINE_COLOR, zorder=2)
    floor = -depth - 0.75
    for name, word in code.items():
        x, y, share = middle(word), -len(word), 2.0 ** -len(word)
        ax.plot(x, y, "o", color=P_COLOR, zorder=2)
        label = {"ha": "center", "va": "top", "linespacing": 1.1}
        ax.annotate(f"{name}\n{word}", (x, y), (0, -6), textcoords="offset points", **label)
        ax.bar(x, 0.42, width=share, bottom=floor - 0.5, color=P_COLOR, edgecolor="white", linewidth=2)
        ax.annotate(f"1/{2 ** len(word)}", (x, floor - 0.29), ha="center", va="center", color="white")
    ax.set(xlim=(-0.02, 1.02), ylim=(floor - 0.55, 0.15))
    ax.axis("off")
    return ax


def code_areas(ax, p, lengths, outcomes, title):
    """A bar an outcome, p wide and its code word's length high: the areas add up to the mean length."""
    left = 0.0
    for outcome, p_i, length in zip(outcomes, p, lengths, strict=True):
        ax.bar(left, length, width=p_i, align="edge", color=P_COLOR, edgecolor="white", linewidth=2)
        ax.annotate(outcome, (left + p_i / 2, length), (0, 3), textcoords="offset points", ha="center", rotation=90)
        ax.annotate(f"{p_i * length:g}", (left + p_i / 2, length / 2), ha="center", va="center", color="white",
                    rotation=90 if p_i < 0.2 else 0)  # fmt: skip
        left += p_i
    ax.set(xlim=(0, 1), ylim=(0, 4.2), xticks=[0, 0.5, 1], yticks=range(5), xlabel="$p$, end to end", title=title)
    ax.set_xticklabels(["0", "0.5", "1"])
    return ax


def floor_and_excess(ax, floor, excess):
    """One stacked bar: the floor H(P), on it the excess, and its end, the total, marked."""
    ax.bar(0, floor, color=P_COLOR)
    ax.bar(0, excess, bottom=floor, **EXCESS)
    ax.annotate(f"floor\n{floor:g}", (0, floor / 2), ha="center", va="center", color="white")
    ax.annotate(f"excess\n{excess:g}", (0, floor + excess), (0, 3), textcoords="offset points", ha="center")
    ax.set(xlim=(-0.5, 0.5), ylim=(0, 4.2), xticks=[], yticks=range(5), title=f"total {floor + excess:g}")
    return ax


def code_square(ax, speakers, floors, bills):
    """Two speakers and two codes: in each of four fields a bar H(P) with D(P||Q) on it; bills[data][code]."""
    top = max(map(max, bills)) * 1.22
    for row, floor in enumerate(floors):
        for column, bill in enumerate(bills[row]):
            x, y = column, -row * top
            ax.bar(x, floor, width=0.62, bottom=y, color=P_COLOR)
            ax.annotate(f"{floor:.2f}", (x, y + floor / 2), ha="center", va="center", color="white")
            if row != column:
                ax.bar(x, bill - floor, width=0.62, bottom=y + floor, **EXCESS)
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                text = f"{bill - floor:.2f}"
                ax.annotate(text, (x, y + (floor + bill) / 2), ha="center", va="center", bbox=box)
            total = f"total {bill:.2f}"
            ax.annotate(total, (x, y + bill), (0, 3), textcoords="offset points", ha="center")
        ax.axhline(-row * top, color=LINE_COLOR, linewidth=0.8)
    ax.axvline(0.5, color=LINE_COLOR, linewidth=0.8)
    ax.set(xlim=(-0.5, 1.5), ylim=(-top, top), xticks=[0, 1], yticks=[top * 0.4, -top * 0.6])
    ax.set(xticklabels=[f"code for {name}" for name in speakers])
    ax.set_yticklabels([f"data:\n{name}" for name in speakers])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def measured_bits(ax, rows):
    """Bits a symbol: for each row a bar H(P) + D(P||Q), and what a range coder and a Huffman coder really took.

    A row has the fields data, code, floor, bill, range and huffman; the rows of the same data stand together.
    """
    y, ticks, names = 0.0, [], []
    for k, row in enumerate(rows):
        y -= 1 if k == 0 or rows[k - 1].data == row.data else 1.6
        ax.barh(y, row.floor, height=0.72, color=P_COLOR)
        ax.barh(y, row.bill - row.floor, left=row.floor, height=0.72, **EXCESS)
        ax.plot(row.range, y + 0.18, "o", color="black", markersize=5, label="range coder" if k == 0 else None)
        diamond = {"marker": "D", "color": "white", "markeredgecolor": "black", "markersize": 5, "linestyle": "none"}
        ax.plot(row.huffman, y - 0.24, **diamond, label="Huffman coder" if k == 0 else None)
        ticks.append(y)
        names.append(f"{row.data}, {row.code}" if k == 0 or rows[k - 1].data != row.data else row.code)
    ax.set(yticks=ticks, yticklabels=names, ylim=(y - 0.7, -0.3), xlim=(0, max(row.bill for row in rows) * 1.06))
    ax.set(xlabel=r"bits a symbol: $H(P)$ (blue) and $D(P\,\|\,Q)$ (hatched)")
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="lower right")
    return ax


def stream_ends(ax, ends):
    """For streams of 1, 2, 3, ... symbols: the bits beyond -sum log2 q."""
    ax.plot(np.arange(1, len(ends) + 1), ends, ".-", linewidth=0.8, markersize=5)
    ax.axhline(0, color=LINE_COLOR, linewidth=1)
    ax.set(xlabel="$m$  (characters)", ylabel="bits beyond\n" + r"$-\sum\, \log_2\, q$", xlim=(0, len(ends) + 1))
    ax.set(ylim=(0, 40), yticks=[0, 8, 16, 24, 32])
    return ax


def ruler_histogram(ax, cdf, pdf, bins):
    """The law on [0, 1] with this cdf in equal bins: bars of area p over the density, H and H - log2 N in the title."""
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


def _side_by_side(ax):
    """Only the first panel of a row keeps its label at the left; ticks at the ends keep away from the next panel."""
    ax.label_outer()
    for label, side in zip(ax.get_xticklabels()[:: len(ax.get_xticks()) - 1], ("left", "right"), strict=True):
        label.set_horizontalalignment(side)
    return ax


def ruler_limit(ax, cdf, limit, most=8):
    """H of the law on [0, 1] in N = 2^k equal bins, log2 N, and their difference, which goes to `limit`; in bits."""
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
    ax.fill_between(part, g(part) + 0 * part, facecolor="none", edgecolor="#7a4a12", hatch="///", linewidth=0)
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


def normal_contours(ax, data_vary=True):
    """Contours of the divergence, in nats, between N(mu, sigma^2), the law of the data or of the model, and N(0, 1)."""
    mu, sigma = np.meshgrid(np.linspace(-3, 3, 241), np.geomspace(0.003, 4, 321))
    if data_vary:
        values = -np.log(sigma) + (sigma**2 + mu**2 - 1) / 2
        places = [(0, 1.35), (0, 1.75), (0, 2.13), (0, 2.64), (0, 3.7)]
        ax.set_title(r"$D(N(\mu, \sigma^2)\,\|\,N(0, 1))$")
    else:
        values = np.log(sigma) + ((1 + mu**2) / sigma**2 - 1) / 2
        places = [(0, 1.35), (0, 2.51), (2.4, 2.1), (-1.5, 0.77), (1.7, 0.57)]
        ax.set_title(r"$D(N(0, 1)\,\|\,N(\mu, \sigma^2))$")
    levels = (0.1, 0.5, 1, 2, 5)
    contours = ax.contour(mu, sigma, np.minimum(values, 50), levels=levels, colors=P_COLOR, linewidths=1.4)
    ax.clabel(contours, fmt="%g", fontsize=9, colors="black", manual=places)
    ax.plot(0, 1, "o", color=Q_COLOR)
    ax.set(xlabel=r"$\mu$", ylabel=r"$\sigma$", xlim=(-3, 3), ylim=(0, 4), xticks=[-2, 0, 2], yticks=range(5))
    return ax


def bregman_gap(ax, theta, eta):
    """A(t) = log(1 + e^t), its tangent at theta, and the gap between the two at eta."""
    t = np.linspace(-3, 4, 300)
    height, slope = np.log1p(np.exp(theta)), 1 / (1 + np.exp(-theta))
    below, above = height + slope * (eta - theta), np.log1p(np.exp(eta))
    ax.plot(t, np.log1p(np.exp(t)), label=r"$A(t) = \log(1 + e^t)$")
    ax.plot(t, height + slope * (t - theta), color=Q_COLOR, linestyle="--", label=r"tangent at $\theta$")
    ax.plot([eta, eta], [below, above], color="#7a4a12", linewidth=4, solid_capstyle="butt")
    arrow = {"arrowstyle": "-", "color": LINE_COLOR}
    ax.annotate(r"$D(p_\theta\,\|\,p_\eta)$", (eta, (below + above) / 2), (2.55, 1.1), arrowprops=arrow)
    for x, y in ((theta, height), (eta, above), (eta, below)):
        ax.plot([x, x], [0, y], color=LINE_COLOR, linestyle=":", linewidth=1, zorder=0)
        ax.plot(x, y, "o", color=LINE_COLOR)
    ax.set(xlabel="$t$", xlim=(-3, 4), ylim=(0, 4), xticks=[-3, -2, -1, theta, 1, eta, 3, 4], yticks=range(5))
    ax.set_xticklabels(["−3", "−2", "−1", r"$\theta$", "1", r"$\eta$", "3", "4"])
    ax.legend(loc="upper left")
    return ax


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


def chain_of_laws(ax, pairs, outcomes):
    """For each step of a chain the laws P (blue) and Q (orange, hatched) as bars, an outcome a pair of bars."""
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


def two_fits(ax, target, fits):
    """A density `target(x)`, shaded, and normal laws laid over it: `fits` maps a label to (mu, sigma)."""
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
    """Of two normal laws of width 1, t apart: D = t^2/2, and JS, which levels off at log 2."""
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


def logit_losses(ax, soft=0.3):
    """The binary cross-entropy over the logit, for the labels 1, 0 and `soft`; a tangent, the asymptotes, the floor."""
    z = np.linspace(-5, 5, 401)
    right, wrong = np.logaddexp(0, -z), np.logaddexp(0, z)
    ax.plot(z, np.maximum(-z, 0), ":", color=LINE_COLOR, linewidth=1.4)
    ax.plot(z, right)
    ax.plot(z, wrong, "--", color=Q_COLOR)
    ax.plot(z, soft * right + (1 - soft) * wrong, "-.", color="#7a3b69")
    place, floor = np.log(soft / (1 - soft)), entropy([soft, 1 - soft])
    ax.plot(place, floor, "o", color="#7a3b69")
    ax.annotate(f"{floor:.4f}", (place, floor), (-8, -13), textcoords="offset points", ha="right", color="#7a3b69")
    tangent = np.array([-1.1, 1.1])
    ax.plot(tangent, np.log(2) - tangent / 2, color="black", linewidth=1.2)
    ax.plot(0, np.log(2), "o", color="black", markersize=5)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    slope = {"xytext": (0.5, 1.75), "arrowprops": {"arrowstyle": "-", "color": LINE_COLOR, "linewidth": 0.8}}
    ax.annotate(r"slope $p - y = -1/2$", (0.05, np.log(2) + 0.05), ha="center", bbox=box, **slope)
    ax.annotate("$y = 1$", (-4, 4.25), color=P_COLOR)
    ax.annotate("$y = 0$", (4, 4.25), color="#9a5510", ha="right")
    ax.annotate(f"$y = {soft:g}$", (4.95, 2.2), color="#7a3b69", ha="right")
    ax.annotate("$-z$", (-3.45, 3.05), ha="right")
    ax.set(xlabel=r"logit $z = \log\frac{p}{1-p}$", ylabel=r"loss $\ell(y, p)$  (nats)", xlim=(-5, 5), ylim=(0, 5))
    return ax


def confident_losses(top, bottom, plain, shifted, careful):
    """The loss of two classes over the margin between their logits: above for a right answer, below for a wrong one."""
    m = np.linspace(0, 50, 251)
    top.plot(m, [careful(0, np.array([x, 0.0])) for x in m], label="loss")
    with np.errstate(all="ignore"):
        rounded = np.array([plain(0, np.array([x, 0.0])) for x in m])
    top.plot(m[rounded > 0], rounded[rounded > 0], ".", color=Q_COLOR, label="by $\\log$ of softmax")
    end = m[rounded > 0].max()
    top.axvline(end, color=LINE_COLOR, linestyle=":", linewidth=1.2)
    top.annotate("0 from\nhere on", (end, 1e-8), (6, 0), textcoords="offset points")
    top.set(yscale="log", ylim=(1e-22, 10), yticks=[1e-20, 1e-15, 1e-10, 1e-5, 1])
    top.set(xlim=(0, 50), xlabel="margin $m$, the answer is right", ylabel="nats")
    top.legend(loc="lower left", handlelength=1.2)
    m = np.linspace(600, 800, 401)
    bottom.plot(m, [careful(1, np.array([x, 0.0])) for x in m])
    names = ("$\\log$ of softmax:", (719, 702), "left"), ("shifted softmax:", (741, 760), "right")
    for loss, mark, (name, place, side) in zip((plain, shifted), "s^", names, strict=True):
        with np.errstate(all="ignore"):
            values = np.array([loss(1, np.array([x, 0.0])) for x in m])
        end = np.flatnonzero(np.isfinite(values)).max()
        bottom.plot(m[end], values[end], mark, color=Q_COLOR, markersize=8)
        bottom.annotate(f"{name}\n$\\infty$ from here on", place, ha=side, va="top" if side == "left" else "bottom")
    bottom.set(xlim=(600, 800), ylim=(600, 830), xlabel="margin $m$, the answer is wrong", ylabel="nats")
    return top, bottom


def double_softmax_window(top, bottom, classes=10):
    """Softmax twice: the least and the greatest loss over the number of classes K, and both losses over a margin."""
    K = np.geomspace(2, 1000, 200)
    least, greatest = np.log1p((K - 1) / np.e), np.log(K - 1 + np.e)
    top.fill_between(K, least, greatest, color="#cfdde6", linewidth=0)
    top.plot(K, np.log(K), "--", color="black", label=r"$\log\, K$")
    top.plot(K, least, color=P_COLOR, label=r"$\log(1 + \frac{K-1}{e})$")
    for k, place in ((classes, (7, -13)), (1000, (0, -36))):
        y = np.log1p((k - 1) / np.e)
        top.plot(k, y, "o", color=P_COLOR, clip_on=False)
        side = "left" if k == classes else "right"
        top.annotate(f"{y:.4f}", (k, y), place, textcoords="offset points", ha=side)
    top.set(xscale="log", xlim=(2, 1000), ylim=(0, 8.4), xlabel="classes $K$", ylabel="loss  (nats)")
    top.set_xticks([2, 10, 100, 1000], ["2", "10", "100", "1000"])
    top.minorticks_off()
    top.legend(loc="upper left", handlelength=1.5)
    m = np.linspace(-12, 12, 401)
    logits = np.where(np.arange(classes)[:, None] == 0, m, 0.0)
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    bottom.plot(m, np.log1p((classes - 1) * np.exp(-m)), "--", color=Q_COLOR)
    bottom.plot(m, np.log(np.exp(p).sum(axis=0)) - p[0])
    bottom.axhline(np.log1p((classes - 1) / np.e), color=LINE_COLOR, linestyle=":", linewidth=1.2)
    bottom.annotate("softmax once", (-4.9, 7.9))
    bottom.annotate("softmax twice", (-11.6, 2.9))
    bottom.annotate(f"{np.log1p((classes - 1) / np.e):.4f}", (11.8, 1.62), ha="right")
    bottom.set(xlabel=f"margin $m$ of the true class, $K = {classes}$", xlim=(-12, 12), ylim=(0, 10))
    bottom.set(ylabel="loss  (nats)")
    return top, bottom


def smoothed_loss(ax, eps=0.1, classes=10):
    """The loss over the margin of the true class, by a hard label and by a smoothed one, with the latter's floor."""
    m = np.linspace(-1, 14, 401)
    hard = np.log1p((classes - 1) * np.exp(-m))
    smooth = hard + eps * (classes - 1) / classes * m
    label = np.full(classes, eps / classes)
    label[0] += 1 - eps
    floor, best = entropy(label), np.log(label[0] / label[1])
    ax.fill_between(m, floor, smooth, **EXCESS, linewidth=0)
    ax.axhline(floor, color=LINE_COLOR, linewidth=1.2)
    ax.plot(m, smooth, color=P_COLOR)
    ax.plot(m, hard, "--", color=Q_COLOR)
    ax.plot([best, best], [0, floor], ":", color=LINE_COLOR, linewidth=1.4)
    ax.plot(best, floor, "o", color=P_COLOR)
    ax.annotate(f"{floor:.4f}", (best, floor), (7, -15), textcoords="offset points")
    ax.annotate(f"{best:.2f}", (best, 0), (5, 13), textcoords="offset points")
    ax.annotate(rf"smoothed, $\varepsilon = {eps:g}$", (6.2, 1.25), ha="center", color=P_COLOR)
    ax.annotate("hard label", (9.2, 0.08), color="#9a5510")
    ax.annotate("$H(s)$", (13.9, floor - 0.03), ha="right", va="top")
    ax.set(xlim=(-1, 14), ylim=(0, 2.6), xlabel="margin $m$ of the true class", ylabel="loss  (nats)")
    return ax


def temperature_path(axes, weights=(16, 4, 1), best=2):
    """Over the temperature: probabilities, loss and its derivative, for data that follow the temperature `best`."""
    top, middle, bottom = axes
    T, z = np.geomspace(0.5, 16, 401), np.log(np.asarray(weights, float))
    p = np.exp(np.divide.outer(z, T))
    p /= p.sum(axis=0)
    y = np.exp(z / best) / np.exp(z / best).sum()
    for k, (style, at, rise) in enumerate((("-", 0.6, 5), ("--", 0.85, 6), ("-.", 3, -15))):
        top.plot(T, p[k], style)
        top.annotate(f"$p_{k + 1}$", (at, np.interp(at, T, p[k])), (0, rise), textcoords="offset points")
    top.axhline(1 / 3, color=LINE_COLOR, linestyle=":", linewidth=1.2)
    top.annotate("$1/K$", (15.5, 1 / 3), (0, -15), textcoords="offset points", ha="right")
    top.set(ylim=(-0.15, 1.1), yticks=[0, 0.5, 1], ylabel="probability")
    loss, floor = -(y @ np.log(p)), entropy(y)
    middle.fill_between(T, floor, loss, **EXCESS, linewidth=0)
    middle.plot(T, loss, color=P_COLOR)
    middle.axhline(floor, color=LINE_COLOR, linewidth=1.2)
    middle.annotate("$H(y)$", (0.52, floor), (0, -15), textcoords="offset points")
    middle.set(ylim=(0.83, 1.5), yticks=[1, 1.2, 1.4], ylabel=r"$\ell$  (nats)")
    bottom.plot(T, (y @ z - z @ p) / T**2, color=P_COLOR)
    bottom.axhline(0, color=LINE_COLOR, linewidth=1.2)
    bottom.set(ylim=(-0.6, 0.16), yticks=[-0.5, 0], ylabel=r"$\partial \ell / \partial T$", xlabel="temperature $T$")
    bottom.annotate("too sure", (1, 0.06), ha="center")
    bottom.annotate("too timid", (5.6, 0.06), ha="center")
    for ax in axes:
        ax.axvline(best, color=LINE_COLOR, linestyle=":", linewidth=1.2)
        ax.set(xscale="log", xlim=(0.5, 16))
        ax.set_xticks([0.5, 1, 2, 4, 8, 16], ["1/2", "1", "2", "4", "8", "16"])
        ax.minorticks_off()
    middle.plot(best, floor, "o", color=P_COLOR)
    bottom.plot(best, 0, "o", color=P_COLOR)
    return axes


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


def lost_gradient(ax, logits, exact, measured):
    """The derivative of the loss of label 1 by the logit: from logits, and through a sigmoid and a probability."""
    ax.plot(logits, exact, color=P_COLOR, linewidth=2)
    ax.plot(logits, measured, "--", color=Q_COLOR, linewidth=2.5)
    ax.annotate("with logits", (-45, -0.95), color=P_COLOR, ha="center", va="bottom")
    ax.annotate("sigmoid, then\nprobability", (-32, -0.4), color=Q_COLOR, ha="right", va="center")
    ax.set(xlabel="logit $z$", ylabel=r"$\partial \ell / \partial z$", xlim=(-60, 10), ylim=(-1.08, 0.08))
    ax.set(yticks=[-1, -0.5, 0])
    return ax


def bound_bars(ax, floor, gaps):
    """A bar a guess: the floor -log2 p(x), the gap D(q || p(z|x)) of each guess, their sum -L(q) at its end."""
    for y, gap in enumerate(gaps.values()):
        ax.barh(y, floor, color=P_COLOR)
        ax.annotate(rf"$-\log_2\, p(x) = {floor:g}$", (floor / 2, y), ha="center", va="center", color="white")
        if gap:
            ax.barh(y, gap, left=floor, **EXCESS)
        total = rf"$-\mathcal{{L}}(q) = {floor + gap:.2f}$"
        ax.annotate(total, (floor + gap, y), (6, 0), textcoords="offset points", va="center")
    ax.set(yticks=range(len(gaps)), yticklabels=gaps, xlabel="bits: evidence (blue) and gap (hatched)")
    ax.set(xlim=(0, floor + max(gaps.values()) + 1.15), xticks=range(5))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return ax


def product_landscape(ax, share, values, stops, paths):
    """Contours of D(q||P) over the two shares of a product q, where it stops, and the paths of some searches."""
    levels = [0.5, 0.52, 0.56, 0.64, 0.8, 1.1, 1.5]
    contours = ax.contour(share, share, values, levels=levels, colors=LINE_COLOR, linewidths=0.9)
    ax.clabel(contours, levels=[0.52, 0.64, 0.8, 1.1], fmt="%g", fontsize=9, colors="black")
    for path, (color, line) in zip(paths, ((P_COLOR, "-"), (Q_COLOR, "--")), strict=False):
        ax.plot(*np.transpose(path), color=color, linestyle=line, linewidth=1.8)
        ax.plot(*path[0], "s", color=color, markersize=5)
    for (s, t), best in stops.items():
        ax.plot(s, t, "o", color="black", markerfacecolor="black" if best else "white", markersize=7)
    ax.set(xlabel="$u_1$", ylabel="$v_1$", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], yticks=[0, 0.25, 0.5, 0.75, 1])
    return ax


def _ellipse(mean, covariance, radius=2.0):
    """The curve at `radius` standard deviations of a normal law in the plane."""
    angle = np.linspace(0, 2 * np.pi, 241)
    values, vectors = np.linalg.eigh(np.asarray(covariance, float))
    circle = np.stack([np.cos(angle), np.sin(angle)])
    return np.asarray(mean, float)[:, None] + radius * vectors @ (np.sqrt(values)[:, None] * circle)


def normal_ellipses(ax, target, fits, path=None):
    """A normal law in the plane, shaded out to two standard deviations, its fits, and the means on the way to one."""
    ax.fill(*_ellipse(*target), color="#c9dbe7", linewidth=0, label="$P$")
    for (label, law), (color, line) in zip(fits.items(), ((Q_COLOR, "-"), (LINE_COLOR, "--")), strict=False):
        ax.plot(*_ellipse(*law), color=color, linestyle=line, label=label)
    if path is not None:
        ax.plot(*np.transpose(path), color="black", linewidth=1, marker="o", markersize=3, label="means")
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6))
    ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
    ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))
    return ax


def bound_in_training(ax, epochs, bill, evidence, baseline):
    """Over the epochs: -L and -log2 p(x), the gap between them hatched, and the bill of a model without z."""
    epochs, bill, evidence = map(np.asarray, (epochs, bill, evidence))
    ax.fill_between(epochs, evidence, bill, linewidth=0, label=r"gap $D(q\,\|\,p(z \mid x))$", **EXCESS)
    ax.plot(epochs, bill, "o-", color=Q_COLOR, markersize=4, label=r"$-\mathcal{L}$")
    ax.plot(epochs, evidence, "s-", color=P_COLOR, markersize=4, label=r"$-\log_2\, p(x)$")
    ax.axhline(baseline, color=LINE_COLOR, linestyle="--", linewidth=1.2, label="no $z$")
    ax.set(xlabel="epochs", ylabel="bits a picture", xlim=(0, epochs[-1] + 0.5))
    ax.set(ylim=(np.floor(evidence.min()) - 1, np.ceil(bill.max()) + 2))
    ax.legend(loc="upper right")
    return ax


def digits_in_and_out(ax, pictures, outputs):
    """Two rows of 8 x 8 pictures: what goes in, ink or none, and below it the probabilities of ink that come out."""
    rows = [np.hstack([np.pad(p.reshape(8, 8), 1) for p in row]) for row in (pictures, outputs)]
    ax.imshow(np.vstack(rows), cmap="Greys", vmin=0, vmax=1, interpolation="nearest")
    for k in range(1, len(pictures)):
        ax.axvline(10 * k - 0.5, color="#bbbbbb", linewidth=0.6)
    ax.axhline(9.5, color="#bbbbbb", linewidth=0.6)
    ax.set(yticks=[4.5, 14.5], yticklabels=["in", "out"], xticks=[])
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def latent_plane(ax, axis, posteriors, guesses, best):
    """Posteriors p(z|x) on a grid, one a picture, and two standard deviations of guesses q and of the best q."""
    for density in posteriors.values():
        top = density.max()
        # two standard deviations of a normal law are where its density is exp(-2) of the top
        ax.contourf(axis, axis, density, levels=[top * np.exp(-2), top], colors=["#c9dbe7"])
        ax.contour(axis, axis, density, levels=[top * np.exp(-2)], colors=P_COLOR, linewidths=1.6)
    for name, (mean, width) in guesses.items():
        curve = _ellipse(mean, np.diag(np.square(width)))
        ax.plot(*curve, color=Q_COLOR, linestyle="--")
        ax.plot(*_ellipse(best[name][0], np.diag(np.square(best[name][1]))), color="black", linestyle=":")
        ax.annotate(name, best[name][0], ha="center", va="center", fontsize=14)
    ax.plot([], [], color=P_COLOR, linewidth=1.6, label=r"$p(z \mid x)$")
    ax.plot([], [], color=Q_COLOR, linestyle="--", label="encoder")
    ax.plot([], [], color="black", linestyle=":", label="best $q$")
    ax.set(xlabel="$z_1$", ylabel="$z_2$", aspect="equal", xlim=(-3.6, 2.6), ylim=(-3.1, 2.9))
    ax.set(xticks=range(-3, 3), yticks=range(-3, 3))
    ax.legend(loc="lower right")
    return ax


def likelihood_curves(ax, p_hat, model, best):
    """H(P-hat, Q_t) and D(P-hat||Q_t) over t, for the models Q_t = model(t): one bowl, shifted by H(P-hat)."""
    t = np.linspace(0.02, 0.75, 400)
    rows, floor = np.tile(p_hat, (t.size, 1)), entropy(p_hat)
    excess = kl_divergence(rows, np.array([model(value) for value in t]))
    lowest = kl_divergence(p_hat, model(best))
    ax.plot(t, floor + excess, label=r"$H(\hat P, Q_t) = -\frac{1}{N}\,\log\,L(Q_t)$")
    ax.plot(t, excess, color=Q_COLOR, linestyle="--", label=r"$D(\hat P\,\|\,Q_t)$")
    ax.plot([best, best], [lowest, floor + lowest], "o", color=LINE_COLOR, linestyle="none")
    arrow = {"arrowstyle": "<->", "color": LINE_COLOR, "shrinkA": 3, "shrinkB": 3}
    ax.annotate("", (best, floor + lowest), xytext=(best, lowest), arrowprops=arrow)
    ax.annotate(rf"$H(\hat P) = {floor:.4f}$", (best, lowest + floor / 2), (8, 0), textcoords="offset points")
    ax.set(xlabel="$t$", ylabel="nats", xlim=(0, 0.75), ylim=(0, 3.2), xticks=[0, 0.25, 0.5, 0.75], yticks=range(4))
    ax.legend(loc="upper center")
    return ax


def train_and_test(ax, capacity, train, test, floor=None):
    """The training loss (circles) and the test loss (squares) over whatever lets a model fit more."""
    ax.plot(capacity, train, "o-", markersize=5, label="train")
    ax.plot(capacity, test, "s--", color=Q_COLOR, markersize=5, label="test")
    if floor is not None:
        ax.axhline(floor, color=LINE_COLOR, linestyle=":", label=rf"floor $\sigma^2 = {floor:.2g}$")
    else:
        ax.set_ylim(bottom=0)
    ax.legend(loc="upper center")
    return ax


def frequency_bias(ax, sizes, exact, bounds, limit):
    """N times the mean of D(P-hat||P) over N: exact values, the bounds of the theorem, and the limit (K - 1)/2."""
    low, high = np.array(bounds).T * sizes
    ax.fill_between(sizes, low, high, color=EXCESS_COLOR, alpha=0.6, linewidth=0, label="between the bounds")
    ax.plot(sizes, np.multiply(sizes, exact), "o", label=r"$N \cdot \mathrm{E}\,D(\hat P\,\|\,P)$, exact")
    ax.axhline(limit, color=LINE_COLOR, linestyle="--", label=rf"$(K-1)/2 = {limit:g}$")
    ax.set(xscale="log", xlabel="$N$", ylabel="$N$ times nats", ylim=(0, 2.2), yticks=[0, 0.5, 1, 1.5, 2])
    ax.set(xticks=[1, 10, 100], xticklabels=[1, 10, 100])
    ax.legend(loc="lower right")
    return ax


def digit_gallery(axes, pictures, titles):
    """Pictures of 8 x 8 pixels in a row, each on axes of its own, dark ink on white."""
    for ax, picture, title in zip(axes, pictures, titles, strict=True):
        ax.imshow(np.reshape(picture, (8, 8)), cmap="gray_r", vmin=0, vmax=1)
        ax.set_title(title)
        ax.axis("off")
    return axes


def noise_floor(ax, flips, train, test):
    """The floor H_b(u) over the probability u of a flipped label, training losses below it and test losses above."""
    u = np.linspace(0, max(flips), 300)
    ax.plot(u, entropy(np.stack([u, 1 - u]), axis=0), color=LINE_COLOR, linestyle=":", label="floor $H_b(u)$")
    ax.plot(flips, test, "s--", color=Q_COLOR, linewidth=1, label="test")
    ax.plot(flips, train, "o-", color=P_COLOR, linewidth=1, label="train")
    ax.set(xlabel="$u$, the probability of a flipped label", ylabel="log loss (nats)", ylim=(0, 0.9))
    ax.legend(loc="lower right")
    return ax
