"""Chapter 10, to drag: temperature."""

import altair as alt

from figures.interactive import (
    computed_rows,
    cross_entropy,
    dots,
    interactive_figure,
    panel,
    quantities,
    readout,
    rounded,
    sequence,
    slider,
    stacked_bars,
    x_axis,
    y_axis,
)
from figures.style import EXCESS_COLOR, EXCESS_EDGE, P_COLOR, Q_COLOR


def temperature(z=(2.8, 1.4), T=1, label=(4, 2, 1)):
    """Three logits, the last of them 0, a temperature, and the loss for a soft label."""
    y = [f"({weight} / {sum(label)})" for weight in label]
    parameters = [
        slider("z1", "z₁, the logit of cat", z[0], -4, 4, 0.1),
        slider("z2", "z₂, the logit of dog (that of bird is 0)", z[1], -4, 4, 0.1),
        slider("T", "T, the temperature", T, 0.2, 8, 0.1),
        *quantities(top="max(z1, z2, 0)"),
    ]

    def log_sum(t):  # of the shares exp(z / t), from the greatest logit down, so that nothing overflows
        return f"(top / {t} + log(exp((z1 - top) / {t}) + exp((z2 - top) / {t}) + exp(-top / {t})))"

    mean = f"({y[0]} * z1 + {y[1]} * z2)"
    parameters += quantities(
        p1=f"exp(z1 / T - {log_sum('T')})", p2=f"exp(z2 / T - {log_sum('T')})", p3=f"exp(-{log_sum('T')})",
        loss=f"{log_sum('T')} - {mean} / T", floor=cross_entropy(y, y), excess="max(0, loss - floor)",
    )  # fmt: skip
    bars = []
    for i, name in enumerate(["cat", "dog", "bird"]):
        bars.append({"x": i, "to": i + 0.35, "y": y[i], "fill": f"'{P_COLOR}'", "name": f"'{name}'"})
        bars.append({"x": i + 0.35, "to": i + 0.7, "y": f"p{i + 1}", "fill": f"'{Q_COLOR}'", "name": "''"})
    bar = computed_rows(bars).encode(x=x_axis("x", [0, 3], axis=None))
    x, top = {"domain": [0, 8], "title": "T"}, 3
    curve = sequence("t", 0.1, 8, 0.05).transform_calculate(loss=f"{log_sum('datum.t')} - {mean} / datum.t")
    floor = computed_rows([{"y": "floor"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])
    return interactive_figure(
        "a soft label and a prediction for three classes as bars, and the loss over the temperature",
        parameters,
        readout(
            parameters,
            ("floor H(y)", rounded("floor", "nats"), P_COLOR),
            ("excess D(y‖p)", rounded("excess", "nats"), EXCESS_COLOR),
            ("loss", rounded("loss", "nats"), Q_COLOR),
            ("p(cat)", rounded("p1"), None),
        ),
        stacked_bars([("the loss: floor and excess", [("floor", P_COLOR), ("excess", EXCESS_COLOR)])], top, "nats"),
        panel(
            bar.mark_rect(opacity=1, stroke="white").encode(
                x2="to:Q", y=y_axis("y", [0, 1]), y2=alt.datum(0), fill=alt.Fill("fill:N", scale=None)
            ),
            bar.mark_text(align="left", baseline="top", dy=6).encode(y=alt.datum(0), text="name:N"),
            height=120, title=["label (left, blue)", "and prediction (right, orange)"],
        ),
        panel(
            curve.mark_line(clip=True, color=Q_COLOR).encode(x=x_axis("t", **x), y=y_axis("loss", [0, top])),
            floor.encode(y=y_axis("y", [0, top])),
            dots("T", [("loss", EXCESS_EDGE)], x, top),
            height=130, title="the loss in nats over T; dashed: the floor",
        ),
    )  # fmt: skip
