"""Chapter 1, to drag: a coin."""

import altair as alt

from figures.interactive import (
    computed_rows,
    cross_entropy,
    interactive_figure,
    panel,
    quantities,
    readout,
    rounded,
    sequence,
    slider,
    x_axis,
    y_axis,
)
from figures.style import LINE_COLOR, P_COLOR, Q_COLOR


def coin(p=0.9):
    """The surprisals of the two sides of a coin, and its entropy as the area of two bars."""
    parameters = [
        slider("p", "p, the probability of heads", p, 0, 1, 0.01),
        *quantities(heads="-log(p) / LN2", tails="-log(1 - p) / LN2"),
        *quantities(H=cross_entropy(["p", "(1 - p)"], ["p", "(1 - p)"], "LN2")),
    ]
    top = 7
    bars = [
        {"left": "0", "right": "p", "height": f"min(heads, {top})", "fill": f"'{P_COLOR}'"},
        {"left": "p", "right": "1", "height": f"min(tails, {top})", "fill": f"'{Q_COLOR}'"},
    ]
    x, y = {"domain": [0, 1], "title": "probability, laid end to end"}, {"domain": [0, top]}
    areas = computed_rows(bars).mark_rect(opacity=1, stroke="white")
    mean = computed_rows([{"mean": "H"}]).mark_rule(strokeDash=[5, 3])
    entropy = sequence("x", 0, 1, 0.005).transform_calculate(
        y=cross_entropy(["datum.x", "(1 - datum.x)"], ["datum.x", "(1 - datum.x)"], "LN2")
    )
    here = computed_rows([{"x": "p", "y": "H"}]).mark_point(fill=LINE_COLOR)
    arch = {"domain": [0, 1], "title": "p"}, {"domain": [0, 1.05]}
    return interactive_figure(
        "two bars of area H for the two sides of a coin, and the curve of its entropy over p",
        parameters,
        readout(
            parameters,
            ("surprisal of heads", rounded("heads", "bits"), P_COLOR),
            ("surprisal of tails", rounded("tails", "bits"), Q_COLOR),
            ("entropy H", rounded("H", "bits"), "black"),
        ),
        panel(
            areas.encode(
                x=x_axis("left", **x), x2="right:Q", y=y_axis("height", **y), y2=alt.datum(0),
                fill=alt.Fill("fill:N", scale=None),
            ),
            mean.encode(y=y_axis("mean", **y)),
            height=150, title="surprisal in bits; dashed: the mean, H",
        ),
        panel(
            entropy.mark_line(clip=True, color=LINE_COLOR).encode(x=x_axis("x", **arch[0]), y=y_axis("y", **arch[1])),
            here.encode(x=x_axis("x", **arch[0]), y=y_axis("y", **arch[1])),
            height=110, title="entropy H in bits, over p",
        ),
    )  # fmt: skip
