r"""Warn of TeX that no parser has taken for a formula: \( \), \[ \], or a command outside of $ and $$."""

import re

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)
OTHER = re.compile(r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|(\$\$?).*?\2")  # code, and formulas
TEX = re.compile(r"(?s)\\(?:[a-zA-Z]{2,}|\(.*\\\)|\[.*\\\])")


def complain(app, doctree):
    for paragraph in doctree.findall(nodes.paragraph):
        if tex := TEX.search(OTHER.sub("", paragraph.rawsource)):
            logger.warning("%r is not set: write $...$ or $$...$$", tex[0][:60], location=paragraph, type="raw_tex")


def setup(app):
    app.connect("doctree-read", complain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
