"""What the browser tests share. The book must be built; the browser is the one of the system."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from served import chromium, served

BOOK = Path(os.environ.get("BOOK", Path(__file__).parents[2] / "_build" / "html"))
PAGES = sorted(path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html") if "_static" not in path.parts)
CHAPTERS = [page for page in PAGES if page.startswith("chapters/")]
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """A tab without a network; what it complains of is in .complaints, what it asks for in .asked."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield watched(context)
    context.close()


def watched(context):
    page = context.new_page()
    page.complaints, page.asked = [], []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def outside(urls):
    return [url for url in urls if not re.match(r"file:|data:|blob:|http://127\.0\.0\.1:", url)]


def violations(tab, include=None, **options):
    """What axe-core finds serious or critical; a formula's own spans are hidden from screen readers, MathML is not."""
    context = {"exclude": [[".katex"]]} | ({"include": [include]} if include else {})
    found = Axe().run(tab, context=context, options={"resultTypes": ["violations"], **options})
    return [
        (violation["id"], violation["impact"], [node["html"][:200] for node in violation["nodes"][:5]])
        for violation in found.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="session")
def host():
    """The book on a static host, in a folder of it."""
    with served(BOOK.parent) as (address, answers):
        yield f"{address}{BOOK.name}/", answers


def address(page):
    return (BOOK / page).resolve().as_uri()


@pytest.fixture(scope="session")
def seen(browser):
    """Every page, opened from the disk without a network and looked at, wide and on a phone."""
    found = {}
    for name in PAGES:
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        page = watched(context)
        page.goto(address(name))
        page.evaluate("document.fonts.ready")
        facts = page.evaluate(LOOK)
        page.set_viewport_size({"width": 360, "height": 740})
        page.wait_for_timeout(50)
        facts["width on a phone"] = page.evaluate("document.documentElement.scrollWidth")
        facts["too wide"] = page.evaluate(
            """() => document.documentElement.scrollWidth <= 360 ? [] :
            [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > 361)
            .filter((e) => !e.closest("pre, table, .katex, .output"))
            .slice(0, 5).map((e) => e.outerHTML.slice(0, 200))"""
        )
        found[name] = facts | {"complaints": page.complaints, "asked": page.asked}
        context.close()
    return found
