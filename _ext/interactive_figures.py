"""Make interactive figures live in a built page: figures whose cell shows a Vega-Lite chart.

The notebook stores the chart and a picture of it.  The page shows the picture, and holds the chart, compiled for Vega
by vl-convert, as data; `extra/interactive_figures.js` makes it live when the reader comes near, and only then loads
Vega from `extra/vega`.  Print, and browsers without scripts, keep the picture.
"""

import json

import vl_convert
from docutils import nodes
from myst_nb.core.render import load_mime_renders
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Charts:
    """What MyST-NB asks for each output of a notebook; for any other kind the answer is None."""

    @staticmethod
    def handle_mime(renderer, data, inline):
        if not data.mime_type.startswith("application/vnd.vegalite."):
            return None
        html = f'<script class="explorable" type="application/json">{compiled(data.content)}</script>'
        return [nodes.raw("", html, format="html", classes=["explorable"])]


def compiled(chart):
    """The chart as a specification for Vega, as text that may stand in a script element."""
    spec = vl_convert.vegalite_to_vega(chart)
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("</", "<\\/")


def put_charts_into_figures(app, doctree):
    """Beside the picture: of an output in several forms only one is kept in the page, and that is the picture."""
    for chart in [node for node in doctree.findall(nodes.raw) if "explorable" in node["classes"]]:
        figure = chart
        while figure and not isinstance(figure, nodes.figure):
            figure = figure.parent
        if not figure:
            logger.warning("a chart needs the metadata of a figure: alt text, caption, name", location=chart.parent)
            continue
        chart.parent.remove(chart)
        figure.insert(0, chart)
        figure["classes"].append("explorable")


def add_script(app, pagename, templatename, context, doctree):
    if doctree and any("explorable" in figure["classes"] for figure in doctree.findall(nodes.figure)):
        app.add_js_file("../interactive_figures.js", loading_method="defer")


def setup(app):
    # The documented way in, an entry point of the group myst_nb.mime_renderers, would go into the wheel, and stop every
    # book of whoever installs that: this module is not in it.  MyST-NB keeps the list that it makes of them.
    if Charts not in load_mime_renders():
        load_mime_renders().append(Charts)
    if Charts not in load_mime_renders():
        logger.warning("MyST-NB has changed: interactive figures would stay still pictures")
    app.connect("doctree-read", put_charts_into_figures)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
