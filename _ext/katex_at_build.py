"""Set every formula while the book is built, so that a page needs no script and no network for its math.

KaTeX runs inside Python, on the V8 engine of the mini-racer package.
Its style sheet and fonts lie beside its script in extra/katex and are of the same version.
A formula that KaTeX cannot set is a warning that names file and line; the build turns warnings into errors.
"""

import atexit
import json
from functools import cache
from pathlib import Path

from docutils import nodes
from py_mini_racer import JSEvalException, MiniRacer
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

KATEX = Path(__file__).parents[1] / "extra" / "katex" / "katex.min.js"
logger = logging.getLogger(__name__)


@cache
def engine():
    racer = MiniRacer()
    atexit.register(racer.close)  # left to the garbage collector, it can wait for a thread that is gone
    racer.eval(KATEX.read_text(encoding="utf-8"))
    return racer


@cache
def typeset(tex, display):
    options = {"displayMode": display, "strict": "error", "throwOnError": True}
    return engine().eval(f"katex.renderToString({json.dumps(tex)}, {json.dumps(options)})")


def html(node, tex, display):
    try:
        return typeset(tex, display)
    except JSEvalException as problem:
        reason = next(line for line in str(problem).splitlines() if "ParseError" in line or "Error" in line)
        logger.warning("KaTeX cannot set %r: %s", tex, reason, location=node, type="katex")
        return nodes.unescape(tex)


def visit_math(self, node):
    self.body.append(f'<span class="math notranslate nohighlight">{html(node, node.astext(), False)}</span>')
    raise nodes.SkipNode


def visit_displaymath(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(html(node, node.astext(), True) + "</div>\n")
    raise nodes.SkipNode


class KeepPunctuation(SphinxPostTransform):
    """Keep a short formula and the punctuation behind it on one line; browsers break there otherwise."""

    default_priority = 900

    def run(self, **kwargs):
        for math in list(self.document.findall(nodes.math)):
            sentence, place = math.parent, math.parent.index(math)
            behind = sentence[place + 1] if place + 1 < len(sentence) else ""
            if len(math.astext()) > 24 or not isinstance(behind, nodes.Text) or behind[:1] not in tuple(".,;:)?!"):
                continue
            together = nodes.inline("", "", math, nodes.Text(behind[0]), classes=["nobreak"])
            sentence[place : place + 2] = [together, nodes.Text(behind[1:])]


def setup(app):
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer("katex", (visit_math, None), (visit_displaymath, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
