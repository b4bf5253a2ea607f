"""Chapter 3: prefix codes, their mean lengths, and what coders take for real messages."""

import numpy as np

from figures.style import EXCESS, LINE_COLOR, P_COLOR


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


def coding_overhead(ax, ends):
    """For streams of 1, 2, 3, ... symbols: the bits beyond -sum log2 q."""
    ax.plot(np.arange(1, len(ends) + 1), ends, ".-", linewidth=0.8, markersize=5)
    ax.axhline(0, color=LINE_COLOR, linewidth=1)
    ax.set(xlabel="$m$  (characters)", ylabel="bits beyond\n" + r"$-\sum\, \log_2\, q$", xlim=(0, len(ends) + 1))
    ax.set(ylim=(0, 40), yticks=[0, 8, 16, 24, 32])
    return ax


def mismatched_codes(ax, speakers, floors, totals):
    """Two speakers and two codes: in each of four fields a bar H(P) with D(P||Q) on it; totals[data][code]."""
    top = max(map(max, totals)) * 1.22
    for row, floor in enumerate(floors):
        for column, total in enumerate(totals[row]):
            x, y = column, -row * top
            ax.bar(x, floor, width=0.62, bottom=y, color=P_COLOR)
            ax.annotate(f"{floor:.2f}", (x, y + floor / 2), ha="center", va="center", color="white")
            if row != column:
                ax.bar(x, total - floor, width=0.62, bottom=y + floor, **EXCESS)
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                text = f"{total - floor:.2f}"
                ax.annotate(text, (x, y + (floor + total) / 2), ha="center", va="center", bbox=box)
            ax.annotate(f"total {total:.2f}", (x, y + total), (0, 3), textcoords="offset points", ha="center")
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
