"""Chapter 9, to drag: cross-entropy in parts."""

from figures.interactive import (
    computed_rows,
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
from figures.style import EXCESS_COLOR, EXCESS_EDGE, P_COLOR, Q_COLOR


def cross_entropy_of_coins(p=0.3, q=0.6):
    """The cross-entropy of two coins as floor and excess, over the model and over the data."""
    parameters, (P, Q) = two_coins(p, q)
    parameters += quantities(H=cross_entropy(P, P), D=divergence(P, Q), bill=cross_entropy(P, Q))
    X, limit = ["datum.x", "(1 - datum.x)"], 2
    x, y = {"domain": [0, 1]}, {"domain": [0, limit]}
    over = unit_interval().transform_calculate(
        model=cross_entropy(P, X), data=cross_entropy(X, Q), entropy=cross_entropy(X, X)
    )
    floor = computed_rows([{"y": "H"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])

    def bowl(dot, field, title, *more):
        return panel(
            over.mark_line(clip=True, color=Q_COLOR).encode(x=x_axis("x", title=dot, **x), y=y_axis(field, **y)),
            *more,
            dots(dot, [("bill", EXCESS_EDGE)], x | {"title": dot}, limit),
            height=120, title=title,
        )  # fmt: skip

    entropy = over.mark_line(clip=True, color=P_COLOR, strokeDash=[5, 3]).encode(
        x=x_axis("x", title="p", **x), y=y_axis("entropy", **y)
    )
    return interactive_figure(
        "the cross-entropy of two coins as a stacked bar, over the model, and over the data",
        parameters,
        readout(
            parameters,
            ("floor H(P)", rounded("H", "nats"), P_COLOR),
            ("excess D(P‖Q)", rounded("D", "nats"), EXCESS_COLOR),
            ("bill H(P,Q)", rounded("bill", "nats"), Q_COLOR),
        ),
        stacked_bars([("the bill: floor and excess", [("H", P_COLOR), ("D", EXCESS_COLOR)])], limit, "nats"),
        bowl("q", "model", "over the model, q; dashed: the floor H(P)", floor.encode(y=y_axis("y", **y))),
        bowl("p", "data", "over the data, p; dashed: the floor H(P)", entropy),
    )
