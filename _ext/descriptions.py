"""Say in a page's head what it is about, for search engines and previews of links: its first plain paragraph."""

from html import escape
from textwrap import shorten

from docutils import nodes


def describe(app, page, template, context, doctree):
    for paragraph in doctree.findall(nodes.paragraph) if doctree else []:
        if isinstance(paragraph.parent, nodes.section) and not any(paragraph.findall(nodes.math)):
            text = escape(shorten(paragraph.astext(), 250, placeholder=" …"))
            context["metatags"] += f'<meta name="description" content="{text}" />\n'
            for name, fact in {"title": escape(context["title"]), "description": text, "type": "article"}.items():
                context["metatags"] += f'<meta property="og:{name}" content="{fact}" />\n'
            return


def setup(app):
    app.connect("html-page-context", describe)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
