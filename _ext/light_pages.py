"""Make the pages light: one style sheet, one script, only the icons that are used, and no id twice.

The theme loads some thirty files, among them every icon of Font Awesome (1.5 MB), and Thebe from a foreign server.
Here each page is thinned before it is saved, and what it still needs of _static is joined at the end:
_static/bundle.css, with a font of the few icons on the pages, and _static/bundle.js, run when the page was read.
Files that a page asks for from elsewhere, from extra/ say, are left alone.
On the way, what has no name or a poor one for those who listen to a page gets a better one.
"""

import base64
import gc
import hashlib
import posixpath
import re
from collections import Counter
from io import BytesIO
from logging import WARNING, getLogger
from pathlib import Path
from shutil import rmtree

from docutils import nodes
from fontTools import subset
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)
getLogger("fontTools.subset").setLevel(WARNING)  # it tells of every table

# --- a page --------------------------------------------------------------------------------------------------------

UNUSED = {"_static/sphinx-thebe.css", "_static/sphinx-thebe.js", "_static/design-tabs.js"}
UNUSED |= {"_static/scripts/fontawesome.js"}  # the icons are letters of a font
ONLY_WITH = {"_static/sphinx-design.min.css": 'class="sd-'}  # asked for only by pages that hold this
SEARCH = {"_static/searchtools.js", "_static/language_data.js", "searchindex.js"}  # only on the search page
LEFTOVERS = ["locales", "scripts", "styles", "vendor"]  # folders of _static
OWN = {"katex/katex.min.css", "book.css", "book.js"}  # of extra/

IN_HEAD = re.compile(r"(?s)\s*(?:<script\b(?P<script>[^>]*)>(?P<inline>.*?)</script>|<link\b(?P<link>[^>]*)>)")
AT_THE_END = re.compile(r'\s*<script defer src="(?P<address>(?:[^"]*/)?_static/scripts/[^"]*)"></script>')
SUPERFLUOUS = re.compile(
    r'(?s)\s*<script type="text/x-thebe-config">.*?</script>|\s*<script>kernelName = .*?</script>'
    r'|<div id="ethical-ad-placement".*?</div>|<!-- (?:So that|Pre-loaded|Scripts loaded|Loaded before).*?-->\s*'
)
VIEWPORT = re.compile(r'\s*<meta name="viewport"[^>]*>')
SOLUTION = re.compile(r'(<p class="admonition-title">Solution to)<a [^>]*>(.*?)</a>')  # a click is to unfold it
TEXT = 'class="bd-article"'
NAMES = {  # what the theme's page does not say, or says in its own terms
    'title="Toggle primary sidebar"': 'title="Contents of the book"',
    'title="Toggle secondary sidebar"': 'title="Contents of this page"',
    'id="pst-primary-sidebar-modal"': 'id="pst-primary-sidebar-modal" aria-label="Contents of the book"',
    'id="pst-secondary-sidebar-modal"': 'id="pst-secondary-sidebar-modal" aria-label="Contents of this page"',
    'id="pst-search-dialog"': 'id="pst-search-dialog" aria-label="Search"',
    'class="prev-next-area"': 'class="prev-next-area" role="navigation" aria-label="Previous and next page"',
    'class="current reference internal" href="#"': 'class="current reference internal" href="#" aria-current="page"',
    '<summary aria-label="Toggle hidden content"': "<summary",  # it has words of its own
    'role="doc-biblioentry"': 'role="listitem"',  # it stands in a list; the other role is abolished
    TEXT: f'{TEXT} id="text" tabindex="-1"',
}
ICON = re.compile(r'<(i|span) (?=class="[^"]*\bfa-)')
THEME = """<script>
    for (const name of ["localStorage", "sessionStorage"]) {  // forbidden: the page itself remembers
      try { window[name].length; } catch {
        const kept = new Map();
        const [getItem, setItem] = [(k) => kept.get(k) ?? null, (k, v) => kept.set(k, `${v}`)];
        Object.defineProperty(window, name, { value: { getItem, setItem, removeItem: (k) => kept.delete(k) } });
      }
    }
    {  // light or dark is known before the first paint
      const mode = localStorage.getItem("mode") || "auto", dark = matchMedia("(prefers-color-scheme: dark)").matches;
      Object.assign(document.documentElement.dataset, { mode, theme: mode != "auto" ? mode : dark ? "dark" : "light" });
    }
  </script>"""
ICON_OF_THE_BOOK = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%231f6f9f'/%3E"
    "%3Cpath d='M4 3h2v4h4V3h2v10h-2V9H6v4H4z' fill='white'/%3E%3C/svg%3E"
)
BUNDLES = f"""
    <link rel="icon" href="data:image/svg+xml,{ICON_OF_THE_BOOK}" />
    <link rel="stylesheet" href="{{root}}_static/bundle.css?v={{version}}" />
    <script defer src="{{root}}_static/bundle.js?v={{version}}"></script>"""


def local(address):
    """The file in the built folder that an address on a page means, or None if it is elsewhere."""
    if re.match(r"[a-z]+:|//", address):
        return None
    return re.sub(r"^(\.\./|\./)+", "", posixpath.normpath(address.partition("?")[0]))


def lighten(html, root="", version="", search=False):
    """The page with less in it; and what its bundles hold, in order: names of files, and scripts as they stand."""
    bundled = []

    def put(what):
        bundled.append(what)
        return BUNDLES.format(root=root, version=version) if len(bundled) == 1 else ""

    def thin(match):
        attributes, inline = match["script"] or match["link"] or "", (match["inline"] or "").strip()
        address = re.search(r'\b(?:src|href)="([^"]*)"', attributes)
        if match["link"] and 'rel="preload"' in attributes:
            return ""
        if match["link"] and 'rel="stylesheet"' not in attributes:
            return match[0]
        if not address:
            if "dataset.theme" in inline:
                return THEME
            return "" if re.match(r"const THEBE|DOCUMENTATION_OPTIONS\.", inline) else put(inline)
        name = local(address[1])
        if name in SEARCH:
            return match[0].replace("<script", "<script defer") if search else ""
        if name in UNUSED or (name in ONLY_WITH and ONLY_WITH[name] not in html):
            return ""
        if name in ONLY_WITH or not name or not (name.startswith("_static/") or name in OWN):
            return match[0]
        return put(name)

    html = re.sub(r"<html (?![^>]*data-theme)", '<html data-theme="light" ', html, count=1)  # without scripts, too
    head, end, body = html.partition("</head>")
    head = re.sub(r"<title>(.+) &#8212; \1</title>", r"<title>\1</title>", head)  # the first page has the book's title
    head = VIEWPORT.sub("", head, count=head.count('name="viewport"') - 1)
    head = IN_HEAD.sub(thin, head)
    body = AT_THE_END.sub(lambda match: put(local(match["address"])), SUPERFLUOUS.sub("", body))
    if TEXT in body:
        body = body.replace('href="#main-content"', 'href="#text"')  # the skip link skips the buttons, too
    for theirs, ours in NAMES.items():
        body = body.replace(theirs, ours)
    body = SOLUTION.sub(lambda match: match[1] + re.sub(r"(?<=\w)'(?=\w)", "’", match[2]), body)
    bundled = list(dict.fromkeys(bundled))  # extensions say some things twice
    return SUPERFLUOUS.sub("", head) + end + ICON.sub(r'<\1 aria-hidden="true" ', body), bundled


class Templates(BuiltinTemplateLoader):
    """Sphinx's templates; the pages that they make are lightened."""

    bundled = None

    def render(self, template, context):
        text = super().render(template, context)
        if "</head>" not in text or "content_root" not in context:
            return text
        page, root = context["pagename"], context["content_root"].removeprefix("./")
        text, bundled = lighten(text, root, context["sources_digest"], page == "search")
        if self.bundled is None:
            type(self).bundled = bundled
        elif set(bundled) != set(self.bundled):
            logger.warning("%s loads other files than the pages before it: %s", page, set(bundled) ^ set(self.bundled))
        return text


# --- the bundles ---------------------------------------------------------------------------------------------------

OWN_FILES = re.compile(r"url\((?![\"']?(?:data:|#|[a-z]+:))[\"']?([^)\"']+)[\"']?\)")
OTHER_FORMATS = re.compile(r',\s*url\([^)]*\) format\("(?:woff|truetype)"\)')  # every browser reads woff2
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+::?before,?)+)\{content:"[^"]*"\}')
ICON_FACE = re.compile(r"@font-face\{[^}]*/(fa-(solid|regular|brands)-\d+)\.woff2[^}]*\}")
MEANS = {"solid": r"\bfa[s]?\b|\bfa-solid\b", "regular": r"\bfar\b|\bfa-regular\b", "brands": r"\bfab\b|\bfa-brands\b"}


def style(folder, name):
    """A style sheet as it reads from _static: imports in their places, addresses mended, ordinary comments gone."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'@charset "[^"]*";|/\*(?!!).*?\*/|/\*# source.*?\*/', "", text, flags=re.DOTALL)
    base = posixpath.dirname(name)
    imports = re.compile(r'@import (?:url\()?"([^":]+)"\)?;')
    text = imports.sub(lambda match: style(folder, posixpath.normpath(posixpath.join(base, match[1]))), text)
    text = OTHER_FORMATS.sub("", text)
    place = lambda match: f"url({posixpath.relpath(posixpath.join(base, match[1]), '_static')})"  # noqa: E731
    return OWN_FILES.sub(place, text) if base != "_static" else text


def icon_font(path, letters):
    """A font with these letters of the font at `path`, as the source of a font face."""
    options = subset.Options(flavor="woff", name_IDs=[], layout_features=[], notdef_outline=True)
    data = BytesIO()
    with subset.load_font(path, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        subset.save_font(font, data, options)
    return f'url(data:font/woff;base64,{base64.b64encode(data.getvalue()).decode()}) format("woff")'


def with_icons(css, classes, webfonts):
    """The style sheet without the icons that no page shows, and with the others in fonts of their own."""
    used = {name for name in re.findall(r"fa-[\w-]+", classes)}
    kept = lambda match: match[0] if used & set(re.findall(r"fa-[\w-]+", match[1])) else ""  # noqa: E731
    css = ICON_RULE.sub(kept, css)
    letters = {ord(letter) for letter in re.findall("[\ue000-\uf8ff]", css)}
    letters |= {int(code, 16) for code in re.findall(r"\\([ef][0-9a-f]{3})\b", css)}

    def face(match):
        if match[2] != "solid" and not re.search(MEANS[match[2]], classes):
            return ""
        return re.sub(r"src:[^;}]*", "src:" + icon_font(webfonts / f"{match[1]}.ttf", letters), match[0])

    return ICON_FACE.sub(face, css)


def join(app, exception):
    """Write the bundles, then remove what no page asks for any more."""
    bundled = getattr(app.builder.templates, "bundled", None)
    if exception or app.builder.name != "html" or not bundled:
        return
    out = Path(app.outdir)
    files = [name for name in bundled if re.fullmatch(r"[\w./-]+\.(?:css|js)", name)]
    sheets = [name for name in files if name.endswith(".css")]
    settings = [text for text in bundled if text not in files]
    scripts = [(out / name).read_text(encoding="utf-8") for name in files if name not in sheets]
    script = "\n;\n".join(re.sub(r"(?m)^//# sourceMappingURL=.*$", "", text) for text in [*settings, *scripts])
    classes = re.findall(r"""["'`]([^"'`\n]*\bfa-[^"'`\n]*)""", script)
    for path in out.rglob("*.html"):
        classes += re.findall(r'class="([^"]*\bfa-[^"]*)"', path.read_text(encoding="utf-8"))
    css = "\n".join(style(out, name) for name in sheets)
    css = with_icons(css, " ".join(classes), out / "_static" / "vendor" / "fontawesome" / "webfonts")
    (out / "_static" / "bundle.css").write_text(css, encoding="utf-8")
    (out / "_static" / "bundle.js").write_text(script, encoding="utf-8")
    for name in {*files, *UNUSED, "_static/basic.css"}:
        (out / name).unlink(missing_ok=True)
    for name in LEFTOVERS:
        rmtree(out / "_static" / name, ignore_errors=True)


# --- ids -----------------------------------------------------------------------------------------------------------


class UniqueIds(SphinxTransform):
    """Give every element an id of its own: sphinx-proof and sphinx-exercise repeat theirs, and those of sections."""

    default_priority = 870  # behind what makes nodes, before labels and tables of contents are collected

    def apply(self):
        elements = [node for node in self.document.findall(nodes.Element) if node.get("ids")]
        taken = Counter(name for node in elements for name in node["ids"])
        for node in elements:
            for i, name in enumerate(node["ids"]):
                if isinstance(node.parent, nodes.Admonition) and node.parent["ids"] and name.endswith("-content"):
                    self.rename(node, i, f"{node.parent['ids'][0]}-content", taken)
                elif name == "proof" or (taken[name] > 1 and isinstance(node, nodes.section)):
                    self.rename(node, i, f"{name}-1" if name == "proof" else f"{name}-section", taken)

    def rename(self, node, i, new, taken):
        while new in taken:
            word, _, number = new.rpartition("-")
            new = f"{word}-{int(number) + 1}" if number.isdecimal() else f"{new}-2"
        taken[new] += 1
        old, node["ids"][i] = node["ids"][i], new
        self.document.ids[new] = node
        self.document.nameids.update({name: new for name in node["names"] if self.document.nameids.get(name) == old})


# --- building again ------------------------------------------------------------------------------------------------


def digest(*parts):
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def sources(app):
    """A digest of what every page depends on, beside its own text."""
    root = Path(app.confdir)
    paths = [root / name for name in ("_config.yml", "requirements.txt", "constraints.txt")]
    paths += sorted(
        path for folder in ("_ext", "extra") for path in (root / folder).rglob("*") if path.suffix != ".pyc"
    )
    return digest(*(str(path.relative_to(root)).encode() + path.read_bytes() for path in paths if path.is_file()))


def plain(value):
    """`value` with nothing in it that differs between two runs, or with the order in which pages were read."""
    if isinstance(value, dict):
        return sorted((repr(key), repr(plain(value[key]))) for key in value)
    if isinstance(value, (list, set, frozenset)):
        return sorted(repr(plain(item)) for item in value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.astext() if isinstance(value, nodes.Node) else re.sub(r" object at 0x\w+", "", repr(value))


def shared(env):
    """A digest of what pages say of each other: titles, order, numbers, and everything that can be referred to."""
    names = ["titles", "toctree_includes", "toc_fignumbers", "toc_secnumbers", "domaindata", "proof_list"]
    names += ["sphinx_exercise_registry"]
    return digest(repr([plain(getattr(env, name, None)) for name in names]).encode())


def write_all_or_one(app, env):
    """Write every page again if what pages say of each other has changed; Sphinx writes those whose text has."""
    before, env.light_pages_shared = getattr(env, "light_pages_shared", None), shared(env)
    return [] if before == env.light_pages_shared else sorted(env.found_docs)


def forget_failures(app, exception):
    """A build with warnings is not built upon: the next one would read less, and pass."""
    if exception or app._warncount:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app):
    # trees of millions of nodes: a quarter of the time went into looking for garbage
    gc.set_threshold(500_000, 50, 1000)
    app.add_config_value("sources_digest", sources(app), "env")  # a change means: read everything again
    app.config.template_bridge = f"{__name__}.Templates"
    app.add_transform(UniqueIds)
    app.connect(
        "html-page-context",
        lambda app, page, template, context, doctree: context.update(sources_digest=app.config.sources_digest),
    )
    app.connect("env-get-updated", write_all_or_one, priority=900)  # behind the numbers
    app.connect("build-finished", join, priority=900)  # the theme still writes pygments.css then
    app.connect("build-finished", forget_failures)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
