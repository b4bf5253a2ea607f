"""Set every formula while the book is built, so that a page needs no script and no network for its math.

KaTeX runs inside Python, on the V8 engine of the mini-racer package.
Its style sheet and fonts lie beside its script in extra/katex and are of the same version.
A formula that KaTeX cannot set is a warning that names file and line; the build turns warnings into errors.
"""

import atexit
import json
import re
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
    parted = tex.replace(r"\qquad", r"\allowbreak\qquad") if display else tex
    made = engine().eval(f"katex.renderToString({json.dumps(parted)}, {json.dumps(options)})")
    return together(made.replace(r"\allowbreak\qquad", r"\qquad")) if display else made


BASE = '<span class="katex-base">'  # what KaTeX never breaks: all up to a sign such as = or +
GLUE = r'(?:<span class="mspace[^>]*></span>)*(?:</span>)+$'
ENDS_A_PART = re.compile(r'<span class="mspace" style="margin-right:2em;"></span>' + GLUE)
ENDS_A_SIDE = re.compile(r'<span class="mrel[ "](?:(?!<span class="m).)*' + GLUE)
OPENS, CLOSES = re.compile(r'class="mopen[ "]'), re.compile(r'class="mclose(?: |"(?!>!))')  # n! closes nothing


def grouped(pieces, ends):
    """Runs of pieces, each up to one at which `ends` holds."""
    runs = [[]]
    for piece in pieces:
        runs[-1].append(piece)
        if ends(piece):
            runs.append([])
    return [run for run in runs if run]


def box(pieces):
    return pieces[0] if len(pieces) == 1 else f'<span class="together">{"".join(pieces)}</span>'


def together(html):
    """A line that is too short breaks at a wide space first, then behind = and the like, in parentheses last."""
    head, *bases = html.split(BASE)
    if len(bases) < 2 or "newline" in html:
        return html
    end = "</span>" * 3
    bases[-1] = bases[-1].removesuffix(end)
    depth = 0

    def closed(base):
        nonlocal depth
        depth = max(0, depth + len(OPENS.findall(base)) - len(CLOSES.findall(base)))
        return depth == 0 or ENDS_A_PART.search(base)

    terms = [box(run) for run in grouped([BASE + base for base in bases], closed)]
    parts = []
    for part in grouped(terms, ENDS_A_PART.search):
        *sides, last = grouped(part, ENDS_A_SIDE.search)
        parts.append([*map(box, sides), *last])
    return head + "".join(map(box, parts) if len(parts) > 1 else parts[0]) + end


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
