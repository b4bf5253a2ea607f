"""Say in a page's head what it is about, for search engines and for previews of links: its first paragraph."""

from html import escape
from textwrap import shorten

from docutils import nodes


def describe(app, page, template, context, doctree):
    paragraph = doctree and next(doctree.findall(nodes.paragraph), None)
    if not paragraph:
        return
    facts = {
        "title": context["title"],
        "description": shorten(paragraph.astext(), 250, placeholder=" …"),
        "type": "article",
    }
    tags = [("name", "description", facts["description"])]
    tags += [("property", f"og:{name}", text) for name, text in facts.items()]
    context["metatags"] += "".join(f'<meta {kind}="{name}" content="{escape(text)}" />\n' for kind, name, text in tags)


def setup(app):
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
