"""The search: it finds Chinese words in an English book, quotes and marks text only, and leads to the word.

Chinese is written without spaces. A run of Han characters is indexed as its characters and its pairs of neighbours;
a query's run is looked up by its pairs, all of which a page must hold. No dictionary is needed.
What the search puts first is said in search_scorer.js.
"""

import re
from itertools import pairwise
from pathlib import Path

from sphinx.search.en import SearchEnglish
from sphinx.util import logging

logger = logging.getLogger(__name__)

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(f"([{HAN}]+)")


class EnglishAndHan(SearchEnglish):
    js_splitter_code = f"""
var splitQuery = (query) => query
    .split(/[^\\p{{Letter}}\\p{{Number}}_]+/gu)
    .flatMap((word) => word.split(/([{HAN}]+)/u))
    .filter((word) => word)
    .flatMap((word) => /^[{HAN}]{{2,}}$/u.test(word)
        ? Array.from(word).slice(1).map((second, i) => Array.from(word)[i] + second)
        : [word]);
"""

    def split(self, text):
        for piece in [piece for word in super().split(text) for piece in RUN.split(word) if piece]:
            yield from [*piece, *map("".join, pairwise(piece))] if RUN.fullmatch(piece) else [piece]


CHANGED = "// changed by search_words.py\n"
LEFT_OUT = '[".headerlink", "script", "style"'
CHANGES = {  # of Sphinx's scripts
    "searchtools.js": {
        # a quotation is text, each formula once, as TeX; from file:// it cannot be had
        LEFT_OUT: LEFT_OUT + ', ".katex-html", "semantics > :first-child", ".bd-header-article", "#jb-print-docs-body"'
        ', ".bd-sidebar-secondary", ".prev-next-footer", "footer"',
        "showSearchSummary)": 'showSearchSummary && location.protocol != "file:")',
        # the words that were sought go with a result's link, not with whatever page comes next
        "linkUrl + anchor;": 'linkUrl + "?highlight=" + encodeURIComponent([...highlightTerms].join(" ")) + anchor;',
        'localStorage.setItem("sphinx_highlight_terms", [...highlightTerms].join(" "))': "",
    },
    "sphinx_highlight.js": {'!parent.classList.contains("nohighlight")': '!parent.closest(".nohighlight")'},  # formulas
}


def change_scripts(app, exception):
    for name, changes in CHANGES.items():
        script = Path(app.outdir) / "_static" / name
        text = script.read_text(encoding="utf-8") if script.exists() else CHANGED
        if exception or text.startswith(CHANGED):  # by the build before this one
            continue
        for theirs, ours in changes.items():
            if theirs not in text:
                logger.warning("Sphinx's search has changed, %s has no %r", name, theirs)
            text = text.replace(theirs, ours)
        script.write_text(CHANGED + text, encoding="utf-8")


def setup(app):
    app.add_search_language(EnglishAndHan)
    app.connect("build-finished", change_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
