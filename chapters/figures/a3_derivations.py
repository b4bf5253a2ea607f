"""Appendix A3: the map of the theorems."""

import numpy as np

from figures.style import LINE_COLOR, P_COLOR, Q_COLOR


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
