"""Chapter 3, to drag: a code for the wrong distribution."""

from itertools import accumulate

import altair as alt

from figures.interactive import (
    computed_rows,
    cross_entropy,
    divergence,
    interactive_figure,
    panel,
    quantities,
    readout,
    rounded,
    slider,
    stacked_bars,
    x_axis,
    y_axis,
)
from figures.style import EXCESS_COLOR, EXCESS_EDGE, P_COLOR, Q_COLOR


def mismatched_code(p=(0.7, 0.2, 0.1), weights=(1, 2, 7)):
    """Data from P under words built for Q, which the reader gives by three whole weights."""
    parameters = [
        *(slider(f"w{i}", f"w{'₁₂₃'[i - 1]}, weight of symbol {i} in Q", w, 0, 9, 1) for i, w in enumerate(weights, 1)),
        *quantities(total="w1 + w2 + w3"),
        *quantities(**{f"q{i}": f"(total > 0 ? w{i} / total : 1 / 3)" for i in (1, 2, 3)}),
        *quantities(**{f"ideal{i}": f"-log(q{i}) / LN2" for i in (1, 2, 3)}),
        *quantities(**{f"length{i}": f"ceil(ideal{i} - 1e-9)" for i in (1, 2, 3)}),
    ]
    P, Q = [str(x) for x in p], ["q1", "q2", "q3"]
    whole = " + ".join(f"{x} * length{i}" for i, x in enumerate(p, 1))
    parameters += quantities(
        H=cross_entropy(P, P, "LN2"), D=divergence(P, Q, "LN2"), bill="H + D", mean=whole
    )  # fmt: skip
    ends, top = [0, *accumulate(p)], 7
    bars = [
        {"left": left, "right": right, "ideal": f"min(ideal{i}, {top})", "whole": f"min(length{i}, {top})",
         "best": f"-log({x}) / LN2", "top": top, "beyond": f"isFinite(ideal{i}) ? '' : '∞'"}
        for i, (x, left, right) in enumerate(zip(p, ends, ends[1:], strict=False), 1)
    ]  # fmt: skip
    x, y = {"domain": [0, 1], "title": "P, laid end to end"}, {"domain": [0, top]}
    bar = computed_rows(bars).encode(x=x_axis("left", **x), x2="right:Q")
    return interactive_figure(
        "areas for the cost of three symbols under words built for another distribution, and the bill in parts",
        parameters,
        readout(
            parameters,
            ("Q", "'(' + format(q1, '.2f') + ', ' + format(q2, '.2f') + ', ' + format(q3, '.2f') + ')'", Q_COLOR),
            ("floor H(P)", rounded("H", "bits"), P_COLOR),
            ("excess D(P‖Q)", rounded("D", "bits"), EXCESS_COLOR),
            ("bill H(P,Q)", rounded("bill", "bits"), None),
            ("mean whole length", rounded("mean", "digits"), None),
        ),
        panel(
            bar.mark_rect(opacity=1, fill=Q_COLOR, stroke=EXCESS_EDGE).encode(y=y_axis("ideal", **y), y2=alt.datum(0)),
            bar.mark_rule(color=P_COLOR, strokeWidth=3).encode(y=y_axis("best", **y)),
            bar.mark_rule(color="black", strokeDash=[4, 3]).encode(y=y_axis("whole", **y)),
            bar.mark_text(align="left", baseline="top", dx=3, dy=3).encode(
                x2=alt.Undefined, y=y_axis("top", **y), text="beyond:N"
            ),
            height=170, title=["height: ideal length for Q; blue line: for P;", "dashed: whole length for Q"],
        ),
        stacked_bars([("floor and excess", [("H", P_COLOR), ("D", EXCESS_COLOR)])], 5, "bits a symbol"),
    )  # fmt: skip
