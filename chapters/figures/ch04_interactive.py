"""Chapter 4, to drag: divergence in both directions."""

from figures.interactive import (
    cross_entropy,
    divergence,
    dots,
    interactive_figure,
    panel,
    quantities,
    readout,
    rounded,
    stacked_bars,
    two_coins,
    unit_interval,
    x_axis,
    y_axis,
)
from figures.style import P_COLOR, Q_COLOR

PLAIN_COLOR = "#cccccc"  # of entropies, which only carry what is compared


def both_directions(p=0.1, q=0.6):
    """Two coins, and their divergence in both directions."""
    parameters, (P, Q) = two_coins(p, q)
    parameters += quantities(
        HP=cross_entropy(P, P, "LN2"), HQ=cross_entropy(Q, Q, "LN2"),
        PQ=divergence(P, Q, "LN2"), QP=divergence(Q, P, "LN2"),
    )  # fmt: skip
    X, limit = ["datum.x", "(1 - datum.x)"], 3
    curves = unit_interval().transform_calculate(PX=divergence(P, X, "LN2"), XP=divergence(X, P, "LN2"))
    solid = curves.mark_line(clip=True, color=P_COLOR)
    dashed = curves.mark_line(clip=True, color=Q_COLOR, strokeDash=[6, 3])
    x, y = {"domain": [0, 1], "title": "q"}, {"domain": [0, limit]}
    return interactive_figure(
        "two stacked bars, entropy and divergence for data from P and for data from Q, and both divergences over q",
        parameters,
        readout(
            parameters,
            ("H(P)", rounded("HP", "bits"), PLAIN_COLOR),
            ("D(P‖Q)", rounded("PQ", "bits"), P_COLOR),
            ("H(Q)", rounded("HQ", "bits"), PLAIN_COLOR),
            ("D(Q‖P)", rounded("QP", "bits"), Q_COLOR),
        ),
        stacked_bars(
            [
                ("data P, code Q: H(P) + D(P‖Q)", [("HP", PLAIN_COLOR), ("PQ", P_COLOR)]),
                ("data Q, code P: H(Q) + D(Q‖P)", [("HQ", PLAIN_COLOR), ("QP", Q_COLOR)]),
            ],
            4, "bits",
        ),
        panel(
            solid.encode(x=x_axis("x", **x), y=y_axis("PX", **y)),
            dashed.encode(x=x_axis("x", **x), y=y_axis("XP", **y)),
            dots("q", [("PQ", P_COLOR), ("QP", Q_COLOR)], x, limit),
            height=150, title=["both divergences in bits, over q:", "D(P‖Q) solid, D(Q‖P) dashed"],
        ),
    )  # fmt: skip
