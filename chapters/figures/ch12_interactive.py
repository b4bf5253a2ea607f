"""Chapter 12, to drag: flipped labels."""

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
    slider,
    stacked_bars,
    unit_interval,
    x_axis,
    y_axis,
)
from figures.style import EXCESS_COLOR, EXCESS_EDGE, P_COLOR, Q_COLOR


def label_noise(u=0.1, s=0.98):
    """A share u of the labels of two classes is flipped; the model gives s to the true class."""
    parameters = [
        slider("u", "u, the share of labels that are flipped", u, 0, 0.5, 0.01),
        slider("s", "s, what the model gives to the true class", s, 0.5, 1, 0.001),
    ]
    truth, said, limit = ["(1 - u)", "u"], ["s", "(1 - s)"], 2
    parameters += quantities(
        floor=cross_entropy(truth, truth), excess=divergence(truth, said), loss=cross_entropy(truth, said)
    )
    curve = unit_interval().transform_calculate(x="(1 + datum.x) / 2")
    curve = curve.transform_calculate(loss=cross_entropy(truth, ["datum.x", "(1 - datum.x)"]))
    x, y = {"domain": [0.5, 1], "title": "s"}, {"domain": [0, limit]}
    floor = computed_rows([{"y": "floor"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])
    return interactive_figure(
        "the mean log loss on flipped labels as a stacked bar, and over the probability that the model gives",
        parameters,
        readout(
            parameters,
            ("floor H(Y|X)", rounded("floor", "nats"), P_COLOR),
            ("excess", rounded("excess", "nats"), EXCESS_COLOR),
            ("mean loss", rounded("loss", "nats"), Q_COLOR),
        ),
        stacked_bars([("the loss: floor and excess", [("floor", P_COLOR), ("excess", EXCESS_COLOR)])], limit, "nats"),
        panel(
            curve.mark_line(clip=True, color=Q_COLOR).encode(x=x_axis("x", **x), y=y_axis("loss", **y)),
            floor.encode(y=y_axis("y", **y)),
            dots("s", [("loss", EXCESS_EDGE)], x, limit),
            height=150, title="the mean loss over s; dashed: the floor",
        ),
    )  # fmt: skip
