"""The book's explorables: each function returns an Altair chart with sliders, and the page computes what follows them.

A chart holds its formulas as expressions of Vega, so once it is made it needs no Python.  In Jupyter it is live as it
is; `_ext/explorables.py` makes it live in the book; where no script runs, its picture is shown.  The colours are those
of `plots`: blue is P and what P alone costs, orange is Q, and pale orange the excess.
"""

from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import altair as alt
import matplotlib
import vl_convert
from PIL import Image

from entropybook.plots import EXCESS, EXCESS_COLOR, LINE_COLOR, P_COLOR, Q_COLOR

WIDTH = 460  # of every panel; the page makes them narrower on a phone, through the one signal that they share
EXCESS_EDGE = EXCESS["edgecolor"]
PLAIN_COLOR = "#cccccc"
ONE_ROW = alt.Data(values=[{}])
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # JupyterLab runs no later one; nothing later is used
CONFIG = {
    "aria": False,  # the page itself describes the picture and reads out the numbers
    "font": "DejaVu Sans, sans-serif",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "grid": False,
        "labelFontSize": 11,
        "labelColor": "#333333",
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": LINE_COLOR,
        "tickColor": LINE_COLOR,
    },
    "axisY": {"minExtent": 30, "maxExtent": 30, "tickCount": 4},
    "axisX": {"tickCount": 5},
    "title": {"anchor": "start", "fontSize": 12, "fontWeight": "normal", "offset": 8},
    "text": {"fontSize": 12},
    "line": {"strokeWidth": 2},
    "rule": {"strokeWidth": 1.5},
    "point": {"filled": True, "size": 90, "opacity": 1, "stroke": "white", "strokeWidth": 1},
}


class Explorable(alt.VConcatChart):
    """Panels below one another, with sliders."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The chart for those who can run it, and a picture of it, drawn in Matplotlib's font on every machine."""
        _find_fonts()
        spec = self.to_dict() | {"$schema": SCHEMA}
        return {
            "application/vnd.vegalite.v5+json": spec,
            "image/png": _few_colours(vl_convert.vegalite_to_png(spec, scale=2)),
            "text/plain": f"An explorable: {self.description}",
        }


@cache
def _find_fonts():
    vl_convert.register_font_directory(str(Path(matplotlib.get_data_path(), "fonts", "ttf")))


def _few_colours(png):
    """The same picture in an eighth of the bytes."""
    file = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(128).save(file, "png", optimize=True)
    return file.getvalue()


# --- words of Vega -----------------------------------------------------------------------------------------------


def _slider(name, label, value, low, high, step):
    bind = alt.BindRange(input="range", min=low, max=high, step=step, name=label)
    return alt.VariableParameter(name=name, value=value, bind=bind)


def _quantities(**expressions):
    """Named quantities, each of which may use those before it."""
    return [alt.VariableParameter(name=name, expr=expression) for name, expression in expressions.items()]


def _cost(p, q):
    """-p log q, what an outcome adds to a cross-entropy; 0 for p = 0, Infinity for p > 0 = q."""
    return f"({p} > 0 ? -{p} * log({q}) : 0)"


def _cross_entropy(p, q, unit="1"):
    return f"({' + '.join(_cost(a, b) for a, b in zip(p, q, strict=True))}) / {unit}"


def _divergence(p, q, unit="1"):
    """The sum of p log(p / q), which for P = Q is zero exactly, as a difference of two entropies need not be."""
    terms = " + ".join(f"({a} > 0 ? {a} * log({a} / {b}) : 0)" for a, b in zip(p, q, strict=True))
    return f"({terms}) / {unit}"


def _number(quantity, unit=""):
    return f"(isFinite({quantity}) ? format({quantity}, '.3f') : '∞') + '{unit and ' ' + unit}'"


def _list(rows):
    """A list of objects whose values are expressions."""
    return "[" + ", ".join("{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}" for row in rows) + "]"


# --- panels ------------------------------------------------------------------------------------------------------


def _panel(*layers, height, title=None, **properties):
    title = alt.Title(title) if title else alt.Undefined
    return alt.LayerChart(layer=layers, width=WIDTH, height=height, title=title, **properties)


def _over(rows, source=None):
    """A chart over rows whose entries are computed, from a source of one row."""
    source = alt.Chart(ONE_ROW) if source is None else source
    table = source.transform_calculate(row=_list(rows)).transform_flatten(["row"])
    return table.transform_calculate(**{key: f"datum.row.{key}" for key in rows[0]})


def _x(field, domain, title=None, **options):
    return alt.X(f"{field}:Q", title=title, scale=alt.Scale(domain=domain, nice=False), **options)


def _y(field, domain, **options):
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(domain=domain, nice=False), **options)


def _sequence(name, low, high, step):
    return alt.Chart(alt.Data(sequence=alt.SequenceParams(start=low, stop=high + step / 2, step=step, **{"as": name})))


def _unit_interval():
    """x from 0 to 1, ever closer together towards the ends, where logarithms climb without bound."""
    curve = "pow(sin(PI / 2 * pow(sin(PI / 2 * datum.t), 2)), 2)"
    return _sequence("t", 0, 1, 0.0025).transform_calculate(x=curve)


def _dots(place, values, x, limit):
    """A dot for each value with its colour; for one that is beyond the chart, a triangle at the upper edge."""
    rows = [
        {"x": place, "y": f"min({value}, {limit})", "size": 160 - 90 * i, "fill": f"'{fill}'",
         "shape": f"{value} > {limit} ? 'triangle-up' : 'circle'"}
        for i, (value, fill) in enumerate(values)
    ]  # fmt: skip
    return _over(rows).mark_point().encode(
        x=_x("x", **x), y=_y("y", [0, limit]), size=alt.Size("size:Q", scale=None),
        fill=alt.Fill("fill:N", scale=None), shape=alt.Shape("shape:N", scale=None),
    )  # fmt: skip


def _readout(parameters, *lines, source=None):
    """Where the sliders stand, the numbers, and the key to the colours.

    Each line has a name, the expression of its text, and a colour or None.
    """
    settings = [(p.bind.name.partition(",")[0], p.name) for p in parameters if p.bind is not alt.Undefined]
    settings = " + ', ' + ".join(f"'{letter} = ' + {name}" for letter, name in settings)
    lines = [("at", settings, None), *lines]
    rows = [
        {"y": i, "text": f"'{name} {'= ' if i else ''}' + {text}", "fill": f"'{fill or 'transparent'}'",
         "edge": f"'{EXCESS_EDGE if fill else 'transparent'}'"}
        for i, (name, text, fill) in enumerate(lines)
    ]  # fmt: skip
    base = _over(rows, source).encode(y=_y("y", [len(rows) - 0.5, -0.5], axis=None), x=alt.value(-24))
    key = base.mark_square(size=130, opacity=1, strokeWidth=0.5)
    text = base.mark_text(align="left", baseline="middle", fontSize=13, dx=12).properties(name="readout")
    key = key.encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None))
    return _panel(key, text.encode(text="text:N"), height=20 * len(rows))


def _stacks(stacks, limit, title, source=None):
    """Horizontal bars: for each a name, and parts of an expression and a colour, laid end to end.

    A bar that is cut off at the limit says so.
    """
    bars, names, cuts = [], [], []
    for i, (name, parts) in enumerate(stacks):
        names.append({"y": 40 * i + 8, "text": f"'{name}'"})
        ends = ["0", *accumulate((part for part, _ in parts), "{} + {}".format)]
        cut = f"isFinite({ends[-1]}) ? ({ends[-1]} > {limit} ? '►' : '') : '∞ ►'"
        cuts.append({"x": limit, "y": 40 * i + 27, "text": cut})
        for start, end, (_, fill) in zip(ends, ends[1:], parts, strict=False):
            place = {"top": 40 * i + 18, "bottom": 40 * i + 36, "fill": f"'{fill}'"}
            bars.append(place | {"start": f"min({start}, {limit})", "end": f"min({end}, {limit})"})
    tall = [40 * len(stacks), 0]
    bar = _over(bars, source).mark_rect(opacity=1, stroke=EXCESS_EDGE, strokeWidth=0.8).encode(
        x=_x("start", [0, limit], title), x2="end:Q", y=_y("top", tall, axis=None), y2="bottom:Q",
        fill=alt.Fill("fill:N", scale=None),
    )  # fmt: skip
    text = _over(names, source).mark_text(align="left", baseline="middle")
    text = text.encode(x=alt.value(0), y=_y("y", tall, axis=None), text="text:N")
    cut = _over(cuts, source).mark_text(align="right", baseline="middle", dx=-4)
    cut = cut.encode(x=_x("x", [0, limit], title), y=_y("y", tall, axis=None), text="text:N")
    return _panel(bar.properties(name="stack"), text, cut, height=40 * len(stacks))


def _explorable(description, parameters, *panels):
    return Explorable(vconcat=panels, params=parameters, description=description, config=CONFIG, spacing=16)


# --- discrete distributions --------------------------------------------------------------------------------------


def coin(p=0.9):
    """Chapter 1: the surprisals of the two sides of a coin, and its entropy as the area of two bars."""
    parameters = [
        _slider("p", "p, the probability of heads", p, 0, 1, 0.01),
        *_quantities(heads="-log(p) / LN2", tails="-log(1 - p) / LN2"),
        *_quantities(H=_cross_entropy(["p", "(1 - p)"], ["p", "(1 - p)"], "LN2")),
    ]
    top = 7
    bars = [
        {"left": "0", "right": "p", "height": f"min(heads, {top})", "fill": f"'{P_COLOR}'"},
        {"left": "p", "right": "1", "height": f"min(tails, {top})", "fill": f"'{Q_COLOR}'"},
    ]
    x, y = {"domain": [0, 1], "title": "probability, laid end to end"}, {"domain": [0, top]}
    areas = _over(bars).mark_rect(opacity=1, stroke="white")
    mean = _over([{"mean": "H"}]).mark_rule(strokeDash=[5, 3])
    entropy = _sequence("x", 0, 1, 0.005).transform_calculate(
        y=_cross_entropy(["datum.x", "(1 - datum.x)"], ["datum.x", "(1 - datum.x)"], "LN2")
    )
    here = _over([{"x": "p", "y": "H"}]).mark_point(fill=LINE_COLOR)
    arch = {"domain": [0, 1], "title": "p"}, {"domain": [0, 1.05]}
    return _explorable(
        "two bars of area H for the two sides of a coin, and the curve of its entropy over p",
        parameters,
        _readout(
            parameters,
            ("surprisal of heads", _number("heads", "bits"), P_COLOR),
            ("surprisal of tails", _number("tails", "bits"), Q_COLOR),
            ("entropy H", _number("H", "bits"), "black"),
        ),
        _panel(
            areas.encode(
                x=_x("left", **x), x2="right:Q", y=_y("height", **y), y2=alt.datum(0),
                fill=alt.Fill("fill:N", scale=None),
            ),
            mean.encode(y=_y("mean", **y)),
            height=150, title="surprisal in bits; dashed: the mean, H",
        ),
        _panel(
            entropy.mark_line(clip=True, color=LINE_COLOR).encode(x=_x("x", **arch[0]), y=_y("y", **arch[1])),
            here.encode(x=_x("x", **arch[0]), y=_y("y", **arch[1])),
            height=110, title="entropy H in bits, over p",
        ),
    )  # fmt: skip


def wrong_code(p=(0.7, 0.2, 0.1), weights=(1, 2, 7)):
    """Chapter 3: data from P under words built for Q, which the reader gives by three whole weights."""
    parameters = [
        *(
            _slider(f"w{i}", f"w{'₁₂₃'[i - 1]}, weight of symbol {i} in Q", w, 0, 9, 1)
            for i, w in enumerate(weights, 1)
        ),
        *_quantities(total="w1 + w2 + w3"),
        *_quantities(**{f"q{i}": f"(total > 0 ? w{i} / total : 1 / 3)" for i in (1, 2, 3)}),
        *_quantities(**{f"ideal{i}": f"-log(q{i}) / LN2" for i in (1, 2, 3)}),
        *_quantities(**{f"length{i}": f"ceil(ideal{i} - 1e-9)" for i in (1, 2, 3)}),
    ]
    P, Q = [str(x) for x in p], ["q1", "q2", "q3"]
    whole = " + ".join(f"{x} * length{i}" for i, x in enumerate(p, 1))
    parameters += _quantities(
        H=_cross_entropy(P, P, "LN2"), D=_divergence(P, Q, "LN2"), bill="H + D", mean=whole
    )  # fmt: skip
    ends, top = [0, *accumulate(p)], 7
    bars = [
        {"left": left, "right": right, "ideal": f"min(ideal{i}, {top})", "whole": f"min(length{i}, {top})",
         "best": f"-log({x}) / LN2", "top": top, "beyond": f"isFinite(ideal{i}) ? '' : '∞'"}
        for i, (x, left, right) in enumerate(zip(p, ends, ends[1:], strict=False), 1)
    ]  # fmt: skip
    x, y = {"domain": [0, 1], "title": "P, laid end to end"}, {"domain": [0, top]}
    bar = _over(bars).encode(x=_x("left", **x), x2="right:Q")
    return _explorable(
        "areas for the cost of three symbols under words built for another distribution, and the bill in parts",
        parameters,
        _readout(
            parameters,
            ("Q", "'(' + format(q1, '.2f') + ', ' + format(q2, '.2f') + ', ' + format(q3, '.2f') + ')'", Q_COLOR),
            ("floor H(P)", _number("H", "bits"), P_COLOR),
            ("excess D(P‖Q)", _number("D", "bits"), EXCESS_COLOR),
            ("bill H(P,Q)", _number("bill", "bits"), None),
            ("mean whole length", _number("mean", "digits"), None),
        ),
        _panel(
            bar.mark_rect(opacity=1, fill=Q_COLOR, stroke=EXCESS_EDGE).encode(y=_y("ideal", **y), y2=alt.datum(0)),
            bar.mark_rule(color=P_COLOR, strokeWidth=3).encode(y=_y("best", **y)),
            bar.mark_rule(color="black", strokeDash=[4, 3]).encode(y=_y("whole", **y)),
            bar.mark_text(align="left", baseline="top", dx=3, dy=3).encode(
                x2=alt.Undefined, y=_y("top", **y), text="beyond:N"
            ),
            height=170, title=["height: ideal length for Q; blue line: for P;", "dashed: whole length for Q"],
        ),
        _stacks([("floor and excess", [("H", P_COLOR), ("D", EXCESS_COLOR)])], 5, "bits a symbol"),
    )  # fmt: skip


def _coins(p, q):
    return [
        _slider("p", "p, the probability of heads for P", p, 0, 1, 0.01),
        _slider("q", "q, the probability of heads for Q", q, 0, 1, 0.01),
    ], (["p", "(1 - p)"], ["q", "(1 - q)"])


def both_directions(p=0.1, q=0.6):
    """Chapter 4: two coins, and their divergence in both directions."""
    parameters, (P, Q) = _coins(p, q)
    parameters += _quantities(
        HP=_cross_entropy(P, P, "LN2"), HQ=_cross_entropy(Q, Q, "LN2"),
        PQ=_divergence(P, Q, "LN2"), QP=_divergence(Q, P, "LN2"),
    )  # fmt: skip
    X, limit = ["datum.x", "(1 - datum.x)"], 3
    curves = _unit_interval().transform_calculate(PX=_divergence(P, X, "LN2"), XP=_divergence(X, P, "LN2"))
    x, y = {"domain": [0, 1], "title": "q"}, {"domain": [0, limit]}
    return _explorable(
        "two stacked bars, entropy and divergence for data from P and for data from Q, and both divergences over q",
        parameters,
        _readout(
            parameters,
            ("H(P)", _number("HP", "bits"), PLAIN_COLOR),
            ("D(P‖Q)", _number("PQ", "bits"), P_COLOR),
            ("H(Q)", _number("HQ", "bits"), PLAIN_COLOR),
            ("D(Q‖P)", _number("QP", "bits"), Q_COLOR),
        ),
        _stacks(
            [
                ("data P, code Q: H(P) + D(P‖Q)", [("HP", PLAIN_COLOR), ("PQ", P_COLOR)]),
                ("data Q, code P: H(Q) + D(Q‖P)", [("HQ", PLAIN_COLOR), ("QP", Q_COLOR)]),
            ],
            4, "bits",
        ),
        _panel(
            curves.mark_line(clip=True, color=P_COLOR).encode(x=_x("x", **x), y=_y("PX", **y)),
            curves.mark_line(clip=True, color=Q_COLOR, strokeDash=[6, 3]).encode(x=_x("x", **x), y=_y("XP", **y)),
            _dots("q", [("PQ", P_COLOR), ("QP", Q_COLOR)], x, limit),
            height=150, title=["both divergences in bits, over q:", "D(P‖Q) solid, D(Q‖P) dashed"],
        ),
    )  # fmt: skip


def bill(p=0.3, q=0.6):
    """Chapter 9: the bill of two coins as floor and excess, over the model and over the data."""
    parameters, (P, Q) = _coins(p, q)
    parameters += _quantities(H=_cross_entropy(P, P), D=_divergence(P, Q), bill=_cross_entropy(P, Q))
    X, limit = ["datum.x", "(1 - datum.x)"], 2
    x, y = {"domain": [0, 1]}, {"domain": [0, limit]}
    over = _unit_interval().transform_calculate(
        model=_cross_entropy(P, X), data=_cross_entropy(X, Q), entropy=_cross_entropy(X, X)
    )
    floor = _over([{"y": "H"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])

    def panel(dot, field, title, *more):
        return _panel(
            over.mark_line(clip=True, color=Q_COLOR).encode(x=_x("x", title=dot, **x), y=_y(field, **y)),
            *more,
            _dots(dot, [("bill", EXCESS_EDGE)], x | {"title": dot}, limit),
            height=120, title=title,
        )  # fmt: skip

    entropy = over.mark_line(clip=True, color=P_COLOR, strokeDash=[5, 3]).encode(
        x=_x("x", title="p", **x), y=_y("entropy", **y)
    )
    return _explorable(
        "the cross-entropy of two coins as a stacked bar, over the model, and over the data",
        parameters,
        _readout(
            parameters,
            ("floor H(P)", _number("H", "nats"), P_COLOR),
            ("excess D(P‖Q)", _number("D", "nats"), EXCESS_COLOR),
            ("bill H(P,Q)", _number("bill", "nats"), Q_COLOR),
        ),
        _stacks([("the bill: floor and excess", [("H", P_COLOR), ("D", EXCESS_COLOR)])], limit, "nats"),
        panel("q", "model", "over the model, q; dashed: the floor H(P)", floor.encode(y=_y("y", **y))),
        panel("p", "data", "over the data, p; dashed: the floor H(P)", entropy),
    )


# --- densities ---------------------------------------------------------------------------------------------------

ROOT_TWO_PI = "2.5066282746310002"


def _log_bell(x, mu, sigma):
    return f"(-pow(({x} - {mu}) / {sigma}, 2) / 2 - log({sigma} * {ROOT_TWO_PI}))"


def _divergences(grid, step):
    """Both divergences of exp(log_p) and exp(log_q), as sums over a grid."""
    return grid.transform_calculate(
        pq="exp(datum.log_p) * (datum.log_p - datum.log_q)", qp="exp(datum.log_q) * (datum.log_q - datum.log_p)"
    ).transform_aggregate(PQ="sum(pq)", QP="sum(qp)").transform_calculate(
        PQ=f"datum.PQ * {step}", QP=f"datum.QP * {step}"
    )  # fmt: skip


def _curves(grid, x, y, *curves, **properties):
    return _panel(
        *(
            grid.mark_line(clip=True, color=color, strokeDash=dash).encode(x=x, y=_y(field, **y))
            for field, color, dash in curves
        ),
        **properties,
    )


def normals(mu=1, sigma=1):
    """Chapter 5: two normal laws, both divergences, and what is integrated."""
    parameters = [
        _slider("mu", "μ, the mean of Q", mu, -2, 2, 0.1),
        _slider("sigma", "σ, the width of Q", sigma, 0.5, 2, 0.05),
    ]
    step = 0.05
    grid = _sequence("x", -14, 14, step).transform_calculate(
        log_p=_log_bell("datum.x", "0", "1"), log_q=_log_bell("datum.x", "mu", "sigma")
    )
    seen = grid.transform_filter("abs(datum.x) <= 6").transform_calculate(
        p="exp(datum.log_p)", q="exp(datum.log_q)",
        forward="datum.p * (datum.log_p - datum.log_q)", reverse="datum.q * (datum.log_q - datum.log_p)",
    )  # fmt: skip
    x, y = _x("x", [-6, 6], "x"), {"domain": [-0.6, 1.2]}

    def terms(field, color, title):
        area = seen.mark_area(fill=color, opacity=0.75, clip=True).encode(x=x, y=_y(field, **y))
        zero = alt.Chart(ONE_ROW).mark_rule(color=LINE_COLOR, strokeWidth=1).encode(y=alt.datum(0))
        return _panel(area, zero, height=110, title=title)

    return _explorable(
        "two normal densities, and the integrands of their divergences in both directions",
        parameters,
        _readout(
            parameters,
            ("D(P‖Q)", _number("datum.PQ", "nats"), P_COLOR),
            ("D(Q‖P)", _number("datum.QP", "nats"), Q_COLOR),
            source=_divergences(grid, step),
        ),
        _curves(
            seen, x, {"domain": [0, 0.8]}, ("p", P_COLOR, [1, 0]), ("q", Q_COLOR, [6, 3]),
            height=110, title="the densities: P solid, Q dashed",
        ),
        terms("forward", P_COLOR, "p log(p/q): its area is D(P‖Q)"),
        terms("reverse", Q_COLOR, "q log(q/p): its area is D(Q‖P)"),
    )  # fmt: skip


def two_bells(mu=0, sigma=3.15, d=3):
    """Chapter 8: one bell Q fitted by hand to a target M of two, in the forward and in the reverse direction."""
    parameters = [
        _slider("mu", "μ, the mean of Q", mu, -5, 5, 0.05),
        _slider("sigma", "σ, the width of Q", sigma, 0.5, 4, 0.05),
        _slider("d", "d, the bells of M stand at −d and d", d, 0, 4, 0.1),
    ]
    step, limit = 0.1, 4
    right, left = _log_bell("datum.x", "d", "1"), _log_bell("datum.x", "(-d)", "1")
    grid = _sequence("x", -32, 32, step).transform_calculate(
        right=right, left=left,
        log_p="max(datum.right, datum.left) + log(1 + exp(-abs(datum.right - datum.left))) - LN2",
        log_q=_log_bell("datum.x", "mu", "sigma"),
    )  # fmt: skip
    seen = grid.transform_filter("abs(datum.x) <= 9").transform_calculate(p="exp(datum.log_p)", q="exp(datum.log_q)")
    both = _divergences(grid, step)
    return _explorable(
        "a target with two bells, one bell laid over it, and the divergence in both directions",
        parameters,
        _readout(
            parameters,
            ("forward D(M‖Q)", _number("datum.PQ", "nats"), P_COLOR),
            ("reverse D(Q‖M)", _number("datum.QP", "nats"), Q_COLOR),
            source=both,
        ),
        _curves(
            seen, _x("x", [-9, 9], "x"), {"domain": [0, 0.8]}, ("p", P_COLOR, [1, 0]), ("q", Q_COLOR, [6, 3]),
            height=150, title="the densities: M solid, Q dashed",
        ),
        _stacks(
            [
                ("forward: what Q leaves out is dear", [("datum.PQ", P_COLOR)]),
                ("reverse: what Q makes up is dear", [("datum.QP", Q_COLOR)]),
            ],
            limit, "nats", source=both,
        ),
    )  # fmt: skip


# --- losses ------------------------------------------------------------------------------------------------------


def temperature(z=(2.8, 1.4), T=1, label=(4, 2, 1)):
    """Chapter 10: three logits, the last of them 0, a temperature, and the loss for a soft label."""
    y = [f"({weight} / {sum(label)})" for weight in label]
    parameters = [
        _slider("z1", "z₁, the logit of cat", z[0], -4, 4, 0.1),
        _slider("z2", "z₂, the logit of dog (that of bird is 0)", z[1], -4, 4, 0.1),
        _slider("T", "T, the temperature", T, 0.2, 8, 0.1),
        *_quantities(top="max(z1, z2, 0)"),
    ]

    def log_sum(t):  # of the shares exp(z / t), from the greatest logit down, so that nothing overflows
        return f"(top / {t} + log(exp((z1 - top) / {t}) + exp((z2 - top) / {t}) + exp(-top / {t})))"

    mean = f"({y[0]} * z1 + {y[1]} * z2)"
    parameters += _quantities(
        p1=f"exp(z1 / T - {log_sum('T')})", p2=f"exp(z2 / T - {log_sum('T')})", p3=f"exp(-{log_sum('T')})",
        loss=f"{log_sum('T')} - {mean} / T", floor=_cross_entropy(y, y), excess="max(0, loss - floor)",
    )  # fmt: skip
    bars = []
    for i, name in enumerate(["cat", "dog", "bird"]):
        bars.append({"x": i, "to": i + 0.35, "y": y[i], "fill": f"'{P_COLOR}'", "name": f"'{name}'"})
        bars.append({"x": i + 0.35, "to": i + 0.7, "y": f"p{i + 1}", "fill": f"'{Q_COLOR}'", "name": "''"})
    bar = _over(bars).encode(x=_x("x", [0, 3], axis=None))
    x, top = {"domain": [0, 8], "title": "T"}, 3
    curve = _sequence("t", 0.1, 8, 0.05).transform_calculate(loss=f"{log_sum('datum.t')} - {mean} / datum.t")
    floor = _over([{"y": "floor"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])
    return _explorable(
        "a soft label and a prediction for three classes as bars, and the loss over the temperature",
        parameters,
        _readout(
            parameters,
            ("floor H(y)", _number("floor", "nats"), P_COLOR),
            ("excess D(y‖p)", _number("excess", "nats"), EXCESS_COLOR),
            ("loss", _number("loss", "nats"), Q_COLOR),
            ("p(cat)", _number("p1"), None),
        ),
        _stacks([("the loss: floor and excess", [("floor", P_COLOR), ("excess", EXCESS_COLOR)])], top, "nats"),
        _panel(
            bar.mark_rect(opacity=1, stroke="white").encode(
                x2="to:Q", y=_y("y", [0, 1]), y2=alt.datum(0), fill=alt.Fill("fill:N", scale=None)
            ),
            bar.mark_text(align="left", baseline="top", dy=6).encode(y=alt.datum(0), text="name:N"),
            height=120, title=["label (left, blue)", "and prediction (right, orange)"],
        ),
        _panel(
            curve.mark_line(clip=True, color=Q_COLOR).encode(x=_x("t", **x), y=_y("loss", [0, top])),
            floor.encode(y=_y("y", [0, top])),
            _dots("T", [("loss", EXCESS_EDGE)], x, top),
            height=130, title="the loss in nats over T; dashed: the floor",
        ),
    )  # fmt: skip


def label_noise(u=0.1, s=0.98):
    """Chapter 12: a share u of the labels of two classes is flipped; the model gives s to the true class."""
    parameters = [
        _slider("u", "u, the share of labels that are flipped", u, 0, 0.5, 0.01),
        _slider("s", "s, what the model gives to the true class", s, 0.5, 1, 0.001),
    ]
    truth, said, limit = ["(1 - u)", "u"], ["s", "(1 - s)"], 2
    parameters += _quantities(
        floor=_cross_entropy(truth, truth), excess=_divergence(truth, said), loss=_cross_entropy(truth, said)
    )
    curve = _unit_interval().transform_calculate(x="(1 + datum.x) / 2")
    curve = curve.transform_calculate(loss=_cross_entropy(truth, ["datum.x", "(1 - datum.x)"]))
    x, y = {"domain": [0.5, 1], "title": "s"}, {"domain": [0, limit]}
    floor = _over([{"y": "floor"}]).mark_rule(color=P_COLOR, strokeDash=[5, 3])
    return _explorable(
        "the mean log loss on flipped labels as a stacked bar, and over the probability that the model gives",
        parameters,
        _readout(
            parameters,
            ("floor H(Y|X)", _number("floor", "nats"), P_COLOR),
            ("excess", _number("excess", "nats"), EXCESS_COLOR),
            ("mean loss", _number("loss", "nats"), Q_COLOR),
        ),
        _stacks([("the loss: floor and excess", [("floor", P_COLOR), ("excess", EXCESS_COLOR)])], limit, "nats"),
        _panel(
            curve.mark_line(clip=True, color=Q_COLOR).encode(x=_x("x", **x), y=_y("loss", **y)),
            floor.encode(y=_y("y", **y)),
            _dots("s", [("loss", EXCESS_EDGE)], x, limit),
            height=150, title="the mean loss over s; dashed: the floor",
        ),
    )  # fmt: skip
