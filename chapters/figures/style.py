"""What figures of several chapters share: the colours, the triangle of three outcomes, a row of digits.

Blue is P and what P alone costs; orange is Q, and, hatched, the excess that comes from using Q for P, so that the two
can be told apart in grey as well.
"""

import numpy as np

P_COLOR, Q_COLOR, EXCESS_COLOR, LINE_COLOR = "#1f6f9f", "#d9822b", "#f6c48c", "#555555"
EXCESS_EDGE = "#7a4a12"
EXCESS = {"facecolor": EXCESS_COLOR, "edgecolor": EXCESS_EDGE, "hatch": "///"}
CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])  # of the triangle that shows three outcomes


def three_outcomes(steps):
    """Distributions of three outcomes on a grid over the triangle, `steps` along each side; one a row."""
    side = np.linspace(0, 1, steps)
    a, b = np.meshgrid(side, side)
    return np.stack([1 - a - b, a, b], axis=-1)[a + b <= 1 + 1e-12].clip(0)


def digit_gallery(axes, pictures, titles):
    """Pictures of 8 x 8 pixels in a row, each on axes of its own, dark ink on white."""
    for ax, picture, title in zip(axes, pictures, titles, strict=True):
        ax.imshow(np.reshape(picture, (8, 8)), cmap="gray_r", vmin=0, vmax=1)
        ax.set_title(title)
        ax.axis("off")
    return axes
