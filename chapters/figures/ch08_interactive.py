"""Chapter 8, to drag: a normal density fitted to a mixture."""

from figures.interactive import (
    both_divergences,
    curves_panel,
    interactive_figure,
    log_normal_density,
    readout,
    rounded,
    sequence,
    slider,
    stacked_bars,
    x_axis,
)
from figures.style import P_COLOR, Q_COLOR


def fit_to_a_mixture(mu=0, sigma=3.15, d=3):
    """One normal density Q fitted by hand to a mixture M of two, in the forward and in the reverse direction."""
    parameters = [
        slider("mu", "μ, the mean of Q", mu, -5, 5, 0.05),
        slider("sigma", "σ, the width of Q", sigma, 0.5, 4, 0.05),
        slider("d", "d, the bells of M stand at −d and d", d, 0, 4, 0.1),
    ]
    step, limit = 0.1, 4
    right, left = log_normal_density("datum.x", "d", "1"), log_normal_density("datum.x", "(-d)", "1")
    grid = sequence("x", -32, 32, step).transform_calculate(
        right=right, left=left,
        log_p="max(datum.right, datum.left) + log(1 + exp(-abs(datum.right - datum.left))) - LN2",
        log_q=log_normal_density("datum.x", "mu", "sigma"),
    )  # fmt: skip
    seen = grid.transform_filter("abs(datum.x) <= 9").transform_calculate(p="exp(datum.log_p)", q="exp(datum.log_q)")
    both = both_divergences(grid, step)
    return interactive_figure(
        "a target with two bells, one bell laid over it, and the divergence in both directions",
        parameters,
        readout(
            parameters,
            ("forward D(M‖Q)", rounded("datum.PQ", "nats"), P_COLOR),
            ("reverse D(Q‖M)", rounded("datum.QP", "nats"), Q_COLOR),
            source=both,
        ),
        curves_panel(
            seen, x_axis("x", [-9, 9], "x"), {"domain": [0, 0.8]}, ("p", P_COLOR, [1, 0]), ("q", Q_COLOR, [6, 3]),
            height=150, title="the densities: M solid, Q dashed",
        ),
        stacked_bars(
            [
                ("forward: what Q leaves out is dear", [("datum.PQ", P_COLOR)]),
                ("reverse: what Q makes up is dear", [("datum.QP", Q_COLOR)]),
            ],
            limit, "nats", source=both,
        ),
    )  # fmt: skip
