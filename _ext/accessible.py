"""Name the parts of a page for screen readers where the theme and the extensions do not, or not in a reader's words.

Each replacement is counted over the whole build; one that matches nothing is a warning.
"""

import re
from collections import Counter

from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

logger = logging.getLogger(__name__)

ON_EVERY_PAGE = ""
SOLUTION = '(<p class="admonition-title">Solution to)<a [^>]*>(.*?)</a>'
CHANGES = [  # needed on a page with this text; what is replaced; by what
    (ON_EVERY_PAGE, 'title="Toggle primary sidebar"', 'title="Contents of the book"'),
    (ON_EVERY_PAGE, 'title="Toggle secondary sidebar"', 'title="Contents of this page"'),
    (ON_EVERY_PAGE, 'id="pst-primary-sidebar-modal"', r'\g<0> aria-label="Contents of the book"'),
    (ON_EVERY_PAGE, 'id="pst-secondary-sidebar-modal"', r'\g<0> aria-label="Contents of this page"'),
    (ON_EVERY_PAGE, 'id="pst-search-dialog"', r'\g<0> aria-label="Search"'),
    (ON_EVERY_PAGE, 'class="prev-next-area"', r'\g<0> role="navigation" aria-label="Previous and next page"'),
    (ON_EVERY_PAGE, 'class="current reference internal" href="#"', r'\g<0> aria-current="page"'),
    # the skip link skips the buttons, too; the search page has no text
    (ON_EVERY_PAGE, '(?s)href="#main-content"(?=.*class="bd-article")', 'href="#text"'),
    (ON_EVERY_PAGE, 'class="bd-article"', r'\g<0> id="text" tabindex="-1"'),
    (ON_EVERY_PAGE, r'<(?:i|span)(?= class="[^"]*\bfa-)', r'\g<0> aria-hidden="true"'),
    ("<summary", '<summary aria-label="Toggle hidden content"', "<summary"),  # it has words of its own
    ('class="citation', 'role="doc-biblioentry"', 'role="listitem"'),  # in a list; the other role is abolished
    ("Solution to", SOLUTION, lambda match: match[1] + match[2].replace("'", "’")),  # a click is to unfold it
]
found = Counter()


class Templates(BuiltinTemplateLoader):
    """Sphinx's templates, with the changes made in every page."""

    def render(self, template, context):
        html = super().render(template, context)
        if "</html>" not in html:  # a part of a page
            return html
        found["pages"] += "body" in context  # the search page has none
        for needed, theirs, ours in CHANGES:
            found[needed] += needed in html
            html, times = re.subn(theirs, ours, html)
            found[theirs] += times
        return html


def complain(app, exception):
    written = not exception and found["pages"] == len(app.env.found_docs)  # else nothing has changed
    for needed, theirs, _ in CHANGES:
        if written and found[needed] and not found[theirs]:
            logger.warning("the theme or an extension has changed: no page matches %r", theirs)


def setup(app):
    app.config.template_bridge = f"{__name__}.Templates"
    app.connect("builder-inited", lambda app: found.clear())
    app.connect("build-finished", complain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}  # they are counted
