"""Say in a page's head what it is about, for search engines and previews of links: its first plain paragraph."""

from html import escape
from textwrap import shorten

from docutils import nodes


def describe(app, page, template, context, doctree):
    paragraphs = doctree.findall(nodes.paragraph) if doctree else []
    plain = [p for p in paragraphs if isinstance(p.parent, nodes.section) and not any(p.findall(nodes.math))]
    if not plain:
        return
    facts = {
        "title": context["title"],
        "description": shorten(plain[0].astext(), 250, placeholder=" …"),
        "type": "article",
    }
    tags = [("name", "description", facts["description"])]
    tags += [("property", f"og:{name}", text) for name, text in facts.items()]
    context["metatags"] += "".join(f'<meta {kind}="{name}" content="{escape(text)}" />\n' for kind, name, text in tags)


def setup(app):
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
