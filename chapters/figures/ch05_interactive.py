"""Chapter 5, to drag: two normal densities."""

import altair as alt

from figures.interactive import (
    ONE_ROW,
    both_divergences,
    curves_panel,
    interactive_figure,
    log_normal_density,
    panel,
    readout,
    rounded,
    sequence,
    slider,
    x_axis,
    y_axis,
)
from figures.style import LINE_COLOR, P_COLOR, Q_COLOR


def normals(mu=1, sigma=1):
    """Two normal distributions, both divergences, and what is integrated."""
    parameters = [
        slider("mu", "μ, the mean of Q", mu, -2, 2, 0.1),
        slider("sigma", "σ, the width of Q", sigma, 0.5, 2, 0.05),
    ]
    step = 0.05
    grid = sequence("x", -14, 14, step).transform_calculate(
        log_p=log_normal_density("datum.x", "0", "1"), log_q=log_normal_density("datum.x", "mu", "sigma")
    )
    seen = grid.transform_filter("abs(datum.x) <= 6").transform_calculate(
        p="exp(datum.log_p)", q="exp(datum.log_q)",
        forward="datum.p * (datum.log_p - datum.log_q)", reverse="datum.q * (datum.log_q - datum.log_p)",
    )  # fmt: skip
    x, y = x_axis("x", [-6, 6], "x"), {"domain": [-0.6, 1.2]}

    def terms(field, color, title):
        area = seen.mark_area(fill=color, opacity=0.75, clip=True).encode(x=x, y=y_axis(field, **y))
        zero = alt.Chart(ONE_ROW).mark_rule(color=LINE_COLOR, strokeWidth=1).encode(y=alt.datum(0))
        return panel(area, zero, height=110, title=title)

    return interactive_figure(
        "two normal densities, and the integrands of their divergences in both directions",
        parameters,
        readout(
            parameters,
            ("D(P‖Q)", rounded("datum.PQ", "nats"), P_COLOR),
            ("D(Q‖P)", rounded("datum.QP", "nats"), Q_COLOR),
            source=both_divergences(grid, step),
        ),
        curves_panel(
            seen, x, {"domain": [0, 0.8]}, ("p", P_COLOR, [1, 0]), ("q", Q_COLOR, [6, 3]),
            height=110, title="the densities: P solid, Q dashed",
        ),
        terms("forward", P_COLOR, "p log(p/q): its area is D(P‖Q)"),
        terms("reverse", Q_COLOR, "q log(q/p): its area is D(Q‖P)"),
    )  # fmt: skip
