"""Set every formula while the book is built, so that a page needs no script and no network for its math.

KaTeX runs inside Python, on the V8 engine of the mini-racer package.
Its style sheet and fonts lie beside its script in extra/katex and are of the same version.
A formula that KaTeX cannot set, and TeX that no parser took for a formula, is a warning that names file and line.
"""

import atexit
import json
import re
from functools import cache
from itertools import pairwise
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
    cuts = [0, *(i for i, piece in enumerate(pieces, 1) if ends(piece)), len(pieces)]
    return [pieces[a:b] for a, b in pairwise(cuts) if a < b]


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

    terms, parts = [box(run) for run in grouped([BASE + base for base in bases], closed)], []
    for part in grouped(terms, ENDS_A_PART.search):
        *sides, last = grouped(part, ENDS_A_SIDE.search)
        parts.append([*map(box, sides), *last])
    return head + "".join(map(box, parts) if len(parts) > 1 else parts[0]) + end


def html(node, display):
    tex = node.astext()
    if "amsmath" in node["classes"]:  # Sphinx numbers it as a whole
        tex = re.sub(r"(\\(?:begin|end)\{\w+)\}", r"\1*}", tex)
    try:
        return typeset(tex, display)
    except JSEvalException as problem:
        reason = next(line for line in str(problem).splitlines() if "ParseError" in line or "Error" in line)
        logger.warning("KaTeX cannot set %r: %s", tex, reason, location=node, type="katex")
        return nodes.unescape(tex)


def visit_math(self, node):
    self.body.append(f'<span class="math notranslate nohighlight">{html(node, False)}</span>')
    raise nodes.SkipNode


def visit_displaymath(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(html(node, True) + "</div>\n")
    raise nodes.SkipNode


class KeepPunctuation(SphinxPostTransform):
    """Keep a short formula and the punctuation behind it on one line; browsers break there otherwise."""

    default_priority = 900

    def run(self, **kwargs):
        for math in list(self.document.findall(nodes.math)):
            sentence, i = math.parent, math.parent.index(math)
            behind = "".join(node for node in sentence[i + 1 : i + 2] if isinstance(node, nodes.Text))
            if behind.startswith(tuple(".,;:)?!")) and len(math.astext()) <= 24:
                together = nodes.inline("", "", math, nodes.Text(behind[0]), classes=["nobreak"])
                sentence[i : i + 2] = [together, nodes.Text(behind[1:])]


OTHER = re.compile(r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|(\$\$?).*?\2")  # code, and formulas
TEX = re.compile(r"(?s)\\(?:[a-zA-Z]{2,}|\(.*\\\)|\[.*\\\])")


def find_raw_tex(app, doctree):
    for paragraph in doctree.findall(nodes.paragraph):
        if tex := TEX.search(OTHER.sub("", paragraph.rawsource)):
            logger.warning("%r is not set: write $...$ or $$...$$", tex[0][:60], location=paragraph, type="katex")


def check_line_breaks(app):
    """`together` reads KaTeX's own classes."""
    if typeset(r"a + b = c, \qquad d + e (f + g) = h", True).count('class="together"') != 5:
        logger.warning("KaTeX's HTML has changed: formulas do not break where they should", type="katex")


def setup(app):
    app.connect("builder-inited", check_line_breaks)
    app.connect("doctree-read", find_raw_tex)
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer("katex", (visit_math, None), (visit_displaymath, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
