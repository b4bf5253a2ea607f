"""What interactive figures are made of: Altair charts with sliders, in which the page computes what follows them.

A chart holds its formulas as expressions of Vega, so once it is made it needs no Python.  In Jupyter it is live as it
is; `_ext/interactive_figures.py` makes it live in the book; where no script runs, its picture is shown.
The figures themselves are in `chNN_interactive`, with the colours of `style`; pale orange is the excess.
"""

from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import altair as alt
import matplotlib
import vl_convert
from PIL import Image

from figures.style import EXCESS_EDGE, LINE_COLOR

WIDTH = 460  # of every panel; the page makes them narrower on a phone, through the one signal that they share
ONE_ROW = alt.Data(values=[{}])
ROOT_TWO_PI = "2.5066282746310002"
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


class InteractiveFigure(alt.VConcatChart):
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


def slider(name, label, value, low, high, step):
    """A parameter that the reader sets."""
    bind = alt.BindRange(input="range", min=low, max=high, step=step, name=label)
    return alt.VariableParameter(name=name, value=value, bind=bind)


def quantities(**expressions):
    """Named quantities, each of which may use those before it."""
    return [alt.VariableParameter(name=name, expr=expression) for name, expression in expressions.items()]


def _cost(p, q):
    """-p log q, what an outcome adds to a cross-entropy; 0 for p = 0, Infinity for p > 0 = q."""
    return f"({p} > 0 ? -{p} * log({q}) : 0)"


def cross_entropy(p, q, unit="1"):
    """H(P, Q) in nats, or in another unit given in nats, such as LN2 for bits."""
    return f"({' + '.join(_cost(a, b) for a, b in zip(p, q, strict=True))}) / {unit}"


def divergence(p, q, unit="1"):
    """The sum of p log(p / q), which for P = Q is zero exactly, as a difference of two entropies need not be."""
    terms = " + ".join(f"({a} > 0 ? {a} * log({a} / {b}) : 0)" for a, b in zip(p, q, strict=True))
    return f"({terms}) / {unit}"


def rounded(quantity, unit=""):
    """A quantity as text with three decimals and its unit."""
    return f"(isFinite({quantity}) ? format({quantity}, '.3f') : '∞') + '{unit and ' ' + unit}'"


def _list(rows):
    """A list of objects whose values are expressions."""
    return "[" + ", ".join("{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}" for row in rows) + "]"


# --- panels ------------------------------------------------------------------------------------------------------


def panel(*layers, height, title=None, **properties):
    """Layers over the same axes, as wide as every panel."""
    title = alt.Title(title) if title else alt.Undefined
    return alt.LayerChart(layer=layers, width=WIDTH, height=height, title=title, **properties)


def computed_rows(rows, source=None):
    """A chart over rows whose entries are computed, from a source of one row."""
    source = alt.Chart(ONE_ROW) if source is None else source
    table = source.transform_calculate(row=_list(rows)).transform_flatten(["row"])
    return table.transform_calculate(**{key: f"datum.row.{key}" for key in rows[0]})


def x_axis(field, domain, title=None, **options):
    """The column `field` along a horizontal axis that spans `domain`."""
    return alt.X(f"{field}:Q", title=title, scale=alt.Scale(domain=domain, nice=False), **options)


def y_axis(field, domain, **options):
    """The column `field` along a vertical axis that spans `domain`; the title of the panel says what it is."""
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(domain=domain, nice=False), **options)


def sequence(name, low, high, step):
    """A chart over equally spaced numbers, `low` and `high` among them, in the column `name`."""
    return alt.Chart(alt.Data(sequence=alt.SequenceParams(start=low, stop=high + step / 2, step=step, **{"as": name})))


def unit_interval():
    """x from 0 to 1, ever closer together towards the ends, where logarithms climb without bound."""
    curve = "pow(sin(PI / 2 * pow(sin(PI / 2 * datum.t), 2)), 2)"
    return sequence("t", 0, 1, 0.0025).transform_calculate(x=curve)


def dots(place, values, x, limit):
    """A dot for each value with its colour; for one that is beyond the chart, a triangle at the upper edge."""
    rows = [
        {"x": place, "y": f"min({value}, {limit})", "size": 160 - 90 * i, "fill": f"'{fill}'",
         "shape": f"{value} > {limit} ? 'triangle-up' : 'circle'"}
        for i, (value, fill) in enumerate(values)
    ]  # fmt: skip
    return computed_rows(rows).mark_point().encode(
        x=x_axis("x", **x), y=y_axis("y", [0, limit]), size=alt.Size("size:Q", scale=None),
        fill=alt.Fill("fill:N", scale=None), shape=alt.Shape("shape:N", scale=None),
    )  # fmt: skip


def readout(parameters, *lines, source=None):
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
    base = computed_rows(rows, source).encode(y=y_axis("y", [len(rows) - 0.5, -0.5], axis=None), x=alt.value(-24))
    key = base.mark_square(size=130, opacity=1, strokeWidth=0.5)
    text = base.mark_text(align="left", baseline="middle", fontSize=13, dx=12).properties(name="readout")
    key = key.encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None))
    return panel(key, text.encode(text="text:N"), height=20 * len(rows))


def stacked_bars(stacks, limit, title, source=None):
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
    bar = computed_rows(bars, source).mark_rect(opacity=1, stroke=EXCESS_EDGE, strokeWidth=0.8).encode(
        x=x_axis("start", [0, limit], title), x2="end:Q", y=y_axis("top", tall, axis=None), y2="bottom:Q",
        fill=alt.Fill("fill:N", scale=None),
    )  # fmt: skip
    text = computed_rows(names, source).mark_text(align="left", baseline="middle")
    text = text.encode(x=alt.value(0), y=y_axis("y", tall, axis=None), text="text:N")
    cut = computed_rows(cuts, source).mark_text(align="right", baseline="middle", dx=-4)
    cut = cut.encode(x=x_axis("x", [0, limit], title), y=y_axis("y", tall, axis=None), text="text:N")
    return panel(bar.properties(name="stack"), text, cut, height=40 * len(stacks))


def interactive_figure(description, parameters, *panels):
    """Panels below one another, and what they depend on: sliders, and quantities computed from them."""
    return InteractiveFigure(vconcat=panels, params=parameters, description=description, config=CONFIG, spacing=16)


def two_coins(p, q):
    """Two sliders, and the distributions P and Q as expressions."""
    return [
        slider("p", "p, the probability of heads for P", p, 0, 1, 0.01),
        slider("q", "q, the probability of heads for Q", q, 0, 1, 0.01),
    ], (["p", "(1 - p)"], ["q", "(1 - q)"])


# --- densities ---------------------------------------------------------------------------------------------------


def log_normal_density(x, mu, sigma):
    """log of the density of N(mu, sigma^2) at x."""
    return f"(-pow(({x} - {mu}) / {sigma}, 2) / 2 - log({sigma} * {ROOT_TWO_PI}))"


def both_divergences(grid, step):
    """Both divergences of exp(log_p) and exp(log_q), as sums over a grid."""
    return grid.transform_calculate(
        pq="exp(datum.log_p) * (datum.log_p - datum.log_q)", qp="exp(datum.log_q) * (datum.log_q - datum.log_p)"
    ).transform_aggregate(PQ="sum(pq)", QP="sum(qp)").transform_calculate(
        PQ=f"datum.PQ * {step}", QP=f"datum.QP * {step}"
    )  # fmt: skip


def curves_panel(grid, x, y, *curves, **properties):
    """A panel with a line for each curve: its column, its colour and its dashes."""
    return panel(
        *(
            grid.mark_line(clip=True, color=color, strokeDash=dash).encode(x=x, y=y_axis(field, **y))
            for field, color, dash in curves
        ),
        **properties,
    )
